/**
 * Rules over what is read once. Files come in any order, so what a rule has matched waits until everything is read and is then judged in the order of
 * time: the order of files changes no alert. What no rule matches is forgotten at once.
 */
import type { Event } from '../event.ts';
import { maxEventsForRules } from '../limits.ts';
import { applyFilters } from '../sigma/apply-filters.ts';
import type { Bindings } from '../sigma/placeholders.ts';
import { createRuleIndex } from '../sigma/rule-index.ts';
import type { DetectionRule, Rule } from '../sigma/rule.ts';
import { isGivenUp } from '../sigma/rule-status.ts';
import { createEngine, type EngineOptions } from './engine.ts';

export interface DetectionSettings extends Pick<EngineOptions, 'attack' | 'emitsInformational' | 'latenessMs' | 'absenceMemoryMs' | 'rulesetOf'> {
  /** filters among them */
  readonly rules: readonly Rule[];
  /** lists of a tenant over those of everybody; undefined: those of everybody */
  readonly bindingsOf: (tenant: string | undefined) => Bindings;
}
export interface Detection {
  /** One event of level activity, restore or health, in any order. */
  add(event: Event): void;
  /** Everything has been added. */
  finish(): readonly Event[];
  counters(): ReturnType<ReturnType<typeof createEngine>['counters']>;
}

export function createDetection({ rules: given, bindingsOf, ...options }: DetectionSettings): Detection {
  const rules = applyFilters(given);
  const index = createRuleIndex(rules.filter((rule) => rule.kind === 'detection').filter((rule) => !isGivenUp(rule)));
  const matched = new WeakMap<Event, { readonly ofTenant: readonly DetectionRule[]; readonly ofAll: readonly DetectionRule[] }>();
  const engine = createEngine({ rules, match: (event, tenant) => tenant === undefined ? matchesOf(event).ofAll : matchesOf(event).ofTenant, ...options });
  const alerts: Event[] = [];
  let waiting: Event[] = [];

  function matchesOf(event: Event): { readonly ofTenant: readonly DetectionRule[]; readonly ofAll: readonly DetectionRule[] } {
    let known = matched.get(event);
    if (known === undefined) {
      const [own, all] = [bindingsOf(event['vb365.tenant.id']), bindingsOf(undefined)];
      const ofTenant = index.match(event, own);
      known = { ofTenant, ofAll: own === all ? ofTenant : index.match(event, all) };
      matched.set(event, known);
    }
    return known;
  }

  function judge(events: readonly Event[]): void {
    for (const event of inOrder(events)) alerts.push(...engine.feed(event).map((alert) => alert.event));
  }

  return {
    add(event) {
      const { ofTenant, ofAll } = matchesOf(event);
      if (ofTenant.length + ofAll.length === 0) return;
      waiting.push(event);
      if (waiting.length < maxEventsForRules) return;
      const sorted = inOrder(waiting);
      judge(sorted.slice(0, maxEventsForRules / 2));
      waiting = sorted.slice(maxEventsForRules / 2);
    },
    finish() {
      judge(waiting);
      waiting = [];
      alerts.push(...engine.close().map(({ event }) => event));
      return inOrder(alerts);
    },
    counters: engine.counters,
  };
}

/** By time; what happened at one time by file and place, so that the order in which files were read changes nothing. */
function inOrder(events: readonly Event[]): Event[] {
  return [...events].sort((a, b) => compare(a['@timestamp'], b['@timestamp']) || compare(a['vb365.origin.file'], b['vb365.origin.file'])
    || (a['vb365.origin.offset'] ?? 0) - (b['vb365.origin.offset'] ?? 0) || compare(a['event.id'], b['event.id']));
}

function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}
