/**
 * Records that are a snapshot or a notice and state no time of their own: audit settings and items, roles, history, change feed, organisations
 * (formats/rest-api.md 5.3 to 7). Their events have no `@timestamp`. Only the members named here are read; passwords never are.
 */
import type { Event, Facts } from '../../src/event.ts';
import { stableId } from '../../src/text/hash.ts';
import type { Categories } from '../../src/text/vocabulary.ts';
import { activityEvent } from '../activity-event.ts';
import type { JsonObject } from './json-documents.ts';
import { booleanOf, integerOf, linkOf, objectOf, own, textOf } from './member.ts';
import { foldId, isGuid } from './record-kind.ts';
import { sessionInLink, type RestContext, type RestPage } from './rest-context.ts';

interface Snapshot {
  readonly action: string;
  /** id of the thing, and what is said of it: an unchanged thing keeps its event id */
  readonly identity: readonly string[];
  readonly message: string;
  readonly fields?: Event;
  readonly facts?: Facts;
  readonly recordId?: string;
  readonly categories?: Categories;
}

const information: Categories = { category: ['configuration'], type: ['info'] };

function emitSnapshot(context: RestContext, snapshot: Snapshot): void {
  const { action, identity, message, facts, recordId } = snapshot;
  context.emit({
    facts: facts ?? { kind: 'plain' },
    event: activityEvent({ source: context.source, kind: 'rest_api', file: context.file, ...(recordId === undefined ? {} : { recordId }) }, {
      action, message, identity: ['rest', action, ...identity], fields: snapshot.fields ?? {}, categories: snapshot.categories ?? information,
    }),
  });
}

/** AuditEmailSettings: who is told of restores, and whether anybody is. */
export function readAuditSettings(record: JsonObject, context: RestContext): void {
  const stated = ['smtpServer', 'from', 'to', 'subject', 'authenticationType'].map((member) => textOf(record, member) ?? '');
  const [server = '', , to = ''] = stated;
  const isEnabled = booleanOf(record, 'enableNotification');
  const isAuthenticated = booleanOf(record, 'isAuthenticated');
  const word = isEnabled === undefined ? 'neither on nor off' : isEnabled ? 'on' : 'off';
  emitSnapshot(context, {
    action: 'audit-settings-state', identity: [context.source, word, String(isAuthenticated), String(integerOf(record, 'port')), ...stated],
    message: `Audit notifications are ${word}${to === '' ? '' : `, sent to ${to}`}${server === '' ? '' : ` through ${server}`}`,
    ...(isEnabled === undefined ? {} : { fields: { 'vb365.change.field': 'enabled', 'vb365.change.after': String(isEnabled) }, facts: { kind: 'audit-settings', isOn: isEnabled, ...(context.server === undefined ? {} : { server: context.server }) } }),
  });
}

/** AuditItems: a user or group whose data is audited. */
export function readAuditItem(record: JsonObject, page: RestPage, context: RestContext): void {
  const person = objectOf(record, 'user');
  const subject = person ?? objectOf(record, 'group');
  const name = subject === undefined ? undefined : textOf(subject, 'name') ?? textOf(subject, 'displayName');
  if (subject === undefined || name === undefined) {
    context.report('json-value', 'audited user or group without a name: it was set aside');
    return;
  }
  const displayName = textOf(subject, 'displayName');
  const subjectId = textOf(subject, 'id');
  const recordId = textOf(record, 'id');
  const organizationId = organizationInLink(linkOf(record, 'self')) ?? organizationInLink(page.href);
  const type = person === undefined ? 'Group' : 'User';
  const fields: Event = { 'vb365.owner.name': displayName ?? name, 'vb365.owner.type': person === undefined ? 'group' : 'mailbox' };
  if (subjectId !== undefined) fields['vb365.owner.id'] = subjectId;
  if (organizationId !== undefined) fields['organization.id'] = organizationId;
  if (person === undefined) {
    fields['group.name'] = displayName ?? name;
    if (subjectId !== undefined) fields['group.id'] = subjectId;
  } else {
    if (name.includes('@')) fields['user.target.email'] = name;
    if (displayName !== undefined) fields['user.target.full_name'] = displayName;
    if (subjectId !== undefined) fields['user.target.id'] = subjectId;
  }
  emitSnapshot(context, {
    action: 'audit-items-state', identity: [recordId ?? '', organizationId ?? '', type, name, displayName ?? ''], fields, ...(recordId === undefined ? {} : { recordId }),
    message: `Restores of the data of ${type === 'User' ? 'user' : 'group'} ${displayName ?? name} are audited`,
    facts: { kind: 'audit-item', type, name, ...(displayName === undefined ? {} : { displayName }) },
  });
}

/** HistorySettings: how long sessions are kept. The API spells its members in its own way; a corrected spelling is read too. */
export function readHistorySettings(record: JsonObject, context: RestContext): void {
  const keepsAll = booleanOf(record, 'keepAllsessions') ?? booleanOf(record, 'keepAllSessions');
  const weeks = integerOf(record, 'keeponlyLast') ?? integerOf(record, 'keepOnlyLast');
  const message = keepsAll === true ? 'Session history is kept for ever' : weeks === undefined ? 'Session history is limited' : `Session history is kept for ${String(weeks)} weeks`;
  emitSnapshot(context, { action: 'history-settings-state', identity: [context.source, String(keepsAll), String(weeks)], message });
}

