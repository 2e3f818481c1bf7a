/** Modifiers, types of values, and what the event holds: expectations from the tables of the specification. Each row is also put to the naive reading. */
import { expect } from 'chai';
import { compileDetection } from '../../src/sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../src/sigma/event-view.ts';
import { bindPlaceholders } from '../../src/sigma/placeholders.ts';
import type { Detection } from '../../src/sigma/rule.ts';
import { naiveDetection } from './naive.ts';
import { readDetectionText } from './written-rule.ts';

/** Name, what stands under `selection`, events that match, events that do not. */
type Row = readonly [string, string, readonly object[], readonly object[]];

function check(detection: Detection, fitting: readonly object[], others: readonly object[], lists: Readonly<Record<string, readonly string[]>> = {}): void {
  const table = createFieldTable();
  const { test } = compileDetection(detection, table);
  const bindings = bindPlaceholders(lists);
  for (const [events, expected] of [[fitting, true], [others, false]] as const) {
    for (const event of events) {
      expect(test(createEventView(event, table), bindings), JSON.stringify(event)).to.equal(expected);
      expect(naiveDetection(detection, event, lists), `naive: ${JSON.stringify(event)}`).to.equal(expected);
    }
  }
}

const selection = (yaml: string): Detection => readDetectionText(`selection:\n    ${yaml.replaceAll('\n', '\n    ')}\ncondition: selection\n`);
const describeRows = (title: string, rows: readonly Row[]): void => {
  describe(title, () => { for (const [name, yaml, fitting, others] of rows) it(name, () => { check(selection(yaml), fitting, others); }); });
};

describeRows('types of rule values and event values', [
  ['text with text: case does not count', 'f: Ann', [{ f: 'ann' }, { f: 'ANN' }], [{ f: 'anna' }, { f: '' }, {}]],
  ['text with number', 'f: "4624"', [{ f: 4624 }, { f: '4624' }], [{ f: 46240 }, { f: '04624' }]],
  ['text with the shortest form of a number', 'f: "1e+21"', [{ f: 1e21 }, { f: '1E+21' }], [{ f: '1000000000000000000000' }]],
  ['text with truth value', 'f: "True"', [{ f: true }, { f: 'TRUE' }], [{ f: false }, { f: 1 }]],
  ['text with null or object', 'f: "*"', [{ f: '' }, { f: 0 }, { f: false }], [{ f: null }, { f: {} }, { f: [] }, {}]],
  ['number with text', 'f: 4624', [{ f: '4624' }, { f: 4624 }], [{ f: '4624.0' }, { f: ' 4624' }, { f: true }]],
  ['number with number: as numbers', 'f: 1.0', [{ f: 1 }, { f: '1' }], [{ f: '1.0' }, { f: 1.5 }]],
  ['number with truth value, null, object', 'f: 1', [], [{ f: true }, { f: null }, { f: {} }]],
  ['zero', 'f: 0', [{ f: 0 }, { f: '0' }, { f: -0 }], [{ f: '' }, { f: false }, { f: '-0' }, {}]],
  ['truth value with truth value', 'f: true', [{ f: true }], [{ f: false }]],
  ['truth value with text', 'f: false', [{ f: 'False' }, { f: 'FALSE' }], [{ f: 'no' }, { f: '0' }, { f: '' }]],
  ['truth value with number, null', 'f: true', [], [{ f: 1 }, { f: null }, {}]],
  ['null', 'f: null', [{}, { f: null }, { f: [null, null] }, { f: [] }], [{ f: '' }, { f: 0 }, { f: [null, 'a'] }, { f: {} }]],
  ['empty text', "f: ''", [{ f: '' }, { f: ['a', ''] }], [{ f: ' ' }, { f: null }, { f: [] }, {}]],
  ['folding of other scripts', 'f: ΟΔΟΣ', [{ f: 'οδος' }, { f: 'οδοσ' }], [{ f: 'οδο' }]],
  ['rule values are NFC', 'f: "e\\u0301"', [{ f: '\u00e9' }, { f: '\u00c9' }], [{ f: 'e' }]],
]);

