/** To which groups of a correlation an event belongs, and what it counts there (sigma.md 7.2, 7.3). */
import type { Event, FieldName } from '../event.ts';
import { maxGroupsOfEvent } from '../limits.ts';
import { fold } from '../sigma/fold.ts';
import type { Plan } from './plan.ts';

export interface GroupMatch {
  /** tenant and folded values */
  readonly key: string;
  /** names of `group-by` and the values as they were spelled first */
  readonly spelling: readonly (readonly [name: string, value: string])[];
  /** the rules by which the event belongs to this group */
  rules: number;
}
export type GroupLoss = 'missing' | 'many';

/** The groups of an event that matched these rules; none, with the reason, where a field is absent or there are too many. */
export function groupsOf(plan: Plan, event: Event, rules: number, tenant: string): { readonly groups: readonly GroupMatch[]; readonly loss?: GroupLoss } {
  const names = plan.correlation.groupBy ?? [];
  const prefix = plan.scope === 'provider' ? '' : tenant;
  const found = new Map<string, GroupMatch>();
  let loss: GroupLoss | undefined;
  for (let index = 0; index < plan.inputs.length; index += 1) {
    const bit = 1 << index;
    if ((rules & bit) === 0) continue;
    const tuples = tuplesOf(event, plan.groupFields[index] ?? []);
    if (typeof tuples === 'string') {
      loss = tuples;
      continue;
    }
    for (const tuple of tuples) {
      const key = JSON.stringify([prefix, ...tuple.map(fold)]);
      const known = found.get(key);
      if (known !== undefined) known.rules |= bit;
      else found.set(key, { key, spelling: names.map((name, at) => [name, tuple[at] ?? '']), rules: bit });
    }
  }
  if (found.size > maxGroupsOfEvent) return { groups: [], loss: 'many' };
  return found.size > 0 || loss === undefined ? { groups: [...found.values()] } : { groups: [], loss };
}

/** Every combination of the distinct values of the fields. */
function tuplesOf(event: Event, fields: readonly string[]): readonly (readonly string[])[] | GroupLoss {
  let tuples: readonly (readonly string[])[] = [[]];
  for (const field of fields) {
    const values = textsOf(event, field);
    if (values.length === 0) return 'missing';
    if (tuples.length * values.length > maxGroupsOfEvent) return 'many';
    tuples = tuples.flatMap((tuple) => values.map((value) => [...tuple, value]));
  }
  return tuples;
}

/** Distinct values of a field as texts, in their order; equal when folded is equal. */
function textsOf(event: Event, field: string): readonly string[] {
  const value = Object.hasOwn(event, field) ? event[field as FieldName] : undefined;
  if (value === undefined) return [];
  if (typeof value !== 'object') return value === '' ? [] : [String(value)];
  const distinct = new Map<string, string>();
  for (const member of value) {
    if (member === '') continue;
    const folded = fold(member);
    if (!distinct.has(folded)) distinct.set(folded, member);
    // One more than anybody may have is enough to know that they are too many.
    if (distinct.size > maxGroupsOfEvent) break;
  }
  return [...distinct.values()];
}

/** What an event adds to `value_count` (folded, tuples as JSON) or to a sum; undefined when it lacks the value and does not count. */
export function countedOf(plan: Plan, event: Event): { readonly values?: readonly string[]; readonly number?: number } | undefined {
  const { type, countedFields } = plan.correlation;
  if (type === 'value_count') {
    const tuples = tuplesOf(event, countedFields);
    if (typeof tuples === 'string') return undefined;
    return { values: tuples.map((tuple) => tuple.length === 1 ? fold(tuple[0] ?? '') : JSON.stringify(tuple.map(fold))) };
  }
  if (type !== 'value_sum' && type !== 'value_avg' && type !== 'value_percentile') return {};
  const number = numberOf(event, countedFields[0] ?? '');
  return number === undefined ? undefined : { number };
}

const numeric = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number, or a text that is one throughout; of a list the first. */
function numberOf(event: Event, field: string): number | undefined {
  const value = Object.hasOwn(event, field) ? event[field as FieldName] : undefined;
  const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
  for (const member of values) {
    const number = typeof member === 'number' ? member : typeof member === 'string' && numeric.test(member) ? Number(member) : NaN;
    if (Number.isFinite(number)) return number;
  }
  return undefined;
}
