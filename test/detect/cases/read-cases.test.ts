import { expect } from 'chai';
import fc from 'fast-check';
import { readCases } from '../../../src/detect/cases/read-cases.ts';
import { maxTimelineEvents } from '../../../src/limits.ts';

const file = 'some_rule.test.yml';
const read = (...lines: readonly string[]) => readCases(lines.join('\n'), file);

describe('cases of a rule: reading', () => {
  it('what is given lies under every event, nested maps are dotted names, and the own value wins', () => {
    const { cases, findings } = read('given:', '  event: {vb365: {level: restore, tenant.id: t1}, user.name: ann}', 'match:', '  - name: a', '    event: {user: {name: bob}}');
    expect(findings).to.deep.equal([]);
    expect(cases?.match.map(({ name, event }) => [name, event])).to.deep.equal([['a', { 'vb365.level': 'restore', 'vb365.tenant.id': 't1', 'user.name': 'bob' }]]);
  });
  it('values keep their types', () => {
    const { cases } = read('match:', '  - {name: a, event: {n: 1, t: true, s: "1", l: [a, 2]}}');
    expect(cases?.match[0]?.event).to.deep.equal({ n: 1, t: true, s: '1', l: ['a', 2] });
  });
  it('placeholders are lists of texts', () => {
    expect(read('given: {placeholders: {terms: [payroll, 2026]}}').cases?.placeholders).to.deep.equal({ terms: ['payroll', '2026'] });
  });
  it('a timeline: defaults, times, repetitions, an event in full', () => {
    const { cases, findings } = read('timelines:', '  - name: t', '    events:', '      - {at: +1h30m, match: other, with: {user.name: ann}, without: [x], unique: [vb365.restore.id], repeat: 3, every: 60s}',
      '      - {event: {a: 1}}', '      - {watermark: +2d}', '    close: false', '    alerts:', '      - {at: +1m, group: {user.name: ann}, count: 3}', '      - {}');
    expect(findings).to.deep.equal([]);
    const [timeline] = cases?.timelines ?? [];
    expect(new Date(timeline?.startMs ?? 0).toISOString()).to.equal('2026-01-05T09:00:00.000Z');
    expect(timeline?.isClosed).to.equal(false);
    expect(timeline?.alerts).to.deep.equal([{ group: { 'user.name': 'ann' }, atMs: 60_000, count: 3 }, { group: {} }]);
    const [first, second, third] = timeline?.entries ?? [];
    expect(first).to.deep.include({ kind: 'event', atMs: 5_400_000, match: 'other', with: { 'user.name': 'ann' }, without: ['x'], unique: ['vb365.restore.id'], repeat: 3, everyMs: 60_000 });
    expect(second).to.deep.include({ kind: 'event', atMs: 0, with: { a: 1 }, repeat: 1, everyMs: 0 });
    expect(third).to.deep.equal({ kind: 'watermark', atMs: 172_800_000 });
  });
  it('the start of a timeline', () => {
    expect(read('timelines:', "  - {name: t, start: '2026-03-02T09:00:00Z', events: [], alerts: []}").cases?.timelines[0]?.startMs).to.equal(Date.UTC(2026, 2, 2, 9));
  });

  const bad: readonly (readonly [name: string, lines: readonly string[], code: string, line: number, column: number, message: RegExp])[] = [
    ['nothing in it', ['# later'], 'CASE_SCHEMA', 1, 1, /holds no cases/],
    ['a list', ['- a'], 'CASE_SCHEMA', 1, 1, /holds no cases/],
    ['no YAML', ['match: ['], 'CASE_YAML', 1, 9, /./],
    ['an alias', ['match: &x []', 'ignore: *x'], 'CASE_YAML', 2, 9, /aliases are not allowed/],
    ['a key twice', ['match: []', 'match: []'], 'CASE_YAML', 2, 1, /stands twice/],
    ['a second document', ['match: []', '---', 'match: []'], 'CASE_SCHEMA', 3, 1, /second document/],
    ['an unknown key', ['matches: []'], 'CASE_SCHEMA', 1, 1, /matches is not known/],
    ['because of a match', ['match:', '  - {name: a, event: {x: 1}, because: selection}'], 'CASE_SCHEMA', 2, 30, /because is not known/],
    ['a case without a name', ['match:', '  - {event: {x: 1}}'], 'CASE_SCHEMA', 2, 5, /no name/],
    ['a case without an event', ['match:', '  - {name: a}'], 'CASE_SCHEMA', 2, 5, /no event/],
    ['an empty field', ['match:', '  - {name: a, event: {x: }}'], 'CASE_SCHEMA', 2, 23, /x is empty/],
    ['no alerts stated', ['timelines:', '  - {name: t, events: []}'], 'CASE_SCHEMA', 2, 5, /no alerts/],
    ['a start that is no time', ['timelines:', '  - {name: t, start: soon, events: [], alerts: []}'], 'CASE_SCHEMA', 2, 22, /no time: soon/],
    ['a time that is none', ['timelines:', '  - {name: t, events: [{at: later, match: r}], alerts: []}'], 'CASE_SCHEMA', 2, 29, /at is no time/],
    ['both match and event', ['timelines:', '  - {name: t, events: [{match: r, event: {x: 1}}], alerts: []}'], 'CASE_SCHEMA', 2, 24, /either the match of a rule or given in full/],
    ['repeated not at all', ['timelines:', '  - {name: t, events: [{match: r, repeat: 0}], alerts: []}'], 'CASE_SCHEMA', 2, 43, /repeat is not a whole number/],
    ['close is neither', ['timelines:', '  - {name: t, events: [], close: later, alerts: []}'], 'CASE_SCHEMA', 2, 34, /close is neither/],
    ['placeholders that are no list', ['given: {placeholders: {terms: payroll}}'], 'CASE_SCHEMA', 1, 31, /terms is not a list/],
  ];
  for (const [name, lines, code, line, column, message] of bad) {
    it(`refused: ${name}`, () => {
      const [finding] = read(...lines).findings;
      expect([finding?.code, finding?.file, finding?.line, finding?.column, finding?.severity]).to.deep.equal([code, file, line, column, 'error']);
      expect(finding?.message).to.match(message);
      expect(finding?.remedy).to.be.a('string');
    });
  }
  it('all faults of a file at once', () => {
    expect(read('matches: []', 'ignore:', '  - {name: a}', '  - {event: {x: 1}}').findings).to.have.length(3);
  });
  it('a timeline with as many events as may be is read, one more is refused', () => {
    const of = (repeat: number) => read('timelines:', `  - {name: t, events: [{match: r, repeat: ${String(repeat)}}, {match: r}], alerts: []}`);
    expect(of(maxTimelineEvents - 1).cases?.timelines).to.have.length(1);
    expect(of(maxTimelineEvents).cases?.timelines).to.have.length(0);
    expect(of(maxTimelineEvents).findings).to.have.length(1);
  });
  it('no text makes it throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom('match:', '- name: a', '  event: {x: 1}', 'timelines:', '  - ', '{', ']', 'given: ', 'alerts: []', '__proto__: {a: 1}')).map((parts) => parts.join('\n'))), (text) => {
      readCases(text, file);
    }));
  });
});
