/** Every kind of bad input beside a good log: what it is called and where, what to do, the exit code, and that the good log loses nothing. */
import { expect } from 'chai';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { problemCodes } from '../../src/errors.ts';
import { maxJsonNesting, maxMailBytes, maxMailDepth, maxMailParts, maxZipEntries, ratioFloorBytes } from '../../src/limits.ts';
import { endOf, inFolder, runCommand, samples, startProgram, type Outcome } from '../cli/run-command.ts';
import { makeCertificates } from '../end-to-end/certificates.ts';
import { buildZip } from './build-zip.ts';

const goodLog = join(samples, 's01-cloud-connect-default/explorer/Veeam.Exchange.Explorer_2022_05_03_10_14_07.log');
/** By hand from the log: its header names the account, these are its exports. */
const good: readonly string[] = [
  'CONTOSO\\aroha.ngata success Invoice 4471 - Northwind', 'CONTOSO\\aroha.ngata success RE_ Payment run (May)', 'CONTOSO\\aroha.ngata failure Board minutes',
  'CONTOSO\\aroha.ngata success Delivery notice', 'CONTOSO\\aroha.ngata success Export result_ 99 items saved, 0 items failed, 0 items skipped, 99 total',
];

/** Folders that hold links to all others: the ways through them are 12!, more than anybody walks. */
const names: readonly string[] = [...'abcdefghijkl'];

/** The log of another operator who saves one item; it stands inside, before or behind what is bad. */
const logOf = (item: string): string => [
  'UTC Date & Time: 2/05/2022 11:14:07 PM', 'Timezone: (UTC+12:00) Auckland, Wellington', 'Account: CONTOSO\\tane.moana', 'Log level: Default',
  'Veeam.Exchange.Explorer.exe: Version=10.0.3.225', 'Exporting items...', ` Exporting item to file 'C:\\Out\\${item}.msg'...`, 'Exporting completed (00:00:01.0000000).',
  'Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.',
].map((line, index) => `3/05/2022 11:14:07 AM   ${index < 5 ? ' 1 (700)' : '22 (808)'} ${line}\r\n`).join('');
const saved = (item: string): string => `CONTOSO\\tane.moana success ${item}`;
const inside = Buffer.from(logOf('Inside'));

const mailHead = 'From: vb365@contoso.example\r\nTo: audit@contoso.example\r\nSubject: Restore\r\nDate: Mon, 2 May 2022 22:17:03 +0000\r\nMessage-ID: <1@contoso.example>\r\nMIME-Version: 1.0\r\n';
const mailOf = (rest: string): string => `${mailHead}${rest}`;
const text = 'Content-Type: text/plain\r\n\r\nx\r\n';
function nest(levels: number, around: (inner: string, level: number) => string): string {
  let mail = text;
  for (let level = 0; level < levels; level += 1) mail = around(mail, level);
  return mail;
}

