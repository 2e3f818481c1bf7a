/** What the services of the backup server log (formats/explorer-archiver-logs.md 6.8 to 6.10): calls of the REST service, validations, peers, jobs. */
import type { Event, Moment } from '../event.ts';
import type { LogContext } from './log-file.ts';
import type { LogMessage } from '../text/log-message.ts';

const actions: Readonly<Record<string, string>> = {
  explore: 'session-start', savetomsg: 'item-save-start', save: 'item-save-start', exporttopst: 'item-export-start', export: 'item-export-start',
  send: 'item-send-start', sendtodefaultaddress: 'item-send-start', senttodefaultaddress: 'item-send-start', sendtodifferentaddress: 'item-send-start',
};

/** Operation that a key of the REST service stands for, compared without case; `undefined` for a key that is not one. */
export function actionOfKey(key: string): string | undefined {
  const folded = key.trim().toLowerCase();
  return Object.hasOwn(actions, folded) ? actions[folded] : folded.startsWith('restore') || folded === 'operatorrestore' ? 'item-restore-start' : undefined;
}

const operations = ['view', 'save', 'export', 'send', 'restore'] as const;

export interface ServerTracker { read(message: LogMessage): void }

export function createServerTracker(context: LogContext): ServerTracker {
  /** threads on which a validation runs, with the moment of its start */
  const validations = new Map<string, Moment>();

  function plain(message: LogMessage, action: string, sentence: string, fields: Event): void {
    const operation = operations.find((name) => action.startsWith(`item-${name}`));
    context.emit(message, context.moment(message), action, sentence, operation === undefined ? fields : { ...fields, 'vb365.operation': operation }, () => ({ kind: 'plain' }));
  }

  return {
    read(message) {
      switch (message.id) {
        case 'rest-action-started': case 'rest-action-started-v3': {
          const key = message.value('action') ?? '';
          const action = actionOfKey(key) ?? 'api-call';
          plain(message, action, `REST action ${key} started`, { 'vb365.client.tool': 'rest_api' });
          break;
        }
        case 'rest-action-failed': {
          const key = message.value('action') ?? '';
          const action = actionOfKey(key)?.replace(/-start$/, '') ?? 'api-call';
          // A session that could not be opened is no session: it is a failed call.
          plain(message, action === 'session' ? 'api-call' : action, `REST action ${key} failed`, { 'vb365.client.tool': 'rest_api', 'vb365.result': 'failed', 'event.outcome': 'failure', 'event.reason': message.value('error') ?? '' });
          break;
        }
        case 'backup-session-adding': plain(message, 'organization-login', 'Session of an API caller added', { 'vb365.client.tool': 'rest_api' }); break;
        case 'validation-started': validations.set(message.line.thread, context.moment(message)); break;
        case 'initial-domain': {
          const domain = (message.value('domain') ?? '').trim().toLowerCase();
          const moment = context.moment(message);
          validations.delete(message.line.thread);
          if (domain !== '') context.emit(message, moment, 'access-check', `Access of organisation ${domain} validated`, { 'organization.name': domain }, () => ({ kind: 'validation', domain, at: moment }));
          break;
        }
        case 'identity-checking': plain(message, 'access-check', `Identity of a request from ${message.value('peer') ?? ''} checked`, { 'vb365.network.peer': message.value('peer') ?? '' }); break;
        case 'job-notification': case 'job-editing': plain(message, 'job-change', message.line.message.slice(0, 500), jobChange(message.value('action') ?? '')); break;
        case 'repository-editing': plain(message, 'repository-change', message.line.message.slice(0, 500), {}); break;
        default: break;
      }
    },
  };
}

/** What became of a job. The console writes `Disabling job: …` where the service writes `Job disabled: …`: one word for both. */
function jobChange(verb: string): Event {
  const word = verb.trim().toLowerCase().replace(/ing$/, 'ed');
  return word === '' ? {} : { 'vb365.change.field': 'job', 'vb365.change.after': word };
}
