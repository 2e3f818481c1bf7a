import { expect } from 'chai';
import fc from 'fast-check';
import { contradiction, satisfiesBounds } from '../../src/sigma/correlation-bounds.ts';
import { readDuration } from '../../src/sigma/read-duration.ts';
import type { CorrelationBound } from '../../src/sigma/rule.ts';
import { onlyCorrelation, placesOf, readText, ruleText } from './rule-text.ts';

const of = (members: string): string => ruleText(`correlation: {${members}}`);
const common = 'rules: [a, b], group-by: [u], timespan: 15m';
const base = { rules: ['a', 'b'], groupBy: ['u'], timespanMs: 900_000, aliases: new Map(), bounds: [], countedFields: [], generate: false };
const rule = (name: string): unknown => ({ kind: 'rule', name });

describe('correlations', () => {
  const rows: readonly (readonly [string, string, object])[] = [
    ['event_count', `type: event_count, ${common}, condition: {gte: 10}`, { ...base, type: 'event_count', bounds: [{ operator: 'gte', value: 10 }] }],
    ['value_count', `type: value_count, ${common}, condition: {field: x, gt: 0}`, { ...base, type: 'value_count', countedFields: ['x'], bounds: [{ operator: 'gt', value: 0 }] }],
    ['value_count of tuples', `type: value_count, ${common}, condition: {field: [x, y.z], gte: 3}`, { ...base, type: 'value_count', countedFields: ['x', 'y.z'], bounds: [{ operator: 'gte', value: 3 }] }],
    ['value_sum with a fraction', `type: value_sum, ${common}, condition: {field: x, gte: 1.5}`, { ...base, type: 'value_sum', countedFields: ['x'], bounds: [{ operator: 'gte', value: 1.5 }] }],
    ['value_avg', `type: value_avg, ${common}, condition: {field: x, lt: 2}`, { ...base, type: 'value_avg', countedFields: ['x'], bounds: [{ operator: 'lt', value: 2 }] }],
    ['value_percentile', `type: value_percentile, ${common}, condition: {field: x, gte: 2, percentile: 95}`, { ...base, type: 'value_percentile', percentile: 95, countedFields: ['x'], bounds: [{ operator: 'gte', value: 2 }] }],
    ['value_percentile is the middle by default', `type: value_percentile, ${common}, condition: {field: x, gte: 2}`, { ...base, type: 'value_percentile', percentile: 50, countedFields: ['x'], bounds: [{ operator: 'gte', value: 2 }] }],
    ['value_median is percentile 50', `type: value_median, ${common}, condition: {field: x, gte: 2}`, { ...base, type: 'value_percentile', percentile: 50, countedFields: ['x'], bounds: [{ operator: 'gte', value: 2 }] }],
    ['a range', `type: event_count, ${common}, condition: {lte: 200, gt: 100}`, { ...base, type: 'event_count', bounds: [{ operator: 'gt', value: 100 }, { operator: 'lte', value: 200 }] }],
    ['temporal', `type: temporal, ${common}`, { ...base, type: 'temporal' }],
    ['temporal with a number of rules', `type: temporal, ${common}, condition: {gte: 1}`, { ...base, type: 'temporal', bounds: [{ operator: 'gte', value: 1 }] }],
    ['temporal with a text', `type: temporal, ${common}, condition: a or b`, { ...base, type: 'temporal', expression: { kind: 'or', members: [rule('a'), rule('b')] } }],
    ['not binds more than and, and more than or, in any case', `type: temporal, group-by: [u], timespan: 15m, condition: a OR b And not c`, { ...base, type: 'temporal', rules: ['a', 'b', 'c'], expression: { kind: 'or', members: [rule('a'), { kind: 'and', members: [rule('b'), { kind: 'not', member: rule('c') }] }] } }],
    ['rules are taken from the text, once each, in its order', 'type: temporal_ordered, group-by: [u], timespan: 15m, condition: b and a and b', { ...base, type: 'temporal_ordered', rules: ['b', 'a'], expression: { kind: 'and', members: [rule('b'), rule('a'), rule('b')] } }],
    ['steps', 'type: temporal_ordered, group-by: [u], timespan: 15m, condition: a and (b or c) and not d', { ...base, type: 'temporal_ordered', rules: ['a', 'b', 'c', 'd'], expression: { kind: 'and', members: [rule('a'), { kind: 'or', members: [rule('b'), rule('c')] }, { kind: 'not', member: rule('d') }] } }],
    ['one rule as a text', 'type: event_count, rules: a, group-by: u, timespan: 1s, condition: {gte: 2}', { ...base, type: 'event_count', rules: ['a'], timespanMs: 1_000, bounds: [{ operator: 'gte', value: 2 }] }],
    ['one thing twice in a row', 'type: temporal_ordered, rules: [a, a], group-by: [u], timespan: 1s', { ...base, type: 'temporal_ordered', rules: ['a', 'a'], timespanMs: 1_000 }],
    ['aliases', `type: temporal, ${common.replace('[u]', '[who]')}, aliases: {who: {a: user.name, b: user.target.name}}`, { ...base, type: 'temporal', groupBy: ['who'], aliases: new Map([['who', new Map([['a', 'user.name'], ['b', 'user.target.name']])]]) }],
    ['an alias named like a built-in', `type: temporal, ${common}, aliases: {__proto__: {a: x, b: x}}`, { ...base, type: 'temporal', aliases: new Map([['__proto__', new Map([['a', 'x'], ['b', 'x']])]]) }],
    ['generate', `type: temporal, ${common}, generate: true`, { ...base, type: 'temporal', generate: true }],
    ['a threshold at the bound of a group', `type: event_count, ${common}, condition: {gte: 10000}`, { ...base, type: 'event_count', bounds: [{ operator: 'gte', value: 10_000 }] }],
    ['thirty days', `type: temporal, ${common.replace('15m', '30d')}`, { ...base, type: 'temporal', timespanMs: 2_592_000_000 }],
  ];
  for (const [name, written, expected] of rows) it(name, () => { expect(onlyCorrelation(of(written)).correlation).to.deep.equal(expected); });
  it('without group-by there is one group for a tenant', () => {
    const text = ruleText('correlation: {type: temporal, rules: [a, b], timespan: 15m}');
    expect(onlyCorrelation(text).correlation).to.not.have.property('groupBy');
    expect(readText(text).findings.map(({ code }) => code)).to.deep.equal(['RULE_GROUP_BY_MISSING']);
  });
});

