/**
 * Audit mails to the actions that they report: organisation, operation, item, place and minute (formats/rest-api.md 9.2). Equal rows and equal actions
 * are matched as sets. A mail that fits nothing is an action of its own.
 */
import { addTo } from '../text/add-to.ts';
import { foldName } from '../text/account.ts';
import { defaultSkewMs } from '../limits.ts';
import { foldPath, isSameMinute, nameFits, readingsOf, sameName, sameOperation, samePath } from './compare.ts';
import { organizationOf } from './organization-of.ts';
import { pairUp } from './pairing.ts';
import type { MailRecord, SamePerson, Story } from './records.ts';

const minuteMs = 60_000;
const sameServerMs = 2_000;
/** among several actions that fit, one of another initiator comes last */
const otherInitiatorMs = 3_600_000;

/** Adds the mails to their stories and the stories of the mails that fit none. */
export function joinMails(stories: Story[], mails: readonly MailRecord[], isConfigured: boolean, samePerson: SamePerson): void {
  const index = indexByMinute(stories);
  const edges = new Map<MailRecord, { readonly b: Story; readonly distance: number }[]>();
  for (const mail of mails) {
    const near = new Set(readingsOf(mail.facts.at).flatMap((ms) => [-3, -2, -1, 0, 1, 2, 3].flatMap((step) => index.get(Math.floor(ms / minuteMs) + step) ?? [])));
    const list = [...near].filter((story) => isSameAction(mail, story, isConfigured)).flatMap((story) => {
      const distance = distanceOf(mail, story, samePerson);
      return distance === undefined ? [] : [{ b: story, distance }];
    });
    if (list.length > 0) edges.set(mail, list);
  }
  const mailsOf = new Map<Story, MailRecord[]>();
  for (const [mail, list] of edges) for (const { b } of list) addTo(mailsOf, b, mail);
  const joined = new Set<MailRecord>();
  for (const { a: mail, b: story, isOnly } of pairUp(mails, edges)) {
    const fitting = mailsOf.get(story) ?? [];
    // Of several tenants no guess is allowed: the mails stay with their own, the log line with nobody.
    if (new Set(fitting.map(({ tenant }) => tenant)).size > 1) continue;
    story.mails.push({ mail, isOnly, isOrganizationOpen: !isOnly && new Set(fitting.map(({ organizationKey }) => organizationKey)).size > 1 });
    joined.add(mail);
  }
  for (const mail of mails) {
    if (!joined.has(mail) && mail.facts.operation !== undefined) stories.push({ rest: undefined, item: undefined, join: undefined, rivals: [], lines: [], mails: [{ mail, isOnly: true, isOrganizationOpen: false }] });
  }
}

/** Stories by each minute that they may have happened in. */
function indexByMinute(stories: readonly Story[]): ReadonlyMap<number, readonly Story[]> {
  const index = new Map<number, Story[]>();
  for (const story of stories) for (const ms of timesOf(story)) {
    const minute = Math.floor(ms / minuteMs);
    const list = index.get(minute);
    if (list === undefined) index.set(minute, [story]);
    else if (list.at(-1) !== story) list.push(story);
  }
  return index;
}

/** The server's time when the server states it; otherwise the log's, on the server's clock as far as measured. */
function timesOf({ rest, item }: Story): readonly number[] {
  if (rest !== undefined) return [rest.facts.start.ms];
  return item === undefined ? [] : readingsOf(item.facts.at).map((ms) => ms + (item.launch.skewMs ?? 0));
}

function isSameAction(mail: MailRecord, story: Story, isConfigured: boolean): boolean {
  const { facts } = mail;
  const { rest, item } = story;
  const stated = rest?.facts ?? item?.facts;
  if (stated === undefined || !(rest === undefined && item !== undefined ? sameOperation(facts.operation, item.facts) : facts.operation === stated.operation)) return false;
  if (!isSameTenant(mail, story, isConfigured)) return false;
  // One server writes both, at most a moment apart.
  const slack = rest === undefined ? defaultSkewMs : sameServerMs;
  if (!timesOf(story).some((ms) => isSameMinute(facts.at, ms, slack))) return false;
  if (rest !== undefined) {
    if (!sameName(facts.itemName, rest.facts.itemName) && (rest.facts.itemName ?? '') !== (facts.itemName ?? '')) return false;
    if (facts.source !== undefined && rest.facts.source !== undefined && !samePath(facts.source, rest.facts.source)) return false;
    return facts.operation === 'view' || isSamePlace(facts.target, rest.facts.target, rest.facts.path);
  }
  if (item === undefined || item.facts.counts !== undefined) return false;
  const { name, nameIsFile, path, source, target } = item.facts;
  if (!nameFits(facts.itemName, name, nameIsFile, path)) return false;
  if (facts.source !== undefined && source !== undefined && !samePath(facts.source, source) && !foldPath(source).startsWith(foldPath(facts.source))) return false;
  return isSamePlace(facts.target, target, path);
}

/** A mail names the folder or the whole path of the file. */
function isSamePlace(place: string | undefined, folder: string | undefined, path: string | undefined): boolean {
  if (place === undefined || (folder === undefined && path === undefined)) return true;
  return samePath(place, folder) || samePath(place, path) || (path !== undefined && foldPath(path).startsWith(`${foldPath(place)}\\`) && !foldPath(path).slice(foldPath(place).length + 1).includes('\\'));
}

function isSameTenant(mail: MailRecord, story: Story, isConfigured: boolean): boolean {
  const own = organizationOf(story);
  if (mail.isForeign || own.isForeign) return false;
  if (mail.tenant === undefined || own.tenant === undefined) {
    const possible = story.item?.launch.tenants;
    if (isConfigured && (mail.tenant === undefined || possible?.has(mail.tenant) !== true)) return false;
  } else if (mail.tenant !== own.tenant) return false;
  if (mail.organizationKey === undefined) return true;
  if (own.organizationKey !== undefined) return mail.organizationKey === own.organizationKey;
  const named = story.rest === undefined ? story.item?.launch.organizations : undefined;
  return named === undefined || named.size === 0 || named.has(mail.organizationKey);
}

/** Undefined when mail and server name different initiators: both are written by one server, from one record. */
function distanceOf({ facts }: MailRecord, { rest, item }: Story, samePerson: SamePerson): number | undefined {
  const times = timesOf({ rest, item } as Story);
  const distance = Math.min(...readingsOf(facts.at).flatMap((minute) => times.map((ms) => (ms >= minute && ms < minute + minuteMs ? 0 : Math.abs(ms - minute)))));
  if (facts.initiatedBy === undefined) return distance;
  const initiator = rest?.session?.facts.initiatedBy;
  if (initiator !== undefined) return foldName(initiator) === foldName(facts.initiatedBy) ? distance : undefined;
  const account = rest === undefined ? item?.launch.facts.account : undefined;
  const isOther = facts.initiatorKind === 'windows' && account !== undefined && !samePerson(item?.launch.facts.tenant, facts.initiatedBy, account);
  return distance + (isOther ? otherInitiatorMs : 0);
}
