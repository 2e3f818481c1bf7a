/** The text of a MIME part: header, then `<meta>`, then UTF-8, then windows-1252. */
import { decodeCharset, decodeDamagedUtf8, markedEncoding } from '../../src/text/charset.ts';
import { metaCharset } from './html-content.ts';
import type { MessagePart } from './read-message.ts';

const metaBytes = 4096;

export interface PartText {
  readonly text: string;
  /** false when the bytes are not what the part says and the letters beyond ASCII are therefore uncertain */
  readonly asStated: boolean;
}

/** Never throws: windows-1252 reads any bytes. */
export function decodePart(part: MessagePart): PartText {
  const { bytes, charset } = part;
  if (charset !== undefined) {
    const text = decodeCharset(bytes, charset);
    if (text !== undefined) return { text, asStated: true };
    const damaged = /^["']?utf-?8/i.test(charset.trim()) ? decodeDamagedUtf8(bytes) : undefined;
    if (damaged !== undefined) return { text: damaged, asStated: false };
  }
  const asStated = charset === undefined || isAscii(charset);
  const marked = markedEncoding(bytes) ?? unmarkedUtf16(bytes);
  if (marked !== undefined) {
    const text = decodeCharset(bytes, marked);
    if (text !== undefined) return { text, asStated };
  }
  if (part.type === 'text/html') {
    const named = metaCharset(decodeCharset(bytes.subarray(0, metaBytes), 'latin1') ?? '');
    // a meta element that could be read as ASCII is not UTF-16
    const text = named === undefined || /utf-?16/i.test(named) ? undefined : decodeCharset(bytes, named);
    if (text !== undefined) return { text, asStated };
  }
  const whole = decodeCharset(bytes, 'utf-8');
  // no other text happens to be valid UTF-8
  if (whole !== undefined) return { text: whole, asStated: true };
  const damaged = decodeDamagedUtf8(bytes);
  return damaged === undefined ? { text: decodeCharset(bytes, 'windows-1252') ?? '', asStated } : { text: damaged, asStated: false };
}

function isAscii(charset: string): boolean {
  return /^["']?(us-?)?ascii/i.test(charset.trim());
}

/** Markup in UTF-16 without a mark begins with `<` and a NUL. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  return bytes[0] === 0 && bytes[1] === 0x3c && bytes[2] === 0 ? 'utf-16be' : undefined;
}
