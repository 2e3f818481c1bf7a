/**
 * Reading once, on one screen: read -> parse -> normalise -> attribute -> derived facts. The only file that joins stages (architecture 3).
 *
 * Documents of the server (REST answers, mails) come first, because they name organisations; then logs; then the logs that need another one: files
 * without header, which may continue a file that was read, and files whose dates only a file of the same account decides. So the order in which
 * files are found changes nothing.
 */
import { isUtf8 } from 'node:buffer';
import { catalogueFolders, catalogueTemplates, documentParsers } from '../parsers/index.ts';
import type { DocumentParser } from '../parsers/contract.ts';
import { createActivityTenancy, stampTenancy } from './attribute/activity-tenancy.ts';
import { createAttribution } from './attribute/attribution.ts';
import type { Config } from './config/config.ts';
import { createContext } from './detect/context/context.ts';
import { openSettings } from './detect/context/settings.ts';
import { createDetection, type DetectionSettings } from './detect/detection.ts';
import type { Problem } from './errors.ts';
import type { Activity, DateOrder, Event, OriginKind } from './event.ts';
import { maxHeldActivities, maxHeldServerActivities, maxJsonBytes, maxMailBytes } from './limits.ts';
import { kindByName } from './normalise/log-kind.ts';
import { createLogFile, type LogFileEnd, type Predecessor } from './normalise/log-file.ts';
import { missingHead } from './normalise/missing-head.ts';
import { provenPredecessor } from './normalise/predecessor.ts';
import { unknownLineDays } from './normalise/unknown-lines.ts';
import { loadCatalogue, checkTogether, type Catalogue } from './parse/catalogue.ts';
import { codePage, decideEncoding, encodingOfHead } from './parse/log-encoding.ts';
import { refuseLog } from './parse/log-family.ts';
import { readLog } from './parse/log-reader.ts';
import { compileMatcher } from './parse/matcher.ts';
import { readTemplates } from './parse/template.ts';
import type { Matcher } from './parse/matched.ts';
import { readCatalogueTexts } from './read/catalogue-texts.ts';
import { holdInput } from './read/hold-input.ts';
import { readWhole, type Input } from './read/input.ts';
import { readLinesAt } from './read/read-lines.ts';
import { openInputs } from './read/open-inputs.ts';
import type { EvidenceLine } from './report/evidence.ts';
import { createQuarantine } from './route/quarantine.ts';
import { createSourceContexts } from './route/source-contexts.ts';
import { createTenants } from './route/tenants.ts';
import { addTo } from './text/add-to.ts';
import { decodeCharset, decodeStart } from './text/charset.ts';
import { isoTime } from './text/local-time.ts';

export interface RunOptions {
  readonly paths: readonly string[];
  readonly config?: Config;
  readonly configFile?: string;
  /** absolute paths that are not input: what the command writes */
  readonly ignore?: readonly string[];
  readonly parserFolders?: readonly string[];
  readonly stdin?: NodeJS.ReadableStream;
  readonly onActivity?: (event: Event) => void | Promise<void>;
  readonly report: (problem: Problem) => void;
  /** bytes read, of all that there is */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** only what these sources say; left out: all */
  readonly kinds?: ReadonlySet<OriginKind>;
  /** read the log lines that restores rest on once more, so that `evidence` shows them */
  readonly keepsLines?: boolean;
  /** rules that judge what was read; left out: none */
  readonly detection?: DetectionSettings;
}
export interface RunStats {
  readonly inputs: { readonly logs: number; readonly documents: number; readonly refused: number };
  readonly lines: { readonly physical: number; readonly records: number; readonly unknown: number; readonly continuations: number; readonly orphans: number; readonly foreign: number };
  readonly activities: number;
  readonly restores: number;
  /** restores by confidence */
  readonly confidence: Readonly<Record<string, number>>;
  readonly health: number;
  readonly alerts: number;
  /** activities and restores of organisations that no tenant owns: set aside */
  readonly quarantined: number;
  /** the same by the name of the organisation */
  readonly quarantinedOrganizations: ReadonlyMap<string, number>;
  readonly problems: Readonly<Record<string, number>>;
}
export interface RunResult {
  readonly restores: readonly Event[];
  readonly health: readonly Event[];
  /** what the rules say of all this, by time */
  readonly alerts: readonly Event[];
  /** what each `event.id` in `vb365.attribution.evidence` stands for */
  readonly evidence: ReadonlyMap<string, EvidenceLine>;
  readonly stats: RunStats;
}

