/** `parsers list`, `parsers test`, `parsers new`: catalogues as they are. What logs say of them is in parsers-coverage.ts. */
import { templateFields } from '../parse/template.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadCatalogues, sayProblems } from './load-catalogues.ts';
import { outputWidth } from './output-width.ts';
import { openOutput } from './output.ts';
import { paragraph, plainTable } from './parsers-table.ts';
import { say, type Terminal } from './terminal.ts';

export interface ParsersArguments { readonly parsers?: readonly string[]; readonly json?: boolean }

/** Every template of the built-in and the user's catalogues. Exit code 1: a folder is wrong; the others are listed all the same. */
export async function parsersList({ parsers = [], json }: ParsersArguments, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadCatalogues(parsers, terminal.cwd);
  sayProblems(loaded, terminal);
  const width = outputWidth(terminal);
  const entries = loaded.catalogues.flatMap((catalogue) => catalogue.templates.map((template, index) => ({ catalogue, template, line: catalogue.locate(index).line })));
  await printText(terminal, json === true
    ? jsonText(entries.map(({ catalogue, template, line }) => {
      const { id, ref, template: text, prints, seen, evidence, activity, note, examples } = template;
      return { id, ref, catalogue: catalogue.id, file: catalogue.file, line, template: text, fields: templateFields(template), prints, seen, evidence, activity, note, examples: examples.length };
    }))
    : plainTable(
      [{ title: 'Id', min: 34 }, { title: 'Ref', min: 5 }, { title: 'Prints', min: 8 }, { title: 'Evidence', min: 8 }, { title: 'Catalogue', min: 9 }, { title: 'Template', min: 24 }],
      entries.map(({ catalogue, template: { id, ref, prints, evidence, template } }) => [id, ref ?? '', prints, evidence, catalogue.id, template]), ['Template', 'Catalogue', 'Ref', 'Prints'], width)
      + `\n${paragraph(`${entries.length} templates in ${loaded.catalogues.length} catalogues. Evidence: V read word for word, P known from a pattern only, D documented, I inferred.`, width)}`);
  return loaded.problems.length === 0 ? exitCodes.done : exitCodes.problems;
}

/** Checks all catalogues, each alone and all together: every example, every problem with its place. Exit code 1: anything is wrong. */
export async function parsersTest({ parsers = [], json }: ParsersArguments, terminal: Terminal): Promise<ExitCode> {
  const loaded = loadCatalogues(parsers, terminal.cwd);
  const { catalogues, problems } = loaded;
  if (json === true) await printText(terminal, jsonText(problems));
  else {
    sayProblems(loaded, terminal);
    const bad = new Set(problems.map(({ file }) => file));
    await printText(terminal, catalogues.filter(({ file }) => !bad.has(file)).map(({ file, templates }) => (
      `${file}: good (${counted(templates.length, 'template')}, ${counted(templates.reduce((sum, { examples }) => sum + examples.length, 0), 'example')})\n`)).join(''));
    if (problems.length > 0) say(terminal, counted(problems.length, 'problem'));
  }
  return problems.length === 0 ? exitCodes.done : exitCodes.problems;
}

export async function printText(terminal: Terminal, text: string): Promise<void> {
  const output = await openOutput(terminal);
  await output.write(text);
  await output.close();
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

export function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}
