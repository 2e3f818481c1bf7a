import { expect } from 'chai';
import { boundText, visibleText } from '../../src/report/visible-text.ts';

describe('visible text', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['plain text stays', 'Q3, final', 'Q3, final'],
    ['letters of all scripts stay', 'Brückner 李安 علي', 'Brückner 李安 علي'],
    ['an escape sequence cannot reach the terminal', '\u001b[31mred', '␛[31mred'],
    ['a line feed cannot break the row', 'a\nb\tc', 'a␊b␉c'],
    ['delete', 'a\u007f', 'a␡'],
    ['C1 control (CSI in one byte)', 'a\u009b2J', 'a‹U+009B›2J'],
    ['right-to-left override', 'invoice\u202egpj.exe', 'invoice‹U+202E›gpj.exe'],
    ['isolates', '\u2066x\u2069', '‹U+2066›x‹U+2069›'],
    ['zero-width space makes two names look one', 'al\u200bice', 'al‹U+200B›ice'],
    ['byte order mark inside', 'a\ufeffb', 'a‹U+FEFF›b'],
    ['line separator', 'a\u2028b', 'a‹U+2028›b'],
    ['hidden tag characters', 'a\u{e0041}', 'a‹U+E0041›'],
    ['half of a surrogate pair', 'a\ud83db', 'a‹U+D83D›b'],
    ['an emoji is no half', '📎', '📎'],
    ['the joiner of Persian stays', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['marks beyond the fourth are dropped', `e${'\u0301'.repeat(9)}x`, `e${'\u0301'.repeat(4)}x`],
  ];
  for (const [name, text, shown] of rows) it(name, () => { expect(visibleText(text)).to.equal(shown); });

  it('bounds at the limit and one over', () => {
    expect(boundText('abcd', 4)).to.equal('abcd');
    expect(boundText('abcde', 4)).to.equal('abcd… (5 characters)');
  });
  it('does not cut a character in half', () => { expect(boundText('abc📎d', 4)).to.equal('abc… (6 characters)'); });
});
