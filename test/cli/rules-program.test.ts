import { expect } from 'chai';
import { ruleCommands } from '../../src/cli/rules-program.ts';
import { endOf, inFolder, runCommand, startProgram } from './run-command.ts';

describe('rules: the command line', () => {
  it('has its commands', () => {
    expect(ruleCommands.map(({ name }) => name).sort()).to.deep.equal(['backtest', 'coverage', 'explain', 'lint', 'list', 'new', 'test']);
  });
  for (const name of [undefined, ...ruleCommands.map((command) => command.name)]) {
    it(`help of ${['rules', name ?? ''].join(' ').trim()} has an example`, async () => {
      expect((await runCommand(['rules', ...(name === undefined ? [] : [name]), '--help'])).stdout).to.match(/\nExample:\n {2}\$ vb365-siem [^\n]+/);
    });
  }
  for (const [name, argv, says] of [
    ['a misspelt command', ['lnt'], 'Did you mean lint?'],
    ['a level that is none', ['lint', '--fail-level', 'fatal'], 'error, warning, info'],
    ['a format that is none', ['test', '--format', 'xml'], 'text, json, junit'],
    ['an event that is missing', ['explain', 'taken_out'], "'event'"],
    ['no logs', ['backtest'], "'path'"],
    ['no name', ['new'], "'name'"],
  ] as const) {
    it(name, () => inFolder(async (cwd) => {
      const outcome = await runCommand(['rules', ...argv], { cwd });
      expect([outcome.code, outcome.stdout, outcome.stderr.includes(says)]).to.deep.equal([2, '', true]);
    }));
  }
  it('a configuration that is wrong starts nothing', () => inFolder(async (cwd) => {
    for (const argv of [['lint'], ['test'], ['list'], ['coverage'], ['explain', 'taken_out', 'e.json'], ['backtest', 'x']]) {
      const { code, stdout, stderr } = await runCommand(['rules', ...argv, '-c', 'none.yml'], { cwd });
      expect([code, stdout, stderr.includes('none.yml')], argv.join(' ')).to.deep.equal([2, '', true]);
    }
  }));
  it('shells complete it', async () => {
    const { stdout } = await runCommand(['completion', 'bash']);
    expect(stdout).to.include("'rules lint|--fail-level') COMPREPLY=($(compgen -W 'error warning info'").and.to.include('explain');
  });
  it('as a program of its own', async function () {
    this.timeout(60_000);
    const { code, stdout, stderr } = await endOf(startProgram(['rules', 'lint', 'test/bad/rules/unknown-field']));
    expect([code, stdout, stderr.split('\n')[0]]).to.deep.equal([2, '1 file of rules: 1 error\n', 'test/bad/rules/unknown-field/some_rule_here.yml:13:9 RULE_FIELD_UNKNOWN vb365.operatoin is no field']);
  });
});
