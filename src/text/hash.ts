import { createHash } from 'node:crypto';

/**
 * A 36-character UUID-shaped id: first 128 bits of the SHA-256 of the parts, version nibble 8 (RFC 9562 section 5.8).
 * The same parts give the same id on every machine and at every time.
 */
export function stableId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000'), 'utf8').digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
