/**
 * Which launch of an Explorer is which REST session (formats/rest-api.md 9.2 to 9.4). Exact: a file path that both name, on the same host, at the
 * same instant. Strong: the creation of the session, when one launch and one session are left and nothing speaks against it.
 */
import { foldName } from '../text/account.ts';
import { defaultSkewMs, measuredSkewMs } from '../limits.ts';
import { differenceMs, foldPath, hostLabel, isSameInstant, nameFits, readingsOf, samePath } from './compare.ts';
import type { ItemRecord, LaunchRecord, RestRecord, RestSessionRecord } from './records.ts';

/** No machine of a domain is further off; a wrong zone setting is whole hours and needs two agreeing matches. */
const maxSkewMs = 26 * 3_600_000;

export interface SessionMatches {
  /** REST event → log item that is the same action, by full path */
  readonly pairs: Map<RestRecord, ItemRecord>;
  /** sessions that two launches both match exactly: a contradiction */
  readonly contradictions: readonly { readonly session: RestSessionRecord; readonly launches: readonly LaunchRecord[] }[];
}

/** Launches that can be the session at all: same tenant where both are known, same machine, same kind of Explorer. */
export function possibleLaunches(session: RestSessionRecord, byHost: ReadonlyMap<string, readonly LaunchRecord[]>): readonly LaunchRecord[] {
  const { facts } = session;
  const found = new Set<LaunchRecord>();
  if (facts.clientHost !== undefined) for (const launch of byHost.get(hostLabel(facts.clientHost)) ?? []) found.add(launch);
  if (facts.clientIp !== undefined) for (const launch of byHost.get(facts.clientIp) ?? []) found.add(launch);
  return [...found].filter((launch) => {
    if (session.tenant !== undefined && launch.tenant !== undefined && session.tenant !== launch.tenant) return false;
    return facts.workload === undefined || launch.facts.workload === undefined || facts.workload === launch.facts.workload;
  });
}

export function matchSessions(sessions: readonly RestSessionRecord[], launches: readonly LaunchRecord[]): SessionMatches {
  const byHost = indexByHost(launches);
  const possible = new Map(sessions.map((session) => [session, possibleLaunches(session, byHost)]));
  measureSkew(possible);
  const pairs = pairByPath(possible);
  const contradictions = bindExact(possible, pairs);
  // What the exact matches measured is now known of every launch they touch: look once more at what was outside the first window.
  measureFromBonds(sessions, pairs);
  bindStrong(possible);
  return { pairs, contradictions };
}

function indexByHost(launches: readonly LaunchRecord[]): ReadonlyMap<string, readonly LaunchRecord[]> {
  const index = new Map<string, LaunchRecord[]>();
  for (const launch of launches) {
    const keys = new Set([...(launch.facts.host === undefined ? [] : [hostLabel(launch.facts.host)]), ...launch.facts.addresses]);
    for (const key of keys) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [launch]);
      else list.push(launch);
    }
  }
  return index;
}

/** Clock difference of each launch from paths that occur once on each side, supported by a second match or the creation of the session. */
function measureSkew(possible: ReadonlyMap<RestSessionRecord, readonly LaunchRecord[]>): void {
  const events = new Map<LaunchRecord, { readonly record: RestRecord; readonly session: RestSessionRecord }[]>();
  for (const [session, launches] of possible) for (const launch of launches) {
    const list = events.get(launch) ?? [];
    for (const record of session.events) if (record.facts.path !== undefined) list.push({ record, session });
    events.set(launch, list);
  }
  for (const [launch, records] of events) {
    const items = once(launch.items, (item) => item.facts.path === undefined ? undefined : foldPath(item.facts.path));
    const rests = once(records, ({ record }) => record.facts.path === undefined ? undefined : foldPath(record.facts.path));
    const differences: number[] = [];
    for (const [path, item] of items) {
      const rest = rests.get(path);
      if (rest === undefined) continue;
      const difference = differenceMs(item.facts.at, rest.record.facts.start.ms);
      if (Math.abs(difference) <= maxSkewMs) differences.push(difference);
    }
    const cluster = largestCluster(differences);
    const middle = median(cluster);
    if (middle === undefined) continue;
    const isNear = Math.abs(middle) <= defaultSkewMs;
    const hasSecond = cluster.length >= 2 || [...possible].some(([session, list]) => list.includes(launch)
      && launch.sessions.some((opened) => opened.facts.created && readingsOf(opened.facts.at).some((at) => Math.abs(session.facts.created.ms - at - middle) <= measuredSkewMs)));
    if (isNear || hasSecond) launch.skewMs = middle;
  }
}

