/**
 * Export and restore operations of an Explorer log (formats/explorer-archiver-logs.md 6.6, 6.7, 7.3 to 7.5): item actions per thread, with the
 * outcome that the lines prove and no other.
 */
import type { Event, ItemCounts, LogItemFacts, Moment, Operation, Result } from '../event.ts';
import { stableId } from '../text/hash.ts';
import { isoTime } from '../text/local-time.ts';
import { resultsByCounts } from '../text/results-by-counts.ts';
import { actionOf, outcomeOf, pastTense } from '../text/vocabulary.ts';
import { itemKindOf } from '../text/item-kind.ts';
import type { LogContext } from './log-file.ts';
import type { LogMessage } from '../text/log-message.ts';
import { ownerOfPath, readSize, splitItem, splitPath, type SplitItem } from './split-item.ts';

interface PendingItem {
  readonly message: LogMessage;
  readonly moment: Moment;
  readonly path: string;
  readonly split?: SplitItem;
  end?: Moment;
  result?: Result;
  reason?: string;
}
export interface OpenOperation {
  readonly batch: string;
  /** false when the file begins inside the operation */
  readonly hasStart: boolean;
  /** items of the operation in the files before this one */
  readonly itemsBefore: number;
  readonly items: PendingItem[];
  announced: { readonly message: LogMessage; readonly rest: string; readonly moment: Moment } | undefined;
}
interface OpenRestore {
  readonly message: LogMessage;
  readonly moment: Moment;
  readonly batch: string;
  readonly name: string;
  from?: string;
  to?: string;
  size?: number;
  reason?: string;
  last: Moment;
}
export interface ExportTracker {
  read(message: LogMessage): void;
  /** Closes what is open as incomplete. */
  end(): void;
  /** Operations that are open on a thread right now. */
  open(): ReadonlyMap<string, OpenOperation>;
  /** Threads whose first operation began before this file. */
  continues(): ReadonlySet<string>;
  isExtended(): boolean;
}

