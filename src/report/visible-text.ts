/**
 * Names, subjects and paths come from mailboxes that anyone can write to. Before a terminal or a page shows them, everything that could move the
 * cursor, reverse the reading direction or hide itself is made visible, so that two different names never look the same.
 */
import { maxMarksShown } from '../limits.ts';

/**
 * Bidi controls (UAX 9), zero-width and other invisible characters, line and paragraph separators, tags, C1 controls, halves of surrogate pairs.
 * U+200C and U+200D stay: Persian and emoji need them. Variation selectors stay for the same reason.
 */
const unseen = /\u034f|\u17b4|\u17b5|[\u0080-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/gu;
const controls = /[\u0000-\u001f\u007f]/g;
const stackedMarks = new RegExp(`(\\p{M}{${maxMarksShown}})\\p{M}+`, 'gu');
/** Nothing above U+007E needs a look when the whole text is plain. */
const plain = /^[\u0020-\u007e]*$/;

/**
 * One line of harmless text: controls become their pictures (`␊`), invisible characters their code (`‹U+202E›`), no letter carries more than
 * `maxMarksShown` marks. Linear in the length.
 */
export function visibleText(text: string): string {
  if (plain.test(text)) return text;
  return text
    .replace(controls, (c) => c === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(unseen, (c) => `‹U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`)
    .replace(stackedMarks, '$1');
}

/** At most `limit` UTF-16 units, cut between characters and marked with `…` and the whole length. */
export function boundText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}… (${text.length} characters)`;
}
