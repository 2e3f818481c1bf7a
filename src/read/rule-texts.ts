/** Rules and their cases as they lie on disk: those of the package and those of users. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { maxRuleFiles } from '../limits.ts';
import { reasonOf } from './file-input.ts';
import type { Report } from './input.ts';
import { packageRoot } from './package-root.ts';

export interface RuleText {
  /** as people name it */
  readonly file: string;
  readonly text: string;
  /** a file of cases, `*.test.yml` */
  readonly isCases: boolean;
}

/** Folder of the rules of the package. */
export function builtInRules(): string {
  return join(packageRoot(), 'rules');
}

/**
 * Every file of rules and of cases that the paths name, folders with everything below them, in the order of their names, each once. What cannot be read
 * is reported, and so are more files than a pack can have.
 * @param paths absolute
 */
export function readRuleTexts(paths: readonly string[], report: Report): readonly RuleText[] {
  const files = new Set<string>();
  for (const path of paths) {
    try {
      for (const file of statSync(path).isDirectory() ? filesBelow(path) : [path]) files.add(file);
    } catch (error) {
      report({ code: isMissing(error) ? 'read-missing' : 'read-unreadable', message: `${path}: ${reasonOf(error)}`, remedy: 'name a folder of rules, or a file', file: path });
    }
  }
  if (files.size > maxRuleFiles) report({ code: 'read-unreadable', message: `${String(files.size)} files of rules; at most ${String(maxRuleFiles)} are read`, remedy: 'name fewer folders' });
  return [...files].slice(0, maxRuleFiles).flatMap((file) => {
    try {
      return [{ file, text: readFileSync(file, 'utf8'), isCases: /\.test\.ya?ml$/i.test(file) }];
    } catch (error) {
      report({ code: 'read-unreadable', message: `${file}: ${reasonOf(error)}`, remedy: 'give the account that runs this the right to read it', file });
      return [];
    }
  });
}

/** Data that lies beside the rules of the package is no rule. */
function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/i.test(name) && !/(?:^|[/\\])(?:\.|node_modules[/\\])/.test(name));
  return names.map((name) => join(folder, name)).filter((file) => relative(builtInRules(), file) !== 'attack.yml').sort();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
