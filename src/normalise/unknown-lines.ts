/**
 * Days on which many more lines than usual are known to no template (detections.md 2): a new version of the product, or text that is not its own. Judged
 * by source and component, for an Explorer has other habits than a service.
 */
import type { Event } from '../event.ts';
import { minUnknownDayLines, minUnknownDays, unknownFactor, unknownShare } from '../limits.ts';
import { healthEvent } from '../text/health-event.ts';
import { isoTime } from '../text/local-time.ts';
import type { DayCount } from './day-counts.ts';
import type { LogKind } from './log-kind.ts';

const dayMs = 86_400_000;

export interface CountedFile {
  readonly source: string;
  readonly tenant: string | undefined;
  readonly kind: LogKind | undefined;
  readonly days: ReadonlyMap<number, Readonly<DayCount>>;
}

/** One event for each day, in the order of sources and days. Days with few lines say nothing; a source with few days has no usual. */
export function unknownLineDays(files: readonly CountedFile[]): readonly Event[] {
  const sources = new Map<string, { readonly file: CountedFile; readonly days: Map<number, DayCount> }>();
  for (const file of files) {
    const key = `${file.source}\u0000${file.kind?.provider ?? ''}`;
    const entry = sources.get(key) ?? { file, days: new Map<number, DayCount>() };
    sources.set(key, entry);
    for (const [day, { lines, unknown }] of file.days) {
      const sum = entry.days.get(day) ?? { lines: 0, unknown: 0 };
      entry.days.set(day, { lines: sum.lines + lines, unknown: sum.unknown + unknown });
    }
  }
  return [...sources].sort(([x], [y]) => (x < y ? -1 : 1)).flatMap(([, { file, days }]) => unusualDays(file, days));
}

function unusualDays({ source, tenant, kind }: CountedFile, days: ReadonlyMap<number, DayCount>): readonly Event[] {
  const full = [...days].filter(([, { lines }]) => lines >= minUnknownDayLines).map(([day, { lines, unknown }]) => ({ day, lines, unknown, share: unknown / lines })).sort((x, y) => x.day - y.day);
  if (full.length < minUnknownDays) return [];
  const shares = full.map(({ share }) => share).sort((x, y) => x - y);
  // Of an even number the lower one of the two in the middle would be the kinder, the upper one the surer.
  const median = shares[Math.floor(shares.length / 2)] ?? 0;
  return full.filter(({ share }) => share > unknownShare && share > unknownFactor * median).map(({ day, lines, unknown, share }) => healthEvent({
    action: 'unknown-lines', key: [source, kind?.provider ?? '', day], at: isoTime(day * dayMs),
    message: `${String(unknown)} of ${String(lines)} lines (${percent(share)}) of ${kind?.provider ?? 'a log'} from source ${source} are known to no template on ${isoTime(day * dayMs).slice(0, 10)}; usually it is ${percent(median)}`,
    fields: { 'vb365.origin.source': source, ...(kind === undefined ? {} : { 'vb365.origin.kind': kind.kind }), ...(tenant === undefined ? {} : { 'vb365.tenant.id': tenant }) },
  }));
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
