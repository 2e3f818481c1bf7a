/**
 * What the collected evidence can decide about an action, from what the simulator knows it withheld. Nothing here asks the product: it is the other
 * side of the test.
 */
import { foldName } from '../text/account.ts';
import { isEventCollected } from './rest-answers.ts';
import type { Action, Launch, RestSession, World } from './world.ts';

export type Evidence = 'explorer_log' | 'rest_api' | 'audit_mail';
export interface Expectation {
  /** `unseen`: no source holds it, so nothing may come out */
  readonly class: 'named' | 'ambiguous' | 'organization' | 'unknown' | 'unseen';
  readonly operator?: string;
  readonly candidates?: readonly string[];
}

/** Clocks further apart than this are not matched on one moment alone (formats/rest-api.md 9.4: 120 s, less what an event lasts). */
const windowMs = 110_000;

export function evidenceOf(action: Action): readonly Evidence[] {
  const found: Evidence[] = [];
  if (action.isLogged && hasLine(action)) found.push('explorer_log');
  if (action.session !== undefined && action.event !== undefined && isEventCollected(action.session, action.event)) found.push('rest_api');
  if (action.mail !== undefined && !action.mail.isLost && action.mail.server.mailCollected) found.push('audit_mail');
  return found;
}

export function expectationOf(world: World, action: Action, evidence: readonly Evidence[]): Expectation {
  if (evidence.length === 0) return { class: 'unseen' };
  // Who stands behind a service or a program, no source says.
  if (action.operator.kind === 'service' || action.operator.kind === 'application') return { class: 'organization' };
  const named: Expectation = { class: 'named', operator: action.operator.account };
  const { session, launch } = action;
  const isNamedByServer = session !== undefined && foldName(session.initiatedBy) === foldName(action.operator.account);
  if (isNamedByServer && (evidence.includes('rest_api') || evidence.includes('audit_mail'))) return named;
  if (evidence.includes('explorer_log')) {
    if (launch !== undefined && isHeaderLeft(launch)) return named;
    return { class: evidence.length > 1 ? 'organization' : 'unknown' };
  }
  if (evidence.includes('rest_api') && session !== undefined && launch !== undefined && isHeaderLeft(launch)) {
    const rivals = launch.rivals.filter(isHeaderLeft);
    if (rivals.length > 0) return { class: 'ambiguous', candidates: [launch, ...rivals].map(({ operator }) => operator.account).sort() };
    if (isBound(world, session, launch)) return named;
  }
  return { class: 'organization' };
}

function hasLine(action: Action): boolean {
  const { launch } = action;
  if (launch === undefined || !isCollected(launch)) return false;
  return isLeft(launch, launch.records.findIndex((record) => record.action === action.id));
}

function isCollected(launch: Launch): boolean {
  return launch.host.isCollected && !launch.isWithheld;
}

/** Whether a record is among what was collected of the file. */
function isLeft(launch: Launch, index: number): boolean {
  if (index < 0 || index >= (launch.kept ?? Number.POSITIVE_INFINITY)) return false;
  return !launch.isFirstPartWithheld || launch.rolledIn === undefined || index > launch.records.indexOf(launch.rolledIn);
}

function isHeaderLeft(launch: Launch): boolean {
  return isCollected(launch) && !launch.isFirstPartWithheld;
}

/** True when the clocks of a machine and a server are so far apart that one moment alone joins nothing. */
export function isFarApart(launch: Launch, session: RestSession): boolean {
  return Math.abs(launch.host.skewMs - session.server.host.skewMs) > windowMs;
}

/** Whether log and server share enough to say that the session is this launch's. */
export function isBound(world: World, session: RestSession, launch: Launch): boolean {
  const hasCreation = isLeft(launch, launch.records.findIndex((record) => record.session === session.id));
  const paths = world.actions.filter((action) => action.session === session && action.event?.title.startsWith('Item successfully exported to: ') === true && evidenceOf(action).includes('explorer_log') && evidenceOf(action).includes('rest_api')).length;
  if (!isFarApart(launch, session)) return hasCreation || paths > 0;
  return paths > 1 || (hasCreation && paths > 0);
}
