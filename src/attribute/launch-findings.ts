/**
 * What the launches of one machine say against one another: logging that was turned down, a clock that was moved, a log that ends before what its session
 * did (detections.md 2). Only launches whose times are certain can be put in an order.
 */
import type { Event } from '../event.ts';
import { defaultSkewMs, longestForwardMs, measuredSkewMs } from '../limits.ts';
import { addTo } from '../text/add-to.ts';
import { healthEvent } from '../text/health-event.ts';
import { hostLabel } from '../text/host-label.ts';
import { isoTime } from '../text/local-time.ts';
import { belongingFields, belongingOfLaunch } from './belonging-fields.ts';
import type { Records } from './ledger.ts';
import type { LaunchRecord, RestSessionRecord } from './records.ts';

/** What one finding rests on; of a session with thousands of files the first ones prove as much. */
const maxEvidence = 20;

export function launchFindings({ launches, sessions }: Pick<Records, 'launches' | 'sessions'>): readonly Event[] {
  const byHost = new Map<string, LaunchRecord[]>();
  for (const launch of launches) {
    const { host, timeCertain, offsetKnown } = launch.facts;
    if (host !== undefined && timeCertain && offsetKnown) addTo(byHost, `${[...launch.tenants ?? []].sort().join(' ')}\u0000${hostLabel(host)}`, launch);
  }
  const exact = new Map<LaunchRecord, RestSessionRecord[]>();
  // A file without header may be the rest of any other: with one, no end is proven.
  const isWhole = launches.every(({ facts }) => facts.account !== undefined);
  if (isWhole) for (const session of sessions) if (session.launch !== undefined && session.bond === 'exact') addTo(exact, session.launch, session);
  for (const list of byHost.values()) list.sort((x, y) => x.facts.firstMs - y.facts.firstMs || (x.id < y.id ? -1 : 1));
  return [...byHost.values()].flatMap((list) => [...loweredLogging(list), ...movedClocks(list), ...cutLogs(list, exact)]);
}

/** The mode belongs to each Explorer. A launch that wrote no item shows neither mode. */
function loweredLogging(launches: readonly LaunchRecord[]): readonly Event[] {
  const extended = new Map<string, LaunchRecord>();
  return launches.flatMap((launch) => {
    const { workload = '', extended: isExtended, firstMs } = launch.facts;
    const before = extended.get(workload);
    if (isExtended) {
      extended.set(workload, launch);
      return [];
    }
    const [first, ...others] = launch.items.filter(({ facts }) => facts.gaps.includes('extended-logging-off'));
    if (first === undefined) return [];
    extended.delete(workload);
    if (before === undefined) return [];
    return [found('logging-lowered', launch, firstMs, [before.id, first.key],
      `${nameOf(launch)} logged ${String(others.length + 1)} operations without their owners, and the launch before it, at ${isoTime(before.facts.firstMs)}, logged owners: extended logging was switched off`)];
  });
}

/** Both launches state their offset from UTC, and the server's times measured both clocks. */
function movedClocks(launches: readonly LaunchRecord[]): readonly Event[] {
  const measured = launches.flatMap((launch) => launch.skewMs === undefined || launch.facts.at?.basis !== 'header' ? [] : [{ launch, skewMs: launch.skewMs, serverMs: launch.facts.firstMs + launch.skewMs }])
    .sort((x, y) => x.serverMs - y.serverMs);
  return measured.flatMap(({ launch, skewMs, serverMs }, index) => {
    const before = measured[index - 1];
    const movedMs = before === undefined ? 0 : before.skewMs - skewMs;
    if (before === undefined || (movedMs <= longestForwardMs && movedMs >= -defaultSkewMs)) return [];
    return [found('clock-jump', launch, serverMs, [before.launch.id, launch.id],
      `The clock of ${launch.facts.host ?? 'a machine'} went ${movedMs < 0 ? 'back' : 'forward'} by ${String(Math.round(Math.abs(movedMs) / 60_000))} minutes against the backup server between ${isoTime(before.serverMs)} and ${isoTime(serverMs)}`)];
  });
}

/**
 * The server lists files that the sessions of a launch saved after the last line of its log, and later lines of the same machine were collected: the log
 * was longer. An Exchange Explorer logs every file that it saves.
 */
function cutLogs(launches: readonly LaunchRecord[], exact: ReadonlyMap<LaunchRecord, readonly RestSessionRecord[]>): readonly Event[] {
  return launches.filter(({ facts }) => facts.workload === 'exchange').flatMap((launch) => {
    const endMs = serverTime(launch, launch.facts.lastMs) + slackOf(launch);
    const missing = (exact.get(launch) ?? []).flatMap(({ events }) => events).filter(({ facts }) => facts.operation === 'save' && facts.result === 'success' && facts.start.ms > endMs);
    const starts = missing.map(({ facts }) => facts.start.ms).sort((x, y) => x - y);
    const [firstMs] = starts;
    const lastMs = starts.at(-1);
    if (firstMs === undefined || lastMs === undefined) return [];
    const witness = launches.find((other) => other !== launch && serverTime(other, other.facts.lastMs) - slackOf(other) > lastMs);
    if (witness === undefined) return [];
    return [found('log-truncated', launch, launch.facts.lastMs, [launch.id, ...missing.slice(0, maxEvidence).map(({ key }) => key), witness.id],
      `${launch.facts.file} ends at ${isoTime(launch.facts.lastMs)}, its sessions saved ${String(missing.length)} more files from ${isoTime(firstMs)} on, and ${witness.facts.file} of the same machine goes on after that`)];
  });
}

const slackOf = ({ skewMs }: LaunchRecord): number => skewMs === undefined ? defaultSkewMs : measuredSkewMs;
const serverTime = ({ skewMs = 0 }: LaunchRecord, ms: number): number => ms + skewMs;
const nameOf = ({ facts: { account, host } }: LaunchRecord): string => `The Explorer of ${account ?? 'an unknown account'} on ${host ?? 'an unknown machine'}`;

function found(action: string, launch: LaunchRecord, ms: number, evidence: readonly string[], message: string): Event {
  const { host, workload, file } = launch.facts;
  return healthEvent({
    action, key: [launch.facts.launch], at: isoTime(ms), message,
    fields: {
      ...belongingFields(belongingOfLaunch(launch)), 'vb365.attribution.evidence': evidence, 'vb365.origin.file': file, 'vb365.origin.kind': 'explorer_log', 'vb365.session.id': launch.facts.launch,
      'vb365.session.kind': 'explorer', 'transaction.id': launch.facts.launch, ...(host === undefined ? {} : { 'source.domain': host }), ...(workload === undefined ? {} : { 'vb365.workload': workload }),
    },
  });
}
