/** Finds the texts that a message begins with: one walk over its first bytes, however many texts there are. */

export interface LeadTrie {
  /**
   * Writes the entries whose text the message begins with into `found`, shortest text first, and returns how many there are. An entry is the index of
   * its text; entries with one text stand in falling order, so that reading from the end gives longest text first and lowest index first.
   */
  walk(line: Buffer, start: number, end: number, found: number[]): number;
}

interface Node {
  /** bytes after the first one, which the parent has compared */
  readonly rest: Uint8Array;
  /** child by its first byte; 0 is none, because the root is nobody's child */
  readonly children: Uint16Array | undefined;
  readonly entries: readonly number[];
}
interface Branch { readonly children: Map<number, Branch>; readonly entries: number[] }

/** @param texts UTF-8, none of them empty */
export function createLeadTrie(texts: readonly Uint8Array[]): LeadTrie {
  const root: Branch = { children: new Map(), entries: [] };
  for (const [index, text] of texts.entries()) {
    let branch = root;
    for (const byte of text) {
      let child = branch.children.get(byte);
      if (child === undefined) branch.children.set(byte, child = { children: new Map(), entries: [] });
      branch = child;
    }
    branch.entries.unshift(index);
  }
  const nodes: Node[] = [];
  compress(root, [], nodes);
  return {
    walk(line, start, end, found) {
      let count = 0;
      let at = start;
      let node = nodes[0];
      while (node !== undefined) {
        const { rest, entries, children } = node;
        if (at + rest.length > end) break;
        let same = 0;
        while (same < rest.length && line[at + same] === rest[same]) same += 1;
        if (same < rest.length) break;
        at += same;
        for (const entry of entries) found[count++] = entry;
        if (children === undefined || at >= end) break;
        const next = children[line[at] ?? 0] ?? 0;
        if (next === 0) break;
        node = nodes[next];
        at += 1;
      }
      return count;
    },
  };
}

/** Chains without a branch become one node. Recurses as deep as texts branch, not as long as they are. */
function compress(branch: Branch, taken: readonly number[], nodes: Node[]): number {
  const rest = [...taken];
  let end = branch;
  while (end.entries.length === 0 && end.children.size === 1) {
    for (const [byte, child] of end.children) {
      rest.push(byte);
      end = child;
    }
  }
  const index = nodes.length;
  const children = end.children.size === 0 ? undefined : new Uint16Array(256);
  nodes.push({ rest: Uint8Array.from(rest), children, entries: end.entries });
  for (const [byte, child] of end.children) if (children !== undefined) children[byte] = compress(child, [], nodes);
  return index;
}
