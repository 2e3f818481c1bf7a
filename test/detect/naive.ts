/**
 * A second, slow reading of sigma.md section 7: every event that came so far is kept, and every question is answered from the whole list. Written from the
 * page, not from the engine; it knows neither bounds nor revisions of restores.
 */
import type { Event } from '../../src/event.ts';
import type { CorrelationExpression, CorrelationRule, Rule } from '../../src/sigma/rule.ts';

export interface NaiveFiring {
  readonly rule: string; readonly tenant: string; readonly group: string; readonly time: number; readonly from: number; readonly until: number; readonly count: number;
  readonly late: string | undefined;
}
interface Arrived { readonly step: number; readonly time: number; readonly event: Event; readonly tenant: string; readonly names: readonly string[]; readonly late: string | undefined; readonly streamLate: string | undefined }
interface Member { readonly arrived: Arrived; readonly names: readonly string[]; readonly values: readonly string[]; readonly number: number | undefined; isSpent: boolean }
export interface NaiveOptions { readonly latenessMs: number; readonly absenceMemoryMs: number; readonly matches: (event: Event) => readonly string[]; readonly streamOf: (event: Event) => string; readonly sourceOf: (event: Event) => string }

const timeOf = (event: Event): number => Date.parse(event['@timestamp'] ?? '');

/** Alerts of all correlations of one tenant's stream; correlations stand inner before outer. */
export function naiveAlerts(rules: readonly Rule[], events: readonly Event[], options: NaiveOptions): readonly NaiveFiring[] {
  const newest = new Map<string, number>();
  const arrived: Arrived[] = events.map((event, step) => {
    const stream = options.streamOf(event);
    const time = timeOf(event);
    const late = time <= (newest.get(stream) ?? -Infinity) - options.latenessMs ? options.sourceOf(event) : undefined;
    newest.set(stream, Math.max(newest.get(stream) ?? -Infinity, time));
    return { step, time, event, tenant: event['vb365.tenant.id'] ?? '', names: options.matches(event), late, streamLate: late };
  });
  const known = Math.max(...events.map(timeOf));
  const inner = new Map<string, readonly Arrived[]>();
  const alerts: NaiveFiring[] = [];
  for (const rule of rules) {
    if (rule.kind !== 'correlation') continue;
    const { correlation } = rule;
    const inputs = arrived.map((item) => ({ ...item, names: item.names.filter((name) => correlation.rules.includes(name)) }));
    const fed = correlation.rules.flatMap((name) => (inner.get(name) ?? []).map((item) => ({ ...item, names: [name] })));
    // What an inner rule found in an event follows that event.
    const all = [...inputs, ...fed].sort((a, b) => a.step === b.step ? a.time - b.time : a.step - b.step);
    const run = (suppressMs: number): readonly NaiveFiring[] => fire(rule, all, suppressMs, known, options);
    if (rule.level !== 'informational') alerts.push(...run(rule.vb365.suppressMs ?? correlation.timespanMs));
    inner.set(rule.name ?? '', run(0).map((firing) => ({
      step: stepOf(firing) + 0.5, time: firing.time, tenant: firing.tenant, names: [], late: firing.late, streamLate: undefined,
      event: { '@timestamp': new Date(firing.time).toISOString(), ...(firing.group === '' ? {} : { 'user.name': firing.group }) },
    })));
  }
  return alerts;
}

const steps = new WeakMap<NaiveFiring, number>();
const stepOf = (firing: NaiveFiring): number => steps.get(firing) ?? Infinity;

function fire(rule: CorrelationRule, all: readonly Arrived[], suppressMs: number, known: number, options: NaiveOptions): readonly NaiveFiring[] {
  const { correlation } = rule;
  if (isOnArrival(rule)) return onArrival(rule, all, suppressMs, options);
  const lists = new Map<string, Member[]>();
  const groupless = correlation.groupBy === undefined;
  const first = all[0];
  if (groupless && first !== undefined && negatedNames(correlation.expression).length === 0) lists.set('', []);
  for (const item of all) {
    if (item.names.length === 0 || item.late !== undefined) continue;
    for (const [group, member] of membersOf(rule, item)) lists.set(group, [...lists.get(group) ?? [], member]);
  }
  return [...lists].flatMap(([group, members]) => {
    const sorted = members.sort((a, b) => a.arrived.time - b.arrived.time || a.arrived.step - b.arrived.step);
    const fired = negatedNames(correlation.expression).length > 0 ? negated(rule, sorted) : windows(rule, sorted, first?.time ?? 0, known, groupless ? Infinity : options.absenceMemoryMs);
    return fired.map((firing) => ({ ...firing, rule: rule.name ?? '', tenant: first?.tenant ?? '', group, late: undefined }));
  });
}

