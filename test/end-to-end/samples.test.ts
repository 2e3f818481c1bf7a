/** Every expectation of test/samples/manifest.json against what comes out: lines and messages of each log, records of each answer and mail, restores of each folder. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonDocuments } from '../../parsers/rest/json-documents.ts';
import { readMessage } from '../../parsers/audit-email/read-message.ts';
import type { Activity, Event } from '../../src/event.ts';
import type { Problem } from '../../src/errors.ts';
import { familyOf, familyOfLine } from '../../src/parse/log-family.ts';
import { run, type RunResult } from '../../src/pipeline.ts';
import { offsetText } from '../../src/text/offset-text.ts';
import { operationsOf, readSampleLog, samples, type SampleLog } from './sample-log.ts';

interface Counts { readonly saved: number; readonly failed: number; readonly skipped: number; readonly total: number }
interface Expected {
  readonly upn?: string; readonly serviceProvider?: string; readonly organizationId?: string; readonly restoreSessions?: number; readonly folderViews?: readonly string[];
  readonly operations?: readonly (Counts & { readonly itemActions: number; readonly started?: string; readonly restoreSession?: string; readonly note?: string })[];
  readonly owner?: null; readonly operator?: null; readonly errorGroups?: number; readonly unknownMessages?: number; readonly heldBack?: string; readonly paths?: readonly string[];
  readonly items?: readonly Readonly<Record<'class' | 'subject' | 'size' | 'mailbox' | 'folder' | 'targetFolder' | 'file', string>>[];
  readonly messageRestores?: readonly { readonly item: string; readonly from: string; readonly to: string; readonly bytes: number; readonly crossOwner?: boolean }[];
  readonly validations?: readonly { readonly domain: string; readonly at: string }[]; readonly peers?: readonly string[];
  readonly actions?: readonly { readonly action: string; readonly data: string; readonly api: string; readonly failed: boolean; readonly error?: string; readonly outcome?: string; readonly note?: string }[];
  readonly restoreSessionId?: string; readonly connectUser?: string; readonly connectUserIsPerson?: boolean; readonly events?: number; readonly reason?: string; readonly note?: string;
}
interface Entry {
  readonly path: string; readonly kind: string; readonly component?: string; readonly encoding?: string; readonly bom?: boolean; readonly lineEnd?: string; readonly family?: string;
  readonly physicalLines?: number; readonly records?: number; readonly continuationLines?: number; readonly orphanLines?: number; readonly foreignLines?: number; readonly incompleteLastLine?: boolean;
  readonly dialect?: string; readonly culture?: string; readonly dateOrder?: string | null; readonly dateOrderIfConfigured?: string; readonly dateOrderDecidedBy?: readonly string[];
  readonly utcOffset?: string | null; readonly utcOffsetAfterJump?: string; readonly configuredTimezone?: string; readonly header?: Readonly<Record<string, string>> | null;
  readonly subject?: string; readonly row?: Readonly<Record<string, string>>; readonly note?: string; readonly results?: number; readonly next?: boolean; readonly expect?: Expected; readonly invented?: unknown;
}
const manifest = JSON.parse(readFileSync(join(samples, 'manifest.json'), 'utf8')) as { readonly operators: Readonly<Record<string, string | readonly string[] | null>>; readonly files: readonly Entry[] };

interface Story { readonly result: RunResult; readonly activities: readonly Event[]; readonly problems: readonly Problem[] }
const stories = new Map<string, Promise<Story>>();
/** One sample folder through the whole path. */
function story(folder: string): Promise<Story> {
  const known = stories.get(folder) ?? read();
  stories.set(folder, known);
  return known;

  async function read(): Promise<Story> {
    const activities: Event[] = [];
    const problems: Problem[] = [];
    const result = await run({ paths: [join(samples, folder)], report: (problem) => { problems.push(problem); }, onActivity: (event) => { activities.push(event); } });
    return { result, activities, problems };
  }
}
const folderOf = (path: string): string => path.slice(0, path.indexOf('/'));
const ofFile = async (path: string): Promise<readonly Event[]> => (await story(folderOf(path))).activities.filter((event) => event['vb365.origin.file'] === join(samples, path));

