/** Whatever happens to files on their way here, nothing throws, what is whole comes out as before, and nobody is named whom no header names. */
import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { documentParsers } from '../../parsers/index.ts';
import { createAttribution } from '../../src/attribute/attribution.ts';
import type { Activity, Event } from '../../src/event.ts';
import { run } from '../../src/pipeline.ts';
import { createTenants } from '../../src/route/tenants.ts';
import { readLogBytes, samples } from './sample-log.ts';

interface Entry { readonly path: string; readonly kind: string; readonly encoding?: string; readonly header?: Readonly<Record<string, string>> | null }
const manifest = JSON.parse(readFileSync(join(samples, 'manifest.json'), 'utf8')) as { readonly operators: Readonly<Record<string, string | readonly string[] | null>>; readonly files: readonly Entry[] };
const logs = manifest.files.filter(({ kind }) => kind.endsWith('-log'));
const accounts = new Set(Object.values(manifest.operators).flat().flatMap((account) => account?.toLowerCase() ?? []));
const bytesOf = (path: string): Buffer => readFileSync(samples + path);
const accountOf = (event: Event): string | undefined => event['user.email'] ?? (event['user.name'] === undefined ? undefined : `${event['user.domain'] ?? ''}\\${event['user.name']}`);
const idsOf = (activities: readonly Activity[]): readonly string[] => activities.map(({ event }) => event['event.id'] ?? '').sort();

const anyLog = fc.constantFrom(...logs);
/** a share of the length of a file */
const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
const anySizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4_000 })), { minLength: 1, maxLength: 6 });

/** Nobody but the account that the header of the file states; services name nobody. */
function checkNames({ kind, header }: Entry, events: readonly Event[]): void {
  for (const event of events) if (accountOf(event) !== undefined) {
    expect(kind).to.equal('explorer-log');
    expect(accountOf(event)).to.equal(header?.['account']);
  }
}

describe('properties of logs', function () {
  this.timeout(30_000);

  it('cut anywhere: the lines that are whole give the same ids, and no other name', async () => {
    await fc.assert(fc.asyncProperty(anyLog, anyShare, async (entry, share) => {
      const bytes = bytesOf(entry.path);
      const cut = Math.floor(bytes.length * share);
      const whole = await readLogBytes(bytes, entry.path);
      const part = await readLogBytes(bytes.subarray(0, cut), entry.path);
      const ends = new Set(part.activities.map(({ event }) => event['vb365.origin.line']));
      const lines = part.reading.physicalLines - (part.reading.heldBack === undefined ? 0 : 1);
      for (const line of ends) expect(line).to.be.at.most(lines);
      expect(idsOf(part.activities)).to.deep.equal(idsOf(whole.activities.filter(({ event }) => (event['vb365.origin.line'] ?? 0) <= lines)));
      checkNames(entry, part.activities.map(({ event }) => event));
    }), { numRuns: 150 });
  });

  it('the beginning missing: no throw, and a name only where the header is', async () => {
    await fc.assert(fc.asyncProperty(anyLog, anyShare, async (entry, share) => {
      const bytes = bytesOf(entry.path);
      const { activities } = await readLogBytes(bytes.subarray(Math.floor(bytes.length * share)), entry.path);
      checkNames(entry, activities.map(({ event }) => event));
    }), { numRuns: 100 });
  });

  it('in blocks of any size: the same', async () => {
    await fc.assert(fc.asyncProperty(anyLog, anySizes, async ({ path }, sizes) => {
      const bytes = bytesOf(path);
      const whole = await readLogBytes(bytes, path);
      const blocks = await readLogBytes(bytes, path, {}, sizes);
      expect(blocks.reading).to.deep.equal(whole.reading);
      expect(blocks.activities).to.deep.equal(whole.activities);
      expect(blocks.problems).to.deep.equal(whole.problems);
    }), { numRuns: 80 });
  });

  it('with LF and CRLF mixed and byte order marks before lines: the same but for the offsets', async () => {
    await fc.assert(fc.asyncProperty(anyLog, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 20, maxLength: 20 }), anySizes, async ({ path, encoding = 'utf-8' }, dice, sizes) => {
      const bytes = bytesOf(path);
      const text = iconv.decode(bytes, encoding, { stripBOM: true });
      const canMark = encoding.startsWith('utf');
      const changed = text.split(/(?<=\n)/).map((line, index) => {
        const die = dice[index % dice.length] ?? 0;
        return `${canMark && die % 5 === 0 ? '\ufeff' : ''}${die % 2 === 0 ? line.replace(/\r\n$/, '\n') : line}`;
      }).join('');
      const whole = await readLogBytes(bytes, path);
      const mixed = await readLogBytes(iconv.encode(changed, encoding, { addBOM: encoding === 'utf-16le' }), path, {}, sizes);
      expect({ ...mixed.reading, heldBack: undefined }).to.deep.equal({ ...whole.reading, heldBack: undefined });
      expect(mixed.activities.map(withoutPlace)).to.deep.equal(whole.activities.map(withoutPlace));
    }), { numRuns: 80 });
  });
});

