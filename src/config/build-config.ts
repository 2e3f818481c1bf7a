/** From checked data to the record that the program works with: defaults, units, absolute paths. */
import { dirname, join, resolve } from 'node:path';
import type { DateOrder, MailAuthentication } from '../event.ts';
import { defaultLearningMs, defaultMaxMessageBytes, defaultMemoryMs } from '../limits.ts';
import type { AccountKind } from '../tenancy.ts';
import type { Config, DestinationSettings, OrganizationSettings, Placeholders, Secret, SourceSettings, SyslogSettings, TenantSettings, Weekday, WorkingHours } from './config.ts';
import { dateOrderOf, readDuration, readListenAddress, readSizeText, readSyslogUrl } from './config-values.ts';
import { listOf, mapOf, textOf, textsOf, type RawMap } from './raw-value.ts';

const workdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/**
 * @param root data that the schema has accepted
 * @param file absolute path of the file
 * @param platform decides the default of `state`
 */
export function buildConfig(root: RawMap, file: string, platform: NodeJS.Platform): Config {
  const folder = dirname(file);
  const place = (path: string): string => resolve(folder, path);
  const rules = mapOf(root['rules']);
  const baseline = mapOf(root['baseline']);
  const tenants = listOf(root['tenants']).map((item) => tenantOf(mapOf(item)));
  const zones = new Map(tenants.map(({ id, timezone }) => [id, timezone]));
  return freeze({
    file, folder,
    state: place(textOf(root['state']) ?? (platform === 'win32' ? 'C:\\ProgramData\\vb365-siem' : '/var/lib/vb365-siem')),
    parsers: textsOf(root['parsers']).map(place),
    rules: { paths: (rules['paths'] === undefined ? ['builtin'] : textsOf(rules['paths'])).map((path) => path === 'builtin' ? path : place(path)), placeholders: lists(rules['placeholders']) },
    baseline: { memoryMs: readDuration(textOf(baseline['memory']) ?? '') ?? defaultMemoryMs, learningMs: readDuration(textOf(baseline['learning']) ?? '') ?? defaultLearningMs },
    tenants,
    sources: listOf(root['sources']).map((item) => sourceOf(mapOf(item), folder, zones)),
    destinations: listOf(root['destinations']).map((item) => destinationOf(mapOf(item), place)),
  });
}

function tenantOf(item: RawMap): TenantSettings {
  const id = textOf(item['id']) ?? '';
  const privacy = mapOf(item['privacy']);
  return {
    id, name: textOf(item['name']) ?? id,
    organizations: listOf(item['organizations']).map((entry) => organizationOf(mapOf(entry))),
    ...optional('timezone', textOf(item['timezone'])), ...optional('hours', item['hours'] === undefined ? undefined : hoursOf(mapOf(item['hours']), textOf(item['timezone']))),
    accounts: listOf(item['accounts']).map(mapOf).map((entry) => ({ names: textsOf(entry['names']), kind: kindOf(entry['kind']), groups: textsOf(entry['groups']) })),
    ownerGroups: lists(item['owner_groups']), hostGroups: lists(item['host_groups']), placeholders: lists(item['placeholders']),
    privacy: { pseudonymize: textsOf(privacy['pseudonymize']), drop: textsOf(privacy['drop']) },
  };
}

function organizationOf(item: RawMap): OrganizationSettings {
  return { ...optional('name', textOf(item['name'])), ...optional('id', textOf(item['id'])?.toLowerCase()), aliases: textsOf(item['aliases']) };
}

function hoursOf(item: RawMap, tenantZone: string | undefined): WorkingHours {
  const days = textsOf(item['days']);
  const isDay = (day: string): day is Weekday => ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].includes(day);
  return { ...optional('timezone', textOf(item['timezone']) ?? tenantZone), days: item['days'] === undefined ? workdays : days.filter(isDay), from: textOf(item['from']) ?? '', to: textOf(item['to']) ?? '', holidays: textsOf(item['holidays']) };
}

function kindOf(value: unknown): AccountKind {
  return value === 'shared' || value === 'service' || value === 'application' ? value : 'person';
}

