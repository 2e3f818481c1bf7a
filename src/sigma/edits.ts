/** Changes of a text of rules at the place of a finding. */
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../text/yaml-document.ts';
import type { Finding } from './finding.ts';
import type { AttackKnowledge } from './rule-knowledge.ts';

/** From one offset up to another, both in UTF-16 units of the text. */
export interface Edit { readonly from: number; readonly to: number; readonly by: string }
export interface FixPlace {
  /** the entry that begins here, or that holds the value */
  readonly entry?: YamlEntry;
  /** entries that hold it, outermost first */
  readonly above: readonly YamlEntry[];
  readonly map?: YamlMap;
  readonly scalar?: YamlScalar;
  /** members of the list that the value is one of */
  readonly siblings?: readonly YamlNode[];
  readonly offset: number;
}
export interface FixRequest extends FixPlace { readonly text: string; readonly finding: Finding; readonly attack: AttackKnowledge | undefined }
/** No edits: this place cannot be corrected without thinking. */
export type Fix = (request: FixRequest) => readonly Edit[];

/** Whether a key stands in the text letter by letter, so that a part of it can be replaced. */
export function isVerbatim({ key }: YamlEntry, text: string): boolean {
  return text.startsWith(key.text, key.at.offset + (key.isPlain ? 0 : 1));
}

/** Whether a scalar is plain or quoted on one line and can be written in single quotes. */
export function isInline(scalar: YamlScalar, text: string): boolean {
  if (scalar.isPlain) return scalar.source !== '' && text.startsWith(scalar.source, scalar.at.offset);
  const { from, to } = extentOf(scalar, text);
  return /^["']/.test(text.charAt(from)) && !/[\n\r]/.test(text.slice(from, to)) && !/[\u0000-\u001f\u007f-\u009f]/.test(String(scalar.value));
}

/** The key with another text; quotes stay. */
export function replaceKey({ key }: YamlEntry, by: string): Edit {
  const from = key.at.offset + (key.isPlain ? 0 : 1);
  return { from, to: from + key.text.length, by };
}

/** Where an inline scalar stands, with its quotes. */
export function extentOf({ at, source, isPlain }: YamlScalar, text: string): { readonly from: number; readonly to: number } {
  if (isPlain) return { from: at.offset, to: at.offset + source.length };
  const mark = text.charAt(at.offset);
  let end = at.offset + 1;
  while (end < text.length && (text.charAt(end) !== mark || (mark === "'" && text.charAt(end + 1) === mark))) end += (mark === '"' && text.charAt(end) === '\\') || text.charAt(end) === mark ? 2 : 1;
  return { from: at.offset, to: end + 1 };
}

/** A text in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
