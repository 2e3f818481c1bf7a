/**
 * Conditions that only a further event can make true (sigma.md 7.4 A): each new entry is looked at in the windows that contain it, the earliest end first.
 * For entries that come in order that is one window, which is carried along; an older entry makes it be counted anew.
 */
import { firstFrom, type Entry } from './entry.ts';
import type { Firing, Group } from './group.ts';
import { createChain, entriesOf, type Link } from './ordered-chain.ts';
import type { Plan } from './plan.ts';
import { createTally } from './window-counts.ts';

/**
 * The firing that a new entry brings about, if any. The group remembers it, or with `suppress: 0s` spends its entries.
 * @param place of the new entry
 */
export function fireOnArrival(plan: Plan, group: Group, place: number, suppressMs: number): Firing | undefined {
  const found = plan.steps === undefined ? windowAt(plan, group, place, suppressMs) : chainAt(plan, group, place, suppressMs);
  if (found === undefined) return undefined;
  const first = found.entries[0] ?? found.end;
  if (suppressMs > 0) group.fired.push(found.end.time);
  else spend(plan, group, found.entries);
  return { group, time: found.end.time, from: first.time, until: found.end.time, entries: found.entries, value: found.value, mark: found.end.key };
}

/** What is spent stays in its place, so that a later revision of it is not taken for something new. */
function spend(plan: Plan, group: Group, used: readonly Entry[]): void {
  const { entries, tail } = group;
  const spent = new Set(used);
  const last = used.at(-1);
  for (let at = firstFrom(entries, used[0]?.time ?? Infinity); at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry === undefined || last === undefined || entry.time > last.time) break;
    if (spent.has(entry)) entries[at] = { ...entry, isSpent: true };
  }
  // A window has nothing left of what it held; a chain that was not the best is still there.
  group.tail = tail?.tally === undefined ? undefined : { tally: createTally(plan), size: tail.size };
}

interface Found { readonly end: Entry; readonly entries: readonly Entry[]; readonly value: number | undefined }

function windowAt(plan: Plan, group: Group, place: number, suppressMs: number): Found | undefined {
  const { entries } = group;
  const reach = (entries[place]?.time ?? 0) + plan.timespanMs;
  const isCarried = group.tail?.tally !== undefined && place === entries.length - 1;
  const tally = isCarried && group.tail?.tally !== undefined ? group.tail.tally : createTally(plan);
  let left = isCarried ? entries.length - 1 - (group.tail?.size ?? 0) : firstFrom(entries, reach - 2 * plan.timespanMs);
  if (!isCarried) for (const entry of entries.slice(left, place)) tally.add(entry);
  let found: Found | undefined;
  let at = place;
  for (; at < entries.length && found === undefined; at += 1) {
    const end = entries[at];
    if (end === undefined || end.time > reach) break;
    tally.add(end);
    for (let oldest = entries[left]; oldest !== undefined && oldest.time < end.time - plan.timespanMs; oldest = entries[left]) {
      tally.remove(oldest);
      left += 1;
    }
    if (end.isSpent === true || isHeldBack(group, end.time, suppressMs)) continue;
    const window = (): readonly Entry[] => entries.slice(left, at + 1).filter(({ isSpent }) => isSpent !== true);
    const { isTrue, value } = tally.look(window);
    if (isTrue) found = { end, entries: window(), value };
  }
  // Only a window that ends with the newest entry can be carried on.
  group.tail = at === entries.length ? { tally, size: at - left } : undefined;
  return found;
}

function chainAt(plan: Plan, group: Group, place: number, suppressMs: number): Found | undefined {
  const { entries } = group;
  const { steps, timespanMs } = plan;
  if (steps === undefined) return undefined;
  const reach = (entries[place]?.time ?? 0) + timespanMs;
  const isCarried = group.tail?.chain !== undefined && place === entries.length - 1;
  const chain = isCarried && group.tail?.chain !== undefined ? group.tail.chain : createChain(steps, plan.chainLength);
  let completed: Link | undefined;
  for (let at = isCarried ? place : firstFrom(entries, reach - 2 * timespanMs); at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry === undefined || entry.isSpent === true) continue;
    const link = chain.step(entry);
    if (completed !== undefined || link === undefined || at < place || entry.time > reach) continue;
    if (entry.time - link.start.time <= timespanMs && !isHeldBack(group, entry.time, suppressMs)) completed = link;
  }
  group.tail = { chain, size: 0 };
  return completed === undefined ? undefined : { end: completed.entry, entries: entriesOf(completed), value: plan.chainLength };
}

function isHeldBack(group: Group, time: number, suppressMs: number): boolean {
  return group.fired.some((fired) => Math.abs(fired - time) < suppressMs);
}
