/** Correlations against the rules they refer to. */
import { maxCorrelationDepth } from '../limits.ts';
import { isAlwaysThere, knownField, levelsOf } from './check-fields.ts';
import { isContentField } from './check-scope.ts';
import type { Report } from './report-finding.ts';
import { ownProduct, type CheckKnowledge } from './rule-knowledge.ts';
import { referredRules, type Chains, type FindRule } from './rule-references.ts';
import type { CorrelationRule, DetectionRule, Position, Rule } from './rule.ts';
import { requiredItems } from './walk-items.ts';

/** References, circles, depth, aliases, and whether the fields it groups and counts by are there. */
export function checkCorrelation(rule: CorrelationRule, rules: readonly Rule[], find: FindRule, chains: Chains, knowledge: CheckKnowledge, report: Report): void {
  const at = (path: string): Position => rule.places?.get(`correlation.${path}`) ?? rule.places?.get('correlation') ?? rule.position;
  const names = rules.flatMap(({ name }) => name ?? []);
  for (const [index, reference] of rule.correlation.rules.entries()) {
    const place = rule.places?.get(`correlation.rules[${index}]`) ?? at('condition');
    const found = find(reference);
    const near = found === undefined ? knowledge.suggest(reference, names) : undefined;
    if (found === undefined) report('RULE_CORRELATION_REFERENCE', place, `there is no rule ${reference.slice(0, 80)}`, near === undefined ? undefined : `did you mean ${near}?`);
    else if (found.kind === 'filter') report('RULE_CORRELATION_REFERENCE', place, `${reference} is a filter`, 'refer to rules and correlations');
  }
  const depth = chains.depths.get(rule) ?? Number.POSITIVE_INFINITY;
  if (chains.circular.has(rule)) report('RULE_CORRELATION_CYCLE', at('rules'), 'the correlation refers to itself, directly or by way of others');
  else if (depth > maxCorrelationDepth && Number.isFinite(depth)) report('RULE_CORRELATION_DEPTH', at('rules'), `the chain of correlations has ${depth} links; at most ${maxCorrelationDepth} are supported`);
  checkAliases(rule, find, report, at);
  const detections = depth > maxCorrelationDepth ? [] : detectionsOf(rule, find);
  // Fields are known for events of this product only.
  if (detections.length > 0 && detections.every(({ logsource }) => logsource.product === ownProduct)) checkCorrelationFields(rule, detections, knowledge, report, at);
}

type PlaceOf = (path: string) => Position;

/** Every detection at the end of the chain. */
function detectionsOf(rule: CorrelationRule, find: FindRule, seen: Set<Rule> = new Set()): readonly DetectionRule[] {
  return referredRules(rule, find).flatMap((inner) => {
    if (seen.has(inner)) return [];
    seen.add(inner);
    return inner.kind === 'detection' ? [inner] : inner.kind === 'correlation' ? detectionsOf(inner, find, seen) : [];
  });
}

function checkAliases(rule: CorrelationRule, find: FindRule, report: Report, at: PlaceOf): void {
  const { aliases, rules } = rule.correlation;
  const namesOf = (reference: string): readonly string[] => [find(reference)?.name ?? reference, reference];
  for (const [alias, fields] of aliases) {
    const place = at(`aliases.${alias}`);
    for (const reference of rules) {
      const [name = reference] = namesOf(reference);
      if (!namesOf(reference).some((key) => fields.has(key))) report('RULE_ALIAS_INCOMPLETE', place, `the alias ${alias} is not defined for ${name.slice(0, 80)}`, `add ${name.slice(0, 80)}: with its field`);
    }
    for (const key of fields.keys()) if (!rules.flatMap(namesOf).includes(key)) report('RULE_ALIAS_INCOMPLETE', at(`aliases.${alias}.${key}`), `${key.slice(0, 80)} is none of the rules of the correlation`, 'drop it or correct its name');
  }
}

function checkCorrelationFields(rule: CorrelationRule, detections: readonly DetectionRule[], knowledge: CheckKnowledge, report: Report, at: PlaceOf): void {
  const { correlation } = rule;
  const numeric = correlation.type === 'value_sum' || correlation.type === 'value_avg' || correlation.type === 'value_percentile';
  for (const name of correlation.countedFields) {
    const field = knownField(name, at('condition.field'), knowledge, report);
    if (numeric && field !== undefined && field.type !== 'long' && field.type !== 'float') report('RULE_CORRELATION_FIELD', at('condition.field'), `${correlation.type} needs a number, ${name} is none`);
  }
  for (const [alias, fields] of correlation.aliases) for (const [key, name] of fields) knownField(name, at(`aliases.${alias}.${key}`), knowledge, report);
  for (const [index, group] of (correlation.groupBy ?? []).entries()) {
    const place = at(`group-by[${index}]`);
    const names = correlation.aliases.has(group) ? [...new Set(correlation.aliases.get(group)?.values() ?? [])] : [group];
    for (const name of names) {
      const field = correlation.aliases.has(group) ? knowledge.fields.get(name) : knownField(name, place, knowledge, report);
      if (field?.isList === true) report('RULE_GROUP_BY_ARRAY', place, `${name} has several values`);
      const lacking = field === undefined ? undefined : detections.find((detection) => !isAlwaysThere(field, levelsOf(detection.logsource)) && !asksFor(detection, name));
      if (lacking !== undefined) report('RULE_GROUP_BY_OPTIONAL', place, `events of ${lacking.name ?? lacking.title} may lack ${name} and then do not count`);
    }
    if (rule.vb365.scope === 'provider') for (const name of names.filter(isContentField)) report('RULE_PROVIDER_SCOPE_CONTENT', place, `${name} is content of a tenant`);
  }
  if (correlation.type === 'event_count' && detections.some(({ logsource }) => logsource.service === 'restore')) report('RULE_COUNTS_RESTORES', at('type'), 'event_count counts revisions of restores');
  if (correlation.type === 'temporal_ordered' && detections.some(({ logsource }) => logsource.service === 'audit_mail')) report('RULE_ORDER_UNRELIABLE', at('type'), 'audit mails have times of whole minutes');
}

/** Whether the rule cannot match without the field. */
function asksFor({ detection }: DetectionRule, name: string): boolean {
  return requiredItems(detection).some((item) => item.field === name && !item.isNegated && item.values.every((value) => value.kind !== 'null' && (value.kind !== 'exists' || value.expected)));
}
