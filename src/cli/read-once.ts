/** What `replay` and `who` share: configuration, the pipeline with its problems and progress, the end after Ctrl-C. */
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { DetectionSettings } from '../detect/detection.ts';
import type { Problem } from '../errors.ts';
import type { RunOptions, RunResult } from '../pipeline.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { outputPaths } from './output.ts';
import { createProblemLog, type ProblemLog } from './problem-log.ts';
import { createProgress } from './progress.ts';
import { configFileOf, readConfig } from './read-config.ts';
import { say, type Terminal } from './terminal.ts';

export interface ReadArguments {
  readonly paths: readonly string[];
  readonly config?: string;
  readonly parsers?: readonly string[];
  /** folders and files of rules beside those of the configuration, as typed; false: no rules at all */
  readonly rules?: readonly string[] | false;
  /** run without the rules that are wrong instead of not at all */
  readonly skipBadRules?: boolean;
  readonly verbose?: boolean;
  /** files that the command writes, as typed */
  readonly out?: string;
  readonly stats?: string;
  readonly html?: string;
}
export interface ReadOnce {
  readonly config: Config | undefined;
  readonly problems: ProblemLog;
  /** undefined: interrupted */
  readonly read: (more?: Pick<RunOptions, 'onActivity' | 'keepsLines' | 'detection'>) => Promise<RunResult | undefined>;
}

/** @returns the exit code when the configuration, a parser folder or a rule is wrong: then nothing was started */
export async function prepareReading(args: ReadArguments, terminal: Terminal, needsFiles = false): Promise<ReadOnce | ExitCode> {
  const progress = createProgress(terminal, 'reading');
  const problems = createProblemLog(terminal, progress.clear);
  const file = configFileOf(args.config, args.paths, terminal);
  let config: Config | undefined;
  if (file !== undefined) {
    const result = readConfig(file, terminal, needsFiles);
    if (result.config === undefined) {
      for (const problem of result.problems) problems.add(problem, result.text);
      problems.close();
      return exitCodes.usage;
    }
    config = result.config;
  }
  const parserFolders = [...new Set([...config?.parsers ?? [], ...(args.parsers ?? []).map((folder) => resolve(terminal.cwd, folder))])];
  if (parserFolders.length > 0) {
    const { loadCatalogues, sayProblems } = await import('./load-catalogues.ts');
    const loaded = loadCatalogues(parserFolders, terminal.cwd);
    sayProblems(loaded, terminal);
    if (loaded.problems.length > 0) return exitCodes.usage;
  }
  const detection = args.rules === false ? undefined : await rulesFor(args.rules ?? [], args.skipBadRules, config, terminal);
  if (typeof detection === 'number') {
    problems.close();
    return detection;
  }
  // The logging library takes longer to load than a small input to read.
  const log = args.verbose === true ? (await import('./log.ts')).createLog('debug', terminal.stderr) : undefined;
  const options: RunOptions = {
    paths: args.paths.map((path) => path === '-' ? path : resolve(terminal.cwd, path)),
    ...(config === undefined ? {} : { config, configFile: config.file }),
    parserFolders,
    ...(detection === undefined ? {} : { detection }),
    ...(args.paths.includes('-') ? { stdin: terminal.stdin } : {}),
    report: (problem: Problem) => { problems.add(problem); },
    onProgress: progress.update,
    signal: terminal.signal,
    ignore: outputPaths(terminal, [args.out, args.stats, args.html]),
  };
  return {
    config, problems,
    async read(more = {}) {
      const startMs = terminal.nowMs();
      try {
        const { run } = await import('../pipeline.ts');
        const result = await run({ ...options, ...more });
        log?.write('info', 'read', { paths: args.paths.length, restores: result.restores.length, health: result.health.length, ms: terminal.nowMs() - startMs });
        return terminal.signal.aborted ? undefined : result;
      } catch (error) {
        if (terminal.signal.aborted) return undefined;
        throw error;
      } finally {
        progress.clear();
        await log?.close();
      }
    },
  };
}

/** The rules of the configuration and of the command line; the exit code when something is wrong with them. */
async function rulesFor(folders: readonly string[], skipBadRules: boolean | undefined, config: Config | undefined, terminal: Terminal): Promise<DetectionSettings | ExitCode> {
  const { detectionSettings, loadRules } = await import('./load-rules.ts');
  const paths = [...new Set([...config?.rules.paths ?? ['builtin'], ...folders.map((path) => resolve(terminal.cwd, path))])];
  const loaded = loadRules(paths, config);
  const errors = loaded.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || loaded.problems.length > 0) {
    const { sayFindings } = await import('./say-findings.ts');
    sayFindings({ ...loaded, findings: errors }, terminal);
    if (skipBadRules !== true) {
      say(terminal, `nothing was read: correct these rules, or leave them out with --skip-bad-rules`);
      return exitCodes.usage;
    }
    say(terminal, `${errors.length === 1 ? '1 error' : `${errors.length} errors`} in rules: ${loaded.rules.length} rules are used without them`);
  }
  return detectionSettings(loaded.rules, config);
}
