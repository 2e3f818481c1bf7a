/** Which key of a map or set has been in it longest. */

/**
 * A function that gives the oldest key, which the caller then deletes. It goes on where it stopped: looking from the beginning each time would walk over
 * the places of everything that was deleted before (measured: most of the time of a stream with more keys than are kept).
 */
export function oldestKeyOf(keys: () => IterableIterator<string>): () => string | undefined {
  let walk = keys();
  return () => {
    let next = walk.next();
    if (next.done === true) {
      walk = keys();
      next = walk.next();
    }
    return next.done === true ? undefined : next.value;
  };
}
