/** `config init`, `config check`, `config show`. */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { effectiveConfig } from '../config/effective-config.ts';
import { sampleConfig } from '../config/sample-config.ts';
import { writeYaml } from '../text/yaml-document.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { openOutput, writeWhole } from './output.ts';
import { createProblemLog, refuse } from './problem-log.ts';
import { readConfig } from './read-config.ts';
import { sayFindings, type Findings } from './say-findings.ts';
import { say, type Terminal } from './terminal.ts';

/** The sample on stdout, or in a new file: an existing one is never written over. */
export async function configInit(file: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (file === undefined) {
    await print(sampleConfig, terminal);
    return exitCodes.done;
  }
  if (await access(resolve(terminal.cwd, file)).then(() => true, () => false)) {
    createProblemLog(terminal).add({ code: 'usage', message: `${file} exists already`, remedy: 'name a new file, or leave it out to see the sample' });
    return exitCodes.usage;
  }
  await writeWhole(terminal, file, sampleConfig);
  say(terminal, `${file} written; next: vb365-siem config check ${file}`);
  return exitCodes.done;
}

/**
 * All problems at once, those of the rules that the file names included. Files that this machine lacks make exit code 1, because the configuration itself may
 * be right; everything else makes 2. What is doubtful about rules is said and changes no exit code.
 */
export async function configCheck(file: string, options: { readonly json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const shape = readConfig(file, terminal);
  const { problems, text } = shape.config === undefined ? shape : readConfig(file, terminal, true);
  const rules = shape.config === undefined ? undefined : await rulesOf(shape.config);
  const errors = rules?.findings.filter(({ severity }) => severity === 'error').length ?? 0;
  if (options.json === true) {
    await print(`${JSON.stringify([...problems, ...rules?.findings ?? []], undefined, 2)}\n`, terminal);
  } else {
    const log = createProblemLog(terminal);
    for (const problem of problems) log.add(problem, text);
    log.close();
    if (rules !== undefined) sayFindings({ ...rules, problems: [] }, terminal);
    const { config } = shape;
    const count = problems.length + errors;
    if (config === undefined || count > 0) say(terminal, `${file}: ${count} ${count === 1 ? 'problem' : 'problems'}`);
    else await print(`${file}: good (${config.tenants.length} tenants, ${config.sources.length} sources, ${config.destinations.length} destinations)\n`, terminal);
  }
  return shape.config === undefined || errors > 0 ? exitCodes.usage : problems.length > 0 ? exitCodes.problems : exitCodes.done;
}

/** The rules of users; paths that are not there are problems of the configuration already. */
async function rulesOf(config: Config): Promise<Pick<Findings, 'findings' | 'texts'> | undefined> {
  if (config.rules.paths.every((path) => path === 'builtin')) return undefined;
  const { loadRules } = await import('./load-rules.ts');
  const { findings, texts } = loadRules(config.rules.paths, config);
  return { findings: findings.filter(({ severity }) => severity !== 'info'), texts };
}

/** The configuration with all defaults. It holds references to secrets, never one. */
export async function configShow(file: string, options: { readonly json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const { config, problems, text } = readConfig(file, terminal);
  if (config === undefined) return refuse(problems, terminal, text);
  const effective = effectiveConfig(config);
  await print(options.json === true ? `${JSON.stringify(effective, undefined, 2)}\n` : writeYaml(effective), terminal);
  return exitCodes.done;
}

async function print(text: string, terminal: Terminal): Promise<void> {
  const output = await openOutput(terminal);
  await output.write(text);
  await output.close();
}
