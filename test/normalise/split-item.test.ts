import { expect } from 'chai';
import { ownerOfPath, readSize, splitItem, splitPath } from '../../src/normalise/split-item.ts';
import { expectProportional } from '../proportional.ts';

describe('splitting of an extended item line (reference 6.6)', () => {
  const rows: readonly (readonly [name: string, rest: string, path: string | undefined, expected: object])[] = [
    ['plain', 'IPM.Note, Quarterly figures, 79.1 KB, Ann Lee\\Inbox, C:\\Restores', 'C:\\Restores\\Quarterly figures.msg',
      { itemClass: 'IPM.Note', subject: 'Quarterly figures', sizeText: '79.1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\Restores', isAmbiguous: false }],
    ['commas everywhere', 'IPM.Note, Q3, final, 79.1 KB, Lindqvist, Per\\Inbox\\Budget, 2023, C:\\Out, old', 'C:\\Out, old\\Q3, final.msg',
      { itemClass: 'IPM.Note', subject: 'Q3, final', sizeText: '79.1 KB', source: 'Lindqvist, Per\\Inbox\\Budget, 2023', owner: 'Lindqvist, Per', target: 'C:\\Out, old', isAmbiguous: false }],
    ['a size inside the subject', 'IPM.Note, Quote, 3.5 MB, attached, 118.4 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\Quote, 3.5 MB, attached.msg',
      { itemClass: 'IPM.Note', subject: 'Quote, 3.5 MB, attached', sizeText: '118.4 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['a size inside the folder', 'IPM.Note, Quote, 118.4 KB, Ann Lee\\Inbox, 3.5 MB, old, C:\\R', 'C:\\R\\Quote.msg',
      { itemClass: 'IPM.Note', subject: 'Quote', sizeText: '118.4 KB', source: 'Ann Lee\\Inbox, 3.5 MB, old', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['overlapping size tokens', 'IPM.Note, 1 KB, 2 KB, 3 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\1 KB, 2 KB.msg',
      { itemClass: 'IPM.Note', subject: '1 KB, 2 KB', sizeText: '3 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['forbidden characters replaced in the file name', 'IPM.Note, RE: a/b "Q3"?, 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\RE_ a_b _Q3__.msg',
      { itemClass: 'IPM.Note', subject: 'RE: a/b "Q3"?', sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['a number added to the file name', 'IPM.Note, Quarterly figures, 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\Quarterly figures1.msg',
      { itemClass: 'IPM.Note', subject: 'Quarterly figures', sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['a number in brackets', 'IPM.Note, Quarterly figures, 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\Quarterly figures (1).msg',
      { itemClass: 'IPM.Note', subject: 'Quarterly figures', sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['a long name cut', `IPM.Note, ${'long '.repeat(50)}end, 1 KB, Ann Lee\\Inbox, C:\\R`, `C:\\R\\${'long '.repeat(20)}.msg`,
      { itemClass: 'IPM.Note', subject: `${'long '.repeat(50)}end`, sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['an empty subject', 'IPM.Note, , 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\.msg',
      { itemClass: 'IPM.Note', subject: '', sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['a decimal comma', 'IPM.Note, Gehalt, 1,2 MB, Jürgen Krüger\\Posteingang, C:\\R', 'C:\\R\\Gehalt.msg',
      { itemClass: 'IPM.Note', subject: 'Gehalt', sizeText: '1,2 MB', source: 'Jürgen Krüger\\Posteingang', owner: 'Jürgen Krüger', target: 'C:\\R', isAmbiguous: false }],
    ['a target with its slash', 'IPM.Note, a, 1 KB, Ann Lee\\Inbox, C:\\R\\', 'C:\\R\\a.msg',
      { itemClass: 'IPM.Note', subject: 'a', sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'C:\\R\\', isAmbiguous: false }],
    ['a drive as target', 'IPM.Note, a, 1 KB, Ann Lee\\Inbox, D:\\', 'D:\\a.msg',
      { itemClass: 'IPM.Note', subject: 'a', sizeText: '1 KB', source: 'Ann Lee\\Inbox', owner: 'Ann Lee', target: 'D:\\', isAmbiguous: false }],
    ['no file line: nothing is chosen', 'IPM.Note, a, 1 KB, Ann Lee\\Inbox, C:\\R', undefined, { itemClass: 'IPM.Note', isAmbiguous: true }],
    ['another folder than announced: nothing is chosen', 'IPM.Note, a, 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\Other\\a.msg', { itemClass: 'IPM.Note', isAmbiguous: true }],
    ['another name than announced: only what does not depend on it', 'IPM.Note, a, 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\Payroll of the board.msg', { itemClass: 'IPM.Note', target: 'C:\\R', isAmbiguous: true }],
    ['a size that is part of a mailbox with an empty subject', 'IPM.Note, , 1 KB, 1 KB, Ann Lee\\Inbox, C:\\R', 'C:\\R\\.msg',
      { itemClass: 'IPM.Note', subject: '', sizeText: '1 KB', source: '1 KB, Ann Lee\\Inbox', owner: '1 KB, Ann Lee', target: 'C:\\R', isAmbiguous: false }],
    ['two candidates: what they share', `IPM.Note, ${'b'.repeat(60)}, 1 KB, 2 KB, Ann Lee\\Inbox, C:\\R`, `C:\\R\\${'b'.repeat(50)}.msg`, { itemClass: 'IPM.Note', target: 'C:\\R', isAmbiguous: true }],
    ['two candidates of one size', `IPM.Note, ${'b'.repeat(60)}, 1 KB, 1 KB, Ann Lee\\Inbox, C:\\R`, `C:\\R\\${'b'.repeat(50)}.msg`, { itemClass: 'IPM.Note', sizeText: '1 KB', target: 'C:\\R', isAmbiguous: true }],
    ['more sizes than any name has', `IPM.Note, a${', 1 KB'.repeat(65)}, Ann Lee\\Inbox, C:\\R`, 'C:\\R\\a.msg', { itemClass: 'IPM.Note', target: 'C:\\R', isAmbiguous: true }],
    ['no comma at all', 'IPM.Note', 'C:\\R\\a.msg', { itemClass: 'IPM.Note', isAmbiguous: true }],
    ['no size', 'IPM.Note, a, Ann Lee\\Inbox, C:\\R', 'C:\\R\\a.msg', { itemClass: 'IPM.Note', target: 'C:\\R', isAmbiguous: true }],
  ];
  for (const [name, rest, path, expected] of rows) it(name, () => { expect(splitItem(rest, path, 'exchange')).to.deep.equal(expected); });

  const made: readonly (readonly [string, (size: number) => string])[] = [
    ['sizes', (size) => `IPM.Note${', 1 KB'.repeat(size)}, a\\b, C:\\R`], ['digits', (size) => `IPM.Note, ${'1'.repeat(size)} KB, C:\\R`], ['replaced letters', (size) => `IPM.Note, ${'?'.repeat(size)}, 1 KB, a\\b, C:\\R`],
  ];
  for (const [name, restOf] of made) it(`takes time in proportion to ${name}`, () => expectProportional((size) => splitItem(restOf(size), `C:\\R\\${'_'.repeat(250)}.msg`, 'exchange'), 4_000));
});

describe('owner of an item path', () => {
  const rows: readonly (readonly [path: string, workload: 'exchange' | 'onedrive' | 'sharepoint' | 'teams', owner: string | undefined])[] = [
    ['Ann Lee\\Inbox', 'exchange', 'Ann Lee'], ['Lindqvist, Per\\Inbox\\Budget, 2023', 'exchange', 'Lindqvist, Per'], ['Team: Alpha\\Inbox', 'exchange', 'Team: Alpha'], ['Ann Lee\\Documents', 'onedrive', 'Ann Lee'],
    ['Ann Lee: Documents/Plan', 'onedrive', 'Ann Lee'], ['/sites/Team/Shared Documents/x', 'sharepoint', undefined], ['https://contoso.example/sites/x', 'sharepoint', undefined], ['C:\\Users\\x', 'exchange', undefined],
    ['\\\\server\\share', 'exchange', undefined], ['Inbox', 'exchange', undefined], ['', 'exchange', undefined],
  ];
  for (const [path, workload, owner] of rows) it(`${workload}: ${path}`, () => { expect(ownerOfPath(path, workload)).to.equal(owner); });
});

describe('sizes and paths', () => {
  it('sizes of every unit and both separators', () => {
    const rows: readonly (readonly [text: string, bytes: number | undefined])[] = [
      ['0 B', 0], ['512 bytes', 512], ['79.1 KB', 80_998], ['1,2 MB', 1_258_291], ['1.5\u00a0GB', 1_610_612_736], ['2 TB', 2_199_023_255_552], ['3 kB', undefined], ['KB', undefined], ['1 KB ', undefined], ['-1 KB', undefined],
    ];
    for (const [text, bytes] of rows) expect(readSize(text), text).to.equal(bytes);
  });
  it('folder and file of a path', () => {
    const rows: readonly (readonly [path: string, folder: string, name: string])[] = [['C:\\R\\a.msg', 'C:\\R', 'a.msg'], ['D:\\a.msg', 'D:\\', 'a.msg'], ['\\\\h\\s\\a.msg', '\\\\h\\s', 'a.msg'], ['/srv/a.msg', '/srv', 'a.msg'], ['a.msg', '', 'a.msg']];
    for (const [path, folder, name] of rows) expect(splitPath(path), path).to.deep.equal({ folder, file: name });
  });
});
