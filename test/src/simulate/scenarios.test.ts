import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { builtInCatalogues } from '../../../src/cli/built-in-catalogues.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { printMessage } from '../../../src/parse/print-message.ts';
import { incidents, simulateIncident, simulateWeek } from '../../../src/simulate/scenarios.ts';
import type { Simulation } from '../../../src/simulate/simulate.ts';

const print = printMessage(builtInCatalogues());

function digestOf({ files }: Simulation): string {
  const hash = createHash('sha256');
  for (const file of files()) {
    hash.update(`${file.path} ${String(file.savedMs)}\n`);
    for (const chunk of file.chunks()) hash.update(chunk);
  }
  return hash.digest('hex');
}

const stories: readonly (readonly [name: string, make: (seed: number) => Simulation])[] = [
  ['week', (seed) => simulateWeek(seed, print)], ...incidents.map((incident) => [incident.name, (seed: number) => simulateIncident(incident, seed, print)] as const),
];

describe('stories', function () {
  this.timeout(60_000);

  for (const [name, make] of stories) {
    it(`${name}: the same seed gives the same bytes, another one others`, () => {
      const once = digestOf(make(4));
      expect(digestOf(make(4))).to.equal(once);
      expect(digestOf(make(5))).to.not.equal(once);
    });
    it(`${name}: every path is there once, and the configuration is one without problems`, () => {
      const files = [...make(4).files()];
      expect(new Set(files.map(({ path }) => path)).size).to.equal(files.length);
      const written = files.find(({ path }) => path === 'vb365-siem.yml');
      const { config, problems } = loadConfig(Buffer.concat([...written?.chunks() ?? []]).toString('utf8'), '/w/vb365-siem.yml');
      expect(problems).to.deep.equal([]);
      expect(config?.tenants.every(({ hours, ownerGroups }) => hours !== undefined && Object.keys(ownerGroups).length === 4)).to.equal(true);
    });
  }

  it('an incident lies in the third week, when its tenant is learned', () => {
    for (const incident of incidents) {
      const { truth } = simulateIncident(incident, 4, print);
      const times = truth.actions.map(({ at }) => Date.parse(at));
      const days = (Math.max(...times) - Math.min(...times)) / 86_400_000;
      expect(days, incident.name).to.be.within(14, 19);
    }
  });
});
