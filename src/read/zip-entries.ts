/** What a zip archive says of itself, and the content of one entry. */
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

export type { Entry, ZipFile };
import { maxZipEntries } from '../limits.ts';

export interface EntryList {
  readonly entries: readonly Entry[];
  /** false: there are more than `maxZipEntries` */
  readonly isWhole: boolean;
  /** the directory is damaged behind these entries */
  readonly failure?: unknown;
}

/** @param from path of the archive, or its bytes. Rejects when there is no directory of entries at its end. */
export function openArchive(from: string | Buffer): Promise<ZipFile> {
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

export function listEntries(zip: ZipFile): Promise<EntryList> {
  return new Promise((resolve) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      if (entries.length >= maxZipEntries) {
        resolve({ entries, isWhole: false });
        return;
      }
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => { resolve({ entries, isWhole: true }); });
    zip.on('error', (failure) => { resolve({ entries, isWhole: true, failure }); });
    zip.readEntry();
  });
}

/** With `/` between folders. */
export function entryName({ fileName, generalPurposeBitFlag }: Entry): string {
  // The types know only decoded names; with `decodeStrings: false` it is bytes.
  const bytes = fileName as unknown as Buffer;
  // Bit 11: the name is UTF-8; else a code page of old, of which only ASCII is certain.
  return bytes.toString((generalPurposeBitFlag & 0x800) === 0 ? 'latin1' : 'utf8').replace(/\\/g, '/');
}

/** Stored or deflated; others (Deflate64 of large folders, AES) have no reader here. */
export function isReadable({ compressionMethod }: Entry): boolean {
  return compressionMethod === 0 || compressionMethod === 8;
}

/** Blocks of the content. Throws where it is damaged; a wrong checksum is known at its end. */
export async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error === null) resolve(opened);
      else reject(error);
    });
  });
  let sum = 0;
  for await (const chunk of stream) {
    sum = crc32(chunk, sum);
    yield chunk as Buffer;
  }
  if (sum !== entry.crc32) throw new Error('the checksum differs: something in it is not what was packed');
}
