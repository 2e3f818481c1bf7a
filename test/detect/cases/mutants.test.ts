import { expect } from 'chai';
import { filterMutants, mutants } from '../../../src/detect/cases/mutants.ts';
import { readRules } from '../../../src/sigma/read-rules.ts';
import type { Rule } from '../../../src/sigma/rule.ts';

function ruleOf(text: string): Rule {
  const { rules, findings } = readRules(text, 'some_rule_here.yml');
  expect(findings.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  return rules[0]!;
}
const detection = (body: string, more = ''): string => `title: T\nlogsource: {product: vb365, service: restore}\ndetection:\n${body.split('\n').map((line) => `    ${line}`).join('\n')}\n${more}`;
const correlation = (body: string, more = ''): string => `title: T\ncorrelation: ${body}\n${more}`;
const whats = (rule: Rule): readonly string[] => mutants(rule).map(({ what }) => what);

describe('mutants of a rule', () => {
  const rows: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['one item', detection('a: {user.name: ann}\ncondition: a'), ['a: user.name taken away', 'a: user.name turned round', 'condition: a turned round']],
    ['values one by one', detection('a: {user.name: [ann, b*b]}\ncondition: a'), [
      'a: user.name taken away', 'a: user.name turned round', 'a: user.name: value ann taken away', 'a: user.name: value b*b taken away', 'condition: a turned round']],
    ['a number moves both ways', detection('a: {vb365.restore.bytes|gte: 5}\ncondition: a'), [
      'a: vb365.restore.bytes|gte taken away', 'a: vb365.restore.bytes|gte turned round', 'a: vb365.restore.bytes|gte: gte 5 moved by -1', 'a: vb365.restore.bytes|gte: gte 5 moved by 1', 'condition: a turned round']],
    ['a condition: each member, each negation', detection('a: {user.name: ann}\nb: {user.domain: x}\ncondition: a and not b'), [
      'a: user.name taken away', 'a: user.name turned round', 'b: user.domain taken away', 'b: user.domain turned round',
      'condition: a taken away', 'condition: a turned round', 'condition: not b taken away', 'condition: not before b taken away']],
    ['a selector: each name, and the other quantifier', detection('f_a: {user.name: ann}\nf_b: {user.domain: x}\ncondition: 1 of f_*'), [
      'f_a: user.name taken away', 'f_a: user.name turned round', 'f_b: user.domain taken away', 'f_b: user.domain turned round',
      'condition: 1 of f_* turned round', 'condition: 1 of f_* asks for all', 'condition: f_a taken away', 'condition: f_b taken away']],
    ['settings', detection('a: {user.name: ann}\ncondition: a', 'vb365: {settle: 30m, suppress: 1h, suppress_by: [user.name], scope: provider}\n'), [
      'a: user.name taken away', 'a: user.name turned round', 'condition: a turned round', 'suppress one second shorter', 'suppress one second longer', 'suppress taken away',
      'settle one second shorter', 'settle one second longer', 'settle taken away', 'suppress_by: user.name taken away', 'scope of a tenant']],
    ['a count', correlation('{type: value_count, rules: [a, b], group-by: [user.name], timespan: 1h, condition: {field: vb365.restore.id, gte: 3}}'), [
      'timespan one second shorter', 'timespan one second longer', 'gte 3 is 2', 'gte 3 is 4', 'group-by: user.name taken away', 'rule a taken away', 'rule b taken away', 'suppress taken away']],
    ['an order', correlation('{type: temporal_ordered, rules: [a, b], group-by: [user.name], timespan: 1h}'), [
      'timespan one second shorter', 'timespan one second longer', 'group-by: user.name taken away', 'rule a taken away', 'rule b taken away', 'order taken away', 'suppress taken away']],
    ['an expression; what is decided on close knows no suppression', correlation('{type: temporal, group-by: [user.name], timespan: 1h, condition: a and not b}'), [
      'timespan one second shorter', 'timespan one second longer', 'group-by: user.name taken away', 'a taken away', 'a turned round', 'not b taken away', 'not before b taken away']],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(whats(ruleOf(text))).to.deep.equal(expected); });

  it('each is another rule, and the rule itself stays as it is', () => {
    const rule = ruleOf(detection('a: {user.name: [ann, bob], user.domain: x}\nb: {vb365.restore.bytes|gte: 5}\ncondition: a and not b'));
    const before = JSON.stringify([...(rule.kind === 'detection' ? rule.detection.searches : [])]);
    const texts = mutants(rule).map(({ by }) => JSON.stringify(by?.kind === 'detection' ? [[...by.detection.searches], by.detection.condition] : by));
    expect(new Set(texts).size).to.equal(texts.length);
    expect(JSON.stringify([...(rule.kind === 'detection' ? rule.detection.searches : [])])).to.equal(before);
  });
  it('a filter may also be gone altogether', () => {
    const filter = ruleOf('title: F\nlogsource: {product: vb365}\nfilter:\n    rules: any\n    selection: {user.name: ann}\n    condition: not selection\n');
    expect(filter.kind === 'filter' ? filterMutants(filter).map(({ what }) => what) : []).to.deep.equal([
      'filter F taken away', 'selection: user.name taken away', 'selection: user.name turned round', 'condition: not before selection taken away']);
  });
});
