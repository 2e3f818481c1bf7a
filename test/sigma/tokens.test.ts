import { expect } from 'chai';
import fc from 'fast-check';
import type { Token } from '../../src/sigma/rule.ts';
import { mergeTokens, plainText, printTokens, readTokens } from '../../src/sigma/tokens.ts';

const text = (content: string): Token => ({ kind: 'text', text: content });
const any: Token = { kind: 'any' };
const one: Token = { kind: 'one' };
const slot = (name: string): Token => ({ kind: 'placeholder', name });

describe('strings become tokens', () => {
  const rows: readonly (readonly [string, string, readonly Token[]])[] = [
    ['a backslash before a letter stands for itself', String.raw`C:\a`, [text(String.raw`C:\a`)]],
    ['two backslashes are one', String.raw`C:\\a`, [text(String.raw`C:\a`)]],
    ['an escaped star is literal', String.raw`\*`, [text('*')]],
    ['an escaped question mark is literal', String.raw`\?`, [text('?')]],
    ['two backslashes and a star are a backslash and a wildcard', String.raw`\\*`, [text('\\'), any]],
    ['three backslashes and a star are a backslash and a literal star', String.raw`\\\*`, [text(String.raw`\*`)]],
    ['four backslashes are two', String.raw`\\\\`, [text(String.raw`\\`)]],
    ['a network path with two backslashes loses one', String.raw`\\srv\x`, [text(String.raw`\srv\x`)]],
    ['a network path is written with four', String.raw`\\\\srv\x`, [text(String.raw`\\srv\x`)]],
    ['a trailing backslash stands for itself', 'ends\\', [text('ends\\')]],
    ['wildcards divide the text', 'a*b?c', [text('a'), any, text('b'), one, text('c')]],
    ['adjacent stars are one', 'a***b', [text('a'), any, text('b')]],
    ['adjacent question marks stay', '??', [one, one]],
    ['nothing is no token', '', []],
    ['percent signs are ordinary', '%name% 100%', [text('%name% 100%')]],
    ['texts are in normal form C', 'e\u0301', [text('\u00e9')]],
  ];
  for (const [name, written, tokens] of rows) it(name, () => { expect(readTokens(written)).to.deep.equal(tokens); });
});

describe('strings with placeholders become tokens', () => {
  const rows: readonly (readonly [string, string, readonly Token[]])[] = [
    ['a placeholder alone', '%legal_hold%', [slot('legal_hold')]],
    ['inside a text', 'a%b.c-d%e', [text('a'), slot('b.c-d'), text('e')]],
    ['two in a row', '%a%%b%', [slot('a'), slot('b')]],
    ['an escaped percent sign is literal', String.raw`\%a%`, [text('%a%')]],
    ['a percent sign alone is literal', '100%', [text('100%')]],
    ['a name with a blank is none', '%a b%', [text('%a b%')]],
    ['an empty name is none', '%%', [text('%%')]],
    ['wildcards stand beside them', '*%a%?', [any, slot('a'), one]],
  ];
  for (const [name, written, tokens] of rows) it(name, () => { expect(readTokens(written, true)).to.deep.equal(tokens); });
});

describe('tokens are printed', () => {
  it('with every backslash doubled and literal wildcards escaped', () => { expect(printTokens([text(String.raw`a\*?`), any, one])).to.equal(String.raw`a\\\*\?*?`); });
  it('with literal percent signs escaped where placeholders are read', () => { expect(printTokens([text('%'), slot('a')], true)).to.equal(String.raw`\%%a%`); });
  it('as plain text only without wildcards', () => {
    expect(plainText([])).to.equal('');
    expect(plainText([text('a')])).to.equal('a');
    expect(plainText([text('a'), any])).to.equal(undefined);
  });

  const part = fc.oneof(fc.constantFrom(any, one), fc.string({ minLength: 1, unit: 'grapheme' }).map((content) => text(content.normalize('NFC'))), fc.constantFrom('\\', '*', '?', '%', '\\\\', '%x%').map(text), fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/).map(slot));
  it('and read back, placeholders included', () => {
    fc.assert(fc.property(fc.array(part), (parts) => {
      // Joined texts may compose across the seam: what is read is the normal form of the whole.
      const tokens = mergeTokens(parts).map((token) => token.kind === 'text' ? text(token.text.normalize('NFC')) : token);
      expect(readTokens(printTokens(tokens, true), true)).to.deep.equal(tokens);
    }));
  });
  it('and read back without placeholders', () => {
    fc.assert(fc.property(fc.array(part.filter(({ kind }) => kind !== 'placeholder')), (parts) => {
      const tokens = mergeTokens(parts).map((token) => token.kind === 'text' ? text(token.text.normalize('NFC')) : token);
      expect(readTokens(printTokens(tokens))).to.deep.equal(tokens);
    }));
  });
  it('of any text: reading what was printed gives the same tokens', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (written, expands) => {
      const tokens = readTokens(written, expands);
      expect(readTokens(printTokens(tokens, expands), expands)).to.deep.equal(tokens);
    }));
  });
});