interface Row {
  readonly name: string;
  /** files by name, or what else has to be done in the folder */
  readonly files: Readonly<Record<string, string | Buffer>> | ((folder: string) => void);
  /** `place code`, in their order */
  readonly problems: readonly string[];
  /** part of what is said */
  readonly says: string;
  readonly also?: readonly string[];
  readonly code?: number;
  readonly paths?: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'a path that does not exist', files: {}, paths: ['gone.log', '.'], problems: ['gone.log read-missing'], says: 'check the path', code: 1 },
  { name: 'a pattern that nothing matches', files: {}, paths: ['*.etl', '.'], problems: ['*.etl read-missing'], says: 'no file matches', code: 1 },
  { name: 'a link to nothing', files: (folder) => { symlinkSync('nowhere', join(folder, 'x.log')); }, problems: ['x.log read-missing'], says: 'does not exist', code: 1 },
  { name: 'a path through a file', files: {}, paths: ['good.log/x.log', '.'], problems: ['good.log/x.log read-unreadable'], says: 'ENOTDIR', code: 1 },
  { name: 'a pipe in a folder', files: (folder) => { execFileSync('mkfifo', [join(folder, 'x.log')]); }, problems: ['x.log read-unreadable'], says: 'neither a file nor a folder', code: 1 },
  { name: 'an empty file', files: { 'x.log': '' }, problems: ['x.log read-empty'], says: 'copy it again' },
  { name: 'a link to the folder above', files: (folder) => { mkdirSync(join(folder, 'a')); symlinkSync('..', join(folder, 'a', 'up')); }, problems: ['a/up read-loop'], says: 'read once' },
  { name: 'a link to itself', files: (folder) => { symlinkSync('x.log', join(folder, 'x.log')); }, problems: ['x.log read-loop'], says: 'remove the link' },
  { name: 'folders that link to each other, each to all', files: linkEachOther, problems: [...names.slice(0, -1)].map((name, index) => `${[...names.slice(0, index + 2), name].join('/')} read-loop`), says: 'events: 6', also: [saved('Inside')] },
  { name: 'a picture', files: { 'x.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') }, problems: ['x.png read-binary'], says: 'leave it out' },
  { name: 'text in UTF-32', files: { 'x.log': utf32(logOf('Inside')) }, problems: ['x.log read-binary'], says: 'save text in another encoding as UTF-8' },
  { name: 'text in a code page nobody named', files: { 'x.log': Buffer.from(logOf('Fact\u00fcra'), 'latin1') }, problems: ['x.log read-encoding'], says: 'fallback_encoding', also: [saved('Fact\u00fcra')] },
  { name: 'a mail in an encoding nobody knows', files: { 'x.eml': mailOf('Content-Type: text/html; charset=x-klingon\r\n\r\n<p>hi</p>\r\n') }, problems: ['x.eml mail-not-audit'], says: 'leave other mail out' },
  { name: 'a log of VBR', files: { 'Svc.VeeamBackup.log': '[22.11.2026 10:00:00.123]    <12>    Info (3)    Starting job\r\n' }, problems: ['Svc.VeeamBackup.log log-foreign'], says: 'is a VBR log' },
  { name: 'a log of PostgreSQL', files: { 'pg.log': '2026-11-22 10:00:00.123 UTC [77] LOG:  checkpoint starting: time\n' }, problems: ['pg.log log-foreign'], says: 'is a PostgreSQL log' },
  { name: 'text of any kind', files: { 'notes.txt': 'call Ann about the backup\n' }, problems: ['notes.txt log-unknown'], says: 'check what wrote it' },
  { name: 'a run of zeros, and no line end', files: { 'x.log': Buffer.concat([inside, Buffer.alloc(4096), Buffer.from('3/05/2022 11:14:09 AM    1 (700) Expor')]) }, problems: ['x.log:10 read-nul', 'x.log:10 log-incomplete'], says: 'may have crashed', also: [saved('Inside')] },
  { name: 'gzip without its end', files: { 'x.log.gz': cutGzip() }, problems: ['x.log.gz!x.log zip-damaged', 'x.log.gz!x.log:11 log-incomplete'], says: 'what could be unpacked was read', also: [saved('Inside')] },
  { name: 'gzip with something behind it', files: { 'x.log.gz': Buffer.concat([gzipSync(inside), Buffer.from('garbage')]) }, problems: ['x.log.gz!x.log zip-damaged'], says: 'copy the file again', also: [saved('Inside')] },
  { name: 'a gzip bomb', files: { 'x.log.gz': gzipSync(Buffer.concat([inside, Buffer.alloc(2 * ratioFloorBytes, 'A')])) }, problems: ['x.log.gz!x.log zip-limit', 'x.log.gz!x.log:10 log-incomplete'], says: 'more than 200 times its size', also: [saved('Inside')] },
  { name: 'zip without its end', files: { 'x.zip': buildZip([{ name: 'a.log', data: inside }]).subarray(0, 200) }, problems: ['x.zip zip-damaged'], says: 'file is truncated' },
  { name: 'zip whose directory breaks off', files: { 'x.zip': cutDirectory() }, problems: ['x.zip zip-damaged'], says: 'what is listed before was read', also: [saved('Inside')] },
  { name: 'zip with a changed byte', files: { 'x.zip': changedStored() }, problems: ['x.zip!a.log zip-damaged'], says: 'checksum differs', also: [saved('Inside')] },
  { name: 'zip with nothing in it', files: { 'x.zip': buildZip([]) }, problems: ['x.zip read-empty'], says: 'holds no file' },
  { name: 'a zip bomb', files: { 'x.zip': buildZip([{ name: 'b.log', data: Buffer.alloc(ratioFloorBytes + 1) }, { name: 'a.log', data: inside }]) }, problems: ['x.zip!b.log zip-limit'], says: 'at most 200 times', also: [saved('Inside')] },
  { name: 'a zip bomb of many small ones', files: { 'x.zip': buildZip([{ name: 'a.log', data: inside }, ...['b', 'c', 'd'].map((name) => ({ name, data: Buffer.alloc(7 * 1024 * 1024, 10) }))]) }, problems: ['x.zip!d zip-limit', 'x.zip!b log-unknown', 'x.zip!c log-unknown'], says: 'unpack it yourself', also: [saved('Inside')] },
  { name: 'a zip bomb that lies about its size', files: { 'x.zip': buildZip([{ name: 'b.log', data: Buffer.alloc(ratioFloorBytes, 10), claimedBytes: 10 }, { name: 'a.log', data: inside }]) }, problems: ['x.zip!b.log zip-damaged'], says: 'too many bytes', also: [saved('Inside')] },
  { name: 'zip with one entry too many', files: (folder) => { writeFileSync(join(folder, 'x.zip'), manyEntries()); }, problems: ['x.zip zip-limit'], says: 'split the archive', also: [saved('Inside')] },
  { name: 'zip in zip in zip', files: { 'x.zip': nestedZip() }, problems: ['x.zip!2.zip!1.bak zip-limit'], says: 'deeper than 2 archives', also: [saved('Inside')] },
  { name: 'zip with paths outside of it', files: { 'x.zip': buildZip(['../up.log', '/etc/root.log', 'C:\\win.log', 'ok/a.log'].map((name) => ({ name, data: inside }))) }, problems: ['x.zip!../up.log zip-path', 'x.zip!/etc/root.log zip-path', 'x.zip!C:/win.log zip-path'], says: 'who made this archive', also: [saved('Inside')] },
  { name: 'zip with a password', files: { 'x.zip': buildZip([{ name: 's.log', data: inside, isEncrypted: true }, { name: 'a.log', data: inside }]) }, problems: ['x.zip!s.log zip-damaged'], says: 'with its password', also: [saved('Inside')] },
  { name: 'a mail of more bytes than a mail has', files: { 'x.eml': mailOf(`Content-Type: text/plain\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(Math.ceil(maxMailBytes / 78))}`) }, problems: ['x.eml mail-limit'], says: `longer than ${String(maxMailBytes)} bytes` },
  { name: 'a mail of thousands of parts', files: { 'x.eml': mailOf(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\n${text}`.repeat(50 * maxMailParts)}--b--\r\n`) }, problems: ['x.eml mail-limit'], says: 'too many parts' },
  { name: 'parts inside parts', files: { 'x.eml': mailOf(nest(maxMailDepth + 5, (inner, level) => `Content-Type: multipart/mixed; boundary=b${String(level)}\r\n\r\n--b${String(level)}\r\n${inner}\r\n--b${String(level)}--\r\n`)) }, problems: ['x.eml mail-limit'], says: 'nested deeper' },
  { name: 'mails inside mails', files: { 'x.eml': mailOf(nest(maxMailDepth + 5, (inner) => `Content-Type: message/rfc822\r\n\r\n${mailHead}${inner}`)) }, problems: ['x.eml mail-limit'], says: 'nested deeper' },
  { name: 'a mail encrypted with S/MIME', files: { 'x.eml': mailOf('Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n') }, problems: ['x.eml mail-encrypted'], says: 'S/MIME' },
  { name: 'a mail encrypted with PGP', files: { 'x.eml': mailOf('Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--\r\n') }, problems: ['x.eml mail-encrypted'], says: 'PGP' },
  { name: 'JSON of something else', files: { 'package.json': '\n{"name":"left-pad","version":"1.0.0"}' }, problems: ['package.json:2:1 json-not-rest'], says: 'check what saved it' },
  { name: 'JSON that breaks off', files: { 'x.json': '{"results":[{"id":"1",' }, problems: ['x.json:1:23 json-syntax'], says: 'the text ends inside a document' },
  { name: 'JSON of brackets', files: { 'x.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}` }, problems: [`x.json:1:${String(maxJsonNesting + 1)} json-syntax`], says: 'nests deeper' },
];

function linkEachOther(folder: string): void {
  for (const name of names) mkdirSync(join(folder, name));
  for (const name of names) for (const other of names) if (other !== name) symlinkSync(join('..', other), join(folder, name, other));
  writeFileSync(join(folder, 'l', 'x.log'), inside);
}

function utf32(value: string): Buffer {
  return Buffer.concat([...value].map((character) => {
    const unit = Buffer.alloc(4);
    unit.writeUInt32LE(character.codePointAt(0) ?? 0);
    return unit;
  }));
}

/** The nine lines of the log and two more, stored as they are: the last 20 bytes are 8 of the trailer and 12 of the last line. */
function cutGzip(): Buffer {
  const noise = '3/05/2022 11:15:00 AM    1 (700) Counting items in: 0f1e2d3c4b5a69788796a5b4c3d2e1f0...\r\n';
  const whole = gzipSync(Buffer.from(`${logOf('Inside')}${noise}${noise}`), { level: 0 });
  return whole.subarray(0, whole.length - 20);
}

/** Two entries; the signature of the second in the directory is changed. */
function cutDirectory(): Buffer {
  const zip = buildZip([{ name: 'a.log', data: inside }, { name: 'b.log', data: Buffer.from(logOf('Lost')) }]);
  zip.writeUInt8(0, zip.lastIndexOf('PK\u0001\u0002', undefined, 'latin1'));
  return zip;
}

function changedStored(): Buffer {
  const zip = buildZip([{ name: 'a.log', data: inside }]);
  // The checksum in the directory, which is where a reader looks.
  const at = zip.lastIndexOf('PK\u0001\u0002', undefined, 'latin1') + 16;
  zip.writeUInt8(zip.readUInt8(at) ^ 0xff, at);
  return zip;
}

function manyEntries(): Buffer {
  const nothing = Buffer.alloc(0);
  return buildZip([{ name: 'a.log', data: inside }, ...Array.from({ length: maxZipEntries }, (_, index) => ({ name: `${String(index)}/`, data: nothing }))]);
}

function nestedZip(): Buffer {
  const first = buildZip([{ name: 'deep.log', data: Buffer.from(logOf('Deep')) }]);
  return buildZip([{ name: '2.zip', data: buildZip([{ name: '1.bak', data: first }, { name: 'a.log', data: inside }]) }]);
}

interface Restore { readonly user?: { readonly name?: string; readonly domain?: string }; readonly event: { readonly outcome: string }; readonly vb365: { readonly level: string; readonly item: { readonly name: string } } }

/** `domain\account outcome item` of each restore. */
function restoresIn(stdout: string): readonly string[] {
  const events = stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Restore);
  return events.filter(({ vb365 }) => vb365.level === 'restore').map(({ user, event, vb365 }) => `${user?.domain ?? '?'}\\${user?.name ?? '?'} ${event.outcome} ${vb365.item.name}`);
}

