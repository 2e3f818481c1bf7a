import { expect } from 'chai';
import fc from 'fast-check';
import { createNovelty, readNoveltyState } from '../../../src/detect/context/novelty.ts';
import { noveltyKeys, type NoveltyKeys } from '../../../src/detect/context/novelty-keys.ts';
import { createPeople } from '../../../src/detect/context/people.ts';
import type { Event } from '../../../src/event.ts';
import { maxNoveltyKey } from '../../../src/limits.ts';
import { byAddress, restore, without } from './build.ts';

const dayMs = 86_400_000;
const lengths = { memoryMs: 30 * dayMs, learningMs: 14 * dayMs };
const people = createPeople([{ names: ['CONTOSO\\mia', 'mia.wood@contoso.example'], kind: 'person', groups: [] }]);
const keys = (event: Event): NoveltyKeys => noveltyKeys(event, people);
const told = (event: Event): Record<string, readonly (readonly string[])[]> => Object.fromEntries([...keys(event)].map(([kind, things]) => [kind, things.map((spellings) => spellings.map((key) => key.split('\u0000').slice(1).join('|')))]));

describe('what of a restore can be new', () => {
  const rows: readonly (readonly [name: string, restore: Event, keys: Record<string, readonly (readonly string[])[]>])[] = [
    ['operator with host, owner and operation', restore(), {
      'operator': [['contoso\\mia']], 'host': [['adm01']], 'operator-host': [['contoso\\mia|adm01']], 'operator-owner': [['contoso\\mia|ann lee']], 'operator-operation': [['contoso\\mia|save']],
    }],
    ['one person by another name, one machine with its domain', byAddress('Mia.Wood@contoso.example', { 'source.domain': 'adm01.contoso.example' }), {
      'operator': [['contoso\\mia']], 'host': [['adm01']], 'operator-host': [['contoso\\mia|adm01']], 'operator-owner': [['contoso\\mia|ann lee']], 'operator-operation': [['contoso\\mia|save']],
    }],
    ['nobody is named: nothing with an operator', { ...without('user.name', 'user.domain'), 'vb365.client.gateway_ip': '198.51.100.17' }, { host: [['adm01']], gateway: [['198.51.100.17']] }],
    ['a machine by its address', { ...without('user.name', 'user.domain', 'source.domain'), 'source.ip': '192.0.2.10' }, { host: [['192.0.2.10']] }],
    ['the tool, when it is known', { 'user.name': 'mia', 'vb365.client.tool': 'portal' }, { 'operator': [['mia']], 'operator-tool': [['mia|portal']] }],
    ['an unknown tool is none', { 'user.name': 'mia', 'vb365.client.tool': 'unknown' }, { operator: [['mia']] }],
    ['each recipient is a thing of its own', { 'email.to.address': ['a@X.example', 'b@y.example'] }, { 'recipient-domain': [['x.example'], ['y.example']] }],
    ['the server of a share', { 'vb365.target.kind': 'file', 'vb365.target.path': '\\\\FS01\\out' }, { 'target-server': [['fs01']] }],
    ['a local path has none', { 'vb365.target.kind': 'file', 'vb365.target.path': 'C:\\out' }, {}],
    ['spellings of one owner are one thing', { 'user.name': 'mia', 'user.target.email': 'Ann@x.example', 'vb365.owner.name': 'Ann Lee' }, { 'operator': [['mia']], 'operator-owner': [['mia|ann@x.example', 'mia|ann lee']] }],
  ];
  for (const [name, event, expected] of rows) it(name, () => { expect(told(event)).to.deep.equal(expected); });
  it('a long name is kept as its hash', () => {
    const room = maxNoveltyKey - 'operator\u0000'.length;
    const [key, hash] = [room, room + 1].map((length) => keys({ 'user.name': 'm'.repeat(length) }).get('operator')![0]![0]!);
    expect([key!.length, hash!.length]).to.deep.equal([maxNoveltyKey, 36]);
  });
});

