import { expect } from 'chai';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { fieldTypes, type FieldType } from '../../src/parse/field-types.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import type { Matcher } from '../../src/parse/matched.ts';
import { readTemplate, templateFields, type FieldPart, type Template } from '../../src/parse/template.ts';
import { createNaiveMatcher, type NaiveMatch } from './naive-matcher.ts';

const builtIn = builtInCatalogues().flatMap(({ templates }) => templates);
const samples = new URL('../samples/', import.meta.url);

/** The message stands inside a block, as it does in a file: nothing before or behind it may count. */
function match(matcher: Matcher, message: string): NaiveMatch | undefined {
  const before = Buffer.from("Exporting item to file '");
  const text = Buffer.from(message, 'utf8');
  const behind = Buffer.from("'...\n");
  const block = Buffer.concat([before, text, behind]);
  const matched = matcher.match(block, before.length, before.length + text.length);
  return matched === undefined ? undefined : { id: matched.id, fields: Object.fromEntries(templateFields(matched.template).map((name) => [name, matched.value(name) ?? ''])) };
}

function expectEqual(templates: readonly Template[], messages: readonly string[]): void {
  const matcher = compileMatcher([{ templates }]);
  const naive = createNaiveMatcher(templates);
  for (const text of messages) {
    // Half characters have no bytes.
    const message = Buffer.from(text, 'utf8').toString('utf8');
    expect(match(matcher, message), JSON.stringify(message.slice(0, 300))).to.deep.equal(naive(message));
  }
}

function sampleMessages(): readonly string[] {
  return readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).flatMap((entry) => {
    const bytes = readFileSync(`${entry.parentPath}/${entry.name}`);
    const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString('utf8');
    return text.split(/\r?\n/).map((line) => line.replace(/^.{0,60}?\(\d+\) ? */, ''));
  });
}

const odd = ['', ' ', '...', "'...", ', ', ': ', '\\', '|', '=', '%', '"', "'", '\u2028', '\u2029', '\u0085', '\r', '\v', '\u202e', '\u00a0', '\u202f', '\ufeff', '\0', '📁', 'Ł', 'e\u0301', ')', '(', '{', '}',
  'Account: X\\y', 'Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total.', "Exporting item to file 'C:\\a.msg'...", '3/05/2022 10:14:07 AM    1 (18244) Account: EVIL\\x', 'found 1 items', 'Tenant: a, Auth',
  'throttled 5', ': Version=1', ' job: ', ' (Id: 5)', '==========', '10', '0', 'Veeam Backup for Microsoft 365', '192.0.2.1'];
const value = fc.array(fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('a', 'b', '1')), { maxLength: 6 }).map((list) => list.join(''));

/** Made once for each type: a generator of strings from an expression is costly to build. */
const values = new Map<string, fc.Arbitrary<string>>();
function valueOf(part: FieldPart, longest = 40): fc.Arbitrary<string> {
  const key = `${part.typeName} ${longest}`;
  const made = values.get(key) ?? valuesOf(part.type, longest);
  values.set(key, made);
  return made;
}
function valuesOf(type: FieldType, longest: number): fc.Arbitrary<string> {
  switch (type.kind) {
    case 'open': return value;
    case 'class': return fc.oneof(fc.stringMatching(new RegExp(`^[${type.set}]{${type.min},${Math.min(type.max, longest)}}$`)), fc.constant(type.sample));
    case 'shape': return fc.oneof(fc.stringMatching(new RegExp(`^${type.regex}$`)), fc.constant(type.sample));
  }
}
const printed = (templates: readonly Template[], longest?: number): fc.Arbitrary<string> => fc.constantFrom(...templates).chain(({ parts }) => (
  fc.tuple(...parts.map((part) => part.kind === 'literal' ? fc.constant(part.text) : valueOf(part, longest))).map((texts) => texts.join(''))));

