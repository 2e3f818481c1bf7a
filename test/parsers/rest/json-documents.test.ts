import { expect } from 'chai';
import { maxJsonNesting, maxProblemsListed } from '../../../src/limits.ts';
import { readJsonDocuments } from '../../../parsers/rest/json-documents.ts';

const values = (text: string): readonly unknown[] => readJsonDocuments(text).documents.map(({ value }) => value);
const codes = (text: string): readonly string[] => readJsonDocuments(text).problems.map(({ code }) => code);

describe('readJsonDocuments', () => {
  const rows: readonly (readonly [name: string, text: string, expected: readonly unknown[]])[] = [
    ['an eTag beyond 2^53 keeps every digit', '{"eTag": 638772841345512201}', [{ eTag: '638772841345512201' }]],
    ['a negative one too', '{"eTag":-9223372036854775808}', [{ eTag: '-9223372036854775808' }]],
    ['fifteen digits stay a number', '{"n":999999999999999}', [{ n: 999_999_999_999_999 }]],
    ['digits inside a string stay as they are', '{"t":"638772841345512201, \\"638772841345512201"}', [{ t: '638772841345512201, "638772841345512201' }]],
    // eslint-disable-next-line no-loss-of-precision -- that it loses it is the point
    ['a long fraction stays a number', '{"n":0.12345678901234567}', [{ n: 0.12345678901234567 }]],
    ['brackets inside strings', '{"a":"}]{[\\\\"}', [{ a: '}]{[\\' }]],
    ['one document per line', '{"a":1}\n{"a":2}\r\n{"a":3}\n', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ['documents without anything between them', '{"a":1}{"a":2}[3]', [{ a: 1 }, { a: 2 }, [3]]],
    ['record separators', '\u001e{"a":1}\n\u001e{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['nothing', ' \r\n', []],
  ];
  for (const [name, text, expected] of rows) it(name, () => {
    expect(values(text)).to.deep.equal(expected);
    expect(codes(text)).to.deep.equal([]);
  });

  it('accepts nesting at the limit and refuses one more', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(codes(nested(maxJsonNesting))).to.deep.equal([]);
    expect(codes(nested(maxJsonNesting + 1))).to.deep.equal(['json-syntax']);
  });
  it('survives a million brackets', () => { expect(codes('['.repeat(1_000_000))).to.deep.equal(['json-syntax']); });
  it('survives a million brackets on lines of their own, and lists only the first problems', () => {
    expect(codes('[\n'.repeat(100_000)).length).to.equal(maxProblemsListed + 1);
  });
  it('keeps __proto__ a member like any other', () => {
    const [value] = values('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  describe('damage', () => {
    it('reads the complete results of a page that was cut', () => {
      expect(values('{"offset":0,"results":[{"a":1},{"a":2},{"a"')).to.deep.equal([{ offset: 0, results: [{ a: 1 }, { a: 2 }] }]);
      expect(codes('{"offset":0,"results":[{"a":1},{"a":2},{"a"')).to.deep.equal(['json-syntax']);
    });
    it('reads the complete results of a bare list that was cut', () => { expect(values('[{"a":1},{"a":')).to.deep.equal([[{ a: 1 }]]); });
    it('goes on with the next line that begins a document', () => { expect(values('{"a":1}\n{"a":\n{"a":3}')).to.deep.equal([{ a: 1 }, { a: 3 }]); });
    it('goes on behind a document that is not JSON', () => { expect(values('{a:1}\n{"a":2}')).to.deep.equal([{ a: 2 }]); });
    it('does not read a salvaged result twice', () => {
      expect(values('[\n{"a":1},\n{"a":2},\n{"a":')).to.deep.equal([[{ a: 1 }, { a: 2 }]]);
    });
    it('names line and column', () => {
      const [problem] = readJsonDocuments('{"a":1}\n  {"b":]}').problems;
      expect(problem).to.include({ code: 'json-syntax', line: 2, column: 8 });
    });
    it('quotes nothing of the input', () => {
      const { problems } = readJsonDocuments('{"access_token":"SECRET-CANARY", x}');
      expect(problems).to.have.length(1);
      expect(JSON.stringify(problems)).not.to.include('CANARY');
    });
    for (const text of ['{', '[', '"', '{"a', '}', ']', 'null', 'true', '{"a":1}}', '[1,,2]', '{"a":"\n"}', '\\', '{"a":"\\']) {
      it(`reports '${text.replace('\n', '\\n')}'`, () => { expect(codes(text)).to.include('json-syntax'); });
    }
  });
});
