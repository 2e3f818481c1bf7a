/** The situations in which a careless product names a wrong person. Every world has all of them, named in the truth. */
import { folderItem, itemOf, targetFolder } from './cast.ts';
import { openFolder, save, send, viewItem, type Item } from './deeds.ts';
import { connectToProvider, connectToServer, leave, openSession, startExplorer, wait, write, type LaunchOptions, type Run } from './explorer-run.ts';
import { forgedSubjects, subjects } from './names.ts';
import { restOverApi } from './portal.ts';
import { closeRestSession, openRestSession, type Stage } from './stage.ts';
import type { FileStyle, Host, Operator, Organization, Tenant } from './world.ts';
import { clockChanges } from './zones.ts';

export const trapNames = [
  'two-operators-one-host', 'two-operators-no-path', 'unseen-operator', 'deleted-log', 'forged-subject', 'clock-change-back', 'clock-change-forward', 'shared-account', 'service-account',
  'application-account', 'provider-technician', 'rotated-proven', 'rotated-unproven', 'two-organizations', 'default-logging', 'identical-mails', 'other-profile',
] as const;
export type TrapName = (typeof trapNames)[number];

const dayMs = 86_400_000;
const plain: FileStyle = { dialect: 'culture', indent: 1, encoding: 'utf-8', lineEnd: '\r\n', trimsBlanks: false, narrowBlank: false };

/** Plays every trap on days of its own after the ordinary ones, so that nothing else on the machine can be taken for it. */
export function playTraps(stage: Stage): void {
  const { world, random } = stage;
  const cloud = world.tenants.find((tenant) => tenant.isCloudConnect);
  if (cloud === undefined) throw new RangeError('no tenant through Cloud Connect');
  const own = world.tenants.find((tenant) => !tenant.isCloudConnect);
  const [host] = cloud.hosts;
  const spare = cloud.hosts.find((other) => !other.isCollected);
  const [first, second] = cloud.operators;
  if (host === undefined || spare === undefined || first === undefined || second === undefined) throw new RangeError('a tenant needs machines and people');
  let day = 0;
  const next = (): number => world.firstMs + (world.days + day++) * dayMs + random.int(60, 600) * 60_000;

  twoOperators(stage, cloud, host, first, second, next());
  noPath(stage, cloud, host, first, second, next());
  single(stage, cloud, spare, second, next(), 'unseen-operator');
  single(stage, cloud, host, first, next(), 'deleted-log').launch.isWithheld = true;
  forged(stage, cloud, host, second, next());
  clockChange(stage, cloud, host, first, -1);
  clockChange(stage, cloud, host, first, 1);
  single(stage, cloud, host, { account: `${host.name}\\restore-ops`, kind: 'shared', profile: 'restore-ops', culture: first.culture }, next(), 'shared-account');
  const home = own ?? cloud;
  const machine = home.hosts[0] ?? host;
  single(stage, home, machine, { account: `${home.windows}\\svc-restore`, kind: 'service', profile: 'svc-restore', culture: 'en-US' }, next(), 'service-account');
  restOverApi(stage, cloud, { account: 'FABRIKAM\\portal-app', kind: 'application', profile: 'portal-app', culture: 'en-US' }, 'exchange', next(), { isPortal: false, count: 2, trap: 'application-account' });
  technician(stage, cloud, next());
  rotated(stage, cloud, host, second, next(), 'rotated-proven');
  rotated(stage, cloud, host, second, next(), 'rotated-unproven').launch.isFirstPartWithheld = true;
  twoOrganizations(stage, cloud, next());
  single(stage, cloud, host, second, next(), 'default-logging', { isExtended: false });
  identicalMails(stage, cloud, host, first, second, next());
  otherProfile(stage, cloud, host, first, second, next());
  strangers(stage, cloud, next());
  idleExplorer(stage, cloud, host, second, next());
}

function arrive(stage: Stage, tenant: Tenant, host: Host, operator: Operator, atMs: number, options: LaunchOptions = {}): Run {
  const run = startExplorer(stage, host, operator, 'exchange', atMs, tenant.server, options);
  if (tenant.isCloudConnect) connectToProvider(run, tenant);
  else connectToServer(run, tenant.server);
  return run;
}

function some(run: Run, tenant: Tenant, count = 2): Item[] {
  const first = itemOf(run.random, tenant, 'exchange', tenant.owners[1]);
  // Distinct names: how a file is called must not be what decides.
  return run.random.shuffle(subjects).slice(0, count).map((name, index) => ({ ...first, name: `${name} ${index + 1}` }));
}

