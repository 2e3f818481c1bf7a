import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInternal } from '../../src/cli/program.ts';
import { inFolder, runCommand, samples } from './run-command.ts';

const one = join(samples, 's01-cloud-connect-default');
const bad = 'version: 1\ntenants: [ { id: A } ]\n';

/** Command lines that read nothing: exit code, and what stderr must say. */
const usage: readonly (readonly [string, argv: readonly string[], code: number, says: readonly string[]])[] = [
  ['help', ['--help'], 0, []],
  ['version', ['--version'], 0, []],
  ['no command', [], 2, ['Commands:']],
  ['misspelt command', ['repaly', 'x'], 2, ['usage ', "'repaly'", 'Did you mean replay?']],
  ['misspelt option', ['replay', 'x', '--evnts', 'all'], 2, ['usage ', "'--evnts'", 'Did you mean --events?', 'vb365-siem replay --help']],
  ['misspelt subcommand', ['config', 'chek'], 2, ['Did you mean check?']],
  ['no path', ['replay'], 2, ["'path'"]],
  ['too many arguments', ['config', 'check', 'a', 'b'], 2, ['usage ']],
  ['value that is no choice', ['replay', 'x', '--format', 'xml'], 2, ['xml', 'ecs, cef']],
  ['two formats at once', ['who', 'x', '--json', '--csv'], 2, ['--json', '--csv']],
  ['option without its value', ['replay', 'x', '--out'], 2, ['--out']],
  ['a moment that is none', ['who', 'x', '--since', 'yesterday'], 2, ['yesterday', '7d']],
  ['a zone that is none', ['who', 'x', '--zone', 'Mars/Phobos'], 2, ['Mars/Phobos']],
  ['a configuration that is not there', ['replay', 'x', '-c', 'none.yml'], 2, ['none.yml', 'config init']],
  ['sending without destinations', ['replay', 'x', '--send'], 2, ['--send', 'destinations']],
  ['seed that is no number', ['simulate', '--seed', 'x', '--out', 'w'], 2, ['--seed']],
  ['shell that is unknown', ['completion', 'tcsh'], 2, ['tcsh']],
];

describe('command line: usage', () => {
  for (const [name, argv, code, says] of usage) {
    it(name, async () => inFolder(async (cwd) => {
      const outcome = await runCommand(argv, { cwd });
      expect(outcome.code).to.equal(code);
      for (const text of says) expect(outcome.stderr).to.include(text);
      if (code !== 0) expect(outcome.stdout).to.equal('');
      expect(readdirSync(cwd)).to.deep.equal([]);
    }));
  }
  for (const argv of [[], ['replay'], ['who'], ['config'], ['config', 'init'], ['config', 'check'], ['config', 'show'], ['simulate'], ['completion']]) {
    it(`help of ${['vb365-siem', ...argv].join(' ')} has an example`, async () => {
      const { stdout, stderr } = await runCommand([...argv, '--help']);
      expect(stdout).to.match(/\nExample:\n {2}\$ .*vb365-siem /);
      expect(stderr).to.equal('');
    });
  }
  it('a fault of ours is one line, its stack on demand', async () => {
    const said: string[] = [];
    const terminal = { stderr: { write: (text: string) => said.push(text) } } as never;
    describeInternal(new Error('boom'), false, terminal);
    expect(said.join('')).to.match(/^internal error: boom\n {2}= [^\n]*--verbose[^\n]*\n$/);
    describeInternal(new Error('boom'), true, terminal);
    expect(said.at(-1)).to.include('program.test.ts');
    await runCommand(['who', 'x'], { nowMs: () => { throw new Error('clock'); } }).then(() => { throw new Error('not thrown'); }, (error: unknown) => { expect(error).to.have.property('message', 'clock'); });
  });
});