function withoutPlace({ event }: Activity): Event {
  const copy = { ...event };
  delete copy['event.id'];
  delete copy['vb365.origin.offset'];
  return copy;
}

describe('properties of restores', function () {
  this.timeout(30_000);

  let folder = '';
  before(() => { folder = mkdtempSync(join(tmpdir(), 'vb365-samples-')); });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  function write(path: string, bytes: Uint8Array): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  async function restoresOf(path: string): Promise<readonly Event[]> {
    return (await run({ paths: [join(folder, path)], report: () => undefined })).restores;
  }

  it('activities of all samples in any order of files: the same restores', async () => {
    const perFile: (readonly Activity[])[] = [];
    for (const { path, kind } of manifest.files) {
      const bytes = bytesOf(path);
      const parser = documentParsers.find((candidate) => candidate.recognises({ name: path, bytes: bytes.subarray(0, 65_536), text: bytes.toString('utf8', 0, 65_536) }));
      if (parser !== undefined) perFile.push((await parser.parse({ file: path, bytes, source: { id: 'cli' }, organizations: new Set() })).activities);
      else if (kind.endsWith('-log')) perFile.push((await readLogBytes(bytes, path)).activities);
    }
    const settle = (order: readonly (readonly Activity[])[]): readonly Event[] => {
      const attribution = createAttribution(createTenants(undefined));
      // Attribution keeps what it is given: every run has its own copy.
      for (const activity of structuredClone(order).flat()) attribution.add(activity, undefined);
      return byId(attribution.settle().restores);
    };
    const expected = settle(perFile);
    expect(expected).to.have.length(30);
    fc.assert(fc.property(fc.shuffledSubarray(perFile, { minLength: perFile.length }), (order) => { expect(settle(order)).to.deep.equal(expected); }), { numRuns: 25 });
  });

  it('files found in any order: the same stories', async () => {
    const paths = manifest.files.map(({ path }) => path);
    const storiesOf = async (order: readonly string[]): Promise<readonly string[]> => {
      rmSync(join(folder, 'any'), { recursive: true, force: true });
      order.forEach((path, index) => { write(`any/${String(index).padStart(3, '0')}/${basename(path)}`, bytesOf(path)); });
      return (await restoresOf('any')).map((restore) => JSON.stringify([restore['event.start'], restore['event.action'], restore['vb365.item.name'], accountOf(restore), restore['vb365.attribution.confidence'], restore['vb365.target.path'], restore['event.outcome']])).sort();
    };
    const expected = await storiesOf(paths);
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(paths, { minLength: paths.length }), async (order) => { expect(await storiesOf(order)).to.deep.equal(expected); }), { numRuns: 6 });
  });

  it('one file cut: whoever is named is named for the same as before', async () => {
    for (const { path } of manifest.files) write(`cut/${path}`, bytesOf(path));
    const nameOf = new Map((await restoresOf('cut')).map((restore) => [restore['vb365.restore.id'], accountOf(restore)?.toLowerCase()]));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...manifest.files.map(({ path }) => path)), anyShare, async (path, share) => {
      const bytes = bytesOf(path);
      write(`cut/${path}`, bytes.subarray(0, Math.floor(bytes.length * share)));
      try {
        for (const restore of await restoresOf('cut')) {
          // The server has its own casing of an account.
          const account = accountOf(restore)?.toLowerCase();
          if (account === undefined) continue;
          expect(accounts.has(account), account).to.equal(true);
          const before = nameOf.get(restore['vb365.restore.id']);
          if (before !== undefined) expect(account).to.equal(before);
        }
      } finally {
        write(`cut/${path}`, bytes);
      }
    }), { numRuns: 15 });
  });
});

function byId(restores: readonly Event[]): readonly Event[] {
  return [...restores].sort((x, y) => ((x['vb365.restore.id'] ?? '') < (y['vb365.restore.id'] ?? '') ? -1 : 1));
}
