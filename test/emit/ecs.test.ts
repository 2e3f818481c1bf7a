import { expect } from 'chai';
import fc from 'fast-check';
import { ecsDocument, ecsLine } from '../../src/emit/ecs.ts';
import type { Event } from '../../src/event.ts';
import { anyEvent } from './any-event.ts';
import { alertEvent, example, restoreEvent } from './example-events.ts';

describe('ECS JSON', () => {
  for (const [name, event] of [['restore', restoreEvent], ['alert', alertEvent]] as const) {
    it(`nests the ${name} of the examples`, () => {
      const expected: unknown = JSON.parse(example(`${name}.json`));
      expect(ecsDocument(event)).to.deep.equal(expected);
      expect(JSON.parse(ecsLine(event))).to.deep.equal(expected);
    });
  }

  const rows: readonly (readonly [string, Event, string])[] = [
    ['nothing', {}, '{}'],
    ['one field', { 'message': 'a' }, '{"message":"a"}'],
    ['order of the table, whatever the order of the event', { 'vb365.level': 'health', 'event.kind': 'state', '@timestamp': '2026-11-22T09:11:16.503Z' }, '{"@timestamp":"2026-11-22T09:11:16.503Z","event":{"kind":"state"},"vb365":{"level":"health"}}'],
    ['a group inside a group, and out of it again', { 'user.name': 'a', 'user.target.name': 'b', 'group.name': 'c' }, '{"user":{"name":"a","target":{"name":"b"}},"group":{"name":"c"}}'],
    ['the last field deep inside', { 'vb365.restore.items.total': 1 }, '{"vb365":{"restore":{"items":{"total":1}}}}'],
    ['arrays, also of one', { 'event.category': ['email'], 'related.user': ['a', 'b'] }, '{"event":{"category":["email"]},"related":{"user":["a","b"]}}'],
    ['zero and false are values', { 'vb365.restore.items.failed': 0, 'vb365.context.off_hours': false }, '{"vb365":{"restore":{"items":{"failed":0}},"context":{"off_hours":false}}}'],
    ['no empty text, array or member, no number that JSON lacks', { 'message': '', 'related.user': ['', ''], 'related.ip': ['', '192.0.2.1'], 'event.duration': NaN, 'event.risk_score': Infinity }, '{"related":{"ip":["192.0.2.1"]}}'],
    ['quotes and backslashes', { 'message': 'a "b" C:\\d' }, '{"message":"a \\"b\\" C:\\\\d"}'],
    ['line breaks and other control characters', { 'message': 'a\r\nb\tc\u0000\u007f\u0085' }, '{"message":"a\\r\\nb\\tc\\u0000\\u007f\\u0085"}'],
    ['line separators of Unicode', { 'message': 'a\u2028b\u2029' }, '{"message":"a\\u2028b\\u2029"}'],
    ['half a character', { 'message': 'a\ud83d', 'related.user': ['\udc00b'] }, '{"message":"a\ufffd","related":{"user":["\ufffdb"]}}'],
    ['whole characters of any script', { 'message': 'Brückner 山田 😀 \u202e' }, '{"message":"Brückner 山田 😀 \u202e"}'],
  ];
  for (const [name, event, line] of rows) it(name, () => { expect(ecsLine(event)).to.equal(line); });

  it('does not write what is no field', () => {
    expect(ecsLine({ 'message': 'a', 'no.such': 'b', '__proto__.x': 'c' } as Event)).to.equal('{"message":"a"}');
  });

  it('the line is the document, for any event', () => {
    fc.assert(fc.property(anyEvent, (event) => {
      const line = ecsLine(event);
      expect(line).not.to.match(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(line).to.equal(JSON.stringify(ecsDocument(event)).replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
      expect(Buffer.from(line, 'utf8').toString('utf8')).to.equal(line);
    }), { numRuns: 300 });
  });
});
