/**
 * Saved answers of the VB365 REST API, versions 6 to 8 (formats/rest-api.md): pages, single objects, bare lists of results, several documents in
 * one file. What an answer is, its members decide.
 */
import type { Activity } from '../../src/event.ts';
import type { Problem, ProblemCode } from '../../src/errors.ts';
import { maxJsonBytes, maxProblemsListed } from '../../src/limits.ts';
import type { DocumentInput, DocumentParser, DocumentResult, Head } from '../contract.ts';
import { readEvent } from './event-record.ts';
import { lineCounter, readJsonDocuments, type JsonObject, type JsonValue } from './json-documents.ts';
import { readJsonText } from './json-text.ts';
import { integerOf, isObject, linkOf, own, textOf } from './member.ts';
import { foldId, guidsIn, recordKind } from './record-kind.ts';
import { sessionInLink, type RestContext, type RestPage } from './rest-context.ts';
import { readSession } from './session-record.ts';
import {
  readAuditItem, readAuditSettings, readChange, readHistorySettings, readOrganization, readRole, readRoleOperator, readServer, readStatistics,
} from './settings-record.ts';

/** What begins like a JSON object or a list of JSON values. A log line in brackets does not: after its bracket stands a date. */
const jsonStart = /^[\s\ufeff]*(?:\{\s*(?:["}]|$)|\[\s*(?:[{[\]"]|(?:-?\d+(?:\.\d+)?|true|false|null)\s*[,\]]|$))/;

export const rest: DocumentParser = {
  id: 'rest',
  recognises: (head: Head): boolean => jsonStart.test(head.text === '' ? readJsonText(head.bytes).text : head.text),
  parse: parseAnswers,
};

/** Never throws: whatever cannot be read is a problem, and everything else is read. */
function parseAnswers(input: DocumentInput): DocumentResult {
  const { file, source } = input;
  if (input.bytes.length > maxJsonBytes) {
    return { activities: [], problems: [{ code: 'json-syntax', message: `answer of ${String(input.bytes.length)} bytes: the limit is ${String(maxJsonBytes)}`, remedy: 'save the answer in smaller pages (limit=1000)', file }] };
  }
  const { text, usedFallback } = readJsonText(input.bytes, source.fallbackEncoding);
  const activities: Activity[] = [];
  const problems = problemList(file, lineCounter(text));
  if (usedFallback) problems.add({ code: 'read-encoding', message: 'the answer is not valid UTF-8: the code page was used' });
  const { documents, problems: faults } = readJsonDocuments(text);
  for (const fault of faults) problems.add(fault);
  const fileSession = sessionInName(file);
  for (const { value, offset } of documents) {
    const context: RestContext = {
      source: source.id, file, organizations: input.organizations, ...(source.host === undefined ? {} : { server: source.host }),
      emit: (activity) => { activities.push(activity); },
      report: (code: ProblemCode, message: string, remedy?: string) => { problems.add({ code, message, offset, ...(remedy === undefined ? {} : { remedy }) }); },
    };
    readValue(value, { offset: 0 }, 0, fileSession, context);
  }
  if (text.trim() === '') problems.add({ code: 'read-empty', message: 'the file holds no answer' });
  return { activities, problems: problems.all() };
}

/** A list is a bare list of results (or of whole answers); a page gives its results its address; anything else is a record. */
function readValue(value: JsonValue | undefined, page: RestPage, index: number, fileSession: string | undefined, context: RestContext): void {
  if (Array.isArray(value)) {
    for (const [position, element] of (value as readonly JsonValue[]).entries()) readValue(element, page, position, fileSession, context);
  } else if (isObject(value)) {
    const results = resultsOf(value);
    if (results === undefined) readRecord(value, page, index, fileSession, context);
    else readValue(results, pageOf(value), 0, fileSession, context);
  } else context.report('json-value', 'a result is neither an object nor a list: it was set aside');
}

