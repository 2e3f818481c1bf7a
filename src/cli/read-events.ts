/** Events that a command is given as JSON: one object, a list of them, or one on each line, as `replay` prints them. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import { maxJsonBytes } from '../limits.ts';
import type { Terminal } from './terminal.ts';

export interface GivenEvents {
  /** 1-based line, or number inside a list */
  readonly events: readonly { readonly line: number; readonly event: object }[];
  readonly problems: readonly Problem[];
}

/** @param where a file, `file:N` for its line N, `-` for stdin */
export async function readEvents(where: string, terminal: Terminal): Promise<GivenEvents> {
  const numbered = /^(.+):(\d{1,9})$/.exec(where);
  const whole = await textOf(where, terminal);
  if (typeof whole === 'string') return eventsIn(whole, where);
  const part = numbered?.[1] === undefined ? whole : await textOf(numbered[1], terminal);
  if (typeof part !== 'string') return { events: [], problems: [part] };
  const wanted = Number(numbered?.[2]);
  const found = linesIn(part, numbered?.[1] ?? where, wanted);
  return found.events.length > 0 || found.problems.length > 0 ? found : { events: [], problems: [{ code: 'usage', message: `${where}: there is no event on line ${String(wanted)}`, remedy: 'name a line that holds one' }] };
}

function eventsIn(text: string, file: string): GivenEvents {
  try {
    const value: unknown = JSON.parse(text);
    const members: readonly unknown[] = Array.isArray(value) ? value : [value];
    const events = members.flatMap((member, index) => isObject(member) ? [{ line: index + 1, event: member }] : []);
    return { events, problems: events.length === members.length ? [] : [notAnEvent(file, 1)] };
  } catch {
    return linesIn(text, file);
  }
}

/** @param only the number of one line */
function linesIn(text: string, file: string, only?: number): GivenEvents {
  const events: { readonly line: number; readonly event: object }[] = [];
  const problems: Problem[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    if (content.trim() === '' || (only !== undefined && only !== index + 1)) continue;
    try {
      const value: unknown = JSON.parse(content);
      if (isObject(value)) events.push({ line: index + 1, event: value });
      else problems.push(notAnEvent(file, index + 1));
    } catch {
      problems.push({ code: 'json-syntax', message: 'the line is no JSON', remedy: 'give one event, or one on each line, as vb365-siem replay prints them', file, line: index + 1, column: 1 });
    }
  }
  return { events, problems };
}

function notAnEvent(file: string, line: number): Problem {
  return { code: 'json-value', message: 'an event is a JSON object', remedy: 'give events as vb365-siem replay prints them', file, line, column: 1 };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text, or why there is none. */
async function textOf(where: string, { cwd, stdin }: Terminal): Promise<string | Problem> {
  const tooLong: Problem = { code: 'read-unreadable', message: `${where} is longer than ${String(maxJsonBytes)} bytes`, remedy: 'take out the lines in question' };
  if (where === '-') {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stdin as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxJsonBytes) return tooLong;
      chunks.push(chunk);
    }
    return decoded(Buffer.concat(chunks));
  }
  try {
    const handle = await open(resolve(cwd, where));
    try {
      return (await handle.stat()).size > maxJsonBytes ? tooLong : decoded(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { code: isMissing ? 'read-missing' : 'read-unreadable', message: `${where}: ${error instanceof Error ? error.message : String(error)}`, remedy: 'name a file of events, file:LINE, or - for stdin', file: where };
  }
}

/** What Windows PowerShell writes with `>` is UTF-16; a byte order mark is no part of the text. */
function decoded(bytes: Buffer): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}
