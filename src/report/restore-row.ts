/** A restore as people read it: every cell in words. The texts are raw: who shows them makes them visible and safe for the place (`visibleText`, HTML). */
import type { Event, Operation, Result } from '../event.ts';
import { deedText, pastTense } from '../text/vocabulary.ts';
import { gapText, type GapText } from './gap-texts.ts';
import { isNamed, operatorText } from './operator-text.ts';
import { localText, timeOf } from './when-text.ts';

export type Confidence = NonNullable<Event['vb365.attribution.confidence']>;

export interface RestoreRow {
  /** `vb365.restore.id` */
  readonly id: string;
  /** UTC milliseconds of the beginning; NaN when no source states a time */
  readonly startMs: number;
  readonly endMs: number;
  /** `2026-11-22 09:11:12` in the wanted zone; `unknown` */
  readonly when: string;
  readonly operator: string;
  /** false: `operator` names nobody */
  readonly isNamed: boolean;
  /** whose data */
  readonly owner: string;
  /** `saved`, `tried to save`, `opened` … */
  readonly verb: string;
  /** the item; for an operation of which only counts are known `40 items` */
  readonly item: string;
  readonly items: number;
  /** bytes; absent when unknown */
  readonly size?: number | undefined;
  /** `Owner\Folder` or the path it was backed up from */
  readonly from: string;
  readonly to: string;
  /** client that was used: host name, else address; empty when unknown */
  readonly client: string;
  readonly result: Result | 'unknown';
  readonly confidence: Confidence;
  readonly organization: string;
  readonly tenant: string;
  readonly gaps: readonly GapText[];
}

const unknown = 'unknown';

/**
 * The cells of a restore event.
 * @param zone IANA zone of the times; must be known (`isZone`)
 */
export function restoreRow(restore: Event, zone = 'UTC'): RestoreRow {
  const startMs = timeOf(restore);
  const endMs = Date.parse(restore['event.end'] ?? '');
  const result = resultOf(restore);
  const size = restore['vb365.item.size'] ?? restore['vb365.restore.bytes'] ?? restore['file.size'];
  return {
    id: restore['vb365.restore.id'] ?? restore['event.id'] ?? '',
    startMs, endMs: Number.isNaN(endMs) ? startMs : endMs,
    when: Number.isNaN(startMs) ? unknown : localText(startMs, zone),
    operator: operatorText(restore), isNamed: isNamed(restore), owner: ownerText(restore), verb: verbOf(restore, result),
    item: itemText(restore), items: restore['vb365.restore.items.total'] ?? 1, size,
    from: restore['vb365.item.path'] ?? restore['file.path'] ?? unknown, to: targetText(restore),
    client: restore['source.domain'] ?? restore['source.ip'] ?? restore['source.address'] ?? '',
    result, confidence: restore['vb365.attribution.confidence'] ?? unknown,
    organization: restore['organization.name'] ?? '', tenant: restore['vb365.tenant.name'] ?? restore['vb365.tenant.id'] ?? '',
    gaps: (restore['vb365.attribution.gaps'] ?? []).map(gapText),
  };
}

function resultOf(restore: Event): RestoreRow['result'] {
  const stated = restore['vb365.result'];
  if (stated !== undefined && stated !== 'none') return stated;
  const outcome = restore['event.outcome'];
  return outcome === 'success' ? 'success' : outcome === 'failure' ? 'failed' : unknown;
}

function verbOf(restore: Event, result: RestoreRow['result']): string {
  const operation = restore['vb365.operation'] ?? restore['event.action']?.replace(/^item-/, '') ?? '';
  if (!Object.hasOwn(pastTense, operation)) return 'touched';
  return deedText(operation as Operation, result === 'failed' || result === 'cancelled' || result === 'skipped');
}

/** A person with the address, a site or team as such; an owner that no source names is unknown. */
function ownerText(restore: Event): string {
  const type = restore['vb365.owner.type'];
  const name = restore['user.target.full_name'] ?? restore['vb365.owner.name'] ?? restore['group.name'];
  if (type === 'site' || type === 'team' || type === 'group') return `${type} ${name ?? restore['vb365.owner.url'] ?? unknown}`;
  if (type === 'public_folder') return name === undefined ? 'public folders' : `public folder ${name}`;
  const login = restore['user.target.name'];
  const domain = restore['user.target.domain'];
  const address = restore['user.target.email'] ?? (login !== undefined && domain !== undefined ? `${domain}\\${login}` : login);
  const person = name === undefined ? address ?? restore['vb365.owner.url'] : address === undefined || address === name ? name : `${name} (${address})`;
  if (person === undefined) return unknown;
  return type === 'archive_mailbox' ? `archive of ${person}` : person;
}

function itemText(restore: Event): string {
  const total = restore['vb365.restore.items.total'] ?? 1;
  const name = restore['vb365.item.name'] ?? restore['email.subject'] ?? restore['file.name'];
  if (total <= 1) return name ?? 'an item without a name';
  const names = restore['vb365.restore.items.names'] ?? (name === undefined ? [] : [name]);
  return names.length === 0 ? `${total} items` : `${total} items: ${names.join(', ')}${names.length < total ? ' …' : ''}`;
}

function targetText(restore: Event): string {
  const path = restore['vb365.target.path'];
  const recipients = restore['email.to.address'];
  switch (restore['vb365.target.kind']) {
    case 'none': return 'screen only';
    case 'original': return 'back in place';
    case 'email': return recipients === undefined ? `e-mail to ${path ?? unknown}` : `e-mail to ${recipients.join(', ')}`;
    default: return path ?? unknown;
  }
}
