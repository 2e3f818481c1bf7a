/** What kind of message it is, apart from its table. */
import type { MailContent } from './find-content.ts';
import type { Message } from './read-message.ts';

const noticeSubject = /^Veeam Backup for Microsoft (?:Office )?365 Audit Notifications?$/i;

/** The mail that enabling auditing (and perhaps testing it) sends. Neither the subject nor a sentence somewhere in a text is enough. */
export function isSettingsNotice(message: Message, { lines }: MailContent): boolean {
  if (lines.some((line) => /^audit notifications? (?:was|were|is|are) (?:enabled|disabled)\.?$/i.test(line)) && lines.length <= 8) return true;
  return noticeSubject.test(message.subject.trim()) && lines.length <= 8 && lines.some((line) => /audit notification/i.test(line));
}

/**
 * A table that somebody passes on is that person's word. An envelope of the same sender is no second hand, nor is a mail that a rule
 * redirects: its From is the sender's, and the sender checks decide.
 */
export function isSecondHand(message: Message, content: MailContent): boolean {
  if (content.isQuoted || /^(?:\[[^\]]{1,40}\] ?){0,5}(?:re|aw|antw|sv|vs|fw|fwd|wg|tr|rv|enc|doorst|odp|pd|ynt)\s?:/i.test(message.subject.trim())) return true;
  if (message.headers.some(({ name }) => name === 'in-reply-to' || name === 'references')) return true;
  const inner = content.embeddedFrom;
  return inner !== undefined && !(message.from.length === 1 && inner.length === 1 && inner[0] === message.from[0]);
}
