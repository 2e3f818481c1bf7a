/** Whether a domain is the organisation's of a restore or somebody else's; what nobody has configured stays open. */
import type { Event } from '../../event.ts';
import type { TenantKnowledge } from '../../tenancy.ts';
import { foldName } from '../../text/account.ts';
import type { ContextTenant } from './settings.ts';

/** `same`, `other`, or undefined when it cannot be decided. */
export type DomainOwner = (domain: string, restore: Event) => 'same' | 'other' | undefined;

/** A name has at most 127 labels; an honest one a few. */
const maxLabels = 10;

/**
 * @param tenant settings of the tenant of the restores. Only where they name domains at all is a domain that they do not name a foreign one: an
 *   organisation that is known by its first name alone (`contoso.onmicrosoft.example`) sends mail from others.
 */
export function createDomainOwner(knowledge: TenantKnowledge, tenant: ContextTenant | undefined): DomainOwner {
  const namesDomains = tenant?.organizations.some(({ aliases }) => aliases.some((alias) => alias.includes('.'))) === true;
  return (domain, restore) => {
    const folded = foldName(domain);
    const own = [restore['user.target.email']?.split('@').at(-1), restore['organization.name']].flatMap((name) => name === undefined ? [] : [foldName(name)]);
    if (own.includes(folded)) return 'same';
    const owner = ownerOfDomain(knowledge, folded);
    if (owner === undefined) return namesDomains ? 'other' : undefined;
    const { 'vb365.tenant.id': restoreTenant, 'organization.name': organization } = restore;
    if (restoreTenant === undefined || restoreTenant === 'unassigned') return undefined;
    if (owner.tenant !== restoreTenant) return 'other';
    return owner.name === undefined || organization === undefined || foldName(owner.name) === foldName(organization) ? 'same' : 'other';
  };
}

/** The owner of the domain or of the nearest one above it: whoever has a domain has what is beneath it. */
function ownerOfDomain({ ownerOf }: TenantKnowledge, domain: string): { readonly tenant: string; readonly name?: string } | undefined {
  const labels = domain.split('.').slice(-maxLabels);
  for (let at = 0; at < labels.length - 1; at += 1) {
    const owner = ownerOf({ domain: labels.slice(at).join('.') });
    if (typeof owner === 'object') return owner;
  }
  return undefined;
}
