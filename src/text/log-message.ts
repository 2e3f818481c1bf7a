import type { LogLine } from './log-line.ts';

/** One prefixed line and the template that recognised it, as the parse stage hands it over. */
export interface LogMessage {
  readonly line: LogLine;
  /** byte offset of the physical line in the file, in its own encoding */
  readonly offset: number;
  /** 1-based physical line */
  readonly number: number;
  /** id of the template; absent for an unknown message */
  readonly id?: string;
  /** true when the line was longer than the limit and its end is missing */
  readonly isCut?: boolean;
  /** true for an unknown message that begins like one with a value of users: a line break inside the value has broken it */
  readonly isBroken?: boolean;
  value(field: string): string | undefined;
}