/** one row: restores of one tenant by day, and what is new of the last one */
describe('what is new', () => {
  type Step = readonly [day: number, over: Event, id?: string];
  const rows: readonly (readonly [name: string, steps: readonly Step[], novel: readonly string[]])[] = [
    ['the first restore is learned', [[0, {}]], []],
    ['a day before learning ends', [[0, {}], [13, { 'user.name': 'tom' }]], []],
    ['when learning ends', [[0, {}], [14, { 'user.name': 'tom' }]], ['operator', 'operator-host', 'operator-owner', 'operator-operation']],
    ['the same as before', [[0, {}], [14, {}]], []],
    ['a new host of a known operator', [[0, {}], [20, { 'source.domain': 'WKS-9' }]], ['host', 'operator-host']],
    ['a known host new to this operator', [[0, {}], [1, { 'user.name': 'tom', 'source.domain': 'WKS-9' }], [20, { 'source.domain': 'WKS-9' }]], ['operator-host']],
    ['a new owner', [[0, {}], [20, { 'vb365.owner.name': 'Ben Young', 'user.target.full_name': 'Ben Young' }]], ['operator-owner']],
    ['a known owner whose address is new', [[0, {}], [20, { 'user.target.email': 'ann.lee@contoso.example' }]], []],
    ['a new operation', [[0, {}], [20, { 'vb365.operation': 'send' }]], ['operator-operation']],
    ['a new tool', [[0, { 'vb365.client.tool': 'explorer' }], [20, { 'vb365.client.tool': 'powershell' }]], ['operator-tool']],
    ['a new gateway', [[0, { 'vb365.client.gateway_ip': '198.51.100.17' }], [20, { 'vb365.client.gateway_ip': '198.51.100.18' }]], ['gateway']],
    ['one new domain of two', [[0, { 'email.to.address': ['a@x.example'] }], [20, { 'email.to.address': ['a@x.example', 'a@y.example'] }]], ['recipient-domain']],
    ['known domains', [[0, { 'email.to.address': ['a@x.example', 'a@y.example'] }], [20, { 'email.to.address': ['b@Y.example'] }]], []],
    ['a new server', [[0, { 'vb365.target.path': '\\\\fs01\\x' }], [20, { 'vb365.target.path': '\\\\fs02\\x' }]], ['target-server']],
    ['seen on the day that is just remembered', [[0, {}], [30, {}]], []],
    ['forgotten the day after', [[0, {}], [31, {}]], ['operator', 'host', 'operator-host', 'operator-owner', 'operator-operation']],
    ['seen again in between', [[0, {}], [20, {}, 'r2'], [50, {}, 'r3']], []],
    ['new once, not a second time', [[0, {}], [20, { 'user.name': 'tom' }, 'r2'], [20, { 'user.name': 'tom' }, 'r3']], []],
    ['a revision keeps what was new', [[0, {}], [20, { 'user.name': 'tom' }, 'r2'], [20, { 'user.name': 'tom' }, 'r2']], ['operator', 'operator-host', 'operator-owner', 'operator-operation']],
    ['a revision keeps it when the memory has passed', [[0, {}], [20, { 'user.name': 'tom' }, 'r2'], [21, {}, 'r3'], [90, { 'user.name': 'tom' }, 'r2']], ['operator', 'operator-host', 'operator-owner', 'operator-operation']],
    ['a revision keeps that nothing was new', [[0, {}, 'r1'], [40, {}, 'r1']], []],
    ['a restore that is older than what is known', [[0, {}], [20, { 'user.name': 'tom' }, 'r2'], [19, { 'user.name': 'tom' }, 'r3']], []],
    ['late restores do not make the memory older', [[0, {}], [20, {}, 'r2'], [1, {}, 'r3'], [45, {}, 'r4']], []],
  ];
  const run = (steps: readonly Step[]): readonly string[] => {
    const novelty = createNovelty(lengths);
    return steps.map(([day, over, id], index) => novelty.judge(id ?? `r${index}`, day * dayMs, keys(restore(over)))).at(-1) ?? [];
  };
  for (const [name, steps, novel] of rows) it(name, () => { expect(run(steps)).to.deep.equal(novel); });

  it('the operator is judged when the first one is named; what was decided before stays', () => {
    const novelty = createNovelty(lengths);
    novelty.judge('r0', 0, keys(restore()));
    const nobody = { ...without('user.name', 'user.domain'), 'source.domain': 'WKS-9' };
    expect(novelty.judge('r1', 20 * dayMs, keys(nobody))).to.deep.equal(['host']);
    expect(novelty.judge('r1', 20 * dayMs, keys({ ...nobody, 'user.name': 'tom', 'user.domain': 'CONTOSO' }))).to.deep.equal(['operator', 'host', 'operator-host', 'operator-owner', 'operator-operation']);
  });
});

