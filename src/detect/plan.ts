/** A correlation as it is run: how it decides, what its steps are, how long it keeps what (sigma.md 7.2, 7.4, 7.5). */
import { maxGroupEntries } from '../limits.ts';
import type { Correlation, CorrelationBound, CorrelationRule } from '../sigma/rule.ts';
import { bitsOf, stepsOf, toBits, type BitExpression, type Steps } from './expression.ts';
import type { Stream } from './streams.ts';

/**
 * `arrival`: a further event can only make it true (A). `windows`: consecutive windows, judged when they are over (B). `negated`: what was found counts
 * only when something else did not happen (B).
 */
export type Mode = 'arrival' | 'windows' | 'negated';

export interface Method {
  readonly mode: Mode;
  readonly bounds: readonly CorrelationBound[];
  /** `temporal` with an expression */
  readonly expression?: BitExpression;
  /** rules that must match, and rules that must not */
  readonly positive: number;
  readonly negative: number;
  /** `temporal_ordered` */
  readonly steps?: Steps;
  /** how many of the steps a chain has; fewer than all with a map as condition */
  readonly chainLength: number;
}
export interface Plan extends Method {
  readonly rule: CorrelationRule;
  readonly key: string;
  readonly version: string;
  /** of the rule and of all that it refers to: state of another version is not taken over */
  readonly stateVersion: string;
  readonly correlation: Correlation;
  /** keys of the referenced rules; the first has bit 1 */
  readonly inputs: readonly string[];
  /** for each of them the fields of the group, in the order of `group-by` */
  readonly groupFields: readonly (readonly string[])[];
  readonly timespanMs: number;
  readonly suppressMs: number;
  readonly streams: readonly Stream[];
  /** plans of one clock have one watermark */
  readonly clock: string;
  /** how much later than their time events of its rules may come because they wait for revisions */
  readonly lagMs: number;
  readonly scope: 'tenant' | 'provider';
  readonly isAlertLevel: boolean;
  /** in instances of a tenant, in that of the provider */
  readonly raises: { readonly tenant: boolean; readonly provider: boolean };
  readonly feeds: { readonly tenant: boolean; readonly provider: boolean };
}

/** How a correlation decides; a text says why it cannot. */
export function methodOf(correlation: Correlation, bitOf: (name: string) => number): Method | string {
  const { type, rules } = correlation;
  if (type === 'temporal' || type === 'temporal_ordered') return temporalMethod(correlation, bitOf);
  const isRising = type === 'event_count' || type === 'value_count' || type === 'value_sum';
  const isCount = type === 'event_count' || type === 'value_count';
  if (isCount && correlation.bounds.some(({ operator, value }) => (operator === 'gt' || operator === 'gte' || operator === 'eq') && value > maxGroupEntries)) {
    return `its threshold is above the ${String(maxGroupEntries)} entries that are kept for a group`;
  }
  if (correlation.bounds.length === 0) return 'it has no condition';
  return { mode: isRising && correlation.bounds.every(isLower) ? 'arrival' : 'windows', bounds: correlation.bounds, positive: allOf(rules.length), negative: 0, chainLength: 0 };
}

function temporalMethod({ type, rules, bounds: stated, expression: written }: Correlation, bitOf: (name: string) => number): Method | string {
  const bounds: readonly CorrelationBound[] = stated.length > 0 || written !== undefined ? stated : [{ operator: 'gte', value: rules.length }];
  const expression = written === undefined ? undefined : toBits(written, bitOf);
  const positive = expression === undefined ? allOf(rules.length) : bitsOf(expression, false);
  const negative = expression === undefined ? 0 : bitsOf(expression, true);
  if (positive === 0) return 'its condition is true without any event';
  const mode = negative !== 0 ? 'negated' : bounds.every(isLower) ? 'arrival' : 'windows';
  if (type === 'temporal') return { mode, bounds, positive, negative, chainLength: 0, ...(expression === undefined ? {} : { expression }) };
  const steps = expression === undefined ? { wanted: rules.map((_, index) => 1 << index), barred: rules.map(() => 0), barredBefore: 0, barredAfter: 0 } : stepsOf(expression);
  if (steps === undefined) return 'steps of an ordered condition are names, names joined by or, or not and a name';
  const lengths = steps.wanted.map((_, index) => index + 1);
  const chainLength = expression !== undefined || mode === 'windows' ? steps.wanted.length : lengths.find((length) => meets(bounds, length));
  if (chainLength === undefined) return 'its threshold is above the number of its rules';
  return { mode, bounds, positive, negative, steps, chainLength };
}

/** Whether a value is within every bound. */
export function meets(bounds: readonly CorrelationBound[], value: number): boolean {
  return bounds.every(({ operator, value: bound }) => {
    if (operator === 'gt') return value > bound;
    if (operator === 'gte') return value >= bound;
    if (operator === 'lt') return value < bound;
    if (operator === 'lte') return value <= bound;
    return (value === bound) === (operator === 'eq');
  });
}

function isLower({ operator }: CorrelationBound): boolean {
  return operator === 'gt' || operator === 'gte';
}

function allOf(count: number): number {
  return count >= 32 ? -1 : (1 << count) - 1;
}
