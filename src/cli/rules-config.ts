/** The configuration that a command of rule authors was given, if any. */
import type { Config } from '../config/config.ts';
import type { ExitCode } from './exit-code.ts';
import { refuse } from './problem-log.ts';
import { readConfig } from './read-config.ts';
import type { Terminal } from './terminal.ts';

/** @returns the exit code when the file is wrong: its problems have been said */
export function configOf(file: string | undefined, terminal: Terminal): { readonly config: Config | undefined } | { readonly code: ExitCode } {
  if (file === undefined) return { config: undefined };
  const { config, problems, text } = readConfig(file, terminal);
  return config === undefined ? { code: refuse(problems, terminal, text) } : { config };
}
