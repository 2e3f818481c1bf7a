import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { restoreCsv } from '../../src/report/restore-csv.ts';
import { restoreJson } from '../../src/report/restore-json.ts';
import { exampleEvidence, examples, restoreOf } from './example-restores.ts';

/** RFC 4180 read back, character by character. */
function readCsv(text: string): readonly Record<string, string>[] {
  const records: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; }
      else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === ',') { records.at(-1)!.push(cell); cell = ''; }
    else if (character === '\r' && text[at + 1] === '\n') { records.at(-1)!.push(cell); cell = ''; records.push([]); at += 1; }
    else {
      expect(character, 'outside of quotes').not.to.match(/["\r\n]/);
      cell += character;
    }
  }
  expect(records.pop(), 'ends with a line end').to.deep.equal([]);
  const [titles = [], ...rows] = records;
  return rows.map((row) => {
    expect(row).to.have.length(titles.length);
    return Object.fromEntries(titles.map((title, at) => [title, row[at]!]));
  });
}
const one = (over: Event): Record<string, string> => readCsv(restoreCsv([restoreOf(over)]))[0]!;

describe('CSV', () => {
  it('field map 9', () => {
    expect(readCsv(restoreCsv([examples['fieldMap']!]))[0]).to.include({
      start: '2026-11-22T09:11:12.000Z', end: '2026-11-22T09:11:16.503Z', operator: 'CONTOSO\\alice', operator_account: 'CONTOSO\\alice', operator_kind: 'user', confidence: 'corroborated', candidates: '',
      reported_initiator: 'fabrikam.onmicrosoft.example', action: 'item-save', item: 'Q3, final', item_kind: 'message', size_bytes: '80998', items: '1', owner: 'Ann Lee (ann.lee@fabrikam.example)',
      owner_address: 'ann.lee@fabrikam.example', owner_type: 'mailbox', from: 'Ann Lee\\Inbox\\Finance', to: 'C:\\Users\\alice\\Desktop', to_kind: 'file', result: 'success', client: 'WKS-07', client_ip: '192.0.2.10',
      organization: 'fabrikam.onmicrosoft.example', tenant: 'fabrikam', restore_point: '2026-11-22T04:30:17.000Z', restore: '270a11a6-2beb-870c-a24f-c80687c9a48a', revision: '2', sources: 'explorer_log; rest_api',
      evidence: 'd2629c4d-4276-8e22-a192-83d0bdb86805; e7da5a57-cef5-8683-a95f-30635f15c175',
    });
  });
  it('names no account where attribution names nobody', () => {
    const row = readCsv(restoreCsv([examples['payrollMail']!]))[0]!;
    expect(row).to.include({ operator_account: '', candidates: 'CONTOSO\\h.fraser; CONTOSO\\l.matiu', operator: 'one of CONTOSO\\h.fraser, CONTOSO\\l.matiu', gaps: 'candidates-many; rest-missing' });
  });
  const formulas: readonly (readonly [string, string, string])[] = [
    ['equals sign', '=cmd|"/c calc"!A1', '\'=cmd|"/c calc"!A1'],
    ['plus', '+1', "'+1"],
    ['minus', '-1', "'-1"],
    ['at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['tab', '\t=1', "'\t=1"],
    ['carriage return', '\r=1', "'\r=1"],
    ['line feed', '\n=1', "'\n=1"],
    ['fullwidth equals sign', '＝1', "'＝1"],
    ['in the middle it is no formula', 'a=1', 'a=1'],
    ['an apostrophe stays one', "'=1", "'=1"],
  ];
  for (const [name, item, written] of formulas) it(`formula: ${name}`, () => { expect(one({ 'vb365.item.name': item })['item']).to.equal(written); });
  it('a first candidate that is a formula is none as a list either', () => {
    expect(one({ 'vb365.attribution.candidates': ['=1', 'b'] })['candidates']).to.equal("'=1; b");
  });
  for (const text of ['a "quoted" name', 'a,b', 'line\r\nbreak', 'line\nbreak', ' blanks ', '"', '","', '李安', 'a\u0000b']) {
    it(`comes back as it was: ${JSON.stringify(text)}`, () => { expect(one({ 'vb365.item.name': text })['item']).to.equal(text); });
  }
  it('every line ends with CRLF, also the last', () => { expect(restoreCsv([])).to.match(/^start,end,operator,[a-z_,]+\r\n$/); });
  it('has a byte order mark only when asked for', () => {
    expect(restoreCsv([])).to.match(/^start/);
    expect(restoreCsv([], { byteOrderMark: true })).to.match(/^\ufeffstart/);
  });
});

describe('JSON', () => {
  interface Read {
    readonly event: { readonly action: string; readonly start: string }; readonly user?: object; readonly vb365: { readonly attribution: { readonly confidence: string; readonly candidates: readonly string[] } };
    readonly report: { readonly operator: string; readonly gaps: readonly { readonly code: string; readonly remedy: string }[]; readonly evidence: readonly { readonly id: string; readonly line?: number }[] };
  }
  const read = (text: string): readonly Read[] => JSON.parse(text) as readonly Read[];

  it('is an array of nested events with what people read beside them', () => {
    const [restore] = read(restoreJson([examples['payrollMail']!], exampleEvidence));
    expect(restore!.event).to.include({ action: 'item-save', start: '2022-06-13T21:41:00.000Z' });
    expect(restore!.vb365.attribution).to.deep.include({ confidence: 'ambiguous', candidates: ['CONTOSO\\h.fraser', 'CONTOSO\\l.matiu'] });
    expect(restore!.user).to.deep.equal({ target: { email: 'ana.petrova@contoso.example' } });
    expect(restore!.report.operator).to.equal('one of CONTOSO\\h.fraser, CONTOSO\\l.matiu');
    expect(restore!.report.gaps.map(({ code }) => code)).to.deep.equal(['candidates-many', 'rest-missing']);
    expect(restore!.report.gaps[0]!.remedy).to.match(/extended logging/);
    expect(restore!.report.evidence.map(({ id, line }) => [id, line])).to.deep.equal([['s07-mail', undefined], ['s07-start-a', 8], ['s07-start-b', 8]]);
  });
  it('keeps the id of evidence whose text was not kept', () => {
    expect(read(restoreJson([examples['fieldMap']!]))[0]!.report.evidence[0]).to.deep.equal({ id: 'd2629c4d-4276-8e22-a192-83d0bdb86805' });
  });
  it('is an empty array without restores', () => { expect(read(restoreJson([]))).to.deep.equal([]); });
  it('keeps hostile names as they are', () => {
    const name = '"\\\u0000\u202e\u2028</script>';
    const [restore] = JSON.parse(restoreJson([restoreOf({ 'vb365.item.name': name })])) as readonly { vb365: { item: { name: string } } }[];
    expect(restore!.vb365.item.name).to.equal(name);
  });
});
