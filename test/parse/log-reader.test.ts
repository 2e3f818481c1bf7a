import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import type { Problem } from '../../src/errors.ts';
import { maxLineBytes } from '../../src/limits.ts';
import { decideEncoding } from '../../src/parse/log-encoding.ts';
import { readLog, type LogReading } from '../../src/parse/log-reader.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import type { LogMessage } from '../../src/text/log-message.ts';

const matcher = compileMatcher(builtInCatalogues());

interface Read extends LogReading { readonly messages: readonly LogMessage[]; readonly continued: readonly string[]; readonly problems: readonly Problem[] }

async function* blocks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? bytes.length);
    yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
}

async function read(bytes: Buffer | string, { sizes = [32 * 1024], fallback, isStream = false, treatLastAsComplete = false }: { sizes?: readonly number[]; fallback?: string; isStream?: boolean; treatLastAsComplete?: boolean } = {}): Promise<Read> {
  const content = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  const messages: LogMessage[] = [];
  const continued: string[] = [];
  const problems: Problem[] = [];
  const encoding = await decideEncoding(content.subarray(0, 64 * 1024), isStream ? undefined : () => blocks(content, sizes), fallback);
  const reading = await readLog(blocks(content, sizes), {
    file: 'a.log', matcher, encoding, treatLastAsComplete, report: (problem) => { problems.push(problem); },
    sink: { message: (message) => { messages.push(message); }, continuation: (text) => { continued.push(text); } },
  });
  return { ...reading, messages, continued, problems };
}

const texts = ({ messages }: Read): readonly string[] => messages.map(({ line }) => line.message);
const codes = ({ problems }: Read): readonly string[] => problems.map(({ code }) => code);
const one = '20/11/2020 09:51:17   34 (3412) ';

