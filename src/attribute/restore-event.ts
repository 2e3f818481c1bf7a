/**
 * A story and its verdict as an event of level restore (field-map.md 3). Each source states its part: the server the item and its owner, the log the
 * account and the file, the mail the address of the owner. Who stands first in a list below is believed first.
 */
import type { Event, FieldName, FieldValue, Result } from '../event.ts';
import type { TenantKnowledge } from '../tenancy.ts';
import { splitAccount } from '../text/account.ts';
import { stableId } from '../text/hash.ts';
import { isoTime } from '../text/local-time.ts';
import { ownerFields } from '../text/owner-path.ts';
import { relate } from '../text/related.ts';
import { actionOf, categorise, outcomeOf, serviceNames } from '../text/vocabulary.ts';
import type { Verdict } from './decide.ts';
import { organizationOf, organizationOfSource } from './organization-of.ts';
import { restorePointOf } from './restore-point.ts';
import { restoreSentence } from './restore-sentence.ts';
import type { Story } from './records.ts';

type Fields = Partial<Record<FieldName, FieldValue>>;

/** What a restore takes over from the activities of its item. */
const itemFields = [
  'vb365.item.name', 'vb365.item.class', 'vb365.item.kind', 'vb365.item.id', 'vb365.item.path', 'vb365.item.size', 'vb365.target.kind', 'vb365.target.path',
  'file.name', 'file.path', 'file.directory', 'file.extension', 'file.size', 'email.subject', 'email.to.address', 'event.reason',
] as const satisfies readonly FieldName[];
const ownerNames = [
  'vb365.owner.type', 'vb365.owner.name', 'vb365.owner.id', 'vb365.owner.url', 'user.target.name', 'user.target.domain', 'user.target.email', 'user.target.id',
  'user.target.full_name', 'group.name', 'group.id',
] as const satisfies readonly FieldName[];
/** What it takes over from session and launch. */
const placeFields = [
  'source.address', 'source.domain', 'source.ip', 'host.name', 'observer.version', 'observer.hostname', 'vb365.client.tool', 'vb365.client.gateway_ip',
  'vb365.server.id', 'vb365.session.id', 'vb365.session.kind', 'vb365.session.name', 'vb365.session.scope', 'vb365.session.restore_point', 'transaction.id',
  'organization.id', 'vb365.audit.group',
] as const satisfies readonly FieldName[];

export interface RestoreIdentity { readonly id: string; readonly revision: number }

/** The fields of a restore without id and revision: what tells whether anything has changed. */
export function restoreFields(story: Story, verdict: Verdict, gaps: readonly string[], knowledge: TenantKnowledge): Fields {
  const { rest, item, mails } = story;
  const belonging = organizationOf(story);
  const operation = rest?.facts.operation ?? mails.find(({ isOnly }) => isOnly)?.mail.facts.operation ?? item?.facts.operation ?? mails[0]?.mail.facts.operation;
  const workload = rest?.session?.facts.workload ?? item?.launch.facts.workload ?? workloadIn(rest?.content.fields) ?? workloadIn(mails[0]?.mail.content.fields);
  const action = operation === undefined ? 'item-view' : actionOf[operation];
  const result = resultOf(story);
  const fields: Fields = {
    'ecs.version': '9.4.0', 'event.kind': 'event', 'event.action': action, 'event.code': `vb365.restore.${action}`,
    ...categoryFields(action, workload), 'event.outcome': outcomeOf(result), 'event.module': 'vb365_siem', 'event.dataset': 'vb365_siem.audit',
    'vb365.level': 'restore', 'vb365.schema.version': '1', 'observer.vendor': 'Veeam', 'observer.product': 'Backup for Microsoft 365', 'observer.type': 'backup',
    ...severityOf(operation), ...timesOf(story), ...contentFields(story, workload), ...placeOf(story),
    'vb365.tenant.id': belonging.tenant ?? 'unassigned',
    'vb365.attribution.confidence': verdict.confidence, 'vb365.attribution.kind': verdict.kind,
    'vb365.attribution.evidence': evidenceOf(story, verdict),
    'vb365.restore.state': result === 'running' ? 'open' : 'closed', 'vb365.restore.sources': sourcesOf(story), ...countsOf(story, result),
  };
  if (operation !== undefined) fields['vb365.operation'] = operation;
  if (workload !== undefined) {
    fields['vb365.workload'] = workload;
    fields['service.name'] = serviceNames[workload];
  }
  if (result !== undefined) fields['vb365.result'] = result;
  const restorePoint = fields['vb365.session.restore_point'] === undefined ? restorePointOf(story) : undefined;
  if (restorePoint !== undefined) fields['vb365.session.restore_point'] = restorePoint;
  // An error of the item says more of this restore than what was stated for all of its session.
  const stated = story.join === 'set' ? undefined : rest?.session?.content.fields['event.reason'];
  if (stated !== undefined) fields['event.reason'] ??= stated;
  const organization = belonging.organizationName ?? organizationOfSource(story, knowledge);
  if (organization !== undefined) fields['organization.name'] = organization;
  const tenantName = knowledge.tenantNameOf(belonging.tenant);
  if (tenantName !== undefined) fields['vb365.tenant.name'] = tenantName;
  if (verdict.method !== 'none') fields['vb365.attribution.method'] = verdict.method;
  const reported = rest?.session?.facts.initiatedBy ?? mails.find(({ isOnly }) => isOnly)?.mail.facts.initiatedBy ?? item?.launch.facts.account ?? mails[0]?.mail.facts.initiatedBy;
  if (reported !== undefined && reported.trim() !== '') fields['vb365.attribution.reported'] = reported;
  if (verdict.host !== undefined) fields['source.domain'] ??= verdict.host;
  if (verdict.account !== undefined) Object.assign(fields, userFields(verdict.account));
  if (verdict.candidates !== undefined) fields['vb365.attribution.candidates'] = verdict.candidates;
  if (gaps.length > 0) fields['vb365.attribution.gaps'] = gaps;
  if (item !== undefined && item.facts.batch !== '') fields['vb365.restore.batch'] = item.facts.batch;
  relate(fields);
  fields['message'] = restoreSentence(fields as Event);
  return fields;
}

