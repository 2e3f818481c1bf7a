/** What checking rules needs to know from outside, as plain data: the fields, the placeholders and ATT&CK. */
import { nearestName } from '../text/nearest-name.ts';

export interface RuleKnowledge {
  /** by name: fields of the events of this product */
  readonly fields: ReadonlyMap<string, FieldKnowledge>;
  /** defined somewhere in the configuration; absent: not known, so not checked */
  readonly placeholders?: ReadonlySet<string>;
  /** absent: not checked */
  readonly attack?: AttackKnowledge;
}

/** The same with a bounded way to suggest names: comparing every wrong name with every known one takes minutes for hostile rules. */
export interface CheckKnowledge extends RuleKnowledge {
  readonly suggest: (name: string, known: Iterable<string>) => string | undefined;
}

/** @param limit names for which a similar one is looked for; the rest are told without */
export function suggestUpTo(limit: number): CheckKnowledge['suggest'] {
  let asked = 0;
  return (name, known) => {
    asked += 1;
    return asked > limit ? undefined : nearestName(name, known);
  };
}

export type FieldType = 'keyword' | 'text' | 'date' | 'long' | 'float' | 'boolean' | 'ip';
export interface FieldKnowledge {
  readonly type: FieldType;
  /** has several values */
  readonly isList: boolean;
  /** letters of the levels that carry it (A activity, R restore, L alert, H health); capital: always present */
  readonly levels: string;
  /** something produces it */
  readonly isFed: boolean;
  /** closed list of values, as text */
  readonly allowed?: readonly string[];
}

export interface AttackKnowledge {
  /** by id in lower case (`t1048.003`): tactics in dashes, of every version that rules may be written in */
  readonly techniques: ReadonlyMap<string, { readonly tactics: readonly string[] }>;
  readonly tactics: ReadonlySet<string>;
  /** withdrawn technique or tactic, in lower case -> what takes its place */
  readonly replaced: ReadonlyMap<string, readonly string[]>;
}

/** Levels of the events that a service of this product stands for; without a service: everything but alerts. */
export const levelsOfServices: ReadonlyMap<string, string> = new Map([
  ['restore', 'R'], ['activity', 'A'], ['explorer', 'A'], ['audit_mail', 'A'], ['rest', 'A'], ['archiver', 'A'], ['health', 'H'], ['alert', 'L'],
]);
export const ownProduct: string = 'vb365';

interface FieldRow { readonly name: string; readonly type: FieldType; readonly list?: boolean; readonly levels: string; readonly later?: boolean; readonly allowed?: readonly (string | number)[] }

/**
 * The fields of the field table (schemas/fields.yml, read and checked by the caller) as rules see them.
 * @param actions values of event.action, which the table keeps by level
 */
export function fieldsKnown(rows: readonly FieldRow[], actions: readonly string[] = []): ReadonlyMap<string, FieldKnowledge> {
  return new Map(rows.map(({ name, type, list, levels, later, allowed }) => {
    const values = name === 'event.action' && actions.length > 0 ? actions : allowed?.map(String);
    return [name, { type, isList: list === true, levels, isFed: later !== true, ...values === undefined ? {} : { allowed: values } }] as const;
  }));
}
