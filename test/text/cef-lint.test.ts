import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { cefLine } from '../../src/emit/cef.ts';
import { cefLintCodes, lintCef } from '../../src/text/cef-lint.ts';
import { alertEvent, restoreEvent } from '../emit/example-events.ts';
import { expectProportional } from '../proportional.ts';

const folder = new URL('../bad/cef/', import.meta.url);
const samples = readdirSync(folder).filter((name) => name.endsWith('.cef'));
const good = 'CEF:0|Veeam|Backup for Microsoft 365|8.5.0.1014|vb365.restore.item-save|Backup item saved|3|rt=1795338676503';

describe('CEF lint', () => {
  for (const name of samples) {
    it(`finds ${name}, and nothing else`, () => {
      const found = lintCef(readFileSync(new URL(name, folder), 'utf8'));
      expect([...new Set(found.map(({ code }) => code))]).to.deep.equal([name.slice(0, 5)]);
    });
  }
  it('has a bad sample for every code', () => {
    expect([...new Set(samples.map((name) => name.slice(0, 5)))].sort()).to.deep.equal(Object.keys(cefLintCodes));
  });

  const fine: readonly (readonly [string, string])[] = [
    ['the least line', good],
    ['a restore', cefLine(restoreEvent)], ['an alert', cefLine(alertEvent)], ['a blank after the header', cefLine(restoreEvent, { spaceAfterHeader: true })],
    ['escaped backslash, equals and line break', `${good} fname=C:\\\\a\\=b\\nc`],
    ['a pipe in the extension', `${good} fname=a|b`],
    ['a severity as a word', good.replace('|3|', '|Very-High|')],
    ['severity 10', good.replace('|3|', '|10|')],
    ['a time in words', good.replace('1795338676503', 'Nov 22 2026 09:11:16.503 UTC')],
    ['an id of 40', `${good} externalId=${'a'.repeat(40)}`],
    ['the largest int', `${good} fsize=2147483647`],
    ['a long above it', `${good} cn1Label=SizeBytes cn1=2147483648`],
    ['an IPv6 address in its slot', `${good} c6a2Label=SourceIPv6Address c6a2=2001:db8::10`],
    ['square brackets that are no JSON', `${good} cs4Label=SessionName cs4=[Exchange] restore`],
    ['keys whose names end in Zone', `${good} sourceZoneKey=1`],
    ['backslash before a pipe, both as data', `${good} fname=a\\\\|b`],
  ];
  for (const [name, line] of fine) it(`lets pass: ${name}`, () => { expect(lintCef(line)).to.deep.equal([]); });

  it('says where', () => {
    expect(lintCef(`${good} src=WKS-07 fname=a\\|b`)).to.deep.equal([{ code: 'CEF12', where: 'src' }, { code: 'CEF06', where: 'fname' }]);
  });
  it('reads what is no CEF', () => {
    for (const line of ['', 'CEF:', 'CEF:0', '{"a":1}', 'CEF:0|||||||', '|'.repeat(100)]) expect(lintCef(line).map(({ code }) => code)).not.to.deep.equal([]);
  });
  for (const piece of ['=', '\\', 'a=', ' ', '\\|', 'a b=', '{', 'CEF:0|', '[']) {
    it(`takes time in proportion to a hostile line of ${piece}`, () => expectProportional((size) => lintCef(`${good} msg=${piece.repeat(size)}`), 8_192));
  }
});
