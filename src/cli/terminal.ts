/** What a command may touch of the world around it, handed in so that tests run commands in their own process. */
import type { Readable, Writable } from 'node:stream';

export interface TerminalStream extends Writable { readonly isTTY?: boolean; readonly columns?: number }
export interface Terminal {
  /** results only */
  readonly stdout: TerminalStream;
  /** everything else: problems, counts, progress, log */
  readonly stderr: TerminalStream;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** absolute path that relative paths of the command line start at */
  readonly cwd: string;
  /** aborted by Ctrl-C: finish what is whole and stop */
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
}

/** True when the stream shows SGR colours and nobody asked for none (no-color.org). */
export function showsColor(terminal: Terminal, stream: TerminalStream): boolean {
  return stream.isTTY === true && (terminal.env['NO_COLOR'] ?? '') === '' && terminal.env['TERM'] !== 'dumb';
}

/** Writes a line for people to stderr. */
export function say(terminal: Terminal, text: string): void {
  terminal.stderr.write(`${text}\n`);
}
