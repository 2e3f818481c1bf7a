/**
 * The books of attribution: every activity goes in once, in any order; `close` hands out the records with tenants, organisations and launches
 * filled in from everything that was read. The order of arrival changes nothing.
 */
import type { Activity, AuditItemFacts, LaunchFacts, RestEventFacts, RestSessionFacts } from '../event.ts';
import type { TenantKnowledge } from '../tenancy.ts';
import { foldName } from '../text/account.ts';
import { auditHistory, type AuditAnswer, type AuditHistory } from './audit-settings.ts';
import { createBelongings, domainOf, type Belongings } from './belonging.ts';
import type {
  Content, FolderRecord, ItemRecord, LaunchRecord, MailRecord, OpenedSession, RestRecord, RestSessionRecord, ValidationRecord,
} from './records.ts';
import { settleRotated } from './rotated-operations.ts';

export interface Records {
  readonly launches: readonly LaunchRecord[];
  readonly sessions: readonly RestSessionRecord[];
  /** events of no session that was read */
  readonly orphans: readonly RestRecord[];
  readonly mails: readonly MailRecord[];
  readonly validations: readonly ValidationRecord[];
  /** folded addresses and names of audited users and groups */
  readonly audited: ReadonlySet<string>;
  readonly auditing: AuditHistory;
}

export interface Ledger {
  /** @param tenant tenant of the configured source; undefined: provider side or not configured */
  add(activity: Activity, tenant: string | undefined): void;
  close(): Records;
}

interface LaunchEntry { readonly facts: LaunchFacts; readonly id: string }
interface Dated<T> { readonly facts: T; readonly content: Content; readonly tenant: string | undefined }

/** A session or event is read again while it lasts: the furthest state counts, and among equals the one with the smaller id. */
const stateRank: Readonly<Record<string, number>> = { working: 0, running: 0, none: 1 };

