/** A detection as one function of an event. */
import { compileItem, type EventTest } from './compile-item.ts';
import type { FieldTable } from './event-view.ts';
import { placeholdersOfDetection, type Bindings } from './placeholders.ts';
import type { Condition, Detection, DetectionRule, SearchExpression } from './rule.ts';

export interface CompiledRule {
  readonly rule: DetectionRule;
  /** Whether the tenant has every list that the rule names. */
  isLoaded(bindings: Bindings): boolean;
  /** Whether the detection is met, for a tenant for which the rule is loaded. The log source is not asked: that is the index's part. */
  readonly test: EventTest['test'];
}

/** @param table gets the fields that the rule names; the views that are matched must be read with the same table */
export function compileRule(rule: DetectionRule, table: FieldTable): CompiledRule {
  const { test } = compileDetection(rule.detection, table);
  const placeholders = placeholdersOfDetection(rule.detection);
  return { rule, isLoaded: (bindings) => isLoadedFor(placeholders, bindings), test };
}

/** Whether every list is defined, be it empty. */
export function isLoadedFor(placeholders: readonly string[], bindings: Bindings): boolean {
  return placeholders.every((name) => bindings.texts.has(name));
}

/** The condition over the search identifiers. One that is not defined is never met. */
export function compileDetection({ searches, condition }: Detection, table: FieldTable): EventTest {
  const compiled = new Map([...searches].map(([name, { expression }]) => [name, compileExpression(expression, table)]));
  return compileCondition(condition, compiled);
}

function compileExpression(expression: SearchExpression, table: FieldTable): EventTest {
  if (expression.kind === 'item') return askedOnce(compileItem(expression, table), table.itemSlotOf(JSON.stringify([expression.field, expression.values, expression.needsAll, expression.isNegated])));
  return combine(expression.kind, expression.members.map((member) => compileExpression(member, table)));
}

/** Rules of one pack have items in common, filters above all. */
function askedOnce({ test, cost }: EventTest, slot: number): EventTest {
  return {
    cost,
    test: (view, bindings) => {
      const known = view.answers[slot];
      if (known === 1 || known === 2) return known === 2;
      const answer = test(view, bindings);
      view.answers[slot] = answer ? 2 : 1;
      return answer;
    },
  };
}

function compileCondition(condition: Condition, searches: ReadonlyMap<string, EventTest>): EventTest {
  switch (condition.kind) {
    case 'search': return searches.get(condition.name) ?? never;
    case 'selector': return combine(condition.quantifier === 'all' ? 'and' : 'or', condition.names.map((name) => searches.get(name) ?? never));
    case 'not': {
      const { test, cost } = compileCondition(condition.member, searches);
      return { cost, test: (view, bindings) => !test(view, bindings) };
    }
    default: return combine(condition.kind, condition.members.map((member) => compileCondition(member, searches)));
  }
}

const never: EventTest = { cost: 0, test: () => false };

/** Nothing a test asks has an effect, so that the cheap ones may come first. */
function combine(kind: 'and' | 'or', members: readonly EventTest[]): EventTest {
  const [first, second, ...rest] = members.toSorted((a, b) => a.cost - b.cost);
  const cost = members.reduce((sum, member) => sum + member.cost, 0);
  if (first === undefined) return { cost, test: () => kind === 'and' };
  if (second === undefined) return first;
  if (rest.length === 0) {
    return { cost, test: kind === 'and' ? (view, bindings) => first.test(view, bindings) && second.test(view, bindings) : (view, bindings) => first.test(view, bindings) || second.test(view, bindings) };
  }
  const tests = [first, second, ...rest].map(({ test }) => test);
  const isDecisive = kind === 'or';
  return {
    cost,
    test: (view, bindings) => {
      for (const test of tests) if (test(view, bindings) === isDecisive) return isDecisive;
      return !isDecisive;
    },
  };
}
