import { expect } from 'chai';
import type { DetectionItem, ItemValue, SearchExpression, Token } from '../../src/sigma/rule.ts';
import { ruleText, readText, searchOf } from './rule-text.ts';

const text = (content: string): Token => ({ kind: 'text', text: content });
const any: Token = { kind: 'any' };
const str = (...tokens: Token[]): ItemValue => ({ kind: 'string', tokens, isCased: false, windash: false });
const cased = (...tokens: Token[]): ItemValue => ({ kind: 'string', tokens, isCased: true, windash: false });
const num = (value: number): ItemValue => ({ kind: 'number', value });
/** without places and modifiers, which rows of their own are about */
const core = (expression: SearchExpression): unknown => {
  if (expression.kind !== 'item') return { [expression.kind]: expression.members.map(core) };
  const { field, values, needsAll, isNegated } = expression;
  return { ...field === undefined ? {} : { field }, values, ...needsAll ? { needsAll } : {}, ...isNegated ? { isNegated } : {} };
};
const f = (...values: ItemValue[]): unknown => ({ field: 'f', values });

describe('values of fields', () => {
  const rows: readonly (readonly [string, string, unknown])[] = [
    ['a text', '{f: abc}', f(str(text('abc')))],
    ['a quoted number is a text', "{f: '4624'}", f(str(text('4624')))],
    ['a number', '{f: 4624}', f(num(4624))],
    ['1.0 is the number 1', '{f: 1.0}', f(num(1))],
    ['a negative number', '{f: -3}', f(num(-3))],
    ['minus zero is zero', '{f: -0}', f(num(0))],
    ['an integer of more than 53 bits is compared as it is written', '{f: 12345678901234567890}', f(str(text('12345678901234567890')))],
    ['true', '{f: true}', f({ kind: 'boolean', value: true })],
    ['yes is a text', '{f: yes}', f(str(text('yes')))],
    ['null', '{f: null}', f({ kind: 'null' })],
    ['nothing is null', '{f: }', f({ kind: 'null' })],
    ['null in a list of its own', '{f: [null]}', f({ kind: 'null' })],
    ['the empty text', "{f: ''}", f(str())],
    ['a list', '{f: [a, 1]}', f(str(text('a')), num(1))],
    ['a wildcard', "{f: 'a*'}", f(str(text('a'), any))],
    ['a field name with blanks is used as written', "{' f g ': a}", { field: ' f g ', values: [str(text('a'))] }],
    ['a field named like a built-in', '{__proto__: a}', { field: '__proto__', values: [str(text('a'))] }],
    ['two fields', '{f: a, g: b}', { and: [f(str(text('a'))), { field: 'g', values: [str(text('b'))] }] }],
    ['a list of maps', '[{f: a}, {f: b, g: 1}]', { or: [f(str(text('a'))), { and: [f(str(text('b'))), { field: 'g', values: [num(1)] }] }] }],
    ['keywords', '[a, 1, true]', { values: [str(text('a')), str(text('1')), str(text('true'))] }],
    ['one keyword', 'a', { values: [str(text('a'))] }],
    ['keywords that are all needed', "{'|all': [a, b]}", { values: [str(text('a')), str(text('b'))], needsAll: true }],
    ['a list of everything', '[a, {f: b}, [c]]', { or: [{ values: [str(text('a'))] }, f(str(text('b'))), { values: [str(text('c'))] }] }],
  ];
  for (const [name, written, expected] of rows) it(name, () => { expect(core(searchOf(written))).to.deep.equal(expected); });
});

