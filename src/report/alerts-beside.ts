/** Which rules judged which restores: alerts name the events behind them. */
import type { Event } from '../event.ts';
import { addTo } from '../text/add-to.ts';

export interface RaisedRule {
  readonly id: string;
  /** title of the rule */
  readonly name: string;
  readonly level: string;
  /** what the alert says */
  readonly message: string;
}
export interface AlertsBeside {
  /** The rules that restores met, each once, the gravest first. */
  of(restores: readonly Event[]): readonly RaisedRule[];
  /** How many alerts there are by level, the gravest first. */
  readonly counts: readonly (readonly [level: string, count: number])[];
  /** Alerts that rest on nothing but other things than restores: settings, sign-ins, health. */
  readonly apart: readonly RaisedRule[];
}

const levels: readonly string[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** @param restores all that were read: alerts on none of them stand apart */
export function alertsBeside(alerts: readonly Event[], restores: readonly Event[]): AlertsBeside {
  const byEvent = new Map<string, RaisedRule>();
  const rulesOf = new Map<string, RaisedRule[]>();
  const known = new Set(restores.map((restore) => restore['event.id']));
  const apart: RaisedRule[] = [];
  for (const alert of alerts) {
    const rule = { id: alert['rule.id'] ?? '', name: alert['rule.name'] ?? '', level: alert['vb365.severity'] ?? 'medium', message: alert['message'] ?? '' };
    const events = (alert['vb365.alert.events'] ?? []).filter((id) => known.has(id));
    for (const id of events) addTo(rulesOf, id, rule);
    if (events.length === 0) apart.push(rule);
    byEvent.set(alert['event.id'] ?? '', rule);
  }
  const grave = (rules: Iterable<RaisedRule>): RaisedRule[] => [...new Map([...rules].map((rule) => [rule.id, rule])).values()].sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || (a.name < b.name ? -1 : 1));
  return {
    of: (list) => grave(list.flatMap((restore) => rulesOf.get(restore['event.id'] ?? '') ?? [])),
    counts: levels.map((level) => [level, [...byEvent.values()].filter((rule) => rule.level === level).length] as const).filter(([, count]) => count > 0),
    apart: grave(apart),
  };
}

/** `high: Backup data of many owners …` */
export function ruleText({ level, name }: RaisedRule): string {
  return `${level}: ${name}`;
}
