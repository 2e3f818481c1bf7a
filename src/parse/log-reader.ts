/**
 * A log file from blocks of bytes to messages (formats/explorer-archiver-logs.md 2 and 4): a line without prefix continues the one before it; what has
 * no line end is not complete. Of most lines only bytes are looked at: a prefix by position (prefix.ts), one dispatch on literal bytes (matcher.ts).
 */
import type { Problem } from '../errors.ts';
import { maxLineBytes, sniffLines } from '../limits.ts';
import type { LogMessage } from '../text/log-message.ts';
import { createLineSplitter, type PhysicalLine } from './line-splitter.ts';
import type { LogEncoding } from './log-encoding.ts';
import { familyOfLine } from './log-family.ts';
import type { Matcher } from './matched.ts';
import { createPrefixReader } from './prefix.ts';
import { beginsWithUserText } from './user-text.ts';

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
  /** true when nobody writes the file any more and its last line may be taken without line end */
  readonly treatLastAsComplete?: boolean;
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

interface Counts { records: number; continuations: number; orphans: number; foreign: number; unknown: number; heldBack?: string; refusedAs?: string }

export async function readLog(chunks: AsyncIterable<Buffer>, options: LogReaderOptions): Promise<LogReading> {
  const { file, matcher, encoding, sink, report } = options;
  const counts: Counts = { records: 0, continuations: 0, orphans: 0, foreign: 0, unknown: 0 };
  const readPrefix = createPrefixReader();
  const splitter = createLineSplitter(encoding, { line: takeLine, zeros });
  const said = new Set<string>();
  const once = (problem: Problem): void => {
    if (said.has(problem.code)) return;
    said.add(problem.code);
    report(problem);
  };

  if (encoding.isFallback) report({ code: 'read-encoding', message: `${file} is not UTF-8: it was read as ${encoding.name}`, remedy: 'set `fallback_encoding` of its source if letters look wrong', file });
  for await (const chunk of chunks) {
    splitter.push(chunk);
    if (counts.refusedAs !== undefined) break;
  }
  const last = counts.refusedAs === undefined ? splitter.end() : undefined;
  if (last !== undefined) {
    if (options.treatLastAsComplete === true) takeLine(last);
    else holdBack(last);
  }
  return { physicalLines: splitter.lines, ...counts };

  function takeLine(physical: PhysicalLine): void {
    if (counts.refusedAs !== undefined) return;
    const { block, start, offset, number, isCut } = physical;
    const end = physical.end > start && block[physical.end - 1] === 13 ? physical.end - 1 : physical.end;
    if (physical.isLong) sayCut(physical);
    const line = readPrefix(block, start, end);
    if (line === undefined) {
      strange(block.toString('utf8', start, end).replace(/^\ufeff+/, ''), number, offset);
      return;
    }
    counts.records += 1;
    // What lacks its end could state a shorter name than was meant: it is kept as text and recognised as nothing.
    const matched = isCut ? undefined : matcher.match(block, line.messageStart, end);
    if (matched === undefined) {
      counts.unknown += 1;
      const message = { line, offset, number, value: nothing };
      const isBroken = beginsWithUserText(block, line.messageStart, end);
      sink.message(isCut || isBroken ? { ...message, isCut, isBroken } : message);
      return;
    }
    sink.message({ line, offset, number, id: matched.id, value: matched.value });
  }

  function sayCut({ number, offset }: PhysicalLine): void {
    once({ code: 'read-line-too-long', message: `line ${String(number)} of ${file} is longer than ${String(maxLineBytes)} bytes: its end was cut`, remedy: 'look at the line: no product writes one that long', file, line: number, offset });
  }

  function zeros(offset: number, number: number): void {
    once({ code: 'read-nul', message: `${file} holds a run of NUL bytes at byte ${String(offset)}: it was skipped`, remedy: 'the machine may have crashed while it wrote; lines may be missing', file, line: number, offset });
  }

  function strange(text: string, number: number, offset: number): void {
    const family = /^(?:\s|$)/.test(text) ? undefined : familyOfLine(text.slice(0, 400));
    if (family?.isOwn === false) {
      counts.foreign += 1;
      once({ code: 'log-suspicious', message: `line ${String(number)} of ${file} is of the family ${family.name}: it was passed over`, remedy: 'look at the lines around it: somebody may have put it there', file, line: number, offset });
      // The first lines were judged before reading (log-family.ts).
      if (counts.foreign > counts.records && number > sniffLines) {
        counts.refusedAs = family.name;
        report({ code: 'log-foreign', message: `${file} is a ${family.name} log: most of its lines are`, remedy: 'give it to the tools of that product', file, line: number, offset });
        return;
      }
    } else if (counts.records === 0) {
      counts.orphans += 1;
      once({ code: 'log-orphan', message: `${file} begins with lines that continue something before it`, remedy: 'look for the file that it was rolled from', file, line: number, offset });
      return;
    } else counts.continuations += 1;
    sink.continuation(text);
  }

  function holdBack({ block, start, end, number, offset }: PhysicalLine): void {
    const text = block.toString('utf8', start, end);
    counts.heldBack = text;
    report({ code: 'log-incomplete', message: `the last line of ${file} has no line end and was held back: ${shown(text)}`, remedy: 'read the file again when it has grown, or is whole', file, line: number, offset });
  }
}

function nothing(): undefined {
  return undefined;
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
