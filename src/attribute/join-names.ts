/**
 * Weak joins of REST events with log items that share no path: operation, place, name and instant (formats/rest-api.md 9.2). One partner left on both
 * sides is a join; several equal ones are matched as a set.
 */
import { addTo } from '../text/add-to.ts';
import type { RestEventFacts } from '../event.ts';
import { differenceMs, isSameInstant, nameFits, sameOperation, samePath } from './compare.ts';
import { pairUp } from './pairing.ts';
import type { PathPairs } from './pair-by-path.ts';
import type { Possible } from './possible-launches.ts';
import type { ItemRecord, LaunchRecord, RestRecord, RestSessionRecord, SamePerson } from './records.ts';

export interface NameJoin {
  readonly record: RestRecord;
  readonly item: ItemRecord;
  /** events that fit the item as well when it cannot be said which one it is; empty when it can */
  readonly rivals: readonly RestRecord[];
}

/** A REST event and a log item that state the same action, as far as each says. */
export function isSameAction(facts: RestEventFacts, item: ItemRecord): boolean {
  const log = item.facts;
  if (!sameOperation(facts.operation, log) || log.counts !== undefined) return false;
  if (!isSameInstant(log.at, facts.start.ms, item.launch.skewMs, 1_000)) return false;
  if (facts.path !== undefined && log.path !== undefined) return samePath(facts.path, log.path);
  if (log.source !== undefined && facts.source !== undefined && !samePath(log.source, facts.source) && !samePath(log.source, `${facts.source}\\${facts.itemName ?? ''}`)) return false;
  if (facts.target !== undefined && log.target !== undefined && !samePath(facts.target, log.target) && !samePath(facts.target, log.path)) return false;
  return nameFits(facts.itemName, log.name, log.nameIsFile, log.path);
}

/** Joins what the paths left over, within the bound launch of a session or within all it can be. */
export function joinByNames(possible: Possible, pairs: PathPairs, samePerson: SamePerson): readonly NameJoin[] {
  const taken = new Set(pairs.values());
  const edges = new Map<RestRecord, { readonly b: ItemRecord; readonly distance: number }[]>();
  for (const [session, launches] of possible) {
    if (session.isContradicted) continue;
    const where = placesOf(session, launches, samePerson);
    for (const record of session.events) {
      if (record.facts.operation === undefined || record.facts.operation === 'view' || pairs.has(record)) continue;
      // A path that both name has bound the two: then an undecided date has a reading that fits, and whose it is stays the same.
      const list = where.filter((launch) => launch.facts.timeCertain || session.bond === 'exact').flatMap((launch) => launch.items)
        .filter((item) => !taken.has(item) && isSameAction(record.facts, item))
        .map((item) => ({ b: item, distance: Math.abs(differenceMs(item.facts.at, record.facts.start.ms - (item.launch.skewMs ?? 0))) }));
      if (list.length > 0) edges.set(record, list);
    }
  }
  const eventsOf = new Map<ItemRecord, RestRecord[]>();
  for (const [record, list] of edges) for (const { b } of list) addTo(eventsOf, b, record);
  // Which of two equal lines of one launch is which event of one session says nothing about a person: the order in time is good enough there.
  return pairUp([...edges.keys()], edges).map(({ a: record, b: item, isOnly }) => {
    const fitting = eventsOf.get(item) ?? [];
    const isOne = isOnly || (new Set(edges.get(record)?.map(({ b }) => b.launch)).size === 1 && new Set(fitting.map(({ session }) => session)).size === 1);
    return { record, item, rivals: isOne ? [] : fitting };
  });
}

/** The bound launch; else the launches it may be, and of these the ones of the person that the server names, when there are such. */
function placesOf(session: RestSessionRecord, launches: readonly LaunchRecord[], samePerson: SamePerson): readonly LaunchRecord[] {
  if (session.launch !== undefined) return [session.launch];
  const open = session.candidates.length > 0 ? session.candidates : launches;
  const { initiatedBy, initiatorKind } = session.facts;
  if (initiatorKind !== 'windows' || initiatedBy === undefined) return open;
  const agreeing = open.filter(({ facts }) => facts.account !== undefined && samePerson(session.tenant, initiatedBy, facts.account));
  return agreeing.length > 0 ? agreeing : open;
}
