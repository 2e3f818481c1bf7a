/** Which launches of an Explorer can be a REST session at all: same tenant, same machine, same kind of Explorer (formats/rest-api.md 9.2). */
import { addTo } from '../text/add-to.ts';
import { hostLabel } from '../text/host-label.ts';
import type { LaunchRecord, RestSessionRecord } from './records.ts';
import { maxClockErrorMs } from '../limits.ts';

export type Possible = ReadonlyMap<RestSessionRecord, readonly LaunchRecord[]>;

/** @param isConfigured with configured tenants both sides must have the same known tenant: hosts and paths are not unique in the world */
export function possibleLaunches(sessions: readonly RestSessionRecord[], launches: readonly LaunchRecord[], isConfigured: boolean): Possible {
  const byHost = indexByHost(launches);
  return new Map(sessions.map((session) => {
    const { clientHost, clientIp } = session.facts;
    const found = new Set([...byHost.get(clientHost === undefined ? '' : hostLabel(clientHost)) ?? [], ...byHost.get(clientIp ?? '') ?? []]);
    return [session, [...found].filter((launch) => canBe(session, launch, isConfigured))];
  }));
}

/** Launches by the first label of their host's name and by each of its addresses. */
export function indexByHost(launches: readonly LaunchRecord[]): ReadonlyMap<string, readonly LaunchRecord[]> {
  const index = new Map<string, LaunchRecord[]>();
  for (const launch of launches) {
    for (const key of new Set([...(launch.facts.host === undefined ? [] : [hostLabel(launch.facts.host)]), ...launch.facts.addresses])) {
      addTo(index, key, launch);
    }
  }
  return index;
}

function canBe(session: RestSessionRecord, launch: LaunchRecord, isConfigured: boolean): boolean {
  const { facts } = session;
  // A portal or a caller of the interface has no Explorer.
  if (session.isApi || session.isForeign || facts.tool === 'portal') return false;
  if (!sharesTenant(session.tenant, launch, isConfigured)) return false;
  if (facts.workload !== undefined && launch.facts.workload !== undefined && facts.workload !== launch.facts.workload) return false;
  if (session.organizationKey !== undefined && launch.sessions.length > 0 && launch.sessions.every(({ organizationKey }) => organizationKey !== undefined && organizationKey !== session.organizationKey)) return false;
  if (!launch.facts.timeCertain) return true;
  return facts.created.ms >= launch.facts.firstMs - maxClockErrorMs && facts.created.ms <= launch.facts.lastMs + maxClockErrorMs;
}

export function sharesTenant(tenant: string | undefined, launch: LaunchRecord, isConfigured: boolean): boolean {
  if (tenant === undefined || launch.tenants === undefined) return !isConfigured;
  return launch.tenants.has(tenant);
}
