/** One TCP or TLS connection to a receiver, as promises. Nothing here throws: what goes wrong is a problem. */
import net from 'node:net';
import tls from 'node:tls';
import type { DestinationSettings } from '../config/config.ts';
import type { Problem } from '../errors.ts';
import { readCredentials } from './read-credentials.ts';
import { sendProblem } from './send-problem.ts';
import type { SendTiming } from './send-timing.ts';

export interface Connection {
  /** resolves when the next block may be written; gives the problem once the connection is broken */
  readonly write: (block: Buffer) => Promise<Problem | undefined>;
  /** what broke the connection, as soon as it is known */
  readonly problem: () => Problem | undefined;
  /** half-closes and waits for the peer's end of stream: the only sign that it took everything */
  readonly finish: () => Promise<Problem | undefined>;
  /** lets go of the connection; nothing after `finish` gave no problem */
  readonly close: () => void;
  /** calls back as soon as the connection breaks */
  readonly onBroken: (listener: () => void) => void;
}

/**
 * Connects; a TLS connection is verified, TLS 1.2 or later, and there is no way to turn that off.
 * @param isProven the receiver took our certificate before, so there is no need to wait for its refusal
 * @param signal breaks the connection, or the attempt, when aborted
 */
export async function connect(destination: DestinationSettings, timing: SendTiming, isProven: boolean, signal: AbortSignal): Promise<Connection | Problem> {
  const { host, port, transport } = destination.syslog;
  if (transport !== 'tls') return await openConnection(destination, timing, signal, () => net.connect({ host, port, allowHalfOpen: true }), 'connect', 0);
  const credentials = await readCredentials(destination);
  if ('code' in credentials) return credentials;
  const open = (): tls.TLSSocket => tls.connect({
    // The option is known to Node, not to its types. An address is no server name; Node then checks it against the certificate itself.
    ...{ allowHalfOpen: true }, host, port, ...(net.isIP(host) === 0 ? { servername: host } : {}), ...credentials, minVersion: 'TLSv1.2', rejectUnauthorized: true,
  });
  return await openConnection(destination, timing, signal, open, 'secureConnect', isProven ? 0 : timing.certificateWaitMs);
}

type Outcome = Problem | undefined;

async function openConnection({ id, syslog: { url } }: DestinationSettings, timing: SendTiming, signal: AbortSignal, open: () => net.Socket, readyEvent: string, settleMs: number): Promise<Connection | Problem> {
  let moment: 'connecting' | 'ready' = 'connecting';
  let isSent = false;
  let isOver = false;
  let broken: Problem | undefined;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const waiter of [...waiting]) waiter();
  };
  let socket: net.Socket;
  const fail = (error: unknown): void => {
    if (isOver) return;
    broken ??= sendProblem(id, url, error, moment);
    socket.destroy();
    wake();
  };
  /** resolves at the next change, with a problem when the connection is broken or nothing came in time */
  const change = async (isDone: () => boolean, waitMs: number, otherwise: string): Promise<Outcome> => await new Promise((resolve) => {
    const check = (): void => {
      if (broken === undefined && !isDone()) return;
      clearTimeout(timer);
      waiting.delete(check);
      resolve(isOver ? undefined : broken);
    };
    const timer = setTimeout(() => { fail(new Error(otherwise)); }, waitMs);
    waiting.add(check);
    check();
  });

  let isReady = false;
  let isJudged = settleMs === 0;
  try {
    socket = open();
  } catch (error) {
    // A certificate or key that is none throws here.
    return sendProblem(id, url, error, 'connecting');
  }
  socket.setNoDelay(true);
  socket.on('error', fail);
  socket.on('finish', () => { isSent = true; });
  socket.on('end', () => {
    // An end of stream before ours has left confirms nothing: it cannot be an answer to it.
    if (!isSent) {
      fail(new Error('the receiver closed the connection'));
      return;
    }
    isOver = true;
    wake();
  });
  const abort = (): void => { fail(new Error('time ran out')); };
  socket.on('close', () => {
    signal.removeEventListener('abort', abort);
    fail(new Error('the connection was closed'));
  });
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  socket.on('drain', wake);
  // A receiver has nothing to say; what it says must not stop its end of stream from being seen.
  socket.resume();
  socket.once(readyEvent, () => { isReady = true; wake(); });
  // TLS 1.3: a ticket comes only after our certificate was accepted. The event is raised inside the TLS library: whoever writes before that has returned
  // sends a record that no receiver can decrypt (measured, Node 20.20).
  socket.once('session', () => { setImmediate(() => { isJudged = true; wake(); }); });
  const refused = await change(() => isReady, timing.connectWaitMs, 'no answer in time');
  if (refused !== undefined) return refused;
  if (!isJudged) {
    const timer = setTimeout(() => { isJudged = true; wake(); }, settleMs);
    const judged = await change(() => isJudged, timing.connectWaitMs, 'no answer in time');
    clearTimeout(timer);
    if (judged !== undefined) return judged;
  }
  moment = 'ready';

  return {
    async write(block) {
      if (broken !== undefined) return broken;
      if (socket.write(block)) return undefined;
      return await change(() => !socket.writableNeedDrain, timing.drainWaitMs, 'the receiver stopped reading');
    },
    problem: () => broken,
    async finish() {
      // A receiver that closed without reading everything is seen now, while its end of stream cannot be taken for the answer to ours.
      let isQuiet = false;
      const timer = setTimeout(() => { isQuiet = true; wake(); }, timing.quietMs);
      const early = await change(() => isQuiet, timing.finWaitMs, 'the receiver stopped reading');
      clearTimeout(timer);
      if (early !== undefined) return early;
      socket.end();
      const problem = await change(() => isOver, timing.finWaitMs, 'the receiver did not end the connection');
      socket.destroy();
      return problem;
    },
    close() { fail(new Error('the connection was closed')); },
    onBroken(listener) {
      const check = (): void => {
        if (broken === undefined && !isOver) return;
        waiting.delete(check);
        listener();
      };
      waiting.add(check);
      check();
    },
  };
}
