/** The file of ATT&CK that the pack carries (rules/attack.yml): two versions of one matrix and how one is said in the other. */
import type { AttackKnowledge } from './rule-knowledge.ts';

/** The data as parsed YAML; entries of another form are left out. What either version knows may be named. */
export function readAttackData(data: unknown): AttackKnowledge {
  const tactics = new Set<string>();
  for (const row of recordsOf(data, 'tactics')) for (const key of ['name', 'previous', 'current']) if (typeof row[key] === 'string') tactics.add(row[key].toLowerCase());
  const techniques = new Map<string, { readonly tactics: readonly string[] }>();
  for (const row of recordsOf(data, 'techniques')) {
    if (typeof row['id'] !== 'string') continue;
    techniques.set(row['id'].toLowerCase(), { tactics: ['tactics', 'previous', 'current'].flatMap((key) => textsIn(row[key])).map((name) => name.toLowerCase()) });
  }
  const replacements = memberOf(data, 'replaced');
  const replaced = new Map<string, readonly string[]>();
  if (typeof replacements === 'object' && replacements !== null) for (const [from, to] of Object.entries(replacements)) replaced.set(from.toLowerCase(), (typeof to === 'string' ? [to] : textsIn(to)).map((name) => name.toLowerCase()));
  return { techniques, tactics, replaced };
}

function memberOf(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key) ? (data as Readonly<Record<string, unknown>>)[key] : undefined;
}

function recordsOf(data: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const list = memberOf(data, key);
  return Array.isArray(list) ? list.filter((row): row is Readonly<Record<string, unknown>> => typeof row === 'object' && row !== null) : [];
}

const textsIn = (value: unknown): readonly string[] => Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
