import type { Event } from '../event.ts';
import { gapText, type GapText } from './gap-texts.ts';
import type { Confidence } from './restore-row.ts';

/** How sure each word is, the surest first, in the words of field-map.md 4.5. */
export const confidences: readonly (readonly [Confidence, meaning: string])[] = [
  ['corroborated', 'a source states the operator for this very operation, and a second, independent one agrees'],
  ['confirmed', 'a source states the operator for this very operation'],
  ['probable', 'exactly one session can have done it'],
  ['ambiguous', 'several can have done it; they are listed, and nobody is named'],
  ['organization', 'only the organisation is known'],
  ['unknown', 'nothing is known of the operator'],
];

/** Numbers of restores by confidence, the surest first; what does not occur is left out. */
export function countByConfidence(restores: readonly Event[]): readonly (readonly [Confidence, number])[] {
  return confidences
    .map(([confidence]) => [confidence, restores.filter((restore) => (restore['vb365.attribution.confidence'] ?? 'unknown') === confidence).length] as const)
    .filter(([, count]) => count > 0);
}

/** The gaps of all restores with the number of restores that have each, the most frequent first. */
export function countGaps(restores: readonly Event[]): readonly (readonly [GapText, number])[] {
  const counts = new Map<string, number>();
  for (const restore of restores) {
    for (const code of new Set(restore['vb365.attribution.gaps'] ?? [])) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([code, count]) => [gapText(code), count] as const);
}

/** `1 restore`, `2 restores` */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