describe('log reader: lines', () => {
  it('gives place, thread, indent, template and fields of each message', async () => {
    const got = await read(`${one}Account: CONTOSO\\aroha.ngata\r\n${one}  found 2 items\n`);
    expect(got.messages.map(({ line, offset, number, id }) => ({ thread: line.thread, indent: line.indent, message: line.message, offset, number, id }))).to.deep.equal([
      { thread: '34/3412', indent: 0, message: 'Account: CONTOSO\\aroha.ngata', offset: 0, number: 1, id: 'header-account' },
      { thread: '34/3412', indent: 2, message: 'found 2 items', offset: 62, number: 2, id: 'items-found' },
    ]);
    expect(got.messages[0]!.value('account')).to.equal('CONTOSO\\aroha.ngata');
    expect(got).to.include({ physicalLines: 2, records: 2, continuations: 0, orphans: 0, unknown: 0 });
  });

  const rows: readonly (readonly [name: string, text: string, messages: readonly string[], continued: readonly string[], problems: readonly string[]])[] = [
    ['LF and CRLF mixed', `${one}a\r\n${one}b\n${one}c\r\n`, ['a', 'b', 'c'], [], []],
    ['a lone CR is text', `${one}a\rb\n`, ['a\rb'], [], []],
    ['only the CR of the line end goes', `${one}a\r\r\n`, ['a\r'], [], []],
    ['VT, FF, U+0085, U+2028, U+2029 are text', `${one}a\vb\fc\u0085d\u2028e\u2029f\n`, ['a\vb\fc\u0085d\u2028e\u2029f'], [], []],
    ['an empty message with its blank', `${one}\n`, [''], [], []],
    ['an empty message whose blank was trimmed', `${one.trimEnd()}\n`, [''], [], []],
    ['a stack trace with an empty line', `${one}Stack:\n${one}\nServer stack trace: \n   bei System.X\n\n${one}z\n`, ['Stack:', '', 'z'], ['Server stack trace: ', '   bei System.X', ''], []],
    ['a mark at the start of any line', `\ufeff${one}a\n\ufeff${one}b\n\ufeffrest\n\ufeff\ufeff${one}c\n`, ['a', 'b', 'c'], ['rest'], []],
    ['what comes before the first prefix is an orphan', `x\n\n${one}a\n`, ['a'], [], ['log-orphan']],
    ['a last line without end is held back', `${one}a\n${one}Account: CONTOSO\\al`, ['a'], [], ['log-incomplete']],
    ['zeros before a line', `${one}a\n\0\0\0\0${one}b\n`, ['a', 'b'], [], ['read-nul']],
    ['zeros at the end', `${one}a\n${'\0'.repeat(70_000)}`, ['a'], [], ['read-nul']],
    ['zeros within a line end it', `${one}Account: CONTOSO\\al\0\0\0${one}b\n`, ['Account: CONTOSO\\al', 'b'], [], ['read-nul']],
    ['more zeros than a line may have', `${one}a\n${'\0'.repeat(200_000)}${one}b\n`, ['a', 'b'], [], ['read-nul']],
    ['a line end behind zeros ends nothing', `${one}a\0\0\n${one}b\n`, ['a', 'b'], [], ['read-nul']],
    ['a single foreign line', `${one}a\n[03.05.2022 10:14:07] <01> Info     x\n${one}b\n`, ['a', 'b'], ['[03.05.2022 10:14:07] <01> Info     x'], ['log-suspicious']],
  ];
  for (const [name, text, messages, continued, problems] of rows) {
    it(name, async () => {
      for (const sizes of [[32 * 1024], [1], [7, 3, 100]]) {
        const got = await read(text, { sizes });
        expect(texts(got)).to.deep.equal(messages);
        expect(got.continued).to.deep.equal(continued);
        expect(codes(got)).to.deep.equal(problems);
      }
    });
  }

  it('recognises nothing in a line whose end is missing: half a name is another name', async () => {
    const got = await read(`${one}Account: CONTOSO\\al\0\0\0${one}Account: CONTOSO\\alee\n`);
    expect(got.messages.map(({ id, isCut }) => [id, isCut])).to.deep.equal([[undefined, true], ['header-account', undefined]]);
  });
  it('holds the last line back, or takes it where nobody writes any more', async () => {
    const text = `${one}a\n${one}Account: CONTOSO\\al`;
    expect(await read(text)).to.include({ heldBack: `${one}Account: CONTOSO\\al`, records: 1, physicalLines: 2 });
    expect(texts(await read(text, { treatLastAsComplete: true }))).to.deep.equal(['a', 'Account: CONTOSO\\al']);
  });
  it('counts orphans, continuations, foreign and unknown lines', async () => {
    const got = await read(`orphan\n\n${one}nobody knows this\n   at X\n[03.05.2022 10:14:07] <01> Info     x\n${one}Stack:\n`);
    expect(got).to.include({ physicalLines: 6, orphans: 2, records: 2, continuations: 1, foreign: 1, unknown: 1 });
  });
  it('names the place of each problem', async () => {
    const got = await read(`${one}a\n[03.05.2022 10:14:07] <01> Info     x\n\0\0${one}b`);
    expect(got.problems.map(({ code, line, offset, remedy }) => ({ code, line, offset, hasRemedy: remedy !== undefined }))).to.deep.equal([
      { code: 'log-suspicious', line: 2, offset: 34, hasRemedy: true }, { code: 'read-nul', line: 3, offset: 72, hasRemedy: true }, { code: 'log-incomplete', line: 3, offset: 74, hasRemedy: true },
    ]);
  });
});

