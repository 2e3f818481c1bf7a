/** Times of REST answers: ISO 8601 with up to seven fraction digits, more than a JavaScript date keeps (formats/rest-api.md 4 and 5). */

/** An instant to the nanosecond: whole milliseconds since 1970 and what is left of the last one. */
export interface UtcTime {
  readonly ms: number;
  readonly restNs: number;
}

const isoForm = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))?$/;
/** what some tools make of a date when they save an answer again */
const epochForm = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/** The instant, milliseconds truncated; text without zone is UTC, as the API defines. Undefined for anything that is no such time. Never throws. */
export function readUtcTime(text: string): UtcTime | undefined {
  const epoch = epochForm.exec(text.trim());
  if (epoch !== null) return isDateMs(Number(epoch[1])) ? { ms: Number(epoch[1]), restNs: 0 } : undefined;
  const m = isoForm.exec(text.trim());
  if (m === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = m;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (midnight.getUTCMonth() !== Number(month) - 1 || midnight.getUTCDate() !== Number(day)) return undefined;
  const nanoseconds = fraction.padEnd(9, '0').slice(0, 9);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const ms = midnight.getTime() + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + Number(nanoseconds.slice(0, 3));
  return isDateMs(ms) ? { ms, restNs: Number(nanoseconds.slice(3)) } : undefined;
}

/** The product writes the end of time (and .NET its beginning) where there is no time: `9999-12-31T23:59:59.9999999Z` is a running session. */
export function isNoTime(time: UtcTime): boolean {
  const year = new Date(time.ms).getUTCFullYear();
  return year >= 9999 || year <= 1;
}

/** Nanoseconds from one instant to a later one; undefined when it is earlier. */
export function elapsedNs(start: UtcTime, end: UtcTime): number | undefined {
  const ns = (end.ms - start.ms) * 1_000_000 + (end.restNs - start.restNs);
  return ns >= 0 ? ns : undefined;
}

function isDateMs(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15;
}
