import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { maxCorrelationRules, maxTimelineEvents } from '../../src/limits.ts';
import { knownKeys } from '../../src/sigma/read-head.ts';
import { compileSchema } from '../../src/text/json-schema.ts';
import { readYaml } from '../../src/text/yaml-document.ts';

interface Schema { readonly properties?: Readonly<Record<string, Schema>>; readonly oneOf?: readonly Schema[]; readonly $defs?: Readonly<Record<string, Schema>>; readonly maxItems?: number; readonly maximum?: number }
const read = (name: string): Schema => JSON.parse(readFileSync(resolve('schemas', name), 'utf8')) as Schema;
const [ruleSchema, caseSchema] = [read('rule.schema.json'), read('rule-cases.schema.json')];
const checkRule = compileSchema(ruleSchema, { allErrors: true });
const checkCases = compileSchema(caseSchema, { allErrors: true });
const folder = resolve('rules');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml') && name !== 'attack.yml').sort();
const valueOf = (text: string): unknown => readYaml(text).value;

const head = 'title: T\n';
const source = 'logsource: {product: vb365, service: restore}\n';
const detection = 'detection: {s: {a: b}, condition: s}\n';
const good = head + source + detection;

/** Documents and where the schema finds them wrong: path of the value. */
const badRules: readonly (readonly [name: string, text: string, path: string])[] = [
  ['no title', source + detection, ''],
  ['neither detection nor correlation nor filter', head + source, ''],
  ['detection and correlation', `${good}correlation: {type: event_count, rules: [a], timespan: 1h, condition: {gte: 1}}\n`, 'correlation'],
  ['a detection without log source', head + detection, ''],
  ['id in capitals', `${good}id: 5B1D6F0E-8A42-4C57-9C3E-2F1A7B8C9D0E\n`, 'id'],
  ['level that is none', `${good}level: urgent\n`, 'level'],
  ['status that is none', `${good}status: ready\n`, 'status'],
  ['date in another order', `${good}date: '31.01.2026'\n`, 'date'],
  ['tag without namespace', `${good}tags: [exfiltration]\n`, 'tags.0'],
  ['tags that are one text', `${good}tags: vb365.exfiltration\n`, 'tags'],
  ['a false positive of one letter', `${good}falsepositives: [x]\n`, 'falsepositives.0'],
  ['taxonomy of others', `${good}taxonomy: cim\n`, 'taxonomy'],
  ['relation of no kind', `${good}related: [{id: 5b1d6f0e-8a42-4c57-9c3e-2f1a7b8c9d0e, type: friend}]\n`, 'related.0.type'],
  ['log source in capitals', `${head}logsource: {product: VB365}\n${detection}`, 'logsource.product'],
  ['log source with nothing', `${head}logsource: {definition: x}\n${detection}`, 'logsource'],
  ['no condition', `${head + source}detection: {s: {a: b}, t: {a: b}}\n`, 'detection'],
  ['nothing but a condition', `${head + source}detection: {condition: s}\n`, 'detection'],
  ['timeframe', `${head + source}detection: {s: {a: b}, timeframe: 5m, condition: s}\n`, 'detection.timeframe'],
  ['an empty selection', `${head + source}detection: {s: {}, condition: s}\n`, 'detection.s'],
  ['an empty list of values', `${head + source}detection: {s: {a: []}, condition: s}\n`, 'detection.s.a'],
  ['a map as a value', `${head + source}detection: {s: {a: {b: c}}, condition: s}\n`, 'detection.s.a'],
  ['a setting that is none', `${good}vb365: {supress: 1h}\n`, 'vb365'],
  ['a setting of filters', `${good}vb365: {keeps_only: true}\n`, 'vb365'],
  ['a time without unit', `${good}vb365: {suppress: '15'}\n`, 'vb365.suppress'],
  ['a risk above 100', `${good}vb365: {risk: 101}\n`, 'vb365.risk'],
  ['a type of correlation that is none', `${head}correlation: {type: count, rules: [a], timespan: 1h, condition: {gte: 1}}\n`, 'correlation.type'],
  ['a correlation without timespan', `${head}correlation: {type: event_count, rules: [a], condition: {gte: 1}}\n`, 'correlation'],
  ['months', `${head}correlation: {type: event_count, rules: [a], timespan: 1M, condition: {gte: 1}}\n`, 'correlation.timespan'],
  ['a threshold in quotes', `${head}correlation: {type: event_count, rules: [a], timespan: 1h, condition: {gte: '1'}}\n`, 'correlation.condition.gte'],
  ['an operator that is none', `${head}correlation: {type: event_count, rules: [a], timespan: 1h, condition: {ge: 1}}\n`, 'correlation.condition'],
  ['a filter without rules', `${head + source}filter: {selection: {a: b}, t: {a: b}, condition: not selection}\n`, 'filter'],
];
const given = 'match:\n- {name: n, event: {a: b}}\n';
const badCases: readonly (readonly [name: string, text: string, path: string])[] = [
  ['a key that is none', `${given}matches: []\n`, ''],
  ['a case without name', 'match: [{event: {a: b}}]\n', 'match.0'],
  ['a case without event', 'ignore: [{name: n}]\n', 'ignore.0'],
  ['because under match', 'match: [{name: n, event: {a: b}, because: s}]\n', 'match.0'],
  ['a field that is null', 'match: [{name: n, event: {a: null}}]\n', 'match.0.event.a'],
  ['lists of placeholders that are texts', `given: {placeholders: {l: x}}\n${given}`, 'given.placeholders.l'],
  ['a timeline without alerts', 'timelines: [{name: n, events: []}]\n', 'timelines.0'],
  ['a start that is no time', 'timelines: [{name: n, start: monday, events: [], alerts: []}]\n', 'timelines.0.start'],
  ['an event that is both', 'timelines: [{name: n, events: [{match: r, event: {a: b}}], alerts: []}]\n', 'timelines.0.events.0'],
  ['an offset without unit', "timelines: [{name: n, events: [{at: '15', match: r}], alerts: []}]\n", 'timelines.0.events.0.at'],
  ['nothing repeated', 'timelines: [{name: n, events: [{match: r, repeat: 0}], alerts: []}]\n', 'timelines.0.events.0.repeat'],
  ['a count that is a text', "timelines: [{name: n, events: [], alerts: [{count: '1'}]}]\n", 'timelines.0.alerts.0.count'],
];

