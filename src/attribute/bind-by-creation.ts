/**
 * Strong bonds: a REST session that was created when a launch logged the creation of a session, when one launch and one session are left and nothing
 * speaks against it (formats/rest-api.md 9.1 to 9.3). What is left open keeps its candidates.
 */
import { defaultSkewMs, measuredSkewMs } from '../limits.ts';
import { differenceMs, isSameInstant, nameFits } from './compare.ts';
import { isSameAction } from './join-names.ts';
import type { Possible } from './possible-launches.ts';
import type { LaunchRecord, OpenedSession, RestSessionRecord, SamePerson } from './records.ts';

interface Option { readonly launch: LaunchRecord; readonly opened: OpenedSession; readonly agrees: boolean }

export function bindByCreation(possible: Possible, samePerson: SamePerson): void {
  const consumed = new Set<OpenedSession>();
  for (const session of possible.keys()) {
    const opened = session.launch === undefined ? undefined : nearestCreation(session, session.launch);
    if (opened !== undefined) consumed.add(opened);
  }
  const options = new Map<RestSessionRecord, readonly Option[]>();
  const rivals = new Map<OpenedSession, Set<RestSessionRecord>>();
  for (const [session, launches] of possible) {
    if (session.bond !== undefined || session.isContradicted) continue;
    const list = launches.flatMap((launch) => optionsOf(session, launch, samePerson)).filter(({ opened }) => !consumed.has(opened));
    if (list.length === 0) continue;
    options.set(session, list);
    for (const { opened } of list) rivals.set(opened, (rivals.get(opened) ?? new Set()).add(session));
  }
  // Taking one pair out may leave another unique: repeat until nothing changes.
  for (let changed = true; changed;) {
    changed = false;
    for (const [session, list] of options) {
      const free = list.filter(({ opened }) => !consumed.has(opened));
      const [only] = free;
      if (free.length !== 1 || only?.agrees !== true) continue;
      if ([...rivals.get(only.opened) ?? []].some((rival) => rival !== session && rival.bond === undefined)) continue;
      session.launch = only.launch;
      session.bond = 'strong';
      consumed.add(only.opened);
      options.delete(session);
      changed = true;
    }
  }
  for (const [session, list] of options) session.candidates = [...new Set(list.filter(({ opened }) => !consumed.has(opened)).map(({ launch }) => launch))];
}

function optionsOf(session: RestSessionRecord, launch: LaunchRecord, samePerson: SamePerson): readonly Option[] {
  // An undecided clock reaches a join by path only.
  if (!launch.facts.timeCertain || isDisproved(session, launch)) return [];
  const { initiatorKind, initiatedBy } = session.facts;
  const { account } = launch.facts;
  const agrees = initiatorKind !== 'windows' || account === undefined || initiatedBy === undefined || samePerson(session.tenant, initiatedBy, account);
  return launch.sessions.filter((opened) => opened.facts.created
    && isSameInstant(opened.facts.at, session.facts.created.ms, launch.skewMs, 1_000)
    && (opened.organizationKey === undefined || session.organizationKey === undefined || opened.organizationKey === session.organizationKey)
    && (opened.tenant === undefined || session.tenant === undefined || opened.tenant === session.tenant),
  ).map((opened) => ({ launch, opened, agrees }));
}

/** The creation that an exactly joined session used up. */
export function nearestCreation(session: RestSessionRecord, launch: LaunchRecord): OpenedSession | undefined {
  const [nearest] = nearestCreations(session, launch);
  return nearest;
}

/** The creations that can be that of the session by their time, the nearest first. */
export function nearestCreations(session: RestSessionRecord, launch: LaunchRecord): readonly OpenedSession[] {
  return launch.sessions
    .filter((opened) => opened.organizationKey === undefined || session.organizationKey === undefined || opened.organizationKey === session.organizationKey)
    .map((opened) => ({ opened, distance: Math.abs(differenceMs(opened.facts.at, session.facts.created.ms - (launch.skewMs ?? 0))) }))
    .filter(({ distance }) => distance <= defaultSkewMs)
    .sort((x, y) => x.distance - y.distance)
    .map(({ opened }) => opened);
}

/**
 * An Exchange Explorer always logs the file of every item it saves, and the name of every folder it opens. A session with events of that kind in the
 * time of a launch that has no line of them is another launch's.
 */
export function isDisproved(session: RestSessionRecord, launch: LaunchRecord): boolean {
  if (session.facts.workload !== 'exchange' || launch.facts.workload !== 'exchange' || !launch.facts.timeCertain) return false;
  const slack = launch.skewMs === undefined ? defaultSkewMs : measuredSkewMs;
  const shift = launch.skewMs ?? 0;
  const [from, to] = [launch.facts.firstMs + shift + slack, launch.facts.lastMs + shift - slack];
  return session.events.some(({ facts }) => {
    if (facts.start.ms > to || facts.start.ms < from || facts.result !== 'success') return false;
    if (facts.operation === 'save') return !launch.items.some((item) => isSameAction(facts, item));
    return facts.operation === 'view' && facts.itemType === 'Folder'
      && !launch.folders.some((folder) => nameFits(facts.itemName, folder.facts.folder, false, undefined) && isSameInstant(folder.facts.at, facts.start.ms, launch.skewMs, 1_000));
  });
}
