/**
 * One log file, line by line, into activities. Work is followed per thread and depth, never by adjacency (formats/explorer-archiver-logs.md 7); the
 * file is held back until its clock is decided.
 */
import type { Activity, Event, Facts, LogItemFacts, Moment, SourceContext } from '../event.ts';
import type { Problem } from '../errors.ts';
import { isSystemIdentity } from '../text/account.ts';
import { stableId } from '../text/hash.ts';
import { healthFields } from '../text/health-event.ts';
import { maxProblemsListed, maxThreads, maxUndecidedBytes } from '../limits.ts';
import { createClockJumps } from './clock-jump.ts';
import { createDayCounts, type DayCount } from './day-counts.ts';
import { createFileClock, type FileClock } from './file-clock.ts';
import { createHeaderReader } from './header.ts';
import { kindByMessage, kindByName, type LogKind } from './log-kind.ts';
import { logEvent, type LogFileIdentity } from './log-event.ts';
import type { LogMessage } from '../text/log-message.ts';
import { createExportTracker, type OpenOperation } from './export-tracker.ts';
import { createServerTracker } from './server-tracker.ts';
import { createSessionTracker } from './session-tracker.ts';

/** What a rotated file takes over from its proven predecessor. */
export interface Predecessor {
  readonly file: string;
  readonly launch: string;
  readonly host?: string;
  readonly account?: string;
  readonly addresses: readonly string[];
  readonly kind: LogKind;
  readonly version?: string;
  readonly order?: 'dmy' | 'mdy' | 'ymd';
  readonly offsetMinutes?: number;
  readonly open: ReadonlyMap<string, OpenOperation>;
}

export interface LogFileOptions {
  readonly file: string;
  readonly source: SourceContext;
  readonly predecessor?: Predecessor;
  readonly accountOrder?: (account: string, host: string | undefined) => 'dmy' | 'mdy' | 'ymd' | undefined;
  /** what the configuration says of an account; undefined: nothing */
  readonly accountKind: (account: string) => 'person' | 'shared' | 'service' | 'application' | undefined;
  readonly emit: (activity: Activity) => void;
  readonly report: (problem: Problem) => void;
}

/** How a file ended: what a rotated successor needs, and what tests and reports count. */
export interface LogFileEnd {
  readonly file: string;
  readonly source: string;
  readonly tenant: string | undefined;
  readonly hasHeader: boolean;
  readonly kind: LogKind | undefined;
  readonly isExplorer: boolean;
  /** account and machine that the header states */
  readonly account?: string;
  readonly host?: string;
  readonly predecessor: Predecessor | undefined;
  /** threads whose operation began before this file */
  readonly continues: ReadonlySet<string>;
  readonly lastMs: number | undefined;
  readonly firstMs: number | undefined;
  /** what the time of the first line can be; empty where no calendar reads it */
  readonly firstReadings: readonly number[];
  readonly clock: FileClock;
  readonly unknownMessages: number;
  /** lines by days since 1970 */
  readonly days: ReadonlyMap<number, Readonly<DayCount>>;
  /** errors with their type and stack; an inner error counts as one */
  readonly errorGroups: number;
}

export interface LogFile {
  message(message: LogMessage): void;
  continuation(text: string): void;
  end(): LogFileEnd;
}

/** What the trackers need of the file they work in. */
export interface LogContext {
  moment(message: LogMessage): Moment;
  inner(text: string): number | undefined;
  readonly launch: string;
  emit(message: LogMessage, moment: Moment, action: string, sentence: string, fields: Event, facts: (event: Event) => Facts): void;
  readonly isExplorer: boolean;
  readonly kind: LogKind;
  readonly file: string;
}

const securityRelevant = new Set(['header-account', 'header-server', 'export-result', 'export-completed', 'sign-in-validated', 'session-created', 'session-id', 'items-exporting', 'item-exported']);
/** They end what their thread began, so they are never the first line of a thread. */
const neverFirst = new Set(['export-result', 'export-completed', 'item-exported', 'sign-in-validated', 'session-created']);
/** daylight saving and its neighbours explain steps back of up to so much */
const longestStepBackMs = 2 * 3_600_000;
/** an injected value ends at its next unprefixed line; without one the suspicion ends here */
const maxSuspectLines = 50;

