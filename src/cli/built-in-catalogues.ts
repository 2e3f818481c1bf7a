/** Reads the built-in catalogues from the package: the same files whether the program runs from source or from a build. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueFolders } from '../../parsers/index.ts';
import { checkTogether, loadCatalogue, type Catalogue } from '../parse/catalogue.ts';

/** In order of precedence. Throws when the package itself is damaged: its catalogues are tested before it is shipped. */
export function builtInCatalogues(): readonly Catalogue[] {
  const catalogues = catalogueFolders.map((folder) => {
    const file = `parsers/${folder}/messages.yml`;
    const result = loadCatalogue(readFileSync(new URL(file, packageRoot()), 'utf8'), file);
    if ('problems' in result) throw new Error(`${file}: ${result.problems.map(({ line, message }) => `${line ?? 0}: ${message}`).join('; ')}`);
    return result.catalogue;
  });
  const [problem] = checkTogether(catalogues);
  if (problem !== undefined) throw new Error(`${problem.file ?? ''}:${problem.line ?? 0}: ${problem.message}`);
  return catalogues;
}

/** The folder of the package: two levels up in the source, three in a build, where no catalogues lie beside the code. */
function packageRoot(): URL {
  for (const up of ['../../', '../../../']) {
    const root = new URL(up, import.meta.url);
    if (existsSync(fileURLToPath(new URL('parsers/explorer/messages.yml', root)))) return root;
  }
  throw new Error('parsers/explorer/messages.yml is missing: the package is damaged');
}
