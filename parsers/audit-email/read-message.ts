/**
 * One MIME message as its decoded parts and raw header lines. The only module that imports mailparser.
 * Text parts are taken as bytes: the order in which character sets are believed (formats of audit mails, section 8) is ours.
 */
import type { AttachmentStream, HeaderLines, Headers, MailParserOptions, MessageText } from 'mailparser';
import { maxMailParts } from '../../src/limits.ts';

export interface HeaderLine {
  /** lower case */
  readonly name: string;
  /** unfolded, not decoded, comments kept */
  readonly value: string;
}
export interface MessagePart {
  /** `text/html`, lower case */
  readonly type: string;
  readonly charset?: string;
  readonly fileName?: string;
  readonly isAttachment: boolean;
  /** nesting of multiparts around it; 0 for a message of one part */
  readonly depth: number;
  /** transfer encoding removed, character set untouched */
  readonly bytes: Uint8Array;
}
export interface Message {
  /** in the order of the message, newest trace header first */
  readonly headers: readonly HeaderLine[];
  /** encoded words decoded */
  readonly subject: string;
  /** addresses of the From header, lower case */
  readonly from: readonly string[];
  /** addresses of To and Cc, lower case */
  readonly recipients: readonly string[];
  readonly messageId?: string;
  /** `multipart/signed`, lower case */
  readonly type: string;
  readonly parts: readonly MessagePart[];
}
export type MessageFailure = 'limit' | 'damaged';

const options: MailParserOptions = {
  skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, ignoreEmbedded: true, checksumAlgo: false, maxChildNodes: maxMailParts,
};

/** Never rejects. `limit`: more parts or a larger header than allowed; `damaged`: the message could not be read at all. */
export async function readMessage(bytes: Uint8Array): Promise<Message | MessageFailure> {
  // The library takes longer to load than a small log to read, and many inputs hold no mail.
  const { MailParser } = await import('mailparser');
  return new Promise((resolve) => {
    const parser = new MailParser(options);
    // Every leaf is then delivered as its bytes; a part that mailparser decodes itself has lost what an unnamed character set needs.
    Object.assign(parser, { textTypes: [] });
    const pending: Promise<MessagePart>[] = [];
    let headers: Headers = new Map();
    let lines: HeaderLines = [];
    parser.on('error', (error: unknown) => { resolve(isLimit(error) ? 'limit' : 'damaged'); });
    parser.on('headers', (found: Headers) => { headers = found; });
    parser.on('headerLines', (found: HeaderLines) => { lines = found; });
    parser.on('data', (data: AttachmentStream | MessageText) => {
      if (data.type === 'attachment') pending.push(readPart(data));
    });
    parser.on('end', () => {
      Promise.all(pending).then((parts) => { resolve(messageOf(headers, lines, parts)); }).catch(() => { resolve('damaged'); });
    });
    parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

function readPart(part: AttachmentStream): Promise<MessagePart> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    part.content.on('data', (chunk: Buffer) => { chunks.push(chunk); });
    part.content.on('error', reject);
    part.content.on('end', () => {
      part.release?.();
      resolve(partOf(part, Buffer.concat(chunks)));
    });
  });
}

/** Declared types are promises that damaged headers break: nothing is taken for a string unseen. */
function partOf(part: AttachmentStream, bytes: Uint8Array): MessagePart {
  const contentType = structured(part.headers.get('content-type'));
  const charset = contentType.params['charset'];
  const found: { readonly contentType: unknown; readonly partId: unknown; readonly filename?: unknown; readonly contentDisposition?: unknown } = part;
  const type = contentType.value === '' && typeof found.contentType === 'string' ? found.contentType.toLowerCase() : contentType.value;
  return {
    type, bytes, isAttachment: typeof found.contentDisposition === 'string' && found.contentDisposition !== 'inline',
    depth: typeof found.partId === 'string' ? found.partId.split('.').length : 0,
    ...(charset === undefined ? {} : { charset }), ...(typeof found.filename === 'string' ? { fileName: found.filename } : {}),
  };
}

function messageOf(headers: Headers, lines: HeaderLines, parts: readonly MessagePart[]): Message {
  const messageId = headers.get('message-id');
  const subject = headers.get('subject');
  return {
    headers: lines.map(({ key, line }) => ({ name: key.toLowerCase(), value: unfold(line) })),
    subject: typeof subject === 'string' ? subject : '', from: addresses(headers.get('from')), parts,
    recipients: [...addresses(headers.get('to')), ...addresses(headers.get('cc'))], type: structured(headers.get('content-type')).value,
    ...(typeof messageId === 'string' && messageId.length > 2 ? { messageId: messageId.replace(/^<|>$/g, '') } : {}),
  };
}

function unfold(line: string): string {
  return line.slice(line.indexOf(':') + 1).replace(/[\r\n]+/g, '').trim();
}

function structured(value: unknown): { readonly value: string; readonly params: Readonly<Record<string, string>> } {
  if (typeof value !== 'object' || value === null || !('value' in value) || typeof value.value !== 'string') return { value: '', params: {} };
  const params = 'params' in value && typeof value.params === 'object' && value.params !== null ? value.params : {};
  return { value: value.value.toLowerCase(), params: Object.fromEntries(Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) };
}

function addresses(header: unknown): readonly string[] {
  if (Array.isArray(header)) return header.flatMap(addresses);
  if (typeof header !== 'object' || header === null || !('value' in header) || !Array.isArray(header.value)) return [];
  return header.value.flatMap((entry: unknown): readonly string[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    if ('group' in entry && Array.isArray(entry.group)) return addresses({ value: entry.group });
    return 'address' in entry && typeof entry.address === 'string' && entry.address !== '' ? [entry.address.toLowerCase()] : [];
  });
}

function isLimit(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EMAXLEN';
}
