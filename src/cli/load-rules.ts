/** The rules that a run uses: those of the package and of folders of users, and everything that is wrong with them. */
import pack from '../../rules/pack.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import { readAttackNames } from '../detect/attack-names.ts';
import type { DetectionSettings } from '../detect/detection.ts';
import type { Problem } from '../errors.ts';
import { actions, fieldKinds } from '../event-fields.ts';
import { readRuleTexts, type RuleText } from '../read/rule-texts.ts';
import { readAttackData } from '../sigma/attack-data.ts';
import { loadableRules } from '../sigma/check-rules.ts';
import type { Finding } from '../sigma/finding.ts';
import { bindPlaceholders, type Bindings } from '../sigma/placeholders.ts';
import { readRules } from '../sigma/read-rules.ts';
import { fieldsKnown, type RuleKnowledge } from '../sigma/rule-knowledge.ts';
import { rulesFromData } from '../sigma/rules-as-data.ts';
import type { Rule } from '../sigma/rule.ts';
import { suppressFindings } from '../sigma/suppressions.ts';

export interface LoadedRules {
  /** those that may be run, filters among them */
  readonly rules: readonly Rule[];
  /** of the rules of users; the shipped ones are tested before they are shipped */
  readonly findings: readonly Finding[];
  /** folders and files that could not be read */
  readonly problems: readonly Problem[];
  /** what was read of users */
  readonly texts: readonly RuleText[];
}

/** @param paths `builtin`, and absolute paths of folders and files */
export function loadRules(paths: readonly string[], config: Config | undefined): LoadedRules {
  const problems: Problem[] = [];
  const shipped = paths.includes('builtin') ? builtInPack() : [];
  const texts = readRuleTexts(paths.filter((path) => path !== 'builtin'), (problem) => { problems.push(problem); });
  if (texts.length === 0) return { rules: shipped, findings: [], problems, texts };
  const readings = texts.filter(({ isCases }) => !isCases).map(({ file, text }) => readRules(text, file));
  const { rules, findings } = loadableRules([...shipped, ...readings.flatMap((reading) => reading.rules)], ruleKnowledge(config));
  const own = new Set(texts.map(({ file }) => file));
  return {
    rules, problems, texts,
    findings: suppressFindings([...readings.flatMap((reading) => reading.findings), ...findings.filter(({ file }) => own.has(file))], readings.flatMap(({ suppressions }) => suppressions)),
  };
}

/** The shipped pack. */
export function builtInPack(): readonly Rule[] {
  return rulesFromData(pack.rules);
}

/** What rules may name: fields, values, lists of the configuration, ATT&CK. Without a configuration nobody knows which lists there are. */
export function ruleKnowledge(config: Config | undefined): RuleKnowledge {
  const rows = Object.entries(fieldKinds).map(([name, { type, isList, levels, isFed, allowed }]) => ({
    name, type, levels, ...(isList ? { list: true } : {}), ...(isFed ? {} : { later: true }), ...(allowed === undefined ? {} : { allowed }),
  }));
  return {
    fields: fieldsKnown(rows, Object.values(actions).flat()), attack: readAttackData(pack.attack),
    ...(config === undefined ? {} : { placeholders: new Set([config.rules.placeholders, ...config.tenants.map(({ placeholders }) => placeholders)].flatMap(Object.keys)) }),
  };
}

/** How rules are run under a configuration: each tenant with its own lists. */
export function detectionSettings(rules: readonly Rule[], config: Config | undefined): DetectionSettings {
  const everybody = bindPlaceholders(config?.rules.placeholders ?? {});
  const byTenant = new Map<string, Bindings>((config?.tenants ?? []).filter(({ placeholders }) => Object.keys(placeholders).length > 0)
    .map(({ id, placeholders }) => [id, bindPlaceholders(config?.rules.placeholders ?? {}, placeholders)]));
  const shipped = new Set(pack.rules.map(({ id }) => id));
  return {
    rules, attack: readAttackNames(pack.attack),
    bindingsOf: (tenant) => (tenant === undefined ? undefined : byTenant.get(tenant)) ?? everybody,
    rulesetOf: ({ id }) => id !== undefined && shipped.has(id) ? 'vb365-siem' : 'own',
  };
}
