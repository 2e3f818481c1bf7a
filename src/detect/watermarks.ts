/**
 * How far each stream of one tenant has been read, in event time (sigma.md 7.4). `applied` is what closed windows rest on, and so what makes an event late;
 * `current` runs ahead of it while one event is being worked on.
 */
import type { Stream } from './streams.ts';

export interface WatermarkOptions {
  readonly latenessMs: number;
  /** what restores wait for their evidence, beside the lateness */
  readonly restoreWaitMs: number;
}
export interface Watermarks {
  /** An event was seen; a stream whose newest event this is moves on. */
  see(stream: Stream, time: number): void;
  /** Everything up to this time has been read, in every stream. */
  advance(time: number): void;
  /** Minus infinity for a stream that has not been heard of: it may still begin anywhere. */
  current(stream: Stream): number;
  applied(stream: Stream): number;
  /** What is current is applied now. */
  apply(): void;
  /** newest time that is known to have passed; minus infinity before the first event */
  known(): number;
  save(): SavedWatermarks;
}
export interface SavedWatermarks { readonly streams: readonly (readonly [Stream, number])[]; readonly advanced?: number; readonly newest?: number }

/** @param saved what `save` gave, between two events */
export function createWatermarks({ latenessMs, restoreWaitMs }: WatermarkOptions, saved?: SavedWatermarks): Watermarks {
  const seen = new Map<Stream, number>(saved?.streams);
  let advanced = saved?.advanced ?? -Infinity;
  let newest = saved?.newest ?? -Infinity;
  let appliedSeen = new Map(seen);
  let appliedAdvance = advanced;
  const waitOf = (stream: Stream): number => stream === 'restore' ? restoreWaitMs : 0;
  const markOf = (stream: Stream, time: number | undefined, upTo: number): number => Math.max((time ?? -Infinity) - latenessMs - waitOf(stream), upTo - waitOf(stream));
  let isChanged = false;
  return {
    see(stream, time) {
      if (time > newest) newest = time;
      if (time <= (seen.get(stream) ?? -Infinity)) return;
      seen.set(stream, time);
      isChanged = true;
    },
    advance(time) {
      if (time > advanced) advanced = time;
      if (time > newest && time !== Infinity) newest = time;
      isChanged = true;
    },
    current: (stream) => markOf(stream, seen.get(stream), advanced),
    applied: (stream) => markOf(stream, appliedSeen.get(stream), appliedAdvance),
    apply() {
      if (!isChanged) return;
      appliedSeen = new Map(seen);
      appliedAdvance = advanced;
      isChanged = false;
    },
    known: () => newest,
    save: () => ({ streams: [...seen], ...(Number.isFinite(advanced) ? { advanced } : {}), ...(Number.isFinite(newest) ? { newest } : {}) }),
  };
}
