/** Names of ATT&CK for alerts, from the data file of the pack (rules/attack.yml). */
import type { AttackNames } from './threat-fields.ts';

/** @param data parsed; entries of another form are left out. Tactics go by the words of either version. */
export function readAttackNames(data: unknown): AttackNames {
  const tactics = new Map<string, { readonly id: string; readonly name: string }>();
  for (const row of rowsOf(data, 'tactics')) {
    const words = ['name', 'current', 'previous'].flatMap((key) => typeof row[key] === 'string' ? [row[key]] : []);
    const id = row['id'];
    if (typeof id === 'string') for (const word of words) tactics.set(word, { id, name: titleOf(word) });
  }
  const techniques = new Map(rowsOf(data, 'techniques').flatMap(({ id, name }) => typeof id === 'string' && typeof name === 'string' ? [[id.toUpperCase(), name] as const] : []));
  return { tactics, techniques };
}

/** `command-and-control` → `Command and Control` */
function titleOf(word: string): string {
  return word.split('-').map((part) => part === 'and' ? part : part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
}

function rowsOf(data: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const rows: unknown = typeof data === 'object' && data !== null && Object.hasOwn(data, key) ? (data as Readonly<Record<string, unknown>>)[key] : undefined;
  return Array.isArray(rows) ? rows.filter((row): row is Readonly<Record<string, unknown>> => typeof row === 'object' && row !== null) : [];
}
