/** Events that come from outside as JSON: nested as ECS has them, or with dotted names, as the flat records that the stages pass on. */
import { fieldKinds } from '../event-fields.ts';
import type { Event, FieldName } from '../event.ts';
import { maxJsonNesting } from '../limits.ts';

/** The fields of the field table with values of their type; everything else, and what is nested deeper than any event, is left out. */
export function flatEvent(value: object): Event {
  const fields: (readonly [string, unknown])[] = [];
  collect(value, '', 0, fields);
  return Object.fromEntries(fields.flatMap(([name, member]) => {
    const typed = Object.hasOwn(fieldKinds, name) ? typedValue(member, fieldKinds[name as FieldName]) : undefined;
    return typed === undefined ? [] : [[name, typed] as const];
  }));
}

function collect(value: object, prefix: string, depth: number, fields: (readonly [string, unknown])[]): void {
  if (depth > maxJsonNesting) return;
  for (const [key, member] of Object.entries(value) as readonly (readonly [string, unknown])[]) {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) collect(member, `${prefix}${key}.`, depth + 1, fields);
    else fields.push([`${prefix}${key}`, member]);
  }
}

function typedValue(value: unknown, { type, isList }: { readonly type: string; readonly isList: boolean }): string | number | boolean | readonly string[] | undefined {
  const members: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = members.filter((member) => typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean').map(String);
  if (isList) return texts.length === 0 ? undefined : texts;
  const [only] = members;
  if (type === 'boolean') return typeof only === 'boolean' ? only : undefined;
  if (type === 'long' || type === 'float') return typeof only === 'number' ? only : undefined;
  return texts[0];
}
