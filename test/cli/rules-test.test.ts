import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runCommand } from './run-command.ts';

const rule = `title: Large Item Saved
id: 5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e
name: large_item_saved
status: test
level: low
description: d
tags: [vb365.exfiltration]
falsepositives: [somebody at work]
logsource: {product: vb365, service: restore}
detection:
    selection:
        vb365.operation: save
        vb365.item.size|gt: 100
    condition: selection
`;
/** Every case that the rule needs, and enough of them to notice each change. */
const cases = `given: {event: {vb365.level: restore}}
match:
    - {name: large, event: {vb365.operation: save, vb365.item.size: 101}}
ignore:
    - {name: just not large, event: {vb365.operation: save, vb365.item.size: 100}, because: selection}
    - {name: viewed, event: {vb365.operation: view, vb365.item.size: 101}, because: selection}
`;
const correlation = `title: Many Large Items Saved
id: 6b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e
name: many_large_items
status: test
level: medium
description: d
tags: [vb365.volume]
falsepositives: [somebody at work]
correlation:
    type: value_count
    rules: [taken_out]
    group-by: [user.name]
    timespan: 1m
    condition: {field: vb365.restore.id, gte: 2}
`;
const inRules = (files: Readonly<Record<string, string>>, work: (cwd: string) => Promise<void>): Promise<void> => inFolder(async (cwd) => {
  mkdirSync(join(cwd, 'my'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, 'my', name), text);
  await work(cwd);
});
const both = (text: string): Readonly<Record<string, string>> => ({ 'large_item_saved.yml': rule, 'large_item_saved.test.yml': text });

