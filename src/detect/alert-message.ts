/** The sentence of an alert (sigma.md 7.7): the title of the rule, the value, the threshold, the window, the group. */
import type { CorrelationBound } from '../sigma/rule.ts';
import { sentence } from '../text/sentence.ts';
import type { Firing } from './group.ts';
import type { Plan } from './plan.ts';

/** What a single rule found; without the event's own sentence where that must not be told. */
export function singleMessage(title: string, found: string | undefined, heldBack: number): string {
  const more = heldBack === 0 ? '' : `; ${String(heldBack)} more ${heldBack === 1 ? 'match was' : 'matches were'} held back since the last alert`;
  return sentence(`${title}${found === undefined ? '' : `: ${found}`}${more}`);
}

/** What a correlation found. */
export function correlationMessage({ rule, correlation, bounds, timespanMs }: Plan, { group, value, entries }: Firing, shownGroup: string): string {
  const least = group.isCut ? 'at least ' : '';
  const wanted = bounds.map(boundText).join(' and ');
  const limit = wanted === '' ? '' : ` (${wanted})`;
  const field = correlation.countedFields.join(' with ');
  const number = value === undefined ? 'none' : String(value);
  const found = {
    event_count: `${least}${number} ${value === 1 ? 'event' : 'events'}${limit}`,
    value_count: `${least}${number} different ${field}${limit}`,
    value_sum: `sum of ${field} ${least}${number}${limit}`,
    value_avg: `mean of ${field} ${number}${limit}`,
    value_percentile: `percentile ${String(correlation.percentile ?? 50)} of ${field} ${number}${limit}`,
    temporal: `${String(entries.length)} ${entries.length === 1 ? 'event' : 'events'} of ${correlation.rules.join(', ')}${limit}`,
    temporal_ordered: `${correlation.rules.join(', ')} in this order${limit}`,
  }[correlation.type];
  return sentence(`${rule.title}: ${found} within ${spanText(timespanMs)}${shownGroup === '' ? '' : ` for ${shownGroup}`}`);
}

function boundText({ operator, value }: CorrelationBound): string {
  const bound = String(value);
  return { gt: `more than ${bound}`, gte: `${bound} or more`, lt: `less than ${bound}`, lte: `${bound} or less`, eq: `exactly ${bound}`, neq: `other than ${bound}` }[operator];
}

/** The largest unit in which it is a whole number. */
export function spanText(ms: number): string {
  for (const [unit, size] of [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000]] as const) if (ms % size === 0) return `${String(ms / size)} ${unit}`;
  return `${String(ms / 1000)} s`;
}
