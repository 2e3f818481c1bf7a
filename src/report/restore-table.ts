/** Restores as a table for a terminal. Names are hostile: every cell passes `visibleText`, and widths are those of the terminal, not of the string. */
import type { Event } from '../event.ts';
import { maxShownText } from '../limits.ts';
import { ruleText, type AlertsBeside } from './alerts-beside.ts';
import { countByConfidence, countGaps, plural } from './counts-text.ts';
import { cutToWidth, displayWidth, padToWidth, wrapToWidth } from './display-width.ts';
import { isCandidateOnly } from './filter-restores.ts';
import { groupRestores, type RestoreGroup } from './group-restores.ts';
import type { RestoreRow } from './restore-row.ts';
import { columnGap, placeColumns, type Column, type PlacedColumn } from './table-layout.ts';
import { boundText, visibleText } from './visible-text.ts';

export interface TableOptions {
  /** columns of the terminal; below 64 the table is 64 wide */
  readonly width: number;
  /** IANA zone of the times, known to the runtime; default UTC */
  readonly zone?: string;
  /** one entry for each item instead of one for each operation */
  readonly all?: boolean;
  /** the person that was asked for: restores of which that person is only a candidate are marked */
  readonly operator?: string;
  /** SGR colours; only for a terminal that shows them */
  readonly color?: boolean;
  /** what rules say of these restores */
  readonly alerts?: AlertsBeside;
}

type Name = 'when' | 'operator' | 'what' | 'owner' | 'from' | 'to' | 'client' | 'result' | 'confidence';
type Cells = Readonly<Record<Name, string>>;
type Placed = readonly PlacedColumn<Name>[];

const minimums: readonly (readonly [Name, title: string, min: number])[] = [
  ['when', 'When', 10], ['operator', 'Operator', 16], ['what', 'What', 18], ['owner', 'Whose', 12], ['from', 'From', 14], ['to', 'To', 14], ['client', 'Client', 15],
  ['result', 'Result', 9], ['confidence', 'How sure', 12],
];
/** What leaves its column first. It is not lost: it goes to a line beneath. */
const expendable: readonly Name[] = ['client', 'from', 'result', 'to', 'owner'];
const narrowest = 64;
const roomy = 180;
const linesInCell = 4;
const alertsApart = 5;
const indent = '  ';

/** The table with a line of counts and what was missing beneath; lines end with a line feed. */
export function restoreTable(restores: readonly Event[], options: TableOptions): string {
  const width = Math.max(narrowest, Math.floor(options.width));
  const zone = options.zone ?? 'UTC';
  if (restores.length === 0) return 'No restores.\n';
  const groups = groupRestores(restores, zone, options.all);
  const entries = groups.map((group) => cellsOf(group, options.operator));
  const columns = placeColumns(minimums.map(([name, title, min]): Column<Name> => {
    // Date and time stand on one line where there is room for everything else, and on two otherwise.
    if (name === 'when') return { name, title, min: width >= roomy ? 19 : min, natural: width >= roomy ? 19 : min };
    return { name, title, min, natural: naturalWidth(title, name, entries) };
  }), expendable, width);
  const lines: string[] = [
    lineOf(columns.map(({ title, width: columnWidth }) => padToWidth(title, columnWidth)), options.color === true ? bold : undefined),
    lineOf(columns.map(({ width: columnWidth }) => '─'.repeat(columnWidth))),
  ];
  const blocks = entries.map((cells, at) => [...blockOf(cells, columns, width, options.color === true), ...alertLines(groups[at]?.restores ?? [], width, options)]);
  const isLoose = blocks.some((block) => block.length > 1);
  blocks.forEach((block, at) => {
    if (isLoose && at > 0) lines.push('');
    lines.push(...block);
  });
  lines.push('', ...footer(restores, groups.length, zone, width, options));
  return `${lines.join('\n')}\n`;
}

function cellsOf({ row, restores }: RestoreGroup, operator: string | undefined): Cells {
  const shown = (text: string): string => boundText(visibleText(text), maxShownText);
  const isCandidate = operator !== undefined && restores.some((restore) => isCandidateOnly(restore, operator));
  return {
    when: row.when, operator: `${isCandidate ? '? ' : ''}${shown(row.operator)}`, what: `${row.verb} ${shown(row.item)}`, owner: shown(row.owner), from: shown(row.from), to: shown(row.to),
    client: shown(row.client), result: row.result, confidence: row.confidence,
  };
}

/** Measured on the first thousand entries: the rest breaks where it must. */
function naturalWidth(title: string, name: Name, entries: readonly Cells[]): number {
  return entries.slice(0, 1_000).reduce((widest, cells) => Math.max(widest, displayWidth(cells[name])), title.length);
}

