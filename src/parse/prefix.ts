/**
 * The prefix of a log line, read from its bytes: the fast twin of `readLogLine` (src/text/log-line.ts), held equal by test/parse/prefix.test.ts.
 *
 * Most lines of a log say nothing of restores, and many share their second. So the usual forms are read by position, the last timestamp and the
 * known threads are kept, and the message becomes text only when somebody asks. Whatever is unusual (letters beyond ASCII in the prefix, a
 * day-part word of several parts) goes to the twin, which then sees the prefix only. Measured: a third of the twin's time for dates of cultures, three quarters
 * for bracketed ones with milliseconds, where hardly two lines share a timestamp.
 */
import { prefixSearchBytes } from '../limits.ts';
import { cultureTime, type CultureTime } from '../text/local-time.ts';
import { readLogLine, type LogLine } from '../text/log-line.ts';

export interface PrefixedLine extends LogLine {
  /** where the message begins, behind its indent */
  readonly messageStart: number;
}
/** @param line UTF-8; `start` to `end` is one physical line without its end. The bytes never change afterwards, for the message is read late. */
export type PrefixReader = (line: Buffer, start: number, end: number) => PrefixedLine | undefined;

/** The last timestamp: lines that begin with the same bytes share its time. */
interface KnownStamp {
  readonly bytes: Uint8Array;
  length: number;
  dialect: LogLine['dialect'];
  hasFraction: boolean;
  time: CultureTime | undefined;
}
interface Thread { readonly managed: number; readonly os: number; readonly name: string }

export function createPrefixReader(): PrefixReader {
  const stamp: KnownStamp = { bytes: new Uint8Array(longestStamp), length: 0, dialect: 'culture', hasFraction: false, time: undefined };
  // One slot for each low part of a managed id: a thread keeps both of its numbers, so nearly every line finds its own.
  const threads: (Thread | undefined)[] = Array.from({ length: threadSlots });

  return (line, from, end) => {
    let start = from;
    while (start + 2 < end && line[start] === 0xef && line[start + 1] === 0xbb && line[start + 2] === 0xbf) start += 3;
    const first = start < end ? line[start] : undefined;
    if (first === undefined || (first !== bracket && !isDigit(first))) return undefined;
    if (!isKnown(stamp, line, start, end) && !(first === bracket ? readBracketed(stamp, line, start, end) : readCulture(stamp, line, start, end))) return readUnusual(line, start, end);
    const { time } = stamp;

    let at = start + stamp.length;
    const blanks = at;
    while (at < end && line[at] === blank) at += 1;
    if (time === undefined || at - blanks > 8 || (at === blanks && first !== bracket)) return readUnusual(line, start, end);
    const managedStart = at;
    let managed = 0;
    for (let byte = line[at]; at < end && byte !== undefined && isDigit(byte); byte = line[at]) {
      managed = managed * 10 + byte - zero;
      at += 1;
    }
    if (at === managedStart || at - managedStart > 6 || at + 2 > end || line[at] !== blank || line[at + 1] !== open) return readUnusual(line, start, end);
    at += 2;
    const osStart = at;
    let os = 0;
    for (let byte = line[at]; at < end && byte !== undefined && isDigit(byte); byte = line[at]) {
      os = os * 10 + byte - zero;
      at += 1;
    }
    if (at === osStart || at - osStart > 10 || at >= end || line[at] !== close) return readUnusual(line, start, end);
    at += 1;
    if (at < end && line[at] !== blank) return readUnusual(line, start, end);
    const slot = managed % threadSlots;
    let thread = threads[slot];
    if (thread?.managed !== managed || thread.os !== os) threads[slot] = thread = { managed, os, name: `${managed}/${os}` };
    return lineOf(stamp.dialect, time, stamp.hasFraction, managed, thread.name, line, at, at + 1, end);
  };
}

