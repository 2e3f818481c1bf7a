/** One use of an Explorer from its start to its end, with one open restore point. */
import type { Workload } from '../event.ts';
import { connectToProvider, connectToServer, leave, openSession, startExplorer, type Run } from './explorer-run.ts';
import type { Stage } from './stage.ts';
import type { Host, Operator, Tenant } from './world.ts';

export interface Sitting {
  readonly tenant: Tenant;
  readonly host: Host;
  readonly operator: Operator;
  readonly atMs: number;
  readonly workload?: Workload;
  /** false: the Explorer logs at its default level */
  readonly isExtended?: boolean;
  /** somebody of the provider, on the server itself */
  readonly isTechnician?: boolean;
}

/** @param deeds what the person does in between */
export function sit(stage: Stage, { tenant, host, operator, atMs, workload = 'exchange', isExtended = true, isTechnician = false }: Sitting, deeds: (run: Run) => void): Run {
  const run = startExplorer(stage, host, operator, workload, atMs, tenant.server, { isExtended });
  if (tenant.isCloudConnect && !isTechnician) connectToProvider(run, tenant);
  else connectToServer(run, tenant.server);
  openSession(run, tenant, tenant.organizations[0], isTechnician);
  deeds(run);
  leave(run);
  return run;
}
