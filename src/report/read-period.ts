/** Reading what people type for `--since`, `--until` and `--zone`. */
import type { Problem } from '../errors.ts';
import { readUtcTime } from '../text/utc-time.ts';
import { isZone, zoneOffsetAt, zoneOffsets } from '../text/zone.ts';

export interface Period { readonly sinceMs?: number; readonly untilMs?: number }

const agoForm = /^(\d{1,6})(m|h|d|w)$/;
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const localForm = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;
const dayMs = 86_400_000;
const formsRemedy = 'Use a date (2026-11-22), a time (2026-11-22T09:00, 2026-11-22T09:00:00Z) or how long ago (30m, 12h, 7d, 2w).';

/**
 * The period of `--since` and `--until`: ISO dates and times, local to `zone` unless they state an offset, or how long before `nowMs`. A date without a
 * time means the whole day: its first moment for `since`, its last for `until`. Everything that is wrong comes back at once as usage problems.
 */
export function readPeriod(typed: { readonly since?: string; readonly until?: string }, zone: string, nowMs: number): { readonly period: Period; readonly problems: readonly Problem[] } {
  if (!isZone(zone)) {
    return { period: {}, problems: [{ code: 'usage', message: `“${zone}” is no time zone this system knows.`, remedy: 'Use an IANA name such as Pacific/Auckland, or UTC.' }] };
  }
  const problems: Problem[] = [];
  const read = (option: 'since' | 'until'): number | undefined => {
    const text = typed[option];
    if (text === undefined) return undefined;
    const ms = readMoment(text.trim(), option === 'until', zone, nowMs);
    if (ms === undefined) problems.push({ code: 'usage', message: `--${option}: “${text}” is neither a date nor a time span.`, remedy: formsRemedy });
    return ms;
  };
  const sinceMs = read('since');
  const untilMs = read('until');
  if (sinceMs !== undefined && untilMs !== undefined && sinceMs > untilMs) {
    problems.push({ code: 'usage', message: `--since ${typed.since ?? ''} is later than --until ${typed.until ?? ''}: nothing lies between.`, remedy: 'Exchange the two.' });
  }
  return { period: { ...(sinceMs === undefined ? {} : { sinceMs }), ...(untilMs === undefined ? {} : { untilMs }) }, problems };
}

function readMoment(text: string, isEnd: boolean, zone: string, nowMs: number): number | undefined {
  const ago = agoForm.exec(text);
  if (ago !== null) return nowMs - Number(ago[1]) * unitMs[ago[2] as keyof typeof unitMs];
  if (!localForm.test(text)) return readUtcTime(text)?.ms;
  const isDate = text.length === 10;
  const local = readUtcTime(isDate ? `${text}T00:00Z` : `${text}Z`)?.ms;
  if (local === undefined) return undefined;
  return isDate && isEnd ? instantOf(local + dayMs, zone, false) - 1 : instantOf(local, zone, isEnd);
}

/** A wall clock that occurs twice widens the period; one that a clock change skips is read as if the clock had not been changed. */
function instantOf(localMs: number, zone: string, isEnd: boolean): number {
  const offsets = zoneOffsets(zone, localMs);
  const offset = (isEnd ? offsets.at(-1) : offsets[0]) ?? zoneOffsetAt(zone, localMs - dayMs);
  return localMs - offset * 60_000;
}
