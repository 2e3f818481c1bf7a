import { expect } from 'chai';
import fc from 'fast-check';
import { readRegex } from '../../src/sigma/regex.ts';
import type { RegexNode } from '../../src/sigma/rule.ts';

const noFlags = { ignoreCase: false, multiline: false, dotAll: false };
const literal = (text: string): RegexNode => ({ kind: 'literal', text });
const sequence = (...members: RegexNode[]): RegexNode => ({ kind: 'sequence', members });
const choice = (...members: RegexNode[]): RegexNode => ({ kind: 'choice', members });
const repeat = (node: RegexNode, min: number, max: number | undefined, isLazy = false): RegexNode => ({ kind: 'repeat', node, min, max, isLazy });
const oneOf = (...ranges: [number, number][]): RegexNode => ({ kind: 'class', isNegated: false, ranges });
const noneOf = (...ranges: [number, number][]): RegexNode => ({ kind: 'class', isNegated: true, ranges });
const group = (node: RegexNode, captures = true): RegexNode => ({ kind: 'group', node, captures });
const any: RegexNode = { kind: 'any' };

describe('regular expressions become trees', () => {
  const rows: readonly (readonly [string, string, RegexNode])[] = [
    ['nothing', '', sequence()],
    ['letters', 'abc', literal('abc')],
    ['one character that is two UTF-16 units', '\u{1f600}+', repeat(literal('\u{1f600}'), 1, undefined)],
    ['anchors', '^a$', sequence({ kind: 'start' }, literal('a'), { kind: 'end' })],
    ['a quantifier takes the last character only', 'abc*', sequence(literal('ab'), repeat(literal('c'), 0, undefined))],
    ['all quantifiers', 'a*b+c?d{2}e{2,}f{2,5}', sequence(repeat(literal('a'), 0, undefined), repeat(literal('b'), 1, undefined), repeat(literal('c'), 0, 1), repeat(literal('d'), 2, 2), repeat(literal('e'), 2, undefined), repeat(literal('f'), 2, 5))],
    ['lazy ones', 'a*?b{1,2}?', sequence(repeat(literal('a'), 0, undefined, true), repeat(literal('b'), 1, 2, true))],
    ['alternatives bind least', 'ab|c|', choice(literal('ab'), literal('c'), sequence())],
    ['groups', '(a|b)(?:c)', sequence(group(choice(literal('a'), literal('b'))), group(literal('c'), false))],
    ['any character', '.', any],
    ['word borders', String.raw`\ba\B`, sequence({ kind: 'word-border' }, literal('a'), { kind: 'no-word-border' })],
    ['digits', String.raw`\d`, oneOf([48, 57])],
    ['no digits', String.raw`\D`, noneOf([48, 57])],
    ['blanks without vertical tab', String.raw`\s`, oneOf([9, 10], [12, 13], [32, 32])],
    ['word characters', String.raw`\w`, oneOf([48, 57], [65, 90], [95, 95], [97, 122])],
    ['a class', '[a-cx]', oneOf([97, 99], [120, 120])],
    ['ranges are sorted and joined', '[x-za-cb-d]', oneOf([97, 100], [120, 122])],
    ['a negated class', '[^a]', noneOf([97, 97])],
    ['a named class inside a class', String.raw`[\d.]`, oneOf([46, 46], [48, 57])],
    ['a negated named class inside a class is written out', String.raw`[\D]`, oneOf([0, 47], [58, 0x10ffff])],
    ['a bracket at the beginning of a class', '[]a]', oneOf([93, 93], [97, 97])],
    ['a hyphen at the edges of a class', '[-a-]', oneOf([45, 45], [97, 97])],
    ['an escaped bracket in a class', String.raw`[\]\\]`, oneOf([92, 93])],
    ['a control character in a class', String.raw`[\t]`, oneOf([9, 9])],
    ['control characters', String.raw`\t\n\r\f`, literal('\t\n\r\f')],
    ['a hexadecimal escape', String.raw`\x41`, literal('A')],
    ['escaped punctuation', String.raw`\.\\\/\-\_`, literal(String.raw`.\/-_`)],
    ['braces that count nothing', 'a{b}{', literal('a{b}{')],
    ['closing brackets', 'a]}', literal('a]}')],
    ['a class that is repeated', '[ab]{3}', repeat(oneOf([97, 98]), 3, 3)],
    ['percent signs are ordinary', '%a%', literal('%a%')],
  ];
  for (const [name, written, tree] of rows) {
    it(name, () => {
      const { expression, fault } = readRegex(written, noFlags);
      expect(fault).to.equal(undefined);
      expect(expression?.tree).to.deep.equal(tree);
    });
  }
  it('with placeholders as nodes', () => {
    expect(readRegex('^%a%x', noFlags, true).expression?.tree).to.deep.equal(sequence({ kind: 'start' }, { kind: 'placeholder', name: 'a' }, literal('x')));
    expect(readRegex(String.raw`\%a%`, noFlags, true).expression?.tree).to.deep.equal(literal('%a%'));
  });
  it('flags at the beginning are added to those of the modifiers', () => {
    const { expression, inlineFlags } = readRegex('(?is)a', { ...noFlags, multiline: true });
    expect(expression?.flags).to.deep.equal({ ignoreCase: true, multiline: true, dotAll: true });
    expect(expression?.tree).to.deep.equal(literal('a'));
    expect(inlineFlags).to.equal('is');
  });
});

