/** A file on disk, plain or compressed with gzip. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Problem } from '../errors.ts';
import type { SourceContext } from '../event.ts';
import { gzipBlockBytes, maxHeldInputBytes, maxZipRatio, maxZipTotalBytes, readBlockBytes, ratioFloorBytes, sniffBytes } from '../limits.ts';
import type { Input, Report } from './input.ts';
import { unpackGzip } from './unpack-gzip.ts';

export interface FileOnDisk { readonly file: string; readonly path: string; readonly size: number; readonly modifiedMs: number; readonly source: SourceContext }

export function fileInput({ file, path, size, modifiedMs, source }: FileOnDisk, report: Report): Input {
  const once = reportOnce(report);
  return {
    file, source, size, modifiedMs, canReopen: true,
    head: () => readStart({ path, size, file }, sniffBytes, once),
    async *chunks() {
      try {
        yield* blocksOf(path, size <= maxHeldInputBytes ? size + 1 : readBlockBytes);
      } catch (error) {
        once(unreadable(file, error));
      }
    },
  };
}

/** The first bytes of a file; none when it cannot be read, which is reported. */
export async function readStart({ file, path, size }: Pick<FileOnDisk, 'file' | 'path' | 'size'>, bytes: number, report: Report): Promise<Buffer> {
  try {
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(bytes, Math.max(size, 1)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    report(unreadable(file, error));
    return Buffer.alloc(0);
  }
}

/** Each block in memory of its own: what is read of it later is still there. */
async function* blocksOf(path: string, blockBytes: number): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  try {
    for (;;) {
      const block = Buffer.allocUnsafeSlow(blockBytes);
      const { bytesRead } = await handle.read(block, 0, blockBytes, null);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, error: unknown): Problem {
  return { code: 'read-unreadable', message: `${file}: ${reasonOf(error)}`, remedy: 'give the account that runs this the right to read it, or close the program that locks it', file };
}

/** The same file as what gzip made of it. */
export function gzipInput(on: FileOnDisk, report: Report): Input {
  const { file, path, source, size, modifiedMs } = on;
  const inner = file.replace(/\.gz$/i, '');
  const name = `${file}!${inner.slice(Math.max(inner.lastIndexOf('/'), inner.lastIndexOf('\\')) + 1)}`;
  return unpackedInput({ file: name, source, size, modifiedMs }, () => createReadStream(path, { highWaterMark: gzipBlockBytes }), report);
}

/** What gzip made of a stream that can be opened again. @param shown `size` is that of the compressed bytes */
export function unpackedInput(shown: Pick<Input, 'file' | 'source' | 'size' | 'modifiedMs'>, open: () => AsyncIterable<Buffer>, report: Report): Input {
  const { file, size } = shown;
  const once = reportOnce(report);
  async function* chunks(): AsyncGenerator<Buffer> {
    let total = 0;
    try {
      for await (const chunk of unpackGzip(open)) {
        total += chunk.length;
        if (total > Math.min(maxZipTotalBytes, Math.max(size * maxZipRatio, ratioFloorBytes))) {
          once({ code: 'zip-limit', message: `${file} unpacks to more than ${String(maxZipRatio)} times its size: it was read up to there`, remedy: 'unpack it yourself if you trust it', file });
          return;
        }
        yield chunk;
      }
    } catch (error) {
      once({ code: 'zip-damaged', message: `${file}: ${reasonOf(error)}; what could be unpacked was read`, remedy: 'copy the file again from where it came', file });
    }
  }
  return { ...shown, canReopen: true, chunks, head: () => headOf(chunks()) };
}

/** Content is opened several times and fails each time in the same way: each kind of problem is said once. */
export function reportOnce(report: Report): Report {
  const said = new Set<string>();
  return (problem) => {
    if (said.has(problem.code)) return;
    said.add(problem.code);
    report(problem);
  };
}

/** The beginning of a stream that can be opened again. */
export async function headOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= sniffBytes) break;
  }
  return Buffer.concat(parts).subarray(0, sniffBytes);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
