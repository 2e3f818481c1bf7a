/** `vb365-siem replay`: everything that was read, once through the pipeline, as events. */
import type { Event } from '../event.ts';
import { isChosen, type EventChoice } from '../route/route-event.ts';
import { destinationSink, lineSink, type EventSink } from './event-sink.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { isOutputFailure, writeWhole } from './output.ts';
import { hasFailed } from './problem-log.ts';
import { prepareReading, type ReadArguments } from './read-once.ts';
import { say, type Terminal } from './terminal.ts';

export interface ReplayArguments extends ReadArguments {
  readonly events: EventChoice;
  readonly format: 'ecs' | 'cef';
  readonly out?: string;
  readonly stats?: string;
  readonly send?: boolean;
  readonly strict?: boolean;
}

/** Exit code 1: a path could not be read, output could not be written, events were not delivered; with `strict` any problem. */
export async function replay(args: ReplayArguments, terminal: Terminal): Promise<ExitCode> {
  const reading = await prepareReading(args, terminal, args.send);
  if (typeof reading === 'number') return reading;
  const { config, problems, read } = reading;
  if (args.send === true && (config === undefined || config.destinations.length === 0)) {
    problems.add({ code: 'usage', message: '--send needs destinations', remedy: 'name a configuration with "destinations" after -c' });
    return exitCodes.usage;
  }
  const counts = new Map<string, number>();
  const sinks: EventSink[] = [];
  let undelivered = 0;
  const give = async (event: Event): Promise<void> => {
    if (!isChosen(event, args.events)) return;
    const level = event['vb365.level'] ?? 'event';
    counts.set(level, (counts.get(level) ?? 0) + 1);
    for (const sink of sinks) await sink.give(event);
  };
  try {
    if (args.send !== true || args.out !== undefined) sinks.push(await lineSink(terminal, args.format, args.out));
    if (args.send === true && config !== undefined) sinks.push(await destinationSink(terminal, config, problems));
    const result = await read(args.events === 'all' ? { onActivity: give } : {});
    if (result === undefined) {
      for (const sink of sinks) await sink.discard();
      say(terminal, 'interrupted');
      return exitCodes.interrupted;
    }
    for (const event of [...result.restores, ...result.health, ...result.alerts]) await give(event);
    for (const sink of sinks) undelivered += await sink.close();
    if (args.stats !== undefined) await writeWhole(terminal, args.stats, statsText({ ...result.stats, events: counts, problems: problems.counts }));
  } catch (error) {
    for (const sink of sinks) await sink.discard().catch(() => undefined);
    if (!isOutputFailure(error)) throw error;
    problems.add(error.problem);
  }
  problems.close();
  say(terminal, summary(counts, problems.counts));
  if (terminal.signal.aborted) return exitCodes.interrupted;
  return undelivered > 0 || hasFailed(problems.counts) || (args.strict === true && problems.counts.size > 0) ? exitCodes.problems : exitCodes.done;
}

function summary(counts: ReadonlyMap<string, number>, problems: ReadonlyMap<string, number>): string {
  const list = (of: ReadonlyMap<string, number>): string => [...of].map(([name, count]) => `${count} ${name}`).join(', ');
  return `events: ${counts.size === 0 ? 'none' : list(counts)}${problems.size === 0 ? '' : `; problems: ${list(problems)}`}`;
}

/** JSON with maps as objects and sets as arrays. */
function statsText(stats: object): string {
  const plain = (_: string, value: unknown): unknown => value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : value instanceof Set ? [...value as Set<unknown>] : value;
  return `${JSON.stringify(stats, plain, 2)}\n`;
}