/** `place code` of each problem, with places as they are below the folder; each has a remedy. */
function problemsIn(stderr: string, folder: string): readonly string[] {
  const lines = stderr.split('\n');
  return lines.flatMap((line, index) => {
    const [, place = '', code = ''] = /^(\S.*?)?\s?\b([a-z]+-[a-z-]+) /.exec(line.replaceAll(`${folder}/`, '')) ?? [];
    if (!Object.hasOwn(problemCodes, code)) return [];
    // A line of the file and a caret may stand between.
    expect(lines.slice(index + 1, index + 4).some((next) => /^ {2}= \S/.test(next)), line).to.equal(true);
    return [place === '' ? code : `${place} ${code}`];
  });
}

describe('bad input beside a good log', function () {
  this.timeout(30_000);
  for (const { name, files, problems, says, also = [], code = 0, paths = ['.'] } of rows) {
    it(name, async () => inFolder(async (folder) => {
      copyFileSync(goodLog, join(folder, 'good.log'));
      if (typeof files === 'function') files(folder);
      else for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
      const outcome = await runCommand(['replay', ...paths, '--events', 'restores'], { cwd: folder });
      expect(problemsIn(outcome.stderr, folder)).to.deep.equal(problems);
      expect(outcome.stderr).to.include(says);
      expect(restoresIn(outcome.stdout)).to.have.members([...good, ...also]);
      expect(outcome.code).to.equal(code);
    }));
  }
});

