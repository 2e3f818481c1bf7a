/** `rules backtest`: what rules would have found in logs of the past, how often, about whom, and whether that is what was expected. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Event } from '../event.ts';
import { maxYamlBytes } from '../limits.ts';
import { readPeriod, type Period } from '../report/read-period.ts';
import { latestRestores } from '../report/latest-restores.ts';
import { indexRules, type FindRule } from '../sigma/rule-references.ts';
import type { Rule } from '../sigma/rule.ts';
import { nearestName } from '../text/nearest-name.ts';
import { ruleKey } from '../detect/rule-identity.ts';
import { backtestReport, backtestText, type BacktestReport } from './backtest-report.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { junitText, type TestCase } from './junit.ts';
import { detectionSettings, loadRules } from './load-rules.ts';
import { outputWidth } from './output-width.ts';
import { jsonText, printText } from './parsers-command.ts';
import { hasFailed, refuse } from './problem-log.ts';
import { readExpectations, unmetExpectations, type Expectations } from './read-expectations.ts';
import { prepareReading } from './read-once.ts';
import { sayFindings } from './say-findings.ts';
import { say, type Terminal } from './terminal.ts';

export interface BacktestArguments {
  readonly paths: readonly string[];
  readonly config?: string;
  readonly parsers?: readonly string[];
  readonly rules?: readonly string[];
  /** name, id or file: only this rule, whatever its level */
  readonly rule?: string;
  readonly expect?: string;
  readonly since?: string;
  readonly until?: string;
  readonly zone: string;
  readonly format: 'text' | 'json' | 'junit';
  readonly json?: boolean;
}

/** Exit code 1: an expectation is not met, or a path could not be read. 2: command line, configuration, rules or expectations are wrong; then nothing was read. */
export async function rulesBacktest(args: BacktestArguments, terminal: Terminal): Promise<ExitCode> {
  const { since, until } = args;
  const { period, problems: wrong } = readPeriod({ ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }, args.zone, terminal.nowMs());
  if (wrong.length > 0) return refuse(wrong, terminal);
  const reading = await prepareReading({ paths: args.paths, rules: false, ...(args.config === undefined ? {} : { config: args.config }), ...(args.parsers === undefined ? {} : { parsers: args.parsers }) }, terminal);
  if (typeof reading === 'number') return reading;
  const chosen = chooseRules(args, reading.config, terminal);
  if ('code' in chosen) return chosen.code;
  const { rules, judged } = chosen;
  const expected = args.expect === undefined ? undefined : expectationsOf(args.expect, judged, terminal);
  if (expected !== undefined && 'code' in expected) return expected.code;
  let span: { from: number; until: number } | undefined;
  const see = (event: Event): void => {
    // Answers of the server without a time of their own are dated by when they were saved.
    const time = event['vb365.origin.kind'] === 'rest_api' ? Number.NaN : Date.parse(event['@timestamp'] ?? '');
    if (Number.isNaN(time) || !isWithin(time, period)) return;
    span = span === undefined ? { from: time, until: time } : { from: Math.min(span.from, time), until: Math.max(span.until, time) };
  };
  const result = await reading.read({ detection: { ...detectionSettings(rules, reading.config), emitsInformational: args.rule !== undefined }, onActivity: see });
  if (result === undefined) {
    say(terminal, 'interrupted');
    return exitCodes.interrupted;
  }
  result.restores.forEach(see);
  const within = (events: readonly Event[]): readonly Event[] => events.filter((event) => isWithin(Date.parse(event['@timestamp'] ?? ''), period));
  const report = backtestReport(judged, within(result.alerts), within(latestRestores(result.restores)).length, span);
  reading.problems.close();
  const { failures, remarks } = compare(report, expected?.expectations, judged);
  for (const { name, text } of remarks) say(terminal, `not expected: ${name}: ${text}`);
  const format = args.json === true ? 'json' : args.format;
  if (format === 'text') {
    await printText(terminal, backtestText(report, outputWidth(terminal)));
    for (const { name, text } of failures) say(terminal, `expectation not met: ${name}: ${text}`);
  } else await printText(terminal, format === 'json' ? jsonText({ ...report, failures }) : junitText('vb365-siem rules backtest', [{ name: 'backtest', cases: testCases(report, expected?.expectations, failures) }]));
  return failures.length > 0 || hasFailed(reading.problems.counts) ? exitCodes.problems : exitCodes.done;
}

function isWithin(time: number, { sinceMs = -Infinity, untilMs = Infinity }: Period): boolean {
  return time >= sinceMs && time <= untilMs;
}

