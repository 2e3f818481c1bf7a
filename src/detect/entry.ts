/** What a correlation keeps of an event, and the order of such entries. */
import type { FieldName, FieldValue } from '../event.ts';

export type Facts = Readonly<Partial<Record<FieldName, FieldValue>>>;

export interface Entry {
  /** `r:` and the id of the restore, which its revisions share; else `event.id` */
  readonly key: string;
  /** `event.id`s that stand for it as evidence: its own, or those behind an inner firing */
  readonly events: readonly string[];
  /** event time in milliseconds */
  readonly time: number;
  /** number of the arrival */
  readonly order: number;
  /** which of the referenced rules it matched, as bits in the order of `rules` */
  readonly rules: number;
  /** folded values for `value_count` */
  readonly values?: readonly string[];
  /** for sums, means and percentiles */
  readonly number?: number;
  /** fields that an alert carries when all entries agree */
  readonly facts: Facts;
  /** consumed by a firing (`suppress: 0s`) */
  readonly isSpent?: boolean;
}

/** Time first, then arrival. */
export function isBefore(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

/** Puts an entry at its place and says which. */
export function insertEntry(entries: Entry[], entry: Entry): number {
  const last = entries.at(-1);
  if (last === undefined || isBefore(last, entry)) return entries.push(entry) - 1;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = entries[middle];
    if (other !== undefined && isBefore(other, entry)) low = middle + 1;
    else high = middle;
  }
  entries.splice(low, 0, entry);
  return low;
}

/** Index of the first entry at or after a time. */
export function firstFrom(entries: readonly Entry[], time: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
