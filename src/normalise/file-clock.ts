/**
 * The clock of one log file: decides day and month order by the rules of formats/explorer-archiver-logs.md 3.2, in their order, finds the UTC
 * offset (3.4), and turns wall clocks into moments in file order. It never guesses silently: what is undecided carries all its readings.
 */
import type { DateOrder, Moment } from '../event.ts';
import type { Problem } from '../errors.ts';
import { localReadings, onlyReading, readCultureTime, type CultureTime } from '../text/local-time.ts';
import type { LogLine } from '../text/log-line.ts';
import { zoneOffsets } from '../text/zone.ts';

export type OrderRule =
  | 'bracketed' | 'year-first' | 'file-name' | 'header-pair' | 'impossible-date' | 'continuity' | 'hint' | 'same-account' | 'configuration' | 'undecided';

export interface FileClockOptions {
  readonly file: string;
  readonly zone?: string;
  readonly dateOrder?: DateOrder;
  /** order of another file of the same account on the same machine (rule 8) */
  readonly accountOrder?: DateOrder;
  /** what the proven predecessor of a rotated file used */
  readonly inherited?: { readonly order?: DateOrder; readonly offsetMinutes?: number };
}

export interface FileClock {
  /** Evidence of one prefixed line, before or after the decision. */
  see(line: LogLine): void;
  /** Evidence of `UTC Date & Time:` (rule 4, and the offset). */
  seeHeaderUtc(line: LogLine, text: string): void;
  /** Evidence of a date inside a message, printed in the culture of the file (rule 5). */
  seeInner(text: string): void;
  /** Whether day and month are certain; after `settle` a weak rule may have made them so. */
  isDecided(): boolean;
  /** Decides with what is there, down to the weak rules. Call once, before the first `moment`. */
  settle(): void;
  /** The moment of a line; call in file order. */
  moment(line: LogLine): Moment;
  /** A date inside a message as UTC milliseconds; undefined when it cannot be decided. */
  inner(text: string): number | undefined;
  readonly order: DateOrder | undefined;
  readonly decidedBy: readonly OrderRule[];
  readonly offsetMinutes: number | undefined;
  /** true when moments are UTC: by a header, a zone or a predecessor */
  readonly knowsOffset: boolean;
  readonly problems: readonly Problem[];
}

const stampForm = /_(\d{4})_(\d{2})_(\d{2})_(\d{2})_(\d{2})_(\d{2})(?:\D|$)/;
/** The rules in the order of their strength; the first six are evidence. */
const strength: readonly OrderRule[] = ['bracketed', 'year-first', 'file-name', 'header-pair', 'impossible-date', 'continuity', 'same-account', 'configuration', 'undecided'];
const decisiveRules = 6;
const hourMs = 3_600_000;
const stampToleranceMs = 2_000;
/** lines of a file stand in the order in which they were written, give or take a correction of the clock */
const fileOrderSlackMs = 60_000;

/** The stamp of a log file's name as local milliseconds; undefined when it has none. */
export function fileStamp(file: string): number | undefined {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'), file.lastIndexOf('!')) + 1);
  const m = stampForm.exec(name);
  if (m === null) return undefined;
  const ms = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6]));
  return Number.isFinite(ms) ? ms : undefined;
}

