import { expect } from 'chai';
import { createCasePack, type CasePack, type TestedRule } from '../../../src/detect/cases/case-pack.ts';
import { filterMutants } from '../../../src/detect/cases/mutants.ts';
import { readCases } from '../../../src/detect/cases/read-cases.ts';
import { missingCases, survivingFilterMutants, survivingMutants } from '../../../src/detect/cases/required-cases.ts';
import { runCases } from '../../../src/detect/cases/run-cases.ts';
import { ruleKey } from '../../../src/detect/rule-identity.ts';
import { readRules } from '../../../src/sigma/read-rules.ts';

/** a save by somebody who is not approved */
const single = `title: Saved
id: 11111111-1111-4111-8111-111111111111
name: saved_by_others
level: medium
logsource: {product: vb365, service: restore}
detection:
    selection: {vb365.operation: save}
    filter_approved: {vb365.context.operator_groups: approved}
    condition: selection and not filter_approved
`;
const singleCases = `given: {event: {vb365.level: restore, vb365.tenant.id: t, vb365.restore.id: r-1, user.name: ann}}
match:
    - {name: saved, event: {vb365.operation: save}}
ignore:
    - {name: viewed, event: {vb365.operation: view}, because: selection}
    - {name: approved, event: {vb365.operation: save, vb365.context.operator_groups: [approved]}, because: filter_approved}
`;
/** two saves of one person within ten minutes */
const counted = `title: Saved Twice
id: 22222222-2222-4222-8222-222222222222
name: saved_twice_by_one
level: high
correlation:
    type: value_count
    rules: [saved_by_others]
    group-by: [user.name]
    timespan: 10m
    condition: {field: vb365.restore.id, gte: 2}
`;
const event = (at: string, more = ''): string => `{at: ${at}, match: saved_by_others, unique: [vb365.restore.id]${more}}`;
const timeline = (name: string, events: readonly string[], alerts: readonly string[]): string => `    - {name: ${name}, events: [${events.join(', ')}], alerts: [${alerts.join(', ')}]}\n`;
const whole = [
  timeline('at the end of the window', [event('+0s'), event('+10m')], ['{at: +10m, group: {user.name: ann}, count: 2}']),
  timeline('too late', [event('+0s'), event('+10m1s')], []),
  timeline('one', [event('+0s')], []),
  timeline('two people', [event('+0s'), event('+1m', ', with: {user.name: bob}')], []),
  timeline('nobody', [event('+0s', ', without: [user.name], repeat: 2')], []),
  timeline('the pause', [event('+0s', ', repeat: 2'), event('+5m', ', repeat: 2'), event('+10m')], ['{at: +0s}', '{at: +10m}']),
];
const countedCases = (...rows: readonly string[]): string => `timelines:\n${rows.join('')}`;

