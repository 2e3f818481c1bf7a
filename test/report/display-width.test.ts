import { expect } from 'chai';
import { cutToWidth, displayWidth, padToWidth, wrapToWidth } from '../../src/report/display-width.ts';
import { expectProportional } from '../proportional.ts';

describe('display width', () => {
  const widths: readonly (readonly [string, string, number])[] = [
    ['ASCII', 'Ann Lee', 7],
    ['empty', '', 0],
    ['letters with accents in one code point', 'Brückner', 8],
    ['the same with combining marks', 'Bru\u0308ckner', 8],
    ['Chinese takes two columns each', '李安', 4],
    ['Korean syllables', '김철수', 6],
    ['Korean from its parts', '\u1100\u1161\u11a8', 2],
    ['Japanese kana and a fullwidth letter', 'アＡ', 4],
    ['halfwidth katakana take one', 'ｱｲ', 2],
    ['Arabic takes one each', 'علي', 3],
    ['Thai vowel above its consonant', 'กิ', 1],
    ['an emoji', '📎', 2],
    ['a family joined to one emoji', '👨\u200d👩\u200d👧', 2],
    ['a flag', '🇳🇿', 2],
    ['dash and ellipsis', '—…', 2],
  ];
  for (const [name, text, width] of widths) it(`${name}: ${width}`, () => { expect(displayWidth(text)).to.equal(width); });

  it('cuts at the limit and not one before', () => {
    expect(cutToWidth('Ann Lee', 7)).to.equal('Ann Lee');
    expect(cutToWidth('Ann Lees', 7)).to.equal('Ann Le…');
  });
  it('never cuts a wide character in half', () => {
    expect(cutToWidth('李安國', 4)).to.equal('李…');
    expect(displayWidth(cutToWidth('李安國', 5))).to.equal(5);
  });
  it('pads by columns, not by characters', () => { expect(padToWidth('李', 4)).to.equal('李  '); });

  const wraps: readonly (readonly [string, string, number, number, readonly string[]])[] = [
    ['fits', 'Inbox', 5, 3, ['Inbox']],
    ['breaks after a blank', 'saved one item', 9, 3, ['saved one', 'item']],
    ['breaks after a backslash', 'C:\\Users\\alice', 10, 3, ['C:\\Users\\', 'alice']],
    ['breaks anywhere when there is no place', 'abcdefgh', 3, 3, ['abc', 'def', 'gh']],
    ['cuts the last line', 'abcdefghijk', 3, 2, ['abc', 'de…']],
    ['wide characters', '李安國王', 4, 3, ['李安', '國王']],
    ['empty', '', 5, 3, ['']],
  ];
  for (const [name, text, columns, maxLines, lines] of wraps) it(`wrap: ${name}`, () => { expect(wrapToWidth(text, columns, maxLines)).to.deep.equal(lines); });

  it('takes time in proportion to a text of marks', () => expectProportional((size) => wrapToWidth(`a${'\u0301'.repeat(size)}`, 20, 4), 100_000));
});
