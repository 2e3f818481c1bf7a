import { expect } from 'chai';
import { file, header, readLines, type ReadLines } from './read-lines.ts';

const body = ['5| Exporting items...', "5|  Exporting item to file 'C:\\R\\a.msg'...", '5| Exporting completed (00:00:01).', '5| Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.'];
const without = (start: string): readonly string[] => header.filter((line) => !line.startsWith(`1| ${start}`));
const replaced = (start: string, ...by: readonly string[]): readonly string[] => header.flatMap((line) => line.startsWith(`1| ${start}`) ? by : [line]);
/** operator of each item action */
const operators = (read: ReadLines): readonly (string | undefined)[] => read.events('item-save').map((event) => event['user.name'] === undefined ? undefined : `${event['user.domain'] ?? ''}\\${event['user.name']}`);
const codes = ({ problems }: ReadLines): readonly string[] => problems.map(({ code }) => code);

describe('session header (reference 5)', () => {
  it('gives the launch: host, addresses, operator, kind, version, time', async () => {
    const [launch] = (await readLines([...header, ...body])).facts('launch');
    expect(launch).to.deep.include({ file, host: 'CONTADM01', addresses: ['192.0.2.25', '2001:db8:10::25'], account: 'CONTOSO\\aroha.ngata', workload: 'exchange', version: '10.0.3.225', extended: false, gaps: [], offsetKnown: true, timeCertain: true });
    expect(new Date(launch!.at!.ms).toISOString()).to.equal('2022-05-02T22:14:07.000Z');
  });

  const rows: readonly (readonly [name: string, lines: readonly string[], expected: Readonly<Record<string, unknown>>])[] = [
    ['lines in any order', [...header].reverse(), { host: 'CONTADM01', account: 'CONTOSO\\aroha.ngata', version: '10.0.3.225' }],
    ['no network lines', without('Network:').filter((line) => !line.includes('IPv4')), { addresses: [] }],
    ['several adapters, one address each', replaced(' IPv4', '1|  IPv4: 192.0.2.25, Adapter: Ethernet0', '1|  IPv6: fe80::1%4, Adapter: Wi-Fi', '1|  IPv4: 198.51.100.7, IPv6: 2001:db8::7, Adapter: VPN, second'), { addresses: ['192.0.2.25', 'fe80::1', '198.51.100.7', '2001:db8::7'] }],
    ['an account with blanks around it', replaced('Account:', '1| Account:   CONTOSO\\aroha.ngata  '), { account: 'CONTOSO\\aroha.ngata' }],
    ['a local account', replaced('Account:', '1| Account: CONTADM01\\restore-ops'), { account: 'CONTADM01\\restore-ops' }],
    ['letters beyond ASCII', replaced('Account:', '1| Account: WOODGROVE\\k.brückner'), { account: 'WOODGROVE\\k.brückner' }],
    ['a size with a decimal comma', replaced('Server:', '1| Server: WGADM03 (CPUs: 4, RAM: 16,0 GB)'), { host: 'WGADM03' }],
    ['another word for the level', replaced('Log level:', '1| Log level: Extended'), { extended: true }],
    ['a short rule', replaced('====', `1| ${'='.repeat(10)}`), { version: '10.0.3.225' }],
    ['no UTC line: the offset is unknown', without('UTC'), { offsetKnown: false }],
    ['no account: the operator is unknown', without('Account:'), { host: 'CONTADM01', account: undefined }],
    ['unknown children of the last line', [...header, '1|  -session 7', '1|  Account: EVIL\\x'], { account: 'CONTOSO\\aroha.ngata' }],
  ];
  for (const [name, lines, expected] of rows) it(name, async () => {
    const [launch] = (await readLines([...lines, ...body])).facts('launch');
    for (const [field, value] of Object.entries(expected)) expect(launch?.[field as keyof typeof launch], field).to.deep.equal(value);
  });

  it('the executable says which Explorer it is, whatever the file is called', async () => {
    for (const [executable, workload] of [['Exchange', 'exchange'], ['SharePoint', 'sharepoint'], ['OneDrive', 'onedrive'], ['Teams', 'teams']]) {
      const read = await readLines([...replaced('Veeam.', `1| Veeam.${executable!}.Explorer.exe: Version=12.0.0.1`), ...body], { file: 'renamed.log' });
      expect(read.facts('launch')[0]?.workload, executable).to.equal(workload);
    }
  });

  const unchanged: readonly (readonly [name: string, lines: readonly string[]])[] = [
    ['later on the first thread', ['1| Account: EVIL\\x']],
    ['later on another thread', ['7| Account: EVIL\\x']],
    ['indented under other work', ['5| Exporting items...', '5|  Account: EVIL\\x']],
    ['a server line without an account', ['1| Server: EVIL (CPUs: 4, RAM: 16.0 GB)', '1| Requesting service providers...']],
    ['a half header', ['1| Server: EVIL (CPUs: 4, RAM: 16.0 GB)', '1| Account: EVIL\\x', '1| Requesting service providers...']],
    ['a whole header on another thread', header.map((line) => line.replace('1|', '7|').replace('CONTOSO\\aroha.ngata', 'EVIL\\x'))],
  ];
  for (const [name, lines] of unchanged) it(`names nobody else: ${name}`, async () => {
    const read = await readLines([...header, ...lines, ...body]);
    expect(operators(read)).to.deep.equal(['CONTOSO\\aroha.ngata']);
    expect(read.facts('launch').map(({ account }) => account)).to.deep.equal(['CONTOSO\\aroha.ngata']);
    expect(codes(read).filter((code) => code !== 'log-suspicious')).to.deep.equal([]);
  });
  it('an account line outside the header is reported', async () => {
    expect(codes(await readLines([...header, '5| Exporting items...', '7| Account: EVIL\\x', ...body]))).to.deep.equal(['log-suspicious']);
  });
  it('an account inside an item name is a name', async () => {
    const read = await readLines([...header, '5| Exporting items...', "5|  Exporting item to file 'C:\\R\\Account_ EVIL\\x.msg'...", '5| Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.']);
    expect(operators(read)).to.deep.equal(['CONTOSO\\aroha.ngata']);
    expect(codes(read)).to.deep.equal([]);
  });
  it('a second complete header is a launch of its own, and reported', async () => {
    const second = header.map((line) => line.replace('CONTOSO\\aroha.ngata', 'CONTOSO\\h.fraser').replace('2/05/2022 10:14:07 PM', '2/05/2022 10:20:00 PM').replace('1|', '10:20:00 1|'));
    const read = await readLines([...header, ...body, ...second, ...body]);
    expect(operators(read)).to.deep.equal(['CONTOSO\\aroha.ngata', 'CONTOSO\\h.fraser']);
    const launches = read.facts('launch');
    expect(launches.map(({ account, gaps }) => [account, gaps])).to.deep.equal([['CONTOSO\\aroha.ngata', []], ['CONTOSO\\h.fraser', ['second-header']]]);
    expect(new Set(launches.map(({ launch }) => launch)).size).to.equal(2);
    expect(read.facts('log-item').map(({ launch }) => launch)).to.deep.equal(launches.map(({ launch }) => launch));
    expect(codes(read)).to.deep.equal(['log-suspicious']);
  });
  it('so is one that follows the first at once, as two launches in one second may write it', async () => {
    const read = await readLines([...header, ...replaced('Account:', '1| Account: CONTOSO\\h.fraser'), ...body]);
    expect(operators(read)).to.deep.equal(['CONTOSO\\h.fraser']);
    expect(read.facts('launch').map(({ account }) => account)).to.deep.equal(['CONTOSO\\aroha.ngata', 'CONTOSO\\h.fraser']);
  });
  it('a header further down than forty lines is none', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `1|  IPv4: 192.0.2.${String(i + 1)}, Adapter: a`);
    const read = await readLines(['1| Server: CONTADM01 (CPUs: 4, RAM: 16.0 GB)', '1| Network:', ...many, '1| Account: EVIL\\x', ...body]);
    expect(operators(read)).to.deep.equal([undefined]);
  });
  it('a file without header names nobody', async () => {
    const read = await readLines(body);
    expect(operators(read)).to.deep.equal([undefined]);
    expect(read.end.hasHeader).to.equal(false);
  });
});

