/** Search identifiers and the condition over them: the sections `detection` and `filter`. */
import { maxSearchIdentifiers } from '../limits.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../text/yaml-document.ts';
import { readCondition, reservedNames, usedNames } from './read-condition.ts';
import { readItem, readKeywords } from './read-item.ts';
import type { Report } from './report-finding.ts';
import type { Condition, Detection, Search, SearchExpression } from './rule.ts';

/**
 * Reads a section; every problem is reported, and the result is only to be used when none of them is an error.
 * @param skipped keys of the section that are no identifiers
 */
export function readDetection(section: YamlMap, report: Report, skipped: readonly string[] = []): Detection | undefined {
  const entries = section.entries.filter(({ key }) => !skipped.includes(key.text));
  const condition = entries.find(({ key }) => key.text === 'condition');
  const timeframe = entries.find(({ key }) => key.text === 'timeframe');
  if (timeframe !== undefined) report('RULE_TIMEFRAME', timeframe.key.at, 'timeframe is not part of a detection');
  const named = entries.filter((entry) => entry !== condition && entry !== timeframe);
  if (named.length === 0) report('RULE_SCHEMA', section.at, 'the section has no search identifier', 'add an identifier, for example selection');
  if (named.length > maxSearchIdentifiers) {
    report('RULE_SCHEMA', named[maxSearchIdentifiers]?.key.at ?? section.at, `the section has ${named.length} identifiers; at most ${maxSearchIdentifiers} are read`, 'put values into lists');
    return undefined;
  }
  const searches = new Map<string, Search>();
  for (const { key, value } of named) {
    if (!/^[A-Za-z0-9_-]+$/.test(key.text)) report('RULE_SCHEMA', key.at, `'${key.text.slice(0, 60)}' is no name for an identifier`, 'use letters, digits, _ and -');
    else if (reservedNames.has(key.text.toLowerCase())) report('RULE_CONDITION_SYNTAX', key.at, `${key.text} is a word of conditions and names no identifier`, 'rename it');
    const expression = readSearch(value, report, key.text);
    if (expression !== undefined) searches.set(key.text, { name: key.text, position: { line: key.at.line, column: key.at.column }, expression });
  }
  if (condition === undefined) {
    report('RULE_SCHEMA', section.at, 'condition is missing', 'add `condition:` over the identifiers');
    return undefined;
  }
  const tree = readConditions(condition, named.map(({ key }) => key.text), report);
  if (tree === undefined) return undefined;
  const used = new Set(usedNames(tree));
  for (const { key } of named) if (!used.has(key.text)) report('RULE_IDENTIFIER_UNUSED', key.at, `the condition does not use ${key.text}`);
  return { searches, condition: tree };
}

/** A text, or a list of texts of which one suffices. */
function readConditions({ key, value }: YamlEntry, identifiers: readonly string[], report: Report): Condition | undefined {
  const texts = value.kind === 'list' ? value.items : [value];
  if (value.kind === 'list') {
    report('RULE_CONDITION_LIST', value.at, 'the condition is a list');
    if (texts.length === 0) report('RULE_EMPTY_LIST', value.at, 'the condition is an empty list');
  }
  const members: Condition[] = [];
  for (const text of texts) {
    if (text.kind !== 'scalar' || typeof text.value === 'boolean' || text.value === null) {
      report('RULE_SCHEMA', text.kind === 'scalar' && text.value === null ? key.at : text.at, 'a condition is a text');
      continue;
    }
    const { condition, faults } = readCondition(text.source, identifiers);
    for (const { code, index, message, remedy } of faults) report(code, text.locate(index), message, remedy);
    if (condition !== undefined) members.push(condition);
  }
  const [only] = members;
  if (members.length < texts.length || only === undefined) return undefined;
  return members.length === 1 ? only : { kind: 'or', members };
}

function readSearch(node: YamlNode, report: Report, name: string): SearchExpression | undefined {
  if (node.kind === 'scalar') {
    if (node.value === null) {
      report('RULE_EMPTY_SELECTION', node.at, `${name} has no content`);
      return undefined;
    }
    report('RULE_SCALAR_SELECTION', node.at, `${name} holds one bare value`);
    return keywords([node], node, report);
  }
  if (node.kind === 'map') return readMap(node, report, name);
  if (node.items.length === 0) {
    report('RULE_EMPTY_SELECTION', node.at, `${name} is an empty list`);
    return undefined;
  }
  const scalars = node.items.filter((item): item is YamlScalar => item.kind === 'scalar');
  if (scalars.length === node.items.length) return keywords(scalars, node, report);
  const isMixed = scalars.length > 0 || node.items.some(({ kind }) => kind === 'list');
  if (isMixed) report('RULE_MIXED_LIST', node.at, `${name} mixes values, maps and lists`);
  return joined('or', node.items.map((item) => item.kind === 'scalar' ? keywords([item], item, report) : readSearch(item, report, name)));
}

function keywords(scalars: readonly YamlScalar[], node: YamlNode, report: Report): SearchExpression | undefined {
  report('RULE_KEYWORD_SEARCH', node.at, 'values without a field are searched everywhere');
  return readKeywords(scalars, { line: node.at.line, column: node.at.column }, report);
}

function readMap(node: YamlMap, report: Report, name: string): SearchExpression | undefined {
  if (node.entries.length === 0) {
    report('RULE_EMPTY_SELECTION', node.at, `${name} is an empty map`);
    return undefined;
  }
  return joined('and', node.entries.map(({ key, value }) => {
    if (key.text === '' || key.text.startsWith('|')) report('RULE_KEYWORD_SEARCH', key.at, 'values without a field are searched everywhere');
    return readItem(key, value, report);
  }));
}

function joined(kind: 'and' | 'or', members: readonly (SearchExpression | undefined)[]): SearchExpression | undefined {
  const present = members.filter((member) => member !== undefined);
  const [only] = present;
  return present.length < 2 ? only : { kind, members: present };
}
