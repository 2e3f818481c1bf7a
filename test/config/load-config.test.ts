import { expect } from 'chai';
import { describeProblem } from '../../src/config/describe-problem.ts';
import { effectiveConfig } from '../../src/config/effective-config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { sampleConfig } from '../../src/config/sample-config.ts';
import { maxYamlBytes, maxYamlNesting } from '../../src/limits.ts';
import { writeYaml } from '../../src/text/yaml-document.ts';

const file = '/etc/vb365-siem/vb365-siem.yml';
const found = (text: string): readonly string[] => loadConfig(text, file).problems.map(({ line, column, code }) => `${line ?? 0}:${column ?? 0} ${code}`);

const whole = `version: 1
tenants:
  - id: contoso
    organizations: [ { name: contoso.onmicrosoft.example, id: 8A329652-7336-5bf7-9cc5-cc1512d4ffb2, aliases: [ Contoso ] } ]
    timezone: Pacific/Auckland
    hours: { from: "07:30", to: "18:30", holidays: [ 2026-12-25 ] }
    accounts: [ { names: [ 'CONTADM01\\restore-ops' ], kind: shared } ]
    owner_groups: { vip: [ ceo@contoso.example ] }
sources:
  - { id: logs, type: files, tenant: contoso, paths: [ 'a/**/*.log', '../b/*.log', '\\\\rds01\\logs\\*.log' ] }
  - { id: mails, type: mail-folder, paths: [ m/*.eml ], culture: en-US, timezone: UTC }
  - { id: smtp, type: mail-listener }
  - { id: imap, type: mail-imap, url: "imaps://mail.provider.example", username: u, password: { env: IMAP_PASSWORD } }
  - { id: rest, type: rest, url: "https://vb365.provider.example:4443", username: u, password: { file: rest.password }, every: 15m }
destinations:
  - { id: siem, tenants: [ contoso ], syslog: { url: "tls://siem.contoso.example:6514", ca: ca.pem, max_message_size: 64KiB } }
  - { id: own, tenants: [ "*" ], format: cef, events: alerts, syslog: { url: "udp://[2001:db8::1]:514", header: bsd } }
`;

