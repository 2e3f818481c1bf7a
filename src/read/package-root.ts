import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: the sources run from src, the built program from dist/src, where neither catalogues nor rules lie beside the code. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'parsers', 'explorer', 'messages.yml')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
