/** Ordinary days: people start Explorers at working hours, open a restore point, look around and restore. */
import { folderItem, itemOf, targetFolder, type WorldOptions } from './cast.ts';
import { exportFolder, openFolder, restore, save, send, viewItem, type Item } from './deeds.ts';
import { connectToProvider, connectToServer, leave, openSession, startExplorer, wait, type Run } from './explorer-run.ts';
import { restOverApi } from './portal.ts';
import type { Random } from './random.ts';
import { noteValidation } from './explorer-run.ts';
import type { Stage } from './stage.ts';
import type { Host, Tenant } from './world.ts';
import type { Workload } from '../event.ts';

/** Two sessions opened on one machine within this time could be taken for each other; ordinary days keep clear of that, traps do not. */
const apartMs = 25 * 60_000;
const dayMs = 86_400_000;

export function planDays(stage: Stage, options: WorldOptions): void {
  const { world, random } = stage;
  const free = new Map<Host, number[]>();
  let left = options.restores;
  // Enough attempts for any count: a slot that is taken is tried elsewhere.
  for (let attempt = 0; left > 0 && attempt < options.restores * 20; attempt += 1) {
    const tenant = random.pick(world.tenants);
    const atMs = world.firstMs + random.int(0, world.days - 1) * dayMs + workingHour(random, tenant);
    if (random.chance(0.1)) {
      const count = Math.min(left, random.int(1, 3));
      restOverApi(stage, tenant, random.pick(tenant.portalOperators), random.pick(['exchange', 'sharepoint', 'onedrive'] as const), atMs, { isPortal: true, count });
      left -= count;
      continue;
    }
    const host = random.pick(tenant.hosts);
    const taken = free.get(host) ?? [];
    if (taken.some((other) => Math.abs(other - atMs) < apartMs) && attempt < options.restores * 10) continue;
    free.set(host, [...taken, atMs]);
    left -= visit(stage, tenant, host, atMs, left);
  }
  for (let day = 0; day < world.days; day += 1) for (const tenant of world.tenants) {
    // Backup jobs validate their tenant too; nobody opens anything then.
    for (let job = 0; job < 3; job += 1) noteValidation(stage, tenant.server, tenant.organizations[0], world.firstMs + day * dayMs + random.int(0, dayMs - 1), undefined);
  }
}

/** Local office hours, as an offset from midnight UTC of the day. */
function workingHour(random: Random, tenant: Tenant): number {
  const east: Readonly<Record<string, number>> = { 'Pacific/Auckland': 12, 'America/New_York': -5, 'Asia/Kolkata': 5, 'Australia/Lord_Howe': 10 };
  return random.int(7 * 60, 19 * 60) * 60_000 + random.int(0, 59_999) - (east[tenant.zone.id] ?? 0) * 3_600_000;
}

/** One use of an Explorer; returns how many item actions it held. */
function visit(stage: Stage, tenant: Tenant, host: Host, atMs: number, most: number): number {
  const { random } = stage;
  const operator = random.pick(tenant.operators);
  const workload: Workload = random.pick(['exchange', 'exchange', 'exchange', 'exchange', 'onedrive', 'sharepoint', 'teams'] as const);
  const before = stage.world.actions.length;
  const run = startExplorer(stage, host, operator, workload, atMs, tenant.server);
  if (tenant.isCloudConnect) connectToProvider(run, tenant);
  else connectToServer(run, tenant.server);
  openSession(run, tenant, tenant.organizations[0]);
  // The first deed is a save: it ties the file to the session beyond doubt.
  saveSome(run, tenant);
  while (stage.world.actions.length - before < most && run.random.chance(0.75)) something(run, tenant);
  if (run.random.chance(0.15) && stage.world.actions.length - before < most) {
    wait(run, 300_000, 500_000);
    openSession(run, tenant, tenant.organizations[0]);
    saveSome(run, tenant);
  }
  leave(run);
  return stage.world.actions.length - before;
}

function saveSome(run: Run, tenant: Tenant): void {
  const { random, launch } = run;
  const first = itemOf(random, tenant, launch.workload);
  const more = Array.from({ length: random.pick([1, 1, 2, 3]) }, (): Item => {
    const next = itemOf(random, tenant, launch.workload, first.owner);
    return { ...next, source: first.source, owner: first.owner, ownerName: first.ownerName };
  });
  const count = more.length + 1;
  save(run, [first, ...more], targetFolder(random, launch.operator, tenant), {
    ...(random.chance(0.1) ? { failed: random.int(0, count - 1) } : random.chance(0.06) ? { skipped: random.int(0, count - 1) } : {}),
    ...(random.chance(0.3) ? { browses: [folderItem(itemOf(random, tenant, launch.workload, first.owner))] } : {}),
  });
}

function something(run: Run, tenant: Tenant): void {
  const { random, launch } = run;
  const item = itemOf(random, tenant, launch.workload);
  switch (random.int(0, 6)) {
    case 0: case 1: openFolder(run, folderItem(item)); break;
    case 2: viewItem(run, item); break;
    case 3: restore(run, item, destination(random, tenant, item), random.chance(0.7)); break;
    case 4: send(run, item, random.pick(tenant.owners).address); break;
    case 5: exportFolder(run, folderItem(item), targetFolder(random, launch.operator, tenant)); break;
    default: saveSome(run, tenant);
  }
}

/** Mostly back to where it was, sometimes to somebody else. */
function destination(random: Random, tenant: Tenant, item: Item): string {
  if (item.owner === undefined) return `https://${tenant.id}.sharepoint.example/sites/${item.ownerName}`;
  return random.chance(0.7) ? item.source : `${random.pick(tenant.owners).display}\\Inbox\\Restored`;
}
