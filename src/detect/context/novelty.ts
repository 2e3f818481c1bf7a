/**
 * What a tenant has not seen before: a bounded memory with the last time of every key. Nothing is new while the tenant is learned. What was decided of
 * a restore is kept for its later revisions, so that a revision is never old because its first one was new.
 */
import { maxNoveltyKeys, maxRememberedRestores } from '../../limits.ts';
import { noveltyKinds, type NoveltyKeys, type NoveltyKind } from './novelty-keys.ts';
import type { BaselineLengths } from './settings.ts';

/** Plain data, as JSON keeps it; oldest entries first. */
export interface NoveltyState {
  /** time of the first restore, in UTC milliseconds */
  readonly firstMs?: number;
  readonly keys: readonly (readonly [key: string, lastMs: number])[];
  /** bits of the kinds that are decided, and of those that were new, by id of the restore */
  readonly restores: readonly (readonly [id: string, decided: number, novel: number])[];
}

export interface Novelty {
  /** Kinds that are new, in their order. @param startMs start of the restore */
  judge(restore: string, startMs: number, keys: NoveltyKeys): readonly NoveltyKind[];
  state(): NoveltyState;
}

interface Decision { readonly decided: number; readonly novel: number }

/** @param limits smaller ones are for tests */
export function createNovelty({ memoryMs, learningMs }: BaselineLengths, state?: NoveltyState, limits: { readonly keys: number; readonly restores: number } = { keys: maxNoveltyKeys, restores: maxRememberedRestores }): Novelty {
  let firstMs = state?.firstMs;
  const lastSeen = new Map(state?.keys);
  const decisions = new Map<string, Decision>(state?.restores.map(([id, decided, novel]) => [id, { decided, novel }]));

  /** Late restores do not make a key older. */
  function see(key: string, ms: number): void {
    const before = lastSeen.get(key);
    if (before !== undefined && before > ms) return;
    lastSeen.delete(key);
    lastSeen.set(key, ms);
    dropOldest(lastSeen, limits.keys);
  }

  function isKnown(key: string, ms: number): boolean {
    const before = lastSeen.get(key);
    return before !== undefined && before >= ms - memoryMs;
  }

  return {
    judge(restore, startMs, keys) {
      firstMs ??= startMs;
      const isLearned = startMs >= firstMs + learningMs;
      let { decided, novel } = decisions.get(restore) ?? { decided: 0, novel: 0 };
      noveltyKinds.forEach((kind, index) => {
        const things = keys.get(kind);
        const bit = 1 << index;
        if (things === undefined || (decided & bit) !== 0) return;
        decided |= bit;
        if (isLearned && things.some((spellings) => !spellings.some((key) => isKnown(key, startMs)))) novel |= bit;
      });
      // All are looked up before any is noted: the spellings of one restore say nothing about each other.
      for (const things of keys.values()) for (const spellings of things) for (const key of spellings) see(key, startMs);
      decisions.delete(restore);
      decisions.set(restore, { decided, novel });
      dropOldest(decisions, limits.restores);
      return noveltyKinds.filter((_, index) => (novel & (1 << index)) !== 0);
    },
    state: () => ({
      ...(firstMs === undefined ? {} : { firstMs }), keys: [...lastSeen],
      restores: [...decisions].map(([id, { decided, novel }]) => [id, decided, novel] as const),
    }),
  };
}

/** A Map keeps the order in which entries came: the first one is the oldest. */
function dropOldest(map: Map<string, unknown>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}

/** State that was written before; undefined for what has another shape. Entries above the limits are dropped when the next restore comes. */
export function readNoveltyState(value: unknown): NoveltyState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { firstMs, keys, restores }: { readonly firstMs?: unknown; readonly keys?: unknown; readonly restores?: unknown } = value;
  if (firstMs !== undefined && !isNumber(firstMs)) return undefined;
  if (!isList(keys, isKey) || !isList(restores, isDecision)) return undefined;
  return { ...(firstMs === undefined ? {} : { firstMs }), keys, restores };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isKey = (value: unknown): value is readonly [string, number] => Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isNumber(value[1]);
const isDecision = (value: unknown): value is readonly [string, number, number] => Array.isArray(value) && value.length === 3 && typeof value[0] === 'string' && isNumber(value[1]) && isNumber(value[2]);
function isList<T>(value: unknown, isMember: (member: unknown) => member is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isMember);
}
