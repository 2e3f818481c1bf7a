/**
 * How many terminal columns a text takes (UAX 11: wide and fullwidth characters take two, marks none), and cutting and wrapping by that measure.
 * Terminals disagree on emoji sequences; they are measured as two columns, as current ones draw them.
 */

/** Blocks whose characters are all wide or fullwidth (EastAsianWidth.txt, neighbouring ranges joined); emoji are recognised by property. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], [0x231a, 0x231b], [0x2329, 0x232a], [0x2e80, 0x303e], [0x3041, 0x33ff], [0x3400, 0x4dbf], [0x4e00, 0xa4cf], [0xa960, 0xa97f],
  [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe10, 0xfe19], [0xfe30, 0xfe6f], [0xff01, 0xff60], [0xffe0, 0xffe6], [0x16fe0, 0x18aff], [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f2ff], [0x20000, 0x3fffd],
];
const marks = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
const emoji = /^\p{Emoji_Presentation}$/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const printableAscii = /^[\u0020-\u007e]*$/;

/** Columns of a text that holds no control characters (see `visibleText`). */
export function displayWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The text in at most `columns` columns; what was cut ends in `…`. */
export function cutToWidth(text: string, columns: number): string {
  // A grapheme may be zero columns wide; the slice bounds the work on long text all the same.
  const head = text.length > columns * 16 + 64 ? text.slice(0, columns * 16 + 64) : text;
  if (head.length === text.length && displayWidth(text) <= columns) return text;
  let width = 0;
  let cut = '';
  for (const { segment } of graphemes.segment(head)) {
    width += graphemeWidth(segment);
    if (width > columns - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** The text padded with blanks on the right to `columns`. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/**
 * Lines of at most `columns` columns, broken after blanks and the separators of paths and addresses where there is one, else anywhere. No more than
 * `maxLines`; the last one then ends in `…`. A line break in the text is kept.
 */
export function wrapToWidth(text: string, columns: number, maxLines: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let rest = paragraph;
    while (rest !== '' && lines.length < maxLines) {
      const line = lines.length === maxLines - 1 ? cutToWidth(rest, columns) : firstLine(rest, columns);
      lines.push(line.trimEnd());
      rest = lines.length === maxLines ? '' : rest.slice(line.length).trimStart();
    }
  }
  return lines.length === 0 ? [''] : lines;
}

/** The longest beginning that fits, ended at the last good place to break. At least one grapheme. */
function firstLine(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  let breakAt = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, columns * 16 + 64))) {
    width += graphemeWidth(segment);
    // A blank that overhangs ends the line well.
    if (width > columns) return segment === ' ' || end === 0 ? text.slice(0, index + segment.length) : text.slice(0, breakAt > end / 3 ? breakAt : end);
    end = index + segment.length;
    if (segment === ' ' || segment === '\\' || segment === '/' || segment === '@' || segment === ',') breakAt = end;
  }
  return text.slice(0, end);
}

function graphemeWidth(grapheme: string): number {
  const first = grapheme.codePointAt(0) ?? 0;
  if (first < 0x7f) return grapheme.includes('\ufe0f') ? 2 : 1;
  const base = String.fromCodePoint(first);
  if (grapheme.length > base.length && grapheme.includes('\ufe0f')) return 2;
  if (marks.test(base)) return 0;
  return isWide(first) || emoji.test(base) ? 2 : 1;
}

function isWide(code: number): boolean {
  if (code < 0x1100) return false;
  return wideRanges.some(([low, high]) => code >= low && code <= high);
}
