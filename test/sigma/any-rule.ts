/** Rules and events in which everything meets everything: few fields and letters, so that matches are common, and what strangers would choose between. */
import fc from 'fast-check';
import type { Condition, Detection, DetectionItem, DetectionRule, ItemValue, SearchExpression } from '../../src/sigma/rule.ts';
import { readRegex } from '../../src/sigma/regex.ts';
import { readTokens } from '../../src/sigma/tokens.ts';
import { detectionWith, itemOf, ruleOf } from './written-rule.ts';

const fields = ['event.action', 'vb365.operation', 'user.name', 'a.b.c', 'a.b', 'a', '__proto__.x', 'constructor'];
const words = ['ann', 'Ann', 'ANN', 'save', 'item-save', 'ΟΔΟΣ', 'οδος', 'İ', 'é', '😀', '', 'true', 'False', '1', '1.0', '1e+21', '-enc', '/enc', '10.0.0.1', '::ffff:10.0.0.2', '2026-03-02T09:15:30Z', '\ud83d', 'null', 'a\nb'];
const word = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.array(fc.constantFrom('a', 'n', '-', ' ', 'Σ', '😀', '\ude00'), { maxLength: 6 }).map((parts) => parts.join('')) });
const scalar: fc.Arbitrary<unknown> = fc.oneof({ weight: 5, arbitrary: word }, { weight: 1, arbitrary: fc.constantFrom(1, 0, -0, 4624, 1e21, 1_767_225_600_000, 0.5) }, { weight: 1, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constant(null) });
const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, { weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) }, { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('b', 'c', 'b.c', 'x', '__proto__'), tie('value'), { maxKeys: 3 }) }),
})).value;

/** Flat and nested keys, as lists and objects too, some of them absent. */
export const anyEvent: fc.Arbitrary<object> = fc.tuple(
  fc.constantFrom<object>({ 'vb365.level': 'restore' }, { 'vb365.level': 'health' }, { 'vb365.level': 'alert' }, { vb365: { level: 'activity', origin: { kind: 'rest_api' } } }, { 'vb365.level': 'activity', 'vb365.origin.kind': 'explorer_log' }, {}),
  fc.array(fc.tuple(fc.constantFrom(...fields), anyValue), { maxLength: 6 }),
).map(([base, entries]) => {
  const event: object = { ...base };
  for (const [key, value] of entries) Object.defineProperty(event, key, { value, enumerable: true, configurable: true });
  return event;
});

export const listNames: readonly string[] = ['p', 'q'];
export const anyLists: fc.Arbitrary<Readonly<Record<string, readonly string[]>>> = fc.dictionary(fc.constantFrom(...listNames), fc.array(fc.constantFrom('ann', 'A*', '?', 'Οδος', '-enc', 'a\\*', ''), { maxLength: 3 }));

const pattern = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...words.filter((one) => one !== '\ud83d')) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom('ann', 'a', 'n', '*', '?', '-', '/enc', '😀', 'Σ', ' ', 'e', '%p%', '%q%'), { maxLength: 5 }).map((parts) => parts.join('')) },
);
const text: fc.Arbitrary<ItemValue> = fc.record({ written: pattern, place: fc.constantFrom('', '', 'start', 'end', 'both'), expands: fc.boolean(), isCased: fc.boolean(), windash: fc.boolean() })
  .map(({ written, place, expands, isCased, windash }) => ({ kind: 'string', tokens: readTokens(`${place === 'end' || place === 'both' ? '*' : ''}${written}${place === 'start' || place === 'both' ? '*' : ''}`, expands), isCased, windash }));
const expression = fc.tuple(fc.constantFrom('ann', '^a', 'n$', 'a.*n', '[^a]', '(a|n)+', '\\d', '^%p%$', '\\bann\\b', 'σ'), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([source, ignoreCase, multiline, dotAll]): ItemValue => ({ kind: 'regex', expression: readRegex(source, { ignoreCase, multiline, dotAll }, true).expression! }));
const fieldValue: fc.Arbitrary<ItemValue> = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom(1, 0, 4624, 1e21, 0.5).map((value): ItemValue => ({ kind: 'number', value })) },
  { weight: 1, arbitrary: fc.boolean().map((value): ItemValue => ({ kind: 'boolean', value })) },
  { weight: 1, arbitrary: fc.constant<ItemValue>({ kind: 'null' }) },
  { weight: 1, arbitrary: fc.boolean().map((expected): ItemValue => ({ kind: 'exists', expected })) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('compare' as const), operator: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value: fc.constantFrom(0, 1, 4624) }) },
  { weight: 1, arbitrary: fc.constantFrom<ItemValue>({ kind: 'cidr', network: '10.0.0.0', prefixLength: 31 }, { kind: 'cidr', network: '::', prefixLength: 0 }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time-part' as const), part: fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year'), value: fc.constantFrom(15, 9, 2, 10, 3, 2026, 1, 0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fieldref' as const), field: fc.constantFrom(...fields), place: fc.constantFrom('whole', 'start', 'end', 'anywhere'), isCased: fc.boolean() }) },
  { weight: 2, arbitrary: expression },
);
const keywordValue = fc.oneof(text, expression, fc.constantFrom<ItemValue>({ kind: 'number', value: 1 }, { kind: 'boolean', value: true }));
const options = fc.record({ needsAll: fc.boolean(), isNegated: fc.boolean() });
const item: fc.Arbitrary<DetectionItem> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...fields), fc.array(fieldValue, { minLength: 1, maxLength: 4 }), options).map(([field, values, how]) => itemOf(field, values, how)) },
  { weight: 1, arbitrary: fc.tuple(fc.array(keywordValue, { minLength: 1, maxLength: 3 }), options).map(([values, how]) => itemOf(undefined, values, how)) },
);
const search: fc.Arbitrary<SearchExpression> = fc.letrec<{ node: SearchExpression }>((tie) => ({
  node: fc.oneof({ depthSize: 'small' }, { weight: 2, arbitrary: item }, { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('and', 'or'), members: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }) }),
})).node;

const names = ['s1', 's2', 's3'];
const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof({ depthSize: 'small' },
    { weight: 4, arbitrary: fc.constantFrom(...names).map((name): Condition => ({ kind: 'search', name })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('any', 'all'), fc.subarray(names, { minLength: 1 })).map(([quantifier, selected]): Condition => ({ kind: 'selector', quantifier, pattern: 's*', names: selected })) },
    { weight: 2, arbitrary: tie('node').map((member): Condition => ({ kind: 'not', member })) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('and', 'or'), members: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }) }),
})).node;

export const anyDetection: fc.Arbitrary<Detection> = fc.tuple(search, search, search, condition).map(([s1, s2, s3, over]) => detectionWith({ s1, s2, s3 }, over));

/** Rules with different ids, in any order, of several log sources. */
export const anyRules: fc.Arbitrary<readonly DetectionRule[]> = fc.array(
  fc.tuple(anyDetection, fc.constantFrom<Parameters<typeof ruleOf>[2]>({ product: 'vb365' }, { product: 'vb365', service: 'restore' }, { service: 'activity' }, { product: 'vb365', service: 'alert' }, { product: 'windows' })),
  { maxLength: 8 },
).chain((parts) => fc.shuffledSubarray(parts.map((_, at) => at), { minLength: parts.length }).map((order) => parts.map(([detection, logsource], at) => ruleOf(`0000000${order[at]!}`, detection, logsource))));
