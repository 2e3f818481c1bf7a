/**
 * Who acted, in words. The one rule above all others: nothing here may read as a person's name unless attribution named that person, and a shared or a
 * service account is called what it is.
 */
import type { Event } from '../event.ts';
import { foldName } from '../text/account.ts';
import { whyNobody } from './gap-texts.ts';

/** Candidates listed in a text; the number of the others follows. */
const candidatesShown = 3;

/** `Ann Lee (CONTOSO\ann)`, `one of A, B`, `organisation X only`, `unknown (why)`, `shared account X (person unknown)`, `service account X (no person)`. */
export function operatorText(restore: Event): string {
  const kind = restore['vb365.attribution.kind'];
  const confidence = restore['vb365.attribution.confidence'];
  const account = accountOf(restore);
  if (account !== undefined && isNamed(restore)) {
    if (kind === 'shared_account') return `shared account ${account} (person unknown)`;
    if (kind === 'service_account' || kind === 'application') return `${programWords[kind]} ${account} (no person)`;
    const fullName = restore['user.full_name'];
    return fullName === undefined ? account : `${fullName} (${account})`;
  }
  if (confidence === 'ambiguous') return candidatesText(restore['vb365.attribution.candidates'] ?? []);
  if (kind === 'service_account' || kind === 'application') return `${programWords[kind]}${reportedProgram(restore)} (no person)`;
  const organization = restore['organization.name'];
  if (confidence === 'organization' && organization !== undefined) return `organisation ${organization} only`;
  return `unknown (${whyNobody(restore['vb365.attribution.gaps'] ?? [])})`;
}

const programWords = { service_account: 'service account', application: 'application' } as const;

/** True when the restore names an account: only then do `user.*` count (field-map.md 2, rule 1). */
export function isNamed(restore: Event): boolean {
  const confidence = restore['vb365.attribution.confidence'];
  return (confidence === 'confirmed' || confidence === 'corroborated' || confidence === 'probable') && accountOf(restore) !== undefined;
}

/** The account as its source writes it: `DOMAIN\name`, else the address, else the bare name. */
export function accountOf(restore: Event): string | undefined {
  const { 'user.name': name, 'user.domain': domain, 'user.email': email } = restore;
  if (email !== undefined) return email;
  return name !== undefined && domain !== undefined ? `${domain}\\${name}` : name;
}

function candidatesText(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'one of several';
  const more = candidates.length - candidatesShown;
  return `one of ${candidates.slice(0, candidatesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The initiator a source stated, unless it is the organisation: that is no account. */
function reportedProgram(restore: Event): string {
  const reported = restore['vb365.attribution.reported'];
  const organization = restore['organization.name'];
  return reported === undefined || (organization !== undefined && foldName(reported) === foldName(organization)) ? '' : ` ${reported}`;
}
