import { createFieldReader } from './field-values.ts';
import type { LogSource } from './rule.ts';

const levelOf = createFieldReader('vb365.level');
const originKindOf = createFieldReader('vb365.origin.kind');
const product = 'vb365';
/** services of activities by the kind of their origin */
const activityServices: ReadonlyMap<string, string> = new Map([
  ['explorer_log', 'explorer'], ['audit_mail', 'audit_mail'], ['rest_api', 'rest'], ['archiver_log', 'archiver'], ['rest_log', 'archiver'],
]);

/** The services that an event of this product belongs to: none when its level is not known. */
export function servicesOf(event: object): readonly string[] {
  const level = single(levelOf(event));
  if (level === 'restore' || level === 'health' || level === 'alert') return [level];
  if (level !== 'activity') return [];
  const origin = activityServices.get(single(originKindOf(event)));
  return origin === undefined ? [level] : [level, origin];
}

/**
 * Whether a rule looks at events of these services. What a log source does not give matches anything, but alerts, which only `service: alert` sees; a
 * category never matches, because this product has none.
 */
export function isOfLogSource(logsource: LogSource, services: readonly string[]): boolean {
  if (logsource.category !== undefined || (logsource.product !== undefined && logsource.product !== product)) return false;
  if (logsource.service !== undefined) return services.includes(logsource.service);
  return logsource.product === product && services.length > 0 && !services.includes('alert');
}

function single(values: readonly unknown[] | undefined): string {
  const [value] = values ?? [];
  return typeof value === 'string' ? value : '';
}