function once<T>(list: readonly T[], keyOf: (entry: T) => string | undefined): Map<string, T> {
  const seen = new Map<string, T | undefined>();
  for (const entry of list) {
    const key = keyOf(entry);
    if (key !== undefined) seen.set(key, seen.has(key) ? undefined : entry);
  }
  return new Map([...seen].filter((entry): entry is [string, T] => entry[1] !== undefined));
}

function largestCluster(differences: readonly number[]): readonly number[] {
  const sorted = [...differences].sort((x, y) => x - y);
  let best: readonly number[] = [];
  let from = 0;
  for (let to = 0; to < sorted.length; to += 1) {
    while ((sorted[to] ?? 0) - (sorted[from] ?? 0) > 2 * measuredSkewMs) from += 1;
    if (to - from + 1 > best.length) best = sorted.slice(from, to + 1);
  }
  return best;
}

function median(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor(sorted.length / 2)];
}

/** Exact pairs: path, host, instant. Where several fit one another the order in time decides only inside one launch and one session. */
function pairByPath(possible: ReadonlyMap<RestSessionRecord, readonly LaunchRecord[]>): Map<RestRecord, ItemRecord> {
  const items = new Map<LaunchRecord, Map<string, ItemRecord[]>>();
  const partners = new Map<RestRecord, ItemRecord[]>();
  const claims = new Map<ItemRecord, RestRecord[]>();
  for (const [session, launches] of possible) for (const launch of launches) {
    let byPath = items.get(launch);
    if (byPath === undefined) {
      byPath = new Map();
      for (const item of launch.items) {
        if (item.facts.path === undefined) continue;
        const key = foldPath(item.facts.path);
        const list = byPath.get(key);
        if (list === undefined) byPath.set(key, [item]);
        else list.push(item);
      }
      items.set(launch, byPath);
    }
    for (const record of session.events) {
      if (record.facts.path === undefined) continue;
      for (const item of byPath.get(foldPath(record.facts.path)) ?? []) {
        if (!isSameInstant(item.facts.at, record.facts.start.ms, launch.skewMs)) continue;
        push(partners, record, item);
        push(claims, item, record);
      }
    }
  }
  const pairs = new Map<RestRecord, ItemRecord>();
  const taken = new Set<ItemRecord>();
  for (const [record, candidates] of partners) {
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined && claims.get(only)?.length === 1) {
      pairs.set(record, only);
      taken.add(only);
    }
  }
  // Repeated writes of one path: the nearest in time, when all partners on both sides belong to one launch and one session.
  const open = [...partners].filter(([record]) => !pairs.has(record)).sort(([x], [y]) => x.facts.start.ms - y.facts.start.ms || x.facts.order - y.facts.order);
  for (const [record, candidates] of open) {
    const free = candidates.filter((item) => !taken.has(item));
    const rivals = free.flatMap((item) => claims.get(item) ?? []);
    if (new Set(free.map((item) => item.launch)).size !== 1 || new Set(rivals.map((rival) => rival.session)).size !== 1) continue;
    const [best] = free.sort((x, y) => x.facts.at.ms - y.facts.at.ms);
    if (best === undefined) continue;
    pairs.set(record, best);
    taken.add(best);
  }
  return pairs;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function bindExact(possible: ReadonlyMap<RestSessionRecord, readonly LaunchRecord[]>, pairs: Map<RestRecord, ItemRecord>): SessionMatches['contradictions'] {
  const contradictions: { session: RestSessionRecord; launches: readonly LaunchRecord[] }[] = [];
  for (const session of possible.keys()) {
    const launches = [...new Set(session.events.map((record) => pairs.get(record)?.launch).filter((launch) => launch !== undefined))];
    const [launch] = launches;
    if (launches.length === 1 && launch !== undefined) {
      session.launch = launch;
      session.bond = 'exact';
    } else if (launches.length > 1) {
      contradictions.push({ session, launches });
      session.candidates = launches;
      for (const record of session.events) pairs.delete(record);
    }
  }
  return contradictions;
}

function measureFromBonds(sessions: readonly RestSessionRecord[], pairs: ReadonlyMap<RestRecord, ItemRecord>): void {
  const byHost = new Map<string, number[]>();
  for (const session of sessions) for (const record of session.events) {
    const item = pairs.get(record);
    if (item?.launch.facts.host === undefined) continue;
    const difference = differenceMs(item.facts.at, record.facts.start.ms);
    const known = byHost.get(hostKey(item.launch));
    if (known === undefined) byHost.set(hostKey(item.launch), [difference]);
    else known.push(difference);
    item.launch.skewMs ??= difference;
  }
}

function hostKey(launch: LaunchRecord): string {
  return `${launch.tenant ?? ''}\u0000${hostLabel(launch.facts.host ?? '')}`;
}