describe('the memory of what was seen', () => {
  const one = (name: string): NoveltyKeys => new Map([['operator', [[name]]]]);
  it('holds as many keys as its limit; the oldest goes', () => {
    const novelty = createNovelty({ memoryMs: 30 * dayMs, learningMs: 0 }, undefined, { keys: 2, restores: 10 });
    for (const name of ['a', 'b', 'a', 'c']) novelty.judge(`r-${name}`, 0, one(name));
    expect(novelty.state().keys.map(([key]) => key)).to.deep.equal(['a', 'c']);
    expect([novelty.judge('r5', 1, one('a')), novelty.judge('r6', 1, one('b'))]).to.deep.equal([[], ['operator']]);
  });
  it('holds as many restores as its limit', () => {
    const novelty = createNovelty(lengths, undefined, { keys: 10, restores: 2 });
    for (const id of ['r1', 'r2', 'r1', 'r3']) novelty.judge(id, 0, one('a'));
    expect(novelty.state().restores.map(([id]) => id)).to.deep.equal(['r1', 'r3']);
  });

  const stepOf = fc.record({ id: fc.integer({ min: 0, max: 9 }), day: fc.integer({ min: 0, max: 60 }), name: fc.constantFrom('a', 'b', 'c', 'd') });
  it('written as JSON and read again at any place it judges the same', () => {
    fc.assert(fc.property(fc.array(stepOf, { maxLength: 40 }), fc.nat(), (steps, cut) => {
      const judge = (novelty: ReturnType<typeof createNovelty>, part: typeof steps): unknown => part.map(({ id, day, name }) => novelty.judge(`r${id}`, day * dayMs, one(name)));
      const at = steps.length === 0 ? 0 : cut % steps.length;
      const [whole, first] = [createNovelty(lengths), createNovelty(lengths)];
      judge(whole, steps.slice(0, at));
      judge(first, steps.slice(0, at));
      const again = createNovelty(lengths, readNoveltyState(JSON.parse(JSON.stringify(first.state()))));
      expect(judge(again, steps.slice(at))).to.deep.equal(judge(whole, steps.slice(at)));
      expect(again.state()).to.deep.equal(whole.state());
    }));
  });
  const states: readonly (readonly [name: string, value: unknown])[] = [
    ['nothing', undefined], ['a text', 'x'], ['a list', []], ['no keys', { restores: [] }], ['no restores', { keys: [] }], ['a key without its time', { keys: [['a']], restores: [] }],
    ['a time that is none', { keys: [['a', 'b']], restores: [] }], ['a restore without bits', { keys: [], restores: [['r1', 1]] }], ['a first time that is none', { firstMs: 'x', keys: [], restores: [] }],
  ];
  for (const [name, value] of states) it(`no state is made of ${name}`, () => { expect(readNoveltyState(value)).to.equal(undefined); });
});
