/**
 * Every problem this program can name, by a code that never changes its meaning. The table in README.md is held equal by a test.
 * A problem is a value: bad input is counted and set aside, and the stream goes on.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** what is wrong, one sentence, with the value that is wrong */
  readonly message: string;
  /** what to do next */
  readonly remedy?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
}

export const problemCodes = {
  'read-missing': 'file or folder does not exist',
  'read-unreadable': 'file or folder cannot be opened or read',
  'read-empty': 'file is empty',
  'read-loop': 'folder links back to a folder above it',
  'read-binary': 'content is neither text, mail, JSON nor a zip archive',
  'read-encoding': 'text is not valid in its encoding; the fallback code page was used',
  'read-nul': 'a run of NUL bytes was skipped',
  'read-line-too-long': 'a line is longer than the limit and was cut',
  'read-two-sources': 'two configured sources claim one file',
  'zip-damaged': 'zip archive or gzip stream is truncated or damaged',
  'zip-limit': 'zip archive exceeds a limit (entries, ratio, nesting, size)',
  'zip-path': 'zip entry names a path outside the archive',
  'log-foreign': 'log file of another product family',
  'log-unknown': 'text without any line of the known log grammar',
  'log-date-order': 'day and month cannot be told apart, or contradict each other',
  'log-calendar': 'dates of another calendar',
  'log-incomplete': 'the last line has no line end',
  'log-orphan': 'continuation lines before the first line',
  'log-suspicious': 'a line contradicts its neighbours',
  'mail-damaged': 'message is damaged',
  'mail-limit': 'message exceeds a limit (size, parts, nesting, table)',
  'mail-encrypted': 'message is encrypted or wrapped and cannot be read',
  'mail-layout': 'audit message with an unknown layout',
  'mail-not-audit': 'message is not an audit message',
  'mail-forged': 'sender checks failed',
  'mail-subject': 'subject and table disagree',
  'json-syntax': 'JSON cannot be parsed',
  'json-not-rest': 'JSON is not an answer of the VB365 REST API',
  'json-no-session': 'page of events names no restore session',
  'json-value': 'a value of the answer has an unexpected form',
  'rest-error': 'the answer is an error of the REST API',
  'organization-unknown': 'no tenant owns the organisation',
  'config-syntax': 'YAML cannot be parsed',
  'config-limit': 'YAML file exceeds a limit (size, nesting, aliases)',
  'config-unknown-key': 'key is not known',
  'config-value': 'value is not allowed here',
  'config-missing': 'required key is missing',
  'config-secret': 'secret is written into the file',
  'config-duplicate': 'id, name or organisation is claimed twice',
  'config-reference': 'name refers to nothing',
  'catalogue-syntax': 'message catalogue cannot be read',
  'catalogue-template': 'template is wrong',
  'catalogue-example': 'example does not give its fields',
  'catalogue-overlap': 'two templates match one example',
  'send-unreachable': 'destination cannot be reached',
  'send-certificate': 'certificate of a destination is refused',
  'send-broken': 'connection to a destination broke before it took everything',
  'send-too-large': 'event does not fit the message limit even after shortening',
  'write-failed': 'output cannot be written',
  'usage': 'command line is wrong',
} as const;
export type ProblemCode = keyof typeof problemCodes;
