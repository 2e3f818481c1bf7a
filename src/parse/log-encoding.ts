/** The encoding of a log file (formats/explorer-archiver-logs.md 4): decided once for the whole file, never switched inside it. */
import { isUtf8 } from 'node:buffer';
import { isCodePage, markedEncoding } from '../text/charset.ts';

export interface LogEncoding {
  /** `utf-8`, `utf-16le`, `utf-16be` or a code page that iconv-lite knows */
  readonly name: string;
  /** true when the bytes are not UTF-8 and nothing says what they are */
  readonly isFallback: boolean;
}

/** Zero bytes alternate within so many bytes of text in UTF-16. */
const alternationBytes = 256;

/**
 * @param head the beginning of the file
 * @param reopen gives the whole file once more; undefined for a stream, of which the beginning decides
 * @param fallback name of the configured code page
 */
export async function decideEncoding(head: Uint8Array, reopen: (() => AsyncIterable<Buffer>) | undefined, fallback: string | undefined): Promise<LogEncoding> {
  const proven = encodingOfHead(head);
  if (proven !== undefined) return proven;
  const isText = reopen === undefined ? isUtf8(head.subarray(0, wholeCharacters(head))) : await isAllUtf8(reopen());
  return isText ? utf8Encoding : codePage(fallback);
}

/** What the beginning proves: a byte order mark, or zero bytes that alternate. Undefined: UTF-8 or a code page. */
export function encodingOfHead(head: Uint8Array): LogEncoding | undefined {
  const marked = markedEncoding(head);
  if (marked !== undefined) return { name: marked, isFallback: false };
  const start = head.subarray(0, alternationBytes);
  if (start.length < 4) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < start.length; i += 1) if (start[i] === 0) { if (i % 2 === 0) even += 1; else odd += 1; }
  const half = Math.floor(start.length / 2);
  if (odd > half * 0.7 && even < half * 0.1) return { name: 'utf-16le', isFallback: false };
  return even > half * 0.7 && odd < half * 0.1 ? { name: 'utf-16be', isFallback: false } : undefined;
}

/** Whether everything is UTF-8, in blocks as they come. */
export async function isAllUtf8(chunks: AsyncIterable<Buffer>): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = wholeCharacters(block);
    if (!isUtf8(block.subarray(0, cut))) return false;
    rest = block.subarray(cut);
  }
  // A character that the end of the file cuts is damage of one line, not another encoding.
  return true;
}

/** Length of the block without a character that its end cuts. */
function wholeCharacters(block: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, block.length); back += 1) {
    const byte = block[block.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? block.length - back : block.length;
  }
  return block.length;
}

export const utf8Encoding: LogEncoding = { name: 'utf-8', isFallback: false };

/** A code page by its name; windows-1252 when it is not known. */
export function codePage(name: string | undefined): LogEncoding {
  return { name: name !== undefined && isCodePage(name) ? name : 'windows-1252', isFallback: true };
}
