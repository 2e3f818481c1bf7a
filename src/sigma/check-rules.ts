/** The second pass: what can be wrong with rules only beside other rules, or against what is known of events, configuration and ATT&CK. */
import { maxProblemsListed } from '../limits.ts';
import { appliesTo } from './apply-filters.ts';
import { checkCondition } from './check-condition.ts';
import { checkCorrelation } from './check-correlation.ts';
import { checkFields, levelsOf } from './check-fields.ts';
import { checkScope } from './check-scope.ts';
import { checkTags } from './check-tags.ts';
import type { Finding } from './finding.ts';
import { placeholdersOf } from './placeholders.ts';
import { mostTelling, reportInto, type Report } from './report-finding.ts';
import { levelsOfServices, ownProduct, suggestUpTo, type CheckKnowledge, type RuleKnowledge } from './rule-knowledge.ts';
import { chainsOf, indexRules, type FindRule } from './rule-references.ts';
import type { DetectionRule, FilterRule, Position, Rule } from './rule.ts';
import { itemsOf } from './walk-items.ts';

export interface RulesCheck {
  /** those that may be loaded, in the order given: no error of their own, and every rule they refer to may be loaded as well */
  readonly rules: readonly Rule[];
  /** in the order of the rules; before suppressions */
  readonly findings: readonly Finding[];
}

/** Everything that is wrong with rules that were read; see `loadableRules`. */
export function checkRules(rules: readonly Rule[], knowledge: RuleKnowledge): readonly Finding[] {
  return loadableRules(rules, knowledge).findings;
}

/** Checks the rules of all files together and says which of them may be loaded. Never throws. */
export function loadableRules(rules: readonly Rule[], known: RuleKnowledge): RulesCheck {
  const knowledge: CheckKnowledge = { ...known, suggest: suggestUpTo(maxProblemsListed) };
  const find = indexRules(rules);
  const chains = chainsOf(rules, find);
  const findings = new Map<Rule, Finding[]>();
  const seen = { ids: new Map<string, Rule>(), names: new Map<string, Rule>(), titles: new Map<string, Rule>() };
  for (const rule of rules) {
    const own: Finding[] = [];
    findings.set(rule, own);
    const report = reportInto(own, rule.file);
    checkIdentity(rule, seen, report);
    if (knowledge.attack !== undefined) checkTags(rule, knowledge.attack, knowledge, report);
    checkScope(rule, report);
    if (rule.kind === 'correlation') checkCorrelation(rule, rules, find, chains, knowledge, report);
    else {
      checkLogSource(rule, knowledge, report);
      checkFields(rule, knowledge, report);
      checkPlaceholders(rule, knowledge, report);
    }
    if (rule.kind === 'detection') checkCondition(rule, knowledge, report);
    if (rule.kind === 'filter') checkFilter(rule, rules, find, knowledge, report);
  }
  return { rules: withoutErrors(rules, findings, find), findings: [...findings.values()].flatMap(mostTelling) };
}

/** A correlation over a rule that is refused is refused as well, and so on until nothing changes. */
function withoutErrors(rules: readonly Rule[], findings: ReadonlyMap<Rule, Finding[]>, find: FindRule): readonly Rule[] {
  const refused = new Set(rules.filter((rule) => findings.get(rule)?.some(({ severity }) => severity === 'error')));
  for (let before = -1; before !== refused.size;) {
    before = refused.size;
    for (const rule of rules) {
      if (rule.kind !== 'correlation' || refused.has(rule)) continue;
      const index = rule.correlation.rules.findIndex((reference) => { const found = find(reference); return found !== undefined && refused.has(found); });
      if (index === -1) continue;
      refused.add(rule);
      const at = rule.places?.get(`correlation.rules[${index}]`) ?? rule.position;
      reportInto(findings.get(rule) ?? [], rule.file)('RULE_CORRELATION_REFERENCE', at, `${rule.correlation.rules[index] ?? ''} is not loaded`, 'correct that rule first');
    }
  }
  return rules.filter((rule) => !refused.has(rule));
}

