import type { Rule } from './rule.ts';

/** Rules that their authors have given up are read and listed, and never run (sigma.md 1.2). */
export function isGivenUp({ status }: Rule): boolean {
  return status === 'deprecated' || status === 'unsupported';
}
