/**
 * Binary search.
 * @param list sorted so that `isReached` is false for the first entries and true for all others
 * @returns index of the first entry for which it is true; the length of the list when there is none
 */
export function firstIndex<T>(list: readonly T[], isReached: (entry: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
