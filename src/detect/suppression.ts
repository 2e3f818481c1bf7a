/** Alerts of single rules that are held back (sigma.md 8.2): after one, no further one for the same key until the time has passed. */
import type { Event, FieldName } from '../event.ts';
import { fold } from '../sigma/fold.ts';
import type { RuleSettings } from '../sigma/rule.ts';
import type { Count } from './counts.ts';
import { oldestKeyOf } from './oldest-key.ts';

export interface Suppression {
  /** Undefined: held back. Else how many matches were held back since the last alert of this key. */
  pass(rule: string, settings: RuleSettings, event: Event, time: number): number | undefined;
  save(): SavedSuppression;
}
export type SavedSuppression = readonly (readonly [rule: string, keys: readonly (readonly [key: string, last: number, held: number])[]])[];

/** @param maxKeys of one rule; the key that was used least recently goes */
export function createSuppression(maxKeys: number, count: Count, saved: SavedSuppression = []): Suppression {
  const rules = new Map(saved.map(([rule, keys]) => [rule, keysFrom(keys)]));
  return {
    pass(rule, { suppressMs = 0, suppressBy = [] }, event, time) {
      if (suppressMs === 0) return 0;
      const known = rules.get(rule) ?? keysFrom([]);
      rules.set(rule, known);
      const { keys, oldest } = known;
      const key = JSON.stringify(suppressBy.map((name) => comparable(event, name)));
      const before = keys.get(key);
      keys.delete(key);
      if (before !== undefined && Math.abs(time - before.last) < suppressMs) {
        keys.set(key, { last: before.last, held: before.held + 1 });
        count('suppressed_total', rule);
        return undefined;
      }
      keys.set(key, { last: Math.max(time, before?.last ?? -Infinity), held: 0 });
      if (keys.size > maxKeys) {
        keys.delete(oldest() ?? '');
        count('suppression_keys_dropped_total', rule);
      }
      return before?.held ?? 0;
    },
    save: () => [...rules].map(([rule, { keys }]) => [rule, [...keys].map(([key, { last, held }]) => [key, last, held] as const)] as const),
  };
}

interface Keys { readonly keys: Map<string, { readonly last: number; readonly held: number }>; readonly oldest: () => string | undefined }

function keysFrom(saved: SavedSuppression[number][1]): Keys {
  const keys = new Map(saved.map(([key, last, held]) => [key, { last, held }]));
  return { keys, oldest: oldestKeyOf(() => keys.keys()) };
}

/** A field that is absent is a key of its own. */
function comparable(event: Event, name: string): unknown {
  const value = Object.hasOwn(event, name) ? event[name as FieldName] : undefined;
  if (value === undefined) return null;
  return typeof value === 'object' ? value.map(fold) : fold(String(value));
}
