/**
 * Reading what .NET prints for a date and time in the culture of a Windows user: every order, separator and day-part word of
 * formats/explorer-archiver-logs.md 2.2, without deciding between readings. Deciding is the business of whoever knows the file.
 */
import type { DateOrder } from '../event.ts';

/** The raw components of a date and time text; nothing is decided yet. */
export interface CultureTime {
  readonly a: number;
  readonly aDigits: number;
  readonly b: number;
  readonly bDigits: number;
  readonly c: number;
  readonly cDigits: number;
  readonly separator: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** `am`, `pm`; `unknown` for a word that is neither: the time is then ambiguous by twelve hours */
  readonly dayPart?: 'am' | 'pm' | 'unknown';
  /** the word itself, lower case, when it is unknown; the file clock may learn what it means */
  readonly dayPartWord?: string;
  /** false for the short form without seconds */
  readonly hasSeconds: boolean;
}

/** One possible wall clock: `localMs` is the local time as if it were UTC, in milliseconds since 1970. */
export interface LocalReading {
  readonly order: DateOrder;
  readonly localMs: number;
}

const form = /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,? (?:([^\d\s()[\]]{1,12}) )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,7}))?)?(?: ?([^\s\d()[\]][^\d()[\]]{0,15}?))?$/s;

const amWords = new Set(['am', 'vorm', 'πμ', 'fm', 'de', 'sa', '上午', '오전', '午前', 'ص', 'ق.ظ', 'قظ', 'öö', 'dop']);
const pmWords = new Set(['pm', 'nachm', 'μμ', 'em', 'du', 'ch', '下午', '오후', '午後', 'م', 'ب.ظ', 'بظ', 'ös', 'odp']);
/** words that stand before a time and mean nothing (fi-FI) */
const neutralWords = new Set(['klo', 'kl', 'um', 'h', 'uhr']);

/** `a. m.`, `AM`, `π.μ.` → `am`; undefined for a neutral word. */
export function readDayPart(word: string): 'am' | 'pm' | 'unknown' | undefined {
  const folded = word.toLowerCase().replace(/[\s.\u00a0\u202f]/g, '');
  if (folded === '' || neutralWords.has(folded)) return undefined;
  if (amWords.has(folded)) return 'am';
  return pmWords.has(folded) ? 'pm' : 'unknown';
}

/** U+00A0 and U+202F stand for a blank in newer culture data. */
export function plainBlanks(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

/** The components of a date and time text, or undefined when it has not that form. Never throws. */
export function readCultureTime(text: string): CultureTime | undefined {
  const m = form.exec(plainBlanks(text).trim());
  if (m === null) return undefined;
  const [, a = '', separator = '', b = '', c = '', before, hour = '', minute = '', second, fraction, after] = m;
  return cultureTime(a, separator, b, c, hour, minute, second, fraction, before, after);
}

export function cultureTime(
  a: string, separator: string, b: string, c: string, hour: string, minute: string,
  second: string | undefined, fraction: string | undefined, before: string | undefined, after: string | undefined,
): CultureTime {
  const word = before !== undefined && readDayPart(before) !== undefined ? before : after;
  const dayPart = (before === undefined ? undefined : readDayPart(before)) ?? (after === undefined ? undefined : readDayPart(after));
  return {
    a: Number(a), aDigits: a.length, b: Number(b), bDigits: b.length, c: Number(c), cDigits: c.length, separator,
    hour: Number(hour), minute: Number(minute), second: second === undefined ? 0 : Number(second),
    millisecond: fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3)),
    hasSeconds: second !== undefined, ...(dayPart === undefined ? {} : { dayPart }), ...(dayPart === 'unknown' && word !== undefined ? { dayPartWord: word.toLowerCase() } : {}),
  };
}

/** Every wall clock the text can mean; with `order` only readings of that order. Impossible dates (31 February, month 13) are left out. */
export function localReadings(time: CultureTime, order?: DateOrder): readonly LocalReading[] {
  const orders: readonly DateOrder[] = time.aDigits >= 3 ? ['ymd'] : ['dmy', 'mdy'];
  const out: LocalReading[] = [];
  for (const candidate of orders) {
    if (order !== undefined && candidate !== order) continue;
    const day = dayOf(time, candidate);
    if (day === undefined) continue;
    for (const hour of hoursOf(time)) out.push({ order: candidate, localMs: day + hour * 3_600_000 + time.minute * 60_000 + time.second * 1000 + time.millisecond });
  }
  return out;
}

/** The wall clock that a text means in an order, as local milliseconds; undefined when it can mean none or two. What `localReadings` gives, without lists. */
export function onlyReading(time: CultureTime, order: DateOrder): number | undefined {
  if ((order === 'ymd') !== (time.aDigits >= 3) || time.hour > 23 || time.minute > 59 || time.second > 60) return undefined;
  let { hour } = time;
  if (time.dayPart !== undefined && hour <= 12 && hour > 0) {
    if (time.dayPart === 'unknown') return undefined;
    hour = hour % 12 + (time.dayPart === 'pm' ? 12 : 0);
  }
  const day = dayOf(time, order);
  return day === undefined ? undefined : day + hour * 3_600_000 + time.minute * 60_000 + time.second * 1000 + time.millisecond;
}

function dayOf(time: CultureTime, order: DateOrder): number | undefined {
  const [year, month, day] = order === 'ymd' ? [time.a, time.b, time.c] : order === 'dmy' ? [time.c, time.b, time.a] : [time.c, time.a, time.b];
  if (order !== 'ymd' && time.cDigits !== 4 && time.cDigits !== 2) return undefined;
  const fullYear = order !== 'ymd' && time.cDigits === 2 ? 2000 + year : year;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (fullYear === lastDay.year && month === lastDay.month && day === lastDay.day) return lastDay.ms;
  const midnight = Date.UTC(fullYear, month - 1, day);
  const ms = new Date(midnight).getUTCDate() === day ? midnight : undefined;
  lastDay = { year: fullYear, month, day, ms };
  return ms;
}

/** Lines of a log follow each other on one day. */
let lastDay: { readonly year: number; readonly month: number; readonly day: number; readonly ms: number | undefined } = { year: Number.NaN, month: 0, day: 0, ms: undefined };

function hoursOf(time: CultureTime): readonly number[] {
  if (time.hour > 23 || time.minute > 59 || time.second > 60) return [];
  if (time.dayPart === undefined || time.hour > 12 || time.hour === 0) return [time.hour];
  const base = time.hour % 12;
  if (time.dayPart === 'am') return [base];
  return time.dayPart === 'pm' ? [base + 12] : [base, base + 12];
}

/** RFC 3339 UTC with three decimals. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
