/** Which restores of a tenant were seen, up to which revision, and which rules have judged them (sigma.md 8.3): one alert for each rule and restore. */
import { oldestKeyOf } from './oldest-key.ts';

export interface RestoreMemory {
  /** False for a revision that is not newer than what is known: it has been judged. */
  see(restore: string, revision: number): boolean;
  /** Remembers that a rule has matched or, once and for all, has not. False when that was known. */
  judge(restore: string, rule: string, isMatch: boolean): boolean;
  /** undefined: not judged yet, or again with the next revision */
  verdictOf(restore: string, rule: string): boolean | undefined;
  save(): SavedRestores;
}
export type SavedRestores = readonly (readonly [restore: string, revision: number, verdicts: readonly (readonly [rule: string, isMatch: boolean])[]])[];

/** @param maxRestores remembered; the one that was heard of least recently goes. Should it come again, its alerts have the ids they had. */
export function createRestoreMemory(maxRestores: number, saved: SavedRestores = []): RestoreMemory {
  // Most restores are of no rule's interest: verdicts are made room for when there is one.
  const restores = new Map<string, { readonly revision: number; verdicts: Map<string, boolean> | undefined }>(
    saved.map(([restore, revision, verdicts]) => [restore, { revision, verdicts: verdicts.length === 0 ? undefined : new Map(verdicts) }]),
  );
  const oldest = oldestKeyOf(() => restores.keys());
  return {
    see(restore, revision) {
      const known = restores.get(restore);
      if (known !== undefined && revision <= known.revision) return false;
      restores.delete(restore);
      restores.set(restore, { revision, verdicts: known?.verdicts });
      if (restores.size > maxRestores) restores.delete(oldest() ?? '');
      return true;
    },
    judge(restore, rule, isMatch) {
      const known = restores.get(restore);
      if (known?.verdicts?.has(rule) === true) return false;
      if (known !== undefined) known.verdicts = (known.verdicts ?? new Map<string, boolean>()).set(rule, isMatch);
      return true;
    },
    verdictOf: (restore, rule) => restores.get(restore)?.verdicts?.get(rule),
    save: () => [...restores].map(([restore, { revision, verdicts }]) => [restore, revision, [...verdicts ?? []]] as const),
  };
}
