import { expect } from 'chai';
import fc from 'fast-check';
import { loadableRules } from '../../src/sigma/check-rules.ts';
import { readRules } from '../../src/sigma/read-rules.ts';
import { fileName, onlyDetection, onlyRule, otherId, placesOf, readText, ruleId, ruleText, wrongWith } from './rule-text.ts';
import { knowledge } from './known-fields.ts';

describe('files of rules', () => {
  it('an ordinary rule has no findings', () => { expect(placesOf(readText(ruleText('')).findings)).to.deep.equal([]); });
  it('several documents are several rules, numbered from 0', () => {
    const { rules, findings } = readText(`${ruleText('')}---\n${ruleText(`id: ${otherId}`)}`);
    expect(findings).to.deep.equal([]);
    expect(rules.map(({ id, document, position, file }) => [id, document, position, file])).to.deep.equal([[ruleId, 0, { line: 1, column: 1 }, fileName], [otherId, 1, { line: 11, column: 1 }, fileName]]);
  });
  it('documents of comments are no rules', () => { expect(readText(`# first\n---\n${ruleText('')}---\n# last\n`).rules).to.have.length(1); });
  it('a rule with an error is left out, the ones beside it stay', () => {
    const { rules, findings } = readText(`${ruleText('')}---\n${ruleText(`level: hgh\nid: ${otherId}`)}---\n${ruleText('title: Third')}`);
    expect(rules.map(({ title }) => title)).to.deep.equal(['Some rule', 'Third']);
    expect(placesOf(findings)).to.deep.equal(['11:8 RULE_SCHEMA']);
  });
  it('a document that is no YAML does not hide the next one', () => {
    const { rules, findings } = readText(`title: a: b\n---\n${ruleText('')}`);
    expect(rules.map(({ title }) => title)).to.deep.equal(['Some rule']);
    expect(findings.map(({ code }) => code)).to.include('RULE_YAML');
  });
  it('all errors of a file are told at once, by place', () => {
    expect(wrongWith("level: hgh\nid: 5\ntags: [a, attack.x1]\ndate: '2026-13-01'\ndetection:\n  s: {f|contain: x, g: []}\n  condition: s and t\nvb365: {risk: 101, suppres: 5m}")).to.deep.equal([
      '1:8 RULE_SCHEMA', '2:5 RULE_SCHEMA', '3:8 RULE_TAG_FORMAT', '3:11 RULE_TAG_FORMAT', '4:7 RULE_DATE', '6:9 RULE_MODIFIER_UNKNOWN', '6:24 RULE_EMPTY_LIST', '7:20 RULE_IDENTIFIER_UNDEFINED', '8:15 RULE_SCHEMA', '8:20 RULE_SCHEMA',
    ]);
  });
  it('the nearest name is suggested', () => {
    const { findings } = readText(ruleText('level: hgh\nstatus: tset\nvb365: {suppres: 5m}\ndetection:\n  s: {f|contain: x}\n  condition: s'));
    expect(findings.map(({ remedy }) => remedy)).to.deep.equal(['did you mean high?', 'did you mean test?', 'did you mean suppress?', 'did you mean contains?']);
  });
  it('a %YAML directive changes nothing', () => { expect(onlyDetection(`%YAML 1.1\n---\n${ruleText("author: yes # lint-ok: RULE_YAML_AMBIGUOUS a name")}`).author).to.equal('yes'); });
  it('carriage returns and a byte order mark are read', () => {
    const { rules, findings } = readText(`\ufeff${ruleText('').replaceAll('\n', '\r\n')}`);
    expect(rules.map(({ title }) => title)).to.deep.equal(['Some rule']);
    expect(placesOf(findings)).to.deep.equal(['1:1 RULE_FILE_FORM', '1:1 RULE_FILE_FORM']);
  });

  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['nothing', '', ['1:1 RULE_KIND']],
    ['comments only', '# a\n', ['1:1 RULE_KIND']],
    ['a text', 'abc', ['1:1 RULE_KIND']],
    ['a list', '- a\n', ['1:1 RULE_KIND']],
    ['two kinds', `${ruleText('detection: {s: {f: x}, condition: s}')}correlation: {}\n`, ['10:1 RULE_KIND']],
    ['an alias', ruleText('author: &a x\nlicense: *a'), ['2:10 RULE_YAML']],
    ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', ['2:8 RULE_YAML', '2:12 RULE_YAML', '3:5 RULE_YAML', '3:9 RULE_YAML']],
    ['a merge key', ruleText('custom: {<<: {a: b}}'), []],
    ['an unknown tag', ruleText('author: !who x'), ['1:9 RULE_YAML']],
    ['binary data', ruleText('author: !!binary eA=='), ['1:9 RULE_YAML']],
    ['a key twice', ruleText('author: a\nauthor: b'), ['2:1 RULE_YAML']],
    ['a key twice, once in quotes', ruleText('author: a\n"author": b'), ['2:1 RULE_YAML']],
    ['a key in two cases', ruleText('author: a\nAuthor: b'), ['2:1 RULE_KEY_CASE', '2:1 RULE_YAML']],
    ['repeat', ruleText('action: repeat'), ['1:1 RULE_LEGACY_ACTION']],
    ['reset', ruleText('action: reset'), ['1:1 RULE_LEGACY_ACTION']],
    ['an action of one\'s own', ruleText('action: wake somebody', ['detection']) + 'detection: {s: {f: x}, condition: s}\n', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(placesOf(readText(text).findings)).to.deep.equal(expected); });
});

