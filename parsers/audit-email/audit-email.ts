/**
 * Audit mails of Veeam Backup for Microsoft 365: one notification about one item action. Only visible text and column titles are relied on,
 * and what fails the sender checks never becomes an action of anybody (formats of audit mails, sections 3 to 10).
 */
import type { Activity, Event, Moment } from '../../src/event.ts';
import type { ProblemCode } from '../../src/errors.ts';
import { maxMailBytes } from '../../src/limits.ts';
import { stableId } from '../../src/text/hash.ts';
import { activityEvent } from '../activity-event.ts';
import type { DocumentInput, DocumentParser, DocumentResult, Head } from '../contract.ts';
import { findContent } from './find-content.ts';
import { isSecondHand, isSettingsNotice } from './mail-nature.ts';
import { mailFields, problem, productLine, shown, type AuditEmailOptions, type Mail } from './mail.ts';
import { mendMessage } from './mend-message.ts';
import { readMessage } from './read-message.ts';
import { looksLikeMail } from './recognise-mail.ts';
import { readRows } from './row-activity.ts';
import { checkSender, type ExpectedAddresses } from './sender-check.ts';
import { mailTimes } from './start-time.ts';

/** The parser with what is known of the product's audit settings. */
export function auditEmailWith(options: AuditEmailOptions): DocumentParser {
  return {
    id: 'audit-email',
    recognises: (head: Head) => looksLikeMail(head.bytes),
    parse: (input: DocumentInput) => parseMail(input, options),
  };
}

export const auditEmail: DocumentParser = auditEmailWith({});

async function parseMail(input: DocumentInput, options: AuditEmailOptions): Promise<DocumentResult> {
  if (input.bytes.length > maxMailBytes) {
    return rejected(input.file, 'mail-limit', `the message has ${String(input.bytes.length)} bytes, more than ${String(maxMailBytes)}`);
  }
  const { bytes, damage } = mendMessage(input.bytes);
  const message = await readMessage(bytes);
  if (message === 'limit') return rejected(input.file, 'mail-limit', 'the message has too many parts or too long a header');
  if (message === 'damaged') return rejected(input.file, 'mail-damaged', 'the message cannot be read');
  const content = await findContent(message);
  if ('code' in content) return rejected(input.file, content.code, content.reason);
  const { messageId } = message;
  const mail: Mail = {
    input, message, content, times: mailTimes(message), check: checkSender(message, input.source.authentication, lowered(options)), problems: [],
    origin: { source: input.source.id, kind: 'audit_mail', file: input.file, ...(messageId === undefined ? {} : { messageId }) },
    identity: messageId ?? stableId('content', Buffer.from(bytes).toString('latin1')), damage: [...new Set([...damage, ...content.damage])],
  };
  const activities = readActivities(mail, options);
  const lost = mail.damage.filter((kind) => kind !== 'line-ends');
  if (activities.length > 0 && lost.length > 0) mail.problems.push(problem(input.file, 'mail-damaged', `the message was read in spite of damage: ${lost.join(', ')}`));
  return { activities, problems: mail.problems };
}

function readActivities(mail: Mail, options: AuditEmailOptions): readonly Activity[] {
  const { content, message, check, problems, input: { file } } = mail;
  const { finding } = content;
  const isNotice = finding.kind === 'absent' && isSettingsNotice(message, content);
  if (finding.kind === 'absent' && !isNotice) {
    const isProduct = content.lines.some((line) => productLine.test(line));
    problems.push(isProduct
      ? problem(file, 'mail-layout', `no table has the titles of an audit table, but the text names the product (subject "${shown(message.subject)}")`, 'Keep the message and report it: the layout of this product version is not known.')
      : problem(file, 'mail-not-audit', `the message holds no audit table (subject "${shown(message.subject)}")`));
    return [];
  }
  if (isSecondHand(message, content)) {
    problems.push(problem(file, 'mail-not-audit', 'the audit table is quoted in a reply or a forwarded message, which proves nothing', 'Read the mailbox that the product itself sends to.'));
    return [];
  }
  if (check.trust === 'forged') {
    problems.push(problem(file, 'mail-forged', `the sender checks failed (${check.reasons.join(', ')}): nothing this message claims is reported as done`,
      'If the message is genuine, configure authentication.authserv_id or authentication.relays of the source.'));
    return suspicious(mail);
  }
  if (isNotice) return settingsChange(mail);
  if (finding.kind === 'refused') {
    problems.push(problem(file, 'mail-layout', `the audit table is not read: ${finding.reason}`, 'Look at the message itself: item names can hold markup of strangers.'));
    return [];
  }
  return finding.kind === 'found' ? readRows(mail, finding.table.rows, options) : [];
}

function settingsChange(mail: Mail): readonly Activity[] {
  const states = (word: RegExp): boolean => mail.content.lines.some((line) => word.test(line));
  if (states(/audit notifications? (?:was|were|is|are) disabled/i)) return plain(mail, 'audit-settings-change', 'Audit notifications were disabled', changeOf('false'));
  const isEnabled = states(/audit notifications? (?:was|were|is|are) enabled/i);
  return plain(mail, 'audit-settings-change', 'Audit notifications were enabled or tested', isEnabled ? changeOf('true') : {});
}

function changeOf(enabled: 'true' | 'false'): Event {
  return { 'vb365.change.field': 'enabled', 'vb365.change.after': enabled };
}

/** Facts of the mail itself; what it claims, and whom it accuses, stays in the file. */
function suspicious(mail: Mail): readonly Activity[] {
  const from = mail.message.from.length === 0 ? 'an unknown sender' : mail.message.from.join(', ');
  return plain(mail, 'mail-suspicious', `A message that looks like an audit notification failed the sender checks (${mail.check.reasons.join(', ')}); it claims to be from ${from}`);
}

function plain(mail: Mail, action: string, text: string, more: Event = {}): readonly Activity[] {
  // the receiving server's own time where the sender is in doubt
  const ms = action === 'mail-suspicious' ? mail.times.receivedMs ?? mail.times.sentMs : mail.times.boundMs;
  if (ms === undefined) {
    mail.problems.push(problem(mail.input.file, 'mail-damaged', `the message has no date: ${text}`));
    return [];
  }
  const at: Moment = { ms, precision: 's', basis: 'explicit' };
  const event = activityEvent(mail.origin, { action, at, identity: ['mail', mail.identity, action], message: text, fields: { ...mailFields(mail), ...more } });
  return [{ event, facts: { kind: 'plain' } }];
}

function rejected(file: string, code: ProblemCode, message: string): DocumentResult {
  return { activities: [], problems: [problem(file, code, message)] };
}

function lowered({ from = [], to = [] }: AuditEmailOptions): ExpectedAddresses {
  const lower = (texts: readonly string[]): readonly string[] => texts.map((text) => text.trim().toLowerCase());
  return { from: lower(from), to: lower(to) };
}
