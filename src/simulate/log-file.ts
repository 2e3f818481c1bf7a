/** Log files of Explorers and services: records to lines with the prefix of their dialect, on the clock of their machine. */
import { bracketedTime, isPlainDate, longTime, stampOf, type Culture } from './culture.ts';
import { encodePieces, fitsWindows1252, lineEndOf } from './encode-lines.ts';
import type { WorldFile } from './file.ts';
import { newThread, type Print } from './stage.ts';
import { createRandom, type Random } from './random.ts';
import { sizeText } from './culture.ts';
import type { FileStyle, Host, Launch, LogRecord, Server, World } from './world.ts';
import { wallClock } from './zones.ts';

export interface Writer { readonly host: Host; readonly culture: Culture; readonly style: FileStyle }

const folders = { exchange: 'Exchange', onedrive: 'OneDrive', sharepoint: 'SharePoint', teams: 'Teams' } as const;

/** What the clock of a machine shows. */
export function localTime(host: Host, utcMs: number): number {
  return wallClock(host.zone.id, utcMs + host.skewMs);
}

/** One record as text with line ends: the prefixed line and what follows it without a prefix. */
export function recordText(writer: Writer, record: LogRecord, index: number): string {
  const { style, culture } = writer;
  const local = localTime(writer.host, record.ms);
  const time = style.dialect === 'culture' ? longTime(culture, local) : bracketedTime(local, style.dialect === 'bracketed-ms');
  const prefix = `${style.narrowBlank ? time.replace(/ (?=[AP]M$)/, '\u202f') : time}${String(record.thread[0]).padStart(5)} (${record.thread[1]}) `;
  const end = lineEndOf(style, index);
  const line = `${prefix}${' '.repeat(record.depth * style.indent)}${record.text}`;
  return [style.trimsBlanks ? line.trimEnd() : line, ...record.more ?? []].map((text) => `${text}${end}`).join('');
}

/** The files one launch left: none when it is withheld, two when it was rolled. */
export function launchFiles(launch: Launch, noise: number, print: Print): readonly WorldFile[] {
  if (launch.isWithheld || !launch.host.isCollected) return [];
  const kept = launch.records.slice(0, launch.kept);
  const writer: Writer = { host: launch.host, culture: launch.operator.culture, style: fittingStyle(launch.style, kept) };
  const name = `Veeam.${folders[launch.workload]}.Explorer_${stampOf(localTime(launch.host, launch.startMs))}`;
  const folder = `${launch.host.folder}/${folders[launch.workload]}Explorer/Logs`;
  const { encoding } = writer.style;
  const { rolledIn } = launch;
  if (rolledIn !== undefined) {
    const at = kept.indexOf(rolledIn);
    const lines = kept.map((record, index) => recordText(writer, record, index));
    const broken = lines[at] ?? '';
    const middle = broken.length - 9;
    const first: WorldFile = { path: `${folder}/${name}.log`, chunks: () => encodePieces([...lines.slice(0, at), broken.slice(0, middle)], encoding) };
    const rest = [broken.slice(middle), ...lines.slice(at + 1)];
    const second: WorldFile = { path: `${folder}/${launch.isFirstPartWithheld ? `rest of rolled file ${launch.id}` : `${name}_2`}.log`, chunks: () => encodePieces(rest, encoding) };
    return launch.isFirstPartWithheld ? [second] : [first, second];
  }
  return [{
    path: `${folder}/${launch.name ?? `${name}.log`}`,
    *chunks() {
      yield* encodePieces(withBrokenEnd(linesOf(writer, noise === 0 ? kept : withNoise(kept, noise, createRandom(`noise/${launch.id}`), print)), launch, writer), encoding);
    },
  }];
}

/** True when the date order of a launch is certain without the stamp in the name of its file. */
export function isDateCertain(launch: Launch): boolean {
  const local = localTime(launch.host, launch.startMs);
  if (launch.style.dialect !== 'culture' || isPlainDate(launch.operator.culture, local)) return true;
  return new Date(local).getUTCDate() !== new Date(launch.startMs + launch.host.skewMs).getUTCDate();
}