describeRows('arrays', [
  ['any element', 'f: b', [{ f: ['a', 'b'] }, { f: [['a'], ['B']] }], [{ f: ['a', 'c'] }, { f: [] }]],
  ['elements of several types', 'f: 2', [{ f: ['x', 2] }, { f: [null, '2'] }], [{ f: [true, {}] }]],
  ['several values: one suffices', 'f: [a, b]', [{ f: 'a' }, { f: 'B' }, { f: ['x', 'b'] }], [{ f: 'c' }, { f: 'ab' }]],
  ['all: different elements may satisfy different values', 'f|contains|all: [a, b]', [{ f: ['xa', 'bx'] }, { f: 'ab' }], [{ f: ['a', 'c'] }, {}]],
  ['neq: no element', 'f|neq: a', [{ f: ['b', 'c'] }, { f: [] }, {}], [{ f: ['a', 'b'] }, { f: 'A' }]],
  ['values of objects in an array', 'f.g: 1', [{ f: [{ g: 1 }, { g: 2 }] }], [{ f: [{ h: 1 }] }]],
]);

describeRows('modifiers of texts', [
  ['contains', 'f|contains: bc', [{ f: 'aBCd' }, { f: 'bc' }, { f: ['x', 'abc'] }, { f: 'bc1' }], [{ f: 'b c' }, { f: '' }, {}, { f: null }]],
  ['contains with a number of the event', 'f|contains: "62"', [{ f: 4624 }], [{ f: 4264 }]],
  ['startswith', 'f|startswith: ab', [{ f: 'ABc' }, { f: 'ab' }], [{ f: 'xab' }, {}]],
  ['endswith', 'f|endswith: [.zip, .7z]', [{ f: 'a.ZIP' }, { f: '.7z' }], [{ f: 'a.zip.txt' }, {}]],
  ['wildcards inside', 'f|contains: a?c*e', [{ f: 'xabcdex' }, { f: 'abce' }], [{ f: 'ace' }, { f: 'xac-e' }]],
  ['cased', 'f|cased: Ann', [{ f: 'Ann' }, { f: ['ann', 'Ann'] }], [{ f: 'ann' }, { f: 'ANN' }, {}]],
  ['contains, cased', 'f|contains|cased: Nn', [{ f: 'aNn' }], [{ f: 'ann' }, { f: 'aNN' }]],
  ['cased and folded values of one field', 'f|cased: [A, b]', [{ f: 'A' }, { f: 'b' }], [{ f: 'a' }, { f: 'B' }]],
  ['windash', 'f|windash|contains: " -enc"', [{ f: 'p.exe -Enc x' }, { f: 'p.exe /enc' }, { f: 'p.exe ―enc' }], [{ f: 'p.exe enc' }, { f: 'p.exe-enc' }, {}]],
  ['windash at the start', 'f|windash: -x', [{ f: '/X' }, { f: '–x' }], [{ f: 'x' }, { f: '\\x' }]],
  ['base64: case counts', 'f|base64: foo', [{ f: 'Zm9v' }], [{ f: 'zm9v' }, { f: 'Zm9vZm9v' }]],
  ['base64offset, contains', 'f|base64offset|contains: foo', [{ f: 'xxZm9v' }, { f: 'Zvb' }, { f: 'a mb2 b' }], [{ f: 'zm9v' }, { f: 'foo' }, {}]],
  ['base64offset of two values, all', 'f|base64offset|contains|all: [foo, bar]', [{ f: 'Zm9vYmFy' }, { f: ['Zvb', 'mFy..hcg..YmFy'] }], [{ f: 'Zm9v' }, { f: 'YmFy' }]],
  ['utf16le in base64', 'f|utf16le|base64|contains: foo', [{ f: 'ZgBvAG8A' }], [{ f: 'ZgBvAG8a' }]],
  ['neq', 'f|neq: ann', [{ f: 'bob' }, {}, { f: null }], [{ f: 'ANN' }]],
  ['neq with a list: none of them', 'f|neq: [a, b]', [{ f: 'c' }, {}], [{ f: 'a' }, { f: 'b' }]],
  ['neq with all: not all of them', 'f|contains|neq|all: [a, b]', [{ f: 'a' }, { f: 'b' }, {}], [{ f: 'ab' }]],
  ['neq of null', 'f|neq: null', [{ f: 'a' }, { f: '' }, { f: [null, 1] }], [{}, { f: null }, { f: [] }]],
  ['a list longer than one and a wildcard', 'f: [a, b, c*]', [{ f: 'A' }, { f: 'b' }, { f: 'Cde' }], [{ f: 'bc' }]],
]);

