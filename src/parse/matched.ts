/** What the log reader asks of a compiled catalogue; `matcher.ts` gives it. */
import type { TemplateParts } from './template.ts';

/** A message that a template recognised. */
export interface Matched {
  /** id of the template */
  readonly id: string;
  readonly template: TemplateParts;
  /** text of a field, decoded when asked for; undefined when the template has no such field */
  value(field: string): string | undefined;
}

export interface Matcher {
  /** @param line UTF-8 bytes; `start` to `end` is the message after its indent. The bytes never change afterwards, so values may be read at any time. */
  match(line: Buffer, start: number, end: number): Matched | undefined;
}
