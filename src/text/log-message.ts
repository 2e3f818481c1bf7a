import type { LogLine } from './log-line.ts';

/** One prefixed line and the template that recognised it, as the parse stage hands it over. */
export interface LogMessage {
  readonly line: LogLine;
  /** byte offset in the file */
  readonly offset: number;
  /** 1-based physical line */
  readonly number: number;
  /** id of the template; absent for an unknown message */
  readonly id?: string;
  value(field: string): string | undefined;
}
