/** Texts of a configuration that mean more than text: durations, sizes, addresses, zones, cultures, code pages. Each reader gives undefined for what is no such text. */
import type { DateOrder } from '../event.ts';
import { decodeCharset } from '../text/charset.ts';
import { isIpAddress } from '../text/ip-address.ts';
import { isZone } from '../text/zone.ts';
import type { ListenAddress, SyslogTransport } from './config.ts';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const unitBytes: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };

/** `60s 15m 12h 30d` in milliseconds. */
export function readDuration(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,8})(s|m|h|d)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unitMs[unit ?? ''] ?? Number.NaN);
}

/** `8000B 64KiB 2GiB` in bytes. */
export function readSizeText(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,11})(B|KiB|MiB|GiB|TiB)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unitBytes[unit ?? ''] ?? Number.NaN);
}

/** `HOST:PORT`, IPv6 in brackets. */
export function readListenAddress(text: string): ListenAddress | undefined {
  const url = /^[^\s/@?#]+$/.test(text) && URL.canParse(`tcp://${text}`) ? new URL(`tcp://${text}`) : undefined;
  const port = portOf(text);
  return url === undefined || port === undefined || url.hostname === '' ? undefined : { host: unbracketed(url.hostname), port };
}

const transports: Readonly<Record<string, SyslogTransport>> = { 'udp:': 'udp', 'tcp:': 'tcp', 'tls:': 'tls', 'relp:': 'relp', 'relp+tls:': 'relp+tls' };
export interface SyslogAddress { readonly transport: SyslogTransport; readonly host: string; readonly port: number }

/** `tls://HOST:PORT`. The port is never guessed: the customary ones differ between receivers. */
export function readSyslogUrl(text: string): SyslogAddress | undefined {
  const url = bareUrl(text);
  const transport = transports[url?.protocol ?? ''];
  const port = portOf(text.replace(/\/$/, ''));
  return url === undefined || transport === undefined || port === undefined ? undefined : { transport, host: unbracketed(url.hostname), port };
}

export function isHttpsUrl(text: string): boolean {
  return /^https:\/\//i.test(text) && bareUrl(text) !== undefined;
}
export function isImapUrl(text: string): boolean {
  return /^imaps:\/\//i.test(text) && bareUrl(text) !== undefined;
}
/** A URL that carries a user name or a password: a secret in the file. */
export function hasUserInfo(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(text);
}

/** Scheme, host, optional port, nothing behind; no user information. */
function bareUrl(text: string): URL | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isBare = url.hostname !== '' && url.username === '' && url.password === '' && ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';
  return isBare ? url : undefined;
}

function portOf(text: string): number | undefined {
  const port = Number(/:(\d{1,5})$/.exec(text)?.[1]);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/** The order in which a culture writes day, month and year. */
export function dateOrderOf(culture: string): DateOrder | undefined {
  if (!isCulture(culture)) return undefined;
  const parts = new Intl.DateTimeFormat(culture, { dateStyle: 'short', calendar: 'gregory' }).formatToParts(0);
  const order = parts.map(({ type }) => type === 'day' ? 'd' : type === 'month' ? 'm' : type === 'year' ? 'y' : '').join('');
  return order === 'dmy' || order === 'mdy' || order === 'ymd' ? order : undefined;
}

export function isCulture(text: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([text]).length > 0;
  } catch {
    return false;
  }
}

export function isCodePage(text: string): boolean {
  return decodeCharset(new Uint8Array(), text) !== undefined;
}

/** Readers of the string formats that the schema names. */
export const configFormats: Readonly<Record<string, (text: string) => boolean>> = {
  'time-zone': isZone,
  culture: isCulture,
  'code-page': isCodePage,
  'duration-text': (text) => readDuration(text) !== undefined,
  'size-text': (text) => readSizeText(text) !== undefined,
  'listen-address': (text) => readListenAddress(text) !== undefined,
  'syslog-url': (text) => readSyslogUrl(text) !== undefined,
  'https-url': isHttpsUrl,
  'imap-url': isImapUrl,
  'ip-address': isIpAddress,
};
