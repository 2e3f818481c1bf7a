/**
 * A rule as it was read: what the engine, the linter, `explain` and converters work on. Values stay tokens and regular expressions stay trees until
 * somebody consumes them, because every target writes them differently (standards: Sigma 2.1.0 with the items approved for 2.2.0).
 */

/** 1-based */
export interface Position { readonly line: number; readonly column: number }

export type Rule = DetectionRule | CorrelationRule | FilterRule;
export type RuleStatus = 'stable' | 'test' | 'experimental' | 'deprecated' | 'unsupported';
export type RuleLevel = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** What rules of all three kinds carry. Left out in the file is absent here, but for the lists. */
export interface RuleHead {
  readonly title: string;
  /** lower-case UUID; rules of others may lack it */
  readonly id?: string;
  readonly name?: string;
  readonly status?: RuleStatus;
  readonly level?: RuleLevel;
  readonly description?: string;
  readonly author?: string;
  readonly license?: string;
  readonly date?: string;
  readonly modified?: string;
  readonly references: readonly string[];
  readonly related: readonly { readonly id: string; readonly type: string }[];
  readonly fields: readonly string[];
  readonly falsepositives: readonly string[];
  readonly tags: readonly string[];
  readonly scope: readonly string[];
  /** our one custom attribute */
  readonly vb365: RuleSettings;
  /** keys that are neither the language's nor ours, as written */
  readonly custom: Readonly<Record<string, unknown>>;
  /** where it stands */
  readonly file: string;
  /** 0-based number of the document inside its file */
  readonly document: number;
  readonly position: Position;
  /** where attributes stand, by path: `id`, `tags[0]`, `logsource.service`, `correlation.rules[1]`; of the key where there is no value */
  readonly places?: ReadonlyMap<string, Position>;
}

export interface RuleSettings {
  /** milliseconds; 0 is a statement, absent is the default of the kind */
  readonly suppressMs?: number;
  readonly suppressBy?: readonly string[];
  readonly settleMs?: number;
  /** default `tenant` */
  readonly scope?: 'tenant' | 'provider';
  /** 0 to 100 */
  readonly risk?: number;
  readonly keepsOnly?: boolean;
}

export interface LogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
  readonly definition?: string;
  readonly custom: Readonly<Record<string, unknown>>;
}

export interface DetectionRule extends RuleHead {
  readonly kind: 'detection';
  readonly logsource: LogSource;
  readonly detection: Detection;
}

export interface FilterRule extends RuleHead {
  readonly kind: 'filter';
  readonly logsource: LogSource;
  /** ids or names; `any`: every rule of the log source */
  readonly appliesTo: readonly string[] | 'any';
  readonly detection: Detection;
}

/** Search identifiers and the condition over them. */
export interface Detection {
  readonly searches: ReadonlyMap<string, Search>;
  readonly condition: Condition;
}
export interface Search { readonly name: string; readonly position: Position; readonly expression: SearchExpression }
/** The value of a search identifier: maps are `and`, lists are `or`. */
export type SearchExpression =
  | { readonly kind: 'and' | 'or'; readonly members: readonly SearchExpression[] }
  | DetectionItem;

/** `field|modifier: values`, or keywords when there is no field. Modifiers are applied; what is left is how to compare. */
export interface DetectionItem {
  readonly kind: 'item';
  /** absent: keywords, searched in every text and number of the event */
  readonly field?: string;
  /** as written, aliases included */
  readonly modifiers: readonly string[];
  /** one of them suffices, or with `all` every one is needed */
  readonly values: readonly ItemValue[];
  readonly needsAll: boolean;
  /** `neq`: the whole item is turned round */
  readonly isNegated: boolean;
  readonly position: Position;
}

export type ItemValue =
  | { readonly kind: 'string'; readonly tokens: readonly Token[]; readonly isCased: boolean; readonly windash: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'compare'; readonly operator: 'lt' | 'lte' | 'gt' | 'gte'; readonly value: number }
  | { readonly kind: 'cidr'; readonly network: string; readonly prefixLength: number }
  | { readonly kind: 'time-part'; readonly part: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'; readonly value: number }
  | { readonly kind: 'fieldref'; readonly field: string; readonly place: 'whole' | 'start' | 'end' | 'anywhere'; readonly isCased: boolean }
  | { readonly kind: 'regex'; readonly expression: RegexSource };

/** A text with wildcards; adjacent `any` are merged, adjacent texts too. Texts are NFC. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'placeholder'; readonly name: string };

/** An expression of the subset with its flags; placeholders inside it are nodes of the tree. */
export interface RegexSource {
  readonly source: string;
  readonly flags: { readonly ignoreCase: boolean; readonly multiline: boolean; readonly dotAll: boolean };
  readonly tree: RegexNode;
}
export type RegexNode =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'start' | 'end' | 'word-border' | 'no-word-border' }
  /** ranges of code points, inclusive, ascending; classes such as \d inside are resolved to their ASCII ranges */
  | { readonly kind: 'class'; readonly isNegated: boolean; readonly ranges: readonly (readonly [number, number])[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max: number | undefined; readonly isLazy: boolean }
  | { readonly kind: 'sequence' | 'choice'; readonly members: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly node: RegexNode; readonly captures: boolean }
  | { readonly kind: 'placeholder'; readonly name: string };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly members: readonly Condition[] }
  | { readonly kind: 'not'; readonly member: Condition }
  | { readonly kind: 'search'; readonly name: string }
  /** `1 of x*`, `all of them`: `names` is what the pattern selects, in the order of the file */
  | { readonly kind: 'selector'; readonly quantifier: 'any' | 'all'; readonly pattern: string; readonly names: readonly string[] };

export interface CorrelationRule extends RuleHead {
  readonly kind: 'correlation';
  readonly correlation: Correlation;
}
export type CorrelationType = 'event_count' | 'value_count' | 'value_sum' | 'value_avg' | 'value_percentile' | 'temporal' | 'temporal_ordered';
export interface Correlation {
  readonly type: CorrelationType;
  /** ids or names, in the order written */
  readonly rules: readonly string[];
  /** fields or aliases; absent: one group per tenant */
  readonly groupBy?: readonly string[];
  readonly timespanMs: number;
  /** alias -> name of the rule -> field */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** thresholds of counts, values and of `temporal` (number of rules); absent with an expression */
  readonly bounds: readonly CorrelationBound[];
  /** `value_*`; more than one for `value_count`: distinct tuples */
  readonly countedFields: readonly string[];
  /** `value_percentile` */
  readonly percentile?: number;
  /** `temporal*`: the expression over rule names; absent: all rules */
  readonly expression?: CorrelationExpression;
  readonly generate: boolean;
}
export interface CorrelationBound { readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'; readonly value: number }
export type CorrelationExpression =
  | { readonly kind: 'and' | 'or'; readonly members: readonly CorrelationExpression[] }
  | { readonly kind: 'not'; readonly member: CorrelationExpression }
  | { readonly kind: 'rule'; readonly name: string };
