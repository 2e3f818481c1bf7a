/** Boolean expressions over the rules of a correlation (sigma.md 7.5); a set of rules is a number with one bit for each. */
import type { CorrelationExpression } from '../sigma/rule.ts';

/** Expression over bits; a name that is no rule of the correlation has the bit 0 and never matches. */
export type BitExpression =
  | { readonly kind: 'and' | 'or'; readonly members: readonly BitExpression[] }
  | { readonly kind: 'not'; readonly member: BitExpression }
  | { readonly kind: 'rule'; readonly bit: number };

/** Names become bits. */
export function toBits(expression: CorrelationExpression, bitOf: (name: string) => number): BitExpression {
  if (expression.kind === 'rule') return { kind: 'rule', bit: bitOf(expression.name) };
  if (expression.kind === 'not') return { kind: 'not', member: toBits(expression.member, bitOf) };
  return { kind: expression.kind, members: expression.members.map((member) => toBits(member, bitOf)) };
}

/** Whether it is true when `present` have matched where rules are wanted, and `absent` where they are not wanted. */
export function holds(expression: BitExpression, present: number, absent: number, isNegated = false): boolean {
  if (expression.kind === 'rule') return isNegated ? (absent & expression.bit) === 0 : (present & expression.bit) !== 0;
  if (expression.kind === 'not') return holds(expression.member, present, absent, !isNegated);
  const test = (member: BitExpression): boolean => holds(member, present, absent, isNegated);
  return (expression.kind === 'and') !== isNegated ? expression.members.every(test) : expression.members.some(test);
}

/** The rules that stand under an odd number of negations, or under an even one. */
export function bitsOf(expression: BitExpression, wantsNegated: boolean, isNegated = false): number {
  if (expression.kind === 'rule') return isNegated === wantsNegated ? expression.bit : 0;
  if (expression.kind === 'not') return bitsOf(expression.member, wantsNegated, !isNegated);
  return expression.members.reduce((bits, member) => bits | bitsOf(member, wantsNegated, isNegated), 0);
}

/** Steps of `temporal_ordered`: which rules are one step, and which must not match between it and the next. */
export interface Steps {
  readonly wanted: readonly number[];
  /** by step: not between it and the next one */
  readonly barred: readonly number[];
  /** not in the window before the first step, not in the window after the last */
  readonly barredBefore: number;
  readonly barredAfter: number;
}

/** The top-level conjuncts in the order written: a name, names joined by `or`, or `not name`. Undefined for what nests deeper. */
export function stepsOf(expression: BitExpression): Steps | undefined {
  const wanted: number[] = [];
  const barred: number[] = [];
  let barredBefore = 0;
  for (const conjunct of conjunctsOf(expression)) {
    const isBarred = conjunct.kind === 'not';
    const bits = choiceOf(isBarred ? conjunct.member : conjunct);
    if (bits === undefined || (isBarred && conjunct.member.kind !== 'rule')) return undefined;
    if (!isBarred) {
      wanted.push(bits);
      barred.push(0);
    } else if (wanted.length === 0) barredBefore |= bits;
    else barred[wanted.length - 1] = (barred[wanted.length - 1] ?? 0) | bits;
  }
  return wanted.length === 0 ? undefined : { wanted, barred: [...barred.slice(0, -1), 0], barredBefore, barredAfter: barred.at(-1) ?? 0 };
}

function conjunctsOf(expression: BitExpression): readonly BitExpression[] {
  return expression.kind === 'and' ? expression.members.flatMap(conjunctsOf) : [expression];
}

function choiceOf(expression: BitExpression): number | undefined {
  if (expression.kind === 'rule') return expression.bit;
  if (expression.kind !== 'or') return undefined;
  const bits = expression.members.map(choiceOf);
  return bits.includes(undefined) ? undefined : bits.reduce<number>((all, some) => all | (some ?? 0), 0);
}
