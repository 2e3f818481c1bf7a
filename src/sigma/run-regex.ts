/** Runs the expressions of rules in linear time: the tree is printed in the syntax of RE2, whatever its author wrote. */
import { RE2JS } from 're2js';
import type { RegexNode, RegexSource } from './rule.ts';

/** RE2 takes repetitions of repetitions up to this product. */
const maxRepeatProduct = 1_000;
const nothing = '[^\\x{0}-\\x{10FFFF}]';
const ends = { start: '\\A', end: '\\z' };
const lineEnds = { start: '^', end: '$' };

/**
 * A test that says whether the expression occurs anywhere in a text. `.` is any code point, without `s` not `\n`; `^` and `$` are the ends of the text,
 * with `m` of its lines; classes and borders are ASCII as the tree has them.
 *
 * @param bound values of placeholders, put in as they stand, none of their characters special; a placeholder without values fits nothing
 */
export function createRegexTest(expression: RegexSource, bound: (placeholder: string) => readonly string[] = () => []): (text: string) => boolean {
  const { ignoreCase, multiline, dotAll } = expression.flags;
  const program = RE2JS.compile(printNode(expression.tree, { multiline, bound }), (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0) | (dotAll ? RE2JS.DOTALL : 0));
  return (text) => program.test(text);
}

interface Printing { readonly multiline: boolean; readonly bound: (placeholder: string) => readonly string[] }

function printNode(node: RegexNode, printing: Printing): string {
  switch (node.kind) {
    case 'literal': return quote(node.text);
    case 'any': return '.';
    case 'start': case 'end': return (printing.multiline ? lineEnds : ends)[node.kind];
    case 'word-border': return '\\b';
    case 'no-word-border': return '\\B';
    case 'class': return printClass(node.ranges, node.isNegated);
    // Laziness says nothing about whether a text matches.
    case 'repeat': return printRepeat(`(?:${printNode(node.node, printing)})`, node.min, node.max, repeatProduct(node.node));
    case 'sequence': return node.members.map((member) => member.kind === 'choice' ? `(?:${printNode(member, printing)})` : printNode(member, printing)).join('');
    case 'choice': return node.members.map((member) => printNode(member, printing)).join('|');
    case 'group': return `(?:${printNode(node.node, printing)})`;
    case 'placeholder': return printing.bound(node.name).length === 0 ? nothing : `(?:${printing.bound(node.name).map(quote).join('|')})`;
  }
}

function printClass(ranges: readonly (readonly [number, number])[], isNegated: boolean): string {
  if (ranges.length === 0) return isNegated ? '(?s:.)' : nothing;
  return `[${isNegated ? '^' : ''}${ranges.map(([from, to]) => `${hex(from)}-${hex(to)}`).join('')}]`;
}

/** Counts inside counts whose product RE2 refuses are written out. */
function printRepeat(inner: string, min: number, max: number | undefined, innerProduct: number): string {
  if (min === 0 && max === undefined) return `${inner}*`;
  if (max === 0) return '(?:)';
  if (Math.max(min, max ?? min, 1) * innerProduct <= maxRepeatProduct) return `${inner}{${min},${max ?? ''}}`;
  if (max === undefined) return `${inner.repeat(min)}${inner}*`;
  return `${inner.repeat(min)}${`${inner}?`.repeat(max - min)}`;
}

function repeatProduct(node: RegexNode): number {
  switch (node.kind) {
    case 'repeat': {
      const inner = repeatProduct(node.node);
      const product = Math.max(node.min, node.max ?? node.min, 1) * inner;
      return product > maxRepeatProduct ? inner : product;
    }
    case 'sequence': case 'choice': return Math.max(1, ...node.members.map(repeatProduct));
    case 'group': return repeatProduct(node.node);
    default: return 1;
  }
}

function quote(text: string): string {
  return Array.from(text, (character) => /^[a-z0-9 ]$/i.test(character) ? character : hex(character.codePointAt(0) ?? 0)).join('');
}

function hex(codePoint: number): string {
  return `\\x{${codePoint.toString(16)}}`;
}
