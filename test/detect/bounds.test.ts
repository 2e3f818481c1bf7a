/** What is bounded stays so, is counted and goes on working (sigma.md 7.6). */
import { expect } from 'chai';
import { createTimeQueue } from '../../src/detect/time-queue.ts';
import { correlation, day, detection, engineOf, event, hour, minute, rowOf, second, start, without } from './compose.ts';

const twice = correlation('k', { bounds: [{ operator: 'gte', value: 2 }] });
const rules = [detection('a'), twice];
const counted = (engine: ReturnType<typeof engineOf>, name: string): number => engine.counters().filter((counter) => counter.name === name).reduce((sum, { value }) => sum + value, 0);

describe('rules on the stream: bounds', function () {
  this.timeout(120_000);
  it('with too many groups the one whose newest event is the oldest goes', () => {
    const engine = engineOf(rules, { limits: { groups: 2 }, latenessMs: minute });
    const raised = ['ann', 'bob', 'eve', 'bob', 'ann'].flatMap((name, at) => engine.feed(event(at, 'a', { 'user.name': name })));
    expect(raised.map(rowOf)).to.deep.equal([{ rule: 'k', at: 3, group: 'bob', count: 2 }]);
    expect(counted(engine, 'correlation_groups_dropped_total')).to.equal(2);
  });
  it('with too many entries the oldest go, and the alert says so', () => {
    const engine = engineOf([detection('a'), correlation('k', { bounds: [{ operator: 'gte', value: 3 }] }, { vb365: { suppressMs: 1 } })], { limits: { entries: 3 } });
    const raised = [0, 1, 2, 3].flatMap((at) => engine.feed(event(at, 'a')));
    expect(raised.map((alert) => [rowOf(alert).count, alert.event.message])).to.deep.equal([[3, 'Rule k: 3 events (3 or more) within 1 min for ann'], [3, 'Rule k: at least 3 events (3 or more) within 1 min for ann']]);
  });
  it('entries of all groups together are bounded', () => {
    const engine = engineOf(rules, { limits: { allEntries: 10 } });
    for (let at = 0; at < 20; at += 1) engine.feed(event(at, 'a', { 'user.name': `u${String(at)}` }));
    expect(counted(engine, 'correlation_groups_dropped_total')).to.equal(10);
  });
  it('groups that nothing can complete any longer are forgotten', () => {
    const engine = engineOf(rules);
    engine.feed(event(0, 'a'));
    engine.feed(event(hour, 'x'));
    expect(engine.save().tenants[0]?.[1].correlations[0]?.state.groups).to.deep.equal([]);
  });
  it('events without the field of a group, without a value or without a time are counted', () => {
    const engine = engineOf([detection('a'), twice, correlation('v', { type: 'value_count', countedFields: ['vb365.item.name'], bounds: [{ operator: 'gte', value: 2 }] })]);
    engine.feed(without(event(0, 'a'), 'user.name'));
    engine.feed(without(event(0, 'a'), '@timestamp'));
    expect([counted(engine, 'correlation_key_missing_total'), counted(engine, 'correlation_value_missing_total'), counted(engine, 'events_untimed_total')]).to.deep.equal([1, 1, 1]);
  });
  it('more tenants than are kept: the one that was silent longest goes', () => {
    const engine = engineOf(rules, { limits: { tenants: 2 } });
    for (const tenant of ['t1', 't2', 't1', 't3']) engine.feed(event(0, 'a', { 'vb365.tenant.id': tenant }));
    expect(engine.save().tenants.map(([tenant]) => tenant)).to.deep.equal(['t1', 't3']);
  });
  it('restores that wait for revisions are judged at once when there are too many', () => {
    const engine = engineOf([detection('a', { level: 'low', vb365: { settleMs: day } })], { limits: { settling: 2 } });
    expect([0, 1, 2].flatMap((at) => engine.feed(event(at, 'a'))).map(rowOf)).to.deep.equal([{ rule: 'a', at: 0, count: 1 }]);
  });
  it('a clock a year ahead makes nobody late who is known to be in time', () => {
    const engine = engineOf(rules);
    const raised = [engine.feed(event(365 * day, 'a'), start), engine.feed(event(0, 'a'), start), engine.feed(event(1, 'a'), start + 1)].flat();
    expect(raised.map(rowOf)).to.deep.equal([{ rule: 'k', at: 1, group: 'ann', count: 2 }]);
    expect(counted(engine, 'events_ahead_total')).to.equal(1);
  });
  it('without a clock it makes the others late, which is counted, and they are judged among themselves', () => {
    const engine = engineOf(rules);
    const raised = [365 * day, 0, 1].flatMap((at) => engine.feed(event(at, 'a')));
    expect(raised.map(rowOf)).to.deep.equal([{ rule: 'k', at: 1, group: 'ann', count: 2, late: true }]);
    expect(counted(engine, 'events_late_total')).to.equal(2);
  });
  it('windows of a second over a year are judged without walking through them', () => {
    const engine = engineOf([detection('a'), correlation('k', { bounds: [{ operator: 'lt', value: 1 }], timespanMs: second, groupBy: [] })]);
    engine.feed(event(0, 'a'));
    expect([...engine.advance(start + 365 * day), ...engine.advance(start + 3650 * day)].map(rowOf)).to.deep.equal([{ rule: 'k', at: 2 * second, count: 0 }]);
  });
  it('more groups than are kept, at the real bound', () => {
    const engine = engineOf(rules, { latenessMs: day });
    for (let at = 0; at < 120_000; at += 1) engine.feed(event(at % 50_000, 'a', { 'user.name': `u${String(at)}` }));
    expect(counted(engine, 'correlation_groups_dropped_total')).to.equal(20_000);
    expect(engine.feed(event(49_999, 'a', { 'user.name': 'u99999' })).map((alert) => rowOf(alert).count)).to.deep.equal([2]);
  });
  it('three times as many entries of one group as are kept, in order and not', () => {
    const engine = engineOf([detection('a'), correlation('k', { bounds: [{ operator: 'gte', value: 10_000 }], timespanMs: 30 * day }, { vb365: { suppressMs: 30 * day } })], { latenessMs: 30 * day });
    let alerts = 0;
    for (let at = 0; at < 30_000; at += 1) alerts += engine.feed(event(at % 1_000 === 7 ? at - 500 : at, 'a')).length;
    expect(alerts).to.equal(1);
    expect(counted(engine, 'correlation_entries_dropped_total')).to.equal(20_000);
  });
  it('names of fields that objects inherit are ordinary absent fields', () => {
    const engine = engineOf([detection('a', { level: 'low', fields: ['__proto__', 'constructor'] }), correlation('k', { groupBy: ['__proto__'], bounds: [{ operator: 'gte', value: 1 }] }), correlation('v', { type: 'value_count', countedFields: ['constructor'], bounds: [{ operator: 'gte', value: 1 }] })]);
    expect(engine.feed(event(0, 'a', { 'user.name': '__proto__' })).map((alert) => rowOf(alert).rule)).to.deep.equal(['a']);
  });
});

