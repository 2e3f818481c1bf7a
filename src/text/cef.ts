/** CEF as text: how a value is written, and how a line is read back (CEF standard v27, sections header and extension). */

/** A value inside the extension. Line breaks become `\n` and `\r`; a pipe stays as it is. */
export function escapeCef(value: string): string {
  return /[\\=\r\n]/.test(value) ? value.replace(/\\|=|\r\n|\n|\r/g, (found) => escapes[found] ?? found) : value;
}
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '=': '\\=', '\r\n': '\\n', '\n': '\\n', '\r': '\\r' };

/**
 * What can be written of a text: no control character but line breaks, single blanks, none at the ends, nothing that looks like the beginning of a CEF
 * message. Receivers look for `CEF:` anywhere in a line and would start a new event there.
 */
export function cefText(text: string): string {
  if (isPlain(text)) return text;
  return trimmed(text.replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').replace(/ {2,}/g, ' ')).replaceAll('CEF:', 'CEF;');
}
/** By hand: an expression for the end of a text looks again from every line break of a long run. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && ' \r\n'.includes(text.charAt(from))) from += 1;
  while (to > from && ' \r\n'.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
function isPlain(text: string): boolean {
  return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]| {2}|^ | $|CEF:/.test(text);
}

/** A text inside the header: receivers split there at every pipe and know no escapes, so neither pipe nor backslash is written. */
export function cefHeaderText(text: string): string {
  return text.replace(/[|\\]/g, '/').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').replace(/ {2,}/g, ' ').trim().replaceAll('CEF:', 'CEF;');
}

export interface CefPair {
  readonly key: string;
  /** unescaped */
  readonly value: string;
  /** as written, without the blank before the next key */
  readonly raw: string;
}
export interface CefMessage {
  /** what stands before `CEF:`: a syslog header, or nothing */
  readonly before: string;
  readonly version: string;
  readonly vendor: string;
  readonly product: string;
  readonly deviceVersion: string;
  readonly classId: string;
  readonly name: string;
  readonly severity: string;
  /** the seven header fields as written, `version` first */
  readonly rawHeader: readonly string[];
  /** everything after the seventh pipe, as written */
  readonly rawExtension: string;
  /** in the order of the line, repeated keys included */
  readonly pairs: readonly CefPair[];
  /** by key; of a repeated key the last */
  readonly values: ReadonlyMap<string, string>;
}

/** Reads a line; undefined when it holds no `CEF:` with seven pipes. Time grows with the length of the line and nothing else. */
export function readCef(line: string): CefMessage | undefined {
  const start = /CEF: ?(?=\d)/.exec(line);
  if (start === null) return undefined;
  const header = readHeader(line, start.index + start[0].length);
  if (header === undefined) return undefined;
  const [version = '', vendor = '', product = '', deviceVersion = '', classId = '', name = '', severity = ''] = header.fields.map(unescapeHeader);
  const rawExtension = line.slice(header.end);
  const pairs = readPairs(rawExtension);
  return {
    before: line.slice(0, start.index), version, vendor, product, deviceVersion, classId, name, severity, rawHeader: header.fields, rawExtension, pairs,
    values: new Map(pairs.map(({ key, value }) => [key, value])),
  };
}

/** Seven fields, each ended by a pipe that no backslash precedes. */
function readHeader(line: string, from: number): { readonly fields: readonly string[]; readonly end: number } | undefined {
  const fields: string[] = [];
  let begin = from;
  for (let at = from; at < line.length; at += 1) {
    const character = line[at];
    if (character === '\\') at += 1;
    else if (character === '|') {
      fields.push(line.slice(begin, at));
      begin = at + 1;
      if (fields.length === 7) return { fields, end: begin };
    }
  }
  return undefined;
}

function unescapeHeader(text: string): string {
  return text.replace(/\\([|\\])/g, '$1');
}

/** A key begins at the beginning or after a blank and is followed by an unescaped `=`; one blank before it belongs to no value. */
function readPairs(text: string): readonly CefPair[] {
  const pairs: CefPair[] = [];
  let open: { readonly key: string; readonly from: number } | undefined;
  let word = 0;
  let isKey = true;
  const close = (end: number): void => {
    if (open === undefined) return;
    const raw = text.slice(open.from, end);
    pairs.push({ key: open.key, value: unescapeCef(raw), raw });
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === ' ') {
      word = at + 1;
      isKey = true;
    } else if (character === '=') {
      if (isKey && at > word) {
        close(Math.max(open?.from ?? 0, word - 1));
        open = { key: text.slice(word, at), from: at + 1 };
      }
      isKey = false;
    } else if (character === '\\') {
      isKey = false;
      at += 1;
    } else if (isKey && !/[A-Za-z0-9_.]/.test(character)) isKey = false;
  }
  close(text.length);
  return pairs;
}

/** A backslash takes the next character with it, once and from the left; before any other character it is a backslash. */
export function unescapeCef(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\([\\=|nr])/g, (_, escaped: string) => meanings[escaped] ?? escaped) : raw;
}
const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r' };