describe('correlations that are decided on close', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['gt', 'type: event_count, condition: {gt: 2}', false], ['gte', 'type: value_sum, condition: {field: x, gte: 2}', false], ['lt', 'type: event_count, condition: {lt: 2}', true],
    ['lte', 'type: event_count, condition: {lte: 2}', true], ['eq', 'type: event_count, condition: {eq: 2}', true], ['neq', 'type: event_count, condition: {neq: 2}', true],
    ['a range', 'type: event_count, condition: {gt: 2, lt: 5}', true], ['two lower ends', 'type: event_count, condition: {gt: 2, gte: 3}', true], ['an average', 'type: value_avg, condition: {field: x, gt: 2}', true],
    ['a percentile', 'type: value_percentile, condition: {field: x, gt: 2}', true], ['a median', 'type: value_median, condition: {field: x, gt: 2}', true],
    ['temporal', 'type: temporal', false], ['a text', 'type: temporal, condition: a and b', false], ['a text with a negation', 'type: temporal, condition: a and not b', true],
  ];
  for (const [name, written, expected] of rows) it(name, () => { expect(readText(of(`${common}, ${written}`)).findings.map(({ code }) => code)).to.deep.equal(expected ? ['RULE_CONDITION_ON_CLOSE'] : []); });
  it('suppress is of no use to them', () => { expect(placesOf(readText(ruleText(`correlation: {${common}, type: event_count, condition: {lt: 2}}\nvb365: {suppress: 1h}`)).findings)).to.deep.equal(['1:79 RULE_CONDITION_ON_CLOSE', '2:19 RULE_SUPPRESS_USELESS']); });
});

