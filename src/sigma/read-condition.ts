/** Conditions of detections and filters: identifiers, `1 of x*`, `all of them`, operators. */
import { nearestName } from '../text/nearest-name.ts';
import { readExpression, shown, type BooleanNode, type ExpressionFault, type Word } from './boolean-expression.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Condition } from './rule.ts';

/** `index` counts UTF-16 units from the beginning of the condition. */
export interface ConditionFault { readonly code: FindingCode; readonly index: number; readonly message: string; readonly remedy?: string }
export interface ConditionReading {
  /** undefined when a fault is an error */
  readonly condition?: Condition;
  readonly faults: readonly ConditionFault[];
}

/** Words of the grammar that are no names. */
export const reservedNames: ReadonlySet<string> = new Set(['and', 'or', 'not', 'of', 'them', 'condition']);
const names = /^[A-Za-z0-9_-]+$/;
const patterns = /^[A-Za-z0-9_*-]+$/;
/** Unknown identifiers of one condition for which a similar one is looked for: more than a few are no slips. */
const maxSuggested = 10;
type Leaf = Extract<Condition, { readonly kind: 'search' | 'selector' }>;
interface CodedFault extends ExpressionFault { readonly code?: FindingCode; readonly remedy?: string }

/**
 * Reads a condition over the identifiers of a detection. Never throws; a fault of the grammar ends the reading, unknown names and empty selectors are all told.
 * @param identifiers in the order of the file
 */
export function readCondition(text: string, identifiers: readonly string[]): ConditionReading {
  const faults: ConditionFault[] = [];
  let fatal: CodedFault | undefined;
  const { tree, fault, shouted } = readExpression<Leaf>(text, (words, at) => {
    const operand = readOperand(words, at, identifiers, faults);
    if ('message' in operand) fatal = operand;
    return operand;
  });
  const pipe = text.indexOf('|');
  if (fault !== undefined) {
    // Whatever stopped the reading, a pipe says that old syntax was meant.
    if (pipe !== -1) faults.push({ code: 'RULE_PIPE', index: pipe, message: 'aggregation behind a pipe is not part of conditions' });
    else faults.push({ code: fatal === fault ? fatal.code ?? 'RULE_CONDITION_SYNTAX' : 'RULE_CONDITION_SYNTAX', index: fault.index, message: fault.message, ...fatal === fault && fatal.remedy !== undefined ? { remedy: fatal.remedy } : {} });
  }
  for (const word of shouted) faults.push(shoutedFault(word));
  const hasError = faults.some(({ code }) => code !== 'RULE_OPERATOR_CASE');
  return tree === undefined || hasError ? { faults } : { condition: conditionOf(tree), faults };
}

const shoutedFault = ({ text, index }: Word): ConditionFault => ({ code: 'RULE_OPERATOR_CASE', index, message: `${shown(text)} is an operator`, remedy: `write ${text.toLowerCase()}` });

function conditionOf(node: BooleanNode<Leaf>): Condition {
  if (node.kind === 'leaf') return node.leaf;
  return node.kind === 'not' ? { kind: 'not', member: conditionOf(node.member) } : { kind: node.kind, members: node.members.map(conditionOf) };
}

function readOperand(words: readonly Word[], at: number, identifiers: readonly string[], faults: ConditionFault[]): { readonly leaf: Leaf; readonly length: number } | CodedFault {
  const word = words[at] ?? { text: '', index: 0 };
  const next = words[at + 1];
  if (next?.text.toLowerCase() === 'of') return readSelector(word, next, words[at + 2], identifiers, faults);
  if (!names.test(word.text)) return { index: word.index, message: `${shown(word.text)} is no identifier`, ...word.text.includes('*') ? { remedy: `write 1 of ${word.text} or all of ${word.text}` } : {} };
  if (identifiers.includes(word.text)) return { leaf: { kind: 'search', name: word.text }, length: 1 };
  if (word.text.toLowerCase() === 'near') return { code: 'RULE_PIPE', index: word.index, message: '`near` is not part of conditions', remedy: 'write a correlation of type temporal' };
  if (reservedNames.has(word.text.toLowerCase())) return { index: word.index, message: `something is missing before ${shown(word.text)}` };
  const near = faults.length < maxSuggested ? nearestName(word.text, identifiers) : undefined;
  faults.push({ code: 'RULE_IDENTIFIER_UNDEFINED', index: word.index, message: `${shown(word.text)} is not defined`, ...near === undefined ? {} : { remedy: `did you mean ${near}?` } });
  return { leaf: { kind: 'search', name: word.text }, length: 1 };
}

function readSelector(word: Word, of: Word, target: Word | undefined, identifiers: readonly string[], faults: ConditionFault[]): { readonly leaf: Leaf; readonly length: number } | CodedFault {
  const quantifier = word.text.toLowerCase();
  if (quantifier !== '1' && quantifier !== 'any' && quantifier !== 'all') {
    return { index: word.index, message: `${shown(word.text)} cannot stand before of`, remedy: /^\d+$/.test(word.text) ? 'write 1 of or all of; other numbers are understood by few' : 'write 1 of, any of or all of' };
  }
  if (target === undefined || target.text === '(' || target.text === ')') return { index: target?.index ?? of.index + of.text.length, message: 'a pattern or them is missing after of' };
  if (!patterns.test(target.text)) return { index: target.index, message: `${shown(target.text)} is no pattern of identifiers` };
  if (word.text !== quantifier) faults.push(shoutedFault(word));
  if (of.text !== 'of') faults.push(shoutedFault(of));
  const isThem = target.text.toLowerCase() === 'them';
  if (isThem && target.text !== 'them') faults.push(shoutedFault(target));
  const pattern = isThem ? 'them' : target.text;
  const selected = identifiers.filter((name) => selects(pattern, name));
  if (selected.length === 0) faults.push({ code: 'RULE_SELECTOR_EMPTY', index: target.index, message: `${shown(pattern)} selects no identifier` });
  return { leaf: { kind: 'selector', quantifier: quantifier === 'all' ? 'all' : 'any', pattern, names: selected }, length: 3 };
}

/** Identifiers that begin with `_` are left out unless the pattern begins with it; `*` stands for any run of characters. */
export function selects(pattern: string, name: string): boolean {
  if (name.startsWith('_') && !pattern.startsWith('_')) return false;
  if (pattern === 'them') return true;
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const tail = rest.pop() ?? '';
  let at = head.length;
  if (!name.startsWith(head)) return false;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}

/** The names of identifiers that a condition uses. */
export function usedNames(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'search': return [condition.name];
    case 'selector': return condition.names;
    case 'not': return usedNames(condition.member);
    default: return condition.members.flatMap(usedNames);
  }
}
