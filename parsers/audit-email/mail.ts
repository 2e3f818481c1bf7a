/** One mail on its way to its activities, and what all of them say about it. */
import type { Event } from '../../src/event.ts';
import type { Problem, ProblemCode } from '../../src/errors.ts';
import { isoTime } from '../../src/text/local-time.ts';
import type { ActivityOrigin } from '../activity-event.ts';
import type { DocumentInput } from '../contract.ts';
import type { ContentDamage, MailContent } from './find-content.ts';
import type { Message } from './read-message.ts';
import type { SenderCheck } from './sender-check.ts';
import type { MailTimes } from './start-time.ts';

export interface Mail {
  readonly input: DocumentInput;
  readonly message: Message;
  readonly content: MailContent;
  readonly check: SenderCheck;
  readonly times: MailTimes;
  readonly origin: ActivityOrigin;
  /** tells this mail from every other: its Message-ID, or its bytes when it has none */
  readonly identity: string;
  readonly damage: readonly ContentDamage[];
  readonly problems: Problem[];
}

export interface AuditEmailOptions {
  /** the configured subject template (AuditEmailSettings `subject`), if it is not the product's default */
  readonly subjectTemplate?: string;
  /** AuditEmailSettings `from` and `to`; a mail from elsewhere is a forgery */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

/** Trust, reasons, times and damage of the message itself. */
export function mailFields({ check, times, damage }: Mail): Event {
  return {
    'vb365.mail.trust': check.trust,
    ...(check.reasons.length > 0 ? { 'vb365.mail.reasons': check.reasons } : {}),
    ...(times.sentMs === undefined ? {} : { 'vb365.mail.sent': isoTime(times.sentMs) }),
    ...(times.receivedMs === undefined ? {} : { 'vb365.mail.received': isoTime(times.receivedMs) }),
    ...(damage.length > 0 ? { 'vb365.mail.damage': damage } : {}),
  };
}

/** `Veeam Backup for Microsoft 365 8.1.0.305`, with or without `Office`; the build is in the footer only. */
export const productLine: RegExp = /Veeam Backup for Microsoft (?:Office )?365(?: v?(\d{1,3}(?:\.\d{1,5}){2,3}))?/i;

/** @param remedy left out: the usual one for such a problem */
export function problem(file: string, code: ProblemCode, message: string, remedy: string | undefined = usualRemedies[code]): Problem {
  return { code, message, file, ...(remedy === undefined ? {} : { remedy }) };
}

const usualRemedies: Partial<Record<ProblemCode, string>> = {
  'mail-damaged': 'Export the message again from the mailbox.',
  'mail-limit': 'No audit message is that large or nested: look at who sent it, and leave it out.',
  'mail-encrypted': 'Save the message decrypted, or have the product send to a mailbox that is read without encryption.',
  'mail-layout': 'Look at the message itself and compare it with the answers of the REST API.',
  'mail-not-audit': 'Nothing to do: leave other mail out.',
  'mail-subject': 'Look at the message itself: a subject template may have changed, or somebody edited it.',
  'log-calendar': 'Look at the date in the message itself.',
};

/** Text of strangers inside a problem. */
export function shown(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
