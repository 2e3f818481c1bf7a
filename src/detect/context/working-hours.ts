/** Working hours of a tenant: a wall clock in a zone, so a change of the clocks moves them in UTC and not for the people. */
import { isoTime } from '../../text/local-time.ts';
import { zoneOffsetAt } from '../../text/zone.ts';
import type { HoursSettings } from './settings.ts';

const dayMs = 86_400_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export interface LocalTime {
  /** 0 to 23 in the zone */
  readonly hour: number;
  /** outside working hours; absent without any hours */
  readonly isOffHours?: boolean;
}

/**
 * @param zone IANA zone of the tenant; that of the hours comes first
 * @returns the local time of UTC milliseconds; undefined when no zone is known
 */
export function compileHours(hours: HoursSettings | undefined, zone: string | undefined): ((ms: number) => LocalTime) | undefined {
  const place = hours?.timezone ?? zone;
  if (place === undefined) return undefined;
  const isWorking = hours === undefined ? undefined : workingTime(hours);
  return (ms) => {
    const localMs = ms + zoneOffsetAt(place, ms) * 60_000;
    const hour = new Date(localMs).getUTCHours();
    return isWorking === undefined ? { hour } : { hour, isOffHours: !isWorking(localMs) };
  };
}

/** A window over midnight belongs to the day on which it begins: the early hours of Saturday are Friday's shift. */
function workingTime({ days, from, to, holidays }: HoursSettings): (localMs: number) => boolean {
  const [first, last] = [minuteOf(from), minuteOf(to)];
  const free = new Set(holidays);
  const worksOn = (localMs: number): boolean => days.includes(weekdays[new Date(localMs).getUTCDay()] ?? '') && !free.has(isoTime(localMs).slice(0, 10));
  return (localMs) => {
    const at = new Date(localMs);
    const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
    if (first <= last) return minute >= first && minute <= last && worksOn(localMs);
    return (minute >= first && worksOn(localMs)) || (minute <= last && worksOn(localMs - dayMs));
  };
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
