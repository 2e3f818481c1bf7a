/** Activities as the parsers hand them over, written down by hand: only what a test is about differs from these defaults. */
import type { Activity, Event, LaunchFacts, LogFolderFacts, LogItemFacts, LogSessionFacts, MailRowFacts, Moment, RestEventFacts, RestSessionFacts, ValidationFacts } from '../../src/event.ts';
import { createAttribution, type Settled } from '../../src/attribute/attribution.ts';
import type { AccountKind, TenantKnowledge } from '../../src/tenancy.ts';
import { foldName } from '../../src/text/account.ts';
import { ownerFields } from '../../src/text/owner-path.ts';

export const organization = 'contoso.onmicrosoft.example';
export const organizationId = '11111111-1111-4111-8111-111111111111';
/** 2026-03-02 09:00 UTC */
export const nineMs: number = Date.UTC(2026, 2, 2, 9);

/** `at('9:05:10')` of 2 March 2026, UTC */
export function at(clock: string, precision: Moment['precision'] = 's'): Moment {
  const [h = 0, m = 0, s = 0] = clock.split(':').map(Number);
  return { ms: Date.UTC(2026, 2, 2, h, m, 0) + Math.round(s * 1000), precision, basis: 'header', offsetMinutes: 0 };
}

function activity(id: string, facts: Activity['facts'], fields: Event = {}): Activity {
  return { facts, event: { 'event.id': id, '@timestamp': '2026-03-02T09:00:00.000Z', ...fields } };
}

