import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '../../src/event.ts';
import { frameMessage } from '../../src/emit/framing.ts';
import { createRenderer } from '../../src/emit/render.ts';
import { syslogHeader } from '../../src/emit/syslog-header.ts';
import { wellFormed } from '../../src/text/cut-text.ts';
import { readSyslog, type SyslogMessage } from '../../src/text/syslog.ts';
import { createFrameReader } from '../../src/text/syslog-frames.ts';
import { lintSyslog } from '../../src/text/syslog-lint.ts';
import { anyEvent, hostileText } from './any-event.ts';
import { expectProportional } from '../proportional.ts';

const collector = { host: 'collector.example', processId: 4242 };
const base: Event = { '@timestamp': '2026-11-02T09:11:16.503Z', 'observer.hostname': 'vb365-01.provider.example', 'vb365.level': 'restore', 'vb365.severity': 'low' };

describe('header of a syslog message', () => {
  const rows: readonly (readonly [string, Event, { readonly header: 'rfc5424' | 'bsd'; readonly facility: number }, string])[] = [
    ['says who, when, how grave and which level', base, { header: 'rfc5424', facility: 13 }, '<109>1 2026-11-02T09:11:16.503Z vb365-01.provider.example vb365-siem 4242 restore - '],
    ['has the PRI of each severity: critical', { ...base, 'vb365.severity': 'critical' }, { header: 'rfc5424', facility: 13 }, '<106>1 2026-11-02T09:11:16.503Z vb365-01.provider.example vb365-siem 4242 restore - '],
    ['keeps facility 0', { ...base, 'vb365.severity': 'high' }, { header: 'rfc5424', facility: 0 }, '<3>1 2026-11-02T09:11:16.503Z vb365-01.provider.example vb365-siem 4242 restore - '],
    ['reaches PRI 190 with the last facility', { ...base, 'vb365.severity': 'informational' }, { header: 'rfc5424', facility: 23 }, '<190>1 2026-11-02T09:11:16.503Z vb365-01.provider.example vb365-siem 4242 restore - '],
    ['names the collector when the event names no server, and says nothing of what is not known', {}, { header: 'rfc5424', facility: 13 }, '<110>1 - collector.example vb365-siem 4242 - - '],
    ['lets no host name end it', { ...base, 'observer.hostname': 'a b\n<13>1 é' }, { header: 'rfc5424', facility: 13 }, '<109>1 2026-11-02T09:11:16.503Z a_b_<13>1__ vb365-siem 4242 restore - '],
    ['of RFC 3164 pads the day with a blank, has no year, and always a tag', base, { header: 'bsd', facility: 20 }, '<165>Nov  2 09:11:16 vb365-01.provider.example vb365-siem[4242]: '],
  ];
  for (const [name, event, settings, expected] of rows) it(name, () => { expect(syslogHeader(event, settings, collector)).to.equal(expected); });

  it('cuts a host name to 255 characters', () => {
    expect(syslogHeader({ ...base, 'observer.hostname': 'h'.repeat(300) }, { header: 'rfc5424', facility: 13 }, collector).split(' ')[2]).to.equal('h'.repeat(255));
  });
});

describe('message of an event', () => {
  const destination = (format: 'ecs' | 'cef', header: 'rfc5424' | 'bsd', maxMessageBytes: number) => ({
    id: 'd', tenants: ['t'], format, events: 'all' as const,
    syslog: { url: 'tcp://192.0.2.1:601', transport: 'tcp' as const, host: '192.0.2.1', port: 601, framing: 'octet-counting' as const, commit: 'fin' as const, header, facility: 13, maxMessageBytes },
  });
  it('is exactly as long as allowed at the limit, and shortened one byte below it', () => {
    const event: Event = { ...base, 'event.id': 'e1', 'message': 'm'.repeat(600) };
    const whole = createRenderer(destination('ecs', 'rfc5424', 8_000), collector)(event) as string;
    const limit = Buffer.byteLength(whole);
    expect(createRenderer(destination('ecs', 'rfc5424', limit), collector)(event)).to.equal(whole);
    const shortened = createRenderer(destination('ecs', 'rfc5424', limit - 1), collector)(event) as string;
    expect(Buffer.byteLength(shortened)).to.be.at.most(limit - 1);
    expect((JSON.parse(readSyslog(shortened)!.message) as { vb365: { truncated: string[] } }).vb365.truncated).to.deep.equal(['message']);
  });
  it('is a problem, not a cut, when nothing may be shortened any more', () => {
    expect(createRenderer(destination('ecs', 'rfc5424', 100), collector)({ ...base, 'event.id': 'e1' })).to.deep.include({ code: 'send-too-large' });
  });
  it('obeys the receivers\' rules whatever the event says', () => {
    fc.assert(fc.property(anyEvent, fc.constantFrom('ecs' as const, 'cef' as const), (event, format) => {
      const message = createRenderer(destination(format, 'rfc5424', 8_000), collector)(event);
      if (typeof message !== 'string') return;
      for (const [framing, lint] of [['octet-counting', 'octet'], ['lf', 'lf']] as const) expect(lintSyslog(frameMessage(message, framing), { framing: lint })).to.deep.equal([]);
    }), { numRuns: 150 });
  });
});

