/** What waits for one destination: bounded in bytes, so that memory stays bounded whatever the receiver does. */

export interface Parcel {
  /** `event.id` */
  readonly id: string;
  /** the message as it goes over the wire */
  readonly bytes: Buffer;
}

export interface ParcelQueue {
  /** resolves at once while there is room, else when there is room again or the queue was dropped */
  readonly push: (parcel: Parcel) => Promise<void>;
  /** the oldest parcels, together at most `maxBytes` (but at least one) and at most `maxParcels` */
  readonly take: (maxBytes: number, maxParcels: number) => readonly Parcel[];
  /** resolves when there is a parcel, when the queue is closed, or after `waitMs` */
  readonly wait: (waitMs?: number) => Promise<void>;
  /** wakes whoever waits */
  readonly wake: () => void;
  readonly isEmpty: () => boolean;
  readonly isClosed: () => boolean;
  /** no more will be pushed */
  readonly close: () => void;
  /** gives what is left and lets everybody through */
  readonly drop: () => readonly Parcel[];
}

export function createParcelQueue(maxBytes: number): ParcelQueue {
  let parcels: Parcel[] = [];
  // Index of the oldest one: taking from the front of a long list would move all others.
  let first = 0;
  let bytes = 0;
  let isClosed = false;
  let isDropped = false;
  const takers = new Set<() => void>();
  const pushers: (() => void)[] = [];
  const wake = (): void => {
    for (const taker of [...takers]) taker();
  };
  const admit = (): void => {
    if (bytes < maxBytes || isDropped) for (const pusher of pushers.splice(0)) pusher();
  };
  return {
    async push(parcel) {
      while (bytes >= maxBytes && !isDropped) await new Promise<void>((resolve) => { pushers.push(resolve); });
      parcels.push(parcel);
      bytes += parcel.bytes.length;
      wake();
    },
    take(limit, maxParcels) {
      let size = 0;
      let end = first;
      for (let next = parcels[end]; next !== undefined && end - first < maxParcels && (size === 0 || size + next.bytes.length <= limit); next = parcels[end]) {
        size += next.bytes.length;
        end += 1;
      }
      const taken = parcels.slice(first, end);
      first = end;
      if (first > 1_000 && first * 2 > parcels.length) {
        parcels = parcels.slice(first);
        first = 0;
      }
      bytes -= size;
      admit();
      return taken;
    },
    async wait(waitMs) {
      if (first < parcels.length || isClosed) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          takers.delete(done);
          resolve();
        };
        const timer = waitMs === undefined ? undefined : setTimeout(done, waitMs);
        takers.add(done);
      });
    },
    wake,
    isEmpty: () => first >= parcels.length,
    isClosed: () => isClosed,
    close() {
      isClosed = true;
      wake();
    },
    drop() {
      isDropped = true;
      const left = parcels.slice(first);
      [parcels, first, bytes] = [[], 0, 0];
      admit();
      wake();
      return left;
    },
  };
}
