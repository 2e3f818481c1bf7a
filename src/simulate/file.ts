/** A file of a world, produced when it is asked for: large ones never stand in memory as a whole. */
export interface WorldFile {
  /** relative, forward slashes */
  readonly path: string;
  /** when it was saved, UTC: what a record without a time of its own is dated by; absent: now */
  readonly savedMs?: number;
  chunks(): Iterable<Uint8Array>;
}

export function textFile(path: string, text: string, savedMs?: number): WorldFile {
  return { path, ...(savedMs === undefined ? {} : { savedMs }), chunks: () => [new TextEncoder().encode(text)] };
}
