/**
 * Rules on the stream (sigma.md 7 and 8): events go in one by one, alerts come out. A pure function of what came before and of the event; clock and timers
 * are arguments. Each tenant has its own state and nothing of it reaches another; rules of scope `provider` have one state for all tenants, apart from theirs.
 */
import type { Event } from '../event.ts';
import { defaultAbsenceMemoryMs, defaultLatenessMs } from '../limits.ts';
import type { Rule } from '../sigma/rule.ts';
import type { Alert } from './alert.ts';
import { createCounts, type Counts } from './counts.ts';
import { detectLimits, type DetectLimits } from './detect-limits.ts';
import { createInstance, type Instance, type InstanceOptions, type MatchRules, type SavedInstance } from './instance.ts';
import { oldestKeyOf } from './oldest-key.ts';
import { prepareRules, type Refusal } from './rule-set.ts';
import type { AttackNames } from './threat-fields.ts';

export interface EngineOptions {
  /** detection rules with their filters applied, and correlations; filters themselves are left aside */
  readonly rules: readonly Rule[];
  readonly match: MatchRules;
  /** `rules.lateness` */
  readonly latenessMs?: number;
  /** how long attribution waits for evidence before it gives out a restore */
  readonly restoreWaitMs?: number;
  /** `rules.absence_memory` */
  readonly absenceMemoryMs?: number;
  /** `rules.emit_informational` */
  readonly emitsInformational?: boolean;
  readonly attack?: AttackNames;
  /** `rule.ruleset`; by default `vb365-siem` */
  readonly rulesetOf?: (rule: Rule) => string;
  readonly limits?: Partial<DetectLimits>;
  /** what `save` gave; correlations that have changed since begin anew */
  readonly state?: EngineState;
}
export interface Engine {
  /**
   * One event of level activity, restore or health; alerts are ignored. Restores may come in revisions, an older one than known changes nothing.
   * @param clock milliseconds, when events come as they happen: an event far ahead of it makes no other one late
   */
  feed(event: Event, clock?: number): readonly Alert[];
  /** All streams have been read up to a time; restores up to what attribution may still hold back. In a daemon: the clock less lateness and idle time. */
  advance(time: number): readonly Alert[];
  /** The input has ended: everything that is open is decided. Nothing is fed after it. */
  close(): readonly Alert[];
  /** The state as JSON. */
  save(): EngineState;
  /** What was given up because of a bound, or did not count. */
  counters(): ReturnType<Counts['list']>;
  /** Rules that cannot be run, each with the reason. */
  readonly refused: readonly Refusal[];
  /** Keys of correlations whose state was not taken over because they or rules they refer to have changed. */
  readonly reset: readonly string[];
}
export interface EngineState {
  readonly version: 1;
  readonly advanced?: number;
  readonly tenants: readonly (readonly [tenant: string, state: SavedInstance])[];
  readonly provider?: SavedInstance;
}

/** Nothing has happened yet, or what the state says. */
export function createEngine(options: EngineOptions): Engine {
  const { rules, match, state } = options;
  const ruleSet = prepareRules(rules, options.emitsInformational ?? false);
  const counts = createCounts();
  const limits = { ...detectLimits, ...options.limits };
  const shared: InstanceOptions = {
    ruleSet, match, limits, count: counts.count, latenessMs: options.latenessMs ?? defaultLatenessMs, restoreWaitMs: options.restoreWaitMs ?? 0,
    absenceMemoryMs: options.absenceMemoryMs ?? defaultAbsenceMemoryMs, rulesetOf: options.rulesetOf ?? (() => 'vb365-siem'), ...(options.attack === undefined ? {} : { attack: options.attack }),
  };
  let advanced = state?.advanced;
  const provider = ruleSet.hasProviderRules ? createInstance(undefined, shared, state?.provider) : undefined;
  const tenants = new Map<string, Instance>(state?.tenants.map(([tenant, saved]) => [tenant, createInstance(tenant, shared, saved)]));
  const oldestTenant = oldestKeyOf(() => tenants.keys());

  return {
    refused: ruleSet.refused,
    reset: resetBy(state),
    feed(event, clock) {
      const alerts = instanceOf(event['vb365.tenant.id'] ?? '').feed(event, clock);
      return [...alerts, ...provider?.feed(event, clock, alerts) ?? []];
    },
    advance(time) {
      if (time > (advanced ?? -Infinity) && time !== Infinity) advanced = time;
      return advanceAll(time);
    },
    close: () => advanceAll(Infinity),
    save: () => structuredClone({
      version: 1, ...(advanced === undefined ? {} : { advanced }), tenants: [...tenants].map(([tenant, instance]) => [tenant, instance.save()] as const),
      ...(provider === undefined ? {} : { provider: provider.save() }),
    }),
    counters: counts.list,
  };

  function advanceAll(time: number): readonly Alert[] {
    const alerts = [...tenants.values()].flatMap((instance) => instance.advance(time));
    return [...alerts, ...provider?.advance(time, alerts) ?? []];
  }

  /** The tenant that was heard of least recently goes when there are too many. */
  function instanceOf(tenant: string): Instance {
    const known = tenants.get(tenant);
    const instance = known ?? createInstance(tenant, shared);
    if (known === undefined && advanced !== undefined) instance.advance(advanced);
    tenants.delete(tenant);
    tenants.set(tenant, instance);
    if (tenants.size > limits.tenants) {
      tenants.delete(oldestTenant() ?? '');
      counts.count('tenants_dropped_total', '');
    }
    return instance;
  }

  function resetBy(saved: EngineState | undefined): readonly string[] {
    const versions = new Map(ruleSet.plans.map(({ key, stateVersion }) => [key, stateVersion]));
    const instances = [...saved?.tenants.map(([, instance]) => instance) ?? [], ...(saved?.provider === undefined ? [] : [saved.provider])];
    return [...new Set(instances.flatMap(({ correlations }) => correlations).filter(({ rule, version }) => versions.has(rule) && versions.get(rule) !== version).map(({ rule }) => rule))].sort();
  }
}
