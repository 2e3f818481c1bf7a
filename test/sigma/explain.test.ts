import { expect } from 'chai';
import fc from 'fast-check';
import { explain, type ExplainedExpression, type ExplainedItem } from '../../src/sigma/explain.ts';
import { bindPlaceholders } from '../../src/sigma/placeholders.ts';
import { createRuleIndex } from '../../src/sigma/rule-index.ts';
import { anyEvent, anyLists, anyRules } from './any-rule.ts';
import { readDetectionText, ruleOf } from './written-rule.ts';

const rule = ruleOf('a', readDetectionText(`
selection:
    user.name|startswith: [E., x]
    vb365.items|gt: 3
    vb365.context.off_hours: true
filter_known:
    - user.name|expand: '%known%'
    - user.email: null
other:
    - word
condition: (selection or other) and not filter_known
`));
const event = { 'vb365.level': 'restore', 'user.name': ['E.Nobime', 'y'], 'vb365.items': 10, 'user.email': 'e@example.com' };
const itemsOf = (expression: ExplainedExpression): readonly ExplainedItem[] => expression.kind === 'item' ? [expression] : expression.members.flatMap(itemsOf);

describe('explaining a rule', () => {
  const explained = explain(rule, event, bindPlaceholders({ known: ['Ann', 'e.n*'] }));
  const items = new Map(explained.searches.map(({ name, expression }) => [name, itemsOf(expression)]));

  it('says what the engine says, and of each identifier', () => {
    expect(explained.isMatch).to.equal(false);
    expect(explained.searches.map(({ name, isMet }) => [name, isMet])).to.deep.equal([['selection', false], ['filter_known', true], ['other', false]]);
  });
  it('names the identifiers that decided', () => { expect(explained.deciding).to.deep.equal(['selection', 'other', 'filter_known']); });
  it('shows which value of the rule was met, and by what', () => {
    const [name] = items.get('selection')!;
    expect(name!.seen).to.deep.equal([{ value: 'E.Nobime', text: 'E.Nobime', folded: 'e.nobime' }, { value: 'y', text: 'y', folded: 'y' }]);
    expect(name!.values.map(({ isMet, by }) => [isMet, by.map(({ value }) => value)])).to.deep.equal([[true, ['E.Nobime']], [false, []]]);
  });
  it('shows a number as it is', () => { expect(items.get('selection')![1]!.seen).to.deep.equal([{ value: 10, text: '10', folded: '10' }]); });
  it('tells an absent field from one that holds something else', () => {
    expect([items.get('selection')![2]!.isPresent, items.get('selection')![2]!.seen, items.get('selection')![2]!.isMet]).to.deep.equal([false, [], false]);
    expect([items.get('filter_known')![1]!.isPresent, items.get('filter_known')![1]!.isMet]).to.deep.equal([true, false]);
  });
  it('shows the list that a placeholder stands for at work', () => { expect(items.get('filter_known')![0]!.values[0]!.by.map(({ value }) => value)).to.deep.equal(['E.Nobime']); });
  it('shows what keywords were searched in', () => { expect(items.get('other')![0]!.seen.map(({ text }) => text)).to.deep.equal(['restore', 'E.Nobime', 'y', '10', 'e@example.com']); });
  it('gives the condition as a tree', () => {
    const [either, negated] = explained.condition.members;
    expect([explained.condition.condition.kind, explained.condition.isMet]).to.deep.equal(['and', false]);
    expect([either!.condition.kind, either!.isMet, either!.members.map(({ isMet }) => isMet)]).to.deep.equal(['or', false, [false, false]]);
    expect([negated!.condition.kind, negated!.isMet, negated!.members.map(({ isMet }) => isMet)]).to.deep.equal(['not', false, [true]]);
  });

  const deciders: readonly (readonly [string, string, object, readonly string[]])[] = [
    ['one true member of or', 'a or b', { b: 1 }, ['b']], ['both members of a false or', 'a or b', {}, ['a', 'b']],
    ['one false member of and', 'a and b', { a: 1 }, ['b']], ['both members of a true and', 'a and b', { a: 1, b: 1 }, ['a', 'b']],
    ['a filter that keeps out', 'a and not b', { a: 1, b: 1 }, ['b']], ['a selection that is not met', 'a and not b', {}, ['a']],
    ['members of a selector', '1 of them', { b: 1 }, ['b']], ['members of all of', 'all of them', { b: 1 }, ['a']],
  ];
  for (const [name, condition, fields, expected] of deciders) {
    it(`decides: ${name}`, () => { expect(explain(ruleOf('a', readDetectionText(`a: {a: 1}\nb: {b: 1}\ncondition: ${condition}\n`)), fields).deciding).to.deep.equal(expected); });
  }
  it('says that the rule is for other events', () => {
    const other = explain(ruleOf('a', readDetectionText('a: {a: 1}\ncondition: a\n')), { 'vb365.level': 'health', a: 1 });
    expect([other.isMatch, other.isOfLogSource, other.services, other.condition.isMet]).to.deep.equal([false, false, ['health'], true]);
  });
  it('says which list is not defined', () => {
    const open = explain(rule, event);
    expect([open.isMatch, open.undefinedLists]).to.deep.equal([false, ['known']]);
  });
  it('agrees with the index', () => {
    fc.assert(fc.property(anyRules, anyEvent, anyLists, (rules, any, lists) => {
      const bindings = bindPlaceholders(lists);
      const matched = createRuleIndex(rules).match(any, bindings);
      expect(rules.filter((one) => explain(one, any, bindings).isMatch).map(({ id }) => id).sort()).to.deep.equal(matched.map(({ id }) => id));
    }), { numRuns: 500 });
  }).timeout(60_000);
});
