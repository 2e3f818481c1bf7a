/**
 * An event as nested ECS JSON. Both writers walk the field table, so what is not in the table is not written (the event contract test finds it), and
 * members stand in the order of the table.
 *
 * `ecsLine` is the hot one: between two neighbouring fields stands a text that depends only on the two names (`},"user":{"name":`), so the line is a
 * concatenation of remembered texts and values; the naive twin is `JSON.stringify(ecsDocument(event))`.
 */
import { fieldKinds } from '../event-fields.ts';
import type { Event, FieldName, FieldValue } from '../event.ts';
import { wellFormed } from '../text/cut-text.ts';

const names = Object.keys(fieldKinds) as FieldName[];
const paths: readonly (readonly string[])[] = names.map((name) => name.split('.'));

const placeOf: ReadonlyMap<string, number> = new Map(names.map((name, index) => [name, index]));
/** Values of the event being written, by the place of their field; empty between two calls. */
const places: (FieldValue | undefined)[] = names.map(() => undefined);

interface Nested { [member: string]: FieldValue | Nested }

/** The event as nested objects, ready for JSON: no empty member, no lone surrogate. */
export function ecsDocument(event: Event): object {
  const root: Nested = {};
  names.forEach((name, index) => {
    const value = presentValue(event[name]);
    if (value === undefined) return;
    const path = paths[index] ?? [];
    let group = root;
    for (const part of path.slice(0, -1)) group = (group[part] ??= {}) as Nested;
    group[path.at(-1) ?? name] = value;
  });
  return root;
}

/** The value as it is sent, or undefined when there is nothing to send. */
function presentValue(value: FieldValue | undefined): FieldValue | undefined {
  if (typeof value === 'string') return value === '' ? undefined : wellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'object') {
    const members = value.filter((member) => member !== '').map(wellFormed);
    return members.length === 0 ? undefined : members;
  }
  return value;
}

/**
 * The event as one line of JSON without a line end. Control characters (C0, DEL, C1) and the line separators U+2028 and U+2029 are escaped, lone
 * surrogates become U+FFFD.
 */
export function ecsLine(event: Event): string {
  // Asking an event for every name of the table costs more than sorting its own names into the places of the table.
  for (const name in event) {
    const place = placeOf.get(name);
    if (place !== undefined) places[place] = event[name as FieldName];
  }
  let line = '';
  let previous = names.length;
  for (let index = 0; index < names.length; index += 1) {
    const value = places[index];
    if (value === undefined) continue;
    places[index] = undefined;
    const text = jsonValue(value);
    if (text === '') continue;
    line += between(previous, index) + text;
    previous = index;
  }
  return previous === names.length ? '{}' : line + '}'.repeat(paths[previous]?.length ?? 1);
}

function jsonValue(value: FieldValue): string {
  if (typeof value === 'string') return value === '' ? '' : jsonText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  let list = '';
  for (const member of value) if (member !== '') list += (list === '' ? '[' : ',') + jsonText(member);
  return list === '' ? '' : `${list}]`;
}

const needsCare = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
const notEscapedByJson = /[\u007f-\u009f\u2028\u2029]/g;

function jsonText(text: string): string {
  if (!needsCare.test(text)) return `"${text}"`;
  return JSON.stringify(wellFormed(text)).replace(notEscapedByJson, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What stands between the values of two fields; the last row is for the beginning of the line. */
const separators: (string | undefined)[][] = [];

function between(previous: number, next: number): string {
  const row = separators[previous] ??= [];
  return row[next] ??= separator(paths[previous], paths[next] ?? []);
}

function separator(from: readonly string[] | undefined, to: readonly string[]): string {
  const groups = to.slice(0, -1);
  const open = from?.slice(0, -1) ?? [];
  let shared = 0;
  while (shared < groups.length && groups[shared] === open[shared]) shared += 1;
  const closed = from === undefined ? '{' : `${'}'.repeat(open.length - shared)},`;
  return `${closed}${groups.slice(shared).map((part) => `"${part}":{`).join('')}"${to.at(-1) ?? ''}":`;
}
