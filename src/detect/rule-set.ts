/** Rules that refer to rules, put in order: inner correlations before outer ones, who raises alerts and who only feeds others (sigma.md 7.1, 7.9, 8.5). */
import { maxCorrelationDepth, maxCorrelationRules } from '../limits.ts';
import type { CorrelationRule, DetectionRule, Rule } from '../sigma/rule.ts';
import { isGivenUp } from '../sigma/rule-status.ts';
import { methodOf, type Plan } from './plan.ts';
import { ruleKey, ruleVersion } from './rule-identity.ts';
import { streamsOf, type Stream } from './streams.ts';

export interface PreparedDetection {
  readonly rule: DetectionRule;
  readonly key: string;
  readonly version: string;
  readonly scope: 'tenant' | 'provider';
  /** its matches are alerts */
  readonly raises: boolean;
  readonly settleMs: number;
  readonly isAlertLevel: boolean;
  readonly streams: readonly Stream[];
}
export interface RuleSet {
  readonly detections: ReadonlyMap<string, PreparedDetection>;
  /** inner ones first */
  readonly plans: readonly Plan[];
  readonly refused: readonly Refusal[];
  /** streams that any rule reads but the alerts themselves */
  readonly streams: readonly Stream[];
  readonly lagMs: number;
  readonly settles: boolean;
  readonly hasAlertRules: boolean;
  readonly hasProviderRules: boolean;
}
export interface Refusal { readonly rule: Rule; readonly reason: string }

