import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { alertsBeside } from '../../src/report/alerts-beside.ts';
import { restoreCsv } from '../../src/report/restore-csv.ts';
import { restoreHtml } from '../../src/report/restore-html.ts';
import { restoreJson } from '../../src/report/restore-json.ts';
import { restoreTable } from '../../src/report/restore-table.ts';
import { restoreOf } from './example-restores.ts';

const alertOf = (id: string, level: 'low' | 'medium' | 'high' | 'critical', name: string, events: readonly string[], message = `${name}: it happened`): Event => ({
  'event.id': `alert-${id}-${String(events.length)}`, 'vb365.level': 'alert', 'rule.id': id, 'rule.name': name, 'vb365.severity': level, 'vb365.alert.events': events, message,
});
const first = restoreOf({ 'event.id': 'r1', 'vb365.restore.id': '1' });
const second = restoreOf({ 'event.id': 'r2', 'vb365.restore.id': '2', 'vb365.item.name': 'Other' });
const third = restoreOf({ 'event.id': 'r3', 'vb365.restore.id': '3', 'vb365.item.name': 'Third' });
const all = [first, second, third];
const alerts = [
  alertOf('a', 'low', 'To A Share', ['r1']),
  alertOf('b', 'high', 'Many Owners', ['r1', 'r2']),
  alertOf('a', 'low', 'To A Share', ['r2', 'r1']),
  alertOf('c', 'critical', 'Auditing <Off>', ['some-change'], 'Auditing <Off>\u001b[31m of ann'),
];
const beside = alertsBeside(alerts, all);

describe('alerts beside restores', () => {
  it('each rule once, the gravest first', () => {
    expect(all.map((restore) => beside.of([restore]).map(({ id }) => id))).to.deep.equal([['b', 'a'], ['b', 'a'], []]);
    expect(beside.of(all).map(({ id }) => id)).to.deep.equal(['b', 'a']);
  });
  it('counts alerts by level, not rules', () => { expect(beside.counts).to.deep.equal([['critical', 1], ['high', 1], ['low', 2]]); });
  it('what rests on no restore stands apart', () => { expect(beside.apart.map(({ id }) => id)).to.deep.equal(['c']); });
  it('nothing is said where no rule was met', () => {
    const none = alertsBeside([], all);
    expect([none.of(all), none.counts, none.apart]).to.deep.equal([[], [], []]);
    expect(restoreTable(all, { width: 120, alerts: none })).to.equal(restoreTable(all, { width: 120 }));
  });

  it('in the table, beneath the entry, and counted below', () => {
    const lines = restoreTable([first], { width: 100, alerts: beside }).split('\n');
    expect(lines.slice(2).filter((line) => /!|Alerts/.test(line))).to.deep.equal([
      '  ! high: Many Owners', '  ! low: To A Share', 'Alerts: 1 critical, 1 high, 2 low (replay --events alerts prints them).', '! critical: Auditing <Off>␛[31m of ann',
    ]);
  });
  it('of many rules three are shown and the others counted', () => {
    const many = alertsBeside(['a', 'b', 'c', 'd', 'e'].map((id) => alertOf(id, 'low', `Rule ${id.toUpperCase()}`, ['r1'])), all);
    expect(restoreTable([first], { width: 100, alerts: many }).split('\n').filter((line) => line.startsWith('  !'))).to.deep.equal(['  ! low: Rule A', '  ! low: Rule B', '  ! low: Rule C', '  ! and 2 more rules']);
  });
  it('in CSV, the last column', () => {
    expect(restoreCsv(all, { alerts: beside }).split('\r\n').slice(0, 4).map((line) => line.slice(line.lastIndexOf(',') + 1))).to.deep.equal(['alerts', 'high: Many Owners; low: To A Share', 'high: Many Owners; low: To A Share', '']);
  });
  it('in JSON', () => {
    const [read] = JSON.parse(restoreJson([second], new Map(), beside)) as readonly { readonly report: { readonly alerts: unknown } }[];
    expect(read?.report.alerts).to.deep.equal([
      { id: 'b', name: 'Many Owners', level: 'high', message: 'Many Owners: it happened' }, { id: 'a', name: 'To A Share', level: 'low', message: 'To A Share: it happened' },
    ]);
  });
  it('on the page, escaped: a flag on the entry, the rules inside, those apart above', () => {
    const page = restoreHtml([first, third], new Map(), { alerts: beside });
    expect(page.match(/<span class="flag high">2 alerts<\/span>/g)).to.have.length(1);
    expect(page).to.include('<b class="level critical">1 critical</b> <b class="level high">1 high</b> <b class="level low">2 low</b>');
    expect(page).to.include('Auditing &lt;Off&gt;').and.not.include('Auditing <Off>');
  });
});
