/** Rules and events of tests about the stream. A detection rule matches the events of its log source whose `event.reason` names it. */
import type { Event } from '../../src/event.ts';
import type { Alert } from '../../src/detect/alert.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/detect/engine.ts';
import type { MatchRules } from '../../src/detect/instance.ts';
import type { Correlation, CorrelationExpression, CorrelationRule, DetectionRule, Rule, RuleHead } from '../../src/sigma/rule.ts';
import { stableId } from '../../src/text/hash.ts';

/** Monday, 2026-01-05 09:00 UTC */
export const start: number = Date.UTC(2026, 0, 5, 9);
export const second = 1_000;
export const minute: number = 60 * second;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;

const head = (name: string): Omit<RuleHead, 'level'> => ({
  title: `Rule ${name}`, id: stableId('rule', name), name, references: [], related: [], fields: [], falsepositives: [], tags: [], scope: [], vb365: {}, custom: {}, file: `${name}.yml`, document: 0,
  position: { line: 1, column: 1 },
});
const position = { line: 1, column: 1 };

/** Informational, so that it only feeds correlations, unless told otherwise. */
export function detection(name: string, more: Partial<DetectionRule> = {}, service = 'restore'): DetectionRule {
  return { ...head(name), level: 'informational', kind: 'detection', logsource: { product: 'vb365', service, custom: {} }, detection: { searches: new Map(), condition: { kind: 'and', members: [] } }, ...more };
}

export function correlation(name: string, of: Partial<Correlation>, more: Partial<CorrelationRule> = {}): CorrelationRule {
  return {
    ...head(name), level: 'high', kind: 'correlation',
    correlation: { type: 'event_count', rules: ['a'], groupBy: ['user.name'], timespanMs: minute, aliases: new Map(), bounds: [], countedFields: [], generate: false, ...of }, ...more,
  };
}

export const rule = (name: string): CorrelationExpression => ({ kind: 'rule', name });
export const not = (member: CorrelationExpression): CorrelationExpression => ({ kind: 'not', member });
export const and = (...members: readonly CorrelationExpression[]): CorrelationExpression => ({ kind: 'and', members });
export const or = (...members: readonly CorrelationExpression[]): CorrelationExpression => ({ kind: 'or', members });
/** what a reader puts where a condition nests */
export { position };

let number = 0;

/** A restore of tenant t1 by ann at so many milliseconds after the start, each one another restore, matched by the rules named. */
export function event(at: number, matches: string, more: Event = {}): Event {
  number += 1;
  const id = more['vb365.restore.id'] ?? `restore ${String(number)}`;
  const time = new Date(start + at).toISOString();
  return {
    '@timestamp': time, 'message': `ann did ${matches}`, 'event.id': stableId('event', id, more['vb365.restore.revision'] ?? 1), 'event.category': ['email'], 'event.type': ['info'], 'event.reason': matches,
    'user.name': 'ann', 'vb365.level': 'restore', 'vb365.tenant.id': 't1', 'vb365.restore.id': id, 'vb365.restore.revision': 1, ...more,
  };
}

/** An activity of an Explorer log. */
export function activity(at: number, matches: string, more: Event = {}): Event {
  const { 'vb365.restore.id': id = '', 'vb365.restore.revision': revision, ...rest } = event(at, matches, more);
  return { ...rest, 'event.id': stableId('activity', id, revision ?? 1), 'vb365.level': 'activity', 'vb365.origin.kind': 'explorer_log', 'vb365.origin.source': 'cli' };
}

/** An event without one of its fields. */
export function without(given: Event, name: keyof Event): Event {
  return Object.fromEntries(Object.entries(given).filter(([field]) => field !== name));
}

const levels: Readonly<Record<string, (of: Event) => boolean>> = {
  restore: (of) => of['vb365.level'] === 'restore', explorer: (of) => of['vb365.origin.kind'] === 'explorer_log', audit_mail: (of) => of['vb365.origin.kind'] === 'audit_mail',
  alert: (of) => of['vb365.level'] === 'alert', health: (of) => of['vb365.level'] === 'health',
};

/** Rules about alerts match those whose rule has the name that stands in their description. */
export function matcherOf(rules: readonly Rule[]): MatchRules {
  const detections = rules.filter((candidate) => candidate.kind === 'detection').sort((a, b) => (a.id ?? '') < (b.id ?? '') ? -1 : 1);
  return (of) => detections.filter(({ name, logsource, description }) => levels[logsource.service ?? '']?.(of) === true
    && (logsource.service === 'alert' ? of['rule.name'] === `Rule ${description ?? ''}` : of['event.reason']?.split(' ').includes(name ?? '') === true));
}

/** Without lateness, so that the watermark is the newest event. */
export function engineOf(rules: readonly Rule[], more: Partial<EngineOptions> = {}): Engine {
  return createEngine({ rules, match: matcherOf(rules), latenessMs: 0, ...more });
}

export interface Row { readonly rule: string; readonly at: number; readonly group?: string; readonly count: number; readonly late?: true; readonly tenant?: string }

/** What a person writes down of an alert: the name of its rule, when it fired after the start, its group and how many events it is about. */
export function rowOf({ event: of }: Alert): Row {
  const tenant = of['vb365.tenant.id'];
  return {
    rule: of['rule.name']?.replace(/^Rule /, '') ?? '', at: Date.parse(of['@timestamp'] ?? '') - start, ...(of['vb365.alert.group'] === undefined ? {} : { group: of['vb365.alert.group'] }),
    count: of['vb365.alert.count'] ?? 0, ...(of['vb365.alert.late'] === true ? { late: true as const } : {}), ...(tenant === undefined || tenant === 't1' ? {} : { tenant }),
  };
}

/** Everything that a stream raises; a number is a time up to which everything has been read. */
export function alertsOf(rules: readonly Rule[], stream: readonly (Event | number)[], more: Partial<EngineOptions> = {}): readonly Alert[] {
  const engine = engineOf(rules, more);
  return [...stream.flatMap((step) => typeof step === 'number' ? engine.advance(start + step) : engine.feed(step)), ...engine.close()];
}