describe('command line: config', () => {
  it('what init writes passes check and show', async () => inFolder(async (cwd) => {
    expect((await runCommand(['config', 'init', 'c.yml'], { cwd })).code).to.equal(0);
    expect(await runCommand(['config', 'check', 'c.yml'], { cwd })).to.deep.equal({ code: 0, stdout: 'c.yml: good (1 tenants, 1 sources, 0 destinations)\n', stderr: '' });
    const { stdout } = await runCommand(['config', 'show', '-c', 'c.yml'], { cwd });
    expect(stdout).to.include(`- ${join(cwd, 'contoso/RDS01/**')}`);
    writeFileSync(join(cwd, 'shown.yml'), stdout);
    expect((await runCommand(['config', 'check', 'shown.yml'], { cwd })).code).to.equal(0);
  }));
  it('init prints when no file is named, and never writes over one', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'c.yml'), 'mine');
    expect((await runCommand(['config', 'init'], { cwd })).stdout).to.match(/^# Configuration of vb365-siem/);
    expect((await runCommand(['config', 'init', 'c.yml'], { cwd })).code).to.equal(2);
    expect(readFileSync(join(cwd, 'c.yml'), 'utf8')).to.equal('mine');
  }));
  it('a sample that cannot be written makes 1', async () => inFolder(async (cwd) => {
    const { code, stdout, stderr } = await runCommand(['config', 'init', 'none/c.yml'], { cwd });
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.match(/^\S+ write-failed /);
  }));
  it('a wrong configuration makes 2, a file that is not there makes 1', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'bad.yml'), bad);
    writeFileSync(join(cwd, 'lacks.yml'), 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tls://h:6514", ca: none.pem } } ]');
    expect(await runCommand(['config', 'check', 'bad.yml'], { cwd })).to.deep.equal({ code: 2, stdout: '', stderr: [
      `${join(cwd, 'bad.yml')}:2:18 config-value "tenants[0].id" is "A"`, '  tenants: [ { id: A } ]', '                   ^', '  = use small letters, digits and hyphens, at most 40', 'bad.yml: 1 problem', ''].join('\n') });
    const lacks = await runCommand(['config', 'check', 'lacks.yml', '--json'], { cwd });
    expect(lacks.code).to.equal(1);
    expect(JSON.parse(lacks.stdout)).to.have.nested.property('[0].message', `${join(cwd, 'none.pem')}: does not exist`);
  }));
  it('a certificate that is none is found', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    writeFileSync(join(cwd, 'c.yml'), 'destinations: [ { id: d, tenants: [ "*" ], syslog: { url: "tls://h:6514", ca: ca.pem } } ]');
    const { code, stderr } = await runCommand(['config', 'check', 'c.yml'], { cwd });
    expect([code, stderr.includes('config-reference')]).to.deep.equal([1, true]);
  }));
  it('show holds references, never a secret', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'rest.password'), 'hunter2\n');
    writeFileSync(join(cwd, 'c.yml'), 'sources: [ { id: r, type: rest, url: "https://vb365.example", username: u, password: { file: rest.password } } ]');
    const { stdout } = await runCommand(['config', 'show', 'c.yml', '--json'], { cwd });
    expect(JSON.parse(stdout)).to.have.nested.property('sources[0].password.file', join(cwd, 'rest.password'));
    expect(stdout).to.not.include('hunter2');
  }));
});

