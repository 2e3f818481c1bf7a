/** Zones of the simulated machines: their names in Windows, and the instants at which their clocks change. */
import { zoneOffsetAt } from '../text/zone.ts';

export interface Zone { readonly id: string; readonly display: string; readonly standard: string }
export const zones: Readonly<Record<'auckland' | 'chatham' | 'eastern' | 'berlin' | 'london' | 'rome' | 'stockholm' | 'kolkata' | 'lordHowe', Zone>> = {
  auckland: { id: 'Pacific/Auckland', display: '(UTC+12:00) Auckland, Wellington', standard: 'New Zealand Standard Time' },
  chatham: { id: 'Pacific/Chatham', display: '(UTC+12:45) Chatham Islands', standard: 'Chatham Islands Standard Time' },
  eastern: { id: 'America/New_York', display: '(UTC-05:00) Eastern Time (US & Canada)', standard: 'Eastern Standard Time' },
  berlin: { id: 'Europe/Berlin', display: '(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien', standard: 'Mitteleuropäische Zeit' },
  london: { id: 'Europe/London', display: '(UTC+00:00) Dublin, Edinburgh, Lisbon, London', standard: 'GMT Standard Time' },
  rome: { id: 'Europe/Rome', display: '(UTC+01:00) Amsterdam, Berlino, Berna, Roma, Stoccolma, Vienna', standard: 'ora solare Europa occidentale' },
  stockholm: { id: 'Europe/Stockholm', display: '(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien', standard: 'Västeuropa, normaltid' },
  kolkata: { id: 'Asia/Kolkata', display: '(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi', standard: 'India Standard Time' },
  lordHowe: { id: 'Australia/Lord_Howe', display: '(UTC+10:30) Lord Howe Island', standard: 'Lord Howe Standard Time' },
};

/** Wall clock of a zone, in milliseconds as if it were UTC. */
export function wallClock(zone: string, utcMs: number): number {
  return utcMs + zoneOffsetAt(zone, utcMs) * 60_000;
}

export interface ClockChange { readonly atMs: number; readonly byMinutes: number }

/** The changes of the wall clock in a year (UTC); negative: the clock goes back. */
export function clockChanges(zone: string, year: number): readonly ClockChange[] {
  const found: ClockChange[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  for (let at = Date.UTC(year, 0, 1); at < end; at += 86_400_000) {
    const byMinutes = zoneOffsetAt(zone, at + 86_400_000) - zoneOffsetAt(zone, at);
    if (byMinutes === 0) continue;
    const before = zoneOffsetAt(zone, at);
    let instant = at;
    while (zoneOffsetAt(zone, instant) === before) instant += 900_000;
    found.push({ atMs: instant, byMinutes });
  }
  return found;
}
