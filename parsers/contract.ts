/**
 * What a parser is. A parser is pure: no I/O, no clock, never throws; a rejection is a value.
 * Line parsers bring a catalogue (messages.yml) and nothing else; document parsers (mail, REST JSON) read a whole document.
 */
import type { Activity, SourceContext } from '../src/event.ts';
import type { Problem } from '../src/errors.ts';

/** The beginning of an input, enough to say what it is. */
export interface Head {
  /** path or name as given */
  readonly name: string;
  /** first bytes, at most `sniffBytes` */
  readonly bytes: Uint8Array;
  /** the same decoded, byte order mark removed; empty for binary content */
  readonly text: string;
}

export interface DocumentInput {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly source: SourceContext;
  /** lower-cased organisation names known from the configuration; helps to split and classify */
  readonly organizations: ReadonlySet<string>;
}
export interface DocumentResult {
  readonly activities: readonly Activity[];
  /** rejections and warnings; a rejected document has no activities and at least one problem */
  readonly problems: readonly Problem[];
}

export interface DocumentParser {
  readonly id: string;
  /** true when the content is this parser's kind (not: when it is valid) */
  recognises(head: Head): boolean;
  parse(input: DocumentInput): DocumentResult | Promise<DocumentResult>;
}
