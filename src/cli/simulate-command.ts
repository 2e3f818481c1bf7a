/** `vb365-siem simulate`: writes a world with its truth into an empty folder. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Problem } from '../errors.ts';
import type { Incident } from '../simulate/incident.ts';
import { incidents, simulateIncident, simulateWeek } from '../simulate/scenarios.ts';
import { defaultWorldOptions, simulate, type Simulation } from '../simulate/simulate.ts';
import type { Print } from '../simulate/stage.ts';
import type { Truth } from '../simulate/truth.ts';

/** As typed: numbers are still text. Names are those of the options. */
export interface SimulateArguments {
  readonly seed?: string;
  readonly out?: string;
  /** `ordinary` */
  readonly week?: string;
  /** name of an incident; `list` prints them */
  readonly incident?: string;
  readonly tenants?: string;
  readonly hosts?: string;
  readonly operators?: string;
  readonly restores?: string;
  readonly days?: string;
  readonly lines?: string;
  readonly chaos?: boolean;
}
export interface SimulateOption { readonly flags: string; readonly description: string }

/** Options of the command, for the program that reads the command line. */
export const simulateOptions: readonly SimulateOption[] = [
  { flags: '--tenants <n>', description: `tenants, 2 to 200 (${defaultWorldOptions.tenants})` },
  { flags: '--hosts <n>', description: `machines with an Explorer per tenant (${defaultWorldOptions.hosts})` },
  { flags: '--operators <n>', description: `operators per tenant (${defaultWorldOptions.operators})` },
  { flags: '--restores <n>', description: `item actions besides the traps (${defaultWorldOptions.restores})` },
  { flags: '--days <n>', description: `days they are spread over (${defaultWorldOptions.days})` },
  { flags: '--lines <n>', description: 'about this many log lines in all; the rest is noise' },
  { flags: '--chaos', description: 'damaged, lost, doubled, renamed and forged input as well' },
  { flags: '--week <kind>', description: 'ordinary: a working week of three tenants in which nothing happens, instead of a random world' },
  { flags: '--incident <name>', description: 'an ordinary tenant in which one thing happens; the truth lists the alerts that must be raised; list prints the names' },
];
export const simulateExample = 'vb365-siem simulate --seed 7 --out world && vb365-siem replay world --events restores\n  $ vb365-siem simulate --incident mass-export --out incident && vb365-siem replay incident';

const ranges: Readonly<Record<string, readonly [min: number, max: number]>> = {
  seed: [0, Number.MAX_SAFE_INTEGER], tenants: [2, 200], hosts: [1, 90], operators: [2, 1_000], restores: [0, 1_000_000], days: [1, 366], lines: [0, 1_000_000_000],
};

export interface SimulateResult { readonly files: number; readonly bytes: number; readonly truth: Truth }

/** Checks the arguments and writes the world. A result, or everything that is wrong. Large files are streamed. */
export async function simulateToFolder(args: SimulateArguments & { readonly out: string }, print: Print): Promise<SimulateResult | readonly Problem[]> {
  const problems: Problem[] = [];
  const number = (name: keyof typeof defaultWorldOptions | 'seed', fallback: number): number => {
    const given = args[name];
    if (given === undefined || typeof given === 'boolean') return fallback;
    const [min, max] = ranges[name] ?? [0, 0];
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value;
    problems.push({ code: 'usage', message: `--${name} is ${JSON.stringify(given)}`, remedy: `give a whole number from ${min} to ${max}` });
    return fallback;
  };
  const options = {
    seed: number('seed', 0), tenants: number('tenants', defaultWorldOptions.tenants), hosts: number('hosts', defaultWorldOptions.hosts), operators: number('operators', defaultWorldOptions.operators),
    restores: number('restores', defaultWorldOptions.restores), days: number('days', defaultWorldOptions.days), lines: number('lines', defaultWorldOptions.lines), chaos: args.chaos ?? false,
  };
  const { incident, found } = storyProblems(args);
  problems.push(...found);
  // What lies there already would be read as a part of the world, and the truth would not know of it.
  if (await isOccupied(args.out)) problems.push({ code: 'usage', message: `--out names ${args.out}, which is not an empty folder`, remedy: 'name a folder that does not exist yet', file: args.out });
  if (problems.length > 0) return problems;
  const { truth, files }: Simulation = incident !== undefined ? simulateIncident(incident, options.seed, print) : args.week !== undefined ? simulateWeek(options.seed, print) : simulate(options, print);
  let count = 0;
  let bytes = 0;
  for (const file of files()) {
    const path = join(args.out, ...file.path.split('/'));
    try {
      await mkdir(dirname(path), { recursive: true });
      await pipeline(Readable.from(counted(file.chunks(), (size) => { bytes += size; })), createWriteStream(path));
      if (file.savedMs !== undefined) await utimes(path, file.savedMs / 1000, file.savedMs / 1000);
    } catch (error) {
      return [{ code: 'write-failed', message: `${path}: ${error instanceof Error ? error.message : String(error)}`, remedy: 'make room or choose another folder with --out', file: path }];
    }
    count += 1;
  }
  return { files: count, bytes, truth };
}