describe('who is a person', () => {
  const named = async (account: string, kind?: 'person' | 'shared' | 'service' | 'application'): Promise<readonly unknown[]> => {
    const [event] = (await readLines([...replaced('Account:', `1| Account: ${account}`), ...body], { accountKind: () => kind })).events('item-save');
    return [event?.['user.name'], event?.['vb365.attribution.kind'], event?.['vb365.attribution.reported']];
  };
  it('the system and machine accounts are not, what the log says is kept', async () => {
    for (const account of ['NT AUTHORITY\\SYSTEM', 'NT AUTHORITY\\NETWORK SERVICE', 'CONTOSO\\VB01$', 'nt service\\VeeamX']) expect(await named(account), account).to.deep.equal([undefined, 'service_account', account]);
  });
  it('services and programs of the configuration are not', async () => {
    expect(await named('CONTOSO\\svc', 'service')).to.deep.equal([undefined, 'service_account', 'CONTOSO\\svc']);
    expect(await named('CONTOSO\\app', 'application')).to.deep.equal([undefined, 'application', 'CONTOSO\\app']);
  });
  it('a shared account is named as such', async () => {
    expect(await named('CONTADM01\\restore-ops', 'shared')).to.deep.equal(['restore-ops', 'shared_account', 'CONTADM01\\restore-ops']);
  });
  it('the account of a service of the backup server is no operator', async () => {
    const lines = [...replaced('Veeam.', '1| Veeam.Archiver.Service.exe: Version=5.0.0.1'), '5| Validating access token for Office 365 region Worldwide...', '5| Found initial domain: contoso.onmicrosoft.example'];
    const read = await readLines(lines, { file: 'Veeam.Archiver.Service_2022_05_03_10_14_07.log' });
    expect(read.events('access-check').map((event) => [event['user.name'], event['host.name'], event['vb365.attribution.reported']])).to.deep.equal([[undefined, 'CONTADM01', undefined]]);
    expect(read.facts('launch')).to.deep.equal([]);
  });
});