describe('modifiers', () => {
  const rows: readonly (readonly [string, string, unknown])[] = [
    ['contains', '{f|contains: a}', f(str(any, text('a'), any))],
    ['startswith', '{f|startswith: a}', f(str(text('a'), any))],
    ['endswith', '{f|endswith: a}', f(str(any, text('a')))],
    ['a wildcard at the edge is merged', "{f|contains: 'a*'}", f(str(any, text('a'), any))],
    ['contains of a number takes it as written', '{f|contains: 1.0}', f(str(any, text('1.0'), any))],
    ['all', '{f|contains|all: [a, b]}', { field: 'f', values: [str(any, text('a'), any), str(any, text('b'), any)], needsAll: true }],
    ['cased', '{f|cased: A}', f(cased(text('A')))],
    ['contains and cased', '{f|contains|cased: A}', f(cased(any, text('A'), any))],
    ['exists', '{f|exists: true}', f({ kind: 'exists', expected: true })],
    ['exists not', '{f|exists: false}', f({ kind: 'exists', expected: false })],
    ['neq', '{f|neq: a}', { field: 'f', values: [str(text('a'))], isNegated: true }],
    ['neq of null', '{f|neq: null}', { field: 'f', values: [{ kind: 'null' }], isNegated: true }],
    ['neq of a list turns the whole item round', '{f|neq: [a, b]}', { field: 'f', values: [str(text('a')), str(text('b'))], isNegated: true }],
    ['neq with all', '{f|contains|neq|all: [a, b]}', { field: 'f', values: [str(any, text('a'), any), str(any, text('b'), any)], needsAll: true, isNegated: true }],
    ['windash', "{f|windash|contains: ' -x'}", f({ kind: 'string', tokens: [any, text(' -x'), any], isCased: false, windash: true })],
    ['base64', '{f|base64: foo}', f(cased(text('Zm9v')))],
    ['base64offset', '{f|base64offset|contains: foo}', f(cased(any, text('Zm9v'), any), cased(any, text('Zvb'), any), cased(any, text('mb2'), any))],
    ['base64offset with all: every text at one of its offsets', '{f|base64offset|contains|all: [foo, é]}', { and: [
      f(cased(any, text('Zm9v'), any), cased(any, text('Zvb'), any), cased(any, text('mb2'), any)), f(cased(any, text('w6'), any), cased(any, text('Op'), any), cased(any, text('Dq'), any)),
    ] }],
    ['and turned round', '{f|base64offset|contains|neq|all: [foo, é]}', { or: [
      { field: 'f', values: [cased(any, text('Zm9v'), any), cased(any, text('Zvb'), any), cased(any, text('mb2'), any)], isNegated: true },
      { field: 'f', values: [cased(any, text('w6'), any), cased(any, text('Op'), any), cased(any, text('Dq'), any)], isNegated: true },
    ] }],
    ['wide', '{f|wide|base64: foo}', f(cased(text('ZgBvAG8A')))],
    ['utf16be', '{f|utf16be|base64: foo}', f(cased(text('AGYAbwBv')))],
    ['utf16', '{f|utf16|base64: foo}', f(cased(text('//5mAG8AbwA=')))],
    ['an escaped star in Base64 is the character', String.raw`{f|base64: 'fo\*'}`, f(cased(text('Zm8q')))],
    ['lt', '{f|lt: 5}', f({ kind: 'compare', operator: 'lt', value: 5 })],
    ['lte', '{f|lte: 5.5}', f({ kind: 'compare', operator: 'lte', value: 5.5 })],
    ['gt', '{f|gt: -5}', f({ kind: 'compare', operator: 'gt', value: -5 })],
    ['gte and neq', '{f|gte|neq: 5}', { field: 'f', values: [{ kind: 'compare', operator: 'gte', value: 5 }], isNegated: true }],
    ['cidr', '{f|cidr: [192.0.2.0/24, 2001:db8::1]}', f({ kind: 'cidr', network: '192.0.2.0', prefixLength: 24 }, { kind: 'cidr', network: '2001:db8::1', prefixLength: 128 })],
    ['minute', '{f|minute: 0}', f({ kind: 'time-part', part: 'minute', value: 0 })],
    ['hour of a list', '{f|hour: [22, 23]}', f({ kind: 'time-part', part: 'hour', value: 22 }, { kind: 'time-part', part: 'hour', value: 23 })],
    ['day', '{f|day: 31}', f({ kind: 'time-part', part: 'day', value: 31 })],
    ['week', '{f|week: 53}', f({ kind: 'time-part', part: 'week', value: 53 })],
    ['month and neq', '{f|month|neq: 12}', { field: 'f', values: [{ kind: 'time-part', part: 'month', value: 12 }], isNegated: true }],
    ['year', '{f|year: 2026}', f({ kind: 'time-part', part: 'year', value: 2026 })],
    ['fieldref', '{f|fieldref: g.h}', f({ kind: 'fieldref', field: 'g.h', place: 'whole', isCased: false })],
    ['fieldref and startswith', '{f|fieldref|startswith: g}', f({ kind: 'fieldref', field: 'g', place: 'start', isCased: false })],
    ['fieldref and endswith', '{f|fieldref|endswith: g}', f({ kind: 'fieldref', field: 'g', place: 'end', isCased: false })],
    ['fieldref, contains, cased, neq', '{f|fieldref|contains|cased|neq: g}', { field: 'f', values: [{ kind: 'fieldref', field: 'g', place: 'anywhere', isCased: true }], isNegated: true }],
    ['expand', "{f|expand: '%x%'}", f(str({ kind: 'placeholder', name: 'x' }))],
    ['contains and expand', "{f|contains|expand: '%x%'}", f(str(any, { kind: 'placeholder', name: 'x' }, any))],
    ['re', '{f|re: a}', f({ kind: 'regex', expression: { source: 'a', flags: { ignoreCase: false, multiline: false, dotAll: false }, tree: { kind: 'literal', text: 'a' } } })],
    ['re with flags and their long names', '{f|re|i|multiline|dotall: a}', f({ kind: 'regex', expression: { source: 'a', flags: { ignoreCase: true, multiline: true, dotAll: true }, tree: { kind: 'literal', text: 'a' } } })],
    ['re of a number takes it as written', '{f|re: 10}', f({ kind: 'regex', expression: { source: '10', flags: { ignoreCase: false, multiline: false, dotAll: false }, tree: { kind: 'literal', text: '10' } } })],
    ['re and expand', "{f|re|expand: '%x%'}", f({ kind: 'regex', expression: { source: '%x%', flags: { ignoreCase: false, multiline: false, dotAll: false }, tree: { kind: 'placeholder', name: 'x' } } })],
    ['re of keywords', "{'|re': a}", { values: [{ kind: 'regex', expression: { source: 'a', flags: { ignoreCase: false, multiline: false, dotAll: false }, tree: { kind: 'literal', text: 'a' } } }] }],
    ['cased keywords', "{'|cased': [A]}", { values: [cased(text('A'))] }],
  ];
  for (const [name, written, expected] of rows) it(name, () => { expect(core(searchOf(written))).to.deep.equal(expected); });

  it('modifiers are kept as written, and the place is that of the key', () => {
    const item = searchOf("{f|re|ignorecase: '^a'}") as DetectionItem;
    expect(item.modifiers).to.deep.equal(['re', 'ignorecase']);
    expect(item.position).to.deep.equal({ line: 2, column: 7 });
  });
});