/** Week and incidents have a cast and days of their own. */
function storyProblems(args: SimulateArguments): { readonly incident: Incident | undefined; readonly found: readonly Problem[] } {
  const { week, incident: wanted } = args;
  const incident = incidents.find(({ name }) => name === wanted);
  const found: Problem[] = [];
  if (week !== undefined && week !== 'ordinary') found.push({ code: 'usage', message: `--week is ${JSON.stringify(week)}`, remedy: 'give ordinary' });
  if (wanted !== undefined && incident === undefined) found.push({ code: 'usage', message: `--incident is ${JSON.stringify(wanted)}`, remedy: `give one of ${incidents.map(({ name }) => name).join(', ')}` });
  if (week === undefined && wanted === undefined) return { incident, found };
  if (week !== undefined && wanted !== undefined) found.push({ code: 'usage', message: '--week and --incident are given together', remedy: 'write each into a folder of its own' });
  for (const name of ['tenants', 'hosts', 'operators', 'restores', 'days', 'lines', 'chaos'] as const) {
    if (args[name] !== undefined) found.push({ code: 'usage', message: `--${name} has no effect on a week or an incident`, remedy: 'leave it out: only --seed changes them' });
  }
  return { incident, found };
}

/** Every incident with one sentence. */
export function listIncidents(): string {
  const width = Math.max(...incidents.map(({ name }) => name.length));
  return incidents.map(({ name, sentence }) => `${name.padEnd(width)}  ${sentence}`).join('\n');
}

function* counted(chunks: Iterable<Uint8Array>, note: (size: number) => void): Generator<Uint8Array> {
  for (const chunk of chunks) {
    note(chunk.length);
    if (chunk.length > 0) yield chunk;
  }
}

async function isOccupied(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

/** One screen about the world that was written. */
export function describeWorld(out: string, result: SimulateResult): string {
  const { truth } = result;
  const counts = new Map<string, number>();
  for (const { expect } of truth.actions) counts.set(expect.class, (counts.get(expect.class) ?? 0) + 1);
  const traps = new Set(truth.actions.flatMap(({ trap }) => trap === undefined ? [] : [trap]));
  const { story } = truth;
  const expected = story?.alerts.map(({ rule, count, tenant }) => `${count} ${rule} (${tenant ?? 'provider'})`) ?? [];
  return [
    `${out}: ${result.files} files, ${result.bytes} bytes, ${truth.actions.length} actions on ${truth.hosts.length} machines`,
    `what the evidence decides: ${[...counts].map(([name, count]) => `${count} ${name}`).join(', ')}`,
    ...(traps.size === 0 ? [] : [`traps: ${[...traps].join(', ')}`]),
    ...(story === undefined ? [] : [story.sentence, `alerts to expect: ${expected.length === 0 ? 'none above low' : expected.join(', ')}`]),
    `next: vb365-siem replay ${out} --events ${story === undefined ? 'restores' : 'alerts'}   (the truth is in ${join(out, 'truth.json')})`,
  ].join('\n');
}
