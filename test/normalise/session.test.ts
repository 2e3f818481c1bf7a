import { expect } from 'chai';
import { header, readLines } from './read-lines.ts';

const organization = '8a329652-7336-5bf7-9cc5-cc1512d4ffb2';
const block = (thread: number, id = organization): readonly string[] => [`${String(thread)}| Creating restore session with the following parameters:`, `${String(thread)}|  Scope: Organization`, `${String(thread)}|  Organization ID: ${id}`, `${String(thread)}|  Point in time: 1/05/2022 9:00:00 PM`, `${String(thread)}|  ShowDeleted: True`];
const created = (thread: number): string => `${String(thread)}|  Restore session successfully created`;

describe('restore sessions of a launch (reference 6.4, 7.2)', () => {
  const rows: readonly (readonly [name: string, lines: readonly string[], expected: readonly (readonly [organizationId: string | undefined, isCreated: boolean])[]])[] = [
    ['a block with its outcome', [...block(5), created(5)], [[organization, true]]],
    ['a block without outcome', block(5), [[organization, false]]],
    ['a line at the depth of the block ends it', [...block(5), '5| Loading Inbox items...', created(5)], [[organization, false]]],
    ['lines of other threads in between', [...block(5), '6| Loading Inbox items...', created(5)], [[organization, true]]],
    ['an outcome of another thread is not its', [...block(5), created(6)], [[organization, false]]],
    ['two blocks mixed', [...block(5).slice(0, 2), ...block(6, organization.toUpperCase().replace('8A', '9B')), ...block(5).slice(2), created(6), created(5)], [[organization.replace('8a', '9b'), true], [organization, true]]],
    ['an outcome alone', [created(5)], []],
    ['children that are not known', [...block(5), '5|  Mailbox: x', created(5)], [[organization, true]]],
  ];
  for (const [name, lines, expected] of rows) it(name, async () => {
    expect((await readLines([...header, ...lines])).facts('log-session').map(({ organizationId, created: isCreated }) => [organizationId, isCreated])).to.deep.equal(expected);
  });
  it('a restore point is a local time of the file', async () => {
    expect((await readLines([...header, ...block(5), created(5)])).facts('log-session')[0]?.restorePoint).to.equal('2022-05-01T09:00:00.000Z');
  });
  it('in the log of the REST service the id of the session follows', async () => {
    const [, second] = (await readLines([...block(5), created(5), '5| Restore session created (ID: B0F2075D-9266-581D-A8A2-AFFBE975D46F)'], { file: 'Veeam.Archiver.REST_2022_05_03_10_14_07.log' })).facts('log-session');
    expect(second).to.deep.include({ restoreSessionId: 'b0f2075d-9266-581d-a8a2-affbe975d46f', organizationId: organization, created: true });
  });
});

describe('start and outcome on one thread (reference 7.1)', () => {
  const signIn = (upn: string, thread = 5): string => `${String(thread)}| Validating if any of the required roles (Global Administrator) is assigned to the current user: ${upn}...`;
  const validated = '5|  Required roles successfully validated';
  const rows: readonly (readonly [name: string, lines: readonly string[], expected: readonly string[]])[] = [
    ['a sign-in that was accepted', [signIn('a@contoso.example'), validated], ['a@contoso.example']],
    ['without outcome it is none', [signIn('a@contoso.example'), '5| Requesting service providers...'], []],
    ['one fails, then another is accepted', [signIn('a@contoso.example'), '5| Error: Access denied.', signIn('b@contoso.example'), validated], ['b@contoso.example']],
    ['the outcome of another thread', [signIn('a@contoso.example', 6), validated], []],
    ['at the same depth it is no outcome', [signIn('a@contoso.example'), validated.replace('|  ', '| ')], []],
  ];
  for (const [name, lines, expected] of rows) it(name, async () => {
    expect((await readLines([...header, ...lines])).facts('launch')[0]?.signedIn.map(({ upn }) => upn)).to.deep.equal(expected);
  });
  it('the account of a sign-in is a credential, not the operator', async () => {
    const [event] = (await readLines([...header, signIn('restore.admin@contoso.example'), validated])).events('organization-login');
    expect([event?.['user.name'], event?.['vb365.credential.name']]).to.deep.equal(['aroha.ngata', 'restore.admin@contoso.example']);
  });
  it('a folder was opened when its items were counted', async () => {
    const read = await readLines([...header, '5| Counting items in: Invoices...', '6| Counting items in: HR...', '5|  found 2214 items.', '6| Loading HR items...', '5| Counting items in: Last...']);
    expect(read.events('folder-open').map((event) => [event['vb365.item.name'], event['event.outcome']])).to.deep.equal([['Invoices', 'success'], ['HR', 'unknown'], ['Last', 'unknown']]);
    expect(read.facts('log-folder').map(({ folder }) => folder)).to.deep.equal(['Invoices', 'HR', 'Last']);
  });
  it('a connection failed when its own outcome says so', async () => {
    const connecting = '5| Connecting to Veeam Backup for Microsoft Office 365 server at VB01:9194...';
    expect((await readLines([...header, connecting, '5|  Connection failed', connecting, '5|  Successfully connected', '5| Connection failed', '6|  Connection failed'])).events('login-failed').map((event) => event['vb365.origin.line'])).to.deep.equal([14]);
  });
});

