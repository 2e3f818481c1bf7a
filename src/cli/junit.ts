/** Results of tests as JUnit XML, which every build server shows. */
import { wellFormed } from '../text/cut-text.ts';

export interface TestSuite { readonly name: string; readonly file?: string; readonly cases: readonly TestCase[] }
export interface TestCase {
  readonly name: string;
  /** one for each thing that is wrong; none: passed */
  readonly failures: readonly { readonly type: string; readonly message: string; readonly detail: string }[];
}

/** One document; ends with a line feed. Texts come from rules and logs: what XML cannot hold is replaced. */
export function junitText(name: string, suites: readonly TestSuite[]): string {
  const failing = ({ cases }: TestSuite): number => cases.filter(({ failures }) => failures.length > 0).length;
  const sum = (of: (suite: TestSuite) => number): number => suites.reduce((total, suite) => total + of(suite), 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${attribute(name)} tests="${sum(({ cases }) => cases.length)}" failures="${sum(failing)}" errors="0">`,
    ...suites.flatMap((suite) => [
      `  <testsuite name=${attribute(suite.name)} tests="${suite.cases.length}" failures="${failing(suite)}" errors="0" skipped="0"${suite.file === undefined ? '' : ` file=${attribute(suite.file)}`}>`,
      ...suite.cases.flatMap((each) => caseLines(suite.name, each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function caseLines(suite: string, { name, failures }: TestCase): readonly string[] {
  const head = `    <testcase classname=${attribute(suite)} name=${attribute(name)}`;
  if (failures.length === 0) return [`${head}/>`];
  return [`${head}>`, ...failures.map(({ type, message, detail }) => `      <failure type=${attribute(type)} message=${attribute(message)}>${escaped(detail)}</failure>`), '    </testcase>'];
}

const attribute = (text: string): string => `"${escaped(text).replaceAll('"', '&quot;').replaceAll(/[\n\r\t]/g, ' ')}"`;

/** XML 1.0 has no other control characters than tab and line ends, no lone surrogates, no U+FFFE and U+FFFF. */
function escaped(text: string): string {
  return wellFormed(text).replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