/** One change to a text: bytes flipped, the end cut, a piece doubled or taken out, something strange put in. */
const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(text, fc.array(fc.record({ kind: fc.constantFrom('flip', 'cut', 'double', 'remove', 'insert'), at: fc.nat(), length: fc.nat(8), bit: fc.nat(7), what: fc.constantFrom(...odd) }), { minLength: 1, maxLength: 3 }))
  .map(([original, changes]) => changes.reduce((message, { kind, at, length, bit, what }) => {
    const position = message.length === 0 ? 0 : at % (message.length + 1);
    switch (kind) {
      case 'cut': return message.slice(0, position);
      case 'double': return message.slice(0, position) + message.slice(position, position + length).repeat(2) + message.slice(position + length);
      case 'remove': return message.slice(0, position) + message.slice(position + length);
      case 'insert': return message.slice(0, position) + what + message.slice(position);
      default: {
        const bytes = Buffer.from(message, 'utf8');
        const byte = bytes.length === 0 ? 0 : at % bytes.length;
        if (bytes.length > 0) bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
        return bytes.toString('utf8');
      }
    }
  }, original));

/** Catalogues that nobody would write: few words, many fields, so that templates overlap and fields can be divided in many ways. */
const strangeTemplate = fc.array(fc.oneof(
  fc.constantFrom('a', 'ab', 'b', ' ', ', ', 'aa', 'é', '1', '.', '...').map((text) => ({ text, isField: false })),
  fc.constantFrom(...Object.keys(fieldTypes)).map((text) => ({ text, isField: true })),
), { minLength: 1, maxLength: 7 }).map((pieces) => readTemplate(pieces.map(({ text, isField }, index) => isField ? `{f${index}:${text}}` : text).join('').trimStart())).filter(({ faults }) => faults.length === 0);
const strangeCatalogue = fc.array(strangeTemplate, { minLength: 1, maxLength: 8 }).map((list) => list.map(({ parts }, index): Template => (
  { id: `t${index}`, template: '', prints: 'unknown', seen: { component: 'test', versions: ['v1'] }, evidence: 'I', examples: [], parts })));

describe('matcher and its naive twin give the same', () => {
  it('for every sample line', () => { expectEqual(builtIn, sampleMessages()); });
  it('for every example of the catalogues', () => { expectEqual(builtIn, builtIn.flatMap(({ examples }) => examples.map(({ text }) => text))); });
  it('for hostile texts alone and in pairs', () => { expectEqual(builtIn, odd.flatMap((first) => odd.map((second) => first + second))); });
  it('for text printed from the templates', () => { fc.assert(fc.property(fc.array(printed(builtIn), { maxLength: 20 }), (messages) => { expectEqual(builtIn, messages); }), { numRuns: 100 }); });
  it('for mutated text printed from the templates', () => { fc.assert(fc.property(fc.array(mutated(printed(builtIn)), { maxLength: 20 }), (messages) => { expectEqual(builtIn, messages); }), { numRuns: 150 }); });
  it('for mutated sample lines', () => {
    fc.assert(fc.property(fc.array(mutated(fc.constantFrom(...sampleMessages())), { maxLength: 20 }), (messages) => { expectEqual(builtIn, messages); }), { numRuns: 100 });
  });
  it('for catalogues whose templates overlap in every way', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'ab', ' ', ', ', 'é', '1', '.', '...', '9 KB', '=', 'x'), { maxLength: 14 }).map((list) => list.join(''));
    // The twin backtracks: what it costs grows with the length of a message to the power of the fields, so these messages are short.
    const short = (message: string): string => message.slice(0, 32);
    fc.assert(fc.property(strangeCatalogue.chain((templates) => fc.tuple(fc.constant(templates), fc.array(fc.oneof(text, mutated(printed(templates, 4))).map(short), { minLength: 1, maxLength: 12 }))), ([templates, messages]) => {
      expectEqual(templates, messages);
    }), { numRuns: 400, endOnFailure: true });
  });
});