describeRows('exists', [
  ['true', 'f|exists: true', [{ f: 'a' }, { f: '' }, { f: null }, { f: [] }, { f: {} }], [{}, { g: 'f' }]],
  ['false', 'f|exists: false', [{}, { g: 1 }], [{ f: null }, { f: [] }, { f: '' }]],
  ['of a path', 'f.g|exists: true', [{ f: { g: null } }, { 'f.g': 1 }, { f: [{}, { g: 1 }] }], [{ f: {} }, { f: 'g' }]],
  ['of an inherited name', 'constructor|exists: true', [{ constructor: 1 }], [{}]],
]);

describeRows('numbers', [
  ['lt', 'f|lt: 10', [{ f: 9.99 }, { f: '9' }, { f: '-1e3' }, { f: [20, 5] }], [{ f: 10 }, { f: '10' }, { f: 'x' }, { f: '' }, {}]],
  ['lte', 'f|lte: 10', [{ f: 10 }, { f: '10.0' }, { f: '+1.0E1' }], [{ f: 10.01 }]],
  ['gt', 'f|gt: 10', [{ f: 11 }, { f: '1e2' }], [{ f: 10 }, { f: true }, { f: null }, { f: {} }]],
  ['gte', 'f|gte: 10', [{ f: 10 }, { f: '010' }], [{ f: '9.999' }]],
  ['texts that are no numbers', 'f|gte: 0', [{ f: '0' }], [{ f: '0x10' }, { f: ' 1' }, { f: '1 ' }, { f: '1.' }, { f: '.5' }, { f: '1e' }, { f: 'Infinity' }, { f: '1_000' }, { f: '1,000' }, { f: '٣' }]],
  ['neq', 'f|gte|neq: 10', [{ f: 9 }, {}, { f: 'x' }], [{ f: 10 }, { f: [1, 11] }]],
]);

describeRows('addresses', [
  ['cidr', 'source.ip|cidr: 10.0.0.0/8', [{ 'source.ip': '10.1.2.3' }, { source: { ip: ['x', '10.0.0.1'] } }, { 'source.ip': '::ffff:10.1.2.3' }], [{ 'source.ip': '11.0.0.1' }, { 'source.ip': '10.1.2.3:80' }, { 'source.ip': 10 }, {}]],
  ['several networks', 'f|cidr: [192.0.2.0/24, "2001:db8::/32"]', [{ f: '192.0.2.9' }, { f: '2001:db8::9' }], [{ f: '192.0.3.0' }]],
  ['neq', 'f|cidr|neq: 10.0.0.0/8', [{ f: '11.0.0.1' }, {}, { f: 'host' }], [{ f: '10.0.0.1' }]],
  ['all: different elements', 'f|cidr|all: [10.0.0.0/8, 192.0.2.0/24]', [{ f: ['10.0.0.1', '192.0.2.1'] }], [{ f: '10.0.0.1' }]],
  ['an address alone', 'f|cidr: 192.0.2.7', [{ f: '192.0.2.7' }], [{ f: '192.0.2.8' }]],
]);

describeRows('times', [
  ['hour in UTC', 'f|hour: 22', [{ f: '2026-03-01T00:30:00+02:00' }, { f: '2026-03-01T22:59:59.999Z' }], [{ f: '2026-03-01T22:30:00' }, { f: 'x' }, {}]],
  ['week, several', 'f|week: [1, 53]', [{ f: '2021-01-01T00:00:00Z' }, { f: 1_767_225_600_000 }, { f: '2021-01-04T00:00:00+09:00' }], [{ f: '2021-01-12T00:00:00Z' }]],
  ['neq', 'f|month|neq: 3', [{ f: '2026-04-01T00:00:00Z' }, {}], [{ f: '2026-03-01T00:00:00Z' }]],
]);

