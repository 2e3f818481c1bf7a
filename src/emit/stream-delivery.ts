/**
 * Delivers over TCP or TLS. Nothing on a stream says that the receiver took a message, except its end of stream after ours (syslog-and-cef.md 6); so what
 * was sent is kept until it is settled, and is sent again on a new connection whenever one breaks. A receiver that is being stopped ends its streams too,
 * with what it has read and not yet written: what it ended is settled when it answers again. Repeated events carry the same `event.id`.
 */
import type { DestinationSettings } from '../config/config.ts';
import type { Problem } from '../errors.ts';
import { sendBlockBytes } from '../limits.ts';
import { connect, type Connection } from './connect.ts';
import type { Delivery } from './delivery.ts';
import type { Parcel, ParcelQueue } from './parcel-queue.ts';
import type { SendTiming } from './send-timing.ts';

interface Sent { readonly parcel: Parcel; readonly atMs: number }

/** Runs until the queue is closed and everything is settled, or until the destination is given up; gives what was not delivered. */
export async function deliverStream(destination: DestinationSettings, queue: ParcelQueue, delivery: Delivery, timing: SendTiming): Promise<readonly Parcel[]> {
  const { commit } = destination.syslog;
  let unsettled: Sent[] = [];
  let unsettledBytes = 0;
  /** the receiver ended the last connection after us: it accepts our certificate, and has read all that is unsettled */
  let hasEnded = false;
  const timeOut = new AbortController();
  delivery.onTimeOut(() => {
    timeOut.abort();
    queue.wake();
  });

  const settle = (count: number): void => {
    for (const { parcel } of unsettled.slice(0, count)) unsettledBytes -= parcel.bytes.length;
    unsettled = unsettled.slice(count);
    delivery.settle(count);
  };
  const settleOld = (): void => {
    const oldest = performance.now() - timing.sentWindowMs;
    let [count, bytesAfter] = [0, unsettledBytes];
    for (const { parcel, atMs } of unsettled) {
      bytesAfter -= parcel.bytes.length;
      if (atMs > oldest || bytesAfter < timing.sentWindowBytes) break;
      count += 1;
    }
    if (count > 0) settle(count);
  };

  /** One connection from its first to its last byte. */
  const useConnection = async (open: Connection): Promise<Problem | undefined> => {
    const startMs = performance.now();
    for (const block of blocksOf(unsettled)) {
      const problem = await open.write(block);
      if (problem !== undefined) return problem;
    }
    // They are on their way anew.
    unsettled = unsettled.map(({ parcel }) => ({ parcel, atMs: startMs }));
    while (!delivery.isOver()) {
      if (commit === 'window') settleOld();
      if (commit === 'none') settle(unsettled.length);
      const restMs = commit === 'fin' ? startMs + timing.finBatchMs - performance.now() : timing.sentWindowMs;
      const room = commit === 'fin' ? timing.finBatchEvents - unsettled.length : Number.POSITIVE_INFINITY;
      if (room <= 0 || restMs <= 0) break;
      // The window may be long in time; it must not grow in memory.
      const isFull = commit === 'window' && unsettledBytes > 8 * timing.sentWindowBytes;
      const parcels = isFull ? [] : queue.take(sendBlockBytes, room);
      if (parcels.length === 0) {
        if (queue.isClosed() && queue.isEmpty()) break;
        await (isFull ? pause(timing.sentWindowMs / 10) : queue.wait(restMs));
        const problem = open.problem();
        if (problem !== undefined) return problem;
        continue;
      }
      const atMs = performance.now();
      for (const parcel of parcels) {
        unsettled.push({ parcel, atMs });
        unsettledBytes += parcel.bytes.length;
      }
      const problem = await open.write(Buffer.concat(parcels.map(({ bytes }) => bytes)));
      if (problem !== undefined) return problem;
    }
    return await open.finish();
  };

  while (!delivery.isOver()) {
    if (unsettled.length === 0) {
      await queue.wait();
      if (queue.isEmpty() && queue.isClosed()) break;
      if (queue.isEmpty()) continue;
    }
    const opened = await connect(destination, timing, hasEnded, timeOut.signal);
    let problem: Problem | undefined;
    if ('code' in opened) problem = opened;
    else {
      if (hasEnded) settle(unsettled.length);
      opened.onBroken(queue.wake);
      if (unsettled.length > 0 || !queue.isEmpty() || !queue.isClosed()) problem = await useConnection(opened);
      opened.close();
    }
    hasEnded = problem === undefined;
    if (problem !== undefined && (unsettled.length > 0 || !queue.isEmpty()) && !await delivery.retry(problem)) break;
  }
  return [...unsettled.map(({ parcel }) => parcel), ...queue.drop()];
}

/** The parcels as blocks of the size that a socket takes best. */
function* blocksOf(sent: readonly Sent[]): Generator<Buffer> {
  let block: Buffer[] = [];
  let size = 0;
  for (const { parcel: { bytes } } of sent) {
    if (size > 0 && size + bytes.length > sendBlockBytes) {
      yield Buffer.concat(block);
      [block, size] = [[], 0];
    }
    block.push(bytes);
    size += bytes.length;
  }
  if (size > 0) yield Buffer.concat(block);
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => { setTimeout(resolve, ms); });
}
