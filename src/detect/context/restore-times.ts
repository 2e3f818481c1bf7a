/** When a restore began, as far as that is certain: facts about hours are left out where a clock or a zone is not known. */
import type { Event } from '../../event.ts';

const hourMs = 3_600_000;

/** UTC milliseconds of the start; undefined without one, and where day and month are open. */
export function startOf(restore: Event): number | undefined {
  return hasGap(restore, 'time-ambiguous') ? undefined : readTime(restore['event.start'] ?? restore['@timestamp']);
}

/** The same, only where it is right to the minute: not with an unknown offset, nor by a clock that is known to be wrong. */
export function exactStartOf(restore: Event): number | undefined {
  const isByWrongClock = hasGap(restore, 'clock-skew') && restore['vb365.restore.sources']?.includes('rest_api') !== true;
  return hasGap(restore, 'offset-unknown') || isByWrongClock ? undefined : startOf(restore);
}

/** Whole hours between the opened restore point and the start. Undefined when one is not known, and for a restore point of the future: one of the clocks is wrong. */
export function restorePointAge(restore: Event): number | undefined {
  const start = exactStartOf(restore);
  const point = readTime(restore['vb365.session.restore_point']);
  return start === undefined || point === undefined || point > start ? undefined : Math.floor((start - point) / hourMs);
}

function hasGap(restore: Event, code: string): boolean {
  return restore['vb365.attribution.gaps']?.includes(code) === true;
}

function readTime(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
