/** The activities of the rows of an audit table: the table is believed, the subject and the head line are compared with it. */
import type { Activity, Event, MailRowFacts, Moment } from '../../src/event.ts';
import { foldName } from '../../src/text/account.ts';
import { isoTime } from '../../src/text/local-time.ts';
import { offsetText } from '../../src/text/offset-text.ts';
import { actionOf } from '../../src/text/vocabulary.ts';
import { activityEvent } from '../activity-event.ts';
import { columnTitles, type AuditRow } from './audit-table.ts';
import { readHeadLine, type HeadLine } from './head-line.ts';
import { mailFields, problem, productLine, shown, type AuditEmailOptions, type Mail } from './mail.ts';
import { readRow } from './row-fields.ts';
import { rowSentence } from './row-sentence.ts';
import { startTime, type MailTimes } from './start-time.ts';
import { readSubject, subjectTemplates, type SubjectHint } from './subject-hint.ts';

/** Activities of rows whose sender was not refused; adds to the problems of the mail. */
export function readRows(mail: Mail, rows: readonly AuditRow[], options: AuditEmailOptions): readonly Activity[] {
  const { content, message, problems, input } = mail;
  const templates = options.subjectTemplate === undefined ? subjectTemplates : [...subjectTemplates, options.subjectTemplate];
  const hint = readSubject(message.subject, templates);
  const head = organizationOf(mail, rows, hint);
  if (head === undefined) return [];
  const version = content.lines.map((line) => productLine.exec(line)?.[1]).findLast((build) => build !== undefined);
  const isDisputed = rows.map((row) => disagrees(row, hint, rows.length === 1));
  if (isDisputed.includes(true)) problems.push(problem(input.file, 'mail-subject', `the table is believed, the subject says otherwise: "${shown(message.subject)}"`));
  const isContested = hint?.InitiatedByUserName === undefined && new Set(rows.map(({ cells }) => foldName(cells['initiated by']))).size > 1;
  if (isContested) problems.push(problem(input.file, 'mail-layout', 'the rows name different initiators and the subject does not say whose mail it is: none of them is named'));
  return rows.flatMap((row, index) => {
    // Markup in an unescaped item name can add a whole row, but not change the subject: then nobody is named.
    const isLegible = !mail.damage.includes('charset') || /^[\u0020-\u007e]*$/.test(row.cells['initiated by']);
    const mayName = isLegible && !isContested && (rows.length === 1 || isDisputed[index] !== true);
    const activity = rowActivity(mail, row, index, head, mayName, version);
    return activity === undefined ? [] : [activity];
  });
}

/** The split head line; undefined (and a problem) when head line and subject name different organisations. */
function organizationOf({ content, input, problems }: Mail, rows: readonly AuditRow[], hint: SubjectHint | undefined): HeadLine | undefined {
  const evidence = {
    organizations: input.organizations, initiatedBy: rows.map(({ cells }) => cells['initiated by']), sourcePaths: rows.map(({ cells }) => cells['source path']),
    ...(hint?.OrganizationName === undefined ? {} : { subjectOrganization: hint.OrganizationName }),
    ...(hint?.DisplayName === undefined ? {} : { subjectDisplayName: hint.DisplayName }),
  };
  const head = content.lines.map((line) => readHeadLine(line, evidence)).find((line) => line !== undefined) ?? {};
  const subject = hint?.OrganizationName;
  if (head.organization !== undefined && subject !== undefined && foldName(subject) !== foldName(head.organization)) {
    problems.push(problem(input.file, 'mail-subject', `head line and subject name two organisations, "${shown(head.organization)}" and "${shown(subject)}"`));
    return undefined;
  }
  if (head.organization !== undefined) return head;
  const domains = new Set(rows.map(({ cells }) => foldName(cells['account name']).split('@')[1] ?? ''));
  const [domain = ''] = domains;
  const organization = subject ?? (domains.size === 1 && input.organizations.has(domain) ? domain : undefined);
  return organization === undefined ? head : { ...head, organization };
}

/** A batch has one subject: only what all its rows share is compared. */
function disagrees({ cells }: AuditRow, hint: SubjectHint | undefined, isSingle: boolean): boolean {
  if (hint === undefined) return false;
  const differs = (said: string | undefined, cell: string): boolean => said !== undefined && foldName(said) !== foldName(cell);
  return differs(hint.InitiatedByUserName, cells['initiated by'])
    || (isSingle && (differs(hint.Action, cells.operation) || differs(hint.StartTime?.replace(/[\u00a0\u202f]/g, ' '), cells['start time'])));
}

function rowActivity(mail: Mail, row: AuditRow, index: number, head: HeadLine, mayName: boolean, version: string | undefined): Activity | undefined {
  const { input, times, check, problems, identity, message } = mail;
  const text = row.cells['start time'];
  const stated = startTime(text, times, input.source.timezone, input.source.dateOrder);
  const at = stated ?? assumedTime(times, text);
  if (stated === undefined) {
    problems.push(problem(input.file, /\d{4}/.test(text) ? 'log-calendar' : 'mail-layout', `the start time "${shown(text)}" cannot be read${at === undefined ? ', and the message has no date' : '; the date of the message stands for it'}`));
  }
  if (at === undefined) return undefined;
  const reading = readRow(row, { head, organizations: input.organizations, mayName });
  const { operation, workload, initiatorKind } = reading;
  const fields: Event = {
    ...reading.fields, ...mailFields(mail), ...timeFields(at), ...(version === undefined ? {} : { 'observer.version': version }),
    ...(input.source.host === undefined ? {} : { 'host.name': input.source.host, 'observer.hostname': input.source.host }),
  };
  const event = activityEvent(mail.origin, {
    action: operation === undefined ? 'item-access' : actionOf[operation], at, fields, message: rowSentence(fields, operation),
    identity: ['mail', identity, index, ...columnTitles.map((title) => row.cells[title])], ...(workload === undefined ? {} : { workload }),
  });
  const users = [event['user.name'], event['user.email'], event['user.target.email'], event['user.target.name'], event['user.target.full_name']].filter((name) => typeof name === 'string');
  if (users.length > 0) event['related.user'] = [...new Set(users)];
  const facts: MailRowFacts = {
    kind: 'mail-row', messageId: message.messageId ?? '', row: index, at, trust: check.trust,
    initiatorKind: mayName ? initiatorKind : 'none', ...(mayName ? given('initiatedBy', row.cells['initiated by']) : {}),
    ...given('organization', head.organization), ...given('displayName', head.displayName), ...(operation === undefined ? {} : { operation }),
    ...given('itemName', row.cells['item name']), ...given('source', row.cells['source path']), ...given('target', row.cells['target path']),
    ...given('ownerAddress', row.cells['account name']),
  };
  return { event, facts };
}

function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  const out: Partial<Record<Name, string>> = {};
  if (value !== undefined && value !== '') out[name] = value;
  return out;
}

/** Some time before the mail: better than none, and marked. */
function assumedTime({ boundMs }: MailTimes, text: string): Moment | undefined {
  return boundMs === undefined ? undefined : { ms: boundMs - (boundMs % 60_000), precision: 'min', basis: 'assumed', text };
}

const maxShownCandidates = 16;

function timeFields(at: Moment): Event {
  return {
    ...(at.offsetMinutes === undefined ? {} : { 'event.timezone': offsetText(at.offsetMinutes) }),
    ...(at.readings !== undefined && at.readings.length > 1 && at.readings.length <= maxShownCandidates ? { 'vb365.time.candidates': at.readings.map(isoTime) } : {}),
  };
}
