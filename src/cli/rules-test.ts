/** `rules test`: the cases of rules, those that every rule needs, and with `--mutate` what changes of a rule no case would notice. */
import { createCasePack, type CasePack, type TestedRule } from '../detect/cases/case-pack.ts';
import { filterMutants } from '../detect/cases/mutants.ts';
import { missingCases, survivingFilterMutants, survivingMutants } from '../detect/cases/required-cases.ts';
import { runCases } from '../detect/cases/run-cases.ts';
import { ruleKey } from '../detect/rule-identity.ts';
import type { Finding } from '../sigma/finding.ts';
import type { Rule } from '../sigma/rule.ts';
import { authorRules, type AuthoredRules } from './author-rules.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { junitText, type TestCase, type TestSuite } from './junit.ts';
import { counted, jsonText, printText } from './parsers-command.ts';
import { createProgress } from './progress.ts';
import { configOf } from './rules-config.ts';
import { sayFindings } from './say-findings.ts';
import { say, type Terminal } from './terminal.ts';

export interface TestArguments {
  readonly paths: readonly string[];
  readonly config?: string;
  readonly mutate?: boolean;
  readonly format: 'text' | 'json' | 'junit';
  readonly json?: boolean;
}

/** What testing one rule came to. */
export interface TestedRuleResult {
  readonly rule: Rule;
  readonly cases: number;
  readonly passed: number;
  /** changes that were tried; 0 without `--mutate` */
  readonly mutants: number;
  readonly findings: readonly Finding[];
}

/** Exit code 1: a case fails or is missing, a change goes unnoticed, or a rule is refused and cannot be tested. 2: a path cannot be read. */
export async function rulesTest(args: TestArguments, terminal: Terminal): Promise<ExitCode> {
  const settings = configOf(args.config, terminal);
  if ('code' in settings) return settings.code;
  const authored = authorRules(args.paths, settings.config, terminal.cwd);
  const results = await testRules(authored, args.mutate === true, terminal);
  if (results === undefined) {
    say(terminal, 'interrupted');
    return exitCodes.interrupted;
  }
  const refusals = authored.findings.filter(({ severity, code }) => severity === 'error' && code !== 'RULE_NO_CASES');
  const findings = [...refusals, ...results.flatMap((result) => result.findings)];
  const format = args.json === true ? 'json' : args.format;
  if (format === 'text') {
    sayFindings({ ...authored, findings }, terminal);
    await printText(terminal, `${results.map(resultLine).join('')}${totals(results, findings.length)}\n`);
  } else {
    for (const { code, message } of authored.problems) say(terminal, `${code} ${message}`);
    await printText(terminal, format === 'json' ? jsonText(jsonOf(results, refusals)) : junitText('vb365-siem rules', [...results.map((result) => suiteOf(result, authored)), ...refusalSuite(refusals)]));
  }
  return authored.problems.length > 0 ? exitCodes.usage : findings.length > 0 ? exitCodes.problems : exitCodes.done;
}

/** @returns undefined when it was interrupted */
async function testRules({ rules, beside, cases }: AuthoredRules, mutates: boolean, terminal: Terminal): Promise<readonly TestedRuleResult[] | undefined> {
  const pack = createCasePack([...beside, ...rules], cases);
  const progress = createProgress(terminal, 'testing');
  const results: TestedRuleResult[] = [];
  for (const [index, rule] of rules.entries()) {
    if (terminal.signal.aborted) break;
    progress.update(index, rules.length);
    const result = rule.kind === 'filter' ? testFilter(pack, rule, mutates) : testRule(pack, rule, mutates);
    if (result !== undefined) results.push(result);
    // Ctrl-C is noticed between two rules.
    await new Promise((done) => { setImmediate(done); });
  }
  progress.clear();
  return terminal.signal.aborted ? undefined : results;
}

function testRule(pack: CasePack, rule: TestedRule, mutates: boolean): TestedRuleResult {
  const { passed, findings } = runCases(pack, rule);
  const own = pack.casesOf(rule);
  const changed = mutates ? survivingMutants(pack, rule) : { tried: 0, findings: [] };
  return {
    rule, passed, cases: own === undefined ? 0 : own.match.length + own.ignore.length + own.timelines.length, mutants: changed.tried,
    findings: [...findings, ...missingCases(pack, rule), ...changed.findings],
  };
}

