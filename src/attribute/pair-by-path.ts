/** Exact joins: a REST event and a log item that name the same full path, on the same machine, at the same instant (formats/rest-api.md 9.2). */
import { addTo } from '../text/add-to.ts';
import { differenceMs, foldPath, isSameInstant } from './compare.ts';
import type { Possible } from './possible-launches.ts';
import type { ItemRecord, LaunchRecord, RestRecord, RestSessionRecord } from './records.ts';

/** REST event → log item that is the same action */
export type PathPairs = Map<RestRecord, ItemRecord>;

/**
 * Adds to `pairs` what is decided, and binds the sessions of the pairs to their launches. Where one path was written several times, order in time
 * decides inside one launch and one session, and nothing decides between launches. What a bond excludes may decide more: repeated until nothing changes.
 */
export function pairByPath(possible: Possible, pairs: PathPairs): void {
  const edges = pathEdges(possible);
  const taken = new Set(pairs.values());
  for (let changed = true; changed;) {
    changed = false;
    const open = new Map<RestRecord, ItemRecord[]>();
    const claims = new Map<ItemRecord, RestRecord[]>();
    for (const [record, items] of edges) {
      if (pairs.has(record)) continue;
      const launch = record.session?.launch;
      for (const item of items) {
        if (taken.has(item) || (launch !== undefined && launch !== item.launch)) continue;
        addTo(open, record, item);
        addTo(claims, item, record);
      }
    }
    for (const [record, items] of open) {
      const launches = new Set(items.map((item) => item.launch));
      const rivals = items.flatMap((item) => claims.get(item) ?? []);
      if (launches.size !== 1 || rivals.some((rival) => rival.session !== record.session)) continue;
      const free = items.filter((item) => !taken.has(item));
      const waiting = [...new Set(rivals)].filter((rival) => !pairs.has(rival));
      for (const [event, item] of inOrder(waiting, free)) {
        pairs.set(event, item);
        taken.add(item);
        changed = true;
      }
    }
    bind(pairs);
  }
}

/** Equal numbers in the order of time; otherwise the nearest. */
function inOrder(events: readonly RestRecord[], items: readonly ItemRecord[]): readonly (readonly [RestRecord, ItemRecord])[] {
  const es = [...events].sort((x, y) => x.facts.start.ms - y.facts.start.ms || x.facts.order - y.facts.order);
  const is = [...items];
  if (es.length === is.length) return es.flatMap((event, index) => is[index] === undefined ? [] : [[event, is[index]] as const]);
  return es.flatMap((event) => {
    const nearest = is.map((item, index) => ({ item, index, distance: Math.abs(differenceMs(item.facts.at, event.facts.start.ms - (item.launch.skewMs ?? 0))) })).sort((x, y) => x.distance - y.distance)[0];
    if (nearest === undefined) return [];
    is.splice(nearest.index, 1);
    return [[event, nearest.item] as const];
  });
}

function pathEdges(possible: Possible): ReadonlyMap<RestRecord, readonly ItemRecord[]> {
  const byPath = new Map<LaunchRecord, Map<string, ItemRecord[]>>();
  const edges = new Map<RestRecord, readonly ItemRecord[]>();
  for (const [session, launches] of possible) for (const record of session.events) {
    const { path } = record.facts;
    if (path === undefined) continue;
    const folded = foldPath(path);
    const found = launches.flatMap((launch) => (indexOf(byPath, launch).get(folded) ?? []).filter((item) => isSameInstant(item.facts.at, record.facts.start.ms, launch.skewMs, 1_000)));
    if (found.length > 0) edges.set(record, found);
  }
  return edges;
}

function indexOf(indexes: Map<LaunchRecord, Map<string, ItemRecord[]>>, launch: LaunchRecord): ReadonlyMap<string, readonly ItemRecord[]> {
  const known = indexes.get(launch);
  if (known !== undefined) return known;
  const index = new Map<string, ItemRecord[]>();
  for (const item of launch.items) if (item.facts.path !== undefined) addTo(index, foldPath(item.facts.path), item);
  indexes.set(launch, index);
  return index;
}

/** A session is one launch; joined exactly to two, it is a contradiction and stays unattributed. */
function bind(pairs: PathPairs): void {
  const launches = new Map<RestSessionRecord, Set<LaunchRecord>>();
  for (const [{ session }, item] of pairs) {
    if (session === undefined) continue;
    const set = launches.get(session) ?? new Set();
    launches.set(session, set.add(item.launch));
  }
  for (const [session, set] of launches) {
    const [launch] = set;
    if (set.size === 1 && launch !== undefined && !session.isContradicted) {
      session.launch = launch;
      session.bond = 'exact';
      session.candidates = [];
    } else {
      session.isContradicted = true;
      session.launch = undefined;
      session.bond = undefined;
      session.candidates = [...set];
    }
  }
}
