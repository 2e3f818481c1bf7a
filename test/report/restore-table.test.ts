import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { latestRestores } from '../../src/report/latest-restores.ts';
import { restoreTable } from '../../src/report/restore-table.ts';
import { placeColumns } from '../../src/report/table-layout.ts';
import { examples, restoreOf } from './example-restores.ts';
import { expectProportional } from '../proportional.ts';

const all = latestRestores(Object.values(examples));
const hostile: readonly Event[] = [
  restoreOf({ 'vb365.item.name': '<script>'.repeat(2_500), 'vb365.owner.name': '\u001b[2J\u001b[31mroot', 'vb365.target.path': 'C:\\\u202eexe.txt' }),
  restoreOf({ 'vb365.restore.id': '2', 'vb365.item.name': '李安國'.repeat(40), 'vb365.owner.name': `e${'\u0301'.repeat(500)}`, 'vb365.attribution.gaps': ['made-up\u001b[0m'] }),
  restoreOf({ 'vb365.restore.id': '3', 'vb365.attribution.confidence': 'ambiguous', 'vb365.attribution.candidates': ['a'.repeat(20_000), '\n\n'] }),
];
const lines = (text: string): readonly string[] => text.split('\n');

describe('table', () => {
  for (const width of [64, 80, 100, 117, 118, 128, 160, 200]) {
    it(`no line is wider than ${width} columns`, () => {
      for (const line of lines(restoreTable([...all, ...hostile], { width }))) expect(displayWidth(line)).to.be.at.most(width);
    });
    it(`everything a reader needs is there at ${width}`, () => {
      const text = restoreTable([examples['payroll']!], { width }).replaceAll(/\s+/g, '');
      for (const part of ['2022-06-13', '21:41:10', 'CONTOSO\\', 'h.fraser', 'saved', 'Payroll', 'Ana Petrova', 'D:\\Restores', 'success', 'corroborated']) expect(text).to.include(part.replaceAll(' ', ''));
    });
  }

  it('reads as written here at 80 columns', () => {
    expect(restoreTable([examples['payroll']!], { width: 80 })).to.equal([
      'When        Operator          What                Whose        How sure',
      '──────────  ────────────────  ──────────────────  ───────────  ────────────',
      '2022-06-13  CONTOSO\\h.fraser  saved Payroll June  Ana Petrova  corroborated',
      '21:41:10',
      '  from Ana Petrova\\Inbox\\Payroll · to D:\\Restores · on CONTADM01 · success',
      '',
      '1 restore: 1 corroborated. Times in UTC.',
      '',
      'What is missing, and what to do about it:',
      '    1 × The owner is audited, but no audit mail about this restore was read.',
      '        Check that the audit mailbox is read completely, that audit',
      '        notifications are on, and that nobody deletes from it.',
      '',
    ].join('\n'));
  });
  it('no control character and no reading-direction mark of a name reaches the terminal', () => {
    expect(restoreTable(hostile, { width: 120 })).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });
  it('a name cannot add a row', () => {
    const forged = restoreOf({ 'vb365.item.name': 'x\n2022-06-13  CONTOSO\\ceo  saved Everything' });
    expect(lines(restoreTable([forged], { width: 200 })).some((line) => line.startsWith('2022-06-13  CONTOSO'))).to.equal(false);
  });
  it('counts by confidence, the surest first', () => {
    expect(restoreTable(all, { width: 200 })).to.include('14 restores in 13 entries (--all lists every item): 8 corroborated, 2 confirmed, 1 ambiguous, 2 organisation only, 1 unknown. Times in UTC.');
  });
  it('lists every item when asked for', () => {
    const text = restoreTable(all, { width: 200, all: true });
    expect(text).to.include('14 restores: 8 corroborated');
    expect(text).to.include('saved Delivery notice');
  });
  it('marks restores of which the person asked for is only a candidate', () => {
    const text = restoreTable([examples['payroll']!, examples['payrollMail']!], { width: 200, operator: 'matiu' });
    expect(text).to.include('? one of CONTOSO\\h.fraser');
    expect(text).to.include('? 1 restore: the person asked for is one of several');
    expect(text).not.to.include('? CONTOSO\\h.fraser');
  });
  it('shows an ambiguous restore without naming anybody', () => {
    expect(restoreTable([examples['payrollMail']!], { width: 200 })).to.include('one of CONTOSO\\h.fraser, CONTOSO\\l.matiu');
  });
  it('counts each gap once per restore and says what to do', () => {
    expect(restoreTable([examples['nadiaBack']!, examples['nadiaElsewhere']!], { width: 200 })).to.match(/ {4}2 × The owner is audited.*Check that/s);
  });
  it('has no colour unless asked for', () => {
    expect(restoreTable(all, { width: 200 })).not.to.include('\u001b');
    expect(restoreTable(all, { width: 200, color: true })).to.include('\u001b[33mambiguous');
  });
  it('says so when there is nothing', () => { expect(restoreTable([], { width: 80 })).to.equal('No restores.\n'); });
  it('takes time in proportion to the restores', () => expectProportional((size) => (
    restoreTable(Array.from({ length: size }, (_, at) => ({ ...examples['payroll']!, 'vb365.restore.id': String(at), 'vb365.item.name': `李安 ${at}` })), { width: 160 })), 100)).timeout(60_000);
});

describe('columns', () => {
  const columns = [{ name: 'a', title: 'A', min: 10, natural: 30 }, { name: 'b', title: 'B', min: 10, natural: 12 }, { name: 'c', title: 'C', min: 10, natural: 4 }] as const;
  const rows: readonly (readonly [string, number, readonly (readonly [string, number])[]])[] = [
    // 10 + 2 + 10 + 2 + 4 = 28 is the least; c needs only its four
    ['the least', 28, [['a', 10], ['b', 10], ['c', 4]]],
    // 10 + 2 + 4 = 16 is what stays; the eleven that are left all go to a (c has no need)
    ['one less: the expendable one leaves, the neediest takes what it left', 27, [['a', 21], ['c', 4]]],
    ['room for all', 60, [['a', 30], ['b', 12], ['c', 4]]],
  ];
  for (const [name, width, placed] of rows) {
    it(name, () => { expect(placeColumns(columns, ['b'], width).map((column) => [column.name, column.width])).to.deep.equal(placed); });
  }
});
