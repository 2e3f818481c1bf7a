/** Offsets of IANA zones from the runtime's own data, cached by quarter hour (every known change falls on one). */

const caches = new Map<string, { readonly format: Intl.DateTimeFormat; readonly offsets: Map<number, number> }>();
const quarterHourMs = 900_000;

/** True when the runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Minutes east of UTC at a UTC instant. The zone must be known (`isZone`). */
export function zoneOffsetAt(zone: string, utcMs: number): number {
  let cache = caches.get(zone);
  if (cache === undefined) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    cache = { format, offsets: new Map() };
    caches.set(zone, cache);
  }
  const quarter = Math.floor(utcMs / quarterHourMs);
  const known = cache.offsets.get(quarter);
  if (known !== undefined) return known;
  const at = quarter * quarterHourMs;
  const part: Record<string, number> = {};
  for (const { type, value } of cache.format.formatToParts(at)) part[type] = Number(value);
  const local = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0, part['second'] ?? 0);
  const offset = Math.round((local - at) / 60_000);
  if (cache.offsets.size > 50_000) cache.offsets.clear();
  cache.offsets.set(quarter, offset);
  return offset;
}

/**
 * The offsets (minutes) a wall clock can have in a zone: one; two in the repeated hour, the earlier instant first; none in the hour that is
 * skipped in spring.
 */
export function zoneOffsets(zone: string, localMs: number): readonly number[] {
  // Neighbouring lines of a log fall into one quarter hour; an offset of whole quarter hours keeps the whole of it on one side of any change.
  const quarter = Math.floor(localMs / quarterHourMs);
  if (quarter === last.quarter && zone === last.zone) return last.offsets;
  const offsets = offsetsOf(zone, localMs);
  if (offsets.every((offset) => offset % 15 === 0)) last = { zone, quarter, offsets };
  return offsets;
}

let last: { readonly zone: string; readonly quarter: number; readonly offsets: readonly number[] } = { zone: '', quarter: Number.NaN, offsets: [] };

function offsetsOf(zone: string, localMs: number): readonly number[] {
  const around = new Set([zoneOffsetAt(zone, localMs - 86_400_000), zoneOffsetAt(zone, localMs + 86_400_000), zoneOffsetAt(zone, localMs)]);
  return [...around].filter((offset) => zoneOffsetAt(zone, localMs - offset * 60_000) === offset).sort((x, y) => y - x);
}
