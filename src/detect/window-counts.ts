/** What a window of entries amounts to (sigma.md 7.2), kept while entries come at its end and go at its beginning. Spent entries count nowhere. */
import type { Entry } from './entry.ts';
import { holds } from './expression.ts';
import { longestChain } from './ordered-chain.ts';
import { meets, type Plan } from './plan.ts';

export interface Tally {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** whether the condition holds, and for what value; a sum is taken of the entries themselves, because numbers added and taken away again leave a rest */
  look(window: () => readonly Entry[]): { readonly isTrue: boolean; readonly value: number | undefined };
}

/** For every type but `temporal_ordered`. */
export function createTally(plan: Plan): Tally {
  const { type } = plan.correlation;
  /** event_count: the entries; value_count: how often each value is there; temporal: each rule */
  const counts = new Map<string | number, number>();
  let total = 0;
  const keysOf = (entry: Entry): readonly (string | number)[] => {
    if (type === 'value_count') return entry.values ?? [];
    return type === 'temporal' ? plan.inputs.flatMap((_, index) => (entry.rules & (1 << index)) === 0 ? [] : [index]) : [];
  };
  return {
    add(entry) {
      if (entry.isSpent === true) return;
      total += 1;
      for (const key of keysOf(entry)) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    remove(entry) {
      if (entry.isSpent === true) return;
      total -= 1;
      for (const key of keysOf(entry)) {
        const left = (counts.get(key) ?? 0) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      }
    },
    look(window) {
      if (plan.expression !== undefined) {
        let present = 0;
        for (const index of counts.keys()) present |= 1 << Number(index);
        return { isTrue: holds(plan.expression, present, 0), value: counts.size };
      }
      const value = type === 'event_count' ? total : type === 'value_sum' ? sumOf(window()) : counts.size;
      return { isTrue: meets(plan.bounds, value), value };
    },
  };
}

/** The value of a whole window, empty ones included; undefined where there is none: the mean of nothing. */
export function valueOf(plan: Plan, entries: readonly Entry[]): number | undefined {
  const { type, percentile = 50 } = plan.correlation;
  const numbers = entries.flatMap(({ number }) => number === undefined ? [] : [number]);
  if (type === 'value_sum') return sumOf(entries);
  if (type === 'value_avg') return numbers.length === 0 ? undefined : sumOf(entries) / numbers.length;
  if (type === 'value_percentile') return numbers.sort((a, b) => a - b)[Math.ceil(percentile / 100 * numbers.length) - 1];
  if (type === 'temporal_ordered' && plan.steps !== undefined) return longestChain(plan.steps, entries);
  const tally = createTally(plan);
  for (const entry of entries) tally.add(entry);
  return tally.look(() => entries).value;
}

function sumOf(entries: readonly Entry[]): number {
  let sum = 0;
  for (const { number, isSpent } of entries) if (isSpent !== true) sum += number ?? 0;
  return sum;
}