function packOf(rules: readonly string[], cases: Readonly<Record<string, string>>): CasePack {
  const read = rules.flatMap((text, index) => {
    const { rules: found, findings } = readRules(text, `${String(index)}.yml`);
    expect(findings.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    return found;
  });
  const files = Object.entries(cases).map(([name, text]) => {
    const { cases: file, findings } = readCases(text, `${name}.test.yml`);
    expect(findings).to.deep.equal([]);
    return [ruleKey(read.find((rule) => rule.name === name)!), file!] as const;
  });
  return createCasePack(read, new Map(files));
}
const ruleIn = (pack: CasePack, name: string): TestedRule => pack.ruleOf(name) as TestedRule;
const problems = (pack: CasePack, name: string): readonly string[] => runCases(pack, ruleIn(pack, name)).findings.map(({ code, message }) => `${code} ${message}`);

describe('cases of a rule: running', () => {
  const good = packOf([single, counted], { saved_by_others: singleCases, saved_twice_by_one: countedCases(...whole) });

  it('cases that hold: nothing to say, and every one counted', () => {
    expect(runCases(good, ruleIn(good, 'saved_by_others'))).to.deep.equal({ passed: 3, findings: [] });
    expect(runCases(good, ruleIn(good, 'saved_twice_by_one'))).to.deep.equal({ passed: 6, findings: [] });
  });

  const events: readonly (readonly [name: string, cases: string, expected: string])[] = [
    ['a match that is none', 'match: [{name: a, event: {vb365.level: restore, vb365.operation: view}}]', 'CASE_FAILED a: the rule does not match'],
    ['another log source is no match', 'match: [{name: a, event: {vb365.level: activity, vb365.operation: save}}]', 'CASE_FAILED a: the rule does not match'],
    ['a match that should be none', 'ignore: [{name: a, event: {vb365.level: restore, vb365.operation: save}}]', 'CASE_FAILED a: the rule matches'],
    ['a reason that is not the reason', 'ignore: [{name: a, event: {vb365.level: restore, vb365.operation: view}, because: filter_approved}]',
      'CASE_FAILED a: filter_approved turned round alone would not make the rule match; selection would'],
    ['a reason beside another one', 'ignore: [{name: a, event: {vb365.level: restore, vb365.operation: view, vb365.context.operator_groups: approved}, because: selection}]',
      'CASE_FAILED a: selection turned round alone would not make the rule match; no identifier alone decides'],
    ['a reason that is not there', 'ignore: [{name: a, event: {vb365.level: restore, vb365.operation: view}, because: selektion}]', 'CASE_REFERENCE a: the rule has no identifier selektion'],
    ['an event that no rule looks at', 'ignore: [{name: a, event: {vb365.operation: save}}]', 'CASE_CANNOT_FAIL a: the event has no vb365.level, so that no rule looks at it'],
  ];
  for (const [name, cases, expected] of events) it(name, () => { expect(problems(packOf([single], { saved_by_others: cases }), 'saved_by_others')).to.deep.equal([expected]); });

  const streams: readonly (readonly [name: string, row: string, expected: readonly string[]])[] = [
    ['too many alerts expected', timeline('t', [event('+0s')], ['{}']), ['CASE_FAILED t: 0 alerts instead of 1']],
    ['an alert that is not expected', timeline('t', [event('+0s'), event('+1m')], []), ['CASE_FAILED t: 1 alerts instead of 0: +60s with 2 events']],
    ['another time', timeline('t', [event('+0s'), event('+1m')], ['{at: +2m}']), ['CASE_FAILED t: alert 1: raised at +60s instead of +120s']],
    ['another number', timeline('t', [event('+0s'), event('+1m')], ['{count: 3}']), ['CASE_FAILED t: alert 1: 2 events instead of 3']],
    ['another group, and a field that the alert lacks', timeline('t', [event('+0s'), event('+1m')], ['{group: {user.name: bob, user.domain: X}}']),
      ['CASE_FAILED t: alert 1: user.name is "ann" instead of "bob"', 'CASE_FAILED t: alert 1: user.domain is absent instead of "X"']],
    ['a rule that is not there', timeline('t', ['{match: others}'], []), ['CASE_REFERENCE t: there is no rule others with a match among its cases']],
  ];
  for (const [name, row, expected] of streams) {
    it(name, () => { expect(problems(packOf([single, counted], { saved_by_others: singleCases, saved_twice_by_one: countedCases(row) }), 'saved_twice_by_one')).to.deep.equal(expected); });
  }
  it('single events say nothing about a correlation', () => {
    expect(problems(packOf([single, counted], { saved_twice_by_one: 'match: [{name: a, event: {x: 1}}]' }), 'saved_twice_by_one')).to.deep.equal(['CASE_SCHEMA a: a correlation has timelines, not single events']);
  });
  it('the rule of another product looks at its own events', () => {
    const rule = 'title: W\nname: windows_logon\nlogsource: {product: windows}\ndetection: {a: {EventID: 4624}, condition: a}\n';
    const pack = packOf([rule], { windows_logon: 'match: [{name: a, event: {EventID: 4624}}]\nignore: [{name: b, event: {EventID: 4625}, because: a}]' });
    expect(runCases(pack, ruleIn(pack, 'windows_logon'))).to.deep.equal({ passed: 2, findings: [] });
  });
  it('placeholders are those of the cases', () => {
    const rule = single.replace('vb365.operation: save', "vb365.item.name|contains|expand: '%terms%'");
    const cases = (given: string): string => `${given}\nmatch: [{name: a, event: {vb365.level: restore, vb365.item.name: Payroll}}]`;
    expect(problems(packOf([rule], { saved_by_others: cases('given: {placeholders: {terms: [payroll]}}') }), 'saved_by_others')).to.deep.equal([]);
    expect(problems(packOf([rule], { saved_by_others: cases('given: {}') }), 'saved_by_others')).to.deep.equal(['CASE_FAILED a: the rule does not match']);
  });
});

describe('cases of a rule: what is missing', () => {
  const missing = (pack: CasePack, name: string): readonly string[] => missingCases(pack, ruleIn(pack, name)).map(({ code, message }) => `${code} ${message}`);
  const ofSingle = (cases: string): readonly string[] => missing(packOf([single], { saved_by_others: cases }), 'saved_by_others');
  const given = 'given: {event: {vb365.level: restore}}\n';
  const a = (name: string, body: string): string => `{name: ${name}, event: {${body}}}`;
  const save = a('saved', 'vb365.operation: save');
  const view = a('viewed', 'vb365.operation: view');
  const approved = a('approved', 'vb365.operation: save, vb365.context.operator_groups: approved');

  it('nothing, where everything is there', () => {
    const pack = packOf([single, counted], { saved_by_others: singleCases, saved_twice_by_one: countedCases(...whole) });
    expect([...missing(pack, 'saved_by_others'), ...missing(pack, 'saved_twice_by_one')]).to.deep.equal([]);
  });
  it('cases at all', () => { expect(missing(packOf([single], {}), 'saved_by_others')).to.deep.equal(['RULE_NO_CASES saved_by_others has no cases']); });
  const rows: readonly (readonly [name: string, cases: string, expected: string])[] = [
    ['a match', `${given}ignore: [${view}, ${approved}]`, 'a match'],
    ['what a selection keeps out', `${given}match: [${save}]\nignore: [${approved}]`, 'an event that only selection keeps from matching'],
    ['what a filter keeps out', `${given}match: [${save}]\nignore: [${view}]`, 'an event that only filter_approved keeps from matching'],
    ['an event without the field of the filter', 'given: {event: {vb365.level: restore, vb365.context.operator_groups: helpdesk}}\n' + `match: [${save}]\nignore: [${view}, ${approved}]`,
      'an event without the field vb365.context.operator_groups, which the rule excludes by'],
  ];
  for (const [name, cases, expected] of rows) it(name, () => { expect(ofSingle(cases)).to.deep.equal([`RULE_CASES_INCOMPLETE no case shows ${expected}`]); });

  const needs: readonly (readonly [name: string, without: readonly string[], expected: readonly string[]])[] = [
    ['just inside', ['at the end of the window'], ['the last event just inside of the window']],
    ['just outside', ['too late'], ['the last event just outside of the window']],
    ['another group, and no group', ['two people', 'nobody'], ['an event without user.name, the field of the group', 'another user.name']],
    ['no group', ['nobody'], ['an event without user.name, the field of the group']],
    ['the pause', ['the pause'], ['what goes on during the pause after an alert']],
    ['any alert', ['at the end of the window', 'the pause'], ['a timeline with an alert', 'the last event just inside of the window', 'a value that just reaches the threshold', 'what goes on during the pause after an alert']],
    ['anything that raises none', ['too late', 'one', 'two people', 'nobody'], [
      'a timeline without an alert', 'an event without user.name, the field of the group', 'the last event just outside of the window', 'another user.name']],
  ];
  for (const [name, without, expected] of needs) {
    it(`of a correlation: ${name}`, () => {
      const kept = whole.filter((row) => !without.some((left) => row.includes(`name: ${left},`)));
      const found = missing(packOf([single, counted], { saved_by_others: singleCases, saved_twice_by_one: countedCases(...kept) }), 'saved_twice_by_one');
      expect([...found].sort()).to.deep.equal(expected.map((text) => `RULE_CASES_INCOMPLETE no case shows ${text}`).sort());
    });
  }
});

describe('cases of a rule: changes that no case notices', () => {
  it('are named', () => {
    const pack = packOf([single], { saved_by_others: singleCases.replace(/ {4}- \{name: viewed.*\n/, '') });
    const { tried, findings } = survivingMutants(pack, ruleIn(pack, 'saved_by_others'));
    // two items taken away and turned round; both members of the condition, each turned round
    expect(tried).to.equal(8);
    expect(findings.map(({ code, file, message }) => [code, file, message])).to.deep.equal([
      ['CASE_MUTANT', 'saved_by_others.test.yml', 'saved_by_others: no case notices selection: vb365.operation taken away'],
      ['CASE_MUTANT', 'saved_by_others.test.yml', 'saved_by_others: no case notices condition: selection taken away'],
    ]);
  });
  it('none, where everything is there', () => {
    const pack = packOf([single, counted], { saved_by_others: singleCases, saved_twice_by_one: countedCases(...whole) });
    expect([...survivingMutants(pack, ruleIn(pack, 'saved_by_others')).findings, ...survivingMutants(pack, ruleIn(pack, 'saved_twice_by_one')).findings]).to.deep.equal([]);
  });
  const filter = 'title: F\nname: leavers_are_left_out\nlogsource: {product: vb365, service: restore}\nfilter:\n    rules: [saved_by_others]\n    selection: {vb365.context.owner_groups: leaver}\n    condition: not selection\n';
  const survivors = (cases: string): readonly string[] => {
    const pack = packOf([single, filter], { saved_by_others: cases });
    const rule = pack.ruleOf('leavers_are_left_out')!;
    return rule.kind === 'filter' ? survivingFilterMutants(pack, rule, filterMutants(rule)).map(({ message }) => message) : [];
  };
  it('of a filter, by the cases of the rules that it applies to', () => {
    expect(survivors(singleCases)).to.deep.equal(['leavers_are_left_out: no case notices filter leavers_are_left_out taken away']);
    expect(survivors(`${singleCases}    - {name: a leaver, event: {vb365.operation: save, vb365.context.owner_groups: [leaver]}}\n`)).to.deep.equal([]);
  });
});
