/** A file of a world, produced when it is asked for: large ones never stand in memory as a whole. */
export interface WorldFile {
  /** relative, forward slashes */
  readonly path: string;
  chunks(): Iterable<Uint8Array>;
}

export function textFile(path: string, text: string): WorldFile {
  return { path, chunks: () => [new TextEncoder().encode(text)] };
}
