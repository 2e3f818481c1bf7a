/**
 * Regular expressions of the language, read into a tree. Engines accept more than the language does, and each something else, so the subset is held here:
 * literals, `.`, `^ $`, `* + ? {n,m}`, classes, alternatives, groups, `\b \B \d \D \s \S \w \W`, escaped punctuation, `\t \n \r \f \xHH`.
 */
import { maxRegexLength, maxRegexNesting, maxRegexNodes, maxRegexRepeat } from '../limits.ts';
import { invertRanges, joinRanges, namedClasses, type Ranges } from './regex-classes.ts';
import type { RegexNode, RegexSource } from './rule.ts';

/** `index` counts UTF-16 units of the expression as given. */
export interface RegexFault { readonly kind: 'syntax' | 'unsupported'; readonly message: string; readonly index: number }
export type RegexFlags = RegexSource['flags'];
export interface RegexReading {
  /** undefined with a fault */
  readonly expression?: RegexSource;
  readonly fault?: RegexFault;
  /** flags that the expression itself begins with, for example `i` of `(?i)` */
  readonly inlineFlags: string;
}
interface Cursor { readonly chars: readonly string[]; at: number; depth: number; readonly expands: boolean }

/**
 * Reads an expression. Never throws; the first fault ends the reading.
 * @param flags from the sub-modifiers; those that the expression begins with are added
 * @param expands `%name%` is a placeholder, `\%` a percent sign
 */
export function readRegex(text: string, flags: RegexFlags, expands = false): RegexReading {
  const source = text.normalize('NFC');
  if (source.length > maxRegexLength) return failed('unsupported', `the expression has ${source.length} characters; at most ${maxRegexLength} are read`, 0);
  const inline = /^\(\?([ims]+)\)/.exec(source);
  const inlineFlags = inline?.[1] ?? '';
  const cursor: Cursor = { chars: [...source], at: inline?.[0].length ?? 0, depth: 0, expands };
  const tree = readChoice(cursor);
  if (isFault(tree)) return { fault: { ...tree, index: unitIndex(cursor, tree.index) }, inlineFlags };
  if (cursor.at < cursor.chars.length) return { ...failed('syntax', 'this parenthesis closes nothing', unitIndex(cursor, cursor.at)), inlineFlags };
  const size = expandedSize(tree);
  if (size > maxRegexNodes) return { ...failed('unsupported', `the repetitions written out are more than ${maxRegexNodes} characters`, 0), inlineFlags };
  const allFlags = { ignoreCase: flags.ignoreCase || inlineFlags.includes('i'), multiline: flags.multiline || inlineFlags.includes('m'), dotAll: flags.dotAll || inlineFlags.includes('s') };
  return { expression: { source, flags: allFlags, tree }, inlineFlags };
}

const failed = (kind: RegexFault['kind'], message: string, index: number): RegexReading => ({ fault: { kind, message, index }, inlineFlags: '' });
const fault = (kind: RegexFault['kind'], message: string, index: number): RegexFault => ({ kind, message, index });
const isFault = (result: RegexNode | RegexFault | Ranges | number): result is RegexFault => typeof result === 'object' && 'message' in result;
const unitIndex = ({ chars }: Cursor, index: number): number => chars.slice(0, index).join('').length;

function readChoice(cursor: Cursor): RegexNode | RegexFault {
  const members: RegexNode[] = [];
  for (;;) {
    const member = readSequence(cursor);
    if (isFault(member)) return member;
    members.push(member);
    if (cursor.chars[cursor.at] !== '|') break;
    cursor.at += 1;
  }
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : { kind: 'choice', members };
}

function readSequence(cursor: Cursor): RegexNode | RegexFault {
  const members: RegexNode[] = [];
  while (cursor.at < cursor.chars.length && cursor.chars[cursor.at] !== '|' && cursor.chars[cursor.at] !== ')') {
    const begin = cursor.at;
    const atom = readAtom(cursor);
    if (isFault(atom)) return atom;
    const node = readRepeat(cursor, atom, begin);
    if (isFault(node)) return node;
    const last = members.at(-1);
    if (node.kind === 'literal' && last?.kind === 'literal') members[members.length - 1] = { kind: 'literal', text: last.text + node.text };
    else members.push(node);
  }
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : { kind: 'sequence', members };
}

function readAtom(cursor: Cursor): RegexNode | RegexFault {
  const { chars } = cursor;
  const begin = cursor.at;
  const char = chars[begin] ?? '';
  cursor.at += 1;
  switch (char) {
    case '.': return { kind: 'any' };
    case '^': return { kind: 'start' };
    case '$': return { kind: 'end' };
    case '*': case '+': case '?': return fault('syntax', `${char} repeats nothing`, begin);
    case '(': return readGroup(cursor, begin);
    case '[': return readClass(cursor, begin);
    case '\\': return readEscape(cursor, begin);
    case '{':
      if (/^\{(\d+(,\d*)?|,\d+)\}/.test(chars.slice(begin, begin + 16).join(''))) return fault('syntax', 'this count repeats nothing', begin);
      return { kind: 'literal', text: char };
    case '%': {
      const name = cursor.expands ? /^%([A-Za-z0-9_.-]{1,64})%/.exec(chars.slice(begin, begin + 70).join(''))?.[1] : undefined;
      if (name === undefined) return { kind: 'literal', text: char };
      cursor.at = begin + name.length + 2;
      return { kind: 'placeholder', name };
    }
    default: return { kind: 'literal', text: char };
  }
}

