import { readUtcTime } from '../text/utc-time.ts';

export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** RFC 3339 with an offset; parts of a second decide nothing here */
const moment = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2})(?:\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const dayMs = 86_400_000;

/**
 * A part of a moment in UTC: months from 1, `week` as ISO 8601 counts (1 to 53, the week that holds a Thursday of the year).
 *
 * @param value RFC 3339 text with an offset, or milliseconds since 1970 as a number; anything else has no parts: undefined
 */
export function timePart(value: unknown, part: TimePart): number | undefined {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? readMoment(value) : undefined;
  const date = new Date(ms ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return undefined;
  switch (part) {
    case 'minute': return date.getUTCMinutes();
    case 'hour': return date.getUTCHours();
    case 'day': return date.getUTCDate();
    case 'week': return isoWeek(date);
    case 'month': return date.getUTCMonth() + 1;
    case 'year': return date.getUTCFullYear();
  }
}

function readMoment(text: string): number | undefined {
  const found = moment.exec(text);
  return found === null ? undefined : readUtcTime(`${found[1] ?? ''}${found[2] ?? ''}`)?.ms;
}

function isoWeek(date: Date): number {
  const day = Math.floor(date.getTime() / dayMs);
  // Day 0, 1 January 1970, was a Thursday: weeks from Monday to Sunday are told apart by their Thursday.
  const thursday = new Date((Math.floor((day + 3) / 7) * 7) * dayMs);
  const firstDay = new Date(0);
  firstDay.setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - firstDay.getTime()) / (7 * dayMs)) + 1;
}