/** The long-lived file of a service; undefined when the service wrote nothing. */
export function serviceFile(world: World, server: Server, component: 'Service' | 'REST', noise: number, print: Print): WorldFile | undefined {
  const records = component === 'Service' ? server.serviceRecords : server.restRecords;
  if (records.length === 0 && noise === 0) return undefined;
  const random = createRandom(`${world.seed}/${server.folder}/${component}`);
  const sorted = records.map((record, index) => ({ record, index })).sort((x, y) => x.record.ms - y.record.ms || x.index - y.index).map(({ record }) => record);
  const beginMs = Math.floor((sorted[0]?.ms ?? world.firstMs) / 1000) * 1000 - 86_400_000;
  const style: FileStyle = { dialect: server.apiVersion === 6 ? 'culture' : server.apiVersion === 7 ? 'bracketed' : 'bracketed-ms', indent: random.pick([1, 2] as const), encoding: 'utf-8', lineEnd: '\r\n', trimsBlanks: false, narrowBlank: false };
  const writer: Writer = { host: server.host, culture: server.culture, style };
  const all = [...serviceHeader(server, component, beginMs, print, random), ...sorted];
  return {
    path: `${server.folder}/server/Veeam.Archiver.${component}_${stampOf(localTime(server.host, beginMs))}.log`,
    *chunks() {
      yield* encodePieces(linesOf(writer, noise === 0 ? all : withNoise(all, noise, createRandom(`noise/${server.folder}/${component}`), print)), style.encoding);
    },
  };
}

function serviceHeader(server: Server, component: string, atMs: number, print: Print, random: Random): readonly LogRecord[] {
  const thread = newThread(random, 1);
  const { host, culture } = server;
  const line = (text: string, depth = 0): LogRecord => ({ ms: atMs, thread, depth, text });
  return [
    line(print('H01', { 'client.host': host.name, cpus: '16', memory: culture === 'de-DE' || culture === 'it-IT' || culture === 'sv-SE' ? '64,0' : '64.0' })), line(print('H02')),
    line(print('H02a', { ip4: host.ip4, ip6: `${host.ip6}%7`, adapter: 'Ethernet0' }), 1), line(print('H03', { os: 'Microsoft Windows NT 10.0.17763.0', bits: 'x64' })),
    line(print('H04', { 'header.utc': longTime(culture, atMs + host.skewMs) })), line(print('H05', { zone: host.zone.display })), line(print('H06', { zone: host.zone.standard })),
    line(print('H07', { account: 'NT AUTHORITY\\SYSTEM' })), line(print('H08', { 'header.level': 'Default' })), line(print('H09', { 'header.rule': '='.repeat(70) })), line(print('H10', { 'header.executable': `Veeam.Archiver.${component}.exe`, 'header.version': '10.0.5.1063' })),
  ];
}

/** A file that was cut ends inside a line. */
function* withBrokenEnd(lines: Iterable<string>, launch: Launch, writer: Writer): Generator<string> {
  yield* lines;
  const lost = launch.kept === undefined ? undefined : launch.records[launch.kept];
  if (lost !== undefined) yield recordText(writer, lost, 0).slice(0, 30);
}

function* linesOf(writer: Writer, records: Iterable<LogRecord>): Generator<string> {
  let index = 0;
  for (const record of records) {
    yield recordText(writer, record, index);
    index += 1;
  }
}

/** Lines of no meaning for a restore between the records, in the order of time, on threads of their own. */
export function* withNoise(records: readonly LogRecord[], count: number, random: Random, print: Print): Generator<LogRecord> {
  const threads = [newThread(random, 33), newThread(random, 34), newThread(random, 35)];
  // The header stays whole: what is before the first moment has no gap to fill.
  const gaps = records.map((record, index) => (records[index + 1]?.ms ?? record.ms) - record.ms);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let owed = 0;
  for (const [index, record] of records.entries()) {
    yield record;
    const gap = gaps[index] ?? 0;
    if (gap <= 0 || total === 0) continue;
    owed += count * gap / total;
    const here = Math.floor(owed);
    owed -= here;
    for (let i = 0; i < here; i += 1) {
      const ms = record.ms + Math.floor(gap * (i + 1) / (here + 1));
      const thread = random.pick(threads);
      const text = random.chance(0.5) ? `Mapi property bag refreshed (entries: ${random.int(1, 4_000)}, size: ${sizeText('en-GB', random.int(1, 9_000_000))})`
        : random.chance(0.5) ? `Store cursor moved to ${random.hex(8)}` : print('E02', { 'error.type': 'System.TimeoutException' });
      yield { ms, thread, depth: 0, text };
    }
  }
}

function fittingStyle(style: FileStyle, records: readonly LogRecord[]): FileStyle {
  const isFitting = style.encoding !== 'windows-1252' || records.every(({ text, more }) => fitsWindows1252(text) && (more ?? []).every(fitsWindows1252));
  return isFitting ? { ...style, narrowBlank: style.narrowBlank && style.encoding !== 'windows-1252' } : { ...style, encoding: 'utf-8' };
}
