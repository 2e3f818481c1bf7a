/** How far the clock of each launch's machine is from the server's, measured from file paths that both name (formats/rest-api.md 9.4). */
import { addTo } from '../text/add-to.ts';
import { defaultSkewMs, maxClockErrorMs, measuredSkewMs } from '../limits.ts';
import { hostLabel } from '../text/host-label.ts';
import { differenceMs, foldPath, readingsOf } from './compare.ts';
import type { Possible } from './possible-launches.ts';
import type { LaunchRecord, RestRecord, RestSessionRecord } from './records.ts';

const quarterHourMs = 900_000;

/**
 * Fills `skewMs` of launches from paths that occur once on each side. A difference of more than two minutes needs a second match, or the creation of
 * the session, or a machine whose offset from UTC is not known. Launches without a match take over what the others of their machine agree on.
 */
export function measureSkew(possible: Possible): void {
  const eventsOf = new Map<LaunchRecord, RestRecord[]>();
  const sessionsOf = new Map<LaunchRecord, RestSessionRecord[]>();
  for (const [session, launches] of possible) for (const launch of launches) {
    addTo(sessionsOf, launch, session);
    if (launch.items.length > 0) for (const record of session.events) if (record.facts.path !== undefined) addTo(eventsOf, launch, record);
  }
  for (const [launch, events] of eventsOf) {
    const skewMs = skewOf(launch, events, sessionsOf.get(launch) ?? []);
    if (skewMs !== undefined) launch.skewMs = skewMs;
  }
  inheritByHost([...sessionsOf.keys()]);
}

function skewOf(launch: LaunchRecord, events: readonly RestRecord[], sessions: readonly RestSessionRecord[]): number | undefined {
  const items = once(launch.items, ({ facts }) => facts.path === undefined ? undefined : foldPath(facts.path));
  const rests = once(events, ({ facts }) => facts.path === undefined ? undefined : foldPath(facts.path));
  const differences: number[] = [];
  for (const [path, item] of items) {
    const rest = rests.get(path);
    const difference = rest === undefined ? Number.NaN : differenceMs(item.facts.at, rest.facts.start.ms);
    if (Math.abs(difference) <= maxClockErrorMs) differences.push(difference);
  }
  const cluster = largestCluster(differences);
  const middle = cluster[Math.floor(cluster.length / 2)];
  if (middle === undefined) return undefined;
  const isNear = Math.abs(middle) <= defaultSkewMs;
  const isOffset = !launch.facts.offsetKnown && Math.abs(middle - Math.round(middle / quarterHourMs) * quarterHourMs) <= defaultSkewMs;
  const hasCreation = (): boolean => sessions.some((session) => launch.sessions.some(({ facts }) => facts.created
    && readingsOf(facts.at).some((at) => Math.abs(session.facts.created.ms - at - middle) <= measuredSkewMs)));
  return isNear || isOffset || cluster.length >= 2 || hasCreation() ? middle : undefined;
}

/** A machine has one clock: what all measured launches of it agree on holds for the others too. */
function inheritByHost(launches: readonly LaunchRecord[]): void {
  const byHost = new Map<string, LaunchRecord[]>();
  for (const launch of launches) {
    if (launch.facts.host === undefined || !launch.facts.offsetKnown) continue;
    addTo(byHost, `${[...launch.tenants ?? []].sort().join(' ')}\u0000${hostLabel(launch.facts.host)}`, launch);
  }
  for (const list of byHost.values()) {
    const measured = list.map(({ skewMs }) => skewMs).filter((skewMs) => skewMs !== undefined).sort((x, y) => x - y);
    const middle = measured[Math.floor(measured.length / 2)];
    if (middle === undefined || measured.some((skewMs) => Math.abs(skewMs - middle) > measuredSkewMs)) continue;
    for (const launch of list) launch.skewMs ??= middle;
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

/** The most differences that lie within the tolerance of one clock, sorted. */
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