describe('rules test', () => {
  it('everything holds', () => inRules(both(cases), async (cwd) => {
    expect(await runCommand(['rules', 'test', 'my'], { cwd })).to.deep.equal({
      code: 0, stderr: '', stdout: 'large_item_saved: good (3 of 3 cases)\n1 rule, 3 of 3 cases passed; no findings\n',
    });
    expect((await runCommand(['rules', 'test', 'my/large_item_saved.yml'], { cwd })).code).to.equal(0);
  }));
  // selection: two items taken away and turned round (4), the threshold up and down (2), the condition turned round (1).
  it('every change is noticed', () => inRules(both(cases), async (cwd) => {
    const { code, stdout } = await runCommand(['rules', 'test', 'my', '--mutate'], { cwd });
    expect([code, stdout]).to.deep.equal([0, 'large_item_saved: good (3 of 3 cases, 7 of 7 changes noticed)\n1 rule, 3 of 3 cases passed; 7 of 7 changes noticed: 100.0 %; no findings\n']);
  }));
  // Without the case at the threshold, 'greater than 99' matches as before.
  it('a change that no case notices', () => inRules(both(cases.replace('size: 100}', 'size: 5}')), async (cwd) => {
    const { code, stdout, stderr } = await runCommand(['rules', 'test', 'my', '--mutate'], { cwd });
    expect([code, stdout]).to.deep.equal([1, 'large_item_saved: 1 finding (3 of 3 cases, 6 of 7 changes noticed)\n1 rule, 3 of 3 cases passed; 6 of 7 changes noticed: 85.7 %; 1 finding\n']);
    expect(stderr).to.match(/^my\/large_item_saved\.test\.yml:1:1 CASE_MUTANT large_item_saved: no case notices selection: vb365\.item\.size\|gt: gt 100 moved by -1\n/);
    expect((await runCommand(['rules', 'test', 'my'], { cwd })).code).to.equal(0);
  }));
  it('cases that fail, with their place', () => inRules(both(cases.replace('size: 101}}\nignore', 'size: 99}}\nignore')), async (cwd) => {
    const { code, stdout, stderr } = await runCommand(['rules', 'test', 'my'], { cwd });
    expect([code, stdout]).to.deep.equal([1, 'large_item_saved: 1 finding (2 of 3 cases)\n1 rule, 2 of 3 cases passed; 1 finding\n']);
    expect(stderr).to.match(/^my\/large_item_saved\.test\.yml:3:7 CASE_FAILED large: the rule does not match\n {6}- \{name: large/);
  }));
  for (const [name, text, code] of [
    ['a case that is missing', cases.slice(0, cases.indexOf('ignore')), 'RULE_CASES_INCOMPLETE'],
    ['a case that cannot fail', cases.replace('vb365.level: restore', 'user.name: ann'), 'CASE_CANNOT_FAIL'],
    ['an identifier that is not there', cases.replace('because: selection', 'because: selectoin'), 'CASE_REFERENCE'],
  ] as const) {
    it(name, () => inRules(both(text), async (cwd) => {
      const outcome = await runCommand(['rules', 'test', 'my'], { cwd });
      expect([outcome.code, outcome.stderr.includes(` ${code} `)]).to.deep.equal([1, true]);
    }));
  }
  it('a rule without cases, and one that is refused', () => inRules({ 'large_item_saved.yml': rule, 'other_rule_here.yml': rule.replace('level: low', 'level: lo') }, async (cwd) => {
    const { code, stderr } = await runCommand(['rules', 'test', 'my'], { cwd });
    expect([code, stderr.match(/[A-Z]+_[A-Z_]+(?= )/g)]).to.deep.equal([1, ['RULE_SCHEMA', 'RULE_NO_CASES']]);
  }));
  it('a timeline may take the match of a shipped rule, a correlation its rules', () => inRules({
    'many_large_items.yml': correlation,
    'many_large_items.test.yml': `timelines:
    - name: the second one inside of the window
      events:
          - {at: +0s, match: taken_out, with: {user.name: ann}, unique: [vb365.restore.id]}
          - {at: +1m, match: taken_out, with: {user.name: ann}, unique: [vb365.restore.id]}
      alerts: [{at: +1m, group: {user.name: ann}, count: 2}]
`,
  }, async (cwd) => {
    const { stdout } = await runCommand(['rules', 'test', 'my'], { cwd });
    expect(stdout).to.match(/^many_large_items: \d+ findings \(1 of 1 case\)\n/);
  }));
  it('a file of a rule and the correlation over it has one file of cases', () => inRules({
    'large_item_saved.yml': `${rule}---\n${correlation.replace('taken_out', 'large_item_saved')}`,
    'large_item_saved.test.yml': `${cases}timelines:
    - name: the second one inside of the window
      events: [{at: +0s, match: large_item_saved, with: {user.name: ann}, unique: [vb365.restore.id], repeat: 2, every: 1m}]
      alerts: [{at: +1m}]
`,
  }, async (cwd) => {
    const { stdout } = await runCommand(['rules', 'test', 'my'], { cwd });
    expect(stdout).to.match(/^large_item_saved: good \(3 of 3 cases\)\nmany_large_items: \d+ findings \(1 of 1 case\)\n/);
  }));
  it('JSON', () => inRules(both(cases), async (cwd) => {
    const result = JSON.parse((await runCommand(['rules', 'test', 'my', '--mutate', '--json'], { cwd })).stdout) as object;
    expect(result).to.deep.equal({
      rules: [{ name: 'large_item_saved', id: '5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e', file: 'my/large_item_saved.yml', kind: 'detection', cases: 3, passed: 3, mutants: 7, findings: [] }],
      cases: 3, passed: 3, mutants: 7, noticed: 7, refused: [],
    });
  }));
  it('JUnit', () => inRules(both(cases.replace('{name: large, ', '{name: \'<large> & "more"\', ').replace('size: 101}}\nignore', 'size: 99}}\nignore')), async (cwd) => {
    const { code, stdout } = await runCommand(['rules', 'test', 'my', '--format', 'junit'], { cwd });
    expect([code, stdout]).to.deep.equal([1, `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="vb365-siem rules" tests="4" failures="1" errors="0">
  <testsuite name="large_item_saved" tests="4" failures="1" errors="0" skipped="0" file="my/large_item_saved.yml">
    <testcase classname="large_item_saved" name="&lt;large&gt; &amp; &quot;more&quot;">
      <failure type="CASE_FAILED" message="&lt;large&gt; &amp; &quot;more&quot;: the rule does not match">my/large_item_saved.test.yml:3:7 find out which of both is wrong</failure>
    </testcase>
    <testcase classname="large_item_saved" name="just not large"/>
    <testcase classname="large_item_saved" name="viewed"/>
    <testcase classname="large_item_saved" name="every case that it needs is there"/>
  </testsuite>
</testsuites>
`]);
  }));
  it('nothing is tested where nothing can be read', () => inFolder(async (cwd) => {
    expect((await runCommand(['rules', 'test', 'nowhere'], { cwd })).code).to.equal(2);
  }));
});
