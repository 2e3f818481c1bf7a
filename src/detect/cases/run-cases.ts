/** Runs the cases of a rule, as it is or changed. */
import { compileDetection, isLoadedFor } from '../../sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../sigma/event-view.ts';
import type { Finding } from '../../sigma/finding.ts';
import { isOfLogSource, servicesOf } from '../../sigma/log-source.ts';
import { bindPlaceholders, placeholdersOfDetection, type Bindings } from '../../sigma/placeholders.ts';
import type { DetectionRule } from '../../sigma/rule.ts';
import { createRuleIndex, type RuleIndex } from '../../sigma/rule-index.ts';
import type { Alert } from '../alert.ts';
import { createEngine } from '../engine.ts';
import { ruleKey } from '../rule-identity.ts';
import { caseFinding } from './case-codes.ts';
import { stepsOf } from './case-events.ts';
import type { CaseEvent, CaseFile, EventCase, ExpectedAlert, Timeline } from './case-file.ts';
import type { CasePack, TestedRule } from './case-pack.ts';
import { decidersOf } from './decides.ts';
import type { Mutant } from './mutants.ts';

/** What became of the cases of one rule. */
export interface CasesRun { readonly passed: number; readonly findings: readonly Finding[] }

/** Runs every case of a rule; each that does not hold is a finding. */
export function runCases(pack: CasePack, rule: TestedRule): CasesRun {
  const cases = pack.casesOf(rule);
  if (cases === undefined) return { passed: 0, findings: [] };
  const findings: Finding[] = [];
  let passed = 0;
  const take = (found: readonly Finding[]): void => {
    findings.push(...found);
    if (found.length === 0) passed += 1;
  };
  const problem = (each: EventCase | Timeline, text: string): Finding => caseFinding('CASE_FAILED', cases.file, each.position, `${each.name}: ${text}`);
  if (rule.kind === 'detection') {
    const matches = matcherOf(pack, rule, cases);
    for (const each of cases.match) take(matches(each.event) ? [] : [problem(each, 'the rule does not match')]);
    for (const each of cases.ignore) take([...(matches(each.event) ? [problem(each, 'the rule matches')] : []), ...checkReason(pack, rule, cases, each)]);
  } else {
    for (const each of [...cases.match, ...cases.ignore]) take([caseFinding('CASE_SCHEMA', cases.file, each.position, `${each.name}: a correlation has timelines, not single events`)]);
  }
  for (const timeline of cases.timelines) {
    const unknown = unknownRules(pack, timeline);
    take(unknown.length > 0
      ? unknown.map((name) => caseFinding('CASE_REFERENCE', cases.file, timeline.position, `${timeline.name}: there is no rule ${name} with a match among its cases`))
      : differences(timeline, alertsOf(pack, rule, cases, timeline)).map((text) => problem(timeline, text)));
  }
  return { passed, findings };
}

/** Whether any case of the rule has another result when the mutant stands in the place of what it replaces. */
export function isNoticed(pack: CasePack, rule: TestedRule, mutant: Mutant): boolean {
  const cases = pack.casesOf(rule);
  if (cases === undefined) return false;
  const changed = pack.effective(rule, mutant);
  if (changed === undefined) return true;
  if (changed.kind === 'detection') {
    const matches = matcherOf(pack, changed, cases, true);
    if (cases.match.some(({ event }) => !matches(event)) || cases.ignore.some(({ event }) => matches(event))) return true;
  }
  return cases.timelines.some((timeline) => differences(timeline, alertsOf(pack, rule, cases, timeline, mutant)).length > 0);
}

/** @param isEffective the rule has its filters already */
function matcherOf(pack: CasePack, rule: DetectionRule, cases: CaseFile, isEffective = false): (event: CaseEvent) => boolean {
  const table = createFieldTable();
  const effective = isEffective ? rule : pack.effective(rule);
  if (effective?.kind !== 'detection') return () => false;
  const { test } = compileDetection(effective.detection, table);
  const bindings = pack.bindingsOf(cases);
  if (!isLoadedFor(placeholdersOfDetection(effective.detection), bindings)) return () => false;
  // Rules of other products are never fed by this one, but their cases are as good.
  const isOurs = rule.logsource.product === undefined || rule.logsource.product === 'vb365';
  return (event) => (!isOurs || isOfLogSource(rule.logsource, servicesOf(event))) && test(createEventView(event, table), bindings);
}

function checkReason(pack: CasePack, rule: DetectionRule, cases: CaseFile, each: EventCase): readonly Finding[] {
  const { because, event, name, position } = each;
  const isOurs = rule.logsource.product === undefined || rule.logsource.product === 'vb365';
  if (isOurs && servicesOf(event).length === 0) return [caseFinding('CASE_CANNOT_FAIL', cases.file, position, `${name}: the event has no vb365.level, so that no rule looks at it`, 'give it a level under given')];
  if (because === undefined) return [];
  if (!rule.detection.searches.has(because)) return [caseFinding('CASE_REFERENCE', cases.file, position, `${name}: the rule has no identifier ${because}`)];
  const deciders = decidersOf(rule.detection, event, pack.bindingsOf(cases));
  if (deciders.includes(because)) return [];
  const why = deciders.length === 0 ? 'no identifier alone decides' : `${deciders.join(' and ')} would`;
  return [caseFinding('CASE_FAILED', cases.file, position, `${name}: ${because} turned round alone would not make the rule match; ${why}`)];
}