export function restoreEvent(fields: Fields, { id, revision }: RestoreIdentity): Event {
  return { ...fields, 'event.id': stableId('restore', id, revision), 'vb365.restore.id': id, 'vb365.restore.revision': revision } as Event;
}

function workloadIn(fields: Event | undefined): keyof typeof serviceNames | undefined {
  return fields?.['vb365.workload'];
}

function categoryFields(action: string, workload: keyof typeof serviceNames | undefined): Fields {
  const { category, type } = categorise(action, workload);
  return { 'event.category': category, 'event.type': type };
}

function severityOf(operation: string | undefined): Fields {
  const isLow = operation !== undefined && operation !== 'view';
  return { 'event.severity': isLow ? 3 : 1, 'vb365.severity': isLow ? 'low' : 'informational' };
}

/** The server knows how it ended; the log knows it for what the server does not list. */
function resultOf({ rest, item }: Story): Result | undefined {
  const stated = rest?.facts.result;
  return stated !== undefined && stated !== 'none' ? stated : item?.facts.result ?? stated;
}

function timesOf({ rest, item, mails }: Story): Fields {
  const start = rest?.facts.start ?? item?.facts.at ?? mails[0]?.mail.facts.at;
  const end = rest !== undefined ? rest.facts.end : item?.facts.end;
  if (start === undefined) return {};
  const hasEnd = end !== undefined && end.ms >= start.ms;
  return {
    // Without a stated end the last thing known of the story is its start; how long it took is then not said.
    '@timestamp': isoTime(hasEnd ? end.ms : start.ms), 'event.start': isoTime(start.ms), 'event.end': isoTime(hasEnd ? end.ms : start.ms),
    ...(hasEnd ? { 'event.duration': (end.ms - start.ms) * 1_000_000 } : {}),
  };
}

/** Fields of the activities of one story in the order in which they are believed. */
function contentsOf({ rest, rivals, item, mails }: Story): readonly Event[] {
  return [
    ...(rest === undefined ? [] : [agreed(rivals.length > 0 ? rivals.map(({ content }) => content.fields) : [rest.content.fields])]),
    // The name of a file is not always the name of its item; a mail has the item's own.
    ...(item !== undefined && (!item.facts.nameIsFile || mails.length === 0) ? [item.content.fields] : []),
    ...mails.map(({ mail }) => mail.content.fields),
    ...(item === undefined ? [] : [item.content.fields]),
  ];
}

/** What all of several equal events state. */
function agreed(list: readonly Event[]): Event {
  const [first, ...others] = list;
  if (others.length === 0) return first ?? {};
  return Object.fromEntries(Object.entries(first ?? {}).filter(([name, value]) => others.every((other) => JSON.stringify(other[name as FieldName]) === JSON.stringify(value))));
}

function contentFields(story: Story, workload: keyof typeof serviceNames | undefined): Fields {
  const contents = contentsOf(story);
  const fields: Fields = {};
  for (const name of itemFields) {
    const value = contents.map((content) => content[name]).find((stated) => stated !== undefined && stated !== 'unknown');
    if (value !== undefined) fields[name] = value;
  }
  fields['vb365.target.kind'] ??= story.rest?.facts.operation === 'view' ? 'none' : 'unknown';
  // One item, one kind of name: a file is not also a message.
  if (fields['file.name'] !== undefined && fields['email.subject'] !== undefined) {
    if (workload === 'exchange') delete fields['file.name'];
    else delete fields['email.subject'];
  }
  Object.assign(fields, ownerOf(contents, fields['vb365.item.path'], workload));
  return fields;
}