describe('names of files', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['ten characters', 'abcdefghij.yml', []],
    ['nine characters', 'abcdefghi.yml', ['RULE_FILE_NAME']],
    ['seventy', `${'a'.repeat(70)}.yml`, []],
    ['seventy-one', `${'a'.repeat(71)}.yml`, ['RULE_FILE_NAME']],
    ['in a folder', 'rules/access/item_viewed.yml', []],
    ['in a folder of Windows', String.raw`rules\access\item_viewed.yml`, []],
    ['another suffix', 'item_viewed.yaml', ['RULE_FILE_NAME']],
    ['a capital', 'Item_viewed.yml', ['RULE_FILE_NAME']],
    ['a hyphen', 'item-was-viewed.yml', ['RULE_FILE_NAME']],
  ];
  for (const [name, file, codes] of rows) it(name, () => { expect(readRules(ruleText(''), file).findings.map(({ code }) => code)).to.deep.equal(codes); });
  it('a file is named like its rule', () => {
    expect(readRules(ruleText('name: item_was_viewed'), 'item_was_viewed.yml').findings).to.deep.equal([]);
    expect(readRules(ruleText('name: item_was_viewed'), 'item_was_saved.yml').findings.map(({ code }) => code)).to.deep.equal(['RULE_FILE_NAME']);
  });
});

