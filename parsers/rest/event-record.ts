/** An event of a restore session (formats/rest-api.md 5) → one activity. What only the session knows is not repeated here: attribution joins it. */
import type { Event, Operation, RestEventFacts, Result } from '../../src/event.ts';
import { stableId } from '../../src/text/hash.ts';
import { isoTime } from '../../src/text/local-time.ts';
import { elapsedNs, isNoTime } from '../../src/text/utc-time.ts';
import { actionOf, categorise, outcomeOf } from '../../src/text/vocabulary.ts';
import { activityEvent } from '../activity-event.ts';
import { pathInTitle, readEventMessage, type MessageFields } from './event-message.ts';
import { itemFields, workloadOfItem, type RestItem } from './item-fields.ts';
import type { JsonObject } from './json-documents.ts';
import { integerOf, linkOf, textOf } from './member.ts';
import { foldId } from './record-kind.ts';
import { sessionInLink, timeOf, type RestContext, type RestPage } from './rest-context.ts';

const operations: Readonly<Record<string, Operation>> = { view: 'view', save: 'save', export: 'export', send: 'send', restore: 'restore' };
const results: Readonly<Record<string, Result>> = {
  running: 'running', success: 'success', warning: 'warning', failed: 'failed', cancelled: 'cancelled', skipped: 'skipped',
};

/**
 * Emits `item-*`, `session-message` for an event without item (`None`), or `item-other` for a type that is not known. The same event in the same
 * state has the same id in whatever file it is read; a later state has another id.
 * @param index position of the record in its page, which stands in for a missing `order`
 * @param fileSession session that the file name states
 */
export function readEvent(record: JsonObject, page: RestPage, index: number, fileSession: string | undefined, context: RestContext): void {
  const start = timeOf(record, 'startTime');
  if (start === undefined || isNoTime(start.utc)) {
    context.report('json-value', 'event of a restore session without a start time that can be read: it was set aside');
    return;
  }
  const session = sessionOf(record, page, fileSession, context);
  if (session === undefined) return;
  const status = textOf(record, 'status') ?? '';
  const result = results[status.toLowerCase()];
  const order = integerOf(record, 'order') ?? page.offset + index;
  const message = textOf(record, 'message');
  const id = idOf(record, order, start.moment.text ?? '', message ?? '', context);
  const { type, item } = itemOf(record, message, context);
  const stated = timeOf(record, 'endTime');
  const duration = stated === undefined || isNoTime(stated.utc) || result === 'running' ? undefined : elapsedNs(start.utc, stated.utc);
  const end = duration === undefined ? undefined : stated?.moment;
  const organizationId = textOf(record, 'organizationId');
  const facts: RestEventFacts = {
    kind: 'rest-event', session, id, type, status, result: result ?? 'none', start: start.moment, order,
    ...(item?.operation === undefined ? {} : { operation: item.operation }),
    ...(end === undefined ? {} : { end }),
    ...(item?.name === undefined ? {} : { itemName: item.name }),
    ...(item?.itemType === undefined ? {} : { itemType: item.itemType }),
    ...(item?.size === undefined ? {} : { itemSize: item.size }),
    ...(item?.source === undefined ? {} : { source: item.source }),
    ...(item?.target === undefined ? {} : { target: item.target }),
    ...(item?.path === undefined ? {} : { path: item.path }),
    ...(organizationId === undefined ? {} : { organizationId: foldId(organizationId) }),
  };
  const fields: Event = {
    'event.outcome': outcomeOf(result), 'event.start': isoTime(start.moment.ms),
    'vb365.session.id': session, 'vb365.session.kind': 'rest', 'transaction.id': session,
  };
  if (item !== undefined) {
    Object.assign(fields, itemFields(item));
    Object.assign(fields, ownerIds(record, fields));
  }
  if (result !== undefined) fields['vb365.result'] = result;
  if (end !== undefined && duration !== undefined) {
    fields['event.end'] = isoTime(end.ms);
    fields['event.duration'] = duration;
  }
  if (facts.organizationId !== undefined) fields['organization.id'] = facts.organizationId;
  const title = textOf(record, 'title');
  if ((result === 'failed' || result === 'warning') && title !== undefined && item?.path === undefined) fields['event.reason'] = title;
  const workload = workloadOfItem(item?.itemType);
  const action = item === undefined ? 'session-message' : item.operation === undefined ? 'item-other' : actionOf[item.operation];
  context.emit({
    facts,
    event: activityEvent({ source: context.source, kind: 'rest_api', file: context.file, recordId: id }, {
      action, at: start.moment,
      // Another state is another activity; the rest of a record does not change.
      identity: ['rest', session, id, status],
      message: item === undefined ? title ?? message ?? `Message of restore session ${session}` : sentenceOf(item, type, status),
      ...(workload === undefined ? {} : { workload }),
      categories: item === undefined ? { category: ['session'], type: ['info'] } : categorise(action, workload ?? (fields['file.name'] === undefined ? undefined : 'onedrive')),
      fields,
    }),
  });
}

