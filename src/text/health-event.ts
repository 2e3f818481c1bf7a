/** An event about the sources themselves (field-map.md 1, 4.1): what was seen of them and why that is no ordinary state. */
import type { Event, FieldName, FieldValue } from '../event.ts';
import { stableId } from './hash.ts';
import { sentence } from './sentence.ts';

/** They come and go with updates of the product and need nobody's attention today (field-map.md 5). */
const informational: ReadonlySet<string> = new Set(['unknown-lines', 'source-resumed', 'destination-recovered']);

export interface Health {
  /** one of the actions of level health in schemas/fields.yml */
  readonly action: string;
  /** what it is about; the id is a function of it and the action */
  readonly key: readonly (string | number)[];
  /** RFC 3339 UTC; absent where no record states a time */
  readonly at: string | undefined;
  readonly message: string;
  /** where it was seen, and how much of it */
  readonly fields: Partial<Record<FieldName, FieldValue>>;
}

/** What every event about a source says of itself. */
export function healthFields(action: string, detail: string): Event {
  const isLow = informational.has(action);
  return {
    'event.kind': 'state', 'event.code': `vb365.health.${action}`, 'event.severity': isLow ? 1 : 5, 'vb365.severity': isLow ? 'informational' : 'medium', 'vb365.level': 'health', 'vb365.health.detail': detail,
  };
}

export function healthEvent({ action, key, at, message, fields }: Health): Event {
  return {
    '@timestamp': at, 'message': sentence(message), 'ecs.version': '9.4.0', 'event.action': action, 'event.module': 'vb365_siem', 'event.dataset': 'vb365_siem.audit', ...healthFields(action, message),
    'event.id': stableId('health', action, ...key), 'vb365.schema.version': '1', 'observer.vendor': 'Veeam', 'observer.product': 'Backup for Microsoft 365', 'observer.type': 'backup', ...fields,
  } as Event;
}
