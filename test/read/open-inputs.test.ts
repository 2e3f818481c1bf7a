import { expect } from 'chai';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Problem } from '../../src/errors.ts';
import { sniffBytes } from '../../src/limits.ts';
import type { Input } from '../../src/read/input.ts';
import { openInputs, type OpenOptions } from '../../src/read/open-inputs.ts';
import { buildZip } from '../bad/build-zip.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'vb365-read-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function put(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
async function contentOf(input: Input): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of input.chunks()) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
interface Opened { readonly files: readonly string[]; readonly contents: readonly string[]; readonly inputs: readonly Input[]; readonly problems: readonly Problem[] }

/** The inputs of some arguments, names relative to the folder, each read twice where it can be. */
async function open(paths: readonly string[], options: Partial<OpenOptions> = {}): Promise<Opened> {
  const problems: Problem[] = [];
  const opened = await openInputs(paths, { cwd: folder, stdin: Readable.from([]), report: (problem) => { problems.push(problem); }, source: () => ({ context: { id: 'cli' }, claims: [] }), ignore: new Set(), ...options });
  const contents: string[] = [];
  for (const input of opened.inputs) {
    const head = (await input.head()).toString('utf8');
    const content = await contentOf(input);
    expect(content.startsWith(head)).to.equal(true);
    if (input.canReopen) expect(await contentOf(input)).to.equal(content);
    contents.push(content);
  }
  opened.close();
  return { files: opened.inputs.map(({ file }) => file), contents, inputs: opened.inputs, problems };
}

describe('what there is to read', () => {
  const tree = { 'a/1.log': '1', 'a/b/2.log': '2', 'a/b/c/3.log': '3', 'a/b/c/4.eml': '4', 'd/5.log': '5' };
  const rows: readonly (readonly [name: string, paths: readonly string[], files: readonly string[]])[] = [
    ['a file', ['a/1.log'], ['a/1.log']],
    ['a folder with everything beneath', ['a'], ['a/1.log', 'a/b/2.log', 'a/b/c/3.log', 'a/b/c/4.eml']],
    ['a folder with its slash', ['a/'], ['a/1.log', 'a/b/2.log', 'a/b/c/3.log', 'a/b/c/4.eml']],
    ['a star stays in one folder', ['a/*.log'], ['a/1.log']],
    ['a star for a folder', ['*/*.log'], ['./a/1.log', './d/5.log']],
    ['two stars for any number of folders', ['a/**/*.log'], ['a/1.log', 'a/b/2.log', 'a/b/c/3.log']],
    ['a question mark', ['a/b/c/?.eml'], ['a/b/c/4.eml']],
    ['a pattern that names folders', ['a/b/*'], ['a/b/2.log', 'a/b/c/3.log', 'a/b/c/4.eml']],
    ['each file once, sorted by name', ['d', 'a/b/2.log', 'a/b', 'a/**/2.log', './a/b/2.log'], ['a/b/2.log', 'a/b/c/3.log', 'a/b/c/4.eml', 'd/5.log']],
  ];
  for (const [name, paths, files] of rows) it(name, async () => {
    put(tree);
    const got = await open(paths);
    expect(got.files).to.deep.equal(files);
    expect(got.problems).to.deep.equal([]);
    expect(got.contents).to.deep.equal(files.map((file) => /(\d)\.\w+$/.exec(file)![1]));
  });
  it('the order of the arguments changes nothing', async () => {
    put(tree);
    expect((await open(['a', 'd'])).files).to.deep.equal((await open(['d', 'a'])).files);
  });
  it('a name that holds a star is a name where there is such a file', async () => {
    put({ 'a*.log': 'star', 'ab.log': 'b' });
    expect((await open(['a*.log'])).contents).to.deep.equal(['star']);
  });
  it('links to one file are read once', async () => {
    put({ 'a.log': 'a' });
    symlinkSync('a.log', join(folder, 'b.log'));
    expect((await open(['.'])).contents).to.deep.equal(['a']);
  });
  it('two names of one file on disk are two files: a copy cannot be told from them', async () => {
    put({ 'a.log': 'a' });
    linkSync(join(folder, 'a.log'), join(folder, 'b.log'));
    expect((await open(['.'])).contents).to.deep.equal(['a', 'a']);
  });
  it('the configuration in use is no input', async () => {
    put({ 'vb365-siem.yml': 'version: 1', 'a.log': 'a' });
    const got = await open(['.'], { ignore: new Set([join(folder, 'vb365-siem.yml')]) });
    expect([got.files, got.problems]).to.deep.equal([['./a.log'], []]);
  });
  it('the source that names a file has it, and its archive\'s entries; a second one is told of', async () => {
    put({ 'x/a.log': 'a', 'x/b.zip': buildZip([{ name: 'c/d.log', data: Buffer.from('d') }]) });
    const asked: string[] = [];
    const got = await open(['x'], { source: (path) => { asked.push(path); return { context: { id: 'first' }, claims: path.endsWith('a.log') ? ['first', 'second'] : ['first'] }; } });
    expect(got.inputs.map(({ source }) => source.id)).to.deep.equal(['first', 'first']);
    expect(asked).to.deep.equal([join(folder, 'x/a.log'), join(folder, 'x/b.zip'), `${join(folder, 'x/b.zip')}!c/d.log`]);
    expect(got.problems.map(({ code, file }) => [code, file])).to.deep.equal([['read-two-sources', 'x/a.log']]);
  });
});