describe('correlations that are refused', () => {
  /** § stands before the place */
  const rows: readonly (readonly [string, string, string])[] = [
    ['no type', '§{rules: [a], group-by: [u], timespan: 5m}', 'RULE_SCHEMA'],
    ['an unknown type', '{type: §event_cont, rules: [a], group-by: [u], timespan: 5m, condition: {gte: 2}}', 'RULE_SCHEMA'],
    ['an unknown key', '{type: temporal, rules: [a], group-by: [u], timespan: 5m, §groupby: [u]}', 'RULE_SCHEMA'],
    ['no rules', '§{type: temporal, group-by: [u], timespan: 5m}', 'RULE_SCHEMA'],
    ['an empty list of rules', '{type: temporal, rules: §[], group-by: [u], timespan: 5m}', 'RULE_EMPTY_LIST'],
    ['a rule twice', '{type: temporal, rules: [a, §a], group-by: [u], timespan: 5m}', 'RULE_CORRELATION_REFERENCE'],
    ['33 rules', `{type: temporal, rules: §[${Array.from({ length: 33 }, (_, index) => `r${index}`).join(', ')}], group-by: [u], timespan: 5m}`, 'RULE_CORRELATION_REFERENCE'],
    ['an empty group-by', '{type: temporal, rules: [a], group-by: §[], timespan: 5m}', 'RULE_EMPTY_LIST'],
    ['no timespan', '§{type: temporal, rules: [a], group-by: [u]}', 'RULE_TIMESPAN'],
    ['a banana', '{type: temporal, rules: [a], group-by: [u], timespan: §banana}', 'RULE_TIMESPAN'],
    ['no time at all', '{type: temporal, rules: [a], group-by: [u], timespan: §0s}', 'RULE_TIMESPAN'],
    ['a month', '{type: temporal, rules: [a], group-by: [u], timespan: §1M}', 'RULE_TIMESPAN'],
    ['a year', '{type: temporal, rules: [a], group-by: [u], timespan: §1y}', 'RULE_TIMESPAN'],
    ['31 days', '{type: temporal, rules: [a], group-by: [u], timespan: §31d}', 'RULE_TIMESPAN'],
    ['a number without a unit', '{type: temporal, rules: [a], group-by: [u], timespan: §300}', 'RULE_TIMESPAN'],
    ['generate as a text', '{type: temporal, rules: [a], group-by: [u], timespan: 5m, generate: §maybe}', 'RULE_SCHEMA'],
    ['an alias that is a text', '{type: temporal, rules: [a], group-by: [u], timespan: 5m, aliases: {u: §x}}', 'RULE_SCHEMA'],
    ['an alias to nothing', '{type: temporal, rules: [a], group-by: [u], timespan: 5m, aliases: {u: {§a: }}}', 'RULE_SCHEMA'],
    ['no condition', '§{type: event_count, rules: [a], group-by: [u], timespan: 5m}', 'RULE_CORRELATION_CONDITION'],
    ['an empty condition', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: §{}}', 'RULE_CORRELATION_CONDITION'],
    ['an unknown operator', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: {gte: 2, §foo: 1}}', 'RULE_CORRELATION_CONDITION'],
    ['a threshold as a text', "{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: {gte: §'2'}}", 'RULE_CORRELATION_CONDITION'],
    ['an infinite threshold', '{type: value_sum, rules: [a], group-by: [u], timespan: 5m, condition: {field: x, gte: §.inf}}', 'RULE_CORRELATION_CONDITION'],
    ['half an event', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: {gte: §1.5}}', 'RULE_CORRELATION_CONDITION'],
    ['more than a group holds', '{type: value_count, rules: [a], group-by: [u], timespan: 5m, condition: {field: x, gte: §10001}}', 'RULE_CORRELATION_CONDITION'],
    ['more rules than there are', '{type: temporal, rules: [a, b], group-by: [u], timespan: 5m, condition: {gte: §3}}', 'RULE_CORRELATION_CONDITION'],
    ['fewer than none', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: §{lt: 0}}', 'RULE_CORRELATION_CONDITION'],
    ['a contradiction', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: §{gt: 2, lt: 3}}', 'RULE_CORRELATION_CONDITION'],
    ['three operators', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: §{gt: 2, lt: 9, neq: 4}}', 'RULE_CORRELATION_CONDITION'],
    ['no field', '{type: value_sum, rules: [a], group-by: [u], timespan: 5m, condition: §{gte: 2}}', 'RULE_CORRELATION_FIELD'],
    ['a field of event_count', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: {§field: x, gte: 2}}', 'RULE_CORRELATION_FIELD'],
    ['several fields of value_sum', '{type: value_sum, rules: [a], group-by: [u], timespan: 5m, condition: {field: §[x, z], gte: 2}}', 'RULE_CORRELATION_FIELD'],
    ['no fields', '{type: value_count, rules: [a], group-by: [u], timespan: 5m, condition: {field: §[], gte: 2}}', 'RULE_CORRELATION_FIELD'],
    ['percentile 100', '{type: value_percentile, rules: [a], group-by: [u], timespan: 5m, condition: {field: x, gte: 2, percentile: §100}}', 'RULE_CORRELATION_CONDITION'],
    ['percentile of a sum', '{type: value_sum, rules: [a], group-by: [u], timespan: 5m, condition: {field: x, gte: 2, §percentile: 50}}', 'RULE_CORRELATION_CONDITION'],
    ['a text for a count', '{type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: §a}', 'RULE_CORRELATION_CONDITION'],
    ['a list for a condition', '{type: temporal, rules: [a], group-by: [u], timespan: 5m, condition: §[a]}', 'RULE_CORRELATION_CONDITION'],
    ['a rule that is not among the rules', '{type: temporal, rules: [a], group-by: [u], timespan: 5m, condition: a and §b}', 'RULE_CORRELATION_CONDITION'],
    ['a rule that the text does not use', '{type: temporal, rules: [a, b], group-by: [u], timespan: 5m, condition: §a}', 'RULE_CORRELATION_CONDITION'],
    ['an id in a text', '{type: temporal, group-by: [u], timespan: 5m, condition: a and §1-b}', 'RULE_CORRELATION_CONDITION'],
    ['one of', '{type: temporal, group-by: [u], timespan: 5m, condition: §1 of them}', 'RULE_CORRELATION_CONDITION'],
    ['a text that ends early', '{type: temporal, group-by: [u], timespan: 5m, condition: a and§}', 'RULE_CORRELATION_CONDITION'],
    ['a negation alone', '{type: temporal, group-by: [u], timespan: 5m, condition: §not a}', 'RULE_CORRELATION_CONDITION'],
    ['true without any event', '{type: temporal, group-by: [u], timespan: 5m, condition: §a or not b}', 'RULE_CORRELATION_CONDITION'],
    ['steps that nest', '{type: temporal_ordered, group-by: [u], timespan: 5m, condition: §a and (b or c and d)}', 'RULE_CORRELATION_CONDITION'],
    ['a negated group as a step', '{type: temporal_ordered, group-by: [u], timespan: 5m, condition: §a and not (b or c)}', 'RULE_CORRELATION_CONDITION'],
  ];
  for (const [name, marked, code] of rows) {
    it(name, () => {
      const { rules, findings } = readText(ruleText(`correlation: ${marked.replace('§', '')}`));
      expect(rules).to.deep.equal([]);
      expect(placesOf(findings.filter(({ severity }) => severity === 'error'))).to.deep.equal([`1:${14 + marked.indexOf('§')} ${code}`]);
    });
  }
  it('a log source', () => { expect(placesOf(readText(`${of('type: temporal, rules: [a], group-by: [u], timespan: 5m')}logsource: {product: vb365}\n`).findings)).to.deep.equal(['9:1 RULE_SCHEMA']); });
  it('settings of single rules', () => { expect(placesOf(readText(ruleText(`correlation: {type: temporal, rules: [a], group-by: [u], timespan: 5m}\nvb365: {settle: 5m, suppress: 1h}`)).findings)).to.deep.equal(['2:9 RULE_SCHEMA']); });
});

