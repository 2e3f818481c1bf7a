import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inFolder, runCommand } from './run-command.ts';

const good = `title: Something Taken Out
id: 5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e
name: something_taken_out
status: test
level: low
description: Detects it. Blind spot - none.
date: '2026-01-31'
tags: [vb365.exfiltration]
falsepositives: [somebody at work]
logsource: {product: vb365, service: restore}
detection:
    selection:
        vb365.operation: save
    condition: selection
`;
const goodCases = "given: {event: {vb365.level: restore}}\nmatch:\n    - {name: saved, event: {vb365.operation: save}}\nignore:\n    - {name: viewed, event: {vb365.operation: view}}\n";
type Files = Readonly<Record<string, string>>;
const pair: Files = { 'something_taken_out.yml': good, 'something_taken_out.test.yml': goodCases };
const inRules = (files: Files, work: (cwd: string) => Promise<void>): Promise<void> => inFolder(async (cwd) => {
  mkdirSync(join(cwd, 'my'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, 'my', name), text);
  await work(cwd);
});
interface Finding { readonly code: string; readonly severity: string; readonly file: string; readonly line: number; readonly column: number }
const findingsOf = async (cwd: string, ...argv: readonly string[]): Promise<readonly string[]> => (
  (JSON.parse((await runCommand(['rules', 'lint', 'my', '--json', ...argv], { cwd })).stdout) as readonly Finding[]).map(({ code, file, line, column }) => `${file}:${line}:${column} ${code}`));

