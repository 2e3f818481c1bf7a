/**
 * All rules of one tenant, or those that see all tenants, with their state (sigma.md 8). One event: single rules, then correlations from the inner ones to
 * the outer ones, then what the watermark closes, then the rules about alerts.
 */
import { fieldKinds } from '../event-fields.ts';
import type { Event, FieldName } from '../event.ts';
import { maxAlertEvents, maxTimeAheadMs } from '../limits.ts';
import type { DetectionRule } from '../sigma/rule.ts';
import { buildAlert, isAlertField, levelOf, type Alert, type AlertOptions } from './alert.ts';
import { correlationMessage, singleMessage } from './alert-message.ts';
import { commonFacts, factsOf } from './common-facts.ts';
import { createCorrelator, type Arrival, type Correlator, type SavedCorrelation } from './correlate.ts';
import type { Count } from './counts.ts';
import type { DetectLimits } from './detect-limits.ts';
import type { Firing, Group } from './group.ts';
import type { Plan } from './plan.ts';
import { createRestoreMemory, type SavedRestores } from './restore-memory.ts';
import { ruleKey } from './rule-identity.ts';
import type { PreparedDetection, RuleSet } from './rule-set.ts';
import { createSettling, type SavedSettling } from './settling.ts';
import { sourceOf, streamOf } from './streams.ts';
import { createSuppression, type SavedSuppression } from './suppression.ts';
import { createWatermarks, type SavedWatermarks } from './watermarks.ts';

/** The detection rules that match an event, with the placeholders of the tenant; for rules over all tenants with the global ones. In the order of their ids. */
export type MatchRules = (event: Event, tenant: string | undefined) => readonly DetectionRule[];

export interface InstanceOptions extends AlertOptions {
  readonly ruleSet: RuleSet;
  readonly match: MatchRules;
  readonly latenessMs: number;
  readonly restoreWaitMs: number;
  readonly absenceMemoryMs: number;
  readonly limits: DetectLimits;
  readonly count: Count;
}
export interface Instance {
  /**
   * @param clock what the time is, for whom it may be wrong; undefined when a past is read
   * @param alerts raised elsewhere, which rules about alerts see too
   */
  feed(event: Event, clock: number | undefined, alerts?: readonly Alert[]): readonly Alert[];
  /** Everything up to a time has been read. Infinite: the input has ended. */
  advance(time: number, alerts?: readonly Alert[]): readonly Alert[];
  save(): SavedInstance;
}
export interface SavedInstance {
  readonly order: number;
  readonly watermarks: SavedWatermarks;
  readonly alertWatermark?: number;
  readonly restores: SavedRestores;
  readonly suppression: SavedSuppression;
  readonly settling: SavedSettling;
  readonly lateSources: readonly string[];
  readonly correlations: readonly { readonly rule: string; readonly use: Use; readonly version: string; readonly state: SavedCorrelation }[];
}
/** An alert is held back for a while after another one; what an outer correlation sees is not. */
type Use = 'alerts' | 'feeds' | 'both';
interface Running { readonly plan: Plan; readonly use: Use; readonly correlator: Correlator }

