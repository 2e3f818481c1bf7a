import { expect } from 'chai';
import { applyFilters } from '../../src/sigma/apply-filters.ts';
import type { Condition } from '../../src/sigma/rule.ts';
import { onlyCorrelation, onlyDetection, onlyFilter, otherId, placesOf, plainCorrelation, readText, ruleId, ruleText, thirdId } from './rule-text.ts';

const search = (name: string): Condition => ({ kind: 'search', name });
const not = (member: Condition): Condition => ({ kind: 'not', member });
const detection = (head = ''): string => ruleText(`${head}name: some_rule_of_ours\ndetection: {a: {f: x}, b: {f: z}, condition: a or b}`);
const filter = (members: string, head = ''): string => ruleText(`filter: {${members}}\nid: ${otherId}${head}`);
const exclude = 'selection: {user.name: x}, condition: not selection';

describe('filters', () => {
  it('the example of the specification that excludes', () => {
    const read = onlyFilter(filter(`rules: [item_export_to_disk], ${exclude}`));
    expect(read.appliesTo).to.deep.equal(['item_export_to_disk']);
    expect(read.detection.condition).to.deep.equal(not(search('selection')));
    expect(read.logsource).to.deep.equal({ product: 'vb365', service: 'restore', custom: {} });
  });
  it('any', () => { expect(onlyFilter(filter(`rules: any, ${exclude}`)).appliesTo).to.equal('any'); });
  it('a rule named any in a list is a rule', () => { expect(onlyFilter(filter(`rules: [any], ${exclude}`)).appliesTo).to.deep.equal(['any']); });
  it('one rule as a text', () => { expect(onlyFilter(filter(`rules: some_rule, ${exclude}`)).appliesTo).to.deep.equal(['some_rule']); });

  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['one that keeps only what it selects', 'rules: any, selection: {f: x}, condition: selection', ['RULE_FILTER_KEEPS_ONLY']],
    ['a double negation', 'rules: any, selection: {f: x}, condition: not not selection', ['RULE_FILTER_KEEPS_ONLY']],
    ['a negation of a group', 'rules: any, selection: {f: x}, b: {f: z}, condition: not (selection and b)', ['RULE_FILTER_IDENTIFIERS']],
    ['a negation inside a negation', 'rules: any, selection: {f: x}, b: {f: z}, condition: not (not selection or b)', ['RULE_FILTER_IDENTIFIERS']],
    ['neq excludes as well', "rules: any, selection: {f|neq: x}, condition: selection", []],
    ['a negated neq keeps only', "rules: any, selection: {f|neq: x}, condition: not selection", ['RULE_FILTER_KEEPS_ONLY']],
    ['a negated neq beside another item excludes', "rules: any, selection: {f|neq: x, g: y1}, condition: not selection", []],
    ['not one of', 'rules: any, selection: {f: x}, condition: not 1 of sel*', []],
    ['no rules', exclude, ['RULE_SCHEMA']],
    ['an empty list of rules', `rules: [], ${exclude}`, ['RULE_EMPTY_LIST']],
    ['no condition', 'rules: any, selection: {f: x}', ['RULE_SCHEMA']],
    ['status', `rules: any, ${exclude}`, []],
  ];
  for (const [name, members, codes] of rows) it(name, () => { expect(readText(filter(members)).findings.map(({ code }) => code)).to.deep.equal(codes); });
  it('one that says that it keeps only', () => { expect(placesOf(readText(filter('rules: any, selection: {f: x}, condition: selection', '\nvb365: {keeps_only: true}')).findings)).to.deep.equal([]); });
  it('settings of rules are refused', () => { expect(placesOf(readText(filter(`rules: any, ${exclude}`, '\nvb365: {suppress: 1h}')).findings)).to.deep.equal(['3:9 RULE_SCHEMA']); });
});

describe('filters are added to rules', () => {
  const rule = onlyDetection(detection());
  const applied = (members: string, head = ''): Condition => {
    const [first] = applyFilters([rule, onlyFilter(filter(members, head))]);
    return first?.kind === 'detection' ? first.detection.condition : search('none');
  };
  const both: Condition = { kind: 'and', members: [{ kind: 'or', members: [search('a'), search('b')] }, not(search('filter_1f0b7c1e_selection'))] };
  const rows: readonly (readonly [string, string, string, boolean])[] = [
    ['by name', 'rules: [some_rule_of_ours]', '', true],
    ['by id', `rules: [${ruleId}]`, '', true],
    ['any', 'rules: any', '', true],
    ['another name', 'rules: [another]', '', false],
    ['with a wider log source', 'rules: any', '\nlogsource: {product: vb365}', true],
    ['with another service', 'rules: any', '\nlogsource: {product: vb365, service: health}', false],
    ['with a narrower log source', 'rules: any', '\nlogsource: {product: vb365, service: restore, category: x}', false],
    ['named, but of another log source', 'rules: [some_rule_of_ours]', '\nlogsource: {product: other}', false],
  ];
  for (const [name, members, head, applies] of rows) it(name, () => { expect(applied(`${members}, ${exclude}`, head)).to.deep.equal(applies ? both : rule.detection.condition); });

  it('with identifiers of its own, patterns included', () => {
    const [first] = applyFilters([rule, onlyFilter(filter('rules: any, a: {f: k}, other: {f: l}, condition: not 1 of them and not 1 of o*'))]);
    expect(first?.kind === 'detection' ? [...first.detection.searches.keys()] : []).to.deep.equal(['a', 'b', 'filter_1f0b7c1e_a', 'filter_1f0b7c1e_other']);
    expect(first?.kind === 'detection' ? first.detection.condition : undefined).to.deep.equal({ kind: 'and', members: [
      { kind: 'or', members: [search('a'), search('b')] },
      not({ kind: 'selector', quantifier: 'any', pattern: 'filter_1f0b7c1e_*', names: ['filter_1f0b7c1e_a', 'filter_1f0b7c1e_other'] }),
      not({ kind: 'selector', quantifier: 'any', pattern: 'filter_1f0b7c1e_o*', names: ['filter_1f0b7c1e_other'] }),
    ] });
  });
  it('a name that is taken is lengthened', () => {
    const taken = onlyDetection(ruleText('detection: {filter_1f0b7c1e_selection: {f: x}, condition: filter_1f0b7c1e_selection}'));
    const [first] = applyFilters([taken, onlyFilter(filter(`rules: any, ${exclude}`))]);
    expect(first?.kind === 'detection' ? [...first.detection.searches.keys()] : []).to.deep.equal(['filter_1f0b7c1e_selection', 'filter_1f0b7c1e__selection']);
  });
  it('several, in their order, and a filter without id has a name all the same', () => {
    const [first] = applyFilters([onlyFilter(filter(`rules: any, ${exclude}`)), rule, onlyFilter(ruleText(`filter: {rules: any, ${exclude}}`, ['id']))]);
    const names = first?.kind === 'detection' ? [...first.detection.searches.keys()] : [];
    expect(names.slice(0, 3)).to.deep.equal(['a', 'b', 'filter_1f0b7c1e_selection']);
    expect(names[3]).to.match(/^filter_[0-9a-f]{8}_selection$/);
  });
  it('never to correlations, and filters are gone', () => {
    const correlation = onlyCorrelation(ruleText(`id: ${thirdId}\n${plainCorrelation}`));
    expect(applyFilters([correlation, onlyFilter(filter(`rules: any, ${exclude}`))])).to.deep.equal([correlation]);
  });
  it('a rule that none applies to stays the same record', () => { expect(applyFilters([rule])[0]).to.equal(rule); });
});
