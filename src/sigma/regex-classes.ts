/** Sets of code points as ascending ranges: what character classes of an expression become. */

export type Ranges = readonly (readonly [number, number])[];

export const lastCodePoint: number = 0x10ffff;

/** The ASCII classes of the language; `\s` is tab, line feed, form feed, carriage return and blank. */
export const namedClasses: ReadonlyMap<string, Ranges> = new Map([
  ['d', [[48, 57]]],
  ['w', [[48, 57], [65, 90], [95, 95], [97, 122]]],
  ['s', [[9, 10], [12, 13], [32, 32]]],
] satisfies [string, Ranges][]);

/** The ranges in ascending order, joined where they touch. */
export function joinRanges(ranges: Ranges): Ranges {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Every code point that is not in the ranges. */
export function invertRanges(ranges: Ranges): Ranges {
  const inverted: [number, number][] = [];
  let next = 0;
  for (const [from, to] of joinRanges(ranges)) {
    if (from > next) inverted.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCodePoint) inverted.push([next, lastCodePoint]);
  return inverted;
}
