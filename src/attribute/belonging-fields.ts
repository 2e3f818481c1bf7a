/** Whose a health event is, as fields. */
import type { Event } from '../event.ts';
import type { Belonging, LaunchRecord } from './records.ts';

export function belongingFields({ tenant, organizationName }: Readonly<Belonging>): Event {
  return { ...(tenant === undefined ? {} : { 'vb365.tenant.id': tenant }), ...(organizationName === undefined ? {} : { 'organization.name': organizationName }) };
}

/** Only what a launch names alone: one of several tenants or organisations would be a guess. */
export function belongingOfLaunch({ tenants, organizations }: LaunchRecord): Readonly<Belonging> {
  const [tenant] = tenants ?? [];
  const [organization] = organizations;
  const [organizationKey, organizationName] = organizations.size === 1 ? organization ?? [] : [];
  return { tenant: tenants?.size === 1 ? tenant : undefined, isForeign: false, organizationKey, organizationName };
}
