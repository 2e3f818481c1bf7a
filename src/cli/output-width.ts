import { defaultTableWidth } from '../limits.ts';
import type { Terminal } from './terminal.ts';

/** Columns of the terminal, else those that its environment tells, else a usual width. */
export function outputWidth({ stdout, env }: Terminal): number {
  const told = Number(env['COLUMNS']);
  return stdout.columns ?? (Number.isInteger(told) && told > 0 ? told : defaultTableWidth);
}
