import { expect } from 'chai';
import { suppressFindings } from '../../src/sigma/suppressions.ts';
import { placesOf, readText, ruleText } from './rule-text.ts';

const left = (text: string): readonly string[] => {
  const { findings, suppressions } = readText(ruleText(text));
  return placesOf(suppressFindings(findings, suppressions));
};

describe('findings that somebody has looked at', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['a remark behind the finding', 'author: yes # lint-ok: RULE_YAML_AMBIGUOUS his name', []],
    ['a remark on the line before', '# lint-ok: RULE_YAML_AMBIGUOUS his name\nauthor: yes', []],
    ['a remark on the line after', 'author: yes\n# lint-ok: RULE_YAML_AMBIGUOUS his name\nlicense: x', ['1:9 RULE_YAML_AMBIGUOUS', '2:1 RULE_SUPPRESSION']],
    ['a remark of another code', 'author: yes # lint-ok: RULE_DATE his name', ['1:9 RULE_YAML_AMBIGUOUS', '1:13 RULE_SUPPRESSION']],
    ['a code that there is not', 'author: yes # lint-ok: RULE_X his name', ['1:9 RULE_YAML_AMBIGUOUS', '1:13 RULE_SUPPRESSION']],
    ['no reason', 'author: yes # lint-ok: RULE_YAML_AMBIGUOUS', ['1:9 RULE_YAML_AMBIGUOUS', '1:13 RULE_SUPPRESSION']],
    ['no code', 'author: yes # lint-ok:', ['1:9 RULE_YAML_AMBIGUOUS', '1:13 RULE_SUPPRESSION']],
    ['all findings of the code on the line', 'scope: [yes, no] # lint-ok: RULE_YAML_AMBIGUOUS words', []],
    ['not the next line', 'author: yes # lint-ok: RULE_YAML_AMBIGUOUS his name\nlicense: no', ['2:10 RULE_YAML_AMBIGUOUS']],
    ['errors cannot be suppressed', 'level: hgh # lint-ok: RULE_SCHEMA I insist', ['1:8 RULE_SCHEMA', '1:12 RULE_SUPPRESSION']],
    ['a text is no remark', "author: 'a # lint-ok: RULE_DATE x'", []],
    ['nor is a line of a block', 'author: |\n  a\n  # lint-ok: RULE_DATE x', []],
    ['other comments are none', '# ordinary lint-ok\nauthor: x', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(left(text)).to.deep.equal(expected); });
});
