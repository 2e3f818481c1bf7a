/** One thing to read: a file, an entry of an archive, or what comes in on stdin. */
import type { Problem } from '../errors.ts';
import type { SourceContext } from '../event.ts';

export interface Input {
  /** as people name it: path as given, `archive.zip!entry`, `-` */
  readonly file: string;
  readonly source: SourceContext;
  /** bytes to read, as far as known before reading (compressed files: as stored) */
  readonly size: number;
  /** when it was last written, UTC milliseconds: stands for the time of records that state none */
  readonly modifiedMs: number;
  /** false: the content comes once, `head` and then `chunks` */
  readonly canReopen: boolean;
  /** The first bytes, at most `sniffBytes`; empty when the input cannot be read, which is then reported. */
  head(): Promise<Buffer>;
  /** The content in blocks. What cannot be read is reported, and what came before it has been given. */
  chunks(): AsyncIterable<Buffer>;
}

export type Report = (problem: Problem) => void;

/** Everything in one piece; undefined when it is more than `maxBytes` long. */
export async function readWhole(input: Input, maxBytes: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of input.chunks()) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    parts.push(chunk);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, size);
}
