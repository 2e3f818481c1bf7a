import { expect } from 'chai';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { createPrefixReader, type PrefixReader } from '../../src/parse/prefix.ts';
import { readLogLine } from '../../src/text/log-line.ts';
import { expectProportional } from '../proportional.ts';

/** One reader for many lines, as in a file: what it keeps of earlier lines must not show. The line stands inside a block. */
function expectEqual(lines: readonly Buffer[], read: PrefixReader = createPrefixReader()): void {
  for (const bytes of lines) {
    const block = Buffer.concat([Buffer.from('12'), bytes, Buffer.from(' 1 (4) x')]);
    const fast = read(block, 2, 2 + bytes.length);
    const text = bytes.toString('utf8');
    const naive = readLogLine(text);
    if (fast === undefined || naive === undefined) {
      expect(fast, JSON.stringify(text)).to.equal(naive);
      continue;
    }
    const { dialect, time, hasFraction, managed, thread, indent, message, messageStart } = fast;
    expect({ dialect, time, hasFraction, managed, thread, indent, message }, JSON.stringify(text)).to.deep.equal(naive);
    expect(block.toString('utf8', messageStart, 2 + bytes.length), 'messageStart').to.equal(naive.message);
  }
}

const samples = new URL('../samples/', import.meta.url);
const sampleLines = readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.log')).flatMap((entry) => {
  const bytes = readFileSync(`${entry.parentPath}/${entry.name}`);
  const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString('latin1');
  return text.split(/\r?\n/).map((line) => Buffer.from(line, bytes[0] === 0xff ? 'utf8' : 'latin1'));
});

/** Timestamps of reference section 2.2 and 2.3, one for each form. */
const stamps = [
  '12/04/2022 11:22:29 AM', '3/05/2022 10:14:07 a.m.', '20/11/2020 09:21:36', '05.11.2020 17:41:07', '1/2/2006 3:04:05 PM', '2021-03-04 09:05:06', '2022. 05. 03. 10:14:07', '2022-05-03 오전 10:14:07',
  '2022/5/3 上午 10:14:07', '3/5/2022 10:14:07 a. m.', '3/5/2022 10:14:07 p. m.', '3/5/2022 10:14:07 a.\u00a0m.', '3/5/2022 10:14:07 π.μ.', '3/5/2022 10:14:07 μ.μ.', '3.5.2022 klo 10.14.07', '3/5/2022 10:14:07\u202fAM',
  '3/5/2022, 10:14:07\u00a0PM', '3-5-22 1:04:05 pm', '3/05/2565 10:14:07', '٣/٥/٢٠٢٢ 10:14:07', '[21.11.2022 15:11:47]', '[21.11.2022 15:11:47.123]', '[21.11.2022 15:11:47.1234567]', '[21.11.2022 15:11:47.12345678]', '[1.11.2022 15:11:47]',
  '[21.11.2022 15:11:47', '2022.05.03 10:14:07', '3/05/2022 10:14 AM', '31.12.2020. 23:59:59', '3 /5/2022 10:14:07', '3/ 5/ 2022 10:14:07', '3/5.2022 10:14:07', '12345/5/2022 10:14:07', '3/5/2022 010:14:07', '3/5/2022 10:1:07',
  '3/5/2022  10:14:07', '3/5/2022 10:14:07.123', '3/5/2022 10:14:07 abcdefghijklmnop', '3/5/2022 10:14:07 abcdefghijklmnopq', '3/5/2022 10:14:07 (AM)', '3/5/2022 10:14:07 A1M', '3/5/2022 10:14:07 A  M',
];
const pads = ['', ' ', '    ', '   ', '        ', '         ', '          ', '\u00a0', '\t', '\u202f '];
const threads = ['1 (18244)', '22 (9120)', '176 (34688)', '1000 (4)', '999999 (9999999999)', '1234567 (4)', '1 (12345678901)', '07 (0008)', '1 ()', '(4)', '1(4)', '1  (4)', '1 (4', '<22>', '1 (4x)', '1\u00a0(4)'];
const tails = ['', ' ', '  ', ' Account: CONTOSO\\aroha.ngata', '  two blanks deep', 'stuck', '\u00a0nbsp', '\u202fnnbsp', ' \u00a0x', ' ünï', ' \u2028line', '\r', ' \r', ' ) ( ]', ' 3/05/2022 10:14:07 AM    1 (18244) Account: EVIL\\x', ' 𝒳', '𝒳'];
const marks = ['', '\ufeff', '\ufeff\ufeff', ' ', '\ufeff ', '\0'];