/** The owner of one source, completed by others that speak of the same one: a mail knows the address, the server the display name. */
function ownerOf(contents: readonly Event[], path: FieldValue | undefined, workload: keyof typeof serviceNames | undefined): Fields {
  const fields: Fields = {};
  // The event alone does not say which service it is about; the session does, and then the path says more.
  const byPath = typeof path === 'string' ? ownerFields(path, workload) : {};
  const stated = [...(byPath['vb365.owner.name'] === undefined ? [] : [byPath]), ...contents.filter((content) => content['vb365.owner.name'] !== undefined || content['user.target.email'] !== undefined)];
  for (const content of stated) {
    if (!isSameOwner(fields, content)) continue;
    for (const name of ownerNames) {
      const value = content[name];
      if (value !== undefined && (fields[name] === undefined || fields[name] === 'unknown')) fields[name] = value;
    }
  }
  fields['vb365.owner.type'] ??= contents.map((content) => content['vb365.owner.type']).find((type) => type !== undefined) ?? 'unknown';
  // A site, a team or a group is nobody.
  const isNobody = ['site', 'team', 'group', 'public_folder'].includes(String(fields['vb365.owner.type']));
  return isNobody ? Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('user.target.'))) : fields;
}

function isSameOwner(known: Fields, content: Event): boolean {
  const [a, b] = [known['vb365.owner.name'], content['vb365.owner.name']];
  return typeof a !== 'string' || typeof b !== 'string' || a.trim().toLowerCase() === b.trim().toLowerCase();
}

function placeOf({ rest, rivals, item, mails, join }: Story): Fields {
  const isSet = join === 'set';
  const places = [
    ...(rest === undefined ? [] : isSet ? [agreed(rivals.flatMap(({ session }) => session === undefined ? [] : [session.content.fields]))] : [rest.session?.content.fields ?? {}, rest.content.fields]),
    ...(item === undefined ? [] : [item.content.fields]),
    ...mails.map(({ mail }) => mail.content.fields),
  ];
  const fields: Fields = {};
  for (const name of placeFields) {
    const value = places.map((place) => place[name]).find((stated) => stated !== undefined && stated !== 'unknown');
    if (value !== undefined) fields[name] = value;
  }
  if (fields['vb365.session.id'] !== undefined && fields['vb365.session.kind'] === undefined) delete fields['vb365.session.id'];
  return fields;
}

function userFields(account: string): Fields {
  const { name, domain, email } = splitAccount(account);
  return { 'user.name': name, ...(domain === undefined ? {} : { 'user.domain': domain }), ...(email === undefined ? {} : { 'user.email': email }) };
}

function evidenceOf({ rest, item, rivals, lines, mails, join }: Story, verdict: Verdict): readonly string[] {
  const events = join === 'set' ? rivals : rest === undefined ? [] : [rest];
  return [...new Set([
    ...events.map(({ content }) => content.id),
    ...events.flatMap(({ session }) => session === undefined ? [] : [session.content.id]),
    ...(item === undefined ? [] : [item.content.id, item.launch.id, ...(item.countedBy === undefined ? [] : [item.countedBy])]),
    ...lines, ...mails.map(({ mail }) => mail.content.id), ...verdict.evidence,
  ])];
}

function sourcesOf({ rest, item, lines, mails }: Story): readonly string[] {
  return [...(item !== undefined || lines.length > 0 ? ['explorer_log'] : []), ...(mails.length > 0 ? ['audit_mail'] : []), ...(rest === undefined ? [] : ['rest_api'])];
}

function countsOf({ rest, item }: Story, result: Result | undefined): Fields {
  const counts = rest === undefined ? item?.facts.counts : undefined;
  const outcome = outcomeOf(result);
  const isSkipped = result === 'skipped';
  const size = rest?.facts.itemSize ?? item?.facts.size;
  return {
    'vb365.restore.items.total': counts?.total ?? 1,
    'vb365.restore.items.succeeded': counts?.saved ?? (outcome === 'success' ? 1 : 0),
    'vb365.restore.items.failed': counts?.failed ?? (outcome === 'failure' && !isSkipped ? 1 : 0),
    'vb365.restore.items.skipped': counts?.skipped ?? (isSkipped ? 1 : 0),
    ...(size === undefined ? {} : { 'vb365.restore.bytes': size }),
  };
}
