/** One sample log read as far as lines, messages and activities: what the manifest says of a file is held against this. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import type { Activity, LogItemFacts, SourceContext } from '../../src/event.ts';
import type { Problem } from '../../src/errors.ts';
import { createLogFile, type LogFileEnd } from '../../src/normalise/log-file.ts';
import { decideEncoding } from '../../src/parse/log-encoding.ts';
import { readLog, type LogReading } from '../../src/parse/log-reader.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { localReadings } from '../../src/text/local-time.ts';

export const samples: string = fileURLToPath(new URL('../samples/', import.meta.url));
const matcher = compileMatcher(builtInCatalogues());

export interface SampleLog {
  readonly reading: LogReading;
  readonly end: LogFileEnd;
  readonly encoding: string;
  /** `bracketed-ms` when the lines have fractions of a second */
  readonly dialects: ReadonlySet<string>;
  readonly activities: readonly Activity[];
  readonly problems: readonly Problem[];
  /** for each operation: milliseconds from the line that opens it to its first item */
  readonly leads: readonly number[];
  /** values of a field, in the order of the messages of one template */
  values(template: string, field: string): readonly string[];
}

export async function readSampleLog(path: string, source: Partial<SourceContext> = {}): Promise<SampleLog> {
  return readLogBytes(readFileSync(samples + path), path, source);
}

/** @param sizes of the blocks in which the bytes come, over and over; none: all at once */
export async function readLogBytes(bytes: Buffer, file: string, source: Partial<SourceContext> = {}, sizes: readonly number[] = []): Promise<SampleLog> {
  const activities: Activity[] = [];
  const problems: Problem[] = [];
  const dialects = new Set<string>();
  const values = new Map<string, string[]>();
  const leads: number[] = [];
  let openedAt: number | undefined;
  const report = (problem: Problem): void => { problems.push(problem); };
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? bytes.length;
      yield Promise.resolve(bytes.subarray(at, at + size));
      at += size;
    }
  };
  const encoding = await decideEncoding(bytes.subarray(0, 65_536), chunks, undefined);
  const log = createLogFile({ file, source: { id: 'cli', ...source }, accountKind: () => undefined, emit: (activity) => { activities.push(activity); }, report });
  const reading = await readLog(chunks(), {
    file, matcher, encoding, report,
    sink: {
      message(message) {
        const local = localReadings(message.line.time)[0]?.localMs ?? 0;
        if (message.id === 'items-exporting') openedAt = local;
        if (message.id === 'item-exporting-to-file' && openedAt !== undefined) {
          leads.push(local - openedAt);
          openedAt = undefined;
        }
        dialects.add(`${message.line.dialect}${message.line.hasFraction ? '-ms' : ''}`);
        for (const field of fields) {
          const value = message.id === undefined ? undefined : message.value(field);
          if (value !== undefined) values.set(`${message.id ?? ''} ${field}`, [...values.get(`${message.id ?? ''} ${field}`) ?? [], value]);
        }
        log.message(message);
      },
      continuation: (text) => { log.continuation(text); },
    },
  });
  return { reading, end: log.end(), encoding: encoding.name, dialects, activities, problems, leads, values: (template, field) => values.get(`${template} ${field}`) ?? [] };
}

/** fields of messages that become no field of an event, or that are compared as they stand in the file */
const fields = ['header.level', 'header.version', 'provider', 'upn', 'peer', 'server.user', 'action', 'data', 'version', 'error', 'saved', 'failed', 'skipped', 'total'];

export interface SampleOperation {
  readonly items: readonly LogItemFacts[];
  /** UTC milliseconds of the line that opens the operation */
  readonly started: number;
}

/** Item actions of one operation, operations in the order of the file; restores of messages are operations of their own kind. */
export function operationsOf(log: SampleLog): readonly SampleOperation[] {
  const batches = new Map<string, LogItemFacts[]>();
  for (const { facts } of log.activities) if (facts.kind === 'log-item' && facts.operation !== 'restore') batches.set(facts.batch, [...batches.get(facts.batch) ?? [], facts]);
  return [...batches.values()].map((items, index) => ({ items, started: Math.min(...items.map(({ at }) => at.ms)) - (log.leads[index] ?? 0) }));
}
