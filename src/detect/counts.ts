/** What was given up or could not be counted, by name and rule. */
export type Count = (name: CountName, rule: string) => void;
export type CountName =
  | 'correlation_key_missing_total' | 'correlation_groups_exceeded_total' | 'correlation_value_missing_total' | 'correlation_late_total'
  | 'correlation_groups_dropped_total' | 'correlation_entries_dropped_total' | 'settling_dropped_total' | 'suppressed_total' | 'suppression_keys_dropped_total'
  | 'events_untimed_total' | 'events_late_total' | 'events_ahead_total' | 'tenants_dropped_total';

export interface Counts { readonly count: Count; list(): readonly { readonly name: CountName; readonly rule: string; readonly value: number }[] }

/** Nothing counted yet; `rule` is empty where no rule is concerned. */
export function createCounts(): Counts {
  const values = new Map<string, { readonly name: CountName; readonly rule: string; value: number }>();
  return {
    count(name, rule) {
      const key = `${name} ${rule}`;
      const known = values.get(key);
      if (known === undefined) values.set(key, { name, rule, value: 1 });
      else known.value += 1;
    },
    list: () => [...values.values()].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : a.rule < b.rule ? -1 : 1),
  };
}
