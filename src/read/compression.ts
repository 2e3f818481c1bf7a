/** What the first bytes of a file say of how it is packed. */
export function compressionOf(start: Uint8Array): 'zip' | 'gzip' | undefined {
  const [a, b, c, d] = start;
  // PK\3\4 begins an entry, PK\5\6 the end of an archive that has none
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return 'zip';
  return a === 0x1f && b === 0x8b ? 'gzip' : undefined;
}