export function createFileClock(options: FileClockOptions): FileClock {
  const stamp = fileStamp(options.file);
  const rules = new Map<OrderRule, DateOrder>();
  const problems: Problem[] = [];
  const dayPartWords = new Map<string, 'am' | 'pm'>();
  let first: CultureTime | undefined;
  let previous: { readonly line: LogLine; readonly readings: Partial<Record<DateOrder, number>> } | undefined;
  const starts = new Map<string, { readonly indent: number; readonly readings: Partial<Record<DateOrder, number>> }>();
  const broken = new Set<DateOrder>();
  let dateChanged = false;
  let order: DateOrder | undefined = options.inherited?.order;
  let settled = false;
  let refused = false;
  let isNoted = false;
  let contradiction = false;
  let headerOffset: number | undefined;
  let offset: number | undefined = options.inherited?.offsetMinutes;
  let zoneUsable = options.zone !== undefined;
  let lastLocalMs: number | undefined;
  let lastUtcMs: number | undefined;
  let dialect: LogLine['dialect'] | undefined;
  let jumped = false;
  let isHourNoted = false;
  let recent: { readonly time: CultureTime; readonly moment: Moment } | undefined;

  function strongOrder(): DateOrder | undefined {
    for (const rule of strength.slice(0, decisiveRules)) {
      const found = rules.get(rule);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function note(rule: OrderRule, found: DateOrder): void {
    const before = rules.get(rule);
    if (before !== undefined && before !== found && rule === 'impossible-date' && !contradiction) {
      contradiction = true;
      problems.push({ code: 'log-date-order', file: options.file, message: 'dates of this file contradict each other: both components exceed 12', remedy: 'files of two users were joined: read them separately' });
    }
    if (before === undefined) rules.set(rule, found);
  }

  function known(time: CultureTime): CultureTime {
    const meaning = time.dayPartWord === undefined ? undefined : dayPartWords.get(time.dayPartWord);
    return meaning === undefined ? time : { ...time, dayPart: meaning };
  }

  function byOrder(time: CultureTime): Partial<Record<DateOrder, number>> {
    const out: Partial<Record<DateOrder, number>> = {};
    for (const reading of localReadings(known(time))) out[reading.order] ??= reading.localMs;
    return out;
  }

  function seeDate(time: CultureTime): void {
    if (time.aDigits >= 3) note('year-first', 'ymd');
    else if (time.a > 12 && time.b <= 12) note('impossible-date', 'dmy');
    else if (time.b > 12 && time.a <= 12) note('impossible-date', 'mdy');
  }

  function seeFirst(line: LogLine): void {
    first = line.time;
    if (stamp === undefined) return;
    const stampYear = new Date(stamp).getUTCFullYear();
    const year = line.time.aDigits >= 3 ? line.time.a : line.time.c;
    if (Math.abs(year - stampYear) > 400 && year > 1000) {
      refused = true;
      problems.push({ code: 'log-calendar', file: options.file, line: 1, message: `dates of another calendar: year ${String(year)} in a file stamped ${String(stampYear)}`, remedy: 'the times of this file are not used; everything else is' });
      return;
    }
    if (line.dialect === 'bracketed') return;
    const readings = localReadings(line.time);
    const near = readings.filter((reading) => Math.abs(reading.localMs - stamp) <= stampToleranceMs);
    const orders = new Set(near.map((reading) => reading.order));
    if (line.time.dayPartWord !== undefined && near[0] !== undefined) dayPartWords.set(line.time.dayPartWord, new Date(near[0].localMs).getUTCHours() >= 12 ? 'pm' : 'am');
    if (orders.size === 1 && near[0] !== undefined) note('file-name', near[0].order);
    else if (orders.size === 0) {
      // The beginning of the file is missing: the first line is later than the stamp, so an order that puts it before is impossible.
      const later = new Set(readings.filter((reading) => reading.localMs >= stamp - stampToleranceMs).map((reading) => reading.order));
      const [only] = later;
      if (later.size === 1 && only !== undefined) note('file-name', only);
    }
  }

  function seeContinuity(line: LogLine): void {
    const readings = byOrder(line.time);
    if (previous !== undefined) {
      if (previous.line.time.a !== line.time.a || previous.line.time.b !== line.time.b) dateChanged = true;
      for (const candidate of ['dmy', 'mdy'] as const) {
        const now = readings[candidate];
        const before = previous.readings[candidate];
        if (now !== undefined && before !== undefined && now < before - 2 * hourMs) broken.add(candidate);
      }
    }
    const start = starts.get(line.thread);
    if (start !== undefined && line.indent > start.indent) {
      for (const candidate of ['dmy', 'mdy'] as const) {
        const now = readings[candidate];
        const before = start.readings[candidate];
        if (now !== undefined && before !== undefined && now - before > 24 * hourMs) broken.add(candidate);
      }
    }
    if (line.message.endsWith('...')) starts.set(line.thread, { indent: line.indent, readings });
    else starts.delete(line.thread);
    previous = { line, readings };
    if (dateChanged && broken.size === 1) note('continuity', broken.has('dmy') ? 'mdy' : 'dmy');
  }

  function weakOrder(): [OrderRule, DateOrder | undefined] {
    // Rule 7 only ranks: it never makes an order certain, so configuration and sibling files come before it.
    if (options.accountOrder !== undefined) return ['same-account', options.accountOrder];
    if (options.dateOrder !== undefined) return ['configuration', options.dateOrder];
    return ['undecided', undefined];
  }

  function hinted(): DateOrder {
    if (first === undefined) return 'dmy';
    if (first.separator === '.') return 'dmy';
    if (first.aDigits === 1 && first.bDigits === 2 && first.b < 10) return 'dmy';
    return first.separator === '/' && ((first.aDigits === 1 && first.bDigits === 1) || first.dayPart !== undefined) ? 'mdy' : 'dmy';
  }

  const clock: FileClock = {
    see(line) {
      dialect ??= line.dialect;
      if (line.dialect === 'bracketed') {
        if (first === undefined) seeFirst(line);
        note('bracketed', 'dmy');
        return;
      }
      if (first === undefined) seeFirst(line);
      seeDate(line.time);
      if (line.time.dayPart !== undefined && line.time.hour > 12 && !isHourNoted) {
        isHourNoted = true;
        problems.push({ code: 'log-suspicious', file: options.file, message: `hour ${String(line.time.hour)} with a word for the part of the day: read as 24-hour`, remedy: 'look at the time format of the account that wrote the file' });
      }
      if (!settled) seeContinuity(line);
    },
    seeHeaderUtc(line, text) {
      recent = undefined;
      const utc = readCultureTime(text);
      if (utc === undefined) return;
      if (line.dialect === 'culture') seeDate(utc);
      const possible: { readonly order: DateOrder; readonly minutes: number; readonly local: number }[] = [];
      for (const local of localReadings(known(line.time), line.dialect === 'bracketed' ? 'dmy' : undefined)) {
        for (const other of localReadings(known(utc))) {
          if (line.dialect === 'culture' && other.order !== local.order) continue;
          const difference = local.localMs - Math.floor(other.localMs / 1000) * 1000;
          const quarter = Math.round(difference / 900_000) * 900_000;
          if (difference >= -12 * hourMs - 5000 && difference <= 14 * hourMs + 5000 && Math.abs(difference - quarter) <= 5000) possible.push({ order: local.order, minutes: quarter / 60_000, local: local.localMs });
        }
      }
      const orders = new Set(possible.map((entry) => entry.order));
      const strong = strongOrder();
      const fitting = strong === undefined ? possible : possible.filter((entry) => entry.order === strong);
      const [only] = orders;
      // On one calendar day the pair tells the offset and not the order; what is left there is rule 5.
      const isOneDay = utc.a === line.time.a && utc.b === line.time.b;
      if (line.dialect === 'culture' && !isOneDay && orders.size === 1 && only !== undefined) note('header-pair', only);
      const offsets = new Set(fitting.map((entry) => entry.minutes));
      const [single] = offsets;
      if (offsets.size === 1 && single !== undefined) headerOffset ??= single;
      if (offsets.size === 1 && line.time.dayPartWord !== undefined && fitting[0] !== undefined) dayPartWords.set(line.time.dayPartWord, new Date(fitting[0].local).getUTCHours() >= 12 ? 'pm' : 'am');
    },
    seeInner(text) {
      if (dialect === 'bracketed') return;
      const time = readCultureTime(text);
      if (time !== undefined) seeDate(time);
    },
    isDecided: () => (settled ? order : strongOrder() ?? order) !== undefined,
    settle() {
      if (settled) return;
      settled = true;
      const strong = strongOrder() ?? order;
      if (strong !== undefined) {
        order = strong;
        if (options.dateOrder !== undefined && options.dateOrder !== strong && dialect === 'culture') {
          problems.push({ code: 'log-date-order', file: options.file, message: `configured date_order ${options.dateOrder} contradicts the file, which is ${strong}`, remedy: 'the file wins; correct date_order of the source' });
        }
      } else {
        const [rule, weak] = weakOrder();
        rules.set(rule, weak ?? hinted());
        order = weak;
      }
      if (contradiction) order = undefined;
      if (headerOffset !== undefined) offset = headerOffset;
      starts.clear();
      previous = undefined;
    },
    moment(line) {
      // Lines that share a timestamp share its moment.
      if (line.time === recent?.time) return recent.moment;
      const moment = momentOf(line);
      recent = moment.readings === undefined ? { time: line.time, moment } : undefined;
      return moment;
    },
    inner(text) {
      const time = readCultureTime(text);
      if (time === undefined || refused) return undefined;
      const fixed = dialect === 'bracketed' ? undefined : order;
      const readings = localReadings(known(time), fixed);
      if (readings.length !== 1 || readings[0] === undefined) return undefined;
      const utc = toUtc(readings[0].localMs);
      return utc.known ? utc.ms : undefined;
    },
    get order() { return order; },
    get decidedBy() { return strength.filter((rule) => rules.has(rule)); },
    get offsetMinutes() { return offset; },
    get knowsOffset() { return offset !== undefined || zoneFits(); },
    get problems() { return problems; },
  };

  function momentOf(line: LogLine): Moment {
    const time = known(line.time);
    const precision = line.hasFraction ? 'ms' : 's';
    if (refused) return { ms: stamp ?? 0, precision, basis: 'assumed', readings: [] };
    const only = order === undefined ? undefined : onlyReading(time, order);
    if (only !== undefined) return momentAt(only, precision);
    const readings = localReadings(time, order);
    const best = (order === undefined ? readings.find((reading) => reading.order === hinted()) : undefined) ?? readings[0];
    if (best === undefined) return { ms: lastUtcMs ?? stamp ?? 0, precision, basis: 'assumed', readings: [] };
    // On the fourth of April both orders say the same.
    if (readings.some((reading) => reading.localMs !== best.localMs)) {
      if (order === undefined && !contradiction) noteUndecided();
      const all = readings.map((reading) => toUtc(reading.localMs).ms);
      return { ms: toUtc(best.localMs).ms, precision, basis: 'assumed', readings: [...new Set(all)], ...(offset === undefined ? {} : { offsetMinutes: offset }) };
    }
    return momentAt(best.localMs, precision);
  }

  function momentAt(localMs: number, precision: 'ms' | 's'): Moment {
    const moment = advance(localMs, precision);
    lastLocalMs = localMs;
    if (moment.readings === undefined) lastUtcMs = moment.ms;
    return moment;
  }

  function noteUndecided(): void {
    if (isNoted) return;
    isNoted = true;
    problems.push({ code: 'log-date-order', file: options.file, message: 'day and month cannot be told apart in this file', remedy: 'set date_order of its source (dmy, mdy or ymd)' });
  }

  /** Conversion without file order: the repeated hour takes its first reading. */
  function toUtc(localMs: number): { readonly ms: number; readonly known: boolean } {
    const zoned = zoneUsable && options.zone !== undefined ? zoneOffsets(options.zone, localMs)[0] : undefined;
    const minutes = offset !== undefined && !zoneFits() ? offset : zoned ?? offset;
    return minutes === undefined ? { ms: localMs, known: false } : { ms: localMs - minutes * 60_000, known: true };
  }

  let fits: boolean | undefined;
  /** The configured zone may be used when the header agrees with it at launch; what the file states wins. */
  function zoneFits(): boolean {
    if (options.zone === undefined) return false;
    if (headerOffset === undefined) return true;
    if (fits === undefined) {
      const reading = first === undefined ? undefined : localReadings(known(first), order)[0];
      fits = reading !== undefined && zoneOffsets(options.zone, reading.localMs).includes(headerOffset);
      zoneUsable = fits;
    }
    return fits;
  }

  function advance(localMs: number, precision: 'ms' | 's'): Moment {
    if (options.zone !== undefined && zoneFits()) {
      const offsets = zoneOffsets(options.zone, localMs);
      const basis = headerOffset === undefined ? 'config' : 'header';
      const [early, late] = offsets;
      if (early === undefined) {
        // The hour that spring skips: a clock that was not set yet. The offset before the change is the best reading.
        const minutes = offset ?? zoneOffsets(options.zone, localMs - 2 * hourMs)[0] ?? 0;
        return { ms: localMs - minutes * 60_000, precision, basis, offsetMinutes: minutes };
      }
      if (late === undefined) {
        offset = early;
        return { ms: localMs - early * 60_000, precision, basis, offsetMinutes: early };
      }
      const earlyMs = localMs - early * 60_000;
      const lateMs = localMs - late * 60_000;
      // File order decides between the two readings of the repeated hour; without an earlier line both are kept.
      if (headerOffset !== undefined && lastLocalMs === undefined) return { ms: localMs - headerOffset * 60_000, precision, basis, offsetMinutes: headerOffset };
      const isStepBack = lastLocalMs !== undefined && localMs < lastLocalMs - fileOrderSlackMs;
      if (lastUtcMs === undefined && !isStepBack) return { ms: earlyMs, precision, basis: 'assumed', readings: [earlyMs, lateMs] };
      if (offset === late || lastUtcMs === undefined || earlyMs < lastUtcMs - fileOrderSlackMs) {
        offset = late;
        return { ms: lateMs, precision, basis, offsetMinutes: late };
      }
      return { ms: earlyMs, precision, basis, offsetMinutes: early };
    }
    if (offset === undefined) return { ms: localMs, precision, basis: 'assumed' };
    if (!jumped && lastLocalMs !== undefined) {
      const back = lastLocalMs - localMs;
      if (back >= 30 * 60_000 && back <= 90 * 60_000) {
        offset -= 60;
        jumped = true;
        problems.push({ code: 'log-suspicious', file: options.file, message: 'the clock of this file steps back by about one hour: end of daylight saving assumed', remedy: 'configure the time zone of the source to make it certain' });
      }
    }
    return { ms: localMs - offset * 60_000, precision, basis: jumped ? 'assumed' : 'header', offsetMinutes: offset };
  }

  return clock;
}