/** The only class of this program: an accessor of a prototype costs nothing, one of a literal costs more than everything else in a line. */
class LateLine implements PrefixedLine {
  readonly dialect: LogLine['dialect'];
  readonly time: CultureTime;
  readonly hasFraction: boolean;
  readonly managed: number;
  readonly thread: string;
  readonly indent: number;
  readonly messageStart: number;
  private text: string | undefined;
  private readonly line: Buffer;
  private readonly end: number;
  constructor(dialect: LogLine['dialect'], time: CultureTime, hasFraction: boolean, managed: number, thread: string, indent: number, messageStart: number, line: Buffer, end: number) {
    this.dialect = dialect;
    this.time = time;
    this.hasFraction = hasFraction;
    this.managed = managed;
    this.thread = thread;
    this.indent = indent;
    this.messageStart = messageStart;
    this.text = undefined;
    this.line = line;
    this.end = end;
  }
  get message(): string { return this.text ??= this.line.toString('utf8', this.messageStart, this.end); }
}

/** @param prefixEnd behind the closing bracket; @param separated behind the blank that ends the prefix */
function lineOf(dialect: LogLine['dialect'], time: CultureTime, hasFraction: boolean, managed: number, thread: string, line: Buffer, prefixEnd: number, separated: number, end: number): PrefixedLine {
  let messageStart = separated < end ? separated : end;
  while (messageStart < end && line[messageStart] === blank) messageStart += 1;
  return new LateLine(dialect, time, hasFraction, managed, thread, prefixEnd < end ? messageStart - separated : 0, messageStart, line, end);
}

function isKnown({ bytes, length, dialect }: KnownStamp, line: Buffer, start: number, end: number): boolean {
  if (length === 0 || start + length >= end) return false;
  // Backwards: the fraction of a second, where there is one, differs from line to line.
  for (let i = length - 1; i >= 0; i -= 1) if (bytes[i] !== line[start + i]) return false;
  // A longer stamp may begin with the same bytes: what follows must be a blank or, behind a bracket, a digit.
  const next = line[start + length] ?? 0;
  return next === blank ? !hasWord(line, start + length, end) : dialect === 'bracketed' && isDigit(next);
}

function keep(stamp: KnownStamp, line: Buffer, start: number, end: number, dialect: LogLine['dialect'], hasFraction: boolean, time: CultureTime): boolean {
  if (end - start > longestStamp) return false;
  for (let i = start; i < end; i += 1) stamp.bytes[i - start] = line[i] ?? 0;
  stamp.length = end - start;
  stamp.dialect = dialect;
  stamp.hasFraction = hasFraction;
  stamp.time = time;
  return true;
}

/** Whether a day-part word follows the blanks. */
function hasWord(line: Buffer, from: number, end: number): boolean {
  let at = from;
  while (at < end && line[at] === blank) at += 1;
  return at >= end || !isDigit(line[at] ?? 0);
}

/** `[dd.MM.yyyy HH:mm:ss]` with up to seven decimals. False for everything else, right or wrong. */
function readBracketed(stamp: KnownStamp, line: Buffer, start: number, end: number): boolean {
  if (end - start < 21) return false;
  for (let i = 0; i < 20; i += 1) {
    const wanted = bracketedForm[i];
    const byte = line[start + i] ?? 0;
    if (wanted === zero ? !isDigit(byte) : byte !== wanted) return false;
  }
  let at = start + 20;
  const hasFraction = line[at] === dot;
  let millisecond = 0;
  if (hasFraction) {
    const digits = digitsEnd(line, at + 1, end, 7);
    if (digits === at + 1) return false;
    for (let i = 1; i <= 3; i += 1) millisecond = millisecond * 10 + (at + i < digits ? (line[at + i] ?? zero) - zero : 0);
    at = digits;
  }
  if (at >= end || line[at] !== closeBracket) return false;
  const two = (from: number): number => ((line[start + from] ?? zero) - zero) * 10 + (line[start + from + 1] ?? zero) - zero;
  return keep(stamp, line, start, at + 1, 'bracketed', hasFraction, {
    a: two(1), aDigits: 2, b: two(4), bDigits: 2, c: two(7) * 100 + two(9), cDigits: 4, separator: '.', hour: two(12), minute: two(15), second: two(18), millisecond, hasSeconds: true,
  });
}

