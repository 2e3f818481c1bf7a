/** Why a rule matched an event or did not: the condition as a tree, and beneath each search identifier every item and value with what the event holds. */
import { compileItem, compileItemValue } from './compile-item.ts';
import { isLoadedFor } from './compile-rule.ts';
import { cellAt, createCell, createEventView, createFieldTable, leavesOf, type EventView, type FieldTable } from './event-view.ts';
import { fold } from './fold.ts';
import { isOfLogSource, servicesOf } from './log-source.ts';
import { noBindings, placeholdersOfDetection, type Bindings } from './placeholders.ts';
import type { Condition, DetectionItem, DetectionRule, ItemValue, SearchExpression } from './rule.ts';

export interface Explanation {
  readonly rule: DetectionRule;
  /** log source, lists and condition together: whether the engine would report it */
  readonly isMatch: boolean;
  /** services of the event; the rule is not asked when its log source is none of them */
  readonly services: readonly string[];
  readonly isOfLogSource: boolean;
  /** placeholders that are not defined: the rule is not loaded */
  readonly undefinedLists: readonly string[];
  readonly condition: ExplainedCondition;
  /** in the order of the rule */
  readonly searches: readonly ExplainedSearch[];
  /** identifiers whose answers make the answer of the condition, in the order of the condition */
  readonly deciding: readonly string[];
}
export interface ExplainedCondition {
  readonly condition: Condition;
  readonly isMet: boolean;
  /** of `and`, `or`, `not`; a selector has the identifiers that it selects */
  readonly members: readonly ExplainedCondition[];
}
export interface ExplainedSearch { readonly name: string; readonly isMet: boolean; readonly expression: ExplainedExpression }
export type ExplainedExpression =
  | { readonly kind: 'and' | 'or'; readonly isMet: boolean; readonly members: readonly ExplainedExpression[] }
  | ExplainedItem;
export interface ExplainedItem {
  readonly kind: 'item';
  readonly item: DetectionItem;
  /** with `all` and `neq` taken into account */
  readonly isMet: boolean;
  /** the event has the field, be it empty; true for keywords */
  readonly isPresent: boolean;
  /** what the event holds; for keywords every text and number of it */
  readonly seen: readonly SeenValue[];
  readonly values: readonly ExplainedValue[];
}
/** One value of the event; null and objects have no text. */
export interface SeenValue { readonly value: unknown; readonly text?: string; readonly folded?: string }
/** One value of the rule: whether it is met, and by which of the seen values (none for what asks about the field as a whole). */
export interface ExplainedValue { readonly value: ItemValue; readonly isMet: boolean; readonly by: readonly SeenValue[] }

/** @param bindings lists of the tenant; what names another list is not met */
export function explain(rule: DetectionRule, event: object, bindings: Bindings = noBindings): Explanation {
  const { searches, condition } = rule.detection;
  const table = createFieldTable();
  const view = createEventView(event, table);
  const explained = [...searches.values()].map(({ name, expression }): ExplainedSearch => {
    const inner = explainExpression(expression, { table, view, bindings });
    return { name, isMet: inner.isMet, expression: inner };
  });
  const tree = explainCondition(condition, new Map(explained.map(({ name, isMet }) => [name, isMet])));
  const services = servicesOf(event);
  const lists = placeholdersOfDetection(rule.detection);
  const isOf = isOfLogSource(rule.logsource, services);
  return {
    rule, services, isOfLogSource: isOf, condition: tree, searches: explained,
    isMatch: isOf && isLoadedFor(lists, bindings) && tree.isMet,
    undefinedLists: lists.filter((name) => !bindings.texts.has(name)),
    deciding: [...new Set(decidingNames(tree))],
  };
}

interface Asked { readonly table: FieldTable; readonly view: EventView; readonly bindings: Bindings }

function explainExpression(expression: SearchExpression, asked: Asked): ExplainedExpression {
  if (expression.kind === 'item') return explainItem(expression, asked);
  const members = expression.members.map((member) => explainExpression(member, asked));
  return { kind: expression.kind, members, isMet: expression.kind === 'and' ? members.every(({ isMet }) => isMet) : members.some(({ isMet }) => isMet) };
}

function explainItem(item: DetectionItem, { table, view, bindings }: Asked): ExplainedItem {
  const slot = item.field === undefined ? undefined : table.slotOf(item.field);
  const cell = slot === undefined ? leavesOf(view) : cellAt(view, table, slot);
  const seen = (cell.values ?? []).map(seenValue);
  const values = item.values.map((value): ExplainedValue => {
    const { test } = compileItemValue(item, value, table);
    const isMet = test(view, bindings);
    const isOfField = value.kind === 'null' || value.kind === 'exists';
    return { value, isMet, by: isMet && !isOfField ? seen.filter((one) => test(viewOfOne(view, table, slot, one.value), bindings)) : [] };
  });
  return { kind: 'item', item, isMet: compileItem(item, table).test(view, bindings), isPresent: cell.values !== undefined, seen, values };
}

/** The event as if the field held this value only. */
function viewOfOne({ event }: EventView, table: FieldTable, slot: number | undefined, value: unknown): EventView {
  const one = createEventView(event, table);
  if (slot === undefined) one.leaves = createCell([value]);
  else one.cells[slot] = createCell([value]);
  return one;
}

function seenValue(value: unknown): SeenValue {
  const [text] = createCell([value]).texts;
  return text === undefined ? { value } : { value, text, folded: fold(text) };
}

function explainCondition(condition: Condition, answers: ReadonlyMap<string, boolean>): ExplainedCondition {
  const membersOf = (): readonly Condition[] => {
    switch (condition.kind) {
      case 'search': return [];
      case 'not': return [condition.member];
      case 'selector': return condition.names.map((name) => ({ kind: 'search', name }));
      default: return condition.members;
    }
  };
  const members = membersOf().map((member) => explainCondition(member, answers));
  switch (condition.kind) {
    case 'search': return { condition, members, isMet: answers.get(condition.name) ?? false };
    case 'not': return { condition, members, isMet: !members.every(({ isMet }) => isMet) };
    default: return { condition, members, isMet: isEvery(condition) ? members.every(({ isMet }) => isMet) : members.some(({ isMet }) => isMet) };
  }
}

function isEvery(condition: Condition): boolean {
  return condition.kind === 'and' || (condition.kind === 'selector' && condition.quantifier === 'all');
}

/** What is true makes an `or` true and what is false an `and` false; otherwise all members together do. */
function decidingNames({ condition, members, isMet }: ExplainedCondition): readonly string[] {
  if (condition.kind === 'search') return [condition.name];
  return members.filter((member) => condition.kind === 'not' || member.isMet === isMet).flatMap(decidingNames);
}
