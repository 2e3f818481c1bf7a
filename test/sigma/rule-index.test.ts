import { expect } from 'chai';
import fc from 'fast-check';
import { compileDetection, compileRule } from '../../src/sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../src/sigma/event-view.ts';
import { needsOf } from '../../src/sigma/needed-values.ts';
import { bindPlaceholders } from '../../src/sigma/placeholders.ts';
import { createRuleIndex } from '../../src/sigma/rule-index.ts';
import type { DetectionRule } from '../../src/sigma/rule.ts';
import { anyDetection, anyEvent, anyLists, anyRules } from './any-rule.ts';
import { naiveDetection, naiveMatches } from './naive.ts';
import { readDetectionText, ruleOf } from './written-rule.ts';

const detection = (item: string, condition = 's', more = ''): ReturnType<typeof readDetectionText> => readDetectionText(`s:\n    ${item}\n${more}condition: ${condition}\n`);
const restore = (fields: object): object => ({ 'vb365.level': 'restore', ...fields });

describe('index of rules', () => {
  it('gives the rules that match, by id, whatever their order was', () => {
    const index = createRuleIndex([ruleOf('c', detection('a: 1')), ruleOf('a', detection('a: 1')), ruleOf('b', detection('a: 2')), ruleOf('d', detection('z|exists: false'))]);
    expect(index.match(restore({ a: '1' })).map(({ id }) => id)).to.deep.equal(['a', 'c', 'd']);
    expect(index.match(restore({ a: [1, '2'], z: 0 })).map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
  });
  it('rules without an id come last, as they were given', () => {
    const nameless = (title: string): DetectionRule => Object.fromEntries(Object.entries({ ...ruleOf('x', detection('a: 1')), title }).filter(([key]) => key !== 'id')) as unknown as DetectionRule;
    const [first, second] = [nameless('first'), nameless('second')];
    expect(createRuleIndex([first, ruleOf('z', detection('a: 1')), second]).match(restore({ a: 1 })).map(({ title }) => title)).to.deep.equal(['rule z', 'first', 'second']);
  });
  it('looks at the log source first', () => {
    const index = createRuleIndex([ruleOf('a', detection('a: 1'), { product: 'vb365', service: 'health' }), ruleOf('b', detection('a: 1'), { product: 'vb365' })]);
    expect(index.match(restore({ a: 1 })).map(({ id }) => id)).to.deep.equal(['b']);
    expect(index.match({ 'vb365.level': 'health', a: 1 }).map(({ id }) => id)).to.deep.equal(['a', 'b']);
    expect(index.match({ 'vb365.level': 'alert', a: 1 })).to.deep.equal([]);
    expect(index.match({ a: 1 })).to.deep.equal([]);
  });
  it('lists belong to the tenant whose event it is', () => {
    const index = createRuleIndex([ruleOf('a', detection('a|expand: "%who%"')), ruleOf('b', detection('a|expand: "%who%"', 'not s')), ruleOf('c', detection('a: ann'))]);
    const [one, other, empty] = [bindPlaceholders({ who: ['bob'] }, { who: ['ann'] }), bindPlaceholders({ who: ['bob'] }), bindPlaceholders({ who: [] })];
    const matched = [one, other, empty, undefined].map((bindings) => index.match(restore({ a: 'ann' }), bindings).map(({ id }) => id));
    expect(matched).to.deep.equal([['a', 'c'], ['b', 'c'], ['b', 'c'], ['c']]);
  });
  it('a name of every object is no list', () => {
    expect(createRuleIndex([ruleOf('a', detection('a|expand|neq: "%constructor%"'))]).match(restore({ a: 'x' }), bindPlaceholders({}))).to.deep.equal([]);
  });
  it('an event that holds a value many times matches once', () => {
    expect(createRuleIndex([ruleOf('a', detection('a: [x, y]'))]).match(restore({ a: ['x', 'X', 'y', 'x'] })).map(({ id }) => id)).to.deep.equal(['a']);
  });
});

describe('events that strangers write', () => {
  const long = 'a'.repeat(100_000);
  const index = createRuleIndex([
    ruleOf('a', detection(`a|contains: '${'a?'.repeat(500)}b'`)), ruleOf('b', detection("a|re: '^(a+)+$'")), ruleOf('c', detection('a|fieldref|contains: b')), ruleOf('d', detection(`'|all': ['${'a*'.repeat(200)}b', c]`)),
    ruleOf('e', detection('a: [x, y]', 'not s')), ruleOf('f', detection('__proto__.polluted|exists: true')), ruleOf('g', detection('a|cidr: 10.0.0.0/8')), ruleOf('h', detection('a|hour: 3')), ruleOf('i', detection('a|gt: 3')),
  ]);
  const rows: readonly (readonly [string, object, readonly string[]])[] = [
    ['a long text', { a: long }, ['b', 'e']],
    ['a long text that nearly fits', { a: `${long}!`, b: `${long}?` }, ['e']],
    ['a long row of digits', { a: '9'.repeat(100_000) }, ['e', 'i']],
    ['very many values', { a: Array.from({ length: 100_000 }, (_, at) => `v${at}`), b: ['v99999'] }, ['c', 'e']],
    ['very many fields', Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`f${at}`, at])), ['e']],
    ['names of every object', JSON.parse('{"__proto__": {"polluted": 1}, "constructor": "x", "hasOwnProperty": 1, "a": {"toString": 1}}') as object, ['e', 'f']],
    ['half characters', { a: '\ud83d'.repeat(1_000) }, ['e']],
  ];
  for (const [name, event, expected] of rows) it(name, () => { expect(index.match({ ...event, 'vb365.level': 'restore' }).map(({ id }) => id)).to.deep.equal(expected); });
});