export function launch(id: string, over: Partial<LaunchFacts> = {}): Activity {
  return activity(`start-${id}`, {
    kind: 'launch', launch: id, file: `${id}.log`, source: 'logs', host: 'ADM01', addresses: ['192.0.2.10'], account: `CONTOSO\\${id}`, workload: 'exchange',
    signedIn: [], gaps: [], firstMs: nineMs - 600_000, lastMs: nineMs + 3_600_000, extended: false, timeCertain: true, offsetKnown: true, at: at('8:50'), ...over,
  });
}
export function opened(launchId: string, clock: string, over: Partial<LogSessionFacts> = {}): Activity {
  return activity(`opened-${launchId}-${clock}`, { kind: 'log-session', launch: launchId, at: at(clock), created: true, organizationId, ...over });
}
export function folder(launchId: string, clock: string, name: string): Activity {
  const facts: LogFolderFacts = { kind: 'log-folder', launch: launchId, at: at(clock), folder: name };
  return activity(`folder-${launchId}-${clock}`, facts);
}
/** an item written to `path` */
export function item(launchId: string, clock: string, path: string, over: Partial<LogItemFacts> = {}): Activity {
  const file = path.slice(path.lastIndexOf('\\') + 1);
  const facts: LogItemFacts = {
    kind: 'log-item', launch: launchId, batch: `batch-${launchId}`, operation: 'save', at: at(clock), path, name: file.replace(/\.msg$/, ''), nameIsFile: true,
    target: path.slice(0, path.lastIndexOf('\\')), gaps: ['extended-logging-off'], ...over,
  };
  return activity(`item-${launchId}-${clock}-${file}`, facts, {
    'source.domain': 'ADM01', 'vb365.origin.kind': 'explorer_log', 'vb365.item.name': facts.name, 'vb365.target.kind': 'file', 'vb365.target.path': facts.target,
    ...(facts.source === undefined ? {} : { 'vb365.item.path': facts.source, ...ownerFields(facts.source, 'exchange') }),
  } as Event);
}
export function restSession(id: string, clock: string, over: Partial<RestSessionFacts> = {}): Activity {
  const facts: RestSessionFacts = {
    kind: 'rest-session', id, organization, organizationId, workload: 'exchange', created: at(clock), state: 'Stopped', result: 'Success', initiatedBy: organization,
    initiatorKind: 'organization', clientHost: 'ADM01', tool: 'explorer', ended: at('11:00'), ...over,
  };
  return activity(`session-${id}`, facts, {
    'vb365.session.id': id, 'vb365.session.kind': 'rest', 'source.domain': facts.clientHost, 'organization.name': facts.organization, 'vb365.client.tool': facts.tool,
  } as Event);
}
/** a saved message; `title` true: the event states the full path */
export function restEvent(session: string, id: string, clock: string, path: string, over: Partial<RestEventFacts> & { readonly titled?: boolean } = {}): Activity {
  const { titled = true, ...rest } = over;
  const name = path.slice(path.lastIndexOf('\\') + 1).replace(/\.msg$/, '');
  const facts: RestEventFacts = {
    kind: 'rest-event', session, id, operation: 'save', type: 'Save', status: 'Success', result: 'success', start: at(clock, 'ms'), order: 1, itemName: name, itemType: 'IPM.Note',
    source: 'Ann Lee\\Inbox', target: path.slice(0, path.lastIndexOf('\\')), ...(titled ? { path } : {}), ...rest,
  };
  return activity(`event-${session}-${id}`, facts, {
    'vb365.item.name': facts.itemName, 'vb365.item.path': facts.source, 'vb365.item.class': facts.itemType, 'vb365.target.path': facts.target, 'vb365.target.kind': 'file',
    'vb365.session.id': session, 'vb365.session.kind': 'rest', ...ownerFields(facts.source, 'exchange'),
  } as Event);
}
export function mail(id: string, clock: string, name: string, target: string, over: Partial<MailRowFacts> = {}): Activity {
  const facts: MailRowFacts = {
    kind: 'mail-row', messageId: id, row: 0, organization, operation: 'save', at: at(clock, 'min'), itemName: name, source: 'Ann Lee\\Inbox', target, ownerAddress: 'ann.lee@contoso.example',
    initiatedBy: organization, initiatorKind: 'organization', trust: 'authenticated', ...over,
  };
  return activity(`mail-${id}`, facts, {
    'organization.name': facts.organization, 'vb365.item.name': name, 'vb365.item.path': facts.source, 'vb365.target.path': target, 'vb365.owner.type': 'mailbox', 'user.target.email': facts.ownerAddress,
  } as Event);
}
export function validation(id: string, clock: string, over: Partial<ValidationFacts> = {}): Activity {
  const facts: ValidationFacts = { kind: 'validation', domain: organization, at: at(clock), server: 'VB365', ...over };
  return activity(`validation-${id}`, facts, { 'event.action': 'access-check' });
}
export function organizationRecord(id: string = organizationId, name: string = organization): Activity {
  return activity(`organization-${id}`, { kind: 'organization', id, name });
}

export interface AccountSetting { readonly names: readonly string[]; readonly kind: AccountKind }

/** No tenants configured: each organisation is its own. */
export function unconfigured(accounts: readonly AccountSetting[] = []): TenantKnowledge {
  const find = (name: string): AccountSetting | undefined => accounts.find(({ names }) => names.some((known) => foldName(known) === foldName(name)));
  return {
    isConfigured: false,
    ownerOf: ({ organization: name }) => (name === undefined ? undefined : { tenant: foldName(name), name }),
    organizationNameOf: () => undefined,
    onlyOrganizationOf: () => undefined,
    tenantNameOf: () => undefined,
    accountOf: (_tenant, name) => find(name),
    samePerson: (_tenant, a, b) => foldName(a) === foldName(b) || (find(a) !== undefined && find(a) === find(b)),
    organizations: new Set([organization]),
  };
}

export function settle(activities: readonly Activity[], knowledge: TenantKnowledge = unconfigured(), tenant?: string): Settled {
  const attribution = createAttribution(knowledge);
  for (const one of activities) attribution.add(one, tenant);
  return attribution.settle();
}

/** `CONTOSO\ann`, or undefined when nobody is named */
export function operatorOf(event: Event): string | undefined {
  if (event['user.name'] === undefined) return undefined;
  return event['user.domain'] === undefined || event['user.email'] !== undefined ? (event['user.email'] ?? event['user.name']) : `${event['user.domain']}\\${event['user.name']}`;
}