/** RbacRole: what operators of the Restore Portal may restore. */
export function readRole(record: JsonObject, context: RestContext): void {
  const recordId = textOf(record, 'id');
  const name = textOf(record, 'name');
  const roleType = textOf(record, 'roleType') ?? '';
  const organizationId = textOf(record, 'organizationId');
  emitSnapshot(context, {
    action: 'role-state', identity: [recordId ?? '', name ?? '', roleType, organizationId ?? ''], categories: { category: ['iam'], type: ['info'] },
    message: `Restore operator role ${name === undefined ? '' : `'${name}' `}covers ${roleType === 'EntireOrganization' ? 'the entire organization' : roleType === 'SpecificObjects' ? 'specific objects' : `'${roleType}'`}`,
    fields: organizationId === undefined ? {} : { 'organization.id': foldId(organizationId) }, ...(recordId === undefined ? {} : { recordId }),
  });
}

/** ServiceInstance: which installation answered. */
export function readServer(record: JsonObject, context: RestContext): void {
  const id = textOf(record, 'installationId');
  if (id === undefined) return;
  const version = textOf(record, 'version');
  emitSnapshot(context, {
    action: 'server-state', identity: [foldId(id), version ?? ''], message: `Installation ${id}${version === undefined ? '' : ` runs version ${version}`}`,
    fields: { 'vb365.server.id': foldId(id), ...(version === undefined ? {} : { 'observer.version': version }), ...(context.server === undefined ? {} : { 'host.name': context.server, 'observer.hostname': context.server }) },
  });
}

/** Statistics of a session (version 8): counts that bulk restores are checked against. */
export function readStatistics(record: JsonObject, page: RestPage, fileSession: string | undefined, context: RestContext): void {
  const session = sessionInLink(linkOf(record, 'self')) ?? page.session ?? fileSession;
  if (session === undefined) {
    context.report('json-no-session', 'statistics name no restore session', 'name the file after the id of the session');
    return;
  }
  const counts = ['totalItemsCount', 'restoredItemsCount', 'failedItemsCount', 'skippedItemsCount'].map((member) => String(integerOf(record, member) ?? '?'));
  const [total, restored, failed, skipped] = counts;
  emitSnapshot(context, {
    action: 'session-statistics', identity: [session, ...counts], recordId: session, categories: { category: ['session'], type: ['info'] },
    message: `Restore session ${session}: ${total ?? '?'} items, ${restored ?? '?'} restored, ${failed ?? '?'} failed, ${skipped ?? '?'} skipped`,
    fields: { 'vb365.session.id': session, 'vb365.session.kind': 'rest', 'transaction.id': session },
  });
}

/** One entry of the change feed. Only deletions are news by themselves; updates carry no content, other types are of other objects. */
export function readChange(record: JsonObject, context: RestContext): void {
  const type = own(record, 'eventType');
  if (typeof type !== 'string') {
    context.report('json-value', 'entry of the change feed whose eventType is not a text: it was set aside');
    return;
  }
  const id = textOf(record, 'id');
  const organizationId = textOf(record, 'organizationId');
  const fields: Event = organizationId === undefined ? {} : { 'organization.id': foldId(organizationId) };
  const deletion = (action: string, what: string, more: Event): void => {
    if (id === undefined) context.report('json-value', `${type} without an id: it was set aside`);
    else emitSnapshot(context, { action, identity: [foldId(id)], recordId: foldId(id), message: `${what} ${id} was deleted`, fields: { ...fields, ...more }, categories: { category: ['configuration'], type: ['deletion'] } });
  };
  if (type === 'RestoreSessionDelete') {
    const session = foldId(id ?? '');
    deletion('restore-session-delete', 'Restore session', { 'vb365.session.id': session, 'vb365.session.kind': 'rest', 'transaction.id': session });
  } else if (type === 'RestorePointDelete') deletion('restore-point-delete', 'Restore point', {});
}

/** An organisation's id and name: the only place where the API states both. */
export function readOrganization(record: JsonObject, context: RestContext): void {
  const id = textOf(record, 'id');
  const name = textOf(record, 'name');
  if (id === undefined || name === undefined) return;
  emitSnapshot(context, {
    action: 'organization-state', identity: [foldId(id), name], recordId: foldId(id), message: `Organization ${name} has the id ${id}`,
    fields: { 'organization.id': foldId(id), 'organization.name': name }, facts: { kind: 'organization', id: foldId(id), name },
  });
}

/** A user or group that may restore through the portal. */
export function readRoleOperator(record: JsonObject, context: RestContext): void {
  const subject = objectOf(record, 'user') ?? objectOf(record, 'group');
  const name = subject === undefined ? undefined : textOf(subject, 'name') ?? textOf(subject, 'displayName');
  if (name === undefined) return;
  emitSnapshot(context, {
    action: 'role-operator-state', identity: [textOf(record, 'id') ?? '', stableId(name)], message: `${name} is an operator of a restore role`, categories: { category: ['iam'], type: ['info'] },
  });
}

function organizationInLink(href: string | undefined): string | undefined {
  const id = /\/?organizations\/([^/?#]+)/i.exec(href ?? '')?.[1];
  return id !== undefined && isGuid(id) ? foldId(id) : undefined;
}
