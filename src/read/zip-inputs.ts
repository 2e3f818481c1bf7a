/** The entries of a zip archive, read where they are. Names and sizes are claims of a stranger: none is used as a path, and all are bounded. */
import type { Problem } from '../errors.ts';
import type { SourceContext } from '../event.ts';
import { maxHeldZipBytes, maxNestedZipBytes, maxZipEntries, maxZipNesting, maxZipRatio, maxZipTotalBytes, ratioFloorBytes } from '../limits.ts';
import { compressionOf } from './compression.ts';
import { headOf, reasonOf, reportOnce, unpackedInput } from './file-input.ts';
import type { Input, Report } from './input.ts';
import { entryName, isReadable, listEntries, openArchive, readEntry, type Entry, type ZipFile } from './zip-entries.ts';

export interface OpenArchive { readonly inputs: readonly Input[]; close(): void }
export interface ArchiveContext {
  readonly report: Report;
  source(file: string): SourceContext;
}

/** What one archive may still unpack to and hold in memory, with all archives inside it. */
interface Budget { bytes: number; heldBytes: number }

/** @param path of the archive on disk */
export async function openZip(file: string, path: string, context: ArchiveContext): Promise<OpenArchive> {
  return openNested(file, path, context, 1, undefined);
}

async function openNested(file: string, from: string | Buffer, context: ArchiveContext, depth: number, outer: Budget | undefined): Promise<OpenArchive> {
  const { report } = context;
  const inputs: Input[] = [];
  const nested: OpenArchive[] = [];
  let zip: ZipFile;
  try {
    zip = await openArchive(from);
  } catch (error) {
    report(damaged(file, error));
    return { inputs, close: () => undefined };
  }
  const budget = outer ?? { bytes: Math.min(maxZipTotalBytes, Math.max(zip.fileSize * maxZipRatio, ratioFloorBytes)), heldBytes: maxHeldZipBytes };
  const { entries, isWhole, failure } = await listEntries(zip);
  if (!isWhole) report({ code: 'zip-limit', message: `${file} has more than ${String(maxZipEntries)} entries: the rest is not read`, remedy: 'split the archive', file });
  if (failure !== undefined) report(damaged(file, failure, '; what is listed before was read'));
  let files = 0;
  for (const entry of entries) {
    const name = entryName(entry);
    if (name.endsWith('/')) continue;
    files += 1;
    const shown = `${file}!${name}`;
    const refusal = whyRefused(entry, name, shown, budget);
    if (refusal === undefined) await take(entryInput(zip, entry, shown, context));
    else report(refusal);
  }
  if (files === 0 && isWhole && failure === undefined) report({ code: 'read-empty', message: `${file} holds no file`, remedy: 'pack it again if there should be something in it', file });
  return {
    inputs: [...inputs, ...nested.flatMap((archive) => archive.inputs)],
    close() {
      for (const archive of nested) archive.close();
      zip.close();
    },
  };

  /** Archives and gzip streams inside are opened like those on disk: their content decides, not their name. */
  async function take(input: Input): Promise<void> {
    const compression = compressionOf(await startOf(input));
    if (compression === 'gzip') {
      const { file: packed, source, size, modifiedMs } = input;
      const inner = packed.slice(Math.max(packed.lastIndexOf('/'), packed.lastIndexOf('!')) + 1).replace(/\.gz$/i, '');
      inputs.push(unpackedInput({ file: `${packed}!${inner}`, source, size, modifiedMs }, () => input.chunks(), report));
    } else if (compression === undefined) inputs.push(input);
    else if (depth >= maxZipNesting) report({ code: 'zip-limit', message: `${input.file} lies deeper than ${String(maxZipNesting)} archives: it was not read`, remedy: 'unpack the outer archive', file: input.file });
    else if (input.size > Math.min(maxNestedZipBytes, budget.heldBytes)) {
      report({ code: 'zip-limit', message: `${input.file} is an archive inside an archive, and too large to be held in memory (${String(input.size)} bytes): it was not read`, remedy: 'unpack the outer archive', file: input.file });
    } else {
      budget.heldBytes -= input.size;
      nested.push(await openNested(input.file, await wholeOf(input), context, depth + 1, budget));
    }
  }
}

/** Undefined for an entry that may be read; its size is taken from the budget then. */
function whyRefused(entry: Entry, name: string, file: string, budget: Budget): Problem | undefined {
  const { uncompressedSize, compressedSize } = entry;
  if (isOutside(name)) return { code: 'zip-path', message: `${file} names a path outside the archive: it was not read`, remedy: 'find out who made this archive', file };
  if (entry.isEncrypted()) return { code: 'zip-damaged', message: `${file} is encrypted: it was not read`, remedy: 'unpack it with its password and read the folder', file };
  if (!isReadable(entry)) return { code: 'zip-damaged', message: `${file} is packed with method ${String(entry.compressionMethod)}, which is not known here: it was not read`, remedy: 'unpack the archive and read the folder', file };
  if (uncompressedSize > budget.bytes || uncompressedSize > Math.max(compressedSize * maxZipRatio, ratioFloorBytes)) {
    return { code: 'zip-limit', message: `${file} claims ${String(uncompressedSize)} bytes out of ${String(compressedSize)}, and at most ${String(maxZipRatio)} times the packed size is unpacked: it was not read`, remedy: 'unpack it yourself if you trust it', file };
  }
  budget.bytes -= uncompressedSize;
  return undefined;
}

function isOutside(name: string): boolean {
  return name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\u0000');
}

function damaged(file: string, error: unknown, outcome = ''): Problem {
  return { code: 'zip-damaged', message: `${file}: ${reasonOf(error).replace(/\.$/, '')}${outcome}`, remedy: 'copy the archive again from where it came', file };
}

function entryInput(zip: ZipFile, entry: Entry, file: string, { report, source }: ArchiveContext): Input {
  const once = reportOnce(report);
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* readEntry(zip, entry);
    } catch (error) {
      once(damaged(file, error, '; what could be unpacked was read'));
    }
  }
  return { file, source: source(file), size: entry.uncompressedSize, modifiedMs: entry.getLastModDate().getTime(), canReopen: true, chunks, head: () => headOf(chunks()) };
}

async function startOf(input: Input): Promise<Buffer> {
  for await (const chunk of input.chunks()) return chunk;
  return Buffer.alloc(0);
}

async function wholeOf(input: Input): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of input.chunks()) parts.push(chunk);
  return Buffer.concat(parts);
}