describe('rules that cannot be run', () => {
  const loop = ['m', 'n'].map((name) => correlation(name, { rules: [name === 'm' ? 'n' : 'm'], bounds: [{ operator: 'gte', value: 1 }] }));
  const deep = Array.from({ length: 6 }, (_, index) => correlation(`d${String(index)}`, { rules: [index === 0 ? 'a' : `d${String(index - 1)}`], bounds: [{ operator: 'gte', value: 1 }] }));
  const rows: readonly (readonly [string, Parameters<typeof engineOf>[0], readonly (readonly [string | undefined, RegExp])[]])[] = [
    ['a rule that is not there', [correlation('k', { rules: ['nobody'], bounds: [{ operator: 'gte', value: 1 }] })], [['k', /nobody that it refers to is not there/]]],
    ['a circle', loop, [['m', /itself/], ['n', /m that it refers to is not there/]]],
    ['a chain that is too deep', [detection('a'), ...deep], [['d5', /5 levels/]]],
    ['a threshold that could never be seen', [detection('a'), correlation('k', { bounds: [{ operator: 'gte', value: 10_001 }] })], [['k', /10000 entries/]]],
    ['no condition', [detection('a'), correlation('k', {})], [['k', /no condition/]]],
    ['more rules than a correlation has', [detection('a'), correlation('k', { rules: Array.from({ length: 33 }, () => 'a'), bounds: [{ operator: 'gte', value: 1 }] })], [['k', /33 rules/]]],
    ['steps that nest', [detection('a'), correlation('k', { type: 'temporal_ordered', expression: { kind: 'or', members: [{ kind: 'and', members: [{ kind: 'rule', name: 'a' }] }] } })], [['k', /steps of an ordered condition/]]],
    ['a condition that is true of nothing', [detection('a'), correlation('k', { type: 'temporal', expression: { kind: 'not', member: { kind: 'rule', name: 'a' } } })], [['k', /without any event/]]],
  ];
  for (const [title, given, expected] of rows) {
    it(title, () => {
      const { refused } = engineOf(given);
      expect(refused.map(({ rule: { name } }) => name).sort()).to.deep.equal(expected.map(([name]) => name));
      for (const [name, reason] of expected) expect(refused.find(({ rule }) => rule.name === name)?.reason).to.match(reason);
    });
  }
  it('the others are run', () => {
    expect(engineOf([...loop, detection('a'), twice]).feed(event(0, 'a'))).to.deep.equal([]);
    const engine = engineOf([...loop, detection('a'), twice]);
    expect([0, 1].flatMap((at) => engine.feed(event(at, 'a'))).map(rowOf)).to.deep.equal([{ rule: 'k', at: 1, group: 'ann', count: 2 }]);
  });
});

describe('the state of rules', () => {
  it('of a correlation that has changed begins anew, and is named', () => {
    const one = engineOf(rules);
    one.feed(event(0, 'a'));
    const changed = { ...twice, title: 'Rule changed' };
    const other = engineOf([detection('a'), changed], { state: one.save() });
    expect(other.reset).to.deep.equal([twice.id]);
    expect(other.feed(event(1, 'a'))).to.deep.equal([]);
    expect(engineOf(rules, { state: one.save() }).reset).to.deep.equal([]);
  });
  it('is not changed by what comes after it was saved', () => {
    const engine = engineOf(rules);
    engine.feed(event(0, 'a'));
    const saved = engine.save();
    const text = JSON.stringify(saved);
    engine.feed(event(1, 'a'));
    expect(JSON.stringify(saved)).to.equal(text);
  });
});

describe('keys in the order of their time', () => {
  it('come out by time, then by key, however they were moved', () => {
    const queue = createTimeQueue();
    for (let index = 0; index < 200; index += 1) queue.set(`k${String(index % 50).padStart(2, '0')}`, index * 7919 % 31);
    queue.delete('k07');
    const expected = Array.from({ length: 50 }, (_, index): [number, string] => [(150 + index) * 7919 % 31, `k${String(index).padStart(2, '0')}`]).filter(([, key]) => key !== 'k07').sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
    const out: [number, string][] = [];
    for (let first = queue.first(); first !== undefined; first = queue.first()) {
      out.push([first.time, first.key]);
      queue.delete(first.key);
    }
    expect(out).to.deep.equal(expected);
  });
});
