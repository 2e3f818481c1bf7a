/** One launch of an Explorer, driven by a simulated person: every method is something the person does, and writes what the product writes of it. */
import type { Workload } from '../event.ts';
import { decimalText, longTime } from './culture.ts';
import type { Random } from './random.ts';
import { closeRestSession, newThread, openRestSession, type Stage } from './stage.ts';
import type { FileStyle, Host, Launch, Operator, Organization, RestSession, Server, Tenant, Thread } from './world.ts';
import { wallClock } from './zones.ts';

export interface Run {
  readonly stage: Stage;
  readonly launch: Launch;
  readonly random: Random;
  /** true time at which the person is */
  now: number;
  session: RestSession | undefined;
  readonly sessions: RestSession[];
  /** thread that works for the session; browsing has its own */
  work: Thread;
  readonly browse: Thread;
  readonly main: Thread;
}
export interface LaunchOptions { readonly isExtended?: boolean; readonly style?: FileStyle }

const executables: Readonly<Record<Workload, string>> = { exchange: 'Veeam.Exchange.Explorer.exe', onedrive: 'Veeam.OneDrive.Explorer.exe', sharepoint: 'Veeam.SharePoint.Explorer.exe', teams: 'Veeam.Teams.Explorer.exe' };
const sessionTypes: Readonly<Record<Workload, string>> = { exchange: 'Exchange', onedrive: 'OneDrive', sharepoint: 'SharePoint', teams: 'Teams' };

/** Starts an Explorer: the header, and what it prints before anybody connects. */
export function startExplorer(stage: Stage, host: Host, operator: Operator, workload: Workload, atMs: number, server: Server, options: LaunchOptions = {}): Run {
  const random = stage.random.fork(`launch-${stage.world.launches.length}`);
  const launch: Launch = {
    id: `l${String(stage.world.launches.length + 1).padStart(4, '0')}`, host, operator, workload, startMs: Math.floor(atMs / 1000) * 1000 + random.int(0, 999), isExtended: options.isExtended ?? random.chance(0.5),
    style: options.style ?? styleOf(random, server.apiVersion), records: [], rivals: [], isWithheld: false, isFirstPartWithheld: false,
  };
  stage.world.launches.push(launch);
  const main = newThread(random, 1);
  const run: Run = { stage, launch, random, now: launch.startMs, session: undefined, sessions: [], work: newThread(random), browse: newThread(random, random.int(4, 5)), main };
  const { print } = stage;
  const { culture } = operator;
  const zone = host.zone;
  write(run, main, 0, print('H01', { 'client.host': host.name, cpus: String(host.cpus), memory: decimalText(culture, host.cpus * 4, 1) }));
  write(run, main, 0, print('H02'));
  write(run, main, 1, print('H02a', { ip4: host.ip4, ip6: `${host.ip6}%${random.int(2, 19)}`, adapter: random.pick(['Ethernet0', 'Ethernet']) }));
  write(run, main, 0, print('H03', { os: `Microsoft Windows NT 10.0.${random.pick(['17763', '19044', '19045'])}.0`, bits: 'x64' }));
  write(run, main, 0, print('H04', { 'header.utc': longTime(culture, run.now + host.skewMs) }));
  write(run, main, 0, print('H05', { zone: zone.display }));
  write(run, main, 0, print('H06', { zone: zone.standard }));
  write(run, main, 0, print('H07', { account: operator.account }));
  write(run, main, 0, print('H08', { 'header.level': launch.isExtended ? 'Extended' : 'Default' }));
  write(run, main, 0, print('H09', { 'header.rule': '='.repeat(70) }));
  write(run, main, 0, print('H10', { 'header.executable': executables[workload], 'header.version': random.pick(['10.0.3.225', '11.0.1.1261', '12.0.0.0']) }));
  write(run, main, 0, print('H11'));
  wait(run, 2_000, 6_000);
  if (!launch.isExtended || random.chance(0.5)) {
    write(run, main, 0, print('L01'));
    write(run, main, 1, print('L02', { edition: 'Veeam Backup and Replication - Standard' }));
  }
  write(run, main, 0, print('L05', { filter: '' }));
  wait(run, 8_000, 40_000);
  return run;
}

export function write(run: Run, thread: Thread, depth: number, text: string, rest: { readonly more?: readonly string[]; readonly action?: string; readonly session?: string; readonly atMs?: number } = {}): void {
  const { atMs, ...facts } = rest;
  run.launch.records.push({ ms: atMs ?? run.now, thread, depth, text, ...facts });
}

export function wait(run: Run, minMs: number, maxMs: number): void {
  run.now += run.random.int(minMs, maxMs);
}

/** Through the provider's gateway: sign-in to Microsoft 365, then the Cloud Connect session. */
export function connectToProvider(run: Run, tenant: Tenant): void {
  const { random, stage: { print } } = run;
  const { server } = tenant;
  const [gateway = '203.0.113.17'] = server.gateways;
  write(run, run.main, 0, print('L03'));
  write(run, run.main, 1, print('L03o'));
  write(run, run.main, 0, print('L04'));
  write(run, run.main, 1, print('L04a', { provider: `cloudconnect.${server.domain}`, id: server.providerId }));
  const signIn = newThread(random);
  wait(run, 3_000, 20_000);
  write(run, signIn, 0, print('A01', { roles: 'Global Administrator', upn: tenant.signIn }));
  wait(run, 700, 1_500);
  write(run, signIn, 1, print('A02'));
  const connection = newThread(random);
  wait(run, 800, 1_500);
  write(run, connection, 0, print('C01', { product: productOf(server), provider: `cloudconnect.${server.domain}`, value: '101' }));
  write(run, connection, 0, print('C02'));
  wait(run, 1_500, 4_000);
  write(run, connection, 1, print('C02o'));
  write(run, connection, 0, print('C03'));
  write(run, connection, 1, print('C03a', { id: random.guid() }));
  write(run, connection, 1, print('C03b', { provider: server.providerId }));
  write(run, connection, 1, print('C03c', { id: random.guid() }));
  write(run, connection, 1, print('C03d'));
  write(run, connection, 2, `${gateway}:6180`);
  wait(run, 500, 2_000);
}

