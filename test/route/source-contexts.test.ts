import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { createSourceContexts } from '../../src/route/source-contexts.ts';
import { compilePathGlob } from '../../src/text/path-glob.ts';

const globs: readonly (readonly [string, pattern: string, path: string, boolean])[] = [
  ['star inside one name', '/l/*.log', '/l/a.log', true],
  ['star stops at a folder', '/l/*.log', '/l/x/a.log', false],
  ['two stars: no folder between', '/l/**/*.log', '/l/a.log', true],
  ['two stars: folders between', '/l/**/*.log', '/l/x/y/a.log', true],
  ['two stars at the end', '/l/**', '/l/x/y', true],
  ['another folder with the same beginning', '/l/**', '/lx/y', false],
  ['question mark is one letter', '/l/a?.log', '/l/ab.log', true],
  ['question mark is not none', '/l/a?.log', '/l/a.log', false],
  ['a dot is a dot', '/l/a.log', '/l/axlog', false],
  ['a folder without wildcard holds what is beneath', '/l', '/l/x/a.log', true],
  ['case counts', '/L/*.log', '/l/a.log', false],
  ['case does not count on a drive', 'C:\\Logs\\*.LOG', 'c:/logs/a.log', true],
  ['a share with either slash', '\\\\rds01\\logs\\*Explorer\\*.log', '//RDS01/logs/Exchange.Explorer/a.log', true],
  ['an entry of an archive that is named', '/l/*.zip', '/l/a.zip!x/y.log', true],
  ['an entry by its own name', '/l/**/*.log', '/l/a.zip!x/y.log', true],
  ['an archive named without wildcard', '/l/a.zip', '/l/a.zip!x/y.log', true],
  ['brackets are letters', '/l/[1]*.log', '/l/[1]a.log', true],
];

describe('paths of sources', () => {
  for (const [name, pattern, path, expected] of globs) it(name, () => { expect(compilePathGlob(pattern)(path)).to.equal(expected); });
  it('a hostile pattern takes no time', () => {
    const startMs = Date.now();
    expect(compilePathGlob(`/${'*a'.repeat(200)}/${'**/'.repeat(50)}b`)(`/${'a'.repeat(5_000)}/${'x/'.repeat(200)}c`)).to.equal(false);
    expect(Date.now() - startMs).to.be.below(1_000);
  });

  const { config } = loadConfig(`tenants: [ { id: a, timezone: Pacific/Auckland } ]
sources:
  - { id: rds, tenant: a, paths: [ 'a/RDS01/**' ], host: RDS01, date_order: dmy, fallback_encoding: cp850 }
  - { id: mails, type: mail-folder, paths: [ '**/*.eml' ], authentication: { policy: off } }
`, '/data/vb365-siem.yml');
  const sourcesOf = createSourceContexts(config);
  it('the first source that names a file says what is known of it', () => {
    expect(sourcesOf('/data/a/RDS01/Logs/x.log')).to.deep.equal({ context: { id: 'rds', tenant: 'a', host: 'RDS01', timezone: 'Pacific/Auckland', dateOrder: 'dmy', fallbackEncoding: 'cp850' }, claims: ['rds'] });
  });
  it('two sources that name one file are both said', () => { expect(sourcesOf('/data/a/RDS01/m.eml')).to.deep.include({ claims: ['rds', 'mails'] }); });
  it('a mail brings its sender check', () => { expect(sourcesOf('/data/m.eml').context).to.deep.equal({ id: 'mails', fallbackEncoding: 'windows-1252', authentication: { policy: 'off', relays: [] } }); });
  it('a file that no source names is read with what it says itself', () => { expect(sourcesOf('/other/x.log')).to.deep.equal({ context: { id: 'cli' }, claims: [] }); });
});
