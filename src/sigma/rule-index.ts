/**
 * Many rules over one stream. What an event must hold for a rule to match at all is known beforehand (needed-values.ts): for each kind of event, the values
 * that rules need are looked up once, and only rules that find all they need are asked. A rule that needs nothing is asked for every event of its log source.
 */
import { addTo } from '../text/add-to.ts';
import { compileRule, type CompiledRule } from './compile-rule.ts';
import { cellAt, createEventView, createFieldTable, foldedTexts, type EventView, type FieldTable } from './event-view.ts';
import { isOfLogSource, servicesOf } from './log-source.ts';
import { needsOf, type Need } from './needed-values.ts';
import { keptPerBindings, noBindings, type Bindings } from './placeholders.ts';
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
      const view = createEventView(event, table);
      const isLoaded = shelf.loadedFor(bindings);
      const matched: number[] = [];
      for (const at of candidates(shelf, view, table)) if (isLoaded[at] === true && shelf.rules[at]?.test(view, bindings) === true) matched.push(at);
      return matched.sort((a, b) => a - b).flatMap((at) => shelf.rules[at]?.rule ?? []);
    },
  };
}

/** The rules for one kind of event, by number, and who needs what. */
interface Shelf {
  readonly rules: readonly CompiledRule[];
  /** by rule, whether the tenant has its lists */
  readonly loadedFor: (bindings: Bindings) => readonly boolean[];
  readonly needless: readonly number[];
  readonly fields: readonly NeededField[];
  /** for each need, the rules that have it */
  readonly askers: readonly (readonly number[])[];
  /** for each need, the last event that met it: an event may hold several of its values */
  readonly metBy: Float64Array;
  /** for each rule, how many needs it has, how many the event of `countedBy` has met */
  readonly needed: Uint32Array;
  readonly met: Uint32Array;
  readonly countedBy: Float64Array;
  events: number;
}
/** Needs, by number, that a field meets. */
interface NeededField {
  readonly slot: number;
  /** by holding this text, folded */
  readonly byText: Map<string, number[]>;
  /** by being there */
  readonly present: number[];
}

function createShelf(rules: readonly CompiledRule[], table: FieldTable): Shelf {
  const fields = new Map<string, NeededField>();
  const numbers = new Map<string, number>();
  const askers: number[][] = [];
  const numberOf = (need: Need): number => {
    const key = JSON.stringify(need);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = askers.push([]) - 1;
    numbers.set(key, number);
    for (const { field, text } of need) {
      const needed = fields.get(field) ?? { slot: table.slotOf(field), byText: new Map<string, number[]>(), present: [] };
      fields.set(field, needed);
      if (text === undefined) needed.present.push(number);
      else addTo(needed.byText, text, number);
    }
    return number;
  };
  const needs = rules.map(({ rule }) => [...new Set(needsOf(rule.detection).map(numberOf))]);
  for (const [at, own] of needs.entries()) for (const number of own) askers[number]?.push(at);
  return {
    rules, askers, fields: [...fields.values()], needless: needs.flatMap((own, at) => own.length === 0 ? [at] : []), events: 0,
    loadedFor: keptPerBindings((bindings) => rules.map(({ isLoaded }) => isLoaded(bindings))),
    metBy: new Float64Array(askers.length), needed: Uint32Array.from(needs, ({ length }) => length), met: new Uint32Array(rules.length), countedBy: new Float64Array(rules.length),
  };
}

/** Rules whose needs are all met, in no order. Counting is cheap beside asking: it touches numbers only. */
function candidates(shelf: Shelf, view: EventView, table: FieldTable): readonly number[] {
  shelf.events += 1;
  const found = [...shelf.needless];
  for (const { slot, byText, present } of shelf.fields) {
    const cell = cellAt(view, table, slot);
    if (cell.values === undefined) continue;
    count(shelf, present, found);
    if (byText.size === 0) continue;
    for (const text of foldedTexts(cell)) {
      const needs = byText.get(text);
      if (needs !== undefined) count(shelf, needs, found);
    }
  }
  return found;
}

function count({ askers, metBy, needed, met, countedBy, events }: Shelf, needs: readonly number[], found: number[]): void {
  for (const need of needs) {
    if (metBy[need] === events) continue;
    metBy[need] = events;
    for (const at of askers[need] ?? []) {
      const sum = countedBy[at] === events ? (met[at] ?? 0) + 1 : 1;
      countedBy[at] = events;
      met[at] = sum;
      if (sum === needed[at]) found.push(at);
    }
  }
}

/** By code units, as ids are lower-case; no order of a language. */
function byId(a: DetectionRule, b: DetectionRule): number {
  if (a.id === undefined || b.id === undefined) return Number(a.id === undefined) - Number(b.id === undefined);
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
