/** Nothing is joined across tenants, and what nobody owns is set aside (architecture 6). Machines and paths have the same names everywhere. */
import { expect } from 'chai';
import { createActivityTenancy, stampTenancy } from '../../src/attribute/activity-tenancy.ts';
import { createAttribution } from '../../src/attribute/attribution.ts';
import type { TenantSettings } from '../../src/config/config.ts';
import type { Activity, Event } from '../../src/event.ts';
import { createTenants } from '../../src/route/tenants.ts';
import type { TenantKnowledge } from '../../src/tenancy.ts';
import { item, launch, mail, opened, operatorOf, organization, organizationId, restEvent, restSession, validation } from './build.ts';

const other = 'fabrikam.onmicrosoft.example';
const otherId = '22222222-2222-4222-8222-222222222222';
const tenant = (id: string, name: string, organizationOf: string): TenantSettings => ({
  id, name, organizations: [{ name: organizationOf, id: id === 'contoso' ? organizationId : otherId, aliases: [] }], accounts: [], ownerGroups: {}, hostGroups: {}, placeholders: {}, privacy: { pseudonymize: [], drop: [] },
});
const knowledge = createTenants({ tenants: [tenant('contoso', 'Contoso', organization), tenant('fabrikam', 'Fabrikam', other)] });

/** Each activity with the tenant of its source; undefined: the provider's. */
function settled(...sources: readonly (readonly [string | undefined, readonly Activity[]])[]): { readonly restores: readonly string[]; readonly quarantined: readonly (string | undefined)[] } {
  const attribution = createAttribution(knowledge);
  for (const [source, activities] of sources) for (const activity of activities) attribution.add(activity, source);
  const { restores, quarantined } = attribution.settle();
  return { quarantined, restores: restores.map((event) => [event['vb365.tenant.id'], event['vb365.attribution.confidence'], operatorOf(event) ?? '-'].join(' ')).sort() };
}

const path = 'C:\\Users\\Administrator\\Desktop\\Q3.msg';
const log = [launch('admin', { host: 'SERVER01', account: 'SERVER01\\Administrator' }), item('admin', '9:02', path)];
const session = (organizationName: string, id: string): readonly Activity[] => [
  restSession('s1', '9:00', { organization: organizationName, organizationId: id, initiatedBy: organizationName, clientHost: 'SERVER01' }), restEvent('s1', 'e1', '9:02', path),
];

describe('tenancy of attribution', () => {
  it('joins a tenant\'s log with the session of its own organisation', () => {
    expect(settled(['contoso', log], [undefined, session(organization, organizationId)])).to.deep.equal({ restores: ['contoso corroborated SERVER01\\Administrator'], quarantined: [] });
  });
  it('joins no session of another tenant, though machine, path and second are the same', () => {
    expect(settled(['contoso', log], [undefined, session(other, otherId)])).to.deep.equal({ restores: ['contoso confirmed SERVER01\\Administrator', 'fabrikam organization -'], quarantined: [] });
  });
  it('joins no log of the provider that names no organisation', () => {
    expect(settled([undefined, log], [undefined, session(organization, organizationId)]).restores).to.include('contoso organization -');
  });
  it('joins a log of the provider that opened a session of the organisation', () => {
    expect(settled([undefined, [...log, opened('admin', '9:00')]], [undefined, session(organization, organizationId)])).to.deep.equal({ restores: ['contoso corroborated SERVER01\\Administrator'], quarantined: [] });
  });
  it('joins no mail of another tenant', () => {
    const elsewhere = mail('m1', '9:02', 'Q3', 'C:\\Users\\Administrator\\Desktop', { organization: other, initiatedBy: other });
    expect(settled(['contoso', log], [undefined, [elsewhere]]).restores).to.deep.equal(['contoso confirmed SERVER01\\Administrator', 'fabrikam organization -']);
  });
  it('gives no line to one of two tenants when equal mails of both fit it', () => {
    const both = [...log, opened('admin', '9:00'), opened('admin', '9:01', { organizationId: otherId })];
    const desktop = 'C:\\Users\\Administrator\\Desktop';
    const mails = [mail('m1', '9:02', 'Q3', desktop), mail('m2', '9:02', 'Q3', desktop, { organization: other, initiatedBy: other })];
    expect(settled([undefined, [...both, ...mails]]).restores).to.deep.equal(['contoso organization -', 'fabrikam organization -', 'unassigned confirmed SERVER01\\Administrator']);
  });
  it('sets an organisation aside that no tenant owns', () => {
    expect(settled([undefined, session('nobody.onmicrosoft.example', '33333333-3333-4333-8333-333333333333')])).to.deep.equal({ restores: [], quarantined: ['nobody.onmicrosoft.example'] });
  });
  it('believes the source before the content', () => {
    expect(settled(['contoso', session('nobody.onmicrosoft.example', '33333333-3333-4333-8333-333333333333')]).restores).to.deep.equal(['contoso organization -']);
  });
});

