/** What every activity of a document (audit mail, REST answer) says, whatever it is about (field-map 3). */
import type { Event, Moment, OriginKind, Workload } from '../src/event.ts';
import { stableId } from '../src/text/hash.ts';
import { isoTime } from '../src/text/local-time.ts';
import { sentence } from '../src/text/sentence.ts';
import { categorise, serviceNames, type Categories } from '../src/text/vocabulary.ts';

export interface ActivityOrigin {
  /** id of the source */
  readonly source: string;
  readonly kind: OriginKind;
  readonly file: string;
  readonly recordId?: string;
  readonly messageId?: string;
}

export interface ActivityContent {
  readonly action: string;
  /** absent when the document states no time for it: then `@timestamp` is absent too and belongs to whoever knows when the document was read */
  readonly at?: Moment;
  /** what makes it this activity and no other; the id of the event is a function of it and of nothing else */
  readonly identity: readonly (string | number)[];
  readonly message: string;
  readonly workload?: Workload;
  /** for actions outside the list of `categorise` */
  readonly categories?: Categories;
  /** fields of this activity; they win over the common ones */
  readonly fields: Event;
}

export function activityEvent(origin: ActivityOrigin, content: ActivityContent): Event {
  const { action, at, workload } = content;
  const { category, type } = content.categories ?? categorise(action, workload);
  const event: Event = {
    ...(at === undefined ? {} : { '@timestamp': isoTime(at.ms) }),
    'message': sentence(content.message),
    'ecs.version': '9.4.0',
    'event.kind': 'event',
    'event.action': action,
    'event.code': `vb365.activity.${action}`,
    'event.category': category,
    'event.type': type,
    'event.outcome': 'unknown',
    'event.module': 'vb365_siem',
    'event.dataset': 'vb365_siem.audit',
    'event.severity': 1,
    'event.id': stableId(...content.identity),
    'vb365.severity': 'informational',
    'vb365.level': 'activity',
    'vb365.schema.version': '1',
    'vb365.origin.source': origin.source,
    'vb365.origin.kind': origin.kind,
    'vb365.origin.file': origin.file,
    'observer.vendor': 'Veeam',
    'observer.product': 'Backup for Microsoft 365',
    'observer.type': 'backup',
  };
  if (at !== undefined) {
    event['vb365.time.precision'] = at.precision;
    event['vb365.time.basis'] = at.basis;
  }
  if (origin.recordId !== undefined) event['vb365.origin.record_id'] = origin.recordId;
  if (origin.messageId !== undefined) event['vb365.origin.message_id'] = origin.messageId;
  if (workload !== undefined) {
    event['vb365.workload'] = workload;
    event['service.name'] = serviceNames[workload];
  }
  Object.assign(event, content.fields);
  fillRelated(event);
  return event;
}

/** Every user, host and address of the event once. */
function fillRelated(event: Event): void {
  const owner = event['user.target.full_name'] ?? event['user.target.name'] ?? event['user.target.email'];
  const lists = [
    ['related.user', [event['user.name'], owner]],
    ['related.hosts', [event['source.domain'], event['host.name']]],
    ['related.ip', [event['source.ip'], event['vb365.client.gateway_ip']]],
  ] as const;
  for (const [list, named] of lists) {
    const values = named.filter((value) => typeof value === 'string');
    if (values.length > 0) event[list] = [...new Set(values)];
  }
}
