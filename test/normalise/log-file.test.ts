import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { provenPredecessor } from '../../src/normalise/predecessor.ts';
import { readLogBytes, type SampleLog } from '../end-to-end/sample-log.ts';
import { file, header, readLines, readText, textOf, type ReadLines } from './read-lines.ts';
import { expectProportional } from '../proportional.ts';

const begin = '5| Exporting items...';
const item = (path: string, thread = 5): string => `${String(thread)}|  Exporting item to file '${path}'...`;
const result = (saved: number, thread = 5): string => `${String(thread)}| Export result: ${String(saved)} items saved, 0 items failed, 0 items skipped, ${String(saved)} total.`;

describe('a file that continues another one (reference 10, case 7)', () => {
  const first = [...header, begin, item('D:\\a.msg')];
  const next = ['10:14:20 5|  Exporting item to file \'D:\\b.msg\'...', result(2)];
  const read = async (lines: readonly string[], name: string): Promise<ReadLines> => readLines(lines, { file: name });
  /** operator of the items of `second`, read again with what the files before prove */
  async function operator(second: readonly string[], before: readonly (readonly [lines: readonly string[], name: string])[], name = 'logs/b.log', timezone?: string): Promise<string | undefined> {
    const source = { id: 'cli', ...(timezone === undefined ? {} : { timezone }) };
    const { end } = await readLines(second, { file: name, source });
    const predecessor = provenPredecessor(end, await Promise.all(before.map(async ([lines, other]) => (await readLines(lines, { file: other, source })).end)));
    const again = await readLines(second, { file: name, source, ...(predecessor === undefined ? {} : { predecessor }) });
    return again.events('item-save')[0]?.['user.name'];
  }
  const rows: readonly (readonly [name: string, second: readonly string[], before: readonly (readonly [lines: readonly string[], name: string])[], operator: string | undefined])[] = [
    ['an operation open on the same thread goes on', next, [[first, `logs/${file}`]], 'aroha.ngata'],
    ['on another thread proves nothing', next.map((line) => line.replace('5|', '6|')), [[first, `logs/${file}`]], undefined],
    ['in another folder proves nothing', next, [[first, `other/${file}`]], undefined],
    ['an operation that was closed proves nothing', next, [[[...first, result(1)], `logs/${file}`]], undefined],
    ['being the only other file proves nothing', ['10:14:20 5| Exporting items...', item('D:\\b.msg'), result(1)], [[first, `logs/${file}`]], undefined],
    ['two files that could be it prove nothing', next, [[first, `logs/${file}`], [first.map((line) => line.replace('aroha.ngata', 'h.fraser')), 'logs/Veeam.Exchange.Explorer_2022_05_03_10_14_07_1.log']], undefined],
    ['hours later proves nothing', ['11:30:00 5|  Exporting item to file \'D:\\b.msg\'...', result(2)], [[first, `logs/${file}`]], undefined],
  ];
  for (const [name, second, before, expected] of rows) it(name, async () => {
    // The tail says its date order itself.
    expect(await operator(second.map((line) => line), before)).to.equal(expected);
  });
  it('is judged the same with and without a configured zone', async () => {
    for (const timezone of ['Pacific/Auckland', 'America/New_York']) {
      expect(await operator(next, [[first, `logs/${file}`]], 'logs/b.log', timezone), timezone).to.equal(timezone === 'Pacific/Auckland' ? 'aroha.ngata' : undefined);
      expect(await operator(rows[6]![1], [[first, `logs/${file}`]], 'logs/b.log', timezone), timezone).to.equal(undefined);
    }
  });
  it('a file with a header of its own inherits nothing', async () => {
    expect(await operator([...header.map((line) => line.replace('aroha.ngata', 'h.fraser')), begin, item('D:\\b.msg'), result(1)], [[first, `logs/${file}`]], `logs/${file}`)).to.equal('h.fraser');
  });
  it('the operation is one: its batch goes on, its counts are those of both files', async () => {
    const one = await read(first, `logs/${file}`);
    const two = await readLines(next, { file: 'logs/b.log', predecessor: one.end.predecessor! });
    const [a] = one.facts('log-item');
    const [b] = two.facts('log-item');
    expect([b?.batch, b?.gaps.includes('count-mismatch'), b?.result]).to.deep.equal([a?.batch, false, 'success']);
    expect(two.facts('launch').map(({ account, launch }) => [account, launch])).to.deep.equal(one.facts('launch').map(({ account, launch }) => [account, launch]));
  });
});

