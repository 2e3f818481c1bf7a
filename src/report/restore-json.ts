/** Restores as JSON for programs: the event as every destination gets it, and beside it what the table and the page say in words. */
import type { Event } from '../event.ts';
import type { AlertsBeside } from './alerts-beside.ts';
import { gapText } from './gap-texts.ts';
import type { EvidenceLine } from './evidence.ts';
import { operatorText } from './operator-text.ts';

interface Nested { [name: string]: unknown }

/**
 * An array of restores, ended by a line feed. Each is the event nested as in ECS JSON, with one more member `report`: `operator` (text), `gaps` (code,
 * sentence, remedy), `alerts` (rule id, name, level, message) and `evidence` (the records it rests on; without the raw record when the pipeline keeps none). Names are as the sources wrote them.
 */
export function restoreJson(restores: readonly Event[], evidence: ReadonlyMap<string, EvidenceLine> = new Map(), alerts?: AlertsBeside): string {
  const entries = restores.map((restore) => JSON.stringify({
    ...nested(restore),
    report: {
      operator: operatorText(restore),
      gaps: (restore['vb365.attribution.gaps'] ?? []).map(gapText).map(({ code, sentence, remedy }) => ({ code, sentence, remedy })),
      alerts: alerts?.of([restore]) ?? [],
      evidence: (restore['vb365.attribution.evidence'] ?? []).map((id) => evidence.get(id) ?? { id }),
    },
  }, undefined, 2));
  return entries.length === 0 ? '[]\n' : `[\n${entries.join(',\n')}\n]\n`;
}

function nested(event: Event): Nested {
  const root: Nested = {};
  for (const [name, value] of Object.entries(event)) {
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let at = root;
    for (const part of parts) {
      // Names come from the field list: no two of them make one name a value and an object.
      if (!Object.hasOwn(at, part)) at[part] = {};
      at = at[part] as Nested;
    }
    at[last] = value;
  }
  return root;
}
