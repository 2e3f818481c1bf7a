/** The built-in catalogues, checked: a fault in them is a fault of the package. */
import { catalogueFolders } from '../../parsers/index.ts';
import type { Problem } from '../errors.ts';
import { checkTogether, loadCatalogue, type Catalogue } from '../parse/catalogue.ts';
import { readCatalogueTexts } from '../read/catalogue-texts.ts';

/** In order of precedence. Throws when the package itself is damaged: its catalogues are tested before it is shipped. */
export function builtInCatalogues(): readonly Catalogue[] {
  const catalogues = readCatalogueTexts(catalogueFolders, [], damaged).flatMap(({ file, text }) => {
    const result = loadCatalogue(text, file);
    if ('catalogue' in result) return [result.catalogue];
    result.problems.forEach(damaged);
    return [];
  });
  checkTogether(catalogues).forEach(damaged);
  return catalogues;
}

function damaged({ file, line, message }: Problem): never {
  throw new Error(`the package is damaged: ${file ?? ''}:${line ?? 0}: ${message}`);
}
