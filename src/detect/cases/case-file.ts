/** The cases of a rule as they were read (`<rule>.test.yml`): events it must match, events it must not, and streams with the alerts they must raise. */
import type { PlaceholderLists } from '../../sigma/placeholders.ts';
import type { Position } from '../../sigma/rule.ts';

/** Flat: field names with dots, whatever way they were written. */
export type CaseEvent = Readonly<Record<string, unknown>>;

export interface CaseFile {
  readonly file: string;
  readonly placeholders: PlaceholderLists;
  readonly match: readonly EventCase[];
  readonly ignore: readonly EventCase[];
  readonly timelines: readonly Timeline[];
}

export interface EventCase {
  readonly name: string;
  /** with what is given for all cases underneath */
  readonly event: CaseEvent;
  /** the search identifier that decides: turned round alone, the rule would match */
  readonly because?: string;
  readonly position: Position;
}

export interface Timeline {
  readonly name: string;
  /** of `+0s`, in milliseconds */
  readonly startMs: number;
  /** in the order of arrival */
  readonly entries: readonly TimelineEntry[];
  /** whether the input ends after the last entry, so that everything is decided */
  readonly isClosed: boolean;
  readonly alerts: readonly ExpectedAlert[];
  readonly position: Position;
}
export type TimelineEntry = TimelineEvent | TimelineWatermark;
/** Time passes without events. */
export interface TimelineWatermark { readonly kind: 'watermark'; readonly atMs: number }
export interface TimelineEvent {
  readonly kind: 'event';
  /** of the first repetition, after the start */
  readonly atMs: number;
  /** rule whose first match is the event; absent: `with` is the whole event */
  readonly match?: string;
  readonly with: CaseEvent;
  readonly without: readonly string[];
  /** fields that get a fresh value each time */
  readonly unique: readonly string[];
  readonly repeat: number;
  readonly everyMs: number;
  readonly position: Position;
}
export interface ExpectedAlert {
  /** absent: whenever */
  readonly atMs?: number;
  /** fields that the alert must have; others it may have */
  readonly group: CaseEvent;
  readonly count?: number;
}