describe('times', () => {
  const rows: readonly (readonly [string, number | undefined])[] = [['1s', 1_000], ['15m', 900_000], ['24h', 86_400_000], ['7d', 604_800_000], ['2w', 1_209_600_000], ['0s', 0], ['01m', undefined], ['1.5h', undefined], ['-1h', undefined], ['1 h', undefined], ['1M', undefined], ['h', undefined], ['', undefined]];
  for (const [text, ms] of rows) it(text === '' ? 'nothing' : text, () => { expect(readDuration(text)).to.equal(ms); });
});

describe('bounds', () => {
  const bound = fc.record({ operator: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq'), value: fc.integer({ min: -2, max: 6 }) }) satisfies fc.Arbitrary<CorrelationBound>;
  it('contradict each other exactly when no count satisfies them', () => {
    fc.assert(fc.property(fc.array(bound, { minLength: 1, maxLength: 2 }), (bounds) => {
      const possible = Array.from({ length: 12 }, (_, count) => count).some((count) => satisfiesBounds(bounds, count));
      expect(contradiction(bounds, true) === undefined).to.equal(possible);
    }), { numRuns: 1_000 });
  });
  const values: readonly (readonly [string, readonly CorrelationBound[], boolean])[] = [
    ['between 2 and 3', [{ operator: 'gt', value: 2 }, { operator: 'lt', value: 3 }], true], ['above 3 and below 2', [{ operator: 'gt', value: 3 }, { operator: 'lt', value: 2 }], false],
    ['2 and not 2', [{ operator: 'eq', value: 2 }, { operator: 'neq', value: 2 }], false], ['at least 2 and at most 2', [{ operator: 'gte', value: 2 }, { operator: 'lte', value: 2 }], true],
    ['above 2 and at most 2', [{ operator: 'gt', value: 2 }, { operator: 'lte', value: 2 }], false], ['below nothing', [{ operator: 'lt', value: 0 }], true],
  ];
  for (const [name, bounds, isPossible] of values) it(`of sums: ${name}`, () => { expect(contradiction(bounds, false) === undefined).to.equal(isPossible); });
});
