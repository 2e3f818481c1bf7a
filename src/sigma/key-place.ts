/** Places inside keys. */
import type { YamlKey } from '../text/yaml-document.ts';
import type { Position } from './rule.ts';

/** Where a character of a key (0-based) stands: keys are one line, quoted ones begin behind their quote. */
export function keyPlace({ at, isPlain }: YamlKey, index: number): Position {
  return { line: at.line, column: at.column + index + (isPlain ? 0 : 1) };
}
