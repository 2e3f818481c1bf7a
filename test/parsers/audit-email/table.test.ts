import { expect } from 'chai';
import type { FieldName } from '../../../src/event.ts';
import { actions, bodyHtml, cells, codes, mail, onlyEvent, readMail, row, rowFacts, rowHtml, tableHtml, titles } from './compose-mail.ts';

const withBody = (html: string): Buffer => mail({ html });
const withTable = (html: string): Buffer => mail({ html: bodyHtml(html) });
const itemOf = async (bytes: Buffer): Promise<unknown> => onlyEvent(await readMail(bytes))['vb365.item.name'];
const reversed = (values: readonly string[]): string[] => [...values].reverse();
const span = (attribute: string): string => withTableText(titles, row()).replace('<td>save', `<td ${attribute}>save`);
const withTableText = (...rows: readonly (readonly string[])[]): string => `<table>${rows.map(rowHtml).join('')}</table>`;

describe('audit mails: the table', () => {
  describe('is found and read by its titles', () => {
    const found: readonly (readonly [string, Buffer])[] = [
      ['as the product prints it', mail()],
      ['KD-72: columns in another order', withTable(withTableText(reversed(titles), reversed(cells)))],
      ['KD-72: titles in other letters', withTable(withTableText(titles.map((title) => title.toUpperCase()), cells))],
      ['titles in th, thead and tbody', withTable(`<table><thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>${rowHtml(cells)}</tbody></table>`)],
      ['titles in bold with white space and a line break', withTable(`<table><tr>${titles.map((title) => `<td>\r\n <b> ${title.replace(' ', '<br>&nbsp;')}\t</b></td>`).join('')}</tr>${rowHtml(cells)}</table>`)],
      ['inside layout tables', withTable(`<table><tr><td><table><tr><td>${tableHtml(cells)}</td></tr></table></td></tr></table>`)],
      ['with a banner table in front and behind', withBody(`<table><tr><td>CAUTION: external</td></tr></table>${bodyHtml(tableHtml(cells))}<table><tr><td>Confidential</td></tr></table>`)],
      ['without closing tags', withTable(`<table><tr>${titles.map((title) => `<td>${title}`).join('')}<tr>${cells.map((cell) => `<td>${cell}`).join('')}</table>`)],
      ['with comments, styles and scripts inside', withTable(tableHtml(cells).replace('Q3 figures', '<!-- x --><style>td{}</style>Q3 <script>var a = "</td>";</script>figures'))],
      ['with mailto and rewritten links', withTable(tableHtml(row({ 'Item name': '<a href="https://gateway.example/?u=evil">Q3 figures</a>' })))],
      ['with rowspan and colspan of one', withTable(tableHtml(cells).replace('<td>save', '<td rowspan="1" colspan="1">save'))],
    ];
    for (const [name, bytes] of found) {
      it(name, async () => {
        const result = await readMail(bytes);
        expect(result.problems).to.deep.equal([]);
        const event = onlyEvent(result);
        expect([event['vb365.item.name'], event['user.target.email'], event['user.name'], event['event.action']]).to.deep.equal(['Q3 figures', 'ann.lee@contoso.example', 'b.cole', 'item-save']);
      });
    }
    it('KD-72: an unknown column is kept as extra data', async () => {
      const event = onlyEvent(await readMail(withTable(withTableText(['Ticket', ...titles], ['INC-7', ...cells]))));
      expect(event['vb365.audit.extra']).to.deep.equal(['Ticket: INC-7']);
      expect(event['vb365.item.name']).to.equal('Q3 figures');
    });
    it('every row is an event, also when two are equal', async () => {
      const result = await readMail(withTable(tableHtml(row(), row(), row({ 'Item name': 'Other' }))));
      expect(result.activities.map(({ event }) => event['vb365.item.name'])).to.deep.equal(['Q3 figures', 'Q3 figures', 'Other']);
      expect(new Set(result.activities.map(({ event }) => event['event.id'])).size).to.equal(3);
      expect(rowFacts(result, 2).row).to.equal(2);
    });
  });

  describe('is refused, and nothing in it is repaired', () => {
    const refused: readonly (readonly [string, string, RegExp])[] = [
      ['a row with an added cell (unescaped item name)', tableHtml(row({ 'Item name': 'x</td><td>view' })), /10 cells/],
      ['a row that lacks a cell', withTableText(titles, cells.slice(1)), /8 cells/],
      ['one good and one bad row', tableHtml(cells, cells.slice(1)), /8 cells/],
      ['a missing title', withTableText(titles.slice(1), cells.slice(1)), /"group" is missing/],
      ['a title twice', withTableText(['Operation', ...titles], ['view', ...cells]), /"operation" appears 2 times/],
      ['two matching tables', tableHtml(cells) + tableHtml(cells), /two tables/],
      ['two title rows', tableHtml(titles, cells), /two title rows/],
      ['a cell that spans columns', span('colspan="2"'), /spans/],
      ['a cell that spans rows', span('rowspan=2'), /spans/],
      ['no data row', withTableText(titles), /no data row/],
    ];
    for (const [name, table, reason] of refused) {
      it(name, async () => {
        const result = await readMail(withTable(table));
        expect(result.activities).to.deep.equal([]);
        expect(codes(result)).to.deep.equal(['mail-layout']);
        expect(result.problems[0]!.message).to.match(reason);
      });
    }
    it('unknown titles under the product\'s name: unknown layout', async () => {
      const result = await readMail(withTable(withTableText(['Konto', 'Typ', 'Element'], ['a', 'b', 'c'])));
      expect(codes(result)).to.deep.equal(['mail-layout']);
    });
    it('no table and no product name: not an audit mail, whatever the subject says', async () => {
      const result = await readMail(mail({ html: '<p>Hello</p>', subject: '[Audit] contoso.onmicrosoft.example - Ann Lee - save initiated by CONTOSO\\b.cole at 3/14/2023 9:26 AM' }));
      expect(result.activities).to.deep.equal([]);
      expect(codes(result)).to.deep.equal(['mail-not-audit']);
    });
  });

  describe('cell text', () => {
    const texts: readonly (readonly [string, string, string])[] = [
      ['references are decoded once', '&amp;lt;b&amp;gt; &lt;i&gt; &#x41;&#66; &auml;', '&lt;b&gt; <i> AB ä'],
      ['an encoded word is text', '=?utf-8?q?x?=', '=?utf-8?q?x?='],
      ['separators and quotes are text', '|cs1=a "b" \\| c=d', '|cs1=a "b" \\| c=d'],
      ['a line break is a blank', 'a<br>b<br/>c', 'a b c'],
      ['right-to-left marks stay', 'a\u202eb', 'a\u202eb'],
      ['blanks of all kinds collapse', ' a \u00a0 b&nbsp;&nbsp;c\r\n d ', 'a b c d'],
    ];
    for (const [name, cell, expected] of texts) {
      it(name, async () => { expect(await itemOf(withTable(tableHtml(row({ 'Item name': cell }))))).to.equal(expected); });
    }
    it('an empty cell is an absent field', async () => {
      const event = onlyEvent(await readMail(withTable(tableHtml(row({ 'Target path': '&nbsp;', 'Group': ' ' })))));
      expect(event).to.not.have.any.keys('vb365.target.path', 'vb365.audit.group');
    });
    it('a very long name is cut and marked', async () => {
      const event = onlyEvent(await readMail(withTable(tableHtml(row({ 'Item name': 'ä'.repeat(40_000) })))));
      expect(Buffer.byteLength(event['vb365.item.name'] as string)).to.equal(65_536);
      expect(event['vb365.truncated']).to.deep.equal(['vb365.item.name', 'email.subject']);
      expect(Buffer.byteLength(event['message'] as string)).to.be.at.most(1000);
    });
  });

  describe('owner, item and target', () => {
    const rows: readonly (readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, unknown>>])[] = [
      ['mailbox', {}, { 'vb365.owner.type': 'mailbox', 'vb365.workload': 'exchange', 'email.subject': 'Q3 figures', 'vb365.target.kind': 'file', 'user.target.full_name': 'Ann Lee' }],
      ['archive mailbox', { Type: 'Archive mailbox' }, { 'vb365.owner.type': 'archive_mailbox', 'vb365.workload': 'exchange' }],
      ['OneDrive', { 'Type': 'OneDrive', 'Item name': 'a.docx' }, { 'vb365.owner.type': 'onedrive', 'vb365.workload': 'onedrive', 'file.name': 'a.docx', 'email.subject': undefined, 'event.category': ['file'], 'event.type': ['access'] }],
      ['site: no person', { 'Type': 'site', 'Item name': 'a.docx' }, { 'vb365.owner.type': 'site', 'vb365.workload': 'sharepoint', 'vb365.owner.name': 'Ann Lee', 'user.target.email': undefined, 'user.target.full_name': undefined }],
      ['team: a group', { Type: 'team' }, { 'vb365.owner.type': 'team', 'vb365.workload': 'teams', 'group.name': 'Ann Lee', 'user.target.email': undefined }],
      ['a type nobody has seen', { Type: 'hologram' }, { 'vb365.owner.type': 'unknown', 'vb365.audit.type': 'hologram', 'vb365.workload': undefined, 'user.target.email': undefined }],
      ['view of a folder', { 'Operation': 'view', 'Item name': 'Finance', 'Target path': '' }, { 'event.action': 'item-view', 'vb365.target.kind': 'none', 'email.subject': undefined, 'vb365.item.name': 'Finance' }],
      ['restore to another mailbox', { 'Operation': 'restore', 'Target path': 'Bo Ek\\Inbox' }, { 'event.action': 'item-restore', 'vb365.target.kind': 'elsewhere' }],
      ['restore in place', { 'Operation': 'restore', 'Target path': 'Ann Lee\\Inbox\\Finance' }, { 'vb365.target.kind': 'original' }],
      ['restore without a target', { 'Operation': 'restore', 'Target path': '' }, { 'vb365.target.kind': 'unknown', 'vb365.target.path': undefined }],
      ['send', { 'Operation': 'send', 'Target path': 'x@fabrikam.example; y@fabrikam.example' }, { 'event.action': 'item-send', 'vb365.target.kind': 'email', 'email.to.address': ['x@fabrikam.example', 'y@fabrikam.example'] }],
      ['an operation nobody has seen', { Operation: 'Purge' }, { 'event.action': 'item-access', 'vb365.operation': undefined, 'vb365.audit.operation': 'Purge' }],
      ['an owner without an address', { 'Account name': 'Ann Lee' }, { 'user.target.full_name': 'Ann Lee', 'user.target.email': undefined, 'user.target.name': undefined }],
    ];
    for (const [name, changes, expected] of rows) {
      it(name, async () => {
        const event = onlyEvent(await readMail(withTable(tableHtml(row(changes)))));
        expect(Object.fromEntries(Object.keys(expected).map((field) => [field, event[field as FieldName]]))).to.deep.equal(expected);
      });
    }
  });

  describe('who initiated', () => {
    const initiators: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
      ['a Windows account', 'CONTOSO\\b.cole', { 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.kind': 'user', 'user.name': 'b.cole', 'user.domain': 'CONTOSO', 'user.email': undefined }],
      ['a UPN', 'b.cole@contoso.example', { 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.kind': 'user', 'user.name': 'b.cole', 'user.domain': 'contoso.example', 'user.email': 'b.cole@contoso.example' }],
      ['the organisation', 'contoso.onmicrosoft.example', { 'vb365.attribution.confidence': 'organization', 'vb365.attribution.kind': 'organization', 'user.name': undefined }],
      ['the organisation in other letters', 'CONTOSO.onmicrosoft.example', { 'vb365.attribution.confidence': 'organization', 'user.name': undefined }],
      ['another organisation', 'fabrikam.onmicrosoft.example', { 'vb365.attribution.confidence': 'organization', 'user.name': undefined }],
      ['the system', 'NT AUTHORITY\\SYSTEM', { 'vb365.attribution.confidence': 'unknown', 'vb365.attribution.kind': 'unknown', 'user.name': undefined }],
      ['a machine account', 'CONTOSO\\RDS01$', { 'vb365.attribution.confidence': 'unknown', 'user.name': undefined }],
      ['a bare name', 'bcole', { 'vb365.attribution.confidence': 'unknown', 'user.name': undefined }],
      ['characters that no account has', 'CONTOSO\\b=cole', { 'vb365.attribution.confidence': 'unknown', 'user.name': undefined }],
      ['damaged letters', 'CONTOSO\\b.c\ufffdle', { 'vb365.attribution.confidence': 'unknown', 'user.name': undefined }],
      ['an account with a blank', 'CONTOSO\\Bea Cole', { 'vb365.attribution.confidence': 'confirmed', 'user.name': 'Bea Cole' }],
      ['a domain without a name', 'CONTOSO\\', { 'vb365.attribution.confidence': 'unknown', 'user.name': undefined }],
    ];
    for (const [name, initiator, expected] of initiators) {
      it(name, async () => {
        const event = onlyEvent(await readMail(withTable(tableHtml(row({ 'Initiated by': initiator })))));
        expect(event['vb365.attribution.reported']).to.equal(initiator);
        expect(Object.fromEntries(Object.keys(expected).map((field) => [field, event[field as FieldName]]))).to.deep.equal(expected);
      });
    }
    it('nobody', async () => {
      const event = onlyEvent(await readMail(withTable(tableHtml(row({ 'Initiated by': '' })))));
      expect(event['vb365.attribution.confidence']).to.equal('unknown');
      expect(event).to.not.have.any.keys('vb365.attribution.reported', 'user.name');
    });
  });

  describe('against the subject', () => {
    const subject = (text: string): Buffer => mail({ subject: `[Audit] contoso.onmicrosoft.example - Ann Lee - ${text}` });
    it('agrees: no problem', async () => {
      expect(codes(await readMail(subject('save initiated by CONTOSO\\b.cole at 3/14/2023 9:26 AM')))).to.deep.equal([]);
    });
    it('disagrees: the table wins and it is reported', async () => {
      const result = await readMail(subject('save initiated by CONTOSO\\ceo at 3/14/2023 9:26 AM'));
      expect(codes(result)).to.deep.equal(['mail-subject']);
      expect(onlyEvent(result)['user.name']).to.equal('b.cole');
    });
    it('names another organisation than the head line: nothing is reported as done', async () => {
      const result = await readMail(mail({ subject: '[Audit] fabrikam.onmicrosoft.example - Ann Lee - save initiated by CONTOSO\\b.cole at 3/14/2023 9:26 AM' }));
      expect(result.activities).to.deep.equal([]);
      expect(codes(result)).to.deep.equal(['mail-subject']);
    });
    it('a whole row smuggled in by an unescaped name: the row that the subject contradicts names nobody', async () => {
      const smuggled = row({ 'Item name': `x</td><td>Ann Lee\\Inbox</td><td>D:\\Out</td><td>save</td><td>3/14/2023 9:26 AM</td><td>CONTOSO\\ceo</td></tr><tr><td></td><td>ann.lee@contoso.example</td><td>mailbox</td><td>y` });
      const result = await readMail(mail({ subject: '[Audit] contoso.onmicrosoft.example - Ann Lee - save initiated by CONTOSO\\b.cole at 3/14/2023 9:26 AM', html: bodyHtml(tableHtml(smuggled)) }));
      expect(codes(result)).to.deep.equal(['mail-subject']);
      expect(result.activities.map(({ event }) => event['user.name'])).to.deep.equal([undefined, 'b.cole']);
      expect(rowFacts(result, 0)).to.not.have.property('initiatedBy');
    });
  });

  it('rows of different initiators under a subject that says nothing: nobody is named', async () => {
    const result = await readMail(withTable(tableHtml(row(), row({ 'Initiated by': 'CONTOSO\\ceo' }))));
    expect(codes(result)).to.deep.equal(['mail-layout']);
    expect(result.activities.map(({ event }) => [event['user.name'], event['vb365.attribution.confidence']])).to.deep.equal([[undefined, 'unknown'], [undefined, 'unknown']]);
  });

  describe('test and enable mail', () => {
    const text = (body: string): string => `Content-Type: text/plain; charset=us-ascii\r\n\r\n${body}\r\n`;
    const subject = 'Veeam Backup for Microsoft 365 Audit Notifications';
    const cases: readonly (readonly [string, Buffer, readonly string[]])[] = [
      ['later product name', mail({ subject, mime: text('Audit notifications was enabled') }), ['audit-settings-change']],
      ['other words under the known subject', mail({ subject, mime: text('This is a test audit notification.') }), ['audit-settings-change']],
      ['as HTML', mail({ subject, html: '<p>Audit notifications was enabled</p>' }), ['audit-settings-change']],
      ['the subject alone', mail({ subject, mime: text('Hi') }), []],
      ['quoted in an answer', mail({ subject: `Re: ${subject}`, mime: text('Audit notifications was enabled') }), []],
      ['failed sender checks', mail({ subject, mime: text('Audit notifications was enabled'), trace: 'Authentication-Results: mx.contoso.example; dmarc=fail\r\n' }), ['mail-suspicious']],
    ];
    for (const [name, bytes, expected] of cases) {
      it(name, async () => { expect(actions(await readMail(bytes))).to.deep.equal(expected); });
    }
    const states: readonly (readonly [string, string, string | undefined])[] = [
      ['switched on', 'Audit notifications was enabled', 'true'], ['switched off', 'Audit notifications were disabled', 'false'], ['a test says neither', 'This is a test audit notification.', undefined],
    ];
    for (const [name, body, after] of states) {
      it(`what it says of the setting: ${name}`, async () => {
        const [activity] = (await readMail(mail({ subject, mime: text(body) }))).activities;
        expect([activity?.event['vb365.change.field'], activity?.event['vb365.change.after']]).to.deep.equal([after === undefined ? undefined : 'enabled', after]);
      });
    }
  });

  describe('of a text part, without HTML', () => {
    const text = (body: string): Buffer => mail({ mime: `Content-Type: text/plain; charset=utf-8\r\n\r\nAudit: contoso.onmicrosoft.example - Ann Lee\r\n\r\n${body}\r\n\r\nVeeam Backup for Microsoft 365 6.0.0.385\r\n` });
    const read: readonly (readonly [string, Buffer])[] = [
      ['divided by tabs', text([titles, cells].map((line) => line.join('\t')).join('\r\n'))],
      ['divided by bars', text([titles, cells].map((line) => `| ${line.join(' | ')} |`).join('\r\n|---|---|\r\n'))],
      ['divided by blanks', text([titles, row({ Group: 'Board' })].map((line) => line.join('   ')).join('\r\n'))],
      ['a line for each column', text(titles.map((title, index) => `${title}: ${cells[index]!}`).join('\r\n'))],
    ];
    for (const [name, bytes] of read) {
      it(name, async () => {
        const result = await readMail(bytes);
        expect(result.problems).to.deep.equal([]);
        const event = onlyEvent(result);
        expect([event['vb365.item.name'], event['vb365.item.path'], event['user.name'], event['organization.name'], event['observer.version']])
          .to.deep.equal(['Q3 figures', 'Ann Lee\\Inbox\\Finance', 'b.cole', 'contoso.onmicrosoft.example', '6.0.0.385']);
      });
    }
    it('an item name that imitates a further column is refused', async () => {
      const result = await readMail(text(`${titles.map((title, index) => `${title}: ${cells[index]!}`).join('\r\n')}\r\nInitiated by: CONTOSO\\ceo`));
      expect(result.activities).to.deep.equal([]);
      expect(codes(result)).to.deep.equal(['mail-layout']);
    });
    it('is not looked at beside an HTML part', async () => {
      const result = await readMail(mail({ mime: `Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${[titles, cells].map((line) => line.join('\t')).join('\r\n')}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--b--\r\n` }));
      expect(codes(result)).to.deep.equal(['mail-not-audit']);
    });
  });
});
