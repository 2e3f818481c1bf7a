/**
 * An Explorer begins every log with its header. A log without one goes on where another file ended; when that file is not among what was read, the account
 * and whatever stood there are missing.
 */
import type { Activity, FieldName } from '../event.ts';
import { maxClockErrorMs } from '../limits.ts';
import { healthEvent } from '../text/health-event.ts';
import type { LogFileEnd } from './log-file.ts';

/**
 * @param activities of the file; its start says where and when it was written
 * @param others ends of all files: one of the same folder and Explorer that ended before may be the missing one, though nothing proves it
 * @returns the gap as an activity of the file, so that it goes where the file goes; undefined when nothing is proven to be missing
 */
export function missingHead(end: LogFileEnd, activities: readonly Activity[], others: readonly LogFileEnd[]): Activity | undefined {
  const start = activities.find(({ facts }) => facts.kind === 'launch');
  if (start === undefined || !end.isExplorer || end.hasHeader || end.predecessor !== undefined || others.some((other) => mayBeBefore(other, end))) return undefined;
  const event = healthEvent({
    action: 'log-gap', key: [end.file], at: start.event['@timestamp'], fields: Object.fromEntries(placeFields.flatMap((name) => start.event[name] === undefined ? [] : [[name, start.event[name]]])),
    message: `${end.file} has no header: it continues a log that was not read, and who used the Explorer is not known from it`,
  });
  return { event, facts: { kind: 'plain' } };
}

/** Where and when the first line stands. */
const placeFields = [
  'vb365.time.precision', 'vb365.time.basis', 'vb365.time.candidates', 'vb365.origin.source', 'vb365.origin.kind', 'vb365.origin.file', 'vb365.origin.offset', 'vb365.origin.line', 'log.file.path',
  'vb365.workload', 'service.name', 'source.domain', 'source.ip', 'vb365.session.id', 'vb365.session.kind', 'transaction.id', 'vb365.client.tool', 'related.hosts', 'related.ip',
] as const satisfies readonly FieldName[];

function mayBeBefore(other: LogFileEnd, file: LogFileEnd): boolean {
  if (other.file === file.file || !other.isExplorer || folderOf(other.file) !== folderOf(file.file)) return false;
  if (other.kind?.workload !== undefined && file.kind?.workload !== undefined && other.kind.workload !== file.kind.workload) return false;
  if (other.lastMs === undefined || file.firstReadings.length === 0) return true;
  const { lastMs } = other;
  return file.firstReadings.some((reading) => reading >= lastMs - maxClockErrorMs && reading <= lastMs + 2 * maxClockErrorMs);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}
