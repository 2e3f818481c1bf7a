import { expect } from 'chai';
import { jumpLines } from '../../src/limits.ts';
import { createClockJumps } from '../../src/normalise/clock-jump.ts';
import { checkEvent } from '../contract/event-contract.ts';
import { header, readLines } from './read-lines.ts';

const hour = 3_600_000;

describe('a clock that was put back', () => {
  /** times in hours; `<` begins a step back */
  const jumpsIn = (times: readonly number[]): readonly string[] => {
    const found: string[] = [];
    const jumps = createClockJumps<number>(2 * hour, ({ line, fromMs, toMs }) => { found.push(`${line}: ${fromMs / hour} to ${toMs / hour}`); });
    let before = Number.NEGATIVE_INFINITY;
    times.forEach((time, line) => {
      jumps.follow(time * hour);
      if (time < before - 2) jumps.begin(line, before * hour, time * hour);
      before = time;
    });
    return found;
  };
  const stays = (time: number, lines: number): readonly number[] => Array.from({ length: lines }, () => time);
  const rows: readonly (readonly [name: string, times: readonly number[], found: readonly string[]])[] = [
    ['it stays behind for as many lines as are asked', [14, ...stays(10, jumpLines)], ['1: 14 to 10']],
    ['for one line less', [14, ...stays(10, jumpLines - 1)], []],
    ['for many: it is said once', [14, ...stays(10, 5 * jumpLines)], ['1: 14 to 10']],
    ['one line alone', [14, 10, ...stays(14, 2 * jumpLines)], []],
    ['it comes back before that', [14, ...stays(10, jumpLines - 1), ...stays(14, jumpLines)], []],
    ['back to almost the time before', [14, ...stays(10, 3), ...stays(12, jumpLines)], []],
    ['twice', [14, ...stays(10, jumpLines), ...stays(6, jumpLines)], ['1: 14 to 10', `${1 + jumpLines}: 10 to 6`]],
    ['two steps, one after the other: the second is the one that lasts', [14, 11, ...stays(8, jumpLines)], ['2: 11 to 8']],
    ['time goes on', [14, 15, 40], []],
    ['daylight saving', [14, ...stays(13, jumpLines)], []],
  ];
  for (const [name, times, found] of rows) it(name, () => { expect(jumpsIn(times)).to.deep.equal(found); });

  it('is an event of the log at the line where it went back', async () => {
    const lines = [...header, '14:00:00 5| before', '10:00:00 5| after', ...stays(0, jumpLines - 1).map(() => '5| and on')];
    const read = await readLines(lines);
    read.events('clock-jump').forEach(checkEvent);
    expect(read.events('clock-jump').map((event) => [event['@timestamp'], event['vb365.origin.line'], event['vb365.level'], event['vb365.health.detail']])).to.deep.equal([
      ['2022-05-02T22:00:00.000Z', header.length + 2, 'health', `The clock of the machine that wrote Veeam.Exchange.Explorer_2022_05_03_10_14_07.log went back by 240 minutes at line ${header.length + 2} and stayed there`],
    ]);
    expect((await readLines(lines.slice(0, -1))).events('clock-jump')).to.deep.equal([]);
  });
  it('a second header in one file is an event of the log too', async () => {
    const read = await readLines([...header, '5| a', ...header, '5| b']);
    expect(read.events('log-suspicious').map((event) => event['vb365.health.detail']).filter((detail) => detail?.includes('second session header'))).to.have.length(1);
    expect((await readLines([...header, '5| a'])).events('log-suspicious')).to.deep.equal([]);
  });
});
