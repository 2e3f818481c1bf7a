import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { createTenants } from '../../src/route/tenants.ts';
import type { NamedOrganization } from '../../src/tenancy.ts';

const id = '8a329652-7336-5bf7-9cc5-cc1512d4ffb2';
const { config } = loadConfig(`tenants:
  - id: contoso
    organizations: [ { name: contoso.onmicrosoft.example, id: ${id}, aliases: [ Contoso, contoso.example ] } ]
    accounts:
      - { names: [ 'CONTADM01\\restore-ops', svc-restore@contoso.example ], kind: shared }
      - { names: [ 'CONTOSO\\aroha', aroha@contoso.example ], groups: [ approved ] }
  - id: fabrikam
    organizations: [ { name: fabrikam.example } ]
    accounts:
      - { names: [ 'CONTADM01\\restore-ops' ], kind: service }
      - { names: [ 'MSP\\tech' ], kind: application }
`, '/c/vb365-siem.yml');
const contoso = { tenant: 'contoso', name: 'contoso.onmicrosoft.example' };

const owners: readonly (readonly [string, NamedOrganization, configured: unknown, open: unknown])[] = [
  ['a name, other case', { organization: ' Contoso.OnMicrosoft.example ' }, contoso, { tenant: 'contoso.onmicrosoft.example', name: 'Contoso.OnMicrosoft.example' }],
  ['an alias', { organization: 'CONTOSO' }, contoso, { tenant: 'contoso', name: 'CONTOSO' }],
  ['an id, capitals', { organizationId: id.toUpperCase() }, contoso, undefined],
  ['a domain', { domain: 'contoso.example' }, contoso, undefined],
  ['an unknown name', { organization: 'northwind.example' }, 'unknown', { tenant: 'northwind.example', name: 'northwind.example' }],
  ['an unknown id', { organizationId: '11111111-1111-4111-8111-111111111111' }, 'unknown', undefined],
  ['an unknown domain', { domain: 'northwind.example' }, 'unknown', undefined],
  ['nothing', {}, undefined, undefined],
  ['an empty name', { organization: '  ' }, undefined, undefined],
  ['a name and the id of another tenant', { organization: 'fabrikam.example', organizationId: id }, 'conflict', { tenant: 'fabrikam.example', name: 'fabrikam.example' }],
  ['a known name with an id of another server', { organization: 'contoso', organizationId: '11111111-1111-4111-8111-111111111111' }, contoso, { tenant: 'contoso', name: 'contoso' }],
  ['an unknown name with the domain of a tenant', { organization: 'northwind.example', domain: 'contoso.example' }, 'unknown', { tenant: 'northwind.example', name: 'northwind.example' }],
  ['a part of a name', { organization: 'contoso.onmicrosoft' }, 'unknown', { tenant: 'contoso.onmicrosoft', name: 'contoso.onmicrosoft' }],
  ['a name of the language itself', { organization: '__proto__' }, 'unknown', { tenant: '__proto__', name: '__proto__' }],
];

describe('tenants: who owns what is named', () => {
  const configured = createTenants(config);
  const open = createTenants();
  for (const [name, named, withTenants, without] of owners) {
    it(`${name}, tenants configured`, () => { expect(configured.ownerOf(named)).to.deep.equal(withTenants); });
    it(`${name}, no tenants`, () => { expect(open.ownerOf(named)).to.deep.equal(without); });
  }
  it('a configuration without tenants is open', () => { expect([createTenants(loadConfig('', '/c.yml').config).isConfigured, open.isConfigured, configured.isConfigured]).to.deep.equal([false, false, true]); });
  it('an id has a name only where one is configured', () => { expect([configured.organizationNameOf(id.toUpperCase()), open.organizationNameOf(id)]).to.deep.equal(['contoso.onmicrosoft.example', undefined]); });
  it('names and aliases tell an organisation from a person', () => { expect([...configured.organizations]).to.have.members(['contoso.onmicrosoft.example', 'contoso', 'contoso.example', 'fabrikam.example']); });
});

describe('tenants: accounts', () => {
  const { accountOf, samePerson } = createTenants(config);
  const accounts: readonly (readonly [string, tenant: string | undefined, account: string, expected: unknown])[] = [
    ['of its tenant', 'contoso', 'contadm01\\RESTORE-OPS', { kind: 'shared' }],
    ['of another tenant, another kind', 'fabrikam', 'CONTADM01\\restore-ops', { kind: 'service' }],
    ['two tenants disagree and none is known', undefined, 'CONTADM01\\restore-ops', undefined],
    ['one tenant knows it and none is known', undefined, 'MSP\\tech', { kind: 'application' }],
    ['of another tenant only', 'contoso', 'MSP\\tech', undefined],
    ['with groups', 'contoso', 'aroha@contoso.example', { kind: 'person', groups: ['approved'] }],
    ['groups need the tenant', undefined, 'aroha@contoso.example', { kind: 'person' }],
    ['a bare name is not the account', 'contoso', 'restore-ops', undefined],
  ];
  for (const [name, tenant, account, expected] of accounts) it(name, () => { expect(accountOf(tenant, account)).to.deep.equal(expected); });

  const pairs: readonly (readonly [string, tenant: string | undefined, a: string, b: string, boolean])[] = [
    ['one spelling in two cases', undefined, 'X\\a', 'x\\A', true],
    ['two names of one entry', 'contoso', 'CONTOSO\\Aroha', 'aroha@contoso.example', true],
    ['two names of one entry, no tenant known', undefined, 'CONTOSO\\aroha', 'aroha@contoso.example', true],
    ['two names of one entry of another tenant', 'fabrikam', 'CONTOSO\\aroha', 'aroha@contoso.example', false],
    ['names of two entries', 'contoso', 'CONTOSO\\aroha', 'svc-restore@contoso.example', false],
    ['two unknown names', 'contoso', 'X\\a', 'a@x.example', false],
    ['one tenant joins what another does not', undefined, 'CONTADM01\\restore-ops', 'svc-restore@contoso.example', false],
    ['nothing and nothing', 'contoso', '', ' ', false],
  ];
  for (const [name, tenant, a, b, expected] of pairs) it(`one person: ${name}`, () => { expect([samePerson(tenant, a, b), samePerson(tenant, b, a)]).to.deep.equal([expected, expected]); });

  it('the only organisation of a tenant', () => {
    expect(['contoso', 'fabrikam', 'northwind'].map((tenant) => createTenants(config).onlyOrganizationOf(tenant))).to.deep.equal(['contoso.onmicrosoft.example', 'fabrikam.example', undefined]);
    expect(createTenants().onlyOrganizationOf('contoso')).to.equal(undefined);
  });
});
