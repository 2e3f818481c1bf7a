import { expect } from 'chai';
import { elapsedNs, isNoTime, readUtcTime } from '../../../src/text/utc-time.ts';

describe('readUtcTime', () => {
  const rows: readonly (readonly [name: string, text: string, iso: string, restNs: number])[] = [
    ['no fraction digit', '2022-05-02T22:17:03Z', '2022-05-02T22:17:03.000Z', 0],
    ['three digits', '2025-03-11T09:02:14.552Z', '2025-03-11T09:02:14.552Z', 0],
    ['six digits', '2022-05-02T22:14:58.331120Z', '2022-05-02T22:14:58.331Z', 120_000],
    ['seven digits, truncated and not rounded', '2022-05-02T22:17:03.5019999Z', '2022-05-02T22:17:03.501Z', 999_900],
    ['one digit is tenths', '2022-04-02T13:58:11.1Z', '2022-04-02T13:58:11.100Z', 0],
    ['no zone is UTC', '2022-05-02T22:17:03.5', '2022-05-02T22:17:03.500Z', 0],
    ['an offset east of UTC', '2022-05-03T10:17:03+12:00', '2022-05-02T22:17:03.000Z', 0],
    ['an offset west of UTC', '2022-05-02T17:47:03-04:30', '2022-05-02T22:17:03.000Z', 0],
    ['a saved answer that went through another tool', '/Date(1651529823501)/', '2022-05-02T22:17:03.501Z', 0],
    ['the end of time', '9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z', 999_900],
    ['29 February of a leap year', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z', 0],
  ];
  for (const [name, text, iso, restNs] of rows) it(name, () => {
    const time = readUtcTime(text);
    expect(new Date(time!.ms).toISOString()).to.equal(iso);
    expect(time!.restNs).to.equal(restNs);
  });

  for (const text of ['', 'yesterday', '2022-02-30T00:00:00Z', '2022-13-01T00:00:00Z', '2022-01-01T24:30:00Z', '2022-01-01', '3/05/2022 10:17 AM', '/Date(999999999999999999)/', '2022-05-02T22:17:03.Z']) {
    it(`refuses '${text}'`, () => { expect(readUtcTime(text)).to.equal(undefined); });
  }
});

describe('isNoTime', () => {
  it('knows the end of time, in any zone', () => { expect(isNoTime(readUtcTime('9999-12-31T23:59:59.9999999Z')!)).to.equal(true); });
  it('knows the beginning of time', () => { expect(isNoTime(readUtcTime('0001-01-01T00:00:00Z')!)).to.equal(true); });
  it('leaves real times alone', () => { expect(isNoTime(readUtcTime('2022-05-02T22:17:03Z')!)).to.equal(false); });
});

describe('elapsedNs', () => {
  it('keeps what milliseconds lose', () => {
    expect(elapsedNs(readUtcTime('2022-05-02T22:17:03.5017722Z')!, readUtcTime('2022-05-02T22:17:06.0912031Z')!)).to.equal(2_589_430_900);
  });
  it('is undefined when the end is before the start', () => {
    expect(elapsedNs(readUtcTime('2022-05-02T22:17:03.5017722Z')!, readUtcTime('2022-05-02T22:17:03.5017721Z')!)).to.equal(undefined);
  });
});