export function createLogFile(options: LogFileOptions): LogFile {
  const { file, source, predecessor } = options;
  const headerReader = createHeaderReader();
  /** that of the launch that is being read: the reader goes on to the next one first */
  let { header } = headerReader;
  let headerHasEnded = false;
  let clock = createClock(undefined, undefined);
  let held: LogMessage[] | undefined = [];
  let heldBytes = 0;
  let kind: LogKind | undefined = predecessor?.kind ?? kindByName(file, undefined);
  let launch = predecessor?.launch ?? stableId('launch', file, 0);
  let launchGaps: string[] = [];
  let launchAt: Moment | undefined;
  let firstMs: number | undefined;
  let firstReadings: readonly number[] | undefined;
  let lastMs: number | undefined;
  let suspectLines = 0;
  let suspicions = 0;
  /** of a file that is whole, the threads so far */
  const threads = new Set<string>();
  let previousMs: number | undefined;
  let extended = false;
  let unknownMessages = 0;
  let errorGroups = 0;
  let timeCertain = true;
  let identity: LogFileIdentity | undefined;
  let lastAction: { readonly message: LogMessage; readonly moment: Moment } | undefined;
  let currentMoment: Moment | undefined;
  let currentMessage: LogMessage | undefined;

  function createClock(account: string | undefined, host: string | undefined): FileClock {
    const order = account === undefined ? undefined : options.accountOrder?.(account, host);
    return createFileClock({
      file,
      ...(source.timezone === undefined ? {} : { zone: source.timezone }),
      ...(source.dateOrder === undefined ? {} : { dateOrder: source.dateOrder }),
      ...(order === undefined ? {} : { accountOrder: order }),
      ...(predecessor === undefined ? {} : { inherited: { ...(predecessor.order === undefined ? {} : { order: predecessor.order }), ...(predecessor.offsetMinutes === undefined ? {} : { offsetMinutes: predecessor.offsetMinutes }) } }),
    });
  }

  const context: LogContext = {
    moment: momentOf,
    inner: (text) => clock.inner(text),
    get launch() { return launch; },
    get isExplorer() { return kind?.isExplorer === true; },
    get kind() { return kind ?? { kind: 'archiver_log', isExplorer: false }; },
    file,
    emit(message, moment, action, sentence, fields, facts) {
      const event = logEvent(identify(), { offset: message.offset, line: message.number }, moment, action, sentence, fields);
      options.emit({ event, facts: facts(event) });
    },
  };
  const exports = createExportTracker(context, predecessor?.open);
  const sessions = createSessionTracker(context);
  const server = createServerTracker(context);
  const days = createDayCounts();
  const jumps = createClockJumps<{ readonly message: LogMessage; readonly moment: Moment }>(longestStepBackMs, ({ line: { message, moment }, fromMs, toMs }) => {
    health(message, moment, 'clock-jump', `The clock of the machine that wrote ${file} went back by ${String(Math.round((fromMs - toMs) / 60_000))} minutes at line ${String(message.number)} and stayed there`);
  });

  function identify(): LogFileIdentity {
    if (identity !== undefined) return identity;
    const account = header.account ?? predecessor?.account;
    const isExplorer = kind?.isExplorer === true;
    const stated = isExplorer && account !== undefined && account !== '' ? account : undefined;
    const configured = stated === undefined ? undefined : options.accountKind(stated);
    const isNobody = stated === undefined || isSystemIdentity(stated) || configured === 'service' || configured === 'application';
    const host = header.host ?? predecessor?.host ?? source.host;
    const version = header.version ?? predecessor?.version;
    identity = {
      file, source: source.id, kind: kind?.kind ?? 'archiver_log', addresses: (header.addresses.length > 0 ? header.addresses : predecessor?.addresses ?? []),
      ...(kind?.provider === undefined ? {} : { provider: kind.provider }),
      ...(kind?.workload === undefined ? {} : { workload: kind.workload }),
      ...(host === undefined ? {} : { host }),
      ...(version === undefined ? {} : { version }),
      ...(isExplorer ? { launch } : {}),
      ...(stated === undefined ? {} : { reported: stated }),
      ...(isNobody ? {} : { operator: stated }),
      ...(stated === undefined ? {} : { actorKind: isSystemIdentity(stated) || configured === 'service' ? 'service_account' : configured === 'application' ? 'application' : configured === 'shared' ? 'shared_account' : 'user' }),
    };
    return identity;
  }

  function momentOf(message: LogMessage): Moment {
    if (message === currentMessage && currentMoment !== undefined) return currentMoment;
    currentMessage = message;
    currentMoment = clock.moment(message.line);
    if (currentMoment.readings !== undefined) timeCertain = false;
    firstMs ??= currentMoment.ms;
    firstReadings ??= currentMoment.readings ?? [currentMoment.ms];
    lastMs = Math.max(lastMs ?? currentMoment.ms, currentMoment.ms);
    return currentMoment;
  }

  function suspicious(message: LogMessage, why: string): void {
    suspicions += 1;
    if (suspicions > maxProblemsListed) return;
    options.report({ code: 'log-suspicious', file, line: message.number, offset: message.offset, message: why, remedy: 'look at the lines around it: a value may hold a line break, or the file was edited' });
    health(message, momentOf(message), 'log-suspicious', `Line ${String(message.number)} of ${file} contradicts its neighbours: ${why}`, why);
  }

  /** An event about the file, at one of its lines. */
  function health(message: LogMessage, moment: Moment, action: string, text: string, detail = text): void {
    context.emit(message, moment, action, text, healthFields(action, detail), () => ({ kind: 'plain' }));
  }

  function endLaunch(): void {
    exports.end();
    sessions.end();
    if (kind?.isExplorer !== true || firstMs === undefined) return;
    const id = identify();
    const account = id.reported;
    const facts: Facts = {
      kind: 'launch', launch, file, source: source.id, addresses: id.addresses, signedIn: sessions.signedIn(), gaps: launchGaps,
      firstMs, lastMs: lastMs ?? firstMs, extended: extended || exports.isExtended(), timeCertain, offsetKnown: clock.offsetMinutes !== undefined,
      ...(source.tenant === undefined ? {} : { tenant: source.tenant }),
      ...(id.host === undefined ? {} : { host: id.host }),
      ...(account === undefined ? {} : { account }),
      ...(id.workload === undefined ? {} : { workload: id.workload }),
      ...(id.version === undefined ? {} : { version: id.version }),
      ...(launchAt === undefined ? {} : { at: launchAt }),
    };
    const start = lastAction;
    if (start !== undefined) {
      const who = account ?? 'somebody';
      const event = logEvent(id, { offset: start.message.offset, line: start.message.number }, start.moment, 'explorer-start', `${who} started ${id.provider ?? 'an Explorer'}${id.host === undefined ? '' : ` on ${id.host}`}`, { 'event.outcome': 'success' });
      options.emit({ event, facts });
    }
  }

  function handle(message: LogMessage): void {
    const verdict = headerReader.read(message, suspectLines > 0);
    const moment = momentOf(message);
    if (moment.readings === undefined) days.add(moment.ms, message.id === undefined);
    lastAction ??= { message, moment };
    if (verdict === 'header' || verdict === 'second') {
      if (verdict === 'second') {
        endLaunch();
        ({ header } = headerReader);
        launch = stableId('launch', file, message.number);
        launchGaps = ['second-header'];
        identity = undefined;
        firstMs = moment.ms;
        lastMs = moment.ms;
        launchAt = moment;
        lastAction = { message, moment };
        kind = kindByName(file, header.executable) ?? kind;
        options.report({ code: 'log-suspicious', file, line: message.number, message: 'a second session header in one file', remedy: 'two launches wrote into one file, or the file was joined or edited; its later operations are reported with lower confidence' });
        health(message, moment, 'log-suspicious', `Line ${String(message.number)} of ${file} begins a second session header: two launches wrote into one file, or it was joined or edited`);
      }
      if (headerReader.isPresent) launchAt ??= moment;
      if (message.id === 'header-version') kind = kindByName(file, header.executable) ?? kind;
      return;
    }
    if (!headerHasEnded) {
      headerHasEnded = true;
      identity = undefined;
      if (header.level?.toLowerCase() === 'extended') extended = true;
    }
    if (verdict === 'suspicious') {
      suspicious(message, 'a header line outside the header');
      return;
    }
    if (moment.readings === undefined) {
      jumps.follow(moment.ms);
      if (previousMs !== undefined && moment.ms < previousMs - longestStepBackMs) {
        suspicious(message, 'its time is hours before that of the line above');
        jumps.begin({ message, moment }, previousMs, moment.ms);
      }
      previousMs = moment.ms;
    }
    const isFirst = !threads.has(message.line.thread);
    if (isFirst && threads.size < maxThreads) threads.add(message.line.thread);
    if (isFirst && threads.size < maxThreads && message.id !== undefined && neverFirst.has(message.id) && headerReader.isPresent && predecessor === undefined) {
      suspicious(message, 'it ends what its thread never began');
      return;
    }
    if (message.id === undefined) {
      unknownMessages += 1;
      if (message.isBroken === true) suspectLines = maxSuspectLines;
    } else if (kind === undefined) {
      kind = kindByMessage(message.id) ?? kind;
      identity = undefined;
    }
    if (suspectLines > 0) {
      suspectLines -= 1;
      if (message.id !== undefined && securityRelevant.has(message.id)) {
        suspicious(message, 'it follows a line that a line break inside a value has broken');
        return;
      }
    }
    if (kind?.workload === undefined && message.id === 'email-settings-looking' && message.line.message.includes('Veeam Explorer for Microsoft Exchange')) {
      kind = { ...(kind ?? { kind: 'explorer_log', isExplorer: true }), workload: 'exchange', provider: 'Veeam.Exchange.Explorer' };
      identity = undefined;
    }
    if (message.id === 'error') errorGroups += 1;
    if (context.isExplorer) exports.read(message);
    sessions.read(message);
    if (message.id !== undefined && !context.isExplorer) server.read(message);
  }

  /** Messages wait here until day and month are certain. */
  function flush(): void {
    if (held === undefined) return;
    const waiting = held;
    held = undefined;
    clock.settle();
    for (const message of waiting) handle(message);
  }

  return {
    message(message) {
      clock.see(message.line);
      if (message.id === 'header-utc') clock.seeHeaderUtc(message.line, message.value('header.utc') ?? '');
      else if (message.id === 'session-restore-point') clock.seeInner(message.value('restore-point') ?? '');
      else if (message.id === 'cache-cleaning') clock.seeInner(message.value('time-border') ?? '');
      if (held === undefined) {
        handle(message);
        return;
      }
      held.push(message);
      heldBytes += message.line.message.length + 200;
      // The header pair is within the first lines: waiting for it costs nothing and gives the offset before the first moment.
      const isPastHeader = !(message.id?.startsWith('header-') === true) && message.line.indent === 0;
      if ((clock.isDecided() && (isPastHeader || held.length > 40)) || heldBytes > maxUndecidedBytes) flush();
    },
    continuation() {
      suspectLines = 0;
    },
    end() {
      if (held !== undefined && held.length > 0) {
        const account = held.find((message) => message.id === 'header-account')?.value('account')?.trim();
        if (!clock.isDecided() && account !== undefined) {
          const host = held.find((message) => message.id === 'header-server')?.value('client.host');
          const waiting = held;
          clock = createClock(account, host);
          for (const message of waiting) {
            clock.see(message.line);
            if (message.id === 'header-utc') clock.seeHeaderUtc(message.line, message.value('header.utc') ?? '');
          }
        }
      }
      flush();
      const id = identify();
      const open = exports.open();
      endLaunch();
      for (const problem of clock.problems) options.report(problem);
      const own: Predecessor | undefined = kind?.isExplorer === true && (headerReader.isPresent || predecessor !== undefined)
        ? {
          file, launch, addresses: id.addresses, kind, open,
          ...(id.host === undefined ? {} : { host: id.host }),
          ...(id.reported === undefined ? {} : { account: id.reported }),
          ...(id.version === undefined ? {} : { version: id.version }),
          ...(clock.order === undefined ? {} : { order: clock.order }),
          ...(clock.offsetMinutes === undefined ? {} : { offsetMinutes: clock.offsetMinutes }),
        }
        : undefined;
      return {
        file, source: source.id, tenant: source.tenant, days: days.byDay, hasHeader: headerReader.isPresent, kind, isExplorer: kind?.isExplorer === true, predecessor: own,
        ...(header.account === undefined ? {} : { account: header.account }), ...(header.host === undefined ? {} : { host: header.host }),
        continues: exports.continues(), lastMs, firstMs, firstReadings: firstReadings ?? [], clock, unknownMessages, errorGroups,
      };
    },
  };
}

export type { LogItemFacts };
