/** Why a correlation fired or did not: which events count in which group, the best window that they reach, and what is missing in it. */
import type { Event } from '../event.ts';
import { maxGroupEntries } from '../limits.ts';
import { createRuleIndex } from '../sigma/rule-index.ts';
import type { CorrelationRule, DetectionRule } from '../sigma/rule.ts';
import type { Bindings } from '../sigma/placeholders.ts';
import type { Alert } from './alert.ts';
import { createEngine } from './engine.ts';
import { countedOf, groupsOf } from './groups.ts';
import { meets, type Plan } from './plan.ts';
import { ruleKey } from './rule-identity.ts';
import { prepareRules } from './rule-set.ts';

export interface CorrelationExplanation {
  readonly rule: CorrelationRule;
  /** why it cannot be run at all */
  readonly refusal?: string;
  readonly groups: readonly ExplainedGroup[];
  /** events that match one of its rules and count nowhere, with the reason */
  readonly lost: readonly { readonly entry: ExplainedEntry; readonly reason: string }[];
  /** events that none of its rules match */
  readonly others: number;
  /** what it raised over these events, by time */
  readonly alerts: readonly Event[];
}
export interface ExplainedGroup {
  readonly tenant: string;
  /** names of `group-by` with their values */
  readonly group: readonly (readonly [name: string, value: string])[];
  /** by time; of more than are kept for a group, the newest */
  readonly entries: readonly ExplainedEntry[];
  /** absent where single windows say nothing: means, percentiles */
  readonly best?: BestWindow;
}
export interface ExplainedEntry {
  /** milliseconds */
  readonly time: number;
  readonly id: string;
  /** names of the rules that it matches */
  readonly rules: readonly string[];
  /** what it adds to a count of values or to a sum */
  readonly value?: string;
}
/** The window of the timespan that comes nearest to what the correlation waits for. */
export interface BestWindow {
  readonly from: number;
  readonly until: number;
  /** what the condition looks at: events, values, sum, or rules */
  readonly value: number;
  readonly isEnough: boolean;
  /** rules that it waits for and that did not match there, or not in the order; rules that must not match and did */
  readonly missing: readonly string[];
  readonly unwanted: readonly string[];
}

interface Arrival { readonly event: Event; readonly time: number; readonly id: string; readonly bits: number; readonly tenant: string }
interface Entry extends Arrival { readonly values: readonly string[]; readonly number: number }

/**
 * @param rules the correlation with all that it refers to, filters applied
 * @param events in any order; those without a time are left out
 */
export function explainCorrelation(rule: CorrelationRule, rules: readonly (DetectionRule | CorrelationRule)[], events: readonly Event[], bindingsOf: (tenant: string | undefined) => Bindings): CorrelationExplanation {
  // Outer correlations see every firing of inner ones, also those that would be held back as alerts or because a file speaks with one voice.
  const running = rules.map((each, index) => each === rule || each.kind === 'detection' ? { ...each, file: `${each.file}#${String(index)}` } : { ...each, file: `${each.file}#${String(index)}`, vb365: { ...each.vb365, suppressMs: 0 } });
  const own = ruleKey(rule);
  const { plans, refused } = prepareRules(running, true);
  const plan = plans.find(({ key }) => key === own);
  if (plan === undefined) return { rule, refusal: refused.find((refusal) => ruleKey(refusal.rule) === own)?.reason ?? 'it is not loaded', groups: [], lost: [], others: events.length, alerts: [] };
  const index = createRuleIndex(running.filter((each) => each.kind === 'detection'));
  const sorted = events.filter((event) => !Number.isNaN(timeOf(event))).sort((a, b) => timeOf(a) - timeOf(b));
  const engine = createEngine({ rules: running, match: (event, tenant) => index.match(event, bindingsOf(tenant)), emitsInformational: true });
  const raised = [...sorted.flatMap((event) => engine.feed(event)), ...engine.close()];
  const fromEvents = sorted.map((event, at) => arrivalOf(plan, event, new Set(index.match(event, bindingsOf(event['vb365.tenant.id'])).map(ruleKey)), at));
  const fromRules = raised.filter((alert) => alert.rule !== own).map((alert, at) => arrivalOf(plan, withGroup(alert), new Set([alert.rule]), at));
  // A detection speaks through its events, not through the alerts that it raises for them.
  const inner = new Set(running.filter(({ kind }) => kind === 'correlation').map(ruleKey));
  const arrivals = [...fromEvents, ...fromRules.filter(({ event }) => inner.has(String(event['rule.id'])))].filter(({ bits }) => bits !== 0).sort((a, b) => a.time - b.time);
  return { rule, ...grouped(plan, latestOnly(arrivals)), others: fromEvents.filter(({ bits }) => bits === 0).length, alerts: raised.filter((alert) => alert.rule === own).map(({ event }) => event) };
}

