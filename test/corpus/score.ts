/**
 * Holds the restores that came out against what really happened. A named person must be right every time; what the evidence decides must be named;
 * nothing may come out that never happened. Knows the events only by their fields, never by the code that made them.
 */
import type { TrueAction, Truth } from '../../src/simulate/truth.ts';

type Flat = ReadonlyMap<string, unknown>;
export interface Difference { readonly what: string; readonly action?: TrueAction; readonly restore?: Flat; readonly expected?: string; readonly got?: string }
export interface Score {
  readonly actions: number;
  readonly restores: number;
  /** restores that name a person */
  readonly named: number;
  readonly wrong: readonly Difference[];
  /** 1 when nobody is named */
  readonly precision: number;
  /** actions whose operator the evidence decides */
  readonly decided: number;
  readonly missed: readonly Difference[];
  readonly recall: number;
  readonly invented: readonly Difference[];
  /** actions that some source holds and that did not come out, decided or not */
  readonly missing: readonly Difference[];
  /** named rightly although the evidence was not expected to be enough */
  readonly bold: readonly Difference[];
  /** other fields that contradict the truth */
  readonly fields: readonly Difference[];
}

/** @param lines NDJSON of `replay --events restores`; every revision is given, the highest counts */
export function score(truth: Truth, lines: Iterable<string>): Score {
  const restores = latest(lines);
  const pairs = pair(truth.actions, restores);
  const paired = new Set(pairs.values());
  const wrong: Difference[] = [];
  const missed: Difference[] = [];
  const bold: Difference[] = [];
  const fields: Difference[] = [];
  const missing: Difference[] = [];
  const invented: Difference[] = restores.filter((restore) => !paired.has(restore)).map((restore) => ({ what: 'restore that never happened', restore }));
  let named = invented.filter(({ restore }) => restore !== undefined && nameOf(restore) !== undefined).length;
  for (const difference of invented) if (difference.restore !== undefined && nameOf(difference.restore) !== undefined) wrong.push({ ...difference, what: 'somebody named for what never happened' });
  for (const action of truth.actions) {
    const restore = pairs.get(action);
    const isDecided = action.expect.class === 'named';
    if (restore === undefined) {
      if (action.expect.class === 'unseen') continue;
      missing.push({ what: 'action that did not come out', action });
      if (isDecided) missed.push({ what: 'decided action that did not come out', action });
      continue;
    }
    if (action.expect.class === 'unseen') invented.push({ what: 'restore that no source states', action, restore });
    const name = nameOf(restore);
    if (name !== undefined) {
      named += 1;
      if (fold(name) !== fold(action.operator.account)) wrong.push({ what: 'wrong person', action, restore, expected: action.operator.account, got: name });
      else if (!isDecided) bold.push({ what: 'named although undecided', action, restore, expected: action.expect.class, got: text(restore, 'vb365.attribution.confidence') ?? '' });
    } else if (isDecided) missed.push({ what: 'decided but nobody named', action, restore, expected: action.operator.account, got: `${text(restore, 'vb365.attribution.confidence') ?? ''} ${text(restore, 'vb365.attribution.candidates') ?? ''}`.trim() });
    fields.push(...compareFields(action, restore));
  }
  const decided = truth.actions.filter(({ expect }) => expect.class === 'named').length;
  return {
    actions: truth.actions.length, restores: restores.length, named, wrong, precision: named === 0 ? 1 : (named - wrong.length) / named, decided, missed, recall: decided === 0 ? 1 : (decided - missed.length) / decided,
    invented, missing, bold, fields,
  };
}

/** The bars of the project: no wrong name, 99 % of what is decided, nothing invented. */
export function isGood({ precision, recall, invented }: Score): boolean {
  return precision === 1 && recall >= 0.99 && invented.length === 0;
}

/** For people: the figures, then every difference with what was expected and what came. */
export function describeScore(result: Score, most = 15): string {
  const lines = [`${result.actions} actions, ${result.restores} restores, ${result.named} named: precision ${result.precision.toFixed(4)}, recall ${result.recall.toFixed(4)} of ${result.decided}; ${result.invented.length} invented, ${result.missing.length} missing, ${result.bold.length} bold, ${result.fields.length} other differences`];
  for (const [title, list] of [['WRONG', result.wrong], ['INVENTED', result.invented], ['MISSED', result.missed], ['MISSING', result.missing], ['BOLD', result.bold], ['FIELDS', result.fields]] as const) {
    for (const difference of list.slice(0, most)) lines.push(`${title} ${describe(difference)}`);
    if (list.length > most) lines.push(`${title} … ${list.length - most} more`);
  }
  return lines.join('\n');
}

