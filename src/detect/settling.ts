/** Restores whose evidence may still be completed (sigma.md 8.3, `settle`): each rule judges the last revision known when its time has come, once. */
import type { Event } from '../event.ts';
import { oldestKeyOf } from './oldest-key.ts';
import { createTimeQueue } from './time-queue.ts';

export interface Settling {
  /** A revision of a restore; rules and the milliseconds that they wait. */
  hold(restore: string, event: Event, time: number, rules: readonly (readonly [rule: string, settleMs: number])[]): void;
  /** What waits no longer. */
  release(restore: string): void;
  /** What is due, in the order of time: the rule and the revision that it judges. With more restores than may wait, the oldest are due at once. */
  due(watermark: number): readonly { readonly rule: string; readonly restore: string; readonly event: Event }[];
  save(): SavedSettling;
}
export type SavedSettling = readonly { readonly restore: string; readonly event: Event; readonly waiting: readonly (readonly [rule: string, due: number])[] }[];

/** @param maxRestores that wait at the same time */
export function createSettling(maxRestores: number, dropped: () => void, saved: SavedSettling = []): Settling {
  const held = new Map<string, { event: Event; readonly waiting: Map<string, number> }>();
  const oldest = oldestKeyOf(() => held.keys());
  const queue = createTimeQueue();
  for (const { restore, event, waiting } of saved) {
    held.set(restore, { event, waiting: new Map(waiting) });
    for (const [rule, due] of waiting) queue.set(JSON.stringify([rule, restore]), due);
  }
  return {
    hold(restore, event, time, rules) {
      const known = held.get(restore);
      if (known !== undefined) {
        known.event = event;
        return;
      }
      const waiting = new Map(rules.map(([rule, settleMs]) => [rule, time + settleMs]));
      held.set(restore, { event, waiting });
      for (const [rule, due] of waiting) queue.set(JSON.stringify([rule, restore]), due);
    },
    release(restore) {
      for (const rule of held.get(restore)?.waiting.keys() ?? []) queue.delete(JSON.stringify([rule, restore]));
      held.delete(restore);
    },
    due(watermark) {
      const judged: { rule: string; restore: string; event: Event }[] = [];
      while (held.size > maxRestores) {
        const restore = oldest() ?? '';
        for (const rule of [...held.get(restore)?.waiting.keys() ?? []]) take(rule, restore, judged);
        held.delete(restore);
        dropped();
      }
      for (let next = queue.first(); next !== undefined && next.time <= watermark; next = queue.first()) {
        const [rule = '', restore = ''] = JSON.parse(next.key) as readonly string[];
        take(rule, restore, judged);
      }
      return judged;
    },
    save: () => [...held].map(([restore, { event, waiting }]) => ({ restore, event, waiting: [...waiting] })),
  };

  function take(rule: string, restore: string, judged: { rule: string; restore: string; event: Event }[]): void {
    queue.delete(JSON.stringify([rule, restore]));
    const waiting = held.get(restore);
    if (waiting === undefined) return;
    judged.push({ rule, restore, event: waiting.event });
    waiting.waiting.delete(rule);
    if (waiting.waiting.size === 0) held.delete(restore);
  }
}
