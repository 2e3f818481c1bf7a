/**
 * The backup server checks an organisation whenever somebody opens its backups (formats/explorer-archiver-logs.md 8.2). A check with neither a launch
 * nor a server session behind it is access that no other source explains.
 */
import { addTo } from '../text/add-to.ts';
import { defaultSkewMs } from '../limits.ts';
import { differenceMs } from './compare.ts';
import type { Records } from './ledger.ts';
import type { OpenedSession, ValidationRecord } from './records.ts';

export interface Validations {
  /** checks that nothing explains */
  readonly unexplained: ReadonlySet<ValidationRecord>;
  /** checks of one organisation, by its folded name */
  readonly byOrganization: ReadonlyMap<string, readonly ValidationRecord[]>;
  /** the checks that belong to a session which a log saw being opened: they support it and name nobody */
  of(opened: OpenedSession): readonly ValidationRecord[];
}

export function explainValidations({ validations, launches, sessions }: Records): Validations {
  const byOrganization = new Map<string, ValidationRecord[]>();
  for (const validation of validations) {
    if (validation.organizationKey === undefined) continue;
    addTo(byOrganization, validation.organizationKey, validation);
  }
  const explained = new Set<ValidationRecord>();
  const supported = new Map<OpenedSession, readonly ValidationRecord[]>();
  for (const { organizationKey, facts } of sessions) {
    for (const validation of byOrganization.get(organizationKey ?? '') ?? []) if (isNear(validation, facts.created.ms)) explained.add(validation);
  }
  for (const launch of launches) for (const opened of launch.sessions) {
    const near = (byOrganization.get(opened.organizationKey ?? '') ?? []).filter((validation) => isNear(validation, opened.facts.at.ms + (launch.skewMs ?? 0)));
    for (const validation of near) explained.add(validation);
    if (near.length > 0) supported.set(opened, near);
  }
  return {
    unexplained: new Set(validations.filter((validation) => !explained.has(validation))),
    byOrganization, of: (opened) => supported.get(opened) ?? [],
  };
}

function isNear({ facts }: ValidationRecord, ms: number): boolean {
  return Math.abs(differenceMs(facts.at, ms)) <= defaultSkewMs;
}
