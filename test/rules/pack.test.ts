/** The rules that are shipped: what they must say of themselves, what they are tested by, and that no case is missing. */
import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadFieldTable } from '../../schemas/generate.ts';
import { createCasePack, type CasePack } from '../../src/detect/cases/case-pack.ts';
import type { CaseFile } from '../../src/detect/cases/case-file.ts';
import { filterMutants } from '../../src/detect/cases/mutants.ts';
import { readCases } from '../../src/detect/cases/read-cases.ts';
import { missingCases, survivingFilterMutants, survivingMutants } from '../../src/detect/cases/required-cases.ts';
import { runCases } from '../../src/detect/cases/run-cases.ts';
import { ruleKey } from '../../src/detect/rule-identity.ts';
import { readAttackData } from '../../src/sigma/attack-data.ts';
import { loadableRules } from '../../src/sigma/check-rules.ts';
import type { Finding } from '../../src/sigma/finding.ts';
import { readRules } from '../../src/sigma/read-rules.ts';
import { asPackFinding } from '../../src/sigma/report-finding.ts';
import { fieldsKnown, type RuleKnowledge } from '../../src/sigma/rule-knowledge.ts';
import type { Rule } from '../../src/sigma/rule.ts';
import { suppressFindings } from '../../src/sigma/suppressions.ts';
import { readYaml } from '../../src/text/yaml-document.ts';

const folder = resolve('rules');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.yml') && name !== 'attack.yml').sort();
const ruleFiles = files.filter((name) => !name.endsWith('.test.yml'));
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const families = ['exfiltration', 'access', 'anomaly', 'attribution', 'tampering', 'cross-tenant', 'volume', 'failure', 'portal'];
const placeholders = ['sensitive_terms', 'credential_terms', 'reason_required'];

const shown = (findings: readonly Finding[]): readonly string[] => findings.map(({ code, file, line, message }) => `${file}:${String(line)} ${code} ${message}`);

interface Loaded { readonly rules: readonly Rule[]; readonly pack: CasePack; readonly findings: readonly Finding[] }
function load(): Loaded {
  const readings = ruleFiles.map((name) => readRules(textOf(name), name));
  const rules = readings.flatMap((reading) => reading.rules);
  const table = loadFieldTable();
  const knowledge: RuleKnowledge = {
    fields: fieldsKnown(table.fields, Object.values(table.actions).flat()), placeholders: new Set(placeholders), attack: readAttackData(readYaml(textOf('attack.yml')).value),
  };
  const checked = loadableRules(rules, knowledge);
  const cases = new Map<string, CaseFile>();
  const caseFindings: Finding[] = [];
  for (const [index, name] of ruleFiles.entries()) {
    const [rule] = readings[index]?.rules ?? [];
    const beside = name.replace(/\.yml$/, '.test.yml');
    if (rule === undefined || !files.includes(beside)) continue;
    const reading = readCases(textOf(beside), beside);
    caseFindings.push(...reading.findings);
    if (reading.cases !== undefined) cases.set(ruleKey(rule), reading.cases);
  }
  const findings = [...suppressFindings([...readings.flatMap((reading) => reading.findings), ...checked.findings], readings.flatMap(({ suppressions }) => suppressions)).map(asPackFinding), ...caseFindings];
  return { rules: checked.rules, pack: createCasePack(checked.rules, cases), findings };
}

