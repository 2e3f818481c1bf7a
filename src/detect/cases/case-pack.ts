/** Rules together with their cases: who refers to whom, and what a change of one of them leaves of the others. */
import { appliesTo, applyFilters } from '../../sigma/apply-filters.ts';
import { bindPlaceholders, type Bindings } from '../../sigma/placeholders.ts';
import type { CorrelationRule, DetectionRule, FilterRule, Rule } from '../../sigma/rule.ts';
import { ruleKey } from '../rule-identity.ts';
import type { CaseEvent, CaseFile } from './case-file.ts';
import type { Mutant } from './mutants.ts';

export type TestedRule = DetectionRule | CorrelationRule;

export interface CasePack {
  /** filters among them */
  readonly rules: readonly Rule[];
  casesOf(rule: Rule): CaseFile | undefined;
  /** by name or id */
  ruleOf(name: string): Rule | undefined;
  filtersOf(rule: Rule): readonly FilterRule[];
  /** as it runs: filters joined in, a mutant in the place of what it replaces; undefined when it is not there */
  effective(rule: TestedRule, mutant?: Mutant): TestedRule | undefined;
  /** with all that it refers to, inner ones first; with `beside` also these and what they refer to */
  closureOf(rule: TestedRule, beside: readonly string[]): readonly TestedRule[];
  firstMatchOf(name: string): CaseEvent | undefined;
  bindingsOf(cases: CaseFile): Bindings;
}

/** @param cases by key of the rule they belong to */
export function createCasePack(rules: readonly Rule[], cases: ReadonlyMap<string, CaseFile>): CasePack {
  const byName = new Map<string, Rule>();
  for (const rule of rules) for (const name of [rule.name, rule.id]) if (name !== undefined && !byName.has(name)) byName.set(name, rule);
  const filters = rules.filter((rule) => rule.kind === 'filter');
  const kept = new Map<Rule, TestedRule | undefined>();
  const bindings = new Map<CaseFile, Bindings>();
  const filtered = (rule: TestedRule, own: readonly FilterRule[]): TestedRule | undefined => applyFilters([rule, ...own])[0];

  const pack: CasePack = {
    rules,
    casesOf: (rule) => cases.get(ruleKey(rule)),
    ruleOf: (name) => byName.get(name),
    filtersOf: (rule) => rule.kind !== 'detection' ? [] : filters.filter((filter) => appliesTo(filter, rule)),
    effective(rule, mutant) {
      if (mutant === undefined) {
        if (!kept.has(rule)) kept.set(rule, filtered(rule, pack.filtersOf(rule)));
        return kept.get(rule);
      }
      if (mutant.replaced === rule) return mutant.by === undefined || mutant.by.kind === 'filter' ? undefined : filtered(mutant.by, pack.filtersOf(rule));
      if (mutant.replaced.kind !== 'filter') return pack.effective(rule);
      const own = pack.filtersOf(rule).flatMap((filter) => filter === mutant.replaced ? mutant.by?.kind === 'filter' ? [mutant.by] : [] : [filter]);
      return filtered(rule, own);
    },
    closureOf(rule, beside) {
      const found = new Set<TestedRule>();
      const add = (next: Rule | undefined): void => {
        if (next === undefined || next.kind === 'filter' || found.has(next)) return;
        found.add(next);
        if (next.kind === 'correlation') for (const name of next.correlation.rules) add(byName.get(name));
      };
      add(rule);
      for (const name of beside) add(byName.get(name));
      return [...found].reverse();
    },
    firstMatchOf(name) {
      const rule = byName.get(name);
      return rule === undefined ? undefined : cases.get(ruleKey(rule))?.match[0]?.event;
    },
    bindingsOf(file) {
      const known = bindings.get(file) ?? bindPlaceholders(file.placeholders);
      bindings.set(file, known);
      return known;
    },
  };
  return pack;
}