/** A configuration of the folder: its logs belong to one tenant, whose destinations are these. */
const configOf = (destinations: readonly string[] = [], sources: readonly string[] = ['- { id: logs, type: files, tenant: contoso, paths: [ "**" ] }']): string => [
  'tenants: [ { id: contoso, organizations: [ { name: contoso.onmicrosoft.example } ] } ]', 'sources:', ...sources.map((line) => `  ${line}`),
  ...(destinations.length === 0 ? [] : ['destinations:', ...destinations.map((line) => `  - { tenants: [ contoso ], events: restores, ${line} }`)]), '',
].join('\n');

async function beside(work: (folder: string) => Promise<void> | void): Promise<void> {
  await inFolder(async (folder) => {
    copyFileSync(goodLog, join(folder, 'good.log'));
    await work(folder);
  });
}

describe('bad configurations beside a good log', () => {
  it('everything that is wrong at once: its place, a caret, a remedy; nothing is read', async () => beside(async (folder) => {
    writeFileSync(join(folder, 'c.yml'), [
      'tenants:', // 1
      '  - { id: Contoso, organisations: [] }', // 2: capital letter; a key that is spelt "organizations"
      '  - organizations: [ { name: a.example } ]', // 3: no id
      'sources:', // 4
      '  - { id: logs, type: explorer, paths: [ x ] }', // 5: no such type
      'destinations:', // 6
      '  - { id: siem, tenants: [ nobody ], syslog: { url: "tcp:/siem" } }', // 7: no such tenant; no address
      '',
    ].join('\n'));
    const { code, stdout, stderr } = await runCommand(['replay', 'good.log', '-c', 'c.yml'], { cwd: folder });
    expect([code, stdout]).to.deep.equal([2, '']);
    const found = problemsIn(stderr, folder);
    expect(found).to.deep.equal(['c.yml:2:11 config-value', 'c.yml:2:20 config-unknown-key', 'c.yml:3:5 config-missing', 'c.yml:5:23 config-value', 'c.yml:7:28 config-reference', 'c.yml:7:53 config-value']);
    expect(stderr.split('\n').filter((line) => /^ *\^$/.test(line))).to.have.length(found.length);
    expect(stderr).to.include('did you mean "organizations"?');
  }));
  it('two sources that claim one file: the first one has it', async () => beside(async (folder) => {
    writeFileSync(join(folder, 'vb365-siem.yml'), configOf([], ['- { id: all, type: files, tenant: contoso, paths: [ "**" ] }', '- { id: some, type: files, tenant: contoso, paths: [ "*.log" ] }']));
    const { code, stdout, stderr } = await runCommand(['replay', '.', '--events', 'restores'], { cwd: folder });
    expect(problemsIn(stderr, folder)).to.deep.equal(['good.log read-two-sources']);
    expect(stderr).to.include('all and some');
    expect(restoresIn(stdout)).to.have.members(good);
    expect(code).to.equal(0);
  }));
  it('an organisation that two tenants own', async () => {
    const { code, stdout, stderr } = await runCommand(['replay', goodLog, '-c', 'test/bad/config/organisation-of-two-tenants.yml']);
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.include('config-duplicate').and.to.match(/\n +\^\n {2}= \S/);
  });
});

