/** Sign-ins, connections, restore sessions and opened folders of a log file (formats/explorer-archiver-logs.md 6.3 to 6.5, 7.1, 7.2). */
import type { Event, Moment } from '../event.ts';
import type { LogContext } from './log-file.ts';
import type { LogMessage } from '../text/log-message.ts';

interface OpenSession {
  readonly message: LogMessage;
  readonly moment: Moment;
  readonly indent: number;
  organizationId?: string;
  restorePoint?: string;
}
export interface SessionTracker {
  read(message: LogMessage): void;
  end(): void;
  /** Accounts whose sign-in to Microsoft 365 was accepted: the tenant's credential, not the person. */
  signedIn(): readonly { readonly upn: string; readonly ms: number }[];
}

export function createSessionTracker(context: LogContext): SessionTracker {
  const sessions = new Map<string, OpenSession>();
  const created = new Map<string, OpenSession>();
  const signIns = new Map<string, { readonly message: LogMessage; readonly upn: string; readonly indent: number }>();
  /** folders and connections whose outcome is the next deeper line of the thread, if any (reference 7.1) */
  const folders = new Map<string, { readonly message: LogMessage; readonly moment: Moment; readonly folder: string; readonly indent: number }>();
  const connections = new Map<string, number>();
  const accepted: { upn: string; ms: number }[] = [];

  function closeSession(thread: string, isCreated: boolean): void {
    const session = sessions.get(thread);
    if (session === undefined) return;
    sessions.delete(thread);
    if (isCreated) created.set(thread, session);
    const fields: Event = { 'event.outcome': isCreated ? 'success' : 'unknown' };
    if (session.organizationId !== undefined) fields['organization.id'] = session.organizationId;
    if (session.restorePoint !== undefined) fields['vb365.session.restore_point'] = session.restorePoint;
    context.emit(session.message, session.moment, 'session-start', isCreated ? 'Restore session created' : 'Restore session requested, outcome not logged', fields, () => ({
      kind: 'log-session', launch: context.launch, at: session.moment, created: isCreated,
      ...(session.organizationId === undefined ? {} : { organizationId: session.organizationId }),
      ...(session.restorePoint === undefined ? {} : { restorePoint: session.restorePoint }),
    }));
  }

  return {
    read(message) {
      // Most lines say nothing, and nothing waits for them.
      if (message.id === undefined && sessions.size + folders.size + connections.size === 0) return;
      const { thread, indent } = message.line;
      const session = sessions.get(thread);
      if (session !== undefined && indent <= session.indent) closeSession(thread, false);
      closeFolder(thread, message);
      const connection = connections.get(thread);
      connections.delete(thread);
      switch (message.id) {
        case 'session-creating':
          if (indent === 0) sessions.set(thread, { message, moment: context.moment(message), indent });
          break;
        case 'session-organization': if (session !== undefined) session.organizationId ??= message.value('organization.id')?.trim().toLowerCase() ?? ''; break;
        case 'session-restore-point':
          if (session !== undefined) {
            const ms = context.inner(message.value('restore-point') ?? '');
            if (ms !== undefined) session.restorePoint ??= new Date(ms).toISOString();
          }
          break;
        case 'session-created': if (session !== undefined && indent > session.indent) closeSession(thread, true); break;
        case 'session-id': restoreSessionId(message, created.get(thread)); break;
        case 'sign-in-validating': signIns.set(thread, { message, upn: message.value('upn')?.trim() ?? '', indent }); break;
        case 'sign-in-validated': signIn(message); break;
        case 'folder-counting': folders.set(thread, { message, moment: context.moment(message), folder: message.value('folder') ?? '', indent }); break;
        case 'server-connecting': connections.set(thread, indent); break;
        case 'server-connection-failed':
          if (connection === undefined || indent <= connection) break;
          context.emit(message, context.moment(message), 'login-failed', 'Connection to the backup server failed', { 'event.outcome': 'failure' }, () => ({ kind: 'plain', launch: context.launch }));
          break;
        case 'server-connecting-windows': {
          const user = message.value('server.user')?.trim();
          const host = message.value('server.host')?.trim();
          const fields: Event = {};
          if (user !== undefined && user !== '') fields['vb365.credential.name'] = user;
          context.emit(message, context.moment(message), 'access-check', `Connecting to backup server ${host ?? ''} as ${user ?? ''}`, fields, () => ({ kind: 'plain', launch: context.launch }));
          break;
        }
        default: break;
      }
    },
    end() {
      for (const thread of [...sessions.keys()]) closeSession(thread, false);
      for (const thread of [...folders.keys()]) closeFolder(thread, undefined);
      created.clear();
      signIns.clear();
    },
    signedIn: () => accepted,
  };

  function closeFolder(thread: string, next: LogMessage | undefined): void {
    const opened = folders.get(thread);
    if (opened === undefined) return;
    folders.delete(thread);
    const { message, moment, folder, indent } = opened;
    const isOpen = next?.id === 'folder-items-found' && next.line.indent > indent;
    context.emit(message, moment, 'folder-open', `Folder '${folder}' opened${isOpen ? '' : ', outcome not logged'}`, {
      'event.outcome': isOpen ? 'success' : 'unknown', 'vb365.item.name': folder, 'vb365.item.kind': 'folder',
    }, () => ({ kind: 'log-folder', launch: context.launch, at: moment, folder }));
  }

  function signIn(message: LogMessage): void {
    const asked = signIns.get(message.line.thread);
    if (asked === undefined || message.line.indent <= asked.indent) return;
    signIns.delete(message.line.thread);
    const moment = context.moment(message);
    accepted.push({ upn: asked.upn, ms: moment.ms });
    context.emit(message, moment, 'organization-login', `Signed in to Microsoft 365 as ${asked.upn}`, { 'event.outcome': 'success', 'vb365.credential.name': asked.upn }, () => ({ kind: 'plain', launch: context.launch }));
  }

  function restoreSessionId(message: LogMessage, session: OpenSession | undefined): void {
    const id = message.value('session.id')?.toLowerCase();
    if (id === undefined) return;
    const moment = context.moment(message);
    context.emit(message, moment, 'session-start', `Restore session ${id} created`, {
      'event.outcome': 'success', 'vb365.session.id': id, 'vb365.session.kind': 'rest', 'transaction.id': id,
      ...(session?.organizationId === undefined ? {} : { 'organization.id': session.organizationId }),
    }, () => ({
      kind: 'log-session', launch: context.launch, at: moment, created: true, restoreSessionId: id,
      ...(session?.organizationId === undefined ? {} : { organizationId: session.organizationId }),
    }));
  }
}
