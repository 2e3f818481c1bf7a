/** Delivers over UDP (RFC 5426): one message per datagram, no faster than receivers read, and never more than "sent". */
import { lookup } from 'node:dns/promises';
import type { DestinationSettings } from '../config/config.ts';
import type { Problem } from '../errors.ts';
import { sendBlockBytes } from '../limits.ts';
import type { Delivery } from './delivery.ts';
import type { Parcel, ParcelQueue } from './parcel-queue.ts';
import { sendProblem } from './send-problem.ts';
import type { SendTiming } from './send-timing.ts';
import { openDatagramSocket, type DatagramSocket } from './syslog-client.ts';

/** Runs until the queue is closed and empty, or until the destination is given up; gives what was not sent. */
export async function deliverDatagrams(destination: DestinationSettings, queue: ParcelQueue, delivery: Delivery, timing: SendTiming): Promise<readonly Parcel[]> {
  let burst: readonly Parcel[] = [];
  let socket: DatagramSocket | undefined;
  delivery.onTimeOut(queue.wake);
  while (!delivery.isOver()) {
    if (burst.length === 0) {
      await queue.wait();
      burst = queue.take(sendBlockBytes, timing.datagramBurst);
      if (burst.length === 0 && queue.isClosed()) break;
      if (burst.length === 0) continue;
    }
    const problem = await sendBurst();
    if (problem === undefined) {
      delivery.settle(burst.length);
      burst = [];
    } else {
      socket?.close();
      socket = undefined;
      if (!await delivery.retry(problem)) break;
    }
  }
  socket?.close();
  return [...burst, ...queue.drop()];

  async function sendBurst(): Promise<Problem | undefined> {
    const { id, syslog: { url, host, port } } = destination;
    try {
      if (socket === undefined) {
        const opened = await openDatagramSocket((await lookup(host)).address, port);
        if (opened instanceof Error) return sendProblem(id, url, opened, 'connecting');
        socket = opened;
      }
      for (const { bytes } of burst) {
        const error = await socket.send(bytes.toString('utf8'));
        if (error !== undefined) return sendProblem(id, url, error, 'connecting');
      }
      // What nobody took comes back within the pause; then the whole burst is sent again.
      await new Promise((resolve) => { setTimeout(resolve, timing.datagramPauseMs); });
      const error = socket.takeError();
      return error === undefined ? undefined : sendProblem(id, url, error, 'connecting');
    } catch (error) {
      return sendProblem(id, url, error, 'connecting');
    }
  }
}
