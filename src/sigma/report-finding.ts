/** How everything that reads a rule says what is wrong with it. */
import { maxProblemsListed } from '../limits.ts';
import { findingCodes, findingKind, type FindingCode } from './finding-codes.ts';
import type { Finding } from './finding.ts';
import type { Position } from './rule.ts';

/** One finding; the remedy of the table stands in where the place suggests nothing better. */
export type Report = (code: FindingCode, at: Position, message: string, remedy?: string) => void;

/** A report for one file that appends to `findings`. */
export function reportInto(findings: Finding[], file: string): Report {
  return (code, at, message, remedy) => { findings.push(findingOf(code, file, at, message, remedy)); };
}

/** A finding with the severity of its code. */
export function findingOf(code: FindingCode, file: string, { line, column }: Position, message: string, remedy: string = findingKind(code).remedy): Finding {
  return { code, severity: findingKind(code).severity, message, remedy, file, line, column };
}

/** The same finding held to the full convention of a pack: some warnings are errors there. */
export function asPackFinding(finding: Finding): Finding {
  const kind = isFindingCode(finding.code) ? findingKind(finding.code) : undefined;
  return kind?.inPack === undefined ? finding : { ...finding, severity: kind.inPack };
}

const isFindingCode = (code: string): code is FindingCode => Object.hasOwn(findingCodes, code);

/** Order of findings of one file. */
export const byPlace = (a: Finding, b: Finding): number => a.line - b.line || a.column - b.column;

/** As many as are listed for one rule, by place; errors go before what hinders nothing, so that no rule is refused without saying why. */
export function mostTelling(found: readonly Finding[]): readonly Finding[] {
  if (found.length <= maxProblemsListed) return found.toSorted(byPlace);
  const errors = found.filter(({ severity }) => severity === 'error').sort(byPlace);
  return [...errors, ...found.filter(({ severity }) => severity !== 'error').sort(byPlace)].slice(0, maxProblemsListed).sort(byPlace);
}