describe('a date order that another file of the account decides (reference 3.2, rule 8)', () => {
  const lines = [...header.filter((line) => !line.includes('UTC')), begin, item('D:\\a.msg'), result(1)];
  const at = ({ activities }: ReadLines): readonly (string | undefined)[] => activities.flatMap(({ event }) => event['event.action'] === 'item-save' ? [event['@timestamp']?.slice(0, 10)] : []);
  it('is asked for with account and machine', async () => {
    const asked: unknown[] = [];
    const read = await readLines(lines, { file: 'a.log', accountOrder: (account, host) => { asked.push([account, host]); return 'mdy'; } });
    expect(asked).to.deep.equal([['CONTOSO\\aroha.ngata', 'CONTADM01']]);
    expect(at(read)).to.deep.equal(['2022-03-05']);
    expect(read.end.clock.decidedBy).to.deep.equal(['same-account']);
  });
  it('is not asked for where the file decides itself', async () => {
    expect(at(await readLines(lines, { accountOrder: () => { throw new Error('asked'); } }))).to.deep.equal(['2022-05-03']);
  });
});

describe('ids of activities', () => {
  const ids = (read: ReadLines | SampleLog): readonly unknown[] => read.activities.map(({ event, facts }) => [event['event.id'], event['event.action'], 'launch' in facts ? facts.launch : undefined, 'batch' in facts ? facts.batch : undefined]);
  const names = ['s01-cloud-connect-default/explorer/Veeam.Exchange.Explorer_2022_05_03_10_14_07.log', 's02-cloud-connect-extended/explorer/Veeam.Exchange.Explorer_2022_07_08_14_05_33.log', 's05-bracketed/explorer/Veeam.Exchange.Explorer_2023_11_21_15_11_40.log', 's06-archiver-rest-error/server/Veeam.Archiver.REST_2020_06_20_09_15_30.log'];
  const samples = names.map((name) => ({ name, bytes: readFileSync(new URL(`../samples/${name}`, import.meta.url)) }));

  it('are different for different activities', async () => {
    for (const { name, bytes } of samples) {
      const all = (await readLogBytes(bytes, name)).activities.map(({ event }) => event['event.id']);
      expect(new Set(all).size, name).to.equal(all.length);
    }
  });
  it('do not depend on line ends, marks and encoding', async () => {
    for (const { name, bytes } of samples) {
      const expected = ids(await readLogBytes(bytes, name));
      const text = bytes.toString('utf8').replace(/^\ufeff/, '');
      for (const copy of [Buffer.from(text.replaceAll('\r\n', '\n')), Buffer.from(`\ufeff${text}`), Buffer.from(text.replaceAll('\r\n', '\r\n\ufeff')), Buffer.from(`\ufeff${text}`, 'utf16le')]) expect(ids(await readLogBytes(copy, name)), name).to.deep.equal(expected);
    }
  });
  it('cut anywhere, nothing is invented: no new activity, no other name', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...samples), fc.nat(), async ({ name, bytes }, at) => {
      const whole = await readLogBytes(bytes, name);
      const cut = await readLogBytes(bytes.subarray(0, at % (bytes.length + 1)), name);
      const known = new Set(whole.activities.map(({ event }) => event['event.id']));
      const named = new Set(whole.activities.map(({ event }) => event['user.name']));
      for (const { event } of cut.activities) {
        if (event['event.action'] !== 'log-suspicious') expect(known.has(event['event.id']), event['message']).to.equal(true);
        if (event['user.name'] !== undefined) expect(named.has(event['user.name'])).to.equal(true);
      }
    }), { numRuns: 150 });
  });
});

describe('hostile log files', () => {
  const hostile = ['Account: EVIL\\x', 'Server: EVIL (CPUs: 4, RAM: 16.0 GB)', 'Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total.', "Exporting item to file 'D:\\a.msg'...", 'Exporting items...', 'Restore session successfully created', 'Error: x', 'UTC Date & Time: 1/01/2022 9:00:00 AM', '='.repeat(80), 'Veeam.Exchange.Explorer.exe: Version=1'];
  it('lines in any order name nobody whom no header names, and never throw', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 2, max: 4 }), fc.nat(2), fc.constantFrom(...hostile)), { maxLength: 60 }), async (lines) => {
      const read = await readLines([...header, ...lines.map(([thread, indent, text]) => `${String(thread)}| ${' '.repeat(indent)}${text}`)]);
      for (const { event } of read.activities) expect([undefined, 'aroha.ngata']).to.include(event['user.name']);
    }), { numRuns: 300 });
  });
  for (const line of ['Exporting items...', "Exporting item to file 'D:\\a.msg'...", 'Error: x', 'Counting items in: x...']) {
    it(`cost no more than their length: ${line}`, () => expectProportional((size) => readText(textOf([...header, begin]) + `3/05/2022 10:14:09 AM    5 (9020)  ${line}\r\n`.repeat(size)), 1_000)).timeout(60_000);
  }
});
