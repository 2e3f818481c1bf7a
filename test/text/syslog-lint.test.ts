import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { lintSyslog, syslogLintCodes, type SyslogLintOptions } from '../../src/text/syslog-lint.ts';

const folder = new URL('../bad/syslog/', import.meta.url);
const samples = readdirSync(folder);
const good = '<109>1 2026-11-22T09:11:16.503Z vb365-01.provider.example vb365-siem 4242 restore - {}';
const framingOf = (name: string): SyslogLintOptions => name.endsWith('.octet') ? { framing: 'octet' } : name.endsWith('.lf') ? { framing: 'lf' } : {};

describe('syslog lint', () => {
  for (const name of samples) {
    it(`finds ${name}, and nothing else`, () => {
      const found = lintSyslog(readFileSync(new URL(name, folder)), framingOf(name));
      expect([...new Set(found.map(({ code }) => code))]).to.deep.equal([name.slice(0, 5)]);
    });
  }
  it('has a bad sample for every code', () => {
    expect([...new Set(samples.map((name) => name.slice(0, 5)))].sort()).to.deep.equal(Object.keys(syslogLintCodes));
  });

  const sized = (bytes: number): string => `${good.slice(0, -2)}${'x'.repeat(bytes - good.length + 2)}`;
  const fine: readonly (readonly [string, string, SyslogLintOptions])[] = [
    ['a message', good, {}], ['nothing known', '<0>1 - - - - - -', {}], ['the largest PRI', good.replace('109', '191'), {}],
    ['an offset and six decimals', good.replace('503Z', '503123+05:30'), {}], ['29 February', good.replace('2026-11-22', '2028-02-29'), {}],
    ['parts at their limits', `<109>1 - ${'h'.repeat(255)} ${'a'.repeat(48)} ${'p'.repeat(128)} ${'m'.repeat(32)} - x`, {}],
    ['structured data with its three escapes', good.replace('- {}', '[vb365@32473 tenant="a\\"b\\\\c\\]d" code="x"][origin software="y"] {}'), {}],
    ['structured data without parameters and message', good.replace('- {}', '[origin]'), {}],
    ['the limit', sized(8000), {}],
    ['an octet count in bytes', `${String(Buffer.byteLength(`${good} é`))} ${good} é`, { framing: 'octet' }],
    ['a line feed at the end', `${good}\n`, { framing: 'lf' }],
    ['a line feed inside a counted message', `${String(good.length + 2)} ${good}\nx`, { framing: 'octet' }],
  ];
  for (const [name, message, options] of fine) it(`lets pass: ${name}`, () => { expect(lintSyslog(Buffer.from(message), options)).to.deep.equal([]); });

  const faulty: readonly (readonly [string, string, SyslogLintOptions, string])[] = [
    ['one byte above the limit', sized(8001), {}, 'SYS03 size'],
    ['host of 256', `<109>1 - ${'h'.repeat(256)} a p m - x`, {}, 'SYS01 HOSTNAME'],
    ['process of 129', `<109>1 - h a ${'p'.repeat(129)} m - x`, {}, 'SYS01 PROCID'],
    ['message id of 33', `<109>1 - h a p ${'m'.repeat(33)} - x`, {}, 'SYS01 MSGID'],
    ['30 February', good.replace('2026-11-22', '2026-02-30'), {}, 'SYS02 TIMESTAMP'],
    ['no frame', good, { framing: 'octet' }, 'SYS03 octet count'],
    ['a count with a leading zero', `0${String(good.length)} ${good}`, { framing: 'octet' }, 'SYS03 octet count'],
    ['no line feed', good, { framing: 'lf' }, 'SYS03 line feed'],
    ['structured data without an id', good.replace('- {}', '[] {}'), {}, 'SYS04 STRUCTURED-DATA'],
    ['a dash that is not alone', good.replace('- {}', '-- {}'), {}, 'SYS04 STRUCTURED-DATA'],
  ];
  for (const [name, message, options, expected] of faulty) {
    it(`finds ${name}`, () => { expect(lintSyslog(Buffer.from(message), options).map(({ code, where }) => `${code} ${where}`)).to.deep.equal([expected]); });
  }
});
