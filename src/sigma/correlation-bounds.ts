/** Thresholds of correlations taken together. */
import type { CorrelationBound } from './rule.ts';

/** Whether a value satisfies every bound. */
export function satisfiesBounds(bounds: readonly CorrelationBound[], value: number): boolean {
  return bounds.every((bound) => {
    switch (bound.operator) {
      case 'gt': return value > bound.value;
      case 'gte': return value >= bound.value;
      case 'lt': return value < bound.value;
      case 'lte': return value <= bound.value;
      case 'eq': return value === bound.value;
      case 'neq': return value !== bound.value;
    }
  });
}

/**
 * Why no value can satisfy the bounds; undefined when one can. Between the thresholds and beside each of them lies every value that makes a difference.
 * @param isCount values are whole numbers from 0
 */
export function contradiction(bounds: readonly CorrelationBound[], isCount: boolean): string | undefined {
  if (bounds.length === 0) return undefined;
  const thresholds = bounds.map(({ value }) => value).sort((a, b) => a - b);
  const [low = 0, high = 0] = [thresholds[0], thresholds.at(-1)];
  const candidates = isCount
    ? thresholds.flatMap((value) => [value - 2, value - 1, value, value + 1, value + 2]).filter((value) => value >= 0)
    : [Number.NEGATIVE_INFINITY, ...thresholds, low / 2 + high / 2, Number.POSITIVE_INFINITY];
  if (candidates.some((value) => satisfiesBounds(bounds, value))) return undefined;
  return `no ${isCount ? 'count' : 'value'} can be ${bounds.map(({ operator, value }) => `${operator} ${value}`).join(' and ')}`;
}
