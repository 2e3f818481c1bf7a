/** Physical lines to bytes, in the encodings that files of the product are found in. */
import type { Encoding, FileStyle } from './world.ts';

const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const blockBytes = 64 * 1024;

/** Whether every character exists in windows-1252. */
export function fitsWindows1252(text: string): boolean {
  for (const char of text) if ((char.codePointAt(0) ?? 0) > 0xff && !high.includes(char)) return false;
  return true;
}

/** @param pieces text with its line ends, in order; a piece may end inside a line */
export function* encodePieces(pieces: Iterable<string>, encoding: Encoding): Generator<Uint8Array> {
  let pending = encoding === 'utf-8-bom' || encoding === 'utf-16le' ? '\ufeff' : '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < blockBytes) continue;
    yield encodeText(pending, encoding);
    pending = '';
  }
  if (pending !== '') yield encodeText(pending, encoding);
}

function encodeText(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-16le') {
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      bytes[2 * i] = code & 0xff;
      bytes[2 * i + 1] = code >> 8;
    }
    return bytes;
  }
  if (encoding === 'windows-1252') return Uint8Array.from(text, (char) => {
    const at = high.indexOf(char);
    return at >= 0 ? 0x80 + at : char.charCodeAt(0);
  });
  return new TextEncoder().encode(text);
}

/** The line end of a line; mixed files have both. */
export function lineEndOf(style: FileStyle, index: number): string {
  return style.lineEnd === 'mixed' ? index % 3 === 1 ? '\n' : '\r\n' : style.lineEnd;
}
