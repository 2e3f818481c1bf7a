/** Reading the names that sources use for whoever acts: `DOMAIN\user`, `user@domain`, organisation names, system identities. */
import type { IdentityKind } from '../event.ts';

/** Trimmed, Unicode-normalised, lower case: two spellings of one name compare equal (the product itself writes one person in two casings). */
export function foldName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

const systemIdentities = new Set(['system', 'nt authority\\system', 'nt authority\\local service', 'nt authority\\network service', 'local system', 'localsystem']);

/**
 * The form of an initiator (formats/rest-api.md 4.2), tested in the order given there. Configured accounts are the caller's business.
 * @param organizations folded organisation names; `organization` is the one the record itself names
 */
export function identityKind(name: string | undefined, organization?: string, organizations?: ReadonlySet<string>): IdentityKind {
  const folded = foldName(name ?? '');
  if (folded === '') return 'none';
  if (organization !== undefined && folded === foldName(organization)) return 'organization';
  if (organizations?.has(folded) === true) return 'organization';
  if (isSystemIdentity(folded)) return 'system';
  if (folded.includes('\\')) return 'windows';
  if (folded.includes('@')) return 'upn';
  // A dotted bare name (`j.whitfield`) lands here too: naming nobody is safe, naming an organisation as a person is not.
  if (/^[^\s.]+(\.[^\s.]+)+$/.test(folded) && folded.length <= 253 && /\.[a-z\u00a1-\uffff][a-z0-9\u00a1-\uffff-]*$/.test(folded)) return 'organization';
  return 'bare';
}

/** SYSTEM and its siblings, and machine accounts (`HOST$`). */
export function isSystemIdentity(name: string): boolean {
  const folded = foldName(name);
  return systemIdentities.has(folded) || folded.startsWith('nt authority\\') || folded.startsWith('nt service\\') || folded.endsWith('$');
}

export interface AccountParts { readonly name: string; readonly domain?: string; readonly email?: string }

/** `DOMAIN\name` gives domain and name; a UPN gives email (whole), name and domain (field-map section 2, rule 5). */
export function splitAccount(account: string): AccountParts {
  const text = account.trim();
  const slash = text.indexOf('\\');
  if (slash > 0) return { domain: text.slice(0, slash), name: text.slice(slash + 1) };
  const at = text.lastIndexOf('@');
  if (at > 0 && at < text.length - 1) return { email: text, name: text.slice(0, at), domain: text.slice(at + 1) };
  return { name: text };
}
