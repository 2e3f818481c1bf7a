/** Whose data a story is about: what the server says, else the log, else the mail. */
import type { TenantKnowledge } from '../tenancy.ts';
import type { Belonging, ItemRecord, Story } from './records.ts';

const nobody: Readonly<Belonging> = { tenant: undefined, isForeign: false, organizationKey: undefined, organizationName: undefined };

/** @returns tenant and organisation as far as the sources of the story agree on them */
export function organizationOf(story: Story): Readonly<Belonging> {
  const { rest, item, mails } = story;
  const found: Readonly<Belonging>[] = [];
  if (rest?.session !== undefined) found.push(rest.session);
  else if (rest?.sourceTenant !== undefined) found.push({ ...nobody, tenant: rest.sourceTenant });
  if (item !== undefined) found.push(organizationOfItem(item));
  // Mails of several organisations fit: which one is this story's nobody knows.
  for (const { mail, isOrganizationOpen } of mails) found.push(isOrganizationOpen ? { ...nobody, tenant: mail.tenant } : mail);
  const named = found.find(({ organizationKey }) => organizationKey !== undefined);
  return {
    tenant: found.find(({ tenant }) => tenant !== undefined)?.tenant,
    isForeign: found[0]?.isForeign === true || (named?.isForeign === true),
    organizationKey: named?.organizationKey,
    organizationName: named?.organizationName,
  };
}

/** The organisation of the sessions open at that time, when it is one; else the only one the launch names. The last session opened proves nothing. */
function organizationOfItem({ facts, launch }: ItemRecord): Readonly<Belonging> {
  const open = launch.sessions.filter((session) => session.facts.created && session.facts.at.ms <= facts.at.ms);
  const keys = new Set(open.map(({ organizationKey }) => organizationKey));
  const [first] = open;
  if (first?.organizationKey !== undefined && keys.size === 1) return first;
  const [only] = launch.organizations;
  const [tenant] = launch.tenants ?? [];
  const isOne = launch.tenants?.size === 1;
  if (only !== undefined && launch.organizations.size === 1 && (first === undefined || first.organizationKey === undefined)) {
    return { tenant: isOne ? tenant : undefined, isForeign: false, organizationKey: only[0], organizationName: only[1] };
  }
  return { ...nobody, tenant: isOne ? tenant : undefined, isForeign: launch.sessions.length > 0 && launch.sessions.every(({ isForeign }) => isForeign) };
}

/**
 * For a story that a log alone tells and that names no organisation: that of the tenant whose source the log is of, where the tenant has no other one.
 * It says nothing about the operator and joins nothing, because no record states it. A launch that signed in or opened a session somewhere says by
 * itself where it was: then nothing is filled in.
 */
export function organizationOfSource({ rest, item, mails }: Story, knowledge: TenantKnowledge): string | undefined {
  if (item === undefined || rest !== undefined || mails.length > 0) return undefined;
  const { facts, organizations, sessions } = item.launch;
  const isSilent = facts.signedIn.length === 0 && organizations.size === 0 && sessions.every((session) => session.facts.organizationId === undefined);
  return isSilent && facts.tenant !== undefined ? knowledge.onlyOrganizationOf(facts.tenant) : undefined;
}
