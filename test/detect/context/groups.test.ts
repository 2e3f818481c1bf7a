import { expect } from 'chai';
import { compileGroups, hostNames } from '../../../src/detect/context/groups.ts';
import { createPeople } from '../../../src/detect/context/people.ts';
import type { Event } from '../../../src/event.ts';
import { maxComparedName } from '../../../src/limits.ts';
import { restore, without } from './build.ts';

describe('groups of the owner', () => {
  const groups = compileGroups({
    vip: ['ceo@contoso.example', 'Ben Young'], legal_hold: ['*@legal.contoso.example', 'finance'], security: ['@soc.contoso.example'], leaver: ['board.example'],
    protected: ['ann.le?@contoso.example', '*salary*'], empty: [],
  });
  const people = createPeople([{ names: ['CONTOSO\\ceo', 'ceo@contoso.example', 'Cleo Odum'], kind: 'person', groups: [] }]);
  const mailbox = (address: string): Event => restore({ 'user.target.email': address });
  const named = (name: string): Event => ({ ...without('user.target.full_name'), 'vb365.owner.name': name });
  const rows: readonly (readonly [name: string, restore: Event, groups: readonly string[]])[] = [
    ['an address', mailbox('ceo@contoso.example'), ['vip']],
    ['an address in another casing', mailbox('CEO@Contoso.example'), ['vip']],
    ['an address that only begins so', mailbox('ceo@contoso.example.fabrikam.example'), []],
    ['a display name', named('ben young'), ['vip']],
    ['part of a display name', named('Ben Youngman'), []],
    ['another spelling of a configured account', named('Cleo Odum'), ['vip']],
    ['a pattern on the domain', mailbox('a@legal.contoso.example'), ['legal_hold']],
    ['one letter', mailbox('ann.lee@contoso.example'), ['protected']],
    ['no letter where one must be', mailbox('ann.le@contoso.example'), []],
    ['a whole domain with its sign', mailbox('x@soc.contoso.example'), ['security']],
    ['a whole domain without it', mailbox('x@board.example'), ['leaver']],
    ['a domain beneath a whole one is another', mailbox('x@a.board.example'), []],
    ['a site by its name', { ...named('Finance'), 'vb365.owner.type': 'site' }, ['legal_hold']],
    ['a pattern inside a name', named('Finance salary'), ['protected']],
    ['an address of one and a name of another', { ...mailbox('ceo@contoso.example'), 'vb365.owner.name': 'Salary mailbox' }, ['protected', 'vip']],
    ['nobody of these', mailbox('tom@contoso.example'), []],
    ['owner unknown', without('user.target.full_name', 'vb365.owner.name'), []],
  ];
  for (const [name, event, expected] of rows) it(name, () => { expect(groups(people.ownerNames(event))).to.deep.equal(expected); });
  it('no groups, no members', () => { expect(compileGroups({})(['a'])).to.deep.equal([]); });
  it('a name that no pattern should be tried on for long is cut', () => {
    const pattern = `${'*a'.repeat(20)}*b`;
    expect(compileGroups({ slow: [pattern] })(['a'.repeat(1_000_000)])).to.deep.equal([]);
    expect(compileGroups({ end: ['*z'] })([`${'a'.repeat(maxComparedName - 1)}z`, `${'a'.repeat(maxComparedName)}z`])).to.deep.equal(['end']);
    expect(compileGroups({ end: ['*z'] })([`${'a'.repeat(maxComparedName)}z`])).to.deep.equal([]);
  });
});

describe('groups of the host', () => {
  const groups = compileGroups({ approved: ['CONTADM01', '192.0.2.10'], jump: ['jump-*', '198.51.100.*'], provider: ['provider.example', 'wks-07.fabrikam.example'] });
  const on = (over: Event): Event => ({ ...without('source.domain'), ...over });
  const rows: readonly (readonly [name: string, restore: Event, groups: readonly string[]])[] = [
    ['a name without case', on({ 'source.domain': 'contadm01' }), ['approved']],
    ['the same with its domain', on({ 'source.domain': 'CONTADM01.contoso.example' }), ['approved']],
    ['another one that begins so', on({ 'source.domain': 'CONTADM011' }), []],
    ['an address', on({ 'source.ip': '192.0.2.10' }), ['approved']],
    ['an address that begins so', on({ 'source.ip': '192.0.2.101' }), []],
    ['a pattern of names', on({ 'source.domain': 'JUMP-3' }), ['jump']],
    ['a pattern of addresses', on({ 'source.ip': '198.51.100.7' }), ['jump']],
    ['a whole domain', on({ 'source.domain': 'noc1.provider.example' }), ['provider']],
    ['a machine by its whole name', on({ 'source.domain': 'WKS-07.fabrikam.example' }), ['provider']],
    ['its first label alone may be another machine', on({ 'source.domain': 'WKS-07' }), []],
    ['name and address', on({ 'source.domain': 'jump-1', 'source.ip': '192.0.2.10' }), ['approved', 'jump']],
    ['the gateway is not the client', on({ 'vb365.client.gateway_ip': '192.0.2.10' }), []],
    ['unknown', on({}), []],
  ];
  for (const [name, event, expected] of rows) it(name, () => { expect(groups(hostNames(event))).to.deep.equal(expected); });
});
