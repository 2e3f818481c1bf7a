/**
 * The types of the fields in message templates. Each is defined once: what it means, how the matcher reads its bytes, and the same thing as a regular
 * expression within the subset that JavaScript, PCRE, Oniguruma and RE2 share (no look-around, no back-references, counts up to 1,000).
 *
 * - `open` takes any text, also none, up to the place where what follows fits first; at the end of a template it takes everything.
 * - `class` takes a run of ASCII characters of one set, as long as possible and bounded, so that a hostile line cannot make it expensive.
 * - `shape` is a fixed grammar with one possible end.
 */
export type FieldType = OpenType | ClassType | ShapeType;
export interface OpenType { readonly kind: 'open'; readonly meaning: string; readonly sample: string }
export interface ClassType {
  readonly kind: 'class';
  readonly meaning: string;
  readonly sample: string;
  /** what stands between the brackets of the expression */
  readonly set: string;
  readonly min: number;
  readonly max: number;
}
export interface ShapeType {
  readonly kind: 'shape';
  readonly meaning: string;
  readonly sample: string;
  readonly regex: string;
  /** longest text, in bytes */
  readonly max: number;
  /** true: every byte of the text is ASCII and no text of this type is the beginning of another one */
  readonly isPrefixFree: true;
}

/** The product's name inside messages changes over time (formats/explorer-archiver-logs.md 6). */
export const productNames: readonly string[] = ['Veeam Backup for Office 365', 'Veeam Backup for Microsoft Office 365', 'Veeam Backup for Microsoft 365'];

const open = (meaning: string, sample: string): OpenType => ({ kind: 'open', meaning, sample });
const run = (meaning: string, sample: string, set: string, min: number, max: number): ClassType => ({ kind: 'class', meaning, sample, set, min, max });
const shape = (meaning: string, sample: string, regex: string, max: number): ShapeType => ({ kind: 'shape', meaning, sample, regex, max, isPrefixFree: true });

// Names, paths, dates and error texts are open on purpose: they come from people and from Windows in every language, and a stricter type would turn
// a strange name into an unknown line.
const types = {
  text: open('any text, also none', 'Q3, final'),
  rest: open('everything up to the end of the message; only as the last field', 'The logon attempt failed'),
  account: open('account as Windows writes it', 'CONTOSO\\aroha.ngata'),
  upn: open('sign-in name of Microsoft 365', 'restore.admin@contoso.example'),
  path: open('path of a file or folder', 'C:\\Users\\alee\\Desktop\\Q3.msg'),
  'owner-path': open('owner and folder, or a site path', 'Ann Lee\\Inbox\\Finance'),
  date: open('date and time in the culture of the file', '3/05/2022 10:00:00 AM'),
  count: run('whole number', '16783', '0-9', 1, 19),
  port: run('port number', '9194', '0-9', 1, 5),
  duration: run('time span: `[d.]hh:mm:ss[.fffffff]`', '00:00:02.1180043', '0-9:.', 1, 32),
  version: run('version number', '10.0.3.225', '0-9A-Za-z.+-', 1, 64),
  ip: run('IPv4 or IPv6 address, with or without a zone index', '2001:db8::25%12', '0-9A-Za-z.:%', 2, 64),
  host: run('name or address of a machine', 'cloudconnect.fabrikam.example', '0-9A-Za-z._:%-', 1, 255),
  word: run('one word, as of a program or an action', 'Veeam.Exchange.Explorer.exe', '0-9A-Za-z._-', 1, 128),
  id: run('opaque identifier', '82935e85-405a-564c-921d-a654631b25ac', '0-9A-Za-z_{}-', 1, 64),
  equals: run('part of a ruled line', '====', '=', 0, 512),
  guid: shape('GUID', 'b0f2075d-9266-581d-a8a2-affbe975d46f', '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}', 36),
  size: shape('size as printed, with point or comma', '79.1 KB', '[0-9]{1,15}(?:[.,][0-9]{1,6})? (?:bytes|B|KB|MB|GB|TB)', 28),
  product: shape('name of the product, old or new', 'Veeam Backup for Microsoft 365', `(?:${productNames.join('|')})`, 64),
} satisfies Readonly<Record<string, FieldType>>;

export const fieldTypes: Readonly<Record<string, FieldType>> = types;

/** Undefined when no such type exists. */
export function fieldType(name: string): FieldType | undefined {
  return Object.hasOwn(fieldTypes, name) ? fieldTypes[name] : undefined;
}

/** The expression of one field, without its group. @param isLast an open field at the end takes everything at once */
export function fieldRegex(type: FieldType, isLast: boolean): string {
  switch (type.kind) {
    case 'open': return isLast ? '.*' : '.*?';
    case 'class': return `[${type.set}]{${type.min},${type.max}}`;
    case 'shape': return type.regex;
  }
}

/** Which bytes belong to a class: 1 or 0 by byte. */
export function classTable(type: ClassType): Uint8Array {
  const one = new RegExp(`^[${type.set}]$`);
  return Uint8Array.from({ length: 256 }, (_, byte) => byte < 128 && one.test(String.fromCharCode(byte)) ? 1 : 0);
}