describe('frame of a message', () => {
  const rows: readonly (readonly [string, string, 'octet-counting' | 'lf', string])[] = [
    ['counts bytes, not characters', 'é😀', 'octet-counting', '6 é😀'], ['ends with a line feed', 'abc', 'lf', 'abc\n'],
    ['lets no line break begin another message', 'a\r\n<13>1 forged', 'lf', 'a  <13>1 forged\n'],
  ];
  for (const [name, message, framing, expected] of rows) it(name, () => { expect(frameMessage(message, framing).toString('utf8')).to.equal(expected); });

  it('is read back wherever the stream is cut', () => {
    fc.assert(fc.property(fc.array(hostileText.map((text) => `<13>${wellFormed(text)}`), { maxLength: 6 }), fc.constantFrom('octet-counting' as const, 'lf' as const), fc.integer({ min: 1, max: 40 }), (texts, framing, size) => {
      const stream = Buffer.concat(texts.map((text) => frameMessage(text, framing)));
      const reader = createFrameReader(100_000);
      const read: string[] = [];
      for (let at = 0; at < stream.length; at += size) read.push(...reader.push(stream.subarray(at, at + size)).map((message) => message.toString('utf8')));
      expect([...read, ...reader.end()]).to.deep.equal(framing === 'lf' ? texts.map((text) => text.replace(/[\r\n]/g, ' ')) : texts);
    }), { numRuns: 200 });
  });

  const streams: readonly (readonly [string, string, number, readonly string[], boolean])[] = [
    ['takes both framings on one stream', '3 abc<13>x\n2 de', 100, ['abc', '<13>x', 'de'], false],
    ['takes a message of the longest length', '5 abcde', 5, ['abcde'], false],
    ['stops at a count above it', '3 abc6 abcdef3 abc', 5, ['abc'], true],
    ['stops at a line above it', '<13>abcdef\n', 5, [], true],
    ['stops at a count without end', '1'.repeat(12), 100, [], true],
    ['gives the last line without line feed', '<13>a\n<13>b', 100, ['<13>a', '<13>b'], false],
    ['gives nothing of a message that is cut off', '5 abc', 100, [], false],
  ];
  for (const [name, stream, maxBytes, expected, isBroken] of streams) {
    it(`reader: ${name}`, () => {
      const reader = createFrameReader(maxBytes);
      const read = [...reader.push(Buffer.from(stream)), ...reader.end()];
      expect(read.map((message) => message.toString('utf8'))).to.deep.equal(expected);
      expect(reader.isBroken()).to.equal(isBroken);
    });
  }
});

describe('reader of syslog messages', () => {
  const rows: readonly (readonly [string, string, SyslogMessage | undefined])[] = [
    ['reads RFC 5424', '<109>1 2026-11-22T09:11:16.503Z h.example vb365-siem 42 restore - {"a":1}', { format: 'rfc5424', facility: 13, severity: 5, time: '2026-11-22T09:11:16.503Z', host: 'h.example', app: 'vb365-siem', process: '42', id: 'restore', message: '{"a":1}' }],
    ['reads structured data with escapes, and takes off the mark', '<0>1 - - - - - [a@1 b="x\\]\\"y"][c] \ufeffhi', { format: 'rfc5424', facility: 0, severity: 0, structuredData: '[a@1 b="x\\]\\"y"][c]', message: 'hi' }],
    ['reads a header without message', '<191>1 - - - - - -', { format: 'rfc5424', facility: 23, severity: 7, message: '' }],
    ['reads RFC 3164 with tag and number', '<109>Nov  2 09:11:16 h vb365-siem[42]: CEF:0|a', { format: 'bsd', facility: 13, severity: 5, time: 'Nov  2 09:11:16', host: 'h', app: 'vb365-siem', process: '42', message: 'CEF:0|a' }],
    ['refuses a PRI above 191', '<192>1 - - - - - - x', undefined], ['refuses leading zeros', '<01>1 - - - - - - x', undefined],
    ['refuses open structured data', '<1>1 - - - - - [a b="c x', undefined], ['refuses text', 'hello', undefined], ['refuses nothing', '', undefined],
  ];
  for (const [name, text, expected] of rows) it(name, () => { expect(readSyslog(text)).to.deep.equal(expected); });

  const endless: readonly (readonly [string, string, string])[] = [
    ['structured data that never closes', '<1>1 - - - - - ', '[a b="'], ['a field', '<1>1 ', 'a'], ['brackets', '<1>Nov  2 09:11:16 h ', '['], ['parameters', '<1>1 - - - - - [a', ' b="c"'],
  ];
  for (const [name, lead, piece] of endless) {
    it(`takes time in proportion to its length: ${name}`, () => expectProportional((size) => { expect(readSyslog(lead + piece.repeat(size))).to.equal(undefined); }, 8_192));
  }
});
