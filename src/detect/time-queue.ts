/** Keys in the order of a time that each of them has and that may change: a binary heap that knows the place of every key. */

export interface TimeQueue {
  /** Puts a key in, or moves it. */
  set(key: string, time: number): void;
  delete(key: string): void;
  /** the key with the least time; among equals the least key, so that the order depends on nothing else */
  first(): { readonly key: string; readonly time: number } | undefined;
  timeOf(key: string): number | undefined;
}

interface Item { readonly key: string; time: number; place: number }

/** Every operation takes logarithmic time. */
export function createTimeQueue(): TimeQueue {
  const heap: Item[] = [];
  const items = new Map<string, Item>();
  return {
    set(key, time) {
      const known = items.get(key);
      if (known === undefined) {
        const item = { key, time, place: heap.length };
        heap.push(item);
        items.set(key, item);
        rise(item);
      } else if (known.time !== time) {
        known.time = time;
        rise(known);
        sink(known);
      }
    },
    delete(key) {
      const item = items.get(key);
      if (item === undefined) return;
      items.delete(key);
      const last = heap.pop();
      if (last === undefined || last === item) return;
      put(last, item.place);
      rise(last);
      sink(last);
    },
    first: () => heap[0],
    timeOf: (key) => items.get(key)?.time,
  };

  function put(item: Item, place: number): void {
    heap[place] = item;
    item.place = place;
  }
  function swap(a: Item, b: Item): void {
    const place = a.place;
    put(a, b.place);
    put(b, place);
  }
  function rise(item: Item): void {
    for (let above = parentOf(item); above !== undefined && isBefore(item, above); above = parentOf(item)) swap(item, above);
  }
  function parentOf({ place }: Item): Item | undefined {
    return place === 0 ? undefined : heap[(place - 1) >> 1];
  }
  function sink(item: Item): void {
    for (;;) {
      const left = heap[2 * item.place + 1];
      const right = heap[2 * item.place + 2];
      const below = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (below === undefined || !isBefore(below, item)) return;
      swap(item, below);
    }
  }
}

function isBefore(a: Item, b: Item): boolean {
  return a.time < b.time || (a.time === b.time && a.key < b.key);
}
