/**
 * `npm run bench`, the first of its two tables: CPU and memory of the program beside rsyslog, in one run, on one simulated world. Prints; asserts nothing.
 * Options: `--lines N` (1000000), `--rounds N` (5), `--folder DIR` (a new folder in /dev/shm, else the temporary folder; kept when named).
 */
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { measure, median, type Usage } from './measure.ts';
import { buildProgram, makeWorld, takeLogs } from './prepare.ts';
import { rulebaseOf } from './rulebase.ts';
import { runRsyslog } from './rsyslog.ts';
import { receive } from './sink.ts';

interface Row { readonly what: string; readonly ours: string; readonly other: string; readonly ratio?: number; readonly goal: string }

const { values } = parseArgs({ options: { lines: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' }, folder: { type: 'string' } } });
const lines = Number(values.lines);
const rounds = Number(values.rounds);
const folder = values.folder ?? mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'vb365-bench-'));
const rows: Row[] = [];
const notes: string[] = [];
try {
  mkdirSync(folder, { recursive: true });
  await bench();
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const program = buildProgram(join(folder, 'program'));
  const world = makeWorld(program, join(folder, 'world'), lines);
  const small = makeWorld(program, join(folder, 'tenth'), lines / 10);
  const logs = takeLogs(world, join(folder, 'large'));
  const smallLogs = takeLogs(small, join(folder, 'small'));
  const rules = rulebaseOf(builtInCatalogues().flatMap(({ templates }) => templates));
  const rulebase = join(folder, 'rules.rb');
  writeFileSync(rulebase, rules.text);
  say(`${String(logs.lines)} lines, ${(logs.bytes / 1e6).toFixed(0)} MB of logs; ${String(rounds)} rounds, medians; a round runs every contestant once`);

  const replay = (input: string, out: string): Promise<Usage> => measure([process.execPath, program, 'replay', input, '--events', 'all', '--no-rules', '--out', out, '--stats', `${out}.stats`]);
  const events = join(folder, 'events.ndjson');
  const peerOut = join(folder, 'peer.ndjson');
  const hasPeer = await canRun(['rsyslogd', '-v']);
  const times = { logs: [] as Usage[], peer: [] as Usage[], smallLogs: [] as Usage[], world: [] as Usage[], small: [] as Usage[], peerTcp: [] as Usage[], tcp: [] as Usage[], start: [] as Usage[] };
  const template = { 24: [] as number[], 240: [] as number[] };
  const recognised = { ours: 0, peer: 0 };
  let recognition = '';
  await warm(logs.joined);
  for (let round = 0; round < rounds; round += 1) {
    times.start.push(await measure([process.execPath, program, 'replay', fileURLToPath(new URL('../samples/s03-on-premises-en-us/explorer', import.meta.url)), '--out', join(folder, 'start.ndjson')]));
    times.logs.push(await replay(logs.folder, events));
    recognised.ours = recognisedOf(`${events}.stats`);
    if (hasPeer) {
      times.peer.push(await runRsyslog({ folder: join(folder, 'peer'), input: logs.joined, rulebase, to: { file: peerOut } }));
      recognised.peer = await countLines(peerOut);
      const sink = await receive();
      times.peerTcp.push(await runRsyslog({ folder: join(folder, 'peer'), input: logs.joined, rulebase, to: { port: sink.port } }));
      notes.push(`round ${String(round + 1)}: rsyslog -> TCP, ${String(await sink.close())} bytes received`);
    }
    const sink = await receive();
    const config = join(logs.folder, 'with-destination.yml');
    writeFileSync(config, `${readFileSync(join(logs.folder, 'vb365-siem.yml'), 'utf8')}destinations:\n  - { id: sink, tenants: [ "*" ], format: ecs, events: all, syslog: { url: "tcp://127.0.0.1:${String(sink.port)}", framing: octet-counting, commit: fin } }\n`);
    const sent = await measure([process.execPath, program, 'replay', logs.folder, '-c', config, '--events', 'all', '--send']);
    times.tcp.push(sent);
    notes.push(`round ${String(round + 1)}: ours -> TCP, ${String(await sink.close())} bytes received, exit code ${String(sent.status)}`);
    rmSync(config);
    times.smallLogs.push(await replay(smallLogs.folder, join(folder, 'small.ndjson')));
    times.world.push(await replay(world, join(folder, 'world.ndjson')));
    times.small.push(await replay(small, join(folder, 'tenth.ndjson')));
    for (const count of [24, 240] as const) {
      const { stdout } = await measure([process.execPath, '--import', 'tsx', fileURLToPath(new URL('many-templates.ts', import.meta.url)), logs.joined, String(count)]);
      const result = JSON.parse(stdout) as { readonly templates: number; readonly recognised: number; readonly cpuSeconds: number };
      template[count].push(result.cpuSeconds);
      if (round === 0) notes.push(`${String(result.templates)} templates recognise ${String(result.recognised)} lines`);
    }
    rows.length = 0;
    describe();
    say(`\nafter round ${String(round + 1)} of ${String(rounds)}\n\n${table()}`);
  }
  say(`\n${[recognition, ...notes].join('\n')}`);

  function describe(): void {
    const cpu = (of: readonly Usage[]): number => median(of.map(({ cpuSeconds }) => cpuSeconds));
    const peak = (of: readonly Usage[]): number => Math.max(...of.map(({ peakMiB }) => peakMiB));
    if (hasPeer) {
      compare('parse -> ECS file (with attribution) : rsyslog -> file', cpu(times.logs), cpu(times.peer), '<= 0.40');
      compare('the same without the start of the program', cpu(times.logs) - cpu(times.start), cpu(times.peer), '');
      compare('full path -> RFC 5424 over TCP : rsyslog -> TCP', cpu(times.tcp), cpu(times.peerTcp), '<= 0.50');
      recognition = `recognised: ours ${String(recognised.ours)}, rsyslog ${String(recognised.peer)} (${((recognised.peer / recognised.ours - 1) * 100).toFixed(2)} %)${rules.left.length === 0 ? '' : `; not sayable in a rulebase: ${rules.left.join(', ')}`}`;
    } else recognition = 'rsyslog is not installed: nothing was compared with it';
    compare('240 templates : 24', median(template[240]), median(template[24]), '<= 1.10');
    compare('logs, ten times the input', cpu(times.logs), cpu(times.smallLogs), '<= 10.5');
    compare('logs, mails and REST answers, ten times the input', cpu(times.world), cpu(times.small), '<= 10.5');
    rows.push({ what: 'peak memory, logs', ours: `${peak(times.logs).toFixed(0)} MiB`, other: `${peak(times.smallLogs).toFixed(0)} MiB (a tenth)`, goal: '<= 150 MB' });
    rows.push({ what: 'peak memory, logs, mails and REST answers', ours: `${peak(times.world).toFixed(0)} MiB`, other: `${peak(times.small).toFixed(0)} MiB (a tenth)`, goal: '<= 150 MB' });
    rows.push({ what: 'start of the program, nearly empty input', ours: seconds(cpu(times.start)), other: '', goal: '' });
  }
}

function compare(what: string, ours: number, other: number, goal: string): void {
  rows.push({ what, ours: seconds(ours), other: seconds(other), ratio: ours / other, goal });
}

function table(): string {
  const cells = rows.map(({ what, ours, other, ratio, goal }) => [what, ours, other, ratio === undefined ? '' : ratio.toFixed(2), goal]);
  return [['what (a : b)', 'a', 'b', 'a / b', 'goal'], ['---', '---', '---', '---', '---'], ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function recognisedOf(stats: string): number {
  const { lines: counted } = JSON.parse(readFileSync(stats, 'utf8')) as { readonly lines: { readonly records: number; readonly unknown: number } };
  return counted.records - counted.unknown;
}

async function canRun(command: readonly string[]): Promise<boolean> {
  return (await measure(command)).status === 0;
}

async function countLines(path: string): Promise<number> {
  let count = 0;
  for await (const chunk of createReadStream(path)) for (const byte of chunk as Buffer) if (byte === 10) count += 1;
  return count;
}

async function warm(path: string): Promise<void> {
  if (statSync(path).size > 0) await countLines(path);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
