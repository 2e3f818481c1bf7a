/** Message catalogues as they lie on disk: those of the package and those of users. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from './file-input.ts';
import type { Report } from './input.ts';
import { packageRoot } from './package-root.ts';

export interface CatalogueText { readonly file: string; readonly text: string }

/** @param folders names of built-in parsers; @param userFolders absolute paths of folders with a messages.yml */
export function readCatalogueTexts(folders: readonly string[], userFolders: readonly string[], report: Report): readonly CatalogueText[] {
  const files = [...folders.map((folder) => join(packageRoot(), 'parsers', folder, 'messages.yml')), ...userFolders.map((folder) => join(folder, 'messages.yml'))];
  return files.flatMap((file) => {
    try {
      return [{ file, text: readFileSync(file, 'utf8') }];
    } catch (error) {
      report({ code: existsSync(file) ? 'read-unreadable' : 'read-missing', message: `${file}: ${reasonOf(error)}`, remedy: 'a parser folder holds a messages.yml; `vb365-siem parsers new NAME` writes one', file });
      return [];
    }
  });
}
