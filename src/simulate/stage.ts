/** What the writers of a world share: its things, its generator, the printer of log lines, and the one way an action enters the truth. */
import type { Random } from './random.ts';
import type { Action, LogRecord, Mail, Owner, RestEvent, RestSession, Thread, World } from './world.ts';

/** Prints one message of the catalogue; the id is that of formats/explorer-archiver-logs.md 6. */
export type Print = (id: string, fields?: Readonly<Record<string, string>>) => string;
export interface Stage { readonly world: World; readonly random: Random; readonly print: Print }

export interface Deed {
  readonly atMs: number;
  readonly endMs: number;
  readonly session: RestSession;
  readonly operator: Action['operator'];
  readonly operation: Mail['operation'];
  readonly status: RestEvent['status'];
  readonly owner: Owner | undefined;
  readonly ownerName: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly source: string;
  /** as REST and mails state it; absent for views */
  readonly target?: string;
  /** full path of a written file */
  readonly file?: string;
  /** the title names the file */
  readonly isTitled?: boolean;
  readonly isLogged: boolean;
  readonly isFolder: boolean;
  readonly trap?: string;
}

const types = { view: 'View', save: 'Save', export: 'Export', send: 'Send', restore: 'Restore' } as const;
const verbs = { view: 'opened', save: 'saved', export: 'exported', send: 'sent', restore: 'restored' } as const;
const actions = { view: 'item-view', save: 'item-save', export: 'item-export', send: 'item-send', restore: 'item-restore' } as const;

/** Somebody did something: the server notes its event, writes a mail where auditing asks for one, and the truth remembers. Returns the action's id. */
export function act(stage: Stage, deed: Deed): string {
  const { world, random } = stage;
  const { session, operation } = deed;
  const id = `a${String(world.actions.length + 1).padStart(5, '0')}`;
  const target = operation === 'view' ? deed.source : deed.target ?? '';
  const event: RestEvent = {
    id: random.guid(), type: types[operation], status: deed.status, startMs: deed.atMs + random.int(0, 300), endMs: Math.max(deed.endMs, deed.atMs + 320),
    title: titleOf(deed), message: messageOf(deed, target), itemName: deed.name, itemType: deed.type, size: deed.isFolder ? 0 : deed.size, source: deed.source, target, action: id,
  };
  session.events.push(event);
  const mail = mailOf(stage, deed, id, event);
  if (mail !== undefined) session.server.mails.push(mail);
  const { launch } = session;
  world.actions.push({
    id, action: actions[operation], atMs: event.startMs, tenant: session.tenant, organization: session.organization, operator: deed.operator, workload: session.workload,
    owner: deed.ownerName, item: { name: deed.name, path: deed.source, ...(deed.file === undefined ? {} : { file: deed.file }) },
    ...(operation === 'view' ? {} : { target: target }), ...(launch === undefined ? {} : { host: launch.host, launch }),
    outcome: deed.status === 'Success' || deed.status === 'Warning' ? 'success' : 'failure', session, event, ...(mail === undefined ? {} : { mail }),
    isLogged: deed.isLogged, isFolder: deed.isFolder && operation === 'view', ...(deed.trap === undefined ? {} : { trap: deed.trap }),
  });
  return id;
}

function titleOf(deed: Deed): string {
  if (deed.status === 'Failed') return 'Failed to process item';
  if (deed.status === 'Skipped') return 'Item was skipped';
  if (deed.file !== undefined && deed.isTitled === true) return `Item successfully exported to: ${deed.file}.`;
  return `${deed.isFolder ? 'Folder' : 'Item'} successfully ${verbs[deed.operation]}`;
}

function messageOf(deed: Deed, target: string): string {
  const tail = `(type: ${deed.type}; source: ${deed.source}; target: ${target})`;
  switch (deed.status) {
    case 'Success': return `Item ${deed.name} was ${verbs[deed.operation]} successfully ${tail}`;
    case 'Warning': return `Item ${deed.name} was ${verbs[deed.operation]} with warning: Object was not found. The object could be deleted or moved to another folder. ${tail}`;
    case 'Skipped': return `Item ${deed.name} was skipped. ${tail}`;
    case 'Failed': return `Failed to process item ${deed.name} ${tail}`;
  }
}

/** Only audited owners, only another person's doing, only what succeeded (formats/audit-email.md 2). */
function mailOf(stage: Stage, deed: Deed, action: string, event: RestEvent): Mail | undefined {
  const { owner, session } = deed;
  if (owner === undefined || !owner.isAudited || owner.account === deed.operator.account || deed.status !== 'Success') return undefined;
  return {
    action, server: session.server, organization: session.organization, owner, type: session.workload === 'exchange' ? 'mailbox' : session.workload === 'onedrive' ? 'onedrive' : 'site',
    item: deed.name, source: deed.source, target: deed.operation === 'view' ? '' : deed.target ?? '', operation: deed.operation, startMs: event.startMs,
    delayMs: stage.random.int(15_000, 70_000), initiatedBy: session.initiatedBy, isForged: false, isLost: false, copies: 1,
  };
}

/** A REST session with its opening event. */
export function openRestSession(stage: Stage, session: Omit<RestSession, 'events' | 'id' | 'isCollected' | 'lostPages' | 'pageSize'>): RestSession {
  const { random } = stage;
  const opened: RestSession = { ...session, id: random.guid(), events: [], isCollected: true, lostPages: new Set(), pageSize: random.pick([30, 30, 5, 7, 3]) };
  opened.events.push(bookEnd(stage, opened.createdMs + 1, 'Restore session started'));
  opened.server.sessions.push(opened);
  return opened;
}

export function closeRestSession(stage: Stage, session: RestSession, atMs: number): void {
  session.endedMs = atMs;
  session.events.push(bookEnd(stage, atMs - 1, 'Restore session completed'));
}

function bookEnd(stage: Stage, atMs: number, text: string): RestEvent {
  return { id: stage.random.guid(), type: 'None', status: 'Success', startMs: atMs, endMs: atMs, title: text, message: text, size: 0 };
}

/** A thread pair as Windows gives them: a small managed number, an os number that is a multiple of four. */
export function newThread(random: Random, managed?: number): Thread {
  return [managed ?? random.pick([6, 7, 8, 9, 11, 12, 14, 15, 18, 21, 22, 28, 31, 40, 91, 176, 1024]), random.int(300, 8600) * 4];
}

/** Records in the order of true time; what was written at one instant stays in order. */
export function inOrder(records: readonly LogRecord[]): readonly LogRecord[] {
  return records.map((record, index) => ({ record, index })).sort((x, y) => x.record.ms - y.record.ms || x.index - y.index).map(({ record }) => record);
}
