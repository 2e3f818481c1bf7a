/** Who acted on which day, as a drawing: one lane for each operator, one dot for each day, its area the number of restores. */
import type { Event } from '../event.ts';
import { maxTimelineColumns, maxTimelineLanes } from '../limits.ts';
import { zoneOffsetAt } from '../text/zone.ts';
import { plural } from './counts-text.ts';
import { cutToWidth } from './display-width.ts';
import { escapeHtml, safeText } from './html-text.ts';
import { accountOf, isNamed, operatorText } from './operator-text.ts';
import { timeOf } from './when-text.ts';
import { visibleText } from './visible-text.ts';

interface Lane {
  readonly label: string;
  /** `named`, or why nobody is */
  readonly kind: 'named' | 'ambiguous' | 'nobody';
  readonly counts: Map<number, number>;
  total: number;
}

const dayMs = 86_400_000;
const laneHeight = 26;
const labelWidth = 250;
const plotWidth = 850;
const top = 8;
const axisHeight = 34;
const largestDot = 10;
const labelColumns = 26;

/** An SVG drawing without styles of its own (classes `lane`, `dot named`, `dot ambiguous`, `dot nobody`, `grid`, `axis`); empty when no restore has a time. */
export function timelineSvg(restores: readonly Event[], zone: string): string {
  const days = restores.map((restore) => dayOf(restore, zone));
  const known = days.filter((day) => !Number.isNaN(day));
  if (known.length === 0) return '';
  const first = known.reduce((a, b) => Math.min(a, b));
  const last = known.reduce((a, b) => Math.max(a, b));
  const daysInColumn = columnDays(last - first + 1);
  const columns = Math.ceil((last - first + 1) / daysInColumn);
  const lanes = lanesOf(restores, days.map((day) => Math.floor((day - first) / daysInColumn)));
  const height = top + lanes.length * laneHeight + axisHeight;
  const step = plotWidth / columns;
  const most = lanes.reduce((max, { counts }) => Math.max(max, ...counts.values()), 1);
  const dotLimit = Math.max(2.5, Math.min(largestDot, step / 2 - 0.5, laneHeight / 2 - 2));
  const nameOf = (column: number): string => {
    const begin = first + column * daysInColumn;
    return daysInColumn === 1 ? dateText(begin) : `${dateText(begin)} to ${dateText(Math.min(last, begin + daysInColumn - 1))}`;
  };
  const parts = [`<svg class="timeline" viewBox="0 0 ${labelWidth + plotWidth + 10} ${height}" role="img" aria-label="${escapeHtml(`Restores by day and operator, ${dateText(first)} to ${dateText(last)}: ${lanes.map(({ label, total }) => `${visibleText(label)} ${total}`).join(', ').slice(0, 600)}`)}">`];
  if (daysInColumn === 1) parts.push(...weekends(first, columns, step, height));
  lanes.forEach((lane, at) => {
    const y = top + at * laneHeight + laneHeight / 2;
    parts.push(`<text class="lane" x="${labelWidth - 44}" y="${y + 4}" text-anchor="end">${escapeHtml(cutToWidth(visibleText(lane.label), labelColumns))}<title>${safeText(lane.label)}</title></text>`);
    parts.push(`<text class="total" x="${labelWidth - 12}" y="${y + 4}" text-anchor="end">${lane.total}</text>`);
    parts.push(`<line class="grid" x1="${labelWidth}" x2="${labelWidth + plotWidth}" y1="${y}" y2="${y}"/>`);
    for (const [column, count] of [...lane.counts].sort(([a], [b]) => a - b)) {
      const radius = Math.max(2, Math.sqrt(count / most) * dotLimit);
      parts.push(`<circle class="dot ${lane.kind}" cx="${round(labelWidth + (column + 0.5) * step)}" cy="${y}" r="${round(radius)}"><title>${escapeHtml(nameOf(column))}: ${safeText(lane.label)}, ${plural(count, 'restore')}</title></circle>`);
    }
  });
  parts.push(...axis(first, columns, daysInColumn, step, height - axisHeight), '</svg>');
  return parts.join('');
}