interface Seen { readonly ids: Map<string, Rule>; readonly names: Map<string, Rule>; readonly titles: Map<string, Rule> }

function checkIdentity(rule: Rule, seen: Seen, report: Report): void {
  const at = (key: string): Position => rule.places?.get(key) ?? rule.position;
  const claim = (map: Map<string, Rule>, value: string | undefined): Rule | undefined => {
    const other = value === undefined ? undefined : map.get(value);
    if (value !== undefined && other === undefined) map.set(value, rule);
    return other;
  };
  const place = ({ file, position }: Rule): string => `${file}:${position.line}`;
  const sameId = claim(seen.ids, rule.id);
  if (sameId !== undefined) report('RULE_ID_DUPLICATE', at('id'), `${rule.id ?? ''} is the id of ${place(sameId)} too`);
  const sameName = claim(seen.names, rule.name);
  if (sameName !== undefined) report('RULE_NAME_DUPLICATE', at('name'), `${rule.name ?? ''} is the name of ${place(sameName)} too`);
  const sameTitle = claim(seen.titles, rule.title.toLowerCase());
  if (sameTitle !== undefined) report('RULE_TITLE_DUPLICATE', at('title'), `'${rule.title}' is the title of ${place(sameTitle)} too`);
}

function checkLogSource({ logsource, places, position }: DetectionRule | FilterRule, { suggest }: CheckKnowledge, report: Report): void {
  const at = (key: string): Position => places?.get(`logsource.${key}`) ?? places?.get('logsource') ?? position;
  if (logsource.product !== undefined && logsource.product !== ownProduct) report('RULE_LOGSOURCE_UNFED', at('product'), `no event is of product ${logsource.product}`);
  else if (logsource.category !== undefined) report('RULE_LOGSOURCE_UNFED', at('category'), 'events of this product have no category');
  else if (levelsOf(logsource) === '') {
    const near = suggest(logsource.service ?? '', levelsOfServices.keys());
    report('RULE_LOGSOURCE_UNFED', at('service'), `no event is of service ${logsource.service ?? ''}`, near === undefined ? undefined : `did you mean ${near}?`);
  }
}

function checkPlaceholders({ detection }: DetectionRule | FilterRule, { placeholders, suggest }: CheckKnowledge, report: Report): void {
  if (placeholders === undefined) return;
  for (const { expression } of detection.searches.values()) {
    for (const { values, position } of itemsOf(expression)) {
      for (const name of new Set(values.flatMap(placeholdersOf))) {
        if (placeholders.has(name)) continue;
        const near = suggest(name, placeholders);
        report('RULE_PLACEHOLDER_UNDEFINED', position, `%${name}% is not defined`, near === undefined ? undefined : `define it under rules.placeholders, or did you mean ${near}?`);
      }
    }
  }
}

function checkFilter(filter: FilterRule, rules: readonly Rule[], find: FindRule, { suggest }: CheckKnowledge, report: Report): void {
  const references = filter.appliesTo === 'any' ? [] : filter.appliesTo;
  let isWrong = false;
  for (const [index, reference] of references.entries()) {
    const found = find(reference);
    if (found?.kind === 'detection') continue;
    isWrong = true;
    const near = suggest(reference, rules.flatMap(({ kind, name }) => kind === 'detection' ? name ?? [] : []));
    report('RULE_FILTER_REFERENCE', filter.places?.get(`filter.rules[${index}]`) ?? filter.position, found === undefined ? `there is no rule ${reference.slice(0, 80)}` : `${reference.slice(0, 80)} is a ${found.kind}; filters apply to detections`, near === undefined ? undefined : `did you mean ${near}?`);
  }
  if (!isWrong && !rules.some((rule) => rule.kind === 'detection' && appliesTo(filter, rule))) report('RULE_FILTER_UNUSED', filter.places?.get('filter') ?? filter.position, 'the filter applies to no rule');
}