export function createLedger(knowledge: TenantKnowledge): Ledger {
  const launchFacts = new Map<string, LaunchEntry>();
  const items = new Map<string, Omit<ItemRecord, 'launch'>>();
  const folders = new Map<string, Omit<FolderRecord, 'launch'>>();
  const opened = new Map<string, Pick<OpenedSession, 'facts' | 'id'>>();
  const sessions = new Map<string, Dated<RestSessionFacts>>();
  const events = new Map<string, Dated<RestEventFacts>>();
  const mails = new Map<string, { readonly facts: MailRecord['facts']; readonly content: Content; readonly tenant: string | undefined }>();
  const validations = new Map<string, { readonly facts: ValidationRecord['facts']; readonly id: string; readonly event: Activity['event']; readonly tenant: string | undefined }>();
  const belongings = createBelongings(knowledge);
  const auditItems: AuditItemFacts[] = [];
  const auditAnswers: AuditAnswer[] = [];

  return {
    add({ facts, event }, tenant) {
      const id = event['event.id'] as string;
      const content = { id, fields: event };
      belongings.learn(facts);
      switch (facts.kind) {
        case 'launch': launchFacts.set(facts.launch, mergeLaunch(launchFacts.get(facts.launch), { facts: tenant === undefined ? facts : { ...facts, tenant }, id })); break;
        case 'log-item': items.set(id, { key: id, facts, content }); break;
        case 'log-folder': folders.set(id, { facts, id }); break;
        case 'log-session': opened.set(id, { facts, id }); break;
        case 'rest-session': if (supersedes(sessions.get(facts.id), facts.ended === undefined ? 0 : 1, (known) => known.ended === undefined ? 0 : 1, id)) sessions.set(facts.id, { facts, content, tenant }); break;
        case 'rest-event': {
          const key = `${facts.session}\u0000${facts.id}`;
          if (supersedes(events.get(key), rankOf(facts.status), (known) => rankOf(known.status), id)) events.set(key, { facts, content, tenant });
          break;
        }
        case 'mail-row': if (facts.trust !== 'forged') mails.set(id, { facts, content, tenant }); break;
        case 'validation': validations.set(id, { facts, id, event, tenant }); break;
        case 'audit-item': auditItems.push(facts); break;
        case 'audit-settings': {
          const ms = Date.parse(event['@timestamp'] ?? '');
          if (facts.server !== undefined && !Number.isNaN(ms)) auditAnswers.push({ server: facts.server, isOn: facts.isOn, ms });
          break;
        }
        case 'organization': case 'plain': break;
      }
    },
    close() {
      const belong: Belongings['of'] = (named, tenant) => belongings.of(named, tenant);
      const sessionRecords = new Map<string, RestSessionRecord>();
      const apiIds = new Set([...opened.values()].map(({ facts }) => facts.restoreSessionId?.toLowerCase()).filter((id) => id !== undefined));
      for (const { facts, content, tenant } of inOrder(sessions, ({ content: { id } }) => id)) {
        const record: RestSessionRecord = {
          facts, content, events: [], launch: undefined, bond: undefined, candidates: [], isApi: apiIds.has(facts.id), isContradicted: false,
          ...belong({ organization: facts.organization, organizationId: facts.organizationId }, tenant),
        };
        sessionRecords.set(facts.id, record);
      }
      const orphans: RestRecord[] = [];
      for (const { facts, content, tenant } of inOrder(events, ({ content: { id } }) => id)) {
        const session = sessionRecords.get(facts.session);
        const record: RestRecord = { key: content.id, facts, content, session, sourceTenant: tenant };
        if (session === undefined) orphans.push(record);
        else session.events.push(record);
      }
      for (const session of sessionRecords.values()) {
        session.events.sort((x, y) => x.facts.order - y.facts.order || x.facts.start.ms - y.facts.start.ms);
        // Version 8 states the organisation of each event by its id: for a session that names none, its events do.
        if (session.organizationKey !== undefined) continue;
        const ids = new Set(session.events.map(({ facts }) => facts.organizationId).filter((id) => id !== undefined));
        const [only] = ids;
        if (ids.size === 1 && only !== undefined) Object.assign(session, belong({ organizationId: only }, session.tenant));
      }
      const launches = launchRecords(belong);
      return {
        launches, sessions: [...sessionRecords.values()], orphans,
        mails: inOrder(mails, ({ content: { id } }) => id).map(({ facts, content, tenant }) => ({ key: content.id, facts, content, ...belong({ organization: facts.organization, domain: facts.organization === undefined ? domainOf(facts.ownerAddress) : undefined }, tenant) })),
        validations: inOrder(validations, ({ id }) => id).map(({ facts, id, event, tenant }) => ({ facts, id, event, ...belong({ organization: facts.domain }, tenant) })),
        audited: new Set(auditItems.flatMap(({ name, displayName }) => displayName === undefined ? [foldName(name)] : [foldName(name), foldName(displayName)])),
        auditing: auditHistory(auditAnswers),
      };
    },
  };

  function launchRecords(belong: Belongings['of']): readonly LaunchRecord[] {
    const records = new Map<string, LaunchRecord>();
    for (const { facts, id } of inOrder(launchFacts, (entry) => entry.id)) {
      records.set(facts.launch, { facts, id, sessions: [], items: [], folders: [], tenants: undefined, organizations: new Map(), skewMs: undefined });
    }
    for (const entry of inOrder(opened, ({ id }) => id)) {
      const launch = records.get(entry.facts.launch);
      if (launch === undefined) continue;
      launch.sessions.push({ ...entry, ...belong({ organizationId: entry.facts.organizationId }, launch.facts.tenant) });
    }
    for (const entry of settleRotated(inOrder(items, ({ key }) => key))) {
      const launch = records.get(entry.facts.launch);
      launch?.items.push({ ...entry, launch });
    }
    for (const entry of inOrder(folders, ({ id }) => id)) {
      const launch = records.get(entry.facts.launch);
      launch?.folders.push({ ...entry, launch });
    }
    for (const launch of records.values()) {
      const byOffset = (x: { readonly facts: { readonly at: { readonly ms: number } } }, y: typeof x): number => x.facts.at.ms - y.facts.at.ms;
      launch.items.sort((x, y) => byOffset(x, y) || offsetOf(x) - offsetOf(y));
      launch.folders.sort(byOffset);
      launch.sessions.sort(byOffset);
      const named = [
        ...launch.sessions,
        ...launch.facts.signedIn.map(({ upn }) => belong({ domain: domainOf(upn) }, launch.facts.tenant)),
      ];
      launch.organizations = new Map(named.flatMap(({ organizationKey, organizationName }) => organizationKey === undefined ? [] : [[organizationKey, organizationName ?? organizationKey] as const]));
      const tenants = new Set(named.map(({ tenant }) => tenant).filter((tenant) => tenant !== undefined));
      launch.tenants = launch.facts.tenant !== undefined ? new Set([launch.facts.tenant]) : tenants.size > 0 ? tenants : undefined;
    }
    return [...records.values()];
  }
}

/** A rotated file continues the launch of its proven predecessor: one launch, two files. */
function mergeLaunch(known: LaunchEntry | undefined, entry: LaunchEntry): LaunchEntry {
  if (known === undefined) return entry;
  const [head, tail] = (known.facts.firstMs - entry.facts.firstMs || (known.id < entry.id ? -1 : 1)) <= 0 ? [known, entry] : [entry, known];
  return {
    id: head.id,
    facts: {
      ...tail.facts, ...head.facts, lastMs: Math.max(head.facts.lastMs, tail.facts.lastMs), extended: head.facts.extended || tail.facts.extended,
      signedIn: [...head.facts.signedIn, ...tail.facts.signedIn], gaps: [...new Set([...head.facts.gaps, ...tail.facts.gaps])], timeCertain: head.facts.timeCertain && tail.facts.timeCertain,
    },
  };
}

function supersedes<T>(known: Dated<T> | undefined, rank: number, rankOfKnown: (facts: T) => number, id: string): boolean {
  if (known === undefined) return true;
  const before = rankOfKnown(known.facts);
  return rank > before || (rank === before && id < known.content.id);
}

function rankOf(status: string): number {
  return stateRank[status.toLowerCase()] ?? 2;
}

function offsetOf({ content }: Omit<ItemRecord, 'launch'>): number {
  const offset = content.fields['vb365.origin.offset'];
  return typeof offset === 'number' ? offset : 0;
}

/** Map entries sorted by an id that the input alone decides. */
function inOrder<T>(map: ReadonlyMap<string, T>, idOf: (entry: T) => string): readonly T[] {
  return [...map.values()].map((entry) => ({ entry, id: idOf(entry) })).sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0)).map(({ entry }) => entry);
}
