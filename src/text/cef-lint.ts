/** Finds what receivers of CEF stumble over (syslog-and-cef.md 9). The tests run it over every line we emit. */
import { cefDictionary, customKeys, isConsumerKey, isOwnKey, ownKeyKind, type CefType } from './cef-dictionary.ts';
import { cefFields } from './cef-fields.ts';
import { readCef, type CefMessage, type CefPair } from './cef.ts';
import { alertCode, eventTitles } from './event-title.ts';
import { isIpAddress } from './ip-address.ts';

export const cefLintCodes = {
  CEF01: 'fewer than seven pipes, a blank after `CEF:`, or a version other than 0',
  CEF02: 'pipe or backslash in a header field',
  CEF03: 'name or class id is not in the catalogue',
  CEF04: 'severity is neither 0 to 10 nor one of the words',
  CEF05: 'unescaped `=` in a value',
  CEF06: 'pipe escaped in the extension',
  CEF07: 'raw control character or byte order mark',
  CEF08: 'key twice, key of consumers, or unknown key',
  CEF09: 'empty value, or blanks at an end or doubled',
  CEF10: 'custom field without its label, or with another one',
  CEF11: 'value longer than its key allows',
  CEF12: 'value of another type than its key',
  CEF13: 'JSON inside a custom string',
  CEF14: '`CEF:` inside a value, or `;` in a value of an own key',
  CEF15: 'no `rt`',
} as const;
export type CefLintCode = keyof typeof cefLintCodes;

export interface CefFault {
  readonly code: CefLintCode;
  /** the key, or what part of the line */
  readonly where: string;
}

/**
 * What is wrong with one CEF payload, without syslog header and line end; empty when nothing is. Lengths are counted in bytes as written.
 * The one blank that `spaceAfterHeader` writes after the seventh pipe is no fault.
 */
export function lintCef(line: string): readonly CefFault[] {
  const faults: CefFault[] = [];
  const fault = (code: CefLintCode, where: string): void => void faults.push({ code, where });
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]|^\ufeff/.test(line)) fault('CEF07', 'line');
  const message = readCef(line);
  if (message === undefined || !/^\ufeff?CEF:0\|/.test(line)) fault('CEF01', 'header');
  if (message === undefined) return faults;
  lintHeader(message, fault);
  lintExtension(message, fault);
  return faults;
}

type Report = (code: CefLintCode, where: string) => void;

function lintHeader({ rawHeader, classId, name, severity }: CefMessage, fault: Report): void {
  if (rawHeader.some((field) => field.includes('\\'))) fault('CEF02', 'header');
  const title = eventTitles.get(classId);
  if (classId !== alertCode && (title === undefined || title !== name)) fault('CEF03', title === undefined ? 'class id' : 'name');
  if (!/^(\d|10|Unknown|Low|Medium|High|Very-High)$/.test(severity)) fault('CEF04', 'severity');
}

function lintExtension({ rawExtension, pairs, values }: CefMessage, fault: Report): void {
  const text = rawExtension.startsWith(' ') ? rawExtension.slice(1) : rawExtension;
  if (text !== '' && !/^[A-Za-z0-9_.]+=/.test(text)) fault('CEF09', 'before the first key');
  const seen = new Set<string>();
  for (const pair of pairs) {
    if (seen.has(pair.key)) fault('CEF08', pair.key);
    seen.add(pair.key);
    lintPair(pair, fault);
    if (customKeys.has(pair.key)) lintLabel(pair.key, values.get(`${pair.key}Label`), fault);
    else if (pair.key.endsWith('Label') && !values.has(pair.key.slice(0, -'Label'.length))) fault('CEF10', pair.key);
  }
  if (!seen.has('rt')) fault('CEF15', 'rt');
}

function lintPair({ key, value, raw }: CefPair, fault: Report): void {
  const isOwn = isOwnKey(key);
  const kind = isOwn ? ownKeyKind : cefDictionary.get(key);
  if (isConsumerKey(key) || kind === undefined) fault('CEF08', key);
  if (hasUnescapedEquals(raw)) fault('CEF05', key);
  if (hasEscapedPipe(raw)) fault('CEF06', key);
  if (raw === '' || raw.startsWith(' ') || raw.endsWith(' ') || raw.includes('  ')) fault('CEF09', key);
  if (kind?.maxBytes !== undefined && Buffer.byteLength(raw, 'utf8') > kind.maxBytes) fault('CEF11', key);
  if (kind !== undefined && raw !== '' && !isOfType(value, kind.type)) fault('CEF12', key);
  if (/^cs[1-6]$/.test(key) && isJson(value)) fault('CEF13', key);
  if (value.includes('CEF:') || (isOwn && value.includes(';'))) fault('CEF14', key);
}

/** The labels that readers know us by. */
const agreedLabels: ReadonlyMap<string, string | undefined> = new Map(cefFields.map(({ key, label }) => [key, label]));

function lintLabel(key: string, label: string | undefined, fault: Report): void {
  const agreed = agreedLabels.get(key);
  if (label === undefined || label.includes(' ') || (agreed !== undefined && label !== agreed)) fault('CEF10', key);
}

function hasUnescapedEquals(raw: string): boolean {
  return raw.replace(/\\[^]/g, '').includes('=');
}

function hasEscapedPipe(raw: string): boolean {
  return raw.includes('\\|') && Array.from(raw.matchAll(/\\[^]/g), ([escape]) => escape).includes('\\|');
}

function isOfType(value: string, type: CefType): boolean {
  switch (type) {
    case 'string': case 'label': return true;
    case 'ipv4': return isIpAddress(value) && !value.includes(':');
    case 'ipv6': return isIpAddress(value) && value.includes(':');
    case 'time': return /^\d{1,15}$/.test(value) || /^[A-Z][a-z]{2} \d{1,2} (\d{4} )?\d{2}:\d{2}:\d{2}(\.\d{3})?( [A-Za-z0-9:+/-]+)?$/.test(value);
    case 'int': return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= 2_147_483_647;
    case 'long': return /^-?\d{1,19}$/.test(value);
    case 'double': return /^-?\d{1,300}(\.\d{1,300})?$/.test(value);
    case 'mac': return /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(value);
  }
}

function isJson(value: string): boolean {
  if (!/^[{[]/.test(value)) return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
