import { expect } from 'chai';
import fc from 'fast-check';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { maxExampleLength, maxExamplesKept, maxShapes, maxSuggestions, maxYamlBytes } from '../../src/limits.ts';
import { checkTogether, loadCatalogue } from '../../src/parse/catalogue.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { createMessageGroups, type MessageGroups } from '../../src/parse/message-groups.ts';
import { suggestTemplates } from '../../src/parse/suggest-templates.ts';

const seen = { component: 'exchange-explorer', version: 'v8' };
const builtIn = builtInCatalogues();
const known = compileMatcher(builtIn);

function grouped(messages: readonly string[]): MessageGroups {
  const groups = createMessageGroups();
  for (const message of messages) groups.add(message, seen);
  return groups;
}

const groupings: readonly (readonly [name: string, messages: readonly string[], groups: readonly (readonly [template: string, count: number])[]])[] = [
  ['values of one kind', ['took 5 s', 'took 17 s', 'gone'], [['took {count:count} s', 2], ['gone', 1]]],
  ['the most frequent first, then by text', ['b', 'c', 'c', 'a'], [['c', 2], ['a', 1], ['b', 1]]],
  ['three words in one place are a value', ['Box of Ann is full', 'Box of Bob is full', 'Box of Carl is full', 'Box of Carl is full'], [['Box of {word:word} is full', 4]]],
  ['words of any language are text', ['Box of Ann is full', 'Box of Łukasz is full', 'Box of 日本 is full'], [['Box of {value} is full', 3]]],
  ['two are not', ['Box of Ann is full', 'Box of Bob is full'], [['Box of Ann is full', 1], ['Box of Bob is full', 1]]],
  ['the first word is never a value', ['Loading all items', 'Saving all items', 'Counting all items'], [['Counting all items', 1], ['Loading all items', 1], ['Saving all items', 1]]],
  ['what follows a colon, in three forms', ['Restoring folder: Inbox', 'Restoring folder: Sent Items', 'Restoring folder: A, B and C'], [['Restoring folder: {folder:rest}', 3]]],
  ['the same with a start', ['Restoring folder: Inbox...', 'Restoring folder: Sent Items...', 'Restoring folder: A, B and C...'], [['Restoring folder: {folder}...', 3]]],
];

describe('unknown messages by shape', () => {
  for (const [name, messages, groups] of groupings) it(name, () => { expect(grouped(messages).groups().map(({ template, count }) => [template, count])).to.deep.equal(groups); });
  it('keeps a few different messages of each, none too long', () => {
    const [group] = grouped(['took 1 s', 'took 1 s', 'took 2 s', 'took 3 s', 'took 4 s', 'took 5 s']).groups();
    expect(group?.examples).to.deep.equal(['took 1 s', 'took 2 s', 'took 3 s', 'took 4 s'].slice(0, maxExamplesKept));
    const long = (length: number): string => `long: ${'x '.repeat(length)}`.slice(0, length);
    expect(grouped([long(maxExampleLength), long(maxExampleLength + 1)]).groups().map(({ count, examples }) => [count, examples.length])).to.deep.equal([[2, 1]]);
  });
  it('counts exactly, also beyond the shapes that it tells apart', () => {
    const messages = Array.from({ length: maxShapes + 3 }, (_, at) => `${String.fromCodePoint(0x4e00 + at)} stands alone`);
    const groups = grouped([...messages, messages[0] ?? '']);
    expect([groups.ungrouped, groups.groups().reduce((sum, { count }) => sum + count, 0)]).to.deep.equal([3, maxShapes + 1]);
  });
});

/** What a suggestion promises, for any messages: it loads, agrees with the catalogues in use, and recognises what it says. */
function expectGood(messages: readonly string[]): { readonly text: string | undefined; readonly lines: number; readonly templates: number } {
  const suggestions = suggestTemplates(grouped(messages).groups(), builtIn);
  const { text } = suggestions;
  if (text === undefined) {
    expect([suggestions.templates, suggestions.lines]).to.deep.equal([0, 0]);
    return suggestions;
  }
  expect(Buffer.byteLength(text)).to.be.below(maxYamlBytes);
  const loaded = loadCatalogue(text, 'suggested');
  if ('problems' in loaded) throw new Error(`${loaded.problems.map(({ line, message }) => `${line ?? 0}: ${message}`).join('\n')}\n${text}`);
  expect(checkTogether([...builtIn, loaded.catalogue])).to.deep.equal([]);
  expect(loaded.catalogue.templates).to.have.length(suggestions.templates);
  return suggestions;
}

