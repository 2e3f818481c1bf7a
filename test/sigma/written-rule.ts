/** Rules as records, for tests that are not about reading them. */
import type { Condition, Detection, DetectionItem, DetectionRule, ItemValue, LogSource, Search, SearchExpression, Token } from '../../src/sigma/rule.ts';

const position = { line: 1, column: 1 };

export function stringValue(tokens: readonly Token[], { isCased = false, windash = false } = {}): ItemValue {
  return { kind: 'string', tokens, isCased, windash };
}

/** @param field undefined: keywords */
export function itemOf(field: string | undefined, values: readonly ItemValue[], { needsAll = false, isNegated = false } = {}): DetectionItem {
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