describe('schemas of rules and cases', () => {
  for (const file of files) {
    it(`rules/${file}`, () => {
      expect((file.endsWith('.test.yml') ? checkCases : checkRule)(valueOf(readFileSync(join(folder, file), 'utf8'))).map(({ path, message }) => `${path.join('.')} ${message}`)).to.deep.equal([]);
    });
  }
  it('the documents that the bad ones are made of are good', () => { expect([checkRule(valueOf(good)), checkCases(valueOf(given))]).to.deep.equal([[], []]); });
  for (const [kind, rows, check] of [['rule', badRules, checkRule], ['cases', badCases, checkCases]] as const) {
    for (const [name, text, path] of rows) {
      it(`${kind}: ${name}`, () => { expect(check(valueOf(text)).map((fault) => fault.path.join('.'))).to.include(path); });
    }
  }
  it('knows every key of the language', () => {
    const kinds = ruleSchema.oneOf ?? [];
    expect([...new Set([...Object.keys(ruleSchema.properties ?? {}), ...kinds.flatMap(({ properties = {} }) => Object.keys(properties))])].sort()).to.deep.equal([...knownKeys].sort());
  });
  it('bounds are those of the readers', () => {
    expect([ruleSchema.$defs?.['correlation']?.properties?.['rules']?.maxItems, caseSchema.$defs?.['repeat']?.maximum]).to.deep.equal([maxCorrelationRules, maxTimelineEvents]);
  });
  it('a custom key is left to its author', () => { expect(checkRule(valueOf(`${good}x-team: blue\n`))).to.deep.equal([]); });
});
