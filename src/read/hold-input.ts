/** A log is looked at three times: its beginning, its encoding, its lines. A small one is read from disk or unpacked once. */
import { heldBlockBytes, maxHeldInputBytes, sniffBytes } from '../limits.ts';
import { readWhole, type Input } from './input.ts';

/** The same input, held in memory when it is small enough; else as it was. What could not be read is reported, as by the input itself. */
export async function holdInput(input: Input): Promise<Input> {
  if (!input.canReopen || input.size > maxHeldInputBytes) return input;
  const bytes = await readWhole(input, maxHeldInputBytes);
  // A compressed file says only how large it is packed.
  if (bytes === undefined) return input;
  return {
    ...input,
    head: () => Promise.resolve(bytes.subarray(0, sniffBytes)),
    async *chunks() {
      for (let at = 0; at < bytes.length; at += heldBlockBytes) yield await Promise.resolve(bytes.subarray(at, at + heldBlockBytes));
    },
  };
}
