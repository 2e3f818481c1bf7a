/** One group of a correlation: its entries, and what each way of deciding remembers of it. Everything but `tail` is written and read back as JSON. */
import type { Entry, Facts } from './entry.ts';
import type { Chain } from './ordered-chain.ts';
import type { Tally } from './window-counts.ts';

export interface Group {
  readonly key: string;
  /** tenant whose events it holds; empty for groups over all tenants */
  readonly tenant: string;
  /** set in a late lane: whose */
  readonly source?: string;
  /** names of `group-by`, values as people know them */
  readonly spelling: readonly (readonly [name: string, value: string])[];
  /** by time and arrival */
  readonly entries: Entry[];
  /** time of the newest event */
  newest: number;
  /** entries were given up because there were too many: counts are lower bounds */
  isCut: boolean;
  /** on arrival: when it fired, as long as that may hold a further firing back */
  fired: number[];
  /** negated: candidates up to this one are decided, those up to that time are part of what fired */
  decided?: { readonly time: number; readonly order: number };
  blockedUntil?: number;
  /** windows */
  windows?: WindowState;
  /** derived from the entries: what a window that ends with the newest entry holds */
  tail?: Tail | undefined;
}
export interface WindowState {
  /** beginning of the first window that is not judged yet */
  start: number;
  /** false: an earlier event may still move the beginning */
  isAnchored: boolean;
  wasTrue: boolean;
  /** newest event of the windows that are judged */
  lastSeen: number;
  /** evidence of an absence: what was there last */
  last: { readonly events: readonly string[]; readonly facts: Facts };
}
export interface Tail { readonly tally?: Tally; size: number; readonly chain?: Chain }

/** A condition that came true. */
export interface Firing {
  readonly group: Group;
  /** when it fired, in event time */
  readonly time: number;
  /** first and last time of what it is about */
  readonly from: number;
  readonly until: number;
  /** what counts, in its order; may be empty for an absence */
  readonly entries: readonly Entry[];
  /** what the condition looked at */
  readonly value: number | undefined;
  /** key of the completing entry, or beginning of the window: makes the id of the alert */
  readonly mark: string | number;
}

/** Takes the oldest entries away; what a window that ends with the newest one holds is kept right. */
export function dropOldest(group: Group, count: number): readonly Entry[] {
  const { entries, tail } = group;
  if (tail !== undefined) {
    for (let at = Math.max(0, entries.length - tail.size); at < count; at += 1) {
      const entry = entries[at];
      if (entry !== undefined) tail.tally?.remove(entry);
      tail.size -= 1;
    }
  }
  if (count !== 1) return entries.splice(0, count);
  const first = entries.shift();
  return first === undefined ? [] : [first];
}
