/** `npm run generate`: writes everything that follows from schemas/fields.yml, from the catalogues and from the rules. A test holds the written files equal to this. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { catalogueFolders } from '../parsers/index.ts';
import { readRules } from '../src/sigma/read-rules.ts';
import { rulesToData } from '../src/sigma/rules-as-data.ts';
import { readYaml } from '../src/text/yaml-document.ts';
import { cefModule } from './cef-module.ts';
import { eventSchema } from './event-schema.ts';
import { eventTypes } from './event-types.ts';
import { fieldReference } from './field-reference.ts';
import { readFieldTable, type FieldTable } from './field-table.ts';

const root: URL = new URL('../', import.meta.url);

export function loadFieldTable(): FieldTable {
  return readFieldTable(readFileSync(new URL('schemas/fields.yml', root), 'utf8'));
}

/** Text of every generated file by its path from the root of the project. */
export function generate(table: FieldTable): Readonly<Record<string, string>> {
  return {
    'schemas/event.schema.json': `${JSON.stringify(eventSchema(table), null, 1)}\n`,
    'schemas/README.md': fieldReference(table),
    'src/event-fields.ts': eventTypes(table),
    'src/text/cef-fields.ts': cefModule(table),
    'parsers/templates.json': builtInTemplates(),
    'rules/pack.json': rulePack(),
  };
}

/** The shipped rules as they were read, and ATT&CK. A rule of which anything is wrong would be missing: a test holds the pack free of findings. */
function rulePack(): string {
  const folder = new URL('rules/', root);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml') && name !== 'attack.yml').sort();
  const rules = files.flatMap((file) => readRules(readFileSync(new URL(file, folder), 'utf8'), file).rules);
  const attack = readYaml(readFileSync(new URL('attack.yml', folder), 'utf8')).value;
  return `${JSON.stringify({ rules: rulesToData(rules), attack })}\n`;
}

/** What the program needs of the built-in catalogues to recognise messages. */
function builtInTemplates(): string {
  const catalogues = catalogueFolders.map((folder) => {
    const { catalogue, messages } = readYaml(readFileSync(new URL(`parsers/${folder}/messages.yml`, root), 'utf8')).value as { readonly catalogue: string; readonly messages: readonly { readonly id: string; readonly template: string }[] };
    return { catalogue, templates: Object.fromEntries(messages.map(({ id, template }) => [id, template])) };
  });
  return `${JSON.stringify(catalogues, null, 1)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, text] of Object.entries(generate(loadFieldTable()))) writeFileSync(new URL(path, root), text);
}
