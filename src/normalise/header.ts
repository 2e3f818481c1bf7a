/**
 * The session header of a log file (formats/explorer-archiver-logs.md 5): the only place where an Explorer log names its operator. Header lines
 * count on the thread of the first line and at the top of the file only; the same text anywhere else changes nothing.
 */
import type { LogMessage } from '../text/log-message.ts';

export interface Header {
  host?: string | undefined;
  addresses: string[];
  account?: string | undefined;
  level?: string | undefined;
  executable?: string | undefined;
  version?: string | undefined;
  hasUtc: boolean;
  hasRule: boolean;
}

export type HeaderVerdict = 'header' | 'body' | 'suspicious' | 'second';

/** how many prefixed lines a header can take, adapters included */
const maxHeaderLines = 40;

export interface HeaderReader {
  /** Feed every prefixed line in order; `header` means it was consumed. `second` is the last line of a complete further header. */
  read(message: LogMessage, afterBrokenLine: boolean): HeaderVerdict;
  readonly header: Header;
  /** true when the file began with a header */
  readonly isPresent: boolean;
}

function emptyHeader(): Header {
  return { addresses: [], hasUtc: false, hasRule: false };
}

export function createHeaderReader(): HeaderReader {
  let header = emptyHeader();
  let open = true;
  let lines = 0;
  let thread: string | undefined;
  let present = false;
  let next: { readonly header: Header; readonly thread: string; lines: number } | undefined;

  return {
    read(message, afterBrokenLine) {
      // Most lines are unknown, and nothing of it can be a header then.
      if (message.id === undefined && !open && next === undefined) return 'body';
      lines += 1;
      const isHeaderLine = message.id?.startsWith('header-') === true;
      if (open) {
        if (lines === 1) {
          thread = message.line.thread;
          present = isHeaderLine;
          if (!present) open = false;
        }
        const isWhole = header.hasRule && header.executable !== undefined;
        // The first work of any thread ends it, and so does another header that follows at once.
        if (lines > maxHeaderLines || (isWhole && (isHeaderLine ? message.id === 'header-server' && header.host !== undefined : message.line.indent === 0))) open = false;
        else if (open && message.line.thread === thread) {
          if (isHeaderLine) {
            apply(header, message);
            return 'header';
          }
          if (message.line.indent > 0) return 'header';
        }
      }
      if (next !== undefined) {
        next.lines += 1;
        if (message.line.thread === next.thread && isHeaderLine && message.id !== 'header-server') {
          apply(next.header, message);
          if (isComplete(next.header)) {
            header = next.header;
            thread = next.thread;
            next = undefined;
            return 'second';
          }
          return 'header';
        }
        if (message.line.thread === next.thread && message.line.indent > 0 && next.lines < maxHeaderLines) return 'header';
        next = undefined;
      }
      if (message.id === 'header-server' && message.line.managed === 1 && message.line.indent === 0 && !afterBrokenLine) {
        next = { header: emptyHeader(), thread: message.line.thread, lines: 1 };
        apply(next.header, message);
        return 'header';
      }
      return message.id === 'header-account' || message.id === 'header-server' ? 'suspicious' : 'body';
    },
    get header() { return header; },
    get isPresent() { return present; },
  };
}

/** A further header counts only whole: a forged one inside a value has to imitate all of it. */
function isComplete(header: Header): boolean {
  return header.host !== undefined && header.account !== undefined && header.hasUtc && header.hasRule && header.executable !== undefined;
}

function apply(header: Header, message: LogMessage): void {
  switch (message.id) {
    case 'header-server': header.host ??= message.value('client.host')?.trim(); break;
    case 'header-adapter': case 'header-adapter-4': case 'header-adapter-6':
      for (const field of ['ip4', 'ip6']) {
        const address = message.value(field)?.trim().replace(/%.*$/s, '');
        if (address !== undefined && address !== '') header.addresses.push(address);
      }
      break;
    case 'header-account': header.account ??= message.value('account')?.trim(); break;
    case 'header-log-level': header.level ??= message.value('header.level')?.trim(); break;
    case 'header-utc': header.hasUtc = true; break;
    case 'header-rule': header.hasRule = true; break;
    case 'header-version':
      header.executable ??= message.value('header.executable')?.trim();
      header.version ??= message.value('header.version')?.trim();
      break;
    default: break;
  }
}
