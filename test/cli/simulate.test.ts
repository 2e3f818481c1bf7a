/** `simulate` on the command line: worlds, the ordinary week, incidents. */
import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { incidents } from '../../src/simulate/scenarios.ts';
import type { Truth } from '../../src/simulate/truth.ts';
import { runCommand } from './run-command.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'vb365-simulate-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const wrong: readonly (readonly [name: string, argv: readonly string[], says: readonly string[]])[] = [
  ['an incident that is none', ['--incident', 'mass-exprot'], ['"mass-exprot"', 'mass-export']],
  ['a week that is none', ['--week', 'odd'], ['"odd"', 'ordinary']],
  ['a week with an incident', ['--week', 'ordinary', '--incident', 'free-mail'], ['--week and --incident', 'folder of its own']],
  ['a week of another size', ['--week', 'ordinary', '--tenants', '5'], ['--tenants has no effect']],
  ['an incident with chaos', ['--incident', 'free-mail', '--chaos'], ['--chaos has no effect']],
];

describe('simulate', function () {
  this.timeout(60_000);

  for (const [name, argv, says] of wrong) it(`refuses ${name}`, async () => {
    const { code, stdout, stderr } = await runCommand(['simulate', ...argv, '--out', join(folder, 'w')]);
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    for (const text of says) expect(stderr).to.include(text);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('refuses a world without a folder', async () => {
    const { code, stderr } = await runCommand(['simulate', '--seed', '1']);
    expect(code).to.equal(2);
    expect(stderr).to.include('--out is missing');
  });

  it('lists every incident with a sentence, and writes nothing', async () => {
    const { code, stdout } = await runCommand(['simulate', '--incident', 'list'], { cwd: folder });
    expect(code).to.equal(0);
    expect(stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/))).to.deep.equal(incidents.map(({ name, sentence }) => [name, sentence]));
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('offers both in its help', async () => {
    const { stdout } = await runCommand(['simulate', '--help']);
    for (const text of ['--week <kind>', '--incident <name>', 'simulate --incident mass-export']) expect(stdout).to.include(text);
  });

  it('writes an incident with its story, and says which alerts to expect', async () => {
    const out = join(folder, 'w');
    const { code, stderr } = await runCommand(['simulate', '--incident', 'mass-export', '--seed', '3', '--out', out]);
    expect(code).to.equal(0);
    const { story } = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;
    expect(story?.name).to.equal('mass-export');
    expect(story?.alerts.map(({ rule, count }) => [rule, count])).to.deep.equal([['whole_mailbox_or_site_taken_out', 6], ['many_restores_taken_out', 1]]);
    expect(stderr).to.include('6 whole_mailbox_or_site_taken_out (');
    expect(stderr).to.include('--events alerts');
    expect(existsSync(join(out, 'vb365-siem.yml'))).to.equal(true);
  });

  it('dates the file of an answer that states no time by when it was saved', async () => {
    const out = join(folder, 'w');
    await runCommand(['simulate', '--incident', 'auditing-off', '--out', out]);
    const saved = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => /auditemailsettings-\d\.json$/.test(name)).sort();
    const [on, off, again] = saved.map((name) => ({ ms: statSync(join(out, name)).mtimeMs, isOn: readFileSync(join(out, name), 'utf8').includes('"enableNotification": true') }));
    expect([on?.isOn, off?.isOn, again?.isOn]).to.deep.equal([true, false, true]);
    // From eight o'clock on the day before to half past eleven; then half an hour more than a day.
    expect([(off?.ms ?? 0) - (on?.ms ?? 0), (again?.ms ?? 0) - (off?.ms ?? 0)]).to.deep.equal([27.5 * 3_600_000, 24.5 * 3_600_000]);
  });
});
