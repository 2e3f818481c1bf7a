/** Filters become part of the rules they apply to, so that every target of a rule gets them. */
import { stableId } from '../text/hash.ts';
import type { Condition, CorrelationRule, Detection, DetectionRule, FilterRule, LogSource, Rule, Search } from './rule.ts';

/** Whether a filter is meant for a rule: it is listed, and every attribute of its log source equals that of the rule. */
export function appliesTo(filter: FilterRule, rule: DetectionRule): boolean {
  const isListed = filter.appliesTo === 'any' || filter.appliesTo.some((reference) => reference === rule.id || reference === rule.name);
  return isListed && (['category', 'product', 'service'] as const satisfies readonly (keyof LogSource)[]).every((key) => filter.logsource[key] === undefined || filter.logsource[key] === rule.logsource[key]);
}

/** The rules without the filters, each detection with those that apply to it, in the order given. Correlations are never filtered. */
export function applyFilters(rules: readonly Rule[]): readonly (DetectionRule | CorrelationRule)[] {
  const filters = rules.filter((rule) => rule.kind === 'filter');
  return rules.flatMap((rule): readonly (DetectionRule | CorrelationRule)[] => {
    if (rule.kind === 'filter') return [];
    if (rule.kind === 'correlation') return [rule];
    const detection = filters.filter((filter) => appliesTo(filter, rule)).reduce(withFilter, rule.detection);
    return [detection === rule.detection ? rule : { ...rule, detection }];
  });
}

/** The condition of both; identifiers of the filter get a prefix made of its id, lengthened where it would clash. */
function withFilter(detection: Detection, filter: FilterRule): Detection {
  const id = filter.id ?? stableId(filter.file, filter.document, filter.title);
  let prefix = `filter_${id.slice(0, 8)}_`;
  while ([...filter.detection.searches.keys()].some((name) => detection.searches.has(prefix + name))) prefix += '_';
  const added = [...filter.detection.searches.values()].map((search): [string, Search] => [prefix + search.name, { ...search, name: prefix + search.name }]);
  const condition = renamed(filter.detection.condition, prefix);
  return {
    searches: new Map([...detection.searches, ...added]),
    condition: { kind: 'and', members: [...detection.condition.kind === 'and' ? detection.condition.members : [detection.condition], ...condition.kind === 'and' ? condition.members : [condition]] },
  };
}

function renamed(condition: Condition, prefix: string): Condition {
  switch (condition.kind) {
    case 'search': return { kind: 'search', name: prefix + condition.name };
    case 'selector': return { ...condition, pattern: prefix + (condition.pattern === 'them' ? '*' : condition.pattern), names: condition.names.map((name) => prefix + name) };
    case 'not': return { kind: 'not', member: renamed(condition.member, prefix) };
    default: return { kind: condition.kind, members: condition.members.map((member) => renamed(member, prefix)) };
  }
}
