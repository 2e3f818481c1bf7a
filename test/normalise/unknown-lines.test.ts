import { expect } from 'chai';
import { maxDaysCounted, minUnknownDayLines, minUnknownDays } from '../../src/limits.ts';
import { createDayCounts, type DayCount } from '../../src/normalise/day-counts.ts';
import { unknownLineDays, type CountedFile } from '../../src/normalise/unknown-lines.ts';
import { checkEvent } from '../contract/event-contract.ts';
import { header, readLines } from './read-lines.ts';

const explorer = { kind: 'explorer_log', provider: 'Veeam.Exchange.Explorer', isExplorer: true } as const;
const service = { kind: 'archiver_log', provider: 'Veeam.Archiver.Service', isExplorer: false } as const;
/** days from 1 March 2026 on (day 20,513 since 1970), each with lines and unknown ones */
const first = 20_513;
const days = (...counts: readonly (readonly [lines: number, unknown: number])[]): ReadonlyMap<number, DayCount> => new Map(counts.map(([lines, unknown], index) => [first + index, { lines, unknown }]));
const file = (counts: ReadonlyMap<number, DayCount>, over: Partial<CountedFile> = {}): CountedFile => ({ source: 'logs', tenant: undefined, kind: explorer, days: counts, ...over });
const usual = [[1000, 10], [1000, 10], [1000, 10], [1000, 10]] as const;

describe('days with unusually many unknown lines', () => {
  const rows: readonly (readonly [name: string, files: readonly CountedFile[], dates: readonly string[]])[] = [
    ['a day above five times the usual and 5 %', [file(days(...usual, [1000, 51]))], ['2026-03-05']],
    ['exactly 5 %', [file(days(...usual, [1000, 50]))], []],
    ['above 5 %, and exactly five times the usual', [file(days([1000, 20], [1000, 20], [1000, 20], [1000, 20], [1000, 100]))], []],
    ['just above both', [file(days([1000, 20], [1000, 20], [1000, 20], [1000, 20], [1000, 101]))], ['2026-03-05']],
    ['nothing unknown before', [file(days([1000, 0], [1000, 0], [1000, 0], [1000, 0], [1000, 60]))], ['2026-03-05']],
    ['many every day', [file(days([1000, 300], [1000, 320], [1000, 310], [1000, 330], [1000, 400]))], []],
    ['two such days of six', [file(days(...usual, [1000, 60], [1000, 70]))], ['2026-03-05', '2026-03-06']],
    ['too few days to know what is usual', [file(days(...usual.slice(1), [1000, 60]))], []],
    ['a day with too few lines says nothing', [file(days(...usual, [minUnknownDayLines - 1, 60]))], []],
    ['and is no usual one', [file(days(...usual.slice(1), [minUnknownDayLines - 1, 0], [1000, 60]))], []],
    ['a day with just enough', [file(days(...usual, [minUnknownDayLines, 6]))], ['2026-03-05']],
    ['files of one source add up', [file(days(...usual)), file(new Map([[first + 4, { lines: 500, unknown: 0 }]])), file(new Map([[first + 4, { lines: 500, unknown: 60 }]]))], ['2026-03-05']],
    ['another component has its own usual', [file(days(...usual)), file(new Map([[first + 4, { lines: 1000, unknown: 60 }]]), { kind: service })], []],
    ['another source has its own usual', [file(days(...usual)), file(new Map([[first + 4, { lines: 1000, unknown: 60 }]]), { source: 'other' })], []],
    ['no files', [], []],
  ];
  for (const [name, files, dates] of rows) it(name, () => { expect(unknownLineDays(files).map((event) => event['@timestamp']?.slice(0, 10))).to.deep.equal(dates); });
  it('says how many, and is of the tenant of its source', () => {
    const [event] = unknownLineDays([file(days(...usual, [1000, 51]), { tenant: 'contoso' })]);
    checkEvent(event!);
    expect(event).to.include({ 'event.action': 'unknown-lines', 'event.severity': 1, 'vb365.severity': 'informational', 'vb365.origin.source': 'logs', 'vb365.origin.kind': 'explorer_log', 'vb365.tenant.id': 'contoso' });
    expect(event?.['vb365.health.detail']).to.equal('51 of 1000 lines (5.1 %) of Veeam.Exchange.Explorer from source logs are known to no template on 2026-03-05; usually it is 1.0 %');
  });
  it('the rows are about the limits', () => { expect([minUnknownDays, minUnknownDayLines]).to.deep.equal([5, 100]); });
});

describe('lines by day', () => {
  const dayMs = 86_400_000;
  it('counts the days of a file in any order', () => {
    const counts = createDayCounts();
    for (const [ms, isUnknown] of [[0, false], [dayMs - 1, true], [dayMs, true], [5, false], [-1, true]] as const) counts.add(ms, isUnknown);
    expect([...counts.byDay]).to.deep.equal([[0, { lines: 3, unknown: 1 }], [1, { lines: 1, unknown: 1 }], [-1, { lines: 1, unknown: 1 }]]);
  });
  it('no more days than its limit; those that it has go on', () => {
    const counts = createDayCounts();
    for (let day = 0; day <= maxDaysCounted; day += 1) counts.add(day * dayMs, false);
    counts.add(0, true);
    expect([counts.byDay.size, counts.byDay.get(0), counts.byDay.get(maxDaysCounted)]).to.deep.equal([maxDaysCounted, { lines: 2, unknown: 1 }, undefined]);
  });
  it('a log gives them at its end', async () => {
    // 10:14 in Auckland on 3 May is 22:14 UTC on 2 May.
    const { end } = await readLines([...header, '5| Exporting items...', '5| no template knows this']);
    expect([...end.days]).to.deep.equal([[19_114, { lines: header.length + 2, unknown: 1 }]]);
  });
});
