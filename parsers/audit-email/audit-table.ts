/**
 * The audit table: found and read by its nine column titles and nothing else (formats of audit mails, section 4).
 * What does not fit exactly is a reason to set the mail aside; nothing is repaired, because cells hold text that strangers choose.
 */
import type { HtmlTable, TableRow } from './html-content.ts';

export const columnTitles: readonly ['group', 'account name', 'type', 'item name', 'source path', 'target path', 'operation', 'start time', 'initiated by'] = [
  'group', 'account name', 'type', 'item name', 'source path', 'target path', 'operation', 'start time', 'initiated by',
];
export type ColumnTitle = (typeof columnTitles)[number];

/** One data row; an empty cell is an empty string. */
export interface AuditRow {
  readonly cells: Readonly<Record<ColumnTitle, string>>;
  /** columns whose titles are not known, as printed */
  readonly extra: readonly { readonly title: string; readonly value: string }[];
}
export interface AuditTable {
  readonly rows: readonly AuditRow[];
  /** the table it was read from; absent for a text part */
  readonly table?: HtmlTable;
}
export type TableFinding =
  | { readonly kind: 'found'; readonly table: AuditTable }
  /** the table or a part of it is there, and it is not to be trusted: why, as a clause */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'absent' };

/** fewer known titles in one row are coincidence, more are an audit table that lacks some */
const minTitlesOfAnAuditTable = 5;

/** The innermost table with a row of all nine titles, in any order, compared without case. */
export function findAuditTable(tables: readonly HtmlTable[]): TableFinding {
  const titled = tables.flatMap((table, index) => {
    const rows = table.rows.flatMap((row, at) => (titleCount(row) >= minTitlesOfAnAuditTable ? [at] : []));
    return rows.length === 0 ? [] : [{ table, index, rows }];
  });
  const innermost = titled.filter(({ index }) => !titled.some((other) => isInside(tables, other.index, index)));
  const [first, second] = innermost;
  if (first === undefined) return { kind: 'absent' };
  if (second !== undefined) return { kind: 'refused', reason: 'two tables have the titles of an audit table' };
  if (first.table.isCut) return { kind: 'refused', reason: 'the message ends inside the table' };
  const [at, again] = first.rows;
  const titleRow = at === undefined ? undefined : first.table.rows[at];
  if (at === undefined || titleRow === undefined) return { kind: 'absent' };
  if (again !== undefined) return { kind: 'refused', reason: 'the table has two title rows' };
  const finding = readTable(titleRow, first.table.rows.slice(at + 1));
  return finding.kind === 'found' ? { kind: 'found', table: { ...finding.table, table: first.table } } : finding;
}

/** @param rows the rows below the title row */
export function readTable(titleRow: TableRow, rows: readonly TableRow[]): TableFinding {
  const titles = titleRow.cells.map((title) => title.toLowerCase());
  const refused = (reason: string): TableFinding => ({ kind: 'refused', reason });
  for (const title of columnTitles) {
    const count = titles.filter((other) => other === title).length;
    if (count === 0) return refused(`the column "${title}" is missing`);
    if (count > 1) return refused(`the column "${title}" appears ${String(count)} times`);
  }
  if (titleRow.spans || rows.some((row) => row.spans)) return refused('a cell spans rows or columns');
  if (rows.length === 0) return refused('the table has no data row');
  const uneven = rows.find((row) => row.cells.length !== titles.length);
  if (uneven !== undefined) return refused(`a row has ${String(uneven.cells.length)} cells and the title row ${String(titles.length)}`);
  return { kind: 'found', table: { rows: rows.map((row) => readRow(titleRow.cells, row.cells)) } };
}

function readRow(titles: readonly string[], cells: readonly string[]): AuditRow {
  const known: Record<ColumnTitle, string> = {
    'group': '', 'account name': '', 'type': '', 'item name': '', 'source path': '', 'target path': '', 'operation': '', 'start time': '', 'initiated by': '',
  };
  const extra: { title: string; value: string }[] = [];
  titles.forEach((title, index) => {
    const value = cells[index] ?? '';
    const name = columnTitles.find((column) => column === title.toLowerCase());
    if (name === undefined) extra.push({ title, value });
    else known[name] = value;
  });
  return { cells: known, extra };
}

function titleCount(row: TableRow): number {
  const titles = new Set(row.cells.map((cell) => cell.toLowerCase()));
  return columnTitles.filter((title) => titles.has(title)).length;
}

/** true when table `inner` lies inside table `outer` */
function isInside(tables: readonly HtmlTable[], inner: number, outer: number): boolean {
  for (let at = tables[inner]?.parent; at !== undefined; at = tables[at]?.parent) {
    if (at === outer) return true;
  }
  return false;
}
