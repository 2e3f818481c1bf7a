/**
 * What happens in a tenant where nothing happens: the helpdesk answers three requests a day, two in an Explorer and one in the Restore Portal with its
 * reason; people who act rarely act now and then; a protected owner looks after own data. Enough of it that nobody is new afterwards.
 */
import { folderItem, itemOf } from './cast.ts';
import { atLocal, isWorkday } from './calendar.ts';
import { openFolder, restore, save, send, viewItem, type Item } from './deeds.ts';
import type { Run } from './explorer-run.ts';
import { restOverApi } from './portal.ts';
import { desktopOf, type Roles } from './roles.ts';
import { sit } from './sitting.ts';
import type { Stage } from './stage.ts';
import type { Host, Operator, Owner } from './world.ts';

export interface OrdinaryDays {
  /** first day, and the day after the last one */
  readonly from: number;
  readonly to: number;
  /** days on which the server is down from noon on: the portal answers nobody */
  readonly shortDays?: readonly number[];
  /** a machine whose Explorers log at their default level */
  readonly plainHost?: Host;
}

const portalAddresses = { helpdesk: '192.0.2.201', owner: '192.0.2.202' } as const;

export function playOrdinaryDays(stage: Stage, roles: Roles, { from, to, shortDays = [], plainHost }: OrdinaryDays): void {
  const { world, random } = stage;
  const { tenant, hosts } = roles;
  for (let day = from; day < to; day += 1) {
    if (!isWorkday(day)) continue;
    const at = (hour: number, minute: number): number => atLocal(world, tenant, day, hour, minute + random.int(0, 30));
    const visit = (host: Host, operator: Operator, atMs: number): void => {
      sit(stage, { tenant, host, operator, atMs, isExtended: host !== plainHost }, (run) => { answerRequest(run, roles, random.pick(roles.ordinary)); });
    };
    // In two days both of the helpdesk have worked on both machines.
    visit(hosts[Math.floor(day / 2) % 2 === 0 ? 0 : 1], roles.helpdesk[day % 2 === 0 ? 0 : 1], at(9, 5));
    visit(hosts[Math.floor(day / 2 + 1) % 2 === 0 ? 0 : 1], roles.helpdesk[day % 2 === 0 ? 1 : 0], at(10, 50));
    restOverApi(stage, tenant, roles.portalHelpdesk, 'exchange', shortDays.includes(day) ? at(8, 20) : at(14, 10), { isPortal: true, count: random.int(1, 2), owner: random.pick(roles.ordinary), address: portalAddresses.helpdesk });
    if (shortDays.includes(day)) continue;
    if (day % 7 === 1) visit(hosts[0], roles.admin, at(15, 30));
    if (day % 7 === 3) visit(hosts[0], roles.approved, at(15, 30));
    if (day % 7 === 2) restOverApi(stage, tenant, roles.portalOwner, 'onedrive', at(12, 10), { isPortal: true, count: 1, owner: roles.vip, address: portalAddresses.owner });
    if (day % 7 === 4) ownRequest(stage, roles, at(13, 5));
  }
}

/** Somebody misses something: the helpdesk looks for it, then saves it for them, sends it to them or puts it back where it was. */
export function answerRequest(run: Run, { tenant }: Roles, owner: Owner): void {
  const { random, launch } = run;
  const first = itemOf(random, tenant, launch.workload, owner);
  openFolder(run, folderItem(first));
  for (let views = random.int(0, 2); views > 0; views -= 1) viewItem(run, first);
  const items: readonly Item[] = Array.from({ length: random.int(1, 2) }, (_, index) => ({ ...itemOf(random, tenant, launch.workload, owner), source: first.source, name: `${first.name}${index === 0 ? '' : ` (${index})`}` }));
  switch (random.int(0, 3)) {
    case 0: save(run, items, desktopOf(launch.operator)); break;
    case 1: for (const item of items) send(run, item, owner.address); break;
    default: for (const item of items) restore(run, item, item.source, random.chance(0.7));
  }
}

/** One of the helpdesk gets something back out of the own mailbox. */
function ownRequest(stage: Stage, roles: Roles, atMs: number): void {
  const [operator] = roles.helpdesk;
  sit(stage, { tenant: roles.tenant, host: roles.hosts[0], operator, atMs }, (run) => {
    const item = itemOf(run.random, roles.tenant, 'exchange', roles.ownMailbox);
    openFolder(run, folderItem(item));
    save(run, [item], desktopOf(operator));
  });
}
