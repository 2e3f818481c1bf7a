/** Whose a record is: the tenant of its source, else the owner of the organisation that it names, by whatever name or id. */
import type { Facts } from '../event.ts';
import type { NamedOrganization, TenantKnowledge } from '../tenancy.ts';
import { foldName, splitAccount } from '../text/account.ts';
import type { Belonging } from './records.ts';

export interface Belongings {
  /** Names and ids of organisations that a record states; what comes later may make earlier records clearer. */
  learn(facts: Facts): void;
  /** @param sourceTenant tenant of the configured source: it wins over whatever the content names */
  of(named: NamedOrganization, sourceTenant: string | undefined): Belonging;
}

export function createBelongings(knowledge: TenantKnowledge): Belongings {
  const nameById = new Map<string, string>();
  const names = new Set<string>();
  return {
    learn(facts) {
      switch (facts.kind) {
        case 'organization': {
          const id = facts.id.toLowerCase();
          const known = nameById.get(id);
          // Of two names for one id the smaller: the order of reading must not matter.
          if (known === undefined || facts.name < known) nameById.set(id, facts.name);
          names.add(foldName(facts.name));
          break;
        }
        case 'rest-session': case 'mail-row': if (facts.organization !== undefined) names.add(foldName(facts.organization)); break;
        case 'validation': names.add(foldName(facts.domain)); break;
        default: break;
      }
    },
    of(named, sourceTenant) {
      const { organizationId, domain } = named;
      const byId = organizationId === undefined ? undefined : knowledge.organizationNameOf(organizationId) ?? nameById.get(organizationId.toLowerCase());
      // Without a configuration a domain is an organisation only if some source names it as one.
      const byDomain = !knowledge.isConfigured && domain !== undefined && names.has(foldName(domain)) ? domain : undefined;
      const organization = named.organization ?? byId ?? byDomain;
      const owner = knowledge.ownerOf({ organization, organizationId, domain });
      const name = (typeof owner === 'object' ? owner.name : undefined) ?? organization;
      const shared = { organizationKey: name === undefined ? undefined : foldName(name), organizationName: name };
      if (sourceTenant !== undefined) return { tenant: sourceTenant, isForeign: false, ...shared };
      if (typeof owner === 'object') return { tenant: owner.tenant, isForeign: false, ...shared };
      // A bare id or domain that nobody owns names no customer of anybody's; a name does.
      return { tenant: undefined, isForeign: owner === 'conflict' || (owner === 'unknown' && organization !== undefined), ...shared };
    },
  };
}

/** Domain part of an address; undefined for anything else. */
export function domainOf(address: string | undefined): string | undefined {
  return address === undefined || !address.includes('@') ? undefined : splitAccount(address).domain;
}
