/** The truth of a world as it is written beside its files. */
import { evidenceOf, expectationOf, type Evidence, type Expectation } from './expectation.ts';
import { isEventCollected } from './rest-answers.ts';
import type { Action, World } from './world.ts';

export interface TrueAction {
  readonly id: string;
  readonly action: Action['action'];
  /** true time */
  readonly at: string;
  /** how far the clocks that wrote it down may be off, in seconds */
  readonly within: number;
  /** the same moment as each collected source states it, converted to UTC with the zone of its machine; mails to the minute */
  readonly stated: Readonly<Partial<Record<Evidence, string>>>;
  readonly tenant: string;
  readonly organization: string;
  readonly workload: string;
  readonly operator: { readonly account: string; readonly kind: string };
  readonly owner: string;
  readonly item: { readonly name: string; readonly path: string; readonly file?: string };
  readonly target?: string;
  readonly host?: string;
  readonly outcome: 'success' | 'failure';
  readonly evidence: readonly Evidence[];
  readonly expect: Expectation;
  readonly trap?: string;
}
/** An alert that must be raised, written down before anything was run. */
export interface ExpectedAlert {
  /** name of the rule */
  readonly rule: string;
  /** absent: an alert for the provider, over all tenants */
  readonly tenant?: string;
  readonly count: number;
}
/** What a world is about, and what a rule pack has to say of it. */
export interface Story {
  readonly name: string;
  readonly sentence: string;
  /** the account that alerts may name; absent: no alert names anybody */
  readonly culprit?: string;
  readonly alerts: readonly ExpectedAlert[];
}
export interface Truth {
  readonly seed: number;
  readonly chaos: boolean;
  readonly actions: readonly TrueAction[];
  readonly hosts: readonly { readonly name: string; readonly tenant?: string; readonly zone: string; readonly skewSeconds: number; readonly isCollected: boolean }[];
  /** what exists but was not collected, or only in part */
  readonly withheld: readonly { readonly kind: 'host' | 'log' | 'log-part' | 'rest-server' | 'rest-session' | 'rest-page' | 'mail'; readonly what: string }[];
  /** only of worlds that tell one */
  readonly story?: Story;
}

/** Folders that were opened are restores only where a server or a mail says so; in a log alone they are activities and not in the truth. */
export function truthOf(world: World, story?: Story): Truth {
  const actions = world.actions.map((action) => ({ action, evidence: evidenceOf(action) })).filter(({ action, evidence }) => !action.isFolder || evidence.length > 0);
  return {
    seed: world.seed, chaos: world.hasChaos, actions: actions.map(({ action, evidence }) => trueAction(world, action, evidence)),
    hosts: world.hosts.map((host) => ({ name: host.name, ...(host.tenant === undefined ? {} : { tenant: host.tenant }), zone: host.zone.id, skewSeconds: host.skewMs / 1000, isCollected: host.isCollected })),
    withheld: withheldOf(world), ...(story === undefined ? {} : { story }),
  };
}

function trueAction(world: World, action: Action, evidence: readonly Evidence[]): TrueAction {
  const skewMs = Math.max(Math.abs(action.host?.skewMs ?? 0), Math.abs(action.tenant.server.host.skewMs));
  return {
    id: action.id, action: action.action, at: new Date(action.atMs).toISOString(), within: Math.ceil(skewMs / 1000) + (evidence.some((kind) => kind !== 'audit_mail') ? 5 : 65),
    stated: statedTimes(action, evidence), tenant: action.tenant.id, organization: action.organization.name, workload: action.workload, operator: { account: action.operator.account, kind: action.operator.kind }, owner: action.owner, item: action.item,
    ...(action.target === undefined ? {} : { target: action.target }), ...(action.host === undefined ? {} : { host: action.host.name }), outcome: action.outcome,
    evidence, expect: expectationOf(world, action, evidence), ...(action.trap === undefined ? {} : { trap: action.trap }),
  };
}

function statedTimes(action: Action, evidence: readonly Evidence[]): TrueAction['stated'] {
  const stated: Partial<Record<Evidence, string>> = {};
  const serverMs = action.atMs + action.tenant.server.host.skewMs;
  const line = action.launch?.records.find((record) => record.action === action.id);
  if (evidence.includes('explorer_log') && line !== undefined) stated.explorer_log = new Date(line.ms + (action.host?.skewMs ?? 0)).toISOString();
  if (evidence.includes('rest_api')) stated.rest_api = new Date(serverMs).toISOString();
  if (evidence.includes('audit_mail')) stated.audit_mail = new Date(Math.floor(serverMs / 60_000) * 60_000).toISOString();
  return stated;
}

function withheldOf(world: World): Truth['withheld'] {
  const withheld: Truth['withheld'][number][] = [];
  for (const host of world.hosts) if (!host.isCollected) withheld.push({ kind: 'host', what: host.name });
  for (const launch of world.launches) {
    const what = `${launch.host.name} ${new Date(launch.startMs).toISOString()} ${launch.operator.account}`;
    if (launch.host.isCollected && launch.isWithheld) withheld.push({ kind: 'log', what });
    else if (launch.host.isCollected && (launch.kept !== undefined || launch.isFirstPartWithheld)) withheld.push({ kind: 'log-part', what });
  }
  for (const server of world.servers) {
    if (!server.restCollected) withheld.push({ kind: 'rest-server', what: server.host.name });
    for (const session of server.sessions) {
      if (!session.isCollected) withheld.push({ kind: 'rest-session', what: session.id });
      else if (session.events.some((event) => !isEventCollected(session, event))) withheld.push({ kind: 'rest-page', what: session.id });
    }
    const lost = server.mails.filter((mail) => mail.isLost).length;
    if (lost > 0) withheld.push({ kind: 'mail', what: `${lost} of ${server.host.name}` });
  }
  return withheld;
}
