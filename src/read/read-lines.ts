/** Single lines of a file by their byte offsets, for people who want to see what a finding rests on. */
import { maxShownLineBytes } from '../limits.ts';
import type { Input } from './input.ts';

/**
 * @param offsets where lines begin
 * @returns the bytes of each line without its end, at most `maxShownLineBytes`; lines that are no longer there are missing
 */
export async function readLinesAt(input: Input, offsets: readonly number[]): Promise<ReadonlyMap<number, Buffer>> {
  const wanted = [...offsets].sort((x, y) => x - y);
  const found = new Map<number, Buffer>();
  let base = 0;
  let held: Buffer = Buffer.alloc(0);
  let index = 0;
  for await (const chunk of input.chunks()) {
    const block = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let offset = wanted[index]; offset !== undefined && offset < base + block.length; offset = wanted[index]) {
      const start = offset - base;
      const end = block.indexOf(10, start);
      if (end === -1 && block.length - start < maxShownLineBytes) break;
      const stop = Math.min(end === -1 ? block.length : end, start + maxShownLineBytes);
      found.set(offset, Buffer.from(block.subarray(start, stop)));
      index += 1;
    }
    if (index >= wanted.length) break;
    const keep = Math.max(0, Math.min(block.length, (wanted[index] ?? 0) - base));
    held = Buffer.from(block.subarray(keep));
    base += keep;
  }
  return found;
}