function isOnArrival({ correlation: { type, bounds, expression } }: CorrelationRule): boolean {
  if (negatedNames(expression).length > 0 || type === 'value_avg' || type === 'value_percentile') return false;
  return bounds.every(({ operator }) => operator === 'gt' || operator === 'gte');
}

/** Groups in which the event stands, with the rules by which it does. */
function membersOf({ correlation }: CorrelationRule, arrived: Arrived): readonly (readonly [string, Member])[] {
  const { event, names } = arrived;
  const { type, countedFields } = correlation;
  const read = (field: string): readonly unknown[] => [(event as Record<string, unknown>)[field] ?? []].flat();
  const counted = countedFields.map(read);
  if (type === 'value_count' && counted.some((values) => values.length === 0)) return [];
  const number = counted[0]?.map(Number).find(Number.isFinite);
  if (/value_(sum|avg|percentile)/.test(type) && number === undefined) return [];
  const values = type === 'value_count' ? product(counted).map((tuple) => JSON.stringify(tuple.map((value) => String(value).toLowerCase()))) : [];
  const spelled = (correlation.groupBy ?? []).map(read);
  const groups = new Map(product(spelled).map((tuple) => [tuple.map((value) => String(value).toLowerCase()).join(', '), true]));
  return [...groups.keys()].map((group) => [group, { arrived, names, values, number, isSpent: false }]);
}

function product(lists: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return lists.reduce<readonly (readonly unknown[])[]>((tuples, list) => tuples.flatMap((tuple) => list.map((value) => [...tuple, value])), [[]]);
}

function onArrival(rule: CorrelationRule, all: readonly Arrived[], suppressMs: number, { latenessMs, sourceOf }: NaiveOptions): readonly NaiveFiring[] {
  const span = rule.correlation.timespanMs;
  const lanes = new Map<string, { members: Member[]; readonly fired: number[] }>();
  const firings: NaiveFiring[] = [];
  for (const item of all) {
    // An event in time ends the late lanes of its source, whatever it matches.
    if (item.streamLate === undefined && Number.isInteger(item.step)) for (const lane of [...lanes.keys()]) if (lane.startsWith(`${sourceOf(item.event)}|`)) lanes.delete(lane);
    if (item.names.length === 0) continue;
    for (const [group, member] of membersOf(rule, item)) {
      const key = `${item.late ?? ''}|${group}`;
      const lane = lanes.get(key) ?? { members: [], fired: [] };
      lanes.set(key, lane);
      lane.members = [...lane.members, member].sort((a, b) => a.arrived.time - b.arrived.time || a.arrived.step - b.arrived.step);
      if (item.late !== undefined) {
        const newest = Math.max(...lane.members.map(({ arrived }) => arrived.time));
        lane.members = lane.members.filter(({ arrived }) => arrived.time > newest - latenessMs - 2 * span);
        if (!lane.members.includes(member)) continue;
      }
      for (const end of lane.members.slice(lane.members.indexOf(member))) {
        if (end.arrived.time - item.time > span) break;
        if (end.isSpent || lane.fired.some((time) => Math.abs(time - end.arrived.time) < suppressMs)) continue;
        const window = lane.members.slice(0, lane.members.indexOf(end) + 1).filter(({ arrived, isSpent }) => !isSpent && end.arrived.time - arrived.time <= span);
        const used = usedBy(rule, window);
        if (used === undefined) continue;
        if (suppressMs > 0) lane.fired.push(end.arrived.time);
        else for (const spent of used) spent.isSpent = true;
        const firing: NaiveFiring = { rule: rule.name ?? '', tenant: item.tenant, group, time: end.arrived.time, from: used[0]?.arrived.time ?? 0, until: end.arrived.time, count: used.length, late: item.late };
        steps.set(firing, item.step);
        firings.push(firing);
        break;
      }
    }
  }
  return firings;
}

/** What makes the condition true in this window; for an order, a chain that ends with its last event and begins as late as possible. */
function usedBy({ correlation }: CorrelationRule, window: readonly Member[]): readonly Member[] | undefined {
  const { type, rules, bounds, expression } = correlation;
  if (type !== 'temporal_ordered') {
    const found = new Set(window.flatMap(({ names }) => names));
    if (expression !== undefined) return isTrue(expression, (name) => found.has(name), () => false) ? window : undefined;
    return bounds.length === 0 ? rules.every((name) => found.has(name)) ? window : undefined : isWithin(correlation, valueOf(correlation, window)) ? window : undefined;
  }
  const steps = expression === undefined ? rules.map((name) => [name]) : conjuncts(expression).map((part) => namesIn(part));
  const lengths = bounds.length === 0 ? [steps.length] : steps.map((_, index) => index + 1).filter((length) => isWithin(correlation, length));
  const chains = lengths.slice(0, 1).flatMap((length) => chainsOf(window, steps, length)).filter((chain) => chain.at(-1) === window.length - 1);
  const best = chains.sort(laterFirst)[0];
  return best?.flatMap((index) => window[index] ?? []);
}

