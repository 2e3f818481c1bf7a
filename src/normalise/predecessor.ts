/**
 * Which file a file without header continues (formats/explorer-archiver-logs.md 10, case 7). Proven by an operation that is open on a thread where one
 * file ends and goes on, on the same thread, where the other begins; never by names or by being the newest.
 */
import type { LogFileEnd, Predecessor } from './log-file.ts';

/** An operation that pauses longer than this cannot be told from another one on the same thread. */
const longestPauseMs = 3_600_000;

/**
 * @param others ends of the other files of the same source
 * @returns the only file that proves to be the predecessor; undefined when none or several do
 */
export function provenPredecessor(file: LogFileEnd, others: readonly LogFileEnd[]): Predecessor | undefined {
  const proven = others.filter((other) => other.file !== file.file && folderOf(other.file) === folderOf(file.file) && continuesIn(file, other));
  const [only] = proven;
  return proven.length === 1 ? only?.predecessor : undefined;
}

function continuesIn(file: LogFileEnd, other: LogFileEnd): boolean {
  const open = other.predecessor?.open;
  if (open === undefined || ![...file.continues].some((thread) => open.has(thread))) return false;
  const { lastMs } = other;
  if (file.firstReadings.length === 0 || lastMs === undefined) return true;
  // A file without header does not know its offset: that of the other one would be its own.
  const shiftMs = file.clock.knowsOffset ? 0 : (other.clock.offsetMinutes ?? 0) * 60_000;
  return file.firstReadings.some((reading) => reading - shiftMs >= lastMs - 1_000 && reading - shiftMs <= lastMs + longestPauseMs);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}
