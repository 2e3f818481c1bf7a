import { foldName } from './account.ts';

/** First DNS label, without case: one source has the NetBIOS name, another the qualified one. */
export function hostLabel(host: string): string {
  const folded = foldName(host);
  // An address has no labels.
  return /^[\d.]+$|:/.test(folded) ? folded : folded.split('.')[0] ?? folded;
}
