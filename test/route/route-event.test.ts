import { expect } from 'chai';
import fc from 'fast-check';
import type { DestinationSettings, TenantSettings } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Event } from '../../src/event.ts';
import { createRouter, type EventChoice } from '../../src/route/route-event.ts';

const { config } = loadConfig(`tenants: [ { id: a }, { id: b } ]
destinations:
  - { id: a-all, tenants: [ a ], syslog: { url: "udp://192.0.2.1:514" } }
  - { id: a-restores, tenants: [ a ], events: restores, syslog: { url: "udp://192.0.2.2:514" } }
  - { id: b-alerts, tenants: [ b ], events: alerts, syslog: { url: "udp://192.0.2.3:514" } }
  - { id: both, tenants: [ a, b ], syslog: { url: "udp://192.0.2.4:514" } }
  - { id: own, tenants: [ "*" ], events: restores, syslog: { url: "udp://192.0.2.5:514" } }
`, '/c/vb365-siem.yml');
const route = createRouter(config!);
const event = (level: string, tenant?: string): Event => ({ 'vb365.level': level, ...(tenant === undefined ? {} : { 'vb365.tenant.id': tenant }) }) as Event;

const rows: readonly (readonly [string, Event, readonly string[] | 'quarantine'])[] = [
  ['an activity of a', event('activity', 'a'), ['a-all', 'both']],
  ['a restore of a', event('restore', 'a'), ['a-all', 'a-restores', 'both', 'own']],
  ['an alert of b', event('alert', 'b'), ['b-alerts', 'both', 'own']],
  ['a restore of b', event('restore', 'b'), ['both', 'own']],
  ['health of b', event('health', 'b'), ['b-alerts', 'both', 'own']],
  ['health of the whole installation', event('health'), ['own']],
  ['health that names nobody', event('health', 'unassigned'), ['own']],
  ['a restore of a tenant that is not configured', event('restore', 'c'), 'quarantine'],
  ['a restore that names nobody', event('restore', 'unassigned'), 'quarantine'],
  ['an activity without tenant', event('activity'), 'quarantine'],
  ['health of a tenant that is not configured', event('health', 'c'), 'quarantine'],
  ['a tenant with the name of everything', event('restore', '*'), 'quarantine'],
  ['a level nobody knows', event('other', 'a'), []],
];

describe('routing', () => {
  for (const [name, given, expected] of rows) {
    it(name, () => { expect(route(given)).to.deep.equal(expected === 'quarantine' ? { destinations: [], quarantine: 'organization-unknown' } : { destinations: expected }); });
  }
  it('without tenants everything goes to the destinations of everything', () => {
    const open = createRouter({ tenants: [], destinations: config!.destinations.filter(({ id }) => id === 'own') });
    expect([open(event('restore', 'northwind.example')), open(event('restore', 'unassigned'))]).to.deep.equal([{ destinations: ['own'] }, { destinations: ['own'] }]);
  });

  it('no event of one tenant reaches a destination of others', () => {
    const tenantIds = ['a', 'b', 'c', 'd'];
    const destination = fc.record({ tenants: fc.oneof(fc.constant(['*']), fc.subarray(tenantIds, { minLength: 1 })), events: fc.constantFrom<EventChoice>('all', 'restores', 'alerts') });
    const tenantOf = fc.constantFrom('a', 'b', 'c', 'd', 'e', '*', 'A', ' a', 'unassigned', '', undefined);
    fc.assert(fc.property(fc.subarray(tenantIds, { minLength: 1 }), fc.array(destination, { maxLength: 8 }), tenantOf, fc.constantFrom('activity', 'restore', 'alert', 'health'), (known, settings, tenant, level) => {
      const destinations = settings.map((entry, index) => ({ id: `d${index}`, ...entry })) as unknown as readonly DestinationSettings[];
      const chosen = createRouter({ tenants: known.map((id) => ({ id })) as unknown as readonly TenantSettings[], destinations })(event(level, tenant)).destinations;
      for (const id of chosen) {
        const { tenants } = destinations.find((entry) => entry.id === id)!;
        expect(tenants.includes('*') || tenants.includes(tenant!), `${String(tenant)} to ${tenants.join()}`).to.equal(true);
        // What belongs to no tenant is the provider's: the health of the whole installation, and alerts about all tenants.
        const isWhole = (tenant === undefined || tenant === 'unassigned') && (level === 'health' || level === 'alert');
        expect(isWhole ? tenants.includes('*') : known.includes(tenant!)).to.equal(true);
      }
    }));
  });
});
