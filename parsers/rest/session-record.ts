/** A restore session (formats/rest-api.md 4) → its start, and its end once it has one. */
import type { Event, FieldName, IdentityKind, RestSessionFacts, Result, Workload } from '../../src/event.ts';
import { identityKind, splitAccount } from '../../src/text/account.ts';
import { isLoopback } from '../../src/text/ip-address.ts';
import { isoTime } from '../../src/text/local-time.ts';
import { elapsedNs, isNoTime } from '../../src/text/utc-time.ts';
import { outcomeOf } from '../../src/text/vocabulary.ts';
import { activityEvent } from '../activity-event.ts';
import { readClientHost, type Client } from './client-host.ts';
import type { JsonObject } from './json-documents.ts';
import { textOf } from './member.ts';
import { foldId } from './record-kind.ts';
import { timeOf, type RestContext } from './rest-context.ts';

const workloads: Readonly<Record<string, Workload>> = { vex: 'exchange', veod: 'onedrive', vesp: 'sharepoint', vet: 'teams' };
const finalResults: Readonly<Record<string, Result>> = { success: 'success', warning: 'warning', failed: 'failed' };

/** Emits `session-start`, and `session-end` when the session has ended; a record without id or creation time is a problem. */
export function readSession(record: JsonObject, context: RestContext): void {
  const id = textOf(record, 'id');
  const created = timeOf(record, 'creationTime');
  if (id === undefined || created === undefined || isNoTime(created.utc)) {
    context.report('json-value', `restore session without ${id === undefined ? 'an id' : 'a creation time that can be read'}: it was set aside`);
    return;
  }
  const state = textOf(record, 'state') ?? '';
  const stated = timeOf(record, 'endTime');
  const hasEnded = stated !== undefined && !isNoTime(stated.utc) && state.toLowerCase() !== 'working';
  const duration = hasEnded ? elapsedNs(created.utc, stated.utc) : undefined;
  if (hasEnded && duration === undefined) context.report('json-value', `restore session ${id} ends before it begins: its end was left out`);
  const ended = duration === undefined ? undefined : stated;
  const client = readClientHost(textOf(record, 'clientHost'));
  const facts = factsOf(record, foldId(id), client, context);
  const session: RestSessionFacts = { ...facts, created: created.moment, ...(ended === undefined ? {} : { ended: ended.moment }) };
  const result = resultOf(state, session.result);
  const fields: Event = { ...sessionFields(session, textOf(record, 'clientHost')), 'event.start': isoTime(created.moment.ms), 'event.outcome': outcomeOf(result) };
  if (result !== undefined) fields['vb365.result'] = result;
  const origin = { source: context.source, kind: 'rest_api', file: context.file, recordId: session.id } as const;
  const workload = session.workload === undefined ? {} : { workload: session.workload };
  const what = `Restore session ${session.name === undefined ? session.id : `'${session.name}'`}${session.organization === undefined ? '' : ` of ${session.organization}`}`;
  // A session is read again and again while it lasts; each state of it is an activity of its own.
  const identity = ['rest', session.id, 'session', state, session.result, ended?.moment.text ?? ''];
  context.emit({
    facts: session,
    event: activityEvent(origin, {
      action: 'session-start', at: created.moment, identity: [...identity, 'start'], ...workload, fields,
      message: `${what} started${session.initiatedBy === undefined ? '' : `, initiated by ${session.initiatedBy}`}`,
    }),
  });
  if (ended === undefined || duration === undefined) return;
  context.emit({
    facts: { kind: 'plain' },
    event: activityEvent(origin, {
      action: 'session-end', at: ended.moment, identity: [...identity, 'end'], ...workload,
      fields: { ...fields, 'event.end': isoTime(ended.moment.ms), 'event.duration': duration },
      message: `${what} ended${result === undefined ? '' : `: ${result}`}`,
    }),
  });
}

type SessionText = Omit<RestSessionFacts, 'created' | 'ended'>;

