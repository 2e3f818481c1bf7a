import { expect } from 'chai';
import { filterRestores, isCandidateOnly, type RestoreFilter } from '../../src/report/filter-restores.ts';
import { readPeriod } from '../../src/report/read-period.ts';
import { examples, restoreOf, without } from './example-restores.ts';

describe('filter', () => {
  const found = (filter: RestoreFilter): readonly string[] => {
    const names = new Map(Object.entries(examples).map(([name, restore]) => [restore, name]));
    return filterRestores(Object.values(examples), filter).map((restore) => names.get(restore)!);
  };
  const rows: readonly (readonly [string, RestoreFilter, readonly string[]])[] = [
    ['owner by display name, without case', { owner: 'nadia' }, ['nadia', 'nadiaBack', 'nadiaElsewhere']],
    ['owner by address', { owner: 'ANN.LEE@fabrikam' }, ['fieldMap']],
    ['owner by name of a site', { owner: 'finance team' }, ['portal']],
    ['owner never matches the operator', { owner: 'whitfield' }, []],
    ['operator by DOMAIN\\name', { operator: 'contoso\\h.fraser' }, ['payroll']],
    ['operator by name@domain', { operator: 'h.fraser@contoso' }, ['payroll']],
    ['operator with candidates', { operator: 'h.fraser', withCandidates: true }, ['payroll', 'payrollMail']],
    ['a candidate is no operator unless asked for', { operator: 'l.matiu' }, []],
    ['a candidate when asked for', { operator: 'l.matiu', withCandidates: true }, ['payrollMail']],
    ['operator never matches the organisation that was reported', { operator: 'contoso.onmicrosoft' }, ['portal']],
    ['operator that is a program', { operator: 'svc-veeam' }, ['service']],
    ['tenant by organisation', { tenant: 'adatum.on' }, ['nadia', 'nadiaBack', 'nadiaElsewhere', 'organizationOnly']],
    ['since and until, both inclusive', { sinceMs: Date.UTC(2022, 5, 13, 21, 41), untilMs: Date.UTC(2022, 5, 13, 21, 41, 10, 330) }, ['payroll', 'payrollMail']],
    ['a restore that lasts into the period', { sinceMs: Date.UTC(2026, 10, 22, 9, 11, 16) }, ['fieldMap']],
    ['one millisecond after its end', { sinceMs: Date.UTC(2026, 10, 22, 9, 11, 16, 504) }, []],
    ['everything together', { owner: 'ana', operator: 'fraser', tenant: 'contoso', sinceMs: Date.UTC(2022, 0, 1) }, ['payroll']],
    ['an empty name asks for nothing', { owner: ' ' }, Object.keys(examples)],
  ];
  for (const [name, filter, names] of rows) it(name, () => { expect(found(filter)).to.deep.equal(names); });

  it('says who is only a candidate', () => {
    expect(isCandidateOnly(examples['payrollMail']!, 'matiu')).to.equal(true);
    expect(isCandidateOnly(examples['payroll']!, 'fraser')).to.equal(false);
  });
  it('never hides a restore without a time by a time', () => {
    expect(filterRestores([without(restoreOf(), 'event.start', '@timestamp')], { sinceMs: 0, untilMs: 1 })).to.have.length(1);
  });
  it('finds a name however its letters are composed', () => {
    expect(filterRestores([restoreOf({ 'vb365.owner.name': 'Bru\u0308ckner' })], { owner: 'brückner' })).to.have.length(1);
  });
});

describe('period', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const moments: readonly (readonly [string, { since?: string; until?: string }, string, { sinceMs?: number; untilMs?: number }])[] = [
    ['a date is its first moment', { since: '2026-11-22' }, 'UTC', { sinceMs: Date.UTC(2026, 10, 22) }],
    ['and its last', { until: '2026-11-22' }, 'UTC', { untilMs: Date.UTC(2026, 10, 23) - 1 }],
    ['a day of another zone', { since: '2026-11-22', until: '2026-11-22' }, 'Pacific/Auckland', { sinceMs: Date.UTC(2026, 10, 21, 11), untilMs: Date.UTC(2026, 10, 22, 11) - 1 }],
    // Berlin ends summer time on 25 October 2026 at 03:00: the day has 25 hours.
    ['a day of 25 hours', { since: '2026-10-25', until: '2026-10-25' }, 'Europe/Berlin', { sinceMs: Date.UTC(2026, 9, 24, 22), untilMs: Date.UTC(2026, 9, 25, 23) - 1 }],
    ['a repeated time widens the period', { since: '2026-10-25T02:30', until: '2026-10-25T02:30' }, 'Europe/Berlin', { sinceMs: Date.UTC(2026, 9, 25, 0, 30), untilMs: Date.UTC(2026, 9, 25, 1, 30) }],
    ['a skipped time is read as if the clock had not been changed', { since: '2026-03-29T02:30' }, 'Europe/Berlin', { sinceMs: Date.UTC(2026, 2, 29, 1, 30) }],
    ['an offset of its own', { since: '2026-11-22T09:00:00+13:00' }, 'UTC', { sinceMs: Date.UTC(2026, 10, 21, 20) }],
    ['seven days ago', { since: '7d' }, 'UTC', { sinceMs: Date.UTC(2026, 10, 15, 12) }],
    ['two weeks and thirty minutes', { since: '2w', until: '30m' }, 'UTC', { sinceMs: Date.UTC(2026, 10, 8, 12), untilMs: Date.UTC(2026, 10, 22, 11, 30) }],
    ['nothing typed', {}, 'UTC', {}],
  ];
  for (const [name, typed, zone, period] of moments) it(name, () => { expect(readPeriod(typed, zone, now)).to.deep.equal({ period, problems: [] }); });

  const wrong: readonly (readonly [string, { since?: string; until?: string }, string, readonly RegExp[]])[] = [
    ['a word', { since: 'yesterday' }, 'UTC', [/--since.*yesterday/]],
    ['a day that does not exist', { since: '2026-02-30' }, 'UTC', [/2026-02-30/]],
    ['both at once', { since: 'x', until: '22.11.2026' }, 'UTC', [/--since/, /--until.*22\.11\.2026/]],
    ['exchanged', { since: '2026-11-22', until: '2026-11-21' }, 'UTC', [/later than/]],
    ['unknown zone', { since: '7d' }, 'Mars/Olympus', [/Mars\/Olympus/]],
    ['empty', { until: '' }, 'UTC', [/--until/]],
  ];
  for (const [name, typed, zone, messages] of wrong) {
    it(`usage problem: ${name}`, () => {
      const { problems } = readPeriod(typed, zone, now);
      expect(problems).to.have.length(messages.length);
      problems.forEach(({ code, message, remedy }, at) => {
        expect(code).to.equal('usage');
        expect(message).to.match(messages[at]!);
        expect(remedy).to.be.a('string').and.not.equal('');
      });
    });
  }
});
