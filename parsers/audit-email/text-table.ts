/** The audit table of a text part, for mails without HTML: columns divided by tabs, bars or two blanks, or one `Title: value` line for each column. */
import { columnTitles, readTable, type TableFinding } from './audit-table.ts';
import { collapse, type TableRow } from './html-content.ts';

/** Only a text in which all nine titles appear is looked at. */
export function findTextTable(text: string): TableFinding {
  const lines = text.split(/\r?\n/);
  const lower = text.toLowerCase();
  if (!columnTitles.every((title) => lower.includes(title))) return { kind: 'absent' };
  for (const [at, line] of lines.entries()) {
    for (const divide of [byTab, byBar, byBlanks]) {
      const titleRow = divide(line);
      const titles = new Set(titleRow.cells.map((cell) => cell.toLowerCase()));
      if (!columnTitles.every((title) => titles.has(title))) continue;
      const end = lines.findIndex((other, index) => index > at && other.trim() === '');
      return end < 0 ? cutOff : readTable(titleRow, dataRows(lines.slice(at + 1, end), divide));
    }
  }
  return titledLines(lines);
}

/** The last value has no line end behind it, so part of it may be missing. */
const cutOff: TableFinding = { kind: 'refused', reason: 'the message ends inside the table' };

type Divide = (line: string) => TableRow;
const byTab: Divide = (line) => rowOf(line.split('\t'));
const byBar: Divide = (line) => rowOf(line.trim().replace(/^\||\|$/g, '').split('|'));
const byBlanks: Divide = (line) => rowOf(line.trim().split(/ {2,}/));

function rowOf(cells: readonly string[]): TableRow {
  return { cells: cells.map(collapse), spans: false };
}

/** Rows follow the titles without a gap; rules of dashes are skipped. */
function dataRows(lines: readonly string[], divide: Divide): readonly TableRow[] {
  return lines.filter((line) => !(/^[\s|+=-]*$/.test(line) && /[-=]{3}/.test(line))).map(divide);
}

function titledLines(lines: readonly string[]): TableFinding {
  const cells: { readonly title: string; readonly value: string }[] = [];
  let lastLine = -1;
  for (const [at, line] of lines.entries()) {
    const end = line.search(/[:\t]/);
    const title = end < 0 ? '' : collapse(line.slice(0, end)).toLowerCase();
    if (!columnTitles.some((column) => column === title)) continue;
    cells.push({ title, value: line.slice(end + 1) });
    lastLine = at;
  }
  // a value that goes on in further lines may imitate a title: a title that appears twice is refused by readTable
  if (cells.length < columnTitles.length) return { kind: 'absent' };
  return lastLine === lines.length - 1 ? cutOff : readTable(rowOf(cells.map(({ title }) => title)), [rowOf(cells.map(({ value }) => value))]);
}
