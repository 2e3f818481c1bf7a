/** What a record of an answer is, told by its members and by the address of its page; never by the file name alone. */
import { linkOf, objectOf, own, textOf } from './member.ts';
import type { JsonObject } from './json-documents.ts';

export type RecordKind =
  | 'session' | 'event' | 'change' | 'error' | 'token' | 'audit-settings' | 'audit-item' | 'history-settings' | 'role' | 'role-operator'
  | 'statistics' | 'server' | 'organization' | 'other-answer' | 'foreign';

/** No address or domain of the product comes near; expressions below are not linear in hostile ones. */
const maxAddressLength = 1024;
const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const guids = new RegExp(guid, 'gi');
const wholeGuid = new RegExp(`^${guid}$`, 'i');

export function isGuid(text: string): boolean {
  return wholeGuid.test(text);
}

/** Ids are compared without case; anything that is no GUID stays as it is. */
export function foldId(id: string): string {
  return isGuid(id) ? id.toLowerCase() : id;
}

/** Every different GUID of a text, lower case. */
export function guidsIn(text: string): readonly string[] {
  return [...new Set((text.match(guids) ?? []).map((found) => found.toLowerCase()))];
}

/** @param pageHref `_links.self.href` of the page the record stands in */
export function recordKind(record: JsonObject, pageHref: string | undefined): RecordKind {
  const has = (member: string): boolean => own(record, member) !== undefined;
  if (has('access_token') || has('refresh_token')) return 'token';
  if (has('eventType')) return 'change';
  if (has('creationTime') && has('state') && has('type')) return 'session';
  if (has('startTime') && has('status') && (has('order') || has('message') || has('title'))) return 'event';
  if (has('enableNotification')) return 'audit-settings';
  if (has('keepAllsessions') || has('keepAllSessions') || has('keeponlyLast') || has('keepOnlyLast')) return 'history-settings';
  if (has('roleType')) return 'role';
  if (has('totalItemsCount') && has('restoredItemsCount')) return 'statistics';
  if (has('installationId')) return 'server';
  const address = (linkOf(record, 'self') ?? pageHref ?? '').slice(0, maxAddressLength).toLowerCase();
  const type = textOf(record, 'type')?.toLowerCase();
  const member = objectOf(record, 'user') ?? objectOf(record, 'group');
  if ((type === 'user' || type === 'group') && member !== undefined) {
    // Operators of a restore role have the same members; their page, or a word of their own enumeration, tells them apart.
    const isOperator = (pageHref ?? '').toLowerCase().includes('rbacroles') || address.includes('rbacroles') || /^(SharedMailbox|PublicMailbox)$/i.test(textOf(member, 'type') ?? '');
    return isOperator ? 'role-operator' : 'audit-item';
  }
  if (isOrganization(record, address)) return 'organization';
  if (isError(record)) return 'error';
  if (has('isOperator') || /^(https?:\/\/[^/]+)?\/?v\d+\//.test(address)) return 'other-answer';
  return 'foreign';
}

function isOrganization(record: JsonObject, address: string): boolean {
  const id = textOf(record, 'id');
  const name = textOf(record, 'name');
  if (id === undefined || name === undefined) return false;
  if (/\/organizations?(\/[^/?]+)?\/?(\?.*)?$/.test(`/${address}`)) return true;
  if (address !== '') return false;
  const isTelling = ['isExchangeOnline', 'isSharePointOnline', 'officeName', 'exchangeOnlineSettings', 'sharePointOnlineSettings', 'firstBackuptime', 'lastBackuptime'].some((member) => own(record, member) !== undefined);
  return isTelling || (isGuid(id) && name.length <= maxAddressLength && /^[^\s@\\/]+(\.[^\s@\\/.]+)+$/.test(name) && own(record, 'displayName') === undefined);
}

/** `RESTExceptionInfo`: a message, and nothing that an answer of another kind has. */
function isError(record: JsonObject): boolean {
  const known = new Set(['message', 'errorcode', 'stacktrace', 'exceptionmessage', 'exceptiontype', 'messagedetail']);
  const members = Object.keys(record).map((member) => member.toLowerCase());
  return members.includes('message') && members.every((member) => known.has(member) || member === '_links');
}
