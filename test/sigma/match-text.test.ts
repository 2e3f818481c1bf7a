import { expect } from 'chai';
import fc from 'fast-check';
import { createTextMatcher } from '../../src/sigma/match-text.ts';
import { createAlternativesMatcher } from '../../src/sigma/match-alternatives.ts';
import { readTokens } from '../../src/sigma/tokens.ts';
import { naiveDetection } from './naive.ts';
import { detectionOf, stringValue } from './written-rule.ts';

describe('texts with wildcards', () => {
  const rows: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['plain', 'abc', ['abc'], ['', 'ab', 'abcd', 'xabc', 'ABC']],
    ['empty', '', [''], ['a', ' ']],
    ['star alone', '*', ['', 'a', 'a\nb'], []],
    ['star at the end', 'ab*', ['ab', 'abc', 'ab\n'], ['a', 'xab', '']],
    ['star at the start', '*ab', ['ab', 'xab', '\nab'], ['abx', 'b']],
    ['stars at both ends', '*ab*', ['ab', 'xabx', 'aab'], ['a b', 'ba', '']],
    ['star between', 'ab*ba', ['abba', 'abxba', 'ababa'], ['aba', 'ab', 'abbax', 'xabba']],
    ['parts do not overlap', 'aba*aba', ['abaaba', 'abaxaba'], ['aba', 'ababa']],
    ['several stars', 'a*b*c', ['abc', 'axbxc', 'abcbc', 'abbc'], ['acb', 'ab', 'abcx', 'bac']],
    ['the last part stands at the end, not where it is first', '*a*b', ['ab', 'abab', 'xaxbxb'], ['ba', 'abx']],
    ['middle parts leave room for the last', '*ab*b*', ['abb', 'xabxb'], ['ab', 'ba']],
    ['question mark', 'a?c', ['abc', 'a\nc', 'a?c', 'a😀c', 'aéc'], ['ac', 'abbc', 'abc ', 'xabc']],
    ['question mark alone', '?', ['a', '😀', '\ud83d', '\n'], ['', 'ab', '😀a']],
    ['two question marks', '??', ['ab', '😀😀', 'a😀', '\ude00\ud83d'], ['a', '😀', 'abc']],
    ['question mark and star', '?*', ['a', 'ab', '😀'], ['']],
    ['star, question mark, star', '*?*', ['a', 'ab'], ['']],
    ['question mark in the middle part', '*a?c*', ['abc', 'xxaxcxx', 'aac', 'abaxc', 'a😀c'], ['ac', 'abbc', 'aabac', '']],
    ['question mark at the end', '*a?', ['ab', 'xaab', 'a😀'], ['a', 'xba']],
    ['question mark at the start of the last part', '*?b', ['ab', '😀b', 'bb'], ['b', 'ba']],
    ['question mark, star and text', '?*b', ['ab', 'bb', 'axb'], ['b', '']],
    ['parts with question marks do not overlap', 'a?*?a', ['axxa', 'axyxa'], ['axa', 'aa']],
    ['a later place of a loose part', '*a?b*c', ['aaxbc', 'abaybxc', 'aaabc'], ['aabxb', 'abc']],
    ['literal star', 'a\\*c', ['a*c'], ['abc']],
    ['a backslash and a wildcard', 'a\\\\*', ['a\\', 'a\\b'], ['a', 'a*']],
  ];
  for (const [name, pattern, fitting, others] of rows) {
    it(name, () => {
      const matches = createTextMatcher(readTokens(pattern));
      expect(fitting.filter((text) => !matches(text)), 'should fit').to.deep.equal([]);
      expect(others.filter(matches), 'should not fit').to.deep.equal([]);
    });
  }
  const dashRows: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['a dash that begins a word', '-enc', ['-enc', '/enc', '–enc', '—enc', '―enc'], ['enc', '\\enc', '--enc']],
    ['any of the five in the rule', '*/enc*', ['x -enc y', '/enc'], ['x enc y']],
    ['a dash inside a word is itself', 'a-b', ['a-b'], ['a/b', 'a–b']],
    ['a dash before no word is itself', '- x', ['- x'], ['/ x']],
    ['a dash at the end is itself', 'x -', ['x -'], ['x /']],
    ['of two dashes the second begins the word', '--enc', ['--enc', '-/enc'], ['/-enc', '//enc']],
    ['two places', '-a -b', ['-a -b', '/a —b'], ['-a b']],
    ['letters outside ASCII make no word', '-é', ['-é'], ['/é']],
    ['a letter outside ASCII before it is none either', 'é-a', ['é-a', 'é/a'], []],
  ];
  for (const [name, pattern, fitting, others] of dashRows) {
    it(`windash: ${name}`, () => {
      const matches = createTextMatcher(readTokens(pattern), true);
      expect(fitting.filter((text) => !matches(text)), 'should fit').to.deep.equal([]);
      expect(others.filter(matches), 'should not fit').to.deep.equal([]);
    });
  }
  it('a placeholder that is left matches nothing', () => { expect(createTextMatcher(readTokens('*%x%*', true))('x')).to.equal(false); });
  it('parts longer than a word of bits, and longer than the table', () => {
    for (const count of [31, 32, 33, 64, 65, 4_096, 4_097]) {
      const matches = createTextMatcher(readTokens(`*${'a'.repeat(count - 1)}?*`));
      expect(matches(`b${'a'.repeat(count)}b`), `${count}`).to.equal(true);
      expect(matches(`b${'a'.repeat(count - 2)}bb`), `${count}, one less`).to.equal(false);
    }
  });

  const letters = fc.constantFrom('a', 'b', '-', '/', '—', '😀', 'é', '\n', '\ud83d', '\ude00');
  const text = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''));
  const pattern = fc.array(fc.constantFrom('a', 'b', '-', '/', '😀', 'é', '*', '?', 'ab'), { maxLength: 9 }).map((parts) => parts.join(''));
  it('as the naive reading does', () => {
    fc.assert(fc.property(pattern, text, fc.boolean(), (written, actual, windash) => {
      const tokens = readTokens(written);
      expect(createTextMatcher(tokens, windash)(actual)).to.equal(naiveDetection(detectionOf('f', [stringValue(tokens, { windash, isCased: true })]), { f: actual }));
    }), { numRuns: 5_000 });
  }).timeout(60_000);
  it('several lists in one value, as every combination written out', () => {
    const list = fc.array(pattern, { maxLength: 3 });
    fc.assert(fc.property(pattern, list, pattern, list, text, fc.boolean(), (head, first, between, second, actual, windash) => {
      const tokens = [...readTokens(head), { kind: 'placeholder', name: 'p' } as const, ...readTokens(between), { kind: 'placeholder', name: 'q' } as const];
      const parts = tokens.map((token) => token.kind === 'placeholder' ? (token.name === 'p' ? first : second).map((entry) => readTokens(entry)) : [[token]]);
      expect(createAlternativesMatcher(parts, windash)(actual)).to.equal(naiveDetection(detectionOf('f', [stringValue(tokens, { windash, isCased: true })]), { f: actual }, { p: first, q: second }));
    }), { numRuns: 2_000 });
  }).timeout(60_000);
});