/** Reads everything that the paths name. Bad input is reported and set aside; only a fault of the program throws. */
export async function run(options: RunOptions): Promise<RunResult> {
  const problems: Record<string, number> = {};
  const report = (problem: Problem): void => {
    problems[problem.code] = (problems[problem.code] ?? 0) + 1;
    options.report(problem);
  };
  const matcher = loadMatcher(options, report);
  const knowledge = createTenants(options.config);
  const attribution = createAttribution(knowledge);
  const tenancy = createActivityTenancy(knowledge);
  const detection = options.detection === undefined ? undefined : createDetection(options.detection);
  /** what a restore may rest on; attribution holds these events anyway */
  const witnesses = new Map<string, Event>();
  const counts = { logs: 0, documents: 0, refused: 0, physical: 0, records: 0, unknown: 0, continuations: 0, orphans: 0, foreign: 0, activities: 0 };
  const quarantine = createQuarantine();
  const opened = await openInputs(options.paths, {
    cwd: process.cwd(), stdin: options.stdin ?? process.stdin, report, source: createSourceContexts(options.config), ignore: new Set([...options.ignore ?? [], ...(options.configFile === undefined ? [] : [options.configFile])]),
  });
  const total = opened.inputs.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const advance = (bytes: number): void => { options.onProgress?.(done += bytes, total); };

  const documents: { readonly activity: Activity; readonly tenant: string | undefined }[] = [];
  const logs: Input[] = [];
  const waiting: { readonly input: Input; readonly end: LogFileEnd; readonly activities: readonly Activity[]; readonly problems: readonly Problem[] }[] = [];
  const ends: LogFileEnd[] = [];
  const orders = new Map<string, Set<DateOrder>>();
  try {
    for (const input of opened.inputs) {
      if (options.signal?.aborted === true) break;
      const head = await input.head();
      if (head.length === 0) continue;
      const text = decodeStart(head);
      const parser = documentParsers.find((candidate) => candidate.recognises({ name: input.file, bytes: head, text }));
      if (parser !== undefined) await readDocument(parser, input);
      else if (familyIsOwn(input, text)) {
        if (input.canReopen) logs.push(input);
        else await readFirst(input);
      }
    }
    for (const { activity } of documents) tenancy.learn(activity);
    for (const { activity, tenant } of documents) await give(activity, tenant, tenancy.ofRecord(activity, tenant));
    for (const input of logs) if (options.signal?.aborted !== true) await readFirst(input);
    for (const { input, end, activities, problems: found } of waiting) {
      const predecessor = end.hasHeader ? undefined : provenPredecessor(end, ends);
      const order = end.account === undefined ? undefined : onlyOrder(orders.get(accountKey(end)));
      const read = predecessor === undefined && order === undefined
        ? { activities, problems: found, end }
        : await readOne(input, { ...(predecessor === undefined ? {} : { predecessor }), ...(order === undefined ? {} : { order }) });
      const gap = missingHead(read.end, read.activities, ends);
      await finish(input, gap === undefined ? read : { ...read, activities: [...read.activities, gap] });
    }
  } catch (error) {
    opened.close();
    throw error;
  }
  const settled = attribution.settle();
  const context = createContext(options.config ?? openSettings, knowledge);
  const restores = settled.restores.map((restore) => context.add(restore));
  const used = linesOf(settled.restores, witnesses);
  if (options.keepsLines === true) await showLines(used, opened.inputs);
  opened.close();
  for (const organization of settled.quarantined) quarantine.add(organization);
  for (const event of settled.findings) if (event['vb365.level'] === 'activity') await options.onActivity?.(event);
  const counted = ends.filter(({ kind }) => options.kinds === undefined || kind === undefined || options.kinds.has(kind.kind));
  const health = [...settled.findings.filter((event) => event['vb365.level'] === 'health'), ...unknownLineDays(counted).map(named)];
  const accesses = settled.findings.filter((event) => event['vb365.level'] !== 'health');
  for (const event of [...restores, ...accesses, ...health]) detection?.add(event);
  const alerts = detection?.finish().map(named) ?? [];
  return { restores, health, alerts, evidence: used, stats: statsOf() };

  function named(event: Event): Event {
    const name = knowledge.tenantNameOf(event['vb365.tenant.id']);
    return name === undefined ? event : { ...event, 'vb365.tenant.name': name };
  }

  async function readDocument(parser: DocumentParser, input: Input): Promise<void> {
    const limit = parser.id === 'rest' ? maxJsonBytes : maxMailBytes;
    const bytes = await readWhole(input, limit);
    advance(input.size);
    counts.documents += 1;
    if (bytes === undefined) {
      report({ code: parser.id === 'rest' ? 'json-syntax' : 'mail-limit', message: `${input.file} is longer than ${String(limit)} bytes`, remedy: 'save answers in smaller pages; no audit mail is that long', file: input.file });
      return;
    }
    const result = await parser.parse({ file: input.file, bytes, source: input.source, organizations: knowledge.organizations });
    for (const problem of result.problems) report(problem);
    for (const { event } of result.activities) if (event['@timestamp'] === undefined) dateBySaving(event, input.modifiedMs);
    for (const activity of result.activities) documents.push({ activity, tenant: input.source.tenant });
  }

  function familyIsOwn(input: Input, text: string): boolean {
    const refusal = refuseLog(input.file, text);
    if (refusal === undefined) return true;
    counts.refused += 1;
    report(refusal);
    return false;
  }

  interface LogRead { readonly activities: readonly Activity[]; readonly problems: readonly Problem[]; readonly end: LogFileEnd }

  async function readFirst(input: Input): Promise<void> {
    const read = await readOne(input, {});
    advance(input.size);
    counts.logs += 1;
    ends.push(read.end);
    const { order } = read.end.clock;
    if (read.end.account !== undefined && order !== undefined && read.end.clock.isDecided()) orders.set(accountKey(read.end), (orders.get(accountKey(read.end)) ?? new Set<DateOrder>()).add(order));
    const needsOther = read.end.isExplorer && (!read.end.hasHeader || !read.end.clock.isDecided());
    if (needsOther && input.canReopen && !read.hasOverflowed) waiting.push({ input, ...read });
    else await finish(input, read);
  }

  /** One pass over one file. Activities are held until the whole file says whose it is; a file with very many gives them out as they come. */
  async function readOne(input: Input, known: { readonly predecessor?: Predecessor; readonly order?: DateOrder }): Promise<LogRead & { readonly hasOverflowed: boolean }> {
    const { file, source } = input;
    const activities: Activity[] = [];
    const found: Problem[] = [];
    let hasOverflowed = false;
    const log = createLogFile({
      file, source, ...(known.predecessor === undefined ? {} : { predecessor: known.predecessor }), accountOrder: () => known.order,
      accountKind: (account) => knowledge.accountOf(source.tenant, account)?.kind,
      emit: (activity) => { activities.push(activity); },
      report: (problem) => { found.push(problem); },
    });
    // Records of a server speak for themselves. A file that says it is a server's is held only so far that a block is given out at once.
    const isServer = kindByName(file, undefined)?.isExplorer === false;
    const waitsForEnd = (held: readonly Activity[]): boolean => !isServer || held.at(-1)?.event['vb365.origin.kind'] === 'explorer_log';
    const held = await holdInput(input);
    const encoding = await decideEncoding(await held.head(), held.canReopen ? () => held.chunks() : undefined, source.fallbackEncoding);
    const isFirst = Object.keys(known).length === 0;
    const reading = await readLog(drained(held.chunks()), { file, matcher, encoding, sink: log, report: (problem) => { found.push(problem); } });
    if (isFirst) for (const name of ['records', 'unknown', 'continuations', 'orphans', 'foreign'] as const) counts[name] += reading[name];
    if (isFirst) counts.physical += reading.physicalLines;
    return { activities, problems: found, end: log.end(), hasOverflowed };

    /** Gives out what has piled up between two blocks. */
    async function* drained(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        if (options.signal?.aborted === true) return;
        if (activities.length > (waitsForEnd(activities) ? maxHeldActivities : maxHeldServerActivities)) {
          hasOverflowed = true;
          await finish(input, { activities: activities.splice(0), problems: found.splice(0), end: undefined });
        }
        yield chunk;
      }
    }
  }

  async function finish(input: Input, read: { readonly activities: readonly Activity[]; readonly problems: readonly Problem[]; readonly end: LogFileEnd | undefined }): Promise<void> {
    for (const problem of read.problems) report(problem);
    const { tenant } = input.source;
    const ofLaunch = tenancy.ofLaunch(read.activities, tenant);
    for (const activity of read.activities) {
      const isLaunch = activity.event['vb365.origin.kind'] === 'explorer_log';
      await give(activity, tenant, isLaunch ? ofLaunch : tenancy.ofRecord(activity, tenant));
    }
  }

  async function give(activity: Activity, tenant: string | undefined, belonging: ReturnType<typeof tenancy.ofRecord>): Promise<void> {
    const { event, facts } = activity;
    const kind = event['vb365.origin.kind'];
    if (options.kinds !== undefined && kind !== undefined && !options.kinds.has(kind)) return;
    attribution.add(activity, tenant);
    if (facts.kind !== 'plain') remember(event);
    if (belonging.isForeign) {
      quarantine.add(belonging.organizationName);
      return;
    }
    stampTenancy(event, belonging);
    counts.activities += 1;
    detection?.add(event);
    await options.onActivity?.(event);
  }

  function remember(event: Event): void {
    const id = event['event.id'];
    if (id !== undefined) witnesses.set(id, event);
  }

  function statsOf(): RunStats {
    const confidence: Record<string, number> = {};
    for (const event of settled.restores) confidence[event['vb365.attribution.confidence'] ?? 'unknown'] = (confidence[event['vb365.attribution.confidence'] ?? 'unknown'] ?? 0) + 1;
    const { logs: logCount, documents: documentCount, refused, physical, records, unknown, continuations, orphans, foreign } = counts;
    return {
      inputs: { logs: logCount, documents: documentCount, refused }, lines: { physical, records, unknown, continuations, orphans, foreign }, activities: counts.activities,
      restores: settled.restores.length, confidence, health: health.length, alerts: alerts.length, quarantined: quarantine.total(), quarantinedOrganizations: quarantine.organizations(), problems,
    };
  }
}

