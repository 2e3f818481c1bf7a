/**
 * Restores of which a mail should have come and did not. The product mails what another person did with an audited owner's data; who is audited, and who
 * counts as another person, is proven by mails alone: on the same owner before and after, and of the same operator. Of what did not plainly succeed no
 * mail was ever seen (formats/audit-email.md 2).
 */
import type { Event } from '../event.ts';
import { mailWaitMs } from '../limits.ts';
import { addTo } from '../text/add-to.ts';
import { foldName } from '../text/account.ts';
import { healthEvent } from '../text/health-event.ts';
import { belongingFields } from './belonging-fields.ts';
import type { Verdict } from './decide.ts';
import type { Records } from './ledger.ts';
import { organizationOf } from './organization-of.ts';
import type { Story } from './records.ts';

interface Told { readonly story: Story; readonly verdict: Verdict }
interface Mailed { readonly ms: number; readonly account: string | undefined; readonly item: string }

/** A mail states the minute: of equal actions that are no further apart, any may be the one that it is of. */
const equalActionsMs = 3 * 60_000;

export function missingMails(told: readonly Told[], { auditing }: Pick<Records, 'auditing'>): readonly Event[] {
  const mailed = new Map<string, Mailed[]>();
  for (const { story, verdict } of told) {
    const key = ownerKey(story);
    const [joined] = story.mails;
    if (key !== undefined && joined !== undefined) addTo(mailed, key, { ms: joined.mail.facts.at.ms, account: verdict.account === undefined ? undefined : foldName(verdict.account), item: itemOf(story) });
  }
  return told.flatMap(({ story, verdict }) => {
    const { rest } = story;
    if (rest === undefined || story.mails.length > 0 || verdict.account === undefined || rest.facts.result !== 'success') return [];
    const { start, end = start } = rest.facts;
    const account = foldName(verdict.account);
    const mails = mailed.get(ownerKey(story) ?? '') ?? [];
    const isExpected = mails.some(({ ms }) => ms < start.ms) && mails.some(({ ms }) => ms > end.ms + mailWaitMs) && mails.some((mail) => mail.account === account);
    const hasTwin = mails.some(({ ms, item }) => item === itemOf(story) && Math.abs(ms - start.ms) <= equalActionsMs);
    if (!isExpected || hasTwin || auditing.wasOff(rest.session?.facts.server, start.ms, end.ms)) return [];
    const { content } = rest;
    return [healthEvent({
      action: 'mail-unmatched', key: [rest.key], at: content.fields['@timestamp'],
      message: 'The server holds an action on an audited owner of which no audit mail came, although mails on this owner and of this operator came before and after: it was lost, deleted, or auditing was changed in between',
      fields: { ...belongingFields(organizationOf(story)), 'vb365.attribution.evidence': [content.id] },
    })];
  });
}

const itemOf = ({ rest }: Story): string => `${rest?.facts.operation ?? ''}\u0000${foldName(rest?.facts.itemName ?? '')}`;

function ownerKey(story: Story): string | undefined {
  const owner = story.rest?.content.fields['vb365.owner.name'];
  const { organizationKey, tenant } = organizationOf(story);
  return owner === undefined ? undefined : `${tenant ?? ''}\u0000${organizationKey ?? ''}\u0000${foldName(owner)}`;
}
