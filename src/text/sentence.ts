/** The sentence of an event (field-map.md 3). */
import { maxSentenceBytes } from '../limits.ts';

/** One line of at most 1,000 bytes; user data inside cannot break it. */
export function sentence(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  const bytes = Buffer.from(line, 'utf8');
  if (bytes.length <= maxSentenceBytes) return bytes.toString('utf8');
  let end = maxSentenceBytes - 3;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString('utf8', 0, end)}…`;
}