/** Sessions without a path in common: the moment of creation, one launch left, one session left. */
function bindStrong(possible: ReadonlyMap<RestSessionRecord, readonly LaunchRecord[]>): void {
  const consumed = new Set<object>();
  for (const session of possible.keys()) {
    if (session.bond !== 'exact' || session.launch === undefined) continue;
    const opened = nearestCreation(session, session.launch);
    if (opened !== undefined) consumed.add(opened);
  }
  const options = new Map<RestSessionRecord, { readonly launch: LaunchRecord; readonly opened: object; readonly agrees: boolean }[]>();
  const rivals = new Map<object, Set<RestSessionRecord>>();
  for (const [session, launches] of possible) {
    if (session.bond !== undefined || session.candidates.length > 0 || session.isApi) continue;
    for (const launch of launches) {
      if (!launch.facts.timeCertain) continue;
      for (const opened of launch.sessions) {
        if (!opened.facts.created || consumed.has(opened)) continue;
        if (!isSameInstant(opened.facts.at, session.facts.created.ms, launch.skewMs, 1000)) continue;
        if (opened.facts.organizationId !== undefined && session.facts.organizationId !== undefined && opened.facts.organizationId !== session.facts.organizationId) continue;
        if (isDisproved(session, launch)) continue;
        const agrees = session.facts.initiatorKind !== 'windows' || launch.facts.account === undefined || foldName(session.facts.initiatedBy ?? '') === foldName(launch.facts.account);
        const list = options.get(session) ?? [];
        list.push({ launch, opened, agrees });
        options.set(session, list);
        const claim = rivals.get(opened) ?? new Set();
        claim.add(session);
        rivals.set(opened, claim);
      }
    }
  }
  // Taking one pair out may leave another unique: repeat until nothing changes.
  for (let changed = true; changed;) {
    changed = false;
    for (const [session, list] of options) {
      const free = list.filter((option) => !consumed.has(option.opened));
      const [only] = free;
      if (free.length !== 1 || only === undefined || !only.agrees) continue;
      const others = [...rivals.get(only.opened) ?? []].filter((rival) => rival !== session && rival.bond === undefined);
      if (others.length > 0) continue;
      session.launch = only.launch;
      session.bond = 'strong';
      consumed.add(only.opened);
      options.delete(session);
      changed = true;
    }
  }
  for (const [session, list] of options) session.candidates = [...new Set(list.filter((option) => !consumed.has(option.opened)).map((option) => option.launch))];
}

function nearestCreation(session: RestSessionRecord, launch: LaunchRecord): object | undefined {
  let best: { readonly opened: object; readonly distance: number } | undefined;
  for (const opened of launch.sessions) {
    const distance = Math.abs(differenceMs(opened.facts.at, session.facts.created.ms - (launch.skewMs ?? 0)));
    if (distance <= defaultSkewMs && (best === undefined || distance < best.distance)) best = { opened, distance };
  }
  return best?.opened;
}

/**
 * An Exchange Explorer always logs the file of every item it saves, and the folder of every folder it opens. A session whose events of that kind fall
 * into the time of a launch but have no line there is another launch's.
 */
export function isDisproved(session: RestSessionRecord, launch: LaunchRecord): boolean {
  if (session.facts.workload !== 'exchange' || launch.facts.workload !== 'exchange' || !launch.facts.timeCertain) return false;
  const skew = launch.skewMs;
  const until = launch.facts.lastMs + (skew ?? 0) - (skew === undefined ? defaultSkewMs : measuredSkewMs);
  for (const record of session.events) {
    const { facts } = record;
    if (facts.start.ms > until) continue;
    if (facts.operation === 'save' && facts.result === 'success' && !launch.items.some((item) => isSameSave(record, item))) return true;
    if (facts.operation === 'view' && facts.itemType === 'Folder' && facts.result === 'success'
      && !launch.folders.some((folder) => nameFits(facts.itemName, folder.facts.folder, false, undefined) && isSameInstant(folder.facts.at, facts.start.ms, skew))) return true;
  }
  return false;
}

/** A REST save against a log item without a shared path: target folder, name and instant. */
export function isSameSave(record: RestRecord, item: ItemRecord): boolean {
  const { facts } = record;
  if (!isSameInstant(item.facts.at, facts.start.ms, item.launch.skewMs)) return false;
  if (facts.path !== undefined && item.facts.path !== undefined) return samePath(facts.path, item.facts.path);
  const inFolder = samePath(facts.target, item.facts.target) || samePath(facts.target, item.facts.path);
  return inFolder && nameFits(facts.itemName, item.facts.name, item.facts.nameIsFile, item.facts.path);
}
