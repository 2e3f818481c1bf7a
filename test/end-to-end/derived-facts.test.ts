/** The whole path from a log and the answers of a server to the facts that a rule asks for, with a configuration as people write it. */
import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Event } from '../../src/event.ts';
import { run } from '../../src/pipeline.ts';

const sample = fileURLToPath(new URL('../samples/s02-cloud-connect-extended/', import.meta.url));
const facts = (event: Event | undefined): Record<string, unknown> => Object.fromEntries(Object.entries(event ?? {}).filter(([name]) => name.startsWith('vb365.context.')).map(([name, value]) => [name.slice('vb365.context.'.length), value]));

/** 02:08:15 UTC on a Friday in July is 14:08 in Auckland; the restore point is of 01:30 UTC. */
const text = `version: 1
baseline: { learning: 1s }
tenants:
  - id: contoso
    organizations: [ { name: contoso.onmicrosoft.example } ]
    timezone: Pacific/Auckland
    hours: { from: "07:30", to: "14:00" }
    accounts: [ { names: [ 'CONTADM01\\restore-ops' ], kind: shared, groups: [ approved ] } ]
    owner_groups: { vip: [ "lindqvist, *" ] }
    host_groups: { jump: [ contadm01 ] }
`;

describe('derived facts of a sample', () => {
  async function saved(yaml: string): Promise<Event | undefined> {
    const { config, problems } = loadConfig(yaml, '/etc/vb365-siem/vb365-siem.yml');
    if (config === undefined) throw new Error(JSON.stringify(problems));
    const { restores } = await run({ paths: [sample], config, report: () => undefined });
    return restores.find((restore) => restore['vb365.item.name'] === 'Quarterly figures');
  }
  it('without tenants: what needs no configuration', async () => { expect(facts(await saved('version: 1'))).to.deep.equal({ restore_point_age: 0, target_place: 'other' }); });
  it('with a configuration: hours, groups, and what the first minute of the sample has not shown', async () => {
    expect(facts(await saved(text))).to.deep.equal({
      host_groups: ['jump'], local_hour: 14, novelty: ['operator-operation'], off_hours: true, operator_groups: ['approved', 'shared'], owner_groups: ['vip'], restore_point_age: 0, target_place: 'other',
    });
  });
});
