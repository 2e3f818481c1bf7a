/** `field|modifier: values` and keywords. */
import type { YamlKey, YamlNode, YamlScalar } from '../text/yaml-document.ts';
import { keyPlace } from './key-place.ts';
import { lintValues } from './lint-values.ts';
import { readModifiers } from './modifiers.ts';
import { readValue } from './read-value.ts';
import type { Report } from './report-finding.ts';
import { findingKind } from './finding-codes.ts';
import type { DetectionItem, ItemValue, Position, SearchExpression } from './rule.ts';

/** One entry of a map. Undefined after an error, which is reported. */
export function readItem(key: YamlKey, node: YamlNode, report: Report): SearchExpression | undefined {
  const [field = '', ...modifiers] = key.text.split('|');
  const { family, names, faults } = readModifiers(modifiers);
  const placeOf = (index: number): Position => keyPlace(key, [field, ...modifiers.slice(0, index)].join('|').length + 1);
  for (const { code, index, message, remedy } of faults) report(code, placeOf(index), message, remedy);
  if (faults.some(({ code }) => findingKind(code).severity === 'error')) return undefined;
  if (field === '' && family !== 'text' && family !== 'regex' && family !== 'base64') {
    report('RULE_MODIFIER_COMBINATION', key.at, `${modifiers.join('|')} needs a field before it`);
    return undefined;
  }
  const scalars = scalarsOf(node, key, report);
  if (scalars === undefined) return undefined;
  return itemOf({ field, modifiers, names, family, scalars, position: key.at, report });
}

/** Values without a field: searched everywhere. */
export function readKeywords(scalars: readonly YamlScalar[], position: Position, report: Report): SearchExpression | undefined {
  return itemOf({ field: '', modifiers: [], names: [], family: 'text', scalars, position, report });
}

interface ItemParts {
  readonly field: string;
  readonly modifiers: readonly string[];
  readonly names: readonly string[];
  readonly family: ReturnType<typeof readModifiers>['family'];
  readonly scalars: readonly YamlScalar[];
  readonly position: Position;
  readonly report: Report;
}

function itemOf({ field, modifiers, names, family, scalars, position, report }: ItemParts): SearchExpression | undefined {
  const isKeyword = field === '';
  const needsAll = names.includes('all');
  if (needsAll && scalars.length === 1) report('RULE_ALL_SINGLE', position, 'all needs at least two values');
  if (scalars.length > 1) {
    for (const { value, at } of scalars) if (value === null) report('RULE_NULL_IN_LIST', at, 'null stands among other values');
    if (scalars.some(({ value }) => value === null)) return undefined;
    if (family === 'exists') report('RULE_MODIFIER_VALUE', position, 'exists takes one value', 'write true or false');
  }
  const groups = scalars.map((scalar) => readValue(scalar, { family, names, isKeyword, report }));
  lintValues({ scalars, family, names, isKeyword, groups, position, report });
  const item = (values: readonly ItemValue[], isEvery: boolean): DetectionItem => (
    { kind: 'item', ...isKeyword ? {} : { field }, modifiers, values, needsAll: isEvery, isNegated: names.includes('neq'), position: { line: position.line, column: position.column } });
  // Every value is needed, but of each only one of its encoded forms.
  if (needsAll && groups.some((values) => values.length > 1)) return { kind: names.includes('neq') ? 'or' : 'and', members: groups.map((values) => item(values, false)) };
  return item(groups.flat(), needsAll);
}

function scalarsOf(node: YamlNode, key: YamlKey, report: Report): readonly YamlScalar[] | undefined {
  if (node.kind === 'scalar') return [node];
  if (node.kind === 'map') {
    report('RULE_SCHEMA', node.at, `${key.text} holds a map; values are texts, numbers, true, false or null`);
    return undefined;
  }
  if (node.items.length === 0) {
    report('RULE_EMPTY_LIST', node.at, `${key.text} has an empty list`);
    return undefined;
  }
  const wrong = node.items.filter(({ kind }) => kind !== 'scalar');
  for (const { at } of wrong) report('RULE_SCHEMA', at, `${key.text} holds a list or map among its values`);
  return wrong.length > 0 ? undefined : node.items.filter((item): item is YamlScalar => item.kind === 'scalar');
}
