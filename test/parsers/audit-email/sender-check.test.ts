import { expect } from 'chai';
import type { MailAuthentication } from '../../../src/event.ts';
import { auditEmailWith } from '../../../parsers/audit-email/audit-email.ts';
import { readAuthenticationResults, readMailDateTime, readReceived } from '../../../parsers/audit-email/trace-headers.ts';
import { actions, codes, mail, onlyEvent, passed, readMail, received } from './compose-mail.ts';

const results = (text: string): string => `Authentication-Results: ${text}\r\n`;
const settings = (changes: Partial<MailAuthentication>): MailAuthentication => ({ policy: 'prefer', relays: [], ...changes });
const forgedResults = results('mx.evil.example; dmarc=pass header.from=contoso.example');
const hop = (client: string): string => `Received: from ${client} by mx.contoso.example (Postfix) with ESMTP id 1; Tue, 14 Mar 2023 13:27:05 +0000\r\n`;

type Trust = 'authenticated' | 'unverified' | 'forged';
const rows: readonly (readonly [string, string, Partial<MailAuthentication> | undefined, Trust])[] = [
  // without configuration
  ['no settings, pass of the receiving server', received + passed, undefined, 'authenticated'],
  ['no settings, results above the hop', passed + received, undefined, 'authenticated'],
  ['no settings, pass of somebody', received + forgedResults, undefined, 'unverified'],
  ['no settings, no results', received, undefined, 'unverified'],
  ['no settings, no trace at all', '', undefined, 'unverified'],
  ['no settings, dmarc fail', received + results('mx.contoso.example; spf=pass smtp.mailfrom=contoso.example; dmarc=fail header.from=contoso.example'), undefined, 'forged'],
  ['no settings, spf fail without dmarc', received + results('mx.contoso.example; spf=fail smtp.mailfrom=contoso.example'), undefined, 'forged'],
  ['no settings, spf fail of a forwarder, dmarc pass', received + results('mx.contoso.example; spf=fail smtp.mailfrom=list.example; dkim=pass header.d=contoso.example; dmarc=pass header.from=contoso.example'), undefined, 'authenticated'],
  ['no settings, spf softfail', received + results('mx.contoso.example; spf=softfail smtp.mailfrom=contoso.example; dmarc=none'), undefined, 'unverified'],
  ['no settings, fail without an id (Exchange Online)', received + results('spf=fail (sender IP is 203.0.113.9) smtp.mailfrom=contoso.example; dkim=none; dmarc=fail action=none header.from=contoso.example;compauth=fail'), undefined, 'forged'],
  // only the topmost counts
  ['topmost fails, a lower one passes', received + results('mx.contoso.example; dmarc=fail') + passed, undefined, 'forged'],
  ['topmost of somebody, a lower one of the own server', received + forgedResults + passed, { authservId: 'mx.contoso.example' }, 'unverified'],
  // alignment
  ['spf pass of another domain', received + results('mx.contoso.example; spf=pass smtp.mailfrom=evil.example'), undefined, 'unverified'],
  ['dmarc pass of another domain', received + results('mx.contoso.example; dmarc=pass header.from=evil.example'), undefined, 'unverified'],
  ['dkim pass of a parent domain', received + results('mx.contoso.example; dkim=pass header.d=contoso.example header.s=k1'), undefined, 'authenticated'],
  ['a domain that only ends alike', received + results('mx.contoso.example; dkim=pass header.d=notcontoso.example'), undefined, 'unverified'],
  ['spf pass with an address', received + results('mx.contoso.example; spf=pass smtp.mailfrom=bounce@contoso.example'), undefined, 'authenticated'],
  ['words inside a comment', received + results('mx.contoso.example; dmarc=none (dmarc=pass header.from=contoso.example)'), undefined, 'unverified'],
  // configured id
  ['configured id, pass', received + passed, { authservId: 'MX.contoso.example' }, 'authenticated'],
  ['configured id, pass of the receiving server with another id', received + passed, { authservId: 'mx9.contoso.example' }, 'unverified'],
  ['configured id, no results', received, { authservId: 'mx.contoso.example' }, 'unverified'],
  // relays
  ['a configured relay', received, { relays: ['192.0.2.10'] }, 'authenticated'],
  ['a configured relay in spite of spf', received + results('mx.contoso.example; spf=fail smtp.mailfrom=contoso.example'), { relays: ['192.0.2.10'] }, 'authenticated'],
  ['another hop', received, { relays: ['192.0.2.11'] }, 'unverified'],
  ['the relay as a lower hop only', hop('evil (evil [203.0.113.9])') + received, { relays: ['192.0.2.10'] }, 'unverified'],
  ['the relay as the name the client gave', hop('[192.0.2.10] (unknown [203.0.113.9])'), { relays: ['192.0.2.10'] }, 'unverified'],
  ['the relay as a claim inside the comment', hop('unknown (evil [203.0.113.9] helo=[192.0.2.10])'), { relays: ['192.0.2.10'] }, 'unverified'],
  ['the relay behind HELO', hop('unknown (HELO 192.0.2.10) (203.0.113.9)'), { relays: ['192.0.2.10'] }, 'unverified'],
  ['the address of the receiving server', received, { relays: ['192.0.2.1'] }, 'unverified'],
  ['an IPv6 relay', hop('r (r.contoso.example [IPv6:2001:DB8::1])'), { relays: ['2001:db8::1'] }, 'authenticated'],
  // policies
  ['require, pass of the configured server', received + passed, { policy: 'require', authservId: 'mx.contoso.example' }, 'authenticated'],
  ['require, relay', received, { policy: 'require', relays: ['192.0.2.10'] }, 'authenticated'],
  ['require, no results', received, { policy: 'require' }, 'forged'],
  ['require, pass of somebody', received + forgedResults, { policy: 'require', authservId: 'mx.contoso.example' }, 'forged'],
  ['off, no results', received, { policy: 'off' }, 'unverified'],
  ['off, fail', received + results('mx.contoso.example; dmarc=fail'), { policy: 'off' }, 'unverified'],
];

