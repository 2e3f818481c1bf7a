/**
 * Who did it, and how sure that is (architecture 5; formats/explorer-archiver-logs.md 10; formats/rest-api.md 9). Every way to a name is one branch
 * here; whatever fits none of them names nobody.
 */
import type { IdentityKind } from '../event.ts';
import type { TenantKnowledge } from '../tenancy.ts';
import { isLoopback } from '../text/ip-address.ts';
import { splitAccount } from '../text/account.ts';
import { actorOf, isNameable, isOtherProfile, type Actor } from './actor.ts';
import type { MailSuspects } from './mail-suspects.ts';
import { organizationOf } from './organization-of.ts';
import type { JoinedMail, LaunchRecord, RestSessionRecord, Story } from './records.ts';

export type Confidence = 'confirmed' | 'corroborated' | 'probable' | 'ambiguous' | 'organization' | 'unknown';
export type Method = 'explorer-header' | 'rest-initiator' | 'mail-initiator' | 'host-item-time' | 'open-session' | 'none';

export interface Verdict {
  readonly confidence: Confidence;
  /** account as its source spells it; only with a confidence that names */
  readonly account?: string;
  readonly kind: Actor['kind'] | 'organization' | 'unknown';
  readonly method: Method;
  /** accounts as their sources spell them, sorted; only when ambiguous */
  readonly candidates?: readonly string[];
  readonly gaps: readonly string[];
  /** the one machine of all launches that may be it */
  readonly host?: string;
  /** ids of what was used beyond the records of the story itself */
  readonly evidence: readonly string[];
}

export interface Surroundings {
  readonly knowledge: TenantKnowledge;
  /** whether logs of a machine were collected: by the name or address that the server states */
  isCollected(session: RestSessionRecord): boolean;
  /** launches that may be what a mail reports */
  suspects(mail: JoinedMail['mail']): MailSuspects;
}

/** What server and mails state of the person: only a statement that is one person's account. */
interface Statement { readonly account: string; readonly source: 'rest' | 'mail'; readonly kind: IdentityKind; readonly isTrusted: boolean }

export function decide(story: Story, around: Surroundings): Verdict {
  const { item } = story;
  if (item?.launch.facts.account !== undefined && item.launch.facts.account.trim() !== '') return byLogLine(story, item.launch, item.launch.facts.account, around);
  if (item !== undefined) return byStatement(story, around, ['header-missing']);
  const session = story.rest?.session;
  if (session?.isContradicted === true) return amongLaunches(story, session.candidates, around, ['session-ambiguous']);
  if (session?.launch?.facts.account !== undefined) return byBond(story, session, session.launch, session.launch.facts.account, around);
  if (story.rest !== undefined) return byServer(story, session, around);
  return byMail(story, around);
}

/** The file names the account of its own line: nothing surer exists. */
function byLogLine(story: Story, launch: LaunchRecord, account: string, around: Surroundings): Verdict {
  const actor = actorOf(around.knowledge, tenantOf(story), account);
  const gaps = [...launch.facts.gaps];
  if (!isNameable(actor)) return notAPerson(story, actor, 'explorer-header', gaps);
  const said = statements(story, around);
  // An account of Microsoft 365 is the credential that was used; it neither supports nor contradicts the account of the machine.
  const differing = said.filter(({ account: other, kind }) => kind === 'windows' && !around.knowledge.samePerson(tenantOf(story), other, account));
  if (differing.length > 0) gaps.push('initiator-differs');
  if (differing.length > 0 && story.join !== 'path' && differing.some(({ source }) => source === 'rest' || story.rest === undefined)) {
    return ambiguous(story, [account, ...differing.map(({ account: other }) => other)], 'host-item-time', gaps, around);
  }
  const isShared = story.rest !== undefined && story.join !== 'set';
  const agrees = differing.length === 0 && (isShared || story.mails.some(({ mail, isOnly }) => isOnly && mail.facts.trust === 'authenticated'));
  return named(story, actor, agrees ? 'corroborated' : 'confirmed', 'explorer-header', gaps, around);
}

