import { expect } from 'chai';
import fc from 'fast-check';
import { readRegex, type RegexFlags } from '../../src/sigma/regex.ts';
import type { RegexSource } from '../../src/sigma/rule.ts';
import { createRegexTest } from '../../src/sigma/run-regex.ts';
import { naiveDetection } from './naive.ts';
import { detectionOf } from './written-rule.ts';

const flagsOf = (letters: string): RegexFlags => ({ ignoreCase: letters.includes('i'), multiline: letters.includes('m'), dotAll: letters.includes('s') });
const read = (source: string, letters = ''): RegexSource => readRegex(source, flagsOf(letters), true).expression!;

describe('running regular expressions', () => {
  const rows: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
    ['found anywhere', 'b', '', ['abc', 'b'], ['', 'ac']],
    ['case counts', 'ab', '', ['ab'], ['AB', 'Ab']],
    ['i', 'ab', 'i', ['AB', 'aB'], ['a b']],
    ['i, other scripts', 'жä', 'i', ['ЖÄ'], ['жa']],
    ['the whole value', '^ab$', '', ['ab'], ['xab', 'abx', 'ab\n', 'x\nab']],
    ['m: lines', '^ab$', 'm', ['ab', 'x\nab\ny'], ['xab', 'abx']],
    ['m: a carriage return belongs to its line', '^ab$', 'm', ['ab\n'], ['ab\r\n']],
    ['a dot is no line break', 'a.b', '', ['axb', 'a\rb', 'a😀b'], ['a\nb', 'ab']],
    ['s: a dot is', 'a.b', 's', ['a\nb', 'axb'], ['ab']],
    ['classes', '^[a-c_]+$', '', ['abc_'], ['abd', '']],
    ['negated class takes a line break', '^[^a]$', '', ['\n', 'b', '😀'], ['a', '']],
    ['i with a negated class', '^[^a]$', 'i', ['b'], ['A', 'a']],
    ['digits are ASCII', '^\\d$', '', ['7'], ['٣', 'x']],
    ['white space is ASCII', '^\\s$', '', [' ', '\t', '\n', '\f', '\r'], ['\u00a0', '\u000b', '\u2003']],
    ['words are ASCII', '\\bab\\b', '', ['ab', 'éab', 'x ab.'], ['cab', 'ab_', 'ab1']],
    ['no border', '\\Bb', '', ['ab'], ['b', 'é b']],
    ['counted', '^a{2,3}$', '', ['aa', 'aaa'], ['a', 'aaaa']],
    ['counted, open', '^a{2,}$', '', ['aa', 'aaaaa'], ['a']],
    ['counted, zero', '^xa{0}y$', '', ['xy'], ['xay']],
    ['alternatives reach as far as their group', '^(?:ab|c)d$', '', ['abd', 'cd'], ['ab', 'd']],
    ['alternatives without a group reach to the ends', '^ab|cd$', '', ['abx', 'xcd'], ['xab', 'cdx']],
    ['an empty alternative', '^(a|)b$', '', ['ab', 'b'], ['aab']],
    ['nothing at all', '', '', ['', 'a'], []],
    ['signs that mean something elsewhere', '^\\[\\]\\{\\}\\(\\)\\*\\+\\?\\.\\^\\$\\|\\\\/#-&~ $', '', ['[]{}()*+?.^$|\\/#-&~ '], []],
    ['a backslash of a path', 'C:\\\\Users\\\\[^\\\\]+\\.msg$', '', ['x C:\\Users\\bob.msg'], ['C:\\Users\\a\\b.msg']],
    ['a count of counts beyond a thousand', '^(?:(?:ab){40}){30}$', '', ['ab'.repeat(1_200)], ['ab'.repeat(1_199), 'ab'.repeat(1_201)]],
    ['a range of counts beyond a thousand', '^(?:(?:a{20}){10}){2,6}$', '', ['a'.repeat(400), 'a'.repeat(1_200)], ['a'.repeat(200), 'a'.repeat(500), 'a'.repeat(1_400)]],
    ['an open count of counts', '^(?:(?:a{100}){11}){2,}$', '', ['a'.repeat(2_200), 'a'.repeat(3_300)], ['a'.repeat(1_100), 'a'.repeat(2_201)]],
  ];
  for (const [name, source, flags, fitting, others] of rows) {
    it(name, () => {
      const test = createRegexTest(read(source, flags));
      expect(fitting.filter((text) => !test(text)), 'should fit').to.deep.equal([]);
      expect(others.filter(test), 'should not fit').to.deep.equal([]);
    });
  }

  const lists: Readonly<Record<string, readonly string[]>> = { who: ['leo', 'a.b', '(x|y)*'], none: [] };
  const boundRows: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['one of the list', '^%who%$', ['leo', 'a.b', '(x|y)*'], ['axb', 'x', 'LEO', '']],
    ['inside other things', '^(?:u-%who%)+!$', ['u-leo!', 'u-a.bu-leo!'], ['leo!', 'u-!']],
    ['an empty list fits nothing', '%none%', [], ['', 'x']],
    ['an empty list beside another choice', '^(%none%|b)$', ['b'], ['']],
  ];
  for (const [name, source, fitting, others] of boundRows) {
    it(`placeholder: ${name}`, () => {
      const test = createRegexTest(read(source), (list) => lists[list] ?? []);
      expect(fitting.filter((text) => !test(text)), 'should fit').to.deep.equal([]);
      expect(others.filter(test), 'should not fit').to.deep.equal([]);
    });
  }

  it('as the naive reading does', () => {
    const atom = fc.constantFrom('a', 'b', 'k', '😀', '.', '[ab]', '[^a]', '[^\\w]', '\\d', '\\W', '\\b', '\\B', '^', '$', '\\n', '[a-z😀]', '%who%');
    const expression = fc.letrec((tie) => ({
      node: fc.oneof({ depthSize: 'small' }, atom,
        fc.tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?')).map(([inner, count]) => `(?:${String(inner)})${count}`),
        fc.tuple(tie('node'), tie('node')).map(([one, two]) => `(${String(one)}|${String(two)})`),
        fc.tuple(tie('node'), tie('node')).map(([one, two]) => `${String(one)}${String(two)}`)),
    })).node.map(String);
    const text = fc.array(fc.constantFrom('a', 'b', 'A', 'k', 'K', '\u212a', '1', '_', ' ', '\n', '😀', 'é', 'leo', 'a.b'), { maxLength: 7 }).map((parts) => parts.join(''));
    fc.assert(fc.property(expression, text, fc.subarray(['i', 'm', 's']), (source, actual, letters) => {
      const tree = read(source, letters.join(''));
      expect(createRegexTest(tree, (name) => lists[name] ?? [])(actual)).to.equal(naiveDetection(detectionOf('f', [{ kind: 'regex', expression: tree }]), { f: actual }, lists));
    }), { numRuns: 2_000 });
  }).timeout(60_000);

  it('what keeps other engines busy for ever ends', () => {
    const text = 'a'.repeat(100_000);
    for (const source of ['^(a+)+$', '^(a|a)*$', '^(?:a|aa)+$', '(?:x+x+)+y']) expect(createRegexTest(read(source))(`${text}!`), source).to.equal(false);
    expect(createRegexTest(read('(?:a?){1000}a{1000}'))('a'.repeat(1_000))).to.equal(true);
  });
  it('thirty-two groups in each other, counted', () => {
    expect(createRegexTest(read(`^${'(?:'.repeat(31)}a${'){1}'.repeat(31)}$`))('a')).to.equal(true);
  });
});
