/** What the configuration knows of tenants, organisations and accounts. Routing implements it; attribution and normalisation ask it. */
export type AccountKind = 'person' | 'shared' | 'service' | 'application';

/** What a record says about whose it is; any of the three may be missing. */
export interface NamedOrganization {
  readonly organization?: string | undefined;
  readonly organizationId?: string | undefined;
  /** domain of an account or of an address: weaker than the two above */
  readonly domain?: string | undefined;
}
export interface TenantKnowledge {
  /** true when tenants are configured: then an organisation that nobody owns is quarantined */
  readonly isConfigured: boolean;
  /**
   * The tenant that owns what is named. `unknown`: something is named and nobody owns it; `conflict`: two names have two owners; undefined: nothing
   * is named. Without configured tenants every organisation is its own tenant, named by its folded name (a bare id or domain then names nobody:
   * undefined).
   */
  ownerOf(named: NamedOrganization): { readonly tenant: string; readonly name?: string } | 'unknown' | 'conflict' | undefined;
  /** the name of an organisation by its id, from the configuration */
  organizationNameOf(id: string): string | undefined;
  /** the name of the organisation of a tenant that owns exactly one; undefined: it owns none, several, one without a name, or no tenant is configured */
  onlyOrganizationOf(tenant: string): string | undefined;
  /** the name of a configured tenant as people write it */
  tenantNameOf(tenant: string | undefined): string | undefined;
  /** what the configuration says of an account (exact, without case), in the tenant and where no tenant is known in all of them when they agree */
  accountOf(tenant: string | undefined, name: string): { readonly kind: AccountKind; readonly groups?: readonly string[] } | undefined;
  /** the same account or two names of one person: exact equality without case, or configured as names of one account */
  samePerson(tenant: string | undefined, a: string, b: string): boolean;
  /** all organisation names and aliases, folded: tells an organisation from a person */
  readonly organizations: ReadonlySet<string>;
}
