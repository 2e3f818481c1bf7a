/**
 * The line grammar of Explorer and Archiver logs (formats/explorer-archiver-logs.md 2): a timestamp in one of two dialects, the managed and the
 * operating system thread id, an indent, the message. There is no level, process, session or offset in a line.
 * The log reader uses the byte-wise twin of this (src/parse/prefix.ts); a differential test holds both equal.
 */
import { cultureTime, plainBlanks, type CultureTime } from './local-time.ts';

export interface LogLine {
  readonly dialect: 'bracketed' | 'culture';
  /** lines with the same timestamp text may share one object */
  readonly time: CultureTime;
  /** true when the line carries fractions of a second */
  readonly hasFraction: boolean;
  readonly managed: number;
  /** `managed/os`: keeps the lines of one piece of work together within one file, and means nothing else */
  readonly thread: string;
  readonly indent: number;
  readonly message: string;
}

// The grammar of the reference up to the closing bracket, which is the first one of the line; what follows is a blank or nothing.
const bracketed = /^\[(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?\] {0,8}(\d{1,6}) \((\d{1,10})\)(?= |$)/;
const culture = /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,? (?:([^\d\s()[\]]{1,12}) )?(\d{1,2})[:.](\d{2})[:.](\d{2})(?: ?([^\s\d()[\]][^\d()[\]]{0,15}?))? {1,8}(\d{1,6}) \((\d{1,10})\)(?= |$)/;
const neighbour = /^\[\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}(?:\.\d{1,7})?\] {0,8}<\d+>/;

/** Blanks of newer culture data appear in the prefix only; the message is never touched. */
const prefixLength = 48;

/** Reads one physical line without its line end; undefined when it has no prefix (continuation, foreign). Linear in the length. */
export function readLogLine(physical: string): LogLine | undefined {
  const text = physical.replace(/^\ufeff+/, '');
  const first = text.charCodeAt(0);
  if (first === 0x5b) return readBracketed(text);
  if (first < 0x30 || first > 0x39) return undefined;
  return readCulture(text, plainBlanks(text.slice(0, prefixLength)) + text.slice(prefixLength));
}

/** Which family a physical line shows: ours, the neighbour's (VBR), or neither. */
export function lineFamily(text: string): 'vb365' | 'vbr' | undefined {
  if (readLogLine(text) !== undefined) return 'vb365';
  return neighbour.test(text) ? 'vbr' : undefined;
}

function readBracketed(text: string): LogLine | undefined {
  const m = bracketed.exec(text);
  if (m === null) return undefined;
  const [prefix, day = '', month = '', year = '', hour = '', minute = '', second = '', fraction, managed = '', os = ''] = m;
  return {
    dialect: 'bracketed', time: cultureTime(day, '.', month, year, hour, minute, second, fraction, undefined, undefined), hasFraction: fraction !== undefined,
    ...threadOf(managed, os), ...afterPrefix(text, prefix.length),
  };
}

/** @param plain `text` with plain blanks in its prefix */
function readCulture(text: string, plain: string): LogLine | undefined {
  const m = culture.exec(plain);
  if (m === null) return undefined;
  const [prefix, a = '', separator = '', b = '', c = '', before, hour = '', minute = '', second = '', after, managed = '', os = ''] = m;
  return {
    dialect: 'culture', time: cultureTime(a, separator, b, c, hour, minute, second, undefined, before, after), hasFraction: false,
    ...threadOf(managed, os), ...afterPrefix(text, prefix.length),
  };
}

function threadOf(managed: string, os: string): { readonly managed: number; readonly thread: string } {
  return { managed: Number(managed), thread: `${Number(managed)}/${Number(os)}` };
}

function afterPrefix(text: string, prefixEnd: number): { readonly indent: number; readonly message: string } {
  // One blank ends the prefix; editors and shippers strip it when nothing follows.
  let at = prefixEnd + 1;
  while (text.charCodeAt(at) === 0x20) at += 1;
  return { indent: Math.max(0, at - prefixEnd - 1), message: text.slice(at) };
}
