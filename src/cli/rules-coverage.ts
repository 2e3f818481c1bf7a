/** `rules coverage`: which techniques of ATT&CK the rules are about, and how their fields meet those that parsers fill. */
import pack from '../../rules/pack.json' with { type: 'json' };
import { readAttackNames } from '../detect/attack-names.ts';
import { levelOf } from '../detect/alert.ts';
import { fieldKinds } from '../event-fields.ts';
import { maxExplainedEntries } from '../limits.ts';
import type { Rule } from '../sigma/rule.ts';
import { itemsOf } from '../sigma/walk-items.ts';
import { authorRules } from './author-rules.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { navigatorLayer } from './navigator-layer.ts';
import { isOutputFailure, writeWhole } from './output.ts';
import { outputWidth } from './output-width.ts';
import { counted, jsonText, printText } from './parsers-command.ts';
import { paragraph, plainTable } from './parsers-table.ts';
import { configOf } from './rules-config.ts';
import { sayFindings } from './say-findings.ts';
import { say, type Terminal } from './terminal.ts';

export interface CoverageArguments {
  readonly paths: readonly string[];
  readonly config?: string;
  /** a file for the layer */
  readonly navigator?: string;
  readonly fields?: boolean;
  readonly json?: boolean;
}

export interface CoveredTechnique {
  readonly id: string;
  readonly name: string;
  /** words of the version that rules are written in */
  readonly tactics: readonly string[];
  readonly rules: readonly Rule[];
}
export interface Coverage {
  /** of ATT&CK */
  readonly version: string;
  readonly techniques: readonly CoveredTechnique[];
  /** by tactic: techniques and sub-techniques with a rule, of all that there are */
  readonly tactics: readonly { readonly id: string; readonly name: string; readonly covered: number; readonly all: number; readonly without: readonly string[] }[];
  readonly untagged: readonly Rule[];
  readonly fields: FieldCoverage;
}
export interface FieldCoverage {
  /** fields that rules name and nothing fills, with the rules */
  readonly unfed: readonly { readonly field: string; readonly rules: readonly string[] }[];
  /** fields that are filled and no rule names */
  readonly unused: readonly string[];
  /** fields with the number of rules that name them */
  readonly used: readonly { readonly field: string; readonly rules: number }[];
}

/** Exit code 2: configuration or a path is wrong. 1: the layer cannot be written. */
export async function rulesCoverage(args: CoverageArguments, terminal: Terminal): Promise<ExitCode> {
  const settings = configOf(args.config, terminal);
  if ('code' in settings) return settings.code;
  const authored = authorRules(args.paths, settings.config, terminal.cwd);
  sayFindings({ ...authored, findings: [] }, terminal);
  if (authored.problems.length > 0) return exitCodes.usage;
  const coverage = coverageOf(authored.rules.filter(({ kind }) => kind !== 'filter'));
  if (args.navigator !== undefined) {
    try {
      await writeWhole(terminal, args.navigator, jsonText(navigatorLayer(coverage)));
      say(terminal, `${args.navigator} written: ${counted(coverage.techniques.length, 'technique')} of ATT&CK ${coverage.version}`);
    } catch (error) {
      if (!isOutputFailure(error)) throw error;
      sayFindings({ findings: [], problems: [error.problem], texts: [] }, terminal);
      return exitCodes.problems;
    }
  }
  await printText(terminal, args.json === true ? jsonText(jsonOf(coverage)) : coverageText(coverage, args.fields === true, outputWidth(terminal)));
  return exitCodes.done;
}

/** What rules are about; building blocks count as well, because correlations speak for them. */
export function coverageOf(rules: readonly Rule[]): Coverage {
  const rows = pack.attack.techniques as readonly { readonly id: string; readonly name: string; readonly tactics?: readonly string[]; readonly current?: readonly string[] }[];
  const tacticsOf = new Map(rows.map(({ id, tactics, current }) => [id, tactics ?? current ?? []] as const));
  const names = readAttackNames(pack.attack);
  const byTechnique = new Map<string, Rule[]>();
  for (const rule of rules) {
    const ids = new Set(rule.tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? []));
    for (const id of ids) byTechnique.set(id, [...byTechnique.get(id) ?? [], rule]);
  }
  const techniques = [...byTechnique].sort(([a], [b]) => a < b ? -1 : 1).map(([id, of]): CoveredTechnique => ({ id, name: names.techniques.get(id) ?? '', tactics: tacticsOf.get(id) ?? [], rules: of }));
  const words = [...new Set([...tacticsOf.values()].flat())];
  return {
    version: pack.attack.versions.current, techniques, untagged: rules.filter(({ tags }) => !tags.some((tag) => /^attack\.t\d/.test(tag))), fields: fieldCoverage(rules),
    tactics: words.map((word) => {
      const all = rows.filter(({ id }) => tacticsOf.get(id)?.includes(word) === true).map(({ id }) => id);
      const { id, name } = names.tactics.get(word) ?? { id: '', name: word };
      return { id, name, covered: all.filter((technique) => byTechnique.has(technique)).length, all: all.length, without: all.filter((technique) => !byTechnique.has(technique)) };
    }).sort((a, b) => b.covered - a.covered || (a.name < b.name ? -1 : 1)),
  };
}

