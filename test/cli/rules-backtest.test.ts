import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoWeek } from '../../src/cli/backtest-report.ts';
import { inFolder, runCommand, samples } from './run-command.ts';

/** Two views and five saves by one operator, on one Monday, all of one owner. */
const logs = join(samples, 's01-cloud-connect-default');
const rule = (name: string, level: string, more = ''): string => `title: Something ${name}\nid: ${name === 'saved_by_anybody' ? '5' : '6'}b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\nname: ${name}\nstatus: test\nlevel: ${level}\ndescription: d\ntags: [vb365.access]\nfalsepositives: [somebody]\n${more}`;
const detection = (operation: string): string => `logsource: {product: vb365, service: restore}\ndetection: {s: {vb365.operation: ${operation}}, condition: s}\n`;
const files = {
  'my/saved_by_anybody.yml': rule('saved_by_anybody', 'low', detection('save')),
  'my/seen_by_anybody.yml': rule('seen_by_anybody', 'informational', detection('view')),
  'c.yml': 'rules: { paths: [ ./my ] }\n',
};
const inRules = (more: Readonly<Record<string, string>>, work: (cwd: string) => Promise<void>): Promise<void> => inFolder(async (cwd) => {
  mkdirSync(join(cwd, 'my'));
  for (const [name, text] of Object.entries({ ...files, ...more })) writeFileSync(join(cwd, name), text);
  await work(cwd);
});
interface Report { readonly from: string; readonly until: string; readonly weeks: number; readonly restores: number; readonly alerts: number; readonly silent: readonly string[]; readonly rules: readonly object[]; readonly failures: readonly object[] }
const backtest = (cwd: string, ...argv: readonly string[]): ReturnType<typeof runCommand> => runCommand(['rules', 'backtest', logs, '-c', 'c.yml', ...argv], { cwd, env: { COLUMNS: '170' } });
const reportOf = async (cwd: string, ...argv: readonly string[]): Promise<Report> => JSON.parse((await backtest(cwd, '--json', ...argv)).stdout) as Report;