describe('error groups (reference 7.3)', () => {
  const rows: readonly (readonly [name: string, lines: readonly string[], groups: number])[] = [
    ['one group with its stack', ['5| Error: x', '5| Type: System.Exception', '5| Stack:', '5| ', 'Server stack trace: ', '   at X'], 1],
    ['an inner error is a group of its own', ['5| Error: x', '5| Type: A', '5| Stack:', '5|    at X', '5| Error: y', '5| Type: B'], 2],
    ['a stack frame in message position, in German', ['5| Error: x', '5| Stack:', '5|    bei X', '5| Counting items...'], 1],
    ['other work in between', ['5| Error: x', '5| Counting items...', '5| Error: y'], 2],
    ['two threads', ['5| Error: x', '6| Error: y', '5| Type: A', '6| Type: B'], 2],
  ];
  for (const [name, lines, groups] of rows) it(name, async () => { expect((await readLines([...header, ...lines])).end.errorGroups).to.equal(groups); });
});

describe('logs of the server (reference 6.8, 6.9)', () => {
  it('actions of the REST service: started, failed with reason, and the operation a key stands for', async () => {
    const read = await readLines([
      '5|  Action: explore', '5| Action started (action: explore, data: organizations, API version: V5)', '5| Action started (action: ExportToPst, data: items, API version: V5)',
      '6| Action failed (action: ExportToPst, data: items, error: Explore session, with commas; was (forcibly) closed.)', '5| Action started (action: restoretoOriginallocation, data: items, API version: V5)', '5| Action started (action: unheardOf, data: x, API version: V9)',
    ], { file: 'Veeam.Archiver.REST_2022_05_03_10_14_07.log' });
    expect(read.activities.map(({ event }) => [event['event.action'], event['event.outcome'], event['event.reason'], event['vb365.operation']])).to.deep.equal([
      ['session-start', 'unknown', undefined, undefined], ['item-export-start', 'unknown', undefined, 'export'], ['item-export', 'failure', 'Explore session, with commas; was (forcibly) closed.', 'export'], ['item-restore-start', 'unknown', undefined, 'restore'], ['api-call', 'unknown', undefined, undefined],
    ]);
  });
  it('a validation names the tenant and nobody else', async () => {
    const read = await readLines(['5| Validating access token for Office 365 region Worldwide...', '6| Checking identity of the request from 203.0.113.17:50412...', '5| Found initial domain: Contoso.onmicrosoft.example', '6| Identity check passed', '5| Access token is valid'], { file: 'Veeam.Archiver.Service_2022_05_03_10_14_07.log' });
    expect(read.facts('validation').map(({ domain }) => domain)).to.deep.equal(['contoso.onmicrosoft.example']);
    expect(read.activities.map(({ event }) => [event['event.action'], event['organization.name'], event['vb365.network.peer'], event['user.name']])).to.deep.equal([['access-check', undefined, '203.0.113.17:50412', undefined], ['access-check', 'contoso.onmicrosoft.example', undefined, undefined]]);
  });
  it('a message that looks like an operation is none there', async () => {
    const read = await readLines(['5| Exporting items...', "5|  Exporting item to file 'D:\\a.msg'...", '5| Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.'], { file: 'Veeam.Archiver.Service_2022_05_03_10_14_07.log' });
    expect(read.facts('log-item')).to.deep.equal([]);
  });
});

describe('what a file is', () => {
  const work = ['5| Exporting items...', "5|  Exporting item to file 'D:\\a.msg'...", '5| Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.'];
  const rows: readonly (readonly [name: string, lines: readonly string[], kind: object | undefined])[] = [
    ['C:\\Logs\\Veeam.OneDrive.Explorer_2022_05_03_10_14_07.log', [], { kind: 'explorer_log', workload: 'onedrive', provider: 'Veeam.OneDrive.Explorer', isExplorer: true }],
    ['logs.zip!TeamsExplorer/Logs/x.log', [], { kind: 'explorer_log', workload: 'teams', provider: 'Veeam.Teams.Explorer', isExplorer: true }],
    ['Veeam.Archiver.Proxy_2021_07_16_06_48_16.log', [], { kind: 'archiver_log', provider: 'Veeam.Archiver.Proxy', isExplorer: false }],
    ['Veeam.Archiver.REST_2021_07_16_06_48_16.log', [], { kind: 'rest_log', provider: 'Veeam.Archiver.REST', isExplorer: false }],
    ['Logs\\RestoreREST\\x.log', [], { kind: 'rest_log', provider: 'Veeam.Archiver.RestoreREST', isExplorer: false }],
    ['contoso/daily/Job.daily_1.log', [], { kind: 'archiver_log', provider: 'Veeam.Archiver.Job', isExplorer: false }],
    ['renamed.log', work, { kind: 'explorer_log', isExplorer: true }],
    ['renamed.log', ['5| Found initial domain: contoso.example'], { kind: 'archiver_log', provider: 'Veeam.Archiver.Service', isExplorer: false }],
    ['renamed.log', ['5| something else'], undefined],
  ];
  for (const [name, lines, kind] of rows) it(`${name}: ${lines.length === 0 ? 'by its name' : lines[0]!}`, async () => { expect((await readLines(lines.length === 0 ? ['5| x'] : lines, { file: name })).end.kind).to.deep.equal(kind); });
});
