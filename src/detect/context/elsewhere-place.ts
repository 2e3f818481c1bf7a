/** Whose mailbox or site something was restored into. Names are compared where both sides write them in the same form; the rest stays open. */
import type { Event, Workload } from '../../event.ts';
import { foldName } from '../../text/account.ts';
import { readOwner } from '../../text/owner-path.ts';
import type { DomainOwner } from './domain-owner.ts';
import type { People } from './people.ts';

export type ElsewherePlace = 'same_owner' | 'other_owner' | 'other_organization';

interface Side {
  /** `login`: name of a personal site, the address with other separators */
  readonly form: 'address' | 'display' | 'login' | 'site';
  readonly name: string;
  /** host of a web address */
  readonly host?: string;
}

export function elsewherePlace(restore: Event, people: People, ownerOfDomain: DomainOwner): ElsewherePlace | undefined {
  const target = readSide(restore['vb365.target.path'], restore['vb365.workload']);
  if (target === undefined) return undefined;
  const domain = target.form === 'address' ? target.name.slice(target.name.lastIndexOf('@') + 1) : undefined;
  if (domain !== undefined && ownerOfDomain(domain, restore) === 'other') return 'other_organization';
  const source = readSide(restore['vb365.item.path'], restore['vb365.workload']);
  const isSame = people.isOneAccount(target.name, restore) ?? isSameOwner(target, source, restore);
  return isSame === undefined ? undefined : isSame ? 'same_owner' : 'other_owner';
}

function isSameOwner(target: Side, source: Side | undefined, restore: Event): boolean | undefined {
  const address = restore['user.target.email'];
  if (address !== undefined && target.form === 'address') return target.name === foldName(address);
  if (address !== undefined && target.form === 'login') return target.name === loginOf(address);
  if (source === undefined) return undefined;
  // A site is nobody's mailbox and nobody's drive.
  if ((source.form === 'site') !== (target.form === 'site')) return false;
  if (source.form !== target.form) return undefined;
  // A web address names its organisation by a host that no path inside it has: of two sites of one name nothing is said.
  if (source.name === target.name) return target.host === source.host ? true : undefined;
  // `Online Archive - Ann Lee` may well be Ann Lee's.
  return target.form === 'display' && (source.name.includes(target.name) || target.name.includes(source.name)) ? undefined : false;
}

function readSide(path: string | undefined, workload: Workload | undefined): Side | undefined {
  if (path === undefined) return undefined;
  const web = path.startsWith('https://') || path.startsWith('http://') ? path.slice(path.indexOf('//') + 2) : undefined;
  const slash = web?.indexOf('/') ?? -1;
  if (web !== undefined && slash <= 0) return undefined;
  const owner = readOwner(web === undefined ? path : web.slice(slash), workload);
  if (owner === undefined) return undefined;
  const name = foldName(owner.name);
  const isThing = owner.type === 'site' || owner.type === 'team';
  const form = owner.type === 'personal_site' ? 'login' : isThing ? 'site' : /^[^\s@]+@[^\s@]+$/.test(name) ? 'address' : 'display';
  return { form, name, ...(web === undefined ? {} : { host: foldName(web.slice(0, slash)) }) };
}

/** Microsoft 365 names a personal site after the login: everything but letters and digits becomes `_`. */
function loginOf(address: string): string {
  return foldName(address).replace(/[^\p{L}\p{N}]/gu, '_');
}
