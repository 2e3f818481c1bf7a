/** Which columns fit a terminal, and how wide each of them is. */

export interface Column<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** columns it needs to be readable */
  readonly min: number;
  /** columns its longest cell takes without a break */
  readonly natural: number;
}
export interface PlacedColumn<Name extends string> { readonly name: Name; readonly title: string; readonly width: number }

export const columnGap = 2;
/** A wider column helps nobody: the eye loses the line. */
const widestColumn = 64;

/**
 * The columns that fit into `width`, in their order; what does not fit is left out in the order of `expendable`. What is left of the width goes to
 * the columns whose cells would break most often. With a width below the sum of what must stay, the result is wider than `width`.
 */
export function placeColumns<Name extends string>(columns: readonly Column<Name>[], expendable: readonly Name[], width: number): readonly PlacedColumn<Name>[] {
  const kept = [...columns];
  for (const name of expendable) {
    if (minimum(kept) <= width) break;
    const at = kept.findIndex((column) => column.name === name);
    if (at >= 0) kept.splice(at, 1);
  }
  const widths = kept.map(minOf);
  let spare = width - minimum(kept);
  while (spare > 0) {
    let neediest = -1;
    let need = 1;
    kept.forEach((column, at) => {
      const ratio = Math.min(column.natural, widestColumn) / (widths[at] ?? 1);
      if (ratio > need) [neediest, need] = [at, ratio];
    });
    if (neediest < 0) break;
    widths[neediest] = (widths[neediest] ?? 0) + 1;
    spare -= 1;
  }
  return kept.map(({ name, title }, at) => ({ name, title, width: widths[at] ?? 0 }));
}

/** A column whose cells are all short needs no more than they do. */
function minOf<Name extends string>({ min, natural, title }: Column<Name>): number {
  return Math.min(min, Math.max(natural, title.length));
}

function minimum<Name extends string>(columns: readonly Column<Name>[]): number {
  return columns.reduce((sum, column) => sum + minOf(column), 0) + columnGap * Math.max(0, columns.length - 1);
}
