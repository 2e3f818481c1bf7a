/** What an event must hold for a rule to match at all, as far as it can be said beforehand: the index asks only rules whose need is met. */
import { fold } from './fold.ts';
import type { Condition, Detection, DetectionItem, ItemValue, SearchExpression } from './rule.ts';
import { plainText } from './tokens.ts';

/** A folded text that a field must hold, or without a text: the field must be there. */
export interface NeededValue { readonly field: string; readonly text?: string }
/** One of them must be met. */
export type Need = readonly NeededValue[];

/** Every need of a detection, all of which must be met; without one, any event may match. */
export function needsOf({ searches, condition }: Detection): readonly Need[] {
  const known = new Map([...searches].map(([name, { expression }]) => [name, needsOfExpression(expression)]));
  return needsOfCondition(condition, known);
}

function needsOfCondition(condition: Condition, known: ReadonlyMap<string, readonly Need[]>): readonly Need[] {
  switch (condition.kind) {
    case 'search': return known.get(condition.name) ?? [];
    case 'selector': return combine(condition.quantifier === 'all' ? 'and' : 'or', condition.names.map((name) => known.get(name) ?? []));
    case 'not': return [];
    default: return combine(condition.kind, condition.members.map((member) => needsOfCondition(member, known)));
  }
}

function needsOfExpression(expression: SearchExpression): readonly Need[] {
  return expression.kind === 'item' ? needsOfItem(expression) : combine(expression.kind, expression.members.map(needsOfExpression));
}

function combine(kind: 'and' | 'or', members: readonly (readonly Need[])[]): readonly Need[] {
  if (kind === 'and') return members.flat();
  // Each member with its most telling need; one that needs nothing leaves nothing to say.
  const chosen = members.map((needs) => needs.toSorted((a, b) => vagueness(a) - vagueness(b))[0] ?? []);
  return chosen.length === 0 || chosen.some((need) => need.length === 0) ? [] : [chosen.flat()];
}

/** Texts tell more than that a field is there; a few more than many. */
function vagueness(need: Need): number {
  return need.reduce((sum, { text }) => sum + (text === undefined ? 1_000 : 1), 0);
}

function needsOfItem(item: DetectionItem): readonly Need[] {
  const { field } = item;
  if (field === undefined || item.isNegated) return [];
  const needs = item.values.map((value) => needOfValue(field, value));
  if (needs.length === 0 || needs.some((need) => need === undefined)) return [];
  const known = needs.flatMap((need) => need === undefined ? [] : [need]);
  return item.needsAll ? known.map((need) => [need]) : [known.every(({ text }) => text !== undefined) ? known : [{ field }]];
}

function needOfValue(field: string, value: ItemValue): NeededValue | undefined {
  switch (value.kind) {
    case 'string': {
      const text = value.windash ? undefined : plainText(value.tokens);
      return text === undefined ? { field } : { field, text: fold(text) };
    }
    case 'number': case 'boolean': return { field, text: fold(String(value.value)) };
    case 'null': return undefined;
    case 'exists': return value.expected ? { field } : undefined;
    default: return { field };
  }
}
