/** The entries of a zip archive, read where they are. Names and sizes are claims of a stranger: none is used as a path, and all are bounded. */
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { SourceContext } from '../event.ts';
import { maxNestedZipBytes, maxZipEntries, maxZipNesting, maxZipRatio, maxZipTotalBytes, ratioFloorBytes } from '../limits.ts';
import { headOf, reasonOf } from './file-input.ts';
import type { Input, Report } from './input.ts';

export interface OpenArchive { readonly inputs: readonly Input[]; close(): void }
export interface ArchiveContext {
  readonly report: Report;
  source(file: string): SourceContext;
  readonly depth: number;
}

/** @param from path of the archive, or its bytes when it lies in another one */
export async function openZip(file: string, from: string | Buffer, context: ArchiveContext): Promise<OpenArchive> {
  const { report, depth } = context;
  const damaged = (error: unknown): void => {
    report({ code: 'zip-damaged', message: `${file}: ${reasonOf(error)}`, remedy: 'copy the archive again from where it came', file });
  };
  let zip: ZipFile;
  try {
    zip = await openFile(from);
  } catch (error) {
    damaged(error);
    return { inputs: [], close: () => undefined };
  }
  const inputs: Input[] = [];
  const nested: OpenArchive[] = [];
  let total = 0;
  try {
    const { entries, isWhole } = await listEntries(zip);
    if (!isWhole) report({ code: 'zip-limit', message: `${file} has more than ${String(maxZipEntries)} entries: the rest is not read`, remedy: 'split the archive', file });
    for (const entry of entries) {
      const name = nameOf(entry);
      if (name.endsWith('/')) continue;
      const shown = `${file}!${name}`;
      if (isOutside(name)) {
        report({ code: 'zip-path', message: `${shown} names a path outside the archive: it was not read`, remedy: 'find out who made this archive', file });
        continue;
      }
      total += entry.uncompressedSize;
      if (total > maxZipTotalBytes || entry.uncompressedSize > Math.max(entry.compressedSize * maxZipRatio, ratioFloorBytes)) {
        report({ code: 'zip-limit', message: `${shown} claims ${String(entry.uncompressedSize)} bytes of ${String(entry.compressedSize)}: it was not read`, remedy: 'unpack it yourself if you trust it', file });
        continue;
      }
      if (entry.isEncrypted()) {
        report({ code: 'zip-damaged', message: `${shown} is encrypted`, remedy: 'unpack it with its password and read the folder', file });
        continue;
      }
      const input = entryInput(zip, entry, shown, context);
      if (!/\.zip$/i.test(name)) inputs.push(input);
      else if (depth >= maxZipNesting) report({ code: 'zip-limit', message: `${shown} lies deeper than ${String(maxZipNesting)} archives: it was not read`, remedy: 'unpack the outer archive', file });
      else {
        const bytes = await wholeEntry(input);
        if (bytes === undefined) report({ code: 'zip-limit', message: `${shown} is an archive of more than ${String(maxNestedZipBytes)} bytes inside an archive: it was not read`, remedy: 'unpack the outer archive', file });
        else nested.push(await openZip(shown, bytes, { ...context, depth: depth + 1 }));
      }
    }
  } catch (error) {
    damaged(error);
  }
  return {
    inputs: [...inputs, ...nested.flatMap((archive) => archive.inputs)],
    close() {
      for (const archive of nested) archive.close();
      zip.close();
    },
  };
}

function openFile(from: string | Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: ZipFile): void => {
      if (error !== null || zip === undefined) reject(error ?? new Error('not an archive'));
      else resolve(zip);
    };
    if (typeof from === 'string') yauzl.open(from, options, done);
    else yauzl.fromBuffer(from, options, done);
  });
}

function listEntries(zip: ZipFile): Promise<{ readonly entries: readonly Entry[]; readonly isWhole: boolean }> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > maxZipEntries) resolve({ entries: entries.slice(0, maxZipEntries), isWhole: false });
      else zip.readEntry();
    });
    zip.on('end', () => { resolve({ entries, isWhole: true }); });
    zip.on('error', reject);
    zip.readEntry();
  });
}

function nameOf({ fileName, generalPurposeBitFlag }: Entry): string {
  // The types know only decoded names; with `decodeStrings: false` it is bytes.
  const bytes = fileName as unknown as Buffer;
  // Bit 11: the name is UTF-8; else a code page of old, of which only ASCII is certain.
  return bytes.toString((generalPurposeBitFlag & 0x800) === 0 ? 'latin1' : 'utf8').replace(/\\/g, '/');
}

function isOutside(name: string): boolean {
  return name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\u0000');
}

function entryInput(zip: ZipFile, entry: Entry, file: string, { report, source }: ArchiveContext): Input {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
        zip.openReadStream(entry, (error, opened) => {
          if (error === null) resolve(opened);
          else reject(error);
        });
      });
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (error) {
      report({ code: 'zip-damaged', message: `${file}: ${reasonOf(error)}; what could be unpacked was read`, remedy: 'copy the archive again from where it came', file });
    }
  }
  return { file, source: source(file), size: entry.uncompressedSize, modifiedMs: entry.getLastModDate().getTime(), canReopen: true, chunks, head: () => headOf(chunks()) };
}

async function wholeEntry(input: Input): Promise<Buffer | undefined> {
  if (input.size > maxNestedZipBytes) return undefined;
  const parts: Buffer[] = [];
  for await (const chunk of input.chunks()) parts.push(chunk);
  return Buffer.concat(parts);
}
