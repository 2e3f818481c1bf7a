/** Every item action that any source states, once: server events with the log lines that are the same action, and log lines that the server does not know. */
import { addTo } from '../text/add-to.ts';
import { defaultSkewMs } from '../limits.ts';
import { isSameInstant, nameFits } from './compare.ts';
import type { NameJoin } from './join-names.ts';
import type { Records } from './ledger.ts';
import type { PathPairs } from './pair-by-path.ts';
import type { ItemRecord, LaunchRecord, RestRecord, RestSessionRecord, Story } from './records.ts';

/** An operation logs its counts when it ends; the server's events are no older than this. */
const longestOperationMs = 6 * 3_600_000;

export function tellStories(records: Records, pairs: PathPairs, joins: readonly NameJoin[]): Story[] {
  const joinOf = new Map(joins.map((join) => [join.record, join]));
  const stories: Story[] = [];
  const told = new Set<ItemRecord>();
  const counted = countedEvents(records, new Set([...pairs.keys(), ...joinOf.keys()]));
  for (const record of [...records.sessions.flatMap(({ events }) => events), ...records.orphans]) {
    if (record.facts.operation === undefined) continue;
    const byPath = pairs.get(record);
    const byName = joinOf.get(record);
    const item = byPath ?? byName?.item;
    if (item !== undefined) told.add(item);
    const rivals = byPath === undefined ? byName?.rivals ?? [] : [];
    stories.push({
      rest: record, item, join: byPath !== undefined ? 'path' : byName === undefined ? undefined : rivals.length > 0 ? 'set' : 'names', rivals,
      lines: [...folderLine(record), ...(counted.get(record) ?? []).map(({ key }) => key)], mails: [],
    });
  }
  for (const counts of counted.values()) for (const item of counts) told.add(item);
  for (const { items } of records.launches) for (const item of items) {
    if (!told.has(item)) stories.push({ rest: undefined, item, join: undefined, rivals: [], lines: [], mails: [] });
  }
  return stories;
}

/** The log line of the folder that the event opened: evidence for the session, not for an item. */
function folderLine({ facts, session }: RestRecord): readonly string[] {
  const launch = session?.launch;
  if (launch === undefined || facts.operation !== 'view') return [];
  const line = launch.folders.find((folder) => nameFits(facts.itemName, folder.facts.folder, false, undefined) && isSameInstant(folder.facts.at, facts.start.ms, launch.skewMs, 1_000));
  return line === undefined ? [] : [line.id];
}

/** Lines that state nothing but counts, to the server's events that they count: those of the launch's sessions that no other line names. */
function countedEvents({ launches, sessions }: Records, joined: ReadonlySet<RestRecord>): ReadonlyMap<RestRecord, readonly ItemRecord[]> {
  const sessionsOf = new Map<LaunchRecord, RestSessionRecord[]>();
  for (const session of sessions) if (session.launch !== undefined) addTo(sessionsOf, session.launch, session);
  const counted = new Map<RestRecord, ItemRecord[]>();
  for (const launch of launches) {
    let fromMs = Number.NEGATIVE_INFINITY;
    for (const item of launch.items) {
      const endMs = item.facts.at.ms + (launch.skewMs ?? 0) + defaultSkewMs;
      if (item.facts.counts !== undefined) {
        for (const session of sessionsOf.get(launch) ?? []) for (const record of session.events) {
          const { operation, start } = record.facts;
          if (joined.has(record) || (operation !== 'save' && operation !== 'export') || start.ms > endMs || start.ms <= Math.max(fromMs, endMs - longestOperationMs)) continue;
          addTo(counted, record, item);
        }
      }
      fromMs = endMs - defaultSkewMs;
    }
  }
  return counted;
}
