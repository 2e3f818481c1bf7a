/** What a correlation waits for: numbers to compare with, or an expression over rules. */
import { maxGroupEntries } from '../limits.ts';
import { entryOf, formOf, mapOf, refuseOthers, textsOf, type Attributes } from './attributes.ts';
import { readExpression, shown, type BooleanNode } from './boolean-expression.ts';
import { contradiction } from './correlation-bounds.ts';
import type { WrittenType } from './read-correlation.ts';
import type { CorrelationBound, CorrelationExpression } from './rule.ts';

export interface CorrelationConditionReading {
  readonly bounds: readonly CorrelationBound[];
  readonly countedFields: readonly string[];
  readonly percentile?: number;
  readonly expression?: CorrelationExpression;
  /** an added event can make it false */
  readonly isDecidedOnClose: boolean;
}

const operators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
const counts: readonly WrittenType[] = ['event_count', 'value_count', 'temporal', 'temporal_ordered'];
const isTemporal = (type: WrittenType): boolean => type === 'temporal' || type === 'temporal_ordered';

/** Reads `condition`; problems are reported. @param rules as written under `rules`, empty when left out */
export function readCorrelationCondition(attributes: Attributes, type: WrittenType, rules: readonly string[]): CorrelationConditionReading {
  const none: CorrelationConditionReading = { bounds: [], countedFields: [], isDecidedOnClose: false };
  const entry = entryOf(attributes, 'condition');
  if (entry === undefined) {
    if (!isTemporal(type)) attributes.report('RULE_CORRELATION_CONDITION', attributes.map.at, `${type} needs a condition`, 'write for example condition: {gte: 10}');
    return none;
  }
  if (entry.value.kind === 'scalar' && typeof entry.value.value === 'string') {
    attributes.places.set('correlation.condition', { line: entry.value.at.line, column: entry.value.at.column });
    if (isTemporal(type)) return { ...none, ...expressionOf(attributes, type, rules) };
    attributes.report('RULE_CORRELATION_CONDITION', entry.value.at, `the condition of ${type} is a map, not a text`, 'write for example condition: {gte: 10}');
    return none;
  }
  const section = mapOf(attributes, 'condition', 'RULE_CORRELATION_CONDITION');
  if (section === undefined) return none;
  refuseOthers(section, [...operators, 'field', 'percentile'], 'RULE_CORRELATION_CONDITION');
  const bounds = boundsOf(section, type, rules);
  const percentile = percentileOf(section, type);
  const isRising = bounds.length === 1 && (bounds[0]?.operator === 'gt' || bounds[0]?.operator === 'gte');
  return {
    bounds, countedFields: fieldsOf(section, type), ...percentile === undefined ? {} : { percentile },
    isDecidedOnClose: bounds.length > 0 && (!isRising || type === 'value_avg' || type === 'value_percentile' || type === 'value_median'),
  };
}

function boundsOf(section: Attributes, type: WrittenType, rules: readonly string[]): readonly CorrelationBound[] {
  const bounds: CorrelationBound[] = [];
  const isCount = counts.includes(type);
  for (const operator of operators) {
    const entry = entryOf(section, operator);
    if (entry === undefined) continue;
    const { value } = entry;
    const limit = isTemporal(type) ? rules.length : maxGroupEntries;
    if (value.kind !== 'scalar' || typeof value.value !== 'number' || !Number.isFinite(value.value)) section.report('RULE_CORRELATION_CONDITION', value.at, `${operator} is ${formOf(value)}, not a number`);
    else if (isCount && !Number.isInteger(value.value)) section.report('RULE_CORRELATION_CONDITION', value.at, `${type} is a whole number, ${value.source} is none`);
    else if (isCount && value.value > limit) section.report('RULE_CORRELATION_CONDITION', value.at, isTemporal(type) ? `only ${rules.length} rules can match` : `at most ${maxGroupEntries} are counted for a group`, `write at most ${limit}`);
    else bounds.push({ operator, value: value.value === 0 ? 0 : value.value });
  }
  const hasOperator = operators.some((operator) => entryOf(section, operator) !== undefined);
  if (!hasOperator && !isTemporal(type)) section.report('RULE_CORRELATION_CONDITION', section.map.at, 'the condition compares with nothing', 'add gt, gte, lt, lte, eq or neq with a number');
  if (bounds.length > 2) section.report('RULE_CORRELATION_CONDITION', section.map.at, `the condition compares ${bounds.length} times`, 'one or two operators make a range');
  const wrong = contradiction(bounds, isCount);
  if (wrong !== undefined) section.report('RULE_CORRELATION_CONDITION', section.map.at, wrong);
  return bounds;
}

