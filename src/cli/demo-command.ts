/** `vb365-siem demo`: simulated tenants through the whole path into a syslog receiver that it starts itself, and the story they tell. */
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config, DestinationSettings } from '../config/config.ts';
import { createSender } from '../emit/send.ts';
import type { Event, OriginKind } from '../event.ts';
import { defaultTableWidth } from '../limits.ts';
import { printMessage } from '../parse/print-message.ts';
import { run, type RunResult } from '../pipeline.ts';
import { alertsBeside } from '../report/alerts-beside.ts';
import { displayWidth, wrapToWidth } from '../report/display-width.ts';
import { restoreTable } from '../report/restore-table.ts';
import { visibleText } from '../report/visible-text.ts';
import { createRouter } from '../route/route-event.ts';
import type { TrueAction, Truth } from '../simulate/truth.ts';
import { foldName } from '../text/account.ts';
import { builtInCatalogues } from './built-in-catalogues.ts';
import { startDemoReceiver, type DemoReceiver } from './demo-receiver.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { builtInPack, detectionSettings } from './load-rules.ts';
import { refuse } from './problem-log.ts';
import { readConfig } from './read-config.ts';
import { simulateToFolder } from './simulate-command.ts';
import { say, showsColor, type Terminal } from './terminal.ts';

export interface DemoArguments {
  readonly seed?: string;
  /** folder that keeps the simulated files */
  readonly keep?: string;
}

/** What the demonstration shows, in its order: a trap of the simulator and what it is about. */
const scenes: readonly { readonly trap: string; readonly title: string }[] = [
  { trap: 'provider-technician', title: 'The provider\'s own technician works on a customer\'s data' },
  { trap: 'two-operators-one-host', title: 'Two people on one terminal server save one item within seconds' },
  { trap: 'two-operators-no-path', title: 'The same, and nothing tells them apart: nobody is named' },
  { trap: 'unseen-operator', title: 'A machine whose logs nobody collects' },
  { trap: 'deleted-log', title: 'The machine is collected, the log of this session is gone' },
  { trap: 'forged-subject', title: 'A subject that imitates a log header' },
  { trap: 'shared-account', title: 'An account that several people use' },
];
const sources: readonly { readonly title: string; readonly kinds: readonly OriginKind[]; readonly isJudged?: boolean }[] = [
  { title: 'Explorer logs alone', kinds: ['explorer_log'] }, { title: 'REST API alone', kinds: ['rest_api'] }, { title: 'audit mails alone', kinds: ['audit_mail'] },
  { title: 'joined', kinds: ['explorer_log', 'archiver_log', 'rest_log', 'rest_api', 'audit_mail'], isJudged: true },
];

export async function demo(args: DemoArguments, terminal: Terminal): Promise<ExitCode> {
  const seed = args.seed ?? '7';
  const folder = args.keep ?? join(await mkdtemp(join(tmpdir(), 'vb365-siem-')), 'world');
  const receiver = await startDemoReceiver();
  try {
    say(terminal, `simulating three tenants, their service provider and their restores (seed ${seed}) ...`);
    const print = printMessage(builtInCatalogues());
    const world = await simulateToFolder({ seed, out: folder, restores: '40' }, print);
    if (!('truth' in world)) return refuse(world, terminal);
    const { config, problems } = readConfig(join(folder, 'vb365-siem.yml'), terminal);
    if (config === undefined) return refuse(problems, terminal);
    say(terminal, `reading ${String(world.files)} files of logs, mails and REST answers ...`);
    const results: RunResult[] = [];
    for (const { kinds, isJudged } of sources) {
      const detection = isJudged === true ? { detection: detectionSettings(builtInPack(), config) } : {};
      results.push(await run({ paths: [folder], config, configFile: config.file, report: () => undefined, kinds: new Set(kinds), signal: terminal.signal, ...detection }));
    }
    if (terminal.signal.aborted) return exitCodes.interrupted;
    const joined = results.at(-1);
    if (joined === undefined) return exitCodes.internal;
    const undelivered = await deliver([...joined.restores, ...joined.health, ...joined.alerts], config, receiver);
    terminal.stdout.write(story(world.truth, joined.restores, terminal));
    terminal.stdout.write(comparison(results));
    terminal.stdout.write(verdicts(joined, terminal));
    terminal.stdout.write(`${String(joined.restores.length)} restores, ${String(joined.health.length)} health events and ${String(joined.alerts.length)} alerts went to a syslog receiver on 127.0.0.1:${String(receiver.port)} (TCP, RFC 5424): ${[...receiver.counts].map(([id, count]) => `${String(count)} ${id}`).join(', ')} arrived${undelivered === 0 ? '' : `, ${String(undelivered)} did not`}.\n`);
    if (args.keep !== undefined) terminal.stdout.write(`The files are in ${folder}: try  vb365-siem who ${folder} --html report.html\n`);
    return undelivered === 0 ? exitCodes.done : exitCodes.problems;
  } finally {
    await receiver.close();
    if (args.keep === undefined) await rm(join(folder, '..'), { recursive: true, force: true });
  }
}

