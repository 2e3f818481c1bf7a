/** The text of a file of cases becomes cases, and everything that is wrong with it becomes findings. */
import { maxTimelineEvents } from '../../limits.ts';
import type { Finding } from '../../sigma/finding.ts';
import type { PlaceholderLists } from '../../sigma/placeholders.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { readYamlFile, type YamlEntry, type YamlMap, type YamlNode, type YamlPosition } from '../../text/yaml-document.ts';
import { caseFinding } from './case-codes.ts';
import type { CaseEvent, CaseFile, EventCase, ExpectedAlert, Timeline, TimelineEntry } from './case-file.ts';

export interface CasesReading {
  /** absent when nothing could be read */
  readonly cases?: CaseFile;
  readonly findings: readonly Finding[];
}

/** Monday, when nothing else is said. */
const defaultStartMs = Date.UTC(2026, 0, 5, 9);
const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** far enough for every window, near enough for every date */
const maxOffsetMs = 4_000 * 86_400_000;

type Report = (at: YamlPosition, message: string, remedy?: string) => void;

/** Reads one file of cases. Never throws; cases with a fault are left out. */
export function readCases(text: string, file: string): CasesReading {
  const findings: Finding[] = [];
  const { documents, faults } = readYamlFile(text);
  const [document, second] = documents;
  for (const { message, ...at } of [...faults, ...documents.flatMap((each) => each.faults)]) findings.push(caseFinding('CASE_YAML', file, at, message));
  const report: Report = (at, message, remedy) => { findings.push(caseFinding('CASE_SCHEMA', file, at, message, remedy)); };
  if (second !== undefined) report(second.root.at, 'a second document', 'write one file of cases for each rule');
  if (document === undefined || !document.isReadable || document.root.kind !== 'map') {
    if (findings.length === 0) report({ line: 1, column: 1, offset: 0 }, 'the file holds no cases', 'write match, ignore or timelines');
    return { findings };
  }
  const top = membersOf(document.root, ['given', 'match', 'ignore', 'timelines'], report);
  const given = mapIn(top, 'given', report);
  const under = given === undefined ? undefined : membersOf(given, ['event', 'placeholders'], report);
  const base = under === undefined ? {} : eventIn(under, 'event', report);
  const cases: CaseFile = {
    file,
    placeholders: under === undefined ? {} : placeholdersIn(under, report),
    match: mapsIn(top, 'match', report).flatMap((map) => eventCaseOf(map, base, ['name', 'event'], report)),
    ignore: mapsIn(top, 'ignore', report).flatMap((map) => eventCaseOf(map, base, ['name', 'event', 'because'], report)),
    timelines: mapsIn(top, 'timelines', report).flatMap((map) => timelineOf(map, base, report)),
  };
  return { cases, findings };
}

type Members = ReadonlyMap<string, YamlEntry>;