describeRows('another field of the event', [
  ['fieldref', 'a|fieldref: b', [{ a: 'Ann', b: 'aNN' }, { a: 1, b: '1' }, { a: true, b: 'True' }, { a: ['x', 'y'], b: ['z', 'Y'] }], [{ a: 'ann', b: 'bob' }, { a: 'ann' }, { b: 'ann' }, {}, { a: '', b: '' }, { a: null, b: null }]],
  ['startswith', 'a|fieldref|startswith: b', [{ a: 'Annabel', b: 'ANN' }], [{ a: 'ann', b: 'annabel' }, { a: 'ann', b: '' }]],
  ['endswith', 'a|fieldref|endswith: b', [{ a: 'x@USDEMO', b: '@usdemo' }], [{ a: '@usdemo.x', b: '@usdemo' }]],
  ['contains', 'a|fieldref|contains: b', [{ a: 'xANNx', b: 'ann' }, { a: ['q', 'xbx'], b: ['nn', 'b'] }], [{ a: 'ann', b: 'xannx' }]],
  ['cased', 'a|fieldref|cased: b', [{ a: 'Ann', b: 'Ann' }], [{ a: 'Ann', b: 'ann' }]],
  ['neq', 'a|fieldref|neq: b', [{ a: 'ann', b: 'bob' }, { a: 'ann' }, { b: 'x' }, {}], [{ a: 'ann', b: 'ANN' }]],
]);

describeRows('expressions', [
  ['searched anywhere, case counts', 'f|re: b+c', [{ f: 'abbcd' }, { f: ['x', 'bc'] }], [{ f: 'BC' }, { f: 'b' }, {}]],
  ['with flags', 'f|re|i: ^ab$', [{ f: 'AB' }], [{ f: 'xab' }]],
  ['against numbers and truth values as text', 'f|re: "^(42|true)$"', [{ f: 42 }, { f: true }], [{ f: 43 }, { f: null }, { f: {} }]],
  ['all', 'f|re|all: [a, b]', [{ f: 'ab' }, { f: ['a', 'b'] }], [{ f: 'a' }]],
  ['neq', 'f|re|neq: a', [{ f: 'b' }, {}], [{ f: 'xa' }]],
]);

describeRows('keywords', [
  ['in any text or number, inside it', '[EXPORT, "462"]', [{ a: { b: ['x', 'an export.'] } }, { a: 4624 }, { a: 'Export' }], [{ export: 'x' }, { a: ['ex', 'port'] }, {}]],
  ['truth values and null are skipped', '[true, null-value]', [{ a: 'it is true' }], [{ a: true }, { a: null }]],
  ['numbers', '[42]', [{ a: 'x42x' }, { a: 1421 }], [{ a: 4.2 }]],
  ['wildcards', '["a*c?e"]', [{ a: 'xabcdex' }, { a: 'acde' }], [{ a: ['abc', 'de'] }, { a: 'ace' }]],
  ['one scalar', 'word', [{ a: 'a Word.' }], [{ a: 'wor d' }]],
  ['all: each anywhere', "'|all': [one, two]", [{ a: 'one', b: ['two'] }, { a: 'twone two' }], [{ a: 'one' }]],
  ['re', "'|re': '^o.e$'", [{ a: 'x', b: 'one' }], [{ a: 'x one' }, { a: 'ONE' }]],
  ['cased', "'|cased': One", [{ a: 'xOnex' }], [{ a: 'one' }]],
]);

describeRows('maps and lists', [
  ['items of a map: all', 'a: x\nb: y', [{ a: 'x', b: 'y' }], [{ a: 'x' }, { b: 'y' }, {}]],
  ['maps of a list: one', '- a: x\n- b: y\n  c: z', [{ a: 'x' }, { b: 'y', c: 'z' }], [{ b: 'y' }, { c: 'z' }]],
  ['scalars beside maps', '- word\n- a: x', [{ z: 'the word' }, { a: 'x' }], [{ a: 'y' }]],
  ['one field twice, under different modifiers', 'a|startswith: x\na|endswith: y', [{ a: 'x-y' }, { a: ['xa', 'by'] }], [{ a: 'xz' }]],
]);