/** Rules of which something is wrong are refused with the reason, and so is what refers to them; the others are run. */
export function prepareRules(rules: readonly Rule[], emitsInformational: boolean): RuleSet {
  const running = rules.filter((rule) => !isGivenUp(rule));
  const byName = new Map<string, Rule>();
  for (const rule of running) for (const name of [rule.name, rule.id]) if (name !== undefined) byName.set(name, rule);
  const correlations = running.filter((rule) => rule.kind === 'correlation');
  const held = heldBack(correlations, byName);
  const raises = (rule: Rule): boolean => (rule.level !== 'informational' || emitsInformational) && !held.has(rule);
  const scopeOf = (rule: Rule): 'tenant' | 'provider' => rule.vb365.scope ?? 'tenant';

  const detections = new Map<string, PreparedDetection>();
  for (const rule of running) {
    if (rule.kind !== 'detection') continue;
    const key = ruleKey(rule);
    const streams = streamsOf(rule.logsource);
    detections.set(key, { rule, key, version: ruleVersion(rule), scope: scopeOf(rule), raises: raises(rule), settleMs: rule.vb365.settleMs ?? 0, isAlertLevel: streams.includes('alert'), streams });
  }

  const refused: Refusal[] = [];
  const plans = new Map<string, Plan & { readonly depth: number }>();
  const visiting = new Set<string>();
  for (const rule of correlations) planOf(rule);
  const usedBy = (inner: string): readonly Plan[] => [...plans.values()].filter(({ inputs }) => inputs.includes(inner));
  // Outer ones first: what feeds one that runs is run as well.
  const placed: Plan[] = [];
  const runs = new Map<string, { readonly tenant: boolean; readonly provider: boolean }>();
  for (const plan of [...plans.values()].reverse()) {
    const outer = usedBy(plan.key).map(({ key }) => runs.get(key));
    const feeds = { tenant: outer.some((run) => run?.tenant === true), provider: outer.some((run) => run?.provider === true) };
    const own = { tenant: plan.scope === 'tenant' && raises(plan.rule), provider: plan.scope === 'provider' && raises(plan.rule) };
    runs.set(plan.key, { tenant: feeds.tenant || own.tenant, provider: feeds.provider || own.provider });
    placed.unshift({ ...plan, raises: own, feeds });
  }
  const read = [...detections.values()];
  return {
    detections, plans: placed, refused, streams: [...new Set(read.flatMap(({ streams }) => streams))].filter((stream) => stream !== 'alert'),
    lagMs: Math.max(0, ...read.map(({ settleMs }) => settleMs)), settles: read.some(({ settleMs }) => settleMs > 0), hasAlertRules: read.some(({ isAlertLevel }) => isAlertLevel),
    hasProviderRules: [...read, ...placed].some(({ scope }) => scope === 'provider'),
  };

  function refuse(rule: Rule, reason: string): (Plan & { readonly depth: number }) | undefined {
    if (!refused.some((refusal) => refusal.rule === rule)) refused.push({ rule, reason });
    return undefined;
  }

  function planOf(rule: CorrelationRule): (Plan & { readonly depth: number }) | undefined {
    const key = ruleKey(rule);
    const known = plans.get(key);
    if (known !== undefined) return known;
    if (refused.some((refusal) => refusal.rule === rule)) return undefined;
    if (visiting.has(key)) return refuse(rule, 'it refers to itself');
    visiting.add(key);
    const plan = build(rule, key);
    visiting.delete(key);
    if (plan !== undefined) plans.set(key, plan);
    return plan;
  }

  function build(rule: CorrelationRule, key: string): (Plan & { readonly depth: number }) | undefined {
    const { correlation } = rule;
    if (correlation.rules.length === 0 || correlation.rules.length > maxCorrelationRules) return refuse(rule, `it refers to ${String(correlation.rules.length)} rules; 1 to ${String(maxCorrelationRules)} are possible`);
    const parts: { readonly key: string; readonly version: string; readonly stateVersion?: string; readonly streams: readonly Stream[]; readonly lagMs: number; readonly isAlertLevel: boolean; readonly depth: number; readonly rule: Rule }[] = [];
    for (const name of correlation.rules) {
      const inner = byName.get(name);
      const part = inner === undefined || inner.kind === 'filter' ? undefined : inner.kind === 'correlation' ? planOf(inner) : detections.get(ruleKey(inner));
      if (inner === undefined || part === undefined) return refuse(rule, `the rule ${name} that it refers to is not there`);
      parts.push({ depth: 0, lagMs: 'settleMs' in part ? part.settleMs : part.lagMs, ...part, rule: inner });
    }
    const depth = 1 + Math.max(...parts.map((part) => part.depth));
    if (depth > maxCorrelationDepth) return refuse(rule, `correlations of correlations go ${String(maxCorrelationDepth)} levels deep`);
    const method = methodOf(correlation, (name) => {
      const at = correlation.rules.findIndex((written, index) => written === name || parts[index]?.rule.name === name || parts[index]?.rule.id === name);
      return at === -1 ? 0 : 1 << at;
    });
    if (typeof method === 'string') return refuse(rule, method);
    const streams = [...new Set(parts.flatMap((part) => part.streams))];
    const lagMs = Math.max(...parts.map((part) => part.lagMs));
    return {
      ...method, rule, key, depth, version: ruleVersion(rule), stateVersion: [ruleVersion(rule), ...parts.map((part) => part.stateVersion ?? part.version)].join('.'), correlation, inputs: parts.map((part) => part.key),
      groupFields: parts.map((part, index) => (correlation.groupBy ?? []).map((name) => {
        const alias = correlation.aliases.get(name);
        return alias === undefined ? name : alias.get(part.rule.name ?? '') ?? alias.get(correlation.rules[index] ?? '') ?? name;
      })),
      timespanMs: correlation.timespanMs, suppressMs: rule.vb365.suppressMs ?? correlation.timespanMs,
      streams, lagMs, clock: `${streams.join(' ')} ${String(lagMs)}`, scope: scopeOf(rule),
      isAlertLevel: parts.some(({ isAlertLevel }) => isAlertLevel), raises: { tenant: false, provider: false }, feeds: { tenant: false, provider: false },
    };
  }
}

/** Rules whose matches are no alerts of their own, because a correlation of the same file speaks for them. */
function heldBack(correlations: readonly CorrelationRule[], byName: ReadonlyMap<string, Rule>): ReadonlySet<Rule> {
  const held = new Set<Rule>();
  for (const { correlation, file } of correlations) {
    if (correlation.generate) continue;
    for (const name of correlation.rules) {
      const inner = byName.get(name);
      if (inner?.file === file) held.add(inner);
    }
  }
  return held;
}