describe('the head of a rule', () => {
  it('everything that it may say', () => {
    const rule = onlyRule([
      'title: A', `id: ${ruleId}`, 'name: some_rule_of_ours', `related: [{id: ${otherId}, type: similar}]`, 'status: stable', 'level: critical', 'description: D', 'license: Apache-2.0', 'author: B',
      "references: ['https://example.com/a']", "date: '2026-01-31'", "modified: '2026-02-28'", 'fields: [user.name]', 'falsepositives: [backups]', 'tags: [attack.t1048.003, tlp.amber]', 'scope: [server]', 'taxonomy: ecs',
      'vb365: {suppress: 4h, suppress_by: [user.name], settle: 30m, scope: provider, risk: 60}', 'ours: {a: [1, null]}', 'logsource: {product: vb365, service: restore, definition: free text, own: 1}', 'detection: {s: {f: x}, condition: s}', ''].join('\n'));
    const { places, ...values } = rule;
    expect(values).to.deep.equal({
      kind: 'detection', title: 'A', id: ruleId, name: 'some_rule_of_ours', related: [{ id: otherId, type: 'similar' }], status: 'stable', level: 'critical', description: 'D', license: 'Apache-2.0', author: 'B',
      references: ['https://example.com/a'], date: '2026-01-31', modified: '2026-02-28', fields: ['user.name'], falsepositives: ['backups'], tags: ['attack.t1048.003', 'tlp.amber'], scope: ['server'],
      vb365: { suppressMs: 14_400_000, suppressBy: ['user.name'], settleMs: 1_800_000, scope: 'provider', risk: 60 }, custom: { ours: { a: [1, null] } }, file: fileName, document: 0, position: { line: 1, column: 1 },
      logsource: { product: 'vb365', service: 'restore', definition: 'free text', custom: { own: 1 } },
      detection: {
        condition: { kind: 'search', name: 's' },
        searches: new Map([['s', { name: 's', position: { line: 21, column: 13 }, expression: { kind: 'item', field: 'f', modifiers: [], values: [{ kind: 'string', tokens: [{ kind: 'text', text: 'x' }], isCased: false, windash: false }], needsAll: false, isNegated: false, position: { line: 21, column: 17 } } }]]),
      },
    });
    expect(places?.get('tags[1]')).to.deep.equal({ line: 15, column: 26 });
    expect(places?.get('vb365.risk')).to.deep.equal({ line: 18, column: 85 });
  });
  it('what it leaves out is absent, lists are empty', () => {
    const { places, detection, logsource, ...values } = onlyDetection('title: A\nlogsource: {product: vb365}\ndetection: {s: {f: x}, condition: s}\n');
    expect([places?.has('title'), detection.searches.size, logsource.product]).to.deep.equal([true, 1, 'vb365']);
    expect(values).to.deep.equal({ kind: 'detection', title: 'A', references: [], related: [], fields: [], falsepositives: [], tags: [], scope: [], vb365: {}, custom: {}, file: fileName, document: 0, position: { line: 1, column: 1 } });
  });
  it('keys named like built-ins are ordinary', () => {
    const { custom } = onlyRule(ruleText('__proto__: {polluted: 1}\nconstructor: x'));
    expect(Object.keys(custom)).to.deep.equal(['__proto__', 'constructor']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
  });

  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['an empty title', "title: ''", ['1:8 RULE_SCHEMA']],
    ['a title of 256', `title: ${'a'.repeat(256)}`, []],
    ['a title of 257', `title: ${'a'.repeat(257)}`, ['1:8 RULE_SCHEMA']],
    ['a title that is a list', 'title: [a]', ['1:8 RULE_SCHEMA']],
    ['a title without a value', 'title:', ['1:1 RULE_SCHEMA']],
    ['a description of 65,535', `description: ${'a'.repeat(65_535)}`, []],
    ['a description of 65,536', `description: ${'a'.repeat(65_536)}`, ['1:14 RULE_SCHEMA']],
    ['an id in upper case', `id: ${ruleId.toUpperCase()}`, ['1:5 RULE_SCHEMA']],
    ['an unknown status', 'status: testing', ['1:9 RULE_SCHEMA']],
    ['a status in upper case', 'status: Test', ['1:9 RULE_SCHEMA']],
    ['a level that is a number', 'level: 3', ['1:8 RULE_SCHEMA']],
    ['a date without quotes', 'date: 2026-01-31', ['1:7 RULE_YAML_AMBIGUOUS']],
    ['a date of the old form', "date: '2026/01/31'", ['1:7 RULE_DATE']],
    ['the 29th of February of an ordinary year', "date: '2026-02-29'", ['1:7 RULE_DATE']],
    ['the 29th of February of a leap year', "date: '2028-02-29'", []],
    ['modified on the same day', "date: '2026-02-02'\nmodified: '2026-02-02'", []],
    ['a related rule without type', `related: [{id: ${otherId}}]`, ['1:11 RULE_SCHEMA']],
    ['a related rule of an unknown type', `related: [{id: ${otherId}, type: similiar}]`, ['1:60 RULE_SCHEMA']],
    ['a related correlation', `related: [{id: ${otherId}, type: correlation}]`, []],
    ['related that is a text', 'related: x', ['1:10 RULE_SCHEMA']],
    ['falsepositives as a text', 'falsepositives: backups', ['1:17 RULE_SCHEMA']],
    ['a false positive of one letter', 'falsepositives: [ab, c]', ['1:22 RULE_SCHEMA']],
    ['None among false positives', 'falsepositives: [None, backups]', []],
    ['a reference twice', "references: ['https://example.com', 'https://example.com']", ['1:37 RULE_REFERENCES']],
    ['an unknown taxonomy', 'taxonomy: windows', ['1:11 RULE_TAXONOMY']],
    ['the taxonomy of Sigma', 'taxonomy: sigma', []],
    ['a key that is nearly one of ours', 'flasepositives: [a]', ['1:1 RULE_KEY_UNKNOWN']],
    ['a key that is nobody\'s', 'remarks: x', []],
    ['a key of two letters', 'it: x', []],
    ['an unknown key of vb365', 'vb365: {colour: red}', ['1:9 RULE_SCHEMA']],
    ['keeps_only in a rule', 'vb365: {keeps_only: true}', ['1:9 RULE_SCHEMA']],
    ['vb365 that is a text', 'vb365: x', ['1:8 RULE_SCHEMA']],
    ['suppress without unit', 'vb365: {suppress: 5}', ['1:19 RULE_TIMESPAN']],
    ['suppress of nothing', 'vb365: {suppress: 0s}', []],
    ['suppress of more than a month', 'vb365: {suppress: 31d}', ['1:19 RULE_TIMESPAN']],
    ['a scope that is none', 'vb365: {scope: tennant}', ['1:16 RULE_SCHEMA']],
    ['risk 0', 'vb365: {risk: 0}', []],
    ['risk 100', 'vb365: {risk: 100}', []],
    ['risk below 0', 'vb365: {risk: -1}', ['1:15 RULE_SCHEMA']],
    ['risk as a text', "vb365: {risk: '5'}", ['1:15 RULE_SCHEMA']],
    ['no log source', 'logsource:', ['1:1 RULE_LOGSOURCE']],
    ['a log source of nothing', 'logsource: {definition: x}', ['1:12 RULE_LOGSOURCE']],
    ['a log source in upper case', 'logsource: {product: Windows}', ['1:22 RULE_LOGSOURCE']],
    ['a log source of another product', 'logsource: {product: windows, category: process_creation}', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(wrongWith(text)).to.deep.equal(expected); });
  it('a log source is mandatory', () => { expect(wrongWith('', ['logsource'])).to.deep.equal(['1:1 RULE_SCHEMA']); });
  it('a title is mandatory', () => { expect(wrongWith('', ['title'])).to.deep.equal(['1:1 RULE_SCHEMA']); });
});

