/**
 * An event as one line of CEF: keys, their order, labels and what fills them are those of schemas/fields.yml (field-map.md 6.1 to 6.5), the syntax that
 * of syslog-and-cef.md 7 and 8. Every value is cut to the length of its key, counted in bytes as written, so that no reader's count is exceeded.
 */
import type { Event, FieldName, FieldValue } from '../event.ts';
import { cefDictionary, isOwnKey, ownKeyKind } from '../text/cef-dictionary.ts';
import { cefFields, type CefField, type CefForm } from '../text/cef-fields.ts';
import { cefHeaderText, cefText, escapeCef } from '../text/cef.ts';
import { cutEnd, cutMiddle, wellFormed } from '../text/cut-text.ts';
import { actionTitle, alertCode, eventTitles } from '../text/event-title.ts';
import { isIpAddress } from '../text/ip-address.ts';

export interface CefOptions {
  /** a blank after the seventh pipe, for receivers that parse with liblognorm */
  readonly spaceAfterHeader?: boolean;
}

/** The event as CEF without a line end. Fields without a CEF key are not in it; a value that was cut here is named in `vb365Truncated`. */
export function cefLine(event: Event, { spaceAfterHeader = false }: CefOptions = {}): string {
  return `${header(event)}|${spaceAfterHeader ? ' ' : ''}${extension(event)}`;
}

function header(event: Event): string {
  const code = event['event.code'] ?? '';
  const title = code === alertCode ? event['rule.name'] ?? '' : eventTitles.get(code) ?? '';
  return [
    'CEF:0', headerField(event['observer.vendor'], 63, 'Veeam'), headerField(event['observer.product'], 63, 'Backup for Microsoft 365'),
    headerField(event['observer.version'], 31, 'unknown'), headerField(code, 1023, 'unknown'),
    headerField(title, 512, actionTitle(event['event.action'] ?? 'unknown')), String(event['event.severity'] ?? 'Unknown'),
  ].join('|');
}

function headerField(value: string | undefined, maxBytes: number, otherwise: string): string {
  const text = cefHeaderText(wellFormed(value ?? ''));
  return cutEnd(text === '' ? cefHeaderText(wellFormed(otherwise)) : text, maxBytes);
}

/** A value as written, and whether something of it is missing. */
interface Value { readonly text: string; readonly isCut: boolean }

function extension(event: Event): string {
  const shortened = new Set<string>(event['vb365.truncated']);
  const parts: string[] = [];
  const cutKeys: string[] = [];
  let truncatedAt = 0;
  for (const field of cefFields) {
    if (field.form === 'truncated') truncatedAt = parts.length;
    const name = field.from.find((candidate) => event[candidate] !== undefined);
    if (name === undefined || field.form === 'truncated' || (field.unless !== undefined && event[field.unless] !== undefined)) continue;
    const value = valueOf(field, name, event);
    if (value === undefined) continue;
    if (value.isCut || shortened.has(name)) cutKeys.push(field.key);
    parts.push(field.label === undefined ? `${field.key}=${value.text}` : `${field.key}Label=${field.label} ${field.key}=${value.text}`);
  }
  // Only now is known what was cut, also of the keys that follow it.
  if (cutKeys.length > 0) parts.splice(truncatedAt, 0, `vb365Truncated=${cutKeys.join(',')}`);
  return parts.join(' ');
}

function valueOf({ key, form }: CefField, name: FieldName, event: Event): Value | undefined {
  const plain = plainText(form, event, name);
  if (plain === undefined || plain === '') return undefined;
  const maxBytes = lengths.get(key) ?? Infinity;
  // Most values need no care at all; one look tells (a UTF-16 unit has at most three bytes).
  if (!needsCare.test(plain) && plain.length * 3 <= maxBytes) return { text: plain, isCut: false };
  const clean = cefText(wellFormed(plain));
  // Sentinel keeps unknown keys as `k=v;k=v` in one column.
  const text = isOwnKey(key) ? clean.replaceAll(';', '_') : clean;
  return text === '' ? undefined : fitted(text, maxBytes, form === 'path' ? cutMiddle : cutEnd);
}
const needsCare = /[\\=;\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]| {2}|^ | $|CEF:/;
const lengths: ReadonlyMap<string, number> = new Map(cefFields.map(({ key }) => [key, (isOwnKey(key) ? ownKeyKind : cefDictionary.get(key))?.maxBytes ?? Infinity]));

/** The text of a value before it is cleaned, cut and escaped; undefined when the field has none that this key can carry. */
function plainText(form: CefForm, event: Event, name: FieldName): string | undefined {
  const value: FieldValue | undefined = event[name];
  switch (form) {
    case 'text': case 'path': return typeof value === 'string' ? value : undefined;
    case 'time': return typeof value === 'string' ? epochMs(value) : undefined;
    case 'int': return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= maxInt ? String(value) : undefined;
    case 'long': return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
    case 'flag': return typeof value === 'boolean' ? String(value) : undefined;
    case 'ipv4': return membersOf(value).find(isIpv4);
    case 'ipv6': return membersOf(value).find(isIpv6);
    case 'list': return membersOf(value).map((member) => member.replaceAll(',', '_')).join(',');
    case 'first': return membersOf(value)[0];
    case 'category': return category(event);
    case 'type': return value === 'restore' ? '1' : value === 'alert' ? '2' : undefined;
    case 'truncated': return undefined;
  }
}
/** `fsize` and `cnt` are 32-bit columns; what is larger stands in a long one. */
const maxInt = 2_147_483_647;

function epochMs(time: string): string | undefined {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : String(ms);
}

function membersOf(value: FieldValue | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : typeof value === 'object' ? value : [];
}

function isIpv4(address: string): boolean {
  return isIpAddress(address) && !address.includes(':');
}
function isIpv6(address: string): boolean {
  return isIpAddress(address) && address.includes(':');
}

function category(event: Event): string {
  const level = event['vb365.level'];
  if (level === 'alert') return 'Alert';
  if (level === 'health') return 'Health';
  const workload = event['vb365.workload'];
  return workload === undefined ? 'Restore' : `Restore/${workloadWords[workload]}`;
}
const workloadWords = { exchange: 'Exchange', onedrive: 'OneDrive', sharepoint: 'SharePoint', teams: 'Teams' } as const;

/** The longest part of a text that, written with its escapes, needs at most `maxBytes`. */
function fitted(text: string, maxBytes: number, cut: (text: string, maxBytes: number) => string): Value {
  const whole = escapeCef(text);
  if (Buffer.byteLength(whole, 'utf8') <= maxBytes) return { text: whole, isCut: false };
  let best = '...';
  let [low, high] = [best.length, maxBytes];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = escapeCef(cut(text, middle));
    if (Buffer.byteLength(candidate, 'utf8') <= maxBytes) {
      best = candidate;
      low = middle + 1;
    } else high = middle - 1;
  }
  return { text: best, isCut: true };
}
