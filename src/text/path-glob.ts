/** Glob patterns on paths: `*` and `?` inside one name, `**` for any number of folders. Time is bounded by the product of the lengths, whatever the pattern. */

import { fitsPattern } from './name-pattern.ts';

/** True when the pattern names the path. */
export type PathGlob = (path: string) => boolean;

/**
 * Either slash separates on both sides. Patterns with a drive or a share compare without case, as Windows does; others exactly. A pattern without any
 * wildcard also names everything beneath it. Both are absolute, or both relative to one folder. Entries of an archive (`a.zip!b/c.log`) belong to
 * what names the archive.
 */
export function compilePathGlob(pattern: string): PathGlob {
  const isWindows = /^([a-z]:|[/\\]{2})/i.test(pattern) || /^[^/]*\\/.test(pattern);
  const fold = (text: string): string => isWindows ? text.toLowerCase() : text;
  const wanted = segmentsOf(fold(pattern));
  const namesFolder = !/[*?]/.test(pattern);
  return (path) => {
    const whole = segmentsOf(fold(path));
    if (namesFolder) return wanted.every((segment, index) => segment === whole[index] || whole[index]?.startsWith(`${segment}!`) === true);
    if (fits(wanted, whole)) return true;
    const archive = path.indexOf('!');
    return archive !== -1 && fits(wanted, segmentsOf(fold(path.slice(0, archive))));
  };
}

const segmentsOf = (path: string): readonly string[] => path.normalize('NFC').split(/[/\\]+/).filter((segment, index) => segment !== '.' && (segment !== '' || index === 0));

/** Row by row: which prefixes of the path the pattern so far can name. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  let reachable = [true, ...path.map(() => false)];
  for (const segment of pattern) {
    const next = path.map(() => false);
    next.unshift(segment === '**' && reachable[0] === true);
    for (let index = 1; index <= path.length; index += 1) {
      next[index] = segment === '**' ? reachable[index] === true || next[index - 1] === true : reachable[index - 1] === true && fitsPattern(segment, path[index - 1] ?? '');
    }
    reachable = next;
  }
  return reachable.at(-1) === true;
}
