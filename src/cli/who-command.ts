/** `vb365-siem who`: who restored what, for people. */
import { alertsBeside } from '../report/alerts-beside.ts';
import { filterRestores } from '../report/filter-restores.ts';
import { latestRestores } from '../report/latest-restores.ts';
import { readPeriod } from '../report/read-period.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { outputWidth } from './output-width.ts';
import { isOutputFailure, openOutput, writeWhole } from './output.ts';
import { hasFailed, refuse } from './problem-log.ts';
import { prepareReading, type ReadArguments } from './read-once.ts';
import { say, showsColor, type Terminal } from './terminal.ts';

export interface WhoArguments extends ReadArguments {
  readonly owner?: string;
  readonly operator?: string;
  readonly tenant?: string;
  readonly since?: string;
  readonly until?: string;
  /** IANA */
  readonly zone: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly html?: string;
}

export async function who(args: WhoArguments, terminal: Terminal): Promise<ExitCode> {
  const { since, until, zone } = args;
  const { period, problems: periodProblems } = readPeriod({ ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }, zone, terminal.nowMs());
  if (periodProblems.length > 0) return refuse(periodProblems, terminal);
  const reading = await prepareReading(args, terminal);
  if (typeof reading === 'number') return reading;
  const { problems, read } = reading;
  const result = await read({ keepsLines: args.html !== undefined || args.json === true });
  if (result === undefined) {
    say(terminal, 'interrupted');
    return exitCodes.interrupted;
  }
  const { owner, operator, tenant } = args;
  const all = latestRestores(result.restores);
  const restores = filterRestores(all, {
    ...(owner === undefined ? {} : { owner }), ...(operator === undefined ? {} : { operator, withCandidates: true }), ...(tenant === undefined ? {} : { tenant }), ...period,
  });
  if (restores.length === 0 && all.length > 0) say(terminal, `${all.length} restores were read; none fits ${askedFor(args).map(({ name, value }) => `--${name} "${value}"`).join(' ')}`);
  const isApart = args.all === true;
  const alerts = alertsBeside(result.alerts, result.restores);
  try {
    if (args.html !== undefined) {
      const { restoreHtml } = await import('../report/restore-html.ts');
      await writeWhole(terminal, args.html, restoreHtml(restores, result.evidence, { zone, all: isApart, scope: scopeOf(args), alerts }));
      say(terminal, `${args.html} written: ${restores.length} ${restores.length === 1 ? 'restore' : 'restores'}`);
    } else {
      const output = await openOutput(terminal);
      await output.write(await render());
      await output.close();
    }
  } catch (error) {
    if (!isOutputFailure(error)) throw error;
    problems.add(error.problem);
  }
  problems.close();
  return hasFailed(problems.counts) ? exitCodes.problems : exitCodes.done;

  async function render(): Promise<string> {
    if (args.json === true) return (await import('../report/restore-json.ts')).restoreJson(restores, result?.evidence, alerts);
    if (args.csv === true) return (await import('../report/restore-csv.ts')).restoreCsv(restores, { alerts });
    const { restoreTable } = await import('../report/restore-table.ts');
    return restoreTable(restores, { width: outputWidth(terminal), zone, all: isApart, color: showsColor(terminal, terminal.stdout), alerts, ...(operator === undefined ? {} : { operator }) });
  }
}

/** What was read and asked for, in words: the head of the page. */
function scopeOf(args: WhoArguments): string {
  return [args.paths.join(', '), ...askedFor(args).map(({ name, value }) => `${name} “${value}”`)].join(' · ');
}

function askedFor({ owner, operator, tenant, since, until }: WhoArguments): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries({ owner, operator, tenant, since, until }).flatMap(([name, value]) => value === undefined ? [] : [{ name, value }]);
}
