import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runCommand } from './run-command.ts';

const saved = {
  '@timestamp': '2026-01-05T09:00:00Z', user: { name: 'ann', domain: 'CONTOSO' },
  vb365: { level: 'restore', tenant: { id: 't' }, operation: 'save', item: { name: 'WEB01.PFX' }, restore: { id: 'r-1', revision: 1 }, context: { operator_is_owner: true } },
};
const rule = (name: string, more: string): string => `title: Title of ${name}\nid: 5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\nname: ${name}\nstatus: test\nlevel: low\ndescription: d\ntags: [vb365.access]\nfalsepositives: [somebody]\n${more}`;
const detection = 'logsource: {product: vb365, service: restore}\ndetection:\n    selection:\n        vb365.operation: [view, save]\n        vb365.item.name|endswith: .pfx\n    listed:\n        user.name|expand: \'%helpdesk%\'\n    condition: selection and not listed\n';
const inRules = (files: Readonly<Record<string, string | readonly object[]>>, work: (cwd: string) => Promise<void>): Promise<void> => inFolder(async (cwd) => {
  mkdirSync(join(cwd, 'my'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), typeof content === 'string' ? content : content.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await work(cwd);
});
const own = { 'my/helpdesk_saved.yml': rule('helpdesk_saved', detection), 'event.json': JSON.stringify(saved), 'c.yml': 'rules: { paths: [ ./my ] }\ntenants: [ { id: t, placeholders: { helpdesk: [ Bob ] } } ]\n' };

describe('rules explain', () => {
  it('a tree of what was seen, compared and decided', () => inRules(own, async (cwd) => {
    expect(await runCommand(['rules', 'explain', 'helpdesk_saved', 'event.json', '-c', 'c.yml'], { cwd })).to.deep.equal({
      code: 0, stderr: '', stdout: `helpdesk_saved: Title of helpdesk_saved (my/helpdesk_saved.yml)
match
decided by: selection, listed

true  and
  true  selection
    true  all of
      true  vb365.operation  ← seen "save"
        false view
        true  save  ← "save"
      true  vb365.item.name|endswith: *.pfx  ← seen "WEB01.PFX" compared as "web01.pfx"
  true  not
    false listed
      false user.name|expand: %helpdesk%  ← seen "ann"
`,
    });
  }));
  it('by name, id and file; from stdin; one line of many', () => inRules({ ...own, 'many.ndjson': [{ a: 1 }, saved] }, async (cwd) => {
    const expected = (await runCommand(['rules', 'explain', 'helpdesk_saved', 'event.json', '-c', 'c.yml'], { cwd })).stdout;
    for (const [asked, event] of [['5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e', 'event.json'], ['my/helpdesk_saved.yml', 'event.json'], ['helpdesk_saved', '-'], ['helpdesk_saved', 'many.ndjson:2']] as const) {
      expect((await runCommand(['rules', 'explain', asked, event, '-c', 'c.yml'], { cwd, stdin: JSON.stringify(saved) })).stdout, `${asked} ${event}`).to.equal(expected);
    }
  }));
  it('why a rule is not even asked', () => inRules({ ...own, 'other.json': '{"vb365":{"level":"health"}}' }, async (cwd) => {
    expect((await runCommand(['rules', 'explain', 'my/helpdesk_saved.yml', 'event.json'], { cwd })).stdout).to.include('\nno match\nnot loaded: the list %helpdesk% is not defined\n');
    const { stdout } = await runCommand(['rules', 'explain', 'helpdesk_saved', 'other.json', '-c', 'c.yml'], { cwd });
    expect(stdout).to.include('\nnot asked: the event is of health, the rule looks at vb365 restore\n').and.to.include('vb365.operation  ← the event has no such field\n');
  }));
  it('filters are part of a rule', () => inRules({
    ...own, 'my/leave_out_ann.yml': 'title: F\nid: 6b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\nlogsource: {product: vb365, service: restore}\nfilter:\n    rules: [helpdesk_saved]\n    selection: {user.name: ann}\n    condition: not selection\n',
  }, async (cwd) => {
    const { stdout } = await runCommand(['rules', 'explain', 'helpdesk_saved', 'event.json', '-c', 'c.yml'], { cwd });
    expect(stdout).to.include('\nno match\ndecided by: filter_6b1d6f0e_selection\n');
  }));
  it('several events, one line each', () => inRules({ ...own, 'many.ndjson': [saved, { ...saved, user: { name: 'bob' } }, { vb365: { level: 'health' } }] }, async (cwd) => {
    expect((await runCommand(['rules', 'explain', 'helpdesk_saved', 'many.ndjson', '-c', 'c.yml'], { cwd })).stdout).to.equal(
      'helpdesk_saved: Title of helpdesk_saved (my/helpdesk_saved.yml)\nline 1: match\nline 2: no match: decided by listed\nline 3: no match: another log source\n');
  }));
  it('JSON', () => inRules(own, async (cwd) => {
    const result = JSON.parse((await runCommand(['rules', 'explain', 'helpdesk_saved', 'event.json', '-c', 'c.yml', '--json'], { cwd })).stdout) as { readonly rule: { readonly name: string }; readonly isMatch: boolean; readonly deciding: readonly string[] };
    expect([result.rule.name, result.isMatch, result.deciding]).to.deep.equal(['helpdesk_saved', true, ['selection', 'listed']]);
  }));

  const at = (minute: number, id: string, more: object = {}): object => ({ ...saved, '@timestamp': `2026-01-05T09:${String(minute).padStart(2, '0')}:00Z`, user: { name: 'ann', domain: 'CONTOSO', ...more }, vb365: { ...saved.vb365, context: {}, restore: { id, revision: 1 } } });
  const counting = (bound: number): string => rule('many_were_saved', `correlation: {type: value_count, rules: [taken_out], group-by: [user.name], timespan: 5m, condition: {field: vb365.restore.id, gte: ${bound}}}\n`);
  it('a correlation: groups, best window, what does not count', () => inRules({
    'my/many_were_saved.yml': counting(3), 'many.ndjson': [at(0, 'a'), at(6, 'b'), at(8, 'c'), at(8, 'd', { name: 'bob' }), at(9, 'e', { name: undefined }), { vb365: { level: 'health' }, '@timestamp': '2026-01-05T09:00:00Z' }],
  }, async (cwd) => {
    expect((await runCommand(['rules', 'explain', 'my/many_were_saved.yml', 'many.ndjson'], { cwd, env: { COLUMNS: '120' } })).stdout).to.equal(`many_were_saved: Title of many_were_saved (my/many_were_saved.yml)
value_count over taken_out within 5m by user.name, vb365.restore.id gte 3
no alert

group tenant t, user.name ann
  not enough: the best window (2026-01-05T09:06:00.000Z to 2026-01-05T09:08:00.000Z) has 2 of gte 3
  2026-01-05T09:00:00.000Z taken_out a
  2026-01-05T09:06:00.000Z taken_out b
  2026-01-05T09:08:00.000Z taken_out c

group tenant t, user.name bob
  not enough: the best window (2026-01-05T09:08:00.000Z to 2026-01-05T09:08:00.000Z) has 1 of gte 3
  2026-01-05T09:08:00.000Z taken_out d

matched, but counts nowhere:
  2026-01-05T09:09:00.000Z taken_out e: has no user.name, a field of the group

1 event matched by none of its rules
`);
  }));
  it('a correlation that fires', () => inRules({ 'my/many_were_saved.yml': counting(2), 'many.ndjson': [at(0, 'a'), at(5, 'b')] }, async (cwd) => {
    const { stdout } = await runCommand(['rules', 'explain', 'my/many_were_saved.yml', 'many.ndjson'], { cwd });
    expect(stdout).to.match(/\n1 alert\n {2}2026-01-05T09:05:00\.000Z /).and.to.include('  enough: the best window (2026-01-05T09:00:00.000Z to 2026-01-05T09:05:00.000Z) has 2 of gte 2\n');
  }));
  const steps = (type: string): string => `${rule('viewed_then_saved', `correlation: {type: ${type}, rules: [was_viewed, was_saved], group-by: [user.name], timespan: 5m}\n`)}${['view', 'save'].map((operation, index) => `---\ntitle: T${operation}\nid: 7b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0${index}\nname: was_${operation === 'view' ? 'viewed' : 'saved'}\nlogsource: {product: vb365, service: restore}\ndetection: {s: {vb365.operation: ${operation}}, condition: s}\n`).join('')}`;
  const did = (minute: number, id: string, operation: string): object => ({ ...at(minute, id), vb365: { ...saved.vb365, operation, restore: { id, revision: 1 } } });
  for (const [name, type, events, says] of [
    ['a rule that is missing', 'temporal', [did(0, 'a', 'view')], ['not enough', 'has 1', 'missing: was_saved']],
    ['the wrong order', 'temporal_ordered', [did(0, 'a', 'save'), did(1, 'b', 'view')], ['not enough', 'has 1', 'missing: was_saved']],
    ['too far apart', 'temporal_ordered', [did(0, 'a', 'view'), did(6, 'b', 'save')], ['not enough', 'has 1', 'missing: was_saved']],
    ['in order', 'temporal_ordered', [did(0, 'a', 'view'), did(5, 'b', 'save')], ['1 alert', '  enough', 'has 2']],
  ] as const) {
    it(`${type}: ${name}`, () => inRules({ 'my/viewed_then_saved.yml': steps(type), 'many.ndjson': events }, async (cwd) => {
      const { stdout } = await runCommand(['rules', 'explain', 'viewed_then_saved', 'many.ndjson', '--rules', 'my'], { cwd });
      for (const text of says) expect(stdout).to.include(text);
    }));
  }
  // Two saves are a burst and consumed by it: a second one is complete two minutes later, though an alert would be held back for five.
  it('a correlation over a correlation sees every firing of it', () => inRules({
    'my/bursts_of_saves.yml': `${rule('bursts_of_saves', 'correlation: {type: event_count, rules: [burst_of_saves], group-by: [user.name], timespan: 1h, condition: {gte: 3}}\n')}---\ntitle: B\nid: 7b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\nname: burst_of_saves\ncorrelation: {type: value_count, rules: [taken_out], group-by: [user.name], timespan: 5m, condition: {field: vb365.restore.id, gte: 2}}\n`,
    'many.ndjson': [at(0, 'a'), at(1, 'b'), at(2, 'c'), at(3, 'd')],
  }, async (cwd) => {
    const { stdout } = await runCommand(['rules', 'explain', 'bursts_of_saves', 'many.ndjson', '--rules', 'my'], { cwd });
    expect(stdout).to.include('group tenant t, user.name ann\n  not enough: the best window (2026-01-05T09:01:00.000Z to 2026-01-05T09:03:00.000Z) has 2 of gte 3\n  2026-01-05T09:01:00.000Z burst_of_saves ');
  }));
  it('a sum, and very many groups', () => inRules({
    'my/much_was_saved.yml': rule('much_was_saved', 'correlation: {type: value_sum, rules: [taken_out], group-by: [user.name], timespan: 5m, condition: {field: vb365.restore.bytes, gte: 100}}\n'),
    'many.ndjson': Array.from({ length: 25 }, (_, index) => ({ ...at(0, `r${index}`, { name: `p${index}` }), vb365: { ...saved.vb365, context: {}, restore: { id: `r${index}`, revision: 1, bytes: index } } })),
  }, async (cwd) => {
    const { stdout } = await runCommand(['rules', 'explain', 'much_was_saved', 'many.ndjson', '--rules', 'my'], { cwd });
    // The nearest first: 24 of 100.
    expect(stdout).to.match(/no alert\n\ngroup tenant t, user\.name p24\n {2}not enough: the best window \([^)]+\) has 24 of gte 100\n {2}\S+ taken_out r24 counts 24\n/).and.to.match(/\n5 more groups: --json has all\n$/);
  }));
  it('what Windows PowerShell writes', () => inRules(own, async (cwd) => {
    writeFileSync(join(cwd, 'wide.json'), `\ufeff${JSON.stringify(saved)}\r\n`, 'utf16le');
    expect((await runCommand(['rules', 'explain', 'helpdesk_saved', 'wide.json', '-c', 'c.yml'], { cwd })).stdout).to.include('\nmatch\n');
  }));
  for (const [name, argv, code, says] of [
    ['no such rule', ['helpdesk_savd', 'event.json', '-c', 'c.yml'], 2, 'did you mean helpdesk_saved?'],
    ['no such file', ['helpdesk_saved', 'none.json', '-c', 'c.yml'], 2, 'read-missing'],
    ['an empty file', ['helpdesk_saved', '-', '-c', 'c.yml'], 2, '- holds no event'],
    ['no JSON', ['helpdesk_saved', 'c.yml', '-c', 'c.yml'], 1, 'c.yml:1:1 json-syntax'],
    ['a line that is not there', ['helpdesk_saved', 'event.json:7', '-c', 'c.yml'], 2, 'no event on line 7'],
    ['no event', ['helpdesk_saved', 'list.json', '-c', 'c.yml'], 1, 'json-value'],
    ['a rule that is refused', ['bad.yml', 'event.json'], 2, 'RULE_SCHEMA'],
  ] as const) {
    it(name, () => inRules({ ...own, 'list.json': '[1, 2]', 'bad.yml': rule('bad', detection).replace('level: low', 'level: lo') }, async (cwd) => {
      const outcome = await runCommand(['rules', 'explain', ...argv], { cwd });
      expect([outcome.code, outcome.stdout, outcome.stderr.includes(says)]).to.deep.equal([code, '', true]);
    }));
  }
  it('hostile events change nothing but the answer', () => inRules({ ...own, 'many.ndjson': `{"__proto__": {"vb365.level": "restore"}, "vb365": {"level": ["restore", 1, null]}, "@timestamp": 5}\n${'{"vb365":'.repeat(90)}1${'}'.repeat(90)}\n` }, async (cwd) => {
    for (const asked of ['helpdesk_saved', 'many_restores_taken_out']) expect((await runCommand(['rules', 'explain', asked, 'many.ndjson', ...(asked === 'helpdesk_saved' ? ['-c', 'c.yml'] : [])], { cwd })).code, asked).to.equal(0);
  }));
});
