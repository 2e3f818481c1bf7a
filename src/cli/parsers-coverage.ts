/** `parsers coverage` and `parsers suggest`: what the catalogues make of real logs. */
import type { Config } from '../config/config.ts';
import { maxShapesShown } from '../limits.ts';
import type { Catalogue } from '../parse/catalogue.ts';
import { suggestTemplates } from '../parse/suggest-templates.ts';
import { cutToWidth } from '../report/display-width.ts';
import { visibleText } from '../report/visible-text.ts';
import { countMessages, type MessageCounts } from './count-messages.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { loadCatalogues, sayProblems } from './load-catalogues.ts';
import { outputWidth } from './output-width.ts';
import { counted, jsonText, printText, type ParsersArguments } from './parsers-command.ts';
import { paragraph, plainTable } from './parsers-table.ts';
import { createProblemLog, hasFailed } from './problem-log.ts';
import { createProgress } from './progress.ts';
import { configFileOf, readConfig } from './read-config.ts';
import { say, type Terminal } from './terminal.ts';

export interface CoverageArguments extends ParsersArguments { readonly paths: readonly string[]; readonly config?: string }

/** Lines of each template, and unknown messages by shape. Exit code 1: a path could not be read. */
export async function parsersCoverage(args: CoverageArguments, terminal: Terminal): Promise<ExitCode> {
  const read = await readMessages(args, terminal);
  if (typeof read === 'number') return read;
  const { counts, catalogues, code } = read;
  const { files, messages, unknown, byTemplate, groups } = counts;
  const shapes = groups.groups();
  const rows = catalogues.flatMap(({ id: catalogue, templates }) => templates.map(({ id, ref }) => ({ id, ref, catalogue, lines: byTemplate.get(id) ?? 0 })));
  if (args.json === true) {
    await printText(terminal, jsonText({
      files, messages, recognised: messages - unknown, unknown, templates: rows,
      shapes: shapes.map(({ template, count, examples, seen }) => ({ template, lines: count, component: seen.component, example: examples[0] })), ungrouped: groups.ungrouped,
    }));
    return code;
  }
  const used = rows.filter(({ lines }) => lines > 0).sort((x, y) => y.lines - x.lines);
  const width = outputWidth(terminal);
  const parts = [
    used.length === 0 ? '' : `${plainTable([{ title: 'Lines', min: 5, isNumber: true }, { title: 'Template', min: 16 }, { title: 'Ref', min: 5 }, { title: 'Catalogue', min: 9 }],
      used.map(({ id, ref, catalogue, lines }) => [String(lines), id, ref ?? '', catalogue]), ['Catalogue', 'Ref'], width)}\n`,
    paragraph(`${counted(files.logs, 'log')}, ${counted(messages, 'message')}: ${messages - unknown} recognised by ${used.length} of ${counted(rows.length, 'template')}, ${unknown} unknown${messages === 0 ? '' : ` (${percent(unknown, messages)} %)`}.`, width),
    shapes.length === 0 ? '' : `\n${plainTable([{ title: 'Lines', min: 5, isNumber: true }, { title: 'Unknown messages by shape', min: 40 }],
      shapes.slice(0, maxShapesShown).map(({ template, count }) => [String(count), template === '' ? '(empty)' : template]), [], width)}`,
    shapes.length > maxShapesShown ? paragraph(`${counted(shapes.length - maxShapesShown, 'further shape')} with ${counted(shapes.slice(maxShapesShown).reduce((sum, { count }) => sum + count, 0), 'line')}: --json lists all.`, width) : '',
    groups.ungrouped > 0 ? paragraph(`${counted(groups.ungrouped, 'line')} of still other shapes were only counted.`, width) : '',
    shapes.length > 0 ? '\nvb365-siem parsers suggest writes templates for them.\n' : '',
  ];
  await printText(terminal, parts.join(''));
  return code;
}

/** A catalogue for what no template knows, on stdout, ready for a parser folder. Exit code 1: a path could not be read. */
export async function parsersSuggest(args: CoverageArguments, terminal: Terminal): Promise<ExitCode> {
  const read = await readMessages(args, terminal);
  if (typeof read === 'number') return read;
  const { counts, catalogues, code } = read;
  const { text, templates, lines, left } = suggestTemplates(counts.groups.groups(), catalogues);
  if (text !== undefined) await printText(terminal, text);
  say(terminal, text === undefined
    ? `nothing to suggest: ${counted(counts.messages, 'message')}, ${counts.unknown} unknown`
    : `${counted(templates, 'template')} for ${lines} of ${counted(counts.unknown, 'unknown message')}; next: save it as my-parser/messages.yml, then vb365-siem parsers test --parsers my-parser`);
  for (const { group, reason } of left.slice(0, 5)) say(terminal, cutToWidth(visibleText(`left out (${reason}): ${counted(group.count, 'line')} like ${group.template === '' ? '(empty)' : group.template}`), outputWidth(terminal)));
  if (left.length > 5) say(terminal, `left out: ${left.length - 5} more`);
  return code;
}

interface ReadMessages { readonly counts: MessageCounts; readonly catalogues: readonly Catalogue[]; readonly code: ExitCode }

/** @returns the exit code when nothing was started, or the work was interrupted */
async function readMessages(args: CoverageArguments, terminal: Terminal): Promise<ReadMessages | ExitCode> {
  const progress = createProgress(terminal, 'reading');
  const problems = createProblemLog(terminal, progress.clear);
  const file = configFileOf(args.config, args.paths, terminal);
  let config: Config | undefined;
  if (file !== undefined) {
    const result = readConfig(file, terminal);
    if (result.config === undefined) {
      for (const problem of result.problems) problems.add(problem, result.text);
      problems.close();
      return exitCodes.usage;
    }
    config = result.config;
  }
  const loaded = loadCatalogues([...config?.parsers ?? [], ...args.parsers ?? []], terminal.cwd);
  if (loaded.problems.length > 0) {
    sayProblems(loaded, terminal);
    return exitCodes.usage;
  }
  const counts = await countMessages({ paths: args.paths, catalogues: loaded.catalogues, config, report: problems.add, onProgress: progress.update }, terminal).finally(progress.clear);
  problems.close();
  if (counts === undefined) {
    say(terminal, 'interrupted');
    return exitCodes.interrupted;
  }
  return { counts, catalogues: loaded.catalogues, code: hasFailed(problems.counts) ? exitCodes.problems : exitCodes.done };
}

/** One decimal; never 0 or 100 for what is only near it. */
function percent(part: number, whole: number): string {
  const value = 100 * part / whole;
  return (part === 0 || part === whole ? value : Math.min(99.9, Math.max(0.1, value))).toFixed(1);
}