function factsOf(record: JsonObject, id: string, client: Client, context: RestContext): SessionText {
  const [organization, organizationId, initiatedBy, scope, reason, name] = ['organization', 'organizationId', 'initiatedBy', 'scopeName', 'reason', 'name'].map((member) => textOf(record, member));
  const workload = workloads[(textOf(record, 'type') ?? '').toLowerCase()];
  return {
    kind: 'rest-session', id,
    state: textOf(record, 'state') ?? '', result: textOf(record, 'result') ?? '',
    initiatorKind: identityKind(initiatedBy, organization, context.organizations),
    tool: toolOf(record, client),
    ...(organization === undefined ? {} : { organization }),
    ...(organizationId === undefined ? {} : { organizationId: foldId(organizationId) }),
    ...(initiatedBy === undefined ? {} : { initiatedBy }),
    ...(scope === undefined ? {} : { scope }),
    ...(reason === undefined ? {} : { reason }),
    ...(name === undefined ? {} : { name }),
    ...(workload === undefined ? {} : { workload }),
    ...(client.host === undefined ? {} : { clientHost: client.host }),
    ...(client.ip === undefined ? {} : { clientIp: client.ip }),
    ...(client.gateway === undefined ? {} : { gateway: client.gateway }),
    ...(context.server === undefined ? {} : { server: context.server }),
  };
}

/** What the session was opened with, as far as its name and client tell. */
function toolOf(record: JsonObject, client: Client): RestSessionFacts['tool'] {
  const name = textOf(record, 'name') ?? '';
  if (/^Restore (Exchange|SharePoint|OneDrive|Teams)$/i.test(name.trim())) return 'portal';
  if (textOf(record, 'scopeName') !== undefined || textOf(record, 'reason') !== undefined) return 'portal';
  if (client.ip !== undefined) return 'rest_api';
  // The date is the last part behind ` - `; job names may hold both separators and brackets.
  return client.host !== undefined && isExplorerName(name.trim()) ? 'explorer' : 'unknown';
}

/** `{Workload} restore ({scope} - {date})`, searched for and not matched: an expression over three free texts would be slow on a hostile name. */
function isExplorerName(name: string): boolean {
  const scopeAt = name.indexOf(' restore (');
  return scopeAt > 0 && name.endsWith(')') && name.lastIndexOf(' - ') > scopeAt + ' restore ('.length;
}

/** `Success` of a session that still works says nothing (formats/rest-api.md 4). */
function resultOf(state: string, result: string): Result | undefined {
  if (state.toLowerCase() === 'working') return 'running';
  return state.toLowerCase() === 'stopped' ? finalResults[result.toLowerCase()] : undefined;
}

function sessionFields(session: SessionText, clientText: string | undefined): Event {
  const fields: Event = {
    'vb365.session.id': session.id, 'vb365.session.kind': 'rest', 'transaction.id': session.id, 'vb365.client.tool': session.tool, ...operatorFields(session),
  };
  const optional: readonly (readonly [FieldName, string | undefined])[] = [
    ['vb365.session.name', session.name], ['vb365.session.scope', session.scope], ['organization.name', session.organization],
    ['organization.id', session.organizationId], ['source.address', clientText], ['source.domain', session.clientHost], ['source.ip', session.clientIp],
    ['vb365.client.gateway_ip', session.gateway], ['event.reason', session.reason], ['host.name', session.server], ['observer.hostname', session.server],
  ];
  return { ...fields, ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)) };
}

const actorKinds: Readonly<Record<IdentityKind, NonNullable<Event['vb365.attribution.kind']>>> = {
  windows: 'user', upn: 'user', bare: 'unknown', organization: 'organization', system: 'service_account', none: 'unknown',
};

/** `user.*` only for an account that names its domain; a bare name may be anything, and a caller on the server itself is a program. */
function operatorFields(session: SessionText): Event {
  const { initiatedBy, initiatorKind } = session;
  const fields: Event = { 'vb365.attribution.confidence': initiatorKind === 'organization' ? 'organization' : 'unknown', 'vb365.attribution.kind': actorKinds[initiatorKind] };
  if (initiatedBy === undefined) return fields;
  fields['vb365.attribution.reported'] = initiatedBy;
  const account = splitAccount(initiatedBy);
  const isNamed = (initiatorKind === 'windows' || initiatorKind === 'upn') && account.domain !== undefined && account.name !== '';
  const isProgram = session.tool === 'rest_api' && session.clientIp !== undefined && isLoopback(session.clientIp);
  if (!isNamed || isProgram) return fields['vb365.attribution.kind'] === 'user' ? { ...fields, 'vb365.attribution.kind': 'unknown' } : fields;
  return {
    ...fields, 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.method': 'rest-initiator',
    'user.name': account.name, 'user.domain': account.domain, ...(account.email === undefined ? {} : { 'user.email': account.email }),
  };
}
