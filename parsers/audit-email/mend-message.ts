/** Making a damaged message readable without changing what it says, and naming the damage. */

export type Damage = 'line-ends' | 'blank-line' | 'final-boundary';
export interface MendedMessage {
  readonly bytes: Uint8Array;
  readonly damage: readonly Damage[];
}

/** RFC 5322 allows `<` in a field name, and no field has it: a line of markup is body. */
const fieldName = /^[!-9;=-~][!-9;-~]{0,75}[ \t]*:/;
const lineFeed = 0x0a;

/**
 * Drops a byte order mark, blank lines and an mbox `From ` line in front; inserts the blank line that is missing between header and body of the
 * message or of one of its parts; reports LF line ends and a missing final boundary. Linear.
 */
export function mendMessage(bytes: Uint8Array): MendedMessage {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damage = new Set<Damage>();
  const start = contentStart(text);
  const boundaries = new Set<string>();
  const closed = new Set<string>();
  const inserts: number[] = [];
  let inHeader = true;
  let field = '';
  const endField = (): void => {
    const boundary = /^content-type ?:[^]*?; ?boundary ?= ?(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(field.replace(/[ \t]+/g, ' '));
    if (boundary !== null) boundaries.add(boundary[1] ?? boundary[2] ?? '');
    field = '';
  };
  for (let at = start; at < text.length;) {
    const end = text.indexOf(lineFeed, at);
    const next = end < 0 ? text.length : end + 1;
    if (end > at ? text[end - 1] !== 0x0d : end === at) damage.add('line-ends');
    if (inHeader || (text[at] === 0x2d && text[at + 1] === 0x2d)) {
      const line = text.toString('latin1', at, Math.min(next, at + 1024)).replace(/[\r\n]+$/, '');
      const delimiter = delimiterOf(line, boundaries);
      if (delimiter !== undefined) {
        endField();
        if (delimiter.isFinal) closed.add(delimiter.boundary);
        inHeader = !delimiter.isFinal;
      } else if (inHeader && line === '') {
        endField();
        inHeader = false;
      } else if (inHeader && /^[ \t]/.test(line)) field = field.length < 4096 ? `${field} ${line.trim()}` : field;
      else if (inHeader && fieldName.test(line)) {
        endField();
        field = line;
      } else if (inHeader) {
        endField();
        inserts.push(at);
        damage.add('blank-line');
        inHeader = false;
      }
    }
    at = next;
  }
  endField();
  if ([...boundaries].some((boundary) => !closed.has(boundary))) damage.add('final-boundary');
  return { bytes: insertLines(text, start, inserts), damage: [...damage] };
}

function contentStart(text: Buffer): number {
  let at = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0;
  while (text[at] === lineFeed || text[at] === 0x0d) at += 1;
  if (text.toString('latin1', at, at + 5) !== 'From ') return at;
  const end = text.indexOf(lineFeed, at);
  return end < 0 ? text.length : end + 1;
}

function delimiterOf(line: string, boundaries: ReadonlySet<string>): { readonly boundary: string; readonly isFinal: boolean } | undefined {
  if (!line.startsWith('--')) return undefined;
  const name = line.slice(2).trimEnd();
  if (boundaries.has(name)) return { boundary: name, isFinal: false };
  return name.endsWith('--') && boundaries.has(name.slice(0, -2)) ? { boundary: name.slice(0, -2), isFinal: true } : undefined;
}

function insertLines(text: Buffer, start: number, inserts: readonly number[]): Uint8Array {
  if (inserts.length === 0) return text.subarray(start);
  const pieces: Buffer[] = [];
  let from = start;
  for (const at of inserts) {
    pieces.push(text.subarray(from, at), Buffer.from('\r\n'));
    from = at;
  }
  return Buffer.concat([...pieces, text.subarray(from)]);
}