/** @param tenant undefined: sees all tenants */
export function createInstance(tenant: string | undefined, options: InstanceOptions, saved?: SavedInstance): Instance {
  const { ruleSet, match, limits, count } = options;
  const scope = tenant === undefined ? 'provider' : 'tenant';
  const watermarks = createWatermarks(options, saved?.watermarks);
  const restores = createRestoreMemory(limits.restores, saved?.restores);
  const suppression = createSuppression(limits.suppressionKeys, count, saved?.suppression);
  const settling = createSettling(limits.settling, () => { count('settling_dropped_total', ''); }, saved?.settling);
  const settlingRules = [...ruleSet.detections.values()].filter(({ settleMs }) => settleMs > 0);
  const lateSources = new Set(saved?.lateSources);
  const running: readonly Running[] = ruleSet.plans.flatMap((plan) => usesOf(plan).map((use) => ({ plan, use, correlator: correlatorOf(plan, use) })));
  const expecting = running.filter(({ plan }) => plan.mode === 'windows' && plan.streams.length > 0);
  let order = saved?.order ?? 0;
  let alertWatermark = saved?.alertWatermark ?? -Infinity;
  /** alerts of the event at hand */
  let raised: Alert[] = [];

  return {
    feed(event, clock, alerts = []) {
      const time = Date.parse(event['@timestamp'] ?? '');
      const stream = streamOf(event);
      if (stream === 'alert') return [];
      if (Number.isNaN(time)) {
        count('events_untimed_total', '');
        return [];
      }
      const restore = event['vb365.restore.id'];
      if (restore !== undefined && !restores.see(restore, event['vb365.restore.revision'] ?? 1)) return [];
      raised = [];
      order += 1;
      const owner = event['vb365.tenant.id'] ?? '';
      noteSource(event, time <= watermarks.applied(stream));
      for (const { correlator } of expecting) correlator.expect(owner, time, event);
      // A restore that turned out to be another one is no event of its own any longer.
      const matched = event['vb365.restore.merged_into'] === undefined ? match(event, tenant) : [];
      judge(event, time, owner, matched);
      if (clock !== undefined && time > clock + maxTimeAheadMs) count('events_ahead_total', '');
      else watermarks.see(stream, time);
      close(undefined, alerts);
      return raised;
    },
    advance(time, alerts = []) {
      raised = [];
      const known = watermarks.known();
      watermarks.advance(time);
      close(time === Infinity ? known : undefined, alerts);
      return raised;
    },
    save: () => ({
      order, watermarks: watermarks.save(), ...(Number.isFinite(alertWatermark) ? { alertWatermark } : {}), restores: restores.save(), suppression: suppression.save(), settling: settling.save(),
      lateSources: [...lateSources], correlations: running.map(({ plan, use, correlator }) => ({ rule: plan.key, use, version: plan.stateVersion, state: correlator.save() })),
    }),
  };

  function usesOf(plan: Plan): readonly Use[] {
    const [raises, feeds] = [plan.raises[scope], plan.feeds[scope]];
    const isHeldBack = plan.mode === 'arrival' && plan.suppressMs > 0;
    return raises && feeds ? isHeldBack ? ['alerts', 'feeds'] : ['both'] : raises ? ['alerts'] : feeds ? ['feeds'] : [];
  }

  function correlatorOf(plan: Plan, use: Use): Correlator {
    const further = [...plan.rule.fields.filter(isAlertField), ...plan.groupFields.flat()];
    const known = saved?.correlations.find((saving) => saving.rule === plan.key && saving.use === use && saving.version === plan.stateVersion);
    return createCorrelator({ plan, suppressMs: use === 'feeds' ? 0 : plan.suppressMs, latenessMs: options.latenessMs, absenceMemoryMs: options.absenceMemoryMs, limits, count, further }, known?.state);
  }

  function noteSource(event: Event, isLate: boolean): void {
    if (isLate) {
      count('events_late_total', '');
      if (lateSources.size < limits.groups) lateSources.add(sourceOf(event));
      return;
    }
    if (lateSources.size === 0) return;
    const source = sourceOf(event);
    if (lateSources.delete(source)) for (const { correlator } of running) correlator.dropLate(source);
  }

  /** Single rules, then what they feed. */
  function judge(event: Event, time: number, owner: string, matched: readonly DetectionRule[]): void {
    const restore = event['vb365.restore.id'];
    const settles = restore !== undefined && settlingRules.length > 0;
    if (settles && event['vb365.restore.merged_into'] !== undefined) settling.release(restore);
    else if (settles) settling.hold(restore, event, time, settlingRules.filter(({ key }) => restores.verdictOf(restore, key) === undefined).map(({ key, settleMs }) => [key, settleMs]));
    const found = matched.flatMap((rule) => ruleSet.detections.get(ruleKey(rule)) ?? []).filter(({ settleMs, isAlertLevel }) => !isAlertLevel && (settleMs === 0 || restore === undefined));
    for (const rule of found) raiseSingle(rule, event, time);
    correlate(arrivalOf(event, time, owner), keysOf(found, restore));
  }

  /** What settled once stays so for later revisions. */
  function keysOf(found: readonly PreparedDetection[], restore: string | undefined): ReadonlySet<string> {
    const settled = restore === undefined ? [] : settlingRules.filter(({ key }) => restores.verdictOf(restore, key) === true);
    return new Set([...found, ...settled].map(({ key }) => key));
  }

  function arrivalOf(event: Event, time: number, owner: string): Omit<Arrival, 'rules'> {
    const restore = event['vb365.restore.id'];
    const id = event['event.id'] ?? `n:${String(order)}`;
    return { event, key: restore === undefined ? id : `r:${restore}`, events: event['vb365.alert.events'] ?? [id], time, order, tenant: owner };
  }

  function raiseSingle(rule: PreparedDetection, event: Event, time: number): void {
    if (rule.scope !== scope || !rule.raises) return;
    const restore = event['vb365.restore.id'];
    if (restore !== undefined && !restores.judge(restore, rule.key, true)) return;
    const held = suppression.pass(rule.key, rule.rule.vb365, event, time);
    if (held === undefined) return;
    const { key, events } = arrivalOf(event, time, '');
    raised.push(buildAlert({
      rule: rule.rule, version: rule.version, tenant, identity: [restore ?? key], time, from: Date.parse(event['event.start'] ?? '') || time, until: Date.parse(event['event.end'] ?? '') || time,
      count: 1 + held, spelling: [], events, facts: factsOf(event, rule.rule.fields.filter(isAlertField)), isLate: false,
      message: singleMessage(rule.rule.title, tenant === undefined ? undefined : event.message, held),
    }, options));
  }

  /** Correlations in their order; each of those concerned sees the event, and all what the inner ones found in it. */
  function correlate(arrival: Omit<Arrival, 'rules'>, matched: ReadonlySet<string>, isConcerned: (plan: Plan) => boolean = () => true): void {
    const fired = new Map<string, Arrival[]>();
    for (const { plan, use, correlator } of running) {
      const rules = isConcerned(plan) ? bitsOf(plan, (input) => matched.has(input)) : 0;
      if (rules !== 0) {
        const late = lateSourceOf(plan, arrival);
        note(plan, use, correlator.take({ ...arrival, rules, ...(late === undefined ? {} : { lateSource: late }) }), fired);
      } else if (arrival.key.startsWith('r:') && isConcerned(plan)) correlator.withdraw(arrival.key);
      takeInner(plan, use, correlator, fired);
    }
  }

  function takeInner(plan: Plan, use: Use, correlator: Correlator, fired: Map<string, Arrival[]>): void {
    if (fired.size === 0) return;
    for (const input of new Set(plan.inputs)) {
      for (const inner of fired.get(input) ?? []) note(plan, use, correlator.take({ ...inner, rules: bitsOf(plan, (other) => other === input) }), fired);
    }
  }

  function lateSourceOf(plan: Plan, { event, time }: Omit<Arrival, 'rules'>): string | undefined {
    const stream = streamOf(event);
    const mark = stream === 'alert' ? alertWatermark : watermarks.applied(stream) - plan.lagMs;
    return time <= mark || event['vb365.alert.late'] === true ? sourceOf(event) : undefined;
  }

  /** What fired becomes an alert, and an event for the correlations that refer to it. */
  function note(plan: Plan, use: Use, firings: readonly Firing[], fired: Map<string, Arrival[]>): void {
    for (const firing of firings) {
      const alert = alertOf(plan, firing);
      if (use !== 'feeds') raised.push(alert);
      if (use === 'alerts') continue;
      order += 1;
      const { group } = firing;
      const event = { ...groupValues(plan, group), ...factsOfFiring(firing), ...alert.event, ...(group.tenant === '' ? {} : { 'vb365.tenant.id': group.tenant }) } as Event;
      const arrival: Arrival = {
        event, key: event['event.id'] ?? '', events: event['vb365.alert.events'] ?? [], time: firing.time, order, tenant: group.tenant, rules: 0,
        ...(group.source === undefined ? {} : { lateSource: group.source }),
      };
      fired.set(plan.key, [...fired.get(plan.key) ?? [], arrival]);
    }
  }

  /** Fields that all events of the group have with this value, by the definition of a group; names that stand for different fields are none. */
  function groupValues(plan: Plan, { spelling }: Group): Readonly<Record<string, string>> {
    return Object.fromEntries(spelling.filter(([name], index) => plan.groupFields.every((fields) => fields[index] === name) && !isListField(name)));
  }

  function factsOfFiring({ entries }: Firing): ReturnType<typeof commonFacts> {
    return commonFacts(entries.map(({ facts }) => facts));
  }

  function alertOf(plan: Plan, firing: Firing): Alert {
    const { group, entries } = firing;
    const shown = { rule: plan.rule, version: plan.version, tenant };
    const events = entries.length > 0 ? entries.slice(0, maxAlertEvents).flatMap((entry) => entry.events) : group.windows?.last.events ?? [];
    // An absence has no events that state the values of its group.
    const grouped = Object.fromEntries(Object.entries(groupValues(plan, group)).filter(([name]) => isAlertField(name)));
    const alert = buildAlert({
      ...shown, identity: [group.key, firing.mark], time: firing.time, from: firing.from, until: firing.until, count: entries.length, spelling: group.spelling,
      events: [...new Set(events)], facts: { ...grouped, ...factsOfFiring(firing) }, isLate: group.source !== undefined, message: '',
    }, options);
    return { ...alert, event: { ...alert.event, message: correlationMessage(plan, firing, alert.event['vb365.alert.group'] ?? '') } };
  }

  /** What the watermark closes; then the rules about alerts, and what that closes. */
  function close(known: number | undefined, alerts: readonly Alert[]): void {
    for (const { rule, restore, event } of settling.due(watermarks.current('restore'))) settle(rule, restore, event);
    closePlans(false, known);
    if (ruleSet.hasAlertRules) {
      for (const alert of [...alerts, ...raised].filter(isSeenByAlertRules)) judgeAlert(alert);
      closePlans(true, known);
      alertWatermark = Math.max(alertWatermark, currentAlertWatermark());
    }
    watermarks.apply();
  }

  function settle(key: string, restore: string, event: Event): void {
    const rule = ruleSet.detections.get(key);
    if (rule === undefined || restores.verdictOf(restore, key) !== undefined) return;
    const time = Date.parse(event['@timestamp'] ?? '');
    const matched = match(event, tenant).flatMap((found) => ruleSet.detections.get(ruleKey(found)) ?? []);
    if (!matched.includes(rule)) return void restores.judge(restore, key, false);
    raiseSingle(rule, event, time);
    restores.judge(restore, key, true);
    const keys = keysOf(matched.filter(({ settleMs, isAlertLevel }) => settleMs === 0 && !isAlertLevel), restore);
    correlate(arrivalOf(event, time, event['vb365.tenant.id'] ?? ''), keys, ({ inputs }) => inputs.includes(key));
  }

  function closePlans(isAlertLevel: boolean, known: number | undefined): void {
    const fired = new Map<string, Arrival[]>();
    const marks = new Map<string, number>();
    for (const { plan, use, correlator } of running) {
      if (plan.isAlertLevel !== isAlertLevel) continue;
      takeInner(plan, use, correlator, fired);
      // Plans share few watermarks, and there are many plans.
      let mark = marks.get(plan.clock);
      if (mark === undefined) marks.set(plan.clock, mark = watermarkOf(plan));
      note(plan, use, correlator.advance(mark, known), fired);
    }
  }

  function watermarkOf(plan: Plan): number {
    return Math.min(...plan.streams.map((stream) => stream === 'alert' ? currentAlertWatermark() : watermarks.current(stream) - plan.lagMs));
  }

  function currentAlertWatermark(): number {
    return Math.min(...ruleSet.streams.map((stream) => watermarks.current(stream) - ruleSet.lagMs));
  }

  /** Alerts above informational that no rule about alerts has raised. */
  function isSeenByAlertRules({ rule, event }: Alert): boolean {
    const raiser = ruleSet.detections.get(rule) ?? ruleSet.plans.find(({ key }) => key === rule);
    return raiser !== undefined && !raiser.isAlertLevel && levelOf(raiser.rule) !== 'informational' && event['event.id'] !== undefined;
  }

  function judgeAlert({ event }: Alert): void {
    const time = Date.parse(event['@timestamp'] ?? '');
    const found = match(event, tenant).flatMap((rule) => ruleSet.detections.get(ruleKey(rule)) ?? []).filter((rule) => rule.isAlertLevel);
    order += 1;
    for (const rule of found) raiseSingle(rule, event, time);
    if (found.length > 0) correlate(arrivalOf(event, time, event['vb365.tenant.id'] ?? ''), new Set(found.map(({ key }) => key)), (plan) => plan.isAlertLevel);
  }
}

function isListField(name: string): boolean {
  return Object.hasOwn(fieldKinds, name) && fieldKinds[name as FieldName].isList;
}

function bitsOf(plan: Plan, isMatched: (input: string) => boolean): number {
  return plan.inputs.reduce((bits, input, index) => isMatched(input) ? bits | (1 << index) : bits, 0);
}