/** The chain that begins last; of those the one whose events come last, seen from its end. */
function laterFirst(a: readonly number[], b: readonly number[]): number {
  if (a[0] !== b[0]) return (b[0] ?? 0) - (a[0] ?? 0);
  const differing = a.findLastIndex((place, index) => place !== b[index]);
  return differing === -1 ? 0 : (b[differing] ?? 0) - (a[differing] ?? 0);
}

/** All ways to walk through so many of the steps in their order, as places in the window. */
function chainsOf(window: readonly Member[], steps: readonly (readonly string[])[], length: number, from = 0, step = 0): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  const chains: (readonly number[])[] = [];
  for (let at = from; at < window.length; at += 1) {
    for (let next = step; next < steps.length; next += 1) {
      if (window[at]?.names.some((name) => steps[next]?.includes(name)) !== true) continue;
      for (const rest of chainsOf(window, steps, length - 1, at + 1, next + 1)) chains.push([at, ...rest]);
    }
  }
  return chains;
}

function valueOf({ type, rules, percentile = 50 }: CorrelationRule['correlation'], window: readonly Member[]): number | undefined {
  const numbers = window.flatMap(({ number }) => number ?? []).sort((a, b) => a - b);
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (type === 'event_count') return window.length;
  if (type === 'value_count') return new Set(window.flatMap(({ values }) => values)).size;
  if (type === 'value_sum') return sum;
  if (type === 'value_avg') return numbers.length === 0 ? undefined : sum / numbers.length;
  if (type === 'value_percentile') return numbers[Math.ceil(percentile / 100 * numbers.length) - 1];
  if (type === 'temporal') return new Set(window.flatMap(({ names }) => names)).size;
  return Math.max(0, ...rules.map((_, index) => index + 1).filter((length) => chainsOf(window, rules.map((name) => [name]), length).length > 0));
}

function isWithin({ bounds }: CorrelationRule['correlation'], value: number | undefined): boolean {
  if (value === undefined) return false;
  const tests = { gt: (bound: number) => value > bound, gte: (bound: number) => value >= bound, lt: (bound: number) => value < bound, lte: (bound: number) => value <= bound, eq: (bound: number) => value === bound, neq: (bound: number) => value !== bound };
  return bounds.every((bound) => tests[bound.operator](bound.value));
}

type Found = Omit<NaiveFiring, 'rule' | 'tenant' | 'group' | 'late'>;

/** One window after the other from the first event; nothing is known of what lies behind the newest event of the stream. */
function windows({ correlation }: CorrelationRule, members: readonly Member[], opened: number, known: number, memoryMs: number): readonly Found[] {
  const fired: Found[] = [];
  const span = correlation.timespanMs;
  const times = members.map(({ arrived }) => arrived.time);
  let begin = Math.min(memoryMs === Infinity ? opened : Infinity, ...times);
  let seen = begin;
  let was = false;
  for (;;) {
    const left = members.filter(({ arrived }) => arrived.time >= begin);
    if (begin >= known && left.length === 0) return fired;
    if (begin > seen + memoryMs) {
      if (left[0] === undefined) return fired;
      begin = left[0].arrived.time;
      seen = begin;
      was = false;
    }
    const inside = left.filter(({ arrived }) => arrived.time < begin + span);
    const is = isWithin(correlation, valueOf(correlation, inside));
    if (is && !was) fired.push({ time: begin + span, from: begin, until: begin + span, count: inside.length });
    was = is;
    seen = inside.at(-1)?.arrived.time ?? seen;
    begin += span;
  }
}

