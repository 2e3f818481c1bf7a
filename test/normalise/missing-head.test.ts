import { expect } from 'chai';
import type { LogFileEnd } from '../../src/normalise/log-file.ts';
import { missingHead } from '../../src/normalise/missing-head.ts';
import { checkEvent } from '../contract/event-contract.ts';
import { file, header, readLines } from './read-lines.ts';

const tail = ['5| Exporting items...', "5|  Exporting item to file 'D:\\a.msg'...", '5| Exporting completed (00:00:01).', '5| Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.'];
const endOf = async (lines: readonly string[], name: string): Promise<LogFileEnd> => (await readLines(lines, { file: name })).end;

describe('a log without its head', () => {
  const folder = '/logs/';
  const rows: readonly (readonly [name: string, lines: readonly string[], others: readonly (readonly [lines: readonly string[], name: string])[], gap: boolean])[] = [
    ['alone', tail, [], true],
    ['with its header', [...header, ...tail], [], false],
    ['beside a log that ended before, which may be the other part', tail, [[[...header, '5| a'], `${folder}a.log`]], false],
    ['beside one of another folder', tail, [[[...header, '5| a'], '/other/a.log']], true],
    ['beside a log of another Explorer', tail, [[[...header.map((line) => line.replace('Veeam.Exchange', 'Veeam.SharePoint')), '5| a'], `${folder}Veeam.SharePoint.Explorer_1.log`]], true],
    ['beside the log of a service', tail, [[['5| a'], `${folder}Veeam.Archiver.Service_1.log`]], true],
  ];
  for (const [name, lines, others, gap] of rows) {
    it(name, async () => {
      const read = await readLines(lines, { file: `${folder}${file}` });
      const found = missingHead(read.end, read.activities, [read.end, ...await Promise.all(others.map(([other, at]) => endOf(other, at)))]);
      expect(found?.event['event.action']).to.equal(gap ? 'log-gap' : undefined);
    });
  }
  it('beside a log that ended weeks before', async () => {
    const read = await readLines(tail, { file: `${folder}${file}` });
    const before = await endOf([...header, '5| a'], `${folder}a.log`);
    const weeks = { ...before, lastMs: (before.lastMs ?? 0) - 21 * 86_400_000 };
    expect(missingHead(read.end, read.activities, [read.end, weeks])?.event['event.action']).to.equal('log-gap');
  });
  it('when it was read with the file before', async () => {
    const before = await endOf([...header, ...tail.slice(0, 2)], `${folder}a.log`);
    const read = await readLines(tail.slice(2), { file: `${folder}b.log`, predecessor: before.predecessor! });
    expect(missingHead(read.end, read.activities, [read.end])).to.equal(undefined);
  });
  it('says where, and names nobody', async () => {
    const read = await readLines(tail, { file: `${folder}${file}` });
    const { event } = missingHead(read.end, read.activities, [read.end])!;
    checkEvent(event);
    expect(event).to.include({ 'vb365.level': 'health', 'event.kind': 'state', 'vb365.origin.file': `${folder}${file}`, 'vb365.origin.line': 1, 'vb365.workload': 'exchange' });
    expect(Object.keys(event).filter((name) => name.startsWith('user.') || name === 'event.category')).to.deep.equal([]);
  });
});
