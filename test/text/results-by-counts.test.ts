import { expect } from 'chai';
import { resultsByCounts } from '../../src/text/results-by-counts.ts';
import type { Result } from '../../src/event.ts';

/** `s` success, `f` failed, `k` skipped, `?` no line says; counts as saved/failed/skipped/total */
const letters: Readonly<Record<string, Result | undefined>> = { 's': 'success', 'f': 'failed', 'k': 'skipped', '?': undefined };
const rows: readonly (readonly [name: string, lines: string, counts: string, want: string])[] = [
  ['none failed, none skipped: all succeeded', '???', '3/0/0/3', 'sss'],
  ['the same where the lines are fewer than the counts', '??', '3/0/0/3', 'ss'],
  ['none saved, none skipped: all failed', '???', '0/3/0/3', 'fff'],
  ['one of three failed and no line says which', '???', '2/1/0/3', '???'],
  ['the failed one is named: the others succeeded', '?f?', '2/1/0/3', 'sfs'],
  ['the saved ones are named: the other one failed', 's?s', '2/1/0/3', 'sfs'],
  ['saved and failed ones are named: the other one was skipped', 's?f', '1/1/1/3', 'skf'],
  ['none saved, some skipped, no line says which', '??', '0/1/1/2', '??'],
  ['a line is missing: the failed one may be the other one', 'f?', '2/1/0/3', 'f?'],
  ['one more failed than named', '?f??', '2/2/0/4', '?f??'],
  ['nothing to say', '', '0/0/0/0', ''],
];

describe('what the counts of an operation prove of its items', () => {
  for (const [name, lines, counts, want] of rows) it(name, () => {
    const [saved = 0, failed = 0, skipped = 0, total = 0] = counts.split('/').map(Number);
    expect(resultsByCounts([...lines].map((letter) => letters[letter]), { saved, failed, skipped, total })).to.deep.equal([...want].map((letter) => letters[letter]));
  });
});
