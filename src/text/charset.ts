/** Bytes of a named character set. `TextDecoder` is used for UTF only: in Node 20 its windows-1252 gives control characters for 0x80-0x9F. */
import iconv from 'iconv-lite';

const transferEncodings = new Set(['base64', 'hex', 'binary', 'internal']);

/**
 * The text of `bytes` in the character set `label`, byte order mark removed.
 * @returns undefined when the label is unknown or refused (UTF-7 hides markup), or when the bytes are not valid UTF-8 or UTF-16 under such a label
 */
export function decodeCharset(bytes: Uint8Array, label: string): string | undefined {
  const name = label.trim().toLowerCase().replace(/^["']|["']$/g, '');
  if (/^utf-?8$/.test(name)) return decodeUtf(bytes, 'utf-8');
  if (/^(utf-?16(-?[lb]e)?|unicode|ucs-?2|iso-10646-ucs-2)$/.test(name)) return decodeUtf(bytes, utf16Of(bytes, name));
  if (/utf-?7/.test(name) || transferEncodings.has(name) || !iconv.encodingExists(name)) return undefined;
  // us-ascii says nothing about bytes above 0x7f
  if (/^(us-?)?ascii$|^ansi_x3/.test(name)) return bytes.some((byte) => byte > 0x7f) ? undefined : iconv.decode(bytes, 'latin1');
  return iconv.decode(bytes, name);
}

/**
 * UTF-8 with some broken bytes, each read as U+FFFD; undefined when more is broken than whole, because then it was never UTF-8. One broken byte
 * must not turn every other letter of a text into two.
 */
export function decodeDamagedUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8').decode(bytes);
  let whole = 0;
  let broken = 0;
  for (const char of text) {
    if (char === '\ufffd') broken += 1;
    else if (char > '\u007f') whole += 1;
  }
  return whole > broken ? text : undefined;
}

/** True when text in a code page of this name can be read. */
export function isCodePage(name: string): boolean {
  return !transferEncodings.has(name.toLowerCase()) && iconv.encodingExists(name);
}

/** Bytes of a code page as text; a byte order mark stays. @param name one that `isCodePage` accepts */
export function decodeCodePage(bytes: Buffer, name: string): string {
  return iconv.decode(bytes, name, { stripBOM: false });
}

/** The encoding that a byte order mark proves. */
export function markedEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function utf16Of(bytes: Uint8Array, name: string): 'utf-16le' | 'utf-16be' {
  const marked = markedEncoding(bytes);
  if (marked === 'utf-16le' || marked === 'utf-16be') return marked;
  return name.endsWith('be') ? 'utf-16be' : 'utf-16le';
}

function decodeUtf(bytes: Uint8Array, label: 'utf-8' | 'utf-16le' | 'utf-16be'): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The beginning of a file as text, for looking at: UTF-8 or UTF-16 by mark or by its zero bytes, else one letter per byte. Empty for what is no text. */
export function decodeStart(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const start = bytes.subarray(0, 256);
  const zeros = start.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros > start.length * 0.3) {
    const text = new TextDecoder(start[0] === 0 ? 'utf-16be' : 'utf-16le').decode(bytes);
    return /^[\u0009\u000a\u000d\u0020-\ud7ff]{1,64}/.test(text) && !text.slice(0, 64).includes('\u0000') ? text : buffer.toString('utf8');
  }
  return buffer.toString('utf8');
}
