/** Who and what there is: the provider, its tenants through Cloud Connect, tenants with their own server, their machines, people and data. */
import type { Item } from './deeds.ts';
import { companies, familyNames, fileNames, givenNames, itemClasses, mailFolders, sites, subjects, type Company } from './names.ts';
import type { Random } from './random.ts';
import type { Workload } from '../event.ts';
import type { Host, Operator, Organization, Owner, Server, Tenant, World } from './world.ts';
import { zones, type Zone } from './zones.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly tenants: number;
  /** machines with an Explorer, per tenant */
  readonly hosts: number;
  /** per tenant */
  readonly operators: number;
  /** item actions in the whole world, traps not counted */
  readonly restores: number;
  readonly days: number;
  /** about this many log lines; 0: no noise */
  readonly lines: number;
  readonly chaos: boolean;
}

/** Sizes of a cast that the command line does not offer. */
export interface CastOptions extends WorldOptions {
  /** mailboxes per tenant (6); the first belongs to an operator */
  readonly owners?: number;
  /** the first of them are audited (3) */
  readonly audited?: number;
  /** first day, UTC */
  readonly firstMs?: number;
}

/** At least two tenants: the first two buy from the provider, every third one runs its own server. */
export function createWorld(options: CastOptions, random: Random): World {
  const count = Math.max(2, Math.min(options.tenants, 200));
  const hosts: Host[] = [];
  const drawnMs = Date.UTC(random.pick([2022, 2023, 2024, 2025]), random.int(0, 11), random.int(1, 28));
  const provider = createServer(random, hosts, { domain: 'fabrikam.example', name: 'FABVB365', zone: zones.auckland, culture: 'en-NZ', folder: 'provider', isProvider: true, chaos: options.chaos });
  const servers = [provider];
  const tenants: Tenant[] = [];
  const order = random.shuffle(companies);
  for (let index = 0; index < count; index += 1) {
    const company = companyAt(order, index);
    const isCloudConnect = index % 3 !== 2;
    const server = isCloudConnect ? provider : createServer(random, hosts, {
      domain: `${company.id}.example`, name: `${company.windows.slice(0, 6)}VB365`, zone: company.zone, culture: random.pick(company.cultures), folder: company.id, tenant: company.id, isProvider: false, chaos: options.chaos,
    });
    if (!isCloudConnect) servers.push(server);
    tenants.push(createTenant(random, options, company, server, isCloudConnect, hosts, index));
  }
  const technician: Operator = { account: 'FABRIKAM\\m.technician', kind: 'person', profile: 'm.technician', culture: 'en-NZ' };
  return { seed: options.seed, hasChaos: options.chaos, tenants, servers, hosts, launches: [], actions: [], technician, firstMs: options.firstMs ?? drawnMs, days: Math.max(1, options.days) };
}

function companyAt(order: readonly Company[], index: number): Company {
  const company = order[index % order.length];
  if (company === undefined) throw new RangeError('no companies');
  const round = Math.floor(index / order.length);
  return round === 0 ? company : { ...company, id: `${company.id}${round}`, name: `${company.name} ${round}`, windows: `${company.windows}${round}` };
}

interface ServerPlan { readonly domain: string; readonly name: string; readonly zone: Zone; readonly culture: Operator['culture']; readonly folder: string; readonly tenant?: string; readonly isProvider: boolean; readonly chaos: boolean }

function createServer(random: Random, hosts: Host[], plan: ServerPlan): Server {
  const host = createHost(random, { name: plan.name, domain: plan.domain, zone: plan.zone, folder: `${plan.folder}/${plan.name}`, skewMs: random.int(-20_000, 20_000), isCollected: true, ...(plan.tenant === undefined ? {} : { tenant: plan.tenant }) });
  hosts.push(host);
  return {
    host, folder: plan.folder, culture: plan.culture, apiVersion: random.pick([6, 7, 8] as const), gateways: plan.isProvider ? ['203.0.113.17', '203.0.113.18'] : [], isProvider: plan.isProvider, domain: plan.domain,
    providerId: random.guid(), restCollected: true, mailCollected: true, serviceCollected: true, sessions: [], mails: [], serviceRecords: [], restRecords: [], answers: [],
  };
}

interface HostPlan { readonly name: string; readonly domain: string; readonly zone: Zone; readonly folder: string; readonly skewMs: number; readonly isCollected: boolean; readonly tenant?: string }

function createHost(random: Random, plan: HostPlan): Host {
  const number = random.int(10, 250);
  return {
    name: plan.name, qualified: `${plan.name.toLowerCase()}.${plan.domain}`, zone: plan.zone, skewMs: plan.skewMs, ip4: `192.0.2.${number}`, ip6: `2001:db8:${random.hex(3)}::${number}`, cpus: random.pick([4, 8, 16]),
    folder: plan.folder, isCollected: plan.isCollected, ...(plan.tenant === undefined ? {} : { tenant: plan.tenant }), files: new Set(),
  };
}