describe('the organisation of a log that names none', () => {
  const contoso = tenant('contoso', 'Contoso', organization);
  const aliased = { ...contoso, organizations: [{ name: organization, id: organizationId, aliases: ['contoso.example', 'Contoso'] }] };
  const two = { ...contoso, organizations: [...contoso.organizations, { name: other, id: otherId, aliases: [] }] };
  const onlyId = { ...contoso, organizations: [{ id: organizationId, aliases: [] }] };
  const line = item('ann', '9:02', 'D:\\Q3.msg');
  const without = (activity: Activity, ...names: readonly string[]): Activity => ({ ...activity, facts: Object.fromEntries(Object.entries(activity.facts).filter(([name]) => !names.includes(name))) as unknown as Activity['facts'] });
  const started = (upn?: string): Activity => launch('ann', upn === undefined ? {} : { signedIn: [{ upn, ms: 0 }] });
  const headless = without(launch('ann'), 'account', 'host', 'at');
  const rows: readonly { readonly name: string; readonly of: TenantSettings; readonly source?: string; readonly activities: readonly Activity[]; readonly want: string }[] = [
    { name: 'is the only one of the tenant of its source', of: contoso, source: 'contoso', activities: [started(), line], want: `${organization} confirmed` },
    { name: 'has the configured name, not an alias', of: aliased, source: 'contoso', activities: [started(), line], want: `${organization} confirmed` },
    { name: 'of a file without header too: who acted stays unknown', of: contoso, source: 'contoso', activities: [headless, line], want: `${organization} unknown` },
    { name: 'a session that names no organisation changes nothing', of: contoso, source: 'contoso', activities: [started(), without(opened('ann', '9:00'), 'organizationId'), line], want: `${organization} confirmed` },
    { name: 'a tenant with two: nobody knows which', of: two, source: 'contoso', activities: [started(), line], want: '- confirmed' },
    { name: 'an organisation without a name has none to give', of: onlyId, source: 'contoso', activities: [started(), line], want: '- confirmed' },
    { name: 'a log of the provider is of no tenant', of: contoso, activities: [started(), line], want: '- confirmed' },
    { name: 'signed in to a domain that nobody owns', of: contoso, source: 'contoso', activities: [started('admin@fabrikam.example'), line], want: '- confirmed' },
    { name: 'signed in to a domain of the tenant: that says it', of: aliased, source: 'contoso', activities: [started('admin@contoso.example'), line], want: `${organization} confirmed` },
    { name: 'opened a session of an organisation that is not known', of: contoso, source: 'contoso', activities: [started(), opened('ann', '9:00', { organizationId: otherId }), line], want: '- confirmed' },
  ];
  for (const { name, of, source, activities, want } of rows) it(name, () => {
    const attribution = createAttribution(createTenants({ tenants: [of] }));
    for (const activity of activities) attribution.add(activity, source);
    expect(attribution.settle().restores.map((event) => `${event['organization.name'] ?? '-'} ${String(event['vb365.attribution.confidence'])}`)).to.deep.equal([want]);
  });
});

describe('the name of a tenant', () => {
  const nameless = { ...tenant('fabrikam', 'fabrikam', other) };
  const named = createTenants({ tenants: [tenant('contoso', 'Contoso Ltd', organization), nameless] });
  const rows: readonly { readonly name: string; readonly knowledge: TenantKnowledge; readonly source?: string; readonly want: string }[] = [
    { name: 'is the configured one', knowledge: named, source: 'contoso', want: 'contoso Contoso Ltd' },
    { name: 'is its id where none is given', knowledge: named, source: 'fabrikam', want: 'fabrikam fabrikam' },
    { name: 'is missing where nobody knows the tenant', knowledge: named, want: 'unassigned -' },
    { name: 'is missing without configured tenants', knowledge: createTenants(), want: 'unassigned -' },
  ];
  const shown = (event: Event): string => `${String(event['vb365.tenant.id'])} ${event['vb365.tenant.name'] ?? '-'}`;
  for (const { name, knowledge: of, source, want } of rows) it(name, () => {
    const attribution = createAttribution(of);
    for (const activity of log) attribution.add(activity, source);
    const [, line] = log as [Activity, Activity];
    const event = { ...line.event };
    stampTenancy(event, createActivityTenancy(of).ofRecord(line, source));
    expect([...attribution.settle().restores, event].map(shown)).to.deep.equal([want, want]);
  });
  it('is on what only the view of all sources finds', () => {
    const attribution = createAttribution(named);
    attribution.add(validation('v1', '9:00'), undefined);
    expect(attribution.settle().findings.map(shown)).to.deep.equal(['contoso Contoso Ltd']);
  });
});
