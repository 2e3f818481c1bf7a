import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runCommand } from './run-command.ts';

const rule = (name: string, tags: string, item: string): string => `title: Title of ${name}\nid: ${name === 'first_rule_here' ? '5' : '6'}b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\nname: ${name}\nstatus: test\nlevel: low\ndescription: d\ntags: [${tags}]\nfalsepositives: [somebody]\nlogsource: {product: vb365, service: restore}\ndetection: {s: {${item}}, condition: s}\n`;
const files = {
  'first_rule_here.yml': rule('first_rule_here', 'attack.collection, attack.t1114.002, attack.t1078.004', 'vb365.operation: save'),
  'second_rule_here.yml': rule('second_rule_here', 'attack.t1114.002', 'user.id: ann'),
  'third_rule_here.yml': `title: Third\nname: third_rule_here\nstatus: test\nlevel: low\ndescription: d\ntags: [vb365.volume]\nfalsepositives: [somebody]\nid: 7b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e\ncorrelation: {type: value_count, rules: [first_rule_here], group-by: [who], timespan: 1h, aliases: {who: {first_rule_here: user.name}}, condition: {field: event.id, gte: 2}}\n`,
};
const inRules = (work: (cwd: string) => Promise<void>): Promise<void> => inFolder(async (cwd) => {
  mkdirSync(join(cwd, 'my'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, 'my', name), text);
  await work(cwd);
});
interface Coverage {
  readonly attack: string;
  readonly techniques: readonly { readonly id: string; readonly name: string; readonly tactics: readonly string[]; readonly rules: readonly { readonly name: string }[] }[];
  readonly tactics: readonly { readonly name: string; readonly covered: number; readonly all: number; readonly without: readonly string[] }[];
  readonly untagged: readonly { readonly name: string }[];
  readonly fields: { readonly unfed: readonly object[]; readonly unused: readonly string[]; readonly used: readonly object[] };
}

describe('rules coverage', () => {
  it('techniques with their rules, tactics, rules without a technique, fields', () => inRules(async (cwd) => {
    const { code, stdout } = await runCommand(['rules', 'coverage', 'my', '--json'], { cwd });
    const { attack, techniques, tactics, untagged, fields } = JSON.parse(stdout) as Coverage;
    expect([code, attack]).to.deep.equal([0, '19']);
    expect(techniques.map(({ id, name, tactics: of, rules }) => [id, name, of, rules.map((each) => each.name)])).to.deep.equal([
      // rules/attack.yml: what defense-evasion was is stealth in version 19.
      ['T1078.004', 'Cloud Accounts', ['initial-access', 'persistence', 'privilege-escalation', 'stealth'], ['first_rule_here']],
      ['T1114.002', 'Remote Email Collection', ['collection'], ['first_rule_here', 'second_rule_here']],
    ]);
    expect(untagged.map(({ name }) => name)).to.deep.equal(['third_rule_here']);
    const collection = tactics.find(({ name }) => name === 'Collection');
    expect([collection?.covered, collection?.without.length]).to.deep.equal([1, (collection?.all ?? 0) - 1]);
    expect(fields.unfed).to.deep.equal([{ field: 'user.id', rules: ['second_rule_here'] }]);
    expect(fields.used).to.deep.equal(['event.id', 'user.id', 'user.name', 'vb365.operation'].map((field) => ({ field, rules: 1 })));
    expect(fields.unused).to.include('vb365.item.name').and.not.include('user.name').and.not.include('user.id');
  }));
  it('as tables', () => inRules(async (cwd) => {
    const plain = await runCommand(['rules', 'coverage', 'my'], { cwd, env: { COLUMNS: '160' } });
    expect(plain.stdout).to.match(/\nT1114\.002 +Remote Email Collection +collection +2 +first_rule_here, second_rule_here\n/).and.to.match(/\nCollection +TA0009 +1 +\d+\n/);
    expect(plain.stdout).to.include('\nATT&CK 19: 2 techniques in 5 tactics.').and.to.include('1 rule without a technique: third_rule_here.').and.not.include('user.id');
    expect((await runCommand(['rules', 'coverage', 'my', '--fields'], { cwd, env: { COLUMNS: '160' } })).stdout).to.include('\nNamed, but filled by nothing: user.id (second_rule_here).\n');
  }));
  it('a layer of the Navigator', () => inRules(async (cwd) => {
    const { code, stderr } = await runCommand(['rules', 'coverage', 'my', '--navigator', 'layer.json'], { cwd });
    expect([code, stderr]).to.deep.equal([0, 'layer.json written: 2 techniques of ATT&CK 19\n']);
    const layer = JSON.parse(readFileSync(join(cwd, 'layer.json'), 'utf8')) as { readonly domain: string; readonly versions: object; readonly techniques: readonly { readonly techniqueID: string; readonly tactic: string; readonly score: number; readonly comment: string }[]; readonly gradient: object };
    expect([layer.domain, layer.versions, layer.gradient]).to.deep.equal(['enterprise-attack', { attack: '19', navigator: '4.9.5', layer: '4.5' }, { colors: ['#ffffff', '#66b1ff'], minValue: 0, maxValue: 2 }]);
    expect(layer.techniques.map(({ techniqueID, tactic, score, comment }) => [techniqueID, tactic, score, comment])).to.deep.equal([
      ...['initial-access', 'persistence', 'privilege-escalation', 'stealth'].map((tactic) => ['T1078.004', tactic, 1, 'first_rule_here']),
      ['T1114.002', 'collection', 2, 'first_rule_here, second_rule_here'],
    ]);
  }));
  it('the shipped pack names no field that nothing fills', async () => {
    const { fields, untagged } = JSON.parse((await runCommand(['rules', 'coverage', '--json'])).stdout) as Coverage;
    expect([fields.unfed, untagged]).to.deep.equal([[], []]);
  });
  it('paths that cannot be read or written', () => inRules(async (cwd) => {
    expect((await runCommand(['rules', 'coverage', 'nowhere'], { cwd })).code).to.equal(2);
    expect((await runCommand(['rules', 'coverage', 'my', '--navigator', 'no/where.json'], { cwd })).code).to.equal(1);
    expect(existsSync(join(cwd, 'no'))).to.equal(false);
  }));
});
