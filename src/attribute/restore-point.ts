/**
 * The restore point that a restore was taken from: Explorers log it when they open backups, the server does not state it. One launch may have several
 * open (formats/explorer-archiver-logs.md 10, case 3); then only what all of them agree on is said.
 */
import { nearestCreations } from './bind-by-creation.ts';
import type { OpenedSession, Story } from './records.ts';

/** RFC 3339 UTC; undefined when no log says it, when its clock is not certain, and when several restore points may be meant. */
export function restorePointOf({ rest, item, join }: Story): string | undefined {
  const session = join === 'set' ? undefined : rest?.session;
  const launch = item?.launch ?? session?.launch;
  if (launch?.facts.timeCertain !== true || !launch.facts.offsetKnown) return undefined;
  if (session?.launch === launch) return agreed(nearestCreations(session, launch));
  return item === undefined ? undefined : agreed(launch.sessions.filter(({ facts }) => facts.created && facts.at.ms <= item.facts.at.ms));
}

function agreed(opened: readonly OpenedSession[]): string | undefined {
  const points = new Set(opened.map(({ facts }) => facts.restorePoint));
  const [only] = points;
  return points.size === 1 ? only : undefined;
}
