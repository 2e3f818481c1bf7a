/** `related.*` of an event that is made of others: a restore, an alert (field-map.md 3). */
import type { FieldName, FieldValue } from '../event.ts';

/** Adds every user, host and address of the event, each once; candidates are not among them. */
export function relate(fields: Partial<Record<FieldName, FieldValue>>): void {
  const lists: readonly (readonly [FieldName, readonly (FieldValue | undefined)[]])[] = [
    ['related.user', [fields['user.email'] ?? fields['user.name'], fields['user.target.email'], fields['user.target.full_name'] ?? fields['user.target.name']]],
    ['related.hosts', [fields['source.domain'], fields['host.name']]],
    ['related.ip', [fields['source.ip'], fields['vb365.client.gateway_ip']]],
  ];
  for (const [name, values] of lists) {
    const stated = [...new Set(values.filter((value) => typeof value === 'string'))];
    if (stated.length > 0) fields[name] = stated;
  }
}
