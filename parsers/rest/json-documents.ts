/**
 * Reading one or several JSON documents that stand one after the other in one text. A pass over the text finds where each document ends, bounds
 * its nesting, and turns integers that a JavaScript number would round (`eTag`, formats/rest-api.md 4) into strings; JSON.parse does the rest.
 */
import type { Problem } from '../../src/errors.ts';
import { maxJsonNesting, maxProblemsListed } from '../../src/limits.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject { readonly [member: string]: JsonValue }

export interface JsonDocument {
  readonly value: JsonValue;
  /** offset in the text, in UTF-16 units */
  readonly offset: number;
}
export interface JsonDocuments {
  readonly documents: readonly JsonDocument[];
  /** `json-syntax`, with line and column; no message quotes the input, which may hold a secret */
  readonly problems: readonly Problem[];
}

interface Scan {
  /** where the document ends, or where the scan gave up */
  readonly end: number;
  readonly fault?: string;
  /** offsets of integers that lose digits as a number */
  readonly longIntegers: readonly (readonly [from: number, to: number])[];
  /** end of the last complete element of the outermost list, and what closes the document after it */
  readonly safeEnd: number;
  readonly closers: string;
}

/** All documents of the text; a damaged one is a problem, what was complete of its list is read, and reading goes on behind it. Never throws. */
export function readJsonDocuments(text: string): JsonDocuments {
  const documents: JsonDocument[] = [];
  const problems: Problem[] = [];
  const lineOf = lineCounter(text);
  let faults = 0;
  let at = skipBetween(text, 0);
  while (at < text.length) {
    const scan = scanValue(text, at);
    const isWhole = scan.fault === undefined;
    const value = isWhole ? parse(text, at, scan.end, '', scan.longIntegers) : scan.safeEnd > at ? parse(text, at, scan.safeEnd, scan.closers, scan.longIntegers) : undefined;
    if (value !== undefined) documents.push({ value, offset: at });
    if (!isWhole || value === undefined) faults += 1;
    if (faults > problems.length && problems.length < maxProblemsListed) problems.push(syntaxProblem(scan.fault ?? 'the value is not JSON', isWhole ? at : Math.min(scan.end, text.length), value !== undefined, lineOf));
    at = isWhole ? skipBetween(text, scan.end) : nextStart(text, Math.max(at, scan.safeEnd));
  }
  if (faults > problems.length) problems.push({ code: 'json-syntax', message: `${String(faults - problems.length)} more documents of this file cannot be parsed` });
  return { documents, problems };
}

/** White space, the record separator of JSON text sequences, and commas that some tools leave between documents. */
function skipBetween(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n,\u001e\ufeff\u0000'.includes(text.charAt(at))) at += 1;
  return at;
}

/** After damage: the next line that begins with a document. */
function nextStart(text: string, after: number): number {
  const form = /\n(?=[{[])/g;
  form.lastIndex = after;
  return form.exec(text) === null ? text.length : form.lastIndex;
}

function scanValue(text: string, start: number): Scan {
  const longIntegers: (readonly [number, number])[] = [];
  let open = '';
  let safeEnd = 0;
  let closers = '';
  let at = start;
  const done = (fault?: string): Scan => ({ end: at, longIntegers, safeEnd, closers, ...(fault === undefined ? {} : { fault }) });
  if (!'{['.includes(text.charAt(start))) return done('neither an object nor a list begins here');
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = stringEnd(text, at);
      if (end === undefined) return done('a string has no end');
      at = end;
      continue;
    }
    if (code === 0x7b || code === 0x5b) {
      if (open.length >= maxJsonNesting) return done(`it nests deeper than ${String(maxJsonNesting)} levels`);
      open += code === 0x7b ? '}' : ']';
    } else if (code === 0x7d || code === 0x5d) {
      if (open.charCodeAt(open.length - 1) !== code) return done('brackets do not match');
      open = open.slice(0, -1);
      if (open === '') {
        at += 1;
        return done();
      }
      if (open === ']' || open === '}]') {
        safeEnd = at + 1;
        closers = open === ']' ? ']' : ']}';
      }
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const end = numberEnd(text, at);
      if (end - at >= 16 && /^-?[1-9]\d{15,}$/.test(text.slice(at, end))) longIntegers.push([at, end]);
      at = end;
      continue;
    }
    at += 1;
  }
  return done('the text ends inside a document');
}

/** Offset behind the closing quote; undefined when the line or the text ends before it. */
function stringEnd(text: string, quote: number): number | undefined {
  for (let at = quote + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) at += 1;
    else if (code === 0x0a) return undefined;
  }
  return undefined;
}

function numberEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && '0123456789+-.eE'.includes(text.charAt(at))) at += 1;
  return at;
}

function parse(text: string, from: number, to: number, closers: string, longIntegers: Scan['longIntegers']): JsonValue | undefined {
  const pieces: string[] = [];
  let copied = from;
  for (const [start, end] of longIntegers) {
    if (end > to) break;
    pieces.push(text.slice(copied, start), '"', text.slice(start, end), '"');
    copied = end;
  }
  pieces.push(text.slice(copied, to), closers);
  try {
    return JSON.parse(pieces.join('')) as JsonValue;
  } catch {
    return undefined;
  }
}

function syntaxProblem(fault: string, offset: number, isPartlyRead: boolean, lineOf: (offset: number) => { line: number; column: number }): Problem {
  return {
    code: 'json-syntax',
    message: `JSON cannot be parsed: ${fault}${isPartlyRead ? '; the complete results before it were read' : ''}`,
    remedy: 'save the answer again',
    offset,
    ...lineOf(offset),
  };
}

/** Line and column (1-based) of an offset; ascending offsets cost one pass over the text. */
export function lineCounter(text: string): (offset: number) => { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    if (offset < lineStart) [line, lineStart] = [1, 0];
    for (;;) {
      const next = text.indexOf('\n', lineStart);
      if (next === -1 || next >= offset) return { line, column: offset - lineStart + 1 };
      line += 1;
      lineStart = next + 1;
    }
  };
}