describe('rules lint', () => {
  it('nothing is wrong', () => inRules(pair, async (cwd) => {
    expect(await runCommand(['rules', 'lint', 'my'], { cwd })).to.deep.equal({ code: 0, stdout: '1 file of rules: no findings\n', stderr: '' });
  }));
  it('the shipped pack, held to its convention', async () => {
    const { code, stdout } = await runCommand(['rules', 'lint', '--json']);
    expect([code, (JSON.parse(stdout) as readonly Finding[]).filter(({ severity }) => severity === 'error')]).to.deep.equal([0, []]);
  });
  it('both passes of all files at once, with line, caret and remedy', () => inRules({
    ...pair,
    'second_rule_here.yml': good.replace('something_taken_out', 'second_rule_here').replace('level: low', 'level: lo').replace('save', 'sav'),
    'third_rule_here.yml': good.replace('something_taken_out', 'third_rule_here').replace('Something', 'Third').replace('5b1d6f0e', '6b1d6f0e').replace('vb365.operation', 'vb365.operatoin'),
  }, async (cwd) => {
    const { code, stdout, stderr } = await runCommand(['rules', 'lint', 'my'], { cwd });
    expect([code, stdout]).to.deep.equal([2, '3 files of rules: 2 errors\n']);
    expect(stderr).to.include("my/second_rule_here.yml:5:8 RULE_SCHEMA level cannot be 'lo'\n  level: lo\n         ^\n  = did you mean low?\n");
    expect(stderr).to.include("my/third_rule_here.yml:13:9 RULE_FIELD_UNKNOWN vb365.operatoin is no field\n          vb365.operatoin: save\n          ^\n  = did you mean vb365.operation?\n");
  }));
  it('a rule without cases is a warning, cases without a rule an error', () => inRules({ 'something_taken_out.yml': good, 'other.test.yml': goodCases }, async (cwd) => {
    expect(await findingsOf(cwd)).to.deep.equal(['my/other.test.yml:1:1 CASE_ORPHAN', 'my/something_taken_out.yml:1:1 RULE_NO_CASES']);
    expect((await runCommand(['rules', 'lint', 'my'], { cwd })).code).to.equal(1);
    expect((await runCommand(['rules', 'lint', 'my/something_taken_out.yml'], { cwd })).code).to.equal(0);
  }));
  it('cases of the wrong form', () => inRules({ ...pair, 'something_taken_out.test.yml': `${goodCases}extra: 1\n` }, async (cwd) => {
    expect(await findingsOf(cwd)).to.deep.equal(['my/something_taken_out.test.yml:6:1 CASE_SCHEMA']);
  }));
  for (const [level, code] of [['error', 0], ['warning', 1], ['info', 1]] as const) {
    it(`--fail-level ${level}`, () => inRules({ ...pair, 'something_taken_out.yml': good.replace('tags: [vb365.exfiltration]\n', '') }, async (cwd) => {
      expect((await runCommand(['rules', 'lint', 'my', '--fail-level', level], { cwd })).code).to.equal(code);
    }));
  }
  it('a rule of the shipped pack may be referred to, and its id may not be taken', () => inRules({
    ...pair, 'something_taken_out.yml': good.replace('5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e', 'e04ead25-3e1e-5fc1-9f5c-75b34acc478d'),
  }, async (cwd) => { expect(await findingsOf(cwd)).to.deep.equal(['my/something_taken_out.yml:2:5 RULE_ID_DUPLICATE']); }));
  it('placeholders of the configuration', () => inRules({ ...pair, 'something_taken_out.yml': good.replace('vb365.operation: save', "vb365.operation: save\n        user.name|expand: '%helpdesk%'") }, async (cwd) => {
    writeFileSync(join(cwd, 'c.yml'), 'rules: { placeholders: { helpdeks: [ann] } }\n');
    expect([await findingsOf(cwd), await findingsOf(cwd, '-c', 'c.yml')]).to.deep.equal([[], ['my/something_taken_out.yml:14:9 RULE_PLACEHOLDER_UNDEFINED']]);
  }));
  it('without a path, the folders of the configuration', () => inRules({ ...pair, 'something_taken_out.yml': good.replace('level: low', 'level: lo') }, async (cwd) => {
    writeFileSync(join(cwd, 'c.yml'), 'rules: { paths: [ ./my ] }\n');
    expect((await runCommand(['rules', 'lint', '-c', 'c.yml'], { cwd })).stdout).to.equal('1 file of rules: 1 error\n');
  }));
  it('a path that is not there', () => inFolder(async (cwd) => {
    const { code, stderr } = await runCommand(['rules', 'lint', 'nowhere'], { cwd });
    expect([code, stderr.startsWith('nowhere read-missing ')]).to.deep.equal([2, true]);
  }));
  it('--fix changes what it says, and nothing else', () => inRules({ ...pair, 'something_taken_out.yml': good.replace("'2026-01-31'", '2026-01-31 # first').replace('save', 'sav') }, async (cwd) => {
    const { stderr } = await runCommand(['rules', 'lint', 'my', '--fix'], { cwd });
    expect(stderr).to.match(/^my\/something_taken_out\.yml:7:7 RULE_YAML_AMBIGUOUS corrected\nmy\/something_taken_out\.yml:13:\d+ RULE_FIELD_VALUE /);
    expect(readFileSync(join(cwd, 'my/something_taken_out.yml'), 'utf8')).to.equal(good.replace("'2026-01-31'", "'2026-01-31' # first").replace('save', 'sav'));
    expect(readdirSync(join(cwd, 'my')).sort()).to.deep.equal(['something_taken_out.test.yml', 'something_taken_out.yml']);
  }));
  it('--fix leaves a file alone that is not UTF-8', () => inRules(pair, async (cwd) => {
    const bytes = Buffer.concat([Buffer.from(good.replace("'2026-01-31'", '2026-01-31')), Buffer.from([0x23, 0xe4, 0x0a])]);
    writeFileSync(join(cwd, 'my/something_taken_out.yml'), bytes);
    expect((await runCommand(['rules', 'lint', 'my', '--fix'], { cwd })).stderr).to.include('my/something_taken_out.yml is not UTF-8 text');
    expect(readFileSync(join(cwd, 'my/something_taken_out.yml')).equals(bytes)).to.equal(true);
  }));
  it('SARIF is valid by its schema and names every finding', () => inRules({ 'something_taken_out.yml': good.replace('level: low', 'level: lo'), 'ünbekannt.test.yml': goodCases }, async (cwd) => {
    const { code, stdout } = await runCommand(['rules', 'lint', 'my', '--format', 'sarif'], { cwd });
    const log = JSON.parse(stdout) as { readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly level: string; readonly locations: readonly object[] }[]; readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } } }[] };
    // Published with the name of its draft under the old key, which nothing refers to.
    const schema = { ...JSON.parse(readFileSync(resolve('test/conformance/sarif-2.1.0-rtm.5.json'), 'utf8')) as object, $schema: undefined, id: undefined };
    const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, unicodeRegExp: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema)) as object);
    expect([code, validate(log), validate.errors]).to.deep.equal([2, true, null]);
    const [run] = log.runs;
    expect(run?.results.map(({ ruleId, ruleIndex, level, locations }) => [ruleId, run.tool.driver.rules[ruleIndex]?.id, level, locations])).to.deep.equal([
      ['RULE_SCHEMA', 'RULE_SCHEMA', 'error', [{ physicalLocation: { artifactLocation: { uri: 'my/something_taken_out.yml', uriBaseId: 'SRCROOT' }, region: { startLine: 5, startColumn: 8 } } }]],
      ['CASE_ORPHAN', 'CASE_ORPHAN', 'error', [{ physicalLocation: { artifactLocation: { uri: 'my/%C3%BCnbekannt.test.yml', uriBaseId: 'SRCROOT' }, region: { startLine: 1, startColumn: 1 } } }]],
    ]);
  }));
});
