/** Lines of two files, the second read as the proven successor of the first, through normalisation and attribution. */
import { expect } from 'chai';
import { createAttribution } from '../../src/attribute/attribution.ts';
import type { Event } from '../../src/event.ts';
import { file, header, readLines } from '../normalise/read-lines.ts';
import { unconfigured } from './build.ts';

const begin = '5| Exporting items...';
const started = (name: string): string => `5| Starting item export: IPM.Note, ${name}, 10.0 KB, Ann Lee\\Inbox, D:...`;
const line = (name: string): string => `5|  Exporting item to file 'D:\\${name}.msg'...`;
const exported = '5|  Item successfully exported';
const failed = (name: string): string => `5| Error: The file 'D:\\${name}.msg' cannot be written.`;
const result = (saved: number, failures: number, skipped: number, total: number): string => `10:14:30 5| Export result: ${String(saved)} items saved, ${String(failures)} items failed, ${String(skipped)} items skipped, ${String(total)} total.`;

async function restores(first: readonly string[], ...others: readonly (readonly string[])[]): Promise<readonly Event[]> {
  const one = await readLines([...header, begin, ...first], { file: `logs/${file}` });
  const rest = await Promise.all(others.map((lines, index) => readLines(lines, { file: `logs/b${String(index)}.log`, predecessor: one.end.predecessor! })));
  const attribution = createAttribution(unconfigured());
  // The order of files changes nothing.
  for (const activity of [...rest.flatMap(({ activities }) => activities), ...one.activities]) attribution.add(activity, undefined);
  return attribution.settle().restores;
}
const shown = (event: Event): string => [event['vb365.item.name'] ?? `${String(event['vb365.restore.items.total'])} items`, event['event.outcome'], (event['vb365.attribution.gaps'] ?? []).filter((gap) => gap === 'operation-incomplete' || gap === 'items-unknown' || gap === 'count-mismatch').join('+') || 'complete'].join(' ');

const rows: readonly { readonly name: string; readonly first: readonly string[]; readonly next: readonly string[]; readonly want: readonly string[] }[] = [
  { name: 'all saved', first: [line('a'), line('b')], next: [line('c'), result(3, 0, 0, 3)], want: ['a success complete', 'b success complete', 'c success complete'] },
  { name: 'all failed', first: [line('a')], next: [line('b'), result(0, 2, 0, 2)], want: ['a failure complete', 'b failure complete'] },
  { name: 'the next file holds the counts only', first: [line('a'), line('b')], next: [result(2, 0, 0, 2)], want: ['a success complete', 'b success complete'] },
  { name: 'one failed and no line says which', first: [line('a')], next: [line('b'), result(1, 1, 0, 2)], want: ['a unknown complete', 'b unknown complete'] },
  { name: 'the one that failed is named in the next file', first: [line('a')], next: [line('b'), failed('b'), result(1, 1, 0, 2)], want: ['a success complete', 'b failure complete'] },
  { name: 'the one that failed is named in the first file', first: [line('a'), failed('a'), line('b')], next: [line('c'), result(2, 1, 0, 3)], want: ['a failure complete', 'b success complete', 'c success complete'] },
  { name: 'lines of success on both sides leave the last item of the first file as the one that failed', first: [started('a'), line('a'), exported, started('b'), line('b')], next: [started('c'), line('c'), exported, result(2, 1, 0, 3)], want: ['a success complete', 'b failure complete', 'c success complete'] },
  { name: 'all saved, the success of the last item of the first file stands in the next one', first: [started('a'), line('a'), exported, started('b'), line('b')], next: [exported, started('c'), line('c'), exported, result(3, 0, 0, 3)], want: ['a success complete', 'b success complete', 'c success complete'] },
  { name: 'a line is missing: the counts are not those of these items', first: [line('a')], next: [line('b'), result(3, 0, 0, 3)], want: ['a unknown operation-incomplete', 'b success count-mismatch'] },
  { name: 'counts alone that are not those of these items', first: [line('a')], next: [result(3, 0, 0, 3)], want: ['a unknown operation-incomplete', '3 items success items-unknown'] },
  { name: 'the next file ends without counts as well', first: [line('a')], next: [line('b')], want: ['a unknown operation-incomplete', 'b unknown operation-incomplete'] },
  { name: 'the operation had been closed: another one stands in the next file', first: [line('a'), line('b'), result(1, 1, 0, 2)], next: [begin, line('c'), result(1, 0, 0, 1)], want: ['a unknown complete', 'b unknown complete', 'c success complete'] },
];

describe('an operation that a rotation cut in two', () => {
  for (const { name, first, next, want } of rows) it(name, async () => {
    expect((await restores(first, next)).map(shown).sort()).to.deep.equal([...want].sort());
  });
  it('is not decided by two files that state two results', async () => {
    expect((await restores([line('a')], [result(1, 0, 0, 1)], [result(0, 1, 0, 1)])).filter((event) => event['vb365.item.name'] === 'a').map(shown)).to.deep.equal(['a unknown operation-incomplete']);
  });
  it('rests on the record with the counts', async () => {
    const [one] = await restores([line('a')], [result(1, 0, 0, 1)]);
    const [, , ...counted] = one!['vb365.attribution.evidence']!;
    expect(counted).to.have.length(1);
  });
});
