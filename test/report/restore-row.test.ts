import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { gapCodes, gapText } from '../../src/report/gap-texts.ts';
import { groupRestores } from '../../src/report/group-restores.ts';
import { latestRestores } from '../../src/report/latest-restores.ts';
import { operatorText } from '../../src/report/operator-text.ts';
import { restoreRow } from '../../src/report/restore-row.ts';
import { examples, restoreOf, without } from './example-restores.ts';

const example = (name: string): Event => examples[name]!;

describe('operator in words', () => {
  const named = { 'user.name': 'alice', 'user.domain': 'CONTOSO' } as const;
  const rows: readonly (readonly [string, Event, string])[] = [
    ['an account of a domain', example('fieldMap'), 'CONTOSO\\alice'],
    ['with the display name', { ...example('fieldMap'), 'user.full_name': 'Alice Ng' }, 'Alice Ng (CONTOSO\\alice)'],
    ['an address', example('portal'), 'portal.operator@contoso.onmicrosoft.example'],
    ['a shared account is no person', example('shared'), 'shared account CONTADM01\\restore-ops (person unknown)'],
    ['a service account is no person', example('service'), 'service account CONTOSO\\svc-veeam (no person)'],
    ['a service account that attribution named is none either', restoreOf({ ...named, 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.kind': 'service_account' }), 'service account CONTOSO\\alice (no person)'],
    ['an application', restoreOf({ 'vb365.attribution.kind': 'application', 'vb365.attribution.reported': 'backup-bot' }), 'application backup-bot (no person)'],
    ['a service account reported as the organisation has no name', { ...example('service'), 'vb365.attribution.reported': 'CONTOSO.onmicrosoft.example' }, 'service account (no person)'],
    ['several candidates', example('payrollMail'), 'one of CONTOSO\\h.fraser, CONTOSO\\l.matiu'],
    ['many candidates', { ...example('payrollMail'), 'vb365.attribution.candidates': ['a', 'b', 'c', 'd', 'e'] }, 'one of a, b, c and 2 more'],
    ['only the organisation', example('organizationOnly'), 'organisation adatum.onmicrosoft.example only'],
    ['unknown with its most telling reason', example('unknown'), 'unknown (log without header)'],
    ['unknown without a reason', restoreOf(), 'unknown (no source names anybody)'],
    ['a user beside `ambiguous` names nobody', { ...example('payrollMail'), ...named }, 'one of CONTOSO\\h.fraser, CONTOSO\\l.matiu'],
    ['a user beside `unknown` names nobody', restoreOf(named), 'unknown (no source names anybody)'],
  ];
  for (const [name, restore, text] of rows) it(name, () => { expect(operatorText(restore)).to.equal(text); });
});

describe('restore in words', () => {
  const rows: readonly (readonly [string, Event, string, Partial<ReturnType<typeof restoreRow>>])[] = [
    ['field map 9', example('fieldMap'), 'UTC', {
      when: '2026-11-22 09:11:12', verb: 'saved', item: 'Q3, final', owner: 'Ann Lee (ann.lee@fabrikam.example)', from: 'Ann Lee\\Inbox\\Finance', to: 'C:\\Users\\alice\\Desktop', client: 'WKS-07',
      result: 'success', confidence: 'corroborated', organization: 'fabrikam.onmicrosoft.example', tenant: 'fabrikam', size: 80_998, items: 1,
    }],
    ['in summer time of another zone', example('fieldMap'), 'Pacific/Auckland', { when: '2026-11-22 22:11:12' }],
    ['back in place (s03)', example('nadiaBack'), 'UTC', { verb: 'restored', to: 'back in place' }],
    ['into another mailbox (s03)', example('nadiaElsewhere'), 'UTC', { to: 'Joan Whitfield\\Inbox\\Restored' }],
    ['failed (s01)', example('mereFailed'), 'UTC', { verb: 'tried to save', result: 'failed' }],
    ['opened', example('organizationOnly'), 'UTC', { verb: 'opened', to: 'screen only', owner: 'Lee Okoro' }],
    ['a site is nobody', example('portal'), 'UTC', { owner: 'site Finance team site', client: '192.0.2.210' }],
    ['nothing known', restoreOf(), 'UTC', { owner: 'unknown', from: 'unknown', to: 'unknown', client: '', item: 'an item without a name' }],
    ['archive mailbox', restoreOf({ 'vb365.owner.type': 'archive_mailbox', 'vb365.owner.name': 'Ann Lee' }), 'UTC', { owner: 'archive of Ann Lee' }],
    ['login without display name', restoreOf({ 'user.target.name': 'ann', 'user.target.domain': 'FABRIKAM' }), 'UTC', { owner: 'FABRIKAM\\ann' }],
    ['sent', restoreOf({ 'event.action': 'item-send', 'vb365.operation': 'send', 'vb365.target.kind': 'email', 'email.to.address': ['a@fabrikam.example', 'b@fabrikam.example'] }), 'UTC', { verb: 'sent', to: 'e-mail to a@fabrikam.example, b@fabrikam.example' }],
    ['only counts', restoreOf({ 'vb365.restore.items.total': 40 }), 'UTC', { item: '40 items', items: 40 }],
    ['the result of the outcome where the product states none', { ...restoreOf({ 'event.outcome': 'failure' }), 'vb365.result': 'none' }, 'UTC', { result: 'failed' }],
  ];
  for (const [name, restore, zone, expected] of rows) it(name, () => { expect(restoreRow(restore, zone)).to.include(expected); });

  it('a time that is none is said and not invented', () => {
    expect(restoreRow(without(restoreOf(), 'event.start', '@timestamp')).when).to.equal('unknown');
  });
});

describe('gaps in words', () => {
  const known = [
    'extended-logging-off', 'fields-ambiguous', 'operation-incomplete', 'count-mismatch', 'items-unknown', 'second-header', 'header-missing', 'host-not-collected', 'log-missing', 'rest-missing', 'mail-missing',
    'time-ambiguous', 'offset-unknown', 'profile-differs', 'initiator-differs', 'account-shared', 'account-service', 'candidates-many', 'session-ambiguous', 'clock-skew', 'auditing-off',
  ];
  it('every code of attribution and normalisation has its words', () => { expect([...gapCodes].sort()).to.deep.equal([...known].sort()); });
  for (const code of known) {
    it(`${code}: a sentence and what to do`, () => {
      const { sentence, remedy } = gapText(code);
      expect(sentence).to.match(/^[A-Z].{20,}\.$/s);
      expect(remedy).to.match(/^[A-Z].{15,}\.$/s);
    });
  }
  it('an unknown code prints as it is', () => { expect(gapText('new-code')).to.deep.equal({ code: 'new-code', short: 'new-code', sentence: 'new-code' }); });
  it('the name of an inherited member is an unknown code', () => { expect(gapText('constructor').sentence).to.equal('constructor'); });
});

describe('latest restores', () => {
  const one = restoreOf({ 'vb365.restore.id': 'r1' });
  it('takes the highest revision in whatever order they come', () => {
    const two = { ...one, 'vb365.restore.revision': 2 };
    expect(latestRestores([two, one])).to.deep.equal([two]);
    expect(latestRestores([one, two])).to.deep.equal([two]);
  });
  it('leaves out what turned out to be another restore', () => {
    expect(latestRestores([one, { ...one, 'vb365.restore.revision': 2, 'vb365.restore.merged_into': 'r2' }])).to.deep.equal([]);
  });
  it('leaves out other levels', () => { expect(latestRestores([{ ...one, 'vb365.level': 'activity' }])).to.deep.equal([]); });
  it('sorts by time, then by id', () => {
    const later = restoreOf({ 'vb365.restore.id': 'a', 'event.start': '2022-06-13T22:00:00.000Z' });
    const same = restoreOf({ 'vb365.restore.id': 'r0' });
    expect(latestRestores([later, one, same]).map((restore) => restore['vb365.restore.id'])).to.deep.equal(['r0', 'r1', 'a']);
  });
});

describe('restores of one operation', () => {
  const [failed, notice, hostile] = [example('mereFailed'), example('mereNotice'), example('mereHostile')];
  it('are one entry, and what failed stays apart', () => {
    const groups = groupRestores([failed, hostile, notice], 'UTC');
    expect(groups.map(({ row }) => [row.items, row.result])).to.deep.equal([[1, 'failed'], [2, 'success']]);
    expect(groups[1]!.row.size).to.equal(9_011 + 15_872);
    expect(groups[1]!.row.item).to.equal('2 items: Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total, Delivery notice');
  });
  it('stay apart when asked for', () => { expect(groupRestores([failed, hostile, notice], 'UTC', true)).to.have.length(3); });
  it('stay apart when their operators differ', () => {
    expect(groupRestores([hostile, { ...notice, 'user.name': 'h.fraser' }], 'UTC')).to.have.length(2);
  });
  it('stay apart when candidates differ that the text only counts', () => {
    const among = (last: string): Event => ({ ...notice, 'vb365.attribution.confidence': 'ambiguous', 'vb365.attribution.candidates': ['a', 'b', 'c', last] });
    expect(groupRestores([among('d'), among('e')], 'UTC')).to.have.length(2);
  });
  it('stay apart when they failed for different reasons', () => {
    expect(groupRestores([failed, { ...failed, 'event.reason': 'The disk is full.' }], 'UTC')).to.have.length(2);
  });
  it('stay apart without a batch', () => {
    const alone = without(notice, 'vb365.restore.batch');
    expect(groupRestores([alone, alone], 'UTC')).to.have.length(2);
  });
  it('begin when their first item begins', () => {
    const [group] = groupRestores([notice, hostile], 'UTC');
    expect(group!.row.startMs).to.equal(Date.UTC(2022, 4, 2, 22, 21, 45, 2));
  });
});
