/** Alerts of single rules that are held back (sigma.md 8.2): after one, no further one for the same key until the time has passed. */
import type { Event, FieldName } from '../event.ts';
import { fold } from '../sigma/fold.ts';
import type { RuleSettings } from '../sigma/rule.ts';
import type { Count } from './counts.ts';

export interface Suppression {
  /** Undefined: held back. Else how many matches were held back since the last alert of this key. */
  pass(rule: string, settings: RuleSettings, event: Event, time: number): number | undefined;
  save(): SavedSuppression;
}
export type SavedSuppression = readonly (readonly [rule: string, keys: readonly (readonly [key: string, last: number, held: number])[]])[];

/** @param maxKeys of one rule; the key that was used least recently goes */
export function createSuppression(maxKeys: number, count: Count, saved: SavedSuppression = []): Suppression {
  const rules = new Map(saved.map(([rule, keys]) => [rule, new Map(keys.map(([key, last, held]) => [key, { last, held }]))]));
  return {
    pass(rule, { suppressMs = 0, suppressBy = [] }, event, time) {
      if (suppressMs === 0) return 0;
      const keys = rules.get(rule) ?? new Map<string, { last: number; held: number }>();
      rules.set(rule, keys);
      const key = JSON.stringify(suppressBy.map((name) => comparable(event, name)));
      const known = keys.get(key);
      keys.delete(key);
      if (known !== undefined && Math.abs(time - known.last) < suppressMs) {
        keys.set(key, { last: known.last, held: known.held + 1 });
        count('suppressed_total', rule);
        return undefined;
      }
      keys.set(key, { last: Math.max(time, known?.last ?? -Infinity), held: 0 });
      if (keys.size > maxKeys) for (const oldest of keys.keys()) {
        keys.delete(oldest);
        count('suppression_keys_dropped_total', rule);
        break;
      }
      return known?.held ?? 0;
    },
    save: () => [...rules].map(([rule, keys]) => [rule, [...keys].map(([key, { last, held }]) => [key, last, held] as const)] as const),
  };
}

/** A field that is absent is a key of its own. */
function comparable(event: Event, name: string): unknown {
  const value = Object.hasOwn(event, name) ? event[name as FieldName] : undefined;
  if (value === undefined) return null;
  return typeof value === 'object' ? value.map(fold) : fold(String(value));
}
