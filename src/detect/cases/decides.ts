/** Which search identifier of a detection decides about an event. */
import { compileDetection } from '../../sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../sigma/event-view.ts';
import type { Bindings } from '../../sigma/placeholders.ts';
import type { Condition, Detection, SearchExpression } from '../../sigma/rule.ts';
import type { CaseEvent } from './case-file.ts';

/** The identifiers that the condition names, each once, in its order. */
export function namesOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'search': return [condition.name];
    case 'selector': return condition.names;
    case 'not': return namesOf(condition.member);
    default: return [...new Set(condition.members.flatMap(namesOf))];
  }
}

/** The identifiers each of which, turned round alone, turns the result round. */
export function decidersOf({ searches, condition }: Detection, event: CaseEvent, bindings: Bindings): readonly string[] {
  const table = createFieldTable();
  const names = namesOf(condition);
  const tests = names.map((name) => compileDetection({ searches, condition: { kind: 'search', name } }, table));
  const view = createEventView(event, table);
  const truth = new Map(names.map((name, index) => [name, tests[index]?.test(view, bindings) ?? false]));
  const result = evaluate(condition, truth);
  return names.filter((name) => evaluate(condition, new Map([...truth, [name, truth.get(name) !== true]])) !== result);
}

function evaluate(condition: Condition, truth: ReadonlyMap<string, boolean>): boolean {
  switch (condition.kind) {
    case 'search': return truth.get(condition.name) === true;
    case 'not': return !evaluate(condition.member, truth);
    case 'selector': return condition.quantifier === 'all' ? condition.names.every((name) => truth.get(name) === true) : condition.names.some((name) => truth.get(name) === true);
    case 'and': return condition.members.every((member) => evaluate(member, truth));
    case 'or': return condition.members.some((member) => evaluate(member, truth));
  }
}

/** Fields that a detection asks for under a negation: an event without them passes. */
export function negatedFieldsOf({ searches, condition }: Detection): readonly string[] {
  const fields = new Set<string>();
  const collect = (expression: SearchExpression | undefined, isNegated: boolean): void => {
    if (expression === undefined) return;
    if (expression.kind !== 'item') for (const member of expression.members) collect(member, isNegated);
    else if (expression.field !== undefined && isNegated !== expression.isNegated && !expression.values.some(({ kind }) => kind === 'exists' || kind === 'null')) fields.add(expression.field);
  };
  const walk = (part: Condition, isNegated: boolean): void => {
    if (part.kind === 'not') walk(part.member, !isNegated);
    else if (part.kind === 'and' || part.kind === 'or') for (const member of part.members) walk(member, isNegated);
    else for (const name of namesOf(part)) collect(searches.get(name)?.expression, isNegated);
  };
  walk(condition, false);
  return [...fields];
}
