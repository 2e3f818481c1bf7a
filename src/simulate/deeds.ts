/** What a person does inside an open Explorer: browse, save, export, restore, send. */
import { sizeText } from './culture.ts';
import { act } from './stage.ts';
import { wait, write, type Run } from './explorer-run.ts';
import type { Owner, RestEvent, RestSession } from './world.ts';

export interface Item {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** `Owner\Folder` or `/sites/…` */
  readonly source: string;
  readonly owner: Owner | undefined;
  readonly ownerName: string;
}
export interface SaveOptions {
  readonly trap?: string;
  /** position of the item that fails, and of the one that is skipped */
  readonly failed?: number;
  readonly skipped?: number;
  /** the person opens a folder while the files are written */
  readonly browses?: readonly Item[];
  /** the file is rolled inside the line of the folder that is opened */
  readonly rolls?: boolean;
}

/** Saves items as files. Returns the ids of the actions. */
export function save(run: Run, items: readonly Item[], folder: string, options: SaveOptions = {}): readonly string[] {
  return operation(run, items, folder, 'save', options);
}

/** Writes a folder into a .pst (mailboxes) or .zip (the others). */
export function exportFolder(run: Run, item: Item, folder: string, options: SaveOptions = {}): readonly string[] {
  return operation(run, [{ ...item, type: 'Folder' }], folder, 'export', options);
}

function operation(run: Run, items: readonly Item[], folder: string, kind: 'save' | 'export', options: SaveOptions): readonly string[] {
  const { stage: { print }, launch, work } = run;
  const session = sessionOf(run);
  const began = run.now;
  const ids: string[] = [];
  let failures = 0;
  let skips = 0;
  write(run, work, 0, print('X01'));
  write(run, work, 1, print('X01o', { count: String(items.length) }));
  write(run, work, 0, print('X02'));
  items.forEach((item, index) => {
    const status: RestEvent['status'] = index === options.failed ? 'Failed' : index === options.skipped ? 'Skipped' : run.random.chance(0.03) ? 'Warning' : 'Success';
    const file = newFile(run, folder, kind === 'export' ? `${item.name}${session.workload === 'exchange' ? '.pst' : '.zip'}` : session.workload === 'exchange' ? `${item.name}.msg` : item.name);
    const atMs = run.now;
    const isTitled = kind === 'save' ? session.workload === 'exchange' || run.random.chance(0.7) : run.random.chance(0.5);
    const lasts = run.random.int(400, 3_000);
    const id = act(run.stage, {
      atMs, endMs: atMs + lasts, session, operator: launch.operator, operation: kind, status, owner: item.owner, ownerName: item.ownerName, name: item.name, type: item.type, size: item.size,
      source: item.source, target: kind === 'export' && !isTitled ? file : folder, file, isTitled, isLogged: true, isFolder: kind === 'export', ...(options.trap === undefined ? {} : { trap: options.trap }),
    });
    ids.push(id);
    if (launch.isExtended) write(run, work, 0, print('X03', { item: `${item.type}, ${item.name}, ${sizeText(launch.operator.culture, item.size)}, ${item.source}, ${folder}` }));
    write(run, work, 1, print('X04', { path: file }), { action: id });
    if (options.browses !== undefined && index === 0) for (const opened of options.browses) openFolder(run, opened, { atMs: atMs + 150, ...(options.rolls === true ? { rolls: true } : {}) });
    run.now += lasts;
    if (status === 'Failed') {
      failures += 1;
      noteError(run, `Access to the path '${file}' is denied.`);
    } else if (status === 'Skipped') skips += 1;
    else if (launch.isExtended) write(run, work, 1, print('X05'));
  });
  if (run.random.chance(0.7)) {
    write(run, work, 1, print('X06'));
    write(run, work, 2, print('X06o'));
    write(run, work, 0, print('X07'));
    write(run, work, 1, print('X07a', { workload: 'Exchange' }));
    write(run, work, 2, print('X06o'));
  }
  const ticks = String(run.random.int(0, 9_999)).padStart(4, '0');
  write(run, work, 0, print('X08', { duration: `${new Date(run.now - began).toISOString().slice(11, 23)}${ticks}` }));
  write(run, work, 0, print('X09', { saved: String(items.length - failures - skips), failed: String(failures), skipped: String(skips), total: String(items.length) }));
  wait(run, 5_000, 90_000);
  return ids;
}

