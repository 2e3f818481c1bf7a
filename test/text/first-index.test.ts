import { expect } from 'chai';
import { firstIndex } from '../../src/text/first-index.ts';

describe('binary search', () => {
  const numbers = [1, 3, 3, 7];
  for (const [name, at, want] of [['before all', 0, 0], ['the first of equal ones', 3, 1], ['between two', 4, 3], ['the last', 7, 3], ['after all', 8, 4]] as const) {
    it(name, () => { expect(firstIndex(numbers, (value) => value >= at)).to.equal(want); });
  }
  it('nothing to search', () => { expect(firstIndex([], () => true)).to.equal(0); });
});