describe('conditions', () => {
  const searches = 'a: {a: 1}\nb: {b: 1}\nc: {c: 1}\n_hidden: {h: 1}\n';
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a', ['a', 'ab'], ['', 'b']],
    ['a and b', ['ab', 'abc'], ['a', 'b', 'c']],
    ['a or b', ['a', 'b', 'ab'], ['', 'c']],
    ['not a', ['', 'b'], ['a', 'ab']],
    ['not not a', ['a'], ['']],
    ['a or b and c', ['a', 'bc', 'ab'], ['b', 'c']],
    ['(a or b) and c', ['ac', 'bc'], ['a', 'ab', 'c']],
    ['not a and b', ['b', 'bc'], ['a', 'ab', '']],
    ['not (a and b)', ['', 'a', 'b'], ['ab']],
    ['a and not b and not c', ['a'], ['ab', 'ac', 'abc', '']],
    ['1 of them', ['a', 'b', 'c'], ['', 'h']],
    ['all of them', ['abc', 'abch'], ['ab', 'ach']],
    ['any of _*', ['h'], ['a', 'abc']],
    ['not 1 of them', ['', 'h'], ['a', 'bc']],
    ['not all of them', ['', 'ab'], ['abc']],
  ];
  for (const [condition, fitting, others] of rows) {
    it(condition, () => {
      const eventOf = (letters: string): object => Object.fromEntries([...letters].map((letter) => [letter, 1]));
      check(readDetectionText(`${searches}condition: ${condition}\n`), fitting.map(eventOf), others.map(eventOf));
    });
  }
});

describe('placeholders', () => {
  const lists = { who: ['leo', 'A*', 'lit\\*eral', 'é'], hosts: ['srv-1', 'srv-2'], none: [], star: ['*'], flags: ['-enc'] };
  const rows: readonly Row[] = [
    ['one of the list, folded', 'f|expand: "%who%"', [{ f: 'LEO' }, { f: 'ann' }, { f: 'lit*eral' }, { f: 'É' }], [{ f: 'leon' }, { f: 'literal' }, { f: 'bob' }, {}]],
    ['inside a text', 'f|expand: "%hosts%.example.com"', [{ f: 'SRV-1.example.com' }], [{ f: 'srv-1' }, { f: 'srv-3.example.com' }]],
    ['contains', 'f|expand|contains: "%hosts%"', [{ f: 'x srv-2 y' }], [{ f: 'srv-' }]],
    ['two of them', 'f|expand: "%hosts%/%who%"', [{ f: 'srv-1/leo' }, { f: 'srv-2/abc' }], [{ f: 'srv-1/bob' }, { f: 'leo/srv-1' }]],
    ['the same twice: each any of the list', 'f|expand: "%hosts%=%hosts%"', [{ f: 'srv-1=srv-2' }, { f: 'srv-1=srv-1' }], [{ f: 'srv-1=' }]],
    ['cased', 'f|expand|cased: "%who%"', [{ f: 'leo' }, { f: 'Abc' }], [{ f: 'Leo' }, { f: 'abc' }]],
    ['beside an ordinary value', 'f|expand: ["%hosts%", x]', [{ f: 'x' }, { f: 'srv-1' }], [{ f: 'y' }]],
    ['an empty list matches nothing', 'f|expand: "%none%"', [], [{ f: '' }, { f: '%none%' }, {}]],
    ['an empty list beside another value', 'f|expand: ["%none%", x]', [{ f: 'x' }], [{ f: '' }]],
    ['an empty list under neq', 'f|expand|neq: "%none%"', [{ f: 'x' }, {}], []],
    ['an entry that is a star', 'f|expand: "%star%"', [{ f: '' }, { f: 'x' }], [{}]],
    ['windash reaches into entries', 'f|expand|windash|contains: "%flags%"', [{ f: 'x /enc' }, { f: '-ENC' }], [{ f: 'enc' }]],
    ['windash with whole entries', 'f|expand|windash: "%flags%"', [{ f: '/enc' }, { f: '-ENC' }], [{ f: 'enc' }, { f: 'x -enc' }]],
    ['all', 'f|expand|contains|all: ["%hosts%", "%who%"]', [{ f: 'leo on srv-1' }], [{ f: 'srv-1 x' }, { f: 'leo' }]],
    ['in an expression, as it stands', 'f|re|expand: "^(%who%)@"', [{ f: 'leo@x' }, { f: 'A*@x' }], [{ f: 'ann@x' }, { f: 'LEO@x' }]],
    ['a percent sign that is meant', 'f|expand: "\\\\%who%"', [{ f: '%who%' }], [{ f: 'leo' }]],
    ['without expand nothing is expanded', 'f: "%who%"', [{ f: '%WHO%' }], [{ f: 'leo' }]],
    ['as keywords', "'|expand': '%hosts%'", [{ a: { b: 'on srv-1.' } }], [{ a: 'srv' }]],
  ];
  for (const [name, yaml, fitting, others] of rows) it(name, () => { check(selection(yaml), fitting, others, lists); });
});