function sourceOf(item: RawMap, folder: string, zones: ReadonlyMap<string, string | undefined>): SourceSettings {
  const tenant = textOf(item['tenant']);
  const base = {
    id: textOf(item['id']) ?? '', ...optional('tenant', tenant), ...optional('host', textOf(item['host'])),
    ...optional('timezone', textOf(item['timezone']) ?? (tenant === undefined ? undefined : zones.get(tenant))),
  };
  const culture = textOf(item['culture']);
  const reading = {
    paths: textsOf(item['paths']).map((pattern) => placePattern(folder, pattern)),
    ...optional('dateOrder', orderOf(item['date_order']) ?? (culture === undefined ? undefined : dateOrderOf(culture))),
    fallbackEncoding: textOf(item['fallback_encoding']) ?? 'windows-1252',
  };
  const mail = { recipients: textsOf(item['recipients']), authentication: authenticationOf(mapOf(item['authentication'])), ...optional('culture', culture) };
  const access = (): { url: string; username: string; password: Secret; ca?: string } => ({
    url: textOf(item['url']) ?? '', username: textOf(item['username']) ?? '', password: secretOf(item['password'], folder), ...optional('ca', placed(item['ca'], folder)),
  });
  switch (item['type']) {
    case 'mail-folder': return { type: 'mail-folder', ...base, ...reading, ...mail };
    case 'mail-listener': return { type: 'mail-listener', ...base, ...mail, listen: readListenAddress(textOf(item['listen']) ?? '') ?? { host: '127.0.0.1', port: 2525 } };
    case 'mail-imap': return { type: 'mail-imap', ...base, ...mail, ...access(), folder: textOf(item['folder']) ?? 'INBOX' };
    case 'rest': return { type: 'rest', ...base, ...access(), ...optional('fingerprint', textOf(item['fingerprint'])?.toUpperCase()), everyMs: readDuration(textOf(item['every']) ?? '') ?? 60_000 };
    default: return { type: 'files', ...base, ...reading, ...optional('authentication', item['authentication'] === undefined ? undefined : mail.authentication) };
  }
}

/** Absolute patterns (`/…`, `C:\…`, `\\server\…`) stay as written. */
function placePattern(folder: string, pattern: string): string {
  if (/^([/\\]|[a-z]:[/\\])/i.test(pattern)) return pattern;
  let base = folder;
  let rest = pattern;
  for (let step = /^(\.\.?)[/\\]+/.exec(rest); step !== null; step = /^(\.\.?)[/\\]+/.exec(rest)) {
    if (step[1] === '..') base = dirname(base);
    rest = rest.slice(step[0].length);
  }
  return `${base.replace(/[/\\]$/, '')}/${rest}`;
}

function authenticationOf(item: RawMap): MailAuthentication {
  const policy = item['policy'];
  return { policy: policy === 'prefer' || policy === 'off' ? policy : 'require', ...optional('authservId', textOf(item['authserv_id'])), relays: textsOf(item['relays']) };
}

function destinationOf(item: RawMap, place: (path: string) => string): DestinationSettings {
  const events = item['events'];
  return {
    id: textOf(item['id']) ?? '', tenants: textsOf(item['tenants']), format: item['format'] === 'cef' ? 'cef' : 'ecs', events: events === 'restores' || events === 'alerts' ? events : 'all',
    syslog: syslogOf(mapOf(item['syslog']), place),
  };
}

function syslogOf(item: RawMap, place: (path: string) => string): SyslogSettings {
  const url = textOf(item['url']) ?? '';
  const address = readSyslogUrl(url) ?? { transport: 'udp', host: '', port: 0 };
  const commit = item['commit'];
  const isStream = address.transport === 'tcp' || address.transport === 'tls';
  const path = (value: unknown): string | undefined => textOf(value) === undefined ? undefined : place(textOf(value) ?? '');
  return {
    url, ...address,
    framing: item['framing'] === 'lf' ? 'lf' : 'octet-counting',
    commit: commit === 'fin' || commit === 'window' || commit === 'none' || commit === 'relp' ? commit : isStream ? 'fin' : address.transport === 'udp' ? 'none' : 'relp',
    header: item['header'] === 'bsd' ? 'bsd' : 'rfc5424',
    facility: typeof item['facility'] === 'number' ? item['facility'] : 13,
    maxMessageBytes: readSizeText(textOf(item['max_message_size']) ?? '') ?? defaultMaxMessageBytes,
    ...optional('ca', path(item['ca'])), ...optional('certificate', path(item['certificate'])),
    ...optional('key', item['key'] === undefined ? undefined : secretOf(item['key'], place('.'))),
  };
}

function secretOf(value: unknown, folder: string): Secret {
  const env = textOf(mapOf(value)['env']);
  return env === undefined ? { file: placed(mapOf(value)['file'], folder) ?? '' } : { env };
}
const placed = (value: unknown, folder: string): string | undefined => textOf(value) === undefined ? undefined : resolve(join(folder), textOf(value) ?? '');
const orderOf = (value: unknown): DateOrder | undefined => value === 'dmy' || value === 'mdy' || value === 'ymd' ? value : undefined;
const lists = (value: unknown): Placeholders => Object.fromEntries(Object.entries(mapOf(value)).map(([name, items]) => [name, textsOf(items)]));

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [name in K]?: V } {
  const record: { [name in K]?: V } = {};
  if (value !== undefined) record[key] = value;
  return record;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}
