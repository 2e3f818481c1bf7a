/** Reads syslog messages of RFC 5424 and RFC 3164 as this program writes them and as relays hand them on. Never throws. */

export interface SyslogMessage {
  readonly format: 'rfc5424' | 'bsd';
  readonly facility: number;
  readonly severity: number;
  /** as written: RFC 3339, or `Mmm dd hh:mm:ss` without year and zone; absent when the header says there is none */
  readonly time?: string;
  readonly host?: string;
  /** APP-NAME, or the TAG without its number */
  readonly app?: string;
  readonly process?: string;
  readonly id?: string;
  /** as written, escapes included */
  readonly structuredData?: string;
  /** payload; a byte order mark is taken off */
  readonly message: string;
}

const priorityForm = /^<(0|[1-9]\d{0,2})>/;
const newForm = /^1 (\S{1,48}) ([\x21-\x7e]{1,255}) ([\x21-\x7e]{1,48}) ([\x21-\x7e]{1,128}) ([\x21-\x7e]{1,32}) /;
const oldForm = /^([A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}) ([\x21-\x7e]{1,255}) ([^\s:[\]]{1,48})(?:\[([^\s\]]{1,128})\])?: ?/;
const elementForm = /\[[^\s="\]]{1,32}(?: [^\s="\]]{1,32}="(?:[^"\\\]]|\\[^])*")*\]/y;

/** The parts of one message without its frame; undefined when it is neither of the two formats. */
export function readSyslog(text: string): SyslogMessage | undefined {
  const priority = priorityForm.exec(text);
  if (priority === null || Number(priority[1]) > 191) return undefined;
  const [facility, severity] = [Math.floor(Number(priority[1]) / 8), Number(priority[1]) % 8];
  const rest = text.slice(priority[0].length);
  const modern = newForm.exec(rest);
  if (modern !== null) {
    const [whole, time = '-', host = '-', app = '-', process = '-', id = '-'] = modern;
    const dataEnd = endOfStructuredData(rest, whole.length);
    if (dataEnd === undefined) return undefined;
    const data = rest.slice(whole.length, dataEnd);
    return {
      format: 'rfc5424', facility, severity, ...present({ time, host, app, process, id, structuredData: data }),
      message: rest.slice(dataEnd + 1).replace(/^\ufeff/, ''),
    };
  }
  const old = oldForm.exec(rest);
  if (old === null) return undefined;
  const [whole, time = '', host = '', app = '', process = '-'] = old;
  return { format: 'bsd', facility, severity, ...present({ time, host, app, process }), message: rest.slice(whole.length) };
}

/** `-` is the sign for nothing. */
function present<K extends string>(parts: Readonly<Record<K, string>>): { readonly [name in K]?: string } {
  return Object.fromEntries(Object.entries<string>(parts).filter(([, value]) => value !== '-')) as { readonly [name in K]?: string };
}

/** Where the structured data ends: at a blank or at the end of the message. */
function endOfStructuredData(text: string, from: number): number | undefined {
  let at = from;
  if (text[at] === '-') at += 1;
  else {
    while (text[at] === '[') {
      elementForm.lastIndex = at;
      const element = elementForm.exec(text);
      if (element === null) return undefined;
      at += element[0].length;
    }
    if (at === from) return undefined;
  }
  return at === text.length || text[at] === ' ' ? at : undefined;
}
