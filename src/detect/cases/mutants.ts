/**
 * Small changes of a rule, each of which some case must notice. Those with a requirement stand for a case that every rule needs: when nothing notices that
 * the window is a second longer, no case lies just outside of it.
 */
import type { CorrelationExpression, CorrelationRule, Detection, DetectionRule, FilterRule, Rule, RuleSettings } from '../../sigma/rule.ts';
import { detectionMutants } from './detection-mutants.ts';

export interface Mutant {
  /** what was changed: `selection: item vb365.operation taken away` */
  readonly what: string;
  /** in its place among the rules stands `by`; undefined: it is not there */
  readonly replaced: Rule;
  readonly by: Rule | undefined;
  /** case that is missing when nothing notices */
  readonly requirement?: string;
}
interface Change<R> { readonly what: string; readonly by: R; readonly requirement?: string }

/** Every mutant of a rule. */
export function mutants(rule: Rule): readonly Mutant[] {
  return changesOf(rule).map((change) => ({ ...change, replaced: rule }));
}

/** Every mutant of a filter: it must matter to the cases of some rule that it applies to. */
export function filterMutants(filter: FilterRule): readonly Mutant[] {
  return [{ what: `filter ${filter.name ?? filter.title} taken away`, replaced: filter, by: undefined }, ...mutants(filter)];
}

function changesOf(rule: Rule): readonly Change<Rule>[] {
  if (rule.kind === 'correlation') return [...correlationChanges(rule), ...settingChanges(rule)];
  const inDetection = detectionMutants(rule.detection).map(({ what, by }) => ({ what, by: withDetection(rule, by) }));
  return rule.kind === 'filter' ? inDetection : [...inDetection, ...settingChanges(rule)];
}

function withDetection<R extends DetectionRule | FilterRule>(rule: R, detection: Detection): R {
  return { ...rule, detection };
}

const secondMs = 1_000;

/** Waiting, pauses and scope. */
function settingChanges(rule: DetectionRule | CorrelationRule): readonly Change<Rule>[] {
  const { suppressMs, settleMs, suppressBy, scope } = rule.vb365;
  const to = (what: string, settings: RuleSettings, requirement?: string): Change<Rule> => ({ what, by: { ...rule, vb365: settings }, ...(requirement === undefined ? {} : { requirement }) });
  const without = (name: keyof RuleSettings): RuleSettings => Object.fromEntries(Object.entries(rule.vb365).filter(([key]) => key !== name));
  const isCorrelation = rule.kind === 'correlation';
  const onClose = isCorrelation && (rule.correlation.bounds.some(({ operator }) => operator !== 'gt' && operator !== 'gte') || rule.correlation.expression !== undefined);
  return [
    ...(suppressMs === undefined || suppressMs === 0 ? [] : [
      to('suppress one second shorter', { ...rule.vb365, suppressMs: suppressMs - secondMs }, 'an event just before the pause is over'),
      to('suppress one second longer', { ...rule.vb365, suppressMs: suppressMs + secondMs }, 'an event just after the pause is over'),
    ]),
    ...(suppressMs === 0 || (suppressMs === undefined && (!isCorrelation || onClose)) ? [] : [to('suppress taken away', { ...rule.vb365, suppressMs: 0 }, 'what goes on during the pause after an alert')]),
    ...(settleMs === undefined ? [] : [
      to('settle one second shorter', { ...rule.vb365, settleMs: Math.max(0, settleMs - secondMs) }, 'a restore just before the waiting time is over'),
      to('settle one second longer', { ...rule.vb365, settleMs: settleMs + secondMs }, 'a restore just after the waiting time is over'),
      to('settle taken away', without('settleMs'), 'a later revision that repairs the restore in time'),
    ]),
    ...(suppressBy ?? []).map((field) => to(`suppress_by: ${field} taken away`, { ...rule.vb365, suppressBy: (suppressBy ?? []).filter((other) => other !== field) }, `another ${field} during the pause`)),
    ...(scope === 'provider' ? [to('scope of a tenant', without('scope'), 'events of several tenants')] : []),
  ];
}

function correlationChanges(rule: CorrelationRule): readonly Change<Rule>[] {
  const { correlation } = rule;
  const { timespanMs, groupBy, bounds, countedFields, rules, type, expression, percentile } = correlation;
  const to = (what: string, changed: Partial<CorrelationRule['correlation']>, requirement?: string): Change<Rule> => ({
    what, by: { ...rule, correlation: { ...correlation, ...changed } }, ...(requirement === undefined ? {} : { requirement }),
  });
  // The pause after an alert is as long as the window by default, and stays as it is: a case of the pause is none of the window.
  const ofWindow = (change: Change<Rule>): Change<Rule> => ({ ...change, by: { ...change.by, vb365: { ...rule.vb365, suppressMs: rule.vb365.suppressMs ?? timespanMs } } });
  return [
    ...(timespanMs > secondMs ? [ofWindow(to('timespan one second shorter', { timespanMs: timespanMs - secondMs }, 'the last event just inside of the window'))] : []),
    ofWindow(to('timespan one second longer', { timespanMs: timespanMs + secondMs }, 'the last event just outside of the window')),
    ...bounds.flatMap((bound, index) => [-1, 1].map((step) => to(`${bound.operator} ${String(bound.value)} is ${String(bound.value + step)}`,
      { bounds: bounds.map((other, at) => at === index ? { ...other, value: bound.value + step } : other) }, step < 0 ? 'a value one less than the threshold' : 'a value that just reaches the threshold'))),
    ...(groupBy ?? []).map((field) => to(`group-by: ${field} taken away`, { groupBy: (groupBy ?? []).filter((other) => other !== field) }, `another ${field}`)),
    ...(countedFields.length < 2 ? [] : countedFields.map((field) => to(`field ${field} taken away`, { countedFields: countedFields.filter((other) => other !== field) }))),
    ...(percentile === undefined ? [] : [-1, 1].map((step) => to(`percentile ${String(percentile + step)}`, { percentile: percentile + step }))),
    ...(rules.length < 2 || expression !== undefined ? [] : rules.map((name) => to(`rule ${name} taken away`, { rules: rules.filter((other) => other !== name) }))),
    ...(type === 'temporal_ordered' ? [to('order taken away', { type: 'temporal' }, 'the events in the wrong order')] : []),
    ...(expression === undefined ? [] : expressionChanges(expression).map(({ what, by }) => to(what, { expression: by }))),
  ];
}

/** Every name turned round, every member of a list taken away. */
function expressionChanges(expression: CorrelationExpression): readonly { readonly what: string; readonly by: CorrelationExpression }[] {
  if (expression.kind === 'rule') return [{ what: `${expression.name} turned round`, by: { kind: 'not', member: expression } }];
  if (expression.kind === 'not') {
    return [{ what: `not before ${textOf(expression.member)} taken away`, by: expression.member }];
  }
  const { kind, members } = expression;
  return members.flatMap((member, index) => [
    { what: `${textOf(member)} taken away`, by: { kind, members: members.filter((_, at) => at !== index) } },
    ...expressionChanges(member).map(({ what, by }) => ({ what, by: { kind, members: members.map((other, at) => at === index ? by : other) } })),
  ]);
}

function textOf(expression: CorrelationExpression): string {
  if (expression.kind === 'rule') return expression.name;
  return expression.kind === 'not' ? `not ${textOf(expression.member)}` : `(${expression.members.map(textOf).join(` ${expression.kind} `)})`;
}