describe('items that are refused', () => {
  const combination = 'RULE_MODIFIER_COMBINATION';
  const value = 'RULE_MODIFIER_VALUE';
  /** § stands before the place of the finding */
  const rows: readonly (readonly [string, string, string])[] = [
    ['an unknown modifier', '{f|§contain: a}', 'RULE_MODIFIER_UNKNOWN'],
    ['an empty modifier', "{'f|§': a}", 'RULE_MODIFIER_UNKNOWN'],
    ['an unknown one behind a quote', "{'f|§x': a}", 'RULE_MODIFIER_UNKNOWN'],
    ['a modifier in another case', '{f|§Contains: a}', 'RULE_MODIFIER_UNKNOWN'],
    ['startswith and endswith', '{f|startswith|§endswith: a}', combination],
    ['a modifier twice', '{f|contains|§contains: a}', combination],
    ['an alias and its name', '{f|re|i|§ignorecase: a}', combination],
    ['re that is not the first', '{f|cased|§re: a}', combination],
    ['re and contains', '{f|re|§contains: a}', combination],
    ['re and windash', '{f|re|§windash: a}', combination],
    ['a flag without re', '{f|§i: a}', combination],
    ['exists and anything', '{f|exists|§neq: true}', combination],
    ['cidr that is not the first', '{f|neq|§cidr: 192.0.2.0/24}', combination],
    ['cidr and contains', '{f|cidr|§contains: 192.0.2.0/24}', combination],
    ['two comparisons', '{f|gt|§lt: 3}', combination],
    ['a comparison and all', '{f|gt|§all: [3, 4]}', combination],
    ['a part of a time and contains', '{f|hour|§contains: 3}', combination],
    ['two parts of a time', '{f|hour|§minute: 3}', combination],
    ['fieldref that is not the first', '{f|contains|§fieldref: g}', combination],
    ['fieldref and contains and startswith', '{f|fieldref|§contains|startswith: g}', combination],
    ['fieldref and all', '{f|fieldref|§all: [g, h]}', combination],
    ['utf16 without Base64', '{f|§wide|contains: a}', combination],
    ['utf16 behind Base64', '{f|base64|§wide: abc}', combination],
    ['contains before Base64', '{f|§contains|base64: abc}', combination],
    ['two encodings', '{f|wide|§utf16be|base64: abc}', combination],
    ['two kinds of Base64', '{f|base64|§base64offset: abc}', combination],
    ['Base64 and cased', '{f|base64|§cased: abc}', combination],
    ['Base64 and windash', '{f|§windash|base64: abc}', combination],
    ['exists of keywords', "{§'|exists': true}", combination],
    ['a comparison of keywords', "{§'|gt': 3}", combination],
    ['all of one value', '{§f|contains|all: [a]}', 'RULE_ALL_SINGLE'],
    ['all of a bare value', '{§f|contains|all: a}', 'RULE_ALL_SINGLE'],
    ['exists of a text', '{f|exists: §a}', value],
    ['exists of a list', '{§f|exists: [true, false]}', value],
    ['contains of null', '{f|contains: §null}', value],
    ['contains of true', '{f|contains: §true}', value],
    ['a wildcard in Base64', "{f|base64: §'ab*'}", value],
    ['a wildcard in the name of a field', "{f|fieldref: §'g*'}", value],
    ['an empty name of a field', "{f|fieldref: §''}", value],
    ['a comparison with a text', '{f|gt: §abc}', value],
    ['a comparison with a quoted text', "{f|gt: §'abc'}", value],
    ['a quoted number', "{f|gt: §'3'}", 'RULE_NUMBER_QUOTED'],
    ['a quoted hour', "{f|hour: §'3'}", 'RULE_NUMBER_QUOTED'],
    ['a number that is none', '{f: §.nan}', value],
    ['infinity', '{f|lt: §.inf}', value],
    ['hour 24', '{f|hour: §24}', 'RULE_TIME_RANGE'],
    ['half an hour', '{f|hour: §1.5}', 'RULE_TIME_RANGE'],
    ['minute 60', '{f|minute: §60}', 'RULE_TIME_RANGE'],
    ['day 0', '{f|day: §0}', 'RULE_TIME_RANGE'],
    ['week 54', '{f|week: §54}', 'RULE_TIME_RANGE'],
    ['month 13', '{f|month: §13}', 'RULE_TIME_RANGE'],
    ['year 10000', '{f|year: §10000}', 'RULE_TIME_RANGE'],
    ['a network with host bits', '{f|cidr: §192.0.2.1/24}', 'RULE_CIDR'],
    ['a network that is a number', '{f|cidr: §10}', 'RULE_CIDR'],
    ['null in a list', '{f: [a, §null]}', 'RULE_NULL_IN_LIST'],
    ['an empty list', '{f: §[]}', 'RULE_EMPTY_LIST'],
    ['a map as a value', '{f: §{a: b}}', 'RULE_SCHEMA'],
    ['a list inside a list', '{f: [a, §[b]]}', 'RULE_SCHEMA'],
    ['an empty map', '§{}', 'RULE_EMPTY_SELECTION'],
    ['an empty list of everything', '§[]', 'RULE_EMPTY_SELECTION'],
    ['one byte in Base64', '{f|base64offset|contains: §a}', 'RULE_BASE64_EMPTY'],
    ['nothing in Base64', "{f|base64: §''}", 'RULE_BASE64_EMPTY'],
    ['a wrong expression', "{f|re: 'a§(b'}", 'RULE_REGEX_SYNTAX'],
    ['an expression outside the language', "{f|re: 'a§(?=b)'}", 'RULE_REGEX_UNSUPPORTED'],
  ];
  for (const [name, marked, code] of rows) {
    it(name, () => {
      const { rules, findings } = readText(ruleText(`detection:\n  s: ${marked.replace('§', '')}\n  condition: s`));
      expect(rules).to.deep.equal([]);
      expect(findings.filter(({ severity }) => severity === 'error').map((finding) => `${finding.line}:${finding.column} ${finding.code}`)).to.deep.equal([`2:${6 + marked.indexOf('§')} ${code}`]);
    });
  }
});
