/** The custom attribute `vb365`: how a rule behaves on the stream. */
import { maxTimespanMs } from '../limits.ts';
import { booleanOf, choiceOf, entryOf, formOf, mapOf, refuseOthers, textOf, textsOf, type Attributes } from './attributes.ts';
import { readDuration } from './read-duration.ts';
import type { Rule, RuleSettings } from './rule.ts';

const keysOf: Readonly<Record<Rule['kind'], readonly string[]>> = {
  detection: ['suppress', 'suppress_by', 'settle', 'scope', 'risk'],
  correlation: ['suppress', 'scope', 'risk'],
  filter: ['keeps_only'],
};

/** The settings of a rule of a kind; keys of another kind are errors, and so are unknown ones. */
export function readSettings(head: Attributes, kind: Rule['kind']): RuleSettings {
  const attributes = mapOf(head, 'vb365');
  if (attributes === undefined) return {};
  refuseOthers(attributes, keysOf[kind]);
  const suppressMs = durationOf(attributes, 'suppress');
  const settleMs = durationOf(attributes, 'settle');
  const scope = choiceOf(attributes, 'scope', ['tenant', 'provider']);
  const risk = riskOf(attributes);
  const keepsOnly = booleanOf(attributes, 'keeps_only');
  const suppressBy = textsOf(attributes, 'suppress_by', 'list-or-text');
  if (suppressBy.length > 0 && entryOf(attributes, 'suppress') === undefined) attributes.report('RULE_SUPPRESS_USELESS', entryOf(attributes, 'suppress_by')?.key.at ?? attributes.map.at, 'suppress_by has no effect without suppress', 'add suppress: with a time');
  return {
    ...suppressMs === undefined ? {} : { suppressMs }, ...suppressBy.length === 0 ? {} : { suppressBy }, ...settleMs === undefined ? {} : { settleMs },
    ...scope === undefined ? {} : { scope }, ...risk === undefined ? {} : { risk }, ...keepsOnly === undefined ? {} : { keepsOnly },
  };
}

function durationOf(attributes: Attributes, key: string): number | undefined {
  const text = textOf(attributes, key, 'RULE_TIMESPAN');
  if (text === undefined) return undefined;
  const ms = readDuration(text);
  const at = entryOf(attributes, key)?.value.at ?? attributes.map.at;
  if (ms === undefined) attributes.report('RULE_TIMESPAN', at, `'${text.slice(0, 60)}' is no time`, 'write for example 30m, or 0s for none');
  else if (ms > maxTimespanMs) attributes.report('RULE_TIMESPAN', at, `${text} is longer than 30 days`);
  return ms;
}

function riskOf(attributes: Attributes): number | undefined {
  const value = entryOf(attributes, 'risk')?.value;
  if (value === undefined) return undefined;
  attributes.places.set('vb365.risk', { line: value.at.line, column: value.at.column });
  if (value.kind === 'scalar' && typeof value.value === 'number' && value.value >= 0 && value.value <= 100) return value.value;
  attributes.report('RULE_SCHEMA', value.at, `vb365.risk is ${formOf(value)}`, 'write a number from 0 to 100');
  return undefined;
}
