import { expect } from 'chai';
import type { LogItemFacts } from '../../src/event.ts';
import { file, header, readLines, readText, textOf } from './read-lines.ts';

const out = (saved: number, failed = 0, skipped = 0, total = saved + failed + skipped, thread = 5): string => `${String(thread)}| Export result: ${String(saved)} items saved, ${String(failed)} items failed, ${String(skipped)} items skipped, ${String(total)} total.`;
const item = (path: string, thread = 5): string => `${String(thread)}|  Exporting item to file '${path}'...`;
const announced = (rest: string, thread = 5): string => `${String(thread)}| Starting item export: ${rest}...`;
const begin = '5| Exporting items...';
const done = '5| Exporting completed (00:00:01).';
const saved = '5|  Item successfully exported';

async function items(lines: readonly string[], name = file): Promise<readonly LogItemFacts[]> {
  return (await readLines([...header, ...lines], { file: name })).facts('log-item');
}
/** path, outcome and gaps beyond default logging of each item action */
const outcomes = (list: readonly LogItemFacts[]): readonly unknown[] => list.map(({ path, result, gaps }) => [path, result, gaps.filter((gap) => gap !== 'extended-logging-off')]);

describe('export operation (reference 7.4)', () => {
  it('gives one action for each file line: name, folder, time, end, outcome, operation', async () => {
    const [first, second, ...rest] = await items(['10:17:03 5| Counting items...', '5|  found 2 items', begin, '10:17:05 5|  Exporting item to file \'C:\\Users\\alee\\Desktop\\Invoice 4471.msg\'...', item('C:\\Users\\alee\\Desktop\\RE_ Payment.msg'), '5|  Looking for Veeam Backup and Replication e-mail settings...', '5|   not specified', '5| Checking SMTP configuration...', done, '10:17:12 5| Export result: 2 items saved, 0 items failed, 0 items skipped, 2 total.']);
    expect(rest).to.deep.equal([]);
    expect(first).to.deep.include({ operation: 'save', path: 'C:\\Users\\alee\\Desktop\\Invoice 4471.msg', name: 'Invoice 4471', nameIsFile: true, target: 'C:\\Users\\alee\\Desktop', result: 'success', gaps: ['extended-logging-off'] });
    expect([first!.at.ms, first!.end!.ms, second!.at.ms, second!.end!.ms].map((ms) => new Date(ms).toISOString().slice(11, 19))).to.deep.equal(['22:17:05', '22:17:06', '22:17:06', '22:17:12']);
    expect(second!.batch).to.equal(first!.batch);
    expect(first!.source).to.equal(undefined);
  });

  const rows: readonly (readonly [name: string, lines: readonly string[], expected: readonly unknown[]])[] = [
    ['all saved: the counts prove each', [begin, item('D:\\a.msg'), item('D:\\b.msg'), done, out(2)], [['D:\\a.msg', 'success', []], ['D:\\b.msg', 'success', []]]],
    ['all failed', [begin, item('D:\\a.msg'), item('D:\\b.msg'), done, out(0, 2)], [['D:\\a.msg', 'failed', []], ['D:\\b.msg', 'failed', []]]],
    ['one of two failed and nothing says which: unknown', [begin, item('D:\\a.msg'), item('D:\\b.msg'), done, out(1, 1)], [['D:\\a.msg', undefined, []], ['D:\\b.msg', undefined, []]]],
    ['an error group of the thread names the file', [begin, item('D:\\a.msg'), item('D:\\b.msg'), "5| Error: Cannot write 'D:\\b.msg'.", '5| Type: System.IO.IOException', '5| Stack:', '5| ', '   at X', done, out(1, 1)], [['D:\\a.msg', 'success', []], ['D:\\b.msg', 'failed', []]]],
    ['an error group of another thread does not', [begin, item('D:\\a.msg'), item('D:\\b.msg'), "6| Error: Cannot write 'D:\\b.msg'.", done, out(1, 1)], [['D:\\a.msg', undefined, []], ['D:\\b.msg', undefined, []]]],
    ['a name that another begins with is not meant by it', [begin, item('D:\\a.msg'), item('D:\\a.msg.msg'), "5| Error: Cannot write 'D:\\a.msg.msg'.", done, out(1, 1)], [['D:\\a.msg', 'success', []], ['D:\\a.msg.msg', 'failed', []]]],
    ['a skipped one stays unknown', [begin, item('D:\\a.msg'), item('D:\\b.msg'), done, out(1, 0, 1)], [['D:\\a.msg', undefined, []], ['D:\\b.msg', undefined, []]]],
    ['outcome lines of extended logging', [begin, announced('IPM.Note, a, 1 KB, Ann Lee\\Inbox, D:'), item('D:\\a.msg'), saved, announced('IPM.Note, b, 1 KB, Ann Lee\\Inbox, D:'), item('D:\\b.msg'), done, out(1, 1)], [['D:\\a.msg', 'success', []], ['D:\\b.msg', 'failed', []]]],
    ['no result line: incomplete', [begin, item('D:\\a.msg')], [['D:\\a.msg', undefined, ['operation-incomplete']]]],
    ['the next operation on the thread ends one without result', [begin, item('D:\\a.msg'), begin, item('D:\\b.msg'), done, out(1)], [['D:\\a.msg', undefined, ['operation-incomplete']], ['D:\\b.msg', 'success', []]]],
    ['counts that disagree with the items', [begin, item('D:\\a.msg'), done, out(2)], [['D:\\a.msg', 'success', ['count-mismatch']]]],
    ['threads mixed line by line', [begin, '6| Exporting items...', item('D:\\a.msg'), item('D:\\b.msg', 6), '6| Exporting completed (00:00:01).', done, out(0, 1, 0, 1, 6), out(1)], [['D:\\b.msg', 'failed', []], ['D:\\a.msg', 'success', []]]],
    ['counts only', [begin, done, out(3)], [[undefined, 'success', ['items-unknown']]]],
    ['nothing exported', [begin, done, out(0)], []],
    ['a file line at depth 0 is no action', [begin, "5| Exporting item to file 'D:\\a.msg'...", done, out(0)], []],
    ['a path with apostrophes and dots', [begin, item("D:\\it's '...' done.msg"), done, out(1)], [["D:\\it's '...' done.msg", 'success', []]]],
    ['a share', [begin, item('\\\\files.contoso.example\\legal$\\out\\a.msg'), done, out(1)], [['\\\\files.contoso.example\\legal$\\out\\a.msg', 'success', []]]],
    ['the same item twice is two actions', [begin, item('D:\\a.msg'), done, out(1), begin, item('D:\\a1.msg'), done, out(1)], [['D:\\a.msg', 'success', []], ['D:\\a1.msg', 'success', []]]],
    ['a file that begins inside the operation', [item('D:\\b.msg'), done, out(2)], [['D:\\b.msg', 'success', []]]],
    ['two blanks for a level', [begin, "5|    Exporting item to file 'D:\\a.msg'...", done, out(1)], [['D:\\a.msg', 'success', []]]],
  ];
  for (const [name, lines, expected] of rows) it(name, async () => { expect(outcomes(await items(lines))).to.deep.equal(expected); });

  it('the reason of a failure is the text of its error', async () => {
    const [failed] = await items([begin, item('D:\\a.msg'), "5| Error: Kein Zugriff auf 'D:\\a.msg'.", done, out(0, 1)]);
    expect([failed?.result, failed?.reason]).to.deep.equal(['failed', "Kein Zugriff auf 'D:\\a.msg'."]);
  });
  it('operations have batches of their own', async () => {
    const batches = (await items([begin, item('D:\\a.msg'), item('D:\\b.msg'), done, out(2), begin, item('D:\\c.msg'), done, out(1)])).map(({ batch }) => batch);
    expect(batches[0]).to.equal(batches[1]);
    expect(batches[2]).not.to.equal(batches[0]);
  });
});