function describe({ what, action, restore, expected, got }: Difference): string {
  const parts = [what];
  if (action !== undefined) parts.push(`${action.id}${action.trap === undefined ? '' : ` [${action.trap}]`} ${action.action} ${action.at} "${action.item.name}" on ${action.host ?? '-'} by ${action.operator.account} seen by ${action.evidence.join('+')}`);
  if (expected !== undefined || got !== undefined) parts.push(`expected ${expected ?? '-'}, got ${got === '' || got === undefined ? '-' : got}`);
  if (restore !== undefined) parts.push(`restore ${['event.action', 'event.start', '@timestamp', 'vb365.item.name', 'source.domain', 'vb365.target.path', 'vb365.attribution.confidence'].map((field) => text(restore, field) ?? '-').join(' | ')}`);
  return parts.join('\n    ');
}

/** The last revision of each restore, flat. */
function latest(lines: Iterable<string>): readonly Flat[] {
  const found = new Map<string, Flat>();
  for (const line of lines) {
    if (line.trim() === '') continue;
    const flat = new Map<string, unknown>();
    flatten(JSON.parse(line) as unknown, '', flat);
    const id = text(flat, 'vb365.restore.id');
    if (id === undefined) continue;
    const known = found.get(id);
    if (known === undefined || Number(flat.get('vb365.restore.revision') ?? 0) >= Number(known.get('vb365.restore.revision') ?? 0)) found.set(id, flat);
  }
  return [...found.values()];
}

function flatten(value: unknown, path: string, into: Map<string, unknown>): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, into);
  } else into.set(path, value);
}

function text(flat: Flat, field: string): string | undefined {
  const value = flat.get(field);
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map(String).join(', ') : typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
}

/** One restore for one action: nearest in time among those that agree in everything both state. */
function pair(actions: readonly TrueAction[], restores: readonly Flat[]): Map<TrueAction, Flat> {
  const byAction = new Map<string, Flat[]>();
  for (const restore of restores) {
    const key = text(restore, 'event.action') ?? '';
    byAction.set(key, [...byAction.get(key) ?? [], restore]);
  }
  const options = actions.flatMap((action) => wordsFor(action).flatMap((word) => byAction.get(word) ?? []).flatMap((restore) => {
    const distance = distanceOf(action, restore);
    return distance === undefined ? [] : [{ action, restore, distance }];
  })).sort((x, y) => x.distance - y.distance);
  const pairs = new Map<TrueAction, Flat>();
  const taken = new Set<Flat>();
  for (const { action, restore } of options) {
    if (pairs.has(action) || taken.has(restore)) continue;
    pairs.set(action, restore);
    taken.add(restore);
  }
  return pairs;
}

/** A default log names only the file: of a `.zip` it cannot be said whether it was a file or holds a library (formats/explorer-archiver-logs.md 6.6). */
function wordsFor({ action, evidence, item }: TrueAction): readonly string[] {
  const isUnclear = action === 'item-save' && evidence.every((source) => source === 'explorer_log') && item.file?.toLowerCase().endsWith('.zip') === true;
  return isUnclear ? [action, 'item-export'] : [action];
}

/** Milliseconds between what the sources state and what came out, with penalties for weaker agreement; undefined: not the same action. */
function distanceOf(action: TrueAction, restore: Flat): number | undefined {
  const at = Date.parse(text(restore, 'event.start') ?? text(restore, '@timestamp') ?? '');
  if (Number.isNaN(at) || Math.abs(at - Date.parse(action.at)) > action.within * 1000) return undefined;
  const name = ['vb365.item.name', 'email.subject', 'file.name'].map((field) => text(restore, field)).find((value) => value !== undefined);
  const host = text(restore, 'source.domain');
  if (host !== undefined && action.host !== undefined && label(host) !== label(action.host)) return undefined;
  const tenant = text(restore, 'vb365.tenant.id');
  if (tenant !== undefined && tenant !== 'unassigned' && tenant !== action.tenant) return undefined;
  const target = text(restore, 'vb365.target.path');
  if (target !== undefined && action.target !== undefined && !isTarget(action, target)) return undefined;
  const nameDistance = name === undefined ? 30_000 : fold(name) === fold(action.item.name) ? 0 : looks(name) === looks(action.item.name) || isFileName(action, name) ? 2_000 : undefined;
  if (nameDistance === undefined) return undefined;
  const isNamedFile = action.item.file !== undefined && [...restore.values()].some((value) => typeof value === 'string' && fold(value) === fold(action.item.file ?? ''));
  const stated = Object.values(action.stated).map((time) => Math.abs(at - Date.parse(time)));
  return Math.min(Math.abs(at - Date.parse(action.at)) + 500, ...stated) + nameDistance - (isNamedFile ? 5_000 : 0);
}