describe('the rule pack', () => {
  let loaded: Loaded;
  before(() => { loaded = load(); });
  const tested = () => loaded.rules.filter((rule) => rule.kind !== 'filter');
  const nameOf = (rule: Rule): string => rule.name ?? rule.title;

  it('one rule per file, and every one of them is loaded', () => { expect(loaded.rules.map(({ file }) => file).sort()).to.deep.equal(ruleFiles); });
  it('nothing is wrong with rules and files of cases', () => { expect(shown(loaded.findings.filter(({ severity }) => severity === 'error'))).to.deep.equal([]); });
  it('what lint warns of is meant: absent counts as not excluded, and nobody counts for people who are not known', () => {
    // Alerts give the family of their rule; the field table learns it with the first sample of an alert.
    const meant = ['RULE_NEGATES_OPTIONAL_FIELD', 'RULE_GROUP_BY_OPTIONAL', 'RULE_FIELD_UNFED'];
    expect(shown(loaded.findings.filter(({ severity, code }) => severity === 'warning' && !meant.includes(code)))).to.deep.equal([]);
    expect(loaded.findings.filter(({ code, message }) => code === 'RULE_FIELD_UNFED' && !message.includes('rule.category'))).to.deep.equal([]);
  });
  it('no file of cases without its rule', () => {
    expect(files.filter((name) => name.endsWith('.test.yml') && !files.includes(name.replace(/\.test\.yml$/, '.yml')))).to.deep.equal([]);
  });
  it('at least fifty rules alert, and twenty are correlations or look at derived facts', () => {
    const alerting = tested().filter(({ level }) => level !== 'informational');
    const derived = alerting.filter((rule) => rule.kind === 'correlation' || [...rule.detection.searches.values()].some(({ expression }) => JSON.stringify(expression).includes('"vb365.context.')));
    expect(alerting.length).to.be.at.least(50);
    expect(derived.length).to.be.at.least(20);
  });

  describe('what a rule says of itself', () => {
    it('its blind spot stands at the end', () => { expect(tested().filter(({ description = '' }) => !/\bBlind\s+spot:\s[^]+\.\s*$/.test(description)).map(nameOf)).to.deep.equal([]); });
    it('author, status, date', () => {
      expect(loaded.rules.filter(({ author, date }) => author !== 'vb365-siem' || date === undefined).map(nameOf)).to.deep.equal([]);
      expect(tested().filter(({ status }) => status !== 'experimental').map(nameOf)).to.deep.equal([]);
    });
    it('its family is its first tag and, but for correlations, its folder', () => {
      const wrong = tested().filter(({ tags, file, kind }) => {
        const family = (tags[0] ?? '').replace(/^vb365\./, '');
        return !families.includes(family) || file.split('/')[0] !== (kind === 'correlation' ? 'correlations' : family);
      });
      expect(wrong.map(nameOf)).to.deep.equal([]);
    });
    it('every technique of ATT&CK stands with a tactic', () => { expect(tested().filter(({ tags }) => !tags.some((tag) => /^attack\.t\d/.test(tag)) || !tags.some((tag) => /^attack\.[a-z-]+$/.test(tag))).map(nameOf)).to.deep.equal([]); });
    it('a building block raises no alert, and something is built of it', () => {
      const used = new Set(tested().flatMap((rule) => rule.kind === 'correlation' ? rule.correlation.rules : []));
      expect(tested().filter((rule) => rule.level === 'informational' && !used.has(nameOf(rule))).map(nameOf)).to.deep.equal([]);
    });
    it('the page about the pack names every rule, and no other', () => {
      const table = textOf('README.md').split('## What is found')[1]?.split('| waits for |')[0] ?? '';
      const named = [...table.matchAll(/`([a-z0-9_]{9,})`/g)].map(([, name]) => name);
      expect(tested().filter((rule) => (rule.level !== 'informational') && !named.includes(nameOf(rule))).map(nameOf)).to.deep.equal([]);
      expect(named.filter((name) => !tested().some((rule) => nameOf(rule) === name))).to.deep.equal([]);
    });
  });

  describe('its cases', () => {
    for (const name of ruleFiles.filter((file) => !file.startsWith('filters/'))) {
      it(name, function () {
        this.timeout(60_000);
        const rule = tested().find(({ file }) => file === name)!;
        const run = runCases(loaded.pack, rule);
        expect(shown(run.findings)).to.deep.equal([]);
        expect(run.passed).to.be.above(0);
        expect(shown(missingCases(loaded.pack, rule))).to.deep.equal([]);
        const { tried, findings } = survivingMutants(loaded.pack, rule);
        expect(tried).to.be.above(0);
        expect(shown(findings)).to.deep.equal([]);
      });
    }
    for (const name of ruleFiles.filter((file) => file.startsWith('filters/'))) {
      it(name, () => {
        const filter = loaded.rules.find(({ file }) => file === name)!;
        if (filter.kind !== 'filter') expect.fail('no filter');
        expect(shown(survivingFilterMutants(loaded.pack, filter, filterMutants(filter)))).to.deep.equal([]);
      });
    }
  });
});