/** Straight to the VB365 server. */
export function connectToServer(run: Run, server: Server): void {
  const { random, stage: { print } } = run;
  const thread = newThread(random);
  const host = server.host.qualified;
  if (random.chance(0.6)) write(run, thread, 0, print('C04', { product: productOf(server), 'server.host': host, 'server.port': '9194', 'server.user': run.launch.operator.profile }));
  write(run, thread, 0, print('C05', { product: productOf(server), 'server.host': host, 'server.port': '9194' }));
  const certificate = newThread(random);
  write(run, certificate, 0, print('C06'));
  write(run, certificate, 0, print('C06o'));
  wait(run, 400, 1_500);
  write(run, thread, 1, print('C05o'));
  wait(run, 300, 1_500);
}

/** The person opens a restore point: the block in the log, the session on the server, the server's own validation of the tenant. */
export function openSession(run: Run, tenant: Tenant, organization: Organization, technician = false): RestSession {
  const { stage, random, launch } = run;
  const { print } = stage;
  const { server } = tenant;
  const viaGateway = tenant.isCloudConnect && !technician;
  run.work = newThread(random);
  const pointMs = Math.floor((run.now - random.int(1, 20) * 3_600_000) / 1_800_000) * 1_800_000;
  write(run, run.work, 0, print('S01'));
  write(run, run.work, 1, print('S02', { scope: 'Organization' }));
  write(run, run.work, 1, print('S03', { 'organization.id': organization.id }));
  write(run, run.work, 1, print('S04', { 'restore-point': longTime(launch.operator.culture, wallClock(launch.host.zone.id, pointMs)) }));
  write(run, run.work, 1, print('S05', { value: 'True' }));
  write(run, run.work, 1, print('S06', { value: random.pick(['True', 'False']) }));
  const date = longTime(server.culture, pointMs);
  const kind = sessionTypes[launch.workload];
  const session = openRestSession(stage, {
    server, tenant, organization, workload: launch.workload, createdMs: run.now + random.int(0, 400), launch, scope: '',
    initiatedBy: viaGateway ? organization.name : recased(random, launch.operator.account),
    clientHost: viaGateway ? `${launch.host.name} (via: ${random.pick(server.gateways)})` : random.pick([launch.host.name, launch.host.qualified]),
    name: `${kind} restore (${random.pick(['Entire organization', `Job: ${tenant.name} - ${kind} (daily)`])} - ${date})`,
  });
  write(run, run.work, 1, print('S07'), { session: session.id });
  run.session = session;
  run.sessions.push(session);
  noteValidation(stage, server, organization, run.now + 1_000, viaGateway ? random.pick(server.gateways) : undefined);
  wait(run, 4_000, 60_000);
  return session;
}

/** The main service validates the tenant twice in a row; behind a gateway it also checks the peer. */
export function noteValidation(stage: Stage, server: Server, organization: Organization, atMs: number, peer: string | undefined): void {
  const { print, random } = stage;
  const thread = newThread(random);
  for (const delay of peer === undefined ? [0] : [0, 1_200]) {
    const at = (ms: number, text: string, depth = 0): void => { server.serviceRecords.push({ ms: atMs + delay + ms, thread, depth, text }); };
    at(0, print('SV01', { region: 'Worldwide' }));
    if (delay === 0) {
      at(10, print('SV02'));
      at(20, print('SV02o'), 1);
    }
    at(40, print('SV03', { domain: organization.name }));
    at(1_000, print('SV04'));
  }
  if (peer === undefined) return;
  const other = newThread(random);
  server.serviceRecords.push({ ms: atMs + 42_000, thread: other, depth: 0, text: print('SV05', { peer: `${peer}:${random.int(49_152, 65_000)}` }) });
  server.serviceRecords.push({ ms: atMs + 42_050, thread: other, depth: 0, text: print('SV06') });
}

/** The person closes the Explorer; some sessions stay open on the server. */
export function leave(run: Run): void {
  wait(run, 20_000, 200_000);
  for (const session of run.sessions) if (run.random.chance(0.8)) closeRestSession(run.stage, session, run.now + run.random.int(0, 5_000));
}

function productOf(server: Server): string {
  return server.apiVersion === 6 ? 'Veeam Backup for Microsoft Office 365' : 'Veeam Backup for Microsoft 365';
}

/** The product itself writes one account in several casings. */
function recased(random: Random, account: string): string {
  const [domain = '', name = ''] = account.split('\\');
  return random.chance(0.25) ? `${domain}\\${name.replace(/(^|\.)\p{Ll}/gu, (found) => found.toUpperCase())}` : account;
}

function styleOf(random: Random, apiVersion: number): FileStyle {
  return {
    dialect: apiVersion === 6 ? 'culture' : random.pick(['culture', 'bracketed', 'bracketed-ms', 'bracketed-ms'] as const),
    indent: random.pick([1, 1, 2] as const), encoding: random.pick(['utf-8', 'utf-8', 'utf-8-bom', 'utf-16le', 'windows-1252'] as const),
    lineEnd: '\r\n', trimsBlanks: false, narrowBlank: false,
  };
}
