import { expect } from 'chai';
import fc from 'fast-check';
import { isZone, zoneOffsetAt, zoneOffsets } from '../../src/text/zone.ts';

const at = (iso: string): number => Date.parse(iso);

describe('offsets of a zone', () => {
  const rows: readonly (readonly [string, string, string, number])[] = [
    ['winter', 'Europe/Berlin', '2026-01-15T12:00:00Z', 60],
    ['summer', 'Europe/Berlin', '2026-07-15T12:00:00Z', 120],
    ['the last moment of winter', 'Europe/Berlin', '2026-03-29T00:59:59.999Z', 60],
    ['the first moment of summer', 'Europe/Berlin', '2026-03-29T01:00:00Z', 120],
    ['the last moment of summer', 'Europe/Berlin', '2026-10-25T00:59:59.999Z', 120],
    ['the first moment of winter', 'Europe/Berlin', '2026-10-25T01:00:00Z', 60],
    ['west', 'America/New_York', '2026-07-15T12:00:00Z', -240],
    ['the change of New York on the day of the change', 'America/New_York', '2026-03-08T07:00:00Z', -240],
    ['a quarter hour', 'Asia/Kathmandu', '2026-07-15T12:00:00Z', 345],
    ['half an hour of summer time', 'Australia/Lord_Howe', '2026-01-15T12:00:00Z', 660],
    ['and none', 'Australia/Lord_Howe', '2026-07-15T12:00:00Z', 630],
    ['a day that was left out', 'Pacific/Apia', '2011-12-30T11:00:00Z', 840],
    ['and before it', 'Pacific/Apia', '2011-12-30T09:00:00Z', -600],
  ];
  for (const [name, zone, when, minutes] of rows) it(name, () => { expect(zoneOffsetAt(zone, at(when))).to.equal(minutes); });

  const clocks: readonly (readonly [string, string, readonly number[]])[] = [
    ['one', '2026-07-15T12:00:00Z', [120]],
    ['none in the hour that is skipped', '2026-03-29T02:30:00Z', []],
    ['two in the hour that is repeated, the earlier instant first', '2026-10-25T02:30:00Z', [120, 60]],
    ['one before it', '2026-10-25T01:59:59Z', [120]],
    ['one behind it', '2026-10-25T03:00:00Z', [60]],
  ];
  for (const [name, local, offsets] of clocks) it(`a wall clock of Berlin: ${name}`, () => { expect(zoneOffsets('Europe/Berlin', at(local))).to.deep.equal(offsets); });

  it('of any instant is what the runtime prints', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca', 'Asia/Tehran', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo', 'UTC');
    fc.assert(fc.property(zone, fc.integer({ min: at('2000-01-01T00:00:00Z') / 1000, max: at('2037-12-31T00:00:00Z') / 1000 }), (name, seconds) => {
      const printed = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }).formatToParts(seconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(printed) ?? [];
      expect(zoneOffsetAt(name, seconds * 1000)).to.equal((sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) + 0);
    }), { numRuns: 2000 });
  });

  it('only zones that exist are known', () => {
    expect([isZone('Europe/Berlin'), isZone('UTC'), isZone('Europe/Atlantis'), isZone(''), isZone('../etc')]).to.deep.equal([true, true, false, false, false]);
  });
});
