/** Explanations of rules as text: a tree with the answer of every part before it. */
import type { CorrelationExplanation, ExplainedEntry, ExplainedGroup } from '../detect/explain-correlation.ts';
import { maxExplainedEntries } from '../limits.ts';
import { cutToWidth } from '../report/display-width.ts';
import { visibleText } from '../report/visible-text.ts';
import type { ExplainedCondition, ExplainedExpression, ExplainedItem, ExplainedValue, Explanation, SeenValue } from '../sigma/explain.ts';
import type { Condition, ItemValue, LogSource, Rule } from '../sigma/rule.ts';
import { isGivenUp } from '../sigma/rule-status.ts';
import { printTokens } from '../sigma/tokens.ts';
import { isoTime } from '../text/local-time.ts';
import { counted } from './parsers-command.ts';

/** Names of a rule and where it stands. */
export function ruleHeading({ name, title, file }: Rule): string {
  return `${name === undefined ? '' : `${name}: `}${title} (${file})`;
}

/** Whether the rule matches, why not, and the whole tree. Ends with a line feed. */
export function explanationText(explanation: Explanation, width: number): string {
  const { rule, isMatch, isOfLogSource, undefinedLists, condition, searches, deciding } = explanation;
  const lines = [
    ruleHeading(rule), isMatch ? 'match' : 'no match',
    ...(isOfLogSource ? [] : [`not asked: ${explanation.services.length === 0 ? 'the event has no vb365.level' : `the event is of ${explanation.services.join(', ')}`}, the rule looks at ${sourceText(rule.logsource)}`]),
    ...undefinedLists.map((name) => `not loaded: the list %${name}% is not defined`),
    ...(isGivenUp(rule) ? [`not loaded: status ${rule.status ?? ''}`] : []),
    `decided by: ${deciding.join(', ')}`,
    '', ...conditionLines(condition, new Map(searches.map(({ name, expression }) => [name, expression])), new Set(), 0),
  ];
  return lines.map((line) => `${cutToWidth(visibleText(line), width)}\n`).join('');
}

/** One line about one of several events. */
export function shortExplanation({ isMatch, isOfLogSource, undefinedLists, deciding }: Explanation): string {
  if (isMatch) return 'match';
  return `no match: ${isOfLogSource ? undefinedLists.length > 0 ? undefinedLists.map((name) => `%${name}% is not defined`).join(', ') : `decided by ${deciding.join(', ')}` : 'another log source'}`;
}

const sourceText = ({ category, product, service }: LogSource): string => [product, category, service].filter((part) => part !== undefined).join(' ');
const line = (depth: number, isMet: boolean, text: string): string => `${'  '.repeat(depth)}${isMet ? 'true ' : 'false'} ${text}`;

function conditionLines({ condition, members, isMet }: ExplainedCondition, searches: ReadonlyMap<string, ExplainedExpression>, shown: Set<string>, depth: number): readonly string[] {
  if (condition.kind !== 'search') return [line(depth, isMet, conditionName(condition)), ...members.flatMap((member) => conditionLines(member, searches, shown, depth + 1))];
  const expression = searches.get(condition.name);
  if (shown.has(condition.name) || expression === undefined) return [line(depth, isMet, `${condition.name} (see above)`)];
  shown.add(condition.name);
  return [line(depth, isMet, condition.name), ...expressionLines(expression, depth + 1)];
}

function conditionName(condition: Condition): string {
  return condition.kind === 'selector' ? `${condition.quantifier === 'all' ? 'all' : '1'} of ${condition.pattern}` : condition.kind === 'search' ? condition.name : condition.kind;
}

function expressionLines(expression: ExplainedExpression, depth: number): readonly string[] {
  if (expression.kind === 'item') return itemLines(expression, depth);
  return [line(depth, expression.isMet, expression.kind === 'and' ? 'all of' : 'one of'), ...expression.members.flatMap((member) => expressionLines(member, depth + 1))];
}

function itemLines(item: ExplainedItem, depth: number): readonly string[] {
  const { seen, values, isPresent } = item;
  const name = item.item.field === undefined ? 'keywords' : [item.item.field, ...item.item.modifiers].join('|');
  const [only] = values;
  const head = values.length === 1 && only !== undefined ? `${name}: ${valueText(only.value)}` : name;
  const is = !isPresent ? 'the event has no such field' : seen.length === 0 ? 'the field is empty' : `seen ${seen.slice(0, maxExplainedEntries).map(seenText).join(', ')}${seen.length > maxExplainedEntries ? `, ${seen.length - maxExplainedEntries} more` : ''}`;
  return [
    line(depth, item.isMet, `${head}  ← ${is}`),
    ...(values.length === 1 ? [] : shownValues(values).map((value) => line(depth + 1, value.isMet, `${valueText(value.value)}${value.by.length === 0 ? '' : `  ← ${value.by.slice(0, 3).map(seenText).join(', ')}`}`))),
    ...(values.length > maxExplainedEntries ? [`${'  '.repeat(depth + 1)}${counted(values.length - shownValues(values).length, 'further value')}, none met`] : []),
  ];
}

