/** A text with wildcards, kept as tokens until a matcher or a target consumes them. */
import type { Token } from './rule.ts';

const placeholderPattern = /^%([A-Za-z0-9_.-]{1,64})%/;

/**
 * Reads a value in one pass: a backslash before `*`, `?` or a backslash makes that character literal, any other backslash stands for itself.
 * @param expands `%name%` is a placeholder and `\%` a percent sign; otherwise percent signs are ordinary
 */
export function readTokens(text: string, expands = false): readonly Token[] {
  const source = text.normalize('NFC');
  const tokens: Token[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') tokens.push({ kind: 'text', text: literal });
    literal = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    const next = source.charAt(at + 1);
    if (char === '\\' && (next === '*' || next === '?' || next === '\\' || (expands && next === '%'))) {
      literal += next;
      at += 1;
    } else if (char === '*' || char === '?') {
      flush();
      tokens.push({ kind: char === '*' ? 'any' : 'one' });
    } else if (expands && char === '%') {
      const found = placeholderPattern.exec(source.slice(at, at + 70));
      if (found?.[1] === undefined) { literal += char; continue; }
      flush();
      tokens.push({ kind: 'placeholder', name: found[1] });
      at += found[0].length - 1;
    } else literal += char;
  }
  flush();
  return mergeTokens(tokens);
}

/** The tokens with adjacent `any` and adjacent texts joined. */
export function mergeTokens(tokens: readonly Token[]): readonly Token[] {
  const merged: Token[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (token.kind === 'any' && last?.kind === 'any') continue;
    if (token.kind === 'text' && last?.kind === 'text') merged[merged.length - 1] = { kind: 'text', text: last.text + token.text };
    else merged.push(token);
  }
  return merged;
}

/**
 * The text of which `readTokens` makes these tokens; backslashes are doubled.
 * @param expands as for `readTokens`; placeholders can be written with it only
 */
export function printTokens(tokens: readonly Token[], expands = false): string {
  return tokens.map((token) => {
    if (token.kind === 'any') return '*';
    if (token.kind === 'one') return '?';
    if (token.kind === 'placeholder') return `%${token.name}%`;
    return token.text.replaceAll(expands ? /[\\*?%]/g : /[\\*?]/g, '\\$&');
  }).join('');
}

/** The plain text, or undefined where a wildcard or placeholder stands in it. */
export function plainText(tokens: readonly Token[]): string | undefined {
  if (tokens.length === 0) return '';
  const [only] = tokens;
  return tokens.length === 1 && only?.kind === 'text' ? only.text : undefined;
}