describe('tags', () => {
  const good = ['attack.t1048', 'attack.t1048.003', 'attack.g0001', 'attack.s0001', 'attack.c0028', 'attack.m1001', 'attack.a0001', 'attack.credential-access', 'car.2016-04-005', 'cve.2021-44228', 'd3fend.d3-fcr', 'd3fend.harden', 'detection.dfir', 'detection.threat-hunting', 'stp.3k', 'stp.5', 'tlp.amber-strict', 'vb365.exfiltration', 'ours.anything_1'];
  for (const tag of good) it(tag, () => { expect(wrongWith(`tags: [${tag}]`)).to.deep.equal([]); });
  const bad = ['attack.T1048', 'attack.t104', 'attack.t1048.3', 'attack.credential_access', 'car.2016', 'cve.2021-1', 'cve.44228', 'd3fend.x', 'detection.hunting', 'stp.6', 'tlp.white', 'vb365', '.x', 'vb365.', 'Vb365.x', 'a b.c'];
  for (const tag of bad) it(`refused: ${tag}`, () => { expect(wrongWith(`tags: ['${tag}']`)).to.deep.equal(['1:8 RULE_TAG_FORMAT']); });
  it('data sources are gone', () => { expect(wrongWith('tags: [attack.ds0001]')).to.deep.equal(['1:8 RULE_ATTACK_REVOKED']); });
});

describe('values that YAML 1.1 reads differently', () => {
  for (const value of ['yes', 'No', 'ON', 'off', 'y', 'N', '0o17', '017', '1:30', '2024-01-01', '1_000']) it(value, () => { expect(wrongWith(`author: ${value}`)).to.deep.equal(['1:9 RULE_YAML_AMBIGUOUS']); });
  for (const value of ["'yes'", '"1:30"', 'true', 'null', '17', '0', '0x1f', '1.5', 'yesterday', 'a_b', '10:a']) it(`not ${value}`, () => { expect(wrongWith(`ours: ${value}`)).to.deep.equal([]); });
  it('a key', () => { expect(wrongWith('on: x')).to.deep.equal(['1:1 RULE_YAML_AMBIGUOUS']); });
});