const logs = new Map<string, Promise<SampleLog>>();
function log(path: string): Promise<SampleLog> {
  const known = logs.get(path) ?? readSampleLog(path);
  logs.set(path, known);
  return known;
}
const facts = <K extends Activity['facts']['kind']>(of: SampleLog, kind: K): readonly Extract<Activity['facts'], { kind: K }>[] => of.activities.flatMap((activity) => activity.facts.kind === kind ? [activity.facts as Extract<Activity['facts'], { kind: K }>] : []);
const seconds = (ms: number, as: string): string => as.includes('.') ? new Date(ms).toISOString() : `${new Date(ms).toISOString().slice(0, 19)}Z`;
const accountOf = (event: Event): string | undefined => event['user.email'] ?? (event['user.name'] === undefined ? undefined : event['user.domain'] === undefined ? event['user.name'] : `${event['user.domain']}\\${event['user.name']}`);
const inFileOrder = (of: SampleLog): readonly Event[] => of.activities.map(({ event }) => event).sort((x, y) => (x['vb365.origin.line'] ?? 0) - (y['vb365.origin.line'] ?? 0));
const lastPart = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);

/** Members of an entry that say what the file is; a culture shows in nothing but its date order and its words for the half of the day. */
const words = ['path', 'kind', 'note', 'invented', 'expect', 'culture'];
type Check<T> = (expected: NonNullable<T>, entry: Entry) => Promise<void>;
const equal = async (actual: unknown, expected: unknown): Promise<void> => { expect(await actual).to.deep.equal(expected); };