function isTarget(action: TrueAction, target: string): boolean {
  const got = folder(target);
  if (got === folder(action.target ?? '')) return true;
  const file = folder(action.item.file ?? '');
  return file !== '' && (got === file || got === file.slice(0, file.lastIndexOf('\\')));
}

function isFileName(action: TrueAction, name: string): boolean {
  const file = action.item.file?.slice(action.item.file.lastIndexOf('\\') + 1);
  if (file === undefined) return false;
  return fold(name) === fold(file) || fold(name) === fold(file.replace(/\.[^.]*$/, '')) || looks(name) === looks(file.replace(/\d*\.[^.]*$/, ''));
}

/** The operator that is named, in the form the sources use; undefined when nobody is. */
function nameOf(restore: Flat): string | undefined {
  if (!['confirmed', 'corroborated', 'probable'].includes(text(restore, 'vb365.attribution.confidence') ?? '')) return text(restore, 'user.name') === undefined ? undefined : `named without confidence: ${text(restore, 'user.name') ?? ''}`;
  const email = text(restore, 'user.email');
  if (email !== undefined) return email;
  const name = text(restore, 'user.name');
  const domain = text(restore, 'user.domain');
  return name === undefined ? undefined : domain === undefined ? name : `${domain}\\${name}`;
}

function compareFields(action: TrueAction, restore: Flat): readonly Difference[] {
  const found: Difference[] = [];
  const check = (what: string, expected: string | undefined, got: string | undefined, isSame: boolean): void => {
    if (expected !== undefined && got !== undefined && !isSame) found.push({ what, action, restore, expected, got });
  };
  const owner = text(restore, 'vb365.owner.name');
  check('owner', action.owner, owner, fold(owner ?? '') === fold(action.owner));
  const path = text(restore, 'vb365.item.path');
  check('item path', action.item.path, path, folder(path ?? '').startsWith(folder(action.item.path)));
  const organization = text(restore, 'organization.name');
  check('organization', action.organization, organization, fold(organization ?? '') === fold(action.organization));
  const tenant = text(restore, 'vb365.tenant.id');
  check('tenant', action.tenant, tenant, tenant === action.tenant);
  const outcome = text(restore, 'event.outcome');
  check('outcome', action.outcome, outcome, outcome === 'unknown' || outcome === action.outcome);
  const target = text(restore, 'vb365.target.path');
  check('target', action.target, target, isTarget(action, target ?? ''));
  if (action.expect.class === 'ambiguous' && text(restore, 'vb365.attribution.confidence') === 'ambiguous') {
    const got = restore.get('vb365.attribution.candidates');
    const names = (Array.isArray(got) ? got.map(String) : []).map(fold).sort().join(', ');
    const expected = (action.expect.candidates ?? []).map(fold).sort().join(', ');
    check('candidates', expected, names, names === expected);
  }
  if (nameOf(restore) === undefined && text(restore, 'vb365.attribution.confidence') !== action.expect.class) check('class', action.expect.class, text(restore, 'vb365.attribution.confidence'), false);
  return found;
}

function fold(value: string): string {
  return value.trim().normalize('NFC').toLowerCase();
}
function folder(value: string): string {
  return fold(value).replace(/\//g, '\\').replace(/\\+$/, '');
}
/** Letters and digits alone: what survives the replacement of forbidden characters. */
function looks(value: string): string {
  return fold(value).replace(/[^\p{L}\p{N}]/gu, '');
}
function label(host: string): string {
  return fold(host).split('.')[0] ?? '';
}
