import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { maxMailBytes, maxMailDepth, maxMailParts, maxMailTableCells } from '../../../src/limits.ts';
import { auditEmail } from '../../../parsers/audit-email/audit-email.ts';
import { mendMessage } from '../../../parsers/audit-email/mend-message.ts';
import { readMessage } from '../../../parsers/audit-email/read-message.ts';
import { actions, bodyHtml, cells, codes, mail, onlyEvent, readMail, row, tableHtml, titles } from './compose-mail.ts';

const umlauts = bodyHtml(tableHtml(row({ 'Item name': 'Gehälter – €', 'Initiated by': 'CONTOSO\\b.köhl' })), 'contoso.onmicrosoft.example - Ann Lee');
const plain = bodyHtml(tableHtml(cells));
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
const encoded = (charset: string | undefined, bytes: Buffer): string =>
  `Content-Type: text/html${charset === undefined ? '' : `; charset=${charset}`}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(bytes)}\r\n`;
const withMeta = (charset: string): string => umlauts.replace('<html>', `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"></head>`);
const part = (type: string, body: string, more = ''): string => `Content-Type: ${type}\r\n${more}\r\n${body}\r\n`;
const multipart = (subtype: string, boundary: string, ...parts: readonly string[]): string =>
  `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n${parts.map((text) => `--${boundary}\r\n${text}`).join('')}--${boundary}--\r\n`;
const htmlPart = part('text/html; charset=utf-8', plain);
const textPart = part('text/plain', 'Audit: contoso.onmicrosoft.example - Ann Lee');
const withoutLine = (bytes: Buffer, line: string): Buffer => Buffer.from(bytes.toString('latin1').replace(line, ''), 'latin1');
const lf = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');

