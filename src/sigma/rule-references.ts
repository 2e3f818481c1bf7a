/** Rules by the names they can be referred to. */
import type { CorrelationRule, Rule } from './rule.ts';

/** The rule of an id or a name; the first one where several claim it. */
export type FindRule = (reference: string) => Rule | undefined;

/** An index over rules; ids go before names. */
export function indexRules(rules: readonly Rule[]): FindRule {
  const ids = new Map<string, Rule>();
  const names = new Map<string, Rule>();
  for (const rule of rules) {
    if (rule.id !== undefined && !ids.has(rule.id)) ids.set(rule.id, rule);
    if (rule.name !== undefined && !names.has(rule.name)) names.set(rule.name, rule);
  }
  return (reference) => ids.get(reference) ?? names.get(reference);
}

/** The rules that a correlation refers to, those that are not there left out. */
export function referredRules(rule: CorrelationRule, find: FindRule): readonly Rule[] {
  return rule.correlation.rules.map(find).filter((found) => found !== undefined);
}

export interface Chains {
  /** links of the chain that ends with a correlation, itself included; absent where a circle lies below */
  readonly depths: ReadonlyMap<Rule, number>;
  /** correlations on a circle, or between two */
  readonly circular: ReadonlySet<Rule>;
}

/** How correlations build on each other, in time proportional to their references: leaves are taken away again and again, then roots; what is left goes in circles. */
export function chainsOf(rules: readonly Rule[], find: FindRule): Chains {
  const correlations = rules.filter((rule) => rule.kind === 'correlation');
  const below = new Map(correlations.map((rule) => [rule, new Set(referredRules(rule, find).filter((inner) => inner.kind === 'correlation'))]));
  const above = new Map(correlations.map((rule) => [rule, new Set<CorrelationRule>()]));
  for (const [outer, inners] of below) for (const inner of inners) above.get(inner)?.add(outer);
  const depths = new Map<Rule, number>();
  for (const rule of peel(below, above)) depths.set(rule, 1 + Math.max(0, ...[...below.get(rule) ?? []].map((inner) => depths.get(inner) ?? 0)));
  const left = correlations.filter((rule) => !depths.has(rule));
  const within = (links: typeof above): typeof above => new Map(left.map((rule) => [rule, new Set([...links.get(rule) ?? []].filter((other) => !depths.has(other)))]));
  const roots = new Set(peel(within(above), within(below)));
  return { depths, circular: new Set(left.filter((rule) => !roots.has(rule))) };
}

type Links = ReadonlyMap<CorrelationRule, ReadonlySet<CorrelationRule>>;

/** Those that wait for nothing, then those that waited only for them, and so on. */
function peel(waitsFor: Links, awaitedBy: Links): readonly CorrelationRule[] {
  const open = new Map([...waitsFor].map(([rule, others]) => [rule, others.size]));
  const order = [...open].filter(([, count]) => count === 0).map(([rule]) => rule);
  for (const rule of order) {
    for (const next of awaitedBy.get(rule) ?? []) {
      const count = (open.get(next) ?? 0) - 1;
      open.set(next, count);
      if (count === 0) order.push(next);
    }
  }
  return order;
}