describe('output that cannot be written', function () {
  this.timeout(30_000);
  for (const argv of [['replay', 'good.log', '--out', '/dev/full'], ['replay', 'good.log', '--out', 'o.ndjson', '--stats', '/dev/full'], ['who', 'good.log', '--html', '/dev/full']]) {
    it(`disk full: ${argv.join(' ')}`, async () => beside(async (folder) => {
      const { code, stderr } = await runCommand(argv, { cwd: folder });
      expect(problemsIn(stderr, folder)).to.deep.equal(['/dev/full write-failed']);
      expect(stderr).to.include('ENOSPC');
      expect(code).to.equal(1);
    }));
  }
  it('disk full behind stdout', () => {
    const { status, stderr } = spawnSync('bash', ['-c', `${program} replay ${goodLog} > /dev/full`], { encoding: 'utf8' });
    expect(stderr).to.include('write-failed stdout').and.to.include('ENOSPC').and.to.not.include('internal');
    expect(status).to.equal(1);
  });
  it('no room for all of a file: what was there stays, and nothing half written is left', async () => beside((folder) => {
    writeFileSync(join(folder, 'o.ndjson'), 'before');
    const { status, stderr } = spawnSync('bash', ['-c', `ulimit -f 4; ${program} replay ${join(folder, 'good.log')} --out ${join(folder, 'o.ndjson')}`], { encoding: 'utf8' });
    expect(stderr).to.include('write-failed').and.to.include('EFBIG');
    expect(status).to.equal(1);
    expect(readdirSync(folder).sort()).to.deep.equal(['good.log', 'o.ndjson']);
    expect(readFileSync(join(folder, 'o.ndjson'), 'utf8')).to.equal('before');
  }));
  it('a reader that has seen enough', () => {
    const { stdout, stderr } = spawnSync('bash', ['-c', `${program} replay ${samples} | head -1; echo "\${PIPESTATUS[0]}"`], { encoding: 'utf8' });
    const [first = '', status] = stdout.split('\n');
    expect(JSON.parse(first)).to.have.nested.property('vb365.level');
    expect(status).to.equal('0');
    expect(stderr).to.not.match(/EPIPE|internal|write-failed/);
  });
});