function unknownRules(pack: CasePack, timeline: Timeline): readonly string[] {
  const names = timeline.entries.flatMap((entry) => entry.kind === 'event' && entry.match !== undefined ? [entry.match] : []);
  return [...new Set(names)].filter((name) => pack.firstMatchOf(name) === undefined);
}

/** The alerts of the rule under test, in the order in which they were raised. */
function alertsOf(pack: CasePack, rule: TestedRule, cases: CaseFile, timeline: Timeline, mutant?: Mutant): readonly Alert[] {
  const rules = runningRules(pack, rule, timeline, mutant);
  const index = indexOf(rules.filter((each) => each.kind === 'detection'));
  const bindings = allBindings(pack, rule, cases, rules);
  const engine = createEngine({ rules, match: (event) => index.match(event, bindings), restoreWaitMs: 0, emitsInformational: rule.level === 'informational' });
  const alerts: Alert[] = [];
  for (const step of stepsOf(timeline, (name) => pack.firstMatchOf(name))) alerts.push(...(step.kind === 'event' ? engine.feed(step.event) : engine.advance(step.time)));
  if (timeline.isClosed) alerts.push(...engine.close());
  return alerts.filter((alert) => alert.rule === ruleKey(rule));
}

/** The rule and what it refers to; when it looks at alerts, also the rules whose matches the timeline shows. */
function runningRules(pack: CasePack, rule: TestedRule, timeline: Timeline, mutant: Mutant | undefined): readonly TestedRule[] {
  const own = pack.closureOf(rule, []);
  const readsAlerts = own.some((each) => each.kind === 'detection' && each.logsource.service === 'alert');
  const shown = readsAlerts ? timeline.entries.flatMap((entry) => entry.kind === 'event' && entry.match !== undefined ? [entry.match] : []) : [];
  const all = readsAlerts ? pack.closureOf(rule, shown) : own;
  return all.flatMap((each) => pack.effective(each, each === rule || mutant?.replaced.kind === 'filter' ? mutant : undefined) ?? []);
}

/** Indexes by their rules: many mutants change none of the detections. */
const indexes = new WeakMap<DetectionRule, { readonly rules: readonly DetectionRule[]; readonly index: RuleIndex }>();
const noIndex = createRuleIndex([]);

function indexOf(rules: readonly DetectionRule[]): RuleIndex {
  const [first] = rules;
  if (first === undefined) return noIndex;
  const known = indexes.get(first);
  if (known !== undefined && known.rules.length === rules.length && known.rules.every((rule, at) => rule === rules[at])) return known.index;
  const index = createRuleIndex(rules);
  indexes.set(first, { rules, index });
  return index;
}

function allBindings(pack: CasePack, rule: TestedRule, cases: CaseFile, rules: readonly TestedRule[]): Bindings {
  const others = rules.flatMap((each) => {
    const lists = ruleKey(each) === ruleKey(rule) ? undefined : pack.casesOf(each)?.placeholders;
    return lists === undefined || Object.keys(lists).length === 0 ? [] : [lists];
  });
  return others.length === 0 ? pack.bindingsOf(cases) : bindPlaceholders(...others, cases.placeholders);
}

/** In words, where the alerts are not those that the timeline expects. */
function differences({ alerts: expected, startMs }: Timeline, raised: readonly Alert[]): readonly string[] {
  const when = (ms: number): string => `+${String(ms / 1_000)}s`;
  const shown = ({ event }: Alert): string => `${when(Date.parse(String(event['@timestamp'])) - startMs)} with ${String(event['vb365.alert.count'])} events`;
  if (expected.length !== raised.length) return [`${String(raised.length)} alerts instead of ${String(expected.length)}${raised.length === 0 ? '' : `: ${raised.slice(0, 5).map(shown).join(', ')}`}`];
  return expected.flatMap((alert, at) => {
    const other = raised[at];
    return other === undefined ? [] : alertDifferences(alert, other, startMs).map((text) => `alert ${String(at + 1)}: ${text}`);
  });
}

function alertDifferences({ atMs, group, count }: ExpectedAlert, { event, group: own }: Alert, startMs: number): readonly string[] {
  const fields: Readonly<Record<string, unknown>> = { ...event, ...own };
  const raisedMs = Date.parse(String(event['@timestamp'])) - startMs;
  const counted = event['vb365.alert.count'];
  return [
    ...(atMs === undefined || atMs === raisedMs ? [] : [`raised at +${String(raisedMs / 1_000)}s instead of +${String(atMs / 1_000)}s`]),
    ...(count === undefined || count === counted ? [] : [`${String(counted)} events instead of ${String(count)}`]),
    ...Object.entries(group).flatMap(([name, value]) => {
      const other = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return JSON.stringify(other) === JSON.stringify(value) ? [] : [`${name} is ${other === undefined ? 'absent' : JSON.stringify(other)} instead of ${JSON.stringify(value)}`];
    }),
  ];
}
