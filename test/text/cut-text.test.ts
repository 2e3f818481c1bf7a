import { expect } from 'chai';
import fc from 'fast-check';
import { cutEnd, cutMiddle, wellFormed } from '../../src/text/cut-text.ts';
import { hostileText } from '../emit/any-event.ts';

describe('cutting text to bytes', () => {
  const rows: readonly (readonly [string, (text: string, maxBytes: number) => string, string, number, string])[] = [
    ['fits exactly', cutEnd, 'abcdef', 6, 'abcdef'], ['one over', cutEnd, 'abcdefg', 6, 'abc...'],
    ['inside a character of two bytes', cutEnd, 'aééé', 6, 'aé...'], ['just before one', cutEnd, 'ééé', 5, 'é...'], ['inside one of four', cutEnd, 'a😀😀', 8, 'a😀...'], ['the same, one byte less', cutEnd, 'a😀😀', 7, 'a...'],
    ['nothing but dots', cutEnd, 'abcdefg', 3, '...'],
    ['middle: fits exactly', cutMiddle, 'abcdef', 6, 'abcdef'], ['middle: a third for the head', cutMiddle, 'abcdefghijklmn', 12, 'abc...ijklmn'],
    ['middle: characters of two bytes at both cuts', cutMiddle, 'aéééééé', 10, 'a...ééé'],
  ];
  for (const [name, cut, text, maxBytes, expected] of rows) it(name, () => { expect(cut(text, maxBytes)).to.equal(expected); });

  it('never longer than allowed, never half a character', () => {
    fc.assert(fc.property(hostileText, fc.integer({ min: 3, max: 300 }), fc.constantFrom(cutEnd, cutMiddle), (any, maxBytes, cut) => {
      const text = wellFormed(any);
      const short = cut(text, maxBytes);
      expect(Buffer.byteLength(short)).to.be.at.most(Math.max(maxBytes, 3));
      expect(wellFormed(short)).to.equal(short);
      // Some cut at the dots gives a beginning and an end of the text.
      const isMade = Array.from(short.matchAll(/(?=\.\.\.)/g), ({ index }) => index).some((at) => text.startsWith(short.slice(0, at)) && text.endsWith(short.slice(at + 3)));
      expect(short === text || isMade).to.equal(true);
    }), { numRuns: 500 });
  });
  it('half characters become U+FFFD, whole ones stay', () => {
    expect(wellFormed('\udc00a\ud83d😀\ud83d')).to.equal('\ufffda\ufffd😀\ufffd');
  });
});
