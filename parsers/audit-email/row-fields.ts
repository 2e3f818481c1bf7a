/** The fields of one row of the audit table: whose data, which item, from where to where, and who is said to have done it. */
import type { Event, FieldValue, IdentityKind, Operation, Workload } from '../../src/event.ts';
import { foldName, identityKind, splitAccount } from '../../src/text/account.ts';
import { maxLineBytes } from '../../src/limits.ts';
import type { AuditRow } from './audit-table.ts';
import type { HeadLine } from './head-line.ts';

export interface RowContext {
  readonly head: HeadLine;
  /** folded names known from the configuration */
  readonly organizations: ReadonlySet<string>;
  /** false when something in the mail speaks against the initiator of this row: it is then reported and nobody is named */
  readonly mayName: boolean;
}
export interface RowReading {
  readonly operation?: Operation;
  readonly workload?: Workload;
  readonly initiatorKind: IdentityKind;
  readonly fields: Event;
}

const operations: readonly Operation[] = ['view', 'save', 'export', 'send', 'restore'];

interface OwnerForm { readonly form: RegExp; readonly type: NonNullable<Event['vb365.owner.type']>; readonly workload?: Workload; readonly isPerson: boolean }

/** Only `mailbox` has been seen; the others are the words of the product for its own things. */
const ownerForms: readonly OwnerForm[] = [
  { form: /archive/, type: 'archive_mailbox', workload: 'exchange', isPerson: true },
  { form: /public folder/, type: 'public_folder', workload: 'exchange', isPerson: false },
  { form: /mailbox/, type: 'mailbox', workload: 'exchange', isPerson: true },
  { form: /one ?drive/, type: 'onedrive', workload: 'onedrive', isPerson: true },
  { form: /personal site/, type: 'personal_site', workload: 'sharepoint', isPerson: true },
  { form: /\bsite|sharepoint/, type: 'site', workload: 'sharepoint', isPerson: false },
  { form: /\bteam/, type: 'team', workload: 'teams', isPerson: false },
  { form: /\bgroup/, type: 'group', isPerson: false },
];

export function readRow({ cells, extra }: AuditRow, { head, organizations, mayName }: RowContext): RowReading {
  const owner = ownerForms.find(({ form }) => form.test(cells.type.toLowerCase()));
  const operation = operations.find((name) => name === cells.operation.toLowerCase());
  const initiator = cells['initiated by'];
  const initiatorKind = identityKind(initiator, head.organization, organizations);
  const fields: Event = {
    ...ownerFields(cells['account name'], owner, head.displayName),
    ...itemFields(cells['item name'], cells['source path'], owner, operation),
    ...targetFields(cells['target path'], cells['source path'], operation),
    ...operatorFields(initiator, initiatorKind, mayName),
    ...present('organization.name', head.organization),
    ...present('vb365.operation', operation),
    ...present('vb365.audit.group', cells.group),
    ...(owner === undefined || owner.type === 'group' ? present('vb365.audit.type', cells.type) : {}),
    ...(operation === undefined ? present('vb365.audit.operation', cells.operation) : {}),
    ...(extra.some(({ value }) => value !== '') ? { 'vb365.audit.extra': extra.filter(({ value }) => value !== '').map(({ title, value }) => `${title}: ${value}`) } : {}),
  };
  return { initiatorKind, fields: shorten(fields), ...(operation === undefined ? {} : { operation }), ...(owner?.workload === undefined ? {} : { workload: owner.workload }) };
}

/** The account name is the owner of the data and never becomes the acting user. */
function ownerFields(account: string, owner: OwnerForm | undefined, displayName: string | undefined): Event {
  const fields: Event = { 'vb365.owner.type': owner?.type ?? 'unknown' };
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(account);
  const name = displayName ?? (account === '' || owner?.isPerson === true ? undefined : account);
  if (name !== undefined) fields['vb365.owner.name'] = name;
  if (owner?.isPerson !== true) return owner?.type === 'team' || owner?.type === 'group' ? { ...fields, ...present('group.name', name) } : fields;
  if (displayName !== undefined) fields['user.target.full_name'] = displayName;
  const parts = splitAccount(account);
  if (parts.name === '') return fields;
  if (isAddress) return { ...fields, ...present('user.target.email', parts.email), 'user.target.name': parts.name, ...present('user.target.domain', parts.domain) };
  return account.includes('\\') ? { ...fields, 'user.target.name': parts.name, ...present('user.target.domain', parts.domain) } : fields;
}