/** As people start it. */
const program = `${process.execPath} --import tsx ${resolve('src/cli/main.ts')}`;

/** Peak of memory in bytes, and what came out. */
async function measured(argv: readonly string[]): Promise<Outcome & { readonly peak: number }> {
  const tell = "data:text/javascript,process.on('exit',()=>{process.stderr.write('peak '+process.resourceUsage().maxRSS*1024)})";
  const outcome = await endOf(startProgram(argv, ['--import', tell]));
  return { ...outcome, peak: Number(/peak (\d+)/.exec(outcome.stderr)?.[1]) };
}

describe('input that is long', function () {
  this.timeout(60_000);
  const longBytes = 100 * 1024 * 1024;
  it('a line of 100 MB, and one of 12 MB in gzip: cut and said, what stands before and behind is read, in the memory of a small file', async () => beside(async (folder) => {
    // Random letters: what compresses too well is a bomb.
    const letters = Buffer.from(randomBytes(longBytes / 64).toString('hex'));
    const lineOf = (pieces: number): Buffer => Buffer.concat([Buffer.from('3/05/2022 11:14:08 AM   22 (808) '), ...Array.from({ length: pieces }, () => letters), Buffer.from('\r\n')]);
    writeFileSync(join(folder, 'x.log'), Buffer.concat([inside, lineOf(32), Buffer.from(logOf('Behind'))]));
    writeFileSync(join(folder, 'y.log.gz'), gzipSync(Buffer.concat([Buffer.from(logOf('Packed')), lineOf(4), Buffer.from(logOf('Packed behind'))]), { level: 1 }));
    const [small, long] = await Promise.all([measured(['replay', join(folder, 'good.log'), '--events', 'restores']), measured(['replay', folder, '--events', 'restores'])]);
    expect(problemsIn(long.stderr, folder)).to.deep.equal(['x.log:10 read-line-too-long', 'y.log.gz!y.log:10 read-line-too-long']);
    expect(restoresIn(long.stdout)).to.have.members([...good, ...['Inside', 'Behind', 'Packed', 'Packed behind'].map(saved)]);
    expect(long.code).to.equal(0);
    expect(long.peak - small.peak).to.be.below(64 * 1024 * 1024);
  }));
  it('Ctrl-C in the middle of a long read: 130, whole lines, no file', async () => beside(async (folder) => {
    const noise = Buffer.from('3/05/2022 10:22:00 AM    6 (21720) Counting items in: Invoices...\r\n'.repeat(1_500_000));
    writeFileSync(join(folder, 'long.log'), Buffer.concat([readFileSync(goodLog), noise]));
    const child = startProgram(['replay', folder, '--out', join(folder, 'o.ndjson')]);
    const ended = endOf(child);
    await untilWritten(folder);
    await new Promise((done) => { setTimeout(done, 300); });
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout, stderr]).to.deep.equal([130, '', 'interrupted\n']);
    expect(readdirSync(folder).sort()).to.deep.equal(['good.log', 'long.log']);
  }));
});

/** Until the command has opened its output, which is when it begins to read. */
async function untilWritten(folder: string): Promise<void> {
  while (!readdirSync(folder).some((name) => name.startsWith('.o.ndjson'))) await new Promise((done) => { setTimeout(done, 20); });
}