describe('audit mails: sender checks', () => {
  for (const [name, trace, changes, trust] of rows) {
    it(`${name}: ${trust}`, async () => {
      const result = await readMail(mail({ trace }), changes === undefined ? {} : { source: { authentication: settings(changes) } });
      expect(result.activities.map(({ event }) => event['vb365.mail.trust'])).to.deep.equal([trust]);
      expect(actions(result)).to.deep.equal([trust === 'forged' ? 'mail-suspicious' : 'item-save']);
      expect(codes(result)).to.deep.equal(trust === 'forged' ? ['mail-forged'] : []);
    });
  }

  const expected: readonly (readonly [string, Parameters<typeof auditEmailWith>[0], MailAuthentication['policy'], Trust])[] = [
    ['the configured sender', { from: ['VB365-audit@contoso.example'] }, 'prefer', 'authenticated'],
    ['another sender of the same domain', { from: ['backup@contoso.example'] }, 'prefer', 'forged'],
    ['the configured recipient', { to: ['audit@contoso.example'] }, 'require', 'authenticated'],
    ['another recipient', { to: ['soc@contoso.example'] }, 'prefer', 'authenticated'],
    ['another recipient where everything is required', { to: ['soc@contoso.example'] }, 'require', 'forged'],
  ];
  for (const [name, options, policy, trust] of expected) {
    it(`${name}, ${policy}: ${trust}`, async () => {
      const result = await readMail(mail(), { parser: auditEmailWith(options), source: { authentication: settings({ policy }) } });
      expect(onlyEvent(result)['vb365.mail.trust']).to.equal(trust);
    });
  }
  it('two senders: no alignment', async () => {
    expect(onlyEvent(await readMail(mail({ from: 'a@evil.example, vb365-audit@contoso.example' })))['vb365.mail.trust']).to.equal('unverified');
  });
  it('an address as a display name is no sender', async () => {
    const result = await readMail(mail({ from: '"vb365-audit@contoso.example" <x@evil.example>' }));
    expect(onlyEvent(result)['vb365.mail.trust']).to.equal('unverified');
  });
});

describe('audit mails: trace headers', () => {
  const hops: readonly (readonly [string, string, readonly string[], string | undefined])[] = [
    ['Postfix', 'from helo (rdns.contoso.example [192.0.2.10]) by mx.contoso.example (Postfix) with ESMTPS id 1; Tue, 14 Mar 2023 13:27:05 +0000', ['192.0.2.10'], 'mx.contoso.example'],
    ['Exchange', 'from A.contoso.example (192.0.2.10) by B.contoso.example (192.0.2.1) with Microsoft SMTP Server id 15.1', ['192.0.2.10'], 'b.contoso.example'],
    ['sendmail, may be forged', 'from helo (rdns [192.0.2.10] (may be forged)) by mx.contoso.example', ['192.0.2.10'], 'mx.contoso.example'],
    ['local pickup', 'by mx.contoso.example (Postfix, from userid 0) id 1', [], 'mx.contoso.example'],
    ['nonsense', '((((', [], undefined],
  ];
  for (const [name, value, addresses, by] of hops) {
    it(`Received: ${name}`, () => {
      const found = readReceived(value);
      expect([found.addresses, found.by]).to.deep.equal([addresses, by]);
    });
  }
  it('Authentication-Results with version, comments, reasons and quotes', () => {
    expect(readAuthenticationResults('mx.contoso.example 1; spf=pass (ok; really) reason="a; b" smtp.mailfrom="contoso.example";\tdkim = none; none')).to.deep.equal({
      authservId: 'mx.contoso.example',
      results: [{ method: 'spf', result: 'pass', properties: { 'reason': 'a; b', 'smtp.mailfrom': 'contoso.example' } }, { method: 'dkim', result: 'none', properties: {} }],
    });
  });
  const dates: readonly (readonly [string, string | undefined])[] = [
    ['Tue, 14 Mar 2023 09:27:04 -0400', '2023-03-14T13:27:04.000Z'],
    ['14 Mar 2023 13:27 GMT', '2023-03-14T13:27:00.000Z'],
    ['Tue, 14 Mar 2023 13:27:04 +0000 (UTC)', '2023-03-14T13:27:04.000Z'],
    ['Tue, 14 Mar 2023 09:27:04 EDT', '2023-03-14T13:27:04.000Z'],
    ['Tue, 14 Mar 2023 09:27:04', undefined],
    ['Tue, 31 Feb 2023 09:27:04 +0000', undefined],
    ['yesterday', undefined],
  ];
  for (const [text, iso] of dates) {
    it(`Date: ${text}`, () => {
      const date = readMailDateTime(text);
      expect(date === undefined ? undefined : new Date(date.ms).toISOString()).to.equal(iso);
    });
  }
});
