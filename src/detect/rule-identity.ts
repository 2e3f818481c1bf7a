/** How rules are told apart, and how a change of their content is noticed. */
import type { Rule } from '../sigma/rule.ts';
import { stableId } from '../text/hash.ts';

/** Its id; rules of others may lack one, then their name or their place. */
export function ruleKey(rule: Rule): string {
  return rule.id ?? rule.name ?? `${rule.file}#${rule.document}`;
}

/** Eight hexadecimal digits of the hash of what the rule says; where it stands is not part of it. */
export function ruleVersion(rule: Rule): string {
  return stableId('rule', canonical(rule)).slice(0, 8);
}

function canonical(value: unknown, depth = 0): string {
  if (value instanceof Map) return `[${[...value].map(([key, member]) => `[${JSON.stringify(key)},${canonical(member, depth + 1)}]`).join()}]`;
  if (Array.isArray(value)) return `[${value.map((member) => canonical(member, depth + 1)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([name, member]) => member !== undefined && name !== 'position' && !(depth === 0 && (name === 'file' || name === 'document' || name === 'places')));
  return `{${members.sort(([a], [b]) => a < b ? -1 : 1).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member, depth + 1)}`).join()}}`;
}