describe('destinations that do not take what they are sent', function () {
  this.timeout(30_000);
  const open: Server[] = [];
  const listen = async (server: Server): Promise<number> => {
    open.push(server);
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
    return (server.address() as AddressInfo).port;
  };
  after(() => { for (const server of open) server.close(); });
  /** Resets the first so many connections when something has come in; takes the others. */
  const resetting = (count: number): Server => {
    let seen = 0;
    return createPlainServer((socket) => {
      socket.on('error', () => undefined);
      seen += 1;
      if (seen > count) socket.resume();
      else socket.once('data', () => { socket.resetAndDestroy(); });
    });
  };

  it('a connection that is reset half way and then stands: everything is delivered, and that is no failure', async () => beside(async (folder) => {
    const port = await listen(resetting(1));
    writeFileSync(join(folder, 'vb365-siem.yml'), configOf([`id: siem, syslog: { url: "tcp://127.0.0.1:${String(port)}" }`]));
    const { code, stdout, stderr } = await runCommand(['replay', '.', '--send', '--no-rules'], { cwd: folder });
    expect(problemsIn(stderr, folder)).to.deep.equal(['send-broken']);
    expect(stderr).to.include('siem: 5 events delivered\n');
    expect([code, stdout]).to.deep.equal([0, '']);
  }));
  it('nobody listens, the certificate is of another host, the connection breaks each time: each named, with what was not delivered', async () => beside(async (folder) => {
    const certificates = makeCertificates(mkdtempSync(join(tmpdir(), 'vb365-siem-')));
    try {
      const tls = createTlsServer({ cert: readFileSync(certificates.file('other.crt')), key: readFileSync(certificates.file('other.key')) }, (socket) => { socket.on('error', () => undefined); });
      const [closed, broken, wrong, good5] = [await listen(createPlainServer()), await listen(resetting(Number.POSITIVE_INFINITY)), await listen(tls), await listen(resetting(0))];
      await new Promise((done) => { open[open.length - 4]?.close(done); });
      writeFileSync(join(folder, 'vb365-siem.yml'), configOf([
        `id: closed, syslog: { url: "tcp://127.0.0.1:${String(closed)}" }`, `id: broken, syslog: { url: "tcp://127.0.0.1:${String(broken)}" }`,
        `id: wrong, syslog: { url: "tls://localhost:${String(wrong)}", ca: ${certificates.file('ca.crt')} }`, `id: good, syslog: { url: "tcp://127.0.0.1:${String(good5)}" }`,
      ]));
      // The clock runs twenty times as fast, so that half a minute of patience is a second and a half.
      const hurry = 'data:text/javascript,const now=performance.now.bind(performance);performance.now=()=>20*now()';
      const { code, stdout, stderr } = await endOf(startProgram(['replay', folder, '--send', '--no-rules'], ['--import', hurry]));
      expect(problemsIn(stderr, folder)).to.include.members(['send-unreachable', 'send-broken', 'send-certificate']);
      expect(stderr).to.match(/send-unreachable closed .*ECONNREFUSED/).and.to.match(/send-broken connection to broken .*ECONNRESET/).and.to.match(/send-certificate certificate between us and wrong .*other\.example/);
      for (const id of ['closed', 'broken', 'wrong']) expect(stderr).to.match(new RegExp(`^${id}: 0 events delivered, 5 not: (?:[0-9a-f-]{36} ?){5}$`, 'm'));
      expect(stderr).to.include('good: 5 events delivered\n');
      expect([code, stdout]).to.deep.equal([1, '']);
    } finally {
      rmSync(certificates.folder, { recursive: true });
    }
  }));
  it('Ctrl-C ends the waiting for a receiver, and says what it did not get', async () => beside(async (folder) => {
    const port = await listen(resetting(Number.POSITIVE_INFINITY));
    writeFileSync(join(folder, 'vb365-siem.yml'), configOf([`id: siem, syslog: { url: "tcp://127.0.0.1:${String(port)}" }`]));
    const interrupt = new AbortController();
    setTimeout(() => { interrupt.abort(); }, 1_500);
    const { code, stderr } = await runCommand(['replay', '.', '--send', '--no-rules'], { cwd: folder, signal: interrupt.signal });
    expect(stderr).to.match(/^siem: 0 events delivered, 5 not: /m);
    expect(code).to.equal(130);
  }));
});

describe('a file that this account may not read', function () {
  this.timeout(30_000);
  it('is named, and the others are read', async () => beside(async (folder) => {
    writeFileSync(join(folder, 'x.log'), inside, { mode: 0 });
    chmodSync(folder, 0o755);
    // Root may read everything; then another account runs it.
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'replay', folder, '--events', 'restores'], process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {});
    const { code, stdout, stderr } = await endOf(child);
    expect(problemsIn(stderr, folder)).to.deep.equal(['x.log read-unreadable']);
    expect(stderr).to.include('give the account that runs this the right to read it');
    expect(restoresIn(stdout)).to.have.members(good);
    expect(code).to.equal(1);
  }));
});
