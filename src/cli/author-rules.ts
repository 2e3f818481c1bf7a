/** What the commands of rule authors work on: the rules of the paths that are named, those beside them that they may refer to, the cases, and everything that is wrong. */
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { caseFinding } from '../detect/cases/case-codes.ts';
import type { CaseFile } from '../detect/cases/case-file.ts';
import { readCases } from '../detect/cases/read-cases.ts';
import { ruleKey } from '../detect/rule-identity.ts';
import type { Problem } from '../errors.ts';
import { builtInRules, readRuleTexts, type RuleText } from '../read/rule-texts.ts';
import { loadableRules } from '../sigma/check-rules.ts';
import type { Finding } from '../sigma/finding.ts';
import { readRules, type RulesReading } from '../sigma/read-rules.ts';
import { asPackFinding } from '../sigma/report-finding.ts';
import { indexRules } from '../sigma/rule-references.ts';
import type { Rule } from '../sigma/rule.ts';
import { suppressFindings } from '../sigma/suppressions.ts';
import { builtInPack, ruleKnowledge } from './load-rules.ts';

export interface AuthoredRules {
  /** files of the named paths, by the name they are shown under: relative where they lie below the current folder */
  readonly texts: readonly RuleText[];
  /** rules of these files that could be read, loaded or not */
  readonly read: readonly Rule[];
  /** rules of these files that may be loaded */
  readonly rules: readonly Rule[];
  /** loaded rules of the configuration or of the package that these may refer to */
  readonly beside: readonly Rule[];
  /** by key of the rule, of the named files and of those beside them that their timelines name */
  readonly cases: ReadonlyMap<string, CaseFile>;
  readonly findings: readonly Finding[];
  /** paths that could not be read */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks. Rules of the package are held to its full convention; a rule without cases is an error there and a warning elsewhere.
 * @param paths as typed; none: those of the configuration, and without one the shipped pack
 */
export function authorRules(paths: readonly string[], config: Config | undefined, cwd: string): AuthoredRules {
  const problems: Problem[] = [];
  const configured = (config?.rules.paths ?? ['builtin']).map((path) => path === 'builtin' ? builtInRules() : path);
  const named = paths.length === 0 ? configured : paths.map((path) => path === 'builtin' ? builtInRules() : resolve(cwd, path));
  const found = readRuleTexts(withSiblings(named), (problem) => { problems.push({ ...problem, ...(problem.file === undefined ? {} : { file: shownPath(problem.file, cwd) }) }); });
  const own = new Set(found.map(({ file }) => file));
  const texts = found.map((text) => ({ ...text, file: shownPath(text.file, cwd) }));
  const readings = texts.filter(({ isCases }) => !isCases).map(({ file, text }) => ({ file, ...readRules(text, file) }));
  const read = readings.flatMap(({ rules }) => rules);
  const around = rulesBeside(config, own);
  const knowledge = ruleKnowledge(config);
  const checked = loadableRules([...around, ...read], knowledge);
  const isOwn = new Set(read);
  const cases = casesOf(texts, readings);
  const rules = checked.rules.filter((rule) => isOwn.has(rule));
  const beside = checked.rules.filter((rule) => !isOwn.has(rule));
  const shown = new Set(texts.map(({ file }) => file));
  const inPack = (file: string): boolean => isBelow(resolve(cwd, file), builtInRules());
  const ofRules = suppressFindings([...readings.flatMap((reading) => reading.findings), ...checked.findings.filter(({ file }) => shown.has(file))], readings.flatMap(({ suppressions }) => suppressions));
  const without = rules.filter((rule) => rule.kind !== 'filter' && !cases.byRule.has(ruleKey(rule))).map((rule): Finding => ({
    ...caseFinding('RULE_NO_CASES', rule.file, rule.position, `${rule.name ?? rule.title} has no cases`), severity: inPack(rule.file) ? 'error' : 'warning',
  }));
  return {
    texts, read, rules, beside, problems,
    cases: new Map([...casesBeside(cases.byRule, rules, beside), ...cases.byRule]),
    findings: [...ofRules.map((finding) => inPack(finding.file) ? asPackFinding(finding) : finding), ...cases.findings, ...without].sort(byPlace),
  };
}

/** Relative where the file lies below the folder, with slashes. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/');
}

const byPlace = (a: Finding, b: Finding): number => a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;

function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}

/** Whoever names a rule means its cases too, and the other way round. */
function withSiblings(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => {
    if (!/\.ya?ml$/i.test(path)) return [path];
    const sibling = /\.test\.ya?ml$/i.test(path) ? path.replace(/\.test(\.ya?ml)$/i, '$1') : path.replace(/(\.ya?ml)$/i, '.test$1');
    return existsSync(path) && existsSync(sibling) ? [path, sibling] : [path];
  }))];
}