describe('configuration: what is read', () => {
  const { config } = loadConfig(whole, file, { platform: 'linux' });
  const [logs, mails, smtp, , rest] = config!.sources;
  const [siem, own] = config!.destinations;

  it('an empty file is valid', () => {
    expect(loadConfig('', file).config?.tenants).to.deep.equal([]);
    expect(loadConfig('# nothing yet\n', file).problems).to.deep.equal([]);
  });
  it('relative patterns start at the folder of the file, absolute and UNC ones stay', () => {
    expect(logs).to.have.property('paths').that.deep.equals(['/etc/vb365-siem/a/**/*.log', '/etc/b/*.log', '\\\\rds01\\logs\\*.log']);
  });
  it('a source takes the zone of its tenant', () => { expect(logs?.timezone).to.equal('Pacific/Auckland'); });
  it('a culture gives the date order', () => { expect(mails).to.include({ dateOrder: 'mdy', timezone: 'UTC' }); });
  it('mails need a check by default', () => { expect(mails).to.have.nested.property('authentication.policy', 'require'); });
  it('SMTP listens on loopback by default', () => { expect(smtp).to.deep.include({ listen: { host: '127.0.0.1', port: 2525 } }); });
  it('15m is 900,000 ms', () => { expect(rest).to.include({ everyMs: 900_000 }); });
  it('hours take the zone of their tenant, or their own', () => {
    expect(config?.tenants[0]?.hours?.timezone).to.equal('Pacific/Auckland');
    const own = loadConfig('tenants: [ { id: a, timezone: UTC, hours: { timezone: Europe/Berlin, from: "07:30", to: "18:30" } }, { id: b, hours: { from: "07:30", to: "18:30" } } ]', file);
    expect(own.config?.tenants.map(({ hours }) => hours?.timezone)).to.deep.equal(['Europe/Berlin', undefined]);
  });
  it('what was seen is known for thirty days, a fortnight is learned', () => { expect(config?.baseline).to.deep.equal({ memoryMs: 2_592_000_000, learningMs: 1_209_600_000 }); });
  it('both can be set', () => { expect(loadConfig('baseline: { memory: 90d, learning: 12h }', file).config?.baseline).to.deep.equal({ memoryMs: 7_776_000_000, learningMs: 43_200_000 }); });
  it('a secret is a reference, its path absolute', () => { expect(rest).to.deep.include({ password: { file: '/etc/vb365-siem/rest.password' } }); });
  it('64KiB is 65,536 bytes', () => { expect(siem?.syslog).to.include({ maxMessageBytes: 65_536, transport: 'tls', port: 6514, commit: 'fin', framing: 'octet-counting', ca: '/etc/vb365-siem/ca.pem' }); });
  it('UDP commits nothing; an IPv6 address loses its brackets', () => { expect(own?.syslog).to.include({ commit: 'none', host: '2001:db8::1', header: 'bsd', facility: 13 }); });
  it('ids of organisations are lower case', () => { expect(config?.tenants[0]?.organizations[0]?.id).to.equal('8a329652-7336-5bf7-9cc5-cc1512d4ffb2'); });
  it('dates stay texts', () => { expect(config?.tenants[0]?.hours?.holidays).to.deep.equal(['2026-12-25']); });
  it('the state is in ProgramData on Windows', () => { expect(loadConfig('', file, { platform: 'win32' }).config?.state).to.include('C:\\ProgramData\\vb365-siem'); });
  it('nothing of it can be changed', () => { expect(Object.isFrozen(config) && Object.isFrozen(siem?.syslog) && Object.isFrozen(config?.tenants[0]?.accounts[0]?.names)).to.be.true; });
  it('the sample has no problem', () => { expect(loadConfig(sampleConfig, file).problems).to.deep.equal([]); });
  it('written back and loaded again it is the same', () => { expect(loadConfig(writeYaml(effectiveConfig(config!)), file, { platform: 'linux' }).config).to.deep.equal(config); });
});

