/** Alerts of a past by rule: how many, how often a week, about whom. */
import { levelOf } from '../detect/alert.ts';
import { ruleKey } from '../detect/rule-identity.ts';
import type { Event } from '../event.ts';
import type { Rule } from '../sigma/rule.ts';
import { isoTime } from '../text/local-time.ts';
import { counted } from './parsers-command.ts';
import { paragraph, plainTable } from './parsers-table.ts';

export interface BacktestReport {
  /** of everything that was read, cut to the period that was asked for; absent when nothing had a time */
  readonly from?: string;
  readonly until?: string;
  /** length of that in weeks, at least one */
  readonly weeks: number;
  readonly restores: number;
  readonly alerts: number;
  /** those that fired, the loudest first */
  readonly rules: readonly RuleBacktest[];
  /** names of those that did not */
  readonly silent: readonly string[];
}
export interface RuleBacktest {
  readonly name: string;
  readonly id: string;
  readonly level: string;
  readonly alerts: number;
  readonly perWeek: number;
  /** alerts by ISO week (UTC), in their order */
  readonly byWeek: Readonly<Record<string, number>>;
  readonly tenants: readonly Share[];
  readonly groups: readonly Share[];
  readonly operators: readonly Share[];
  readonly owners: readonly Share[];
}
export interface Share { readonly name: string; readonly alerts: number }

const weekMs = 7 * 86_400_000;

/** @param span milliseconds of the first and last record that was read */
export function backtestReport(rules: readonly Rule[], alerts: readonly Event[], restores: number, span: { readonly from: number; readonly until: number } | undefined): BacktestReport {
  const byRule = new Map<string, Event[]>();
  for (const alert of alerts) {
    const key = alert['rule.id'] ?? '';
    const known = byRule.get(key);
    if (known === undefined) byRule.set(key, [alert]);
    else known.push(alert);
  }
  const weeks = span === undefined ? 1 : Math.max(1, (span.until - span.from) / weekMs);
  const judged = rules.filter(({ kind }) => kind !== 'filter');
  const fired = judged.flatMap((rule): readonly RuleBacktest[] => {
    const own = byRule.get(ruleKey(rule)) ?? [];
    if (own.length === 0) return [];
    return [{
      name: rule.name ?? rule.title, id: ruleKey(rule), level: levelOf(rule), alerts: own.length, perWeek: Math.round(100 * own.length / weeks) / 100, byWeek: countsOf(own, ({ '@timestamp': at }) => at === undefined ? undefined : isoWeek(Date.parse(at))),
      tenants: shares(own, (alert) => alert['vb365.tenant.id']), groups: shares(own, (alert) => alert['vb365.alert.group']),
      operators: shares(own, (alert) => alert['user.email'] ?? alert['user.name']), owners: shares(own, (alert) => alert['user.target.email'] ?? alert['vb365.owner.name']),
    }];
  });
  const names = new Set(fired.map(({ id }) => id));
  return {
    ...(span === undefined ? {} : { from: isoTime(span.from), until: isoTime(span.until) }), weeks: Math.round(100 * weeks) / 100, restores, alerts: fired.reduce((sum, { alerts: own }) => sum + own, 0),
    rules: fired.sort((a, b) => b.alerts - a.alerts || (a.name < b.name ? -1 : 1)), silent: judged.filter((rule) => !names.has(ruleKey(rule)) && levelOf(rule) !== 'informational').map(({ name, title }) => name ?? title),
  };
}

/** `2026-W01`: weeks begin on Monday, and the first one of a year is that of its first Thursday (ISO 8601). */
export function isoWeek(ms: number): string {
  const day = 86_400_000;
  const weekday = (new Date(ms).getUTCDay() + 6) % 7;
  const thursday = new Date(ms + (3 - weekday) * day);
  const year = thursday.getUTCFullYear();
  return `${String(year)}-W${String(Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / weekMs) + 1).padStart(2, '0')}`;
}

function countsOf(alerts: readonly Event[], nameOf: (alert: Event) => string | undefined): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of alerts.map(nameOf)) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a < b ? -1 : 1));
}

function shares(alerts: readonly Event[], nameOf: (alert: Event) => string | undefined): readonly Share[] {
  return Object.entries(countsOf(alerts, nameOf)).map(([name, count]) => ({ name, alerts: count })).sort((a, b) => b.alerts - a.alerts || (a.name < b.name ? -1 : 1)).slice(0, 5);
}

/** A table with one line for each rule that fired. Ends with a line feed. */
export function backtestText({ from, until, weeks, restores, alerts, rules, silent }: BacktestReport, width: number): string {
  const shown = (list: readonly Share[]): string => list.slice(0, 3).map(({ name, alerts: count }) => `${name} (${count})`).join(', ');
  const busiest = ({ byWeek }: RuleBacktest): string => {
    const [first] = Object.entries(byWeek).sort(([, a], [, b]) => b - a);
    return first === undefined ? '' : `${first[0]} (${first[1]})`;
  };
  return [
    rules.length === 0 ? '' : `${plainTable(
      [{ title: 'Alerts', min: 6, isNumber: true }, { title: 'Per week', min: 8, isNumber: true }, { title: 'Busiest', min: 8 }, { title: 'Level', min: 6 }, { title: 'Rule', min: 24 }, { title: 'Operators', min: 12 }, { title: 'Owners', min: 12 }, { title: 'Groups', min: 12 }],
      rules.map((rule) => [String(rule.alerts), rule.perWeek.toFixed(2), busiest(rule), rule.level, rule.name, shown(rule.operators), shown(rule.owners), shown(rule.groups)]), ['Groups', 'Busiest', 'Owners', 'Operators'], width)}\n`,
    paragraph(`${counted(alerts, 'alert')} of ${counted(rules.length, 'rule')} over ${counted(restores, 'restore')}${from === undefined || until === undefined ? '' : `, ${from.slice(0, 10)} to ${until.slice(0, 10)} (${weeks.toFixed(1)} weeks)`}; ${counted(silent.length, 'rule')} silent.`, width),
  ].join('');
}