export function createExportTracker(context: LogContext, inherited?: ReadonlyMap<string, OpenOperation>): ExportTracker {
  const operations = new Map<string, OpenOperation>();
  // The items of the predecessor belong to its own events; what continues here is the operation, so the batch is one.
  for (const [thread, operation] of inherited ?? []) operations.set(thread, { batch: operation.batch, hasStart: true, itemsBefore: operation.itemsBefore + operation.items.length, items: [], announced: operation.announced });
  const restores = new Map<string, OpenRestore>();
  const errorThreads = new Set<string>();
  const begun = new Set<string>(operations.keys());
  const continued = new Set<string>();
  let extended = false;

  function operationOf(message: LogMessage): OpenOperation {
    const known = operations.get(message.line.thread);
    if (known !== undefined) return known;
    if (!begun.has(message.line.thread)) continued.add(message.line.thread);
    begun.add(message.line.thread);
    const operation: OpenOperation = { batch: stableId('batch', context.launch, context.file, message.number), hasStart: false, itemsBefore: 0, items: [], announced: undefined };
    operations.set(message.line.thread, operation);
    return operation;
  }

  function startOperation(message: LogMessage): void {
    finish(message.line.thread, undefined, undefined);
    begun.add(message.line.thread);
    operations.set(message.line.thread, { batch: stableId('batch', context.launch, context.file, message.number), hasStart: true, itemsBefore: 0, items: [], announced: undefined });
  }

  function addItem(message: LogMessage): void {
    const path = message.value('path') ?? '';
    const operation = operationOf(message);
    const { announced } = operation;
    operation.announced = undefined;
    const split = announced === undefined ? undefined : splitItem(announced.rest, path, context.kind.workload);
    operation.items.push({ message, moment: context.moment(message), path, ...(split === undefined ? {} : { split }) });
  }

  function fail(message: LogMessage): void {
    const text = message.value('error') ?? '';
    const restore = restores.get(message.line.thread);
    if (restore !== undefined) {
      restore.reason ??= text;
      return;
    }
    const operation = operations.get(message.line.thread);
    if (operation === undefined) return;
    // An error names its item by the full path; without that nobody knows which item it was.
    const named = operation.items.filter((item) => item.result === undefined && item.path !== '' && text.includes(item.path));
    const [item] = named.sort((x, y) => y.path.length - x.path.length);
    if (item === undefined) return;
    item.result = 'failed';
    item.reason = text;
  }

  function finish(thread: string, message: LogMessage | undefined, counts: ItemCounts | undefined): void {
    const operation = operations.get(thread);
    if (operation === undefined) return;
    operations.delete(thread);
    const gaps: string[] = [];
    if (counts === undefined) gaps.push('operation-incomplete');
    else if (counts.total !== operation.items.length + operation.itemsBefore && operation.hasStart) gaps.push('count-mismatch');
    if (counts !== undefined) settle(operation, counts);
    // Of the items in the file before this one only attribution knows.
    const summary = counts === undefined || operation.itemsBefore === 0 ? {} : { summary: counts };
    const close = message === undefined ? undefined : context.moment(message);
    operation.items.forEach((item, index) => {
      const end = item.end ?? operation.items[index + 1]?.moment ?? close;
      emitItem(operation.batch, item, end, gaps, summary);
    });
    if (counts !== undefined && operation.items.length === 0 && message !== undefined && counts.total > 0) emitCounts(operation.batch, message, counts, summary);
  }

  function restart(): void {
    errorThreads.clear();
  }

  return {
    read(message) {
      // Most lines say nothing, and nothing waits for them.
      if (message.id === undefined && restores.size + errorThreads.size === 0) return;
      const { thread, indent } = message.line;
      if (message.id === 'error') {
        errorThreads.add(thread);
        fail(message);
        return;
      }
      if (message.id === 'error-type' || message.id === 'error-stack' || (errorThreads.has(thread) && message.id === undefined)) return;
      errorThreads.delete(thread);
      const restore = restores.get(thread);
      if (restore !== undefined && !(message.id === 'restoring-from' || message.id === 'restoring-to' || message.id === 'item-creating')) closeRestore(thread);
      switch (message.id) {
        case 'items-exporting':
          if (indent === 0 || !operations.has(thread)) startOperation(message);
          break;
        case 'item-export-started':
          extended = true;
          operationOf(message).announced = { message, rest: message.value('item') ?? '', moment: context.moment(message) };
          break;
        case 'item-exporting-to-file':
          if (indent > 0) addItem(message);
          break;
        case 'item-exported': {
          extended = true;
          const item = operations.get(thread)?.items.at(-1);
          if (indent > 0 && item !== undefined && item.result === undefined) {
            item.result = 'success';
            item.end = context.moment(message);
          }
          break;
        }
        case 'export-result': {
          if (!operations.has(thread)) operationOf(message);
          finish(thread, message, {
            saved: Number(message.value('saved')), failed: Number(message.value('failed')), skipped: Number(message.value('skipped')), total: Number(message.value('total')),
          });
          break;
        }
        case 'message-restoring':
          restores.set(thread, { message, moment: context.moment(message), batch: stableId('batch', context.launch, context.file, message.number), name: message.value('item') ?? '', last: context.moment(message) });
          break;
        case 'restoring-from': if (restore !== undefined && indent > 0) restore.from ??= message.value('path') ?? ''; break;
        case 'restoring-to': if (restore !== undefined && indent > 0) restore.to ??= message.value('path') ?? ''; break;
        case 'item-creating':
          if (restore !== undefined) {
            const bytes = Number(message.value('bytes'));
            if (Number.isSafeInteger(bytes)) restore.size ??= bytes;
            restore.last = context.moment(message);
          }
          break;
        default: break;
      }
    },
    end() {
      for (const thread of [...operations.keys()]) finish(thread, undefined, undefined);
      for (const thread of [...restores.keys()]) closeRestore(thread);
      restart();
    },
    open: () => new Map([...operations].filter(([, operation]) => operation.hasStart)),
    continues: () => continued,
    isExtended: () => extended,
  };

  function closeRestore(thread: string): void {
    const restore = restores.get(thread);
    if (restore === undefined) return;
    restores.delete(thread);
    const owner = restore.from === undefined ? undefined : ownerOfPath(restore.from, context.kind.workload);
    emit(restore.message, restore.moment, 'restore', {
      batch: restore.batch, name: restore.name, nameIsFile: false, gaps: [],
      ...(restore.from === undefined || restore.from === '' ? {} : { source: restore.from }),
      ...(restore.to === undefined || restore.to === '' ? {} : { target: restore.to }),
      ...(restore.size === undefined ? {} : { size: restore.size }),
      ...(restore.last.ms === restore.moment.ms ? {} : { end: restore.last }),
      ...(restore.reason === undefined ? {} : { result: 'failed', reason: restore.reason }),
    }, owner);
  }

  function emitItem(batch: string, item: PendingItem, end: Moment | undefined, gaps: readonly string[], summary: Pick<LogItemFacts, 'summary'>): void {
    const { folder, file } = splitPath(item.path);
    const { split } = item;
    const operation = operationOfFile(file, split?.itemClass, context.kind.workload);
    const name = split?.subject ?? fileItemName(file, operation, context.kind.workload);
    const size = split?.sizeText === undefined ? undefined : readSize(split.sizeText);
    emit(item.message, item.moment, operation, {
      ...summary, batch, path: item.path, name, nameIsFile: split?.subject === undefined, target: folder,
      gaps: [...gaps, ...(split?.isAmbiguous === true ? ['fields-ambiguous'] : []), ...(split === undefined ? ['extended-logging-off'] : [])],
      ...(end === undefined ? {} : { end }),
      ...(split?.source === undefined ? {} : { source: split.source }),
      ...(split === undefined ? {} : { itemClass: split.itemClass }),
      ...(size === undefined ? {} : { size }),
      ...(item.result === undefined ? {} : { result: item.result }),
      ...(item.reason === undefined ? {} : { reason: item.reason }),
    }, split?.owner);
  }

  function emitCounts(batch: string, message: LogMessage, counts: ItemCounts, summary: Pick<LogItemFacts, 'summary'>): void {
    const result: Result | undefined = counts.failed === 0 && counts.skipped === 0 ? 'success' : counts.saved === 0 ? 'failed' : undefined;
    emit(message, context.moment(message), 'save', { ...summary, batch, nameIsFile: true, gaps: ['items-unknown'], counts, ...(result === undefined ? {} : { result }) }, undefined);
  }

  function emit(message: LogMessage, moment: Moment, operation: Operation, item: Omit<LogItemFacts, 'kind' | 'launch' | 'operation' | 'at'>, owner: string | undefined): void {
    const { workload } = context.kind;
    const itemKind = item.itemClass === undefined ? (operation === 'export' ? 'folder' : undefined) : itemKindOf(item.itemClass);
    const isFile = workload !== undefined && workload !== 'exchange';
    const fields: Event = {
      'event.outcome': outcomeOf(item.result),
      'event.start': isoTime(moment.ms),
      'vb365.operation': operation,
      'vb365.target.kind': operation === 'restore' ? restoreTarget(item.source, item.target) : 'file',
      'vb365.owner.type': owner === undefined ? 'unknown' : workload === 'exchange' || workload === undefined ? 'mailbox' : workload === 'onedrive' ? 'onedrive' : 'unknown',
    };
    if (item.end !== undefined && item.end.ms >= moment.ms) {
      fields['event.end'] = isoTime(item.end.ms);
      fields['event.duration'] = (item.end.ms - moment.ms) * 1_000_000;
    }
    if (item.result !== undefined) fields['vb365.result'] = item.result;
    if (item.reason !== undefined) fields['event.reason'] = item.reason;
    if (item.name !== undefined && item.name !== '') {
      fields['vb365.item.name'] = item.name;
      if (isFile) fields['file.name'] = item.name;
      else if (!item.nameIsFile) fields['email.subject'] = item.name;
    }
    if (item.itemClass !== undefined) fields['vb365.item.class'] = item.itemClass;
    if (itemKind !== undefined) fields['vb365.item.kind'] = itemKind;
    if (item.size !== undefined) fields['vb365.item.size'] = item.size;
    if (item.source !== undefined) fields['vb365.item.path'] = item.source;
    if (item.target !== undefined && item.target !== '') fields['vb365.target.path'] = item.target;
    if (owner !== undefined) {
      fields['vb365.owner.name'] = owner;
      if (workload === undefined || workload === 'exchange' || workload === 'onedrive') fields['user.target.full_name'] = owner;
    }
    const what = item.name === undefined || item.name === '' ? `${String(item.counts?.total ?? 1)} items` : `'${item.name}'`;
    const sentence = `${what} ${pastTense[operation]}${item.target === undefined ? '' : ` to ${item.target}`}`;
    context.emit(message, moment, actionOf[operation], sentence, fields, () => ({ kind: 'log-item', launch: context.launch, operation, at: moment, ...item }));
  }
}