function fieldsOf(section: Attributes, type: WrittenType): readonly string[] {
  const entry = entryOf(section, 'field');
  const isCounted = type.startsWith('value_');
  if (entry === undefined) {
    if (isCounted) section.report('RULE_CORRELATION_FIELD', section.map.at, `${type} needs a field`, 'add field: with the field whose values are meant');
    return [];
  }
  if (!isCounted) section.report('RULE_CORRELATION_FIELD', entry.key.at, `${type} has no field`, 'drop it, or use value_count');
  if (entry.value.kind === 'list' && type !== 'value_count') section.report('RULE_CORRELATION_FIELD', entry.value.at, `${type} takes one field, not a list`);
  const fields = textsOf(section, 'field', 'list-or-text');
  if (entry.value.kind === 'list' && fields.length === 0) section.report('RULE_CORRELATION_FIELD', entry.value.at, 'field is an empty list');
  return fields;
}

function percentileOf(section: Attributes, type: WrittenType): number | undefined {
  const entry = entryOf(section, 'percentile');
  const standard = type === 'value_percentile' || type === 'value_median' ? 50 : undefined;
  if (entry === undefined) return standard;
  const value = entry.value.kind === 'scalar' ? entry.value.value : undefined;
  if (type !== 'value_percentile') section.report('RULE_CORRELATION_CONDITION', entry.key.at, `${type} has no percentile`, 'drop it, or use value_percentile');
  else if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 99) return value;
  else section.report('RULE_CORRELATION_CONDITION', entry.value.at, `percentile is ${formOf(entry.value)}`, 'write a whole number from 1 to 99');
  return standard;
}

const ruleName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function expressionOf(attributes: Attributes, type: WrittenType, rules: readonly string[]): Pick<CorrelationConditionReading, 'expression' | 'isDecidedOnClose'> {
  const none = { isDecidedOnClose: false };
  const value = entryOf(attributes, 'condition')?.value;
  if (value?.kind !== 'scalar') return none;
  // Operators may be written in any case here.
  const { tree, fault } = readExpression<{ readonly name: string; readonly index: number }>(value.source, (words, at) => {
    const { text, index } = words[at] ?? { text: '', index: 0 };
    return ruleName.test(text) ? { leaf: { name: text, index }, length: 1 } : { index, message: `${shown(text)} is no name of a rule` };
  });
  const wrong = (index: number, message: string, remedy?: string): typeof none => {
    attributes.report('RULE_CORRELATION_CONDITION', value.locate(index), message, remedy);
    return none;
  };
  if (fault !== undefined) return wrong(fault.index, fault.message);
  if (tree === undefined) return none;
  const leaves = leavesOf(tree);
  const named = new Set(leaves.map(({ name }) => name));
  if (rules.length > 0) {
    const stranger = leaves.find(({ name }) => !rules.includes(name));
    if (stranger !== undefined) return wrong(stranger.index, `${stranger.name} is not among the rules`, 'name the same rules in both, or leave rules out');
    const missing = rules.find((rule) => !named.has(rule));
    if (missing !== undefined) return wrong(0, `the condition does not use ${missing.slice(0, 60)}`, 'name the same rules in both, or leave rules out');
  }
  if (holdsWithout(tree)) return wrong(0, 'the condition is true when nothing happens', 'ask for at least one rule that matches');
  if (type === 'temporal_ordered' && !(tree.kind === 'and' ? tree.members : [tree]).every(isStep)) return wrong(0, 'a step is a name, (a or b), or not and a name', 'join such steps with and, in their order');
  return { expression: plainExpression(tree), isDecidedOnClose: hasNegation(tree) };
}

type Tree = BooleanNode<{ readonly name: string; readonly index: number }>;

function leavesOf(tree: Tree): readonly { readonly name: string; readonly index: number }[] {
  if (tree.kind === 'leaf') return [tree.leaf];
  return tree.kind === 'not' ? leavesOf(tree.member) : tree.members.flatMap(leavesOf);
}

/** The result when no rule has matched. */
function holdsWithout(tree: Tree): boolean {
  switch (tree.kind) {
    case 'leaf': return false;
    case 'not': return !holdsWithout(tree.member);
    case 'and': return tree.members.every(holdsWithout);
    default: return tree.members.some(holdsWithout);
  }
}

const isStep = (tree: Tree): boolean => tree.kind === 'leaf' || (tree.kind === 'not' && tree.member.kind === 'leaf') || (tree.kind === 'or' && tree.members.every(({ kind }) => kind === 'leaf'));
const hasNegation = (tree: Tree): boolean => tree.kind === 'not' || (tree.kind !== 'leaf' && tree.members.some(hasNegation));

function plainExpression(tree: Tree): CorrelationExpression {
  if (tree.kind === 'leaf') return { kind: 'rule', name: tree.leaf.name };
  return tree.kind === 'not' ? { kind: 'not', member: plainExpression(tree.member) } : { kind: tree.kind, members: tree.members.map(plainExpression) };
}
