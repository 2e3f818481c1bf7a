/** Shell completion, generated from the definitions of the commands, so that it never lags behind them. */

export interface CompletionCommand {
  /** words after the program: empty for the program itself, `config check` */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly CompletionOption[];
  readonly commands: readonly string[];
  /** values of the first argument, when they are a choice */
  readonly choices: readonly string[];
}
export interface CompletionOption {
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

const program = 'vb365-siem';

/** A script that the shell reads at its start. */
export function completionScript(shell: Shell, commands: readonly CompletionCommand[]): string {
  return { bash, zsh, fish, powershell }[shell](commands);
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const wordsOf = ({ commands, options, choices }: CompletionCommand): string => [...commands, ...choices, ...options.flatMap(({ flags }) => flags)].join(' ');
const valuesOf = (command: CompletionCommand): readonly CompletionOption[] => command.options.filter(({ takesValue }) => takesValue);
const keyOf = ({ path }: CompletionCommand): string => path.join(' ');

function bash(commands: readonly CompletionCommand[]): string {
  return [
    `# ${program} completion for bash: eval "$(${program} completion bash)"`,
    '_vb365_siem() {', '  local cur prev path word i', '  cur="${COMP_WORDS[COMP_CWORD]}"', '  prev="${COMP_WORDS[COMP_CWORD-1]}"', '  path=""',
    ...pathLoop('for ((i = 1; i < COMP_CWORD; i++)); do', '  word="${COMP_WORDS[i]}"', commands),
    ...valueCases(commands, (choices) => choices.length === 0 ? 'COMPREPLY=($(compgen -f -- "$cur")); return' : `COMPREPLY=($(compgen -W ${quote(choices.join(' '))} -- "$cur")); return`),
    '  case "$path" in',
    ...commands.map((command) => `    ${quote(keyOf(command))}) word=${quote(wordsOf(command))} ;;`),
    '  esac',
    '  COMPREPLY=($(compgen -W "$word" -- "$cur"))',
    '  if [[ "$cur" != -* ]]; then COMPREPLY+=($(compgen -f -- "$cur")); fi',
    '}',
    `complete -o filenames -F _vb365_siem ${program}`, '',
  ].join('\n');
}

function zsh(commands: readonly CompletionCommand[]): string {
  return [
    `#compdef ${program}`, `# ${program} completion for zsh: source <(${program} completion zsh)`,
    '_vb365_siem() {', '  local prev path_ word i', '  local -a found', '  prev="${words[CURRENT-1]}"', '  path_=""',
    ...pathLoop('for ((i = 2; i < CURRENT; i++)); do', '  word="${words[i]}"', commands).map((line) => line.replaceAll('$path', '$path_').replaceAll(' path=', ' path_=')),
    ...valueCases(commands, (choices) => choices.length === 0 ? '_files; return' : `compadd -- ${choices.map(quote).join(' ')}; return`).map((line) => line.replaceAll('$path', '$path_')),
    '  case "$path_" in',
    ...commands.map((command) => `    ${quote(keyOf(command))}) found=(${[...command.commands, ...command.choices].map(quote).join(' ')} ${command.options.flatMap(({ flags, description }) => flags.map((flag) => quote(`${flag}:${description.replaceAll(':', ';')}`))).join(' ')}) ;;`),
    '  esac',
    `  _describe ${quote(program)} found`, '  _files', '}',
    `compdef _vb365_siem ${program}`, '',
  ].join('\n');
}

/** Words that name a command lengthen the path; everything else (options, files) leaves it. */
function pathLoop(head: string, take: string, commands: readonly CompletionCommand[]): readonly string[] {
  return [
    `  ${head}`, `  ${take}`, '    case "$path $word" in',
    ...commands.filter(({ path }) => path.length > 0).map(({ path }) => `      ${quote(path.length === 1 ? ` ${path.join(' ')}` : path.join(' '))}) path=${quote(path.join(' '))} ;;`),
    '    esac', '  done',
  ];
}

function valueCases(commands: readonly CompletionCommand[], reply: (choices: readonly string[]) => string): readonly string[] {
  const lines = commands.flatMap((command) => valuesOf(command).flatMap(({ flags, choices }) => flags.map((flag) => `    ${quote(`${keyOf(command)}|${flag}`)}) ${reply(choices)} ;;`)));
  return lines.length === 0 ? [] : ['  case "$path|$prev" in', ...lines, '  esac'];
}

function fish(commands: readonly CompletionCommand[]): string {
  const lines = [`# ${program} completion for fish: ${program} completion fish | source`];
  for (const command of commands) {
    const { path } = command;
    const others = command.commands.length === 0 ? '' : `; and not __fish_seen_subcommand_from ${command.commands.join(' ')}`;
    const when = path.length === 0 ? 'not __fish_seen_subcommand_from ' + command.commands.join(' ') : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ') + others;
    const start = `complete -c ${program} -n ${quote(when)}`;
    for (const name of command.commands) lines.push(`${start} -f -a ${quote(name)} -d ${quote(commands.find(({ path: of }) => of.join(' ') === [...path, name].join(' '))?.description ?? '')}`);
    if (command.choices.length > 0) lines.push(`${start} -f -a ${quote(command.choices.join(' '))}`);
    for (const { flags, description, takesValue, choices } of command.options) {
      const names = flags.map((flag) => flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`).join(' ');
      lines.push(`${start} ${names}${takesValue ? choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : ' -r' : ''} -d ${quote(description)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function powershell(commands: readonly CompletionCommand[]): string {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  return [
    `# ${program} completion for PowerShell: ${program} completion powershell | Out-String | Invoke-Expression`,
    `Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {`, '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $words = @{', ...commands.map((command) => `    ${text(keyOf(command))} = ${text(wordsOf(command))}`), '  }',
    '  $values = @{', ...commands.flatMap((command) => valuesOf(command).filter(({ choices }) => choices.length > 0).flatMap(({ flags, choices }) => flags.map((flag) => `    ${text(`${keyOf(command)}|${flag}`)} = ${text(choices.join(' '))}`))), '  }',
    "  $path = ''", "  $previous = ''",
    '  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {',
    '    $word = $element.ToString()', '    if ($word -eq $wordToComplete -and $element.Extent.EndOffset -ge $cursorPosition) { break }',
    '    $longer = "$path $word".Trim()', '    if ($words.ContainsKey($longer)) { $path = $longer }', '    $previous = $word', '  }',
    '  $found = $words[$path]', '  if ($values.ContainsKey("$path|$previous")) { $found = $values["$path|$previous"] }',
    '  $found -split " " | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", $_) }',
    '}', '',
  ].join('\n');
}
