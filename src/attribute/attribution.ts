/**
 * Attribution: activities of all sources in, restores with their operators out (architecture 5). Nothing depends on the order in which activities come.
 * `settle` may be called again after more was added: a restore of which more is known comes out once more, with the same id and a higher revision.
 */
import type { Activity, Event } from '../event.ts';
import type { TenantKnowledge } from '../tenancy.ts';
import { stableId } from '../text/hash.ts';
import { hostLabel } from '../text/host-label.ts';
import { bindByCreation } from './bind-by-creation.ts';
import { decide, type Surroundings } from './decide.ts';
import { findings } from './findings.ts';
import { gapsOf } from './gaps-of.ts';
import { joinMails } from './join-mails.ts';
import { joinByNames } from './join-names.ts';
import { createLedger, type Records } from './ledger.ts';
import { suspectsOf } from './mail-suspects.ts';
import { measureSkew } from './measure-skew.ts';
import { organizationOf } from './organization-of.ts';
import { pairByPath, type PathPairs } from './pair-by-path.ts';
import { indexByHost, possibleLaunches, sharesTenant } from './possible-launches.ts';
import type { RestSessionRecord, Story } from './records.ts';
import { restoreEvent, restoreFields } from './restore-event.ts';
import { tellStories } from './stories.ts';
import { explainValidations } from './validations.ts';

export interface Settled {
  /** restores that are new or of which more is known, by time and id */
  readonly restores: readonly Event[];
  /** health events and activities that only the view of all sources gives; new ones */
  readonly findings: readonly Event[];
  /** names of the organisations of actions that no configured tenant owns, one for each action: set aside, not given out */
  readonly quarantined: readonly (string | undefined)[];
}
export interface Attribution {
  /** @param tenant tenant of the configured source; undefined: provider side, the content decides */
  add(activity: Activity, tenant: string | undefined): void;
  settle(): Settled;
}

type Fields = ReturnType<typeof restoreFields>;
interface Known { readonly revision: number; readonly fields: Fields }

export function createAttribution(knowledge: TenantKnowledge): Attribution {
  const ledger = createLedger(knowledge);
  const known = new Map<string, Known>();
  /** key of a record → id of the restore that it came out in */
  const idOf = new Map<string, string>();
  const seenFindings = new Set<string>();

  return {
    add: (activity, tenant) => { ledger.add(activity, tenant); },
    settle() {
      const records = ledger.close();
      const stories = joinSources(records, knowledge);
      const validations = explainValidations(records);
      const isCollected = collectedHosts(records, knowledge.isConfigured);
      const around: Surroundings = { knowledge, isCollected, suspects: (mail) => suspectsOf(mail, records, validations) };
      const told = stories.map((story) => ({ story, verdict: decide(story, around) }));
      const own = told.filter(({ story }) => !organizationOf(story).isForeign);
      const quarantined = told.map(({ story }) => organizationOf(story)).filter(({ isForeign }) => isForeign).map(({ organizationName }) => organizationName);
      const restores = own.flatMap(({ story, verdict }) => {
        const fields = restoreFields(story, verdict, gapsOf(story, verdict, records), knowledge);
        return revise(keysOf(story), fields);
      });
      const found = findings(records, own, validations, isCollected).filter((event) => !seenFindings.has(event['event.id'] as string));
      for (const event of found) {
        seenFindings.add(event['event.id'] as string);
        const tenantName = knowledge.tenantNameOf(event['vb365.tenant.id']);
        if (tenantName !== undefined) event['vb365.tenant.name'] = tenantName;
      }
      return { restores: inTime(restores), findings: inTime(found), quarantined };
    },
  };

  /** The restore under the id it first came out with; restores that turned out to be it are closed by a last revision. */
  function revise(keys: readonly string[], fields: Fields): readonly Event[] {
    const ids = [...new Set(keys.map((key) => idOf.get(key)).filter((id) => id !== undefined))];
    const [id = keys[0] ?? '', ...merged] = ids;
    for (const key of keys) idOf.set(key, id);
    const closed = merged.flatMap((other) => {
      const entry = known.get(other);
      if (entry === undefined) return [];
      known.delete(other);
      return [restoreEvent({ ...entry.fields, 'vb365.restore.merged_into': id, 'vb365.restore.state': 'closed' }, { id: other, revision: entry.revision + 1 })];
    });
    const before = known.get(id);
    if (before !== undefined && JSON.stringify(before.fields) === JSON.stringify(fields)) return closed;
    const revision = (before?.revision ?? 0) + 1;
    known.set(id, { revision, fields });
    return [restoreEvent(fields, { id, revision }), ...closed];
  }
}

/** From the surest join to the weakest; each narrows what the next may do. */
function joinSources(records: Records, knowledge: TenantKnowledge): readonly Story[] {
  const { isConfigured, samePerson } = knowledge;
  const possible = possibleLaunches(records.sessions, records.launches, isConfigured);
  measureSkew(possible);
  const pairs: PathPairs = new Map();
  pairByPath(possible, pairs);
  bindByCreation(possible, samePerson);
  pairByPath(possible, pairs);
  const stories = tellStories(records, pairs, joinByNames(possible, pairs, samePerson));
  joinMails(stories, records.mails, isConfigured, samePerson);
  return stories;
}

/** Identities of what a story is made of, the most lasting first. */
function keysOf({ rest, item, mails, join }: Story): readonly string[] {
  return [
    ...(rest === undefined || join === 'set' ? [] : [stableId('restore', 'rest', rest.facts.session, rest.facts.id)]),
    ...(item === undefined ? [] : [stableId('restore', 'log', item.key)]),
    ...mails.map(({ mail }) => stableId('restore', 'mail', mail.key)),
  ];
}

function collectedHosts({ launches }: Records, isConfigured: boolean): (session: RestSessionRecord) => boolean {
  const byHost = indexByHost(launches);
  return ({ facts: { clientHost, clientIp }, tenant }) => [clientHost === undefined ? undefined : hostLabel(clientHost), clientIp]
    .some((host) => host !== undefined && byHost.get(host)?.some((launch) => sharesTenant(tenant, launch, isConfigured)) === true);
}

function inTime(events: readonly Event[]): readonly Event[] {
  const keyOf = (event: Event): string => `${String(event['event.start'] ?? event['@timestamp'])} ${String(event['event.id'])}`;
  return events.map((event) => ({ event, key: keyOf(event) })).sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0)).map(({ event }) => event);
}
