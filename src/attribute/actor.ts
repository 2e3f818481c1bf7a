/** What kind of identity an account is, and whether it may be named: a person or a shared account may, a service or a program never. */
import type { AccountKind, TenantKnowledge } from '../tenancy.ts';
import { isSystemIdentity, splitAccount } from '../text/account.ts';

export interface Actor {
  readonly account: string;
  readonly kind: 'user' | 'shared_account' | 'service_account' | 'application';
}

const kinds: Readonly<Record<AccountKind, Actor['kind']>> = { person: 'user', shared: 'shared_account', service: 'service_account', application: 'application' };

/** @param account as its source spells it */
export function actorOf(knowledge: TenantKnowledge, tenant: string | undefined, account: string): Actor {
  if (isSystemIdentity(account)) return { account, kind: 'service_account' };
  const configured = knowledge.accountOf(tenant, account) ?? programOfOthers(knowledge, account);
  return { account, kind: configured === undefined ? 'user' : kinds[configured.kind] };
}

/** A program that serves several tenants is configured with one of them: it is no person for the others either. */
function programOfOthers(knowledge: TenantKnowledge, account: string): { readonly kind: AccountKind } | undefined {
  const configured = knowledge.accountOf(undefined, account);
  return configured?.kind === 'service' || configured?.kind === 'application' ? configured : undefined;
}

export function isNameable({ account, kind }: Actor): boolean {
  return (kind === 'user' || kind === 'shared_account') && splitAccount(account).name.trim() !== '';
}

/** Names of profile folders that belong to nobody. */
const commonProfiles: ReadonlySet<string> = new Set(['public', 'default', 'default user', 'all users', 'desktop', 'shared', 'temp']);

/**
 * True when a path leads into the user profile of somebody else than the account. `ann.CONTOSO` and `ann.000` are profiles of `ann`.
 */
export function isOtherProfile(path: string | undefined, account: string): boolean {
  const profile = /^(?:[a-z]:|\\\\[^\\]+\\[^\\]+)\\(?:users|documents and settings)\\([^\\]+)(?:\\|$)/i.exec(path ?? '')?.[1]?.toLowerCase();
  if (profile === undefined || commonProfiles.has(profile)) return false;
  const { name, domain } = splitAccount(account);
  const own = name.toLowerCase();
  if (profile === own || profile === account.toLowerCase()) return false;
  const suffix = profile.startsWith(`${own}.`) ? profile.slice(own.length + 1) : undefined;
  return suffix === undefined || !(/^\d{3}$/.test(suffix) || suffix === domain?.toLowerCase() || suffix === domain?.toLowerCase().split('.')[0]);
}
