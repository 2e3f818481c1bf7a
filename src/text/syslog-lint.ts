/** Finds what receivers of RFC 5424 messages stumble over (syslog-and-cef.md 9). */

export const syslogLintCodes = {
  SYS01: 'PRI out of range or with a leading zero; a part of the header is missing, too long, empty or not printable ASCII',
  SYS02: 'timestamp without zone, with more than six decimals, with a lower-case letter, or no time',
  SYS03: 'message above the limit, octet count not the number of bytes, or a line feed inside a message that one ends',
  SYS04: 'structured data is not well-formed, or names an id twice',
  SYS05: 'APP-NAME begins with `Veeam_MP`',
} as const;
export type SyslogLintCode = keyof typeof syslogLintCodes;
export interface SyslogFault { readonly code: SyslogLintCode; readonly where: string }

export interface SyslogLintOptions {
  /** how the bytes are framed: a bare message, an octet count before it, or a line feed after it */
  readonly framing?: 'none' | 'octet' | 'lf';
  /** most bytes of the message without its frame */
  readonly maxBytes?: number;
}

/** What is wrong with one message as it goes over the wire; empty when nothing is. */
export function lintSyslog(frame: Uint8Array, { framing = 'none', maxBytes = 8_000 }: SyslogLintOptions = {}): readonly SyslogFault[] {
  const faults: SyslogFault[] = [];
  const fault = (code: SyslogLintCode, where: string): void => void faults.push({ code, where });
  // One character per byte: positions are those of the wire.
  const text = unframed(Buffer.from(frame).toString('latin1'), framing, fault);
  if (text.length > maxBytes) fault('SYS03', 'size');
  const header = /^<(\d{1,10})>(\d{0,3}) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) (?=(.))/s.exec(text);
  if (header === null) {
    fault('SYS01', 'header');
    return faults;
  }
  const [whole, priority = '', version, time = '', host = '', app = '', process = '', id = ''] = header;
  if (!/^(0|[1-9]\d{0,2})$/.test(priority) || Number(priority) > 191) fault('SYS01', 'PRI');
  if (version !== '1') fault('SYS01', 'VERSION');
  for (const [part, value, most] of [['HOSTNAME', host, 255], ['APP-NAME', app, 48], ['PROCID', process, 128], ['MSGID', id, 32]] as const) {
    if (!/^[\x21-\x7e]+$/.test(value) || value.length > most) fault('SYS01', part);
  }
  if (time !== '-' && !isTimestamp(time)) fault('SYS02', 'TIMESTAMP');
  if (app.startsWith('Veeam_MP')) fault('SYS05', 'APP-NAME');
  if (!isStructuredData(text, whole.length)) fault('SYS04', 'STRUCTURED-DATA');
  return faults;
}

function unframed(text: string, framing: 'none' | 'octet' | 'lf', fault: (code: SyslogLintCode, where: string) => void): string {
  if (framing === 'octet') {
    const count = /^(\d{1,10}) /.exec(text);
    const message = text.slice(count?.[0].length ?? 0);
    if (count === null || !/^[1-9]/.test(count[0]) || Number(count[1]) !== message.length) fault('SYS03', 'octet count');
    return message;
  }
  if (framing === 'lf') {
    const message = text.endsWith('\n') ? text.slice(0, -1) : text;
    if (message === text || message.includes('\n')) fault('SYS03', 'line feed');
    return message;
  }
  return text;
}

function isTimestamp(time: string): boolean {
  const parts = /^\d{4}-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,6})?(?:Z|[+-](\d{2}):(\d{2}))$/.exec(time);
  if (parts === null) return false;
  const [month, day, hour, minute, second, zoneHour, zoneMinute] = [1, 2, 3, 4, 5, 7, 8].map((index) => Number(parts[index] ?? 0)) as [number, number, number, number, number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(Number(time.slice(0, 4)), month, 0)).getUTCDate()
    && hour <= 23 && minute <= 59 && second <= 59 && zoneHour <= 23 && zoneMinute <= 59;
}

/** True when well-formed structured data stands at `from`, ended by a blank or the end of the message, with no id twice. */
function isStructuredData(text: string, from: number): boolean {
  if (text[from] === '-') return isEnd(text, from + 1);
  const ids = new Set<string>();
  let at = from;
  const element = /\[([\x21\x23-\x3c\x3e-\x5c\x5e-\x7e]{1,32})((?: [\x21\x23-\x3c\x3e-\x5c\x5e-\x7e]{1,32}="(?:[^"\\\]]|\\[^])*")*)\]/y;
  for (;;) {
    element.lastIndex = at;
    const found = element.exec(text);
    if (found === null) break;
    const id = found[1] ?? '';
    if (ids.has(id)) return false;
    ids.add(id);
    at += found[0].length;
  }
  return ids.size > 0 && isEnd(text, at);
}

function isEnd(text: string, at: number): boolean {
  return at === text.length || text[at] === ' ';
}
