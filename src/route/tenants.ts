/** What the configuration knows of tenants, organisations and accounts. With a configuration the answer is an owner or a refusal, never a guess. */
import type { Config, TenantSettings } from '../config/config.ts';
import type { AccountKind, NamedOrganization, TenantKnowledge } from '../tenancy.ts';
import { foldName } from '../text/account.ts';

type Owner = { readonly tenant: string; readonly name?: string };
type Account = { readonly kind: AccountKind; readonly groups: readonly string[]; readonly index: number };

/**
 * Knowledge as src/tenancy.ts documents it.
 * @param config without one, or with one that names no tenants, every organisation is its own tenant
 */
export function createTenants(config?: Pick<Config, 'tenants'>): TenantKnowledge {
  const tenants = config?.tenants ?? [];
  const accounts = new Map(tenants.map((tenant) => [tenant.id, accountsOf(tenant)]));
  const accountOf = (tenant: string | undefined, name: string): Account | undefined => {
    const folded = foldName(name);
    if (tenant !== undefined) return accounts.get(tenant)?.get(folded);
    const found = [...accounts.values()].flatMap((of) => of.get(folded) ?? []);
    return found.every(({ kind }) => kind === found[0]?.kind) ? found[0] : undefined;
  };
  const isConfigured = tenants.length > 0;
  const names = new Map<string | undefined, string>(tenants.map(({ id, name }) => [id, name]));
  return {
    isConfigured,
    ...(isConfigured ? configuredOwners(tenants) : openOwners()),
    onlyOrganizationOf(tenant) {
      const [only, ...others] = tenants.find(({ id }) => id === tenant)?.organizations ?? [];
      return others.length === 0 ? only?.name : undefined;
    },
    tenantNameOf: (tenant) => names.get(tenant),
    accountOf(tenant, name) {
      const account = accountOf(tenant, name);
      if (account === undefined) return undefined;
      // Where no tenant is known, groups of one tenant are no fact about an account of another.
      return tenant === undefined || account.groups.length === 0 ? { kind: account.kind } : { kind: account.kind, groups: account.groups };
    },
    samePerson(tenant, a, b) {
      if (foldName(a) === foldName(b)) return foldName(a) !== '';
      const isOneIn = (of: ReadonlyMap<string, Account> | undefined): boolean | undefined => {
        const [one, other] = [of?.get(foldName(a)), of?.get(foldName(b))];
        return one === undefined && other === undefined ? undefined : one?.index === other?.index;
      };
      if (tenant !== undefined) return isOneIn(accounts.get(tenant)) === true;
      const said = [...accounts.values()].map(isOneIn).filter((is) => is !== undefined);
      return said.length > 0 && said.every(Boolean);
    },
  };
}

function configuredOwners(tenants: readonly TenantSettings[]): Pick<TenantKnowledge, 'ownerOf' | 'organizationNameOf' | 'organizations'> {
  const byName = new Map<string, Owner>();
  const byId = new Map<string, Owner>();
  const nameById = new Map<string, string>();
  for (const { id: tenant, organizations } of tenants) {
    for (const { name, id, aliases } of organizations) {
      const owner: Owner = name === undefined ? { tenant } : { tenant, name };
      for (const spelling of [...(name === undefined ? [] : [name]), ...aliases]) byName.set(foldName(spelling), owner);
      if (id !== undefined) byId.set(foldName(id), owner);
      if (id !== undefined && name !== undefined) nameById.set(foldName(id), name);
    }
  }
  // Old answers put an id where a name belongs and the other way round: both are looked up in both.
  const ownerOfName = (name: string | undefined): Owner | undefined => name === undefined ? undefined : byName.get(foldName(name)) ?? byId.get(foldName(name));
  return {
    ownerOf(named: NamedOrganization) {
      const { organization, organizationId, domain } = named;
      const stated = [organization, organizationId].filter(isNamed);
      const owners = stated.map(ownerOfName);
      const found = owners.filter((owner) => owner !== undefined);
      if (new Set(found.map(({ tenant }) => tenant)).size > 1) return 'conflict';
      const [first] = found;
      const byDomain = isNamed(domain) ? ownerOfName(domain) : undefined;
      if (first !== undefined) return first;
      // A domain is weaker: it speaks only where nothing stronger does, or it would give a foreign organisation an owner.
      if (stated.length > 0) return 'unknown';
      return byDomain ?? (isNamed(domain) ? 'unknown' : undefined);
    },
    organizationNameOf: (id) => nameById.get(foldName(id)),
    organizations: new Set(byName.keys()),
  };
}

function openOwners(): Pick<TenantKnowledge, 'ownerOf' | 'organizationNameOf' | 'organizations'> {
  return {
    ownerOf: ({ organization }) => isNamed(organization) ? { tenant: foldName(organization), name: organization.trim() } : undefined,
    organizationNameOf: () => undefined,
    organizations: new Set(),
  };
}

function accountsOf({ accounts }: TenantSettings): ReadonlyMap<string, Account> {
  return new Map(accounts.flatMap(({ names, kind, groups }, index) => names.map((name) => [foldName(name), { kind, groups, index }] as const)));
}

const isNamed = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
