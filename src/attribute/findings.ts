/**
 * What the sources say against one another, as events of their own (formats/rest-api.md 9.6): sessions of a collected machine that no log knows, mails
 * that the server does not know, accounts that differ, checks of an organisation that nothing explains.
 */
import type { Event, FieldName, FieldValue } from '../event.ts';
import { stableId } from '../text/hash.ts';
import { healthEvent } from '../text/health-event.ts';
import { sentence } from '../text/sentence.ts';
import { belongingFields, belongingOfLaunch } from './belonging-fields.ts';
import type { Verdict } from './decide.ts';
import { launchFindings } from './launch-findings.ts';
import type { Records } from './ledger.ts';
import { missingMails } from './missing-mails.ts';
import { organizationOf } from './organization-of.ts';
import type { Belonging, RestSessionRecord, Story } from './records.ts';
import type { Validations } from './validations.ts';

type Fields = Partial<Record<FieldName, FieldValue>>;

export interface Told { readonly story: Story; readonly verdict: Verdict }

export function findings(records: Records, told: readonly Told[], validations: Validations, isCollected: (session: RestSessionRecord) => boolean): readonly Event[] {
  return [
    ...records.sessions.flatMap((session) => sessionFindings(session, isCollected)),
    ...told.flatMap((entry) => storyFindings(entry, records)),
    ...countFindings(records),
    ...launchFindings(records),
    ...missingMails(told, records),
    ...unexplainedAccess(validations),
  ];
}

function sessionFindings(session: RestSessionRecord, isCollected: (session: RestSessionRecord) => boolean): readonly Event[] {
  const { facts, content } = session;
  const about: Fields = { 'vb365.session.id': facts.id, 'vb365.session.kind': 'rest', 'transaction.id': facts.id, ...(facts.clientHost === undefined ? {} : { 'source.domain': facts.clientHost }) };
  if (session.isContradicted) {
    return [health('sources-disagree', [facts.id], content.fields, session, `Restore session ${facts.id} is joined to ${String(session.candidates.length)} launches by file paths: nobody is named for what only the server knows of it`, about)];
  }
  if (session.launch !== undefined || session.candidates.length > 0 || session.isApi || facts.tool !== 'explorer' || session.isForeign || !isCollected(session)) return [];
  return [health('session-unlogged', [facts.id], content.fields, session, `Restore session ${facts.id} was opened from ${facts.clientHost ?? facts.clientIp ?? 'a machine'} whose logs are collected, and no log of it was read: deleted, not yet collected, or a wrong clock`, about)];
}

function storyFindings({ story, verdict }: Told, { sessions }: Records): readonly Event[] {
  const belonging = organizationOf(story);
  if (belonging.isForeign) return [];
  const found: Event[] = [];
  const base = story.rest?.content ?? story.item?.content ?? story.mails[0]?.mail.content;
  if (base === undefined) return [];
  if (verdict.gaps.includes('initiator-differs')) {
    found.push(health('sources-disagree', [base.id, 'initiator'], base.fields, belonging, `The Explorer ran as ${story.item?.launch.facts.account ?? story.rest?.session?.launch?.facts.account ?? 'another account'}, the server states ${story.rest?.session?.facts.initiatedBy ?? story.mails[0]?.mail.facts.initiatedBy ?? 'another one'}: other credentials were used for the connection, or a record was changed`, {}));
  }
  // Only where the server's sessions of this organisation are read can one of them be missed.
  if (story.rest === undefined && story.mails.length > 0 && sessions.some(({ organizationKey }) => organizationKey !== undefined && organizationKey === belonging.organizationKey)) {
    const [joined] = story.mails;
    if (joined !== undefined) found.push(health('mail-unmatched', [joined.mail.key], joined.mail.content.fields, belonging, 'An audit mail reports an action that no restore session of the server holds: the session was deleted, its pages are incomplete, or the mail is forged', {}));
  }
  return found;
}

/** The counts at the end of an operation against the events of the sessions of its launch: more on the server than in the file means a cut file. */
function countFindings({ launches, sessions }: Records): readonly Event[] {
  return launches.flatMap((launch) => {
    const counted = launch.items.filter(({ facts }) => facts.gaps.includes('count-mismatch'));
    const [first] = counted;
    const session = sessions.find((candidate) => candidate.launch === launch);
    if (first === undefined) return [];
    const belonging = session ?? belongingOfLaunch(launch);
    return [health('sources-disagree', [first.key, 'counts'], first.content.fields, belonging, `The result line of an operation counts other items than the lines of ${launch.facts.file} name: lines are missing`, {})];
  });
}

/** An activity, not a health event: somebody opened these backups, and a rule should see it. */
function unexplainedAccess({ unexplained }: Validations): readonly Event[] {
  return [...unexplained].filter(({ isForeign }) => !isForeign).map(({ id, event, tenant, organizationName, facts }) => ({
    ...event,
    'event.action': 'access-unexplained', 'event.code': 'vb365.activity.access-unexplained', 'event.id': stableId('access-unexplained', id),
    'message': sentence(`Organisation ${facts.domain} was opened on the backup server and neither a log nor a restore session shows by whom`),
    'vb365.tenant.id': tenant ?? 'unassigned', ...(organizationName === undefined ? {} : { 'organization.name': organizationName }),
  }));
}

function health(action: string, key: readonly string[], from: Event, belonging: Readonly<Belonging>, message: string, fields: Fields): Event {
  return healthEvent({ action, key, at: from['@timestamp'], message, fields: { ...belongingFields(belonging), ...fields } });
}
