/** The items of a detection with the way they work in its condition. */
import type { Condition, Detection, DetectionItem, SearchExpression } from './rule.ts';

export interface PlacedItem {
  readonly item: DetectionItem;
  /** an odd number of negations stands above it, its own `neq` included: it says what an event is not */
  readonly isNegated: boolean;
}

/** Every item that the condition uses, once for each way in which it uses it. */
export function placedItems({ searches, condition }: Detection): readonly PlacedItem[] {
  const uses = new Map<string, Set<boolean>>();
  collectUses(condition, false, uses);
  return [...uses].flatMap(([name, turns]) => {
    const expression = searches.get(name)?.expression;
    return expression === undefined ? [] : itemsOf(expression).flatMap((item) => [...turns].map((isTurned) => ({ item, isNegated: isTurned !== item.isNegated })));
  });
}

/** Every item of an expression, in the order of the file. */
export function itemsOf(expression: SearchExpression): readonly DetectionItem[] {
  return expression.kind === 'item' ? [expression] : expression.members.flatMap(itemsOf);
}

function collectUses(condition: Condition, isTurned: boolean, uses: Map<string, Set<boolean>>): void {
  switch (condition.kind) {
    case 'not': collectUses(condition.member, !isTurned, uses); return;
    case 'and': case 'or': for (const member of condition.members) collectUses(member, isTurned, uses); return;
    default: for (const name of condition.kind === 'search' ? [condition.name] : condition.names) uses.set(name, (uses.get(name) ?? new Set<boolean>()).add(isTurned));
  }
}

/** Items of which each must be true for the condition to be true, as far as it says so with `and` alone. */
export function requiredItems({ searches, condition }: Detection): readonly DetectionItem[] {
  const ofSearch = (name: string): readonly DetectionItem[] => {
    const expression = searches.get(name)?.expression;
    return expression === undefined ? [] : conjuncts(expression);
  };
  const visit = (part: Condition): readonly DetectionItem[] => {
    switch (part.kind) {
      case 'search': return ofSearch(part.name);
      case 'selector': return part.quantifier === 'all' || part.names.length === 1 ? part.names.flatMap(ofSearch) : [];
      case 'and': return part.members.flatMap(visit);
      default: return [];
    }
  };
  return visit(condition);
}

const conjuncts = (expression: SearchExpression): readonly DetectionItem[] => expression.kind === 'item' ? [expression] : expression.kind === 'and' ? expression.members.flatMap(conjuncts) : [];
