/** Operator and owner of a restore by every spelling that is known, with what the configuration says of their accounts. */
import type { Event } from '../../event.ts';
import { foldName } from '../../text/account.ts';
import type { ContextAccount } from './settings.ts';

export interface People {
  /** spellings of whoever acted, as sources and configuration have them; empty when nobody is named */
  operatorNames(restore: Event): readonly string[];
  /** spellings of the owner: address, ids, login, display names, and what is configured for the same account */
  ownerNames(restore: Event): readonly string[];
  /** groups of the account that acted: those that are configured, and `shared` or `service` by its kind */
  operatorGroups(restore: Event): readonly string[];
  /** undefined when either is unknown, or when what is known of them cannot be compared */
  operatorIsOwner(restore: Event): boolean | undefined;
  /** true or false where both names belong to configured accounts; undefined otherwise */
  isOneAccount(name: string, owner: Event): boolean | undefined;
  /** the first configured spelling of an account, or the name itself: one key for one person */
  keyOf(name: string): string;
}

const things: ReadonlySet<string> = new Set(['site', 'team', 'group', 'public_folder']);

/** @param accounts of one tenant; a name stands in one of them only */
export function createPeople(accounts: readonly ContextAccount[]): People {
  const byName = new Map(accounts.flatMap((account) => account.names.map((name) => [foldName(name), account] as const)));
  const accountOf = (name: string | undefined): ContextAccount | undefined => name === undefined ? undefined : byName.get(foldName(name));
  const accountOfOwner = (restore: Event): ContextAccount | undefined => accountOf(restore['user.target.email']) ?? (restore['user.target.email'] === undefined ? ownerSpellings(restore).map(accountOf).find(Boolean) : undefined);
  const withConfigured = (names: readonly string[], account: ContextAccount | undefined): readonly string[] => [...new Set([...names, ...account?.names ?? []])];

  return {
    operatorNames(restore) {
      const name = operatorOf(restore);
      return name === undefined ? [] : withConfigured([name], accountOf(name));
    },
    ownerNames: (restore) => withConfigured(ownerSpellings(restore), accountOfOwner(restore)),
    operatorGroups(restore) {
      const account = accountOf(operatorOf(restore) ?? programOf(restore));
      if (account === undefined) return [];
      const byKind = account.kind === 'shared' || account.kind === 'service' ? [account.kind] : [];
      return [...new Set([...account.groups, ...byKind])].sort();
    },
    operatorIsOwner(restore) {
      const operator = operatorOf(restore);
      const owner = ownerSpellings(restore);
      if (operator === undefined || owner.length === 0) return undefined;
      if (things.has(restore['vb365.owner.type'] ?? '')) return false;
      const address = restore['user.target.email'];
      const account = accountOf(operator);
      const addresses = [operator, ...account?.names ?? []].filter((name) => name.includes('@')).map(foldName);
      if (address !== undefined && addresses.includes(foldName(address))) return true;
      const ownerAccount = accountOfOwner(restore);
      if (account !== undefined && ownerAccount !== undefined) return account === ownerAccount;
      return address !== undefined && addresses.length > 0 ? false : undefined;
    },
    isOneAccount(name, owner) {
      const [one, other] = [accountOf(name), accountOfOwner(owner)];
      return one === undefined || other === undefined ? undefined : one === other;
    },
    keyOf: (name) => foldName(accountOf(name)?.names[0] ?? name),
  };
}

/** The account that is named, in the form in which sources write it; undefined when nobody is. */
export function operatorOf(restore: Event): string | undefined {
  const { 'user.name': name, 'user.domain': domain, 'user.email': email } = restore;
  if (name === undefined) return undefined;
  return email ?? (domain === undefined ? name : `${domain}\\${name}`);
}

/** A service or a program is no person and has no `user.*`; what it is called is stated all the same. */
function programOf(restore: Event): string | undefined {
  const kind = restore['vb365.attribution.kind'];
  return kind === 'service_account' || kind === 'application' ? restore['vb365.attribution.reported'] : undefined;
}

function ownerSpellings(restore: Event): readonly string[] {
  const { 'user.target.name': login, 'user.target.domain': domain, 'user.target.email': email } = restore;
  const account = login === undefined || email !== undefined ? undefined : domain === undefined ? login : `${domain}\\${login}`;
  const names = [email, restore['user.target.id'], restore['vb365.owner.id'], account, restore['user.target.full_name'], restore['vb365.owner.name'], restore['vb365.owner.url'], restore['group.name']];
  return [...new Set(names.filter((name) => name !== undefined))];
}
