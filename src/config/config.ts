/**
 * A configuration after it was read and checked: defaults filled in, paths absolute, durations in milliseconds, sizes in bytes, everything frozen.
 * Names are those of the YAML file (schemas/config.schema.json) in camelCase. Types only: every stage may import them.
 */
import type { DateOrder, MailAuthentication } from '../event.ts';
import type { AccountKind } from '../tenancy.ts';

export interface Config {
  /** absolute path of the file */
  readonly file: string;
  /** absolute path of its folder: what relative paths in it start from */
  readonly folder: string;
  /** folder of spool, checkpoints and memory */
  readonly state: string;
  /** further parser folders */
  readonly parsers: readonly string[];
  readonly rules: RuleSettings;
  readonly baseline: BaselineSettings;
  readonly tenants: readonly TenantSettings[];
  readonly sources: readonly SourceSettings[];
  readonly destinations: readonly DestinationSettings[];
}

export interface RuleSettings {
  /** `builtin` or an absolute path */
  readonly paths: readonly string[];
  readonly placeholders: Placeholders;
}
/** What counts as never seen before. */
export interface BaselineSettings {
  /** how long what was seen stays known */
  readonly memoryMs: number;
  /** how long after the first restore of a tenant nothing is new */
  readonly learningMs: number;
}
export type Placeholders = Readonly<Record<string, readonly string[]>>;

export interface TenantSettings {
  readonly id: string;
  /** the id when no name is given */
  readonly name: string;
  readonly organizations: readonly OrganizationSettings[];
  /** IANA zone */
  readonly timezone?: string;
  readonly hours?: WorkingHours;
  readonly accounts: readonly AccountSettings[];
  readonly ownerGroups: Placeholders;
  readonly hostGroups: Placeholders;
  readonly placeholders: Placeholders;
  readonly privacy: { readonly pseudonymize: readonly string[]; readonly drop: readonly string[] };
}
/** At least one of name and id is present. */
export interface OrganizationSettings { readonly name?: string; readonly id?: string; readonly aliases: readonly string[] }
export interface AccountSettings { readonly names: readonly string[]; readonly kind: AccountKind; readonly groups: readonly string[] }
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export interface WorkingHours {
  /** IANA zone of its own or that of the tenant; absent: nobody can tell working hours */
  readonly timezone?: string;
  readonly days: readonly Weekday[];
  /** `HH:MM`, local time: first and last minute; a window over midnight ends earlier than it begins */
  readonly from: string;
  readonly to: string;
  /** `YYYY-MM-DD`: no working time begins on them */
  readonly holidays: readonly string[];
}

export type SourceSettings = FilesSource | MailFolderSource | MailListenerSource | MailImapSource | RestSource;
interface SourceBase {
  readonly id: string;
  /** absent: provider side, the organisation that a record names decides */
  readonly tenant?: string;
  readonly host?: string;
  /** the source's own zone, else its tenant's */
  readonly timezone?: string;
}
interface PathSource extends SourceBase {
  /** glob patterns as written, but absolute: relative ones start at the folder of the file */
  readonly paths: readonly string[];
  readonly dateOrder?: DateOrder;
  readonly fallbackEncoding: string;
}
interface MailSource {
  readonly recipients: readonly string[];
  readonly authentication: MailAuthentication;
  readonly culture?: string;
}
export interface FilesSource extends PathSource { readonly type: 'files'; readonly authentication?: MailAuthentication }
export interface MailFolderSource extends PathSource, MailSource { readonly type: 'mail-folder' }
export interface MailListenerSource extends SourceBase, MailSource { readonly type: 'mail-listener'; readonly listen: ListenAddress }
export interface ListenAddress { readonly host: string; readonly port: number }
export interface MailImapSource extends SourceBase, MailSource {
  readonly type: 'mail-imap';
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  readonly folder: string;
  readonly ca?: string;
}
export interface RestSource extends SourceBase {
  readonly type: 'rest';
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  /** absolute path */
  readonly ca?: string;
  /** SHA-256, upper case, colons */
  readonly fingerprint?: string;
  readonly everyMs: number;
}
/** Where a secret is: never the secret itself. */
export type Secret = { readonly file: string } | { readonly env: string };

export interface DestinationSettings {
  readonly id: string;
  /** tenant ids, or `*` alone: everything, and the health of the whole installation */
  readonly tenants: readonly string[];
  readonly format: 'ecs' | 'cef';
  readonly events: 'all' | 'restores' | 'alerts';
  readonly syslog: SyslogSettings;
}
export type SyslogTransport = 'udp' | 'tcp' | 'tls' | 'relp' | 'relp+tls';
export interface SyslogSettings {
  readonly url: string;
  readonly transport: SyslogTransport;
  readonly host: string;
  readonly port: number;
  /** only for tcp and tls */
  readonly framing: 'octet-counting' | 'lf';
  readonly commit: 'fin' | 'window' | 'none' | 'relp';
  /** `bsd` is RFC 3164, for old receivers */
  readonly header: 'rfc5424' | 'bsd';
  /** 0 to 23 */
  readonly facility: number;
  /** whole message, without the octet count */
  readonly maxMessageBytes: number;
  /** absolute paths of PEM files */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: Secret;
}
