/** Rule files for tests: what a test is about stands first, so that its places can be counted; what every rule needs follows. */
import type { Finding } from '../../src/sigma/finding.ts';
import { readRules, type RulesReading } from '../../src/sigma/read-rules.ts';
import type { CorrelationRule, DetectionRule, FilterRule, Rule, SearchExpression } from '../../src/sigma/rule.ts';

export const ruleId = '0f0b7c1e-5d5d-4c39-9d0e-6a3f6f9f5c11';
export const otherId = '1f0b7c1e-5d5d-4c39-9d0e-6a3f6f9f5c12';
export const thirdId = '2f0b7c1e-5d5d-4c39-9d0e-6a3f6f9f5c13';
const rest: readonly string[] = ['title: Some rule', `id: ${ruleId}`, 'status: test', 'level: low', 'description: what it finds', 'falsepositives: [work that was announced]', 'tags: [vb365.access]', 'logsource: {product: vb365, service: restore}'];
export const plainDetection = 'detection: {selection: {vb365.operation: save}, condition: selection}';
export const plainCorrelation = "correlation: {type: event_count, rules: [x], group-by: [u], timespan: 5m, condition: {gte: 2}}";
export const plainFilter = 'filter: {rules: any, selection: {a: b}, condition: not selection}';

/** A rule that begins with the text (§ may mark a place in it); keys that the text gives at its top are left out of the rest, and so are those named. */
export function ruleText(text: string, without: readonly string[] = []): string {
  const given = new Set([...text.matchAll(/^§?([A-Za-z0-9_-]+):/gm)].map((found) => found[1]?.toLowerCase()));
  const keys = rest.filter((line) => !given.has(line.split(':')[0]) && !without.includes(line.split(':')[0] ?? ''));
  const isPlain = !['detection', 'correlation', 'filter', 'action'].some((key) => given.has(key)) && !without.includes('detection');
  const isOther = given.has('correlation');
  return [...text === '' ? [] : [text.replace(/\n$/, '')], ...isPlain ? [plainDetection] : [], ...isOther ? keys.filter((line) => !line.startsWith('logsource')) : given.has('filter') ? keys.filter((line) => !/^(?:status|level|tags|falsepositives)/.test(line)) : keys, ''].join('\n');
}

export const fileName = 'some_rule_of_ours.yml';
export const readText = (text: string): RulesReading => readRules(text, fileName);
/** `line:column CODE` of every finding. */
export const placesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ line, column, code }) => `${line}:${column} ${code}`);
/** `line:column CODE` of everything that is wrong with a rule that begins with the text. */
export const wrongWith = (text: string, without: readonly string[] = []): readonly string[] => placesOf(readText(ruleText(text, without)).findings);
export const errorsOf = (text: string): readonly string[] => readText(text).findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

/** The only rule of a text, which must be without errors. */
export function onlyRule(text: string): Rule {
  const { rules, findings } = readText(text);
  const [rule] = rules;
  if (rule === undefined || rules.length > 1) throw new Error(`${text}\n${JSON.stringify(findings, null, 1)}`);
  return rule;
}

export function onlyDetection(text: string): DetectionRule {
  const rule = onlyRule(text);
  if (rule.kind !== 'detection') throw new Error(text);
  return rule;
}

export function onlyCorrelation(text: string): CorrelationRule {
  const rule = onlyRule(text);
  if (rule.kind !== 'correlation') throw new Error(text);
  return rule;
}

export function onlyFilter(text: string): FilterRule {
  const rule = onlyRule(text);
  if (rule.kind !== 'filter') throw new Error(text);
  return rule;
}

/** What the search identifier `s` with this value becomes. */
export function searchOf(value: string): SearchExpression {
  const rule = onlyDetection(ruleText(`detection:\n  s: ${value}\n  condition: s`));
  const expression = rule.detection.searches.get('s')?.expression;
  if (expression === undefined) throw new Error(value);
  return expression;
}
