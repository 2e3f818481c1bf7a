/** Bytes of a saved answer → text. Tools that save answers write UTF-8, UTF-16 or the code page of the machine. */
import { TextDecoder } from 'node:util';

export interface JsonText {
  readonly text: string;
  /** true when the bytes were not valid in their encoding and the fallback code page was used */
  readonly usedFallback: boolean;
}

/** Reads the byte order mark, else the zero bytes of UTF-16, else UTF-8, else the code page. Never throws. */
export function readJsonText(bytes: Uint8Array, fallbackEncoding = 'windows-1252'): JsonText {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe || a !== 0 && b === 0 ? 'utf-16le' : a === 0xfe && b === 0xff || a === 0 && b !== 0 && b !== undefined ? 'utf-16be' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes), usedFallback: false };
  } catch {
    return { text: codePage(fallbackEncoding).decode(bytes), usedFallback: true };
  }
}

function codePage(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder('windows-1252');
  }
}