/** What is loaded beside the named files: nothing of them twice. */
function rulesBeside(config: Config | undefined, own: ReadonlySet<string>): readonly Rule[] {
  const paths = config?.rules.paths ?? ['builtin'];
  const shipped = paths.includes('builtin') ? builtInPack().filter(({ file }) => !own.has(join(builtInRules(), file))).map((rule) => ({ ...rule, file: join(builtInRules(), rule.file) })) : [];
  const others = readRuleTexts(paths.filter((path) => path !== 'builtin'), () => undefined).filter(({ file, isCases }) => !isCases && !own.has(file));
  return [...shipped, ...others.flatMap(({ text, file }) => readRules(text, file).rules)];
}

interface Cases { readonly byRule: ReadonlyMap<string, CaseFile>; readonly findings: readonly Finding[] }

function casesOf(texts: readonly RuleText[], readings: readonly (RulesReading & { readonly file: string })[]): Cases {
  const byRule = new Map<string, CaseFile>();
  const findings: Finding[] = [];
  const ofFile = new Map(readings.map((reading) => [reading.file, reading]));
  for (const { file, text } of texts.filter(({ isCases }) => isCases)) {
    const reading = ofFile.get(file.replace(/\.test(\.ya?ml)$/i, '$1'));
    if (reading === undefined) findings.push(caseFinding('CASE_ORPHAN', file, { line: 1, column: 1 }, 'no rule belongs to these cases'));
    const { cases, findings: own } = readCases(text, file);
    findings.push(...own);
    if (cases !== undefined && reading !== undefined) for (const [rule, part] of divided(cases, reading.rules)) byRule.set(ruleKey(rule), part);
  }
  return { byRule, findings };
}

/** A file may hold a rule and the correlation over it: events are cases of the one, timelines of the other. */
function divided(cases: CaseFile, rules: readonly Rule[]): readonly (readonly [Rule, CaseFile])[] {
  const detection = rules.find(({ kind }) => kind === 'detection');
  const correlation = rules.findLast(({ kind }) => kind === 'correlation');
  if (detection !== undefined && correlation !== undefined) return [[detection, { ...cases, timelines: [] }], [correlation, { ...cases, match: [], ignore: [] }]];
  const only = detection ?? correlation;
  return only === undefined ? [] : [[only, cases]];
}

/** Timelines may name rules that lie elsewhere: the first match of those is needed, and the lists of what correlations refer to. */
function casesBeside(own: ReadonlyMap<string, CaseFile>, rules: readonly Rule[], beside: readonly Rule[]): readonly (readonly [string, CaseFile])[] {
  const find = indexRules([...rules, ...beside]);
  const needed = new Set<Rule>();
  const add = (rule: Rule | undefined): void => {
    if (rule === undefined || needed.has(rule)) return;
    needed.add(rule);
    if (rule.kind === 'correlation') for (const name of rule.correlation.rules) add(find(name));
  };
  rules.forEach(add);
  for (const { timelines } of own.values()) for (const { entries } of timelines) for (const entry of entries) if (entry.kind === 'event' && entry.match !== undefined) add(find(entry.match));
  return beside.filter((rule) => needed.has(rule)).flatMap((rule) => {
    const file = rule.file.replace(/(\.ya?ml)$/i, '.test$1');
    const [text] = existsSync(file) ? readRuleTexts([file], () => undefined) : [];
    const cases = text === undefined ? undefined : readCases(text.text, text.file).cases;
    return cases === undefined ? [] : [[ruleKey(rule), cases] as const];
  });
}
