/** One line that tells how far long work has come; only on a terminal, and gone when the work is done. */
import { progressEveryMs } from '../limits.ts';
import type { Terminal } from './terminal.ts';

export interface Progress {
  /** @param total 0: not known yet */
  readonly update: (done: number, total: number) => void;
  /** removes the line, so that something else can be written */
  readonly clear: () => void;
}

export function createProgress(terminal: Terminal, what: string): Progress {
  const { stderr, nowMs } = terminal;
  if (stderr.isTTY !== true || terminal.env['TERM'] === 'dumb') return { update: () => undefined, clear: () => undefined };
  let shownMs = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    update(done, total) {
      const now = nowMs();
      if (now - shownMs < progressEveryMs) return;
      shownMs = now;
      isShown = true;
      const part = total > 0 ? `${Math.floor(100 * Math.min(1, done / total))} %` : String(done);
      stderr.write(`\r\u001b[K${what} ${part}`.slice(0, (stderr.columns ?? 80) + 3));
    },
    clear() {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}
