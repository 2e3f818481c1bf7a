/**
 * An operation that a rotation of the file cut in two (formats/explorer-archiver-logs.md 7.4 and 10, case 7): its first items stand in one file, its
 * counts in the next. Only together do they say how the first items ended.
 */
import type { ItemCounts } from '../event.ts';
import { addTo } from '../text/add-to.ts';
import { resultsByCounts } from '../text/results-by-counts.ts';
import type { ItemRecord } from './records.ts';

type Item = Omit<ItemRecord, 'launch'>;

/**
 * @param items of all launches
 * @returns the same items; those of an operation whose lines are as many as its counts say carry the result that the counts prove, and the record
 *   that states them as evidence. A line that states nothing but such counts is no item of its own and is left out.
 */
export function settleRotated(items: readonly Item[]): readonly Item[] {
  const operations = new Map<string, Item[]>();
  for (const { facts } of items) if (facts.summary !== undefined) operations.set(facts.batch, []);
  if (operations.size === 0) return items;
  for (const item of items) if (operations.has(item.facts.batch)) addTo(operations, item.facts.batch, item);
  const settled = new Map<Item, Item | undefined>();
  for (const lines of operations.values()) {
    const [summary, ...others] = lines.filter(({ facts }) => facts.summary !== undefined);
    const counts = summary?.facts.summary;
    const named = lines.filter(({ facts }) => facts.counts === undefined);
    // Two files that both claim to go on from one may state two results: then neither is believed.
    if (summary === undefined || counts?.total !== named.length || !others.every(({ facts }) => isSame(facts.summary, counts))) continue;
    for (const line of lines) if (line.facts.counts !== undefined) settled.set(line, undefined);
    const results = resultsByCounts(named.map(({ facts }) => facts.result), counts);
    named.forEach((item, index) => {
      const result = results[index];
      const gaps = item.facts.gaps.filter((code) => code !== 'operation-incomplete');
      settled.set(item, { ...item, facts: { ...item.facts, gaps, ...(result === undefined ? {} : { result }) }, ...(summary === item ? {} : { countedBy: summary.key }) });
    });
  }
  return items.flatMap((item) => (settled.has(item) ? settled.get(item) ?? [] : item));
}

function isSame(a: ItemCounts | undefined, b: ItemCounts): boolean {
  return a?.total === b.total && a.saved === b.saved && a.failed === b.failed && a.skipped === b.skipped;
}
