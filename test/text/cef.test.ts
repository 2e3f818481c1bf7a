import { expect } from 'chai';
import fc from 'fast-check';
import { cefHeaderText, cefText, escapeCef, readCef, unescapeCef } from '../../src/text/cef.ts';
import { hostileText } from '../emit/any-event.ts';

const header = 'CEF:0|Veeam|Backup for Microsoft 365|8.5.0.1014|vb365.restore.item-save|Backup item saved|3|';
const pairsOf = (extension: string): readonly (readonly [string, string])[] => readCef(header + extension)!.pairs.map(({ key, value }) => [key, value]);

describe('reading CEF back', () => {
  const rows: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ['nothing', '', []],
    ['one pair', 'act=item-save', [['act', 'item-save']]],
    ['blanks inside a value', 'msg=a b c act=x', [['msg', 'a b c'], ['act', 'x']]],
    ['a blank after the header', ' rt=1 act=x', [['rt', '1'], ['act', 'x']]],
    ['an empty value', 'a= b=1', [['a', ''], ['b', '1']]],
    ['two blanks: the first belongs to the value', 'a=1  b=2', [['a', '1 '], ['b', '2']]],
    ['backslash then n is not a line break', 'filePath=C:\\\\new', [['filePath', 'C:\\new']]],
    ['backslash, backslash, line break', 'filePath=C:\\\\\\new', [['filePath', 'C:\\\new']]],
    ['line breaks', 'msg=a\\nb\\rc', [['msg', 'a\nb\rc']]],
    ['escaped equals', 'msg=a\\=b c\\=d', [['msg', 'a=b c=d']]],
    ['an escaped equals makes no key', 'msg=x rt\\=1', [['msg', 'x rt=1']]],
    ['an unescaped pipe', 'msg=a|b', [['msg', 'a|b']]],
    ['an escaped pipe, as others write it', 'msg=a\\|b', [['msg', 'a|b']]],
    ['a backslash before anything else', 'msg=\\d\\ \\x', [['msg', '\\d\\ \\x']]],
    ['a backslash at the end', 'msg=a\\', [['msg', 'a\\']]],
    ['two equals', 'msg=a==b', [['msg', 'a==b']]],
    ['equals at the beginning of a word', 'msg=a =b', [['msg', 'a =b']]],
    ['a key twice', 'a=1 a=2', [['a', '1'], ['a', '2']]],
    ['text before the first key', 'lost a=1', [['a', '1']]],
  ];
  for (const [name, extension, expected] of rows) it(name, () => { expect(pairsOf(extension)).to.deep.equal(expected); });

  it('the header, with the escapes that others write', () => {
    expect(readCef('<109>Nov 22 09:11:16 h t[1]: CEF: 0|A\\|B|C\\\\D|1.0|code|Name|Low|a=1')).to.deep.include({
      before: '<109>Nov 22 09:11:16 h t[1]: ', version: '0', vendor: 'A|B', product: 'C\\D', deviceVersion: '1.0', classId: 'code', name: 'Name', severity: 'Low', rawExtension: 'a=1',
    });
  });
  it('of a key that stands twice the last', () => { expect(readCef(`${header}a=1 a=2`)?.values.get('a')).to.equal('2'); });
  for (const line of ['', 'CEF:', 'CEF:0|a|b|c|d|e|f', 'LEEF:1|a|b|c|d|e|f|', 'CEF:0|a|b|c|d|e|f\\|']) {
    it(`${JSON.stringify(line)} is none`, () => { expect(readCef(line)).to.equal(undefined); });
  }
});

describe('writing CEF', () => {
  it('what is escaped reads back', () => {
    fc.assert(fc.property(hostileText, (text) => {
      const clean = cefText(text);
      // The pair CR LF is written as one line break, once: of CR CR LF stays CR LF.
      const read = clean.replace(/\r\n/g, '\n');
      expect(unescapeCef(escapeCef(clean))).to.equal(read);
      expect(pairsOf(`a=1 fname=${escapeCef(clean)} b=2`)).to.deep.equal([['a', '1'], ['fname', read], ['b', '2']]);
    }), { numRuns: 500, examples: [['a\r\r\nb'], ['a\r\nb']] });
  });
  it('cleaning twice is cleaning once', () => {
    fc.assert(fc.property(hostileText, (text) => { expect(cefText(cefText(text))).to.equal(cefText(text)); }), { numRuns: 500 });
  });
  it('a header field holds nothing that shifts columns', () => {
    fc.assert(fc.property(hostileText, (text) => { expect(cefHeaderText(text)).not.to.match(/[|\\\u0000-\u001f\u007f-\u009f]|CEF:|^ | $| {2}/); }), { numRuns: 500 });
  });
});
