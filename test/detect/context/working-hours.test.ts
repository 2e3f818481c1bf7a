import { expect } from 'chai';
import { compileHours } from '../../../src/detect/context/working-hours.ts';

const week = ['mon', 'tue', 'wed', 'thu', 'fri'];
const day = { days: week, from: '07:30', to: '18:30', holidays: ['2026-12-25', '2026-01-26'] };
/** the shift of Friday ends on Saturday at six */
const night = { days: week, from: '22:00', to: '06:00', holidays: ['2026-12-25'] };
const whole = { ...day, from: '00:00', to: '23:59' };

/** Worked out with a calendar: 2 March 2026 is a Monday. Auckland is UTC+13 until 5 April 2026 03:00 (then UTC+12); Berlin UTC+1 until 29 March 2026 02:00, then UTC+2, again UTC+1 from 25 October 03:00. */
const rows: readonly (readonly [name: string, hours: typeof day, zone: string, utc: string, hour: number, isOffHours: boolean])[] = [
  ['in the middle of the day', day, 'UTC', '2026-03-02T12:00:00Z', 12, false],
  ['a millisecond before the first minute', day, 'UTC', '2026-03-02T07:29:59.999Z', 7, true],
  ['the first minute', day, 'UTC', '2026-03-02T07:30:00Z', 7, false],
  ['the end of the last minute', day, 'UTC', '2026-03-02T18:30:59.999Z', 18, false],
  ['the minute after it', day, 'UTC', '2026-03-02T18:31:00Z', 18, true],
  ['Saturday', day, 'UTC', '2026-03-07T12:00:00Z', 12, true],
  ['Sunday in UTC, Monday morning in Auckland', day, 'Pacific/Auckland', '2026-03-01T19:00:00Z', 8, false],
  ['Friday evening in UTC, Saturday morning in Auckland', day, 'Pacific/Auckland', '2026-03-06T19:00:00Z', 8, true],
  ['a holiday that is a Friday', day, 'UTC', '2026-12-25T12:00:00Z', 12, true],
  ['the day after Christmas is a Saturday', day, 'UTC', '2026-12-26T12:00:00Z', 12, true],
  ['the holiday of the zone, which has begun there', day, 'Pacific/Auckland', '2026-01-25T20:00:00Z', 9, true],
  ['the holiday of the zone, which is over there', day, 'Pacific/Auckland', '2026-01-26T20:00:00Z', 9, false],
  ['Berlin, Friday before the clocks go forward: 07:00 is too early', day, 'Europe/Berlin', '2026-03-27T06:00:00Z', 7, true],
  ['Berlin, Monday after it: the same UTC hour is 08:00', day, 'Europe/Berlin', '2026-03-30T06:00:00Z', 8, false],
  ['Berlin, Friday before the clocks go back: 18:00', day, 'Europe/Berlin', '2026-10-23T16:00:00Z', 18, false],
  ['Berlin, Friday before the clocks go back: 19:00', day, 'Europe/Berlin', '2026-10-23T17:00:00Z', 19, true],
  ['Berlin, Monday after it: the same UTC hour is 18:00', day, 'Europe/Berlin', '2026-10-26T17:00:00Z', 18, false],
  ['the hour after the one that is skipped', whole, 'Europe/Berlin', '2026-03-29T01:00:00Z', 3, true],
  ['the repeated hour, first time', whole, 'Europe/Berlin', '2026-10-25T00:30:00Z', 2, true],
  ['the repeated hour, second time', whole, 'Europe/Berlin', '2026-10-25T01:30:00Z', 2, true],
  ['Auckland, Friday before the clocks go back: 07:30', day, 'Pacific/Auckland', '2026-04-02T18:30:00Z', 7, false],
  ['Auckland, Monday after it: the same UTC time is 06:30', day, 'Pacific/Auckland', '2026-04-05T18:30:00Z', 6, true],
  ['a zone of quarter hours', day, 'Pacific/Chatham', '2026-03-01T17:45:00Z', 7, false],
  ['the same zone, a minute earlier', day, 'Pacific/Chatham', '2026-03-01T17:44:59Z', 7, true],
  ['midnight of a whole working day', whole, 'UTC', '2026-03-02T00:00:00Z', 0, false],
  ['the last second of it', whole, 'UTC', '2026-03-06T23:59:59.999Z', 23, false],
  ['over midnight: before it begins', night, 'UTC', '2026-03-02T21:59:00Z', 21, true],
  ['over midnight: Monday evening', night, 'UTC', '2026-03-02T22:00:00Z', 22, false],
  ['over midnight: Tuesday morning belongs to Monday', night, 'UTC', '2026-03-03T06:00:00Z', 6, false],
  ['over midnight: its end', night, 'UTC', '2026-03-03T06:01:00Z', 6, true],
  ['over midnight: Monday morning would belong to Sunday', night, 'UTC', '2026-03-02T03:00:00Z', 3, true],
  ['over midnight: Saturday morning belongs to Friday', night, 'UTC', '2026-03-07T03:00:00Z', 3, false],
  ['over midnight: Saturday evening', night, 'UTC', '2026-03-07T23:00:00Z', 23, true],
  ['over midnight: the morning of the holiday belongs to the day before', night, 'UTC', '2026-12-25T03:00:00Z', 3, false],
  ['over midnight: the evening of the holiday', night, 'UTC', '2026-12-25T23:00:00Z', 23, true],
  ['over midnight: the morning after the holiday', night, 'UTC', '2026-12-26T03:00:00Z', 3, true],
];

describe('working hours', () => {
  for (const [name, hours, zone, utc, hour, isOffHours] of rows) {
    it(name, () => { expect(compileHours(hours, zone)?.(Date.parse(utc))).to.deep.equal({ hour, isOffHours }); });
  }
  it('the zone of the hours comes before that of the tenant', () => {
    expect(compileHours({ ...day, timezone: 'UTC' }, 'Pacific/Auckland')?.(Date.parse('2026-03-02T12:00:00Z'))).to.deep.equal({ hour: 12, isOffHours: false });
  });
  it('without hours only the hour is known', () => { expect(compileHours(undefined, 'Asia/Kolkata')?.(Date.parse('2026-03-02T19:00:00Z'))).to.deep.equal({ hour: 0 }); });
  it('without a zone nothing is', () => { expect([compileHours(day, undefined), compileHours(undefined, undefined)]).to.deep.equal([undefined, undefined]); });
  it('a time at the end of what a date can be does not throw', () => { expect(compileHours(day, 'Pacific/Auckland')?.(8.64e15 - 86_400_000).isOffHours).to.be.a('boolean'); });
});
