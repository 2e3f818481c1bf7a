/** Headers of RFC 5424 and RFC 3164 (syslog-and-cef.md 2 and 3). Nothing that a source wrote can end a header part or begin another message. */
import type { Event } from '../event.ts';
import type { SyslogSettings } from '../config/config.ts';

/** APP-NAME and TAG. Must never begin with `Veeam_MP`: Splunk Connect for Syslog takes that for another product. */
export const appName = 'vb365-siem';

/** Who sends: stands in the header where the event itself does not say. */
export interface Collector {
  /** name of this machine */
  readonly host: string;
  readonly processId: number;
}

/** Syslog severity of `vb365.severity` (field-map.md 5). */
const severities = { critical: 2, high: 3, medium: 4, low: 5, informational: 6 } as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Everything before the payload, the last blank included. The time is that of the event, in UTC. */
export function syslogHeader(event: Event, { header, facility }: Pick<SyslogSettings, 'header' | 'facility'>, collector: Collector): string {
  const priority = `<${facility * 8 + severities[event['vb365.severity'] ?? 'informational']}>`;
  const host = headerPart(event['observer.hostname'] ?? collector.host, 255);
  const time = timeOf(event);
  if (header === 'bsd') {
    // RFC 3164 has no sign for an unknown time; the epoch is at least not mistaken for today.
    const at = time ?? new Date(0);
    const day = String(at.getUTCDate()).padStart(2, ' ');
    return `${priority}${months[at.getUTCMonth()] ?? 'Jan'} ${day} ${at.toISOString().slice(11, 19)} ${host} ${appName}[${collector.processId}]: `;
  }
  return `${priority}1 ${time?.toISOString() ?? '-'} ${host} ${appName} ${collector.processId} ${headerPart(event['vb365.level'] ?? '', 32)} - `;
}

/** RFC 3339 has four digits for the year; anything else is no time. */
function timeOf(event: Event): Date | undefined {
  const time = new Date(event['@timestamp'] ?? Number.NaN);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 0 || time.getUTCFullYear() > 9999 ? undefined : time;
}

/** A value as a part of the header: printable ASCII without blanks, cut to its length, never empty. */
export function headerPart(value: string, maxLength: number): string {
  const clean = value.replace(/[^\x21-\x7e]/gu, '_').slice(0, maxLength);
  return clean === '' ? '-' : clean;
}
