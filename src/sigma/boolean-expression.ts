/** Expressions of `and`, `or`, `not` and parentheses: the grammar that conditions of rules and of correlations share. */
import { maxConditionLength, maxConditionNesting } from '../limits.ts';

/** `index` counts UTF-16 units from the beginning of the text. */
export interface Word { readonly text: string; readonly index: number }
export type BooleanNode<Leaf> =
  | { readonly kind: 'and' | 'or'; readonly members: readonly BooleanNode<Leaf>[] }
  | { readonly kind: 'not'; readonly member: BooleanNode<Leaf> }
  | { readonly kind: 'leaf'; readonly leaf: Leaf };
export interface ExpressionFault { readonly index: number; readonly message: string }
/** Reads the operand that begins at word `at`: the operand and the number of words it takes, or what is wrong with it. */
export type ReadOperand<Leaf> = (words: readonly Word[], at: number) => { readonly leaf: Leaf; readonly length: number } | ExpressionFault;
export interface ExpressionReading<Leaf> {
  readonly tree?: BooleanNode<Leaf>;
  readonly fault?: ExpressionFault;
  /** operators that are not written in lower case */
  readonly shouted: readonly Word[];
}
interface Cursor<Leaf> { readonly words: readonly Word[]; readonly end: number; readonly read: ReadOperand<Leaf>; readonly shouted: Word[]; at: number; depth: number }

/** Parentheses, and maximal runs of everything else that is not blank: an identifier may begin with the letters of an operator. */
export function splitWords(text: string): readonly Word[] {
  return [...text.matchAll(/[()]|[^\s()]+/g)].map((found) => ({ text: found[0], index: found.index }));
}

/** Precedence: `or` < `and` < `not` < operands. Members of nested equal operators are joined. Never throws; the first fault ends the reading. */
export function readExpression<Leaf>(text: string, read: ReadOperand<Leaf>): ExpressionReading<Leaf> {
  if (text.length > maxConditionLength) return { fault: { index: 0, message: `the condition has ${text.length} characters; at most ${maxConditionLength} are read` }, shouted: [] };
  const cursor: Cursor<Leaf> = { words: splitWords(text), end: text.trimEnd().length, read, shouted: [], at: 0, depth: 0 };
  const tree = readChain(cursor, 'or');
  const rest = cursor.words[cursor.at];
  if ('message' in tree) return { fault: tree, shouted: cursor.shouted };
  if (rest !== undefined) return { fault: { index: rest.index, message: rest.text === ')' ? 'this parenthesis closes nothing' : `an operator is missing before ${shown(rest.text)}` }, shouted: cursor.shouted };
  return { tree, shouted: cursor.shouted };
}

/** What a message repeats of a word. */
export const shown = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`;

function takes<Leaf>(cursor: Cursor<Leaf>, operator: string): boolean {
  const word = cursor.words[cursor.at];
  if (word?.text.toLowerCase() !== operator) return false;
  if (word.text !== operator) cursor.shouted.push(word);
  cursor.at += 1;
  return true;
}

function readChain<Leaf>(cursor: Cursor<Leaf>, operator: 'or' | 'and'): BooleanNode<Leaf> | ExpressionFault {
  const members: BooleanNode<Leaf>[] = [];
  do {
    const member = operator === 'or' ? readChain(cursor, 'and') : readNot(cursor);
    if ('message' in member) return member;
    members.push(...member.kind === operator ? member.members : [member]);
  } while (takes(cursor, operator));
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : { kind: operator, members };
}

function readNot<Leaf>(cursor: Cursor<Leaf>): BooleanNode<Leaf> | ExpressionFault {
  let turns = 0;
  while (takes(cursor, 'not')) {
    turns += 1;
    if (turns > maxConditionNesting) return tooDeep(cursor);
  }
  let node = readPrimary(cursor);
  for (; turns > 0 && !('message' in node); turns -= 1) node = { kind: 'not', member: node };
  return node;
}

function readPrimary<Leaf>(cursor: Cursor<Leaf>): BooleanNode<Leaf> | ExpressionFault {
  const word = cursor.words[cursor.at];
  if (word === undefined) return { index: cursor.end, message: cursor.words.length === 0 ? 'the condition is empty' : `something is missing after ${shown(cursor.words.at(-1)?.text ?? '')}` };
  if (word.text === ')') return { index: word.index, message: cursor.words[cursor.at - 1]?.text === '(' ? 'these parentheses hold nothing' : 'something is missing before this parenthesis' };
  if (word.text !== '(') {
    if (/^(?:and|or)$/i.test(word.text)) return { index: word.index, message: `something is missing before ${shown(word.text)}` };
    const operand = cursor.read(cursor.words, cursor.at);
    if ('message' in operand) return operand;
    cursor.at += operand.length;
    return { kind: 'leaf', leaf: operand.leaf };
  }
  if (cursor.depth >= maxConditionNesting) return tooDeep(cursor);
  cursor.at += 1;
  cursor.depth += 1;
  const inner = readChain(cursor, 'or');
  cursor.depth -= 1;
  if ('message' in inner) return inner;
  if (cursor.words[cursor.at]?.text !== ')') return { index: word.index, message: 'this parenthesis is never closed' };
  cursor.at += 1;
  return inner;
}

const tooDeep = <Leaf>({ words, at, end }: Cursor<Leaf>): ExpressionFault => ({ index: words[at]?.index ?? end, message: `the condition nests more than ${maxConditionNesting} deep` });
