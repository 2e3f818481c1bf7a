/** Offsets of IANA zones from the runtime's own data, which is slow to ask: the answer for a day is kept. */

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** by quarter hour: every known change falls on the begin of one */
  readonly offsets: Map<number, number>;
  /** by UTC day; undefined for a day on which the offset changes */
  readonly days: Map<number, number | undefined>;
}
const zones = new Map<string, Zone>();
const quarterHourMs = 900_000;
const dayMs = 86_400_000;

/** True when the runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return zoneOf(zone).format.resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Minutes east of UTC at a UTC instant. The zone must be known (`isZone`). */
export function zoneOffsetAt(zone: string, utcMs: number): number {
  const known = zoneOf(zone);
  const day = Math.floor(utcMs / dayMs);
  let offset = known.days.get(day);
  if (offset === undefined && !known.days.has(day)) {
    // No zone has changed twice within one day.
    const [first, next] = [offsetOfQuarter(known, day * dayMs), offsetOfQuarter(known, (day + 1) * dayMs)];
    offset = first === next ? first : undefined;
    if (known.days.size >= maxKept) known.days.clear();
    known.days.set(day, offset);
  }
  return offset ?? offsetOfQuarter(known, utcMs);
}
/** more days than logs of a century have */
const maxKept = 50_000;

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    zones.set(name, zone = { format, offsets: new Map(), days: new Map() });
  }
  return zone;
}

function offsetOfQuarter({ format, offsets }: Zone, utcMs: number): number {
  const quarter = Math.floor(utcMs / quarterHourMs);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const at = quarter * quarterHourMs;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const local = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0, part['second'] ?? 0);
  const offset = Math.round((local - at) / 60_000);
  if (offsets.size >= maxKept) offsets.clear();
  offsets.set(quarter, offset);
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
  const around = new Set([zoneOffsetAt(zone, localMs - dayMs), zoneOffsetAt(zone, localMs + dayMs), zoneOffsetAt(zone, localMs)]);
  return [...around].filter((offset) => zoneOffsetAt(zone, localMs - offset * 60_000) === offset).sort((x, y) => y - x);
}
