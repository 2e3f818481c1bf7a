/** What the codes of `vb365.attribution.gaps` mean to people, and what to do so that the next restore does not lack it. */

export interface GapText {
  readonly code: string;
  /** a few words for a table cell: `log without header` */
  readonly short: string;
  /** one sentence: what is missing and what that costs */
  readonly sentence: string;
  /** what to do about it; absent for a code that this version does not know */
  readonly remedy?: string;
}

type Words = readonly [short: string, sentence: string, remedy: string];

const texts: Readonly<Record<string, Words>> = {
  'extended-logging-off': [
    'default logging', 'The Explorer logged at its default level, which names neither the mailbox nor the folder of an item.',
    'Switch it on in the Explorer under General Options > Advanced > Enable extended logging, on every machine where an Explorer runs.',
  ],
  'fields-ambiguous': [
    'fields unclear', 'A subject or path contains the separators of the log line, so that its parts cannot be told apart with certainty.',
    'Read the log line itself; REST answers or audit mails of the same time would settle it.',
  ],
  'operation-incomplete': [
    'end not logged', 'The log stops before the operation ended, so that its result is not known.',
    'Read the log again once it is complete, with its rotated parts, or add the REST answers of the server.',
  ],
  'count-mismatch': [
    'counts differ', 'The counts at the end of the operation do not fit the items listed before it: some item is missing in the log or was added to it.',
    'Compare the log with the REST answers of the session, and make sure that the file was not cut or edited.',
  ],
  'items-unknown': [
    'items not named', 'Only counts are known of this operation; its items are not named by any source that was read.',
    'Switch on extended logging in the Explorer, or add the REST answers of the session.',
  ],
  'second-header': [
    'two launches in one file', 'The log file holds a second header, as after an appended or merged file; a line may belong to another launch than it seems.',
    'Collect the Explorer logs as the product wrote them, one file for each launch.',
  ],
  'header-missing': [
    'log without header', 'The log file lacks its header, which names the account that started the Explorer.',
    'Collect the file from its beginning, and the files it was rotated from.',
  ],
  'host-not-collected': [
    'no log of this client', 'The Explorer logs of the client that the server names are not among the sources.',
    'Collect the Explorer logs of that client (%ProgramData%\\Veeam\\Backup\\…\\Logs) and add its host to the configuration.',
  ],
  'log-missing': [
    'log of this session missing', 'Logs of this client were read, but none of them covers this session: it was deleted, not collected yet, or written elsewhere.',
    'Look for the Explorer log of that time on the client, in its profile folders and backups; a deleted log deserves a question.',
  ],
  'rest-missing': [
    'no REST answer', 'The answer of the REST API about this restore was not among the sources; result, owner and session rest on the other sources alone.',
    'Save or poll the restore sessions and their events from the VB365 server of that time.',
  ],
  'mail-missing': [
    'no audit mail', 'The owner is audited, but no audit mail about this restore was read.',
    'Check that the audit mailbox is read completely, that audit notifications are on, and that nobody deletes from it.',
  ],
  'time-ambiguous': [
    'time has two readings', 'The local time can be read in two ways (day and month, or the hour that a clock change repeats).',
    'Set `timezone` and `dateOrder` of the source, or add a source that writes UTC (the REST API).',
  ],
  'offset-unknown': [
    'zone unknown', 'The offset of the local time from UTC is not stated; the time may be off by whole hours.',
    'Set `timezone` of the source or of its host in the configuration.',
  ],
  'profile-differs': [
    'other profile', 'The item was written into the profile folder of another account than the one that is named.',
    'Ask both persons: somebody may have worked in another session, or with “Run as”.',
  ],
  'initiator-differs': [
    'sources disagree', 'The sources name different accounts for this restore, so that nobody is named as certain.',
    'Read the evidence of both; two names of one person belong into `accounts` of the configuration.',
  ],
  'account-shared': [
    'shared account', 'The account is shared by several people; which of them acted is not known.',
    'Give each operator an account of their own; until then ask who was signed in to the client at that time.',
  ],
  'account-service': [
    'service account', 'The account belongs to a service, a machine or an application, not to a person.',
    'Look up who may use it, and let people restore under accounts of their own.',
  ],
  'candidates-many': [
    'several sessions fit', 'More than one open session can have done it.',
    'Switch on extended logging, so that a log line names the item, or collect the logs of all clients of that time.',
  ],
  'session-ambiguous': [
    'session unclear', 'More than one restore session of the server fits the launch of the Explorer, or none with certainty.',
    'Collect the Explorer log completely and let the clocks of clients and server be synchronised.',
  ],
  'clock-skew': [
    'clocks differ', 'The clocks of the client and of the server differ by more than two minutes; times were compared with that difference taken out.',
    'Synchronise both machines with one time source.',
  ],
  'auditing-off': [
    'auditing off', 'The server sent no audit mails at that time: its answers from before and after say that notifications are off.',
    'Switch them on in VB365 and add the users and groups that matter to the audited items.',
  ],
};

/** Codes that explain best why nobody is named, the most telling one first. */
const whyUnknown: readonly string[] = [
  'account-service', 'initiator-differs', 'header-missing', 'log-missing', 'host-not-collected', 'candidates-many', 'session-ambiguous', 'second-header', 'auditing-off', 'rest-missing',
];

/** All codes this version knows. */
export const gapCodes: readonly string[] = Object.keys(texts);

/** The words of a gap; an unknown code comes back as it is. */
export function gapText(code: string): GapText {
  const words = Object.hasOwn(texts, code) ? texts[code] : undefined;
  if (words === undefined) return { code, short: code, sentence: code };
  const [short, sentence, remedy] = words;
  return { code, short, sentence, remedy };
}

/** Why an operator is not known, in a few words for a cell. */
export function whyNobody(codes: readonly string[]): string {
  const code = whyUnknown.find((known) => codes.includes(known)) ?? codes[0];
  return code === undefined ? 'no source names anybody' : gapText(code).short;
}
