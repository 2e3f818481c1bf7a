import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Event } from '../../../src/event.ts';
import { auditEmail, auditEmailWith } from '../../../parsers/audit-email/audit-email.ts';
import { actions, codes, onlyEvent, readMail, rowFacts, type ReadSettings } from './compose-mail.ts';

const samples = new URL('../../samples/', import.meta.url);
const bytesOf = (path: string): Buffer => readFileSync(new URL(path, samples));
const read = (path: string, settings: ReadSettings = {}): ReturnType<typeof readMail> => readMail(bytesOf(path), { file: path, ...settings });

interface SampleRow { group: string; accountName: string; type: string; itemName: string; sourcePath: string; targetPath: string; operation: string; startTime: string; initiatedBy: string }
interface SampleFile { readonly path: string; readonly kind: string; readonly row?: SampleRow; readonly note?: string }
const manifest = JSON.parse(readFileSync(new URL('manifest.json', samples), 'utf8')) as { files: SampleFile[] };
const mails = manifest.files.filter(({ kind }) => kind === 'audit-mail');

/** UTC of each start time, from the Date header of the sample and the minute in its table. */
const starts: Readonly<Record<string, string>> = {
  's01-cloud-connect-default/mail/audit-save-provider-1.eml': '2022-05-02T22:17:00.000Z',
  's01-cloud-connect-default/mail/audit-save-provider-2.eml': '2022-05-02T22:17:00.000Z',
  's01-cloud-connect-default/mail/audit-view-provider.eml': '2022-05-02T22:16:00.000Z',
  's03-on-premises-en-us/mail/audit-restore-custom-subject.eml': '2021-08-09T20:55:00.000Z',
  's03-on-premises-en-us/mail/audit-save-hostile-item-name.eml': '2021-08-09T20:58:00.000Z',
  's03-on-premises-en-us/mail/audit-save.eml': '2021-08-09T20:52:00.000Z',
  's03-on-premises-en-us/mail/audit-view.eml': '2021-08-09T20:49:00.000Z',
  's04-de-de/mail/audit-export-encoded.eml': '2022-02-10T08:40:00.000Z',
  's07-two-operators-one-host/mail/audit-save-1.eml': '2022-06-13T21:41:00.000Z',
  's07-two-operators-one-host/mail/audit-save-2.eml': '2022-06-13T21:41:00.000Z',
};

