/** ATT&CK tags against the data of ATT&CK. */
import type { Report } from './report-finding.ts';
import type { AttackKnowledge, CheckKnowledge } from './rule-knowledge.ts';
import type { Rule } from './rule.ts';

/** Unknown and replaced techniques and tactics, and tactics to which no technique of the rule belongs. */
export function checkTags(rule: Rule, attack: AttackKnowledge, { suggest }: CheckKnowledge, report: Report): void {
  const ours = rule.tags.flatMap((tag, index) => tag.startsWith('attack.') ? [{ name: tag.slice(7), at: rule.places?.get(`tags[${index}]`) ?? rule.position }] : []);
  const techniques = ours.filter(({ name }) => /^t\d/.test(name));
  const reached = new Set(techniques.flatMap(({ name }) => attack.techniques.get(name)?.tactics ?? []));
  for (const { name, at } of techniques) {
    const successors = attack.replaced.get(name);
    if (successors !== undefined) report('RULE_ATTACK_REVOKED', at, `${name.toUpperCase()} was replaced`, successors.length === 0 ? 'drop it' : `use attack.${successors.join(' or attack.')}`);
    else if (!attack.techniques.has(name)) report('RULE_ATTACK_UNKNOWN', at, `ATT&CK has no technique ${name.toUpperCase()}`);
  }
  for (const { name, at } of ours.filter((tag) => /^[a-z-]+$/.test(tag.name))) {
    const near = attack.tactics.has(name) ? undefined : suggest(name, attack.tactics);
    if (!attack.tactics.has(name)) report('RULE_ATTACK_UNKNOWN', at, `ATT&CK has no tactic ${name}`, near === undefined ? undefined : `did you mean attack.${near}?`);
    else if (!reached.has(name)) report('RULE_TACTIC_WITHOUT_TECHNIQUE', at, `no technique of the rule belongs to ${name}`);
  }
}
