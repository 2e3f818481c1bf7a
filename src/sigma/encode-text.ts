/** The encodings of the modifiers utf16*, base64 and base64offset. */

export type Utf16 = 'utf16le' | 'utf16be' | 'utf16';

/** Bytes of a text: UTF-8, or UTF-16 little endian, big endian, little endian with a byte order mark. */
export function textBytes(text: string, encoding?: Utf16): Buffer {
  if (encoding === undefined) return Buffer.from(text, 'utf8');
  const little = Buffer.from(encoding === 'utf16' ? `\ufeff${text}` : text, 'utf16le');
  return encoding === 'utf16be' ? little.swap16() : little;
}

/** Exact Base64 with padding. */
export const base64Text = (bytes: Buffer): string => bytes.toString('base64');

const starts = [0, 2, 3];
const cuts = [0, 3, 2];

/** What is left of the bytes in Base64 whatever stands before and after them: one core for each position modulo 3. A core may be empty. */
export function base64Cores(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift, ' '), bytes]).toString('base64');
    return encoded.slice(starts[shift], encoded.length - (cuts[(bytes.length + shift) % 3] ?? 0));
  });
}