describe('detections', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['no condition', 'detection: {s: {f: x}}', ['1:12 RULE_SCHEMA']],
    ['no identifier', 'detection: {condition: s}', ['1:12 RULE_SCHEMA', '1:24 RULE_IDENTIFIER_UNDEFINED']],
    ['a detection that is a list', 'detection: [a]', ['1:12 RULE_SCHEMA']],
    ['a detection that is empty', 'detection:', ['1:1 RULE_SCHEMA']],
    ['an identifier with a dot', 'detection: {a.b: {f: x}, condition: 1 of them}', ['1:13 RULE_SCHEMA']],
    ['an identifier named of', 'detection: {of: {f: x}, condition: 1 of them}', ['1:13 RULE_CONDITION_SYNTAX']],
    ['an identifier named NOT', 'detection: {NOT: {f: x}, condition: 1 of them}', ['1:13 RULE_CONDITION_SYNTAX']],
    ['a condition that is null', 'detection: {s: {f: x}, condition: }', ['1:24 RULE_SCHEMA']],
    ['a condition that is a map', 'detection: {s: {f: x}, condition: {a: b}}', ['1:35 RULE_SCHEMA']],
    ['an empty list of conditions', 'detection: {s: {f: x}, condition: []}', ['1:35 RULE_CONDITION_LIST', '1:35 RULE_EMPTY_LIST']],
    ['the second of two conditions', 'detection: {s: {f: x}, condition: [s, t]}', ['1:35 RULE_CONDITION_LIST', '1:39 RULE_IDENTIFIER_UNDEFINED']],
    ['a condition over two lines', 'detection:\n  s: {f: x}\n  condition: |\n    s and\n      not t', ['5:11 RULE_IDENTIFIER_UNDEFINED']],
    ['a folded condition', 'detection:\n  s: {f: x}\n  condition: >-\n    s and\n    t', ['5:5 RULE_IDENTIFIER_UNDEFINED']],
    ['a quoted condition', "detection:\n  s: {f: x}\n  condition: 's and t'", ['3:21 RULE_IDENTIFIER_UNDEFINED']],
    ['the end of a block', 'detection:\n  s: {f: x}\n  condition: |\n    s and\n', ['4:10 RULE_CONDITION_SYNTAX']],
    ['an identifier that is null', 'detection: {s: , condition: s}', ['1:13 RULE_EMPTY_SELECTION']],
    ['an empty map inside a list', 'detection: {s: [{f: x}, {}], condition: s}', ['1:25 RULE_EMPTY_SELECTION']],
    ['null among keywords', 'detection: {s: [a, null], condition: s}', ['1:16 RULE_KEYWORD_SEARCH', '1:20 RULE_NULL_IN_LIST']],
    ['a number as identifier of the condition', 'detection: {1: {f: x}, condition: 1}', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(wrongWith(text)).to.deep.equal(expected); });
  it('256 identifiers are read, 257 are not', () => {
    const many = (count: number): string => `detection: {${Array.from({ length: count }, (_, index) => `s${index}: {f: x}`).join(', ')}, condition: 1 of them}`;
    expect(wrongWith(many(256))).to.deep.equal([]);
    expect(readText(ruleText(many(257))).findings.map(({ code }) => code)).to.deep.equal(['RULE_SCHEMA']);
  });
  it('a list of conditions is joined with or', () => {
    expect(onlyDetection(ruleText('detection: {a: {f: x}, b: {f: z}, condition: [a, b]}')).detection.condition).to.deep.equal({ kind: 'or', members: [{ kind: 'search', name: 'a' }, { kind: 'search', name: 'b' }] });
  });
});

