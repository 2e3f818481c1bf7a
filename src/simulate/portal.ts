/** Restores without an Explorer: the Restore Portal, and programs that use the REST interface with an account of their own. */
import { itemOf } from './cast.ts';
import type { Item } from './deeds.ts';
import { reasons } from './names.ts';
import { longTime } from './culture.ts';
import { act, closeRestSession, newThread, openRestSession, type Stage } from './stage.ts';
import type { Operator, Owner, RestSession, Tenant } from './world.ts';
import type { Workload } from '../event.ts';

const titles: Readonly<Record<Workload, string>> = { exchange: 'Exchange', onedrive: 'OneDrive', sharepoint: 'SharePoint', teams: 'Teams' };

export interface RemoteOptions {
  readonly isPortal: boolean;
  readonly count: number;
  readonly trap?: string;
  /** whose data; left out: anybody's */
  readonly owner?: Owner;
  /** address of the browser or program; left out: any */
  readonly address?: string;
}

/** One session over the REST interface: the REST service notes it, the server keeps it, no Explorer knows of it. Returns the true time of its end. */
export function restOverApi(stage: Stage, tenant: Tenant, operator: Operator, workload: Workload, atMs: number, options: RemoteOptions): number {
  const { random, print } = stage;
  const { server } = tenant;
  const [organization] = tenant.organizations;
  let now = atMs;
  const thread = newThread(random);
  const log = (text: string, depth = 0): void => { server.restRecords.push({ ms: now, thread, depth, text }); };
  const session: RestSession = openRestSession(stage, {
    server, tenant, organization, workload, createdMs: now + 60, initiatedBy: operator.account, clientHost: options.address ?? `192.0.2.${random.int(200, 230)}`,
    scope: options.isPortal ? (options.owner ?? random.pick(tenant.owners)).display : '', ...(options.isPortal ? { reason: random.pick(reasons) } : {}),
    name: options.isPortal ? `Restore ${titles[workload]}` : `${titles[workload]} restore (Entire organization - ${longTime(server.culture, now - 3_600_000)})`,
  });
  const version = `V${server.apiVersion}`;
  log(print('W01', { action: 'explore' }), 1);
  log(print('W02', { action: 'explore', data: 'organizations', version }));
  log(print('C04', { product: 'Veeam Backup for Microsoft 365', 'server.host': '127.0.0.1', 'server.port': '9194', 'server.user': 'administrator' }));
  log(print('C05', { product: 'Veeam Backup for Microsoft 365', 'server.host': '127.0.0.1', 'server.port': '9194' }));
  log(print('C05o'), 1);
  log(print('S01'));
  log(print('S02', { scope: 'Organization' }), 1);
  log(print('S03', { 'organization.id': organization.id }), 1);
  log(print('S07'), 1);
  log(print('S08', { 'session.id': session.id }));
  for (let index = 0; index < options.count; index += 1) {
    now += random.int(4_000, 40_000);
    const item: Item = itemOf(random, tenant, workload, options.owner);
    const isSkipped = random.chance(0.15);
    const isExport = !options.isPortal && random.chance(0.4);
    const name = workload === 'exchange' || !options.isPortal ? item.name : `File: ${item.name}`;
    log(print('W02', { action: isExport ? 'ExportToPst' : 'restoretoOriginallocation', data: 'items', version }));
    act(stage, {
      atMs: now, endMs: now + 1_500, session, operator, operation: isExport ? 'export' : 'restore', status: isSkipped ? 'Skipped' : 'Success', owner: item.owner, ownerName: item.ownerName, name, type: item.type, size: item.size,
      source: item.source, target: isExport ? `C:\\Portal\\${item.name.replace(/[\\/:*?"<>|]/g, '_')}.pst` : item.owner === undefined ? `https://${tenant.id}.sharepoint.example/sites/${item.ownerName}` : item.source,
      isLogged: false, isFolder: false, ...(options.trap === undefined ? {} : { trap: options.trap }),
    });
  }
  now += random.int(5_000, 40_000);
  closeRestSession(stage, session, now);
  return now;
}
