/** The part of a mail that holds the audit table, and what surrounds it; or why there is none. */
import { maxMailDepth } from '../../src/limits.ts';
import type { ProblemCode } from '../../src/errors.ts';
import { findAuditTable, type AuditTable, type TableFinding } from './audit-table.ts';
import { decodePart } from './decode-part.ts';
import { readHtml } from './html-content.ts';
import { mendMessage, type Damage } from './mend-message.ts';
import { readMessage, type Message, type MessagePart } from './read-message.ts';
import { findTextTable } from './text-table.ts';

export interface MailContent {
  /** visible lines, the table of the audit excepted */
  readonly lines: readonly string[];
  readonly finding: TableFinding;
  /** the table stands in a `blockquote` */
  readonly isQuoted: boolean;
  /** addresses of the From header of the embedded message that holds the table; absent for a table in the mail itself */
  readonly embeddedFrom?: readonly string[];
  readonly damage: readonly ContentDamage[];
}
export type ContentDamage = Damage | 'charset';
export interface ContentFailure { readonly code: ProblemCode; readonly reason: string }

/** Never rejects. */
export async function findContent(message: Message, nesting: number = 0): Promise<MailContent | ContentFailure> {
  const tooDeep: ContentFailure = { code: 'mail-limit', reason: `parts are nested deeper than ${String(maxMailDepth)} levels` };
  if (message.parts.some((part) => part.depth + nesting > maxMailDepth)) return tooDeep;
  const wrapped = wrappedBy(message);
  if (wrapped !== undefined) return { code: 'mail-encrypted', reason: wrapped };
  const own = contentOf(message.parts.filter((part) => !part.isAttachment));
  if ('code' in own || own.finding.kind !== 'absent') return own;
  // Only then is an embedded message looked into: the mail itself comes first.
  let found: MailContent | undefined;
  for (const part of message.parts.filter(({ type }) => type === 'message/rfc822' || type === 'message/global')) {
    const { bytes, damage } = mendMessage(part.bytes);
    const inner = await readMessage(bytes);
    if (inner === 'limit') return { code: 'mail-limit', reason: 'an embedded message exceeds a limit' };
    if (inner === 'damaged') continue;
    const content = await findContent(inner, nesting + part.depth + 1);
    if ('code' in content) {
      if (content.code === 'mail-limit') return content;
      continue;
    }
    if (content.finding.kind === 'absent') continue;
    if (found !== undefined) return { ...found, finding: { kind: 'refused', reason: 'two embedded messages hold an audit table' } };
    found = { ...content, embeddedFrom: content.embeddedFrom ?? inner.from, damage: [...new Set([...content.damage, ...damage])] };
  }
  if (found !== undefined) return found;
  const tnef = message.parts.find(isTnef);
  return tnef === undefined || own.lines.length > 0 ? own : { code: 'mail-encrypted', reason: 'the content is wrapped in TNEF (winmail.dat)' };
}

function contentOf(parts: readonly MessagePart[]): MailContent | ContentFailure {
  const damage = new Set<ContentDamage>();
  const html = parts.filter(({ type }) => type === 'text/html');
  let result: MailContent | undefined;
  for (const part of html) {
    const { text, asStated } = decodePart(part);
    if (!asStated) damage.add('charset');
    const content = readHtml(text);
    if (content === 'limit') return { code: 'mail-limit', reason: 'the HTML exceeds a limit of nesting or table size' };
    const finding = findAuditTable(content.tables);
    const table = tableOf(finding)?.table;
    const lines = table === undefined ? content.lines : [...content.lines.slice(0, table.firstLine), ...content.lines.slice(table.endLine)];
    if (result !== undefined && result.finding.kind !== 'absent' && finding.kind !== 'absent') {
      return { ...result, finding: { kind: 'refused', reason: 'two parts hold an audit table' } };
    }
    if (result === undefined || finding.kind !== 'absent') result = { lines: [...result?.lines ?? [], ...lines], finding, isQuoted: table?.isQuoted ?? false, damage: [...damage] };
  }
  if (result !== undefined) return result;
  for (const part of parts.filter(({ type }) => type === 'text/plain')) {
    const { text, asStated } = decodePart(part);
    if (!asStated) damage.add('charset');
    if (/^-----BEGIN PGP MESSAGE-----/m.test(text)) return { code: 'mail-encrypted', reason: 'the text is encrypted with PGP' };
    const finding = findTextTable(text);
    const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
    if (result === undefined || finding.kind !== 'absent') result = { lines, finding, isQuoted: false, damage: [...damage] };
  }
  return result ?? { lines: [], finding: { kind: 'absent' }, isQuoted: false, damage: [] };
}

function tableOf(finding: TableFinding): AuditTable | undefined {
  return finding.kind === 'found' ? finding.table : undefined;
}

function isTnef(part: MessagePart): boolean {
  return /^application\/(vnd\.)?ms-tnef$/.test(part.type) || part.fileName?.toLowerCase() === 'winmail.dat';
}

/** Clear-signed mails are read; what only a key or another format opens is not. */
function wrappedBy(message: Message): string | undefined {
  if (message.type === 'multipart/encrypted') return 'the message is encrypted (PGP/MIME)';
  const hasText = message.parts.some(({ type, isAttachment }) => !isAttachment && /^text\/(html|plain)$/.test(type));
  if (!hasText && message.parts.some(({ type }) => /^application\/(x-)?pkcs7-mime$/.test(type))) return 'the message is encrypted or signed as a whole (S/MIME)';
  return !hasText && message.parts.some(({ type }) => /^application\/pgp-encrypted$/.test(type)) ? 'the message is encrypted (PGP)' : undefined;
}