/** `¶` marks the place of the problem. */
const rows: readonly (readonly [name: string, text: string, ...codes: readonly string[]])[] = [
  ['unknown key', '¶versoin: 1', 'config-unknown-key'],
  ['unknown key deep inside', 'tenants:\n  - id: a\n    ¶nmae: x', 'config-unknown-key'],
  ['other version', 'version: ¶2', 'config-value'],
  ['tenant without id', 'tenants:\n  - ¶name: x', 'config-missing'],
  ['tenant id with capitals', 'tenants: [ { id: ¶Contoso } ]', 'config-value'],
  ['tenant id of 41 letters', `tenants: [ { id: ¶${'a'.repeat(41)} } ]`, 'config-value'],
  ['unknown zone', 'tenants: [ { id: a, timezone: ¶Mars/Phobos } ]', 'config-value'],
  ['no such day', 'tenants: [ { id: a, hours: { from: "07:30", to: "18:30", holidays: [ ¶2026-02-30 ] } } ]', 'config-value'],
  ['unknown zone of hours', 'tenants: [ { id: a, hours: { timezone: ¶NZDT, from: "07:30", to: "18:30" } } ]', 'config-value'],
  ['hours of one minute', 'tenants: [ { id: a, hours: { from: "08:00", ¶to: "08:00" } } ]', 'config-value'],
  ['memory without unit', 'baseline: { memory: ¶"30" }', 'config-value'],
  ['misspelt key of the baseline', 'baseline: { ¶learnin: 14d }', 'config-unknown-key'],
  ['number where a text belongs', 'tenants: [ { id: a, name: ¶42 } ]', 'config-value'],
  ['two tenants with one id', 'tenants: [ { id: a }, { id: ¶a } ]', 'config-duplicate'],
  ['name and alias of two tenants', 'tenants:\n  - { id: a, organizations: [ { name: X.example } ] }\n  - { id: b, organizations: [ { aliases: [ ¶x.EXAMPLE ] } ] }', 'config-duplicate'],
  ['organisation id of two tenants', 'tenants:\n  - { id: a, organizations: [ { id: 8a329652-7336-5bf7-9cc5-cc1512d4ffb2 } ] }\n  - { id: b, organizations: [ { id: ¶8A329652-7336-5bf7-9cc5-cc1512d4ffb2 } ] }', 'config-duplicate'],
  ['organisation without name and id', 'tenants: [ { id: a, organizations: [ ¶{} ] } ]', 'config-missing'],
  ['one account twice', 'tenants: [ { id: a, accounts: [ { names: [ X\\y ] }, { names: [ ¶x\\Y ] } ] } ]', 'config-duplicate'],
  ['one key twice', 'version: 1\n¶version: 1', 'config-duplicate'],
  ['unknown kind of source', 'sources: [ { id: s, type: ¶file } ]', 'config-value'],
  ['source without type', 'sources: [ ¶{ id: s } ]', 'config-missing'],
  ['source of no tenant', 'sources: [ { id: s, type: files, paths: [ x ], tenant: ¶b } ]', 'config-reference'],
  ['source without paths', 'sources: [ { id: s, type: files, paths: ¶[] } ]', 'config-value'],
  ['unknown code page', 'sources: [ { id: s, type: files, paths: [ x ], fallback_encoding: ¶klingon } ]', 'config-value'],
  ['password in the file', 'sources: [ { id: s, type: rest, url: "https://x.example", username: u, password: ¶hunter2 } ]', 'config-secret'],
  ['password in a URL', 'sources: [ { id: s, type: rest, url: ¶"https://u:hunter2@x.example", username: u, password: { env: P } } ]', 'config-secret'],
  ['secret of two places', 'sources: [ { id: s, type: rest, url: "https://x.example", username: u, password: ¶{ env: P, file: f } } ]', 'config-value'],
  ['duration without unit', 'sources: [ { id: s, type: rest, url: "https://x.example", username: u, password: { env: P }, every: ¶"60" } ]', 'config-value'],
  ['ca and fingerprint', `sources: [ { id: s, type: rest, url: "https://x.example", username: u, password: { env: P }, ca: c, ¶fingerprint: "${Array(32).fill('AB').join(':')}" } ]`, 'config-value'],
  ['destination of no tenant', 'destinations: [ { id: d, tenants: [ ¶x ], syslog: { url: "udp://h:514" } } ]', 'config-reference'],
  ['everything and a tenant', 'tenants: [ { id: a } ]\ndestinations: [ { id: d, ¶tenants: [ "*", a ], syslog: { url: "udp://h:514" } } ]', 'config-value'],
  ['URL without port', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: ¶"tls://h" } } ]', 'config-value'],
  ['size in the wrong unit', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "udp://h:514", max_message_size: ¶64KB } } ]', 'config-value'],
  ['TLS files without TLS', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tcp://h:514", ¶ca: c } } ]', 'config-value'],
  ['certificate without key', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tls://h:514", ¶certificate: c } } ]', 'config-missing'],
  ['RELP commit on TCP', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tcp://h:514", ¶commit: relp } } ]', 'config-value'],
  ['ECS under a BSD header', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tcp://h:514", ¶header: bsd } } ]', 'config-value'],
  ['a list instead of a map', '¶[ 1 ]', 'config-value'],
  ['broken YAML', 'tenants: [ {¶', 'config-syntax', 'config-syntax'],
  ['unknown tag', 'state: ¶!secret x', 'config-syntax'],
  ['alias', 'state: &a x\nparsers: [ ¶*a ]', 'config-limit'],
];

describe('configuration: what is wrong', () => {
  for (const [name, marked, ...codes] of rows) {
    it(name, () => {
      const before = marked.slice(0, marked.indexOf('¶')).split('\n');
      const place = `${before.length}:${before.at(-1)!.length + 1}`;
      expect(found(marked.replace('¶', ''))).to.deep.equal(codes.map((code) => `${place} ${code}`));
    });
  }

  it('all at once, by position', () => {
    expect(found('versoin: 1\ntenants:\n  - id: Contoso\n    timezone: Mars/Phobos\nsources: 7\ndestinations:\n  - id: d\n    tenants: [ x ]')).to.deep.equal([
      '1:1 config-unknown-key', '3:9 config-value', '4:15 config-value', '5:10 config-value', '7:5 config-missing', '8:16 config-reference',
    ]);
  });
  it('a file at the size limit is read, one byte more is not', () => {
    expect(found(`#${' '.repeat(maxYamlBytes - 1)}`)).to.deep.equal([]);
    expect(found(`#${' '.repeat(maxYamlBytes)}`)).to.deep.equal(['1:1 config-limit']);
  });
  it('brackets at the nesting limit are read, one more are not', () => {
    expect(found('['.repeat(maxYamlNesting) + ']'.repeat(maxYamlNesting))).to.deep.equal(['1:1 config-value']);
    expect(found('['.repeat(maxYamlNesting + 1) + ']'.repeat(maxYamlNesting + 1))).to.deep.equal([`1:${maxYamlNesting + 1} config-limit`]);
  });
  it('nesting that would end the process is a problem', () => { expect(found('- '.repeat(100_000))).to.have.length(1); });
  it('files that the configuration names are looked at when asked', () => {
    const { config, problems } = loadConfig(whole, file, { check: (path) => path.endsWith('ca.pem') ? 'does not exist' : undefined });
    expect(config).to.equal(undefined);
    expect(problems.map(({ line, column, code, message }) => [line, column, code, message])).to.deep.equal([[16, 93, 'config-reference', '/etc/vb365-siem/ca.pem: does not exist']]);
  });
});

describe('configuration: how a problem is shown', () => {
  const shown = (text: string): readonly string[] => loadConfig(text, 'c.yml').problems.flatMap((problem) => describeProblem(problem, { text }).split('\n'));
  it('place, code, sentence, line, caret, remedy', () => {
    expect(shown('version: 1\nsources:\n  - id: s\n    type: file\n')).to.deep.equal([
      'c.yml:4:11 config-value "sources[0].type" is "file"', '      type: file', '            ^', '  = did you mean "files"?',
    ]);
  });
  it('the caret stands under wide letters too', () => {
    expect(shown('tenants: [ { id: a, name: 李安, nmae: x } ]').slice(1, 3)).to.deep.equal(['  tenants: [ { id: a, name: 李安, nmae: x } ]', `${' '.repeat(34)}^`]);
  });
  for (const [name, text] of [
    ['a password', 'sources: [ { id: s, type: rest, url: "https://x.example", username: u, password: hunter2, evry: 1s } ]'],
    ['a misspelt password', 'sources:\n  - id: s\n    pasword: hunter2'],
    ['a quoted password', 'sources:\n  - id: s\n    password: "a, hunter2"'],
    ['a password in a URL', 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tls://u:hunter2@h:514" } } ]'],
  ] as const) it(`${name} is never repeated`, () => { const all = shown(text).join('\n'); expect(all).to.include('config-'); expect(all).to.not.include('hunter2'); });
  it('control characters are made visible', () => { expect(shown('"\\u001b[31m": 1').join('\n')).to.not.include('\u001b'); });
  it('a long line is cut around the place', () => {
    const [, line = '', caret = ''] = shown(`parsers: [ ${'x, '.repeat(200)}] \nversion: [ ${'y '.repeat(300)} ]`).slice(-4);
    expect(line.length).to.be.at.most(128);
    expect(caret.trim()).to.equal('^');
  });
});
