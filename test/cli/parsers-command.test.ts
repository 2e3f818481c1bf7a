/** `vb365-siem parsers`, and user folders with the commands that read. */
import { expect } from 'chai';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endOf, inFolder, runCommand, samples, startProgram } from './run-command.ts';

const bad = resolve('test/bad/parsers');
const builtIn = ['explorer', 'archiver'].map((name) => resolve('parsers', name, 'messages.yml'));
const explorerLog = 'Veeam.Exchange.Explorer_2022_05_13_10_00_00.log';
const line = (message: string): string => `13/05/2022 10:00:01 AM    1 (18244) ${message}\r\n`;
/** Four messages that the catalogues of the package know, seven that none knows. */
const log = [
  'Server: RDS01 (CPUs: 4, RAM: 15.9 GB)', 'Veeam.Exchange.Explorer.exe: Version=11.0.1.1261', 'Account: CONTOSO\\alee', 'Counting items...',
  "Sending 'Q3, final' of Ann Lee\\Inbox to bob@contoso.example (79.1 KB, 2 attachments)...", "Sending 'Q4' of Ann Lee\\Inbox to bob@contoso.example (1 KB, 0 attachments)...",
  'Veeam.Exchange.Explorer.exe left the building', 'Restoring folder: Inbox', 'Restoring folder: Sent Items', 'Restoring folder: A, B and C', '9194',
].map(line).join('');

interface Coverage {
  readonly files: Readonly<Record<string, number>>; readonly messages: number; readonly recognised: number; readonly unknown: number; readonly ungrouped: number;
  readonly templates: readonly { readonly id: string; readonly catalogue: string; readonly lines: number }[];
  readonly shapes: readonly { readonly template: string; readonly lines: number; readonly component: string; readonly example?: string }[];
}

describe('parsers list', () => {
  it('a table that fits the terminal, with every template of every catalogue', async () => {
    for (const columns of [80, 160]) {
      const { code, stdout, stderr } = await runCommand(['parsers', 'list', '--parsers', join(bad, 'good')], { columns });
      expect([code, stderr]).to.deep.equal([0, '']);
      const lines = stdout.split('\n');
      expect(Math.max(...lines.map((text) => text.length)), `${columns}`).to.be.at.most(columns);
      expect(lines.find((text) => text.startsWith('header-account '))).to.match(/^header-account +H07 +default +V +explorer\b/);
      expect(lines.find((text) => text.startsWith('program-left '))).to.match(/^program-left +default +V +good\b/);
      expect(lines.find((text) => text.startsWith('item-export-started '))).to.match(/ X03 +extended +V /);
      expect(lines.find((text) => text.startsWith('message-restoring '))).to.match(/ R01 +unknown +P /);
    }
  });
  it('JSON with place, fields and evidence', async () => {
    const { stdout } = await runCommand(['parsers', 'list', '--json', '--parsers', 'good'], { cwd: bad });
    const entries = JSON.parse(stdout) as readonly { readonly id: string; readonly file: string; readonly line: number }[];
    expect(entries.find(({ id }) => id === 'program-left')).to.deep.equal({
      id: 'program-left', catalogue: 'good', file: join(bad, 'good/messages.yml'), line: 26, template: '{program:word} left the building', fields: ['program'],
      prints: 'default', seen: { component: 'exchange-explorer', versions: ['v8'] }, evidence: 'V', examples: 1,
    });
  });
  it('a wrong folder makes 1, and the others are listed', async () => {
    const { code, stdout, stderr } = await runCommand(['parsers', 'list', '--parsers', 'no-example', '--parsers', 'good'], { cwd: bad });
    expect([code, stdout.includes('header-account'), stdout.includes('program-left')]).to.deep.equal([1, true, true]);
    expect(stderr).to.include('no-example/messages.yml:8:13 catalogue-syntax');
  });
});

