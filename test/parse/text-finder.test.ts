import { expect } from 'chai';
import fc from 'fast-check';
import { createTextFinder } from '../../src/parse/text-finder.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const found = (texts: readonly string[], line: string): readonly number[] => createTextFinder(texts.map(bytes)).find(bytes(line), 0, bytes(line).length);

describe('texts inside a message', () => {
  const rows: readonly (readonly [string, readonly string[], string, readonly number[]])[] = [
    ['no texts', [], 'anything', []],
    ['none occurs', ['abc', 'xyz'], 'ab cx yz', []],
    ['at the beginning, in the middle, at the end', ['abc', 'def', 'ghi'], 'abc def ghi', [0, 1, 2]],
    ['in rising order, each once', ['later', 'first'], 'first later first later', [0, 1]],
    ['one inside another', ['job: nightly', 'job'], 'a job: nightly', [0, 1]],
    ['overlapping', ['aab', 'aba'], 'aaba', [0, 1]],
    ['a message shorter than the texts', ['throttled '], 'thr', []],
    ['letters beyond ASCII', ['größe', 'größ'], 'die größe', [0, 1]],
    ['texts of one byte and none are never searched', [':', 'ab', ''], 'xx', [0, 2]],
    ['nor alone', [':'], 'xx', [0]],
    ['a text longer than a window', ['x'.repeat(300) + 'y'], 'x'.repeat(301) + 'y', [0]],
    ['and the same without its end', ['x'.repeat(300) + 'y'], 'x'.repeat(400), []],
  ];
  for (const [name, texts, line, expected] of rows) it(name, () => { expect(found(texts, line)).to.deep.equal(expected); });

  it('only between start and end', () => {
    const line = bytes('abcabc');
    const { find } = createTextFinder([bytes('abc'), bytes('cab')]);
    expect([find(line, 0, 6), find(line, 1, 5), find(line, 0, 2)]).to.deep.equal([[0, 1], [1], []]);
  });

  it('is what searching one after the other finds', () => {
    const text = fc.stringMatching(/^[abc:]{2,6}$/);
    fc.assert(fc.property(fc.array(text, { maxLength: 8 }), fc.stringMatching(/^[abc:]{0,60}$/), (texts, line) => {
      expect(found(texts, line)).to.deep.equal([...texts.keys()].filter((index) => line.includes(texts[index] ?? '')));
    }), { numRuns: 2000 });
  });
});
