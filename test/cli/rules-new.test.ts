import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inFolder, runCommand } from './run-command.ts';

const nowMs = (): number => Date.UTC(2026, 10, 25, 12);

describe('rules new', () => {
  it('a rule and its cases that lint accepts, and of which test says what is missing', () => inFolder(async (cwd) => {
    expect(await runCommand(['rules', 'new', 'my_first_rule', '--out', 'deep/er'], { cwd, nowMs })).to.deep.equal({
      code: 0, stdout: '', stderr: 'deep/er/my_first_rule.yml and deep/er/my_first_rule.test.yml written; next: vb365-siem rules lint deep/er/my_first_rule.yml && vb365-siem rules test deep/er/my_first_rule.yml\n',
    });
    expect(readdirSync(join(cwd, 'deep/er')).sort()).to.deep.equal(['my_first_rule.test.yml', 'my_first_rule.yml']);
    const text = readFileSync(join(cwd, 'deep/er/my_first_rule.yml'), 'utf8');
    expect(text).to.match(/\ntitle: My First Rule\n# [^\n]+\nid: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\nname: my_first_rule\n/).and.to.include("\ndate: '2026-11-25'\n");
    expect(await runCommand(['rules', 'lint', 'deep', '--fail-level', 'warning'], { cwd })).to.deep.equal({ code: 0, stdout: '1 file of rules: no findings\n', stderr: '' });
    const { code, stdout, stderr } = await runCommand(['rules', 'test', 'deep'], { cwd });
    expect([code, stdout]).to.deep.equal([1, 'my_first_rule: 2 findings (2 of 2 cases)\n1 rule, 2 of 2 cases passed; 2 findings\n']);
    expect(stderr).to.include('RULE_CASES_INCOMPLETE no case shows an event that only filter_own keeps from matching').and.to.include('no case shows an event without the field vb365.context.operator_is_owner');
  }));
  it('editors find the schemas of both files', () => inFolder(async (cwd) => {
    await runCommand(['rules', 'new', 'my_first_rule'], { cwd });
    for (const [file, schema] of [['my_first_rule.yml', 'rule.schema.json'], ['my_first_rule.test.yml', 'rule-cases.schema.json']] as const) {
      const path = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(join(cwd, file), 'utf8'))?.[1] ?? '';
      expect(resolve(cwd, path)).to.equal(resolve('schemas', schema));
    }
  }));
  it('a correlation over a shipped rule', () => inFolder(async (cwd) => {
    await runCommand(['rules', 'new', 'many_of_mine', '--over', 'taken_out'], { cwd });
    expect((await runCommand(['rules', 'lint', '.'], { cwd })).code).to.equal(0);
    expect((await runCommand(['rules', 'test', '.'], { cwd })).stdout).to.match(/^many_of_mine: \d+ findings \(1 of 1 case\)\n/);
  }));
  it('leaves what exists alone', () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'my_first_rule.test.yml'), 'mine');
    const { code, stderr } = await runCommand(['rules', 'new', 'my_first_rule'], { cwd });
    expect([code, stderr.includes('my_first_rule.test.yml exists already'), readdirSync(cwd), readFileSync(join(cwd, 'my_first_rule.test.yml'), 'utf8')]).to.deep.equal([2, true, ['my_first_rule.test.yml'], 'mine']);
  }));
  for (const argv of [['short'], ['Capital_letters'], ['../out_of_here_'], ['x'.repeat(67)], ['good_enough_name', '--over', 'a: b']]) {
    it(`refuses ${argv.join(' ').slice(0, 40)}`, () => inFolder(async (cwd) => {
      mkdirSync(join(cwd, 'in'));
      expect(await runCommand(['rules', 'new', ...argv], { cwd: join(cwd, 'in') })).to.include({ code: 2, stdout: '' });
      expect([readdirSync(cwd), readdirSync(join(cwd, 'in'))]).to.deep.equal([['in'], []]);
    }));
  }
  it('a place that cannot be written makes 1', () => inFolder(async (cwd) => {
    writeFileSync(join(cwd, 'file'), '');
    const { code, stderr } = await runCommand(['rules', 'new', 'my_first_rule', '--out', 'file/in'], { cwd });
    expect([code, stderr.includes('write-failed')]).to.deep.equal([1, true]);
  }));
});
