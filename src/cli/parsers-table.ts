/** Plain tables of the `parsers` commands. Texts come from catalogues and logs: every cell passes `visibleText`. */
import { cutToWidth, displayWidth, padToWidth, wrapToWidth } from '../report/display-width.ts';
import { columnGap, placeColumns } from '../report/table-layout.ts';
import { visibleText } from '../report/visible-text.ts';

export interface TableColumn { readonly title: string; readonly min: number; readonly isNumber?: boolean }

/**
 * One line for each row, cut to the width; ends with a line feed.
 * @param expendable titles of columns that are left out first where the width does not hold all
 */
export function plainTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[], expendable: readonly string[], width: number): string {
  const cells = rows.map((row) => row.map(visibleText));
  const natural = columns.map(({ title }, at) => cells.reduce((widest, row) => Math.max(widest, displayWidth(row[at] ?? '')), title.length));
  const placed = placeColumns(columns.map(({ title, min }, at) => ({ name: title, title, min, natural: natural[at] ?? min })), expendable, width);
  const indexOf = new Map(columns.map(({ title }, at) => [title, at]));
  // The last column takes what is left: nothing stands behind it.
  const used = placed.slice(0, -1).reduce((sum, column) => sum + column.width + columnGap, 0);
  const line = (texts: readonly string[]): string => placed.map(({ title, width: columnWidth }, place) => {
    const at = indexOf.get(title) ?? 0;
    const room = place === placed.length - 1 ? Math.max(columnWidth, width - used) : columnWidth;
    const text = cutToWidth(texts[at] ?? '', room);
    return columns[at]?.isNumber === true ? ' '.repeat(Math.max(0, columnWidth - displayWidth(text))) + text : padToWidth(text, columnWidth);
  }).join(' '.repeat(columnGap)).trimEnd();
  return [line(columns.map(({ title }) => title)), placed.map(({ width: columnWidth }) => '─'.repeat(columnWidth)).join(' '.repeat(columnGap)), ...cells.map(line)].map((text) => `${text}\n`).join('');
}

/** A sentence of ours in as many lines as it needs. */
export function paragraph(text: string, width: number): string {
  return wrapToWidth(text, width, 20).map((line) => `${line}\n`).join('');
}