/** Outcomes that the counts prove; the rest stays unknown. */
function settle({ items, itemsBefore }: OpenOperation, counts: ItemCounts): void {
  const before = Array.from<undefined>({ length: itemsBefore });
  resultsByCounts([...before, ...items.map(({ result }) => result)], counts).slice(itemsBefore).forEach((result, index) => {
    const item = items[index];
    if (item !== undefined && result !== undefined) item.result = result;
  });
}

/** A `.pst` (Exchange) or `.zip` (the others) holds a folder or a library: the product's export. A file item may itself be a zip. */
function operationOfFile(file: string, itemClass: string | undefined, workload: string | undefined): 'save' | 'export' {
  const ending = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'pst') return 'export';
  if (ending === 'zip' && workload !== undefined && workload !== 'exchange' && itemClass?.toLowerCase() !== 'file') return 'export';
  return 'save';
}

function fileItemName(file: string, operation: Operation, workload: string | undefined): string {
  const dot = file.lastIndexOf('.');
  const ending = file.slice(dot + 1).toLowerCase();
  const isContainer = operation === 'export' || (ending === 'msg' && (workload === undefined || workload === 'exchange'));
  return isContainer && dot > 0 ? file.slice(0, dot) : file;
}

function restoreTarget(source: string | undefined, target: string | undefined): 'original' | 'elsewhere' | 'unknown' {
  if (source === undefined || target === undefined) return 'unknown';
  return source.toLowerCase() === target.toLowerCase() ? 'original' : 'elsewhere';
}
