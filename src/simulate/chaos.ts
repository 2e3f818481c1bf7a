/** What goes wrong between the product and the folder somebody hands in: files cut, renamed and mixed up, answers lost, mails doubled and invented. */
import { isDateCertain, localTime } from './log-file.ts';
import { stampOf } from './culture.ts';
import { evidenceOf, isBound, isFarApart } from './expectation.ts';
import { eventsInOrder } from './rest-answers.ts';
import type { Random } from './random.ts';
import type { Action, Launch, Server, Tenant, World } from './world.ts';

/** Changes what was collected, never what happened. */
export function spoil(world: World, random: Random): void {
  world.launches.forEach((launch, index) => { spoilLaunch(world, launch, index, random); });
  for (const server of world.servers) spoilServer(server, random);
  keepJoinable(world);
  for (const tenant of world.tenants) for (let count = random.int(1, 3); count > 0; count -= 1) forge(world, tenant, random);
}

function spoilLaunch(world: World, launch: Launch, index: number, random: Random): void {
  const { style } = launch;
  Object.assign(style, { lineEnd: random.pick(['\r\n', '\r\n', '\n', 'mixed'] as const), trimsBlanks: random.chance(0.2), narrowBlank: style.dialect === 'culture' && random.chance(0.2) });
  if (launch.rolledIn !== undefined) return;
  const isTrap = world.actions.some((action: Action) => action.launch === launch && action.trap !== undefined);
  if (!isTrap && random.chance(0.12)) {
    const evidence = launch.records.flatMap((record, at) => record.action === undefined ? [] : [at]);
    if (evidence.length > 0) launch.kept = random.pick(evidence) + 1;
  }
  if (!isTrap && launch.kept === undefined && random.chance(0.06)) launch.isWithheld = true;
  // A collector may call the file what it likes; where only the stamp tells day from month, the stamp has to stay.
  if (random.chance(0.3)) launch.name = isDateCertain(launch) ? `${random.pick(['collected', 'copy of log', 'explorer'])} ${index}.txt` : `bundle-${index}_${stampOf(localTime(launch.host, launch.startMs))}.log`;
}

function spoilServer(server: Server, random: Random): void {
  if (random.chance(server.isProvider ? 0.1 : 0.3)) server.restCollected = false;
  if (random.chance(0.15)) server.mailCollected = false;
  if (random.chance(0.2)) server.serviceCollected = false;
  for (const session of server.sessions) {
    const isTrap = session.events.length < 3;
    if (!isTrap && random.chance(0.08)) session.isCollected = false;
    else if (random.chance(0.15)) session.lostPages.add(random.int(0, Math.floor((eventsInOrder(session).length - 1) / session.pageSize)));
  }
  for (const mail of server.mails) {
    if (random.chance(0.1)) mail.isLost = true;
    if (random.chance(0.15)) mail.copies = 2;
  }
}

/**
 * With clocks minutes apart and too little in common two sources of one action cannot be told from two actions, by anybody. Such a world would have no
 * answer: more is collected until they join, or one of them is lost as well.
 */
function keepJoinable(world: World): void {
  for (const server of world.servers) for (const session of server.sessions) {
    const { launch } = session;
    if (launch === undefined || !isFarApart(launch, session) || launch.rivals.length > 0) continue;
    if (!isBound(world, session, launch)) {
      session.lostPages.clear();
      if (launch.rolledIn === undefined) delete launch.kept;
    }
    if (!isBound(world, session, launch)) session.isCollected = false;
  }
  for (const action of world.actions) {
    const { launch, session, mail } = action;
    if (launch === undefined || session === undefined || mail === undefined || !isFarApart(launch, session)) continue;
    const evidence = evidenceOf(action);
    if (evidence.includes('explorer_log') && !evidence.includes('rest_api')) mail.isLost = true;
  }
}

/** A mail that nobody's server sent: it accuses an innocent of something that never happened. */
function forge(world: World, tenant: Tenant, random: Random): void {
  const owner = random.pick(tenant.owners);
  const [organization] = tenant.organizations;
  tenant.server.mails.push({
    server: tenant.server, organization, owner, type: 'mailbox', item: `Nothing to see ${random.int(1, 999)}`, source: `${owner.display}\\Inbox`, target: 'D:\\Restore', operation: 'save',
    startMs: world.firstMs + random.int(0, world.days * 86_400_000), delayMs: 30_000, initiatedBy: `${tenant.windows}\\a.innocent`, isForged: true, isLost: false, copies: 1,
  });
}
