/**
 * Finds which of several texts occur anywhere in a message, for templates that begin with a field. Looks at pairs of bytes and skips as far as no text
 * can have ended (Wu, Manber 1994), so of most messages it sees one byte in three or less.
 */
import { startsWith } from './match-steps.ts';

export interface TextFinder {
  /** Indexes of the texts that occur and of those too short to be searched, each once, rising. */
  find(line: Buffer, start: number, end: number): readonly number[];
}

const none: readonly number[] = [];
const nothing = new Uint8Array();

/** @param texts UTF-8 */
export function createTextFinder(texts: readonly Uint8Array[]): TextFinder {
  const indexes = [...texts.keys()];
  const always = indexes.filter((index) => (texts[index]?.length ?? 0) < 2);
  const searched = indexes.filter((index) => !always.includes(index));
  if (searched.length === 0) return { find: () => always };
  const shortest = Math.min(...searched.map((index) => texts[index]?.length ?? 0), longestWindow);
  // How far the window may move when it ends with this pair: to the last place of the pair in any window of a text.
  const skip = new Uint8Array(65_536).fill(shortest - 1);
  const byPair = new Map<number, number[]>();
  for (const index of searched) {
    const text = texts[index] ?? nothing;
    for (let at = 1; at < shortest; at += 1) {
      const pair = pairAt(text, at);
      skip[pair] = Math.min(skip[pair] ?? 0, shortest - 1 - at);
    }
    const last = pairAt(text, shortest - 1);
    byPair.set(last, [...byPair.get(last) ?? [], index]);
  }
  return {
    find(line, start, end) {
      let found: Set<number> | undefined;
      let at = start + shortest - 1;
      while (at < end) {
        const pair = ((line[at - 1] ?? 0) << 8) | (line[at] ?? 0);
        const step = skip[pair] ?? 0;
        if (step > 0) {
          at += step;
          continue;
        }
        const from = at - shortest + 1;
        for (const index of byPair.get(pair) ?? none) if (startsWith(line, from, end, texts[index] ?? nothing)) (found ??= new Set(always)).add(index);
        at += 1;
      }
      return found === undefined ? always : [...found].sort((x, y) => x - y);
    },
  };
}
/** bytes of each text that the window holds at most: one byte has to hold a step */
const longestWindow = 255;

function pairAt(text: Uint8Array, at: number): number {
  return ((text[at - 1] ?? 0) << 8) | (text[at] ?? 0);
}
