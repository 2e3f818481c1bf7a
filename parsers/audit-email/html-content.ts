/**
 * What a reader of an HTML part sees: its lines of text, and every table as rows of cell texts. The only module that imports htmlparser2.
 * Attributes, styles, comments and scripts are not read, character references are decoded once, nothing is fetched.
 */
import { Parser } from 'htmlparser2';
import { maxHtmlDepth, maxMailTableCells } from '../../src/limits.ts';

export interface TableRow {
  readonly cells: readonly string[];
  /** a cell of this row spans rows or columns */
  readonly spans: boolean;
}
export interface HtmlTable {
  readonly rows: readonly TableRow[];
  /** index of the table around it in `HtmlContent.tables` */
  readonly parent?: number;
  /** the text ends inside it: the message was cut, and its last cell may be too */
  readonly isCut: boolean;
  /** inside a `blockquote`: quoted by a mail program */
  readonly isQuoted: boolean;
  /** number of text lines before and at the end of the table */
  readonly firstLine: number;
  readonly endLine: number;
}
export interface HtmlContent {
  readonly lines: readonly string[];
  readonly tables: readonly HtmlTable[];
}

interface OpenTable {
  readonly index: number;
  readonly rows: TableRow[];
  readonly parent?: number;
  readonly isQuoted: boolean;
  readonly firstLine: number;
  isCut: boolean;
  endLine: number;
  row?: { cells: string[]; spans: boolean };
  cell?: string[];
}

const unread = new Set(['script', 'style', 'title', 'template', 'noscript', 'textarea', 'select', 'option', 'object', 'iframe', 'noframes', 'noembed', 'xmp']);
const inline = new Set([
  'a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'del', 'dfn', 'em', 'font', 'i', 'img', 'ins', 'kbd', 'mark', 'q', 's', 'samp', 'small', 'span',
  'strike', 'strong', 'sub', 'sup', 'tt', 'u', 'var', 'wbr', 'o:p', 'ruby', 'rt', 'rp', 'time', 'data', 'label', 'nobr',
]);
const chunkLength = 16 * 1024;

/** `limit` when the nesting or the number of cells exceeds a limit. Never throws. Linear in the length. */
export function readHtml(html: string): HtmlContent | 'limit' {
  const lines: string[] = [];
  const tables: OpenTable[] = [];
  const open: OpenTable[] = [];
  let line: string[] = [];
  let depth = 0;
  let unreadDepth = 0;
  let quotes = 0;
  let cellCount = 0;
  let tooMuch = false;

  const endLine = (): void => {
    const text = collapse(line.join(''));
    if (text !== '') lines.push(text);
    line = [];
  };
  const endCell = (table: OpenTable): void => {
    if (table.cell === undefined) return;
    table.row?.cells.push(collapse(table.cell.join('')));
    delete table.cell;
  };
  const endRow = (table: OpenTable): void => {
    endCell(table);
    if (table.row !== undefined) table.rows.push(table.row);
    delete table.row;
  };
  const endTable = (): void => {
    const table = open.pop();
    if (table === undefined) return;
    endRow(table);
    table.endLine = lines.length;
  };
  const addText = (text: string): void => {
    line.push(text);
    for (const table of open) table.cell?.push(text);
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > maxHtmlDepth) tooMuch = true;
      if (unread.has(name)) unreadDepth += 1;
      if (unreadDepth > 0) return;
      if (!inline.has(name)) {
        endLine();
        for (const table of open) table.cell?.push(' ');
      }
      const table = open.at(-1);
      if (name === 'blockquote') quotes += 1;
      if (name === 'table') {
        if (open.length >= 100) tooMuch = true;
        const entry: OpenTable = { index: tables.length, rows: [], isQuoted: quotes > 0, isCut: false, firstLine: lines.length, endLine: lines.length, ...(table === undefined ? {} : { parent: table.index }) };
        tables.push(entry);
        open.push(entry);
      } else if (name === 'tr' && table !== undefined) {
        endRow(table);
        table.row = { cells: [], spans: false };
      } else if ((name === 'td' || name === 'th') && table !== undefined) {
        endCell(table);
        table.row ??= { cells: [], spans: false };
        if (isSpan(attributes['rowspan']) || isSpan(attributes['colspan'])) table.row.spans = true;
        table.cell = [];
        cellCount += 1;
        if (cellCount > maxMailTableCells) tooMuch = true;
      }
    },
    ontext(text) {
      if (unreadDepth === 0) addText(text);
    },
    onclosetag(name) {
      depth -= 1;
      if (unread.has(name)) {
        unreadDepth = Math.max(0, unreadDepth - 1);
        return;
      }
      if (unreadDepth > 0) return;
      if (!inline.has(name)) {
        endLine();
        for (const table of open) table.cell?.push(' ');
      }
      const table = open.at(-1);
      if (name === 'blockquote') quotes -= 1;
      else if (name === 'table') endTable();
      else if (table !== undefined && (name === 'td' || name === 'th')) endCell(table);
      else if (table !== undefined && name === 'tr') endRow(table);
    },
  }, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false });

  /* eslint-disable @typescript-eslint/no-unnecessary-condition -- the call-backs set it */
  for (let at = 0; at < html.length && !tooMuch; at += chunkLength) parser.write(html.slice(at, at + chunkLength));
  if (tooMuch) return 'limit';
  /* eslint-enable @typescript-eslint/no-unnecessary-condition */
  for (const table of open) table.isCut = true;
  parser.end();
  while (open.length > 0) endTable();
  endLine();
  return { lines, tables };
}

/** The character set that a `meta` element of the first kilobytes names (HTML Standard, 13.2.3.2, as far as mails need it). */
export function metaCharset(start: string): string | undefined {
  let found: string | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name !== 'meta' || found !== undefined) return;
      const content = attributes['content'] ?? '';
      const at = content.toLowerCase().indexOf('charset=');
      found = attributes['charset'] ?? (at < 0 ? undefined : content.slice(at + 'charset='.length).split(/[\s;]/, 1)[0]);
    },
  }, { decodeEntities: true, lowerCaseTags: true });
  parser.end(start);
  return found === undefined || found.trim() === '' ? undefined : found.trim();
}

/** Runs of white space, U+00A0 and line breaks included, become one blank. */
export function collapse(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}

function isSpan(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '1' && value.trim() !== '';
}
