/**
 * What happened while something else did not (sigma.md 7.5): `a and not b`, and steps between which something must not come. A candidate is an event with
 * which the positive part becomes true; it is decided when everything up to its first event and the timespan has been read.
 */
import { firstFrom, type Entry } from './entry.ts';
import { holds } from './expression.ts';
import type { Firing, Group } from './group.ts';
import { createChain, entriesOf } from './ordered-chain.ts';
import type { Plan } from './plan.ts';

interface Candidate { readonly end: Entry; readonly first: Entry; readonly place: number; readonly entries: readonly Entry[] }

/** Decides what can be decided. What is part of a situation that fired is no further candidate. `due`: when there will be more to decide. */
export function decideNegated(plan: Plan, group: Group, watermark: number): { readonly firings: readonly Firing[]; readonly due: number | undefined } {
  const firings: Firing[] = [];
  for (const candidate of candidatesOf(plan, group)) {
    const { end, first, entries } = candidate;
    if (end.time <= (group.blockedUntil ?? -Infinity)) continue;
    const time = first.time + plan.timespanMs;
    if (time > watermark) return { firings, due: time };
    group.decided = { time: end.time, order: end.order };
    if (!(plan.steps === undefined ? staysTrue(plan, group, candidate) : isUndisturbed(plan, group, candidate))) continue;
    group.blockedUntil = time;
    firings.push({ group, time, from: first.time, until: end.time, entries, value: undefined, mark: first.time });
  }
  // What has come may still become the beginning of a candidate.
  const open = group.entries.find(({ time, rules }) => (rules & plan.positive) !== 0 && time + plan.timespanMs > watermark);
  return { firings, due: open === undefined ? undefined : open.time + plan.timespanMs };
}

function* candidatesOf(plan: Plan, group: Group): Generator<Candidate> {
  const chain = plan.steps === undefined ? undefined : createChain(plan.steps, plan.chainLength);
  const latest = new Map<number, Entry>();
  for (let place = 0; place < group.entries.length; place += 1) {
    const end = group.entries[place];
    if (end === undefined) return;
    const link = chain?.step(end);
    plan.inputs.forEach((_, index) => { if ((end.rules & plan.positive & (1 << index)) !== 0) latest.set(index, end); });
    if ((end.rules & plan.positive) === 0 || isDecided(group, end)) continue;
    if (chain === undefined) {
      const first = tightestStart(plan, latest, end);
      if (first !== undefined) yield { end, first, place, entries: positivesBetween(plan, group, first, place) };
    } else if (link !== undefined && end.time - link.start.time <= plan.timespanMs) yield { end, first: link.start, place, entries: entriesOf(link) };
  }
}

function isDecided({ decided }: Group, { time, order }: Entry): boolean {
  return decided !== undefined && (time < decided.time || (time === decided.time && order <= decided.order));
}

/** The positive part becomes true with the latest matches of its rules, taken from the end: the first event of the shortest stretch. */
function tightestStart(plan: Plan, latest: ReadonlyMap<number, Entry>, end: Entry): Entry | undefined {
  const { expression } = plan;
  if (expression === undefined) return undefined;
  const recent = [...latest].filter(([, { time }]) => time >= end.time - plan.timespanMs).sort(([, a], [, b]) => b.time - a.time || b.order - a.order);
  let present = 0;
  for (const [index, entry] of recent) {
    present |= 1 << index;
    if (holds(expression, present, 0)) return entry;
  }
  return undefined;
}

function positivesBetween(plan: Plan, group: Group, first: Entry, place: number): readonly Entry[] {
  return group.entries.slice(group.entries.indexOf(first), place + 1).filter(({ rules }) => (rules & plan.positive) !== 0);
}

function staysTrue(plan: Plan, { entries }: Group, { end, first, entries: positives }: Candidate): boolean {
  const present = bitsIn(positives);
  const absent = bitsIn(entries.slice(firstFrom(entries, end.time - plan.timespanMs), firstFrom(entries, first.time + plan.timespanMs + 1)));
  return plan.expression !== undefined && holds(plan.expression, present, absent);
}

function isUndisturbed(plan: Plan, { entries }: Group, { end, first, place }: Candidate): boolean {
  const { barredBefore = 0, barredAfter = 0 } = plan.steps ?? {};
  const before = entries.slice(firstFrom(entries, end.time - plan.timespanMs), entries.indexOf(first));
  const after = entries.slice(place + 1, firstFrom(entries, first.time + plan.timespanMs + 1));
  return (bitsIn(before) & barredBefore) === 0 && (bitsIn(after) & barredAfter) === 0;
}

function bitsIn(entries: readonly Entry[]): number {
  return entries.reduce((bits, { rules }) => bits | rules, 0);
}