/** A folder is opened: the Explorer for mail writes it down, the others do not as far as anybody knows. */
export function openFolder(run: Run, item: Item, options: { readonly atMs?: number; readonly trap?: string; readonly rolls?: boolean } = {}): string {
  const session = sessionOf(run);
  const atMs = options.atMs ?? run.now;
  const folder = item.source.slice(Math.max(item.source.lastIndexOf('\\'), item.source.lastIndexOf('/')) + 1);
  const id = act(run.stage, {
    atMs, endMs: atMs + 30, session, operator: run.launch.operator, operation: 'view', status: 'Success', owner: item.owner, ownerName: item.ownerName, name: folder, type: 'Folder', size: 0,
    source: item.source, isLogged: false, isFolder: true, ...(options.trap === undefined ? {} : { trap: options.trap }),
  });
  if (run.launch.workload === 'exchange') {
    const { print } = run.stage;
    write(run, run.browse, 0, print('B01', { folder }), { atMs });
    const opening = run.launch.records.at(-1);
    if (options.rolls === true && opening !== undefined) run.launch.rolledIn = opening;
    write(run, run.browse, 1, print('B01o', { count: String(run.random.int(1, 20_000)) }), { atMs: atMs + 60 });
    write(run, run.browse, 0, print('B02', { folder }), { atMs: atMs + 70 });
  } else if (run.random.chance(0.5)) {
    write(run, run.browse, 0, `Loading documents for ${item.ownerName}...`, { atMs });
    write(run, run.browse, 1, 'loaded', { atMs: atMs + 500 });
  }
  if (options.atMs === undefined) wait(run, 2_000, 40_000);
  return id;
}

/** An item is opened: only the server notes it. */
export function viewItem(run: Run, item: Item, trap?: string): string {
  const id = remote(run, item, 'view', undefined, trap);
  wait(run, 3_000, 30_000);
  return id;
}

export function send(run: Run, item: Item, to: string, trap?: string): string {
  const id = remote(run, item, 'send', to, trap);
  wait(run, 5_000, 60_000);
  return id;
}

/** Back into a mailbox or site; the Explorer for mail of old wrote it down. */
export function restore(run: Run, item: Item, to: string, isLogged: boolean, trap?: string): string {
  const { stage: { print } } = run;
  const isMail = run.launch.workload === 'exchange' && isLogged;
  const atMs = run.now;
  const id = remote(run, item, 'restore', to, trap, isMail);
  if (isMail) {
    write(run, run.work, 0, print('R01', { item: item.name }), { atMs });
    write(run, run.work, 1, print('R02', { path: item.source }), { atMs });
    write(run, run.work, 1, print('R03', { path: to }), { atMs });
    write(run, run.work, 0, print('R04', { text: 'item of size', bytes: String(item.size) }), { atMs: atMs + 900, action: id });
  }
  wait(run, 5_000, 60_000);
  return id;
}

function remote(run: Run, item: Item, kind: 'view' | 'send' | 'restore', to: string | undefined, trap: string | undefined, isLogged = false): string {
  return act(run.stage, {
    atMs: run.now, endMs: run.now + run.random.int(300, 1_500), session: sessionOf(run), operator: run.launch.operator, operation: kind, status: 'Success', owner: item.owner, ownerName: item.ownerName,
    name: item.name, type: item.type, size: item.size, source: item.source, ...(to === undefined ? {} : { target: to }), isLogged, isFolder: false, ...(trap === undefined ? {} : { trap }),
  });
}

function noteError(run: Run, text: string): void {
  const { stage: { print }, work } = run;
  const word = run.launch.operator.culture === 'de-DE' ? 'bei' : 'at';
  write(run, work, 0, print('E01', { error: text }));
  write(run, work, 0, print('E02', { 'error.type': 'System.UnauthorizedAccessException' }));
  write(run, work, 0, print('E03'));
  write(run, work, 0, '', { more: ['Server stack trace: ', `   ${word} System.IO.__Error.WinIOError(Int32 errorCode, String maybeFullPath)`, `   ${word} System.IO.File.Create(String path)`, ''] });
}

function sessionOf(run: Run): RestSession {
  if (run.session === undefined) throw new RangeError('no session is open');
  return run.session;
}

/** The name the product gives a file: forbidden characters replaced, a number when the name is taken. */
function newFile(run: Run, folder: string, wanted: string): string {
  const clean = wanted.replace(/[\\/:*?"<>|]/g, '_');
  const dot = clean.lastIndexOf('.');
  const base = dot > 0 ? clean.slice(0, dot) : clean;
  const ending = dot > 0 ? clean.slice(dot) : '';
  const { files } = run.launch.host;
  for (let number = 0; ; number += 1) {
    const path = `${folder}\\${base}${number === 0 ? '' : number}${ending}`;
    if (files.has(path.toLowerCase())) continue;
    files.add(path.toLowerCase());
    return path;
  }
}
