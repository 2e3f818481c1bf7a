/** Every code is given by the smallest rule that deserves it, at the place that it is about, and by nothing else that is wrong with it. */
import { expect } from 'chai';
import { loadableRules } from '../../src/sigma/check-rules.ts';
import { findingCodes, findingKind, type FindingCode } from '../../src/sigma/finding-codes.ts';
import { readRules } from '../../src/sigma/read-rules.ts';
import { asPackFinding } from '../../src/sigma/report-finding.ts';
import { suppressFindings } from '../../src/sigma/suppressions.ts';
import { fileName, otherId, placesOf, plainCorrelation, ruleId, ruleText, thirdId } from './rule-text.ts';
import { knowledge } from './known-fields.ts';

/** § stands before the place; `file` when the name matters */
interface Row { readonly text: string; readonly file?: string; readonly pass?: 'reading' | 'checking' | 'both' }

const detection = (item: string, condition = 's'): string => ruleText(`detection:\n  s: ${item}\n  condition: ${condition}`);
const item = (text: string): Row => ({ text: detection(text) });
const head = (text: string, without: readonly string[] = []): Row => ({ text: ruleText(text, without) });
const condition = (text: string): Row => ({ text: ruleText(`detection:\n  a: {f: x}\n  b: {f: z}\n  condition: ${text}`) });
const correlation = (text: string): Row => ({ text: ruleText(`correlation: {${text}}`) });
/** the first one is named `one` and looks at restores of which an operator is known */
const several = (...texts: readonly string[]): Row => ({ text: texts.join('---\n'), pass: 'checking' });
const one = ruleText('name: one\ntitle: One\ndetection: {s: {vb365.operation: save, user.name|exists: true}, condition: s}');
const checked = (text: string): Row => ({ text: ruleText(`detection:\n  s: ${text}\n  condition: s`), pass: 'checking' });
const over = (text: string): Row => several(one, ruleText(`id: ${otherId}\ncorrelation: {${text}}`));

