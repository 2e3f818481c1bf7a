/** Rules as records, for tests that are not about reading them. */
import { findingKind } from '../../src/sigma/finding-codes.ts';
import { readDetection } from '../../src/sigma/read-detection.ts';
import type { Condition, Detection, DetectionItem, DetectionRule, ItemValue, LogSource, Search, SearchExpression, Token } from '../../src/sigma/rule.ts';
import { readYamlFile } from '../../src/text/yaml-document.ts';

const position = { line: 1, column: 1 };

export function stringValue(tokens: readonly Token[], { isCased = false, windash = false }: { readonly isCased?: boolean; readonly windash?: boolean } = {}): ItemValue {
  return { kind: 'string', tokens, isCased, windash };
}

/** @param field undefined: keywords */
export function itemOf(field: string | undefined, values: readonly ItemValue[], { needsAll = false, isNegated = false }: { readonly needsAll?: boolean; readonly isNegated?: boolean } = {}): DetectionItem {
  return { kind: 'item', ...field === undefined ? {} : { field }, modifiers: [], values, needsAll, isNegated, position };
}

/** A detection of one search identifier `selection`. */
export function detectionOf(field: string | undefined, values: readonly ItemValue[]): Detection {
  return detectionWith({ selection: itemOf(field, values) }, { kind: 'search', name: 'selection' });
}

export function detectionWith(searches: Readonly<Record<string, SearchExpression>>, condition: Condition): Detection {
  return { searches: new Map(Object.entries(searches).map(([name, expression]): [string, Search] => [name, { name, position, expression }])), condition };
}

export function ruleOf(id: string, detection: Detection, logsource: Omit<LogSource, 'custom'> = { product: 'vb365', service: 'restore' }): DetectionRule {
  return {
    kind: 'detection', title: `rule ${id}`, id, references: [], related: [], fields: [], falsepositives: [], tags: [], scope: [], vb365: {}, custom: {}, file: 'test.yml', document: 0, position,
    logsource: { ...logsource, custom: {} }, detection,
  };
}

/** The detection that a text describes; a text that is no detection fails the test. */
export function readDetectionText(text: string): Detection {
  const root = readYamlFile(text).documents[0]?.root;
  const problems: string[] = [];
  const detection = root?.kind === 'map' ? readDetection(root, (code, _at, message) => { if (findingKind(code).severity === 'error') problems.push(`${code} ${message}`); }) : undefined;
  if (detection === undefined || problems.length > 0) throw new Error(`${text}\n${problems.join('\n')}`);
  return detection;
}
