/** Text cut to a number of UTF-8 bytes, never inside a code point, with three dots where something is missing. */

const dots = '...';

/** A lone surrogate has no UTF-8: it becomes U+FFFD, as every encoder would write it. */
export function wellFormed(text: string): string {
  return loneSurrogate.test(text) ? text.replace(loneSurrogates, '\ufffd') : text;
}
const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * The beginning of a text, in at most `maxBytes` bytes including the dots; the text itself when it fits.
 * @param maxBytes at least 3
 */
export function cutEnd(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  return `${bytes.toString('utf8', 0, boundaryBefore(bytes, maxBytes - dots.length))}${dots}`;
}

/**
 * Head and tail of a text, in at most `maxBytes` bytes including the dots; for paths, whose tail is the name. Two thirds of the room belong to the tail.
 * @param maxBytes at least 3
 */
export function cutMiddle(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  const room = maxBytes - dots.length;
  const head = boundaryBefore(bytes, Math.floor(room / 3));
  const tail = boundaryAfter(bytes, bytes.length - (room - head));
  return `${bytes.toString('utf8', 0, head)}${dots}${bytes.toString('utf8', tail)}`;
}

function boundaryBefore(bytes: Buffer, position: number): number {
  let at = Math.max(0, position);
  while (at > 0 && isContinuation(bytes[at])) at -= 1;
  return at;
}

function boundaryAfter(bytes: Buffer, position: number): number {
  let at = position;
  while (at < bytes.length && isContinuation(bytes[at])) at += 1;
  return at;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
