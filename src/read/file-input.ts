/** A file on disk, plain or compressed with gzip. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { SourceContext } from '../event.ts';
import { maxZipRatio, maxZipTotalBytes, readBlockBytes, ratioFloorBytes, sniffBytes } from '../limits.ts';
import type { Input, Report } from './input.ts';

export interface FileOnDisk { readonly file: string; readonly path: string; readonly size: number; readonly modifiedMs: number; readonly source: SourceContext }

export function fileInput({ file, path, size, modifiedMs, source }: FileOnDisk, report: Report): Input {
  const unreadable = (error: unknown): void => {
    report({ code: 'read-unreadable', message: `${file}: ${reasonOf(error)}`, remedy: 'give the account that runs this the right to read it, or close the program that locks it', file });
  };
  return {
    file, source, size, modifiedMs, canReopen: true,
    async head() {
      try {
        const handle = await open(path, 'r');
        try {
          const buffer = Buffer.alloc(Math.min(sniffBytes, Math.max(size, 1)));
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
          return buffer.subarray(0, bytesRead);
        } finally {
          await handle.close();
        }
      } catch (error) {
        unreadable(error);
        return Buffer.alloc(0);
      }
    },
    async *chunks() {
      try {
        for await (const chunk of createReadStream(path, { highWaterMark: readBlockBytes })) yield chunk as Buffer;
      } catch (error) {
        unreadable(error);
      }
    },
  };
}

/** The same file as what gzip made it of. */
export function gzipInput(on: FileOnDisk, report: Report): Input {
  const { file, path, source, size, modifiedMs } = on;
  const inner = file.replace(/\.gz$/i, '');
  async function* chunks(): AsyncGenerator<Buffer> {
    const unzip = createReadStream(path, { highWaterMark: readBlockBytes }).pipe(createGunzip({ chunkSize: readBlockBytes }));
    let total = 0;
    try {
      for await (const chunk of unzip) {
        total += (chunk as Buffer).length;
        if (total > Math.min(maxZipTotalBytes, Math.max(size * maxZipRatio, ratioFloorBytes))) {
          report({ code: 'zip-limit', message: `${file} unpacks to more than ${String(maxZipRatio)} times its size: stopped there`, remedy: 'unpack it yourself if you trust it', file });
          return;
        }
        yield chunk as Buffer;
      }
    } catch (error) {
      report({ code: 'zip-damaged', message: `${file}: ${reasonOf(error)}; what could be unpacked was read`, remedy: 'copy the file again from where it came', file });
    }
  }
  return { file: `${file}!${inner.slice(Math.max(inner.lastIndexOf('/'), inner.lastIndexOf('\\')) + 1)}`, source, size, modifiedMs, canReopen: true, chunks, head: () => headOf(chunks()) };
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