describe('audit mails: MIME', () => {
  describe('the table is read from', () => {
    const structures: readonly (readonly [string, string | Buffer])[] = [
      ['one HTML part', htmlPart],
      ['quoted-printable with soft breaks in tags, words and references', part('text/html; charset=utf-8', plain.replaceAll('=', '=3D').replace('<table>', '<ta=\r\nble>').replace('Q3 figures', 'Q3&#3=\r\n2;fig=\r\nures'), 'Content-Transfer-Encoding: quoted-printable\r\n')],
      ['base64', encoded('utf-8', Buffer.from(plain))],
      ['8bit and binary', part('text/html; charset=utf-8', plain, 'Content-Transfer-Encoding: binary\r\n')],
      ['multipart/alternative', multipart('alternative', 'b1', textPart, htmlPart)],
      ['multipart/related in multipart/mixed', multipart('mixed', 'b1', multipart('related', 'b2', htmlPart), part('text/plain', 'disclaimer'))],
      ['a boundary that begins with two dashes', multipart('alternative', '--boundary_0_1', textPart, htmlPart)],
      ['a boundary with special characters', multipart('mixed', "=_a'()+_,-./:=?", textPart, htmlPart)],
      ['behind an HTML banner part', multipart('mixed', 'b1', part('text/html', '<table><tr><td>CAUTION</td></tr></table>'), htmlPart)],
      ['a clear-signed message', multipart('signed; protocol="application/pkcs7-signature"', 'b1', htmlPart, part('application/pkcs7-signature; name=smime.p7s', 'AAAA', 'Content-Transfer-Encoding: base64\r\n'))],
      ['HTML beside winmail.dat', multipart('mixed', 'b1', htmlPart, part('application/ms-tnef; name=winmail.dat', 'AAAA', 'Content-Transfer-Encoding: base64\r\n'))],
      ['an envelope of the same sender', multipart('mixed', 'b1', part('text/plain', 'journal'), part('message/rfc822', mail().toString()))],
    ];
    for (const [name, mime] of structures) {
      it(name, async () => {
        const result = await readMail(mail({ mime }));
        expect(result.problems).to.deep.equal([]);
        expect(onlyEvent(result)['vb365.item.name']).to.equal('Q3 figures');
      });
    }
  });

  describe('character sets: header, then meta, then UTF-8, then windows-1252', () => {
    const sets: readonly (readonly [string, string | undefined, Buffer, readonly string[]])[] = [
      ['UTF-8 by the header', 'utf-8', Buffer.from(umlauts), []],
      ['windows-1252 by the header', 'windows-1252', iconv.encode(umlauts, 'windows-1252'), []],
      ['the header wins over meta', '"UTF-8"', Buffer.from(withMeta('iso-8859-1')), []],
      ['meta, when the header names none', undefined, iconv.encode(withMeta('windows-1252'), 'windows-1252'), []],
      ['UTF-8, when nothing is named', undefined, Buffer.from(umlauts), []],
      ['windows-1252, when it is not UTF-8', undefined, iconv.encode(umlauts, 'windows-1252'), []],
      ['UTF-16 by the header', 'utf-16', iconv.encode(umlauts, 'utf-16le', { addBOM: true }), []],
      ['UTF-16 big endian by the header', 'utf-16be', iconv.encode(umlauts, 'utf-16be'), []],
      ['UTF-16 by its mark', undefined, iconv.encode(umlauts, 'utf-16le', { addBOM: true }), []],
      ['UTF-16 by its NULs', undefined, iconv.encode(umlauts, 'utf-16le'), []],
      ['us-ascii with bytes above it', 'us-ascii', Buffer.from(umlauts), []],
      ['an unknown set', 'x-unknown', Buffer.from(umlauts), []],
      ['UTF-8 that is none', 'utf-8', iconv.encode(umlauts, 'windows-1252'), ['mail-damaged']],
      ['UTF-7 is not believed', 'utf-7', Buffer.from(umlauts), []],
    ];
    for (const [name, charset, bytes, problems] of sets) {
      it(name, async () => {
        const result = await readMail(mail({ mime: encoded(charset, bytes) }));
        expect(codes(result)).to.deep.equal(problems);
        const event = onlyEvent(result);
        // letters that are not what the part says they are name nobody
        expect([event['vb365.item.name'], event['user.name']]).to.deep.equal(['Gehälter – €', problems.length === 0 ? 'b.köhl' : undefined]);
      });
    }
  });

  it('one broken byte in UTF-8 is one broken character, and who has it in his name is not named', async () => {
    for (const charset of ['utf-8', undefined]) {
      const bytes = Buffer.from(umlauts);
      bytes[bytes.indexOf('köhl') + 1] = 0x20;
      const result = await readMail(mail({ mime: encoded(charset, bytes) }));
      const event = onlyEvent(result);
      expect(codes(result)).to.deep.equal(['mail-damaged']);
      expect(event['vb365.item.name']).to.equal('Gehälter – €');
      expect(event['vb365.attribution.confidence']).to.equal('unknown');
    }
  });

  describe('subject', () => {
    const subjects: readonly (readonly [string, string, string])[] = [
      ['folded', '[Audit] a\r\n b', '[Audit] a b'],
      ['encoded words over several lines', '=?utf-8?q?J=C3=BCrgen?=\r\n =?utf-8?q?_K?=', 'Jürgen K'],
      ['split inside a multi-byte character', '=?utf-8?q?J=C3?=\r\n =?utf-8?q?=BCrgen?=', 'Jürgen'],
      ['split inside a multi-byte character, base64', `=?utf-8?B?${Buffer.from([0x4a, 0xc3]).toString('base64')}?=\r\n =?utf-8?B?${Buffer.from([0xbc, 0x72]).toString('base64')}?=`, 'Jür'],
      ['raw UTF-8', 'Jürgen', 'Jürgen'],
      ['another character set', '=?windows-1252?Q?=80?=', '€'],
    ];
    for (const [name, raw, expected] of subjects) {
      it(name, async () => {
        const message = await readMessage(mail({ subject: raw }));
        expect(typeof message === 'string' ? message : message.subject).to.equal(expected);
      });
    }
  });

  describe('damage is survived and marked', () => {
    const two = mail({ mime: multipart('alternative', '--b1', textPart, htmlPart) });
    const damaged: readonly (readonly [string, Buffer, readonly string[], readonly string[]])[] = [
      ['LF line ends', lf(two), ['line-ends'], []],
      ['no final boundary', withoutLine(two, '----b1--\r\n'), ['final-boundary'], ['mail-damaged']],
      ['no blank line behind the header', Buffer.from(mail().toString().replace('8bit\r\n\r\n<html>', '8bit\r\n<html>')), ['blank-line'], ['mail-damaged']],
      ['no blank line behind the header of a part', Buffer.from(two.toString().replace('utf-8\r\n\r\n<html>', 'utf-8\r\n<html>')), ['blank-line'], ['mail-damaged']],
      ['cut behind the table', two.subarray(0, two.indexOf('</table>') + 8), ['final-boundary'], ['mail-damaged']],
    ];
    for (const [name, bytes, damage, problems] of damaged) {
      it(name, async () => {
        const result = await readMail(bytes);
        expect(codes(result)).to.deep.equal(problems);
        expect(onlyEvent(result)['vb365.item.name']).to.equal('Q3 figures');
        expect([...onlyEvent(result)['vb365.mail.damage'] as string[]].sort()).to.deep.equal([...damage].sort());
      });
    }
    it('nothing is changed in a good message', () => {
      const bytes = mail();
      const mended = mendMessage(bytes);
      expect(Buffer.from(mended.bytes).equals(bytes)).to.equal(true);
    });
    it('a byte order mark, blank lines and an mbox line in front', async () => {
      const bytes = Buffer.concat([Buffer.from('\ufeff\r\nFrom vb365@contoso.example Tue Mar 14 13:27:05 2023\r\n'), mail()]);
      expect(auditEmail.recognises({ name: 'x', bytes, text: '' })).to.equal(true);
      expect(onlyEvent(await readMail(bytes))['vb365.item.name']).to.equal('Q3 figures');
    });
    const asText = mail({ mime: part('text/plain', `Audit: contoso.onmicrosoft.example - Ann Lee\r\n${[titles, cells].map((line) => line.join('\t')).join('\r\n')}`) });
    const cuts: readonly (readonly [string, Buffer])[] = [
      ['inside a cell', mail().subarray(0, mail().indexOf('Q3 figures') + 4)],
      ['inside the last cell: the name would be another', mail().subarray(0, mail().indexOf('b.cole') + 3)],
      ['behind the last cell', mail().subarray(0, mail().indexOf('</tr>', mail().indexOf('b.cole')))],
      ['inside the last cell of a text part', asText.subarray(0, asText.indexOf('b.cole') + 3)],
    ];
    for (const [name, bytes] of cuts) {
      it(`cut ${name}: no event`, async () => {
        const result = await readMail(bytes);
        expect(result.activities).to.deep.equal([]);
        expect(codes(result)).to.deep.equal(['mail-layout']);
      });
    }
  });

  describe('what cannot be read is refused with a reason', () => {
    const refused: readonly (readonly [string, string, string])[] = [
      ['S/MIME, enveloped', part('application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'AAAA', 'Content-Transfer-Encoding: base64\r\n'), 'mail-encrypted'],
      ['S/MIME, opaque signature', part('application/x-pkcs7-mime; smime-type=signed-data', 'AAAA', 'Content-Transfer-Encoding: base64\r\n'), 'mail-encrypted'],
      ['PGP/MIME', multipart('encrypted; protocol="application/pgp-encrypted"', 'b1', part('application/pgp-encrypted', 'Version: 1'), part('application/octet-stream', 'x')), 'mail-encrypted'],
      ['PGP in the text', part('text/plain', '-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n-----END PGP MESSAGE-----'), 'mail-encrypted'],
      ['winmail.dat alone', part('application/ms-tnef; name=winmail.dat', 'AAAA', 'Content-Transfer-Encoding: base64\r\n'), 'mail-encrypted'],
      ['HTML as an attachment', part('text/html', plain, 'Content-Disposition: attachment; filename=a.html\r\n'), 'mail-not-audit'],
    ];
    for (const [name, mime, code] of refused) {
      it(name, async () => {
        const result = await readMail(mail({ mime }));
        expect(result.activities).to.deep.equal([]);
        expect(codes(result)).to.deep.equal([code]);
      });
    }
  });

  describe('a table at second hand is not an event', () => {
    const inner = mail().toString();
    const forwarded = multipart('mixed', 'b1', part('text/plain', 'see below'), part('message/rfc822', inner));
    const cases: readonly (readonly [string, Buffer])[] = [
      ['an answer', mail({ subject: 'RE: [Audit] something' })],
      ['an answer in German', mail({ subject: 'AW: [Audit] something' })],
      ['forwarded in line', mail({ subject: 'Fwd: [Audit] something' })],
      ['an answer by its headers', mail({ more: 'In-Reply-To: <m0@vb365.contoso.example>\r\n' })],
      ['an answer behind a tag of a gateway', mail({ subject: '[EXTERNAL] Re: [Audit] something' })],
      ['quoted', mail({ html: `<p>look:</p><blockquote>${plain}</blockquote>` })],
      ['forwarded as an attachment by somebody', mail({ from: 'somebody@contoso.example', mime: forwarded })],
      ['returned by a mail server', mail({ from: 'mailer-daemon@contoso.example', mime: multipart('report', 'b1', part('text/plain', 'failed'), part('message/rfc822', inner)) })],
    ];
    for (const [name, bytes] of cases) {
      it(name, async () => {
        const result = await readMail(bytes);
        expect(result.activities).to.deep.equal([]);
        expect(codes(result)).to.deep.equal(['mail-not-audit']);
      });
    }
    it('redirected by a rule: still the sender\'s', async () => {
      expect(actions(await readMail(mail({ more: 'Resent-From: somebody@contoso.example\r\n' })))).to.deep.equal(['item-save']);
    });
    it('a digest of two', async () => {
      const result = await readMail(mail({ mime: multipart('digest', 'b1', part('message/rfc822', inner), part('message/rfc822', inner)) }));
      expect(result.activities).to.deep.equal([]);
      expect(codes(result)).to.deep.equal(['mail-layout']);
    });
  });

  describe('limits', () => {
    const nested = (levels: number): string => (levels === 0 ? htmlPart : multipart('mixed', `b${String(levels)}`, nested(levels - 1)));
    const ofSize = (size: number): Buffer => {
      const bytes = mail();
      return Buffer.concat([bytes, Buffer.alloc(size - bytes.length, '\r\n')]);
    };
    const rowsOf = (count: number): string => bodyHtml(`${tableHtml(cells)}<table>${`<tr>${'<td>x</td>'.repeat(10)}</tr>`.repeat(count)}</table>`);
    const cases: readonly (readonly [string, () => Buffer, readonly string[]])[] = [
      ['size at the limit', () => ofSize(maxMailBytes), []],
      ['size one over', () => ofSize(maxMailBytes + 1), ['mail-limit']],
      ['nesting at the limit', () => mail({ mime: nested(maxMailDepth) }), []],
      ['nesting one over', () => mail({ mime: nested(maxMailDepth + 1) }), ['mail-limit']],
      ['parts at the limit', () => mail({ mime: multipart('mixed', 'b', htmlPart, ...Array<string>(maxMailParts - 2).fill(part('text/plain', 'x'))) }), []],
      ['too many parts', () => mail({ mime: multipart('mixed', 'b', htmlPart, ...Array<string>(maxMailParts).fill(part('text/plain', 'x'))) }), ['mail-limit']],
      ['table cells at the limit', () => mail({ html: rowsOf((maxMailTableCells - 20) / 10) }), []],
      ['too many table cells', () => mail({ html: rowsOf(maxMailTableCells / 10) }), ['mail-limit']],
      ['HTML nested without end', () => mail({ html: `${'<b>'.repeat(500_000)}${plain}` }), ['mail-limit']],
      ['tables nested without end', () => mail({ html: `${'<table><tr><td>'.repeat(5_000)}${plain}` }), ['mail-limit']],
      ['embedded without end', () => mail({ mime: Array.from({ length: 30 }).reduce<string>((inner) => part('message/rfc822', `From: a@contoso.example\r\n${inner}`), htmlPart) }), ['mail-limit']],
    ];
    for (const [name, bytes, problems] of cases) {
      it(name, async () => {
        const result = await readMail(bytes());
        expect(codes(result)).to.deep.equal(problems);
        expect(actions(result)).to.deep.equal(problems.length === 0 ? ['item-save'] : []);
      });
    }
    it('a header of two megabytes', async () => {
      expect(codes(await readMail(mail({ more: `X-Long: ${'a'.repeat(2_000_000)}\r\n` })))).to.deep.equal(['mail-limit']);
    });
  });

  describe('recognition', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['a mail', mail().toString(), true],
      ['a mail of two headers', 'Subject: x\nFrom: a@contoso.example\n\nx', true],
      ['a log line', '3/05/2022 10:17:03 AM   12 (4711) Starting', false],
      ['a bracketed log line', '[03.05.2022 10:17:03] 12 (4711) From: x', false],
      ['JSON', '{"Subject": "x"}', false],
      ['text with a colon', 'Note: remember\nthe milk', false],
      ['one header', 'Subject: x\n\nFrom: a@contoso.example', false],
      ['nothing', '', false],
      ['an indented start', ' Subject: x\nFrom: y', true],
    ];
    for (const [name, text, expected] of cases) {
      it(`${name}: ${String(expected)}`, () => { expect(auditEmail.recognises({ name: 'x', bytes: Buffer.from(text), text: '' })).to.equal(expected); });
    }
  });

  describe('whatever the bytes', () => {
    it('none: no event', async () => { expect((await readMail(Buffer.alloc(0))).activities).to.deep.equal([]); });
    it('a part whose type is damaged: no throw', async () => {
      expect(actions(await readMail(mail({ mime: multipart('mixed', 'b', part('=?', 'x'), part(';', 'x'), htmlPart) })))).to.deep.equal(['item-save']);
    });
    const sample = readFileSync(new URL('../../samples/s03-on-premises-en-us/mail/audit-save.eml', import.meta.url));
    it('cut anywhere: no throw, no other name', async () => {
      await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: sample.length }), async (end) => {
        const result = await readMail(sample.subarray(0, end));
        for (const { event } of result.activities) if (event['user.name'] !== undefined) expect(event['user.name']).to.equal('j.whitfield');
      }), { numRuns: 150 });
    });
    it('bytes changed: no throw', async () => {
      await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: sample.length - 1 }), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }), async (changes) => {
        const bytes = Buffer.from(sample);
        for (const [at, value] of changes) bytes[at] = value;
        await readMail(bytes);
      }), { numRuns: 60 });
    });
    it('any bytes: no throw, no event', async () => {
      await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => { expect((await readMail(bytes)).activities).to.deep.equal([]); }), { numRuns: 40 });
    });
  });
});
