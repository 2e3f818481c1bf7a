import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runCommand } from './run-command.ts';

interface Row { readonly name: string; readonly kind: string; readonly needs: readonly string[]; readonly loaded: string; readonly tenants: readonly string[]; readonly why?: string }
const rule = (name: string, id: number, more = '', item = 'vb365.operation: save'): string => `title: ${name}
id: 00000000-0000-4000-8000-00000000000${id}
name: ${name}
status: test
level: low
description: d
tags: [vb365.access]
falsepositives: [somebody at work]
logsource: {product: vb365, service: restore}
${more}detection:
    selection:
        ${item}
    condition: selection
`;
const files = {
  'plain_rule_here.yml': rule('plain_rule_here', 1),
  'listed_rule_here.yml': rule('listed_rule_here', 2, '', "user.name|expand: '%helpdesk%'"),
  'global_rule_here.yml': rule('global_rule_here', 3, 'vb365: {scope: provider}\n', "user.name|expand: '%helpdesk%'"),
  'retired_rule_here.yml': rule('retired_rule_here', 4).replace('status: test', 'status: deprecated'),
  'broken_rule_here.yml': rule('broken_rule_here', 5).replace('level: low', 'level: lo'),
  'outer_rule_here.yml': `title: Outer
id: 00000000-0000-4000-8000-000000000006
name: outer_rule_here
status: test
level: low
description: d
tags: [vb365.access]
falsepositives: [somebody at work]
correlation: {type: value_count, rules: [listed_rule_here], group-by: [user.name], timespan: 1h, condition: {field: event.id, gte: 2}}
`,
};
const inRules = (work: (cwd: string) => Promise<void>): Promise<void> => inFolder(async (cwd) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  await work(cwd);
});
const rowsOf = async (cwd: string, config: string): Promise<ReadonlyMap<string, unknown>> => {
  writeFileSync(join(cwd, 'c.cfg'), config);
  const { code, stdout } = await runCommand(['rules', 'list', '-c', 'c.cfg', '--json'], { cwd });
  expect(code).to.equal(1);
  return new Map((JSON.parse(stdout) as readonly Row[]).map(({ name, kind, needs, loaded, tenants, why }) => [name, [kind, needs, loaded, tenants, ...(why === undefined ? [] : [why])]]));
};

describe('rules list', () => {
  it('for which tenant, and why not', () => inRules(async (cwd) => {
    const rows = await rowsOf(cwd, "rules: { paths: [ ./ ] }\ntenants:\n- { id: a, placeholders: { helpdesk: [ann] } }\n- { id: b }\n");
    expect([...rows]).to.have.deep.members([
      ['plain_rule_here', ['detection', [], 'all', ['a', 'b']]],
      ['listed_rule_here', ['detection', ['helpdesk'], 'some', ['a'], '%helpdesk% not defined']],
      ['global_rule_here', ['detection', ['helpdesk'], 'none', [], '%helpdesk% not defined for everybody']],
      ['retired_rule_here', ['detection', [], 'none', [], 'status deprecated']],
      ['outer_rule_here', ['correlation', ['helpdesk'], 'some', ['a'], '%helpdesk% not defined']],
      ['broken_rule_here', ['refused', [], 'none', [], "5:8 RULE_SCHEMA level cannot be 'lo'"]],
    ]);
  }));
  it('lists of everybody', () => inRules(async (cwd) => {
    const rows = await rowsOf(cwd, "rules: { paths: [ ./ ], placeholders: { helpdesk: [ann] } }\n");
    expect(['listed_rule_here', 'global_rule_here', 'outer_rule_here'].map((name) => rows.get(name))).to.deep.equal([
      ['detection', ['helpdesk'], 'all', []], ['detection', ['helpdesk'], 'all', []], ['correlation', ['helpdesk'], 'all', []],
    ]);
  }));
  it('the shipped pack and a folder beside it, as a table', () => inRules(async (cwd) => {
    const { code, stdout } = await runCommand(['rules', 'list', '--rules', 'plain_rule_here.yml'], { cwd, env: { COLUMNS: '200' } });
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Name +Level +Status +Family +Kind +Id +Needs +Loaded\n/);
    expect(stdout).to.match(/\nplain_rule_here +low +test +access +detection +00000000-0000-4000-8000-000000000001 +yes\n/);
    expect(stdout).to.match(/\nsensitive_wording_taken_out .* sensitive_terms +no: %sensitive_terms% not defined\n/);
    expect(stdout).to.match(/\n\d+ rules: \d+ loaded, 0 for some tenants only, \d+ not\.\n$/);
  }));
});
