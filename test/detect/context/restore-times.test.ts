import { expect } from 'chai';
import { exactStartOf, restorePointAge, startOf } from '../../../src/detect/context/restore-times.ts';
import type { Event } from '../../../src/event.ts';
import { restore, without } from './build.ts';

const nine = Date.UTC(2026, 2, 2, 9);
const point = (text: string, over: Event = {}): Event => restore({ 'vb365.session.restore_point': text, ...over });

describe('start of a restore', () => {
  const rows: readonly (readonly [name: string, restore: Event, start: number | undefined, exact: number | undefined])[] = [
    ['known', restore(), nine, nine],
    ['without its own start the time of the event', { ...without('event.start'), '@timestamp': '2026-03-02T09:00:01.000Z' }, nine + 1000, nine + 1000],
    ['without any', without('event.start'), undefined, undefined],
    ['day and month are open', restore({ 'vb365.attribution.gaps': ['rest-missing', 'time-ambiguous'] }), undefined, undefined],
    ['the offset is unknown: right to the day only', restore({ 'vb365.attribution.gaps': ['offset-unknown'] }), nine, undefined],
    ['by a clock that is wrong', restore({ 'vb365.attribution.gaps': ['clock-skew'], 'vb365.restore.sources': ['explorer_log'] }), nine, undefined],
    ['the machine is wrong, the time is the server\'s', restore({ 'vb365.attribution.gaps': ['clock-skew'] }), nine, nine],
    ['other gaps', restore({ 'vb365.attribution.gaps': ['log-missing'] }), nine, nine],
    ['no time', restore({ 'event.start': 'yesterday' }), undefined, undefined],
  ];
  for (const [name, event, start, exact] of rows) it(name, () => { expect([startOf(event), exactStartOf(event)]).to.deep.equal([start, exact]); });
});

describe('age of the restore point', () => {
  const rows: readonly (readonly [name: string, restore: Event, hours: number | undefined])[] = [
    ['just opened', point('2026-03-02T09:00:00.000Z'), 0],
    ['a millisecond less than an hour', point('2026-03-02T08:00:00.001Z'), 0],
    ['an hour', point('2026-03-02T08:00:00.000Z'), 1],
    ['a year of 365 days', point('2025-03-02T09:00:00.000Z'), 8_760],
    ['a millisecond less than it', point('2025-03-02T09:00:00.001Z'), 8_759],
    ['of the future', point('2026-03-02T09:00:00.001Z'), undefined],
    ['not known', restore(), undefined],
    ['the start is not certain', point('2026-03-01T09:00:00.000Z', { 'vb365.attribution.gaps': ['offset-unknown'] }), undefined],
    ['no time', point('latest'), undefined],
  ];
  for (const [name, event, hours] of rows) it(name, () => { expect(restorePointAge(event)).to.equal(hours); });
});
