/** Audit mails as the product sends them (formats/audit-email.md), in two layouts and three transfer encodings. */
import { shortTime } from './culture.ts';
import { textFile, type WorldFile } from './file.ts';
import { createRandom, type Random } from './random.ts';
import type { Mail, Server, World } from './world.ts';
import { wallClock } from './zones.ts';
import { zoneOffsetAt } from '../text/zone.ts';

const titles = ['Group', 'Account name', 'Type', 'Item name', 'Source path', 'Target path', 'Operation', 'Start time', 'Initiated by'] as const;

export function mailFiles(world: World, server: Server): readonly WorldFile[] {
  if (!server.mailCollected) return [];
  return server.mails.filter((mail) => !mail.isLost).flatMap((mail, index) => {
    const text = mailText(mail, createRandom(`${world.seed}/${server.folder}/mail/${index}`));
    return Array.from({ length: mail.copies }, (_, copy) => textFile(`${server.folder}/mail/audit-${String(index + 1).padStart(5, '0')}${copy === 0 ? '' : ` (${copy})`}.eml`, text));
  });
}

function mailText(mail: Mail, random: Random): string {
  const { server } = mail;
  const serverMs = mail.startMs + server.host.skewMs;
  const startTime = shortTime(server.culture, wallClock(server.host.zone.id, serverMs));
  const sentMs = serverMs + mail.delayMs;
  const relay = mail.isForged ? 'unknown.example' : server.host.qualified;
  const address = mail.isForged ? '203.0.113.200' : server.host.ip4;
  const mx = `mx1.${server.domain}`;
  const date = mailDate(server, sentMs);
  const check = mail.isForged ? 'spf=fail' : 'spf=pass';
  const verdict = mail.isForged ? 'fail' : 'pass';
  const subject = `[Audit] ${mail.organization.name} - ${mail.owner.display} - ${mail.operation} initiated by ${mail.initiatedBy} at ${startTime}`;
  const cells = ['', mail.owner.address, mail.type, mail.item, mail.source, mail.target, mail.operation, startTime, mail.initiatedBy];
  const html = random.chance(0.5) ? tidyHtml(mail, cells, server) : plainHtml(mail, cells, server);
  const id = random.hex(32);
  const head = [
    `Received: from ${relay} (${relay} [${address}])`, ` by ${mx} ([198.51.100.40]) with ESMTPS id ${random.hex(8).toUpperCase()}`, ` for <security-audit@${server.domain}>; ${date}`,
    `Authentication-Results: ${mx}; ${check} smtp.mailfrom=${server.domain}; dkim=none; dmarc=${verdict} header.from=${server.domain}`,
    ...(mail.isForged && random.chance(0.5) ? [`Authentication-Results: ${mx}; spf=pass smtp.mailfrom=${server.domain}; dmarc=pass header.from=${server.domain}`] : []),
    `From: vb365-audit@${server.domain}`, `To: security-audit@${server.domain}`, `Subject: ${headerText(subject)}`, `Date: ${date}`, `Message-ID: <${id}@${relay}>`, 'MIME-Version: 1.0',
  ];
  const body = random.chance(0.3) ? single(html, random) : alternative(`Audit: ${mail.organization.name} - ${mail.owner.display}\r\n${product(server)}\r\n`, html, random);
  return `${[...head, ...body].join('\r\n')}\r\n`;
}

function single(html: string, random: Random): readonly string[] {
  return random.chance(0.5)
    ? ['Content-Type: text/html; charset="utf-8"', 'Content-Transfer-Encoding: base64', '', ...base64Lines(html)]
    : ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '', quotedPrintable(html)];
}