/** `results` of a page; `value` where a tool that saved the answer wrapped a list and its `Count`. */
function resultsOf(record: JsonObject): JsonValue | undefined {
  const results = own(record, 'results') ?? (own(record, 'Count') === undefined ? undefined : own(record, 'value'));
  return Array.isArray(results) || isObject(results) ? results : undefined;
}

function pageOf(record: JsonObject): RestPage {
  const href = linkOf(record, 'self');
  const session = sessionInLink(href);
  return { offset: integerOf(record, 'offset') ?? 0, ...(href === undefined ? {} : { href }), ...(session === undefined ? {} : { session }) };
}

function readRecord(record: JsonObject, page: RestPage, index: number, fileSession: string | undefined, context: RestContext): void {
  switch (recordKind(record, page.href)) {
    case 'session': readSession(record, context); break;
    case 'event': readEvent(record, page, index, fileSession, context); break;
    case 'change': readChange(record, context); break;
    case 'audit-settings': readAuditSettings(record, context); break;
    case 'audit-item': readAuditItem(record, page, context); break;
    case 'history-settings': readHistorySettings(record, context); break;
    case 'role': readRole(record, context); break;
    case 'role-operator': readRoleOperator(record, context); break;
    case 'statistics': readStatistics(record, page, fileSession, context); break;
    case 'server': readServer(record, context); break;
    case 'organization': readOrganization(record, context); break;
    case 'error': reportError(record, context); break;
    case 'token': context.report('json-not-rest', 'the document is the answer to a sign-in; nothing of it was read', 'delete the file: its tokens open the server'); break;
    case 'other-answer': break;
    case 'foreign': context.report('json-not-rest', 'the document is not an answer of the VB365 REST API'); break;
  }
}

/** `RESTExceptionInfo`. The stack trace stays where it is. */
function reportError(record: JsonObject, context: RestContext): void {
  const code = textOf(record, 'errorCode');
  const message = (textOf(record, 'message') ?? textOf(record, 'Message') ?? 'no message').slice(0, 500);
  const remedy = code === 'OutdatedChangeToken' ? 'start the change feed again from latest, and read the sessions of the gap' : undefined;
  context.report('rest-error', `the server answered ${code === undefined ? '' : `${code}: `}${message}`, remedy);
}

/** The one GUID in the name of the file; a name with several says nothing. */
function sessionInName(file: string): string | undefined {
  const ids = guidsIn(file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'), file.lastIndexOf('!')) + 1));
  return ids.length === 1 && ids[0] !== undefined ? foldId(ids[0]) : undefined;
}

const usualRemedies: Partial<Record<ProblemCode, string>> = {
  'read-empty': 'save the answer again',
  'read-encoding': 'save the answer as the server sent it, in UTF-8',
  'json-syntax': 'save the answer again',
  'json-not-rest': 'leave it out, or check what saved it',
  'json-value': 'compare it with the answer of the server; report the form if a new version writes it',
  'json-no-session': 'name the file after the id of the session',
  'rest-error': 'ask the server again with an account that may read this',
};

/** Lists the first problems of each kind and counts the rest: a file of foreign lines is one finding, not a million. */
function problemList(file: string, lineOf: (offset: number) => { readonly line: number; readonly column: number }): { add(problem: Problem): void; all(): readonly Problem[] } {
  const listed: Problem[] = [];
  const counts = new Map<ProblemCode, number>();
  return {
    add(problem) {
      const count = (counts.get(problem.code) ?? 0) + 1;
      counts.set(problem.code, count);
      if (count > maxProblemsListed) return;
      const remedy = problem.remedy ?? usualRemedies[problem.code];
      const place = problem.offset === undefined ? {} : lineOf(problem.offset);
      listed.push({ ...place, ...problem, ...(remedy === undefined ? {} : { remedy }), file });
    },
    all: () => [...listed, ...[...counts].filter(([, count]) => count > maxProblemsListed).map(([code, count]) => ({ code, file, message: `${String(count - maxProblemsListed)} more problems of this kind in this file` }))],
  };
}
