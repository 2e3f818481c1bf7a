/** Worlds of the simulator through the whole path: every seed, with and without chaos, has to reach the bars of test/corpus/score.ts. */
import { expect } from 'chai';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ecsLine } from '../../src/emit/ecs.ts';
import { printMessage } from '../../src/parse/print-message.ts';
import { run } from '../../src/pipeline.ts';
import { defaultWorldOptions, simulate } from '../../src/simulate/simulate.ts';
import { describeScore, isGood, score, type Score } from '../corpus/score.ts';

/** the gate sets 30 */
const seeds = Array.from({ length: Number(process.env['VB365_WORLD_SEEDS'] ?? 10) }, (_, index) => index + 1);
/** besides the traps, which every world has; the default of the command takes three times as long and is what VB365_WORLD_RESTORES=120 gives */
const restores = Number(process.env['VB365_WORLD_RESTORES'] ?? 40);
const print = printMessage(builtInCatalogues());

/** A world on disk, read like any folder somebody hands in; the truth stays outside of it. */
async function scoreOf(seed: number, chaos: boolean): Promise<Score> {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-world-'));
  try {
    const { truth, files } = simulate({ ...defaultWorldOptions, seed, chaos, restores }, print);
    for (const file of files()) {
      if (file.path === 'truth.json') continue;
      const path = join(folder, ...file.path.split('/'));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.concat([...file.chunks()]));
    }
    const configFile = join(folder, 'vb365-siem.yml');
    const { config, problems } = loadConfig(readFileSync(configFile, 'utf8'), configFile);
    expect(problems, 'configuration').to.deep.equal([]);
    const result = await run({ paths: [folder], ...(config === undefined ? {} : { config }), configFile, report: () => undefined });
    return score(truth, result.restores.map(ecsLine));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('own worlds', function () {
  this.timeout(30_000);

  for (const chaos of [false, true]) for (const seed of seeds) it(`seed ${seed}${chaos ? ' with chaos' : ''} names nobody wrongly, nearly everybody who is decided, and invents nothing`, async () => {
    const result = await scoreOf(seed, chaos);
    expect(result.decided, 'actions that the evidence decides').to.be.above(10);
    expect(isGood(result), describeScore(result)).to.equal(true);
  });
});