function fieldCoverage(rules: readonly Rule[]): FieldCoverage {
  const users = new Map<string, Set<string>>();
  for (const rule of rules) for (const field of fieldsOf(rule)) users.set(field, (users.get(field) ?? new Set()).add(rule.name ?? rule.title));
  const kinds = Object.entries(fieldKinds);
  const isFed = new Map(kinds.map(([name, kind]) => [name, kind.isFed] as const));
  return {
    unfed: [...users].filter(([field]) => isFed.get(field) !== true).map(([field, of]) => ({ field, rules: [...of] })),
    unused: kinds.filter(([name, kind]) => kind.isFed && !users.has(name)).map(([name]) => name),
    used: [...users].map(([field, of]) => ({ field, rules: of.size })).sort((a, b) => b.rules - a.rules || (a.field < b.field ? -1 : 1)),
  };
}

/** Every field that the meaning of a rule depends on. */
function fieldsOf(rule: Rule): readonly string[] {
  if (rule.kind === 'correlation') {
    const { groupBy = [], aliases, countedFields } = rule.correlation;
    return [...groupBy.flatMap((name) => aliases.has(name) ? [...aliases.get(name)?.values() ?? []] : [name]), ...countedFields];
  }
  const items = [...rule.detection.searches.values()].flatMap(({ expression }) => itemsOf(expression));
  return items.flatMap(({ field, values }) => [...(field === undefined ? [] : [field]), ...values.flatMap((value) => value.kind === 'fieldref' ? [value.field] : [])]);
}

function coverageText({ version, techniques, tactics, untagged, fields }: Coverage, showsFields: boolean, width: number): string {
  const names = (rules: readonly Rule[]): string => rules.map(({ name, title }) => name ?? title).join(', ');
  const covered = tactics.filter((tactic) => tactic.covered > 0);
  const parts = [
    plainTable([{ title: 'Technique', min: 9 }, { title: 'Name', min: 20 }, { title: 'Tactics', min: 12 }, { title: 'Rules', min: 5, isNumber: true }, { title: 'Named', min: 24 }],
      techniques.map(({ id, name, tactics: of, rules }) => [id, name, of.join(', '), String(rules.length), names(rules)]), ['Tactics', 'Named'], width), '\n',
    plainTable([{ title: 'Tactic', min: 20 }, { title: 'Id', min: 6 }, { title: 'With rules', min: 10, isNumber: true }, { title: 'Of', min: 4, isNumber: true }],
      covered.map(({ id, name, covered: count, all }) => [name, id, String(count), String(all)]), [], width),
    paragraph(`ATT&CK ${version}: ${counted(techniques.length, 'technique')} in ${counted(covered.length, 'tactic')}. A rule on a technique finds what these logs show of it, not all of it.`, width),
    untagged.length === 0 ? '' : paragraph(`${counted(untagged.length, 'rule')} without a technique: ${names(untagged.slice(0, maxExplainedEntries))}${untagged.length > maxExplainedEntries ? ', … (--json has all)' : ''}.`, width),
  ];
  if (!showsFields) return parts.join('');
  return [
    ...parts, '\n', plainTable([{ title: 'Rules', min: 5, isNumber: true }, { title: 'Field', min: 30 }], fields.used.map(({ field, rules }) => [String(rules), field]), [], width), '\n',
    paragraph(fields.unfed.length === 0 ? 'Every field that a rule names is filled.' : `Named, but filled by nothing: ${fields.unfed.map(({ field, rules }) => `${field} (${rules.join(', ')})`).join(', ')}.`, width),
    paragraph(fields.unused.length === 0 ? 'Every field that is filled is named by a rule.' : `Filled, but named by no rule: ${fields.unused.join(', ')}.`, width),
  ].join('');
}

function jsonOf({ version, techniques, tactics, untagged, fields }: Coverage): object {
  const shown = (rules: readonly Rule[]): readonly object[] => rules.map((rule) => ({ id: rule.id, name: rule.name ?? rule.title, level: levelOf(rule) }));
  return { attack: version, techniques: techniques.map((technique) => ({ ...technique, rules: shown(technique.rules) })), tactics, untagged: shown(untagged), fields };
}