function single(stage: Stage, tenant: Tenant, host: Host, operator: Operator, atMs: number, trap: TrapName, options: LaunchOptions = {}): Run {
  const run = arrive(stage, tenant, host, operator, atMs, options);
  openSession(run, tenant, tenant.organizations[0]);
  const items = some(run, tenant);
  save(run, items, targetFolder(run.random, operator, tenant), { trap });
  viewItem(run, items[0] ?? itemOf(run.random, tenant, 'exchange'), trap);
  leave(run);
  return run;
}

/** Same machine, same item, same folder, same minute: only the numbers of the file names differ. */
function twoOperators(stage: Stage, tenant: Tenant, host: Host, first: Operator, second: Operator, atMs: number): void {
  const minute = Math.floor(atMs / 60_000) * 60_000;
  const a = arrive(stage, tenant, host, first, minute - 400_000);
  const b = arrive(stage, tenant, host, second, minute - 150_000);
  openSession(a, tenant, tenant.organizations[0]);
  openSession(b, tenant, tenant.organizations[0]);
  const items = [...some(a, tenant, 1), ...some(a, tenant, 3).slice(1)];
  a.now = minute + 5_000;
  b.now = a.now + 2_000;
  const folder = 'D:\\Restores';
  // Both write at once; the file system decides who gets the name.
  const rounds = items.slice(0, 2);
  for (const item of rounds) {
    const at = Math.max(a.now, b.now);
    a.now = at;
    save(a, [item], folder, { trap: 'two-operators-one-host' });
    b.now = at + 2_000;
    save(b, [item], folder, { trap: 'two-operators-one-host' });
  }
  leave(a);
  leave(b);
}

/** Two sessions opened in one instant, and nothing in either that a file path could tell apart. */
function noPath(stage: Stage, tenant: Tenant, host: Host, first: Operator, second: Operator, atMs: number): void {
  const a = arrive(stage, tenant, host, first, atMs);
  const b = arrive(stage, tenant, host, second, atMs + 20_000);
  a.now = Math.max(a.now, b.now);
  b.now = a.now + 300;
  openSession(a, tenant, tenant.organizations[0]);
  openSession(b, tenant, tenant.organizations[0]);
  a.launch.rivals.push(b.launch);
  b.launch.rivals.push(a.launch);
  for (const run of [a, b]) {
    const items = some(run, tenant);
    for (const item of items) viewItem(run, item, 'two-operators-no-path');
    send(run, items[0] ?? itemOf(run.random, tenant, 'exchange'), `someone@partner${run === a ? 1 : 2}.example`, 'two-operators-no-path');
    leave(run);
  }
}

function forged(stage: Stage, tenant: Tenant, host: Host, operator: Operator, atMs: number): void {
  for (const isExtended of [true, false]) {
    const run = arrive(stage, tenant, host, operator, atMs + (isExtended ? 0 : 5_400_000), { isExtended });
    openSession(run, tenant, tenant.organizations[0]);
    const [item] = some(run, tenant, 1);
    if (item !== undefined) save(run, forgedSubjects.map((name) => ({ ...item, name })), targetFolder(run.random, operator, tenant), { trap: 'forged-subject' });
    leave(run);
  }
}

/** One launch on each side of a change of the wall clock. */
function clockChange(stage: Stage, tenant: Tenant, host: Host, operator: Operator, direction: -1 | 1): void {
  const year = new Date(stage.world.firstMs).getUTCFullYear();
  // Not every zone has summer time: then the change is one of nobody's, and the launch is an ordinary one.
  const change = clockChanges(host.zone.id, year).find(({ byMinutes }) => Math.sign(byMinutes) === direction);
  const atMs = change?.atMs ?? Date.UTC(year, direction < 0 ? 3 : 9, 3);
  const trap = direction < 0 ? 'clock-change-back' : 'clock-change-forward';
  const run = arrive(stage, tenant, host, operator, atMs - 1_200_000);
  openSession(run, tenant, tenant.organizations[0]);
  run.now = Math.max(run.now, atMs - 300_000);
  save(run, some(run, tenant), targetFolder(run.random, operator, tenant), { trap });
  run.now = Math.max(run.now, atMs + 120_000);
  save(run, some(run, tenant), targetFolder(run.random, operator, tenant), { trap });
  run.now += 1_500_000;
  save(run, some(run, tenant), targetFolder(run.random, operator, tenant), { trap });
  leave(run);
}

/** The provider's own technician opens a tenant's backup on the server itself. */
function technician(stage: Stage, tenant: Tenant, atMs: number): void {
  const { server } = tenant;
  const run = startExplorer(stage, server.host, stage.world.technician, 'exchange', atMs, server);
  connectToServer(run, server);
  openSession(run, tenant, tenant.organizations[0], true);
  save(run, some(run, tenant), targetFolder(run.random, stage.world.technician, tenant), { trap: 'provider-technician' });
  leave(run);
}

