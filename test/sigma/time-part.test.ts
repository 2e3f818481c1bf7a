import { expect } from 'chai';
import { timePart, type TimePart } from '../../src/sigma/time-part.ts';

describe('parts of a time', () => {
  const all: readonly TimePart[] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
  const rows: readonly (readonly [string, unknown, readonly (number | undefined)[]])[] = [
    ['UTC', '2026-03-02T09:15:30Z', [15, 9, 2, 10, 3, 2026]],
    ['with parts of a second', '2026-03-02T09:15:59.999999999999999Z', [15, 9, 2, 10, 3, 2026]],
    ['an offset ahead: still the day before in UTC', '2026-03-01T00:30:00+02:00', [30, 22, 28, 9, 2, 2026]],
    ['an offset behind, with half an hour', '2025-12-31T23:00:00-03:30', [30, 2, 1, 1, 1, 2026]],
    ['small letters', '2026-03-02t09:15:30z', [15, 9, 2, 10, 3, 2026]],
    ['milliseconds', 1_767_225_600_000, [0, 0, 1, 1, 1, 2026]],
    ['parts of a millisecond are left away', 1_767_225_600_000.9, [0, 0, 1, 1, 1, 2026]],
    ['milliseconds before 1970', -1, [59, 23, 31, 1, 12, 1969]],
    ['1 January in week 53 of the year before', '2021-01-01T12:00:00Z', [0, 12, 1, 53, 1, 2021]],
    ['31 December in week 1 of the year after', '2024-12-31T12:00:00Z', [0, 12, 31, 1, 12, 2024]],
    ['29 February', '2024-02-29T00:00:00Z', [0, 0, 29, 9, 2, 2024]],
    ['Sunday ends a week', '2026-01-04T23:59:00Z', [59, 23, 4, 1, 1, 2026]],
    ['Monday begins one', '2026-01-05T00:00:00Z', [0, 0, 5, 2, 1, 2026]],
    ['a leap second belongs to the next minute', '2016-12-31T23:59:60Z', [0, 0, 1, 52, 1, 2017]],
  ];
  for (const [name, value, expected] of rows) it(name, () => { expect(all.map((part) => timePart(value, part))).to.deep.equal(expected); });
  const without: readonly unknown[] = ['2026-03-02T09:15:30', '2026-03-02', '2026-03-02T09:15Z', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-03-02T24:00:00Z', '2026-03-02T09:15:30+24:00', '2026-03-02T09:15:30+0200', '2026-03-02T09:15:30,5Z', ' 2026-03-02T09:15:30Z', '1767225600000', '', 'x', Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1, true, null, {}, undefined];
  for (const value of without) it(`none in ${String(value)} (${typeof value})`, () => { expect(all.map((part) => timePart(value, part))).to.deep.equal(all.map(() => undefined)); });
});
