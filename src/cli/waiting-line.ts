/** One line that tells for whom a command waits and for how long already; only on a terminal, and gone when the waiting is over. */
import { progressEveryMs } from '../limits.ts';
import type { Terminal } from './terminal.ts';

export interface WaitingLine {
  /** from now on somebody waits; the line appears when that takes long enough to be noticed */
  readonly begin: () => void;
  readonly end: () => void;
  /** removes the line, so that something else can be written; it comes back while the waiting lasts */
  readonly clear: () => void;
  /** no more of it */
  readonly close: () => void;
}

/** @param text what to show; undefined: nothing is waited for */
export function createWaitingLine(terminal: Terminal, text: (seconds: number) => string | undefined): WaitingLine {
  const { stderr, nowMs } = terminal;
  const isDrawn = stderr.isTTY === true && terminal.env['TERM'] !== 'dumb';
  let sinceMs: number | undefined;
  let isShown = false;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (isShown) stderr.write('\r\u001b[K');
    isShown = false;
  };
  const draw = (): void => {
    if (sinceMs === undefined || nowMs() - sinceMs < progressEveryMs) return;
    const line = text(Math.floor((nowMs() - sinceMs) / 1000));
    if (line === undefined) return;
    isShown = true;
    stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
  };
  return {
    begin() {
      sinceMs = nowMs();
      // A line that nobody would miss keeps no program alive.
      if (isDrawn) timer ??= setInterval(draw, progressEveryMs).unref();
    },
    end() {
      sinceMs = undefined;
      clear();
    },
    clear,
    close() {
      clearInterval(timer);
      clear();
    },
  };
}