/** What runs, and of what is told: with `--rule` one rule and what it needs. */
function chooseRules({ rule: asked, rules: more = [] }: BacktestArguments, config: Config | undefined, terminal: Terminal): { readonly rules: readonly Rule[]; readonly judged: readonly Rule[] } | { readonly code: ExitCode } {
  const file = asked !== undefined && /\.ya?ml$/i.test(asked) && existsSync(resolve(terminal.cwd, asked)) ? resolve(terminal.cwd, asked) : undefined;
  const paths = [...new Set([...config?.rules.paths ?? ['builtin'], ...more.map((path) => path === 'builtin' ? path : resolve(terminal.cwd, path)), ...(file === undefined ? [] : [file])])];
  const loaded = loadRules(paths, config);
  const errors = loaded.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || loaded.problems.length > 0) {
    sayFindings({ ...loaded, findings: errors }, terminal);
    say(terminal, 'nothing was read: correct these rules first');
    return { code: exitCodes.usage };
  }
  const { rules } = loaded;
  if (asked === undefined) return { rules, judged: rules };
  const find = indexRules(rules);
  const found = file === undefined ? find(asked) : rules.findLast((rule) => rule.file === file && rule.kind !== 'filter');
  if (found !== undefined && found.kind !== 'filter') return { rules: withNeeds(found, rules, find), judged: [found] };
  const near = nearestName(asked, rules.flatMap(({ name }) => name ?? []));
  return { code: refuse([{ code: 'usage', message: found === undefined ? `there is no rule ${asked}` : `${asked} is a filter: it finds nothing by itself`, remedy: near === undefined || found !== undefined ? 'see vb365-siem rules list' : `did you mean ${near}?` }], terminal) };
}

/** The rule, everything it refers to, and filters; all rules where it looks at alerts. */
function withNeeds(rule: Rule, all: readonly Rule[], find: FindRule): readonly Rule[] {
  const needed = new Set<Rule>();
  const add = (next: Rule | undefined): void => {
    if (next === undefined || needed.has(next)) return;
    needed.add(next);
    if (next.kind === 'correlation') for (const name of next.correlation.rules) add(find(name));
  };
  add(rule);
  if ([...needed].some((next) => next.kind === 'detection' && next.logsource.service === 'alert')) return all;
  return all.filter((next) => next.kind === 'filter' || needed.has(next));
}

function expectationsOf(file: string, rules: readonly Rule[], terminal: Terminal): { readonly expectations: Expectations } | { readonly code: ExitCode } {
  const path = resolve(terminal.cwd, file);
  let text: string;
  try {
    if (statSync(path).size > maxYamlBytes) return { code: refuse([{ code: 'config-limit', message: `${file} has more than ${maxYamlBytes} bytes`, remedy: 'is this the file of expectations?', file }], terminal) };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { code: refuse([{ code: existsSync(path) ? 'read-unreadable' : 'read-missing', message: `${file}: ${error instanceof Error ? error.message : String(error)}`, remedy: 'check the path after --expect', file }], terminal) };
  }
  const find = indexRules(rules);
  const { expectations, problems } = readExpectations(text, file, (name) => find(name) !== undefined, rules.flatMap(({ name }) => name ?? []));
  if (expectations !== undefined) return { expectations };
  sayFindings({ findings: [], problems, texts: [{ file, text }] }, terminal);
  return { code: exitCodes.usage };
}

interface Remark { readonly name: string; readonly text: string }

function compare(report: BacktestReport, expectations: Expectations | undefined, rules: readonly Rule[]): { readonly failures: readonly Remark[]; readonly remarks: readonly Remark[] } {
  if (expectations === undefined) return { failures: [], remarks: [] };
  const find = indexRules(rules);
  const counts = new Map(report.rules.map(({ id, alerts }) => [id, alerts]));
  const keyOf = (name: string): string => { const rule = find(name); return rule === undefined ? name : ruleKey(rule); };
  const unmet = expectations.rules.flatMap((rule) => unmetExpectations(rule, counts.get(keyOf(rule.name)) ?? 0).map((text) => ({ name: rule.name, text })));
  const listed = new Set(expectations.rules.map(({ name }) => keyOf(name)));
  const others = report.rules.filter(({ id }) => !listed.has(id)).map(({ name, alerts }) => ({ name, text: `${alerts} alerts of a rule that is not listed` }));
  return expectations.unexpected === 'fail' ? { failures: [...unmet, ...others], remarks: [] } : { failures: unmet, remarks: others };
}

/** One for each rule that is listed or fired. */
function testCases(report: BacktestReport, expectations: Expectations | undefined, failures: readonly Remark[]): readonly TestCase[] {
  const names = [...new Set([...expectations?.rules.map(({ name }) => name) ?? [], ...failures.map(({ name }) => name), ...report.rules.map(({ name }) => name)])];
  return names.map((name) => ({ name, failures: failures.filter((failure) => failure.name === name).map(({ text }) => ({ type: 'expectation', message: text, detail: `${name}: ${text}` })) }));
}