describe('parsers test', () => {
  it('good folders are named with what they hold', async () => {
    const { code, stdout, stderr } = await runCommand(['parsers', 'test', '--parsers', 'good'], { cwd: bad });
    expect([code, stderr]).to.deep.equal([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((text) => text.split(': ')[0])).to.deep.equal([...builtIn, join(bad, 'good/messages.yml')]);
    expect(lines[2]).to.match(/: good \(3 templates, 4 examples\)$/);
  });
  it('every problem of every folder: place, line, caret, remedy; exit code 1', async () => {
    const { code, stdout, stderr } = await runCommand(['parsers', 'test', '--parsers', 'two-faults', '--parsers', 'wrong-field', '--parsers', 'good'], { cwd: bad });
    expect(code).to.equal(1);
    expect(stdout.trimEnd().split('\n').map((text) => text.split(': ')[0])).to.deep.equal([...builtIn, join(bad, 'good/messages.yml')]);
    const two = join(bad, 'two-faults/messages.yml');
    const field = join(bad, 'wrong-field/messages.yml');
    expect([...stderr.matchAll(/^(\S+:\d+:\d+) (catalogue-\w+)/gm)].map(([, place, problem]) => `${place ?? ''} ${problem ?? ''}`)).to.deep.equal([
      `${two}:4:13 catalogue-template`, `${two}:11:13 catalogue-template`, `${field}:9:13 catalogue-example`, `${field}:9:13 catalogue-example`, `${field}:9:13 catalogue-example`,
    ]);
    expect(stderr).to.include("  template: 'A brace } alone'\n              ^\n  = correct the template\n").and.to.match(/\n5 problems\n$/);
  });
  it('more problems of one kind than other commands show', async () => inFolder(async (cwd) => {
    const entry = (at: number): string => `- id: wrong-${at}\n  template: 'x {y:z} ${at}'\n  prints: default\n  seen: { component: x, versions: [v1] }\n  evidence: I\n  examples: [ { text: x } ]\n`;
    mkdirSync(join(cwd, 'many'));
    writeFileSync(join(cwd, 'many/messages.yml'), `catalogue: many\nmessages:\n${Array.from({ length: 30 }, (_, at) => entry(at)).join('')}`);
    const { code, stderr } = await runCommand(['parsers', 'test', '--parsers', 'many'], { cwd });
    expect([code, stderr.match(/ catalogue-template /g)?.length]).to.deep.equal([1, 30]);
  }));
  it('problems as JSON', async () => {
    const { code, stdout, stderr } = await runCommand(['parsers', 'test', '--json', '--parsers', 'unknown-type'], { cwd: bad });
    expect([code, stderr]).to.deep.equal([1, '']);
    expect(JSON.parse(stdout)).to.deep.equal([{ code: 'catalogue-template', message: 'type-of-nobody: {count:number}: there is no field type number', remedy: 'correct the template', file: join(bad, 'unknown-type/messages.yml'), line: 4, column: 13 }]);
    expect(JSON.parse((await runCommand(['parsers', 'test', '--json'])).stdout)).to.deep.equal([]);
  });
  it('a folder that is not there makes 1', async () => {
    const { code, stderr } = await runCommand(['parsers', 'test', '--parsers', 'nowhere'], { cwd: bad });
    expect([code, stderr.includes(`${join(bad, 'nowhere/messages.yml')} read-missing`)]).to.deep.equal([1, true]);
  });
});

describe('parsers coverage', () => {
  it('counts lines of each template and unknown messages by shape', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    const { code, stdout } = await runCommand(['parsers', 'coverage', '.', '--json'], { cwd });
    const coverage = JSON.parse(stdout) as Coverage;
    expect([code, coverage.files, coverage.messages, coverage.recognised, coverage.unknown, coverage.ungrouped]).to.deep.equal([0, { logs: 1, documents: 0, refused: 0 }, 11, 4, 7, 0]);
    expect(coverage.templates.filter(({ lines }) => lines > 0).map(({ id, lines }) => [id, lines])).to.deep.equal([['header-server', 1], ['header-account', 1], ['header-version', 1], ['items-counting', 1]]);
    expect(coverage.shapes.map(({ template, lines, component }) => [template, lines, component])).to.deep.equal([
      ['Restoring folder: {folder:rest}', 3, 'exchange-explorer'],
      ["Sending '{value}' of Ann {account:account} to {upn:upn} ({size:size}, {count:count} attachments)...", 2, 'exchange-explorer'],
      ['Veeam.Exchange.Explorer.exe left the building', 1, 'exchange-explorer'], ['{count:count}', 1, 'exchange-explorer'],
    ]);
  }));
  it('the same as tables that fit the terminal', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    const { code, stdout } = await runCommand(['parsers', 'coverage', explorerLog], { cwd, columns: 70 });
    expect(code).to.equal(0);
    expect(stdout).to.include('\n    1  header-account').and.to.match(/\n1 log, 11 messages: 4 recognised by 4 of \d+ templates, 7 unknown\n\(63\.6 %\)\.\n/).and.to.include('\n    3  Restoring folder: {folder:rest}\n');
    expect(Math.max(...stdout.split('\n').map((text) => text.length))).to.be.at.most(70);
  }));
  it("a user's folder takes part", async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    const coverage = JSON.parse((await runCommand(['parsers', 'coverage', explorerLog, '--json', '--parsers', join(bad, 'good')], { cwd })).stdout) as Coverage;
    expect([coverage.recognised, coverage.unknown]).to.deep.equal([7, 4]);
    expect(coverage.templates.filter(({ catalogue }) => catalogue === 'good').map(({ id, lines }) => [id, lines])).to.deep.equal([['mailbox-sent', 2], ['braces-written', 0], ['program-left', 1]]);
  }));
  it('a folder that is wrong stops it, a path that is missing makes 1', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    expect(await runCommand(['parsers', 'coverage', '.', '--parsers', join(bad, 'no-example')], { cwd })).to.include({ code: 2, stdout: '' });
    const missing = await runCommand(['parsers', 'coverage', explorerLog, 'none.log'], { cwd });
    expect([missing.code, missing.stdout.includes('11 messages'), missing.stderr.includes('read-missing')]).to.deep.equal([1, true, true]);
  }));
  it('every line of the samples is counted once; mails, answers and foreign logs are none of its business', async () => {
    const { stdout, stderr } = await runCommand(['parsers', 'coverage', samples, '--json']);
    const coverage = JSON.parse(stdout) as Coverage;
    const sum = (list: readonly { readonly lines: number }[]): number => list.reduce((total, { lines }) => total + lines, 0);
    expect([sum(coverage.templates), sum(coverage.shapes) + coverage.ungrouped]).to.deep.equal([coverage.recognised, coverage.unknown]);
    expect(coverage.recognised + coverage.unknown).to.equal(coverage.messages);
    expect(stderr).to.match(/Svc\.VeeamMount\.log log-foreign/);
  });
  it('hostile names do not reach the terminal', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log + line('odd \u001b[2J\u202e name'));
    const { stdout } = await runCommand(['parsers', 'coverage', explorerLog], { cwd, columns: 100 });
    expect(stdout).to.include('odd ␛[2J‹U+202E› name').and.to.not.match(/[\u001b\u202e]/);
  }));
  it('Ctrl-C makes 130 and prints nothing', async () => {
    expect(await runCommand(['parsers', 'coverage', samples], { signal: AbortSignal.abort() })).to.include({ code: 130, stdout: '' });
  });
});

