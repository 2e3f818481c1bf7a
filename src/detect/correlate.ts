/**
 * One correlation in one tenant (or over all of them): its groups, what they keep and for how long (sigma.md 7.3, 7.6, 8.3). Knows no rules and raises no
 * alerts: what goes in are events that matched, what comes out are firings.
 */
import type { Event } from '../event.ts';
import { factsOf } from './common-facts.ts';
import { anchor, closeWindows, nextClosing, openWindows } from './closing-windows.ts';
import type { Count } from './counts.ts';
import { insertEntry, type Entry } from './entry.ts';
import { dropOldest, type Firing, type Group } from './group.ts';
import { countedOf, groupsOf, type GroupMatch } from './groups.ts';
import { decideNegated } from './negated-terms.ts';
import { fireOnArrival } from './on-arrival.ts';
import { oldestKeyOf } from './oldest-key.ts';
import type { Plan } from './plan.ts';
import { createTimeQueue } from './time-queue.ts';
import type { DetectLimits } from './detect-limits.ts';

export interface Arrival {
  readonly event: Event;
  readonly key: string;
  /** `event.id`s that stand for it */
  readonly events: readonly string[];
  readonly time: number;
  readonly order: number;
  readonly tenant: string;
  /** bits of the referenced rules that it matched */
  readonly rules: number;
  /** set when it is late: whose lane it goes to */
  readonly lateSource?: string;
}
export interface Correlator {
  /** An event that matched. What it replaces, by its key, goes; what it brings about is returned. */
  take(arrival: Arrival): readonly Firing[];
  /** The restore of this key matches no longer. */
  withdraw(key: string): void;
  /** Everything up to the watermark has been read. `known`: the input has ended, see `closeWindows`. */
  advance(watermark: number, known?: number): readonly Firing[];
  /** The source is up to date again. */
  dropLate(source: string): void;
  /** A tenant is there: the one group of a correlation without `group-by` begins with its first event, whatever that is. */
  expect(tenant: string, time: number, event: Event): void;
  save(): SavedCorrelation;
}
export interface SavedCorrelation { readonly groups: readonly Group[]; readonly past: readonly string[]; readonly watermark?: number }

export interface CorrelatorOptions {
  readonly plan: Plan;
  /** of alerts; 0 for what an outer correlation sees */
  readonly suppressMs: number;
  readonly latenessMs: number;
  readonly absenceMemoryMs: number;
  readonly limits: DetectLimits;
  readonly count: Count;
  /** fields that entries keep beside those that every alert carries */
  readonly further: readonly string[];
}