/** A filter has no cases of its own: those of its rules must notice it. */
function testFilter(pack: CasePack, rule: Extract<Rule, { readonly kind: 'filter' }>, mutates: boolean): TestedRuleResult | undefined {
  if (!mutates) return undefined;
  const tried = filterMutants(rule);
  return { rule, cases: 0, passed: 0, mutants: tried.length, findings: survivingFilterMutants(pack, rule, tried) };
}

const nameOf = ({ name, title }: Rule): string => name ?? title;

function resultLine({ rule, cases, passed, mutants, findings }: TestedRuleResult): string {
  const unnoticed = findings.filter(({ code }) => code === 'CASE_MUTANT').length;
  const parts = [...(rule.kind === 'filter' ? [] : [`${passed} of ${counted(cases, 'case')}`]), ...(mutants === 0 ? [] : [`${mutants - unnoticed} of ${counted(mutants, 'change')} noticed`])];
  return `${nameOf(rule)}: ${findings.length === 0 ? 'good' : counted(findings.length, 'finding')} (${parts.join(', ')})\n`;
}

function totals(results: readonly TestedRuleResult[], found: number): string {
  const { cases, passed, mutants, noticed } = sums(results);
  const score = mutants === 0 ? '' : `; ${noticed} of ${counted(mutants, 'change')} noticed: ${percent(noticed, mutants)} %`;
  return `${counted(results.filter(({ rule }) => rule.kind !== 'filter').length, 'rule')}, ${passed} of ${counted(cases, 'case')} passed${score}; ${found === 0 ? 'no findings' : counted(found, 'finding')}`;
}

interface Sums { readonly cases: number; readonly passed: number; readonly mutants: number; readonly noticed: number }

function sums(results: readonly TestedRuleResult[]): Sums {
  const total = (of: (result: TestedRuleResult) => number): number => results.reduce((sum, result) => sum + of(result), 0);
  const mutants = total((result) => result.mutants);
  return { cases: total(({ cases }) => cases), passed: total(({ passed }) => passed), mutants, noticed: mutants - total(({ findings }) => findings.filter(({ code }) => code === 'CASE_MUTANT').length) };
}

/** One decimal; 100 only for all. */
function percent(part: number, whole: number): string {
  return (part === whole ? 100 : Math.min(99.9, 100 * part / whole)).toFixed(1);
}

function jsonOf(results: readonly TestedRuleResult[], refusals: readonly Finding[]): object {
  const { cases, passed, mutants, noticed } = sums(results);
  return {
    rules: results.map(({ rule, findings, ...counts }) => ({ name: nameOf(rule), id: rule.id, file: rule.file, kind: rule.kind, cases: counts.cases, passed: counts.passed, mutants: counts.mutants, findings })),
    cases, passed, mutants, noticed, refused: refusals,
  };
}

function suiteOf({ rule, mutants, findings }: TestedRuleResult, { cases }: AuthoredRules): TestSuite {
  const own = cases.get(ruleKey(rule));
  const each = own === undefined ? [] : [...own.match, ...own.ignore, ...own.timelines];
  const isOfCase = ({ code }: Finding): boolean => code !== 'RULE_CASES_INCOMPLETE' && code !== 'RULE_NO_CASES' && code !== 'CASE_MUTANT';
  const ofCases = findings.filter(isOfCase);
  const rest = findings.filter((finding) => !isOfCase(finding) && finding.code !== 'CASE_MUTANT');
  return {
    name: nameOf(rule), file: rule.file,
    cases: [
      ...each.map(({ name, position }): TestCase => ({ name, failures: failuresOf(ofCases.filter(({ line, column }) => line === position.line && column === position.column)) })),
      ...(rule.kind === 'filter' ? [] : [{ name: 'every case that it needs is there', failures: failuresOf(rest) }]),
      ...(mutants === 0 ? [] : [{ name: 'every change of it is noticed', failures: failuresOf(findings.filter(({ code }) => code === 'CASE_MUTANT')) }]),
    ],
  };
}

function refusalSuite(refusals: readonly Finding[]): readonly TestSuite[] {
  return refusals.length === 0 ? [] : [{ name: 'rules that are refused', cases: refusals.map((finding) => ({ name: `${finding.file}:${finding.line}`, failures: failuresOf([finding]) })) }];
}

function failuresOf(findings: readonly Finding[]): TestCase['failures'] {
  return findings.map(({ code, message, remedy, file, line, column }) => ({ type: code, message, detail: `${file}:${line}:${column}${remedy === undefined ? '' : ` ${remedy}`}` }));
}
