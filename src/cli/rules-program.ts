/** The commands `rules ...` as data: names, arguments, options, examples, and where their work is. */
import type { ExitCode } from './exit-code.ts';
import type { BacktestArguments } from './rules-backtest.ts';
import type { CoverageArguments } from './rules-coverage.ts';
import type { LintArguments } from './rules-lint.ts';
import type { TestArguments } from './rules-test.ts';
import type { Terminal } from './terminal.ts';

export interface OptionDefinition {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly standard?: string;
  /** may be repeated */
  readonly isList?: boolean;
}
export interface CommandDefinition {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly { readonly syntax: string; readonly description: string }[];
  readonly options: readonly OptionDefinition[];
  readonly example: string;
  /** @param words by argument, in their order; @param options as the command line gave them, by name */
  readonly run: (words: readonly unknown[], options: Readonly<Record<string, unknown>>, terminal: Terminal) => Promise<ExitCode>;
}

const config: OptionDefinition = { flags: '-c, --config <file>', description: 'configuration: its rules.paths, its lists' };
const json: OptionDefinition = { flags: '--json', description: 'JSON on stdout' };
const paths = { syntax: '[path...]', description: 'files and folders of rules (default: those of the configuration, else the shipped pack)' };

export const ruleCommands: readonly CommandDefinition[] = [
  {
    name: 'lint', description: 'check rules and the form of their cases: every problem with its place and a remedy', arguments: [paths],
    options: [
      config, { flags: '--fail-level <level>', description: 'exit code 1 for findings of this level and above', choices: ['error', 'warning', 'info'], standard: 'error' },
      { flags: '--fix', description: 'correct what needs no thinking; nothing else in the file changes' },
      { flags: '--format <format>', description: 'text for people, JSON, or SARIF 2.1.0 for code review', choices: ['text', 'json', 'sarif'], standard: 'text' }, { flags: '--json', description: 'short for --format json' },
    ],
    example: 'vb365-siem rules lint my-rules --fail-level warning',
    run: async ([found], options, terminal) => (await import('./rules-lint.ts')).rulesLint({ ...options, paths: found } as LintArguments, terminal),
  },
  {
    name: 'test', description: 'run the cases of rules, and say which cases are missing', arguments: [paths],
    options: [
      config, { flags: '--mutate', description: 'also change every rule in small ways and say which change no case notices' },
      { flags: '--format <format>', description: 'text for people, JSON, or JUnit XML for build servers', choices: ['text', 'json', 'junit'], standard: 'text' }, { flags: '--json', description: 'short for --format json' },
    ],
    example: 'vb365-siem rules test my-rules --mutate',
    run: async ([found], options, terminal) => (await import('./rules-test.ts')).rulesTest({ ...options, paths: found } as TestArguments, terminal),
  },
  {
    name: 'list', description: 'every rule: what it is, which lists it needs, for which tenants it is loaded or why not', arguments: [],
    options: [config, { flags: '--rules <path>', description: 'a further folder or file of rules; may be repeated', isList: true }, json],
    example: 'vb365-siem rules list -c vb365-siem.yml --rules my-rules',
    run: async (_words, options, terminal) => (await import('./rules-list.ts')).rulesList(options, terminal),
  },
  {
    name: 'new', description: 'write a rule and its cases to start from', arguments: [{ syntax: '<name>', description: 'small letters, digits and _, 10 to 66 of them' }],
    options: [{ flags: '--over <rule>', description: 'a correlation that counts the matches of this rule' }, { flags: '--out <folder>', description: 'the folder around both files', standard: '.' }],
    example: 'vb365-siem rules new my_first_rule --out my-rules && vb365-siem rules test my-rules',
    run: async ([name], options, terminal) => (await import('./rules-new.ts')).rulesNew(String(name), options, terminal),
  },
  {
    name: 'explain', description: 'why a rule matches an event or not; of a correlation, what its groups hold and what is missing',
    arguments: [{ syntax: '<rule>', description: 'name, id or file' }, { syntax: '<event>', description: 'events as replay prints them: a file, file:LINE, or - for stdin' }],
    options: [config, { flags: '--rules <path>', description: 'a further folder or file of rules; may be repeated', isList: true }, json],
    example: 'vb365-siem replay /var/log/veeam > events.ndjson && vb365-siem rules explain many_restores_taken_out events.ndjson',
    run: async ([rule, event], options, terminal) => (await import('./rules-explain.ts')).rulesExplain({ ...options, rule: String(rule), event: String(event) }, terminal),
  },
  {
    name: 'coverage', description: 'techniques of ATT&CK with their rules, and fields that meet no rule or no parser', arguments: [paths],
    options: [config, { flags: '--navigator <file>', description: 'write a layer for the ATT&CK Navigator' }, { flags: '--fields', description: 'also show which fields rules name' }, json],
    example: 'vb365-siem rules coverage --navigator layer.json',
    run: async ([found], options, terminal) => (await import('./rules-coverage.ts')).rulesCoverage({ ...options, paths: found } as CoverageArguments, terminal),
  },
  {
    name: 'backtest', description: 'what rules would have found in logs of the past: how often a week, about whom', arguments: [{ syntax: '<path...>', description: 'logs, mails, REST answers: files, folders, globs; - is stdin' }],
    options: [
      { flags: '-c, --config <file>', description: 'configuration (default: vb365-siem.yml in a single folder that is read)' },
      { flags: '--rule <rule>', description: 'only this rule, whatever its level: name, id or file' }, { flags: '--rules <path>', description: 'a further folder or file of rules; may be repeated', isList: true },
      { flags: '--parsers <folder>', description: 'a further parser folder; may be repeated', isList: true },
      { flags: '--expect <file>', description: 'numbers of alerts that are expected; exit code 1 when others come' },
      { flags: '--since <when>', description: 'only alerts from this moment on: 2026-11-22, 2026-11-22T09:00, 12h, 7d' }, { flags: '--until <when>', description: 'only alerts up to this moment' },
      { flags: '--zone <zone>', description: 'IANA time zone of these moments', standard: 'UTC' },
      { flags: '--format <format>', description: 'text for people, JSON, or JUnit XML for build servers', choices: ['text', 'json', 'junit'], standard: 'text' }, { flags: '--json', description: 'short for --format json' },
    ],
    example: 'vb365-siem rules backtest /var/log/veeam --rule my-rules/my_first_rule.yml --since 90d',
    run: async ([found], options, terminal) => (await import('./rules-backtest.ts')).rulesBacktest({ ...options, paths: found } as BacktestArguments, terminal),
  },
];
