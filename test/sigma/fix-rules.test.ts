import { expect } from 'chai';
import { compileDetection } from '../../src/sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../src/sigma/event-view.ts';
import { fixableCodes, fixRules } from '../../src/sigma/fix-rules.ts';
import { findingCodes } from '../../src/sigma/finding-codes.ts';
import type { Finding } from '../../src/sigma/finding.ts';
import { readRules } from '../../src/sigma/read-rules.ts';
import { noBindings } from '../../src/sigma/placeholders.ts';
import { findingOf } from '../../src/sigma/report-finding.ts';
import type { AttackKnowledge } from '../../src/sigma/rule-knowledge.ts';

const head = "title: T\nid: 11111111-1111-4111-8111-111111111111\nname: some_rule_here\nstatus: test\nlevel: low\ndescription: d\nfalsepositives: [nobody]\n";
const source = 'logsource: {product: vb365, service: restore}\n';
const rule = (detection: string, tags = 'tags: [vb365.exfiltration]\n'): string => `${head}${tags}${source}detection:\n${detection}`;
const selection = (item: string): string => rule(`    selection:\n        ${item}\n    condition: selection\n`);
const attack: AttackKnowledge = { techniques: new Map(), tactics: new Set(), replaced: new Map([['t1562', ['t1685']], ['t1070', ['t1', 't2']]]) };
const fixed = (text: string, more: readonly Finding[] = []): string => fixRules(text, 'some_rule_here.yml', [...readRules(text, 'some_rule_here.yml').findings, ...more], attack).text;

/** What is written, and what it becomes. */
const rows: readonly (readonly [name: string, before: string, after: string])[] = [
  ['a date without quotes', `${head}date: 2026-01-31\n${rule('').slice(head.length)}    s: {a: b}\n    condition: s\n`, `${head}date: '2026-01-31'\n${rule('').slice(head.length)}    s: {a: b}\n    condition: s\n`],
  ['a word that is true elsewhere', selection('vb365.item.name: [yes, maybe]'), selection("vb365.item.name: ['yes', maybe]")],
  ['a key that is true elsewhere', selection('"a": b\n        no: c'), selection('"a": b\n        \'no\': c')],
  ['a key in capitals', rule('    s: {a: b}\n    condition: s\n').replace('title', 'Title'), rule('    s: {a: b}\n    condition: s\n')],
  ['a misspelt key', rule('    s: {a: b}\n    condition: s\n').replace('falsepositives', 'falsepositive'), rule('    s: {a: b}\n    condition: s\n')],
  ['a tag twice in a flow list', rule('    s: {a: b}\n    condition: s\n', 'tags: [vb365.a, vb365.b, vb365.a] # remark\n'), rule('    s: {a: b}\n    condition: s\n', 'tags: [vb365.a, vb365.b] # remark\n')],
  ['a tag twice in a block list', rule('    s: {a: b}\n    condition: s\n', 'tags:\n    - vb365.a\n    - vb365.a\n    - vb365.b\n'), rule('    s: {a: b}\n    condition: s\n', 'tags:\n    - vb365.a\n    - vb365.b\n')],
  ['all with one value', selection('a|contains|all: x'), selection('a|contains: x')],
  ['all in the middle', selection('a|all|contains: [x, z]'), selection('a|contains|all: [x, z]')],
  ['a lone star', selection("a: '*'"), selection('a|exists: true')],
  ['stars at both ends', selection("a: '*x z*'"), selection("a|contains: 'x z'")],
  ['a star at the end of plain texts', selection('a: [abc*, de*]'), selection('a|startswith: [abc, de]')],
  ['what would become true is quoted', selection('a: true*'), selection("a|startswith: 'true'")],
  ['a star at the beginning, all values needed', selection("a|all: ['*x', '*z']"), selection("a|endswith|all: ['x', 'z']")],
  ['a needless star beside contains', selection("a|contains: ['*x*', z]"), selection("a|contains: ['x', z]")],
  ['a backslash before the last star keeps it', selection(String.raw`a|contains: '*x\*'`), selection(String.raw`a|contains: 'x\*'`)],
  ['flags inside an expression', selection("a|re: '(?i)^x[0-9]$'"), selection("a|re|i: '^x[0-9]$'")],
  ['an expression that is a beginning', selection("a|re: '^x.z'".replace('.', '\\.')), selection("a|startswith|cased: 'x.z'")],
  ['an expression that is a whole text, in any case', selection("a|re|i: '^x$'"), selection("a: 'x'")],
  ['a star in an expression stays a character', selection(String.raw`a|re: 'x\*z'`), selection(String.raw`a|contains|cased: 'x\*z'`)],
  ['a number in quotes', selection("a|gt: '5'"), selection('a|gt: 5')],
  ['operators in capitals', rule('    s: {a: b}\n    t: {a: c}\n    condition: s AND Not t\n'), rule('    s: {a: b}\n    t: {a: c}\n    condition: s and not t\n')],
  ['several at one line', selection("a|all|contains: ['*x', yes]"), selection("a|contains|all: ['x', 'yes']")],
  ['carriage returns and a byte order mark stay', `\ufeff${selection("a|gt: '5'").replaceAll('\n', '\r\n')}`, `\ufeff${selection('a|gt: 5').replaceAll('\n', '\r\n')}`],
  ['remarks and blanks stay', selection("a:   [ abc* ]   # why"), selection('a|startswith:   [ abc ]   # why')],
];

