/** Rules as plain data and back, so that the shipped pack is read from its YAML when it is built and not at every start of the program. */
import type { Correlation, Detection, Rule, Search } from './rule.ts';

/** As JSON takes it. Where attributes stand is left out: the shipped pack has been checked. */
export function rulesToData(rules: readonly Rule[]): readonly object[] {
  return rules.map((rule) => {
    if (rule.kind === 'correlation') return { ...rule, places: undefined, correlation: { ...rule.correlation, aliases: [...rule.correlation.aliases].map(([alias, fields]) => [alias, [...fields]]) } };
    return { ...rule, places: undefined, detection: { ...rule.detection, searches: [...rule.detection.searches] } };
  });
}

type PlainRule =
  | { readonly kind: 'correlation'; readonly correlation: Omit<Correlation, 'aliases'> & { readonly aliases: readonly (readonly [string, readonly (readonly [string, string])[]])[] } }
  | { readonly kind: 'detection' | 'filter'; readonly detection: Omit<Detection, 'searches'> & { readonly searches: readonly (readonly [string, Search])[] } };

/** @param data what `rulesToData` gave, also after JSON; nothing is checked */
export function rulesFromData(data: readonly unknown[]): readonly Rule[] {
  return (data as readonly PlainRule[]).map((plain) => (plain.kind === 'correlation'
    ? { ...plain, correlation: { ...plain.correlation, aliases: new Map(plain.correlation.aliases.map(([alias, fields]) => [alias, new Map(fields)])) } }
    : { ...plain, detection: { ...plain.detection, searches: new Map(plain.detection.searches) } }) as unknown as Rule);
}