/** A state that names no time is of the time when it was saved. */
function dateBySaving(event: Event, modifiedMs: number): void {
  event['@timestamp'] = isoTime(modifiedMs);
  event['vb365.time.precision'] = 's';
  event['vb365.time.basis'] = 'assumed';
}

/** Catalogues of the package and of users, checked together. A wrong one is reported and left out. */
function loadMatcher({ parserFolders = [] }: RunOptions, report: (problem: Problem) => void): Matcher {
  // Those of the package are tested before it is shipped: alone they need no examples, whose reading takes longer than a small log.
  if (parserFolders.length === 0) return compileMatcher(catalogueTemplates.map(({ templates }) => ({ templates: readTemplates(templates) })));
  const catalogues: Catalogue[] = [];
  for (const { file, text } of readCatalogueTexts(catalogueFolders, parserFolders, report)) {
    const loaded = loadCatalogue(text, file);
    if ('catalogue' in loaded) catalogues.push(loaded.catalogue);
    else for (const problem of loaded.problems) report(problem);
  }
  for (const problem of checkTogether(catalogues)) report(problem);
  return compileMatcher(catalogues);
}

function accountKey({ account = '', host = '' }: LogFileEnd): string {
  return `${account.toLowerCase()}\u0000${host.toLowerCase()}`;
}

