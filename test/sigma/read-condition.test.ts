import { expect } from 'chai';
import fc from 'fast-check';
import { readCondition, selects } from '../../src/sigma/read-condition.ts';
import type { Condition } from '../../src/sigma/rule.ts';

const search = (name: string): Condition => ({ kind: 'search', name });
const not = (member: Condition): Condition => ({ kind: 'not', member });
const and = (...members: Condition[]): Condition => ({ kind: 'and', members });
const or = (...members: Condition[]): Condition => ({ kind: 'or', members });
const selector = (quantifier: 'any' | 'all', pattern: string, ...names: string[]): Condition => ({ kind: 'selector', quantifier, pattern, names });
const [a, b, c] = [search('a'), search('b'), search('c')];
const identifiers = ['a', 'b', 'c', 'notepad', 'orange', 'android', 'allof', 'selection_a', 'selection_b', '_hidden', '_hidden_too', 'x-y'];

describe('conditions become trees', () => {
  const rows: readonly (readonly [string, string, Condition])[] = [
    ['an identifier', 'a', a],
    ['or binds less than and', 'a or b and c', or(a, and(b, c))],
    ['and binds less than not', 'not a and b', and(not(a), b)],
    ['parentheses bind most', '(a or b) and not (c)', and(or(a, b), not(c))],
    ['without blanks around parentheses', 'not(a)and(b)', and(not(a), b)],
    ['equal operators are joined', 'a and (b and c)', and(a, b, c)],
    ['not of not', 'not not a', not(not(a))],
    ['line breaks are blanks', 'a\n  or b', or(a, b)],
    ['an identifier that begins with not', 'notepad', search('notepad')],
    ['an identifier that begins with or', 'orange or a', or(search('orange'), a)],
    ['an identifier that begins with and', 'a and android', and(a, search('android'))],
    ['an identifier that begins with all', 'allof', search('allof')],
    ['an identifier with a hyphen', 'x-y', search('x-y')],
    ['one of a pattern', '1 of selection_*', selector('any', 'selection_*', 'selection_a', 'selection_b')],
    ['any of a pattern', 'any of selection_*', selector('any', 'selection_*', 'selection_a', 'selection_b')],
    ['all of a pattern', 'all of selection_*', selector('all', 'selection_*', 'selection_a', 'selection_b')],
    ['a pattern without a wildcard', '1 of a', selector('any', 'a', 'a')],
    ['them leaves out what begins with an underscore', '1 of them', selector('any', 'them', ...identifiers.filter((name) => !name.startsWith('_')))],
    ['a star leaves it out as well', 'all of *', selector('all', '*', ...identifiers.filter((name) => !name.startsWith('_')))],
    ['unless the pattern begins with it', '1 of _h*', selector('any', '_h*', '_hidden', '_hidden_too')],
    ['x of binds more than not', 'not 1 of selection_* and a', and(not(selector('any', 'selection_*', 'selection_a', 'selection_b')), a)],
    ['operators in upper case', 'a AND NOT b Or c', or(and(a, not(b)), c)],
    ['a selector in upper case', '1 OF selection_* or ALL of THEM', or(selector('any', 'selection_*', 'selection_a', 'selection_b'), selector('all', 'them', ...identifiers.filter((name) => !name.startsWith('_'))))],
  ];
  for (const [name, written, tree] of rows) it(name, () => { expect(readCondition(written, identifiers).condition).to.deep.equal(tree); });
});

describe('patterns of identifiers', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['sel*', 'selection', true], ['*tion', 'selection', true], ['s*e*n', 'selection', true], ['*', 'selection', true], ['selection', 'selection', true], ['sel', 'selection', false], ['s*x*n', 'selection', false],
    ['a*a', 'a', false], ['a*a', 'aa', true], ['*a*a*', 'a', false], ['Sel*', 'selection', false], ['*hidden', '_hidden', false], ['_*', '_hidden', true], ['them', '_hidden', false],
  ];
  for (const [pattern, name, expected] of rows) it(`${pattern} and ${name}`, () => { expect(selects(pattern, name)).to.equal(expected); });
});

