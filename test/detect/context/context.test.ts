import { expect } from 'chai';
import fc from 'fast-check';
import { createContext } from '../../../src/detect/context/context.ts';
import type { Event } from '../../../src/event.ts';
import { createTenants } from '../../../src/route/tenants.ts';
import { knowledge, restore, settings, tenant } from './build.ts';

const contoso = tenant({
  timezone: 'UTC', hours: { days: ['mon'], from: '10:00', to: '18:00', holidays: [] },
  accounts: [{ names: ['CONTOSO\\mia'], kind: 'person', groups: ['approved'] }], ownerGroups: { vip: ['Ann Lee'] }, hostGroups: { jump: ['ADM01'] }, placeholders: { free_mail: ['Freemail.example'] },
});
const contextOf = (event: Event): Record<string, unknown> => Object.fromEntries(Object.entries(event).filter(([name]) => name.startsWith('vb365.context.')).map(([name, value]) => [name.slice('vb365.context.'.length), value]));
const day = (date: number, over: Event = {}): Event => restore({ 'vb365.restore.id': `r-${date}`, 'event.start': `2026-03-${String(date).padStart(2, '0')}T09:00:00.000Z`, ...over });

describe('derived facts of a restore', () => {
  it('all that the configuration allows', () => {
    const context = createContext(settings([contoso]), knowledge);
    expect(contextOf(context.add(restore({ 'vb365.session.restore_point': '2026-03-01T21:30:00.000Z' })))).to.deep.equal({
      host_groups: ['jump'], local_hour: 9, off_hours: true, operator_groups: ['approved'], owner_groups: ['vip'], restore_point_age: 11, target_place: 'operator_profile',
    });
  });
  it('without configuration only what needs none', () => {
    const context = createContext(settings(), createTenants());
    expect(contextOf(context.add(restore()))).to.deep.equal({ target_place: 'operator_profile' });
  });
  it('nothing of a restore of which nothing is known', () => { expect(createContext(settings([contoso]), knowledge).add({ 'vb365.level': 'restore' })).to.deep.equal({ 'vb365.level': 'restore' }); });
  it('groups of one tenant say nothing of another', () => {
    expect(contextOf(createContext(settings([contoso, tenant({ id: 'fabrikam' })]), knowledge).add(restore({ 'vb365.tenant.id': 'fabrikam' })))).to.deep.equal({ target_place: 'operator_profile' });
  });
  it('lists of the whole file and of the tenant make one list of mail providers', () => {
    const context = createContext(settings([contoso], { rules: { placeholders: { free_mail: ['postbox.example'] } } }), knowledge);
    const places = ['x@freemail.example', 'x@postbox.example', 'x@gmail.com', 'x@partner.example'].map((address) => context.add(restore({ 'vb365.target.kind': 'email', 'email.to.address': [address] }))['vb365.context.target_place']);
    expect(places).to.deep.equal(['free_mail', 'free_mail', 'free_mail', 'other_organization']);
  });
  it('no other field changes', () => {
    fc.assert(fc.property(fc.record({ 'vb365.target.path': fc.string(), 'user.name': fc.string(), 'source.domain': fc.string(), 'vb365.owner.name': fc.string(), 'event.start': fc.string(), 'vb365.tenant.id': fc.constantFrom('contoso', '__proto__', 'x') }), (over) => {
      const before = restore(over);
      const after = createContext(settings([contoso]), knowledge).add(before);
      expect(Object.fromEntries(Object.entries(after).filter(([name]) => !name.startsWith('vb365.context.')))).to.deep.equal(before);
    }));
  });
});

describe('memory of tenants', () => {
  it('what one tenant has seen is new to another', () => {
    const context = createContext(settings(), createTenants());
    context.add(day(1));
    context.add(day(1, { 'vb365.tenant.id': 'fabrikam', 'user.name': 'tom' }));
    expect(context.add(day(20, { 'vb365.tenant.id': 'fabrikam' }))['vb365.context.novelty']).to.deep.equal(['operator', 'operator-host', 'operator-owner', 'operator-operation']);
    expect(context.add(day(20, { 'vb365.restore.id': 'x' }))['vb365.context.novelty']).to.equal(undefined);
  });
  it('a date that is open neither teaches nor tells', () => {
    const context = createContext(settings(), createTenants());
    context.add(day(1, { 'user.name': 'tom', 'vb365.attribution.gaps': ['time-ambiguous'] }));
    expect(context.state().tenants[0]?.[1].keys).to.deep.equal([]);
  });
  it('each tenant in a mixed stream is told what it is told alone', () => {
    const event = fc.record({ tenant: fc.constantFrom('a', 'b'), date: fc.integer({ min: 1, max: 28 }), name: fc.constantFrom('mia', 'tom'), host: fc.constantFrom('x', 'y') });
    fc.assert(fc.property(fc.array(event, { maxLength: 30 }), (rows) => {
      const events = rows.map(({ tenant: id, date, name, host }, index) => day(date, { 'vb365.restore.id': `r${index}`, 'vb365.tenant.id': id, 'user.name': name, 'source.domain': host }));
      const mixed = createContext(settings(), createTenants());
      const together = events.map((one) => mixed.add(one));
      for (const id of ['a', 'b']) {
        const alone = createContext(settings(), createTenants());
        expect(together.filter((one) => one['vb365.tenant.id'] === id)).to.deep.equal(events.filter((one) => one['vb365.tenant.id'] === id).map((one) => alone.add(one)));
      }
    }));
  });
  it('goes on where an earlier run ended, also for tenants that were quiet in between', () => {
    const first = createContext(settings(), createTenants());
    first.add(day(1));
    first.add(day(1, { 'vb365.tenant.id': 'fabrikam' }));
    const second = createContext(settings(), createTenants(), JSON.parse(JSON.stringify(first.state())));
    second.add(day(2));
    const third = createContext(settings(), createTenants(), JSON.parse(JSON.stringify(second.state())));
    expect(third.add(day(20, { 'vb365.tenant.id': 'fabrikam', 'user.name': 'tom' }))['vb365.context.novelty']).to.deep.equal(['operator', 'operator-host', 'operator-owner', 'operator-operation']);
  });
  for (const [name, state] of [['text', 'x'], ['no tenants', {}], ['tenants that are none', { tenants: [1, ['a'], ['b', {}], [7, { keys: [], restores: [] }]] }]] as const) {
    it(`a state of ${name} is none`, () => { expect(createContext(settings(), createTenants(), state).state()).to.deep.equal({ tenants: [] }); });
  }
});