/** @param saved what `save` gave; it must be of the same plan */
export function createCorrelator({ plan, suppressMs, latenessMs, absenceMemoryMs, limits, count, further }: CorrelatorOptions, saved?: SavedCorrelation): Correlator {
  const groups = new Map<string, Group>();
  const lateLanes = new Map<string, Set<string>>();
  /** lanes in which each entry lies */
  const places = new Map<string, readonly string[]>();
  const past = new Set<string>(saved?.past);
  const oldestPast = oldestKeyOf(() => past.keys());
  const due = createTimeQueue();
  const newest = createTimeQueue();
  let entries = 0;
  let watermark = saved?.watermark ?? -Infinity;
  const isOnlyGroup = plan.correlation.groupBy === undefined || plan.correlation.groupBy.length === 0;
  const memoryMs = isOnlyGroup ? Infinity : absenceMemoryMs;
  /** how long an entry may still be part of an undecided window */
  const keepMs = plan.mode === 'negated' ? 2 * plan.timespanMs : plan.timespanMs;
  for (const group of saved?.groups ?? []) restore(structuredClone(group));

  return {
    take(arrival) {
      const { event, rules, key, lateSource } = arrival;
      const replaced = remove(key);
      const lane = replaced === undefined ? lateSource : replaced.source;
      if (lane !== undefined && plan.mode !== 'arrival') {
        count('correlation_late_total', plan.key);
        return [];
      }
      const counted = countedOf(plan, event);
      if (counted === undefined) {
        count('correlation_value_missing_total', plan.key);
        return [];
      }
      const { groups: found, loss } = groupsOf(plan, event, rules, arrival.tenant);
      if (loss !== undefined) count(loss === 'missing' ? 'correlation_key_missing_total' : 'correlation_groups_exceeded_total', plan.key);
      const firings: Firing[] = [];
      for (const match of found) {
        // Its windows were decided when it was counted here.
        if (replaced === undefined && past.has(`${key} ${match.key}`)) continue;
        const isSamePlace = replaced?.entry.time === arrival.time;
        const group = groupOf(match, arrival.tenant, lane, arrival);
        firings.push(...add(group, {
          key, events: arrival.events, time: arrival.time, order: isSamePlace ? replaced.entry.order : arrival.order, rules: match.rules, ...counted,
          facts: factsOf(event, further, group.entries.at(-1)?.facts), ...(replaced?.entry.isSpent === true ? { isSpent: true } : {}),
        }));
      }
      return firings;
    },
    withdraw: (key) => void remove(key),
    advance(time, known) {
      if (time <= watermark) return [];
      watermark = time;
      const firings: Firing[] = [];
      for (let next = due.first(); next !== undefined && next.time <= time; next = due.first()) {
        const group = groups.get(next.key);
        if (group === undefined) due.delete(next.key);
        else firings.push(...settle(next.key, group, known));
      }
      return firings.sort((a, b) => a.time - b.time || (a.group.key < b.group.key ? -1 : a.group.key > b.group.key ? 1 : 0));
    },
    dropLate(source) {
      for (const lane of lateLanes.get(source) ?? []) forget(lane);
    },
    expect(tenant, time, event) {
      if (plan.mode !== 'windows' || !isOnlyGroup) return;
      const key = JSON.stringify([plan.scope === 'provider' ? '' : tenant]);
      if (groups.has(laneOf(key, undefined))) return;
      const group: Group = { key, tenant: plan.scope === 'provider' ? '' : tenant, spelling: [], entries: [], newest: time, isCut: false, fired: [], windows: openWindows(time, { events: idsOf(event), facts: {} }) };
      enter(group);
      schedule(laneOf(key, undefined), group);
    },
    save: () => ({ groups: [...groups.values()].map(withoutTail), past: [...past], ...(Number.isFinite(watermark) ? { watermark } : {}) }),
  };

  function restore(group: Group): void {
    enter(group);
    const lane = laneOf(group.key, group.source);
    entries += group.entries.length;
    for (const { key } of group.entries) places.set(key, [...places.get(key) ?? [], lane]);
    schedule(lane, group);
    for (const entry of group.entries) scheduleEntry(lane, group, entry);
  }

  function groupOf(match: GroupMatch, tenant: string, source: string | undefined, { time, events }: Arrival): Group {
    const lane = laneOf(match.key, source);
    const known = groups.get(lane);
    if (known !== undefined) return known;
    const group: Group = {
      key: match.key, tenant: plan.scope === 'provider' ? '' : tenant, spelling: match.spelling, entries: [], newest: time, isCut: false, fired: [],
      ...(source === undefined ? {} : { source }), ...(plan.mode === 'windows' ? { windows: openWindows(time, { events, facts: {} }) } : {}),
    };
    enter(group);
    while (groups.size > limits.groups) evict();
    return group;
  }

  function enter(group: Group): void {
    const lane = laneOf(group.key, group.source);
    groups.set(lane, group);
    newest.set(lane, group.newest);
    if (group.source !== undefined) lateLanes.set(group.source, (lateLanes.get(group.source) ?? new Set()).add(lane));
  }

  function add(group: Group, entry: Entry): readonly Firing[] {
    const lane = laneOf(group.key, group.source);
    // Too many groups, and this one is the oldest of them.
    if (groups.get(lane) !== group) return [];
    if (group.windows?.isAnchored === true && entry.time < group.windows.start) return [];
    if (group.windows !== undefined) anchor(group.windows, entry.time);
    if (entry.time > group.newest) {
      group.newest = entry.time;
      newest.set(lane, entry.time);
    }
    // What is carried of the window that ends with the newest entry is kept right only while the new one is not among them.
    prune(group, lane);
    if (entry.time <= oldestKept(group)) return [];
    while (group.entries.length >= limits.entries) {
      drop(group, lane, 1);
      group.isCut = true;
      count('correlation_entries_dropped_total', plan.key);
    }
    const place = insertEntry(group.entries, entry);
    if (place < group.entries.length - 1) group.tail = undefined;
    entries += 1;
    places.set(entry.key, [...places.get(entry.key) ?? [], lane]);
    while (entries > limits.allEntries && groups.size > 1) evict();
    if (groups.get(lane) !== group) return [];
    const firing = plan.mode === 'arrival' && entry.isSpent !== true ? fireOnArrival(plan, group, place, suppressMs) : undefined;
    scheduleEntry(lane, group, entry);
    return firing === undefined ? [] : [firing];
  }

  /** Entries up to here are in no undecided window. A late lane has its own time; windows that follow each other are emptied when they are judged. */
  function oldestKept(group: Group): number {
    if (group.windows !== undefined) return -Infinity;
    return group.source === undefined ? watermark - keepMs : group.newest - latenessMs - 2 * plan.timespanMs;
  }

  function prune(group: Group, lane: string): void {
    const upTo = oldestKept(group);
    let old = 0;
    while (old < group.entries.length && (group.entries[old]?.time ?? Infinity) <= upTo) old += 1;
    if (group.fired.length > 0) group.fired = group.fired.filter((time) => time > upTo - suppressMs).slice(-limits.firings);
    if (old > 0) drop(group, lane, old);
  }

  function drop(group: Group, lane: string, number: number): void {
    for (const entry of dropOldest(group, number)) release(entry, group, lane);
  }

  function release(entry: Entry, group: Group, lane: string): void {
    entries -= 1;
    const left = places.get(entry.key)?.filter((place) => place !== lane) ?? [];
    if (left.length > 0) places.set(entry.key, left);
    else places.delete(entry.key);
    if (!entry.key.startsWith('r:')) return;
    past.add(`${entry.key} ${group.key}`);
    if (past.size > limits.pastRestores) past.delete(oldestPast() ?? '');
  }

  /** Takes an entry out of all its groups, as if it had never come; its lane and its place are inherited. */
  function remove(key: string): { readonly entry: Entry; readonly source: string | undefined } | undefined {
    let removed: { readonly entry: Entry; readonly source: string | undefined } | undefined;
    for (const lane of places.get(key) ?? []) {
      const group = groups.get(lane);
      const at = group?.entries.findLastIndex((entry) => entry.key === key) ?? -1;
      const entry = group?.entries[at];
      if (group === undefined || entry === undefined) continue;
      group.entries.splice(at, 1);
      group.tail = undefined;
      entries -= 1;
      removed = { entry, source: group.source };
    }
    places.delete(key);
    return removed;
  }

  /** What is due in a group: decisions, or that nothing needs it any longer. */
  function settle(lane: string, group: Group, known: number | undefined): readonly Firing[] {
    if (group.windows !== undefined) {
      const { firings, judged, isForgotten } = closeWindows(plan, group, group.windows, { watermark, memoryMs, ...(known === undefined ? {} : { known }) });
      for (const entry of judged) release(entry, group, lane);
      if (isForgotten || known !== undefined) forget(lane);
      else schedule(lane, group);
      return firings;
    }
    const decided = plan.mode === 'negated' ? decideNegated(plan, group, watermark) : undefined;
    prune(group, lane);
    if (decided?.due !== undefined) due.set(lane, decided.due);
    else if (watermark >= endOf(group)) forget(lane);
    else due.set(lane, endOf(group));
    return decided?.firings ?? [];
  }

  /** from here on nothing in the group can matter */
  function endOf(group: Group): number {
    return group.newest + keepMs + suppressMs;
  }

  function schedule(lane: string, group: Group): void {
    if (group.source !== undefined) return;
    if (group.windows !== undefined) due.set(lane, nextClosing(plan, group, group.windows, memoryMs));
    else due.set(lane, endOf(group));
  }

  function scheduleEntry(lane: string, group: Group, { rules, time }: Entry): void {
    if (plan.mode !== 'negated') schedule(lane, group);
    else due.set(lane, Math.min(due.timeOf(lane) ?? Infinity, (rules & plan.positive) === 0 ? endOf(group) : time + plan.timespanMs));
  }

  function evict(): void {
    const oldest = newest.first();
    if (oldest === undefined) return;
    count('correlation_groups_dropped_total', plan.key);
    forget(oldest.key);
  }

  function forget(lane: string): void {
    const group = groups.get(lane);
    due.delete(lane);
    newest.delete(lane);
    groups.delete(lane);
    if (group === undefined) return;
    for (const entry of group.entries) release(entry, group, lane);
    if (group.source === undefined) return;
    const lanes = lateLanes.get(group.source);
    lanes?.delete(lane);
    if (lanes?.size === 0) lateLanes.delete(group.source);
  }
}

function withoutTail(group: Group): Group {
  const saved = { ...group };
  delete saved.tail;
  return saved;
}

function laneOf(group: string, source: string | undefined): string {
  return source === undefined ? group : `${source} ${group}`;
}

function idsOf(event: Event): readonly string[] {
  return event['event.id'] === undefined ? [] : [event['event.id']];
}
