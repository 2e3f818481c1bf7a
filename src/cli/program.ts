/** The commands: names, options, help, and where their work is. The only file that imports `commander`. Work is imported when it is asked for. */
import { Argument, Command, CommanderError, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { describeProblem } from '../config/describe-problem.ts';
import type { Problem } from '../errors.ts';
import { shells, type CompletionCommand, type Shell } from './completion.ts';
import type { DemoArguments } from './demo-command.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { isOutputFailure } from './output.ts';
import type { ParsersArguments } from './parsers-command.ts';
import type { CoverageArguments } from './parsers-coverage.ts';
import type { ReplayArguments } from './replay-command.ts';
import { ruleCommands } from './rules-program.ts';
import type { SimulateArguments } from './simulate-command.ts';
import { say, showsColor, type Terminal } from './terminal.ts';
import type { WhoArguments } from './who-command.ts';

interface Run { readonly terminal: Terminal; code: ExitCode }

/**
 * Runs the command of a command line and gives its exit code. Throws only what is our own fault.
 * @param argv words after the program's name
 */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const run: Run = { terminal, code: exitCodes.done };
  const program = await createProgram(run, argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return run.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    // Results of a command that has none to lose: `config init`, `completion`.
    if (!isOutputFailure(error)) throw error;
    say(terminal, describeProblem(error.problem, { color: showsColor(terminal, terminal.stderr) }));
    return exitCodes.problems;
  }
}

async function createProgram(run: Run, argv: readonly string[]): Promise<Command> {
  const { terminal } = run;
  const program = new Command('vb365-siem');
  program.description('Who restored what out of Veeam Backup for Microsoft 365, whose data was it, and how sure are we.')
    .version(manifest.version, '-V, --version', 'print the version')
    .option('--verbose', 'log what is done, and say more about internal errors')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => { terminal.stdout.write(text); },
      writeErr: (text) => { terminal.stderr.write(text); },
      outputError: (text, write) => { write(usageText(text, argv, terminal)); },
      getOutHelpWidth: () => terminal.stdout.columns ?? 100,
      getErrHelpWidth: () => terminal.stderr.columns ?? 100,
    });
  example(program, 'vb365-siem who /var/log/veeam --owner "Ann Lee" --since 7d');
  addDemo(program, run);
  addReplay(program, run);
  addWho(program, run);
  addConfig(program, run);
  addParsers(program, run);
  addRules(program, run);
  await addSimulate(program, run, argv);
  addCompletion(program, run);
  return program;
}

function addDemo(program: Command, run: Run): void {
  const command = program.command('demo')
    .description('simulated tenants through the whole path into a syslog receiver on this machine, and the story they tell')
    .option('--seed <n>', 'another world', '7').option('--keep <folder>', 'keep the simulated files in a folder that does not exist yet');
  example(command, 'vb365-siem demo --keep world');
  command.action(async (options: DemoArguments) => {
    const { demo } = await import('./demo-command.ts');
    run.code = await demo(options, run.terminal);
  });
}

function addReplay(program: Command, run: Run): void {
  const command = program.command('replay')
    .description('read logs, mails, REST answers, folders and zip archives once, and print what happened as events')
    .argument('<path...>', 'files, folders, globs; - is stdin')
    .option('-c, --config <file>', 'configuration (default: vb365-siem.yml in a single folder that is read)')
    .addOption(new Option('--events <which>', 'all; restores (restores, alerts, health); alerts (alerts, health)').choices(['all', 'restores', 'alerts']).default('all'))
    .addOption(new Option('--format <format>', 'ECS as JSON lines, or CEF lines').choices(['ecs', 'cef']).default('ecs'))
    .option('--out <file>', 'write events to a file, which appears when it is complete')
    .option('--stats <file>', 'write counts as JSON')
    .option('--send', 'send events to the destinations of the configuration instead of printing them')
    .option('--parsers <folder>', 'a further parser folder; may be repeated', collect)
    .option('--rules <path>', 'a further folder or file of rules; may be repeated', collect)
    .option('--no-rules', 'judge nothing: no alerts')
    .option('--skip-bad-rules', 'leave out rules that are wrong instead of refusing to start')
    .option('--strict', 'exit code 1 as soon as anything was set aside or marked');
  example(command, 'vb365-siem replay C:\\ProgramData\\Veeam\\Backup365\\Logs --events restores > restores.ndjson');
  command.action(async (paths: readonly string[], options: Omit<ReplayArguments, 'paths'>) => {
    const { replay } = await import('./replay-command.ts');
    run.code = await replay({ ...options, paths, ...verbosity(program) }, run.terminal);
  });
}

