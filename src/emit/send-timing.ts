/** The times and sizes of a delivery, in one record so that a test may shorten them. */
import * as limits from '../limits.ts';

export interface SendTiming {
  readonly finBatchEvents: number;
  readonly finBatchMs: number;
  readonly sentWindowMs: number;
  readonly sentWindowBytes: number;
  readonly maxQueuedBytes: number;
  readonly connectWaitMs: number;
  readonly drainWaitMs: number;
  readonly finWaitMs: number;
  readonly quietMs: number;
  readonly certificateWaitMs: number;
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  readonly giveUpMs: number;
  readonly closeWaitMs: number;
  readonly datagramBurst: number;
  readonly datagramPauseMs: number;
}

export const defaultTiming: SendTiming = {
  finBatchEvents: limits.finBatchEvents, finBatchMs: limits.finBatchMs, sentWindowMs: limits.sentWindowMs, sentWindowBytes: limits.sentWindowBytes,
  maxQueuedBytes: limits.maxQueuedBytes, connectWaitMs: limits.connectWaitMs, drainWaitMs: limits.drainWaitMs, finWaitMs: limits.finWaitMs, quietMs: limits.quietMs,
  certificateWaitMs: limits.certificateWaitMs, firstRetryMs: limits.firstRetryMs, lastRetryMs: limits.lastRetryMs, giveUpMs: limits.giveUpMs,
  closeWaitMs: limits.closeWaitMs, datagramBurst: limits.datagramBurst, datagramPauseMs: limits.datagramPauseMs,
};
