/** Where `replay` puts its events: text on stdout or in a file, and the destinations of a configuration. */
import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import type { DeliveryProgress, DeliveryReport } from '../emit/send.ts';
import type { Event } from '../event.ts';
import { createRouter } from '../route/route-event.ts';
import { openOutput } from './output.ts';
import type { ProblemLog } from './problem-log.ts';
import { say, type Terminal } from './terminal.ts';
import { createWaitingLine } from './waiting-line.ts';

export interface EventSink {
  readonly give: (event: Event) => Promise<void>;
  /** Resolves when everything is written or delivered, or known not to be, with the number of deliveries that failed. */
  readonly close: () => Promise<number>;
  /** After Ctrl-C or a failure: whole lines stay on stdout, a file is removed, what a receiver has not confirmed is given up. */
  readonly discard: () => Promise<void>;
}

/** Lines on stdout, or in a file that appears when it is complete. */
export async function lineSink(terminal: Terminal, format: 'ecs' | 'cef', file: string | undefined): Promise<EventSink> {
  const lineOf = format === 'cef' ? (await import('../emit/cef.ts')).cefLine : (await import('../emit/ecs.ts')).ecsLine;
  const output = await openOutput(terminal, file);
  return {
    give: (event) => output.write(`${lineOf(event)}\n`),
    async close() {
      await output.close();
      return 0;
    },
    discard: () => file === undefined ? output.close() : output.discard(),
  };
}

/** Every event to the destinations of its tenant. What is not delivered is named, with the reason, for each destination. */
export async function destinationSink(terminal: Terminal, config: Config, problems: ProblemLog): Promise<EventSink> {
  const { createSender } = await import('../emit/send.ts');
  const route = createRouter(config);
  const line = createWaitingLine(terminal, (seconds) => describeWaiting(sender.progress(), seconds));
  const tell = (text: string): void => {
    line.clear();
    say(terminal, text);
  };
  const sender = createSender(config.destinations, {
    collector: { host: hostname(), processId: process.pid },
    onProblem(_, problem) {
      line.clear();
      problems.add(problem);
    },
    onLargeDatagram: (destination, bytes) => { tell(`${destination}: a datagram has ${bytes} bytes; networks lose such ones: use tcp:// or tls://`); },
  });
  // Ctrl-C ends the waiting for a receiver, too.
  terminal.signal.addEventListener('abort', () => { void sender.close(0); }, { once: true });
  let refused = 0;
  const end = async (waitMs?: number): Promise<number> => {
    line.begin();
    const reports = await sender.close(waitMs);
    line.close();
    for (const report of reports) say(terminal, describeDelivery(report, config));
    if (refused > 0) say(terminal, `${refused} events belong to no tenant and were sent to nobody`);
    return reports.reduce((sum, { undelivered }) => sum + undelivered, 0);
  };
  return {
    async give(event) {
      const { destinations, quarantine } = route(event);
      if (quarantine !== undefined) refused += 1;
      if (destinations.length === 0) return;
      line.begin();
      for (const destination of destinations) await sender.send(destination, event);
      line.end();
    },
    close: () => end(),
    async discard() { await end(0); },
  };
}

function describeDelivery({ destination, delivered, undelivered, undeliveredIds }: DeliveryReport, config: Config): string {
  const isConfirmed = config.destinations.find(({ id }) => id === destination)?.syslog.commit !== 'none';
  const done = `${destination}: ${delivered} events ${isConfirmed ? 'delivered' : 'sent, unconfirmed'}`;
  if (undelivered === 0) return done;
  const more = undelivered - undeliveredIds.length;
  return `${done}, ${undelivered} not: ${undeliveredIds.join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `waiting for contoso-siem: 40 of 1234 events, adatum-siem: 7 of 7 events, 12 s` */
function describeWaiting(progress: readonly DeliveryProgress[], seconds: number): string | undefined {
  const behind = progress.filter(({ waiting }) => waiting > 0);
  if (behind.length === 0) return undefined;
  return `waiting for ${behind.map(({ destination, given, waiting }) => `${destination}: ${waiting} of ${given} events`).join(', ')}, ${seconds} s`;
}
