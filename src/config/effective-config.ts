/** A configuration written back with its defaults, in the words of the file: `config show`. Secrets are references and stay references. */
import type { Config, DestinationSettings, Secret, SourceSettings, TenantSettings } from './config.ts';
import type { RawMap } from './raw-value.ts';

/** Plain data that, loaded again, gives an equal configuration. Members without a value are absent. */
export function effectiveConfig(config: Config): RawMap {
  return {
    version: 1, state: config.state, parsers: config.parsers, rules: config.rules,
    baseline: { memory: durationText(config.baseline.memoryMs), learning: durationText(config.baseline.learningMs) },
    tenants: config.tenants.map(tenant), sources: config.sources.map(source), destinations: config.destinations.map(destination),
  };
}

function tenant({ ownerGroups, hostGroups, ...rest }: TenantSettings): RawMap {
  return { ...rest, owner_groups: ownerGroups, host_groups: hostGroups };
}

function source(settings: SourceSettings): RawMap {
  const { id, type, tenant: owner, host, timezone } = settings;
  const base = present({ id, type, tenant: owner, host, timezone });
  const authentication = 'authentication' in settings ? present({ policy: settings.authentication.policy, authserv_id: settings.authentication.authservId, relays: settings.authentication.relays }) : undefined;
  switch (settings.type) {
    case 'files': return present({ ...base, paths: settings.paths, date_order: settings.dateOrder, fallback_encoding: settings.fallbackEncoding, authentication });
    case 'mail-folder': return present({ ...base, paths: settings.paths, date_order: settings.dateOrder, fallback_encoding: settings.fallbackEncoding, recipients: settings.recipients, culture: settings.culture, authentication });
    case 'mail-listener': return present({ ...base, listen: hostAndPort(settings.listen), recipients: settings.recipients, culture: settings.culture, authentication });
    case 'mail-imap': return present({ ...base, ...access(settings), folder: settings.folder, recipients: settings.recipients, culture: settings.culture, authentication });
    case 'rest': return present({ ...base, ...access(settings), fingerprint: settings.fingerprint, every: durationText(settings.everyMs) });
  }
}

function destination({ id, tenants, format, events, syslog }: DestinationSettings): RawMap {
  const { url, transport, framing, commit, header, facility, maxMessageBytes, ca, certificate, key } = syslog;
  const isStream = transport === 'tcp' || transport === 'tls';
  return {
    id, tenants, format, events,
    syslog: present({ url, framing: isStream ? framing : undefined, commit, header, facility, max_message_size: `${maxMessageBytes}B`, ca, certificate, key }),
  };
}

const access = ({ url, username, password, ca }: { readonly url: string; readonly username: string; readonly password: Secret; readonly ca?: string }): RawMap => ({ url, username, password, ca });
const hostAndPort = ({ host, port }: { readonly host: string; readonly port: number }): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
const durationText = (ms: number): string => ms % 86_400_000 === 0 ? `${ms / 86_400_000}d` : ms % 3_600_000 === 0 ? `${ms / 3_600_000}h` : ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1_000}s`;
const present = (record: RawMap): RawMap => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
