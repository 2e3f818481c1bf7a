/** The engine against its slow twin: any correlation, any stream. */
import fc from 'fast-check';
import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import type { Alert } from '../../src/detect/alert.ts';
import type { EngineState } from '../../src/detect/engine.ts';
import { sourceOf, streamOf } from '../../src/detect/streams.ts';
import type { Correlation, CorrelationExpression, CorrelationRule, Rule } from '../../src/sigma/rule.ts';
import { activity, alertsOf, and, correlation, detection, engineOf, event, not, or, rule, second, start, without } from './compose.ts';
import { naiveAlerts, type NaiveFiring } from './naive.ts';

const detections: readonly Rule[] = [detection('a'), detection('b', {}, 'explorer'), detection('c')];
const latenessMs = 3 * second;
const absenceMemoryMs = 20 * second;

const bound = fc.record({ operator: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq' as const), value: fc.integer({ min: 0, max: 4 }) });
const lower = fc.record({ operator: fc.constantFrom('gt', 'gte' as const), value: fc.integer({ min: 1, max: 4 }) });
const expressions: readonly CorrelationExpression[] = [
  and(rule('a'), rule('b')), or(and(rule('a'), rule('b')), rule('c')), and(rule('a'), not(rule('b'))), and(or(rule('a'), rule('b')), not(rule('c'))), or(and(rule('a'), not(rule('b'))), and(rule('c'), not(rule('a')))),
];
const orders: readonly CorrelationExpression[] = [
  and(rule('a'), rule('b'), rule('c')), and(or(rule('a'), rule('b')), rule('c')), and(not(rule('c')), rule('a'), rule('b')), and(rule('a'), not(rule('b')), rule('c')), and(rule('a'), rule('b'), not(rule('c'))),
];

/** What is not stated stays as `correlation` has it. */
const shape: fc.Arbitrary<Partial<Correlation>> = fc.oneof(
  fc.record({ type: fc.constant('event_count' as const), bounds: fc.array(fc.oneof(lower, bound), { minLength: 1, maxLength: 2 }) }),
  fc.record({ type: fc.constant('value_count' as const), bounds: fc.array(fc.oneof(lower, bound), { minLength: 1, maxLength: 1 }), countedFields: fc.constantFrom(['vb365.item.name'], ['vb365.item.name', 'vb365.workload']) }),
  fc.record({ type: fc.constantFrom('value_sum', 'value_avg', 'value_percentile' as const), bounds: fc.array(fc.oneof(lower, bound), { minLength: 1, maxLength: 1 }), countedFields: fc.constant(['vb365.item.size']), percentile: fc.constantFrom(10, 50, 90) }),
  fc.record({ type: fc.constant('temporal' as const), bounds: fc.array(fc.oneof(lower, bound), { maxLength: 1 }) }),
  fc.record({ type: fc.constant('temporal' as const), expression: fc.constantFrom(...expressions) }),
  fc.record({ type: fc.constant('temporal_ordered' as const), expression: fc.constantFrom(...orders) }),
  fc.record({ type: fc.constant('temporal_ordered' as const), bounds: fc.array(fc.record({ operator: fc.constant('gte' as const), value: fc.constantFrom(2, 3) }), { maxLength: 1 }) }),
  fc.record({ type: fc.constant('temporal_ordered' as const), bounds: fc.array(bound, { minLength: 1, maxLength: 1 }) }),
);

const frame = fc.record({
  rules: fc.constantFrom<readonly string[]>(['a', 'b', 'c'], ['c', 'a', 'b']), timespanMs: fc.integer({ min: 1, max: 8 }).map((seconds) => seconds * second),
  groupBy: fc.constantFrom<readonly string[] | undefined>(['user.name'], ['email.to.address'], ['user.name', 'vb365.workload'], undefined),
});

function ruleOf(name: string, shape: Partial<Correlation>, frame: { readonly rules: readonly string[]; readonly timespanMs: number; readonly groupBy: readonly string[] | undefined }, suppressMs: number | undefined, more: Partial<CorrelationRule> = {}): CorrelationRule {
  const { groupBy, ...others } = frame;
  const made = correlation(name, { ...others, ...shape, ...(groupBy === undefined ? {} : { groupBy }) }, { vb365: suppressMs === undefined ? {} : { suppressMs }, ...more });
  if (groupBy !== undefined) return made;
  const { groupBy: given, ...rest } = made.correlation;
  expect(given).to.deep.equal(['user.name']);
  return { ...made, correlation: rest };
}

interface Step { readonly at: number; readonly matches: string; readonly isActivity: boolean; readonly user: string; readonly to: readonly string[]; readonly name: string | undefined; readonly size: number | undefined; readonly workload: 'exchange' | 'teams'; readonly host: string }
const step: fc.Arbitrary<Step> = fc.record({
  at: fc.integer({ min: 0, max: 40 }), matches: fc.constantFrom('a', 'b', 'c', 'a c', 'a b c', 'x'), isActivity: fc.boolean(), user: fc.constantFrom('ann', 'ANN', 'bob', ''), to: fc.subarray(['x@a.example', 'y@a.example']),
  name: fc.constantFrom('one', 'ONE', 'two', 'three', undefined), size: fc.constantFrom(0, 1, 2, 3, 0.5, undefined), workload: fc.constantFrom('exchange', 'teams'), host: fc.constantFrom('h1', 'h2'),
});
/** Some streams come in order, some nearly, some not at all. */
const stream: fc.Arbitrary<readonly Step[]> = fc.tuple(fc.array(step, { maxLength: 14 }), fc.constantFrom(0, 3, 100)).map(([steps, disorder]) => steps.map((one, index) => ({ one, place: one.at + (index * 7919 % 97) / 97 * disorder })).sort((a, b) => a.place - b.place).map(({ one }) => one));

function eventOf({ at, matches, isActivity, user, to, name, size, workload, host }: Step, tenant = 't1'): Event {
  const made = (isActivity ? activity : event)(at * second, matches, {
    'vb365.tenant.id': tenant, 'vb365.workload': workload, 'source.domain': host, ...(user === '' ? {} : { 'user.name': user }), ...(to.length === 0 ? {} : { 'email.to.address': to }),
    ...(name === undefined ? {} : { 'vb365.item.name': name }), ...(size === undefined ? {} : { 'vb365.item.size': size }),
  });
  return user === '' ? without(made, 'user.name') : made;
}

const matches = (of: Event): readonly string[] => of['event.reason']?.split(' ').filter((name) => (name === 'b') === (of['vb365.level'] === 'activity')) ?? [];

const naiveLine = ({ rule: name, group, time, from, until, count, late }: NaiveFiring): string => [name, group, time - start, from - start, until - start, count, late !== undefined].join(' | ');
const engineLine = ({ event: of }: Alert): string => [
  of['rule.name']?.replace('Rule ', ''), of['vb365.alert.group']?.toLowerCase() ?? '', ...['@timestamp', 'event.start', 'event.end'].map((name) => Date.parse(of[name as '@timestamp'] ?? '') - start), of['vb365.alert.count'], of['vb365.alert.late'] === true,
].join(' | ');

function compare(rules: readonly Rule[], events: readonly Event[]): void {
  const raised = alertsOf([...detections, ...rules], events, { latenessMs, absenceMemoryMs }).map(engineLine).sort();
  expect(raised).to.deep.equal(naiveAlerts(rules, events, { latenessMs, absenceMemoryMs, matches, streamOf, sourceOf }).map(naiveLine).sort());
}

const suppress = fc.constantFrom(undefined, 0, 5 * second);

describe('rules on the stream: the engine and its slow twin', function () {
  this.timeout(180_000);
  it('agree on one correlation and any stream', () => {
    fc.assert(fc.property(shape, frame, suppress, stream, (of, within, suppressMs, steps) => {
      const isPartial = of.type === 'temporal_ordered' && of.bounds !== undefined && of.bounds.length > 0;
      compare([ruleOf('k', of, within, isPartial ? 4 * second : suppressMs)], steps.map((one) => eventOf(one)));
    }), { numRuns: 400 });
  });
  it('agree on a correlation of a correlation', () => {
    fc.assert(fc.property(shape, fc.constantFrom('event_count', 'temporal' as const), lower, frame, suppress, suppress, stream, (of, outerType, outerBound, within, innerMs, outerMs, steps) => {
      const isPartial = of.type === 'temporal_ordered' && of.bounds !== undefined && of.bounds.length > 0;
      fc.pre(!isPartial);
      const inner = ruleOf('inner', of, { ...within, groupBy: ['user.name'] }, innerMs);
      const outer = correlation('outer', { type: outerType, rules: ['inner'], timespanMs: 2 * within.timespanMs, bounds: outerType === 'temporal' ? [] : [outerBound] }, { vb365: outerMs === undefined ? {} : { suppressMs: outerMs } });
      compare([inner, outer], steps.map((one) => eventOf(one)));
    }), { numRuns: 400 });
  });
});

describe('rules on the stream: what holds for every stream', function () {
  this.timeout(180_000);
  const pack = fc.array(fc.tuple(shape, frame, suppress), { minLength: 1, maxLength: 3 }).map((list) => list.map(([of, within, suppressMs], index) => ruleOf(`k${String(index)}`, of, within, suppressMs)));
  const single = detection('a', { level: 'medium', vb365: { suppressMs: 4 * second, suppressBy: ['user.name'] } });
  const settled = detection('c', { level: 'low', vb365: { settleMs: 5 * second } });
  const rulesWith = (correlations: readonly Rule[]): readonly Rule[] => [
    single, settled, detections[1]!, ...correlations, detection('weak', { level: 'low', description: 'a' }, 'alert'), correlation('sum', { rules: ['weak'], timespanMs: 9 * second, bounds: [{ operator: 'gte', value: 2 }] }),
  ];

  it('a tenant raises what it raises alone', () => {
    fc.assert(fc.property(pack, fc.array(fc.tuple(step, fc.constantFrom('t1', 't2')), { maxLength: 30 }), (correlations, steps) => {
      const events = steps.map(([one, tenant]) => eventOf(one, tenant));
      const rules = rulesWith(correlations);
      const together = alertsOf(rules, events, { latenessMs, absenceMemoryMs });
      for (const tenant of ['t1', 't2']) {
        const alone = alertsOf(rules, events.filter((of) => of['vb365.tenant.id'] === tenant), { latenessMs, absenceMemoryMs });
        expect(together.filter((alert) => alert.event['vb365.tenant.id'] === tenant)).to.deep.equal(alone);
      }
    }), { numRuns: 100 });
  });
  it('the same stream raises the same alerts', () => {
    fc.assert(fc.property(pack, stream, (correlations, steps) => {
      const events = steps.map((one) => eventOf(one));
      expect(alertsOf(rulesWith(correlations), events, { latenessMs })).to.deep.equal(alertsOf(rulesWith(correlations), events, { latenessMs }));
    }), { numRuns: 60 });
  });
  it('a stream that is cut anywhere goes on as if it had not been', () => {
    const revised = fc.tuple(stream, fc.array(fc.tuple(fc.nat(), fc.constantFrom('a', 'c', 'x', 'a c')), { maxLength: 6 })).map(([steps, revisions]) => {
      const events = steps.map((one) => eventOf(one));
      const later = revisions.flatMap(([at, reason], index) => {
        const of = events[at % Math.max(1, events.length)];
        return of?.['vb365.restore.id'] === undefined ? [] : [{ ...of, 'event.reason': reason, 'vb365.restore.revision': 2 + index, 'event.id': event(0, '')['event.id'] ?? '' }];
      });
      return [...events, ...later];
    });
    fc.assert(fc.property(pack, revised, fc.nat(), (correlations, events, place) => {
      const provider = correlation('everywhere', { bounds: [{ operator: 'gte', value: 3 }], timespanMs: 10 * second }, { vb365: { scope: 'provider' } });
      const rules = [...rulesWith(correlations), provider];
      const cut = place % (events.length + 1);
      const whole = engineOf(rules, { latenessMs, absenceMemoryMs });
      const expected = [...events.flatMap((of) => whole.feed(of)), ...whole.close()];
      const one = engineOf(rules, { latenessMs, absenceMemoryMs });
      const before = events.slice(0, cut).flatMap((of) => one.feed(of));
      const other = engineOf(rules, { latenessMs, absenceMemoryMs, state: JSON.parse(JSON.stringify(one.save())) as EngineState });
      expect([...before, ...events.slice(cut).flatMap((of) => other.feed(of)), ...other.close()]).to.deep.equal(expected);
    }), { numRuns: 250 });
  });
});
