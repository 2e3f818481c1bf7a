/**
 * Every event that comes out of the samples and of a world with all traps: the activities of each file, and what attribution makes of them together.
 * Without the reading stage: the inputs are small, so each is taken as a whole.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { documentParsers } from '../../parsers/index.ts';
import { createAttribution } from '../../src/attribute/attribution.ts';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createContext } from '../../src/detect/context/context.ts';
import { openSettings, type ContextSettings } from '../../src/detect/context/settings.ts';
import type { Activity, Event } from '../../src/event.ts';
import { createLogFile } from '../../src/normalise/log-file.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { printMessage } from '../../src/parse/print-message.ts';
import { createTenants } from '../../src/route/tenants.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { TenantKnowledge } from '../../src/tenancy.ts';
import { readLogLine } from '../../src/text/log-line.ts';

const samples = new URL('../samples/', import.meta.url);
const source = { id: 'cli' };

export interface SampleEvents { readonly sample: string; readonly activities: readonly Event[]; readonly restores: readonly Event[]; readonly findings: readonly Event[] }
interface Input { readonly file: string; readonly bytes: Buffer }

/** One entry per folder of test/samples. */
export async function sampleEvents(): Promise<readonly SampleEvents[]> {
  const folders = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  return Promise.all(folders.map((sample) => {
    const files = readdirSync(new URL(`${sample}/`, samples), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`).sort();
    return eventsOf(sample, files.map((file) => ({ file, bytes: readFileSync(file) })), createTenants());
  }));
}

/** All of a simulated world, with its own configuration, attributed anew after each file. */
export async function worldEvents(seed: number): Promise<SampleEvents> {
  const world = simulate({ seed, tenants: 3, hosts: 2, operators: 3, restores: 60, days: 3, lines: 0, chaos: true }, printMessage(builtInCatalogues()));
  const inputs = [...world.files()].map(({ path, chunks }) => ({ file: `/world/${path}`, bytes: Buffer.concat([...chunks()]) }));
  const { config, problems } = loadConfig(inputs.find(({ file }) => file.endsWith('.yml'))?.bytes.toString('utf8') ?? '', '/world/vb365-siem.yml');
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return eventsOf(`world ${String(seed)}`, inputs.filter(({ file }) => !/\.yml$|truth\.json$/.test(file)), createTenants(config), true, workdays(config));
}

/** The settings of a world with all that facts are derived from; nothing is learned, so that something is new. */
function workdays(settings: ContextSettings): ContextSettings {
  return {
    ...settings, baseline: { ...settings.baseline, learningMs: 0 },
    tenants: settings.tenants.map((tenant) => ({
      ...tenant, hours: { timezone: 'UTC', days: ['mon', 'wed'], from: '09:00', to: '17:00', holidays: [] }, ownerGroups: { vip: ['*a*'] }, hostGroups: { approved: ['*1'] },
      accounts: tenant.accounts.map((account) => ({ ...account, groups: ['approved'] })),
    })),
  };
}

export async function eventsOf(sample: string, inputs: readonly Input[], tenants: TenantKnowledge, isStepwise = false, settings: ContextSettings = openSettings): Promise<SampleEvents> {
  const context = createContext(settings, tenants);
  const attribution = createAttribution(tenants);
  const groups = await Promise.all(inputs.map((input) => activitiesOf(input, tenants)));
  const events = { activities: [] as Event[], restores: [] as Event[], findings: [] as Event[] };
  for (const [index, group] of groups.entries()) {
    for (const activity of group) {
      attribution.add(activity, undefined);
      events.activities.push(timed(activity.event));
    }
    // As files arrive: what is known of a restore grows from revision to revision.
    if (!isStepwise && index < groups.length - 1) continue;
    const { restores, findings } = attribution.settle();
    events.restores.push(...restores.map((restore) => context.add(restore)));
    events.findings.push(...findings);
  }
  return { sample, ...events };
}

/** Answers about settings state no time; who reads them adds when. */
function timed(event: Event): Event {
  return event['@timestamp'] === undefined ? { ...event, '@timestamp': '2026-11-22T09:11:16.503Z' } : event;
}

async function activitiesOf({ file, bytes }: Input, tenants: TenantKnowledge): Promise<readonly Activity[]> {
  if (file.endsWith('.log')) return logActivities(file, bytes, tenants);
  const parser = documentParsers.find((candidate) => candidate.recognises({ name: file, bytes, text: bytes.toString('utf8') }));
  return parser === undefined ? [] : (await parser.parse({ file, bytes, source, organizations: tenants.organizations })).activities;
}

const matcher = compileMatcher(builtInCatalogues());

function logActivities(file: string, bytes: Buffer, tenants: TenantKnowledge): readonly Activity[] {
  const activities: Activity[] = [];
  const log = createLogFile({ file, source, accountKind: (account) => tenants.accountOf(undefined, account)?.kind, emit: (activity) => void activities.push(activity), report: () => undefined });
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  let offset = 0;
  for (const [index, text] of new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes).split('\n').entries()) {
    const physical = text.replace(/\r$/, '');
    const line = readLogLine(physical);
    if (line === undefined) log.continuation(physical);
    else {
      const message = Buffer.from(line.message, 'utf8');
      const matched = matcher.match(message, 0, message.length);
      log.message({ line, offset, number: index + 1, ...(matched === undefined ? {} : { id: matched.id }), value: (field) => matched?.value(field) });
    }
    offset += isWide ? (text.length + 1) * 2 : Buffer.byteLength(text) + 1;
  }
  log.end();
  return activities;
}
