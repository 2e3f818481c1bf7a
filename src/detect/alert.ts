/** An alert as an event (sigma.md 7.7, 8.4, 8.5; field-map.md 3 and 5). */
import { fieldKinds } from '../event-fields.ts';
import type { Event, FieldName, FieldValue } from '../event.ts';
import { maxAlertEvents } from '../limits.ts';
import type { Rule, RuleLevel } from '../sigma/rule.ts';
import { stableId } from '../text/hash.ts';
import { isoTime } from '../text/local-time.ts';
import { relate } from '../text/related.ts';
import type { Facts } from './entry.ts';
import { ruleKey } from './rule-identity.ts';
import { threatFields, type AttackNames } from './threat-fields.ts';

/** A rule that fired. */
export interface Alert {
  readonly event: Event;
  /** key of the rule: its id where it has one */
  readonly rule: string;
  /** the fields of `group-by` and their values; empty for single rules */
  readonly group: Readonly<Record<string, string>>;
  /** raised by a rule that sees all tenants: for the provider's own destinations and no others */
  readonly isForProvider: boolean;
}
export interface AlertOptions {
  readonly attack?: AttackNames;
  /** where a rule comes from */
  readonly rulesetOf: (rule: Rule) => string;
}
export interface AlertContent {
  readonly rule: Rule;
  readonly version: string;
  /** undefined: a rule that sees all tenants */
  readonly tenant: string | undefined;
  /** what the id is made of beside rule and tenant (8.4) */
  readonly identity: readonly (string | number)[];
  /** milliseconds */
  readonly time: number;
  readonly from: number;
  readonly until: number;
  readonly count: number;
  readonly spelling: readonly (readonly [name: string, value: string])[];
  readonly events: readonly string[];
  readonly facts: Facts;
  readonly isLate: boolean;
  readonly message: string;
}

const severities = { informational: [1, 5], low: [3, 21], medium: [5, 47], high: [7, 73], critical: [9, 99] } as const satisfies Readonly<Record<RuleLevel, readonly [number, number]>>;

/** The alert, with every field that alerts may carry; a field without a value is absent. */
export function buildAlert(content: AlertContent, { attack, rulesetOf }: AlertOptions): Alert {
  const { rule, tenant, time, from, until, spelling } = content;
  const level = levelOf(rule);
  const [severity, risk] = severities[level];
  const isForProvider = tenant === undefined;
  const shown = spelling.filter(([name]) => !isForProvider || !isContent(name));
  const group = shown.map(([, value]) => value).join(', ');
  const fields: Partial<Record<FieldName, FieldValue>> = {
    '@timestamp': isoTime(time), 'message': content.message, 'ecs.version': '9.4.0', 'event.kind': 'alert',
    'event.category': ['configuration'], 'event.type': ['info'], ...factFields(content.facts, isForProvider),
    'event.action': 'rule-matched', 'event.code': 'vb365.alert', 'event.severity': severity, 'event.risk_score': rule.vb365.risk ?? risk,
    'event.id': alertId(content), 'event.module': 'vb365_siem', 'event.dataset': 'vb365_siem.audit', 'event.start': isoTime(from), 'event.end': isoTime(until),
    'observer.vendor': 'Veeam', 'observer.product': 'Backup for Microsoft 365', 'observer.type': 'backup',
    'rule.id': ruleKey(rule), 'rule.name': rule.title, 'rule.version': content.version, 'rule.ruleset': rulesetOf(rule), ...threatFields(rule.tags, attack),
    'vb365.level': 'alert', 'vb365.schema.version': '1', 'vb365.severity': level, 'vb365.alert.count': content.count, 'vb365.alert.events': content.events.slice(0, maxAlertEvents),
  };
  if (rule.description !== undefined && rule.description !== '') fields['rule.description'] = rule.description;
  const family = familyOf(rule);
  if (family !== undefined) fields['rule.category'] = family;
  const [reference] = rule.references;
  if (reference !== undefined) fields['rule.reference'] = reference;
  if (tenant !== undefined && tenant !== '') fields['vb365.tenant.id'] = tenant;
  if (group !== '') fields['vb365.alert.group'] = group;
  if (content.isLate) fields['vb365.alert.late'] = true;
  relate(fields);
  return { event: fields as Event, rule: ruleKey(rule), group: Object.fromEntries(shown), isForProvider };
}

/** The id of an alert: of the rule and of what it matched, never of the clock or of the content of the rule. */
function alertId({ rule, tenant, identity }: Pick<AlertContent, 'rule' | 'tenant' | 'identity'>): string {
  return stableId('alert', ruleKey(rule), tenant ?? 'provider', tenant === undefined ? 1 : 0, ...identity);
}

/** A rule without a level is one that somebody meant to be seen. */
export function levelOf({ level }: Rule): RuleLevel {
  return level ?? 'medium';
}

/** `exfiltration` of the tag `vb365.exfiltration`: what rules about alerts tell them apart by. */
function familyOf({ tags }: Rule): string | undefined {
  return tags.find((tag) => tag.startsWith('vb365.'))?.slice('vb365.'.length);
}

/** Whether events of the level alert have this field. */
export function isAlertField(name: string): name is FieldName {
  return Object.hasOwn(fieldKinds, name) && /l/i.test(fieldKinds[name as FieldName].levels);
}

/** What a tenant's data is called and where it lies: nothing that a rule over all tenants may tell (8.5). */
export function isContent(name: string): boolean {
  return /^(?:file|email|log)\.|^vb365\.(?:item|health|change)\.|^(?:event\.(?:reason|original)|message|vb365\.(?:target\.path|owner\.url|session\.(?:name|scope)|restore\.items\.names|origin\.file|audit\.extra))$/.test(name);
}

function factFields(facts: Facts, isForProvider: boolean): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => isAlertField(name) && !(isForProvider && (isContent(name) || name === 'vb365.tenant.id'))));
}
