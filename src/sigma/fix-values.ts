/** Corrections of values: wildcards that a modifier says better, flags inside regular expressions, regular expressions that are none. */
import type { YamlEntry, YamlScalar } from '../text/yaml-document.ts';
import { extentOf, isInline, quoted, replaceKey, type Edit, type FixRequest } from './edits.ts';
import { readRegex } from './regex.ts';
import type { RegexNode } from './rule.ts';
import { printTokens } from './tokens.ts';

const places = ['contains', 'startswith', 'endswith'];
const modifiersOf = ({ key }: YamlEntry): readonly string[] => key.text.split('|').slice(1);

/** The scalars of an entry; undefined where something else is among them, or a text over several lines. */
function scalarsOf({ value }: YamlEntry, text: string): readonly YamlScalar[] | undefined {
  const nodes = value.kind === 'list' ? value.items : [value];
  const scalars = nodes.filter((node): node is YamlScalar => node.kind === 'scalar' && isInline(node, text));
  return scalars.length === nodes.length ? scalars : undefined;
}

/** A text as a scalar: plain only when every reader of YAML takes it for the same text. */
function written(text: string): string {
  return /^[A-Za-z][A-Za-z0-9_./\\-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : quoted(text);
}

function rewrite(scalar: YamlScalar, text: string, by: string): Edit {
  return { ...extentOf(scalar, text), by: scalar.isPlain ? written(by) : quoted(by) };
}

/** `field: '*'` becomes `field|exists: true`. */
export function fixWildcardOnly({ entry, scalar, text }: FixRequest): readonly Edit[] {
  if (entry === undefined || scalar === undefined || entry.value !== scalar || modifiersOf(entry).length > 0) return [];
  return [replaceKey(entry, `${entry.key.text}|exists`), { ...extentOf(scalar, text), by: 'true' }];
}

/** The text without the wildcards at one or both of its ends. */
function bare(value: string, start: boolean, end: boolean): string {
  const head = start ? value.replace(/^\*+/, '') : value;
  if (!end || !head.endsWith('*')) return head;
  const cut = head.slice(0, head.length - (/\*+$/.exec(head)?.[0].length ?? 0));
  // An odd run of backslashes makes the first of the stars an ordinary character.
  return (/\\+$/.exec(cut)?.[0].length ?? 0) % 2 === 1 ? `${cut}*` : cut;
}

/** `field: '*x*'` becomes `field|contains: x`; beside contains, startswith and endswith the wildcard goes. */
export function fixWildcardEdge({ entry, scalar, text }: FixRequest): readonly Edit[] {
  if (entry === undefined || scalar === undefined || typeof scalar.value !== 'string') return [];
  const names = modifiersOf(entry);
  const scalars = scalarsOf(entry, text);
  if (scalars === undefined || scalars.some(({ value }) => typeof value !== 'string')) return [];
  if (names.some((name) => places.includes(name)) || /^\|?$/.test(entry.key.text.split('|')[0] ?? '')) {
    return [rewrite(scalar, text, bare(scalar.value, names.includes('contains') || names.includes('endswith'), names.includes('contains') || names.includes('startswith')))];
  }
  const [first] = scalars;
  if (first !== scalar) return [];
  const [starts, ends] = [scalar.value.startsWith('*'), bare(scalar.value, false, true) !== scalar.value];
  const edge = starts && ends ? 'contains' : starts ? 'endswith' : 'startswith';
  const all = names.at(-1) === 'all';
  const base = all ? entry.key.text.slice(0, -'|all'.length) : entry.key.text;
  return [replaceKey(entry, `${base}|${edge}${all ? '|all' : ''}`), ...scalars.map((one) => rewrite(one, text, bare(String(one.value), starts, ends)))];
}

/** `re: (?i)x` becomes `re|i: x`, when all values have the same flags. */
export function fixFlags({ entry, scalar, text }: FixRequest): readonly Edit[] {
  const scalars = entry === undefined ? undefined : scalarsOf(entry, text);
  if (entry === undefined || scalars === undefined || scalars[0] !== scalar) return [];
  const flags = scalars.map(({ source }) => /^\(\?([ims]{1,3})\)/.exec(source)?.[1]);
  const [own] = flags;
  if (own === undefined || flags.some((other) => other !== own)) return [];
  const missing = [...new Set(own)].filter((flag) => !modifiersOf(entry).includes(flag));
  const key = entry.key.text.replace(/\|re(?=\||$)/, ['|re', ...missing].join('|'));
  return [replaceKey(entry, key), ...scalars.map((one) => rewrite(one, text, one.source.slice(own.length + 3)))];
}

/** `re: ^x` becomes `startswith|cased: x`. */
export function fixNeedlessRegex({ entry, scalar, text }: FixRequest): readonly Edit[] {
  if (entry === undefined || scalar === undefined || entry.value !== scalar) return [];
  const names = modifiersOf(entry);
  if (names.some((name) => !['re', 'i', 'neq'].includes(name))) return [];
  const { expression } = readRegex(scalar.source, { ignoreCase: false, multiline: false, dotAll: false }, false);
  const plain = expression === undefined ? undefined : plainPart(expression.tree);
  if (plain === undefined || plain.literal === '') return [];
  const place = plain.atStart && plain.atEnd ? [] : plain.atStart ? ['startswith'] : plain.atEnd ? ['endswith'] : ['contains'];
  const key = [entry.key.text.split('|')[0] ?? '', ...place, ...(names.includes('i') ? [] : ['cased']), ...(names.includes('neq') ? ['neq'] : [])].join('|');
  return [replaceKey(entry, key), rewrite(scalar, text, printTokens([{ kind: 'text', text: plain.literal }]))];
}

/** The literal of an expression that is nothing but one and anchors; `.*` at an end is left to the author, because it does not cross lines. */
function plainPart(tree: RegexNode): { readonly literal: string; readonly atStart: boolean; readonly atEnd: boolean } | undefined {
  const nodes = tree.kind === 'sequence' ? tree.members : [tree];
  const atStart = nodes[0]?.kind === 'start';
  const atEnd = nodes.length > 1 && nodes.at(-1)?.kind === 'end';
  const inner = nodes.slice(atStart ? 1 : 0, atEnd ? -1 : undefined);
  return inner.every((node) => node.kind === 'literal') ? { literal: inner.map((node) => node.text).join(''), atStart, atEnd } : undefined;
}
