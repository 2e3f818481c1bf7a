/** The fields that every activity of a log file carries (field-map.md 3), built in one place. */
import type { Event, Moment, OriginKind, Workload } from '../event.ts';
import { categorise, serviceNames } from '../text/vocabulary.ts';
import { splitAccount } from '../text/account.ts';
import { stableId } from '../text/hash.ts';
import { isoTime } from '../text/local-time.ts';
import { offsetText } from '../text/offset-text.ts';

/** What is known of a log file when one of its lines becomes an activity. */
export interface LogFileIdentity {
  readonly file: string;
  readonly source: string;
  readonly kind: OriginKind;
  readonly provider?: string;
  readonly workload?: Workload;
  readonly host?: string;
  readonly addresses: readonly string[];
  readonly version?: string;
  readonly launch?: string;
  /** operator, when the header names a person or account that may be named */
  readonly operator?: string;
  readonly reported?: string;
  readonly actorKind?: 'user' | 'shared_account' | 'service_account' | 'application' | 'unknown';
}

export interface LogPosition { readonly offset: number; readonly line: number }

/** @param fields what this activity adds to the common part */
export function logEvent(identity: LogFileIdentity, position: LogPosition, moment: Moment, action: string, message: string, fields: Event): Event {
  const { category, type } = categorise(action, identity.workload);
  const isExplorer = identity.kind === 'explorer_log';
  const operator = identity.operator === undefined ? undefined : splitAccount(identity.operator);
  const event: Event = {
    '@timestamp': isoTime(moment.ms),
    'message': message,
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
    // The line and not the offset: line ends, marks and encodings differ between copies of one file.
    'event.id': stableId('log', identity.file, position.line, action),
    'vb365.severity': 'informational',
    'vb365.level': 'activity',
    'vb365.schema.version': '1',
    'vb365.time.precision': moment.precision,
    'vb365.time.basis': moment.basis,
    'vb365.origin.source': identity.source,
    'vb365.origin.kind': identity.kind,
    'vb365.origin.file': identity.file,
    'vb365.origin.offset': position.offset,
    'vb365.origin.line': position.line,
    'log.file.path': identity.file,
    'observer.vendor': 'Veeam',
    'observer.product': 'Backup for Microsoft 365',
    'observer.type': 'backup',
  };
  if (moment.offsetMinutes !== undefined) event['event.timezone'] = offsetText(moment.offsetMinutes);
  if (moment.readings !== undefined && moment.readings.length > 1) event['vb365.time.candidates'] = moment.readings.map(isoTime);
  if (identity.provider !== undefined) event['event.provider'] = identity.provider;
  if (identity.workload !== undefined) {
    event['vb365.workload'] = identity.workload;
    event['service.name'] = serviceNames[identity.workload];
  }
  if (identity.host !== undefined) {
    if (isExplorer) {
      event['source.domain'] = identity.host;
      const [address] = identity.addresses;
      if (address !== undefined) event['source.ip'] = address;
    } else {
      event['host.name'] = identity.host;
      event['observer.hostname'] = identity.host;
    }
  }
  if (!isExplorer && identity.version !== undefined) event['observer.version'] = identity.version;
  if (identity.launch !== undefined) {
    event['vb365.session.id'] = identity.launch;
    event['vb365.session.kind'] = 'explorer';
    event['transaction.id'] = identity.launch;
    event['vb365.client.tool'] = 'explorer';
  }
  if (identity.reported !== undefined) event['vb365.attribution.reported'] = identity.reported;
  if (identity.actorKind !== undefined) event['vb365.attribution.kind'] = identity.actorKind;
  if (operator !== undefined) {
    event['user.name'] = operator.name;
    if (operator.domain !== undefined) event['user.domain'] = operator.domain;
    if (operator.email !== undefined) event['user.email'] = operator.email;
    event['vb365.attribution.confidence'] = 'confirmed';
    event['vb365.attribution.method'] = 'explorer-header';
  }
  Object.assign(event, fields);
  const users = [event['user.name'], event['user.target.full_name']].filter((name) => typeof name === 'string');
  if (users.length > 0) event['related.user'] = [...new Set(users)];
  const hosts = [event['source.domain'], event['host.name']].filter((name) => typeof name === 'string');
  if (hosts.length > 0) event['related.hosts'] = [...new Set(hosts)];
  if (isExplorer && identity.addresses.length > 0) event['related.ip'] = identity.addresses;
  return event;
}