const ofEntry: { readonly [K in keyof Entry]?: (expected: Entry[K], entry: Entry) => Promise<void> } = {
  component: async (expected, { path }) => equal((await log(path)).end.kind?.provider ?? `Veeam.${(await log(path)).end.kind?.workload === 'exchange' ? 'Exchange.Explorer' : '?'}`, `Veeam.${expected?.replace(' ', '.') ?? ''}`),
  encoding: async (expected, { path }) => equal((await log(path)).encoding, expected),
  bom: (expected, { path }) => equal(/^(?:\xef\xbb\xbf|\xff\xfe)/.test(readFileSync(samples + path, 'latin1')), expected),
  lineEnd: (expected, { path }) => equal(/(?<!\r\u0000?)\n/.test(readFileSync(samples + path, 'latin1')) ? 'lf' : 'crlf', expected),
  // The manifest counts line ends: what is held back for want of one is no line yet.
  physicalLines: async (expected, { path, kind }) => equal(kind === 'refuse' ? linesOf(path).length : (await log(path)).reading.physicalLines - ((await log(path)).reading.heldBack === undefined ? 0 : 1), expected),
  records: async (expected, { path }) => equal((await log(path)).reading.records, expected),
  continuationLines: async (expected, { path }) => equal((await log(path)).reading.continuations, expected),
  orphanLines: async (expected, { path }) => equal((await log(path)).reading.orphans, expected),
  // A foreign file is given up as soon as that is certain; each of its lines is asked here.
  foreignLines: async (expected, { path, kind }) => equal(kind === 'refuse' ? linesOf(path).filter((line) => familyOfLine(line)?.isOwn !== true).length : (await log(path)).reading.foreign, expected),
  incompleteLastLine: async (expected, { path }) => equal((await log(path)).reading.heldBack !== undefined, expected),
  dialect: async (expected, { path }) => equal([...(await log(path)).dialects], [expected]),
  dateOrder: async (expected, { path }) => equal((await log(path)).end.clock.order?.toUpperCase() ?? null, expected),
  dateOrderIfConfigured: async (expected, { path }) => equal((await readSampleLog(path, { dateOrder: 'mdy' })).end.clock.order?.toUpperCase(), expected),
  dateOrderDecidedBy: async (expected, { path }) => { expect((await log(path)).end.clock.decidedBy.filter((rule) => rule !== 'undecided')).to.have.members([...expected ?? []]); },
  // That of the beginning: a clock change comes later in the file.
  utcOffset: async (expected, { path }) => equal(inFileOrder(await log(path))[0]?.['event.timezone'] ?? null, expected),
  utcOffsetAfterJump: async (expected, { path }) => equal(offsetText((await log(path)).end.clock.offsetMinutes ?? 0), expected),
  configuredTimezone: async (expected, { path }) => {
    const configured = await readSampleLog(path, { timezone: expected ?? '' });
    const plain = await log(path);
    // The header's offset and the zone agree; without a header the zone alone knows: London is at +01:00 in June.
    if (plain.end.hasHeader) expect(inFileOrder(configured).map((event) => event['@timestamp'])).to.deep.equal(inFileOrder(plain).map((event) => event['@timestamp']));
    else expect(new Set(configured.activities.map(({ event }) => event['event.timezone']))).to.deep.equal(new Set(['+01:00']));
  },
  header: async (expected, { path }) => {
    const { end, values } = await log(path);
    if (expected === null || expected === undefined) {
      expect(end.account).to.equal(undefined);
      expect(end.host).to.equal(undefined);
      return;
    }
    const found: Readonly<Record<string, string | undefined>> = { server: end.host, account: end.account, logLevel: values('header-log-level', 'header.level')[0], version: values('header-version', 'header.version')[0] };
    for (const [name, value] of Object.entries(expected)) expect(found[name], name).to.equal(value);
  },
  family: (expected, { path }) => equal(familyOf(readFileSync(samples + path, 'utf8'), path), { isOwn: false, name: expected }),
  subject: async (expected, { path }) => {
    const message = await readMessage(readFileSync(samples + path));
    expect(typeof message === 'string' ? message : message.subject).to.equal(expected);
  },
  row: async (expected, entry) => {
    const events = (await ofFile(entry.path)).filter((event) => event['event.action']?.startsWith('item-') === true);
    if (entry.note?.startsWith('suspected forgery') === true) {
      expect(events).to.deep.equal([]);
      return;
    }
    const [event = {}] = events;
    expect(events).to.have.length(1);
    const target = { group: event['vb365.audit.group'] ?? '', accountName: event['user.target.email'], type: event['vb365.owner.type'], itemName: event['vb365.item.name'], sourcePath: event['vb365.item.path'], targetPath: event['vb365.target.path'] ?? '', operation: event['vb365.operation'], startTime: expected?.['startTime'], initiatedBy: event['vb365.attribution.reported'] };
    expect(target).to.deep.equal(expected);
  },
  results: async (expected, { path }) => {
    expect(page(path).results).to.have.length(expected ?? 0);
    // A session has a start, and an end when it ended; an update of the change feed has no content, so that its only word is the deletion.
    const records = new Set((await ofFile(path)).map((event) => event['vb365.origin.record_id'] ?? event['event.id']));
    expect(records.size, 'records').to.equal(path.includes('change-feed-1') ? 1 : expected);
  },
  next: (expected, { path }) => equal(page(path)._links?.next !== undefined, expected),
};