const timeOf = (event: Event): number => Date.parse(event['@timestamp'] ?? '');

function withGroup({ event, group }: Alert): Event {
  return { ...group, ...event };
}

function arrivalOf(plan: Plan, event: Event, matched: ReadonlySet<string>, at: number): Arrival {
  const restore = event['vb365.restore.id'];
  return {
    event, time: timeOf(event), id: restore ?? event['event.id'] ?? `event ${String(at + 1)}`, tenant: event['vb365.tenant.id'] ?? '',
    bits: plan.inputs.reduce((bits, key, index) => matched.has(key) ? bits | (1 << index) : bits, 0),
  };
}

/** A later revision of a restore takes the place of the earlier one. */
function latestOnly(arrivals: readonly Arrival[]): readonly Arrival[] {
  const newest = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    const known = newest.get(arrival.id);
    if (known === undefined || (arrival.event['vb365.restore.revision'] ?? 1) >= (known.event['vb365.restore.revision'] ?? 1)) newest.set(arrival.id, arrival);
  }
  return arrivals.filter((arrival) => newest.get(arrival.id) === arrival || arrival.event['vb365.restore.id'] === undefined);
}

function grouped(plan: Plan, arrivals: readonly Arrival[]): Pick<CorrelationExplanation, 'groups' | 'lost'> {
  const groups = new Map<string, { readonly tenant: string; readonly group: ExplainedGroup['group']; readonly entries: Entry[] }>();
  const lost: { readonly entry: ExplainedEntry; readonly reason: string }[] = [];
  for (const arrival of arrivals) {
    const counted = countedOf(plan, arrival.event);
    const { groups: found, loss } = groupsOf(plan, arrival.event, arrival.bits, arrival.tenant);
    const entry: Entry = { ...arrival, values: counted?.values ?? [], number: counted?.number ?? 0 };
    const reason = counted === undefined ? `has no ${plan.correlation.countedFields.join(' or ')} to count` : loss === 'many' ? 'belongs to too many groups' : loss === 'missing' ? `has no ${absentField(plan, arrival)}, a field of the group` : undefined;
    if (reason !== undefined) lost.push({ entry: shown(plan, entry), reason });
    if (counted === undefined) continue;
    for (const { key, spelling, rules } of found) {
      const known = groups.get(key) ?? { tenant: plan.scope === 'provider' ? '' : arrival.tenant, group: spelling, entries: [] };
      known.entries.push({ ...entry, bits: rules });
      groups.set(key, known);
    }
  }
  return {
    lost,
    groups: [...groups.values()].map(({ tenant, group, entries }) => {
      const kept = entries.slice(-maxGroupEntries);
      const best = bestWindow(plan, kept);
      return { tenant, group, entries: kept.map((entry) => shown(plan, entry)), ...(best === undefined ? {} : { best }) };
    }),
  };
}

function absentField(plan: Plan, { event, bits }: Arrival): string {
  const fields = plan.groupFields.filter((_, index) => (bits & (1 << index)) !== 0).flat();
  return fields.find((field) => !Object.hasOwn(event, field)) ?? fields.join(', ');
}

