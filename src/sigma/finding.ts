/** What is wrong with a rule or its cases, by a code that never changes its meaning. */
export type FindingSeverity = 'error' | 'warning' | 'info';
export interface Finding {
  readonly code: string;
  readonly severity: FindingSeverity;
  /** one sentence, with the value that is wrong */
  readonly message: string;
  /** what to write instead */
  readonly remedy?: string;
  readonly file: string;
  /** 1-based */
  readonly line: number;
  readonly column: number;
}
