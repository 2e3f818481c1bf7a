/** Folders of rules, one for each thing that can be wrong with them: what lint and test say, and that nothing starts with a rule that is refused. */
import { expect } from 'chai';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inFolder, runCommand, samples } from '../cli/run-command.ts';

const folder = resolve('test/bad/rules');
const log = join(samples, 's01-cloud-connect-default');

/** What is said, by file and line; exit code of lint; exit code of test. */
const rows: Readonly<Record<string, readonly [lint: number, test: number, said: readonly string[], remedy?: string]>> = {
  'good': [0, 0, []],
  'unknown-field': [2, 1, ['some_rule_here.yml:13:9 RULE_FIELD_UNKNOWN'], 'did you mean vb365.operation?'],
  'wrong-type': [2, 1, ['some_rule_here.yml:13:9 RULE_FIELD_TYPE']],
  'undefined-placeholder': [0, 1, ['some_rule_here.yml:1:1 RULE_NO_CASES', 'some_rule_here.yml:13:9 RULE_PLACEHOLDER_UNDEFINED'], 'or did you mean helpdesk?'],
  'duplicate-id': [2, 1, ['some_rule_here.yml:2:5 RULE_ID_DUPLICATE']],
  'duplicate-name': [2, 1, ['some_rule_here.yml:3:7 RULE_NAME_DUPLICATE', 'same_rule_twice.yml:1:1 RULE_FILE_NAME', 'same_rule_twice.yml:1:1 RULE_NO_CASES']],
  'correlation-without-its-rules': [2, 1, ['some_rule_here.yml:10:42 RULE_CORRELATION_REFERENCE']],
  'correlations-in-a-circle': [2, 1, ['other_rule_here.yml:10:41 RULE_CORRELATION_CYCLE', 'some_rule_here.yml:10:41 RULE_CORRELATION_CYCLE']],
  'filter-of-no-rule': [2, 1, ['some_filter_here.yml:6:13 RULE_FILTER_REFERENCE']],
  'filter-that-keeps-only': [2, 1, ['some_filter_here.yml:8:16 RULE_FILTER_KEEPS_ONLY']],
  'cases-of-no-rule': [1, 1, ['some_rule_here.test.yml:1:1 CASE_ORPHAN']],
  'cases-with-unknown-key': [1, 1, ['some_rule_here.test.yml:6:1 CASE_SCHEMA'], 'did you mean timelines?'],
  'case-that-fails': [0, 1, ['some_rule_here.test.yml:3:7 CASE_FAILED']],
  'case-that-cannot-fail': [0, 1, ['some_rule_here.test.yml:5:7 CASE_CANNOT_FAIL']],
  'cases-incomplete': [0, 1, ['some_rule_here.test.yml:1:1 RULE_CASES_INCOMPLETE']],
  'regular-expression-that-backtracks': [2, 1, ['some_rule_here.yml:13:36 RULE_REGEX_UNSUPPORTED']],
  'alias-bomb': [2, 1, ['some_rule_here.yml:2:8 RULE_YAML', 'some_rule_here.yml:2:12 RULE_YAML', 'some_rule_here.yml:3:5 RULE_YAML', 'some_rule_here.yml:3:9 RULE_YAML']],
  'old-syntax': [2, 1, ['some_rule_here.yml:12:5 RULE_TIMEFRAME', 'some_rule_here.yml:15:26 RULE_PIPE']],
};

describe('bad rules', () => {
  it('every folder has its row', () => { expect(readdirSync(folder).sort()).to.deep.equal(Object.keys(rows).sort()); });
  for (const [name, [lintCode, testCode, said, remedy]] of Object.entries(rows)) {
    it(name, () => inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'c.yml'), 'rules: { placeholders: { helpdesk: [ann] } }\n');
      const lint = await runCommand(['rules', 'lint', name, '-c', join(cwd, 'c.yml')], { cwd: folder });
      const test = await runCommand(['rules', 'test', name, '-c', join(cwd, 'c.yml')], { cwd: folder });
      expect([lint.code, test.code], lint.stderr + test.stderr).to.deep.equal([lintCode, testCode]);
      const all = lint.stderr + test.stderr;
      for (const text of said) expect(all).to.include(`${name}/${text} `);
      // Nothing else is wrong with it but what it is named after.
      const codes = new Set([...lint.stderr.matchAll(/^\S+:\d+:\d+ ([A-Z_]+) /gm)].map(([, code]) => code));
      expect([...codes].filter((code) => !said.some((text) => text.endsWith(` ${code ?? ''}`)))).to.deep.equal([]);
      if (remedy !== undefined) expect(all).to.include(remedy);
    }));
  }
  for (const [name, [lintCode]] of Object.entries(rows).filter(([, [code]]) => code === 2)) {
    it(`nothing starts with ${name}`, () => inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'c.yml'), `rules: { paths: [ builtin, ${JSON.stringify(join(folder, name))} ] }\n`);
      const check = await runCommand(['config', 'check', 'c.yml'], { cwd });
      const replay = await runCommand(['replay', log, '-c', 'c.yml'], { cwd });
      expect([check.code, check.stdout, replay.code, replay.stdout]).to.deep.equal([lintCode, '', 2, '']);
      expect(replay.stderr).to.include('--skip-bad-rules');
    }));
  }
});