function membersOf(map: YamlMap, known: readonly string[], report: Report): Members {
  const members = new Map<string, YamlEntry>();
  for (const entry of map.entries) {
    const near = nearestName(entry.key.text, known);
    if (known.includes(entry.key.text)) members.set(entry.key.text, entry);
    else report(entry.key.at, `${entry.key.text.slice(0, 60)} is not known here`, near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`);
  }
  return members;
}

function mapIn(members: Members, key: string, report: Report): YamlMap | undefined {
  const entry = members.get(key);
  if (entry === undefined || entry.value.kind === 'map') return entry?.value as YamlMap | undefined;
  report(entry.value.at, `${key} is not a map`);
  return undefined;
}

function mapsIn(members: Members, key: string, report: Report): readonly YamlMap[] {
  return itemsIn(members, key, report).flatMap((item) => {
    if (item.kind === 'map') return [item];
    report(item.at, `${key} holds something that is not a map`);
    return [];
  });
}

function itemsIn(members: Members, key: string, report: Report): readonly YamlNode[] {
  const value = members.get(key)?.value;
  if (value === undefined || value.kind === 'list') return value?.items ?? [];
  report(value.at, `${key} is not a list`);
  return [];
}

function textIn(members: Members, key: string, report: Report): string | undefined {
  const value = members.get(key)?.value;
  if (value === undefined) return undefined;
  if (value.kind === 'scalar' && value.value !== null) return value.source;
  report(value.at, `${key} is not a text`);
  return undefined;
}

function textsIn(members: Members, key: string, report: Report): readonly string[] {
  return itemsIn(members, key, report).flatMap((item) => {
    if (item.kind === 'scalar' && item.value !== null) return [item.source];
    report(item.at, `${key} holds something that is not a text`);
    return [];
  });
}

function numberIn(members: Members, key: string, [min, max]: readonly [number, number], report: Report): number | undefined {
  const value = members.get(key)?.value;
  if (value === undefined) return undefined;
  if (value.kind === 'scalar' && typeof value.value === 'number' && Number.isInteger(value.value) && value.value >= min && value.value <= max) return value.value;
  report(value.at, `${key} is not a whole number from ${String(min)} to ${String(max)}`);
  return undefined;
}

function placeholdersIn(members: Members, report: Report): PlaceholderLists {
  const map = mapIn(members, 'placeholders', report);
  const lists = new Map((map?.entries ?? []).map((entry) => [entry.key.text, entry] as const));
  return Object.fromEntries([...lists.keys()].map((name) => [name, textsIn(lists, name, report)]));
}

function eventIn(members: Members, key: string, report: Report): CaseEvent {
  const map = mapIn(members, key, report);
  return map === undefined ? {} : flatten(map, '', report);
}

/** `user: {name: ann}` and `user.name: ann` say the same. Real events have no null. */
function flatten(map: YamlMap, prefix: string, report: Report): CaseEvent {
  return Object.fromEntries(map.entries.flatMap(({ key, value }): (readonly [string, unknown])[] => {
    const name = `${prefix}${key.text}`;
    if (value.kind === 'map') return Object.entries(flatten(value, `${name}.`, report));
    const data = dataOf(value);
    if (value.kind !== 'scalar' || value.value !== null) return [[name, data]];
    report(key.at, `${name} is empty: an event without a field does not have it`, 'leave the field out');
    return [];
  }));
}

function dataOf(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.items.map(dataOf) : Object.fromEntries(node.entries.map(({ key, value }) => [key.text, dataOf(value)]));
}

const placeOf = ({ at: { line, column } }: YamlNode): { readonly line: number; readonly column: number } => ({ line, column });

function eventCaseOf(map: YamlMap, base: CaseEvent, known: readonly string[], report: Report): readonly EventCase[] {
  const members = membersOf(map, known, report);
  const name = textIn(members, 'name', report);
  const because = textIn(members, 'because', report);
  if (name === undefined) report(map.at, 'the case has no name', 'say in a few words what it shows');
  if (!members.has('event')) report(map.at, 'the case has no event');
  if (name === undefined || !members.has('event')) return [];
  return [{ name, event: { ...base, ...eventIn(members, 'event', report) }, position: placeOf(map), ...(because === undefined ? {} : { because }) }];
}

function timelineOf(map: YamlMap, base: CaseEvent, report: Report): readonly Timeline[] {
  const members = membersOf(map, ['name', 'start', 'events', 'close', 'alerts'], report);
  const name = textIn(members, 'name', report);
  for (const key of ['name', 'events', 'alerts']) if (!members.has(key)) report(map.at, `the timeline has no ${key}`, key === 'alerts' ? 'write alerts: [] where none may come' : undefined);
  const start = textIn(members, 'start', report);
  const startMs = start === undefined ? defaultStartMs : Date.parse(start);
  const startAt = members.get('start')?.value.at;
  if (startAt !== undefined && !Number.isFinite(startMs)) report(startAt, `start is no time: ${String(start).slice(0, 60)}`, 'write for example 2026-03-02T09:00:00Z');
  const closing = members.get('close')?.value;
  if (closing !== undefined && (closing.kind !== 'scalar' || typeof closing.value !== 'boolean')) report(closing.at, 'close is neither true nor false');
  const entries = mapsIn(members, 'events', report).flatMap((entry) => entryOf(entry, base, report));
  const size = entries.reduce((sum, entry) => sum + (entry.kind === 'event' ? entry.repeat : 1), 0);
  if (size > maxTimelineEvents) report(map.at, `the timeline has ${String(size)} events, more than ${String(maxTimelineEvents)}`);
  if (name === undefined || !Number.isFinite(startMs) || !members.has('alerts') || size > maxTimelineEvents) return [];
  const alerts = mapsIn(members, 'alerts', report).map((alert) => alertOf(alert, report));
  return [{ name, startMs, entries, isClosed: closing?.kind !== 'scalar' || closing.value !== false, alerts, position: placeOf(map) }];
}

function entryOf(map: YamlMap, base: CaseEvent, report: Report): readonly TimelineEntry[] {
  const members = membersOf(map, ['at', 'match', 'event', 'with', 'without', 'unique', 'repeat', 'every', 'watermark'], report);
  if (members.has('watermark')) {
    const atMs = offsetIn(members, 'watermark', report);
    return atMs === undefined ? [] : [{ kind: 'watermark', atMs }];
  }
  const match = textIn(members, 'match', report);
  if (members.has('match') === members.has('event')) report(map.at, 'an event is either the match of a rule or given in full', 'write match: <rule>, or event: {…}');
  const atMs = members.has('at') ? offsetIn(members, 'at', report) : 0;
  const whole = members.has('event') ? { ...base, ...eventIn(members, 'event', report) } : {};
  if (atMs === undefined || members.has('match') === members.has('event')) return [];
  return [{
    kind: 'event', atMs, with: { ...whole, ...eventIn(members, 'with', report) }, without: textsIn(members, 'without', report), unique: textsIn(members, 'unique', report),
    repeat: numberIn(members, 'repeat', [1, maxTimelineEvents], report) ?? 1, everyMs: members.has('every') ? offsetIn(members, 'every', report) ?? 0 : 0,
    position: placeOf(map), ...(match === undefined ? {} : { match }),
  }];
}

function alertOf(map: YamlMap, report: Report): ExpectedAlert {
  const members = membersOf(map, ['at', 'group', 'count'], report);
  const atMs = members.has('at') ? offsetIn(members, 'at', report) : undefined;
  const count = numberIn(members, 'count', [0, maxTimelineEvents], report);
  return { group: eventIn(members, 'group', report), ...(atMs === undefined ? {} : { atMs }), ...(count === undefined ? {} : { count }) };
}

/** `+15m`, `60s`, `1h30m`: milliseconds. */
function offsetIn(members: Members, key: string, report: Report): number | undefined {
  const text = textIn(members, key, report);
  const at = members.get(key)?.value.at;
  if (text === undefined || at === undefined) return undefined;
  const sum = [...text.matchAll(/(\d{1,9})(ms|[smhdw])/g)].reduce((total, [, number, unit]) => total + Number(number) * (units[unit ?? ''] ?? 0), 0);
  if (/^\+?(?:\d{1,9}(?:ms|[smhdw]))+$/.test(text) && sum <= maxOffsetMs) return sum;
  report(at, `${key} is no time: ${text.slice(0, 60)}`, 'write for example +15m or +1h30m');
  return undefined;
}