function negated({ correlation }: CorrelationRule, members: readonly Member[]): readonly Found[] {
  const { expression, timespanMs: span, type } = correlation;
  const fired: Found[] = [];
  if (expression === undefined) return fired;
  const banned = negatedNames(expression);
  const wanted = namesIn(expression, true);
  let blocked = -Infinity;
  members.forEach((end, at) => {
    if (!end.names.some((name) => wanted.includes(name)) || end.arrived.time <= blocked) return;
    const found = type === 'temporal' ? stretch(expression, members, at, span, wanted) : walk(expression, members, at, span);
    if (found === undefined) return;
    const first = members[found[0] ?? 0]?.arrived.time ?? 0;
    const present = (names: readonly string[], test: (time: number, index: number) => boolean): boolean => members.some(({ names: own, arrived }, index) => test(arrived.time, index) && own.some((name) => names.includes(name)));
    const inReach = (time: number): boolean => time >= end.arrived.time - span && time <= first + span;
    const holds = type === 'temporal'
      ? isTrue(expression, (name) => present([name], (_, index) => index >= (found[0] ?? 0) && index <= at), (name) => banned.includes(name) && present([name], inReach))
      : !present(outerBans(expression).leading, (time, index) => time >= end.arrived.time - span && index < (found[0] ?? 0)) && !present(outerBans(expression).trailing, (time, index) => time <= first + span && index > at);
    if (!holds) return;
    blocked = first + span;
    fired.push({ time: first + span, from: first, until: end.arrived.time, count: found.length });
  });
  return fired;
}

/** The shortest stretch up to this event in which the positive part is true: places of its events. */
function stretch(expression: CorrelationExpression, members: readonly Member[], at: number, span: number, wanted: readonly string[]): readonly number[] | undefined {
  const end = members[at]?.arrived.time ?? 0;
  for (let from = at; from >= 0 && end - (members[from]?.arrived.time ?? -Infinity) <= span; from -= 1) {
    const names = new Set(members.slice(from, at + 1).flatMap((member) => member.names));
    if (!isTrue(expression, (name) => names.has(name), () => false)) continue;
    return members.flatMap(({ names: own }, index) => index >= from && index <= at && own.some((name) => wanted.includes(name)) ? [index] : []);
  }
  return undefined;
}

/** The chain that ends here, with nothing banned between its steps, that begins last. */
function walk(expression: CorrelationExpression, members: readonly Member[], at: number, span: number): readonly number[] | undefined {
  const parts = conjuncts(expression);
  const positive = parts.filter(({ kind }) => kind !== 'not');
  const bansAfter = positive.map((part) => {
    const place = parts.indexOf(part);
    const next = parts.findIndex((other, index) => index > place && other.kind !== 'not');
    return parts.slice(place + 1, next === -1 ? place + 1 : next).flatMap((part) => namesIn(part));
  });
  const chains = chainsOf(members, positive.map((part) => namesIn(part)), positive.length)
    .filter((chain) => chain.at(-1) === at && (members[at]?.arrived.time ?? 0) - (members[chain[0] ?? 0]?.arrived.time ?? 0) <= span)
    .filter((chain) => chain.every((place, step) => !members.slice(place + 1, chain[step + 1] ?? place + 1).some(({ names }) => names.some((name) => bansAfter[step]?.includes(name)))));
  return chains.sort(laterFirst)[0];
}

function outerBans(expression: CorrelationExpression): { readonly leading: readonly string[]; readonly trailing: readonly string[] } {
  const parts = conjuncts(expression);
  const first = parts.findIndex(({ kind }) => kind !== 'not');
  const last = parts.findLastIndex(({ kind }) => kind !== 'not');
  return { leading: parts.slice(0, first).flatMap((part) => namesIn(part)), trailing: parts.slice(last + 1).flatMap((part) => namesIn(part)) };
}

function conjuncts(expression: CorrelationExpression): readonly CorrelationExpression[] {
  return expression.kind === 'and' ? expression.members.flatMap(conjuncts) : [expression];
}

/** all names, or with `isPositive` those that are not negated */
function namesIn(expression: CorrelationExpression, isPositive = false): readonly string[] {
  if (expression.kind === 'rule') return [expression.name];
  if (expression.kind === 'not') return isPositive ? negatedNames(expression.member) : namesIn(expression.member);
  return expression.members.flatMap((member) => namesIn(member, isPositive));
}

function negatedNames(expression: CorrelationExpression | undefined): readonly string[] {
  if (expression === undefined || expression.kind === 'rule') return [];
  return expression.kind === 'not' ? namesIn(expression.member, true) : expression.members.flatMap(negatedNames);
}

/** `wanted` answers for names as they stand, `banned` for those under a negation. */
function isTrue(expression: CorrelationExpression, wanted: (name: string) => boolean, banned: (name: string) => boolean): boolean {
  if (expression.kind === 'rule') return wanted(expression.name);
  if (expression.kind === 'not') return !isTrue(expression.member, banned, wanted);
  return expression.kind === 'and' ? expression.members.every((member) => isTrue(member, wanted, banned)) : expression.members.some((member) => isTrue(member, wanted, banned));
}
