/** What the result line of an operation proves of its items (formats/explorer-archiver-logs.md 7.4): the counts are authoritative, which item failed is not in them. */
import type { ItemCounts, Result } from '../event.ts';

/**
 * @param results of the lines of one operation in their order; undefined: no line says how it ended
 * @returns the same list, completed where the counts leave one possibility only
 */
export function resultsByCounts(results: readonly (Result | undefined)[], { saved, failed, skipped, total }: ItemCounts): readonly (Result | undefined)[] {
  const amount = (result: Result): number => results.filter((known) => known === result).length;
  const others = (result: Result): readonly (Result | undefined)[] => results.map((known) => known ?? result);
  if (failed === 0 && skipped === 0) return others('success');
  if (saved === 0 && skipped === 0) return others('failed');
  if (total !== results.length || results.every((known) => known === undefined)) return results;
  if (amount('failed') === failed && skipped === 0) return others('success');
  if (amount('success') === saved && skipped === 0) return others('failed');
  if (amount('success') === saved && amount('failed') === failed) return others('skipped');
  return results;
}