/** The session is the launch's; the log has no line of this very item. */
function byBond(story: Story, session: RestSessionRecord, launch: LaunchRecord, account: string, around: Surroundings): Verdict {
  const actor = actorOf(around.knowledge, tenantOf(story), account);
  const gaps = [...launch.facts.gaps];
  const evidence = [launch.id];
  if (!isNameable(actor)) return { ...notAPerson(story, actor, 'host-item-time', gaps), evidence };
  const said = statements(story, around).filter(({ kind }) => kind === 'windows');
  const differing = said.filter(({ account: other }) => !around.knowledge.samePerson(tenantOf(story), other, account));
  if (differing.length > 0) return { ...ambiguous(story, [account, ...differing.map(({ account: other }) => other)], 'host-item-time', [...gaps, 'initiator-differs'], around), evidence };
  const isStated = session.facts.initiatorKind === 'windows' && said.length > 0;
  return { ...named(story, actor, isStated ? 'corroborated' : 'probable', 'host-item-time', gaps, around), evidence };
}

/** The server knows the session and no launch is proven to be it. */
function byServer(story: Story, session: RestSessionRecord | undefined, around: Surroundings): Verdict {
  const said = statements(story, around).filter(({ source }) => source === 'rest');
  const candidates = session?.candidates ?? [];
  const missing = session === undefined ? [] : missingLog(session, around);
  const [first] = said;
  if (first !== undefined && session !== undefined) {
    const others = candidates.map(({ facts }) => facts.account).filter((account) => account !== undefined);
    const isContradicted = others.length > 0 && first.kind === 'windows' && !others.some((account) => around.knowledge.samePerson(tenantOf(story), account, first.account));
    if (isContradicted) return { ...ambiguous(story, [first.account, ...others], 'host-item-time', ['initiator-differs'], around), evidence: candidates.map(({ id }) => id) };
    return byStatement(story, around, missing);
  }
  if (session?.facts.initiatorKind === 'system' || isUnnameable(session, around)) return byStatement(story, around, missing);
  if (candidates.length > 0) return amongLaunches(story, candidates, around, []);
  return byStatement(story, around, missing);
}

function isUnnameable(session: RestSessionRecord | undefined, { knowledge }: Surroundings): boolean {
  const { initiatedBy, initiatorKind } = session?.facts ?? {};
  return initiatedBy !== undefined && initiatorKind !== 'organization' && !isNameable(actorOf(knowledge, session?.tenant, initiatedBy));
}

/** Several launches may be the session: one person when all are his, otherwise candidates. */
function amongLaunches(story: Story, candidates: readonly LaunchRecord[], around: Surroundings, reasons: readonly string[]): Verdict {
  const evidence = candidates.map(({ id }) => id);
  const accounts = candidates.map(({ facts }) => facts.account).filter((account) => account !== undefined);
  const [first] = accounts;
  if (first === undefined || accounts.length < candidates.length) return { ...byStatement(story, around, [...reasons, 'session-ambiguous', 'header-missing']), evidence };
  const isOnePerson = accounts.every((account) => around.knowledge.samePerson(tenantOf(story), first, account));
  if (!isOnePerson) return { ...ambiguous(story, accounts, 'host-item-time', [...reasons, 'candidates-many'], around), ...oneHost(candidates), evidence };
  if (candidates.length < 2) return { ...byStatement(story, around, [...reasons, 'session-ambiguous']), evidence };
  const actor = actorOf(around.knowledge, tenantOf(story), first);
  if (!isNameable(actor)) return { ...notAPerson(story, actor, 'host-item-time', reasons), evidence };
  return { ...named(story, actor, 'probable', 'host-item-time', [...reasons, 'candidates-many'], around), evidence };
}

function oneHost(launches: readonly LaunchRecord[]): { readonly host?: string } {
  const hosts = new Set(launches.map(({ facts }) => facts.host));
  const [host] = hosts;
  return hosts.size === 1 && host !== undefined ? { host } : {};
}

