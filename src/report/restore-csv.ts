/**
 * Restores as CSV (RFC 4180: CRLF, quotes where needed, quotes doubled). A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, TAB, CR or LF
 * (in some settings also the fullwidth forms) for a formula, and subjects and names come from mailboxes anyone can write to: such a cell gets an
 * apostrophe in front. A reader that is no spreadsheet takes one leading apostrophe before these characters off again, or reads the JSON.
 */
import type { Event } from '../event.ts';
import { ruleText, type AlertsBeside } from './alerts-beside.ts';
import { accountOf, isNamed, operatorText } from './operator-text.ts';
import { restoreRow, type RestoreRow } from './restore-row.ts';

type Cell = string | number | readonly string[] | undefined;

/** Title and content of each column. Times are RFC 3339 UTC, sizes bytes; lists are joined by `; `; unknown is empty except in the columns of words. */
const columns: readonly (readonly [title: string, read: (restore: Event, row: RestoreRow, alerts: AlertsBeside | undefined) => Cell])[] = [
  ['start', (restore) => restore['event.start'] ?? restore['@timestamp']],
  ['end', (restore) => restore['event.end']],
  ['operator', (restore) => operatorText(restore)],
  ['operator_account', (restore) => isNamed(restore) ? accountOf(restore) : undefined],
  ['operator_kind', (restore) => restore['vb365.attribution.kind']],
  ['confidence', (restore) => restore['vb365.attribution.confidence']],
  ['candidates', (restore) => restore['vb365.attribution.candidates']],
  ['reported_initiator', (restore) => restore['vb365.attribution.reported']],
  ['action', (restore) => restore['event.action']],
  ['item', (_, row) => row.item],
  ['item_kind', (restore) => restore['vb365.item.kind']],
  ['size_bytes', (_, row) => row.size],
  ['items', (_, row) => row.items],
  ['owner', (_, row) => row.owner],
  ['owner_address', (restore) => restore['user.target.email']],
  ['owner_type', (restore) => restore['vb365.owner.type']],
  ['from', (restore) => restore['vb365.item.path'] ?? restore['file.path']],
  ['to', (restore) => restore['vb365.target.path']],
  ['to_kind', (restore) => restore['vb365.target.kind']],
  ['recipients', (restore) => restore['email.to.address']],
  ['result', (_, row) => row.result],
  ['reason', (restore) => restore['event.reason']],
  ['client', (restore) => restore['source.domain'] ?? restore['source.address']],
  ['client_ip', (restore) => restore['source.ip']],
  ['organization', (restore) => restore['organization.name']],
  ['tenant', (restore) => restore['vb365.tenant.id']],
  ['workload', (restore) => restore['vb365.workload']],
  ['restore_point', (restore) => restore['vb365.session.restore_point']],
  ['session', (restore) => restore['vb365.session.id']],
  ['batch', (restore) => restore['vb365.restore.batch']],
  ['restore', (restore) => restore['vb365.restore.id']],
  ['revision', (restore) => restore['vb365.restore.revision']],
  ['sources', (restore) => restore['vb365.restore.sources']],
  ['gaps', (restore) => restore['vb365.attribution.gaps']],
  ['evidence', (restore) => restore['vb365.attribution.evidence']],
  ['alerts', (restore, _, alerts) => alerts?.of([restore]).map(ruleText)],
];

export interface CsvOptions {
  /** begin with a byte order mark, by which Excel recognises UTF-8; default false */
  readonly byteOrderMark?: boolean;
  /** what rules say of these restores */
  readonly alerts?: AlertsBeside;
}

/** One line of titles, one for each restore, each ended by CRLF. */
export function restoreCsv(restores: readonly Event[], { byteOrderMark = false, alerts }: CsvOptions = {}): string {
  const lines = [columns.map(([title]) => title).join(',')];
  for (const restore of restores) {
    const row = restoreRow(restore);
    lines.push(columns.map(([, read]) => csvCell(read(restore, row, alerts))).join(','));
  }
  return `${byteOrderMark ? '\ufeff' : ''}${lines.join('\r\n')}\r\n`;
}

function csvCell(value: Cell): string {
  if (value === undefined) return '';
  // A number is ours and no formula, not even with a minus.
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : value.join('; ');
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