function itemFields(name: string, path: string, owner: OwnerForm | undefined, operation: Operation | undefined): Event {
  const fields: Event = { ...present('vb365.item.name', name), ...present('vb365.item.path', path) };
  if (name === '' || owner?.workload === undefined) return fields;
  if (owner.workload !== 'exchange') return { ...fields, 'file.name': name };
  // An opened folder is printed as the last part of its own path; a message could only by chance be called so.
  const isFolder = operation === 'view' && (foldName(path) === foldName(name) || foldName(path).endsWith(`\\${foldName(name)}`));
  return isFolder ? fields : { ...fields, 'email.subject': name };
}

function targetFields(target: string, source: string, operation: Operation | undefined): Event {
  const path = present('vb365.target.path', target);
  switch (operation) {
    case 'view': return { ...path, 'vb365.target.kind': 'none' };
    case 'save': case 'export': return { ...path, 'vb365.target.kind': 'file' };
    case 'send': {
      const addresses = target.split(/[;,]/).map((text) => text.trim()).filter((text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text));
      return { ...path, 'vb365.target.kind': 'email', ...(addresses.length > 0 ? { 'email.to.address': addresses } : {}) };
    }
    case 'restore':
      if (target === '') return { 'vb365.target.kind': 'unknown' };
      return { ...path, 'vb365.target.kind': foldName(target) === foldName(source) ? 'original' : 'elsewhere' };
    default: return { ...path, 'vb365.target.kind': 'unknown' };
  }
}

/** Somebody is named only where the mail states an account; an organisation never gets into a user field. */
function operatorFields(initiator: string, kind: IdentityKind, mayName: boolean): Event {
  if (initiator === '') return { 'vb365.attribution.confidence': 'unknown', 'vb365.attribution.kind': 'unknown' };
  const fields: Event = { 'vb365.attribution.reported': initiator, 'vb365.attribution.method': 'mail-initiator' };
  if (kind === 'organization') return { ...fields, 'vb365.attribution.confidence': 'organization', 'vb365.attribution.kind': 'organization' };
  const { name, domain, email } = splitAccount(initiator);
  if ((kind !== 'windows' && kind !== 'upn') || !mayName || !isAccount(name, domain ?? '')) {
    return { ...fields, 'vb365.attribution.confidence': 'unknown', 'vb365.attribution.kind': 'unknown' };
  }
  return {
    ...fields, 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.kind': 'user',
    'user.name': name, ...present('user.domain', domain), ...present('user.email', email),
  };
}

/** Characters that no Windows account can have (nor a UPN), and what damaged bytes turn into: such a text is no account as the product wrote it. */
const notInAccounts = /["/\\[\]:;|=,+*?<>\u0000-\u001f\u007f-\u009f\ufffd]/;

function isAccount(name: string, domain: string): boolean {
  return [name, domain].every((text) => text.trim() === text && text !== '' && !notInAccounts.test(text));
}

function present(field: string, value: string | undefined): Event {
  return value === undefined || value === '' ? {} : { [field]: value };
}

/** Names and paths come from strangers: what is longer than any path is cut and marked. */
function shorten(fields: Event): Event {
  const cut: string[] = [];
  const out: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries<FieldValue>(fields as Record<string, FieldValue>)) {
    const isLong = typeof value === 'string' && Buffer.byteLength(value, 'utf8') > maxLineBytes;
    out[field] = isLong ? cutAt(value, maxLineBytes) : value;
    if (isLong) cut.push(field);
  }
  return cut.length === 0 ? out : { ...out, 'vb365.truncated': cut };
}

function cutAt(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
