import { expect } from 'chai';
import fc from 'fast-check';
import { fold } from '../../src/sigma/fold.ts';
import { hostileText } from '../emit/any-event.ts';
import { naiveFold } from './naive.ts';

describe('folding of texts', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['ASCII letters', 'E.Nobime@USDEMO.com', 'e.nobime@usdemo.com'],
    ['ASCII signs stay', 'A[\\]^_`{|}~Z', 'a[\\]^_`{|}~z'],
    ['letters of other scripts', 'ÄÖÜ ÑÇ ЖЯ ԱՖ', 'äöü ñç жя աֆ'],
    ['a letter outside the first plane', '𐐀𐐁', '𐐨𐐩'],
    ['sigma at the end of a word as everywhere', 'ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['a letter whose lower case would be two stays', 'İSTANBUL', 'İstanbul'],
    ['the same beside a sigma', 'ΣİΣ', 'σİσ'],
    ['the dotless i is another letter', 'ıI', 'ıi'],
    ['sharp s is not ss', 'STRAßE ẞ', 'straße ß'],
    ['the Kelvin sign is a k', '\u212a', 'k'],
    ['half a character stays', 'A\ud83dB', 'a\ud83db'],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(fold(text)).to.equal(expected); });

  it('every code point folds as the specification says', () => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) if (fold(String.fromCodePoint(code)) !== naiveFold(String.fromCodePoint(code))) wrong.push(code);
    expect(wrong).to.deep.equal([]);
  });
  it('a part folds as it does inside the whole, and the number of code points stays', () => {
    const text = fc.oneof(hostileText, fc.array(fc.constantFrom('Σ', 'ς', 'σ', 'İ', 'I', 'ı', '\u0307', 'A', ' ', 'ß', '𐐀'), { maxLength: 12 }).map((parts) => parts.join('')));
    fc.assert(fc.property(text, (whole) => {
      expect(fold(whole)).to.equal([...whole].map(fold).join(''));
      expect([...fold(whole)]).to.have.length([...whole].length);
    }), { numRuns: 500 });
  });
});
