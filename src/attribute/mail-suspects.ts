/**
 * Who may have done what only a mail reports (formats/explorer-archiver-logs.md 10, cases 2 and 11). A mail of a provider names the organisation. Its
 * operator can be told only where nobody unseen can have been at work: every check of the organisation in the hours around it has a launch that was
 * collected, and the server's own sessions, had they been collected, would have shown the action.
 */
import { defaultSkewMs } from '../limits.ts';
import type { Records } from './ledger.ts';
import type { LaunchRecord, MailRecord } from './records.ts';
import type { Validations } from './validations.ts';

export interface MailSuspects {
  /** launches with a session of the organisation open; empty when others may have been at work unseen */
  readonly launches: readonly LaunchRecord[];
  /** true when exactly one launch was open and its log covers the minute */
  readonly isCertain: boolean;
  readonly gaps: readonly string[];
  readonly evidence: readonly string[];
}

/** Nothing marks the end of a launch: an Explorer opened at most this long before may still be in use. */
const hoursAroundMs = 12 * 3_600_000;
const minuteMs = 60_000;

export function suspectsOf(mail: MailRecord, { launches, sessions }: Records, validations: Validations): MailSuspects {
  const nobody = (gap: string): MailSuspects => ({ launches: [], isCertain: false, gaps: [gap], evidence: [] });
  const { organizationKey, facts } = mail;
  if (organizationKey === undefined || facts.at.readings !== undefined) return nobody('time-ambiguous');
  if (sessions.some((session) => session.organizationKey === organizationKey)) return nobody('rest-missing');
  const [fromMs, toMs] = [facts.at.ms - hoursAroundMs, facts.at.ms + hoursAroundMs];
  const around = validations.between(organizationKey, fromMs, toMs);
  if (around.length === 0 || around.some((validation) => validations.unexplained.has(validation))) return nobody('host-not-collected');
  const open = launches.filter((launch) => !isLogged(mail, launch) && launch.sessions.some((session) => session.organizationKey === organizationKey
    && session.facts.at.ms >= fromMs && session.facts.at.ms <= facts.at.ms + minuteMs + defaultSkewMs));
  const [only] = open;
  const isCertain = only !== undefined && open.length === 1 && only.facts.timeCertain && only.facts.offsetKnown
    && only.facts.lastMs + defaultSkewMs >= facts.at.ms && only.sessions.some((session) => session.organizationKey === organizationKey && validations.supports(session));
  return { launches: open, isCertain, gaps: ['rest-missing'], evidence: open.map(({ id }) => id) };
}

/** Exchange Explorers log every file they write: one without such a line did not do it. */
function isLogged({ facts: { operation } }: MailRecord, { facts: { workload } }: LaunchRecord): boolean {
  return (workload === undefined || workload === 'exchange') && (operation === 'save' || operation === 'export');
}