describe('text of users does not act (reference 12)', () => {
  const rows: readonly (readonly [name: string, subject: string])[] = [
    ['a result', 'Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total.'], ['an account', 'Account: EVIL\\x'], ['a prefix', '3/05/2022 10:14:07 AM    1 (9004) Account: EVIL\\x'], ['an outcome', 'Item successfully exported'],
    ['separators', '|cs1=evil \\= a=b'], ['marks', '\u202egnp.exe\u2028x\u2029y\u0085'], ['a percent sign', '%n %s %1'], ['dots', 'Exporting items...'],
  ];
  for (const [name, subject] of rows) it(`a subject that looks like ${name}`, async () => {
    const fileName = subject.replace(/[\\/:*?"<>|]/g, '_');
    const [got, ...rest] = await items([begin, announced(`IPM.Note, ${subject}, 1.5 KB, Ann Lee\\Inbox, D:\\R`), item(`D:\\R\\${fileName}.msg`), saved, item(`D:\\R\\${fileName}1.msg`), done, out(2)]);
    expect(rest).to.have.length(1);
    expect(got).to.deep.include({ name: subject, nameIsFile: false, source: 'Ann Lee\\Inbox', size: 1536, result: 'success' });
  });

  // A line break inside a value makes a physical line of somebody else's choice.
  const injected = "3/05/2022 10:14:10 AM    1 (9004) Account: EVIL\\x";
  it('a line break inside a path: what follows is suspicious until the value ends, and names nobody', async () => {
    const text = textOf([...header, begin]) + `3/05/2022 10:14:09 AM    5 (9020)  Exporting item to file 'D:\\a\r\n${injected}\r\nb.msg'...\r\n${textOf(['10:14:12 5| Exporting completed (00:00:01).', '10:14:13 5| Export result: 1 items saved, 0 items failed, 0 items skipped, 1 total.'])}`;
    const read = await readText(text);
    expect(read.problems.map(({ code, line }) => [code, line])).to.deep.equal([['log-suspicious', 15]]);
    expect(read.facts('launch').map(({ account }) => account)).to.deep.equal(['CONTOSO\\aroha.ngata']);
    // The item's line was broken: only the counts are left of it.
    expect(outcomes(read.facts('log-item'))).to.deep.equal([[undefined, 'success', ['items-unknown']]]);
  });
  it('a result on a thread that began nothing closes nothing', async () => {
    const read = await readLines([...header, begin, item('D:\\a.msg'), out(99, 0, 0, 99, 7), done, out(0, 1)]);
    expect(read.problems.map(({ code, line }) => [code, line])).to.deep.equal([['log-suspicious', 15]]);
    expect(outcomes(read.facts('log-item'))).to.deep.equal([['D:\\a.msg', 'failed', []]]);
  });
  it('a line hours before the one above is marked, and counts', async () => {
    const read = await readLines([...header, '10:20:00 5| Exporting items...', "08:10:00 5|  Exporting item to file 'D:\\a.msg'...", '10:20:03 5| Exporting completed (00:00:01).', out(1)]);
    expect(read.problems.map(({ code, line }) => [code, line])).to.deep.equal([['log-suspicious', 14]]);
    expect(outcomes(read.facts('log-item'))).to.deep.equal([['D:\\a.msg', 'success', []]]);
    expect(read.events('log-suspicious').map((event) => [event['vb365.origin.line'], event['vb365.level']])).to.deep.equal([[14, 'health']]);
  });
  it('a result that an item name brings along does not close the operation', async () => {
    const text = textOf([...header, begin]) + "3/05/2022 10:14:09 AM    5 (9020)  Exporting item to file 'D:\\a\r\n3/05/2022 10:14:09 AM    5 (9020) Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total.\r\nb.msg'...\r\n" + textOf(['10:14:11 5|  Exporting item to file \'D:\\c.msg\'...', '10:14:12 5| Exporting completed (00:00:01).', '10:14:13 5| Export result: 1 items saved, 1 items failed, 0 items skipped, 2 total.']);
    const read = await readText(text);
    expect(read.problems.map(({ code }) => code)).to.deep.equal(['log-suspicious']);
    expect(read.facts('log-item').map(({ path, result, counts }) => [path, result, counts])).to.deep.equal([['D:\\c.msg', undefined, undefined]]);
  });
});

describe('restores of messages (reference 7.5)', () => {
  const restore = ['5| Restoring message: Offer letter (draft)', '5|  From: Nadia Haddad\\Inbox\\HR', '5|  To: Joan Whitfield\\Inbox\\Restored', '5| Creating message body 48213'];
  it('one group for each item: what, from where, to where, how large; no outcome is known', async () => {
    const [got, ...rest] = await items(restore);
    expect(rest).to.deep.equal([]);
    expect(got).to.deep.include({ operation: 'restore', name: 'Offer letter (draft)', source: 'Nadia Haddad\\Inbox\\HR', target: 'Joan Whitfield\\Inbox\\Restored', size: 48_213, gaps: [] });
    expect(got?.result).to.equal(undefined);
  });
  it('says whether data crosses owners', async () => {
    const event = (await readLines([...header, ...restore])).events('item-restore')[0];
    expect([event?.['vb365.owner.name'], event?.['vb365.target.kind'], event?.['event.outcome']]).to.deep.equal(['Nadia Haddad', 'elsewhere', 'unknown']);
  });
  it('several on one thread, others in between', async () => {
    const second = restore.map((line) => line.replace('Offer letter (draft)', 'Salary review'));
    const got = await items([restore[0]!, '6| Loading HR items...', ...restore.slice(1), ...second]);
    expect(got.map(({ name, size }) => [name, size])).to.deep.equal([['Offer letter (draft)', 48_213], ['Salary review', 48_213]]);
  });
  it('an error of the thread is the failure of the item', async () => {
    const [got] = await items([...restore.slice(0, 3), '5| Error: Access denied.']);
    expect([got?.result, got?.reason]).to.deep.equal(['failed', 'Access denied.']);
  });
  it('without children it was attempted all the same', async () => {
    expect((await items([restore[0]!])).map(({ name, source }) => [name, source])).to.deep.equal([['Offer letter (draft)', undefined]]);
  });
});

describe('the other Explorers (reference 6.6)', () => {
  const named = 'Veeam.OneDrive.Explorer_2022_05_03_10_14_07.log';
  const rows: readonly (readonly [name: string, path: string, file: string, operation: string, item: string])[] = [
    ['a mail is saved', 'D:\\a.msg', file, 'save', 'a'], ['a .pst is an export', 'D:\\Persönlich.pst', file, 'export', 'Persönlich'],
    ['a file is saved under its own name', 'D:\\Plan.docx', named, 'save', 'Plan.docx'], ['a .zip of OneDrive is an export', 'D:\\Documents.zip', named, 'export', 'Documents'],
    ['a .zip of Exchange is an attachment', 'D:\\a.zip', file, 'save', 'a.zip'],
  ];
  for (const [name, path, of, operation, itemName] of rows) it(name, async () => {
    const lines = of === file ? header : header.map((line) => line.replace('Veeam.Exchange', 'Veeam.OneDrive'));
    const got = (await readLines([...lines, begin, item(path), done, out(1)], { file: of })).facts('log-item');
    expect(got.map((one) => [one.operation, one.name])).to.deep.equal([[operation, itemName]]);
  });
});
