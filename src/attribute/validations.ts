/**
 * The backup server checks an organisation whenever somebody opens its backups (formats/explorer-archiver-logs.md 8.2). A check with neither a launch
 * nor a server session behind it is access that no other source explains.
 */
import { addTo } from '../text/add-to.ts';
import { firstIndex } from '../text/first-index.ts';
import { defaultSkewMs } from '../limits.ts';
import { readingsOf } from './compare.ts';
import type { Records } from './ledger.ts';
import type { OpenedSession, ValidationRecord } from './records.ts';

export interface Validations {
  /** checks that nothing explains */
  readonly unexplained: ReadonlySet<ValidationRecord>;
  /** checks of one organisation, by its folded name, from one time to another, both inclusive */
  between(organizationKey: string, fromMs: number, toMs: number): readonly ValidationRecord[];
  /** whether a check belongs to a session that a log saw being opened: it supports it and names nobody */
  supports(opened: OpenedSession): boolean;
}

/** A server checks organisations all day long, so nothing is compared with all of it: times are sorted and searched. */
export function explainValidations({ validations, launches, sessions }: Records): Validations {
  const checks = new Map<string, ValidationRecord[]>();
  const checkTimes = new Map<string, number[]>();
  for (const validation of validations) {
    const { organizationKey, facts } = validation;
    if (organizationKey === undefined) continue;
    addTo(checks, organizationKey, validation);
    for (const ms of readingsOf(facts.at)) addTo(checkTimes, organizationKey, ms);
  }
  /** when sessions of an organisation were opened, on the clock of the server */
  const openTimes = new Map<string, number[]>();
  for (const { organizationKey, facts } of sessions) if (organizationKey !== undefined) addTo(openTimes, organizationKey, facts.created.ms);
  const openedAt = new Map<OpenedSession, number>();
  for (const { sessions: ofLaunch, skewMs = 0 } of launches) for (const opened of ofLaunch) {
    openedAt.set(opened, opened.facts.at.ms + skewMs);
    if (opened.organizationKey !== undefined) addTo(openTimes, opened.organizationKey, opened.facts.at.ms + skewMs);
  }
  for (const list of checks.values()) list.sort((x, y) => x.facts.at.ms - y.facts.at.ms);
  for (const times of [...checkTimes.values(), ...openTimes.values()]) times.sort((x, y) => x - y);
  return {
    unexplained: new Set(validations.filter(({ organizationKey = '', facts }) => !readingsOf(facts.at).some((ms) => hasNear(openTimes.get(organizationKey), ms)))),
    between(organizationKey, fromMs, toMs) {
      const list = checks.get(organizationKey) ?? [];
      return list.slice(firstIndex(list, ({ facts }) => facts.at.ms >= fromMs), firstIndex(list, ({ facts }) => facts.at.ms > toMs));
    },
    supports: (opened) => hasNear(checkTimes.get(opened.organizationKey ?? ''), openedAt.get(opened) ?? Number.NaN),
  };
}

/** @param times sorted */
function hasNear(times: readonly number[] | undefined, ms: number): boolean {
  const nearest = times?.[firstIndex(times, (time) => time >= ms - defaultSkewMs)];
  return nearest !== undefined && nearest <= ms + defaultSkewMs;
}