const ofExpect: { readonly [K in keyof Expected]?: Check<Expected[K]> } = {
  upn: async (expected, { path }) => equal((await log(path)).activities.flatMap(({ event }) => event['event.action'] === 'organization-login' ? [event['vb365.credential.name']] : []), [expected]),
  serviceProvider: async (expected, { path }) => equal((await log(path)).values('provider-entry', 'provider'), [expected]),
  organizationId: async (expected, { path }) => equal([...new Set(facts(await log(path), 'log-session').map(({ organizationId }) => organizationId))], [expected]),
  restoreSessions: async (expected, { path }) => equal(facts(await log(path), 'log-session').filter(({ created }) => created).length, expected),
  folderViews: async (expected, { path }) => equal(facts(await log(path), 'log-folder').map(({ folder }) => folder), expected),
  operations: async (expected, { path }) => {
    const found = await log(path);
    const operations = operationsOf(found);
    const column = (name: string): readonly number[] => found.values('export-result', name).map(Number);
    expect(operations.map(({ items, started }, index) => ({
      saved: items.filter(({ result }) => result === 'success').length, failed: items.filter(({ result }) => result === 'failed').length, skipped: items.filter(({ result }) => result === 'skipped').length,
      total: column('total')[index], itemActions: items.length, ...(expected[index]?.started === undefined ? {} : { started: seconds(started, expected[index].started) }),
    }))).to.deep.equal(expected.map(({ saved, failed, skipped, total, itemActions, started }) => ({ saved, failed, skipped, total, itemActions, ...(started === undefined ? {} : { started }) })));
    const { restores } = (await story(folderOf(path))).result;
    for (const { restoreSession, started = '' } of expected) if (restoreSession !== undefined) {
      expect(restores.filter((restore) => (restore['event.start'] ?? '').startsWith(started.slice(0, 19))).map((restore) => restore['vb365.session.id']), `session of ${started}`).to.deep.equal([restoreSession]);
    }
  },
  owner: async (_, { path }) => equal((await log(path)).activities.flatMap(({ event }) => event['vb365.owner.name'] ?? []), []),
  operator: async (_, { path }) => equal((await log(path)).activities.flatMap(({ event }) => event['user.name'] ?? []), []),
  errorGroups: async (expected, { path }) => equal((await log(path)).end.errorGroups, expected),
  unknownMessages: async (expected, { path }) => equal((await log(path)).end.unknownMessages, expected),
  heldBack: async (expected, { path }) => equal((await log(path)).reading.heldBack, expected),
  paths: async (expected, { path }) => equal(facts(await log(path), 'log-item').map((item) => item.path), expected),
  items: async (expected, { path }) => {
    const found = (await log(path)).activities.filter(({ facts: { kind } }) => kind === 'log-item');
    expect(found.map(({ event, facts: item }) => ({
      class: event['vb365.item.class'], subject: event['email.subject'], size: event['vb365.item.size'], mailbox: event['vb365.owner.name'], folder: event['vb365.item.path']?.slice((event['vb365.owner.name'] ?? '').length + 1),
      targetFolder: event['vb365.target.path'], file: item.kind === 'log-item' ? lastPart(item.path ?? '') : '',
    }))).to.deep.equal(expected.map((item) => ({ ...item, size: bytesOf(item.size) })));
  },
  messageRestores: async (expected, { path }) => {
    const found = facts(await log(path), 'log-item').filter(({ operation }) => operation === 'restore');
    expect(found.map(({ name, source, target, size }) => ({ item: name, from: source, to: target, bytes: size }))).to.deep.equal(expected.map(({ item, from, to, bytes }) => ({ item, from, to, bytes })));
    const { activities } = await log(path);
    for (const { item, crossOwner = false } of expected) {
      const event = activities.find(({ event: one }) => one['vb365.item.name'] === item && one['event.action'] === 'item-restore')?.event;
      expect(event?.['vb365.target.kind'], item).to.equal(crossOwner ? 'elsewhere' : 'original');
    }
  },
  validations: async (expected, { path }) => equal(facts(await log(path), 'validation').map(({ domain, at }) => ({ domain, at: seconds(at.ms, '') })), expected),
  peers: async (expected, { path }) => equal((await log(path)).activities.flatMap(({ event }) => event['vb365.network.peer'] ?? []), expected),
  actions: async (expected, { path }) => {
    const found = await log(path);
    const column = (field: string, template = 'rest-action-started'): readonly string[] => found.values(template, field);
    const failed = new Map(column('action', 'rest-action-failed').map((action, index) => [action, column('error', 'rest-action-failed')[index]]));
    expect(column('action').map((action, index) => ({ action, data: column('data')[index], api: column('version')[index], failed: failed.has(action) }))).to.deep.equal(expected.map(({ action, data, api, failed: isFailed }) => ({ action, data, api, failed: isFailed })));
    for (const { action, error, outcome } of expected) {
      const events = found.activities.map(({ event }) => event).filter(({ message = '' }) => message.startsWith(`REST action ${action} `));
      if (error !== undefined) expect(events.flatMap((event) => event['event.outcome'] === 'failure' ? [event['event.reason']] : []), action).to.deep.equal([error]);
      if (outcome !== undefined) expect(events.map((event) => event['event.outcome']), action).to.deep.equal([outcome]);
    }
  },
  restoreSessionId: async (expected, { path }) => equal(facts(await log(path), 'log-session').flatMap(({ restoreSessionId }) => restoreSessionId ?? []), [expected]),
  connectUser: async (expected, { path }) => equal((await log(path)).values('server-connecting-windows', 'server.user'), [expected]),
  connectUserIsPerson: async (expected, { path }) => equal((await log(path)).activities.some(({ event }) => event['user.name'] !== undefined), expected),
  events: async (expected, { path }) => equal((await ofFile(path)).length, expected),
  reason: async (expected, { path }) => {
    const { problems, result } = await story(folderOf(path));
    expect(problems.filter(({ code }) => code === 'log-foreign').map(({ file, message }) => [file, message.includes(expected.replace(' family', ''))])).to.deep.equal([[join(samples, path), true]]);
    expect(result.stats.inputs).to.deep.equal({ logs: 0, documents: 0, refused: 1 });
  },
};