describe('log reader: limits', () => {
  const filled = (bytes: number): string => one + 'x'.repeat(bytes - one.length);
  it('takes a line of the limit whole', async () => {
    const got = await read(`${filled(maxLineBytes)}\n${one}b\n`);
    expect([codes(got), got.messages[0]!.isCut, got.messages[0]!.line.message.length]).to.deep.equal([[], undefined, maxLineBytes - one.length]);
  });
  it('cuts a line one over the limit, marks it and goes on with the next', async () => {
    const got = await read(`${filled(maxLineBytes + 1)}\n${one}b\n`);
    expect(codes(got)).to.deep.equal(['read-line-too-long']);
    expect([got.messages[0]!.isCut, got.messages[0]!.line.message.length, got.messages[1]!.offset, got.messages[1]!.line.message]).to.deep.equal([true, maxLineBytes - one.length, maxLineBytes + 2, 'b']);
  });
  it('cuts between characters', async () => {
    const got = await read(`${one}${'€'.repeat(30_000)}\n`);
    // 32 bytes of prefix leave 65,504 bytes: 21,834 characters of three bytes and two bytes over.
    expect(got.messages[0]!.line.message).to.equal('€'.repeat(21_834));
  });
  it('reads on behind a line of 100 MB within the memory of a few blocks', async function () {
    this.timeout(20_000);
    const mega = Buffer.alloc(1024 * 1024, 'x');
    const messages: LogMessage[] = [];
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const reading = await readLog((async function* () {
      yield await Promise.resolve(Buffer.from(one));
      for (let i = 0; i < 100; i += 1) {
        yield mega;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
      yield Buffer.from(`\n${one}b\n`);
    })(), { file: 'a.log', matcher, encoding: { name: 'utf-8', isFallback: false }, report: () => undefined, sink: { message: (message) => { messages.push(message); }, continuation: () => undefined } });
    expect(messages.map(({ offset, number }) => ({ offset, number }))).to.deep.equal([{ offset: 0, number: 1 }, { offset: 32 + 100 * 1024 * 1024 + 1, number: 2 }]);
    expect(reading.records).to.equal(2);
    expect(most).to.be.below(16 * 1024 * 1024);
  });
  it('stops where foreign lines outnumber ours, and not for fewer', async () => {
    const foreign = '[03.05.2022 10:14:07] <01> Info     x\n';
    const refused = await read(`${one}a\n`.repeat(150) + foreign.repeat(200) + `${one}b\n`);
    expect([refused.refusedAs, refused.records, refused.foreign, codes(refused)]).to.deep.equal(['VBR', 150, 151, ['log-suspicious', 'log-foreign']]);
    const kept = await read(`${one}a\n`.repeat(150) + foreign.repeat(150) + `${one}b\n`);
    expect([kept.refusedAs, kept.records]).to.deep.equal([undefined, 151]);
  });
});

describe('log reader: encodings', () => {
  const text = `${one}Account: WOODGROVE\\k.brückner\r\n${one}Größe 😀 ∆\r\n${one}found 2 items\r\n`;
  const swapped = (value: string): Buffer => Buffer.from(value, 'utf16le').swap16();
  /** offsets of the three lines: 32 characters of prefix; 29 characters (30 bytes of UTF-8), then 10 units of UTF-16 (16 bytes of UTF-8); two of line end */
  const rows: readonly (readonly [name: string, bytes: Buffer, offsets: readonly number[], problems: readonly string[]])[] = [
    ['UTF-8', Buffer.from(text), [0, 64, 64 + 32 + 16 + 2], []],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`), [0, 67, 67 + 50], []],
    ['UTF-16LE with mark', Buffer.from(`\ufeff${text}`, 'utf16le'), [0, 128, 128 + 2 * 44], []],
    ['UTF-16BE with mark', swapped(`\ufeff${text}`), [0, 128, 128 + 2 * 44], []],
    ['UTF-16LE without mark', Buffer.from(text, 'utf16le'), [0, 126, 126 + 2 * 44], []],
    ['UTF-16BE without mark', swapped(text), [0, 126, 126 + 2 * 44], []],
  ];
  for (const [name, bytes, offsets, problems] of rows) {
    it(name, async () => {
      for (const sizes of [[32 * 1024], [1], [3, 5]]) {
        const got = await read(bytes, { sizes });
        expect(texts(got)).to.deep.equal(['Account: WOODGROVE\\k.brückner', 'Größe 😀 ∆', 'found 2 items']);
        expect(got.messages.map(({ offset }) => offset)).to.deep.equal(offsets);
        expect(got.messages[0]!.value('account')).to.equal('WOODGROVE\\k.brückner');
        expect(codes(got)).to.deep.equal(problems);
      }
    });
  }
  it('bytes that are no UTF-8 are read in the default code page, with a warning', async () => {
    const got = await read(iconv.encode(`${one}Größe – 5 €\r\n${one}b\n`, 'windows-1252'));
    expect(texts(got)).to.deep.equal(['Größe – 5 €', 'b']);
    expect(codes(got)).to.deep.equal(['read-encoding']);
    expect(got.messages[1]!.offset).to.equal(32 + 11 + 2);
  });
  it('in the configured code page, whose letters may take two bytes', async () => {
    const got = await read(iconv.encode(`${one}復元 表示\n${one}b\n`, 'shift_jis'), { fallback: 'shift_jis', sizes: [1] });
    expect(texts(got)).to.deep.equal(['復元 表示', 'b']);
    expect(got.messages[1]!.offset).to.equal(32 + 4 * 2 + 1 + 1);
  });
  it('one bad byte far behind decides for the whole file', async () => {
    const got = await read(Buffer.concat([Buffer.from(`${one}Größe\n${one}${'x'.repeat(100_000)}\n`), Buffer.from([0xe4, 0x0a])]));
    expect(texts(got)[0]).to.equal('GrÃ¶ÃŸe');
    expect(codes(got)).to.include('read-encoding');
  });
  it('of a stream the beginning decides, and stays', async () => {
    const got = await read(Buffer.concat([Buffer.from(`${one}Größe\n${one}${'x'.repeat(70_000)}\n`), Buffer.from(`${one}\xe4\n`, 'latin1')]), { isStream: true });
    expect(texts(got).filter((_, i) => i !== 1)).to.deep.equal(['Größe', '\ufffd']);
  });
  it('a character that the end of the file cuts changes nothing', async () => {
    const got = await read(Buffer.from(`${one}Größe\n${one}Gr\xc3`, 'latin1').subarray(0));
    expect(codes(got)).to.deep.equal(['read-encoding', 'log-incomplete']);
    const whole = Buffer.from(`${one}Größe\n${one}Größe`);
    expect(codes(await read(whole.subarray(0, whole.length - 3)))).to.deep.equal(['log-incomplete']);
  });
});

describe('log reader: properties', () => {
  const samples = ['s01-cloud-connect-default/explorer/Veeam.Exchange.Explorer_2022_05_03_10_14_07.log', 's04-de-de/server/Veeam.Archiver.REST_2022_02_09_17_30_00.log', 's09-utf16le/Veeam.OneDrive.Explorer_2021_11_20_09_21_36.log', 's06-archiver-rest-error/server/Veeam.Archiver.REST_2020_06_20_09_15_30.log']
    .map((name) => readFileSync(new URL(`../samples/${name}`, import.meta.url)));
  const summary = (got: Read): readonly unknown[] => got.messages.map(({ line, offset, number, id }) => [offset, number, id, line.thread, line.indent, line.message]);

  it('blocks of any size give the same', () => fc.assert(fc.asyncProperty(fc.constantFrom(...samples), fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }), async (bytes, sizes) => {
    const [whole, parts] = [await read(bytes), await read(bytes, { sizes })];
    expect(summary(parts)).to.deep.equal(summary(whole));
    expect(codes(parts)).to.deep.equal(codes(whole));
    expect(parts.continued).to.deep.equal(whole.continued);
  }), { numRuns: 100 }));

  it('cut anywhere, what is complete is the same', () => fc.assert(fc.asyncProperty(fc.constantFrom(...samples.slice(0, 1), ...samples.slice(2)), fc.nat(), async (bytes, at) => {
    const cut = at % (bytes.length + 1);
    const [whole, part] = [summary(await read(bytes)), summary(await read(bytes.subarray(0, cut)))];
    if (cut >= 4) expect(part).to.deep.equal(whole.slice(0, part.length));
  }), { numRuns: 200 }));

  it('other line ends and marks change no message and no number', () => fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('\n', '\r\n', '\r\n\ufeff', '\n\ufeff'), { minLength: 1, maxLength: 9 }), async (ends) => {
    const text = samples[0]!.toString('utf8');
    const other = text.split('\r\n').map((line, i, { length }) => i === length - 1 ? line : line + (i === length - 2 ? '\n' : ends[i % ends.length]!)).join('');
    const withoutOffset = (got: Read): readonly unknown[] => got.messages.map(({ line, number, id }) => [number, id, line.thread, line.indent, line.message]);
    expect(withoutOffset(await read(other))).to.deep.equal(withoutOffset(await read(text)));
  })));

  it('any bytes at all are read without a throw, each line counted once', () => fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)), fc.constantFrom(one, '\n', '\r\n', '\0', '\ufeff', '[03.05.2022 10:14:07] <01> x', 'Account: a\\b').map((text) => Buffer.from(text))), { maxLength: 40 }), async (pieces) => {
    const got = await read(Buffer.concat(pieces), { sizes: [5] });
    expect(got.records + got.continuations + got.orphans + got.foreign + (got.heldBack === undefined ? 0 : 1)).to.equal(got.physicalLines);
    for (const { line, value, id } of got.messages) expect([typeof line.message, typeof value('account') === 'string' || id !== 'header-account']).to.deep.equal(['string', true]);
  }), { numRuns: 300 }));
});