const groupForms: readonly (readonly [RegExp, string])[] = [
  [/^\(\?<?[=!]/, 'look-around'], [/^\(\?P?<[A-Za-z_]|^\(\?'/, 'a named group'], [/^\(\?P[=>]|^\(\?[R&0-9+-]\d*\)/, 'a reference to a group'], [/^\(\?>/, 'an atomic group'],
  [/^\(\?\(/, 'a conditional'], [/^\(\?#/, 'a comment'], [/^\(\?\|/, 'a branch reset'], [/^\(\?[a-zA-Z^-]+[):]/, 'a flag that is not at the beginning, or not i, m or s,'], [/^\(\*/, 'a verb'],
];

function readGroup(cursor: Cursor, begin: number): RegexNode | RegexFault {
  const ahead = cursor.chars.slice(begin, begin + 16).join('');
  const captures = !ahead.startsWith('(?:');
  if (captures && /^\(\?/.test(ahead)) {
    const form = groupForms.find(([pattern]) => pattern.test(ahead))?.[1];
    return form === undefined ? fault('syntax', '? repeats nothing', begin + 1) : fault('unsupported', `${form} is not part of the language`, begin);
  }
  if (cursor.depth >= maxRegexNesting) return fault('unsupported', `groups nest more than ${maxRegexNesting} deep`, begin);
  cursor.at = begin + (captures ? 1 : 3);
  cursor.depth += 1;
  const node = readChoice(cursor);
  cursor.depth -= 1;
  if (isFault(node)) return node;
  if (cursor.chars[cursor.at] !== ')') return fault('syntax', 'this parenthesis is never closed', begin);
  cursor.at += 1;
  return { kind: 'group', node, captures };
}

const controls: ReadonlyMap<string, string> = new Map([['t', '\t'], ['n', '\n'], ['r', '\r'], ['f', '\f']]);
const refusedEscapes: readonly (readonly [RegExp, string])[] = [
  [/^[AzZG]$/, 'the anchor'], [/^[pP]$/, 'the Unicode property'], [/^[1-9]$/, 'the back-reference'], [/^[kg]$/, 'the reference to a group'], [/^[QE]$/, 'the quotation'], [/^[uUN]$/, 'the Unicode escape'],
];
const refusal = (char: string): string => `${refusedEscapes.find(([pattern]) => pattern.test(char))?.[1] ?? 'the escape'} \\${char} is not part of the language`;

function readEscape(cursor: Cursor, begin: number): RegexNode | RegexFault {
  const char = cursor.chars[cursor.at];
  if (char === 'b' || char === 'B') {
    cursor.at += 1;
    return { kind: char === 'b' ? 'word-border' : 'no-word-border' };
  }
  const ranges = namedClasses.get(char?.toLowerCase() ?? '');
  if (char !== undefined && ranges !== undefined) {
    cursor.at += 1;
    return { kind: 'class', isNegated: char !== char.toLowerCase(), ranges };
  }
  const code = readEscapedChar(cursor, begin);
  return isFault(code) ? code : { kind: 'literal', text: String.fromCodePoint(code) };
}

/** The code point of an escape that stands for one character; the cursor stands behind the backslash. */
function readEscapedChar(cursor: Cursor, begin: number): number | RegexFault {
  const char = cursor.chars[cursor.at];
  if (char === undefined) return fault('syntax', 'a backslash at the end escapes nothing', begin);
  cursor.at += 1;
  if (char === 'x') {
    const digits = cursor.chars.slice(cursor.at, cursor.at + 2).join('');
    if (!/^[0-9A-Fa-f]{2}$/.test(digits)) return fault('syntax', '\\x takes two hexadecimal digits', begin);
    cursor.at += 2;
    return Number.parseInt(digits, 16);
  }
  const control = controls.get(char);
  if (control === undefined && !/^[!-/:-@[-`{-~ ]$/.test(char)) return fault('unsupported', refusal(char), begin);
  return (control ?? char).codePointAt(0) ?? 0;
}

function readClass(cursor: Cursor, begin: number): RegexNode | RegexFault {
  const { chars } = cursor;
  const isNegated = chars[cursor.at] === '^';
  if (isNegated) cursor.at += 1;
  const ranges: (readonly [number, number])[] = [];
  for (let isFirst = true; ; isFirst = false) {
    if (cursor.at >= chars.length) return fault('syntax', 'this class is never closed', begin);
    if (chars[cursor.at] === ']' && !isFirst) break;
    const place = cursor.at;
    const from = readClassMember(cursor);
    if (isFault(from)) return from;
    const isRange = chars[cursor.at] === '-' && chars[cursor.at + 1] !== ']' && chars[cursor.at + 1] !== undefined;
    if (!isRange) { ranges.push(...typeof from === 'number' ? [[from, from] as const] : from); continue; }
    cursor.at += 1;
    const to = readClassMember(cursor);
    if (isFault(to)) return to;
    if (typeof from !== 'number' || typeof to !== 'number') return fault('syntax', 'a range goes from one character to another', place);
    if (from > to) return fault('syntax', `the range ${chars.slice(place, cursor.at).join('')} runs backwards`, place);
    ranges.push([from, to]);
  }
  cursor.at += 1;
  return { kind: 'class', isNegated, ranges: joinRanges(ranges) };
}

function readClassMember(cursor: Cursor): number | Ranges | RegexFault {
  const begin = cursor.at;
  const char = cursor.chars[begin] ?? '';
  cursor.at += 1;
  if (char === '[' && /^[:.=]$/.test(cursor.chars[cursor.at] ?? '')) return fault('unsupported', 'a POSIX class is not part of the language', begin);
  if (char !== '\\') return char.codePointAt(0) ?? 0;
  const escaped = cursor.chars[cursor.at] ?? '';
  const named = namedClasses.get(escaped.toLowerCase());
  if (named !== undefined) {
    cursor.at += 1;
    return escaped === escaped.toLowerCase() ? named : invertRanges(named);
  }
  return escaped === 'b' || escaped === 'B' ? fault('unsupported', `\\${escaped} inside a class is not part of the language`, begin) : readEscapedChar(cursor, begin);
}

interface Quantifier { readonly min: number; readonly max: number | undefined; readonly length: number }

function quantifierAt({ chars, at }: Cursor): Quantifier | undefined {
  switch (chars[at]) {
    case '*': return { min: 0, max: undefined, length: 1 };
    case '+': return { min: 1, max: undefined, length: 1 };
    case '?': return { min: 0, max: 1, length: 1 };
    case '{': {
      const found = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(chars.slice(at, at + 24).join(''));
      if (found?.[1] === undefined) return undefined;
      const upper = found[2] === undefined ? found[1] : found[3];
      return { min: Number(found[1]), max: upper === undefined || upper === '' ? undefined : Number(upper), length: found[0].length };
    }
    default: return undefined;
  }
}

function readRepeat(cursor: Cursor, node: RegexNode, begin: number): RegexNode | RegexFault {
  const { chars } = cursor;
  const place = cursor.at;
  if (/^\{,\d+\}/.test(chars.slice(place, place + 16).join(''))) return fault('unsupported', 'a count without its lower end is not part of the language', place);
  const quantifier = quantifierAt(cursor);
  if (quantifier === undefined) return node;
  if (node.kind === 'start' || node.kind === 'end' || node.kind === 'word-border' || node.kind === 'no-word-border') return fault('syntax', `${chars.slice(begin, place).join('')} is a place and cannot be repeated`, place);
  const { min, max, length } = quantifier;
  if (Math.max(min, max ?? 0) > maxRegexRepeat) return fault('unsupported', `the count is more than ${maxRegexRepeat}`, place);
  if (max !== undefined && max < min) return fault('syntax', 'the count runs backwards', place);
  cursor.at += length;
  const isLazy = chars[cursor.at] === '?';
  if (isLazy) cursor.at += 1;
  if (chars[cursor.at] === '+') return fault('unsupported', 'possessive repetition is not part of the language', place);
  if (quantifierAt(cursor) !== undefined) return fault('syntax', 'what is repeated is repeated again; use a group', cursor.at);
  return { kind: 'repeat', node, min, max, isLazy };
}

/** Characters of the expression with every repetition written out; stops counting above the bound. */
function expandedSize(node: RegexNode): number {
  switch (node.kind) {
    case 'literal': return node.text.length;
    case 'group': return expandedSize(node.node);
    case 'repeat': return Math.min(maxRegexNodes + 1, expandedSize(node.node) * Math.max(1, node.max ?? node.min + 1));
    case 'sequence': case 'choice': return Math.min(maxRegexNodes + 1, node.members.reduce((sum, member) => sum + expandedSize(member), 1));
    default: return 1;
  }
}

/** The first node, top down and left to right, that answers yes. */
export function someRegexNode(node: RegexNode, test: (node: RegexNode) => boolean): boolean {
  if (test(node)) return true;
  if (node.kind === 'group' || node.kind === 'repeat') return someRegexNode(node.node, test);
  return (node.kind === 'sequence' || node.kind === 'choice') && node.members.some((member) => someRegexNode(member, test));
}