describe('what an event must hold', () => {
  const rows: readonly (readonly [string, ReturnType<typeof readDetectionText>, ReturnType<typeof needsOf>])[] = [
    ['a value, folded', detection('a: Ann'), [[{ field: 'a', text: 'ann' }]]],
    ['a number as text', detection('a: 46.0'), [[{ field: 'a', text: '46' }]]],
    ['one of several', detection('a: [x, 2, true]'), [[{ field: 'a', text: 'x' }, { field: 'a', text: '2' }, { field: 'a', text: 'true' }]]],
    ['several, one of them with a wildcard: the field', detection('a: [x, y*]'), [[{ field: 'a' }]]],
    ['all of several', detection('a|contains|all: [x, y]'), [[{ field: 'a' }], [{ field: 'a' }]]],
    ['null: nothing', detection('a: null'), []],
    ['exists', detection('a|exists: true'), [[{ field: 'a' }]]],
    ['not exists: nothing', detection('a|exists: false'), []],
    ['neq: nothing', detection('a|neq: x'), []],
    ['keywords: nothing', detection('- x'), []],
    ['a placeholder: the field', detection('a|expand: "%p%"'), [[{ field: 'a' }]]],
    ['windash: the field', detection('a|windash: -x'), [[{ field: 'a' }]]],
    ['a number to compare with: the field', detection('a|gt: 3'), [[{ field: 'a' }]]],
    ['several items: each', detection('a: x\n    b: y'), [[{ field: 'a', text: 'x' }], [{ field: 'b', text: 'y' }]]],
    ['not: nothing', detection('a: x', 'not s'), []],
    ['and not', detection('a: x', 's and not t', 't: {b: y}\n'), [[{ field: 'a', text: 'x' }]]],
    ['or: one of both', detection('a: x', 's or t', 't: {b: y, c|exists: true}\n'), [[{ field: 'a', text: 'x' }, { field: 'b', text: 'y' }]]],
    ['or with something that needs nothing: nothing', detection('a: x', 's or not t', 't: {b: y}\n'), []],
    ['all of', detection('a: x', 'all of them', 't: {b: y}\n'), [[{ field: 'a', text: 'x' }], [{ field: 'b', text: 'y' }]]],
    ['1 of', detection('a: x', '1 of them', 't: {b: y}\n'), [[{ field: 'a', text: 'x' }, { field: 'b', text: 'y' }]]],
  ];
  for (const [name, given, expected] of rows) it(name, () => { expect(needsOf(given)).to.deep.equal(expected); });
});

describe('fast and naive agree', () => {
  it('one detection', () => {
    fc.assert(fc.property(anyDetection, anyEvent, anyLists, (given, event, lists) => {
      const table = createFieldTable();
      const { isLoaded, test } = compileRule(ruleOf('a', given), table);
      const bindings = bindPlaceholders(lists);
      expect(isLoaded(bindings) && test(createEventView(event, table), bindings)).to.equal(naiveDetection(given, event, lists));
    }), { numRuns: 1_500 });
  }).timeout(60_000);
  it('one view for many detections', () => {
    fc.assert(fc.property(fc.array(anyDetection, { maxLength: 5 }), anyEvent, (given, event) => {
      const table = createFieldTable();
      const lists = { p: ['ann'], q: [] };
      const tests = given.map((one) => compileDetection(one, table));
      const view = createEventView(event, table);
      expect(tests.map(({ test }) => test(view, bindPlaceholders(lists)))).to.deep.equal(given.map((one) => naiveDetection(one, event, lists)));
    }), { numRuns: 300 });
  }).timeout(60_000);
  it('an index over a stream', () => {
    fc.assert(fc.property(anyRules, fc.array(fc.tuple(anyEvent, anyLists), { maxLength: 6 }), (rules, stream) => {
      const index = createRuleIndex(rules);
      for (const [event, lists] of stream) expect(index.match(event, bindPlaceholders(lists)).map(({ id }) => id)).to.deep.equal(naiveMatches(rules, event, lists).map(({ id }) => id));
    }), { numRuns: 500 });
  }).timeout(60_000);
});
