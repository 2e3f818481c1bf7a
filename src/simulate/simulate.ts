/**
 * Worlds with known truth: people restore items of other people, and the product's logs, mails and REST answers of it are written down. Same options,
 * same bytes. Pure: nothing is read, written or timed here.
 */
import { createWorld, type WorldOptions } from './cast.ts';
import { spoil } from './chaos.ts';
import { configurationOf } from './configuration.ts';
import { textFile, type WorldFile } from './file.ts';
import { foreignFiles } from './foreign-files.ts';
import { launchFiles, serviceFile } from './log-file.ts';
import { mailFiles } from './audit-mail.ts';
import { planDays } from './plan.ts';
import { createRandom } from './random.ts';
import { restFiles } from './rest-answers.ts';
import { inOrder, type Print, type Stage } from './stage.ts';
import { playTraps } from './traps.ts';
import { truthOf, type Truth } from './truth.ts';
import type { World } from './world.ts';

export interface Simulation {
  readonly truth: Truth;
  /** everything of the world, `truth.json` and `vb365-siem.yml` included; paths are unique */
  files(): Iterable<WorldFile>;
}

export const defaultWorldOptions: Omit<WorldOptions, 'seed'> = { tenants: 3, hosts: 2, operators: 3, restores: 120, days: 5, lines: 0, chaos: false };

/** @param print prints one message of the catalogue by its id */
export function simulate(options: WorldOptions, print: Print): Simulation {
  const random = createRandom(`world ${options.seed}`);
  const world = createWorld(options, random.fork('cast'));
  const stage: Stage = { world, random: random.fork('plan'), print };
  planDays(stage, options);
  playTraps({ ...stage, random: random.fork('traps') });
  settle(world);
  if (options.chaos) spoil(world, random.fork('chaos'));
  return simulationOf(world, truthOf(world), print, options.lines);
}

/** Lines of a launch in the order of their time, however they were played. */
export function settle(world: World): void {
  for (const launch of world.launches) launch.records.splice(0, launch.records.length, ...inOrder(launch.records));
}

/** A world in which everything has happened, as files. @param lines about this many log lines; 0: no noise */
export function simulationOf(world: World, truth: Truth, print: Print, lines = 0): Simulation {
  return { truth, files: () => filesOf(world, truth, lines, print) };
}

function* filesOf(world: World, truth: Truth, lines: number, print: Print): Generator<WorldFile> {
  yield textFile('truth.json', `${JSON.stringify(truth, null, 1)}\n`);
  yield textFile('vb365-siem.yml', configurationOf(world));
  const noise = noisePlan(world, lines);
  for (const launch of world.launches) yield* launchFiles(launch, noise.launch, print);
  for (const server of world.servers) {
    const service = server.serviceCollected ? serviceFile(world, server, 'Service', noise.service, print) : undefined;
    const rest = server.serviceCollected ? serviceFile(world, server, 'REST', 0, print) : undefined;
    for (const file of [service, rest]) if (file !== undefined) yield file;
    yield* restFiles(world, server);
    yield* mailFiles(world, server);
  }
  if (world.hasChaos) yield* foreignFiles(world, createRandom(`${world.seed}/foreign`));
}

/** Half of the noise goes to the Explorers, half to the services. */
function noisePlan(world: World, lines: number): { readonly launch: number; readonly service: number } {
  const launches = world.launches.filter((launch) => launch.host.isCollected && !launch.isWithheld && launch.rolledIn === undefined);
  const services = world.servers.filter((server) => server.serviceCollected);
  const known = launches.reduce((sum, { records }) => sum + records.length, 0) + services.reduce((sum, { serviceRecords }) => sum + serviceRecords.length, 0);
  const missing = Math.max(0, lines - known);
  return { launch: Math.round(missing / 2 / Math.max(1, launches.length)), service: Math.round(missing / 2 / Math.max(1, services.length)) };
}