describe('audit mails: samples', () => {
  it('the manifest lists twelve mails', () => { expect(mails).to.have.length(12); });

  for (const { path, row, note } of mails) {
    it(`recognises ${path}`, () => { expect(auditEmail.recognises({ name: path, bytes: bytesOf(path), text: '' })).to.equal(true); });

    if (row === undefined || note?.includes('forgery') === true) continue;
    it(`reads the row of ${path}`, async () => {
      const result = await read(path);
      expect(result.problems).to.deep.equal([]);
      const event = onlyEvent(result);
      const facts = rowFacts(result);
      const absentIfEmpty = (text: string): string | undefined => (text === '' ? undefined : text);
      expect({
        group: event['vb365.audit.group'], owner: event['user.target.email'], type: event['vb365.owner.type'], item: event['vb365.item.name'], path: event['vb365.item.path'],
        target: event['vb365.target.path'], action: event['event.action'], operation: event['vb365.operation'], reported: event['vb365.attribution.reported'], start: event['@timestamp'],
      }).to.deep.equal({
        group: absentIfEmpty(row.group), owner: row.accountName, type: row.type, item: row.itemName, path: row.sourcePath,
        target: absentIfEmpty(row.targetPath), action: `item-${row.operation}`, operation: row.operation, reported: row.initiatedBy, start: starts[path],
      });
      expect({ item: facts.itemName, source: facts.source, target: facts.target, by: facts.initiatedBy, at: facts.at.text, owner: facts.ownerAddress }).to.deep.equal({
        item: row.itemName, source: row.sourcePath, target: absentIfEmpty(row.targetPath), by: row.initiatedBy, at: row.startTime, owner: row.accountName,
      });
      expect(facts.trust).to.equal('authenticated');
    });
  }

  it('on premises: the account of the operator, and everything known of the event', async () => {
    const event: Event = onlyEvent(await read('s03-on-premises-en-us/mail/audit-save.eml'));
    const { 'event.id': id, ...rest } = event;
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(rest).to.deep.equal({
      '@timestamp': '2021-08-09T20:52:00.000Z', 'ecs.version': '9.4.0',
      'message': "ADATUM\\j.whitfield saved 'Offer letter (draft)' of nadia.haddad@adatum.example to D:\\Restore (audit mail)",
      'event.kind': 'event', 'event.action': 'item-save', 'event.code': 'vb365.activity.item-save', 'event.category': ['email'], 'event.type': ['info'],
      'event.outcome': 'unknown', 'event.module': 'vb365_siem', 'event.dataset': 'vb365_siem.audit', 'event.severity': 1, 'event.timezone': '-04:00',
      'vb365.severity': 'informational', 'vb365.level': 'activity', 'vb365.schema.version': '1',
      'observer.vendor': 'Veeam', 'observer.product': 'Backup for Microsoft 365', 'observer.type': 'backup', 'observer.version': '5.0.0.1063',
      'organization.name': 'adatum.onmicrosoft.example', 'vb365.workload': 'exchange', 'service.name': 'Exchange Online', 'vb365.operation': 'save',
      'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Nadia Haddad', 'user.target.full_name': 'Nadia Haddad', 'user.target.email': 'nadia.haddad@adatum.example',
      'user.target.name': 'nadia.haddad', 'user.target.domain': 'adatum.example',
      'vb365.item.name': 'Offer letter (draft)', 'vb365.item.path': 'Nadia Haddad\\Inbox\\HR', 'email.subject': 'Offer letter (draft)',
      'vb365.target.path': 'D:\\Restore', 'vb365.target.kind': 'file',
      'user.name': 'j.whitfield', 'user.domain': 'ADATUM', 'vb365.attribution.reported': 'ADATUM\\j.whitfield', 'vb365.attribution.confidence': 'confirmed',
      'vb365.attribution.kind': 'user', 'vb365.attribution.method': 'mail-initiator',
      'vb365.mail.trust': 'authenticated', 'vb365.mail.reasons': ['dmarc-pass', 'spf-pass', 'dkim-pass'],
      'vb365.mail.sent': '2021-08-09T20:53:07.000Z', 'vb365.mail.received': '2021-08-09T20:53:07.000Z',
      'vb365.time.precision': 'min', 'vb365.time.basis': 'header',
      'vb365.origin.source': 'cli', 'vb365.origin.kind': 'audit_mail', 'vb365.origin.file': 's03-on-premises-en-us/mail/audit-save.eml',
      'vb365.origin.message_id': '7ad1e8411451502b82797c161016f2bc@adavb01.adatum.example',
      'related.user': ['j.whitfield', 'nadia.haddad@adatum.example', 'nadia.haddad', 'Nadia Haddad'],
    });
  });

  it('provider: the organisation acted, and no person is named', async () => {
    const event = onlyEvent(await read('s01-cloud-connect-default/mail/audit-save-provider-1.eml'));
    expect(Object.keys(event).filter((field) => /^user\.(?!target\.)/.test(field))).to.deep.equal([]);
    expect(event['vb365.attribution.confidence']).to.equal('organization');
    expect(event['vb365.attribution.kind']).to.equal('organization');
    expect(event['organization.name']).to.equal('contoso.onmicrosoft.example');
    expect(event['related.user']).to.not.include('contoso.onmicrosoft.example');
  });

  it('encoded: names beyond ASCII, target of an export', async () => {
    const event = onlyEvent(await read('s04-de-de/mail/audit-export-encoded.eml'));
    expect(event['user.name']).to.equal('k.brückner');
    expect(event['user.target.full_name']).to.equal('Jürgen Krüger');
    expect(event['vb365.target.path']).to.equal('C:\\Users\\k.brückner\\Desktop\\Persönlich.pst');
    expect(event['event.timezone']).to.equal('+01:00');
  });

  it('test mail: auditing was enabled or tested, no item', async () => {
    const result = await read('s03-on-premises-en-us/mail/audit-test-message.eml');
    const event = onlyEvent(result);
    expect(event['event.action']).to.equal('audit-settings-change');
    expect(event['event.category']).to.deep.equal(['configuration']);
    expect(event['event.type']).to.deep.equal(['change']);
    expect(event['@timestamp']).to.equal('2020-12-11T15:24:00.000Z');
    expect(result.activities[0]!.facts.kind).to.equal('plain');
    expect(result.problems).to.deep.equal([]);
  });

  it('KD-70: with a display name that imitates a subject the table decides', async () => {
    for (const organizations of [[], ['adatum.onmicrosoft.example']]) {
      const result = await read('s03-on-premises-en-us/mail/audit-save-hostile-item-name.eml', { organizations });
      const event = onlyEvent(result);
      expect(event['event.action']).to.equal('item-save');
      expect(event['user.name']).to.equal('j.whitfield');
      expect(event['organization.name']).to.equal('adatum.onmicrosoft.example');
      // provable only where the organisation is known
      expect(event['user.target.full_name']).to.equal(organizations.length === 0 ? undefined : 'Nadia Haddad - view initiated by ADATUM\\ceo at 1/1/2021 1:00 AM');
      expect(JSON.stringify(rowFacts(result).initiatedBy)).to.not.include('ceo');
    }
  });
  it('KD-70: a subject of another template changes nothing', async () => {
    const path = 's03-on-premises-en-us/mail/audit-restore-custom-subject.eml';
    const known = auditEmailWith({ subjectTemplate: 'VBO Audit - %StartTime% — %OrganizationName% - %DisplayName% - %Action% - %InitiatedByUserName%' });
    expect(await read(path, { parser: known })).to.deep.equal(await read(path));
  });
  it('KD-71: a mail that failed the sender checks is reported and is nobody\'s action', async () => {
    const result = await read('s03-on-premises-en-us/mail/audit-forged-sender.eml');
    expect(codes(result)).to.deep.equal(['mail-forged']);
    expect(actions(result)).to.deep.equal(['mail-suspicious']);
    expect(result.activities[0]!.facts).to.deep.equal({ kind: 'plain' });
    expect(JSON.stringify(result)).to.not.match(/innocent|nadia|Nothing to see/i);
    expect(result.activities[0]!.event['vb365.mail.trust']).to.equal('forged');
  });
  it('KD-73: the same row in two messages is two events, the same message read twice is one', async () => {
    const id = async (file: string, as = file): Promise<unknown> => onlyEvent(await read(file, { file: as }))['event.id'];
    const first = 's07-two-operators-one-host/mail/audit-save-1.eml';
    expect(await id(first)).to.not.equal(await id('s07-two-operators-one-host/mail/audit-save-2.eml'));
    expect(await id(first)).to.equal(await id(first, 'elsewhere/copy.eml'));
  });
});
