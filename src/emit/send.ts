/**
 * Sends events to destinations. Each has a queue, a connection and a fate of its own: what one receiver does is felt by no other, and no event of one
 * tenant is ever in the buffer of another's connection.
 */
import type { DestinationSettings } from '../config/config.ts';
import type { Problem } from '../errors.ts';
import type { Event } from '../event.ts';
import { maxDatagramBytes } from '../limits.ts';
import { deliverDatagrams } from './datagram-delivery.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { frameMessage } from './framing.ts';
import { createParcelQueue, type ParcelQueue } from './parcel-queue.ts';
import { createRenderer, type Render } from './render.ts';
import { defaultTiming, type SendTiming } from './send-timing.ts';
import { deliverStream } from './stream-delivery.ts';
import type { Collector } from './syslog-header.ts';

export interface SenderOptions {
  readonly collector: Collector;
  /** told of each new kind of failure at once; events are not held up by it */
  readonly onProblem?: (destination: string, problem: Problem) => void;
  /** told once of each destination whose datagrams are longer than one packet carries */
  readonly onLargeDatagram?: (destination: string, bytes: number) => void;
  readonly timing?: Partial<SendTiming>;
}

export interface Sender {
  /**
   * Hands an event over; resolves when there is room for the next, which takes time only while a receiver is slow, or away and not yet given up.
   * Throws when no destination has this id.
   */
  readonly send: (destination: string, event: Event) => Promise<void>;
  /**
   * Delivers what is left and closes the connections. One report per destination, in their order.
   * @param waitMs how long destinations that still make progress may take; 0 after an interrupt
   */
  readonly close: (waitMs?: number) => Promise<readonly DeliveryReport[]>;
  /** how far each destination is, in their order */
  readonly progress: () => readonly DeliveryProgress[];
}

export interface DeliveryProgress {
  readonly destination: string;
  /** events handed over so far */
  readonly given: number;
  /** of these not yet delivered, and not yet given up */
  readonly waiting: number;
}

export interface DeliveryReport {
  readonly destination: string;
  /** confirmed as `commit` of the destination says; with UDP only sent */
  readonly delivered: number;
  /** events that were not delivered; 0 means all is well */
  readonly undelivered: number;
  /** the first of their `event.id` */
  readonly undeliveredIds: readonly string[];
  /** why; empty when everything was delivered */
  readonly problems: readonly Problem[];
}

const maxIdsListed = 20;

export function createSender(destinations: readonly DestinationSettings[], options: SenderOptions): Sender {
  const channels = new Map(destinations.map((destination) => [destination.id, openChannel(destination, options)]));
  return {
    async send(destination, event) {
      const channel = channels.get(destination);
      if (channel === undefined) throw new Error(`no destination ${destination}`);
      await channel.send(event);
    },
    close: async (waitMs) => await Promise.all([...channels.values()].map(async (channel) => await channel.close(waitMs))),
    progress: () => [...channels.values()].map((channel) => channel.progress()),
  };
}

/** A transport that this version does not speak, to be told before anything is read; undefined when it does. */
export function refuseTransport({ id, syslog: { transport, url } }: DestinationSettings): Problem | undefined {
  if (transport === 'udp' || transport === 'tcp' || transport === 'tls') return undefined;
  return { code: 'send-unreachable', message: `destination ${id} (${url}): this version does not speak RELP`, remedy: 'use tls:// or tcp:// with "commit: fin", which is confirmed as well' };
}

interface Channel {
  readonly send: (event: Event) => Promise<void>;
  readonly close: (waitMs?: number) => Promise<DeliveryReport>;
  readonly progress: () => DeliveryProgress;
}

function openChannel(destination: DestinationSettings, { collector, onProblem, onLargeDatagram, timing: given }: SenderOptions): Channel {
  const { id, syslog } = destination;
  const timing: SendTiming = { ...defaultTiming, ...given };
  const render: Render = createRenderer(destination, collector);
  const queue: ParcelQueue = createParcelQueue(timing.maxQueuedBytes);
  const tell = (problem: Problem): void => { onProblem?.(id, problem); };
  const delivery: Delivery = createDelivery(timing, tell);
  const lost = new Map<Problem['code'], Problem>();
  const lostIds: string[] = [];
  let lostCount = 0;
  let handedOver = 0;
  let isOpen = true;
  let hasLargeDatagram = false;

  const lose = (eventId: string, problem: Problem): void => {
    lostCount += 1;
    if (lostIds.length < maxIdsListed) lostIds.push(eventId);
    if (!lost.has(problem.code)) lost.set(problem.code, problem);
  };
  const whyEnded = (): Problem => delivery.problem() ?? {
    code: 'send-broken', message: `${id} (${syslog.url}) did not take everything in time`, remedy: 'run again: repeated events have the same event.id',
  };
  const refused = refuseTransport(destination);
  if (refused !== undefined) tell(refused);
  const run = async (): Promise<void> => {
    if (refused !== undefined) {
      isOpen = false;
      return;
    }
    const left = await (syslog.transport === 'udp' ? deliverDatagrams : deliverStream)(destination, queue, delivery, timing);
    isOpen = false;
    for (const parcel of left) lose(parcel.id, whyEnded());
  };
  const running = run();

  return {
    async send(event) {
      handedOver += 1;
      const eventId = event['event.id'] ?? '';
      const message = render(event);
      if (typeof message !== 'string') {
        if (!lost.has(message.code)) tell(message);
        lose(eventId, message);
        return;
      }
      if (!isOpen) {
        lose(eventId, refused ?? whyEnded());
        return;
      }
      const bytes = syslog.transport === 'udp' ? Buffer.from(message, 'utf8') : frameMessage(message, syslog.framing);
      if (syslog.transport === 'udp' && bytes.length > maxDatagramBytes && !hasLargeDatagram) {
        hasLargeDatagram = true;
        onLargeDatagram?.(id, bytes.length);
      }
      await queue.push({ id: eventId, bytes });
    },
    progress: () => ({ destination: id, given: handedOver, waiting: handedOver - delivery.settled() - lostCount }),
    async close(waitMs = timing.closeWaitMs) {
      delivery.close(waitMs);
      queue.close();
      await running;
      // Events that were waiting for room when the destination was given up.
      for (const parcel of queue.drop()) lose(parcel.id, whyEnded());
      return { destination: id, delivered: delivery.settled(), undelivered: lostCount, undeliveredIds: lostIds, problems: [...lost.values()] };
    },
  };
}
