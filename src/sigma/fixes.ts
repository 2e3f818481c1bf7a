/** How each finding that can be corrected without thinking is corrected, as edits of the text. */
import { editDistance } from '../text/nearest-name.ts';
import type { YamlEntry } from '../text/yaml-document.ts';
import { extentOf, quoted, replaceKey, type Edit, type Fix, type FixRequest } from './edits.ts';
import { fixFlags, fixNeedlessRegex, fixWildcardEdge, fixWildcardOnly } from './fix-values.ts';
import { knownKeys } from './read-head.ts';

/** By code of the finding. */
export const fixes: ReadonlyMap<string, Fix> = new Map<string, Fix>([
  ['RULE_YAML_AMBIGUOUS', quote],
  ['RULE_KEY_CASE', ({ entry }) => entry === undefined ? [] : [replaceKey(entry, entry.key.text.toLowerCase())]],
  ['RULE_KEY_UNKNOWN', correctKey],
  ['RULE_TAG_DUPLICATE', dropItem],
  ['RULE_ATTACK_REVOKED', replaceTag],
  ['RULE_ALL_SINGLE', ({ entry }) => entry === undefined ? [] : [replaceKey(entry, withoutModifier(entry, 'all'))]],
  ['RULE_ALL_POSITION', ({ entry }) => entry === undefined ? [] : [replaceKey(entry, `${withoutModifier(entry, 'all')}|all`)]],
  ['RULE_WILDCARD_ONLY', fixWildcardOnly],
  ['RULE_WILDCARD_EDGE', fixWildcardEdge],
  ['RULE_REGEX_INLINE_FLAG', fixFlags],
  ['RULE_REGEX_NEEDLESS', fixNeedlessRegex],
  ['RULE_NUMBER_QUOTED', ({ scalar, text }) => scalar === undefined || scalar.isPlain ? [] : [{ ...extentOf(scalar, text), by: String(scalar.value) }]],
  ['RULE_OPERATOR_CASE', lowerOperator],
  ['RULE_COUNTS_RESTORES', countRestores],
  ['RULE_FILTER_LEVEL', ({ entry, text }) => entry === undefined ? [] : dropLine(text, entry.key.at.offset, entry.key.at.column)],
]);

function withoutModifier({ key }: YamlEntry, name: string): string {
  return key.text.split('|').filter((part, index) => index === 0 || part !== name).join('|');
}

function quote({ entry, scalar, text }: FixRequest): readonly Edit[] {
  if (scalar !== undefined) return [{ ...extentOf(scalar, text), by: quoted(scalar.source) }];
  return entry?.key.isPlain !== true ? [] : [{ from: entry.key.at.offset, to: entry.key.at.offset + entry.key.text.length, by: quoted(entry.key.text) }];
}

function correctKey({ entry, map }: FixRequest): readonly Edit[] {
  const key = entry?.key.text ?? '';
  const near = knownKeys.find((known) => editDistance(key, known) <= 1) ?? knownKeys.find((known) => editDistance(key, known) <= 2);
  return entry === undefined || near === undefined || map?.entries.some(({ key: other }) => other.text === near) === true ? [] : [replaceKey(entry, near)];
}

/** A word of the condition in lower case. */
function lowerOperator({ text, offset }: FixRequest): readonly Edit[] {
  const word = /^[A-Za-z]{2,4}/.exec(text.slice(offset, offset + 5))?.[0] ?? '';
  return ['and', 'or', 'not', 'of', 'all', 'any', 'them'].includes(word.toLowerCase()) && word !== word.toLowerCase() ? [{ from: offset, to: offset + word.length, by: word.toLowerCase() }] : [];
}

/** One member of a list: its whole line in block style, itself and one comma in flow style. */
function dropItem({ scalar, siblings, text }: FixRequest): readonly Edit[] {
  if (scalar === undefined || (siblings?.length ?? 0) < 2) return [];
  const { from, to } = extentOf(scalar, text);
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  if (/^\s*-\s+$/.test(text.slice(lineStart, from))) return dropLine(text, from, from - lineStart + 1);
  const before = /,\s*$/.exec(text.slice(lineStart, from))?.[0] ?? '';
  const after = before === '' ? /^\s*,\s*/.exec(text.slice(to))?.[0] ?? '' : '';
  return before === '' && after === '' ? [] : [{ from: from - before.length, to: to + after.length, by: '' }];
}

/** The line of a place, with its end, when nothing of it is needed. */
function dropLine(text: string, offset: number, column: number): readonly Edit[] {
  const from = offset - column + 1;
  const end = text.indexOf('\n', offset);
  // A flow map, or a value that goes on in the next line, is more than its line.
  if (!/^\s*(?:-\s+|[A-Za-z_]+\s*:\s*)?\S*\s*(?:#.*)?$/.test(text.slice(from, end === -1 ? text.length : end))) return [];
  return [{ from, to: end === -1 ? text.length : end + 1, by: '' }];
}

/** The technique or tactic that took its place, when there is exactly one that the rule does not name already. */
function replaceTag(request: FixRequest): readonly Edit[] {
  const { scalar, siblings = [], attack, text } = request;
  const tag = String(scalar?.value ?? '');
  if (scalar === undefined) return [];
  if (/^attack\.ds\d{4}$/.test(tag)) return dropItem(request);
  const successors = attack?.replaced.get(tag.slice('attack.'.length)) ?? [];
  const [successor] = successors;
  if (successor === undefined || successors.length > 1) return [];
  const by = `attack.${successor}`;
  if (siblings.some((other) => other.kind === 'scalar' && other.value === by)) return dropItem(request);
  const { from, to } = extentOf(scalar, text);
  return [{ from, to, by: scalar.isPlain ? by : quoted(by) }];
}

/** Restores are counted by their id: another type, and the field in the condition. */
function countRestores({ scalar, above, text }: FixRequest): readonly Edit[] {
  const section = above.at(-1)?.value;
  const condition = section?.kind === 'map' ? section.entries.find(({ key }) => key.text === 'condition')?.value : undefined;
  if (scalar === undefined || condition?.kind !== 'map') return [];
  const [first] = condition.entries;
  if (first === undefined || condition.entries.some(({ key }) => key.text === 'field')) return [];
  const at = first.key.at.offset;
  const isFlow = text.charAt(condition.at.offset) === '{';
  const by = isFlow ? 'field: vb365.restore.id, ' : `field: vb365.restore.id\n${' '.repeat(first.key.at.column - 1)}`;
  return [{ ...extentOf(scalar, text), by: 'value_count' }, { from: at, to: at, by }];
}
