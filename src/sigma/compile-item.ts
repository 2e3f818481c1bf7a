/** One item of a selection as a test of events. */
import { createNetworkTest } from './cidr.ts';
import { cellAt, foldedTexts, joinedTexts, leavesOf, type Cell, type EventView, type FieldTable } from './event-view.ts';
import { fold } from './fold.ts';
import { createBoundMatcher, keptPerBindings, placeholdersOf, type Bindings } from './placeholders.ts';
import type { DetectionItem, ItemValue, Token } from './rule.ts';
import { createRegexTest } from './run-regex.ts';
import { timePart } from './time-part.ts';
import { mergeTokens, plainText } from './tokens.ts';

/** What is asked of an event, and how dear the answer is compared with one look-up: cheap questions are asked first. */
export interface EventTest {
  readonly test: (view: EventView, bindings: Bindings) => boolean;
  readonly cost: number;
}
/** The same of the values of one field. */
interface CellTest {
  readonly test: (cell: Cell, view: EventView, bindings: Bindings) => boolean;
  readonly cost: number;
}

const costs = { lookUp: 1, text: 4, address: 10, time: 20, regex: 100, keyword: 200 };
const numeric = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Two-valued: an absent field makes every value false but `null` and `exists: false`; of several values of the event any may match, with `all` each of the
 * rule's values by any of them. Never throws.
 *
 * @param table gets the fields that the item names
 */
export function compileItem(item: DetectionItem, table: FieldTable): EventTest {
  const { field, needsAll, isNegated } = item;
  const slot = field === undefined ? -1 : table.slotOf(field);
  const values = field === undefined ? item.values.map(asKeyword) : item.values;
  const tests = (field === undefined ? values.map((value) => afterScan(value, compileValue(value, table))) : needsAll ? values.map((value) => compileValue(value, table)) : compileAlternatives(values, table))
    .sort((a, b) => a.cost - b.cost);
  const cost = tests.reduce((sum, test) => sum + test.cost, field === undefined ? costs.keyword : 0);
  const [only] = tests;
  if (only !== undefined && tests.length === 1 && slot !== -1) return { cost, test: (view, bindings) => only.test(cellAt(view, table, slot), view, bindings) !== isNegated };
  // The first answer of this kind is the answer of the item.
  const isDecisive = !needsAll;
  return {
    cost,
    test: (view, bindings) => {
      const cell = slot === -1 ? leavesOf(view) : cellAt(view, table, slot);
      for (const { test } of tests) if (test(cell, view, bindings) === isDecisive) return isDecisive !== isNegated;
      return isDecisive === isNegated;
    },
  };
}

/** Whether one value of an item matches, for itself: what `rules explain` shows line by line. */
export function compileItemValue(item: DetectionItem, value: ItemValue, table: FieldTable): EventTest {
  return compileItem({ ...item, values: [value], needsAll: false, isNegated: false }, table);
}

/** Keywords are found inside a text; numbers and truth values are searched as they are written. */
function asKeyword(value: ItemValue): ItemValue {
  const anywhere = (tokens: readonly Token[]): readonly Token[] => mergeTokens([{ kind: 'any' }, ...tokens, { kind: 'any' }]);
  if (value.kind === 'string') return { ...value, tokens: anywhere(value.tokens) };
  if (value.kind === 'number' || value.kind === 'boolean') return { kind: 'string', tokens: anywhere([{ kind: 'text', text: String(value.value) }]), isCased: false, windash: false };
  return value;
}

/** Most events hold none of the keywords: one search in all their texts together says so. */
function afterScan(value: ItemValue, { test, cost }: CellTest): CellTest {
  const parts = value.kind === 'string' && !value.windash ? value.tokens.flatMap((token) => token.kind === 'text' ? [fold(token.text)] : []) : [];
  const longest = parts.reduce((best, part) => part.length > best.length ? part : best, '');
  return longest === '' ? { test, cost } : { cost, test: (cell, view, bindings) => joinedTexts(cell).includes(longest) && test(cell, view, bindings) };
}