describe('parsers suggest', () => {
  it('writes a catalogue that passes, after which nothing but values is unknown', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    const suggested = await runCommand(['parsers', 'suggest', explorerLog], { cwd });
    expect(suggested.code).to.equal(0);
    expect(suggested.stderr).to.include('3 templates for 6 of 7 unknown messages').and.to.include('left out (nothing but values): 1 line like {count:count}');
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine/messages.yml'), suggested.stdout);
    expect((await runCommand(['parsers', 'test', '--parsers', 'mine'], { cwd })).code).to.equal(0);
    const coverage = JSON.parse((await runCommand(['parsers', 'coverage', explorerLog, '--json', '--parsers', 'mine'], { cwd })).stdout) as Coverage;
    expect(coverage.shapes.map(({ template }) => template)).to.deep.equal(['{count:count}']);
    expect(suggested.stdout).to.include('component: exchange-explorer').and.to.include('v11.0.1.1261');
  }));
  it('what the samples leave unknown', async () => inFolder(async (cwd) => {
    const { code, stdout } = await runCommand(['parsers', 'suggest', samples]);
    expect(code).to.equal(0);
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine/messages.yml'), stdout);
    expect(await runCommand(['parsers', 'test', '--parsers', 'mine'], { cwd })).to.include({ code: 0, stderr: '' });
  }));
  it('nothing on stdout when nothing is unknown', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), line('Counting items...'));
    expect(await runCommand(['parsers', 'suggest', explorerLog], { cwd })).to.include({ code: 0, stdout: '' });
  }));
});