/** Digits, separator, digits, separator, digits, the time, and at most one day-part word of a few ASCII letters behind it. */
function readCulture(stamp: KnownStamp, line: Buffer, start: number, end: number): boolean {
  const aEnd = digitsEnd(line, start, end, 4);
  const separator = line[aEnd];
  if (separator !== dot && separator !== slash && separator !== dash) return false;
  const bStart = line[aEnd + 1] === blank ? aEnd + 2 : aEnd + 1;
  const bEnd = digitsEnd(line, bStart, end, 2);
  if (bEnd === bStart || line[bEnd] !== separator) return false;
  const cStart = line[bEnd + 1] === blank ? bEnd + 2 : bEnd + 1;
  const cEnd = digitsEnd(line, cStart, end, 4);
  if (cEnd === cStart) return false;
  let at = cEnd;
  if (line[at] === dot) at += 1;
  if (line[at] === comma) at += 1;
  if (line[at] !== blank) return false;
  const hourStart = at + 1;
  const hourEnd = digitsEnd(line, hourStart, end, 2);
  if (hourEnd === hourStart || !isTimeSeparator(line[hourEnd])) return false;
  const minuteEnd = digitsEnd(line, hourEnd + 1, end, 2);
  if (minuteEnd !== hourEnd + 3 || !isTimeSeparator(line[minuteEnd])) return false;
  const secondEnd = digitsEnd(line, minuteEnd + 1, end, 2);
  if (secondEnd !== minuteEnd + 3 || secondEnd >= end) return false;
  let stampEnd = secondEnd;
  let word: string | undefined;
  const wordStart = line[secondEnd] === blank ? secondEnd + 1 : secondEnd;
  if (isWordByte(line[wordStart])) {
    stampEnd = wordStart;
    while (stampEnd < end && isWordByte(line[stampEnd])) stampEnd += 1;
    if (stampEnd - wordStart > 8 || hasWord(line, stampEnd, end)) return false;
    word = line.toString('latin1', wordStart, stampEnd);
  }
  if (line[stampEnd] !== blank || hasWord(line, stampEnd, end)) return false;
  const text = (from: number, to: number): string => line.toString('latin1', from, to);
  return keep(stamp, line, start, stampEnd, 'culture', false, cultureTime(
    text(start, aEnd), String.fromCharCode(separator), text(bStart, bEnd), text(cStart, cEnd), text(hourStart, hourEnd), text(hourEnd + 1, minuteEnd), text(minuteEnd + 1, secondEnd), undefined, undefined, word,
  ));
}

/** The twin on the prefix alone: its closing bracket is the first of the line, whatever the culture writes before it. */
function readUnusual(line: Buffer, start: number, end: number): PrefixedLine | undefined {
  const bracketAt = line.subarray(start, Math.min(end, start + prefixSearchBytes)).indexOf(close);
  if (bracketAt === -1) return undefined;
  const prefixEnd = start + bracketAt + 1;
  const prefix = line.toString('utf8', start, prefixEnd);
  // The character behind the bracket decides whether the prefix ends there; no character is longer than four bytes.
  const behind = line.toString('utf8', prefixEnd, Math.min(end, prefixEnd + 4)).slice(0, 1);
  const read = readLogLine(prefix + behind);
  if (read === undefined) return undefined;
  const { dialect, time, hasFraction, managed, thread } = read;
  return lineOf(dialect, time, hasFraction, managed, thread, line, prefixEnd, prefixEnd + Math.max(1, Buffer.byteLength(behind)), end);
}

const blank = 0x20;
const open = 0x28;
const close = 0x29;
const comma = 0x2c;
const dash = 0x2d;
const dot = 0x2e;
const slash = 0x2f;
const zero = 0x30;
const bracket = 0x5b;
const closeBracket = 0x5d;
const bracketedForm: Uint8Array = Buffer.from('[00.00.0000 00:00:00', 'latin1');

/** Bytes of the longest timestamp of a usual form. */
const longestStamp = 64;
const threadSlots = 1024;

const isDigit = (byte: number): boolean => byte >= zero && byte <= 0x39;
const isTimeSeparator = (byte: number | undefined): boolean => byte === 0x3a || byte === dot;
const isWordByte = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === dot);

/** End of at most `max` digits from `from` on. */
function digitsEnd(line: Buffer, from: number, end: number, max: number): number {
  let at = from;
  while (at < end && at - from < max && isDigit(line[at] ?? 0)) at += 1;
  return at;
}