/** The boundary begins with two dashes of its own, as .NET libraries make them. */
function alternative(text: string, html: string, random: Random): readonly string[] {
  const boundary = `--boundary_0_${random.guid()}`;
  const part = (type: string, content: string): readonly string[] => [`--${boundary}`, `Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: quoted-printable', '', quotedPrintable(content)];
  return ['Content-Type: multipart/alternative;', ` boundary="${boundary}"`, '', ...part('text/plain', text), ...part('text/html', html), `--${boundary}--`];
}

function product(server: Server): string {
  return server.apiVersion === 6 ? 'Veeam Backup for Microsoft Office 365' : 'Veeam Backup for Microsoft 365';
}

function tidyHtml(mail: Mail, cells: readonly string[], server: Server): string {
  const style = 'style="border:1px solid #a7a9ac;padding:2px 3px"';
  const name = product(server);
  return ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>', '<body style="font-family:Tahoma;font-size:12px">', '<table cellspacing="0" cellpadding="0" width="100%" border="0">',
    `<tr><td style="background-color:#62b056;color:#ffffff;padding:10px"><div style="font-weight:bold">Audit: ${escaped(mail.organization.name)} - ${escaped(mail.owner.display)}</div>`, `<div>${name}</div></td></tr>`,
    '<tr><td style="padding:8px;font-size:16px">Details</td></tr>', '<tr><td><table cellspacing="0" cellpadding="0" width="100%" border="0">',
    `<tr>${titles.map((title) => `<td ${style}><b>${title}</b></td>`).join('')}</tr>`,
    `<tr>${cells.map((cell, index) => `<td ${style}>${index === 1 ? `<a href="mailto:${cell}">${cell}</a>` : escaped(cell)}</td>`).join('')}</tr>`,
    '</table></td></tr>', '<tr><td>&nbsp;</td></tr>', `<tr><td style="font-size:11px">${name} 10.0.5.1063</td></tr>`, '</table>', '</body></html>', ''].join('\r\n');
}

function plainHtml(mail: Mail, cells: readonly string[], server: Server): string {
  const organization = escaped(mail.organization.name);
  const name = product(server);
  return ['<!DOCTYPE html>', '<HTML>', '<BODY>', `<DIV><H2>Audit: <A HREF="https://${organization}">${organization}</A> - ${escaped(mail.owner.display)}</H2><P>${name}</P></DIV>`, '<P>Details</P>', '<TABLE>',
    `<THEAD><TR>${titles.map((title) => `<TH>\r\n ${title}</TH>`).join('')}</TR></THEAD>`, `<TBODY><TR>${cells.map((cell) => `<TD>${cell === '' ? '&nbsp;' : escaped(cell)}</TD>`).join('\r\n')}`, '</TR></TBODY></TABLE>', '<HR>',
    `<P>${name} 10.0.5.1063</P></BODY></HTML>`, ''].join('\r\n');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function quotedPrintable(text: string): string {
  return text.split('\r\n').map((line) => {
    const out: string[] = [];
    let current = '';
    const bytes = new TextEncoder().encode(line);
    bytes.forEach((byte, index) => {
      const isPlain = byte >= 0x21 && byte <= 0x7e && byte !== 0x3d || byte === 0x20 && index < bytes.length - 1;
      const piece = isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      if (current.length + piece.length > 75) {
        out.push(`${current}=`);
        current = '';
      }
      current += piece;
    });
    return [...out, current].join('\r\n');
  }).join('\r\n');
}

function base64Lines(text: string): readonly string[] {
  return Buffer.from(text, 'utf8').toString('base64').match(/.{1,76}/g) ?? [];
}

/** Folded at blanks when it is plain, else encoded words that never cut a character. */
function headerText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.replace(/(.{50,64}?) /g, '$1\r\n ');
  const words: string[] = [];
  let current = '';
  for (const char of text) {
    const piece = /[A-Za-z0-9/-]/.test(char) ? char : char === ' ' ? '_' : [...new TextEncoder().encode(char)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
    if (current.length + piece.length > 60) {
      words.push(current);
      current = '';
    }
    current += piece;
  }
  return [...words, current].map((word) => `=?utf-8?q?${word}?=`).join('\r\n ');
}

function mailDate(server: Server, ms: number): string {
  const zone = server.host.zone.id;
  const offset = zoneOffsetAt(zone, ms);
  const at = new Date(wallClock(zone, ms)).toUTCString().replace(/ GMT$/, '');
  const size = Math.abs(offset);
  return `${at} ${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`;
}
