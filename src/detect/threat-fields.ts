/** ATT&CK of a rule as `threat.*` (field-map.md 3). Names come from the data file of the pack; without it the ids of techniques stand alone. */
import type { Event } from '../event.ts';

export interface AttackNames {
  /** by the word of the tag: `exfiltration`, `defense-impairment` */
  readonly tactics: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  /** by id: `T1114.002` */
  readonly techniques: ReadonlyMap<string, string>;
}

/** Fields for the `attack.*` tags; none without them. */
export function threatFields(tags: readonly string[], names: AttackNames | undefined): Event {
  const words = tags.filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice('attack.'.length));
  const techniques = [...new Set(words.filter((word) => /^t\d{4}(?:\.\d{3})?$/.test(word)).map((word) => word.toUpperCase()))];
  const tactics = words.flatMap((word) => names?.tactics.get(word) ?? []);
  if (techniques.length === 0 && tactics.length === 0) return {};
  const named = techniques.flatMap((id) => names?.techniques.get(id) ?? []);
  return {
    'threat.framework': 'MITRE ATT&CK',
    ...(tactics.length === 0 ? {} : { 'threat.tactic.id': tactics.map(({ id }) => id), 'threat.tactic.name': tactics.map(({ name }) => name) }),
    ...(techniques.length === 0 ? {} : { 'threat.technique.id': techniques }),
    ...(named.length === 0 ? {} : { 'threat.technique.name': named }),
  };
}
