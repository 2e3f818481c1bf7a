/**
 * The ordinary week: two weeks in which the tenants are learned, then the week itself. Two tenants of a provider and one with its own server; backup jobs,
 * requests to the helpdesk, one departure, a technician of the provider, a maintenance in which a server and its mails are silent, quiet weekends.
 */
import { folderItem, itemOf } from './cast.ts';
import { atLocal, isWorkday } from './calendar.ts';
import { exportFolder, restore } from './deeds.ts';
import { noteValidation } from './explorer-run.ts';
import { answerRequest, playOrdinaryDays } from './ordinary-days.ts';
import type { Roles } from './roles.ts';
import { sit } from './sitting.ts';
import type { Stage } from './stage.ts';

/** 0 to 20: three weeks. */
export const weekDays = 21;
const firstDay = 14;
const departureDay = firstDay + 3;
const technicianDay = firstDay + 1;
const maintenanceDay = firstDay + 2;

export function playWeek(stage: Stage, all: readonly Roles[]): void {
  for (const roles of all) {
    const hasMaintenance = !roles.tenant.isCloudConnect;
    playOrdinaryDays(stage, roles, { from: 0, to: weekDays, ...(hasMaintenance ? { shortDays: [maintenanceDay], plainHost: roles.hosts[1] } : {}) });
    playJobs(stage, roles, hasMaintenance);
  }
  // One technician, one machine: the customers are served one after the other, whatever their zones are.
  all.filter(({ tenant }) => tenant.isCloudConnect).forEach((roles, index) => {
    for (const day of [technicianDay - 7, technicianDay]) helpOfProvider(stage, roles, day, 13 + index);
  });
  const [first] = all;
  if (first !== undefined) playDeparture(stage, first);
  for (const { tenant } of all) if (!tenant.isCloudConnect) holdMails(stage, tenant.server);
}

/** Two jobs a night; each validates the organisation, and nobody opens anything then. */
function playJobs({ world, random, print }: Stage, { tenant }: Roles, hasMaintenance: boolean): void {
  for (let day = 0; day < weekDays; day += 1) {
    if (hasMaintenance && day === maintenanceDay) continue;
    for (const hour of [21, 25]) noteValidation({ world, random, print }, tenant.server, tenant.organizations[0], atLocal(world, tenant, day, hour, random.int(0, 20)), undefined);
  }
}

/** Somebody has left: an approved person exports the mailbox to the share of the legal department and hands one folder over to a colleague. */
function playDeparture(stage: Stage, roles: Roles): void {
  const { tenant, approved, hosts, leaver, ordinary: [heir] } = roles;
  sit(stage, { tenant, host: hosts[0], operator: approved, atMs: atLocal(stage.world, tenant, departureDay, 17) }, (run) => {
    for (const folder of ['Inbox', 'Sent Items', 'Archive 2021']) exportFolder(run, folderItem({ ...itemOf(run.random, tenant, 'exchange', leaver), source: `${leaver.display}\\${folder}` }), `\\\\files.${tenant.id}.example\\legal$\\out`);
    if (heir !== undefined) restore(run, itemOf(run.random, tenant, 'exchange', leaver, 'Handover notes'), `${heir.display}\\Inbox\\Handover`, true);
  });
}

/** A technician of the provider helps the helpdesk of a customer, on the server. */
function helpOfProvider(stage: Stage, roles: Roles, day: number, hour: number): void {
  const { world, random } = stage;
  sit(stage, { tenant: roles.tenant, host: roles.tenant.server.host, operator: world.technician, atMs: atLocal(world, roles.tenant, day, hour, 30), isTechnician: true }, (run) => { answerRequest(run, roles, random.pick(roles.ordinary)); });
}

/** The relay is part of the maintenance: what was sent that morning arrives in the evening. */
function holdMails({ world }: Stage, server: Roles['tenant']['server']): void {
  for (const mail of server.mails) {
    const day = Math.floor((mail.startMs - world.firstMs) / 86_400_000);
    if (day === maintenanceDay && isWorkday(day)) mail.delayMs += 8 * 3_600_000;
  }
}