const line = fc.tuple(fc.constantFrom(...marks), fc.constantFrom(...stamps), fc.constantFrom(...pads), fc.constantFrom(...threads), fc.constantFrom(...tails)).map((parts) => Buffer.from(parts.join(''), 'utf8'));
const mutated = fc.tuple(line, fc.array(fc.record({ kind: fc.constantFrom('flip', 'cut', 'remove', 'insert'), at: fc.nat(), with: fc.constantFrom(0x20, 0x30, 0x39, 0x28, 0x29, 0x2e, 0x2f, 0x3a, 0x41, 0x5b, 0x5d, 0xa0, 0xc2, 0xe2, 0x80, 0xaf, 0xff, 0xef) }), { minLength: 1, maxLength: 3 }))
  .map(([original, changes]) => changes.reduce((bytes: Buffer, change) => {
    const at = bytes.length === 0 ? 0 : change.at % bytes.length;
    switch (change.kind) {
      case 'cut': return bytes.subarray(0, at);
      case 'remove': return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      case 'insert': return Buffer.concat([bytes.subarray(0, at), Buffer.from([change.with]), bytes.subarray(at)]);
      default: {
        const copy = Buffer.from(bytes);
        if (copy.length > 0) copy[at] = change.with;
        return copy;
      }
    }
  }, original));

describe('prefix reader on bytes', () => {
  it('reads the usual forms as by hand', () => {
    const read = createPrefixReader();
    const bytes = Buffer.from('3/05/2022 10:14:07 AM    1 (18244)  IPv4: 192.0.2.25');
    const got = read(bytes, 0, bytes.length)!;
    expect(got).to.deep.include({ dialect: 'culture', hasFraction: false, managed: 1, thread: '1/18244', indent: 1, message: 'IPv4: 192.0.2.25', messageStart: 36 });
    expect(got.time).to.deep.equal({ a: 3, aDigits: 1, b: 5, bDigits: 2, c: 2022, cDigits: 4, separator: '/', hour: 10, minute: 14, second: 7, millisecond: 0, hasSeconds: true, dayPart: 'am' });
    const bracketed = Buffer.from('[21.11.2023 15:11:40.250] 1002 (5160)  found 2 items');
    expect(read(bracketed, 0, bracketed.length)).to.deep.include({ dialect: 'bracketed', hasFraction: true, managed: 1002, thread: '1002/5160', indent: 1, message: 'found 2 items' });
    expect(read(bracketed, 0, bracketed.length)!.time.millisecond).to.equal(250);
  });
  it('equals the naive twin on every sample line', () => { expectEqual(sampleLines); });
  it('equals the naive twin on every combination of prefix parts', () => {
    const read = createPrefixReader();
    expectEqual(marks.flatMap((mark) => stamps.flatMap((stamp) => pads.flatMap((pad) => threads.map((thread) => Buffer.from(`${mark}${stamp}${pad}${thread} x`))))), read);
    expectEqual(stamps.flatMap((stamp) => tails.map((tail) => Buffer.from(`${stamp}    1 (4)${tail}`))), read);
  });
  it('equals the naive twin on generated lines', () => { fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => { expectEqual(lines); }), { numRuns: 300 }); });
  it('equals the naive twin on mutated lines', () => { fc.assert(fc.property(fc.array(mutated, { maxLength: 30 }), (lines) => { expectEqual(lines); }), { numRuns: 1000 }); });
  const nearly: readonly (readonly [string, string, string])[] = [
    ['blanks', '1/2/2022 10:14:07', ' '], ['a word', '1/2/2022 10:14:07 ', 'a'], ['an id', '1/2/2022 10:14:07 AM    1 (', '1'], ['digits', '', '1'], ['decimals', '[21.11.2022 15:11:47.', '1'], ['marks', '', '\ufeff'],
  ];
  for (const [name, lead, piece] of nearly) {
    it(`takes time in proportion to what is nearly a prefix: ${name}`, () => expectProportional((size) => {
      const bytes = Buffer.from(lead + piece.repeat(size));
      expect(createPrefixReader()(bytes, 0, bytes.length)).to.equal(undefined);
    }, 100_000));
  }
});
