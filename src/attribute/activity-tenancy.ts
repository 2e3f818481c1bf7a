/**
 * Whose an activity is, for everything that leaves before attribution has seen all sources (architecture 6). An Explorer log names its organisation
 * once; everything in it is of the same launch.
 */
import type { Activity, Event } from '../event.ts';
import type { NamedOrganization, TenantKnowledge } from '../tenancy.ts';
import { createBelongings, domainOf } from './belonging.ts';
import type { Belonging } from './records.ts';

export interface NamedBelonging extends Readonly<Belonging> {
  /** the tenant's name in the configuration */
  readonly tenantName: string | undefined;
}
export interface ActivityTenancy {
  /** What the documents of the server state of organisations and sessions; call for all of them before anything is asked. */
  learn(activity: Activity): void;
  /** for a record of the server, a mail, or a line of a server log */
  ofRecord(activity: Activity, sourceTenant: string | undefined): NamedBelonging;
  /** for all activities of one launch: the only tenant and organisation they name */
  ofLaunch(activities: readonly Activity[], sourceTenant: string | undefined): NamedBelonging;
}

export function createActivityTenancy(knowledge: TenantKnowledge): ActivityTenancy {
  const belongings = createBelongings(knowledge);
  const sessions = new Map<string, { readonly organization?: string | undefined; readonly organizationId?: string | undefined }>();
  return {
    learn({ facts }) {
      belongings.learn(facts);
      if (facts.kind === 'rest-session') sessions.set(facts.id, { organization: facts.organization, organizationId: facts.organizationId });
    },
    ofRecord: (activity, sourceTenant) => named(belongings.of(namedBy(activity), sourceTenant)),
    ofLaunch(activities, sourceTenant) {
      const stated = activities.flatMap(({ facts }) => {
        if (facts.kind === 'log-session') return [belongings.of({ organizationId: facts.organizationId }, sourceTenant)];
        return facts.kind === 'launch' ? facts.signedIn.map(({ upn }) => belongings.of({ domain: domainOf(upn) }, sourceTenant)) : [];
      });
      const tenants = new Set(stated.map(({ tenant }) => tenant).filter((tenant) => tenant !== undefined));
      const keys = new Set(stated.map(({ organizationKey }) => organizationKey).filter((key) => key !== undefined));
      const [tenant] = tenants;
      const only = keys.size === 1 ? stated.find(({ organizationKey }) => organizationKey !== undefined) : undefined;
      return named({
        tenant: sourceTenant ?? (tenants.size === 1 ? tenant : undefined),
        isForeign: sourceTenant === undefined && tenants.size === 0 && stated.some(({ isForeign }) => isForeign),
        organizationKey: only?.organizationKey, organizationName: only?.organizationName,
      });
    },
  };

  function named(belonging: Readonly<Belonging>): NamedBelonging {
    return { ...belonging, tenantName: knowledge.tenantNameOf(belonging.tenant) };
  }

  function namedBy({ facts, event }: Activity): NamedOrganization {
    switch (facts.kind) {
      case 'rest-event': return { organizationId: facts.organizationId, ...sessions.get(facts.session) };
      case 'validation': return { organization: facts.domain };
      case 'mail-row': return { organization: facts.organization, domain: facts.organization === undefined ? domainOf(facts.ownerAddress) : undefined };
      default: return { organization: event['organization.name'], organizationId: event['organization.id'] };
    }
  }
}

/** Adds tenant and organisation to an activity; `unassigned` where nothing names one. */
export function stampTenancy(event: Event, { tenant, tenantName, organizationName }: NamedBelonging): void {
  event['vb365.tenant.id'] = tenant ?? 'unassigned';
  if (tenantName !== undefined) event['vb365.tenant.name'] = tenantName;
  if (organizationName !== undefined) event['organization.name'] ??= organizationName;
}
