/** The encoding of a log file (formats/explorer-archiver-logs.md 4): decided once for the whole file, never switched inside it. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { markedEncoding } from '../text/charset.ts';

export interface LogEncoding {
  readonly name: string;
  /** bytes of one code unit; 0 where that varies */
  readonly unitBytes: number;
}

const utf8: LogEncoding = { name: 'utf-8', unitBytes: 0 };

/** What the beginning proves: a byte order mark, or zero bytes that alternate. Undefined: UTF-8 or a code page. */
export function encodingOfHead(head: Uint8Array): LogEncoding | undefined {
  const marked = markedEncoding(head);
  if (marked !== undefined) return marked === 'utf-8' ? utf8 : { name: marked, unitBytes: 2 };
  const start = head.subarray(0, 256);
  if (start.length < 4) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < start.length; i += 1) if (start[i] === 0) { if (i % 2 === 0) even += 1; else odd += 1; }
  const half = Math.floor(start.length / 2);
  if (odd > half * 0.7 && even < half * 0.1) return { name: 'utf-16le', unitBytes: 2 };
  return even > half * 0.7 && odd < half * 0.1 ? { name: 'utf-16be', unitBytes: 2 } : undefined;
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

export const utf8Encoding: LogEncoding = utf8;

/** A code page by its name; windows-1252 when it is not known. */
export function codePage(name: string | undefined): LogEncoding {
  const known = name !== undefined && iconv.encodingExists(name) ? name : 'windows-1252';
  return { name: known, unitBytes: /^(windows|win|cp|iso|latin|koi)[-_]?(?!932|936|949|950)/i.test(known) ? 1 : 0 };
}

/** Blocks of any encoding as blocks of UTF-8. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: LogEncoding): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding.name, { stripBOM: false });
  for await (const chunk of chunks) yield Buffer.from(decoder.write(chunk), 'utf8');
  const rest = decoder.end();
  if (rest !== undefined && rest !== '') yield Buffer.from(rest, 'utf8');
}

/** Bytes that a piece of text took in its own encoding. */
export function originalBytes(text: string, { name, unitBytes }: LogEncoding): number {
  return unitBytes > 0 ? text.length * unitBytes : iconv.encode(text, name).length;
}