describe('regular expressions that are refused', () => {
  const unsupported: readonly (readonly [string, string, number, string])[] = [
    ['look-ahead', 'a(?=b)', 1, 'look-around is not part of the language'],
    ['negative look-ahead', '(?!b)', 0, 'look-around is not part of the language'],
    ['look-behind', '(?<=b)', 0, 'look-around is not part of the language'],
    ['negative look-behind', '(?<!b)', 0, 'look-around is not part of the language'],
    ['named group', '(?<n>a)', 0, 'a named group is not part of the language'],
    ['named group of Python', '(?P<n>a)', 0, 'a named group is not part of the language'],
    ['reference to a group', '(?P=n)', 0, 'a reference to a group is not part of the language'],
    ['back-reference', String.raw`(a)\1`, 3, String.raw`the back-reference \1 is not part of the language`],
    ['atomic group', '(?>a)', 0, 'an atomic group is not part of the language'],
    ['possessive repetition', 'a++', 1, 'possessive repetition is not part of the language'],
    ['possessive count', 'a{2}+', 1, 'possessive repetition is not part of the language'],
    ['quotation', String.raw`\Qa\E`, 0, String.raw`the quotation \Q is not part of the language`],
    ['Unicode property', String.raw`\p{L}`, 0, String.raw`the Unicode property \p is not part of the language`],
    ['POSIX class', '[[:alpha:]]', 1, 'a POSIX class is not part of the language'],
    ['anchor of the text', String.raw`\Aa`, 0, String.raw`the anchor \A is not part of the language`],
    ['anchor of the end', String.raw`a\Z`, 1, String.raw`the anchor \Z is not part of the language`],
    ['conditional', '(?(1)a|b)', 0, 'a conditional is not part of the language'],
    ['Unicode escape', String.raw`\u0041`, 0, String.raw`the Unicode escape \u is not part of the language`],
    ['flags elsewhere', 'a(?i)b', 1, 'a flag that is not at the beginning, or not i, m or s, is not part of the language'],
    ['flags of a group', '(?i:a)', 0, 'a flag that is not at the beginning, or not i, m or s, is not part of the language'],
    ['an unknown flag', '(?x)a', 0, 'a flag that is not at the beginning, or not i, m or s, is not part of the language'],
    ['vertical tab', String.raw`\v`, 0, String.raw`the escape \v is not part of the language`],
    ['backspace in a class', String.raw`[\b]`, 1, String.raw`\b inside a class is not part of the language`],
    ['a count without a lower end', 'a{,3}', 1, 'a count without its lower end is not part of the language'],
    ['a count above the bound', 'a{1001}', 1, 'the count is more than 1000'],
    ['an upper count above the bound', 'a{1,1001}', 1, 'the count is more than 1000'],
    ['too long', 'a'.repeat(1_025), 0, 'the expression has 1025 characters; at most 1024 are read'],
    ['nested too deep', '('.repeat(33) + ')'.repeat(33), 32, 'groups nest more than 32 deep'],
    ['written out too long', '(?:a{100}){101}', 0, 'the repetitions written out are more than 10000 characters'],
  ];
  for (const [name, written, index, message] of unsupported) it(name, () => { expect(readRegex(written, noFlags).fault).to.deep.equal({ kind: 'unsupported', index, message }); });

  const wrong: readonly (readonly [string, string, number, string])[] = [
    ['an open group', 'a(b', 1, 'this parenthesis is never closed'],
    ['a closing parenthesis', 'a)b', 1, 'this parenthesis closes nothing'],
    ['an open class', '[a', 0, 'this class is never closed'],
    ['a class of a bracket', '[]', 0, 'this class is never closed'],
    ['nothing to repeat', '*a', 0, '* repeats nothing'],
    ['nothing to repeat in an alternative', 'a|+', 2, '+ repeats nothing'],
    ['a count of nothing', '{2}', 0, 'this count repeats nothing'],
    ['a question mark in a group', '(?)', 1, '? repeats nothing'],
    ['an anchor repeated', '^*', 1, '^ is a place and cannot be repeated'],
    ['a border repeated', String.raw`\b+`, 2, String.raw`\b is a place and cannot be repeated`],
    ['repeated twice', 'a**', 2, 'what is repeated is repeated again; use a group'],
    ['a count that runs backwards', 'a{3,2}', 1, 'the count runs backwards'],
    ['a range that runs backwards', '[z-a]', 1, 'the range z-a runs backwards'],
    ['a range from a class', String.raw`[\d-z]`, 1, 'a range goes from one character to another'],
    ['a backslash at the end', 'a\\', 1, 'a backslash at the end escapes nothing'],
    ['half a hexadecimal escape', String.raw`\x4`, 0, String.raw`\x takes two hexadecimal digits`],
    ['behind characters of two units', '\u{1f600})', 2, 'this parenthesis closes nothing'],
  ];
  for (const [name, written, index, message] of wrong) it(name, () => { expect(readRegex(written, noFlags).fault).to.deep.equal({ kind: 'syntax', index, message }); });

  const atTheBound: readonly (readonly [string, string])[] = [
    ['1,024 characters', 'a'.repeat(1_024)], ['32 levels', '('.repeat(32) + ')'.repeat(32)], ['a count of 1,000', 'a{1000}'], ['10,000 characters written out', '(?:a{100}){100}'],
  ];
  for (const [name, written] of atTheBound) it(`allowed: ${name}`, () => { expect(readRegex(written, noFlags).fault).to.equal(undefined); });

  it('never throws, and places faults inside the text', () => {
    const piece = fc.constantFrom('(', ')', '[', ']', '{', '}', '?', '*', '+', '|', '\\', '^', '$', '.', '-', ':', '<', '=', 'a', '1', ',', '%', 'd', 'b', 'x', '\u{1f600}');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))), fc.boolean(), (written, expands) => {
      const { expression, fault } = readRegex(written, noFlags, expands);
      expect(expression === undefined).to.equal(fault !== undefined);
      if (fault !== undefined) expect(fault.index).to.be.within(0, written.normalize('NFC').length);
    }), { numRuns: 500 });
  });
});
