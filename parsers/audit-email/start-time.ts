/**
 * When a row happened: `Start time` is a wall clock of the VB365 server in minutes, without an offset. What else the mail states narrows it
 * (formats of audit mails, section 7); what stays open is said, never guessed.
 */
import type { DateOrder, Moment } from '../../src/event.ts';
import { localReadings, readCultureTime } from '../../src/text/local-time.ts';
import { isZone, zoneOffsets } from '../../src/text/zone.ts';
import type { Message } from './read-message.ts';
import { readMailDateTime, readReceived } from './trace-headers.ts';

/** What the headers say about when the mail was written and taken. */
export interface MailTimes {
  /** Date header */
  readonly sentMs?: number;
  readonly sentOffset?: number;
  /** topmost Received header */
  readonly receivedMs?: number;
  /** the later bound of any start: the Date header, unless the receiving server had the mail before that */
  readonly boundMs?: number;
}

const minuteMs = 60_000;
/** a mail is written at once; section 7 */
const usualDelayMs = 15 * minuteMs;
/** between the clocks of two machines */
const clockToleranceMs = 5 * minuteMs;
/** no mail server keeps a message in its queue for longer (RFC 5321 4.5.4.1 asks for four to five days) */
const longestDelayMs = 5 * 24 * 60 * minuteMs;
const hour = 60;

/** Offsets in use since 2020, minutes east of UTC. Others are multiples of 15 minutes too, and nobody's clock. */
const offsetsInUse: readonly number[] = [
  ...Array.from({ length: 27 }, (_, index) => (index - 12) * hour),
  -9.5 * hour, -3.5 * hour, -2.5 * hour, 3.5 * hour, 4.5 * hour, 5.5 * hour, 5.75 * hour, 6.5 * hour, 8.75 * hour, 9.5 * hour, 10.5 * hour, 12.75 * hour, 13.75 * hour,
];

export function mailTimes(message: Message): MailTimes {
  const date = message.headers.find(({ name }) => name === 'date');
  const received = message.headers.find(({ name }) => name === 'received');
  const sent = date === undefined ? undefined : readMailDateTime(date.value);
  const receivedMs = received === undefined ? undefined : readReceived(received.value).ms;
  const isLate = sent !== undefined && receivedMs !== undefined && sent.ms > receivedMs + clockToleranceMs;
  const boundMs = isLate ? receivedMs : sent?.ms ?? receivedMs;
  return {
    ...(sent === undefined ? {} : { sentMs: sent.ms, sentOffset: sent.offsetMinutes }),
    ...(receivedMs === undefined ? {} : { receivedMs }), ...(boundMs === undefined ? {} : { boundMs }),
  };
}

interface Candidate { readonly ms: number; readonly offset: number; readonly order: DateOrder }

/**
 * @param zone IANA zone of the source: preferred, because a mail can wait in a queue; the headers then only reject impossible readings
 * @param order tie-breaker between readings that nothing else decides
 * @returns undefined when the text is no date and time, or of another calendar
 */
export function startTime(text: string, times: MailTimes, zone: string | undefined, order: DateOrder | undefined): Moment | undefined {
  const time = readCultureTime(text);
  const readings = time === undefined ? [] : localReadings(time);
  const bound = times.boundMs;
  if (readings.length === 0) return undefined;
  if (bound !== undefined && readings.every(({ localMs }) => Math.abs(localMs - bound) > 50 * 365 * 24 * hour * minuteMs)) return undefined;
  const at = (offsets: (localMs: number) => readonly number[]): readonly Candidate[] =>
    readings.flatMap((reading) => offsets(reading.localMs).map((offset) => ({ ms: reading.localMs - offset * minuteMs, offset, order: reading.order })));
  const within = (candidates: readonly Candidate[], delayMs: number): readonly Candidate[] =>
    bound === undefined ? candidates : candidates.filter(({ ms }) => bound - ms >= 0 && bound - ms < delayMs);

  if (zone !== undefined && isZone(zone)) {
    const all = at((localMs) => zoneOffsets(zone, localMs));
    const possible = bound === undefined ? all : all.filter(({ ms }) => bound - ms > -clockToleranceMs && bound - ms < longestDelayMs);
    const soon = within(possible, usualDelayMs);
    // The server's own offset and the usual delay against the configured zone: one of the two is wrong.
    const stated = times.sentOffset === undefined || soon.length > 0 ? [] : within(at(() => [times.sentOffset ?? 0]), usualDelayMs);
    if (possible.length > 0 && stated.length > 0) return undecided(text, [...possible, ...stated], order);
    if (possible.length > 0) return decide(text, [possible, soon], 'config', order);
  }
  if (bound !== undefined) {
    const soon = within(at(() => offsetsInUse), usualDelayMs);
    const own = times.sentOffset === undefined ? [] : at(() => [times.sentOffset ?? 0]);
    if (soon.length > 0) return decide(text, [soon, soon.filter(({ offset }) => offset === times.sentOffset)], 'header', order);
    // The mail came late. The sender's own offset is then the best there is, but nothing confirms it.
    const late = within(own, longestDelayMs);
    if (late.length > 0) return undecided(text, [...late, ...within(at(() => offsetsInUse), 4 * usualDelayMs)], order);
    if (own.length > 0) return undecided(text, own, order);
  }
  return undecided(text, at(() => offsetsInUse), order, 0);
}

/** @param stages each narrower than the one before; the first that leaves one reading decides */
function decide(text: string, stages: readonly (readonly Candidate[])[], basis: 'config' | 'header', order: DateOrder | undefined): Moment {
  for (const stage of stages) {
    const [first] = stage;
    if (first !== undefined && stage.every(({ ms }) => ms === first.ms)) {
      // noon and midnight may be one instant under two offsets
      const one = stages.find((other) => other.length > 0 && other.every(({ offset }) => offset === other[0]?.offset))?.[0]?.offset;
      return { ms: first.ms, precision: 'min', basis, text, ...(one === undefined ? {} : { offsetMinutes: one }) };
    }
  }
  const last = stages.findLast((stage) => stage.length > 0) ?? [];
  const preferred = order === undefined ? [] : last.filter((candidate) => candidate.order === order);
  const [only] = preferred;
  if (only !== undefined && preferred.every(({ ms }) => ms === only.ms)) return { ms: only.ms, precision: 'min', basis, offsetMinutes: only.offset, text };
  return undecided(text, last, order);
}

/** @param assumed offset of the reading that stands for all */
function undecided(text: string, candidates: readonly Candidate[], order: DateOrder | undefined, assumed?: number): Moment {
  const preferred = candidates.filter((candidate) => order === undefined || candidate.order === order);
  const chosen = preferred.find(({ offset }) => assumed === undefined || offset === assumed) ?? preferred[0] ?? candidates[0];
  const readings = [...new Set(candidates.map(({ ms }) => ms))].sort((x, y) => x - y);
  return { ms: chosen?.ms ?? 0, precision: 'min', basis: 'assumed', readings, text };
}
