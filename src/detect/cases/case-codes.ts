/** Everything that can be wrong with the cases of a rule, by a code that never changes its meaning. */
import type { Finding } from '../../sigma/finding.ts';
import type { Position } from '../../sigma/rule.ts';

export const caseCodes = {
  RULE_NO_CASES: { meaning: 'a rule has no cases', remedy: 'write them into the file beside it that ends with .test.yml' },
  RULE_CASES_INCOMPLETE: { meaning: 'cases that every rule needs are missing', remedy: 'add the case' },
  CASE_YAML: { meaning: 'the text is no YAML, or uses a duplicate key, an alias or an unknown tag', remedy: 'write plain YAML 1.2' },
  CASE_SCHEMA: { meaning: 'a key is not known, or its value has the wrong form', remedy: 'write it as rules/README.md says' },
  CASE_REFERENCE: { meaning: 'a case names a rule, or a search identifier of its rule, that is not there', remedy: 'correct the name' },
  CASE_ORPHAN: { meaning: 'no rule belongs to the file of cases', remedy: 'name it after the file of its rule' },
  CASE_FAILED: { meaning: 'the rule does something else than the case says', remedy: 'find out which of both is wrong' },
  CASE_CANNOT_FAIL: { meaning: 'the case passes whatever the rule says', remedy: 'give it what the rule looks at' },
  CASE_MUTANT: { meaning: 'the rule can be changed without any case noticing', remedy: 'add a case that only the rule as it is passes' },
} as const;
export type CaseCode = keyof typeof caseCodes;

/** One finding, an error whatever its code; the remedy of the table stands in where the place suggests nothing better. */
export function caseFinding(code: CaseCode, file: string, { line, column }: Position, message: string, remedy: string = caseCodes[code].remedy): Finding {
  return { code, severity: 'error', message, remedy, file, line, column };
}