describe('rules backtest', () => {
  it('alerts by rule and week, and about whom', () => inRules({}, async (cwd) => {
    const { restores, alerts, rules, silent, weeks, from } = await reportOf(cwd);
    expect({ restores, alerts, silent, weeks, day: from.slice(0, 10) }).to.deep.equal({ restores: 7, alerts: 5, silent: [], weeks: 1, day: '2022-05-02' });
    expect(rules).to.deep.equal([{
      name: 'saved_by_anybody', id: '5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e', level: 'low', alerts: 5, perWeek: 5, byWeek: { '2022-W18': 5 }, tenants: [{ name: 'contoso.onmicrosoft.example', alerts: 5 }], groups: [],
      operators: [{ name: 'aroha.ngata', alerts: 5 }], owners: [{ name: 'Mere Tamihana', alerts: 3 }, { name: 'mere.tamihana@contoso.example', alerts: 2 }],
    }]);
  }));
  it('as a table', () => inRules({}, async (cwd) => {
    const { code, stdout } = await backtest(cwd);
    expect(code).to.equal(0);
    expect(stdout).to.match(/\n {5}5 +5\.00 +2022-W18 \(5\) +low +saved_by_anybody +aroha\.ngata \(5\) +Mere Tamihana \(3\), mere\.tamihana@contoso\.example \(2\)\n/);
    expect(stdout).to.match(/\n5 alerts of 1 rule over 7 restores, 2022-05-02 to 2022-05-02 \(1\.0 weeks\); 0 rules silent\.\n$/);
  }));
  it('one rule by name or file, a building block too', () => inRules({ 'other_rule_here.yml': rule('other_rule_here', 'low', detection('view')).replace('6b1d', '7b1d') }, async (cwd) => {
    expect((await reportOf(cwd, '--rule', 'seen_by_anybody')).alerts).to.equal(2);
    expect((await reportOf(cwd, '--rule', 'other_rule_here.yml')).alerts).to.equal(2);
    expect((await reportOf(cwd, '--rule', '5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e')).alerts).to.equal(5);
  }));
  it('a correlation brings what it refers to', () => inRules({
    'my/many_were_saved.yml': `title: Many\nid: 8b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\nname: many_were_saved\nstatus: test\nlevel: low\ndescription: d\ntags: [vb365.volume]\nfalsepositives: [somebody]\ncorrelation: {type: value_count, rules: [saved_by_anybody], group-by: [user.name], timespan: 1h, condition: {field: vb365.restore.id, gte: 5}}\n`,
  }, async (cwd) => {
    const { rules } = await reportOf(cwd, '--rule', 'many_were_saved') as unknown as { readonly rules: readonly { readonly alerts: number; readonly groups: object }[] };
    expect(rules.map(({ alerts, groups }) => [alerts, groups])).to.deep.equal([[1, [{ name: 'aroha.ngata', alerts: 1 }]]]);
  }));
  // Three of the five saves ended after 22:21.
  it('a part of the time', () => inRules({}, async (cwd) => {
    expect((await reportOf(cwd, '--since', '2022-05-02T22:21')).alerts).to.equal(3);
    expect((await reportOf(cwd, '--until', '2022-05-02T22:21')).alerts).to.equal(2);
    expect((await reportOf(cwd, '--since', '2022-05-03T10:21', '--zone', 'Pacific/Auckland')).alerts).to.equal(3);
  }));
  for (const [name, text, code, says] of [
    ['met', 'rules: { saved_by_anybody: 5 }\n', 0, ''],
    ['within bounds, a silent rule', 'unexpected: fail\nrules:\n  saved_by_anybody: { at_least: 5, at_most: 5 }\n  seen_by_anybody: 0\n', 0, ''],
    ['too few', 'rules: { saved_by_anybody: { at_least: 6 } }\n', 1, 'expectation not met: saved_by_anybody: 5 alerts, at least 6 are expected\n'],
    ['too many', 'rules: { saved_by_anybody: { at_most: 4 } }\n', 1, 'expectation not met: saved_by_anybody: 5 alerts, at most 4 are expected\n'],
    ['another number', 'rules: { seen_by_anybody: { exactly: 1 }, saved_by_anybody: 5 }\n', 1, 'expectation not met: seen_by_anybody: 0 alerts instead of 1\n'],
    ['not listed: a word', 'rules: { seen_by_anybody: 0 }\n', 0, 'not expected: saved_by_anybody: 5 alerts of a rule that is not listed\n'],
    ['not listed: a failure', 'unexpected: fail\n', 1, 'expectation not met: saved_by_anybody: 5 alerts of a rule that is not listed\n'],
    ['a rule that is not there', 'rules: { saved_by_nobody: 5 }\n', 2, 'e.yml:1:10 config-reference there is no rule saved_by_nobody\n  rules: { saved_by_nobody: 5 }\n           ^\n  = did you mean saved_by_anybody?\n'],
    ['a misspelt key, and no number', 'unexpectd: fail\nrules: { saved_by_anybody: many }\n', 2, 'e.yml:1:1 config-unknown-key unexpectd is not known here\n  unexpectd: fail\n  ^\n  = did you mean unexpected?\ne.yml:2:28 config-value saved_by_anybody is no whole number\n  rules: { saved_by_anybody: many }\n                             ^\n  = write how many alerts are expected\n'],
    ['no YAML', '{', 2, 'config-syntax'],
    ['nothing', '', 2, 'the file holds no expectations'],
  ] as const) {
    it(`--expect: ${name}`, () => inRules({ 'e.yml': text }, async (cwd) => {
      const outcome = await backtest(cwd, '--expect', 'e.yml');
      expect(outcome.code).to.equal(code);
      if (says.includes('\n') || says === '') expect(outcome.stderr).to.equal(says);
      else expect(outcome.stderr).to.include(says);
    }));
  }
  it('JUnit', () => inRules({ 'e.yml': 'rules: { saved_by_anybody: 4, seen_by_anybody: 0 }\n' }, async (cwd) => {
    const { code, stdout } = await backtest(cwd, '--expect', 'e.yml', '--format', 'junit');
    expect([code, stdout]).to.deep.equal([1, `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="vb365-siem rules backtest" tests="2" failures="1" errors="0">
  <testsuite name="backtest" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="backtest" name="saved_by_anybody">
      <failure type="expectation" message="5 alerts instead of 4">saved_by_anybody: 5 alerts instead of 4</failure>
    </testcase>
    <testcase classname="backtest" name="seen_by_anybody"/>
  </testsuite>
</testsuites>
`]);
  }));
  for (const [name, argv, code, says] of [
    ['no such rule', ['--rule', 'saved_by_anybdy'], 2, 'did you mean saved_by_anybody?'],
    ['no such file of expectations', ['--expect', 'none.yml'], 2, 'read-missing'],
    ['a moment that is none', ['--since', 'yesterday'], 2, 'yesterday'],
    ['a folder of rules that is not there', ['--rules', 'none'], 2, 'nothing was read'],
  ] as const) {
    it(name, () => inRules({}, async (cwd) => {
      const outcome = await backtest(cwd, ...argv);
      expect([outcome.code, outcome.stdout, outcome.stderr.includes(says)]).to.deep.equal([code, '', true]);
    }));
  }
  it('a rule that is refused', () => inRules({ 'my/third_rule_here.yml': rule('third_rule_here', 'lo', detection('view')) }, async (cwd) => {
    const { code, stderr } = await backtest(cwd);
    expect([code, stderr.includes('RULE_SCHEMA'), stderr.endsWith('nothing was read: correct these rules first\n')]).to.deep.equal([2, true, true]);
  }));
  // 2026-12-31 is a Thursday, 2027-01-03 the Sunday after it; 2024-12-30 is the Monday before a Wednesday, the first of January.
  for (const [day, week] of [['2022-05-02', '2022-W18'], ['2026-12-31', '2026-W53'], ['2027-01-03', '2026-W53'], ['2027-01-04', '2027-W01'], ['2024-12-29', '2024-W52'], ['2024-12-30', '2025-W01']] as const) {
    it(`${day} is in ${week}`, () => { expect([isoWeek(Date.parse(`${day}T00:00:00Z`)), isoWeek(Date.parse(`${day}T23:59:59.999Z`))]).to.deep.equal([week, week]); });
  }
});

