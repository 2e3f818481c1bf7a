/** Reading of the headers that receiving servers add: Received (RFC 5321 4.4) and Authentication-Results (RFC 8601), and of the Date form (RFC 5322 3.3). */

export interface Hop {
  /** addresses that the receiving server saw, lower case; what the client called itself is not among them */
  readonly addresses: readonly string[];
  /** the receiving server, lower case */
  readonly by?: string;
  readonly ms?: number;
}
export interface MethodResult {
  readonly method: string;
  readonly result: string;
  /** `smtp.mailfrom`, `header.d`, `header.from` … with values in lower case */
  readonly properties: Readonly<Record<string, string>>;
}
export interface AuthenticationResults {
  /** lower case; absent where the header does not begin with one */
  readonly authservId?: string;
  readonly results: readonly MethodResult[];
}

/** One Received header. */
export function readReceived(value: string): Hop {
  const semicolon = value.lastIndexOf(';');
  const ms = semicolon < 0 ? undefined : readMailDate(value.slice(semicolon + 1));
  const tokens = tokens822(semicolon < 0 ? value : value.slice(0, semicolon));
  const byAt = tokens.findIndex((token) => token.kind === 'atom' && token.text.toLowerCase() === 'by');
  const by = byAt < 0 ? undefined : tokens[byAt + 1];
  const seen = new Set<string>();
  for (const token of byAt < 0 ? [] : tokens.slice(0, byAt)) {
    if (token.kind === 'comment') for (const address of addressesOf(token.text)) seen.add(address);
  }
  return {
    addresses: [...seen],
    ...(by?.kind === 'atom' ? { by: by.text.toLowerCase().replace(/\.$/, '') } : {}), ...(ms === undefined ? {} : { ms }),
  };
}

/** Addresses in a comment; one behind `helo` is what the client claims. */
function addressesOf(comment: string): readonly string[] {
  const out: string[] = [];
  let isClaim = false;
  for (const word of comment.split(/[\s,;()]+/)) {
    const claim = /^(?:helo|ehlo)(=.*)?$/i.exec(word);
    if (claim !== null) {
      isClaim = claim[1] === undefined;
      continue;
    }
    const address = word.replace(/^\[|\]$/g, '').replace(/^ipv6:/i, '').toLowerCase();
    if (!isClaim && (/^\d{1,3}(\.\d{1,3}){3}$/.test(address) || /^[0-9a-f]*:[0-9a-f:.]+$/.test(address))) out.push(address);
    isClaim = false;
  }
  return out;
}

/** One Authentication-Results header; comments are dropped. */
export function readAuthenticationResults(value: string): AuthenticationResults {
  const sections: string[][] = [[]];
  for (const token of tokens822(value)) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'end') sections.push([]);
    else sections.at(-1)?.push(token.text);
  }
  const [first = []] = sections;
  const hasId = first.length > 0 && !first.some((word) => word.includes('='));
  const results = (hasId ? sections.slice(1) : sections).flatMap((words) => {
    const [head = '', ...rest] = joinEquals(words);
    const form = /^([a-z0-9-]+)(?:\/\d+)?=([a-z0-9]+)$/.exec(head.toLowerCase());
    if (form === null) return [];
    const properties: Record<string, string> = {};
    for (const word of rest) {
      const equals = word.indexOf('=');
      if (equals > 0) properties[word.slice(0, equals).toLowerCase()] = word.slice(equals + 1).toLowerCase();
    }
    return [{ method: form[1] ?? '', result: form[2] ?? '', properties }];
  });
  return { results, ...(hasId ? { authservId: (first[0] ?? '').toLowerCase() } : {}) };
}

/** `spf = pass` is the same as `spf=pass`. */
function joinEquals(words: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const word of words) {
    const last = out.at(-1);
    if (last !== undefined && (last.endsWith('=') || word.startsWith('='))) out[out.length - 1] = last + word;
    else out.push(word);
  }
  return out;
}

interface Token { readonly kind: 'atom' | 'comment' | 'end'; readonly text: string }

/** Words, comments (nested ones as one) and semicolons; quoted strings lose their quotes and stay part of their word. */
function tokens822(value: string): readonly Token[] {
  const out: Token[] = [];
  let word = '';
  const endWord = (): void => {
    if (word !== '') out.push({ kind: 'atom', text: word });
    word = '';
  };
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    if (char === '(') {
      endWord();
      const start = at + 1;
      let depth = 1;
      while (depth > 0 && at < value.length - 1) {
        at += 1;
        const inner = value.charAt(at);
        if (inner === '\\') at += 1;
        else if (inner === '(') depth += 1;
        else if (inner === ')') depth -= 1;
      }
      out.push({ kind: 'comment', text: value.slice(start, depth === 0 ? at : value.length) });
    } else if (char === '"') {
      for (at += 1; at < value.length && value.charAt(at) !== '"'; at += 1) {
        if (value.charAt(at) === '\\') at += 1;
        word += value.charAt(at);
      }
    } else if (char === ';') {
      endWord();
      out.push({ kind: 'end', text: char });
    } else if (/\s/.test(char)) endWord();
    else word += char;
  }
  endWord();
  return out;
}

export interface MailDate { readonly ms: number; readonly offsetMinutes: number }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const namedZones: Readonly<Record<string, number>> = { ut: 0, utc: 0, gmt: 0, z: 0, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 };

/** Date and offset of an RFC 5322 date; undefined for anything else, also for one without a zone. */
export function readMailDateTime(value: string): MailDate | undefined {
  const text = tokens822(value).flatMap((token) => (token.kind === 'atom' ? [token.text] : [])).join(' ');
  const form = /^(?:[a-z]{3,9}(?:, ?| ))?(\d{1,2}) ([a-z]{3})[a-z]* (\d{4}) (\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ([+-]\d{4}|[a-z]{1,4})$/i.exec(text);
  if (form === null) return undefined;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', zone = ''] = form;
  const monthIndex = months.indexOf(month.toLowerCase());
  const offsetMinutes = /^[+-]/.test(zone) ? Number(`${zone.charAt(0)}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) : namedZones[zone.toLowerCase()];
  if (monthIndex < 0 || offsetMinutes === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const dayMs = Date.UTC(Number(year), monthIndex, Number(day));
  if (new Date(dayMs).getUTCDate() !== Number(day)) return undefined;
  return { ms: dayMs + Number(hour) * 3_600_000 + (Number(minute) - offsetMinutes) * 60_000 + Number(second) * 1000, offsetMinutes };
}

function readMailDate(value: string): number | undefined {
  return readMailDateTime(value)?.ms;
}