/** Nothing but what server and mails say of the initiator. */
function byStatement(story: Story, around: Surroundings, gaps: readonly string[]): Verdict {
  const said = statements(story, around);
  const [first] = said;
  if (first === undefined) return nobody(story, around, gaps);
  const actor = actorOf(around.knowledge, tenantOf(story), first.account);
  const method = first.source === 'rest' ? 'rest-initiator' : 'mail-initiator';
  if (!isNameable(actor)) return notAPerson(story, actor, method, gaps);
  const agreeing = said.filter(({ account, source }) => source !== first.source && around.knowledge.samePerson(tenantOf(story), account, first.account));
  const differing = said.filter(({ account }) => !around.knowledge.samePerson(tenantOf(story), account, first.account));
  if (differing.length > 0) return ambiguous(story, said.map(({ account }) => account), method, [...gaps, 'initiator-differs'], around);
  const isTrusted = first.isTrusted || agreeing.some(({ isTrusted: agrees }) => agrees);
  return named(story, actor, agreeing.some(({ isTrusted: agrees }) => agrees) ? 'corroborated' : isTrusted ? 'confirmed' : 'probable', method, gaps, around);
}

/** Only a mail: its initiator, or the one launch that was open for this organisation. */
function byMail(story: Story, around: Surroundings): Verdict {
  const [joined] = story.mails;
  if (joined === undefined || statements(story, around).length > 0) return byStatement(story, around, []);
  const { initiatorKind, initiatedBy } = joined.mail.facts;
  if (initiatorKind !== 'organization') return byStatement(story, around, []);
  const { launches, isCertain, gaps, evidence } = around.suspects(joined.mail);
  const accounts = launches.map(({ facts }) => facts.account).filter((account) => account !== undefined);
  const [first] = accounts;
  if (first === undefined || accounts.length < launches.length) return { ...byStatement(story, around, gaps), evidence };
  const isOnePerson = accounts.every((account) => around.knowledge.samePerson(tenantOf(story), first, account));
  if (!isOnePerson) return { ...ambiguous(story, accounts, 'open-session', [...gaps, 'candidates-many'], around), ...oneHost(launches), evidence };
  const actor = actorOf(around.knowledge, tenantOf(story), first);
  if (!isCertain || joined.mail.facts.trust !== 'authenticated' || !isNameable(actor) || initiatedBy === undefined) return { ...byStatement(story, around, gaps), evidence };
  return { ...named(story, actor, 'probable', 'open-session', gaps, around), ...oneHost(launches), evidence };
}

/** Accounts of persons and programs that server and mails state for this very action. A mail that is one of several equal ones states nothing. */
function statements({ rest, join, mails }: Story, { knowledge }: Surroundings): readonly Statement[] {
  const found: Statement[] = [];
  const session = rest?.session;
  if (session?.facts.initiatedBy !== undefined && join !== 'set' && isAccount(session.facts.initiatorKind, session.facts.initiatedBy, knowledge.accountOf(session.tenant, session.facts.initiatedBy) !== undefined)) {
    // A program on the server itself may act for anybody.
    const isProgram = session.facts.tool === 'rest_api' && session.facts.clientIp !== undefined && isLoopback(session.facts.clientIp);
    if (!isProgram || knowledge.accountOf(session.tenant, session.facts.initiatedBy) !== undefined) found.push({ account: session.facts.initiatedBy, source: 'rest', kind: session.facts.initiatorKind, isTrusted: true });
  }
  for (const { mail, isOnly } of mails) {
    const { facts } = mail;
    if (isOnly && facts.initiatedBy !== undefined && isAccount(facts.initiatorKind, facts.initiatedBy, knowledge.accountOf(mail.tenant, facts.initiatedBy) !== undefined)) found.push({ account: facts.initiatedBy, source: 'mail', kind: facts.initiatorKind, isTrusted: facts.trust === 'authenticated' });
  }
  return found;
}

