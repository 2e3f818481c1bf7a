/** Values that work but hardly mean what they say. */
import { maxDashesWritten } from '../limits.ts';
import type { YamlScalar } from '../text/yaml-document.ts';
import type { ModifierFamily } from './modifiers.ts';
import type { Report } from './report-finding.ts';
import type { ItemValue, Position, RegexNode, Token } from './rule.ts';
import { someRegexNode } from './regex.ts';
import { readTokens } from './tokens.ts';

export interface ItemLint {
  readonly scalars: readonly YamlScalar[];
  readonly family: ModifierFamily;
  readonly names: readonly string[];
  readonly isKeyword: boolean;
  /** what each scalar became */
  readonly groups: readonly (readonly ItemValue[])[];
  readonly position: Position;
  readonly report: Report;
}

/** Reports what is doubtful about the values of one item. */
export function lintValues(item: ItemLint): void {
  if (item.family === 'text') {
    for (const scalar of item.scalars) if (typeof scalar.value === 'string') lintText(scalar, scalar.value, item);
    lintEdges(item);
  }
  if (item.family !== 'regex') return;
  for (const [index, scalar] of item.scalars.entries()) {
    const [value] = item.groups[index] ?? [];
    if (value?.kind === 'regex') lintRegex(value.expression.tree, scalar, item.report);
  }
}

const places = ['contains', 'startswith', 'endswith'];
const isPlaced = (names: readonly string[]): boolean => names.some((name) => places.includes(name));

function lintText({ at }: YamlScalar, text: string, { names, isKeyword, report }: ItemLint): void {
  if (text === '') report('RULE_EMPTY_VALUE', at, isPlaced(names) || isKeyword ? 'the empty text is found in every value' : 'the empty text matches no event');
  if (text === '*' && !isKeyword) report('RULE_WILDCARD_ONLY', at, '* matches every value');
  if (/^\\\\[^\\]/.test(text)) report('RULE_UNC_PREFIX', at, 'the two backslashes at the beginning are read as one');
  else if (misleads(text)) report('RULE_BACKSLASH', at, 'a backslash before * or ? makes it an ordinary character, and two backslashes are read as one');
  if (!names.includes('expand') && /^%[A-Za-z0-9_.-]+%$/.test(text)) report('RULE_PLACEHOLDER_WITHOUT_EXPAND', at, `${text} is read as it stands`);
  const dashes = names.includes('windash') ? text.match(/\B[-/–—―]\b/g)?.length ?? 0 : 0;
  if (dashes > maxDashesWritten) report('RULE_WINDASH_EXPANSION', at, `the value has ${dashes} dashes at the beginning of words`);
}

/** An escaped wildcard, or two backslashes where one would do. Longer runs are written by people who know. */
function misleads(text: string): boolean {
  return [...text.matchAll(/\\+/g)].some(({ 0: run, index }) => {
    const next = text.charAt(index + run.length);
    return next === '*' || next === '?' ? run.length % 2 === 1 : run.length === 2 && index > 0;
  });
}

/** Which modifier would say what the wildcards at the edges say. */
function edgeOf(tokens: readonly Token[]): string | undefined {
  if (tokens.length < 2) return undefined;
  const [first, last] = [tokens[0]?.kind === 'any', tokens.at(-1)?.kind === 'any'];
  return first && last ? tokens.length > 2 ? 'contains' : undefined : first ? 'endswith' : last ? 'startswith' : undefined;
}

function lintEdges({ scalars, names, isKeyword, report, position }: ItemLint): void {
  const edges = scalars.map(({ value, source }) => typeof value === 'string' ? edgeOf(readTokens(source, names.includes('expand'))) : undefined);
  if (isPlaced(names) || isKeyword) {
    const isCovered = (edge: string | undefined): boolean => edge !== undefined && (isKeyword || names.includes('contains') || names.includes(edge));
    for (const [index, scalar] of scalars.entries()) if (isCovered(edges[index])) report('RULE_WILDCARD_EDGE', scalar.at, 'the wildcard at the edge changes nothing', 'drop it');
    return;
  }
  const [edge] = edges;
  if (edge !== undefined && edges.every((other) => other === edge)) report('RULE_WILDCARD_EDGE', scalars[0]?.at ?? position, `the wildcards at the edges say ${edge}`, `write |${edge} and drop them`);
}

function lintRegex(tree: RegexNode, { at }: YamlScalar, report: Report): void {
  const parts = tree.kind === 'sequence' ? tree.members : [tree];
  const isRun = (node: RegexNode | undefined): boolean => node?.kind === 'repeat' && node.node.kind === 'any' && node.min === 0 && node.max === undefined;
  const inner = parts.filter((node, index) => !((index === 0 && (node.kind === 'start' || isRun(node))) || (index === parts.length - 1 && (node.kind === 'end' || isRun(node)))));
  if (inner.length <= 1 && inner.every(({ kind }) => kind === 'literal')) report('RULE_REGEX_NEEDLESS', at, 'a plain comparison finds the same');
  else if (!someRegexNode(tree, ({ kind }) => kind === 'start' || kind === 'end')) report('RULE_REGEX_UNANCHORED', at, 'the expression is searched anywhere in the value');
}
