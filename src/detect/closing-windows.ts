/**
 * Conditions that a further event may make false (sigma.md 7.4 B): consecutive windows from the first event of the group, judged when they are over. It
 * fires when a window is true and the one before it was not. A group stays expected for a while after its last event, so that what fails to come fires too.
 */
import type { Entry } from './entry.ts';
import { dropOldest, type Firing, type Group, type WindowState } from './group.ts';
import { meets, type Plan } from './plan.ts';
import { valueOf } from './window-counts.ts';

export interface Closing {
  /** everything up to here has been read */
  readonly watermark: number;
  /** set at the end of input: newest time that is known to have passed. Windows that began before it are judged although they are not over. */
  readonly known?: number;
  /** how long a group is expected after its last event; infinite for the only group of a tenant */
  readonly memoryMs: number;
}

export interface Closed {
  readonly firings: readonly Firing[];
  /** entries of the windows that were judged; the group has them no longer */
  readonly judged: readonly Entry[];
  /** nobody expects the group any longer */
  readonly isForgotten: boolean;
}

/** State of a group that begins with this event, or for the only group of a tenant with any event of the tenant. */
export function openWindows(time: number, last: WindowState['last']): WindowState {
  return { start: time, isAnchored: false, wasTrue: false, lastSeen: time, last };
}

/** An event came: until the first window is judged, the first window begins with the earliest event. */
export function anchor(state: WindowState, time: number): void {
  if (state.isAnchored || time >= state.start) return;
  state.start = time;
  state.lastSeen = time;
}

/** Judges every window that is over. */
export function closeWindows(plan: Plan, group: Group, state: WindowState, closing: Closing): Closed {
  const { timespanMs } = plan;
  const firings: Firing[] = [];
  const judged: Entry[] = [];
  for (;;) {
    const end = state.start + timespanMs;
    const isBegun = closing.known !== undefined && (state.start < closing.known || group.entries.length > 0);
    if (end > closing.watermark || (closing.known !== undefined && !isBegun)) return { firings, judged, isForgotten: false };
    if (state.start > state.lastSeen + closing.memoryMs) {
      const next = group.entries[0];
      if (next === undefined) return { firings, judged, isForgotten: true };
      Object.assign(state, openWindows(next.time, state.last));
      continue;
    }
    const entries = takeWindow(group, end);
    judged.push(...entries);
    const value = valueOf(plan, entries);
    const isTrue = value !== undefined && meets(plan.bounds, value);
    if (isTrue && !state.wasTrue) firings.push({ group, time: end, from: state.start, until: end, entries, value, mark: state.start });
    state.wasTrue = isTrue;
    state.isAnchored = true;
    state.start = end;
    const newest = entries.at(-1);
    if (newest !== undefined) {
      state.lastSeen = newest.time;
      state.last = { events: newest.events, facts: newest.facts };
    } else {
      // Empty windows are all alike: the next one that can differ is the first that holds something, or that nobody expects.
      const next = Math.min(group.entries[0]?.time ?? Infinity, closing.watermark, closing.known ?? Infinity, state.lastSeen + closing.memoryMs + 1);
      state.start += Math.max(0, Math.floor((next - state.start) / timespanMs)) * timespanMs;
    }
  }
}

/** When the group has to be looked at again. */
export function nextClosing(plan: Plan, group: Group, state: WindowState, memoryMs: number): number {
  const empty = valueOf(plan, []);
  const isTrueWhenEmpty = empty !== undefined && meets(plan.bounds, empty);
  const end = state.start + plan.timespanMs;
  return group.entries.length > 0 || state.wasTrue !== isTrueWhenEmpty ? end : Math.max(end, state.lastSeen + memoryMs + 1);
}

function takeWindow(group: Group, end: number): readonly Entry[] {
  let count = 0;
  while ((group.entries[count]?.time ?? Infinity) < end) count += 1;
  return count === 0 ? [] : dropOldest(group, count);
}