/** Local day as a number of days since 1970. */
function dayOf(restore: Event, zone: string): number {
  const ms = timeOf(restore);
  return Number.isNaN(ms) ? ms : Math.floor((ms + zoneOffsetAt(zone, ms) * 60_000) / dayMs);
}

function columnDays(days: number): number {
  for (const size of [1, 7, 28, 91, 364]) if (days / size <= maxTimelineColumns) return size;
  return Math.ceil(days / maxTimelineColumns);
}

/** Named operators by number of restores, the rest of them together, then those that nobody is named for. */
function lanesOf(restores: readonly Event[], columns: readonly number[]): readonly Lane[] {
  const byLabel = new Map<string, Lane>();
  restores.forEach((restore, at) => {
    const column = columns[at] ?? Number.NaN;
    if (Number.isNaN(column)) return;
    const [label, kind] = laneFor(restore);
    const lane = byLabel.get(label) ?? { label, kind, counts: new Map<number, number>(), total: 0 };
    byLabel.set(label, lane);
    add(lane, column, 1);
  });
  const all = [...byLabel.values()].sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1));
  const named = all.filter(({ kind }) => kind === 'named');
  const nobody = all.filter(({ kind }) => kind !== 'named');
  if (named.length <= maxTimelineLanes) return [...named, ...nobody];
  const others: Lane = { label: `${named.length - maxTimelineLanes + 1} other operators`, kind: 'named', counts: new Map(), total: 0 };
  for (const lane of named.slice(maxTimelineLanes - 1)) for (const [column, count] of lane.counts) add(others, column, count);
  return [...named.slice(0, maxTimelineLanes - 1), others, ...nobody];
}

function laneFor(restore: Event): readonly [label: string, kind: Lane['kind']] {
  if (isNamed(restore)) {
    // The account first: a label is cut at its end.
    return [restore['vb365.attribution.kind'] === 'shared_account' ? `${accountOf(restore) ?? ''} (shared)` : operatorText(restore), 'named'];
  }
  if (restore['vb365.attribution.confidence'] === 'ambiguous') return ['one of several', 'ambiguous'];
  const kind = restore['vb365.attribution.kind'];
  if (kind === 'service_account' || kind === 'application') return ['service account or application', 'nobody'];
  return [restore['vb365.attribution.confidence'] === 'organization' ? 'organisation only' : 'unknown', 'nobody'];
}

function add(lane: Lane, column: number, count: number): void {
  lane.counts.set(column, (lane.counts.get(column) ?? 0) + count);
  lane.total += count;
}

function weekends(first: number, columns: number, step: number, height: number): readonly string[] {
  const parts: string[] = [];
  for (let column = 0; column < columns; column += 1) {
    // 1 January 1970 was a Thursday.
    const weekday = (((first + column + 4) % 7) + 7) % 7;
    if (weekday === 0 || weekday === 6) parts.push(`<rect class="weekend" x="${round(labelWidth + column * step)}" y="${top}" width="${round(step)}" height="${height - axisHeight - top}"/>`);
  }
  return parts;
}

function axis(first: number, columns: number, daysInColumn: number, step: number, y: number): readonly string[] {
  const every = Math.max(1, Math.ceil(92 / step));
  const parts = [`<line class="axis" x1="${labelWidth}" x2="${labelWidth + plotWidth}" y1="${y}" y2="${y}"/>`];
  for (let column = 0; column < columns; column += every) {
    const x = round(labelWidth + (column + 0.5) * step);
    parts.push(`<line class="axis" x1="${x}" x2="${x}" y1="${y}" y2="${y + 4}"/><text class="date" x="${x}" y="${y + 18}" text-anchor="middle">${dateText(first + column * daysInColumn)}</text>`);
  }
  if (daysInColumn > 1) parts.push(`<text class="date" x="${labelWidth + plotWidth}" y="${y + 32}" text-anchor="end">each column is ${daysInColumn} days</text>`);
  return parts;
}

function dateText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
