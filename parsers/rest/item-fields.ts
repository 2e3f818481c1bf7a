/** Fields of the item of an event: what it is, whose, where it came from and where it went (field-map 3 and 4.2). */
import type { Event, Operation, Workload } from '../../src/event.ts';
import { itemKindOf } from '../../src/text/item-kind.ts';
import { ownerFields } from '../../src/text/owner-path.ts';

export interface RestItem {
  readonly operation?: Operation;
  readonly name?: string;
  readonly itemType?: string;
  /** bytes; absent for folders, of which the API states 0 */
  readonly size?: number;
  readonly source?: string;
  readonly target?: string;
  /** full path of the written file */
  readonly path?: string;
}

const mailKinds: ReadonlySet<NonNullable<Event['vb365.item.kind']>> = new Set(['message', 'appointment', 'contact', 'task', 'note']);

/** What the item class alone proves; `Folder` and `File` occur in several workloads. */
export function workloadOfItem(itemType: string | undefined): Workload | undefined {
  if (itemType === undefined) return undefined;
  if (/^ipm\.skypeteams/i.test(itemType)) return 'teams';
  return /^(ipm|report)\./i.test(itemType) ? 'exchange' : undefined;
}

export function itemFields(item: RestItem): Event {
  const { operation, name, itemType, size, source } = item;
  const itemKind = itemType === undefined ? undefined : itemKindOf(itemType);
  const fields: Event = { ...ownerFields(source, workloadOfItem(itemType)), ...targetFields(item) };
  if (operation !== undefined) fields['vb365.operation'] = operation;
  if (source !== undefined) fields['vb365.item.path'] = source;
  if (itemType !== undefined) fields['vb365.item.class'] = itemType;
  if (itemKind !== undefined) fields['vb365.item.kind'] = itemKind;
  if (size !== undefined) fields['vb365.item.size'] = size;
  if (name !== undefined) {
    fields['vb365.item.name'] = name;
    if (itemKind === 'file') Object.assign(fields, fileFields(name, size, source));
    else if (itemKind !== undefined && mailKinds.has(itemKind)) fields['email.subject'] = name;
  }
  return fields;
}

/** The Restore Portal writes `File: plan.xlsx` for a file. */
function fileFields(itemName: string, size: number | undefined, source: string | undefined): Event {
  const name = itemName.replace(/^File: (?=.)/s, '');
  const dot = name.lastIndexOf('.');
  const cut = source === undefined ? -1 : Math.max(source.lastIndexOf('\\'), source.lastIndexOf('/'));
  // A source path ends in the file itself (sites) or in its folder (mailbox form); only the first is a file path.
  const isFilePath = source !== undefined && cut > 0 && source.slice(cut + 1) === name;
  return {
    'file.name': name,
    ...(dot > 0 && dot < name.length - 1 ? { 'file.extension': name.slice(dot + 1) } : {}),
    ...(size === undefined ? {} : { 'file.size': size }),
    ...(isFilePath ? { 'file.path': source, 'file.directory': source.slice(0, cut) } : {}),
  };
}

function targetFields(item: RestItem): Event {
  const { operation, target, path } = item;
  // A view repeats its source as target: nothing went anywhere.
  if (operation === 'view') return { 'vb365.target.kind': 'none' };
  const folder = path === undefined ? undefined : folderOf(path);
  const place: Event = target !== undefined ? { 'vb365.target.path': target } : folder === undefined ? {} : { 'vb365.target.path': folder };
  switch (operation) {
    case 'save': case 'export': return { 'vb365.target.kind': 'file', ...place };
    case 'send': {
      const addresses = (target ?? '').split(/[;,]/).map((address) => address.trim()).filter((address) => /^[^\s@<>]+@[^\s@<>]+$/.test(address));
      return { 'vb365.target.kind': 'email', ...place, ...(addresses.length === 0 ? {} : { 'email.to.address': addresses }) };
    }
    case 'restore': return { 'vb365.target.kind': restoreTarget(item.source, target), ...place };
    default: return { 'vb365.target.kind': 'unknown', ...place };
  }
}

/** A site address as target names the site but no place in it: for an item of that very site nothing is proven. */
function restoreTarget(source: string | undefined, target: string | undefined): 'original' | 'elsewhere' | 'unknown' {
  if (source === undefined || target === undefined) return 'unknown';
  const from = source.toLowerCase();
  const to = target.toLowerCase();
  if (from === to) return 'original';
  const site = /^https?:\/\/[^/]+(\/(?:sites|teams|personal)\/[^/]+)\/?$/.exec(to)?.[1];
  return site !== undefined && (from === site || from.startsWith(`${site}/`)) ? 'unknown' : 'elsewhere';
}

function folderOf(path: string): string | undefined {
  const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  if (cut <= 0) return undefined;
  return /^[A-Za-z]:$/.test(path.slice(0, cut)) ? path.slice(0, cut + 1) : path.slice(0, cut);
}
