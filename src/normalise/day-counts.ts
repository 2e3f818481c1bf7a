/** Lines of a file by day, and how many of them no template knows. */
import { maxDaysCounted } from '../limits.ts';

const dayMs = 86_400_000;

export interface DayCount { lines: number; unknown: number }
export interface DayCounts {
  add(ms: number, isUnknown: boolean): void;
  /** by days since 1970, UTC */
  readonly byDay: ReadonlyMap<number, Readonly<DayCount>>;
}

export function createDayCounts(): DayCounts {
  const byDay = new Map<number, DayCount>();
  let lastDay = Number.NaN;
  let last: DayCount = { lines: 0, unknown: 0 };
  return {
    byDay,
    add(ms, isUnknown) {
      const day = Math.floor(ms / dayMs);
      if (day !== lastDay) {
        lastDay = day;
        last = byDay.get(day) ?? { lines: 0, unknown: 0 };
        if (byDay.size < maxDaysCounted) byDay.set(day, last);
      }
      last.lines += 1;
      if (isUnknown) last.unknown += 1;
    },
  };
}