/** Long lists: those that are met, and the first of the others. */
function shownValues(values: readonly ExplainedValue[]): readonly ExplainedValue[] {
  return values.length <= maxExplainedEntries ? values : values.filter(({ isMet }, index) => isMet || index < maxExplainedEntries);
}

function seenText({ value, text, folded }: SeenValue): string {
  const shown = JSON.stringify(value);
  return folded === undefined || folded === text ? shown : `${shown} compared as ${JSON.stringify(folded)}`;
}

/** A value as it would be written in a rule. */
export function valueText(value: ItemValue): string {
  switch (value.kind) {
    case 'string': return printTokens(value.tokens);
    case 'number': case 'boolean': case 'compare': case 'time-part': return String(value.value);
    case 'exists': return String(value.expected);
    case 'null': return 'null';
    case 'cidr': return `${value.network}/${String(value.prefixLength)}`;
    case 'fieldref': return value.field;
    case 'regex': return value.expression.source;
  }
}

/** Groups with their best windows and what is missing, then what was raised. Ends with a line feed. */
export function correlationText(explanation: CorrelationExplanation, width: number): string {
  const { rule, refusal, groups, lost, others, alerts } = explanation;
  const { type, rules, timespanMs, groupBy = [] } = rule.correlation;
  const valueOf = ({ best }: ExplainedGroup): number => best === undefined ? 0 : best.isEnough ? Infinity : best.value;
  const nearest = groups.length <= maxExplainedEntries ? groups : [...groups].sort((a, b) => valueOf(b) === valueOf(a) ? 0 : valueOf(b) - valueOf(a));
  const lines = [
    ruleHeading(rule),
    `${type} over ${rules.join(', ')} within ${durationText(timespanMs)}${groupBy.length === 0 ? '' : ` by ${groupBy.join(', ')}`}${waitsFor(explanation)}`,
    ...(refusal === undefined ? [alerts.length === 0 ? 'no alert' : counted(alerts.length, 'alert')] : [`not loaded: ${refusal}`]),
    ...alerts.map((alert) => `  ${alert['@timestamp'] ?? ''} ${alert.message ?? ''}`),
    ...(groups.length === 0 && refusal === undefined ? ['', 'no event belongs to any group'] : []),
    ...nearest.slice(0, maxExplainedEntries).flatMap((group) => ['', ...groupLines(explanation, group)]),
    ...(groups.length > maxExplainedEntries ? ['', `${groups.length - maxExplainedEntries} more groups: --json has all`] : []),
    ...(lost.length === 0 ? [] : ['', 'matched, but counts nowhere:', ...lost.slice(0, maxExplainedEntries).map(({ entry, reason }) => `  ${entryText(entry)}: ${reason}`), ...more(lost.length)]),
    ...(others === 0 ? [] : ['', `${counted(others, 'event')} matched by none of its rules`]),
  ];
  return lines.map((text) => `${cutToWidth(visibleText(text), width)}\n`).join('');
}

const more = (count: number): readonly string[] => count > maxExplainedEntries ? [`  ${count - maxExplainedEntries} more`] : [];

function waitsFor({ rule: { correlation: { bounds, countedFields } } }: CorrelationExplanation): string {
  const compared = bounds.map(({ operator, value }) => `${operator} ${String(value)}`).join(' and ');
  return compared === '' ? '' : `, ${countedFields.length === 0 ? '' : `${countedFields.join(', ')} `}${compared}`;
}

function groupLines({ rule: { correlation } }: CorrelationExplanation, { tenant, group, entries, best }: ExplainedGroup): readonly string[] {
  const name = [...(tenant === '' ? [] : [`tenant ${tenant}`]), ...group.map(([field, value]) => `${field} ${value}`)].join(', ');
  const wanted = correlation.bounds.map(({ operator, value }) => `${operator} ${String(value)}`).join(' and ');
  const newest = entries.slice(-maxExplainedEntries);
  return [
    `group ${name === '' ? '(all events)' : name}`,
    ...(best === undefined ? [] : [
      `  ${best.isEnough ? 'enough' : 'not enough'}: the best window (${isoTime(best.from)} to ${isoTime(best.until)}) has ${best.value}${wanted === '' ? '' : ` of ${wanted}`}`,
      ...(best.missing.length === 0 ? [] : [`  missing: ${best.missing.join(', ')}`]),
      ...(best.unwanted.length === 0 ? [] : [`  must not match, but did: ${best.unwanted.join(', ')}`]),
    ]),
    ...(entries.length > newest.length ? [`  ${entries.length - newest.length} older entries`] : []),
    ...newest.map((entry) => `  ${entryText(entry)}`),
  ];
}

function entryText({ time, id, rules, value }: ExplainedEntry): string {
  return `${isoTime(time)} ${rules.join(' + ')} ${id}${value === undefined || value === id ? '' : ` counts ${value}`}`;
}

function durationText(ms: number): string {
  const units = [[604_800_000, 'w'], [86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'm']] as const;
  const unit = units.find(([size]) => ms >= size && ms % size === 0);
  return unit === undefined ? `${String(ms / 1_000)}s` : `${String(ms / unit[0])}${unit[1]}`;
}