/** Whole texts of one list are one look-up, however many they are. */
function compileAlternatives(values: readonly ItemValue[], table: FieldTable): CellTest[] {
  const folded = new Set<string>();
  const others: ItemValue[] = [];
  for (const value of values) {
    const text = value.kind === 'string' && !value.isCased && !value.windash ? plainText(value.tokens) : undefined;
    if (text === undefined) others.push(value);
    else folded.add(fold(text));
  }
  const tests = others.map((value) => compileValue(value, table));
  const [only = ''] = folded;
  if (folded.size === 1) tests.push({ cost: costs.lookUp, test: (cell) => foldedTexts(cell).includes(only) });
  if (folded.size > 1) tests.push({ cost: costs.lookUp, test: (cell) => foldedTexts(cell).some((text) => folded.has(text)) });
  return tests;
}

function compileValue(value: ItemValue, table: FieldTable): CellTest {
  switch (value.kind) {
    case 'string': {
      const matcherOf = createBoundMatcher(value);
      const textsOf = value.isCased ? (cell: Cell) => cell.texts : foldedTexts;
      return { cost: value.tokens.length > 1 ? costs.text : costs.lookUp, test: (cell, _view, bindings) => textsOf(cell).some(matcherOf(bindings)) };
    }
    case 'number': {
      const text = String(value.value);
      return valueTest(costs.lookUp, (actual) => actual === value.value || actual === text);
    }
    case 'boolean': {
      const text = String(value.value);
      return valueTest(costs.lookUp, (actual) => actual === value.value || (typeof actual === 'string' && fold(actual) === text));
    }
    case 'null': return { cost: costs.lookUp, test: ({ values }) => values?.every((actual) => actual === null) ?? true };
    case 'exists': return { cost: costs.lookUp, test: ({ values }) => (values !== undefined) === value.expected };
    case 'compare': return valueTest(costs.lookUp, (actual) => isInOrder(numberOf(actual), value.operator, value.value));
    case 'cidr': {
      const isInside = createNetworkTest(value.network, value.prefixLength);
      return valueTest(costs.address, (actual) => typeof actual === 'string' && isInside(actual));
    }
    case 'time-part': return valueTest(costs.time, (actual) => timePart(actual, value.part) === value.value);
    case 'fieldref': return compileFieldReference(value, table);
    case 'regex': return compileRegex(value);
  }
}

function valueTest(cost: number, matches: (actual: unknown) => boolean): CellTest {
  return { cost, test: ({ values }) => values?.some(matches) ?? false };
}

function numberOf(actual: unknown): number {
  if (typeof actual === 'number') return actual;
  return typeof actual === 'string' && numeric.test(actual) ? Number(actual) : Number.NaN;
}

function isInOrder(actual: number, operator: 'lt' | 'lte' | 'gt' | 'gte', bound: number): boolean {
  switch (operator) {
    case 'lt': return actual < bound;
    case 'lte': return actual <= bound;
    case 'gt': return actual > bound;
    case 'gte': return actual >= bound;
  }
}

function compileRegex(value: Extract<ItemValue, { readonly kind: 'regex' }>): CellTest {
  const { expression } = value;
  const testOf = placeholdersOf(value).length === 0
    ? constantly(createRegexTest(expression))
    : keptPerBindings((bindings) => createRegexTest(expression, (name) => bindings.texts.get(name) ?? []));
  return { cost: costs.regex, test: (cell, _view, bindings) => cell.texts.some(testOf(bindings)) };
}

function constantly<T>(made: T): (bindings: Bindings) => T {
  return () => made;
}

/** Any value of one field with any of the other, both as text; an empty text is part of everything and says nothing. */
function compileFieldReference({ field, place, isCased }: Extract<ItemValue, { readonly kind: 'fieldref' }>, table: FieldTable): CellTest {
  const slot = table.slotOf(field);
  const textsOf = isCased ? (cell: Cell) => cell.texts : foldedTexts;
  return {
    cost: costs.text,
    test: (cell, view) => {
      const texts = textsOf(cell);
      const others = new Set(textsOf(cellAt(view, table, slot)));
      others.delete('');
      if (place === 'whole') return texts.some((text) => others.has(text));
      return [...others].some((other) => texts.some((text) => place === 'start' ? text.startsWith(other) : place === 'end' ? text.endsWith(other) : text.includes(other)));
    },
  };
}
