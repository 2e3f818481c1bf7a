import { expect } from 'chai';
import { createPeople } from '../../../src/detect/context/people.ts';
import type { Event } from '../../../src/event.ts';
import { byAddress, restore, without } from './build.ts';

const accounts = [
  { names: ['CONTOSO\\mia', 'mia.wood@contoso.example', 'Mia Wood'], kind: 'person', groups: ['helpdesk', 'approved'] },
  { names: ['CONTOSO\\ann', 'Ann Lee'], kind: 'person', groups: [] },
  { names: ['CONTADM01\\restore-ops', 'svc-restore@contoso.onmicrosoft.example'], kind: 'shared', groups: ['break_glass'] },
  { names: ['CONTOSO\\svc-backup'], kind: 'service', groups: [] },
  { names: ['restore-portal'], kind: 'application', groups: ['provider'] },
] as const;
const ownedBy = (over: Event, by: Event = restore()): Event => ({ ...Object.fromEntries(Object.entries(by).filter(([name]) => !/^(user\.target|vb365\.owner)\./.test(name))), ...over });
const nobody = without('user.name', 'user.domain');

describe('operator is owner', () => {
  const bare = createPeople([]);
  const mapped = createPeople(accounts);
  const rows: readonly (readonly [name: string, people: typeof bare, restore: Event, is: boolean | undefined])[] = [
    ['the same address', bare, byAddress('ann.lee@contoso.example', { 'user.target.email': 'ann.lee@contoso.example' }), true],
    ['the same address in another casing', bare, byAddress('Ann.Lee@Contoso.example', { 'user.target.email': 'ann.lee@contoso.example' }), true],
    ['two addresses', bare, byAddress('ann.leed@contoso.example', { 'user.target.email': 'ann.lee@contoso.example' }), false],
    ['an account of Windows and a display name', bare, restore(), undefined],
    ['an account of Windows and an address: the login proves nothing', bare, restore({ 'user.name': 'ann.lee', 'user.target.email': 'ann.lee@contoso.example' }), undefined],
    ['an address and a display name', bare, byAddress('ann.lee@contoso.example'), undefined],
    ['nobody is named', bare, { ...nobody, 'user.target.email': 'ann.lee@contoso.example' }, undefined],
    ['the owner is unknown', bare, ownedBy({ 'vb365.owner.type': 'unknown' }), undefined],
    ['the owner is a site', bare, ownedBy({ 'vb365.owner.type': 'site', 'vb365.owner.name': 'finance' }), false],
    ['the owner is a team', bare, ownedBy({ 'vb365.owner.type': 'team', 'vb365.owner.name': 'Finance', 'group.name': 'Finance' }), false],
    ['mapped: account and address of one person', mapped, restore({ 'user.target.email': 'Mia.Wood@contoso.example' }), true],
    ['mapped: account and display name of one person', mapped, ownedBy({ 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'mia wood' }), true],
    ['mapped: two persons', mapped, restore(), false],
    ['mapped: the operator has addresses, and the owner another one', mapped, restore({ 'user.target.email': 'ann.lee@contoso.example' }), false],
    ['mapped: an address tells two people of one name apart', mapped, ownedBy({ 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Mia Wood', 'user.target.email': 'mia.wood2@contoso.example' }), false],
    ['mapped without an address: open', mapped, restore({ 'user.name': 'ann', 'user.target.email': 'ann.lee@contoso.example' }), undefined],
    ['mapped: the owner is not configured', mapped, ownedBy({ 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Tom Ray' }), undefined],
  ];
  for (const [name, people, event, is] of rows) it(name, () => { expect(people.operatorIsOwner(event)).to.equal(is); });
});

describe('groups of the operator', () => {
  const people = createPeople(accounts);
  const rows: readonly (readonly [name: string, restore: Event, groups: readonly string[]])[] = [
    ['of a person, sorted', restore(), ['approved', 'helpdesk']],
    ['by another spelling of the same person', byAddress('mia.wood@contoso.example'), ['approved', 'helpdesk']],
    ['without case', restore({ 'user.name': 'MIA', 'user.domain': 'contoso' }), ['approved', 'helpdesk']],
    ['the same name in another domain is another account', restore({ 'user.domain': 'FABRIKAM' }), []],
    ['a shared account is in the group of its kind too', restore({ 'user.name': 'restore-ops', 'user.domain': 'CONTADM01' }), ['break_glass', 'shared']],
    ['a service, which is never named', { ...nobody, 'vb365.attribution.kind': 'service_account', 'vb365.attribution.reported': 'contoso\\SVC-backup' }, ['service']],
    ['a program', { ...nobody, 'vb365.attribution.kind': 'application', 'vb365.attribution.reported': 'restore-portal' }, ['provider']],
    ['what is only reported', { ...nobody, 'vb365.attribution.kind': 'unknown', 'vb365.attribution.reported': 'CONTOSO\\mia' }, []],
    ['candidates are nobody', { ...nobody, 'vb365.attribution.candidates': ['CONTOSO\\mia', 'CONTOSO\\ann'] }, []],
    ['not configured', restore({ 'user.name': 'tom' }), []],
    ['a person without groups', restore({ 'user.name': 'ann' }), []],
  ];
  for (const [name, event, groups] of rows) it(name, () => { expect(people.operatorGroups(event)).to.deep.equal(groups); });
  it('an account called __proto__ has none', () => { expect(people.operatorGroups(restore({ 'user.name': '__proto__' }))).to.deep.equal([]); });
});
