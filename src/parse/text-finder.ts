/**
 * Finds which of many texts occur anywhere in a message, in one pass (Aho, Corasick 1975): for templates that begin with a field. Bytes that no text
 * holds share one column, which keeps the table small enough for the cache.
 */

export interface TextFinder {
  /** Indexes of the texts that occur, each once, rising. */
  find(line: Buffer, start: number, end: number): readonly number[];
}

const none: readonly number[] = [];

/** @param texts UTF-8, none of them empty */
export function createTextFinder(texts: readonly Uint8Array[]): TextFinder {
  if (texts.length === 0) return { find: () => none };
  const column = new Uint16Array(256);
  let columns = 1;
  for (const text of texts) for (const byte of text) if (column[byte] === 0) column[byte] = columns++;
  const { table, hits } = automaton(texts, column, columns);
  return {
    find(line, start, end) {
      let state = 0;
      let found: Set<number> | undefined;
      for (let at = start; at < end; at += 1) {
        state = table[state * columns + (column[line[at] ?? 0] ?? 0)] ?? 0;
        const here = hits[state];
        if (here !== undefined) for (const index of here) (found ??= new Set()).add(index);
      }
      return found === undefined ? none : [...found].sort((x, y) => x - y);
    },
  };
}

function automaton(texts: readonly Uint8Array[], column: Uint16Array, columns: number): { readonly table: Uint32Array; readonly hits: readonly (readonly number[] | undefined)[] } {
  const states = 1 + texts.reduce((sum, text) => sum + text.length, 0);
  const table = new Uint32Array(states * columns);
  const hits: (number[] | undefined)[] = Array.from({ length: states });
  let count = 1;
  for (const [index, text] of texts.entries()) {
    let state = 0;
    for (const byte of text) {
      const cell = state * columns + (column[byte] ?? 0);
      if (table[cell] === 0) table[cell] = count++;
      state = table[cell] ?? 0;
    }
    (hits[state] ??= []).push(index);
  }
  // Breadth first: the fallback of a state is shorter and therefore complete already.
  const fallback = new Uint32Array(states);
  const queue: number[] = [];
  for (let c = 0; c < columns; c += 1) {
    const next = table[c] ?? 0;
    if (next !== 0) queue.push(next);
  }
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = fallback[state] ?? 0;
    const inherited = hits[back];
    if (inherited !== undefined) hits[state] = [...hits[state] ?? [], ...inherited];
    for (let c = 0; c < columns; c += 1) {
      const cell = state * columns + c;
      const next = table[cell] ?? 0;
      const other = table[back * columns + c] ?? 0;
      if (next === 0) table[cell] = other;
      else {
        fallback[next] = other;
        queue.push(next);
      }
    }
  }
  return { table, hits };
}
