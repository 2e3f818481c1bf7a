/** Worlds that tell one story: the ordinary week, and incidents in an ordinary tenant. Same seed, same bytes, as every world. */
import { createWorld } from './cast.ts';
import { mondays } from './calendar.ts';
import { incidentDay, type Incident, type Scene } from './incident.ts';
import { exfiltrationIncidents } from './incidents-exfiltration.ts';
import { peopleIncidents } from './incidents-people.ts';
import { tamperingIncidents } from './incidents-tampering.ts';
import { playOrdinaryDays } from './ordinary-days.ts';
import { createRandom } from './random.ts';
import { policyOf, rolesNeed, rolesOf, type Roles } from './roles.ts';
import { settle, simulationOf, type Simulation } from './simulate.ts';
import type { Print, Stage } from './stage.ts';
import { truthOf, type Story } from './truth.ts';
import { playWeek, weekDays } from './week.ts';

export const incidents: readonly Incident[] = [...exfiltrationIncidents, ...tamperingIncidents, ...peopleIncidents];

/** Three tenants over three weeks; the third is the week. Nothing in it deserves more than a look in the weekly review. */
export function simulateWeek(seed: number, print: Print): Simulation {
  const { stage, all } = setStage(`week ${seed}`, seed, print, { days: weekDays, owners: 14, audited: 10 });
  playWeek(stage, all);
  return told(stage, print, { name: 'week-ordinary', sentence: 'An ordinary working week of three tenants, after two weeks in which they are learned', alerts: [] });
}

/** An ordinary tenant in which one thing happens. Nobody is audited there, so that a quiet weekend is no silence. */
export function simulateIncident(incident: Incident, seed: number, print: Print): Simulation {
  const to = (incident.lastDay ?? incidentDay + 1) + 1;
  const { stage, all } = setStage(`incident ${incident.name} ${seed}`, seed, print, { days: to, owners: 24, audited: 0 });
  const [first, second, third] = all;
  if (first === undefined || second === undefined || third === undefined) throw new RangeError('a scene needs three tenants');
  const scene: Scene = { stage, roles: incident.setting === 'own' ? third : first, neighbour: second };
  playOrdinaryDays(stage, scene.roles, { from: 0, to });
  if (incident.alerts.some(({ where }) => where === 'neighbour')) playOrdinaryDays(stage, scene.neighbour, { from: 0, to });
  incident.play(scene);
  const culprit = incident.culprit?.(scene).account;
  return told(stage, print, {
    name: incident.name, sentence: incident.sentence, ...(culprit === undefined ? {} : { culprit }),
    alerts: incident.alerts.map(({ rule, count, where }) => ({ rule, count, ...(where === 'provider' ? {} : { tenant: (where === 'neighbour' ? scene.neighbour : scene.roles).tenant.id }) })),
  });
}

function setStage(label: string, seed: number, print: Print, size: { readonly days: number; readonly owners: number; readonly audited: number }): { readonly stage: Stage; readonly all: readonly Roles[] } {
  const random = createRandom(label);
  const { hosts, operators } = rolesNeed;
  const world = createWorld({ seed, tenants: 3, hosts, operators, restores: 0, lines: 0, chaos: false, firstMs: random.pick(mondays), ...size }, random.fork('cast'));
  const all = world.tenants.map(rolesOf);
  for (const roles of all) {
    roles.vip.account = roles.portalOwner.account;
    roles.tenant.policy = policyOf(roles, world);
  }
  return { stage: { world, random: random.fork('plan'), print }, all };
}

function told({ world }: Stage, print: Print, story: Story): Simulation {
  settle(world);
  return simulationOf(world, truthOf(world, story), print);
}
