/** Conditions whose result hardly depends on the event. */
import { fold } from './fold.ts';
import { isAlwaysThere, levelsOf } from './check-fields.ts';
import type { Report } from './report-finding.ts';
import { ownProduct, type RuleKnowledge } from './rule-knowledge.ts';
import type { Condition, DetectionItem, DetectionRule, SearchExpression } from './rule.ts';
import { plainText } from './tokens.ts';
import { placedItems, requiredItems } from './walk-items.ts';

/** Identifiers for which every combination of results is tried. */
const maxTried = 10;

/** Reports a condition that is always true or false, matches nearly everything, or selects nothing. */
export function checkCondition(rule: DetectionRule, knowledge: RuleKnowledge, report: Report): void {
  const { detection } = rule;
  const at = rule.places?.get('detection') ?? rule.position;
  const constants = new Map([...detection.searches].map(([name, { expression }]) => [name, constantOf(expression, rule, knowledge)]));
  const verdict = resultOf(detection.condition, constants);
  const logical = resultByTrial(detection.condition);
  const conflict = conflictingField(rule, knowledge);
  if (logical !== undefined) report('RULE_CONDITION_ALWAYS', at, `the condition is ${String(logical)} whatever its identifiers are`);
  else if (conflict !== undefined) report('RULE_CONDITION_ALWAYS', conflict.position, `${conflict.field ?? ''} cannot have both values: the condition is never true`);
  else if (verdict === false) report('RULE_CONDITION_ALWAYS', at, 'the condition is false for every event of the log source');
  else if (verdict === true) report('RULE_TOO_BROAD', at, 'every event of the log source matches');
  else if (!placedItems(detection).some(({ isNegated }) => !isNegated)) report('RULE_NO_POSITIVE', at, 'the condition says only what an event is not');
}

type Verdict = boolean | undefined;

/** What an expression is for every event of the log source, where that is certain. */
function constantOf(expression: SearchExpression, rule: DetectionRule, knowledge: RuleKnowledge): Verdict {
  if (expression.kind === 'item') return constantItem(expression, rule, knowledge);
  return joined(expression.kind, expression.members.map((member) => constantOf(member, rule, knowledge)));
}

function constantItem(item: DetectionItem, rule: DetectionRule, { fields }: RuleKnowledge): Verdict {
  const field = rule.logsource.product === ownProduct && item.field !== undefined ? fields.get(item.field) : undefined;
  if (field === undefined || !isAlwaysThere(field, levelsOf(rule.logsource))) return undefined;
  const results = item.values.map((value): Verdict => {
    if (value.kind === 'exists') return value.expected;
    if (value.kind === 'null') return false;
    if (value.kind !== 'string') return undefined;
    if (value.tokens.length === 1 && value.tokens[0]?.kind === 'any') return true;
    const [only, ...others] = field.allowed ?? [];
    const text = plainText(value.tokens);
    return only !== undefined && others.length === 0 && text !== undefined && fold(only) === fold(text) ? true : undefined;
  });
  const result = joined(item.needsAll ? 'and' : 'or', results);
  return result === undefined || !item.isNegated ? result : !result;
}

function joined(kind: 'and' | 'or', results: readonly Verdict[]): Verdict {
  const deciding = kind === 'or';
  if (results.includes(deciding)) return deciding;
  return results.includes(undefined) ? undefined : !deciding;
}

function resultOf(condition: Condition, of: ReadonlyMap<string, Verdict>): Verdict {
  switch (condition.kind) {
    case 'search': return of.get(condition.name);
    case 'selector': return joined(condition.quantifier === 'all' ? 'and' : 'or', condition.names.map((name) => of.get(name)));
    case 'not': {
      const result = resultOf(condition.member, of);
      return result === undefined ? undefined : !result;
    }
    default: return joined(condition.kind, condition.members.map((member) => resultOf(member, of)));
  }
}

/** The result when it is the same for every combination of what the identifiers may be. */
function resultByTrial(condition: Condition): Verdict {
  const names = [...new Set(namesIn(condition))];
  if (names.length > maxTried) return undefined;
  const results = new Set(Array.from({ length: 2 ** names.length }, (_, bits) => resultOf(condition, new Map(names.map((name, index) => [name, ((bits >> index) & 1) === 1])))));
  const [only] = results;
  return results.size === 1 ? only : undefined;
}

function namesIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'search': return [condition.name];
    case 'selector': return condition.names;
    case 'not': return namesIn(condition.member);
    default: return condition.members.flatMap(namesIn);
  }
}

/** The second of two items that ask one single-valued field for different values. */
function conflictingField(rule: DetectionRule, { fields }: RuleKnowledge): DetectionItem | undefined {
  const asked = new Map<string, ReadonlySet<string>>();
  for (const item of requiredItems(rule.detection)) {
    const field = fields.get(item.field ?? '');
    const texts = item.isNegated ? undefined : exactTexts(item);
    if (item.field === undefined || field === undefined || field.isList || texts === undefined || rule.logsource.product !== ownProduct) continue;
    const before = asked.get(item.field);
    const both = new Set(before === undefined ? texts : texts.filter((text) => before.has(text)));
    if (both.size === 0 || (item.needsAll && new Set(texts).size > 1)) return item;
    asked.set(item.field, both);
  }
  return undefined;
}

/** The values when all of them are plain. */
function exactTexts(item: DetectionItem): readonly string[] | undefined {
  const texts = item.values.map((value) => {
    if (value.kind === 'number' || value.kind === 'boolean') return String(value.value);
    const text = value.kind === 'string' && !value.windash ? plainText(value.tokens) : undefined;
    return text === undefined ? undefined : fold(text);
  });
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
