/**
 * A log file from blocks of bytes to messages (formats/explorer-archiver-logs.md 2 and 4): lines end with LF or CRLF, everything else is text; a line
 * without prefix continues the one before it; what has no line end is not complete.
 */
import type { Problem } from '../errors.ts';
import { maxLineBytes } from '../limits.ts';
import { readLogLine } from '../text/log-line.ts';
import type { LogMessage } from '../text/log-message.ts';
import { originalBytes, toUtf8, utf8Encoding, type LogEncoding } from './log-encoding.ts';
import { familyOfLine } from './log-family.ts';
import type { Matcher } from './matched.ts';

/** What takes the messages of a file; src/normalise/log-file.ts is one. */
export interface LogSink {
  message(message: LogMessage): void;
  continuation(text: string): void;
}

export interface LogReaderOptions {
  readonly file: string;
  readonly matcher: Matcher;
  readonly encoding: LogEncoding;
  readonly sink: LogSink;
  readonly report: (problem: Problem) => void;
  /** a message that no template knows */
  readonly onUnknown?: (message: string) => void;
}

/** Every physical line is counted once: as record, continuation, orphan or foreign line, or as the held back last one. */
export interface LogReading {
  readonly physicalLines: number;
  readonly records: number;
  readonly continuations: number;
  readonly orphans: number;
  readonly foreign: number;
  readonly unknown: number;
  /** the last line, when it has no line end */
  readonly heldBack?: string;
  /** the family whose lines outnumber ours: the file was given up there */
  readonly refusedAs?: string;
}

interface Counts { physicalLines: number; records: number; continuations: number; orphans: number; foreign: number; unknown: number; heldBack?: string; refusedAs?: string }

export async function readLog(chunks: AsyncIterable<Buffer>, options: LogReaderOptions): Promise<LogReading> {
  const { file, matcher, encoding, sink, report } = options;
  const counts: Counts = { physicalLines: 0, records: 0, continuations: 0, orphans: 0, foreign: 0, unknown: 0 };
  const isUtf8 = encoding.name === utf8Encoding.name;
  let rest: Buffer | undefined;
  /** start of the current line in the file, in its own encoding */
  let offset = 0;
  /** bytes of the current line that were dropped because it is too long */
  let dropped = 0;
  const said = new Set<string>();
  const once = (problem: Problem): void => {
    if (said.has(problem.code)) return;
    said.add(problem.code);
    report(problem);
  };

  for await (const chunk of isUtf8 ? chunks : toUtf8(chunks, encoding)) {
    const block: Buffer = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10, start)) {
      takeLine(block, start, end);
      start = end + 1;
      if (counts.refusedAs !== undefined) return counts;
    }
    rest = start < block.length ? block.subarray(start) : undefined;
    if (rest !== undefined && rest.length > maxLineBytes) {
      // Only the beginning of an endless line is kept; its bytes still count for the offsets.
      const kept = characterCut(rest, maxLineBytes);
      dropped += isUtf8 ? rest.length - kept : originalBytes(rest.toString('utf8', kept), encoding);
      rest = Buffer.from(rest.subarray(0, kept));
    }
  }
  if (rest !== undefined && rest.length > 0) {
    counts.physicalLines += 1;
    counts.heldBack = rest.toString('utf8');
    report({ code: 'log-incomplete', message: `the last line of ${file} has no line end and was held back: ${shown(counts.heldBack)}`, remedy: 'read the file again when it has grown, or is whole', file, line: counts.physicalLines, offset });
  }
  return counts;

  function takeLine(block: Buffer, lineStart: number, lineEnd: number): void {
    const lineOffset = offset;
    const taken = isUtf8 ? lineEnd - lineStart : originalBytes(block.toString('utf8', lineStart, lineEnd), encoding);
    offset += taken + dropped + (isUtf8 ? 1 : Math.max(encoding.unitBytes, 1));
    let isCut = dropped > 0;
    dropped = 0;
    counts.physicalLines += 1;
    let start = lineStart;
    let end = lineEnd;
    if (end > start && block[end - 1] === 13) end -= 1;
    if (block[start] === 0) {
      while (start < end && block[start] === 0) start += 1;
      once({ code: 'read-nul', message: `${file} holds a run of NUL bytes at byte ${String(lineOffset)}: it was skipped`, remedy: 'the machine may have crashed while it wrote; lines may be missing', file, line: counts.physicalLines, offset: lineOffset });
    }
    while (block[start] === 0xef && block[start + 1] === 0xbb && block[start + 2] === 0xbf) start += 3;
    if (end - start > maxLineBytes) {
      end = start + characterCut(block.subarray(start, end), maxLineBytes);
      isCut = true;
    }
    if (isCut) once({ code: 'read-line-too-long', message: `line ${String(counts.physicalLines)} of ${file} is longer than ${String(maxLineBytes)} bytes: its end was cut`, file, line: counts.physicalLines, offset: lineOffset });
    const text = block.toString('utf8', start, end);
    const line = readLogLine(text);
    if (line === undefined) {
      strange(text);
      return;
    }
    counts.records += 1;
    const { message } = line;
    const messageStart = message.length === text.length ? start : end - Buffer.byteLength(message, 'utf8');
    const matched = matcher.match(block, messageStart, end);
    if (matched === undefined) {
      counts.unknown += 1;
      options.onUnknown?.(message);
      sink.message({ line, offset: lineOffset, number: counts.physicalLines, ...(isCut ? { isCut } : {}), value: nothing });
      return;
    }
    sink.message({ line, offset: lineOffset, number: counts.physicalLines, id: matched.id, ...(isCut ? { isCut } : {}), value: (field) => matched.value(field) });
  }

  function strange(text: string): void {
    const family = text === '' ? undefined : familyOfLine(text.slice(0, 400));
    if (family?.isOwn === false) {
      counts.foreign += 1;
      once({ code: 'log-suspicious', message: `line ${String(counts.physicalLines)} of ${file} is of the family ${family.name}: it was passed over`, file, line: counts.physicalLines, offset });
      if (counts.foreign > counts.records) {
        counts.refusedAs = family.name;
        report({ code: 'log-foreign', message: `${file} is a ${family.name} log: most of its lines are`, remedy: 'give it to the tools of that product', file });
        return;
      }
    } else if (counts.records === 0) {
      counts.orphans += 1;
      once({ code: 'log-orphan', message: `${file} begins with lines that continue something before it`, remedy: 'look for the file that it was rolled from', file, line: counts.physicalLines, offset: 0 });
      return;
    } else counts.continuations += 1;
    sink.continuation(text);
  }
}

function nothing(): undefined {
  return undefined;
}

/** Length of at most `max` bytes that cuts no character. */
function characterCut(bytes: Uint8Array, max: number): number {
  let end = Math.min(max, bytes.length);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