describe('suggestTemplates', () => {
  it('writes an entry with the fields that its template gives', () => {
    const { text } = expectGood(["Sending 'Q3, final' to bob@contoso.example (79.1 KB)..."]);
    const loaded = loadCatalogue(text ?? '', 'x');
    const [template] = 'catalogue' in loaded ? loaded.catalogue.templates : [];
    expect(template).to.deep.include({ id: 'sending-to', template: "Sending '{value}' to {upn:upn} ({size:size})...", prints: 'unknown', evidence: 'V', seen: { component: 'exchange-explorer', versions: ['v8'] } });
    expect(template?.examples).to.deep.equal([{ text: "Sending 'Q3, final' to bob@contoso.example (79.1 KB)...", fields: { value: 'Q3, final', upn: 'bob@contoso.example', size: '79.1 KB' } }]);
  });
  it('gives every entry an id of its own, also beside the built-in ones', () => {
    const { text } = expectGood(['Account 5', 'Account of 5', 'Stack', 'Stack !', 'Stack ?', 'Header account']);
    const ids = [...(text ?? '').matchAll(/^- id: (.*)$/gm)].map(([, id]) => id);
    expect(ids).to.have.members(['account', 'account-of', 'stack', 'stack-2', 'stack-3', 'header-account-2']);
  });
  it('takes a message word by word where its shape is too wide', () => {
    // `Done '{value}' x` would match both messages.
    const { text } = expectGood(["Done '1' x", "Done 'a' of 'b' x"]);
    expect([...(text ?? '').matchAll(/^ +template: (.*)$/gm)].map(([, template]) => template)).to.deep.equal(["Done '{value}' of '{value-2}' x", "Done '1' x"]);
  });
  it('proposes nothing for values alone, nothing for nothing', () => {
    expect(suggestTemplates(grouped(['', '9194', '192.0.2.1:9194', '---']).groups(), builtIn)).to.deep.include({ text: undefined, templates: 0, lines: 0 });
    expect(suggestTemplates([], builtIn).text).to.equal(undefined);
  });
  it('stops where one catalogue is full, and says what is left', () => {
    const messages = Array.from({ length: maxSuggestions + 5 }, (_, at) => `${String.fromCodePoint(0x4e00 + at)}${String.fromCodePoint(0x5000 + at)} alone`);
    const suggestions = suggestTemplates(grouped(messages).groups(), builtIn);
    expect([suggestions.templates, suggestions.left.length, suggestions.left[0]?.reason]).to.deep.equal([maxSuggestions, 5, 'no room in one catalogue']);
  });
  it('stays readable as YAML however long and odd the messages are', () => {
    expectGood(Array.from({ length: maxSuggestions }, (_, at) => Array.from({ length: maxExamplesKept }, (__, value) => `Odd ${String.fromCodePoint(0x4e00 + at)} ${value} ${'\u2028📁'.repeat(330)}`)).flat());
  });
  it('is right for any messages', function () {
    this.timeout(10_000);
    const word = fc.constantFrom('Box', 'of', 'Ann', 'Account:', 'Restoring', 'folder:', "'Q3'", '"x"', '5', '79.1 KB', 'C:\\a b', '192.0.2.1', '{', '}', '...', ',', '#', '- ', 'yes', '\u2028', '\t', '\u0000', '日本', '%', '=', '|', ': ');
    const message = fc.oneof(fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')), fc.string({ unit: 'grapheme', maxLength: 40 })).filter((text) => {
      const bytes = Buffer.from(text, 'utf8');
      return bytes.toString('utf8') === text && known.match(bytes, 0, bytes.length) === undefined;
    });
    fc.assert(fc.property(fc.array(message, { maxLength: 25 }), (messages) => { expectGood(messages); }), { numRuns: 25 });
  });
});
