/** A gzip stream, block by block. Node's own stream throws away what it has unpacked when it meets damage; here nothing before the damage is lost. */
import { createGunzip } from 'node:zlib';
import { readBlockBytes } from '../limits.ts';

/**
 * What gzip made the blocks of, several members one after the other. Throws the error of damage or of a missing end after everything before it was given.
 * @param open gives the compressed blocks, again from the beginning each time
 */
export async function* unpackGzip(open: () => AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let given = 0;
  const position = { blocks: 0 };
  try {
    for await (const piece of unpackBlocks(open(), position)) {
      given += piece.length;
      yield piece;
    }
  } catch (error) {
    yield* beforeDamage(open, position.blocks, given);
    throw error;
  }
}

/** The block with the damage once more, byte by byte: the last bytes before it have left the decoder then. */
async function* beforeDamage(open: () => AsyncIterable<Buffer>, wholeBlocks: number, given: number): AsyncGenerator<Buffer> {
  let seen = 0;
  try {
    for await (const piece of unpackBlocks(inBytesAfter(open(), wholeBlocks), { blocks: 0 })) {
      const from = Math.max(0, given - seen);
      seen += piece.length;
      if (from < piece.length) yield piece.subarray(from);
    }
  } catch {
    // The same damage, which the caller reports.
  }
}

async function* inBytesAfter(blocks: AsyncIterable<Buffer>, wholeBlocks: number): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const block of blocks) {
    index += 1;
    if (index <= wholeBlocks) {
      yield block;
      continue;
    }
    for (let at = 0; at < block.length; at += 1) yield block.subarray(at, at + 1);
    return;
  }
}

/** @param position counts the blocks that were unpacked without error */
async function* unpackBlocks(blocks: AsyncIterable<Buffer>, position: { blocks: number }): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: readBlockBytes });
  const pieces: Buffer[] = [];
  let failure: Error | undefined;
  unzip.on('data', (piece: Buffer) => { pieces.push(piece); });
  unzip.on('error', (error) => { failure = error; });
  const closed = new Promise<void>((done) => { unzip.once('close', done); });
  try {
    for await (const block of blocks) {
      await Promise.race([closed, new Promise<void>((done) => { unzip.write(block, () => { done(); }); })]);
      yield* pieces.splice(0);
      if (failure !== undefined) throw failure;
      position.blocks += 1;
    }
    unzip.end();
    await closed;
    yield* pieces.splice(0);
    if (failure !== undefined) throw failure;
  } finally {
    unzip.destroy();
  }
}
