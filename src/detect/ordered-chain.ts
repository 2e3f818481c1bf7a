/** `temporal_ordered` (sigma.md 7.4): the latest start of a chain that has reached each step, a running maximum that costs the same for every event. */
import { isBefore, type Entry } from './entry.ts';
import type { Steps } from './expression.ts';

/** The last entry of a chain and what came before it. */
export interface Link { readonly entry: Entry; readonly start: Entry; readonly previous?: Link }
export interface Chain {
  /** Takes the next entry in order and gives the chain of the wanted length that ends with it, of several the one that began last. */
  step(entry: Entry): Link | undefined;
}

/**
 * Each step needs a further entry. What is barred between two steps ends the chains that wait there.
 * @param length steps a chain has to have; fewer than there are: any of them, in their order
 */
export function createChain({ wanted, barred }: Steps, length: number): Chain {
  const isWhole = length === wanted.length;
  /** by step, by length of the chain that has reached it */
  const latest: (Link | undefined)[][] = wanted.map(() => []);
  return {
    step(entry) {
      let completed: Link | undefined;
      // Backwards: what this entry brings to one step must not be carried to the next by the same entry.
      for (let step = wanted.length - 1; step >= 0; step -= 1) {
        const isWanted = (entry.rules & (wanted[step] ?? 0)) !== 0;
        const reached = isWanted ? linksTo(entry, step) : [];
        if ((entry.rules & (barred[step] ?? 0)) !== 0) latest[step] = [];
        for (const [links, link] of reached) {
          (latest[step] ??= [])[links] = link;
          if (links === length && (completed === undefined || isBefore(completed.start, link.start))) completed = link;
        }
      }
      return completed;
    },
  };

  function linksTo(entry: Entry, step: number): readonly (readonly [links: number, link: Link])[] {
    const reached: (readonly [number, Link])[] = [];
    for (let links = isWhole ? step + 1 : 1; links <= Math.min(length, step + 1); links += 1) {
      if (links === 1) {
        reached.push([1, { entry, start: entry }]);
        continue;
      }
      let best: Link | undefined;
      for (let before = isWhole ? step - 1 : links - 2; before < step; before += 1) {
        const link = latest[before]?.[links - 1];
        if (link !== undefined && (best === undefined || isBefore(best.start, link.start))) best = link;
      }
      if (best !== undefined) reached.push([links, { entry, start: best.start, previous: best }]);
    }
    return reached;
  }
}

/** The entries of a chain, the first one first. */
export function entriesOf(link: Link): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at: Link | undefined = link; at !== undefined; at = at.previous) entries.unshift(at.entry);
  return entries;
}

/** How many steps, in their order and each by a further entry, a window holds. */
export function longestChain({ wanted }: Steps, entries: readonly Entry[]): number {
  const best = wanted.map(() => 0);
  for (const entry of entries) {
    for (let step = wanted.length - 1; step >= 0; step -= 1) {
      if ((entry.rules & (wanted[step] ?? 0)) === 0) continue;
      best[step] = Math.max(best[step] ?? 0, 1 + Math.max(0, ...best.slice(0, step)));
    }
  }
  return Math.max(0, ...best);
}
