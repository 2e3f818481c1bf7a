/** Problems as they come: shown on stderr, counted by code. Many of one kind are shown once more as a number, so that one bad archive does not bury the rest. */
import { describeProblem } from '../config/describe-problem.ts';
import type { Problem, ProblemCode } from '../errors.ts';
import { maxProblemsShown } from '../limits.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { say, showsColor, type Terminal } from './terminal.ts';

export interface ProblemLog {
  /** @param text content of the file that the problem is in, when its line is to be shown */
  readonly add: (problem: Problem, text?: string) => void;
  /** says how many were not shown */
  readonly close: () => void;
  readonly counts: ReadonlyMap<ProblemCode, number>;
}

export function createProblemLog(terminal: Terminal, beforeLine: () => void = () => undefined): ProblemLog {
  const counts = new Map<ProblemCode, number>();
  const color = showsColor(terminal, terminal.stderr);
  return {
    counts,
    add(problem, text) {
      const count = (counts.get(problem.code) ?? 0) + 1;
      counts.set(problem.code, count);
      if (count > maxProblemsShown) return;
      beforeLine();
      say(terminal, describeProblem(problem, { text, color }));
    },
    close() {
      for (const [code, count] of counts) if (count > maxProblemsShown) say(terminal, `${code}: ${count - maxProblemsShown} more, not shown`);
    },
  };
}

/** Says why nothing was started. @param text content of the file that the problems are in */
export function refuse(problems: readonly Problem[], terminal: Terminal, text?: string): ExitCode {
  const log = createProblemLog(terminal);
  for (const problem of problems) log.add(problem, text);
  log.close();
  return exitCodes.usage;
}

/** Problems after which something that was asked for is missing; all others were set aside as the input deserved. A break of a connection may heal: what counts is what was not delivered. */
const failures: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['read-missing', 'read-unreadable', 'write-failed']);

export function hasFailed(counts: ReadonlyMap<ProblemCode, number>): boolean {
  return [...counts.keys()].some((code) => failures.has(code));
}
