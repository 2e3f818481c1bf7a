/** Correlations: rules over the matches of other rules. */
import { maxCorrelationRules, maxTimespanMs } from '../limits.ts';
import { booleanOf, boundedTextOf, choiceOf, entryOf, formOf, mapOf, refuseOthers, textOf, textsOf, type Attributes } from './attributes.ts';
import { readCorrelationCondition } from './read-correlation-condition.ts';
import { readDuration } from './read-duration.ts';
import type { Correlation, CorrelationExpression, CorrelationType } from './rule.ts';

export type WrittenType = CorrelationType | 'value_median';
const types: readonly WrittenType[] = ['event_count', 'value_count', 'value_sum', 'value_avg', 'value_percentile', 'value_median', 'temporal', 'temporal_ordered'];
const keys = ['type', 'rules', 'group-by', 'timespan', 'aliases', 'condition', 'generate'];

/** Reads the section; problems are reported, and the result is only to be used when none of them is an error. */
export function readCorrelation(head: Attributes): Correlation | undefined {
  const attributes = mapOf(head, 'correlation');
  if (attributes === undefined) return undefined;
  refuseOthers(attributes, keys);
  const type = choiceOf(attributes, 'type', types);
  if (entryOf(attributes, 'type') === undefined) head.report('RULE_SCHEMA', attributes.map.at, 'correlation.type is missing', `write one of ${types.join(', ')}`);
  const timespanMs = timespanOf(attributes);
  const written = rulesOf(attributes, type);
  const groupBy = groupByOf(attributes);
  const aliases = aliasesOf(attributes);
  const generate = booleanOf(attributes, 'generate') ?? false;
  if (type === undefined) return undefined;
  const condition = readCorrelationCondition(attributes, type, written);
  const rules = written.length > 0 ? written : [...new Set(condition.expression === undefined ? [] : ruleNames(condition.expression))];
  const given = entryOf(attributes, 'condition')?.value;
  const namesRules = given?.kind === 'scalar' && typeof given.value === 'string';
  if (!namesRules && entryOf(attributes, 'rules') === undefined) attributes.report('RULE_SCHEMA', attributes.map.at, 'correlation.rules is missing', 'name the rules by id or name');
  if (condition.isDecidedOnClose) attributes.report('RULE_CONDITION_ON_CLOSE', entryOf(attributes, 'condition')?.key.at ?? attributes.map.at, 'the condition is decided only when the window has passed');
  if (condition.isDecidedOnClose && entryOf(head, 'vb365') !== undefined && head.places.has('vb365.suppress')) head.report('RULE_SUPPRESS_USELESS', head.places.get('vb365.suppress') ?? head.map.at, 'a condition decided on close fires once for each change: suppress has no effect');
  return {
    type: type === 'value_median' ? 'value_percentile' : type, rules, ...groupBy === undefined ? {} : { groupBy }, timespanMs: timespanMs ?? 0, aliases, bounds: condition.bounds,
    countedFields: condition.countedFields, ...condition.percentile === undefined ? {} : { percentile: condition.percentile },
    ...condition.expression === undefined ? {} : { expression: condition.expression }, generate,
  };
}

/** The names in an expression, in the order written. */
export function ruleNames(expression: CorrelationExpression): readonly string[] {
  if (expression.kind === 'rule') return [expression.name];
  return expression.kind === 'not' ? ruleNames(expression.member) : expression.members.flatMap(ruleNames);
}

function timespanOf(attributes: Attributes): number | undefined {
  const text = textOf(attributes, 'timespan', 'RULE_TIMESPAN');
  if (entryOf(attributes, 'timespan') === undefined) attributes.report('RULE_TIMESPAN', attributes.map.at, 'correlation.timespan is missing');
  if (text === undefined) return undefined;
  const ms = readDuration(text);
  const at = attributes.places.get('correlation.timespan') ?? attributes.map.at;
  if (ms === undefined || ms === 0) attributes.report('RULE_TIMESPAN', at, /^\d+[My]$/.test(text) ? `${text}: months and years differ in length` : `'${text.slice(0, 60)}' is no timespan`);
  else if (ms > maxTimespanMs) attributes.report('RULE_TIMESPAN', at, `${text} is longer than 30 days`);
  return ms;
}

function rulesOf(attributes: Attributes, type: WrittenType | undefined): readonly string[] {
  const entry = entryOf(attributes, 'rules');
  const rules = textsOf(attributes, 'rules', 'list-or-text');
  if (entry?.value.kind === 'list' && entry.value.items.length === 0) attributes.report('RULE_EMPTY_LIST', entry.value.at, 'correlation.rules is empty');
  if (rules.length > maxCorrelationRules) attributes.report('RULE_CORRELATION_REFERENCE', entry?.value.at ?? attributes.map.at, `${rules.length} rules are referred to; at most ${maxCorrelationRules} are allowed`, 'divide the correlation');
  for (const [index, rule] of rules.entries()) {
    // An ordered correlation may ask for one thing twice.
    if (type !== 'temporal_ordered' && rules.indexOf(rule) < index && index < maxCorrelationRules) attributes.report('RULE_CORRELATION_REFERENCE', attributes.places.get(`correlation.rules[${index}]`) ?? attributes.map.at, `${rule.slice(0, 60)} is named twice`, 'name it once');
  }
  return rules;
}

function groupByOf(attributes: Attributes): readonly string[] | undefined {
  const entry = entryOf(attributes, 'group-by');
  if (entry === undefined) {
    attributes.report('RULE_GROUP_BY_MISSING', attributes.map.at, 'correlation.group-by is missing');
    return undefined;
  }
  if (entry.value.kind === 'list' && entry.value.items.length === 0) attributes.report('RULE_EMPTY_LIST', entry.value.at, 'correlation.group-by is empty', 'name fields, or leave it out for one group per tenant');
  return textsOf(attributes, 'group-by', 'list-or-text');
}

function aliasesOf(attributes: Attributes): Correlation['aliases'] {
  const section = mapOf(attributes, 'aliases');
  const aliases = new Map<string, ReadonlyMap<string, string>>();
  for (const { key, value } of section?.map.entries ?? []) {
    if (section === undefined) break;
    section.places.set(`correlation.aliases.${key.text}`, { line: key.at.line, column: key.at.column });
    if (value.kind !== 'map') {
      section.report('RULE_SCHEMA', value.at, `the alias ${key.text.slice(0, 60)} is ${formOf(value)}`, 'write rule_name: field for each rule');
      continue;
    }
    const fields = { ...section, map: value, path: `correlation.aliases.${key.text}.` };
    aliases.set(key.text, new Map(value.entries.flatMap((entry) => {
      const field = boundedTextOf(fields, entry.key.text, 1, 1_024);
      return field === undefined ? [] : [[entry.key.text, field] as const];
    })));
  }
  return aliases;
}