/** The lines of one entry: its cells side by side, then what has no column. */
function blockOf(cells: Cells, columns: Placed, width: number, hasColor: boolean): readonly string[] {
  const wrapped = columns.map(({ name, width: columnWidth }) => wrapToWidth(cells[name], columnWidth, linesInCell));
  const height = Math.max(...wrapped.map(({ length }) => length));
  const lines: string[] = [];
  for (let at = 0; at < height; at += 1) {
    lines.push(lineOf(columns.map(({ name, width: columnWidth }, column) => {
      const text = padToWidth(wrapped[column]?.[at] ?? '', columnWidth);
      return hasColor ? colored(text, name, cells) : text;
    })));
  }
  const rest = restLine(cells, new Set(columns.map(({ name }) => name)));
  if (rest !== '') for (const line of wrapToWidth(rest, width - indent.length, linesInCell)) lines.push(`${indent}${line}`);
  return lines;
}

/** `of Ann Lee · from Ann Lee\Inbox · to C:\Users\alice\Desktop · on WKS-07`; the client alone is not worth a line. */
function restLine(cells: Cells, placed: ReadonlySet<Name>): string {
  if (placed.has('from')) return '';
  const parts: string[] = [];
  if (!placed.has('owner')) parts.push(`of ${cells.owner}`);
  if (cells.from !== 'unknown') parts.push(`from ${cells.from}`);
  if (!placed.has('to')) parts.push(`to ${cells.to}`);
  if (cells.client !== '') parts.push(`on ${cells.client}`);
  if (!placed.has('result')) parts.push(cells.result);
  return parts.join(' · ');
}

/** The rules that the restores of an entry met; of many the gravest. */
function alertLines(restores: readonly Event[], width: number, { alerts, color }: TableOptions): readonly string[] {
  const rules = alerts?.of(restores) ?? [];
  const lines = rules.slice(0, rulesInEntry).flatMap((rule) => {
    const text = wrapToWidth(boundText(visibleText(`! ${ruleText(rule)}`), maxShownText), width - indent.length, 2);
    const isGrave = rule.level === 'high' || rule.level === 'critical';
    return text.map((line) => `${indent}${color === true ? `\u001b[${isGrave ? 31 : 33}m${line}\u001b[0m` : line}`);
  });
  return rules.length > rulesInEntry ? [...lines, `${indent}! and ${plural(rules.length - rulesInEntry, 'more rule')}`] : lines;
}
const rulesInEntry = 3;

function lineOf(cells: readonly string[], style?: (text: string) => string): string {
  const line = cells.join(' '.repeat(columnGap)).trimEnd();
  return style === undefined ? line : style(line);
}

function footer(restores: readonly Event[], groups: number, zone: string, width: number, { all, operator, alerts }: TableOptions): readonly string[] {
  const counts = countByConfidence(restores).map(([confidence, count]) => `${count} ${confidence === 'organization' ? 'organisation only' : confidence}`);
  const operations = groups < restores.length && all !== true ? ` in ${plural(groups, 'entry').replace('entrys', 'entries')} (--all lists every item)` : '';
  const lines = [...wrapToWidth(`${plural(restores.length, 'restore')}${operations}: ${counts.join(', ')}. Times in ${zone}.`, width, 20)];
  const candidates = operator === undefined ? 0 : restores.filter((restore) => isCandidateOnly(restore, operator)).length;
  if (candidates > 0) lines.push(...wrapToWidth(`? ${plural(candidates, 'restore')}: the person asked for is one of several who can have done it, not its named operator.`, width, 4));
  if (alerts !== undefined && alerts.counts.length > 0) {
    lines.push(...wrapToWidth(`Alerts: ${alerts.counts.map(([level, count]) => `${count} ${level}`).join(', ')} (replay --events alerts prints them).`, width, 4));
    for (const { level, message } of alerts.apart.slice(0, alertsApart)) lines.push(...wrapToWidth(boundText(visibleText(`! ${level}: ${message}`), maxShownText), width, 4));
    if (alerts.apart.length > alertsApart) lines.push(`! and ${plural(alerts.apart.length - alertsApart, 'more rule')} about other things than restores`);
  }
  const gaps = countGaps(restores);
  if (gaps.length > 0) lines.push('', 'What is missing, and what to do about it:');
  for (const [gap, count] of gaps) lines.push(...gapLines(`${gap.sentence}${gap.remedy === undefined ? '' : ` ${gap.remedy}`}`, count, width));
  return lines;
}

function gapLines(text: string, count: number, width: number): readonly string[] {
  const label = `${count} × `.padStart(8);
  return wrapToWidth(boundText(visibleText(text), maxShownText * 2), width - label.length, 12).map((line, at) => (at === 0 ? label : ' '.repeat(label.length)) + cutToWidth(line, width - label.length));
}

function bold(text: string): string {
  return `\u001b[1m${text}\u001b[0m`;
}

/** Colour repeats what the words say, for those who see it. */
function colored(text: string, name: Name, cells: Cells): string {
  if (name === 'confidence') return `\u001b[${confidenceColors[cells.confidence as RestoreRow['confidence']]}m${text}\u001b[0m`;
  const isBad = name === 'result' && (cells.result === 'failed' || cells.result === 'cancelled');
  return isBad ? `\u001b[31m${text}\u001b[0m` : text;
}

const confidenceColors: Readonly<Record<RestoreRow['confidence'], number>> = { corroborated: 32, confirmed: 32, probable: 36, ambiguous: 33, organization: 35, unknown: 35 };
