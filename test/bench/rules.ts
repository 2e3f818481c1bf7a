/**
 * `npm run bench -- rules`: what rules cost on the full path (read, join, judge, write as ECS), in one run: none, 50, 500; and memory with 50,000 open
 * groups. Each measurement is a child of its own that runs the built program and loads rules before it begins to count.
 */
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Event } from '../../src/event.ts';
import type { CorrelationRule, DetectionRule, Rule } from '../../src/sigma/rule.ts';
import { stableId } from '../../src/text/hash.ts';
import { measure, median } from './measure.ts';
import { buildProgram, makeWorld } from './prepare.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { lines: { type: 'string', default: '300000' }, rounds: { type: 'string', default: '5' }, folder: { type: 'string' } } });
const [, work, main = '', count = '0', world = ''] = positionals;
if (work === 'path') await fullPath(main, Number(count), world);
else if (work === 'groups') await openGroups(main, Number(count));
else await bench();

async function bench(): Promise<void> {
  const folder = values.folder ?? mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'vb365-bench-'));
  try {
    mkdirSync(folder, { recursive: true });
    const program = buildProgram(join(folder, 'program'));
    const made = makeWorld(program, join(folder, 'world'), Number(values.lines));
    const child = (...args: readonly string[]): ReturnType<typeof measure> => measure([process.execPath, '--import', 'tsx', fileURLToPath(import.meta.url), 'rules', ...args]);
    const times = new Map<number, number[]>([[0, []], [50, []], [500, []]]);
    let notes = '';
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const [rules, list] of times) {
        const { cpuSeconds, events, alerts } = JSON.parse((await child('path', program, String(rules), made)).stdout) as { readonly cpuSeconds: number; readonly events: number; readonly alerts: number };
        list.push(cpuSeconds);
        if (round === 0) notes += `${String(rules)} rules: ${String(events)} events, ${String(alerts)} alerts\n`;
      }
    }
    const [none = NaN, fifty = NaN, many = NaN] = [...times.values()].map(median);
    const { peakMiB } = await child('groups', program, '50000');
    const percent = (a: number, b: number): string => `${((a / b - 1) * 100).toFixed(1)} %`;
    say([
      notes, '| what | a | b | a over b | goal |', '| --- | --- | --- | --- | --- |',
      `| full path, 50 rules : none | ${fifty.toFixed(2)} s | ${none.toFixed(2)} s | ${percent(fifty, none)} | <= 15 % |`,
      `| full path, 500 rules : 50 | ${many.toFixed(2)} s | ${fifty.toFixed(2)} s | ${percent(many, fifty)} | <= 20 % |`,
      `| memory with 50,000 open groups | ${peakMiB.toFixed(0)} MiB | | | <= 300 MB |`,
    ].join('\n'));
  } finally {
    if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything of the world through the pipeline; prints CPU seconds, events and alerts. */
async function fullPath(program: string, rules: number, folder: string): Promise<void> {
  const { builtInPack, detectionSettings } = await modules<typeof import('../../src/cli/load-rules.ts')>(program, 'cli/load-rules.js');
  const { loadConfig } = await modules<typeof import('../../src/config/load-config.ts')>(program, 'config/load-config.js');
  const { ecsLine } = await modules<typeof import('../../src/emit/ecs.ts')>(program, 'emit/ecs.js');
  const { run } = await modules<typeof import('../../src/pipeline.ts')>(program, 'pipeline.js');
  const file = join(folder, 'vb365-siem.yml');
  const { config } = loadConfig(readFileSync(file, 'utf8'), file);
  const pack = builtInPack();
  const detection = rules === 0 ? {} : { detection: detectionSettings(rulesOf(pack, rules), config) };
  const out = createWriteStream('/dev/null');
  let events = 0;
  const write = (event: Event): void => {
    events += 1;
    out.write(`${ecsLine(event)}\n`);
  };
  const before = process.cpuUsage();
  const result = await run({ paths: [folder], ...(config === undefined ? {} : { config, configFile: file }), report: () => undefined, onActivity: write, ...detection });
  for (const event of [...result.restores, ...result.health, ...result.alerts]) write(event);
  const { user, system } = process.cpuUsage(before);
  say(JSON.stringify({ cpuSeconds: (user + system) / 1e6, events, alerts: result.alerts.length }));
}

/** A module of the built program. @param program its main file */
async function modules<T>(program: string, name: string): Promise<T> {
  return await import(pathToFileURL(join(program, '../..', name)).href) as T;
}

/** So many rules: those of the pack, then the same again for other people, as the rules of many customers would be. */
function rulesOf(pack: readonly Rule[], count: number): readonly Rule[] {
  const inOrder = [...pack.filter(({ kind }) => kind === 'detection'), ...pack.filter(({ kind }) => kind === 'correlation')];
  if (count <= inOrder.length) {
    // The proportion of the pack: of 50 rules a quarter are correlations, with what they refer to.
    const correlations = inOrder.filter((rule): rule is CorrelationRule => rule.kind === 'correlation').slice(0, Math.floor(count / 4));
    const needed = new Set(correlations.flatMap(({ correlation }) => correlation.rules));
    const detections = inOrder.filter((rule) => rule.kind === 'detection');
    const first = detections.filter(({ name, id }) => needed.has(name ?? '') || needed.has(id ?? ''));
    return [...[...first, ...detections.filter((rule) => !first.includes(rule))].slice(0, count - correlations.length), ...correlations];
  }
  const copies: Rule[] = [];
  for (let round = 1; inOrder.length + copies.length < count; round += 1) copies.push(...inOrder.map((rule) => copyOf(rule, round)));
  return [...inOrder, ...copies.slice(0, count - inOrder.length)];
}

/** The same rule about one person more. */
function copyOf(rule: Rule, round: number): Rule {
  const head = { id: stableId(rule.id ?? rule.title, round), name: `${rule.name ?? 'rule'}_${String(round)}`, title: `${rule.title} ${String(round)}` };
  if (rule.kind === 'correlation') return { ...rule, ...head, correlation: { ...rule.correlation, rules: rule.correlation.rules.map((name) => `${name}_${String(round)}`), aliases: new Map([...rule.correlation.aliases].map(([alias, fields]) => [alias, new Map([...fields].map(([name, field]) => [`${name}_${String(round)}`, field]))])) } };
  if (rule.kind === 'filter') return { ...rule, ...head };
  const person: DetectionRule['detection'] = {
    searches: new Map([...rule.detection.searches, ['person', { name: 'person', position: rule.position, expression: { kind: 'item', field: 'user.name', modifiers: [], needsAll: false, isNegated: false, position: rule.position, values: [{ kind: 'string', tokens: [{ kind: 'text', text: `person.${String(round)}` }], isCased: false, windash: false }] } }]]),
    condition: { kind: 'and', members: [rule.detection.condition, { kind: 'search', name: 'person' }] },
  };
  return { ...rule, ...head, detection: person };
}

/** One correlation with so many groups that are all open. */
async function openGroups(program: string, count: number): Promise<void> {
  const { createEngine } = await modules<typeof import('../../src/detect/engine.ts')>(program, 'detect/engine.js');
  const head = { title: 'x', references: [], related: [], fields: [], falsepositives: [], tags: [], scope: [], vb365: {}, custom: {}, file: 'x', document: 0, position: { line: 1, column: 1 } };
  const detection: DetectionRule = { ...head, kind: 'detection', id: 'a', name: 'a', level: 'informational', logsource: { product: 'vb365', service: 'restore', custom: {} }, detection: { searches: new Map(), condition: { kind: 'search', name: 'x' } } };
  const correlation: CorrelationRule = { ...head, kind: 'correlation', id: 'b', name: 'b', level: 'high', correlation: { type: 'value_count', rules: ['a'], groupBy: ['user.name'], timespanMs: 86_400_000, aliases: new Map(), bounds: [{ operator: 'gte', value: 100 }], countedFields: ['vb365.restore.id'], generate: false } };
  const engine = createEngine({ rules: [detection, correlation], match: () => [detection] });
  for (let at = 0; at < count; at += 1) {
    engine.feed({ '@timestamp': new Date(1_790_000_000_000 + at * 100).toISOString(), 'vb365.level': 'restore', 'event.id': stableId('e', at), 'vb365.restore.id': stableId('r', at), 'vb365.restore.revision': 1, 'user.name': `person.${String(at)}`, 'vb365.tenant.id': 't' });
  }
  say(JSON.stringify(engine.counters()));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
