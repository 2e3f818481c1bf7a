/** Findings about rules and cases for people: each with its line, a caret and the remedy. */
import { describeProblem } from '../config/describe-problem.ts';
import type { Problem } from '../errors.ts';
import type { Finding } from '../sigma/finding.ts';
import { say, showsColor, type Terminal } from './terminal.ts';

export interface Findings {
  readonly findings: readonly Finding[];
  /** what could not be read at all */
  readonly problems: readonly Problem[];
  readonly texts: readonly { readonly file: string; readonly text: string }[];
}

/** All of them: a check that hides some of its findings is run again for each. */
export function sayFindings({ findings, problems, texts }: Findings, terminal: Terminal): void {
  const color = showsColor(terminal, terminal.stderr);
  const textOf = new Map(texts.map(({ file, text }) => [file, text]));
  for (const problem of [...problems, ...findings]) say(terminal, describeProblem(problem, { text: problem.file === undefined ? undefined : textOf.get(problem.file), color }));
}
