import { expect } from 'chai';
import { maxQuarantinedNames } from '../../src/limits.ts';
import { createQuarantine } from '../../src/route/quarantine.ts';

describe('what is set aside, for the provider', () => {
  const rows: readonly (readonly [name: string, added: readonly (string | undefined)[], total: number, organizations: readonly (readonly [string, number])[]])[] = [
    ['nothing', [], 0, []],
    ['the most first, then by name', ['b.example', 'c.example', 'a.example', 'c.example'], 4, [['c.example', 2], ['a.example', 1], ['b.example', 1]]],
    ['one organisation in several spellings', ['Contoso.example', ' contoso.EXAMPLE '], 2, [['Contoso.example', 2]]],
    ['the same in another order', [' contoso.EXAMPLE ', 'Contoso.example'], 2, [['Contoso.example', 2]]],
    ['without a name', [undefined, '  '], 2, [['(not named)', 2]]],
    ['a name of the language itself', ['__proto__'], 1, [['__proto__', 1]]],
  ];
  for (const [name, added, total, organizations] of rows) it(name, () => {
    const quarantine = createQuarantine();
    for (const organization of added) quarantine.add(organization);
    expect(quarantine.total()).to.equal(total);
    expect([...quarantine.organizations()]).to.deep.equal(organizations);
  });
  for (const [names, listed] of [[maxQuarantinedNames, maxQuarantinedNames], [maxQuarantinedNames + 1, maxQuarantinedNames]] as const) it(`${String(names)} names`, () => {
    const quarantine = createQuarantine();
    for (let index = 0; index < names; index += 1) quarantine.add(`o${String(index)}.example`);
    expect([quarantine.total(), quarantine.organizations().size]).to.deep.equal([names, listed]);
  });
});