describe('command line: replay', () => {
  it('stdout holds events and nothing else', async () => {
    const { code, stdout, stderr } = await runCommand(['replay', one]);
    expect(code).to.equal(0);
    const events = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { vb365: { level: string } });
    expect(new Set(events.map(({ vb365 }) => vb365.level))).to.include.members(['activity', 'restore']);
    expect(stderr).to.match(/^events: \d+ activity, \d+ restore/m);
  });
  it('--events restores holds no activity', async () => {
    const { stdout } = await runCommand(['replay', one, '--events', 'restores']);
    const levels = stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { vb365: { level: string } }).vb365.level);
    expect(levels).to.include('restore');
    expect(levels).to.not.include('activity');
  });
  it('--out holds the same bytes, leaves nothing beside, and --stats counts them', async () => inFolder(async (cwd) => {
    const { stdout } = await runCommand(['replay', one]);
    expect((await runCommand(['replay', one, '--out', 'o.ndjson', '--stats', 's.json'], { cwd })).stdout).to.equal('');
    expect(readFileSync(join(cwd, 'o.ndjson'), 'utf8')).to.equal(stdout);
    expect(readdirSync(cwd)).to.deep.equal(['o.ndjson', 's.json']);
    const stats = JSON.parse(readFileSync(join(cwd, 's.json'), 'utf8')) as { events: Record<string, number> };
    expect(Object.values(stats.events).reduce((a, b) => a + b)).to.equal(stdout.split('\n').length - 1);
  }));
  it('--stats names the organisations that no tenant owns; stdout does not', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'vb365-siem.yml'), 'tenants: [ { id: contoso, organizations: [ { name: contoso.onmicrosoft.example } ] } ]\n');
    const session = (index: number, organization: string): object => ({
      id: `0000000${String(index)}-0000-4000-8000-000000000000`, name: 'r', organization, type: 'Vex', creationTime: '2026-03-02T09:00:00Z', endTime: '2026-03-02T10:00:00Z', state: 'Stopped', result: 'Success', initiatedBy: organization,
    });
    writeFileSync(join(cwd, 'sessions.json'), JSON.stringify({ offset: 0, limit: 3, results: [session(1, 'fabrikam.example'), session(2, 'contoso.onmicrosoft.example'), session(3, 'fabrikam.example')] }));
    const { stdout } = await runCommand(['replay', '.', '--stats', 's.json'], { cwd });
    expect(stdout).to.include('contoso.onmicrosoft.example').and.to.not.include('fabrikam');
    // Two sessions, each with its beginning and its end.
    expect(JSON.parse(readFileSync(join(cwd, 's.json'), 'utf8'))).to.deep.include({ quarantined: 4, quarantinedOrganizations: { 'fabrikam.example': 4 } });
  }));
  it('CEF lines', async () => { expect((await runCommand(['replay', one, '--format', 'cef', '--events', 'restores'])).stdout).to.match(/^(CEF:[01]\|[^\n]*\n)+$/); });
  it('a path that is not there is named, everything else is read, and the code is 1', async () => {
    const { code, stdout, stderr } = await runCommand(['replay', one, '/does/not/exist', '--events', 'restores']);
    expect(code).to.equal(1);
    expect(stderr).to.include('read-missing /does/not/exist').and.to.include('problems: 1 read-missing');
    expect(stdout).to.include('"level":"restore"');
  });
  it('output that cannot be written makes 1 and leaves what was there', async () => inFolder(async (cwd) => {
    const missing = await runCommand(['replay', one, '--out', 'none/o.ndjson'], { cwd });
    expect([missing.code, missing.stderr.includes('write-failed'), readdirSync(cwd)]).to.deep.equal([1, true, []]);
  }));
  it('a full disk makes 1', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const { code, stderr } = await runCommand(['replay', one, '--out', '/dev/full']);
    expect([code, stderr.includes('write-failed')]).to.deep.equal([1, true]);
    expect(existsSync('/dev/full')).to.equal(true);
  });
  it('a folder brings its configuration along; a wrong one stops everything', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'vb365-siem.yml'), bad);
    const { code, stdout, stderr } = await runCommand(['replay', '.'], { cwd });
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.include('vb365-siem.yml:2:18 config-value');
  }));
  it('--strict makes 1 of anything set aside', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'x.json'), '{"a":1}');
    expect([(await runCommand(['replay', cwd])).code, (await runCommand(['replay', cwd, '--strict'])).code]).to.deep.equal([0, 1]);
  }));
  it('Ctrl-C makes 130: whole lines on stdout, no file', async () => inFolder(async (cwd) => {
    const signal = AbortSignal.abort();
    expect(await runCommand(['replay', one, '--out', 'o.ndjson'], { cwd, signal })).to.deep.equal({ code: 130, stdout: '', stderr: 'interrupted\n' });
    expect(readdirSync(cwd)).to.deep.equal([]);
  }));
  it('progress on a terminal, silence in a pipe', async () => {
    const [shown, silent] = [await runCommand(['replay', one, '--events', 'restores'], { columns: 80 }), await runCommand(['replay', one, '--events', 'restores'])];
    expect(shown.stderr).to.match(/\r\u001b\[Kreading \d+ %/);
    expect(silent.stderr).to.not.include('reading');
  });
  it('--verbose logs JSON on stderr without content of events', async () => {
    const { stderr } = await runCommand(['replay', one, '--events', 'restores', '--verbose']);
    const [line = ''] = stderr.split('\n').filter((text) => text.startsWith('{'));
    expect(JSON.parse(line)).to.include({ level: 'info', message: 'read', paths: 1 });
  });
});

