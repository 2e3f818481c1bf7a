/** Filters: a condition that is added to other rules. */
import { entryOf, mapOf, textsOf, type Attributes } from './attributes.ts';
import { readDetection } from './read-detection.ts';
import type { Condition, Detection, FilterRule, SearchExpression } from './rule.ts';

/** Reads the section; problems are reported. @param keepsOnly the author says that keeping only what is selected is meant */
export function readFilter(head: Attributes, keepsOnly: boolean): Pick<FilterRule, 'appliesTo' | 'detection'> | undefined {
  const section = mapOf(head, 'filter');
  if (section === undefined) return undefined;
  const entry = entryOf(section, 'rules');
  const rules = textsOf(section, 'rules', 'list-or-text');
  if (entry === undefined) section.report('RULE_SCHEMA', section.map.at, 'filter.rules is missing', 'name the rules by id or name, or write rules: any');
  if (entry?.value.kind === 'list' && entry.value.items.length === 0) section.report('RULE_EMPTY_LIST', entry.value.at, 'filter.rules is empty', 'name rules, or write rules: any');
  const detection = readDetection(section.map, section.report, ['rules']);
  if (detection === undefined) return undefined;
  const [name] = detection.searches.keys();
  if (detection.searches.size !== 1 || name !== 'selection') section.report('RULE_FILTER_IDENTIFIERS', section.map.at, 'the filter has other identifiers than selection');
  if (!keepsOnly && !excludes(detection.condition, detection, false)) section.report('RULE_FILTER_KEEPS_ONLY', entryOf(section, 'condition')?.value.at ?? section.map.at, 'the filter keeps only what its condition selects');
  return { appliesTo: entry?.value.kind === 'scalar' && rules[0] === 'any' ? 'any' : rules, detection };
}

/** Whether a term is negated once every negation is moved to its terms. */
function excludes(condition: Condition, detection: Detection, isTurned: boolean): boolean {
  switch (condition.kind) {
    case 'not': return excludes(condition.member, detection, !isTurned);
    case 'and': case 'or': return condition.members.some((member) => excludes(member, detection, isTurned));
    case 'search': return hasItem(detection.searches.get(condition.name)?.expression, !isTurned);
    case 'selector': return condition.names.some((name) => hasItem(detection.searches.get(name)?.expression, !isTurned));
  }
}

/** Whether an item is turned round by `neq`, or is not. */
function hasItem(expression: SearchExpression | undefined, isNegated: boolean): boolean {
  if (expression === undefined) return false;
  return expression.kind === 'item' ? expression.isNegated === isNegated : expression.members.some((member) => hasItem(member, isNegated));
}
