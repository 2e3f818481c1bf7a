import type { Event } from '../event.ts';
import { timeOf } from './when-text.ts';

/**
 * What is known in the end: of each restore its highest revision, without those that turned out to be another one, by time (restores without a time
 * last; equal times by id, so that the order of the input never shows). Events of other levels are left out.
 */
export function latestRestores(events: Iterable<Event>): readonly Event[] {
  const latest = new Map<string, Event>();
  for (const event of events) {
    if (event['vb365.level'] !== 'restore') continue;
    const id = event['vb365.restore.id'] ?? event['event.id'] ?? '';
    const known = latest.get(id);
    if (known === undefined || (event['vb365.restore.revision'] ?? 0) >= (known['vb365.restore.revision'] ?? 0)) latest.set(id, event);
  }
  return [...latest]
    .filter(([, event]) => event['vb365.restore.merged_into'] === undefined)
    .map(([id, event]) => ({ id, event, ms: timeOf(event) }))
    .sort((a, b) => compareTimes(a.ms, b.ms) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map(({ event }) => event);
}

function compareTimes(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
