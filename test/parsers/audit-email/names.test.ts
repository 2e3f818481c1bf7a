import { expect } from 'chai';
import { readHeadLine, type HeadEvidence } from '../../../parsers/audit-email/head-line.ts';
import { readSubject, subjectTemplates } from '../../../parsers/audit-email/subject-hint.ts';
import { bodyHtml, mail, onlyEvent, readMail, row, tableHtml } from './compose-mail.ts';

describe('audit mails: subject', () => {
  const rows: readonly (readonly [string, string, readonly string[], Readonly<Record<string, string>> | undefined])[] = [
    ['the default template', '[Audit] a.example - Ann Lee - save initiated by A\\b at 3/05/2022 10:17 AM', subjectTemplates,
      { OrganizationName: 'a.example', DisplayName: 'Ann Lee', Action: 'save', InitiatedByUserName: 'A\\b', StartTime: '3/05/2022 10:17 AM' }],
    ['the template of the setup script', 'VBO Audit - 8/9/2021 4:55 PM \u2014 a.example - Ann Lee - restore - A\\b', subjectTemplates,
      { OrganizationName: 'a.example', DisplayName: 'Ann Lee', Action: 'restore', InitiatedByUserName: 'A\\b', StartTime: '8/9/2021 4:55 PM' }],
    ['a display name that imitates a subject', '[Audit] a.example - Ann Lee - view initiated by A\\ceo at 1/1/2021 1:00 AM - save initiated by A\\b at 8/9/2021 4:58 PM', subjectTemplates, undefined],
    ['a display name with the separator', '[Audit] a.example - Ann - Lee - save initiated by A\\b at 3/05/2022 10:17 AM', subjectTemplates, undefined],
    ['text in front', 'x [Audit] a.example - Ann Lee - save initiated by A\\b at 3/05/2022 10:17 AM', subjectTemplates, undefined],
    ['text behind', '[Audit] a.example - Ann Lee - save initiated by A\\b at 3/05/2022 10:17 AM [EXT]', subjectTemplates, undefined],
    ['a template of the user', '(save) A\\b', ['(%Action%) %InitiatedByUserName%'], { Action: 'save', InitiatedByUserName: 'A\\b' }],
    ['a variable twice, equal', 'save/save', ['%Action%/%Action%'], { Action: 'save' }],
    ['a variable twice, different', 'save/view', ['%Action%/%Action%'], undefined],
    ['no variable: nothing is said', 'Audit', ['Audit'], undefined],
    ['characters of expressions', 'a.b* save', ['a.b* %Action%'], { Action: 'save' }],
    ['the same characters do not match others', 'axb* save', ['a.b* %Action%'], undefined],
    ['a per cent sign', '100% save', ['100% %Action%'], { Action: 'save' }],
    ['a search without end', ' - '.repeat(600), ['%OrganizationName% - %DisplayName% - %Action% - %InitiatedByUserName% - %StartTime%'], undefined],
  ];
  for (const [name, subject, templates, expected] of rows) it(name, () => { expect(readSubject(subject, templates)).to.deep.equal(expected); });
});

describe('audit mails: head line', () => {
  const nothing: HeadEvidence = { organizations: new Set(), initiatedBy: [], sourcePaths: [] };
  const rows: readonly (readonly [string, string, Partial<HeadEvidence>, unknown])[] = [
    ['one separator', 'Audit: a.example - Ann Lee', {}, { organization: 'a.example', displayName: 'Ann Lee' }],
    ['no head line', 'Auditing', {}, undefined],
    ['no separator', 'Audit: a.example', {}, {}],
    ['no separator, a known organisation', 'Audit: a.example', { organizations: new Set(['a.example']) }, { organization: 'a.example' }],
    ['a known organisation', 'Audit: A.example - Ann - Lee', { organizations: new Set(['a.example']) }, { organization: 'A.example', displayName: 'Ann - Lee' }],
    ['a known organisation with the separator', 'Audit: A - B - Ann Lee', { organizations: new Set(['a - b']) }, { organization: 'A - B', displayName: 'Ann Lee' }],
    ['two known organisations', 'Audit: A - B - Ann Lee', { organizations: new Set(['a', 'a - b']) }, {}],
    ['two known organisations, the initiator is one', 'Audit: A - B - Ann Lee', { organizations: new Set(['a', 'a - b']), initiatedBy: ['A - B'] }, { organization: 'A - B', displayName: 'Ann Lee' }],
    ['the subject says which', 'Audit: A - B - Ann Lee', { subjectOrganization: 'A' }, { organization: 'A', displayName: 'B - Ann Lee' }],
    ['the source path says which', 'Audit: A - B - Ann Lee', { sourcePaths: ['Ann Lee\\Inbox'] }, { organization: 'A - B', displayName: 'Ann Lee' }],
    ['only a beginning that is a domain', 'Audit: a.onmicrosoft.example - Ann - Lee', {}, { organization: 'a.onmicrosoft.example' }],
    ['longer than any names', `Audit: a.example - ${'x'.repeat(2000)}`, {}, {}],
    ['nothing says which', 'Audit: A - B - Ann Lee', {}, {}],
  ];
  for (const [name, line, evidence, expected] of rows) it(name, () => { expect(readHeadLine(line, { ...nothing, ...evidence })).to.deep.equal(expected); });

  const organization = async (html: string, organizations: readonly string[] = [], subject?: string): Promise<unknown> =>
    onlyEvent(await readMail(mail({ html, ...(subject === undefined ? {} : { subject }) }), { organizations }))['organization.name'];
  const withoutHead = bodyHtml(tableHtml(row())).replace('Audit:', 'Report:');
  it('without one, the subject names the organisation', async () => {
    expect(await organization(withoutHead, [], '[Audit] contoso.onmicrosoft.example - Ann Lee - save initiated by CONTOSO\\b.cole at 3/14/2023 9:26 AM')).to.equal('contoso.onmicrosoft.example');
  });
  it('without both, a known domain of the owner does', async () => { expect(await organization(withoutHead, ['contoso.example'])).to.equal('contoso.example'); });
  it('without all three, nobody guesses', async () => { expect(await organization(withoutHead, ['fabrikam.example'])).to.equal(undefined); });
  it('a line inside the table is no head line', async () => {
    expect(await organization(bodyHtml(tableHtml(row({ 'Item name': '<p>Audit: evil.example - x</p>' }))).replace('Audit: contoso', 'Report: contoso'))).to.equal(undefined);
  });
});
