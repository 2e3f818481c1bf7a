/** The catalogues of the package and of user folders, and everything that is wrong with them, for commands that show or check them. */
import { resolve } from 'node:path';
import { catalogueFolders } from '../../parsers/index.ts';
import { describeProblem } from '../config/describe-problem.ts';
import type { Problem } from '../errors.ts';
import { checkTogether, loadCatalogue, type Catalogue } from '../parse/catalogue.ts';
import { readCatalogueTexts } from '../read/catalogue-texts.ts';
import { say, showsColor, type Terminal } from './terminal.ts';

export interface LoadedCatalogues {
  /** those that are right by themselves */
  readonly catalogues: readonly Catalogue[];
  readonly problems: readonly Problem[];
  /** contents by file: for showing the line that is wrong */
  readonly texts: ReadonlyMap<string, string>;
}

/** @param folders user folders, relative to `cwd`; a folder that is named twice is read once */
export function loadCatalogues(folders: readonly string[], cwd: string): LoadedCatalogues {
  const problems: Problem[] = [];
  const catalogues: Catalogue[] = [];
  const texts = new Map<string, string>();
  const userFolders = [...new Set(folders.map((folder) => resolve(cwd, folder)))];
  for (const { file, text } of readCatalogueTexts(catalogueFolders, userFolders, (problem) => { problems.push(problem); })) {
    texts.set(file, text);
    const loaded = loadCatalogue(text, file);
    if ('catalogue' in loaded) catalogues.push(loaded.catalogue);
    else problems.push(...loaded.problems);
  }
  // What one catalogue says of itself was checked when it was loaded.
  if (catalogues.length > 1) problems.push(...checkTogether(catalogues));
  return { catalogues, problems, texts };
}

/** All of them: a check that hides some of its findings is run again for each. */
export function sayProblems({ problems, texts }: Pick<LoadedCatalogues, 'problems' | 'texts'>, terminal: Terminal): void {
  const color = showsColor(terminal, terminal.stderr);
  for (const problem of problems) say(terminal, describeProblem(problem, { text: problem.file === undefined ? undefined : texts.get(problem.file), color }));
}