describe('parsers new', () => {
  it('writes a folder that passes, and two of them together', async () => inFolder(async (cwd) => {
    expect(await runCommand(['parsers', 'new', 'my-parser'], { cwd })).to.deep.equal({ code: 0, stdout: '', stderr: 'my-parser/messages.yml written; next: vb365-siem parsers test --parsers my-parser\n' });
    expect((await runCommand(['parsers', 'new', 'x2', '--out', 'deep/er'], { cwd })).code).to.equal(0);
    expect([readdirSync(join(cwd, 'my-parser')), readdirSync(join(cwd, 'deep/er/x2'))]).to.deep.equal([['messages.yml'], ['messages.yml']]);
    expect(await runCommand(['parsers', 'test', '--parsers', 'my-parser', '--parsers', 'deep/er/x2'], { cwd })).to.include({ code: 0, stderr: '' });
  }));
  it('leaves what exists alone', async () => inFolder(async (cwd) => {
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'taken'), 'mine');
    for (const name of ['mine', 'taken']) {
      const { code, stderr } = await runCommand(['parsers', 'new', name], { cwd });
      expect([code, stderr.includes(`${name} exists already`)]).to.deep.equal([2, true]);
    }
    expect([readdirSync(cwd), readdirSync(join(cwd, 'mine')), readFileSync(join(cwd, 'taken'), 'utf8')]).to.deep.equal([['mine', 'taken'], [], 'mine']);
  }));
  for (const name of ['Mine', '../mine', 'a b', '1st', 'a--b', 'x'.repeat(41)]) {
    it(`refuses ${name.slice(0, 10)}`, async () => inFolder(async (cwd) => {
      expect(await runCommand(['parsers', 'new', name], { cwd })).to.include({ code: 2, stdout: '' });
      expect(readdirSync(cwd)).to.deep.equal([]);
    }));
  }
  it('the longest name passes', async () => inFolder(async (cwd) => {
    await runCommand(['parsers', 'new', 'x'.repeat(40)], { cwd });
    expect((await runCommand(['parsers', 'test', '--parsers', 'x'.repeat(40)], { cwd })).code).to.equal(0);
  }));
  it('a place that cannot be written makes 1', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'file'), '');
    const { code, stderr } = await runCommand(['parsers', 'new', 'mine', '--out', 'file/in'], { cwd });
    expect([code, stderr.includes('write-failed')]).to.deep.equal([1, true]);
  }));
});

describe('user folders with commands that read', () => {
  const unknownOf = async (cwd: string, ...parsers: readonly string[]): Promise<number> => {
    const { code } = await runCommand(['replay', explorerLog, '--stats', 's.json', ...parsers], { cwd });
    expect(code).to.equal(0);
    return (JSON.parse(readFileSync(join(cwd, 's.json'), 'utf8')) as { readonly lines: { readonly unknown: number } }).lines.unknown;
  };
  it("messages of a user's templates are no longer unknown, and change no event", async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    expect([await unknownOf(cwd), await unknownOf(cwd, '--parsers', join(bad, 'good'))]).to.deep.equal([7, 4]);
    const events = async (...parsers: readonly string[]): Promise<string> => (await runCommand(['replay', explorerLog, ...parsers], { cwd })).stdout;
    expect(await events('--parsers', join(bad, 'good'))).to.equal(await events());
  }));
  it('the configuration names them too', async () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, explorerLog), log);
    cpSync(join(bad, 'good'), join(cwd, 'good'), { recursive: true });
    writeFileSync(join(cwd, 'c.yml'), 'parsers: [ good ]\n');
    expect([await unknownOf(cwd, '-c', 'c.yml'), await unknownOf(cwd, '-c', 'c.yml', '--parsers', 'good')]).to.deep.equal([4, 4]);
    const coverage = JSON.parse((await runCommand(['parsers', 'coverage', explorerLog, '-c', 'c.yml', '--json'], { cwd })).stdout) as Coverage;
    expect(coverage.unknown).to.equal(4);
  }));
  for (const command of ['replay', 'who']) {
    it(`${command} starts nothing with a wrong one: all problems, exit code 2`, async () => inFolder(async (cwd) => {
      writeFileSync(join(cwd, explorerLog), log);
      const { code, stdout, stderr } = await runCommand([command, explorerLog, '--parsers', join(bad, 'two-faults')], { cwd });
      expect([code, stdout, stderr.match(/messages\.yml:\d+:13 catalogue-template/g)?.length]).to.deep.equal([2, '', 2]);
    }));
  }
  for (const argv of [[], ['list'], ['test'], ['coverage'], ['suggest'], ['new']]) {
    it(`help of ${['parsers', ...argv].join(' ')} has an example`, async () => {
      expect((await runCommand(['parsers', ...argv, '--help'])).stdout).to.match(/\nExample:\n {2}\$ .*vb365-siem parsers /);
    });
  }
  it('as a program of its own', async function () {
    this.timeout(30_000);
    const { code, stdout, stderr } = await endOf(startProgram(['parsers', 'test', '--parsers', join(bad, 'overlap-built-in')]));
    expect([code, stdout.trimEnd().split('\n').length]).to.deep.equal([1, 2]);
    expect(stderr).to.match(/^\S+overlap-built-in\/messages\.yml:9:13 catalogue-overlap [^\n]+\n {6}- text: 'Account: CONTOSO\\alee of somebody'\n +\^\n {2}= [^\n]+\n1 problem\n$/);
  });
});
