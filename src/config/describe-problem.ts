/** A problem as people read it: `file:line:column CODE message`, the line, a caret under the place, the remedy. */
import type { Problem } from '../errors.ts';
import { maxShownLine } from '../limits.ts';
import { displayWidth } from '../report/display-width.ts';
import { visibleText } from '../report/visible-text.ts';

export interface DescribeOptions {
  /** content of the file that the problem is in: its line is shown; without it there is only the sentence */
  readonly text?: string | undefined;
  /** SGR colours; only for a terminal that shows them */
  readonly color?: boolean | undefined;
}

/**
 * Lines without an end of the last one. Control characters are made visible, and what may be a secret is never repeated: neither after the place of a
 * `config-secret` nor after a key that is named like one.
 */
export function describeProblem(problem: Omit<Problem, 'code'> & { readonly code: string }, options: DescribeOptions = {}): string {
  const { code, message, remedy, file, line, column } = problem;
  const paint = (sgr: string, text: string): string => options.color === true ? `\u001b[${sgr}m${text}\u001b[0m` : text;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const lines = [`${place === '' ? '' : `${paint('1', visibleText(place))} `}${paint('31', code)} ${visibleText(message)}`];
  const source = line === undefined || options.text === undefined ? undefined : options.text.split(/\r\n|\n|\r/)[line - 1];
  if (source !== undefined) lines.push(...excerpt(code === 'config-secret' ? masked(source, (column ?? 1) - 1) : maskedAfterKey(source), (column ?? 1) - 1).map((text, at) => `  ${at === 1 ? paint('31', text) : text}`));
  if (remedy !== undefined) lines.push(`  ${paint('36', `= ${visibleText(remedy)}`)}`);
  return lines.join('\n');
}

/** The line, cut to what fits around the column, and the caret. */
function excerpt(source: string, column: number): readonly [line: string, caret: string] {
  const from = column <= maxShownLine - 20 ? 0 : column - Math.floor(maxShownLine / 2);
  const shown = source.slice(from, from + maxShownLine);
  const lead = from > 0 ? '… ' : '';
  const show = (text: string): string => visibleText(text.replaceAll('\t', ' '));
  const before = `${lead}${show(shown.slice(0, column - from))}`;
  return [`${lead}${show(shown)}${from + maxShownLine < source.length ? ' …' : ''}`.trimEnd(), `${' '.repeat(displayWidth(before))}^`];
}

/** Asterisks for the value that starts at `column`: to its closing quote, in a flow map to the end of the plain value, else to the end of the line. */
function masked(source: string, column: number): string {
  const rest = source.slice(column);
  const quoted = /^(["']).*?\1(?=\s*(?:[,}\]#]|$))/.exec(rest)?.[0].length;
  const length = quoted ?? (/[{[]/.test(source.slice(0, column)) ? /^[^,}\]]*/.exec(rest)?.[0].trimEnd().length : undefined);
  return length === undefined ? `${source.slice(0, column)}***` : `${source.slice(0, column)}${'*'.repeat(length)}${rest.slice(length)}`;
}

/** A misspelt `pasword: …` is an unknown key, and its value a secret nevertheless. References `{ file: … }` stay readable. */
function maskedAfterKey(source: string): string {
  const key = /(?:pass?word|passwd|pwd|secret|token|credential|\bkey)[\w-]{0,40}["']?\s*:\s*(?=[^\s{])/i.exec(source);
  return key === null ? source : masked(source, key.index + key[0].length);
}