describe('conditions that are wrong', () => {
  const rows: readonly (readonly [string, string, string, number])[] = [
    ['empty', '', 'RULE_CONDITION_SYNTAX', 0],
    ['blank', '  ', 'RULE_CONDITION_SYNTAX', 0],
    ['empty parentheses', 'a and ()', 'RULE_CONDITION_SYNTAX', 7],
    ['an operator at the end', 'a and', 'RULE_CONDITION_SYNTAX', 5],
    ['an operator at the end, then blanks', 'a and   ', 'RULE_CONDITION_SYNTAX', 5],
    ['not at the end', 'a and not', 'RULE_CONDITION_SYNTAX', 9],
    ['an operator at the beginning', 'or a', 'RULE_CONDITION_SYNTAX', 0],
    ['two operators', 'a and or b', 'RULE_CONDITION_SYNTAX', 6],
    ['a parenthesis never closed', 'a and (b or c', 'RULE_CONDITION_SYNTAX', 6],
    ['a parenthesis that closes nothing', 'a) or b', 'RULE_CONDITION_SYNTAX', 1],
    ['no operator between', 'a b', 'RULE_CONDITION_SYNTAX', 2],
    ['a pattern without of', 'selection_*', 'RULE_CONDITION_SYNTAX', 0],
    ['two of', '2 of selection_*', 'RULE_CONDITION_SYNTAX', 0],
    ['some of', 'some of them', 'RULE_CONDITION_SYNTAX', 0],
    ['nothing after of', '1 of', 'RULE_CONDITION_SYNTAX', 4],
    ['a parenthesis after of', '1 of (a)', 'RULE_CONDITION_SYNTAX', 5],
    ['a bad pattern', '1 of a.b', 'RULE_CONDITION_SYNTAX', 5],
    ['of alone', 'a and of', 'RULE_CONDITION_SYNTAX', 6],
    ['them alone', 'them', 'RULE_CONDITION_SYNTAX', 0],
    ['a pipe', 'a | count() > 5', 'RULE_PIPE', 2],
    ['a pipe without blanks', 'a|count(user) by host > 5', 'RULE_PIPE', 1],
    ['near', 'near a', 'RULE_PIPE', 0],
    ['an identifier that is not there', 'a and d', 'RULE_IDENTIFIER_UNDEFINED', 6],
    ['an identifier in another case', 'A', 'RULE_IDENTIFIER_UNDEFINED', 0],
    ['a pattern that selects nothing', 'a or 1 of filter_*', 'RULE_SELECTOR_EMPTY', 10],
    ['too long', `a${' '.repeat(4_096)}`, 'RULE_CONDITION_SYNTAX', 0],
    ['too deep', `${'('.repeat(33)}a${')'.repeat(33)}`, 'RULE_CONDITION_SYNTAX', 32],
  ];
  for (const [name, written, code, index] of rows) {
    it(name, () => {
      const { condition, faults } = readCondition(written, identifiers);
      expect(condition).to.equal(undefined);
      expect(faults.map((fault) => [fault.code, fault.index])).to.deep.equal([[code, index]]);
    });
  }
  it('all unknown identifiers are told at once, with the nearest name', () => {
    const { faults } = readCondition('selection_c and notpad', identifiers);
    expect(faults.map(({ message, remedy }) => [message, remedy])).to.deep.equal([["'selection_c' is not defined", 'did you mean selection_a?'], ["'notpad' is not defined", 'did you mean notepad?']]);
  });
  it('operators in another case are pointed at, and do no harm', () => {
    const { condition, faults } = readCondition('a AND b', identifiers);
    expect(condition).to.deep.equal(and(a, b));
    expect(faults).to.deep.equal([{ code: 'RULE_OPERATOR_CASE', index: 2, message: "'AND' is an operator", remedy: 'write and' }]);
  });
  it('4,096 characters and 32 levels are read', () => {
    expect(readCondition(`a${' '.repeat(4_095)}`, identifiers).condition).to.deep.equal(a);
    expect(readCondition(`${'('.repeat(32)}a${')'.repeat(32)}`, identifiers).condition).to.deep.equal(a);
  });
});

describe('any condition', () => {
  const tree = fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, fc.constantFrom(a, b, c, selector('any', 'selection_*', 'selection_a', 'selection_b')), tie('node').map(not), fc.tuple(fc.constantFrom(and, or), tie('node'), tie('node')).map(([join, left, right]) => join(left, right))),
  })).node;
  const print = (node: Condition): string => {
    if (node.kind === 'search') return node.name;
    if (node.kind === 'selector') return `${node.quantifier === 'any' ? '1' : 'all'} of ${node.pattern}`;
    return node.kind === 'not' ? `not (${print(node.member)})` : node.members.map((member) => `(${print(member)})`).join(` ${node.kind} `);
  };
  const flat = (node: Condition): Condition => {
    if (node.kind === 'not') return not(flat(node.member));
    if (node.kind !== 'and' && node.kind !== 'or') return node;
    return { kind: node.kind, members: node.members.map(flat).flatMap((member) => member.kind === node.kind ? member.members : [member]) };
  };
  it('that is printed reads back', () => { fc.assert(fc.property(tree, (node) => { expect(readCondition(print(node), identifiers).condition).to.deep.equal(flat(node)); })); });
  it('is read without a throw, and faults lie inside it', () => {
    const piece = fc.constantFrom('(', ')', ' ', 'and', 'or', 'not', '1', 'all', 'of', 'them', 'a', 'zz', '*', '|', 'NOT', '\n');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' '))), (written) => {
      const { condition, faults } = readCondition(written, identifiers);
      if (condition === undefined) expect(faults).to.not.be.empty;
      for (const { index } of faults) expect(index).to.be.within(0, written.length);
    }), { numRuns: 500 });
  });
});
