/** Where the value of a field comes from: flat events with dotted keys, and nested JSON objects alike. */
import { maxJsonNesting } from '../limits.ts';

/** Values of one field in one event; undefined where the field is absent, which is not the same as an empty array. */
export type FieldReader = (event: object) => readonly unknown[] | undefined;

/**
 * A reader of one field, its name divided once. A literal key with dots wins over the path; then the longest beginning that leads somewhere; an array on
 * the way is mapped over, one at the end yields its elements, nested ones flattened. Only own properties: `__proto__` is an ordinary absent name.
 */
export function createFieldReader(name: string): FieldReader {
  const dots = [...name.matchAll(/\./g)].map(({ index }) => index);
  if (dots.length > maxJsonNesting) return (event) => Object.hasOwn(event, name) ? listOf((event as Properties)[name]) : undefined;
  // Beginnings share the readers of what follows them: one for each dot, the last first.
  const after = new Map<number, FieldReader>();
  for (const start of dots.map((dot) => dot + 1).reverse()) after.set(start, readerFrom(name, start, dots, after));
  return readerFrom(name, 0, dots, after);
}

type Properties = Readonly<Record<string, unknown>>;

function readerFrom(name: string, start: number, dots: readonly number[], after: ReadonlyMap<number, FieldReader>): FieldReader {
  const whole = name.slice(start);
  const splits = dots.filter((dot) => dot >= start).reverse().flatMap((dot) => {
    const rest = after.get(dot + 1);
    return rest === undefined ? [] : [{ first: name.slice(start, dot), rest }];
  });
  return (event) => {
    if (Object.hasOwn(event, whole)) return listOf((event as Properties)[whole]);
    for (const { first, rest } of splits) {
      const inner = Object.hasOwn(event, first) ? (event as Properties)[first] : undefined;
      const found = isObject(inner) ? Array.isArray(inner) ? valuesInside(inner, rest) : rest(inner) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/**
 * Every text and number among the values of an event, at any depth, in the order in which they stand; keys, truth values and null are left out.
 * Numbers as their shortest text.
 */
export function leafTexts(event: object): readonly string[] {
  const leaves: string[] = [];
  const open: unknown[] = Object.values(event).reverse();
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') leaves.push(value);
    else if (typeof value === 'number') leaves.push(String(value));
    else if (isObject(value)) for (const inner of Object.values(value).reverse()) open.push(inner);
  }
  return leaves;
}

/** Objects of an array, also inside nested arrays, are asked one by one; absent when none of them has the field. */
function valuesInside(array: readonly unknown[], rest: FieldReader): readonly unknown[] | undefined {
  let all: unknown[] | undefined;
  for (const element of flatten(array)) {
    const found = isObject(element) ? rest(element) : undefined;
    if (found === undefined) continue;
    all ??= [];
    for (const value of found) all.push(value);
  }
  return all;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.some(Array.isArray) ? flatten(value) : value as readonly unknown[] : [value];
}

/** Without recursion: an array may be nested as deep as its author likes. */
function flatten(array: readonly unknown[]): readonly unknown[] {
  const flat: unknown[] = [];
  const open: unknown[] = array.toReversed();
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at -= 1) open.push(value[at]);
    else flat.push(value);
  }
  return flat;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
