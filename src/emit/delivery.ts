/** What became of the parcels of one destination, and when to try again or to give up. */
import type { Problem } from '../errors.ts';
import type { SendTiming } from './send-timing.ts';

export interface Delivery {
  readonly settle: (parcels: number) => void;
  /** notes a failed attempt and waits until the next one; false when there is none, because too much time went by */
  readonly retry: (problem: Problem) => Promise<boolean>;
  /** from now on time runs out */
  readonly close: (waitMs: number) => void;
  /** calls back once when time ran out at the end */
  readonly onTimeOut: (listener: () => void) => void;
  readonly isOver: () => boolean;
  readonly settled: () => number;
  /** why attempts failed since something was delivered last; absent after a success */
  readonly problem: () => Problem | undefined;
}

/** @param report told of each new kind of failure, not of each attempt */
export function createDelivery(timing: SendTiming, report: (problem: Problem) => void): Delivery {
  let settled = 0;
  let failingSince: number | undefined;
  let problem: Problem | undefined;
  let waitMs = timing.firstRetryMs;
  let deadline = Number.POSITIVE_INFINITY;
  let timeOut: (() => void) | undefined;
  let wakeUp: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const isOver = (): boolean => performance.now() >= deadline;
  return {
    settle(parcels) {
      settled += parcels;
      // Nothing is learnt from nothing.
      if (parcels === 0) return;
      [failingSince, problem, waitMs] = [undefined, undefined, timing.firstRetryMs];
    },
    async retry(failure) {
      const now = performance.now();
      failingSince ??= now;
      if (problem?.code !== failure.code) report(failure);
      // "Broke" and "refused" follow each other when a receiver stops; the certificate is what somebody has to act upon.
      if (problem?.code !== 'send-certificate' || failure.code === 'send-certificate') problem = failure;
      const last = Math.min(failingSince + timing.giveUpMs, deadline);
      if (now >= last) return false;
      // Jitter: destinations that failed together do not come back together.
      const pause = Math.min(waitMs * (0.5 + Math.random() / 2), last - now);
      waitMs = Math.min(waitMs * 2, timing.lastRetryMs);
      await new Promise<void>((resolve) => {
        const pauseTimer = setTimeout(resolve, pause);
        wakeUp = () => {
          clearTimeout(pauseTimer);
          resolve();
        };
      });
      return !isOver();
    },
    close(wait) {
      deadline = performance.now() + wait;
      timer = setTimeout(() => {
        timeOut?.();
        wakeUp?.();
      }, wait);
      timer.unref();
    },
    onTimeOut(listener) { timeOut = listener; },
    isOver,
    settled: () => settled,
    problem: () => problem,
  };
}
