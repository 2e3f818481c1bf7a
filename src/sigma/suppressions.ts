/** `# lint-ok: CODE reason`: a finding that somebody has looked at. */
import type { YamlComment } from '../text/yaml-document.ts';
import { findingCodes } from './finding-codes.ts';
import type { Finding } from './finding.ts';
import { findingOf } from './report-finding.ts';

export interface Suppression {
  readonly file: string;
  /** the line that it speaks of: its own, or the next when nothing else stands on its own */
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  /** of the remark */
  readonly position: { readonly line: number; readonly column: number };
}

/** The remarks of one file. */
export function readSuppressions(comments: readonly YamlComment[], file: string): readonly Suppression[] {
  return comments.flatMap(({ text, line, column, isAlone }) => {
    const found = /^#\s{0,10}lint-ok:?\s{0,10}(\S{0,60})(.*)$/.exec(text);
    return found === null ? [] : [{ file, line: isAlone ? line + 1 : line, code: found[1] ?? '', reason: (found[2] ?? '').trim(), position: { line, column } }];
  });
}

/**
 * The findings of all passes without those that are suppressed, and one finding for each remark that lacks a reason or suppresses nothing.
 * An error cannot be suppressed: the rule would not load all the same.
 */
export function suppressFindings(findings: readonly Finding[], suppressions: readonly Suppression[]): readonly Finding[] {
  const keyOf = (file: string, line: number, code: string): string => JSON.stringify([file, line, code]);
  const effective = new Map(suppressions.filter(({ reason }) => reason !== '').map((suppression) => [keyOf(suppression.file, suppression.line, suppression.code), suppression]));
  const used = new Set<Suppression>();
  const left = findings.filter((finding) => {
    const suppression = finding.severity === 'error' ? undefined : effective.get(keyOf(finding.file, finding.line, finding.code));
    if (suppression !== undefined) used.add(suppression);
    return suppression === undefined;
  });
  const idle = suppressions.filter((suppression) => !used.has(suppression)).map(({ file, position, code, reason }) => findingOf('RULE_SUPPRESSION', file, position, idleMessage(code, reason)));
  return [...left, ...idle];
}

function idleMessage(code: string, reason: string): string {
  if (!Object.hasOwn(findingCodes, code)) return `'${code}' is no code of a finding`;
  return reason === '' ? `${code} is suppressed without a reason` : `there is no ${code} here that could be suppressed`;
}
