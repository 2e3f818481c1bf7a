/** Lines of a log file, written short, through the real reader, catalogues and normalisation. */
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import type { Problem } from '../../src/errors.ts';
import type { Activity, Event, Facts } from '../../src/event.ts';
import { createLogFile, type LogFileEnd, type LogFileOptions } from '../../src/normalise/log-file.ts';
import { utf8Encoding } from '../../src/parse/log-encoding.ts';
import { readLog } from '../../src/parse/log-reader.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';

const matcher = compileMatcher(builtInCatalogues());

export interface ReadLines {
  readonly activities: readonly Activity[];
  readonly problems: readonly Problem[];
  readonly end: LogFileEnd;
  facts<K extends Facts['kind']>(kind: K): readonly Extract<Facts, { kind: K }>[];
  /** events of an action */
  events(action: string): readonly Event[];
}

export const file = 'Veeam.Exchange.Explorer_2022_05_03_10_14_07.log';
/** The session header of the reference, section 5. */
export const header: readonly string[] = [
  '1| Server: CONTADM01 (CPUs: 4, RAM: 16.0 GB)', '1| Network:', '1|  IPv4: 192.0.2.25, IPv6: 2001:db8:10::25%12, Adapter: Ethernet0', '1| OS: Microsoft Windows NT 10.0.19044.0 (x64)',
  '1| UTC Date & Time: 2/05/2022 10:14:07 PM', '1| Timezone: (UTC+12:00) Auckland, Wellington', '1| Daylight: New Zealand Standard Time', '1| Account: CONTOSO\\aroha.ngata', '1| Log level: Default', `1| ${'='.repeat(80)}`,
  '1| Veeam.Exchange.Explorer.exe: Version=10.0.3.225', '1| Command line parameters:',
];

/**
 * `5| Exporting items...` is a line of thread 5, one second after the line before it (the header takes no time); `10:30:00 5| …` sets the clock.
 * A line without bar has no prefix.
 */
export async function readLines(lines: readonly string[], options: Partial<LogFileOptions> = {}): Promise<ReadLines> {
  return readText(textOf(lines), options);
}

export function textOf(lines: readonly string[]): string {
  let seconds = 10 * 3600 + 14 * 60 + 6;
  let isHeader = true;
  return lines.map((line) => {
    const m = /^(?:(\d\d):(\d\d):(\d\d) )?(\d+)\|(.*)$/s.exec(line);
    if (m === null) return `${line}\r\n`;
    const [, hour, minute, second, thread = '', rest = ''] = m;
    if (isHeader && thread === '1') seconds = 10 * 3600 + 14 * 60 + 7;
    else seconds += 1;
    isHeader &&= thread === '1';
    if (hour !== undefined) seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
    const two = (value: number): string => String(value).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    return `3/05/2022 ${String(hours > 12 ? hours - 12 : hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} ${hours >= 12 ? 'PM' : 'AM'} ${thread.padStart(4)} (${String(4 * Number(thread) + 9000)}) ${rest.slice(1)}\r\n`;
  }).join('');
}

export async function readText(text: string, options: Partial<LogFileOptions> = {}): Promise<ReadLines> {
  const activities: Activity[] = [];
  const problems: Problem[] = [];
  const report = (problem: Problem): void => { problems.push(problem); };
  const name = options.file ?? file;
  const log = createLogFile({ file: name, source: { id: 'cli' }, accountKind: () => undefined, emit: (activity) => { activities.push(activity); }, report, ...options });
  await readLog((async function* () { yield await Promise.resolve(Buffer.from(text, 'utf8')); })(), { file: name, matcher, encoding: utf8Encoding, sink: log, report });
  const end = log.end();
  return {
    activities, problems, end,
    facts: <K extends Facts['kind']>(kind: K) => activities.flatMap(({ facts }) => facts.kind === kind ? [facts as Extract<Facts, { kind: K }>] : []),
    events: (action) => activities.flatMap(({ event }) => event['event.action'] === action ? [event] : []),
  };
}