describe('config check and rules', () => {
  it('every finding of the rules that it names', () => inRules({ 'my/third_rule_here.yml': rule('third_rule_here', 'lo', detection("save, user.name|expand: '%helpdesk%'")).replace('6b1d', '9b1d'), 'my/seen_by_anybody.yml': rule('seen_by_anybody', 'low', detection("view, user.name|expand: '%helpdesk%'")) }, async (cwd) => {
    const { code, stdout, stderr } = await runCommand(['config', 'check', 'c.yml'], { cwd });
    expect([code, stdout, stderr.match(/[A-Z]+_[A-Z_]+(?= )/g), stderr.endsWith('c.yml: 1 problem\n')]).to.deep.equal([2, '', ['RULE_SCHEMA', 'RULE_PLACEHOLDER_UNDEFINED'], true]);
    const json = await runCommand(['config', 'check', 'c.yml', '--json'], { cwd });
    expect([json.code, (JSON.parse(json.stdout) as readonly { readonly code: string }[]).map((finding) => finding.code)]).to.deep.equal([2, ['RULE_SCHEMA', 'RULE_PLACEHOLDER_UNDEFINED']]);
  }));
  it('good rules', () => inRules({}, async (cwd) => {
    expect(await runCommand(['config', 'check', 'c.yml'], { cwd })).to.include({ code: 0, stderr: '' });
  }));
});
