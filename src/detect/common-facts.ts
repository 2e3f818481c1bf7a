/** The fields of events that their alert carries, where all of them agree (sigma.md 7.7). */
import type { Event, FieldName, FieldValue } from '../event.ts';
import { fold } from '../sigma/fold.ts';
import type { Facts } from './entry.ts';

export const sharedFields: readonly FieldName[] = [
  'user.name', 'user.domain', 'user.email', 'user.id', 'user.full_name',
  'user.target.name', 'user.target.domain', 'user.target.email', 'user.target.id', 'user.target.full_name',
  'vb365.owner.type', 'vb365.owner.name', 'vb365.owner.id', 'vb365.owner.url', 'organization.name', 'organization.id',
  'source.address', 'source.domain', 'source.ip', 'vb365.workload', 'vb365.attribution.confidence', 'vb365.attribution.kind',
  'observer.version', 'observer.hostname',
];
/** of these an alert has what any of its events has */
export const unitedFields: readonly FieldName[] = ['event.category', 'event.type'];

/**
 * What an entry keeps of an event; fields that a rule names beside the usual ones among them.
 * @param last facts of the neighbour: the very same object when they are equal, so that a group keeps them once
 */
export function factsOf(event: Event, further: readonly string[], last?: Facts): Facts {
  const facts: Partial<Record<FieldName, FieldValue>> = {};
  for (const name of [...sharedFields, ...unitedFields, ...further]) {
    if (!Object.hasOwn(event, name)) continue;
    const value = event[name as FieldName];
    if (value !== undefined) facts[name as FieldName] = value;
  }
  return last !== undefined && isSame(facts, last) ? last : facts;
}

function isSame(a: Facts, b: Facts): boolean {
  const names = Object.keys(a) as FieldName[];
  return names.length === Object.keys(b).length && names.every((name) => isEqual(a[name], b[name]));
}

function isEqual(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((member, index) => member === b[index]);
}

/** Fields on which all agree (folded; the first spelling stands), and the union of categories and types. */
export function commonFacts(list: readonly Facts[]): Facts {
  const distinct = [...new Set(list)];
  const [first, ...others] = distinct;
  const agreed = (Object.entries(first ?? {}) as [FieldName, FieldValue][])
    .filter(([name, value]) => !unitedFields.includes(name) && others.every((other) => comparable(other[name]) === comparable(value)));
  const united = unitedFields.map((name): [FieldName, FieldValue] => [name, [...new Set(distinct.flatMap((facts) => facts[name] as readonly string[] | undefined ?? []))]]);
  return Object.fromEntries([...agreed, ...united.filter(([, value]) => typeof value === 'object' && value.length > 0)]);
}

function comparable(value: FieldValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? fold(value) : JSON.stringify(value);
}