function addWho(program: Command, run: Run): void {
  const command = program.command('who')
    .description('who restored what, as a table for people')
    .argument('<path...>', 'files, folders, globs; - is stdin')
    .option('-c, --config <file>', 'configuration (default: vb365-siem.yml in a single folder that is read)')
    .option('--owner <name>', 'only data of this person, mailbox or site (part of any spelling)')
    .option('--operator <name>', 'only what this account did, or may have done')
    .option('--tenant <name>', 'only this tenant or organisation')
    .option('--since <when>', 'from this moment on: 2026-11-22, 2026-11-22T09:00, 12h, 7d')
    .option('--until <when>', 'up to this moment')
    .option('--zone <zone>', 'IANA time zone of the times that are read and shown', 'UTC')
    .option('--all', 'one entry for each item instead of one for each operation')
    .addOption(new Option('--json', 'JSON instead of the table').conflicts(['csv', 'html']))
    .addOption(new Option('--csv', 'CSV instead of the table').conflicts(['json', 'html']))
    .option('--html <file>', 'one HTML page with evidence and timeline, into a file')
    .option('--parsers <folder>', 'a further parser folder; may be repeated', collect)
    .option('--rules <path>', 'a further folder or file of rules; may be repeated', collect)
    .option('--no-rules', 'judge nothing: no alerts')
    .option('--skip-bad-rules', 'leave out rules that are wrong instead of refusing to start');
  example(command, 'vb365-siem who logs/ mails/ --operator restore-ops --since 2026-11-01 --html report.html');
  command.action(async (paths: readonly string[], options: Omit<WhoArguments, 'paths'>) => {
    const { who } = await import('./who-command.ts');
    run.code = await who({ ...options, paths, ...verbosity(program) }, run.terminal);
  });
}

function addConfig(program: Command, run: Run): void {
  const config = program.command('config').description('write, check and show configurations');
  example(config, 'vb365-siem config init vb365-siem.yml && vb365-siem config check vb365-siem.yml');
  const init = config.command('init').description('write a commented sample').argument('[file]', 'a new file; left out: stdout');
  example(init, 'vb365-siem config init vb365-siem.yml');
  init.action(async (file: string | undefined) => {
    const { configInit } = await import('./config-command.ts');
    run.code = await configInit(file, run.terminal);
  });
  const check = config.command('check').description('report everything that is wrong, with its place and a remedy').argument('[file]', 'the configuration; also -c')
    .option('-c, --config <file>', 'the configuration').option('--json', 'problems as JSON on stdout');
  example(check, 'vb365-siem config check vb365-siem.yml');
  check.action(async (file: string | undefined, options: { readonly config?: string; readonly json?: boolean }) => {
    const { configCheck } = await import('./config-command.ts');
    run.code = await configCheck(fileOf(check, file, options.config), options, run.terminal);
  });
  const show = config.command('show').description('the configuration with all defaults, without secrets').argument('[file]', 'the configuration; also -c')
    .option('-c, --config <file>', 'the configuration').option('--json', 'JSON instead of YAML');
  example(show, 'vb365-siem config show vb365-siem.yml');
  show.action(async (file: string | undefined, options: { readonly config?: string; readonly json?: boolean }) => {
    const { configShow } = await import('./config-command.ts');
    run.code = await configShow(fileOf(show, file, options.config), options, run.terminal);
  });
}

function addParsers(program: Command, run: Run): void {
  const parsers = program.command('parsers').description('message catalogues: what they know, whether they are right, what they miss');
  example(parsers, 'vb365-siem parsers coverage /var/log/veeam');
  const folder = ['--parsers <folder>', 'a further parser folder; may be repeated', collect] as const;
  const list = parsers.command('list').description('all templates').option(...folder).option('--json', 'JSON instead of the table');
  example(list, 'vb365-siem parsers list --parsers my-parser');
  list.action(async (options: ParsersArguments) => {
    const { parsersList } = await import('./parsers-command.ts');
    run.code = await parsersList(options, run.terminal);
  });
  const test = parsers.command('test').description('check every template and run every example, of the built-in folders and of yours').option(...folder).option('--json', 'problems as JSON on stdout');
  example(test, 'vb365-siem parsers test --parsers my-parser');
  test.action(async (options: ParsersArguments) => {
    const { parsersTest } = await import('./parsers-command.ts');
    run.code = await parsersTest(options, run.terminal);
  });
  const coverage = parsers.command('coverage').description('lines of each template, and unknown messages by shape').argument('<path...>', 'files, folders, globs; - is stdin')
    .option('-c, --config <file>', 'configuration (default: vb365-siem.yml in a single folder that is read)').option(...folder).option('--json', 'JSON instead of the table');
  example(coverage, 'vb365-siem parsers coverage /var/log/veeam --parsers my-parser');
  coverage.action(async (paths: readonly string[], options: Omit<CoverageArguments, 'paths'>) => {
    const { parsersCoverage } = await import('./parsers-coverage.ts');
    run.code = await parsersCoverage({ ...options, paths }, run.terminal);
  });
  const suggest = parsers.command('suggest').description('write templates for messages that no template knows').argument('<path...>', 'files, folders, globs; - is stdin')
    .option('-c, --config <file>', 'configuration (default: vb365-siem.yml in a single folder that is read)').option(...folder);
  example(suggest, 'mkdir my-parser && vb365-siem parsers suggest /var/log/veeam > my-parser/messages.yml');
  suggest.action(async (paths: readonly string[], options: Omit<CoverageArguments, 'paths'>) => {
    const { parsersSuggest } = await import('./parsers-coverage.ts');
    run.code = await parsersSuggest({ ...options, paths }, run.terminal);
  });
  const create = parsers.command('new').description('write a parser folder to start from').argument('<name>', 'small letters, digits, hyphens').option('--out <folder>', 'the folder around it', '.');
  example(create, 'vb365-siem parsers new my-parser && vb365-siem parsers test --parsers my-parser');
  create.action(async (name: string, options: { readonly out?: string }) => {
    const { parsersNew } = await import('./parsers-new.ts');
    run.code = await parsersNew(name, options, run.terminal);
  });
}