describe('fix-rules', () => {
  for (const [name, before, after] of rows) {
    it(name, () => { expect(fixed(before)).to.equal(after); });
  }
  it('level and status of a filter go', () => {
    const filter = (keys: string): string => `title: T\nid: 11111111-1111-4111-8111-111111111111\n${keys}${source}filter:\n    rules: any\n    selection: {a: b}\n    condition: not selection\n`;
    expect(fixed(filter('level: low\nstatus: test # why\n'))).to.equal(filter(''));
  });
  it('restores are counted by their id', () => {
    const correlation = (type: string, condition: string): string => `${head}tags: [vb365.a]\ncorrelation:\n    type: ${type}\n    rules: [other]\n    group-by: [user.name]\n    timespan: 1h\n    condition:${condition}\n`;
    const at = (text: string): Finding => findingOf('RULE_COUNTS_RESTORES', 'some_rule_here.yml', { line: text.slice(0, text.indexOf('event_count')).split('\n').length, column: 11 }, 'x');
    const flow = correlation('event_count', ' {gte: 10}');
    expect(fixed(flow, [at(flow)])).to.equal(correlation('value_count', ' {field: vb365.restore.id, gte: 10}'));
    const block = correlation('event_count', '\n        gte: 10');
    expect(fixed(block, [at(block)])).to.equal(correlation('value_count', '\n        field: vb365.restore.id\n        gte: 10'));
  });
  const tagged = (tags: string): string => rule('    s: {a: b}\n    condition: s\n', `tags: [${tags}]\n`);
  const revoked = findingOf('RULE_ATTACK_REVOKED', 'some_rule_here.yml', { line: 8, column: 8 }, 'x');
  for (const [name, before, after] of [
    ['a technique that was replaced', 'attack.t1562, vb365.a', 'attack.t1685, vb365.a'],
    ['its successor is named already', 'attack.t1562, attack.t1685', 'attack.t1685'],
    ['several successors: somebody must choose', 'attack.t1070, vb365.a', 'attack.t1070, vb365.a'],
  ] as const) {
    it(name, () => { expect(fixed(tagged(before), [revoked])).to.equal(tagged(after)); });
  }
  for (const [name, text] of [
    ['flags that differ', selection("a|re: ['(?i)x[0-9]', 'z[0-9]']")],
    ['a text over several lines', selection("a: |\n            abc*")],
    ['a key that would then stand twice', rule('    s: {a: b}\n    condition: s\n').replace('level: low\n', 'level: low\nlevell: high\n')],
    ['what is suppressed', selection('a: yes # lint-ok: RULE_YAML_AMBIGUOUS meant so')],
  ] as const) {
    it(`left alone: ${name}`, () => {
      const kept = readRules(text, 'some_rule_here.yml').findings.filter(({ code }) => code !== 'RULE_YAML_AMBIGUOUS');
      expect(fixRules(text, 'some_rule_here.yml', kept, attack)).to.deep.equal({ text, fixed: [] });
    });
  }
  it('corrected files have no such finding left, and no new error', () => {
    for (const [name, before] of rows) {
      const { findings } = readRules(fixed(before), 'some_rule_here.yml');
      expect(findings.filter(({ code }) => fixableCodes.has(code)), name).to.deep.equal([]);
    }
  });
  // What a rule of the rows is asked about: every value that they name, and its neighbours.
  const values = ['x', 'X', 'z', 'xz', 'x z', 'ax zb', 'x.z', 'x.za', 'xaz', 'x*z', 'x5', 'true', 'trued', 'yes', 'abc', 'abcd', 'de', 'zabc', '*x*', 'x*', 'bx', 5, 6, true];
  const matched = (text: string): readonly unknown[] | undefined => {
    const [rule] = readRules(text, 'some_rule_here.yml').rules;
    if (rule?.kind !== 'detection') return undefined;
    const table = createFieldTable();
    const { test } = compileDetection(rule.detection, table);
    return [...values, undefined].filter((value) => test(createEventView(value === undefined ? {} : { 'a': value, 'no': 'c', 'vb365.item.name': value }, table), noBindings));
  };
  for (const [name, before, after] of rows) {
    it(`matches the same: ${name}`, () => {
      const own = matched(before);
      if (own === undefined) expect(readRules(before, 'some_rule_here.yml').findings.some(({ severity }) => severity === 'error')).to.equal(true);
      else expect(matched(after)).to.deep.equal(own);
    });
  }
  it('every code is one of the table', () => { for (const code of fixableCodes) expect(findingCodes).to.have.property(code); });
});