/** The page names the session in its own address; without it the record's link, then the file name. Contradictions join nothing. */
function sessionOf(record: JsonObject, page: RestPage, fileSession: string | undefined, context: RestContext): string | undefined {
  const own = sessionInLink(linkOf(record, 'restoreSession')) ?? sessionInLink(linkOf(record, 'self'));
  if (page.session !== undefined && own !== undefined && own !== page.session) {
    context.report('json-value', `event links to restore session ${own} but stands in a page of ${page.session}: it was set aside`);
    return undefined;
  }
  const id = textOf(record, 'id');
  const session = page.session ?? own ?? (id !== undefined && foldId(id) === fileSession ? undefined : fileSession);
  if (session === undefined) {
    context.report('json-no-session', 'no restore session is named by the page, its events or the file name', 'save the answer with its _links, or name the file after the id of the session');
  }
  return session;
}

function idOf(record: JsonObject, order: number, start: string, message: string, context: RestContext): string {
  const id = textOf(record, 'id');
  if (id !== undefined) return foldId(id);
  context.report('json-value', 'event without an id: its order, time and text stand in for one');
  return stableId('rest-event', order, start, message);
}

/** The structured members win; the message fills what is missing, and only if it can be read in one way (formats/rest-api.md 5.2). */
function itemOf(record: JsonObject, message: string | undefined, context: RestContext): { readonly type: string; readonly item?: RestItem } {
  const stated = textOf(record, 'type');
  if (stated?.toLowerCase() === 'none') return { type: stated };
  const members = { name: textOf(record, 'itemName'), itemType: textOf(record, 'itemType'), source: textOf(record, 'source'), target: textOf(record, 'target') };
  // The target of a view is its source again.
  const needed = stated?.toLowerCase() === 'view' ? [members.name, members.itemType, members.source] : Object.values(members);
  const isComplete = stated !== undefined && needed.every((value) => value !== undefined);
  const read = isComplete ? undefined : readEventMessage(message);
  const agreeing = read === 'ambiguous' || read === undefined || contradicts(members, read) ? undefined : read;
  if (read !== undefined && agreeing === undefined) context.report('json-value', 'the message of an event can be read in more than one way, or against its fields: what only the message states was left out');
  const operation = stated === undefined ? agreeing?.operation : operations[stated.toLowerCase()];
  const isItem = stated !== undefined || operation !== undefined || Object.values(members).some((value) => value !== undefined);
  if (!isItem) return { type: 'None' };
  const filled = { ...agreeing, ...present(members) };
  const size = integerOf(record, 'itemSizeBytes');
  const isSized = size !== undefined && size >= 0 && !(size === 0 && (filled.itemType === undefined || /^folder$/i.test(filled.itemType)));
  const path = pathInTitle(textOf(record, 'title'));
  return {
    type: stated ?? '',
    item: {
      ...(operation === undefined ? {} : { operation }),
      ...(filled.name === undefined ? {} : { name: filled.name }),
      ...(filled.itemType === undefined ? {} : { itemType: filled.itemType }),
      ...(filled.source === undefined ? {} : { source: filled.source }),
      ...(filled.target === undefined ? {} : { target: filled.target }),
      ...(isSized ? { size } : {}),
      ...(path === undefined ? {} : { path }),
    },
  };
}

type ItemMembers = Readonly<Record<'name' | 'itemType' | 'source' | 'target', string | undefined>>;

function contradicts(members: ItemMembers, read: MessageFields): boolean {
  return (['name', 'itemType', 'source', 'target'] as const).some((key) => members[key] !== undefined && read[key] !== undefined && members[key].trim() !== read[key].trim());
}

function present(members: ItemMembers): { [key in keyof ItemMembers]?: string } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Ids of the owner, which only version 8 states. They are opaque text. */
function ownerIds(record: JsonObject, fields: Event): Event {
  const [user, group, site, team] = ['userId', 'groupId', 'siteId', 'teamId'].map((member) => textOf(record, member));
  const id = fields['vb365.owner.type'] === 'site' ? site ?? team ?? group : user ?? team ?? group ?? site;
  const isPerson = fields['user.target.full_name'] !== undefined || fields['user.target.name'] !== undefined;
  return {
    ...(id === undefined ? {} : { 'vb365.owner.id': id }),
    ...(user !== undefined && isPerson ? { 'user.target.id': user } : {}),
    ...(group === undefined ? {} : { 'group.id': group }),
  };
}

/** `Save of IPM.Note 'Invoice' from Owner\Inbox to C:\Exports: failed` */
function sentenceOf(item: RestItem, type: string, status: string): string {
  const verb = item.operation ?? (type === '' ? 'Handling' : type);
  const what = `${item.itemType ?? 'item'}${item.name === undefined ? '' : ` '${item.name}'`}`;
  const from = item.source === undefined ? '' : ` from ${item.source}`;
  const to = item.operation === 'view' || item.target === undefined ? '' : ` to ${item.target}`;
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)} of ${what}${from}${to}${status === '' ? '' : `: ${status.toLowerCase()}`}`;
}
