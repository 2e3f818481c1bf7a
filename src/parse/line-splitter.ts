/**
 * Blocks of a file into physical lines (formats/explorer-archiver-logs.md 4). A line ends with LF, or where NUL bytes begin: after a crash a disk holds
 * zeros instead of text. Works on the bytes of the file, so that offsets are those of the file; only lines of other encodings are rewritten, as UTF-8.
 */
import { decodeCodePage } from '../text/charset.ts';
import { maxLineBytes } from '../limits.ts';
import type { LogEncoding } from './log-encoding.ts';

/** UTF-8 between `start` and `end` of a block that never changes afterwards; the line end is not part of it, a CR is. */
export interface PhysicalLine {
  readonly block: Buffer;
  readonly start: number;
  readonly end: number;
  /** of its first byte in the file, in the file's own encoding */
  readonly offset: number;
  /** 1-based; a run of NUL bytes ends a line like LF does */
  readonly number: number;
  /** true when its end is missing: it is too long, or zeros follow */
  readonly isCut: boolean;
  readonly isLong: boolean;
}
type Writable<T> = { -readonly [K in keyof T]: T[K] };
export interface LineSink {
  /** @param line the record is used again for the next line; its block is not */
  line(line: PhysicalLine): void;
  /** a run of NUL bytes began here */
  zeros(offset: number, number: number): void;
}
export interface LineSplitter {
  push(block: Buffer): void;
  /** The beginning of a last line that has no end; undefined when the file ends with a line end. */
  end(): PhysicalLine | undefined;
  /** lines begun so far */
  readonly lines: number;
}

export function createLineSplitter(encoding: LogEncoding, sink: LineSink): LineSplitter {
  const isWide = encoding.name === 'utf-16le' || encoding.name === 'utf-16be';
  const unit = isWide ? 2 : 1;
  const low = encoding.name === 'utf-16be' ? 1 : 0;
  const toUtf8 = transcoder(encoding);
  // Most lines of a code page hold nothing but ASCII, which means the same there.
  const keepsAscii = !isWide && toUtf8?.(ascii, 0, ascii.length).equals(ascii) === true;
  /** pieces of the current line in earlier blocks, at most `maxLineBytes` of them */
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let isLong = false;
  /** bytes of the file before the current block, and before the current line */
  let base = 0;
  let lineOffset = 0;
  let number = 0;
  let isInZeros = false;
  let half: Buffer | undefined;
  const current: Writable<PhysicalLine> = { block: Buffer.alloc(0), start: 0, end: 0, offset: 0, number: 0, isCut: false, isLong: false };

  function keep(block: Buffer, from: number, to: number): void {
    const room = maxLineBytes - keptBytes;
    const end = Math.min(to, from + room);
    if (end < to) isLong = true;
    if (end <= from) return;
    kept.push(block.subarray(from, end));
    keptBytes += end - from;
  }

  function take(block: Buffer, from: number, to: number, isBroken: boolean): PhysicalLine {
    number += 1;
    let line = block;
    let start = from;
    let end = to;
    if (kept.length > 0 || isLong || to - from > maxLineBytes) {
      keep(block, from, to);
      line = kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept);
      start = 0;
      end = isLong && unit === 1 && toUtf8 === undefined ? wholeCharacters(line) : line.length;
    }
    const wasLong = isLong;
    if (kept.length > 0) kept = [];
    keptBytes = 0;
    isLong = false;
    if (toUtf8 !== undefined && !(keepsAscii && isAsciiOnly(line, start, end))) {
      line = toUtf8(line, start, end);
      start = 0;
      end = line.length;
    }
    current.block = line;
    current.start = start;
    current.end = end;
    current.offset = lineOffset;
    current.number = number;
    current.isCut = wasLong || isBroken;
    current.isLong = wasLong;
    return current;
  }

  return {
    push(chunk) {
      const whole = half === undefined ? chunk : Buffer.concat([half, chunk]);
      half = isWide && whole.length % 2 === 1 ? Buffer.from(whole.subarray(whole.length - 1)) : undefined;
      const block = half === undefined ? whole : whole.subarray(0, whole.length - 1);
      const { length } = block;
      const hasZeros = isWide || block.indexOf(0) !== -1;
      let at = 0;
      let feed = -2;
      let zero = -2;
      while (at < length) {
        if (isInZeros) {
          while (at < length && block[at] === 0 && (unit === 1 || block[at + 1] === 0)) at += unit;
          if (at >= length) break;
          isInZeros = false;
          lineOffset = base + at;
          // A line end directly behind zeros ends nothing.
          if (block[at + low] === 10 && (unit === 1 || block[at + 1 - low] === 0)) {
            at += unit;
            lineOffset = base + at;
            continue;
          }
        }
        if (feed !== -1 && feed < at) feed = isWide ? findUnit(block, at, 10, low) : block.indexOf(10, at);
        if (!hasZeros) zero = -1;
        else if (zero !== -1 && zero < at) zero = isWide ? findUnit(block, at, 0, low) : block.indexOf(0, at);
        if (zero !== -1 && (feed === -1 || zero < feed)) {
          if (zero > at || keptBytes > 0) sink.line(take(block, at, zero, true));
          sink.zeros(base + zero, number + 1);
          isInZeros = true;
          at = zero;
        } else if (feed === -1) {
          keep(block, at, length);
          break;
        } else {
          sink.line(take(block, at, feed, false));
          at = feed + unit;
          lineOffset = base + at;
        }
      }
      base += length;
    },
    end() {
      return keptBytes === 0 ? undefined : take(Buffer.alloc(0), 0, 0, false);
    },
    get lines() { return number; },
  };
}

/** Position of an aligned code unit below 256, -1 without one. */
function findUnit(block: Buffer, from: number, unit: number, low: number): number {
  for (let i = from; i + 1 < block.length; i += 2) if (block[i + low] === unit && block[i + 1 - low] === 0) return i;
  return -1;
}

const ascii = Buffer.from(Array.from({ length: 128 }, (_, code) => code));

function isAsciiOnly(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) > 0x7f) return false;
  return true;
}

/** Length without a character that its end cuts. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function transcoder({ name }: LogEncoding): ((bytes: Buffer, start: number, end: number) => Buffer) | undefined {
  switch (name) {
    case 'utf-8': return undefined;
    case 'utf-16le': return (bytes, start, end) => Buffer.from(bytes.toString('utf16le', start, end), 'utf8');
    case 'utf-16be': return (bytes, start, end) => Buffer.from(Buffer.from(bytes.subarray(start, end)).swap16().toString('utf16le'), 'utf8');
    default: return (bytes, start, end) => Buffer.from(decodeCodePage(bytes.subarray(start, end), name), 'utf8');
  }
}
