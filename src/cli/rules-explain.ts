/** `rules explain`: why a rule matches an event or not; of a correlation, what its groups hold and what is missing. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { explainCorrelation } from '../detect/explain-correlation.ts';
import type { Event } from '../event.ts';
import { applyFilters } from '../sigma/apply-filters.ts';
import { explain } from '../sigma/explain.ts';
import { indexRules } from '../sigma/rule-references.ts';
import type { CorrelationRule, DetectionRule, Rule } from '../sigma/rule.ts';
import { flatEvent } from '../text/flat-event.ts';
import { nearestName } from '../text/nearest-name.ts';
import { authorRules, shownPath } from './author-rules.ts';
import { correlationText, explanationText, ruleHeading, shortExplanation } from './explain-text.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { detectionSettings } from './load-rules.ts';
import { outputWidth } from './output-width.ts';
import { jsonText, printText } from './parsers-command.ts';
import { createProblemLog } from './problem-log.ts';
import { readEvents } from './read-events.ts';
import { configOf } from './rules-config.ts';
import { refusesRule } from './rules-lint.ts';
import { sayFindings } from './say-findings.ts';
import type { Terminal } from './terminal.ts';

export interface ExplainArguments {
  /** name, id or file */
  readonly rule: string;
  readonly event: string;
  readonly config?: string;
  readonly rules?: readonly string[];
  readonly json?: boolean;
}
type Asked = DetectionRule | CorrelationRule;

/** Exit code 0: explained, whatever the answer is. 1: an event cannot be read. 2: there is no such rule, or it is refused. */
export async function rulesExplain(args: ExplainArguments, terminal: Terminal): Promise<ExitCode> {
  const settings = configOf(args.config, terminal);
  if ('code' in settings) return settings.code;
  const found = findRule(args, settings.config, terminal);
  if ('code' in found) return found.code;
  const { events, problems } = await readEvents(args.event, terminal);
  const log = createProblemLog(terminal);
  for (const problem of problems) log.add(problem);
  log.close();
  if (events.length === 0) {
    if (problems.length === 0) log.add({ code: 'usage', message: `${args.event} holds no event`, remedy: 'give one event, or one on each line, as vb365-siem replay prints them' });
    return problems.some(({ code }) => code === 'json-syntax' || code === 'json-value') ? exitCodes.problems : exitCodes.usage;
  }
  const width = outputWidth(terminal);
  const { bindingsOf } = detectionSettings(found.all, settings.config);
  const scopeOf = (rule: Rule, event: Event): string | undefined => rule.vb365.scope === 'provider' ? undefined : event['vb365.tenant.id'];
  if (found.rule.kind === 'correlation') {
    const explanation = explainCorrelation(found.rule, closureOf(found.rule, found.all), events.map(({ event }) => flatEvent(event)), bindingsOf);
    await printText(terminal, args.json === true ? jsonText({ ...explanation, rule: headOf(found.rule) }) : correlationText(explanation, width));
  } else {
    const { rule } = found;
    const explanations = events.map(({ line, event }) => ({ line, explanation: explain(rule, event, bindingsOf(scopeOf(rule, flatEvent(event)))) }));
    const [first] = explanations;
    const plain = explanations.map(({ line, explanation }) => ({ line, ...explanation, rule: headOf(rule) }));
    await printText(terminal, args.json === true ? jsonText(plain.length === 1 ? plain[0] : plain)
      : explanations.length === 1 && first !== undefined ? explanationText(first.explanation, width)
        : `${ruleHeading(rule)}\n${explanations.map(({ line, explanation }) => `line ${line}: ${shortExplanation(explanation)}\n`).join('')}`);
  }
  return problems.length > 0 ? exitCodes.problems : exitCodes.done;
}

const headOf = ({ id, name, title, file, kind }: Rule): object => ({ id, name, title, file, kind });

/** The rule with its filters, and all that it may refer to. */
function findRule({ rule: asked, rules: more = [] }: ExplainArguments, config: Config | undefined, terminal: Terminal): { readonly rule: Asked; readonly all: readonly Asked[] } | { readonly code: ExitCode } {
  const refuse = (message: string, remedy: string): { readonly code: ExitCode } => {
    createProblemLog(terminal).add({ code: 'usage', message, remedy });
    return { code: exitCodes.usage };
  };
  const isFile = /\.ya?ml$/i.test(asked) && existsSync(resolve(terminal.cwd, asked));
  const paths = isFile ? [asked, ...more] : [...config?.rules.paths ?? ['builtin'], ...more];
  const authored = authorRules(paths, config, terminal.cwd);
  const file = shownPath(resolve(terminal.cwd, asked), terminal.cwd);
  if (authored.problems.length > 0) {
    sayFindings({ ...authored, findings: [] }, terminal);
    return { code: exitCodes.usage };
  }
  const rules = [...authored.beside, ...authored.rules];
  const chosen = isFile ? authored.rules.findLast((rule) => rule.file === file && rule.kind !== 'filter') : indexRules(rules)(asked);
  if (chosen?.kind === 'filter') return refuse(`${asked} is a filter: it matches nothing by itself`, 'explain one of the rules that it applies to');
  const all = applyFilters(rules);
  const rule = chosen === undefined ? undefined : all.find((each) => each.file === chosen.file && each.document === chosen.document);
  if (rule !== undefined) return { rule, all };
  const errors = authored.findings.filter((finding) => refusesRule(finding) && (!isFile || finding.file === file));
  if (isFile && errors.length > 0) {
    sayFindings({ ...authored, findings: errors }, terminal);
    return { code: exitCodes.usage };
  }
  const near = nearestName(asked, rules.flatMap(({ name }) => name ?? []));
  return refuse(`there is no rule ${asked}`, near === undefined ? 'see vb365-siem rules list' : `did you mean ${near}?`);
}

/** A correlation with everything below it. */
function closureOf(rule: CorrelationRule, all: readonly Asked[]): readonly Asked[] {
  const find = indexRules(all);
  const found = new Set<Asked>();
  const add = (next: Rule | undefined): void => {
    if (next === undefined || next.kind === 'filter' || found.has(next)) return;
    found.add(next);
    if (next.kind === 'correlation') for (const name of next.correlation.rules) add(find(name));
  };
  add(rule);
  return [...found];
}