const rows: Readonly<Record<FindingCode, Row>> = {
  RULE_YAML: head('title: a\n§title: b'),
  RULE_TOO_BIG: { text: `§# ${'x'.repeat(256 * 1024)}\n` },
  RULE_TOO_DEEP: { text: `a: ${'['.repeat(64)}§[` },
  RULE_YAML_AMBIGUOUS: item('{f: §yes}'),
  RULE_FILE_FORM: { text: `§${ruleText('').replaceAll('\n', '\r\n')}` },
  RULE_KIND: head('§title: nothing else', ['detection']),
  RULE_LEGACY_ACTION: head('§action: global\ntitle: Some'),
  RULE_PIPE: condition('a or b §| count() > 5'),
  RULE_TIMEFRAME: { text: ruleText('detection:\n  s: {f: x}\n  §timeframe: 5m\n  condition: s') },
  RULE_SCHEMA: head('level: §hgh'),
  RULE_ID_MISSING: { text: `§${ruleText('', ['id'])}` },
  RULE_ID_DUPLICATE: several(one, ruleText('id: §' + ruleId)),
  RULE_NAME_DUPLICATE: several(one, ruleText(`id: ${otherId}\nname: §one`)),
  RULE_TITLE_DUPLICATE: several(one, ruleText(`id: ${otherId}\ntitle: §ONE`)),
  RULE_FILE_NAME: { text: `§${ruleText('')}`, file: 'Short.yml' },
  RULE_KEY_CASE: head('§Title: some'),
  RULE_KEY_UNKNOWN: head('§refrences: [a]'),
  RULE_DATE: head("date: §'2026-02-30'"),
  RULE_MODIFIED_BEFORE_DATE: head("date: '2026-02-02'\nmodified: §'2026-02-01'"),
  RULE_LEVEL_MISSING: { text: `§${ruleText('', ['level'])}` },
  RULE_FALSEPOSITIVES_MISSING: head('falsepositives: [§Unknown]'),
  RULE_DESCRIPTION_MISSING: { text: `§${ruleText('', ['description'])}` },
  RULE_STATUS_MISSING: { text: `§${ruleText('', ['status'])}` },
  RULE_TAGS_MISSING: { text: `§${ruleText('', ['tags'])}` },
  RULE_REFERENCES: head('references: [§a book]'),
  RULE_TAG_FORMAT: head('tags: [§attack.T1048]'),
  RULE_TAG_DUPLICATE: head('tags: [vb365.access, §vb365.access]'),
  RULE_ATTACK_UNKNOWN: several(ruleText('tags: [§attack.t9999]')),
  RULE_ATTACK_REVOKED: several(ruleText('tags: [§attack.t1562]')),
  RULE_TACTIC_WITHOUT_TECHNIQUE: several(ruleText('tags: [attack.t1048, attack.exfiltration, §attack.collection]')),
  RULE_TAXONOMY: head('taxonomy: §ours'),
  RULE_LOGSOURCE: head('logsource: {product: §VB365}'),
  RULE_LOGSOURCE_UNFED: several(ruleText('logsource: {product: vb365, service: §restores}')),
  RULE_FIELD_UNKNOWN: checked('{§user.nmae: x}'),
  RULE_FIELD_TYPE: checked('{§vb365.items.total: many}'),
  RULE_FIELD_VALUE: checked('{§vb365.operation: saves}'),
  RULE_FIELD_UNFED: checked('{§user.id: x}'),
  RULE_MODIFIER_UNKNOWN: item('{f|§contain: a}'),
  RULE_MODIFIER_COMBINATION: item('{f|startswith|§endswith: a}'),
  RULE_MODIFIER_VALUE: item('{f|gt: §abc}'),
  RULE_MODIFIER_NEEDLESS: item("{f|re|§cased: 'a[bc]$'}"),
  RULE_ALL_SINGLE: item('{§f|all: [a]}'),
  RULE_ALL_POSITION: item('{f|§all|contains: [a, b]}'),
  RULE_WILDCARD_ONLY: item("{f: §'*'}"),
  RULE_WILDCARD_EDGE: item("{f: §'*a'}"),
  RULE_BACKSLASH: item(String.raw`{f: §'C:\\a'}`),
  RULE_UNC_PREFIX: item(String.raw`{f: §'\\srv\x'}`),
  RULE_NULL_IN_LIST: item('{f: [a, §null]}'),
  RULE_EMPTY_LIST: item('{f: §[]}'),
  RULE_EMPTY_SELECTION: item('§{}'),
  RULE_EMPTY_VALUE: item("{f: §''}"),
  RULE_KEYWORD_SEARCH: item('§[a, b]'),
  RULE_SCALAR_SELECTION: { ...item('§a') },
  RULE_MIXED_LIST: item('§[{f: a}, [{f: b}]]'),
  RULE_REGEX_SYNTAX: item("{f|re: '^a§(b'}"),
  RULE_REGEX_UNSUPPORTED: item("{f|re: '^a§(?=b)'}"),
  RULE_REGEX_INLINE_FLAG: item("{f|re: §'(?i)^a.b'}"),
  RULE_REGEX_NEEDLESS: item("{f|re: §'^abc$'}"),
  RULE_REGEX_UNANCHORED: item("{f|re: §'a.c'}"),
  RULE_CIDR: item('{f|cidr: §192.0.2.1/24}'),
  RULE_NUMBER_QUOTED: item("{f|gt: §'3'}"),
  RULE_TIME_RANGE: item('{f|hour: §24}'),
  RULE_BASE64_SHORT: item('{f|base64offset|contains: §ab}'),
  RULE_BASE64_EMPTY: item('{f|base64offset|contains: §a}'),
  RULE_WINDASH_EXPANSION: item("{f|windash: §'-a -b -c -d -e'}"),
  RULE_PLACEHOLDER_UNDEFINED: checked("{§user.name|expand: '%nobody%'}"),
  RULE_PLACEHOLDER_WITHOUT_EXPAND: item("{f: §'%admins%'}"),
  RULE_CONDITION_SYNTAX: condition('a or b or§'),
  RULE_IDENTIFIER_UNDEFINED: condition('a or b or §c'),
  RULE_IDENTIFIER_UNUSED: { text: ruleText('detection:\n  s: {f: x}\n  §t: {f: z}\n  condition: s') },
  RULE_SELECTOR_EMPTY: condition('a or b or 1 of §c*'),
  RULE_OPERATOR_CASE: condition('a §OR b'),
  RULE_CONDITION_LIST: condition('§[a, b]'),
  RULE_CONDITION_ALWAYS: several(ruleText('§detection: {s: {vb365.operation: save}, condition: s and not s}')),
  RULE_NEGATES_OPTIONAL_FIELD: several(ruleText('detection:\n  s: {vb365.operation: save}\n  t: {§user.name: x}\n  condition: s and not t')),
  RULE_NO_POSITIVE: several(ruleText('§detection: {s: {vb365.operation: save}, condition: not s}')),
  RULE_TOO_BROAD: several(ruleText('§detection: {s: {vb365.operation|exists: true}, condition: s}')),
  RULE_CORRELATION_REFERENCE: over('type: event_count, rules: [§two], group-by: [user.name], timespan: 5m, condition: {gte: 2}'),
  RULE_CORRELATION_CYCLE: several(ruleText(`name: some_rule_of_ours\n${plainCorrelation.replace('rules: [x]', 'rules: §[some_rule_of_ours]')}`)),
  RULE_CORRELATION_DEPTH: several(one, ...['one', 'c1', 'c2', 'c3', 'c4'].map((inner, index) => (
    ruleText(`id: ${otherId.slice(0, -1)}${index}\nname: c${index + 1}\ntitle: C${index}\ncorrelation: {type: temporal, rules: [${inner}], group-by: [user.name], timespan: 5m}`))),
  ruleText(`id: ${thirdId}\ncorrelation: {type: temporal, rules: §[c5], group-by: [user.name], timespan: 5m}`)),
  RULE_ALIAS_INCOMPLETE: several(one, ruleText(`id: ${otherId}\nname: two\ndetection: {s: {vb365.operation: save, user.name: a}, condition: s}`),
    ruleText(`id: ${thirdId}\ntitle: Third\ncorrelation: {type: temporal, rules: [one, two], group-by: [who], timespan: 5m, aliases: {§who: {one: user.name}}}`)),
  RULE_TIMESPAN: correlation('type: event_count, rules: [x], group-by: [u], timespan: §1M, condition: {gte: 2}'),
  RULE_CORRELATION_CONDITION: correlation('type: event_count, rules: [x], group-by: [u], timespan: 5m, condition: {gte: §10001}'),
  RULE_CORRELATION_FIELD: correlation('type: value_count, rules: [x], group-by: [u], timespan: 5m, condition: §{gte: 2}'),
  RULE_GROUP_BY_MISSING: head('correlation: §{type: temporal, rules: [x], timespan: 5m}'),
  RULE_GROUP_BY_ARRAY: over('type: temporal, rules: [one], group-by: [§vb365.context.novelty], timespan: 5m'),
  RULE_GROUP_BY_OPTIONAL: over('type: temporal, rules: [one], group-by: [§user.domain], timespan: 5m'),
  RULE_COUNTS_RESTORES: over('type: §event_count, rules: [one], group-by: [user.name], timespan: 5m, condition: {gte: 2}'),
  RULE_ORDER_UNRELIABLE: several(one, ruleText(`id: ${otherId}\nname: two\ndetection: {s: {event.action: item-save, user.name: x}, condition: s}\nlogsource: {product: vb365, service: audit_mail}`),
    ruleText(`id: ${thirdId}\ntitle: Third\ncorrelation: {type: §temporal_ordered, rules: [two, one], group-by: [user.name], timespan: 5m}`)),
  RULE_CONDITION_ON_CLOSE: correlation('type: event_count, rules: [x], group-by: [u], timespan: 5m, §condition: {lt: 2}'),
  RULE_SUPPRESS_USELESS: head('vb365: {§suppress_by: [user.name]}'),
  RULE_SETTLE_SERVICE: head('vb365: {settle: §30m}\nlogsource: {product: vb365, service: health}'),
  RULE_FILTER_KEEPS_ONLY: { text: ruleText('filter:\n  rules: any\n  selection: {f: x}\n  condition: §selection') },
  RULE_FILTER_REFERENCE: several(one, ruleText(`id: ${otherId}\nfilter: {rules: [§two], selection: {user.name: x}, condition: not selection}`)),
  RULE_FILTER_UNUSED: several(one, ruleText(`id: ${otherId}\n§filter: {rules: any, selection: {vb365.log.lines: 3}, condition: not selection}\nlogsource: {product: vb365, service: health}`)),
  RULE_FILTER_LEVEL: head('§level: low\nfilter: {rules: any, selection: {f: x}, condition: not selection}'),
  RULE_FILTER_IDENTIFIERS: head('filter: §{rules: any, other: {f: x}, condition: not other}'),
  RULE_PROVIDER_SCOPE_CONTENT: several(ruleText('detection: {s: {vb365.operation: save}, condition: s}\nvb365: {scope: provider}\nfields: [§vb365.item.name]')),
  RULE_SUPPRESSION: { text: `§# lint-ok: RULE_DATE the date is right\n${ruleText('')}` },
};

