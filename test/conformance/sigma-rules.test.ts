/**
 * The public rule set, which is not ours and not in this repository: `SIGMA_RULES` names a checkout of it. Its rules load, and the events recorded for them
 * are found by them. What is refused is listed with its code.
 */
import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { loadableRules } from '../../src/sigma/check-rules.ts';
import { compileRule } from '../../src/sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../src/sigma/event-view.ts';
import type { Finding } from '../../src/sigma/finding.ts';
import { bindPlaceholders } from '../../src/sigma/placeholders.ts';
import { readRules } from '../../src/sigma/read-rules.ts';
import type { DetectionRule, Rule } from '../../src/sigma/rule.ts';
import { readYaml } from '../../src/text/yaml-document.ts';
import { naiveDetection } from '../sigma/naive.ts';
import { readRecordedEvents } from './recorded-event.ts';

const { SIGMA_RULES: checkout, CI: ci } = process.env;

describe('the public Sigma rules', () => {
  if (checkout !== undefined && checkout !== '') describePublicRules(checkout);
  // CI has no checkout, and nothing there may look like something that was left out.
  else if (ci === undefined) it('not run: SIGMA_RULES names no checkout of them');

  it('fields of a recorded Windows event have the names that rules use', () => {
    const record = {
      Event: {
        System: { Provider: { '#attributes': { Name: 'Some-Provider' } }, EventID: { '#attributes': { Qualifiers: 4 }, '#text': 7 }, Correlation: null, Channel: 'System' },
        UserData: { LogFileCleared: { '#attributes': { xmlns: 'x' }, Channel: 'Security' } },
        EventData: { 'New Value': 'a', 'Image': 'b' },
      },
    };
    const flat = { 'Provider_Name': 'Some-Provider', 'EventID': 7, 'EventID_Qualifiers': 4, 'Channel': 'Security', 'New Value': 'a', 'NewValue': 'a', 'Image': 'b' };
    expect(readRecordedEvents(JSON.stringify(record, undefined, 2))).to.deep.equal([flat]);
    expect(readRecordedEvents(`${JSON.stringify(record)}\n{"message":"x"}\n`)).to.deep.equal([flat, { message: 'x' }]);
  });
});

interface Loaded { readonly rules: readonly Rule[]; readonly documents: number; readonly files: readonly string[]; readonly errors: readonly Finding[] }

function describePublicRules(root: string): void {
  let loaded: Loaded;
  before(function () {
    this.timeout(600_000);
    loaded = load(root);
  });

  it('99.9 in a hundred load, and each file of which something is refused says why', function () {
    const { rules, documents, files, errors } = loaded;
    tell([`${String(files.length)} files, ${String(documents)} rules, ${String(rules.length)} loaded`, ...errors.map(({ file, line, code, message }) => `  ${file}:${String(line)} ${code} ${message}`)]);
    expect(documents).to.be.above(0);
    expect(rules.length / documents).to.be.at.least(0.999);
    const refused = files.filter((file) => documentsOf(readFileSync(join(root, file), 'utf8')) !== rules.filter((rule) => rule.file === file).length);
    expect(refused.filter((file) => !errors.some((error) => error.file === file))).to.deep.equal([]);
  });

  it('recorded events are found by their rules, and the slow reading of a rule says the same', function () {
    this.timeout(600_000);
    const detections = new Map(loaded.rules.flatMap((rule) => rule.kind === 'detection' && rule.id !== undefined ? [[rule.id, rule] as const] : []));
    const samples = samplesOf(root);
    const missed: string[] = [];
    for (const { file, rule: id, expected } of samples) {
      const rule = detections.get(id);
      const matched = rule === undefined ? 0 : readRecordedEvents(readFileSync(join(root, file), 'utf8')).filter((event) => matches(rule, event)).length;
      if (matched < expected) missed.push(`  ${file}: ${rule === undefined ? 'its rule is not loaded' : `${String(matched)} of ${String(expected)}`}`);
    }
    tell([`${String(samples.length)} samples, ${String(samples.length - missed.length)} found by their rules`, ...missed]);
    // Records name some fields otherwise than rules do, which the authors of the set bridge with mappings of their own: that says nothing about the language.
    expect(missed.length).to.be.at.most(samples.length / 20);
  });
}

const leftOut = /(?:^|[\\/])(?:deprecated|unsupported|tests)[\\/]/;

/** Files below the folders of rules; where a checkout has none of them, below all of it. */
function ruleFilesOf(root: string): readonly string[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && /^rules(?:-|$)/.test(entry.name)).map(({ name }) => join(root, name));
  return (folders.length === 0 ? [root] : folders)
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => relative(root, join(folder, name))))
    .filter((name) => name.endsWith('.yml') && !leftOut.test(name) && !/^(?:regression_data|\.)/.test(name)).sort();
}

/** Rules of a file as a person counts them. */
const documentsOf = (text: string): number => [...text.matchAll(/^title:/gm)].length;

function load(root: string): Loaded {
  const files = ruleFilesOf(root).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })).filter(({ text }) => documentsOf(text) > 0);
  const readings = files.map(({ file, text }) => readRules(text, file));
  const { rules, findings } = loadableRules(readings.flatMap((reading) => reading.rules), { fields: new Map() });
  return {
    rules, documents: files.reduce((sum, { text }) => sum + documentsOf(text), 0), files: files.map(({ file }) => file),
    errors: [...readings.flatMap((reading) => reading.findings), ...findings].filter(({ severity }) => severity === 'error'),
  };
}

interface Sample { readonly file: string; readonly rule: string; readonly expected: number }
interface RegressionInfo { readonly rule_metadata?: readonly { readonly id?: string }[]; readonly regression_tests_info?: readonly { readonly path?: string; readonly match_count?: number }[] }

/** What the folder of regression data holds as JSON; an event log stands beside its JSON under the same name. */
function samplesOf(root: string): readonly Sample[] {
  const folder = join(root, 'regression_data');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(?:^|[\\/])info\.yml$/.test(name)).sort().flatMap((name) => {
    const info = (readYaml(readFileSync(join(folder, name), 'utf8')).value ?? {}) as RegressionInfo;
    const rule = info.rule_metadata?.[0]?.id;
    const beside = readdirSync(join(folder, dirname(name))).filter((other) => /\.(?:json|ndjson|jsonl)$/.test(other));
    return rule === undefined ? [] : beside.map((other): Sample => {
      // Counts of an event log are those of the log: its JSON may be only the event that the rule is about.
      const test = info.regression_tests_info?.find(({ path = '' }) => path.endsWith(`/${other}`));
      return { file: relative(root, join(folder, dirname(name), other)), rule, expected: test?.match_count ?? 1 };
    });
  });
}

function matches(rule: DetectionRule, event: object): boolean {
  const table = createFieldTable();
  const isMatch = compileRule(rule, table).test(createEventView(event, table), bindPlaceholders());
  expect(isMatch, `${rule.file}, read slowly: ${JSON.stringify(event)}`).to.equal(naiveDetection(rule.detection, event));
  return isMatch;
}

function tell(lines: readonly string[]): void {
  process.stdout.write(`${lines.map((line) => `      ${line}`).join('\n')}\n`);
}
