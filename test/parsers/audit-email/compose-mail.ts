/** Audit mails with chosen hazards. Markup and structure vary because the product's are not known. */
import { auditEmail } from '../../../parsers/audit-email/audit-email.ts';
import type { DocumentParser, DocumentResult } from '../../../parsers/contract.ts';
import type { Event, MailRowFacts, SourceContext } from '../../../src/event.ts';

export const titles: readonly string[] = ['Group', 'Account name', 'Type', 'Item name', 'Source path', 'Target path', 'Operation', 'Start time', 'Initiated by'];
export const cells: readonly string[] = ['', 'ann.lee@contoso.example', 'mailbox', 'Q3 figures', 'Ann Lee\\Inbox\\Finance', 'D:\\Out', 'save', '3/14/2023 9:26 AM', 'CONTOSO\\b.cole'];

export function rowHtml(values: readonly string[]): string {
  return `<tr>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;
}
export function tableHtml(...rows: readonly (readonly string[])[]): string {
  return `<table>${[titles, ...rows].map(rowHtml).join('\r\n')}</table>`;
}
/** The cells of the usual row with some replaced, by column title. */
export function row(changes: Readonly<Record<string, string>> = {}): readonly string[] {
  return cells.map((cell, index) => changes[titles[index]!] ?? cell);
}
export function bodyHtml(table: string, head = 'contoso.onmicrosoft.example - Ann Lee'): string {
  return `<html><body><div>Audit: ${head}</div><div>Veeam Backup for Microsoft 365</div><p>Details</p>${table}<p>Veeam Backup for Microsoft 365 6.0.0.385</p></body></html>`;
}

export const received = 'Received: from vb365.contoso.example (vb365.contoso.example [192.0.2.10])\r\n by mx.contoso.example ([192.0.2.1]) with ESMTPS id 1;\r\n Tue, 14 Mar 2023 13:27:05 +0000\r\n';
export const passed = 'Authentication-Results: mx.contoso.example; spf=pass smtp.mailfrom=contoso.example; dmarc=pass header.from=contoso.example\r\n';

export interface MailShape {
  /** raw trace headers, each with its line end; default: one hop and a pass of the own server */
  readonly trace?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly date?: string;
  /** empty: no Message-ID header */
  readonly messageId?: string;
  /** further raw headers, each with its line end */
  readonly more?: string;
  /** raw MIME headers and, behind a blank line, the raw body; default: one HTML part in 8bit */
  readonly mime?: string | Buffer;
  readonly html?: string;
}

export function mail(shape: MailShape = {}): Buffer {
  const mime = shape.mime ?? `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${shape.html ?? bodyHtml(tableHtml(cells))}`;
  const id = shape.messageId ?? 'm1@vb365.contoso.example';
  const header = `${shape.trace ?? received + passed}From: ${shape.from ?? 'vb365-audit@contoso.example'}\r\nTo: audit@contoso.example\r\n`
    + `Subject: ${shape.subject ?? 'Notification'}\r\nDate: ${shape.date ?? 'Tue, 14 Mar 2023 09:27:04 -0400'}\r\n${id === '' ? '' : `Message-ID: <${id}>\r\n`}${shape.more ?? ''}MIME-Version: 1.0\r\n`;
  return Buffer.concat([Buffer.from(header), Buffer.isBuffer(mime) ? mime : Buffer.from(mime)]);
}

export interface ReadSettings { readonly parser?: DocumentParser; readonly source?: Partial<SourceContext>; readonly organizations?: readonly string[]; readonly file?: string }

export async function readMail(bytes: Uint8Array, settings: ReadSettings = {}): Promise<DocumentResult> {
  return await (settings.parser ?? auditEmail).parse({
    file: settings.file ?? 'mail.eml', bytes, source: { id: 'cli', ...settings.source }, organizations: new Set(settings.organizations ?? []),
  });
}

export function codes(result: DocumentResult): readonly string[] {
  return result.problems.map(({ code }) => code);
}
export function onlyEvent(result: DocumentResult): Event {
  if (result.activities.length !== 1) throw new Error(`one activity expected: ${JSON.stringify(result)}`);
  return result.activities[0]!.event;
}
export function rowFacts(result: DocumentResult, index = 0): MailRowFacts {
  const facts = result.activities[index]?.facts;
  if (facts?.kind !== 'mail-row') throw new Error(`a row expected: ${JSON.stringify(result)}`);
  return facts;
}
export function actions(result: DocumentResult): readonly unknown[] {
  return result.activities.map(({ event }) => event['event.action']);
}