/** `DOMAIN\name`, `name@domain`, a configured account, or a system identity, which is then not named. A bare name may be anybody's. */
function isAccount(kind: IdentityKind, account: string, isConfigured: boolean): boolean {
  if (kind === 'system' || (kind === 'bare' && isConfigured)) return true;
  const { name, domain } = splitAccount(account);
  return (kind === 'windows' || kind === 'upn') && name.trim() !== '' && domain !== undefined && domain.trim() !== '';
}

function missingLog(session: RestSessionRecord, around: Surroundings): readonly string[] {
  const { tool, clientHost, clientIp } = session.facts;
  if (tool === 'portal' || tool === 'rest_api' || session.isApi || (clientHost === undefined && clientIp === undefined)) return [];
  return [around.isCollected(session) ? 'log-missing' : 'host-not-collected'];
}

function named(story: Story, actor: Actor, confidence: 'confirmed' | 'corroborated' | 'probable', method: Method, gaps: readonly string[], around: Surroundings): Verdict {
  const target = story.item?.facts.path ?? story.rest?.facts.path ?? story.rest?.facts.target ?? story.item?.facts.target ?? story.mails[0]?.mail.facts.target;
  const isElsewhere = isOtherProfile(target, actor.account) && !isOwnProfile(target, actor.account, story, around);
  let level: Verdict['confidence'] = confidence;
  if (gaps.includes('second-header')) level = 'probable';
  if (isElsewhere) level = level === 'corroborated' ? 'confirmed' : 'probable';
  return {
    confidence: level, account: actor.account, kind: actor.kind, method, evidence: [],
    gaps: [...gaps, ...(isElsewhere ? ['profile-differs'] : []), ...(actor.kind === 'shared_account' ? ['account-shared'] : [])],
  };
}

/** The profile of another configured name of the same account. */
function isOwnProfile(path: string | undefined, account: string, story: Story, { knowledge }: Surroundings): boolean {
  const profile = /\\(?:users|documents and settings)\\([^\\]+)/i.exec(path ?? '')?.[1];
  const { domain } = splitAccount(account);
  return profile !== undefined && [profile, ...(domain === undefined ? [] : [`${domain}\\${profile}`, `${profile}@${domain}`])].some((name) => knowledge.samePerson(tenantOf(story), name, account));
}

function ambiguous(story: Story, accounts: readonly string[], method: Method, gaps: readonly string[], around: Surroundings): Verdict {
  const distinct: string[] = [];
  for (const account of [...accounts].sort()) if (!distinct.some((known) => around.knowledge.samePerson(tenantOf(story), known, account))) distinct.push(account);
  return { confidence: 'ambiguous', kind: 'unknown', method, candidates: distinct, gaps, evidence: [] };
}

/** A service, a machine or a program: said as such, and nobody is named. */
function notAPerson(story: Story, { kind }: Actor, method: Method, gaps: readonly string[]): Verdict {
  return { confidence: organizationOf(story).organizationName === undefined ? 'unknown' : 'organization', kind, method, gaps: [...gaps, 'account-service'], evidence: [] };
}

function nobody(story: Story, { knowledge }: Surroundings, gaps: readonly string[]): Verdict {
  const initiator = story.rest?.session?.facts.initiatedBy ?? story.mails[0]?.mail.facts.initiatedBy;
  const known = initiator === undefined ? undefined : knowledge.accountOf(tenantOf(story), initiator);
  if (initiator !== undefined && known !== undefined && known.kind !== 'person' && known.kind !== 'shared') return notAPerson(story, actorOf(knowledge, tenantOf(story), initiator), 'rest-initiator', gaps);
  const isKnown = organizationOf(story).organizationName !== undefined;
  return { confidence: isKnown ? 'organization' : 'unknown', kind: isKnown ? 'organization' : 'unknown', method: 'none', gaps, evidence: [] };
}

function tenantOf(story: Story): string | undefined {
  return organizationOf(story).tenant;
}