function createTenant(random: Random, options: CastOptions, company: Company, server: Server, isCloudConnect: boolean, hosts: Host[], index: number): Tenant {
  const domain = `${company.id}.example`;
  const organizations: [Organization, ...Organization[]] = [{ name: `${company.id}.onmicrosoft.example`, id: random.guid(), domain }];
  if (index === 0) organizations.push({ name: `${company.id}retail.onmicrosoft.example`, id: random.guid(), domain: `retail.${domain}` });
  const wanted = Math.max(1, options.hosts);
  const own: Host[] = [];
  for (let number = 1; number <= wanted + 1; number += 1) {
    // The last machine of a tenant through Cloud Connect is one that nobody collects.
    const isSpare = number === wanted + 1;
    if (isSpare && !isCloudConnect) continue;
    const name = `${company.windows.slice(0, 7)}${isSpare ? 'VDI9' : `RDS${String(number).padStart(2, '0')}`}`;
    own.push(createHost(random, {
      name, domain, zone: number === 2 && company.zone === zones.auckland ? zones.chatham : company.zone, folder: `${company.id}/${name}`, skewMs: skewOf(random, options.chaos), isCollected: !isSpare, tenant: company.id,
    }));
  }
  hosts.push(...own);
  const operators = Array.from({ length: Math.max(2, options.operators) }, (): Operator => {
    const name = personName(random);
    return { account: `${company.windows}\\${name.login}`, kind: 'person', profile: name.login, culture: random.pick(company.cultures) };
  });
  const portalOperators = [0, 1].map((): Operator => {
    const { login } = personName(random);
    return { account: `${login}@${organizations[0].name}`, kind: 'person', profile: login, culture: 'en-GB' };
  });
  return {
    id: company.id, name: company.name, organizations, isCloudConnect, zone: company.zone, windows: company.windows, server, hosts: own, operators: distinct(operators), portalOperators: distinct(portalOperators),
    owners: ownersOf(random, domain, operators, options.owners ?? 6, options.audited ?? 3), signIn: `restore.admin@${organizations[0].name}`,
  };
}

function skewOf(random: Random, chaos: boolean): number {
  return chaos && random.chance(0.4) ? random.pick([-1, 1]) * random.int(180_000, 600_000) : random.int(-45_000, 45_000);
}

function distinct(operators: readonly Operator[]): readonly Operator[] {
  const seen = new Map<string, number>();
  return operators.map((operator) => {
    const times = seen.get(operator.account) ?? 0;
    seen.set(operator.account, times + 1);
    return times === 0 ? operator : { ...operator, account: operator.account.replace(/(@|$)/, `${times + 1}$1`), profile: `${operator.profile}${times + 1}` };
  });
}

function personName(random: Random): { readonly display: string; readonly login: string } {
  const given = random.pick(givenNames);
  const family = random.pick(familyNames);
  const login = `${given.charAt(0)}.${family}`.toLowerCase().replace(/['\s]/g, '');
  return { display: random.chance(0.2) ? `${family}, ${given}` : `${given} ${family}`, login };
}

/** Mailboxes; the first belongs to an operator. */
function ownersOf(random: Random, domain: string, operators: readonly Operator[], count: number, audited: number): readonly Owner[] {
  const taken = new Set<string>();
  const owners: Owner[] = [];
  while (owners.length < count) {
    const { display, login } = personName(random);
    if (taken.has(display)) continue;
    taken.add(display);
    const address = `${login.normalize('NFKD').replace(/[^a-z.]/g, '')}${owners.length}@${domain}`;
    const account = owners.length === 0 ? operators[0]?.account : undefined;
    owners.push({ display, address, isAudited: owners.length < audited, ...(account === undefined ? {} : { account }) });
  }
  return owners;
}

/** Something that can be restored. */
export function itemOf(random: Random, tenant: Tenant, workload: Workload, owner: Owner = random.pick(tenant.owners), name?: string): Item {
  const size = random.int(900, 4_000_000);
  if (workload === 'exchange') {
    const base = name ?? `${random.pick(subjects)}${random.chance(0.4) ? ` ${random.int(2, 99)}` : ''}`;
    return { name: base, type: random.pick(itemClasses), size, source: `${owner.display}\\${random.pick(mailFolders)}`, owner, ownerName: owner.display };
  }
  const file = name ?? random.pick(fileNames);
  if (workload === 'onedrive') return { name: file, type: 'File', size, source: `${owner.display}\\Documents`, owner, ownerName: owner.display };
  const site = random.pick(sites);
  return { name: file, type: 'File', size, source: `/sites/${site}/Shared Documents/${random.pick(['General', 'Archive'])}`, owner: undefined, ownerName: site };
}

export function folderItem(item: Item): Item {
  const name = item.source.slice(Math.max(item.source.lastIndexOf('\\'), item.source.lastIndexOf('/')) + 1);
  return { ...item, name, type: 'Folder' };
}

export function targetFolder(random: Random, operator: Operator, tenant: Tenant): string {
  return random.pick([`C:\\Users\\${operator.profile}\\Desktop`, `C:\\Users\\${operator.profile}\\Desktop`, 'D:\\Restore', 'C:\\Restores', `\\\\files.${tenant.id}.example\\legal$\\out`, 'C:\\Users\\Public\\Documents']);
}
