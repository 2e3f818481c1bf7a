/**
 * Whose an activity is, for everything that leaves before attribution has seen all sources (architecture 6). An Explorer log names its organisation
 * once; everything in it is of the same launch.
 */
import type { Activity, Event } from '../event.ts';
import type { TenantKnowledge } from '../tenancy.ts';
import { createBelongings, domainOf } from './belonging.ts';
import type { Belonging } from './records.ts';

export interface ActivityTenancy {
  /** What the documents of the server state of organisations and sessions; call for all of them before anything is asked. */
  learn(activity: Activity): void;
  /** for a record of the server, a mail, or a line of a server log */
  ofRecord(activity: Activity, sourceTenant: string | undefined): Readonly<Belonging>;
  /** for all activities of one launch: the only tenant and organisation they name */
  ofLaunch(activities: readonly Activity[], sourceTenant: string | undefined): Readonly<Belonging>;
}

export function createActivityTenancy(knowledge: TenantKnowledge): ActivityTenancy {
  const belongings = createBelongings(knowledge);
  const sessions = new Map<string, { readonly organization?: string | undefined; readonly organizationId?: string | undefined }>();
  return {
    learn({ facts }) {
      belongings.learn(facts);
      if (facts.kind === 'rest-session') sessions.set(facts.id, { organization: facts.organization, organizationId: facts.organizationId });
    },
    ofRecord({ facts, event }, sourceTenant) {
      switch (facts.kind) {
        case 'rest-event': return belongings.of({ organizationId: facts.organizationId, ...sessions.get(facts.session) }, sourceTenant);
        case 'validation': return belongings.of({ organization: facts.domain }, sourceTenant);
        case 'mail-row': return belongings.of({ organization: facts.organization, domain: facts.organization === undefined ? domainOf(facts.ownerAddress) : undefined }, sourceTenant);
        default: return belongings.of({ organization: event['organization.name'], organizationId: event['organization.id'] }, sourceTenant);
      }
    },
    ofLaunch(activities, sourceTenant) {
      const named = activities.flatMap(({ facts }) => {
        if (facts.kind === 'log-session') return [belongings.of({ organizationId: facts.organizationId }, sourceTenant)];
        return facts.kind === 'launch' ? facts.signedIn.map(({ upn }) => belongings.of({ domain: domainOf(upn) }, sourceTenant)) : [];
      });
      const tenants = new Set(named.map(({ tenant }) => tenant).filter((tenant) => tenant !== undefined));
      const keys = new Set(named.map(({ organizationKey }) => organizationKey).filter((key) => key !== undefined));
      const [tenant] = tenants;
      const only = keys.size === 1 ? named.find(({ organizationKey }) => organizationKey !== undefined) : undefined;
      return {
        tenant: sourceTenant ?? (tenants.size === 1 ? tenant : undefined),
        isForeign: sourceTenant === undefined && tenants.size === 0 && named.some(({ isForeign }) => isForeign),
        organizationKey: only?.organizationKey, organizationName: only?.organizationName,
      };
    },
  };
}

/** Adds tenant and organisation to an activity; `unassigned` where nothing names one. */
export function stampTenancy(event: Event, { tenant, organizationName }: Readonly<Belonging>): void {
  event['vb365.tenant.id'] = tenant ?? 'unassigned';
  if (organizationName !== undefined) event['organization.name'] ??= organizationName;
}