/** Codes that come with the place whatever one does. */
const companions: Partial<Record<FindingCode, readonly FindingCode[]>> = {
  RULE_SCALAR_SELECTION: ['RULE_KEYWORD_SEARCH'],
  RULE_GROUP_BY_ARRAY: ['RULE_GROUP_BY_OPTIONAL'],
};

describe('codes of findings', () => {
  for (const [code, { text: marked, file = fileName, pass }] of Object.entries(rows) as readonly [FindingCode, Row][]) {
    it(code, () => {
      const offset = marked.indexOf('§');
      const before = marked.slice(0, offset).split('\n');
      const text = marked.replace('§', '');
      const { rules, findings, suppressions } = readRules(text, file);
      const second = pass === 'checking' ? loadableRules(rules, knowledge).findings : [];
      const all = suppressFindings([...findings, ...second], suppressions);
      const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      expect(placesOf(all).toSorted()).to.deep.equal([`${place} ${code}`, ...(companions[code] ?? []).map((other) => `${place} ${other}`)].toSorted());
      const finding = all.find((one) => one.code === code);
      expect(finding?.severity).to.equal(findingKind(code).severity);
      expect(finding?.message).to.match(/^\S.{5,300}$/);
      expect(finding?.remedy).to.match(/^\S.{2,300}$/);
      if (findingKind(code).severity === 'error' && pass !== 'checking') expect(rules).to.deep.equal([]);
    });
  }
  it('all have a meaning and a remedy of one line', () => {
    for (const [code, { meaning, remedy }] of Object.entries(findingCodes)) for (const text of [meaning, remedy]) expect(text, code).to.match(/^\S[^\n]{5,200}\S$/);
  });
  it('some warnings are errors in a pack', () => {
    const { findings } = readRules(ruleText('', ['id', 'level']), fileName);
    expect(findings.map(asPackFinding).map(({ code, severity }) => [code, severity])).to.deep.equal([['RULE_ID_MISSING', 'error'], ['RULE_LEVEL_MISSING', 'error']]);
    expect(asPackFinding({ code: 'RULE_OF_OTHERS', severity: 'info', message: 'x', file: 'f', line: 1, column: 1 }).severity).to.equal('info');
  });
});