describe('command line: who', () => {
  const all = ['who', samples];
  it('a table that fits the terminal', async () => {
    const { stdout } = await runCommand(all, { columns: 100, env: { NO_COLOR: '1' } });
    expect(stdout).to.match(/^When /);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).to.be.at.most(100);
  });
  it('colours only on a terminal, and not where nobody wants them', async () => {
    const shows = async (columns?: number, env = {}): Promise<boolean> => (await runCommand(all, columns === undefined ? { env } : { columns, env })).stdout.includes('\u001b[');
    expect([await shows(100), await shows(100, { NO_COLOR: '1' }), await shows()]).to.deep.equal([true, false, false]);
  });
  it('JSON, CSV, HTML', async () => inFolder(async (cwd) => {
    expect(JSON.parse((await runCommand([...all, '--json'])).stdout)).to.be.an('array').that.is.not.empty;
    expect((await runCommand([...all, '--csv'])).stdout.split('\r\n').length).to.be.above(2);
    const { code, stdout } = await runCommand([...all, '--html', 'r.html'], { cwd });
    expect([code, stdout]).to.deep.equal([0, '']);
    expect(readFileSync(join(cwd, 'r.html'), 'utf8')).to.match(/^<!doctype html>[^]*<\/html>\n$/);
  }));
  it('filters narrow', async () => {
    const count = async (...filter: readonly string[]): Promise<number> => (JSON.parse((await runCommand([...all, '--json', ...filter])).stdout) as unknown[]).length;
    const whole = await count();
    expect(await count('--tenant', 'contoso.onmicrosoft.example')).to.be.above(0).and.below(whole);
    expect(await count('--since', '2100-01-01')).to.equal(0);
    expect(await count('--until', '2100-01-01')).to.equal(whole);
  });
});

describe('command line: completion', () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    it(`${shell} knows every command and option`, async () => {
      const { code, stdout } = await runCommand(['completion', shell]);
      expect(code).to.equal(0);
      for (const word of ['replay', 'who', 'config', 'check', 'simulate', 'completion', 'events', 'restores', 'format', 'operator', 'html', 'seed', 'chaos', 'strict', 'verbose']) expect(stdout).to.include(word);
    });
  }
  const typed: readonly (readonly [words: readonly string[], offers: readonly string[]])[] = [
    [['rep'], ['replay']],
    [['config', 'ch'], ['check']],
    [['replay', '--ev'], ['--events']],
    [['replay', 'logs', '--events', 're'], ['restores']],
    [['completion', 'po'], ['powershell']],
    [['who', 'x', '--owner', 'y', '--op'], ['--operator']],
  ];
  for (const [words, offers] of typed) {
    it(`bash completes ${words.join(' ')}`, async () => inFolder(async (cwd) => {
      const { stdout } = await runCommand(['completion', 'bash']);
      const line = ['vb365-siem', ...words].map((word) => `'${word}'`).join(' ');
      const result = spawnSync('bash', ['--norc', '-c', `${stdout}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _vb365_siem; printf '%s\\n' "\${COMPREPLY[@]}"`], { cwd, encoding: 'utf8' });
      expect(result.stderr).to.equal('');
      expect(result.stdout.trimEnd().split('\n')).to.deep.equal(offers);
    }));
  }
});
