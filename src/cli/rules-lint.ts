/** `rules lint`: both passes over rule files and their cases, every problem at once, and what can be corrected without thinking corrected. */
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { findingCodes, findingKind, type FindingCode } from '../sigma/finding-codes.ts';
import type { Finding, FindingSeverity } from '../sigma/finding.ts';
import { authorRules, type AuthoredRules } from './author-rules.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { ruleKnowledge } from './load-rules.ts';
import { isOutputFailure, writeWhole } from './output.ts';
import { counted, jsonText, printText } from './parsers-command.ts';
import { configOf } from './rules-config.ts';
import { sarifText } from './rules-sarif.ts';
import { sayFindings } from './say-findings.ts';
import { say, type Terminal } from './terminal.ts';

export interface LintArguments {
  readonly paths: readonly string[];
  readonly config?: string;
  readonly failLevel: FindingSeverity;
  readonly fix?: boolean;
  readonly format: 'text' | 'json' | 'sarif';
  readonly json?: boolean;
}

/**
 * Exit code 2: a rule is refused, or a path cannot be read. 1: a finding of the fail level or above that hinders no rule. Problems go to stderr, `json` and
 * `sarif` to stdout.
 */
export async function rulesLint(args: LintArguments, terminal: Terminal): Promise<ExitCode> {
  const settings = configOf(args.config, terminal);
  if ('code' in settings) return settings.code;
  let authored = authorRules(args.paths, settings.config, terminal.cwd);
  if (args.fix === true) {
    const code = await correct(authored, terminal);
    if (code !== exitCodes.done) return code;
    authored = authorRules(args.paths, settings.config, terminal.cwd);
  }
  const { findings, problems, texts } = authored;
  const format = args.json === true ? 'json' : args.format;
  if (format === 'text') {
    sayFindings(authored, terminal);
    await printText(terminal, `${counted(texts.filter(({ isCases }) => !isCases).length, 'file')} of rules: ${summary(findings)}\n`);
  } else {
    for (const problem of problems) say(terminal, `${problem.code} ${problem.message}`);
    await printText(terminal, format === 'json' ? jsonText(findings) : sarifText(findings, terminal.cwd));
  }
  return problems.length > 0 ? exitCodes.usage : lintCode(findings, args.failLevel);
}

const ranks: Readonly<Record<FindingSeverity, number>> = { info: 0, warning: 1, error: 2 };

/** 2 where a rule would not be loaded, 1 for findings of this level or above, else 0. */
export function lintCode(findings: readonly Finding[], failLevel: FindingSeverity): ExitCode {
  if (findings.some(refusesRule)) return exitCodes.usage;
  return findings.some(({ severity }) => ranks[severity] >= ranks[failLevel]) ? exitCodes.problems : exitCodes.done;
}

/** Whether a rule is not loaded because of the finding: what only the convention of the pack or its cases ask for hinders nothing. */
export function refusesRule({ code, severity }: Finding): boolean {
  return severity === 'error' && Object.hasOwn(findingCodes, code) && findingKind(code as FindingCode).severity === 'error';
}

/** `2 errors, 1 warning` */
export function summary(findings: readonly Finding[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severity === 'info' ? `${count} info` : counted(count, severity)];
  });
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** Corrects the files; what was not UTF-8 is left alone, because the rest of it would change too. */
async function correct({ texts, findings }: AuthoredRules, terminal: Terminal): Promise<ExitCode> {
  const { fixRules } = await import('../sigma/fix-rules.ts');
  const { attack } = ruleKnowledge(undefined);
  for (const { file, text } of texts.filter(({ isCases }) => !isCases)) {
    const own = findings.filter((finding) => finding.file === file);
    const { text: better, fixed } = fixRules(text, file, own, attack);
    if (fixed.length === 0) continue;
    const path = resolve(terminal.cwd, file);
    if (!readFileSync(path).equals(Buffer.from(text, 'utf8'))) {
      say(terminal, `${file} is not UTF-8 text, or was changed meanwhile: nothing was corrected in it`);
      continue;
    }
    try {
      await writeWhole(terminal, path, better);
    } catch (error) {
      if (!isOutputFailure(error)) throw error;
      sayFindings({ findings: [], problems: [error.problem], texts: [] }, terminal);
      return exitCodes.problems;
    }
    for (const { code, line, column } of fixed) say(terminal, `${file}:${line}:${column} ${code} corrected`);
  }
  return exitCodes.done;
}
