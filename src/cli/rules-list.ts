/** `rules list`: every rule that there is, what it needs, and for which tenants it is loaded or why not. */
import type { Config } from '../config/config.ts';
import { prepareRules } from '../detect/rule-set.ts';
import { applyFilters } from '../sigma/apply-filters.ts';
import type { Finding } from '../sigma/finding.ts';
import { placeholdersOfDetection } from '../sigma/placeholders.ts';
import { indexRules, type FindRule } from '../sigma/rule-references.ts';
import type { Rule } from '../sigma/rule.ts';
import { isGivenUp } from '../sigma/rule-status.ts';
import { authorRules } from './author-rules.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { outputWidth } from './output-width.ts';
import { counted, jsonText, printText } from './parsers-command.ts';
import { paragraph, plainTable } from './parsers-table.ts';
import { configOf } from './rules-config.ts';
import { refusesRule } from './rules-lint.ts';
import { sayFindings } from './say-findings.ts';
import type { Terminal } from './terminal.ts';

export interface ListArguments { readonly config?: string; readonly rules?: readonly string[]; readonly json?: boolean }

interface Row {
  readonly id?: string;
  readonly name: string;
  readonly title?: string;
  readonly kind: string;
  readonly level?: string;
  readonly status?: string;
  readonly family?: string;
  /** placeholders, also of the rules that a correlation is over */
  readonly needs: readonly string[];
  readonly file: string;
  /** for every tenant, for some of them, or for none */
  readonly loaded: 'all' | 'some' | 'none';
  /** without tenants in the configuration, or for none of them: empty */
  readonly tenants: readonly string[];
  readonly why?: string;
}

/** Exit code 1: a rule is refused. 2: configuration or a path is wrong. */
export async function rulesList({ config: file, rules: more = [], json }: ListArguments, terminal: Terminal): Promise<ExitCode> {
  const settings = configOf(file, terminal);
  if ('code' in settings) return settings.code;
  const { config } = settings;
  const authored = authorRules([...config?.rules.paths ?? ['builtin'], ...more], config, terminal.cwd);
  sayFindings({ ...authored, findings: [] }, terminal);
  const refused = authored.findings.filter(refusesRule);
  const rows = [...rowsOf(authored.rules, config), ...refusedRows(refused)];
  if (json === true) await printText(terminal, jsonText(rows));
  else await printText(terminal, listText(rows, config, outputWidth(terminal)));
  return authored.problems.length > 0 ? exitCodes.usage : refused.length > 0 ? exitCodes.problems : exitCodes.done;
}

function rowsOf(rules: readonly Rule[], config: Config | undefined): readonly Row[] {
  const effective = applyFilters(rules);
  const find = indexRules(effective);
  const cannotRun = new Map<Rule, string>(prepareRules(effective, false).refused.map(({ rule, reason }) => [rule, reason]));
  return rules.map((rule): Row => {
    const running = find(rule.id ?? rule.name ?? '') ?? rule;
    const needs = rule.kind === 'filter' ? placeholdersOfDetection(rule.detection) : needsOf(running, find);
    const { id, name, title, level, status, tags } = rule;
    const family = tags.find((tag) => tag.startsWith('vb365.'))?.slice('vb365.'.length);
    return {
      ...(id === undefined ? {} : { id }), name: name ?? title, title, kind: rule.kind, ...(level === undefined ? {} : { level }), ...(status === undefined ? {} : { status }),
      ...(family === undefined ? {} : { family }), needs, file: rule.file, ...loadedFor(rule, cannotRun.get(running), needs, config),
    };
  });
}

function needsOf(rule: Rule, find: FindRule, seen: ReadonlySet<Rule> = new Set()): readonly string[] {
  if (rule.kind !== 'correlation') return placeholdersOfDetection(rule.detection);
  const inner = rule.correlation.rules.map(find).filter((found) => found !== undefined).filter((found) => !seen.has(found));
  return [...new Set(inner.flatMap((found) => needsOf(found, find, new Set([...seen, rule]))))];
}

function loadedFor(rule: Rule, cannotRun: string | undefined, needs: readonly string[], config: Config | undefined): Pick<Row, 'loaded' | 'tenants' | 'why'> {
  const none = (why: string): Pick<Row, 'loaded' | 'tenants' | 'why'> => ({ loaded: 'none', tenants: [], why });
  if (isGivenUp(rule)) return none(`status ${rule.status ?? ''}`);
  if (cannotRun !== undefined) return none(cannotRun);
  const everybody = new Set(Object.keys(config?.rules.placeholders ?? {}));
  const lacking = needs.filter((name) => !everybody.has(name));
  const tenants = config?.tenants ?? [];
  const undefinedText = (names: readonly string[]): string => `${names.map((name) => `%${name}%`).join(', ')} not defined`;
  // Rules over all tenants know the lists of everybody only.
  if (lacking.length === 0) return { loaded: 'all', tenants: tenants.map(({ id }) => id) };
  if (rule.vb365.scope === 'provider') return none(`${undefinedText(lacking)} for everybody`);
  const having = tenants.filter(({ placeholders }) => lacking.every((name) => Object.hasOwn(placeholders, name))).map(({ id }) => id);
  if (having.length === 0) return none(undefinedText(lacking));
  return having.length === tenants.length ? { loaded: 'all', tenants: having } : { loaded: 'some', tenants: having, why: undefinedText(lacking) };
}

/** Rules that could not be read have no name but that of their file. */
function refusedRows(findings: readonly Finding[]): readonly Row[] {
  return findings.map(({ file, line, column, code, message }) => ({
    name: (file.split(/[/\\]/).at(-1) ?? file).replace(/\.ya?ml$/i, ''), kind: 'refused', needs: [], file, loaded: 'none', tenants: [], why: `${line}:${column} ${code} ${message}`,
  }));
}

function listText(rows: readonly Row[], config: Config | undefined, width: number): string {
  const shown = ({ loaded, tenants, why }: Row): string => loaded === 'all' ? 'yes' : loaded === 'none' ? `no: ${why ?? ''}` : `only ${tenants.join(', ')}: ${why ?? ''}`;
  const table = plainTable(
    [{ title: 'Name', min: 24 }, { title: 'Level', min: 6 }, { title: 'Status', min: 6 }, { title: 'Family', min: 8 }, { title: 'Kind', min: 6 }, { title: 'Id', min: 36 }, { title: 'Needs', min: 8 }, { title: 'Loaded', min: 12 }],
    rows.map((row) => [row.name, row.level ?? '', row.status ?? '', row.family ?? '', row.kind, row.id ?? '', row.needs.join(' '), shown(row)]), ['Id', 'Kind', 'Status', 'Needs', 'Family'], width);
  const count = (loaded: Row['loaded']): number => rows.filter((row) => row.loaded === loaded).length;
  const tenants = config === undefined || config.tenants.length === 0 ? '' : ` for ${counted(config.tenants.length, 'tenant')}`;
  return `${table}\n${paragraph(`${counted(rows.length, 'rule')}: ${count('all')} loaded${tenants}, ${count('some')} for some tenants only, ${count('none')} not.`, width)}`;
}
