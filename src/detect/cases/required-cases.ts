/** Cases that every rule needs, whatever it is about. */
import type { Finding } from '../../sigma/finding.ts';
import type { FilterRule } from '../../sigma/rule.ts';
import { ruleKey } from '../rule-identity.ts';
import { caseFinding } from './case-codes.ts';
import { stepsOf } from './case-events.ts';
import type { CaseFile } from './case-file.ts';
import type { CasePack, TestedRule } from './case-pack.ts';
import { decidersOf, namesOf, negatedFieldsOf } from './decides.ts';
import { mutants, type Mutant } from './mutants.ts';
import { isNoticed } from './run-cases.ts';

/** What is missing among the cases of a rule; nothing when they are complete. */
export function missingCases(pack: CasePack, rule: TestedRule): readonly Finding[] {
  const cases = pack.casesOf(rule);
  if (cases === undefined) return [caseFinding('RULE_NO_CASES', rule.file, rule.position, `${rule.name ?? rule.title} has no cases`)];
  const missing = [...(rule.kind === 'detection' ? missingEvents(pack, rule, cases) : missingTimelines(pack, rule, cases)), ...missingBorders(pack, rule)];
  return [...new Set(missing)].map((text) => caseFinding('RULE_CASES_INCOMPLETE', cases.file, { line: 1, column: 1 }, `no case shows ${text}`));
}

function missingEvents(pack: CasePack, rule: TestedRule, cases: CaseFile): readonly string[] {
  const effective = pack.effective(rule);
  if (rule.kind !== 'detection' || effective?.kind !== 'detection') return [];
  const bindings = pack.bindingsOf(cases);
  const deciders = new Set(cases.ignore.flatMap(({ event }) => decidersOf(effective.detection, event, bindings)));
  const lacks = (field: string): boolean => [...cases.match, ...cases.ignore].some(({ event }) => !Object.hasOwn(event, field));
  return [
    ...(cases.match.length === 0 ? ['a match'] : []),
    ...namesOf(effective.detection.condition).filter((name) => !deciders.has(name)).map((name) => `an event that only ${name} keeps from matching`),
    ...negatedFieldsOf(effective.detection).filter((field) => !lacks(field)).map((field) => `an event without the field ${field}, which the rule excludes by`),
  ];
}

function missingTimelines(pack: CasePack, rule: TestedRule, cases: CaseFile): readonly string[] {
  if (rule.kind !== 'correlation') return [];
  const { groupBy = [], aliases } = rule.correlation;
  const events = cases.timelines.map((timeline) => stepsOf(timeline, (name) => pack.firstMatchOf(name)).flatMap((step) => step.kind === 'event' ? [step.event] : []));
  const isMissing = (field: string): boolean => events.some((list) => list.some((event) => [field, ...aliases.get(field)?.values() ?? []].every((name) => !Object.hasOwn(event, name))));
  return [
    ...(cases.timelines.some(({ alerts }) => alerts.length > 0) ? [] : ['a timeline with an alert']),
    ...(cases.timelines.some(({ alerts, entries }) => alerts.length === 0 && entries.length > 0) ? [] : ['a timeline without an alert']),
    ...groupBy.filter((field) => !isMissing(field)).map((field) => `an event without ${field}, the field of the group`),
  ];
}

/** Changes that no case notices, and which stand for a case that is not there. */
function missingBorders(pack: CasePack, rule: TestedRule): readonly string[] {
  return mutants(rule).flatMap((mutant) => mutant.requirement === undefined || isNoticed(pack, rule, mutant) ? [] : [mutant.requirement]);
}

/** Mutants of a rule that no case notices, as findings. */
export function survivingMutants(pack: CasePack, rule: TestedRule): { readonly tried: number; readonly findings: readonly Finding[] } {
  const cases = pack.casesOf(rule);
  const tried = mutants(rule);
  return { tried: tried.length, findings: tried.flatMap((mutant) => isNoticed(pack, rule, mutant) ? [] : [survivor(cases?.file ?? rule.file, rule.name ?? ruleKey(rule), mutant)]) };
}

/** Mutants of the filters that no case of the rules they apply to notices. */
export function survivingFilterMutants(pack: CasePack, filter: FilterRule, tried: readonly Mutant[]): readonly Finding[] {
  const rules = pack.rules.filter((rule): rule is TestedRule => rule.kind === 'detection' && pack.filtersOf(rule).includes(filter));
  return tried.flatMap((mutant) => rules.some((rule) => isNoticed(pack, rule, mutant)) ? [] : [survivor(filter.file, filter.name ?? filter.title, mutant)]);
}

function survivor(file: string, name: string, { what, replaced }: Mutant): Finding {
  return caseFinding('CASE_MUTANT', file, file === replaced.file ? replaced.position : { line: 1, column: 1 }, `${name}: no case notices ${what}`);
}