/** One launch, two organisations; the first export belongs to the session that was opened last. */
function twoOrganizations(stage: Stage, tenant: Tenant, atMs: number): void {
  const { server } = tenant;
  const other: readonly [Tenant, Organization] = [tenant, tenant.organizations[1] ?? tenant.organizations[0]];
  const run = startExplorer(stage, server.host, stage.world.technician, 'exchange', atMs, server);
  connectToServer(run, server);
  const a = openSession(run, tenant, tenant.organizations[0], true);
  const work = run.work;
  wait(run, 200_000, 400_000);
  const b = openSession(run, other[0], other[1], true);
  const items = some(run, tenant);
  save(run, items, 'C:\\Exports', { trap: 'two-organizations' });
  run.session = a;
  run.work = work;
  save(run, items, 'C:\\Exports', { trap: 'two-organizations' });
  run.session = b;
  leave(run);
}

/** The file is rolled while an export runs: the rest stands in a file without a header. */
function rotated(stage: Stage, tenant: Tenant, host: Host, operator: Operator, atMs: number, trap: TrapName): Run {
  const run = arrive(stage, tenant, host, operator, atMs, { style: { ...plain, dialect: trap === 'rotated-unproven' ? 'bracketed-ms' : 'culture' } });
  openSession(run, tenant, tenant.organizations[0]);
  const items = some(run, tenant, 4);
  const [item] = items;
  if (item !== undefined) save(run, items, targetFolder(run.random, operator, tenant), { trap, browses: [folderItem(item)], rolls: true });
  leave(run);
  return run;
}

/** The same audited item saved twice by each of two people within one minute: four mails that differ in nothing. */
function identicalMails(stage: Stage, tenant: Tenant, host: Host, first: Operator, second: Operator, atMs: number): void {
  const minute = Math.floor(atMs / 60_000) * 60_000;
  const a = arrive(stage, tenant, host, first, minute - 500_000);
  const b = arrive(stage, tenant, host, second, minute - 200_000);
  openSession(a, tenant, tenant.organizations[0]);
  openSession(b, tenant, tenant.organizations[0]);
  openFolder(a, folderItem(itemOf(a.random, tenant, 'exchange')), { trap: 'identical-mails' });
  const [item] = some(a, tenant, 1);
  if (item === undefined) return;
  a.now = minute + 4_000;
  save(a, [item], 'D:\\Restores', { trap: 'identical-mails' });
  b.now = minute + 9_000;
  save(b, [item], 'D:\\Restores', { trap: 'identical-mails' });
  leave(a);
  leave(b);
}

/** Saved into the profile of a colleague: the path names the wrong person. */
function otherProfile(stage: Stage, tenant: Tenant, host: Host, operator: Operator, colleague: Operator, atMs: number): void {
  const run = arrive(stage, tenant, host, operator, atMs);
  openSession(run, tenant, tenant.organizations[0]);
  save(run, some(run, tenant), `C:\\Users\\${colleague.profile}\\Desktop`, { trap: 'other-profile' });
  leave(run);
}

/** A session of an organisation that no tenant owns: whoever prints it tells one customer of another. It is nobody's truth. */
function strangers(stage: Stage, tenant: Tenant, atMs: number): void {
  const { random } = stage;
  const organization: Organization = { name: 'strangers.onmicrosoft.example', id: random.guid(), domain: 'strangers.example' };
  const session = openRestSession(stage, {
    server: tenant.server, tenant, organization, workload: 'exchange', createdMs: atMs, initiatedBy: organization.name, clientHost: 'STRANGER1 (via: 203.0.113.18)', scope: '', name: 'Exchange restore (Entire organization - 1)',
  });
  session.events.push({
    id: random.guid(), type: 'Save', status: 'Success', startMs: atMs + 60_000, endMs: atMs + 61_000, title: 'Item successfully exported to: C:\\Temp\\Secret.msg.', message: 'Item Secret was saved successfully (type: IPM.Note; source: Xenia\\Inbox; target: C:\\Temp)',
    itemName: 'Secret', itemType: 'IPM.Note', size: 1_000, source: 'Xenia\\Inbox', target: 'C:\\Temp',
  });
  closeRestSession(stage, session, atMs + 120_000);
}

/** Started, and never connected to anything. */
function idleExplorer(stage: Stage, tenant: Tenant, host: Host, operator: Operator, atMs: number): void {
  const run = startExplorer(stage, host, operator, 'exchange', atMs, tenant.server);
  write(run, run.main, 0, stage.print('E01', { error: 'The logon attempt failed' }));
}