function addRules(program: Command, run: Run): void {
  const rules = program.command('rules').description('detection rules: what is loaded, whether they are right, what they find');
  example(rules, 'vb365-siem rules new my_first_rule && vb365-siem rules lint my_first_rule.yml');
  for (const { name, description, arguments: words, options, example: text, run: work } of ruleCommands) {
    const command = rules.command(name).description(description);
    for (const word of words) command.argument(word.syntax, word.description);
    for (const { flags, description: meaning, choices, standard, isList } of options) {
      const option = new Option(flags, meaning);
      if (choices !== undefined) option.choices([...choices]);
      if (standard !== undefined) option.default(standard);
      if (isList === true) option.argParser(collect);
      command.addOption(option);
    }
    example(command, text);
    command.action(async (...given: readonly unknown[]) => {
      run.code = await work(given.slice(0, words.length), command.opts(), run.terminal);
    });
  }
}

async function addSimulate(program: Command, run: Run, argv: readonly string[]): Promise<void> {
  const command = program.command('simulate').description('write synthetic tenants with logs, mails, REST answers and the truth about them')
    .option('--seed <n>', 'whole number; the same seed gives the same bytes', '0').option('--out <folder>', 'a folder that does not exist yet');
  // Its options come with the simulator itself, which no other command needs.
  if (!['simulate', 'completion'].some((word) => argv.includes(word))) return;
  const { simulateOptions, simulateExample } = await import('./simulate-command.ts');
  for (const { flags, description } of simulateOptions) command.option(flags, description);
  example(command, simulateExample);
  command.action(async (options: SimulateArguments) => {
    const { runSimulate } = await import('./run-simulate.ts');
    run.code = await runSimulate(options, run.terminal);
  });
}

function addCompletion(program: Command, run: Run): void {
  const command = program.command('completion').description('print a script that completes commands and options').addArgument(new Argument('<shell>', 'your shell').choices(shells));
  example(command, 'eval "$(vb365-siem completion bash)"');
  command.action(async (shell: Shell) => {
    const [{ completionScript }, { openOutput }] = await Promise.all([import('./completion.ts'), import('./output.ts')]);
    const output = await openOutput(run.terminal);
    await output.write(completionScript(shell, describeCommands(program)));
    await output.close();
  });
}

/** The tree of commands as data; every command knows its help option. */
function describeCommands(command: Command, path: readonly string[] = []): readonly CompletionCommand[] {
  const { commands } = command;
  const inherited = command.parent?.options ?? [];
  const options = [...command.options, ...(path.length > 0 ? inherited.filter(({ long }) => long === '--verbose') : [])];
  return [
    {
      path, description: command.description(), commands: commands.map((child) => child.name()),
      options: [
        ...options.map(({ short, long, description, required, optional, argChoices }) => ({ flags: [short, long].filter((flag) => flag !== undefined), description, takesValue: required || optional, choices: argChoices ?? [] })),
        { flags: ['-h', '--help'], description: 'print this help', takesValue: false, choices: [] },
      ],
      choices: command.registeredArguments[0]?.argChoices ?? [],
    },
    ...commands.flatMap((child) => describeCommands(child, [...path, child.name()])),
  ];
}

function fileOf(command: Command, file: string | undefined, option: string | undefined): string {
  return file ?? option ?? command.error("error: missing required argument 'file'");
}

const example = (command: Command, text: string): Command => command.addHelpText('after', `\nExample:\n  $ ${text}`);
const collect = (value: string, before?: readonly string[]): readonly string[] => [...before ?? [], value];
const verbosity = (program: Command): { readonly verbose?: boolean } => program.opts<{ readonly verbose?: boolean }>();

function usageText(text: string, argv: readonly string[], terminal: Terminal): string {
  const message = text.trim().replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  const command = argv.find((word) => /^[a-z]+$/.test(word) && !message.includes(`'${word}'`));
  const problem: Problem = { code: 'usage', message, remedy: `see: vb365-siem ${command === undefined ? '' : `${command} `}--help` };
  return `${describeProblem(problem, { color: showsColor(terminal, terminal.stderr) })}\n`;
}

/** Reports something that went wrong inside the program itself. */
export function describeInternal(error: unknown, isVerbose: boolean, terminal: Terminal): void {
  const message = error instanceof Error ? error.message : String(error);
  say(terminal, `internal error: ${message}`);
  if (isVerbose && error instanceof Error && error.stack !== undefined) say(terminal, error.stack);
  else say(terminal, '  = this is a fault of vb365-siem; run again with --verbose and report what it prints');
}