function page(path: string): { readonly results: readonly unknown[]; readonly _links?: { readonly next?: unknown } } {
  const { documents, problems } = readJsonDocuments(readFileSync(samples + path, 'utf8'));
  expect(problems).to.deep.equal([]);
  return documents[0]?.value as never;
}
function linesOf(path: string): readonly string[] {
  return readFileSync(samples + path, 'utf8').split('\n').filter((line) => line !== '');
}
/** 79.1 KB are 80998.4 bytes: the product rounds, and so do we. */
function bytesOf(size: string): number {
  const [amount = '', unit = ''] = size.split(' ');
  return Math.round(Number(amount) * ({ KB: 1024, MB: 1024 * 1024 }[unit] ?? 1));
}

describe('samples', () => {
  for (const entry of manifest.files) describe(entry.path, () => {
    for (const [name, expected] of Object.entries(entry)) {
      if (words.includes(name)) continue;
      it(`${name}: ${JSON.stringify(expected)}`, async () => {
        const check = ofEntry[name as keyof Entry] as ((value: unknown, of: Entry) => Promise<void>) | undefined;
        if (check === undefined) throw new Error(`nothing checks ${name}`);
        await check(expected, entry);
      });
    }
    for (const [name, expected] of Object.entries(entry.expect ?? {})) {
      if (name === 'note') continue;
      it(`expects ${name}: ${JSON.stringify(expected).slice(0, 120)}`, async () => {
        const check = ofExpect[name as keyof Expected] as ((value: unknown, of: Entry) => Promise<void>) | undefined;
        if (check === undefined) throw new Error(`nothing checks ${name}`);
        await check(expected, entry);
      });
    }
  });

  describe('operators', () => {
    const folders = [...new Set(manifest.files.map(({ path }) => folderOf(path)))];
    for (const [id, expected] of Object.entries(manifest.operators)) it(`${id}: ${String(expected)}`, async () => {
      const folder = folders.find((name) => name.startsWith(`${id}-`)) ?? '';
      const { result, activities } = await story(folder);
      const wanted = expected === null ? [] : typeof expected === 'string' ? [expected] : expected;
      const named = new Set(result.restores.flatMap((restore) => accountOf(restore) ?? []));
      // A launch that restored nothing names its operator as well.
      const launched = new Set(activities.flatMap((event) => event['event.action'] === 'explorer-start' ? accountOf(event) ?? [] : []));
      expect([...result.restores.length > 0 ? named : launched]).to.have.members([...wanted]);
    });
  });
});
