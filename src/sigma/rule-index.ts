/**
 * Many rules over one stream. For each kind of event, rules are filed under a value that an event must hold for them to match at all; only rules whose value
 * the event holds are asked. A rule for which no such value is known is asked for every event of its log source.
 */
import { addTo } from '../text/add-to.ts';
import { compileRule, type CompiledRule } from './compile-rule.ts';
import { cellAt, createEventView, createFieldTable, foldedTexts, type EventView, type FieldTable } from './event-view.ts';
import { isOfLogSource, servicesOf } from './log-source.ts';
import { needsOf, type Need, type NeededValue } from './needed-values.ts';
import { noBindings, type Bindings } from './placeholders.ts';
import type { DetectionRule } from './rule.ts';

export interface RuleIndex {
  /**
   * The rules that match, ordered by id; rules without one come last, as they were given. Never throws.
   *
   * @param bindings lists of the tenant; a rule that names another list is not loaded for it
   */
  match(event: object, bindings?: Bindings): readonly DetectionRule[];
}

/** @param rules detections with their filters joined in already; those whose status keeps them out are left out by the caller */
export function createRuleIndex(rules: readonly DetectionRule[]): RuleIndex {
  const table = createFieldTable();
  const compiled = rules.toSorted(byId).map((rule) => compileRule(rule, table));
  const shelves = new Map<string, Shelf>();
  return {
    match(event, bindings = noBindings) {
      const services = servicesOf(event);
      const kind = services.join(' ');
      let shelf = shelves.get(kind);
      if (shelf === undefined) {
        shelf = createShelf(compiled.filter(({ rule }) => isOfLogSource(rule.logsource, services)), table);
        shelves.set(kind, shelf);
      }
      const view = createEventView(event);
      const found = candidates(shelf, view, table).filter((at) => shelf.rules[at]?.matches(view, bindings) ?? false).sort((a, b) => a - b);
      return found.flatMap((at) => shelf.rules[at]?.rule ?? []);
    },
  };
}

/** The rules for one kind of event, and where each is filed, by its number. */
interface Shelf {
  readonly rules: readonly CompiledRule[];
  readonly unfiled: readonly number[];
  readonly fields: readonly FiledField[];
  /** for each rule, the last event for which it was a candidate: an event may hold several of its values */
  readonly seen: Float64Array;
  events: number;
}
interface FiledField {
  readonly slot: number;
  /** the field must hold this text, folded */
  readonly byText: Map<string, number[]>;
  /** the field must be there */
  readonly present: number[];
}

function createShelf(rules: readonly CompiledRule[], table: FieldTable): Shelf {
  const needs = rules.map(({ rule }) => needsOf(rule.detection));
  // What many rules ask for is what many events hold: a rule is filed where few others are.
  const askers = new Map<string, number>();
  for (const value of needs.flat(2)) askers.set(keyOf(value), (askers.get(keyOf(value)) ?? 0) + 1);
  const crowd = (need: Need): number => need.reduce((sum, value) => sum + (askers.get(keyOf(value)) ?? 0) + (value.text === undefined ? rules.length : 0), 0);
  const fields = new Map<string, FiledField>();
  const unfiled: number[] = [];
  for (const [at, choices] of needs.entries()) {
    const [first, ...others] = choices;
    if (first === undefined) { unfiled.push(at); continue; }
    for (const { field, text } of others.reduce((best, need) => crowd(need) < crowd(best) ? need : best, first)) {
      const filed = fields.get(field) ?? { slot: table.slotOf(field), byText: new Map<string, number[]>(), present: [] };
      fields.set(field, filed);
      if (text === undefined) filed.present.push(at);
      else addTo(filed.byText, text, at);
    }
  }
  return { rules, unfiled, fields: [...fields.values()], seen: new Float64Array(rules.length), events: 0 };
}

function candidates(shelf: Shelf, view: EventView, table: FieldTable): number[] {
  shelf.events += 1;
  const found = [...shelf.unfiled];
  const take = (rules: readonly number[] | undefined): void => {
    for (const at of rules ?? []) {
      if (shelf.seen[at] === shelf.events) continue;
      shelf.seen[at] = shelf.events;
      found.push(at);
    }
  };
  for (const { slot, byText, present } of shelf.fields) {
    const cell = cellAt(view, table, slot);
    if (cell.values === undefined) continue;
    take(present);
    if (byText.size > 0) for (const text of foldedTexts(cell)) take(byText.get(text));
  }
  return found;
}

function keyOf({ field, text }: NeededValue): string {
  return text === undefined ? field : `${field}\n${text}`;
}

/** By code units, as ids are lower-case; no order of a language. */
function byId(a: DetectionRule, b: DetectionRule): number {
  if (a.id === undefined || b.id === undefined) return Number(a.id === undefined) - Number(b.id === undefined);
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
