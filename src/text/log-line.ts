/**
 * The line grammar of Explorer and Archiver logs (formats/explorer-archiver-logs.md 2): a timestamp in one of two dialects, the managed and the
 * operating system thread id, an indent, the message. There is no level, process, session or offset in a line.
 */
import { cultureTime, plainBlanks, type CultureTime } from './local-time.ts';

export interface LogLine {
  readonly dialect: 'bracketed' | 'culture';
  readonly time: CultureTime;
  /** true when the line carries fractions of a second */
  readonly hasFraction: boolean;
  readonly managed: number;
  /** `managed/os`: keeps the lines of one piece of work together within one file, and means nothing else */
  readonly thread: string;
  readonly indent: number;
  readonly message: string;
}

const bracketed = /^\[(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?\] {0,8}(\d{1,6}) \((\d{1,10})\)(?: ( *)(.*))?$/s;
const culture = /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,? (?:([^\d\s()[\]]{1,12}) )?(\d{1,2})[:.](\d{2})[:.](\d{2})(?: ?([^\s\d()[\]][^\d()[\]]{0,15}?))? {1,8}(\d{1,6}) \((\d{1,10})\)(?: ( *)(.*))?$/s;
const neighbour = /^\[\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}(?:\.\d{1,7})?\] {0,8}<\d+>/;

/** Blanks of newer culture data appear in the prefix only; the message is never touched. */
const prefixLength = 48;

/** Reads one physical line without its line end; undefined when it has no prefix (continuation, foreign). Linear in the length. */
export function readLogLine(text: string): LogLine | undefined {
  const first = text.charCodeAt(0);
  if (first === 0x5b) return readBracketed(text);
  if (first < 0x30 || first > 0x39) return first === 0xfeff ? readLogLine(text.slice(1)) : undefined;
  return readCulture(needsPlainBlanks(text) ? plainBlanks(text.slice(0, prefixLength)) + text.slice(prefixLength) : text);
}

/** Which family a physical line shows: ours, the neighbour's (VBR), or neither. */
export function lineFamily(text: string): 'vb365' | 'vbr' | undefined {
  if (readLogLine(text) !== undefined) return 'vb365';
  return neighbour.test(text) ? 'vbr' : undefined;
}

function needsPlainBlanks(text: string): boolean {
  const end = Math.min(text.length, prefixLength);
  for (let i = 0; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0xa0 || code === 0x202f) return true;
  }
  return false;
}

function readBracketed(text: string): LogLine | undefined {
  const m = bracketed.exec(text);
  if (m === null) return undefined;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '', fraction, managed = '', os = '', indent = '', message = ''] = m;
  return {
    dialect: 'bracketed', time: cultureTime(day, '.', month, year, hour, minute, second, fraction, undefined, undefined), hasFraction: fraction !== undefined,
    managed: Number(managed), thread: `${managed}/${os}`, indent: indent.length, message,
  };
}

function readCulture(text: string): LogLine | undefined {
  const m = culture.exec(text);
  if (m === null) return undefined;
  const [, a = '', separator = '', b = '', c = '', before, hour = '', minute = '', second = '', after, managed = '', os = '', indent = '', message = ''] = m;
  return {
    dialect: 'culture', time: cultureTime(a, separator, b, c, hour, minute, second, undefined, before, after), hasFraction: false,
    managed: Number(managed), thread: `${managed}/${os}`, indent: indent.length, message,
  };
}
