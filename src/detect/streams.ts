/** Streams of events: what a watermark speaks for (sigma.md 7.4), and which of them a log source reads (1.5). */
import type { Event, OriginKind } from '../event.ts';
import type { LogSource } from '../sigma/rule.ts';

/** `restore`, `health`, `alert`, or `activity:` and the kind of the origin */
export type Stream = string;

const originKinds: readonly OriginKind[] = ['explorer_log', 'archiver_log', 'rest_log', 'audit_mail', 'rest_api'];
const activities: readonly Stream[] = originKinds.map((kind) => `activity:${kind}`);
const streamsOfService: Readonly<Record<string, readonly Stream[]>> = {
  restore: ['restore'], activity: activities, health: ['health'], alert: ['alert'],
  explorer: ['activity:explorer_log'], audit_mail: ['activity:audit_mail'], rest: ['activity:rest_api'], archiver: ['activity:archiver_log', 'activity:rest_log'],
};

/** A level is a stream; activities of one kind of origin are one, because each kind is read at its own pace. */
export function streamOf(event: Event): Stream {
  const level = event['vb365.level'] ?? 'activity';
  return level === 'activity' ? `activity:${event['vb365.origin.kind'] ?? 'unknown'}` : level;
}

/** The streams whose events a rule of this log source can match; none for other products. */
export function streamsOf({ category, product, service }: LogSource): readonly Stream[] {
  if (category !== undefined || (product !== undefined && product !== 'vb365')) return [];
  if (service === undefined) return ['restore', ...activities, 'health'];
  return Object.hasOwn(streamsOfService, service) ? streamsOfService[service] ?? [] : [];
}

/** Who sent an event, as far as lateness is concerned: a host that was offline is late with everything, and alone with that. */
export function sourceOf(event: Event): string {
  const name = event['vb365.origin.source'] ?? event['rule.id'];
  const host = event['source.domain'] ?? event['host.name'] ?? event['observer.hostname'];
  return JSON.stringify([streamOf(event), name ?? '', host ?? '']);
}
