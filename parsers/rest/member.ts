/** Reading members of JSON objects whose form nobody guarantees. A member that is missing, null, empty or of another type is absent. */
import type { JsonObject, JsonValue } from './json-documents.ts';

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text as it stands: blanks at either end are part of a name. */
export function textOf(record: JsonObject, member: string): string | undefined {
  const value = own(record, member);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A whole number; large ones arrive as text (json-documents.ts). Undefined when a number cannot hold it exactly. */
export function integerOf(record: JsonObject, member: string): number | undefined {
  const value = own(record, member);
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? Number(value) : undefined;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** `true`, or the word: the published example of one version sends booleans as text (formats/rest-api.md 7). */
export function booleanOf(record: JsonObject, member: string): boolean | undefined {
  const value = own(record, member);
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

export function objectOf(record: JsonObject, member: string): JsonObject | undefined {
  const value = own(record, member);
  return isObject(value) ? value : undefined;
}

/** The member's own value; names that every JavaScript object inherits are not members. */
export function own(record: JsonObject, member: string): JsonValue | undefined {
  return Object.hasOwn(record, member) ? record[member] : undefined;
}

/** `_links.{name}.href` */
export function linkOf(record: JsonObject, name: string): string | undefined {
  const links = objectOf(record, '_links');
  const link = links === undefined ? undefined : objectOf(links, name);
  return link === undefined ? undefined : textOf(link, 'href');
}