/** Everything to every tenant's destination, as `replay --send` does it; here all destinations are the one receiver. */
async function deliver(events: readonly Event[], config: Config, { port }: DemoReceiver): Promise<number> {
  const destinations: readonly DestinationSettings[] = config.tenants.map(({ id }) => ({
    id: `siem-of-${id}`, tenants: [id], format: 'ecs', events: 'restores',
    syslog: { url: `tcp://127.0.0.1:${String(port)}`, transport: 'tcp', host: '127.0.0.1', port, framing: 'octet-counting', commit: 'fin', header: 'rfc5424', facility: 13, maxMessageBytes: 8_000 },
  }));
  const route = createRouter({ tenants: config.tenants, destinations });
  const sender = createSender(destinations, { collector: { host: hostname(), processId: process.pid } });
  for (const event of events) for (const destination of route(event).destinations) await sender.send(destination, event);
  const reports = await sender.close();
  return reports.reduce((sum, { undelivered }) => sum + undelivered, 0);
}

/** One restore for each scene, found by what really happened. */
function story(truth: Truth, restores: readonly Event[], terminal: Terminal): string {
  const width = Math.min(terminal.stdout.columns ?? defaultTableWidth, 160);
  const told = new Set<Event>();
  const parts = scenes.flatMap(({ trap, title }) => {
    const found = truth.actions.filter((action) => action.trap === trap).flatMap((action) => {
      const restore = nearest(restores.filter((candidate) => !told.has(candidate) && isOf(candidate, action)), Date.parse(action.at));
      if (restore !== undefined) told.add(restore);
      return restore ?? [];
    });
    const shown = found.slice(0, trap.startsWith('two-') ? 2 : 1);
    return shown.length === 0 ? [] : [`${title}\n${tableOnly(restoreTable(shown, { width, all: true, color: showsColor(terminal, terminal.stdout) }), shown.length)}`];
  });
  return `${parts.join('\n')}\n`;
}

/** Without the footer, which speaks of a whole list. Entries are parted by empty lines. */
function tableOnly(table: string, entries: number): string {
  return `${table.split(/\n\s*\n/).slice(0, entries).join('\n').trimEnd()}\n`;
}

function isOf(restore: Event, action: TrueAction): boolean {
  const start = Date.parse(restore['event.start'] ?? '');
  return restore['event.action'] === action.action && restore['vb365.tenant.id'] === action.tenant && Math.abs(start - Date.parse(action.at)) <= action.within * 1000
    && foldName(restore['vb365.item.name'] ?? '') === foldName(action.item.name);
}

function nearest(restores: readonly Event[], ms: number): Event | undefined {
  const distance = (restore: Event): number => Math.abs(Date.parse(restore['event.start'] ?? '') - ms);
  return [...restores].sort((x, y) => distance(x) - distance(y))[0];
}

/** How many alerts there are, and the gravest of them. */
function verdicts({ alerts, restores }: RunResult, terminal: Terminal): string {
  const { counts } = alertsBeside(alerts, restores);
  if (counts.length === 0) return '';
  const width = Math.min(terminal.stdout.columns ?? defaultTableWidth, 160);
  const severity = (alert: Event): number => alert['event.severity'] ?? 0;
  const gravest = [...new Map([...alerts].sort((x, y) => severity(y) - severity(x)).map((alert) => [alert['rule.id'], alert])).values()].slice(0, 5);
  const lines = gravest.flatMap((alert) => wrapToWidth(visibleText(`${alert['vb365.severity'] ?? ''}, ${alert['vb365.tenant.id'] ?? 'provider'}: ${alert['message'] ?? ''}`), width - 2, 3).map((line) => `  ${line}`));
  return `what ${String(builtInPack().length)} rules say of it: ${counts.map(([level, count]) => `${String(count)} ${level}`).join(', ')}; for example\n${lines.join('\n')}\n\n`;
}

function comparison(results: readonly RunResult[]): string {
  const titles = ['what would be known from', 'actions', 'named', 'one of several', 'organisation', 'nobody'];
  const rows = results.map(({ restores }, index) => {
    const count = (...levels: readonly string[]): string => String(restores.filter((restore) => levels.includes(restore['vb365.attribution.confidence'] ?? '')).length);
    return [sources[index]?.title ?? '', String(restores.length), count('confirmed', 'corroborated', 'probable'), count('ambiguous'), count('organization'), count('unknown')];
  });
  const widths = titles.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(displayWidth)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  ').trimEnd();
  return `${[titles, ...rows].map(line).join('\n')}\n\n`;
}
