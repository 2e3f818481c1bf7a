/**
 * Joining two lists of records that state the same things: who fits whom is a graph, and only what the graph decides is decided. Inside a component
 * where several fit one another it cannot be said who is whose; they are matched as a set.
 */
export interface Pair<A, B> {
  readonly a: A;
  readonly b: B;
  /** true when nobody else could have been the partner of either */
  readonly isOnly: boolean;
}

/**
 * @param edges every possible pair with its distance, in any order
 * @returns as many pairs as there can be, near ones first; deterministic for one set of edges and one order of the lists
 */
export function pairUp<A extends object, B extends object>(as: readonly A[], edges: ReadonlyMap<A, readonly { readonly b: B; readonly distance: number }[]>): readonly Pair<A, B>[] {
  const claims = new Map<B, number>();
  for (const list of edges.values()) for (const { b } of list) claims.set(b, (claims.get(b) ?? 0) + 1);
  const partnerOf = new Map<B, A>();
  const takenBy = new Map<A, B>();
  const sorted = new Map([...edges].map(([a, list]) => [a, [...list].sort((x, y) => x.distance - y.distance)]));

  /** One more pair for `a`, moving others to their next choice where that makes room (augmenting path). */
  function place(a: A, seen: Set<B>): boolean {
    for (const { b } of sorted.get(a) ?? []) {
      if (seen.has(b)) continue;
      seen.add(b);
      const rival = partnerOf.get(b);
      if (rival === undefined || (seen.size < maxDetours && place(rival, seen))) {
        partnerOf.set(b, a);
        takenBy.set(a, b);
        return true;
      }
    }
    return false;
  }
  const byDistance = [...as].filter((a) => (sorted.get(a)?.length ?? 0) > 0).sort((x, y) => (sorted.get(x)?.[0]?.distance ?? 0) - (sorted.get(y)?.[0]?.distance ?? 0));
  for (const a of byDistance) place(a, new Set());
  return as.flatMap((a) => {
    const b = takenBy.get(a);
    return b === undefined ? [] : [{ a, b, isOnly: sorted.get(a)?.length === 1 && claims.get(b) === 1 }];
  });
}

/** bounds the search inside one component; honest ones have a handful of members */
const maxDetours = 500;