describe('values that hardly mean what they say', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['stars in the middle', "{f: 'a*b'}", []],
    ['a star at the end of some values', "{f: ['a*', b]}", []],
    ['a star at the end of all', "{f: ['a*', 'b*']}", ['2:11 RULE_WILDCARD_EDGE']],
    ['stars at both ends', "{f: '*a*'}", ['2:10 RULE_WILDCARD_EDGE']],
    ['an escaped star at the end', String.raw`{f: 'a\*'}`, ['2:10 RULE_BACKSLASH']],
    ['a backslash and a wildcard', String.raw`{f: 'a\\*b'}`, []],
    ['four backslashes of a network path', String.raw`{f: '\\\\srv\x'}`, []],
    ['a wildcard where startswith adds it', "{f|startswith: 'a*'}", ['2:21 RULE_WILDCARD_EDGE']],
    ['a wildcard where startswith adds none', "{f|startswith: '*a'}", []],
    ['an empty contains', "{f|contains: ''}", ['2:19 RULE_EMPTY_VALUE']],
    ['a percent sign inside', "{f: 'C:\\%TEMP%\\a'}", []],
    ['four dashes', "{f|windash: '-a -b -c -d'}", []],
    ['dashes inside words', "{f|windash: 'a-b-c-d-e-f-g'}", []],
    ['an expression between anchors', "{f|re: '^a.c$'}", []],
    ['a plain text as expression', "{f|re: abc}", ['2:13 RULE_REGEX_NEEDLESS']],
    ['a text between dots and stars', "{f|re: '.*abc.*'}", ['2:13 RULE_REGEX_NEEDLESS']],
    ['two bytes in plain Base64', '{f|base64: ab}', ['2:17 RULE_BASE64_SHORT']],
    ['three bytes', '{f|base64offset|contains: abc}', []],
    ['one letter in two bytes and its zero', '{f|wide|base64offset|contains: a}', ['2:37 RULE_BASE64_SHORT']],
  ];
  // The item begins in column 6.
  for (const [name, text, expected] of rows) it(name, () => { expect(wrongWith(`detection:\n  s: ${text}\n  condition: s`)).to.deep.equal(expected); });
});

describe('hostile rules', () => {
  it('256 KiB are read, one byte more is not', () => {
    const text = ruleText('');
    const fill = (bytes: number): string => `${text}#${'x'.repeat(bytes - Buffer.byteLength(text) - 2)}\n`;
    expect(readText(fill(256 * 1024)).findings).to.deep.equal([]);
    expect(placesOf(readText(fill(256 * 1024 + 1)).findings)).to.deep.equal(['1:1 RULE_TOO_BIG']);
  });
  it('problems of one document are listed up to a bound', () => {
    const items = Array.from({ length: 5_000 }, (_, index) => `f${index}|no: x`).join(', ');
    expect(readText(ruleText(`detection: {s: {${items}}, condition: s}`)).findings).to.have.length(100);
  });
  const words = fc.constantFrom('title', 'detection', 'correlation', 'filter', 'logsource', 'condition', 'selection', 'f|re', 'f|contains|all', 'f|base64offset', 'f|cidr', '|all', '__proto__', 'constructor', 'type', 'rules', 'timespan', 'group-by', 'aliases', 'value_count', 'temporal', 'field', 'gte', 'vb365', 'suppress', 'tags', 'id', 'x', '1 of *', 'not x', "'*'", "''", 'null', '.inf', '-5', '[]', '{}', '5m', "'%x%'", "'\\\\'");
  const value = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, words, fc.array(tie('node'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`), fc.array(fc.tuple(words, tie('node')), { maxLength: 5 }).map((pairs) => `{${pairs.map(([key, node]) => `${/^[a-z]/i.test(key) ? `"${key}"` : key}: ${node}`).join(', ')}}`)),
  })).node;
  it('never throw, whatever the text is', () => {
    const section = fc.constantFrom('detection', 'correlation', 'filter', 'vb365', 'logsource', 'tags', 'related');
    const text = fc.oneof(fc.string({ unit: 'binary' }), value, fc.array(fc.tuple(section, value), { maxLength: 4 }).map((pairs) => ruleText(pairs.map(([key, node]) => `${key}: ${node}`).join('\n'))));
    fc.assert(fc.property(text, (content) => {
      const { rules, findings } = readText(content);
      if (rules.length === 0) expect(findings.some(({ severity }) => severity === 'error')).to.equal(true);
      for (const { line, column, message } of findings) expect(line >= 1 && column >= 1 && message !== '').to.equal(true);
      loadableRules(rules, knowledge);
    }), { numRuns: 400 });
  });
});
