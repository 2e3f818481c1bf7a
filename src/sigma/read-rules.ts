/** The text of a rule file becomes rules, and everything that is wrong with it becomes findings. */
import { readYamlFile, type YamlEntry, type YamlFault, type YamlMap, type YamlNode } from '../text/yaml-document.ts';
import { entryOf, formOf, mapOf, type Attributes } from './attributes.ts';
import type { Finding } from './finding.ts';
import { lintFile, lintScalars } from './lint-file.ts';
import { readCorrelation } from './read-correlation.ts';
import { readDetection } from './read-detection.ts';
import { readFilter } from './read-filter.ts';
import { knownKeys, readHead } from './read-head.ts';
import { readLogSource } from './read-logsource.ts';
import { byPlace, mostTelling, reportInto, type Report } from './report-finding.ts';
import type { Rule } from './rule.ts';
import { readSuppressions, type Suppression } from './suppressions.ts';

export interface RulesReading {
  /** those without an error, in the order of the file */
  readonly rules: readonly Rule[];
  /** everything that is wrong, by place; before suppressions, because only the last pass knows what they suppress */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
}
const kinds = ['detection', 'correlation', 'filter'] as const;

/**
 * Reads the rules of one file. Never throws. A rule with an error is left out, rules beside it are not.
 * @param file name for messages; its last part is compared with the name of the rule
 */
export function readRules(text: string, file: string): RulesReading {
  const findings: Finding[] = [];
  const { documents, faults, comments } = readYamlFile(text.startsWith('\ufeff') ? text.slice(1) : text);
  const reportFile = reportInto(findings, file);
  for (const fault of faults) reportFault(fault, reportFile);
  if (faults.length === 0 && documents.length === 0) reportFile('RULE_KIND', { line: 1, column: 1 }, 'the file holds no rule');
  const rules: Rule[] = [];
  for (const [index, { root, isReadable, faults: own }] of documents.entries()) {
    const found: Finding[] = [];
    const report = reportInto(found, file);
    for (const fault of own) reportFault(fault, report);
    const rule = isReadable ? readDocument(root, file, index, report) : undefined;
    if (isReadable) lintScalars(root, report);
    if (rule !== undefined && found.every(({ severity }) => severity !== 'error')) rules.push(rule);
    findings.push(...mostTelling(found));
  }
  lintFile(text, file, documents.length === 1 ? rules[0]?.name : undefined, reportFile);
  return { rules, findings: findings.sort(byPlace), suppressions: readSuppressions(comments, file) };
}

function reportFault(fault: YamlFault, report: Report): void {
  if (fault.kind === 'limit' && fault.message.startsWith('the file has')) report('RULE_TOO_BIG', fault, fault.message);
  else if (fault.kind === 'limit' && fault.message.startsWith('more than')) report('RULE_TOO_DEEP', fault, fault.message);
  else report('RULE_YAML', fault, fault.message);
}

function readDocument(root: YamlNode, file: string, document: number, report: Report): Rule | undefined {
  if (root.kind !== 'map') {
    report('RULE_KIND', root.at, `the document is ${formOf(root)}, not a rule`);
    return undefined;
  }
  const head: Attributes = { map: inLowerCase(root, report), path: '', report, places: new Map() };
  const action = entryOf(head, 'action');
  if (action?.value.kind === 'scalar' && /^(?:global|repeat|reset)$/.test(action.value.source)) {
    report('RULE_LEGACY_ACTION', action.key.at, `action: ${action.value.source} is not read`);
    return undefined;
  }
  const present = kinds.filter((kind) => entryOf(head, kind) !== undefined);
  const [kind] = present;
  if (kind === undefined || present.length > 1) {
    report('RULE_KIND', present.length > 1 ? entryOf(head, present[1] ?? '')?.key.at ?? root.at : root.at, present.length > 1 ? `the document has ${present.join(' and ')}` : 'the document has neither detection nor correlation nor filter');
    return undefined;
  }
  return readKind(kind, head, file, document);
}

function readKind(kind: Rule['kind'], attributes: Attributes, file: string, document: number): Rule | undefined {
  const head = readHead(attributes, kind, file, document);
  if (kind === 'correlation') {
    const source = entryOf(attributes, 'logsource');
    if (source !== undefined) attributes.report('RULE_SCHEMA', source.key.at, 'a correlation has no logsource: its rules have', 'drop it');
    const correlation = readCorrelation(attributes);
    return head === undefined || correlation === undefined ? undefined : { ...head, kind, correlation };
  }
  const logsource = readLogSource(attributes);
  if (kind === 'filter') {
    const filter = readFilter(attributes, head?.vb365.keepsOnly === true);
    return head === undefined || filter === undefined || logsource === undefined ? undefined : { ...head, kind, logsource, ...filter };
  }
  const section = mapOf(attributes, 'detection');
  const detection = section === undefined ? undefined : readDetection(section.map, attributes.report);
  const settle = attributes.places.get('vb365.settle');
  if (settle !== undefined && logsource?.service !== 'restore') attributes.report('RULE_SETTLE_SERVICE', settle, 'settle waits for revisions of restores');
  return head === undefined || detection === undefined || logsource === undefined ? undefined : { ...head, kind, logsource, detection };
}

/** Keys of the language in another case are read as what they mean, and pointed at. */
function inLowerCase(map: YamlMap, report: Report): YamlMap {
  const written = new Set(map.entries.map(({ key }) => key.text));
  const entries = map.entries.map((entry): YamlEntry => {
    const lower = entry.key.text.toLowerCase();
    if (lower === entry.key.text || !knownKeys.includes(lower)) return entry;
    report('RULE_KEY_CASE', entry.key.at, `${entry.key.text} is written in lower case`, `write ${lower}`);
    if (written.has(lower)) report('RULE_YAML', entry.key.at, `${lower} stands twice in one map`);
    return { ...entry, key: { ...entry.key, text: lower } };
  });
  return { ...map, entries };
}