function onlyOrder(orders: ReadonlySet<DateOrder> | undefined): DateOrder | undefined {
  const [order] = orders ?? [];
  return orders?.size === 1 ? order : undefined;
}

function lineOf(event: Event, id: string): EvidenceLine {
  const line = event['vb365.origin.line'];
  const offset = event['vb365.origin.offset'];
  const at = event['@timestamp'];
  return {
    id, kind: (event['vb365.origin.kind'] ?? 'rest_api'), file: event['vb365.origin.file'] ?? '', sentence: event['message'] ?? '',
    ...(line === undefined ? {} : { line }), ...(offset === undefined ? {} : { offset }), ...(at === undefined ? {} : { at }),
  };
}

/** Adds the text of log lines, each file read once more. Files of two bytes per letter keep their sentences only. */
async function showLines(evidence: Map<string, EvidenceLine>, inputs: readonly Input[]): Promise<void> {
  const byFile = new Map<string, EvidenceLine[]>();
  for (const line of evidence.values()) if (line.line !== undefined && line.offset !== undefined) addTo(byFile, line.file, line);
  for (const input of inputs) {
    const lines = byFile.get(input.file);
    if (lines === undefined || !input.canReopen || encodingOfHead(await input.head())?.name.startsWith('utf-16') === true) continue;
    const texts = await readLinesAt(input, lines.map(({ offset = 0 }) => offset));
    for (const line of lines) {
      const bytes = texts.get(line.offset ?? 0);
      if (bytes !== undefined) evidence.set(line.id, { ...line, raw: decodeLine(bytes, input.source.fallbackEncoding) });
    }
  }
}

function decodeLine(bytes: Buffer, fallback: string | undefined): string {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : decodeCharset(bytes, codePage(fallback).name) ?? bytes.toString('latin1');
  return text.replace(/^[\u0000\ufeff]+|\r$/g, '');
}

function linesOf(restores: readonly Event[], all: ReadonlyMap<string, Event>): Map<string, EvidenceLine> {
  const used = new Map<string, EvidenceLine>();
  for (const restore of restores) for (const id of restore['vb365.attribution.evidence'] ?? []) {
    const event = all.get(id);
    if (event !== undefined && !used.has(id)) used.set(id, lineOf(event, id));
  }
  return used;
}
