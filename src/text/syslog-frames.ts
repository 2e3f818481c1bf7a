/** Cuts a byte stream into syslog messages. Each message says by its first byte how it is framed: a digit begins a count, anything else a line. */

export interface FrameReader {
  /** messages that are complete now, as bytes; a block may end anywhere */
  readonly push: (block: Uint8Array) => readonly Buffer[];
  /** at the end of the stream: the last line without line feed, if any; what is cut off inside a counted message is none */
  readonly end: () => readonly Buffer[];
  /** true once the stream made no sense (a count without end, a message above the limit): nothing after that is read */
  readonly isBroken: () => boolean;
}

/** @param maxBytes longest message; a stream that announces more is broken */
export function createFrameReader(maxBytes: number): FrameReader {
  let held: Buffer = Buffer.alloc(0);
  let isBroken = false;
  const refuse = (): void => {
    isBroken = true;
    held = Buffer.alloc(0);
  };
  const take = (from: number): { readonly message: Buffer; readonly next: number } | undefined => {
    const first = held[from];
    if (first === undefined) return undefined;
    if (first >= 0x31 && first <= 0x39) {
      const blank = held.indexOf(0x20, from);
      const digits = held.toString('latin1', from, blank < 0 ? held.length : blank);
      if (!/^\d{1,9}$/.test(digits) || Number(digits) > maxBytes) {
        refuse();
        return undefined;
      }
      const end = blank + 1 + Number(digits);
      return blank < 0 || end > held.length ? undefined : { message: held.subarray(blank + 1, end), next: end };
    }
    const feed = held.indexOf(0x0a, from);
    if ((feed < 0 ? held.length : feed) - from > maxBytes) refuse();
    return feed < 0 || isBroken ? undefined : { message: held.subarray(from, feed), next: feed + 1 };
  };
  return {
    push(block) {
      if (isBroken) return [];
      held = held.length === 0 ? Buffer.from(block) : Buffer.concat([held, block]);
      const messages: Buffer[] = [];
      let from = 0;
      for (let found = take(from); found !== undefined; found = take(from)) {
        if (found.message.length > 0) messages.push(found.message);
        from = found.next;
      }
      held = held.subarray(from);
      return messages;
    },
    end() {
      const rest = held;
      held = Buffer.alloc(0);
      const first = rest[0];
      return first === undefined || (first >= 0x31 && first <= 0x39) ? [] : [rest];
    },
    isBroken: () => isBroken,
  };
}