function shown(plan: Plan, { time, id, bits, values, number }: Entry): ExplainedEntry {
  const { type } = plan.correlation;
  const value = type === 'value_count' ? values.join(', ') : type.startsWith('value_') ? String(number) : undefined;
  return { time, id, rules: namesOf(plan, bits), ...(value === undefined ? {} : { value }) };
}

const namesOf = ({ correlation }: Plan, bits: number): readonly string[] => correlation.rules.filter((_, index) => (bits & (1 << index)) !== 0);

/** The first of the windows that end with an entry and hold most of what is waited for. */
function bestWindow(plan: Plan, entries: readonly Entry[]): BestWindow | undefined {
  const { type } = plan.correlation;
  if (type === 'value_avg' || type === 'value_percentile') return undefined;
  if (plan.steps !== undefined) return bestChain(plan, plan.steps.wanted, entries);
  const isTemporal = type === 'temporal';
  const seen = new Map<string, number>();
  const keysOf = (entry: Entry): readonly string[] => isTemporal ? plan.inputs.filter((_, index) => (entry.bits & (1 << index)) !== 0) : entry.values;
  let [from, sum] = [0, 0];
  let best: { readonly from: number; readonly to: number; readonly value: number; readonly bits: number } | undefined;
  for (const [to, entry] of entries.entries()) {
    for (const key of keysOf(entry)) seen.set(key, (seen.get(key) ?? 0) + 1);
    sum += entry.number;
    for (let first = entries[from]; first !== undefined && first.time < entry.time - plan.timespanMs; first = entries[from]) {
      for (const key of keysOf(first)) {
        const left = (seen.get(key) ?? 0) - 1;
        if (left > 0) seen.set(key, left);
        else seen.delete(key);
      }
      sum -= first.number;
      from += 1;
    }
    const bits = isTemporal ? plan.inputs.reduce((all, key, index) => seen.has(key) ? all | (1 << index) : all, 0) : 0;
    const value = isTemporal ? bitCount(bits & plan.positive) : type === 'event_count' ? to - from + 1 : type === 'value_count' ? seen.size : sum;
    if (best === undefined || value > best.value) best = { from, to, value, bits };
  }
  const [first, last] = [entries[best?.from ?? 0], entries[best?.to ?? 0]];
  if (best === undefined || first === undefined || last === undefined) return undefined;
  const missing = isTemporal ? namesOf(plan, plan.positive & ~best.bits) : [];
  const unwanted = isTemporal ? namesOf(plan, plan.negative & best.bits) : [];
  const isEnough = isTemporal && plan.expression !== undefined ? missing.length + unwanted.length === 0 : meets(plan.bounds, best.value);
  return { from: first.time, until: last.time, value: best.value, isEnough, missing, unwanted };
}

/** From each beginning the steps in their order, each as early as it comes. */
function bestChain(plan: Plan, wanted: readonly number[], entries: readonly Entry[]): BestWindow | undefined {
  let best: { readonly from: number; readonly until: number; readonly length: number } | undefined;
  for (const [start, first] of entries.entries()) {
    if ((first.bits & (wanted[0] ?? 0)) === 0) continue;
    let [length, until] = [1, first.time];
    for (let at = start + 1; at < entries.length && length < plan.chainLength; at += 1) {
      const entry = entries[at];
      if (entry === undefined || entry.time > first.time + plan.timespanMs) break;
      if ((entry.bits & (wanted[length] ?? 0)) === 0 || entry.time < until) continue;
      length += 1;
      until = entry.time;
    }
    if (best === undefined || length > best.length) best = { from: first.time, until, length };
    if (length === plan.chainLength) break;
  }
  const [first] = entries;
  if (first === undefined) return undefined;
  const { from, until, length } = best ?? { from: first.time, until: first.time, length: 0 };
  return { from, until, value: length, isEnough: length >= plan.chainLength, missing: wanted.slice(length, plan.chainLength).map((bits) => namesOf(plan, bits).join(' or ')), unwanted: [] };
}

function bitCount(bits: number): number {
  let [count, left] = [0, bits >>> 0];
  for (; left !== 0; left &= left - 1) count += 1;
  return count;
}
