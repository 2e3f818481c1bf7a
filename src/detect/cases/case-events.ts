/** A timeline as the events that it stands for. */
import type { Event } from '../../event.ts';
import { stableId } from '../../text/hash.ts';
import { isoTime } from '../../text/local-time.ts';
import type { CaseEvent, Timeline, TimelineEvent } from './case-file.ts';

export type Step = { readonly kind: 'event'; readonly event: Event } | { readonly kind: 'watermark'; readonly time: number };

/**
 * The steps of a timeline in their order of arrival. An event has an id of its own unless the case gives one.
 *
 * @param firstMatchOf the first match among the cases of a rule; undefined: it has none
 */
export function stepsOf(timeline: Timeline, firstMatchOf: (rule: string) => CaseEvent | undefined): readonly Step[] {
  let fresh = 0;
  return timeline.entries.flatMap((entry): readonly Step[] => {
    if (entry.kind === 'watermark') return [{ kind: 'watermark', time: timeline.startMs + entry.atMs }];
    const base: CaseEvent = { ...(entry.match === undefined ? {} : firstMatchOf(entry.match)), ...entry.with };
    const kept = Object.entries(base).filter(([name]) => !entry.without.includes(name));
    return Array.from({ length: entry.repeat }, (_, index) => {
      fresh += 1;
      return { kind: 'event', event: eventOf(Object.fromEntries(kept), entry, timeline.startMs + entry.atMs + index * entry.everyMs, fresh) };
    });
  });
}

function eventOf(base: CaseEvent, { unique, with: changed }: TimelineEvent, time: number, fresh: number): Event {
  const own = Object.fromEntries(unique.map((name) => [name, freshValue(base[name], fresh)]));
  const id = Object.hasOwn(changed, 'event.id') ? {} : { 'event.id': stableId('case', fresh) };
  return { ...base, '@timestamp': isoTime(time), ...id, ...own };
}

/** Another one each time: a number counts on, a text gets a number behind it. */
function freshValue(value: unknown, fresh: number): string | number {
  if (typeof value === 'number') return value + fresh;
  return `${typeof value === 'string' ? value : 'value'}-${String(fresh)}`;
}
