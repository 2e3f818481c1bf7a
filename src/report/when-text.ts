import { isoTime } from '../text/local-time.ts';
import { offsetText } from '../text/offset-text.ts';
import { zoneOffsetAt } from '../text/zone.ts';

/**
 * `2026-11-22 09:11:12` in an IANA zone (which must be known, see `isZone`). Without an offset: the column or the page says the zone once.
 * @param ms UTC milliseconds
 */
export function localText(ms: number, zone: string): string {
  return isoTime(ms + zoneOffsetAt(zone, ms) * 60_000).slice(0, 19).replace('T', ' ');
}

/** `2026-11-22 22:11:12 +13:00`: unmistakable even in the repeated hour. */
export function localTextWithOffset(ms: number, zone: string): string {
  return `${localText(ms, zone)} ${offsetText(zoneOffsetAt(zone, ms))}`;
}

/** UTC milliseconds of an event's own time (`event.start`, else `@timestamp`); NaN when it has none. */
export function timeOf(event: { readonly 'event.start'?: unknown; readonly '@timestamp'?: unknown }): number {
  const text = event['event.start'] ?? event['@timestamp'];
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}
