/** Worlds that tell one story, written as the command writes them and read with the shipped rules. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { builtInPack, detectionSettings } from '../../src/cli/load-rules.ts';
import { simulateToFolder } from '../../src/cli/simulate-command.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ecsLine } from '../../src/emit/ecs.ts';
import type { Event } from '../../src/event.ts';
import { printMessage } from '../../src/parse/print-message.ts';
import { run } from '../../src/pipeline.ts';
import type { Story, Truth } from '../../src/simulate/truth.ts';
import { score, type Score } from './score.ts';

export interface Reading {
  readonly truth: Truth;
  readonly story: Story;
  readonly score: Score;
  readonly restores: readonly Event[];
  readonly health: readonly Event[];
  readonly alerts: readonly Event[];
}

/** @param args as typed behind `simulate`, without `--out` */
export async function readStory(args: { readonly week?: string; readonly incident?: string; readonly seed: string }): Promise<Reading> {
  const parent = mkdtempSync(join(tmpdir(), 'vb365-story-'));
  try {
    const folder = join(parent, 'world');
    const written = await simulateToFolder({ ...args, out: folder }, printMessage(builtInCatalogues()));
    if (!('truth' in written)) throw new Error(written.map(({ message }) => message).join('\n'));
    const { truth } = written;
    if (truth.story === undefined) throw new Error('a world without a story');
    const configFile = join(folder, 'vb365-siem.yml');
    const { config, problems } = loadConfig(readFileSync(configFile, 'utf8'), configFile);
    if (config === undefined || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
    const result = await run({ paths: [folder], config, configFile, ignore: [join(folder, 'truth.json')], report: () => undefined, detection: detectionSettings(builtInPack(), config) });
    return { truth, story: truth.story, score: score(truth, result.restores.map(ecsLine)), restores: result.restores, health: result.health, alerts: result.alerts };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

const names = new Map(builtInPack().map(({ id, name }) => [id, name]));

/** Rule, tenant and number of alerts, in the order of the alphabet; without a tenant they are for the provider. */
export function alertLines(alerts: readonly Event[]): readonly string[] {
  return countedLines(alerts.map((alert) => ({ rule: names.get(alert['rule.id'] ?? '') ?? alert['rule.id'] ?? '?', count: 1, ...(alert['vb365.tenant.id'] === undefined ? {} : { tenant: alert['vb365.tenant.id'] }) })));
}

export function countedLines(expected: Story['alerts']): readonly string[] {
  const counts = new Map<string, number>();
  for (const { rule, tenant, count } of expected) {
    const key = `${rule} ${tenant ?? 'provider'}`;
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return [...counts].map(([key, count]) => `${key}: ${count}`).sort();
}

/** `DOMAIN\name`, or the address, of whoever an alert names. */
export function operatorOf(alert: Event): string | undefined {
  const { 'user.name': name, 'user.domain': domain, 'user.email': email } = alert;
  return email ?? (name === undefined ? undefined : domain === undefined ? name : `${domain}\\${name}`);
}
