/** Days of a world on the clocks of its people. Day 0 is a Monday; no zone changes its clocks while such a world lasts. */
import { zoneOffsetAt } from '../text/zone.ts';
import type { Tenant, World } from './world.ts';

export const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Mondays in the months in which neither hemisphere changes its clocks. */
export const mondays: readonly number[] = [Date.UTC(2023, 4, 8), Date.UTC(2023, 5, 12), Date.UTC(2024, 4, 13), Date.UTC(2024, 5, 10), Date.UTC(2025, 4, 12), Date.UTC(2025, 5, 16)];

/** UTC milliseconds of a wall-clock time of a tenant. */
export function atLocal(world: World, tenant: Tenant, day: number, hour: number, minute = 0): number {
  const wallMs = world.firstMs + day * dayMs + (hour * 60 + minute) * minuteMs;
  return wallMs - zoneOffsetAt(tenant.zone.id, wallMs) * minuteMs;
}

export function isWorkday(day: number): boolean {
  return day % 7 < 5;
}