describe('archives', () => {
  it('entries are named behind the archive, whatever the archive is called', async () => {
    put({ 'logs.bak': buildZip([{ name: 'b/2.log', data: Buffer.from('2') }, { name: '1.log', data: Buffer.from('1') }]) });
    const got = await open(['.']);
    expect([...got.files].sort()).to.deep.equal(['./logs.bak!1.log', './logs.bak!b/2.log']);
    expect([...got.contents].sort()).to.deep.equal(['1', '2']);
    expect(got.problems).to.deep.equal([]);
  });
  it('backslashes in names are slashes', async () => {
    put({ 'a.zip': buildZip([{ name: 'b\\c\\2.log', data: Buffer.from('2') }]) });
    expect((await open(['a.zip'])).files).to.deep.equal(['a.zip!b/c/2.log']);
  });
  it('an archive inside an archive is read', async () => {
    put({ 'a.zip': buildZip([{ name: 'b.zip', data: buildZip([{ name: 'c.log', data: Buffer.from('c') }]) }]) });
    const got = await open(['a.zip']);
    expect([got.files, got.contents, got.problems]).to.deep.equal([['a.zip!b.zip!c.log'], ['c'], []]);
  });
  it('gzip is read, whatever it is called', async () => {
    put({ 'a.log.gz': gzipSync('a'), 'b': gzipSync('b') });
    const got = await open(['.']);
    expect([got.contents, got.files[0]]).to.deep.equal([['a', 'b'], './a.log.gz!a.log']);
  });
  it('several members of one gzip file are one text', async () => {
    put({ 'a.gz': Buffer.concat([gzipSync('one '), gzipSync('two')]) });
    expect((await open(['a.gz'])).contents).to.deep.equal(['one two']);
  });
  it('an entry larger than memory should hold comes in blocks', async () => {
    put({ 'a.zip': buildZip([{ name: 'a.log', data: Buffer.alloc(3_000_000, 'line of text, not a bomb\n') }]) });
    const opened = await openInputs(['a.zip'], { cwd: folder, stdin: Readable.from([]), report: () => undefined, source: () => ({ context: { id: 'cli' }, claims: [] }), ignore: new Set() });
    let [total, most] = [0, 0];
    for await (const chunk of opened.inputs[0]!.chunks()) [total, most] = [total + chunk.length, Math.max(most, chunk.length)];
    opened.close();
    expect(total).to.equal(3_000_000);
    expect(most).to.be.at.most(128 * 1024);
  });
});

describe('stdin', () => {
  it('is looked at once and then given whole', async () => {
    const text = 'x'.repeat(3 * sniffBytes);
    const got = await open(['-'], { stdin: Readable.from([Buffer.from(text.slice(0, 10)), Buffer.from(text.slice(10, 100_000)), Buffer.from(text.slice(100_000))]) });
    expect([got.files, got.contents.map((content) => content === text), got.inputs[0]!.canReopen]).to.deep.equal([['-'], [true], false]);
  });
  it('named twice is one', async () => {
    const got = await open(['-', '-'], { stdin: Readable.from([Buffer.from('x')]) });
    expect([got.contents, got.problems]).to.deep.equal([['x'], []]);
  });
});
