import { expect } from 'chai';
import fc from 'fast-check';
import { cefLine } from '../../src/emit/cef.ts';
import type { Event } from '../../src/event.ts';
import { cefDictionary, isOwnKey } from '../../src/text/cef-dictionary.ts';
import { cefFields } from '../../src/text/cef-fields.ts';
import { cefText, readCef } from '../../src/text/cef.ts';
import { lintCef } from '../../src/text/cef-lint.ts';
import { wellFormed } from '../../src/text/cut-text.ts';
import { anyEvent } from './any-event.ts';
import { activityEvent, example, restoreEvent } from './example-events.ts';
import { expectProportional } from '../proportional.ts';

const least: Event = { '@timestamp': '2026-11-22T09:11:16.503Z', 'event.code': 'vb365.restore.item-save', 'event.action': 'item-save', 'event.severity': 3, 'vb365.level': 'restore' };
const extensionOf = (fields: Event): string => cefLine({ ...least, ...fields }).split('|').slice(7).join('|');
/** what a field adds to the least event */
const added = (fields: Event): string => {
  const before = new Set(extensionOf({}).split(' '));
  return extensionOf(fields).split(' ').filter((part) => !before.has(part)).join(' ');
};

describe('CEF', () => {
  it('the restore of the examples, byte for byte', () => { expect(cefLine(restoreEvent)).to.equal(example('restore.cef')); });
  it('the activity of the examples, byte for byte', () => { expect(cefLine(activityEvent)).to.equal(example('activity.cef')); });

  describe('header', () => {
    const header = (fields: Event): string => cefLine({ ...least, ...fields }).split('|').slice(0, 7).join('|');
    const rows: readonly (readonly [string, Event, string])[] = [
      ['version unknown', {}, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.restore.item-save|Backup item saved|3'],
      ['version with everything that would shift columns', { 'observer.version': '8|5\\0\r\nCEF:0' }, 'CEF:0|Veeam|Backup for Microsoft 365|8/5/0 CEF;0|vb365.restore.item-save|Backup item saved|3'],
      ['version of blanks', { 'observer.version': ' \t ' }, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.restore.item-save|Backup item saved|3'],
      ['version of 31 bytes', { 'observer.version': '1'.repeat(31) }, `CEF:0|Veeam|Backup for Microsoft 365|${'1'.repeat(31)}|vb365.restore.item-save|Backup item saved|3`],
      ['version of 32 bytes', { 'observer.version': '1'.repeat(32) }, `CEF:0|Veeam|Backup for Microsoft 365|${'1'.repeat(28)}...|vb365.restore.item-save|Backup item saved|3`],
      ['view', { 'event.code': 'vb365.restore.item-view', 'event.action': 'item-view', 'event.severity': 1 }, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.restore.item-view|Backup item viewed|1'],
      ['activity', { 'event.code': 'vb365.activity.folder-open', 'event.action': 'folder-open' }, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.activity.folder-open|Folder open|3'],
      ['health', { 'event.code': 'vb365.health.unknown-lines', 'event.action': 'unknown-lines' }, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.health.unknown-lines|Unknown lines|3'],
      ['alert carries the title of its rule', { 'event.code': 'vb365.alert', 'event.action': 'rule-matched', 'rule.name': 'Many owners | one operator', 'event.severity': 7 }, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.alert|Many owners / one operator|7'],
      ['alert without a title', { 'event.code': 'vb365.alert', 'event.action': 'rule-matched' }, 'CEF:0|Veeam|Backup for Microsoft 365|unknown|vb365.alert|Rule matched|3'],
    ];
    for (const [name, fields, expected] of rows) it(name, () => { expect(header(fields)).to.equal(expected); });
    it('a blank after it only when asked for', () => {
      expect(cefLine(least)).to.include('|3|rt=');
      expect(cefLine(least, { spaceAfterHeader: true })).to.include('|3| rt=');
    });
  });

  describe('which field fills which key', () => {
    const rows: readonly (readonly [string, Event, string])[] = [
      ['operator by address: no domain beside it', { 'user.name': 'alice', 'user.domain': 'contoso.example', 'user.email': 'alice@contoso.example' }, 'suser=alice@contoso.example'],
      ['operator by account', { 'user.name': 'alice', 'user.domain': 'CONTOSO', 'user.id': 'S-1-5-21-1' }, 'suser=alice sntdom=CONTOSO suid=S-1-5-21-1'],
      ['owner: address before login before display name', { 'user.target.email': 'ann@a.example', 'user.target.name': 'ann', 'user.target.full_name': 'Ann' }, 'duser=ann@a.example'],
      ['owner: login', { 'user.target.name': 'ann', 'user.target.full_name': 'Ann' }, 'duser=ann'],
      ['owner: id of the person before that of the object', { 'user.target.id': 'p1', 'vb365.owner.id': 'o1' }, 'duid=p1'],
      ['owner: a site is in no user key', { 'vb365.owner.type': 'site', 'vb365.owner.name': 'Finance' }, 'flexString1Label=OwnerType flexString1=site flexString2Label=OwnerName flexString2=Finance'],
      ['client address of version 4', { 'source.ip': '192.0.2.10' }, 'src=192.0.2.10'],
      ['client address of version 6', { 'source.ip': '2001:db8::10' }, 'c6a2Label=SourceIPv6Address c6a2=2001:db8::10'],
      ['client address that is none', { 'source.ip': 'WKS-07' }, ''],
      ['the gateway is not the client', { 'vb365.client.gateway_ip': '198.51.100.17' }, 'cs5Label=ClientGateway cs5=198.51.100.17'],
      ['server: the first address of version 4', { 'observer.ip': ['2001:db8::1', '203.0.113.5', '203.0.113.6'] }, 'dvc=203.0.113.5'],
      ['size of the largest int', { 'vb365.item.size': 2_147_483_647 }, 'fsize=2147483647 cn1Label=SizeBytes cn1=2147483647'],
      ['size one above it', { 'vb365.item.size': 2_147_483_648 }, 'cn1Label=SizeBytes cn1=2147483648'],
      ['size of the restore before that of the item', { 'vb365.item.size': 5, 'vb365.restore.bytes': 7 }, 'fsize=5 cn1Label=SizeBytes cn1=7'],
      ['nothing failed', { 'vb365.restore.items.total': 1, 'vb365.restore.items.failed': 0 }, 'cn2Label=ItemCount cn2=1 cn3Label=FailedCount cn3=0'],
      ['sources', { 'vb365.restore.sources': ['explorer_log', 'audit_mail'] }, 'deviceFacility=explorer_log,audit_mail'],
      ['restore point', { 'vb365.session.restore_point': '2026-11-22T04:30:17.000Z' }, 'deviceCustomDate1Label=RestorePoint deviceCustomDate1=1795321817000'],
      ['a time that is none', { 'vb365.session.restore_point': 'yesterday' }, ''],
      ['the first technique', { 'threat.technique.id': ['T1114', 'T1005'] }, 'threatAttackID=T1114'],
      ['a comma inside a member of a list', { 'vb365.attribution.gaps': ['a,b', 'c;d'] }, 'vb365Gaps=a_b,c_d'],
      ['derived facts', { 'vb365.context.off_hours': false, 'vb365.context.local_hour': 0, 'vb365.context.owner_groups': ['vip', 'board'] }, 'vb365CtxLocalHour=0 vb365CtxOffHours=false vb365CtxOwnerGroups=vip,board'],
      ['shortened fields by their keys, others not at all', { 'vb365.item.name': 'a...', 'email.subject': 'a...', 'message': 'm...', 'vb365.truncated': ['vb365.item.name', 'email.subject', 'message', 'related.user'] }, 'fname=a... vb365Truncated=fname,msg msg=m...'],
      ['the id twice', { 'event.id': 'fd0b3ad8-f8f0-8623-a7af-d1841fc5f7bb' }, 'externalId=fd0b3ad8-f8f0-8623-a7af-d1841fc5f7bb devicePayloadId=fd0b3ad8-f8f0-8623-a7af-d1841fc5f7bb'],
    ];
    for (const [name, fields, expected] of rows) it(name, () => { expect(added(fields)).to.equal(expected); });

    const kinds: readonly (readonly [string, Event, string])[] = [
      ['mail', { 'vb365.workload': 'exchange' }, 'cat=Restore/Exchange'], ['files', { 'vb365.workload': 'onedrive' }, 'cat=Restore/OneDrive'],
      ['sites', { 'vb365.workload': 'sharepoint' }, 'cat=Restore/SharePoint'], ['teams', { 'vb365.workload': 'teams' }, 'cat=Restore/Teams'], ['unknown workload', {}, 'cat=Restore'],
      ['alert', { 'vb365.level': 'alert', 'vb365.workload': 'exchange' }, 'cat=Alert'], ['health', { 'vb365.level': 'health' }, 'cat=Health'],
    ];
    for (const [name, fields, expected] of kinds) it(`category: ${name}`, () => { expect(extensionOf(fields).split(' ')).to.include(expected); });
    for (const [level, type] of [['restore', 'type=1'], ['alert', 'type=2'], ['activity', undefined], ['health', undefined]] as const) {
      it(`type: ${level}`, () => { expect(extensionOf({ 'vb365.level': level }).split(' ').find((part) => part.startsWith('type='))).to.equal(type); });
    }
  });

  describe('values', () => {
    const rows: readonly (readonly [string, string, string | undefined])[] = [
      ['path', 'C:\\new\\a=b', 'C:\\\\new\\\\a\\=b'],
      ['pipe stays', 'a|b', 'a|b'],
      ['line breaks', 'a\r\nb\nc\rd', 'a\\nb\\nc\\rd'],
      ['other control characters', 'a\tb\u0000\u007fc\u0085d\u2028e', 'a b c d e'],
      ['blanks at the ends and in rows', '  a   b ', 'a b'],
      ['nothing but blanks and line breaks', ' \r\n ', undefined],
      ['another message inside', 'x CEF:0|A|B', 'x CEF;0|A|B'],
      ['a key inside', 'x msg=y', 'x msg\\=y'],
      ['half a character', 'a\ud83d', 'a\ufffd'],
      ['whole ones', 'Müller 山田 😀', 'Müller 山田 😀'],
    ];
    for (const [name, subject, expected] of rows) {
      it(name, () => { expect(added({ 'vb365.item.name': subject })).to.equal(expected === undefined ? '' : `fname=${expected}`); });
    }
    it('own keys lose semicolons, and with them the end of `CEF;`', () => {
      expect(added({ 'vb365.attribution.reported': 'a;b CEF:0' })).to.equal('vb365Reported=a_b CEF_0');
    });
  });

  describe('lengths, in bytes as written', () => {
    const long = (text: string, times: number): string => text.repeat(times);
    const rows: readonly (readonly [string, Event, string])[] = [
      ['host of 100', { 'observer.hostname': long('h', 100) }, `dvchost=${long('h', 100)}`],
      ['host of 101', { 'observer.hostname': long('h', 101) }, `dvchost=${long('h', 97)}... vb365Truncated=dvchost`],
      ['message of 1,023', { 'message': long('m', 1023) }, `msg=${long('m', 1023)}`],
      ['message of 1,024', { 'message': long('m', 1024) }, `vb365Truncated=msg msg=${long('m', 1020)}...`],
      ['characters of four bytes: 1,020 of 1,023 hold 255', { 'message': long('😀', 256) }, `vb365Truncated=msg msg=${long('😀', 255)}...`],
      ['characters of three bytes: 341 fit', { 'message': long('山', 341) }, `msg=${long('山', 341)}`],
      ['characters of three bytes: 342 do not', { 'message': long('山', 342) }, `vb365Truncated=msg msg=${long('山', 340)}...`],
      ['escapes count: 511 backslashes fit', { 'vb365.item.name': long('\\', 511) }, `fname=${long('\\', 1022)}`],
      ['escapes count: 512 do not; three dots replace at least four', { 'vb365.item.name': long('\\', 512) }, `fname=${long('\\', 1016)}... vb365Truncated=fname`],
      ['escapes count: of 600 as many stay as fit, none in half', { 'vb365.item.name': long('\\', 600) }, `fname=${long('\\', 1020)}... vb365Truncated=fname`],
      ['paths lose their middle', { 'vb365.item.path': `Ann Lee\\${long('x', 2000)}\\Finance` }, `oldFilePath=Ann Lee\\\\${long('x', 331)}...${long('x', 671)}\\\\Finance vb365Truncated=oldFilePath`],
      ['id of 40', { 'event.id': long('i', 40) }, `externalId=${long('i', 40)} devicePayloadId=${long('i', 40)}`],
      ['session name of 4,000', { 'vb365.session.name': long('s', 4000) }, `cs4Label=SessionName cs4=${long('s', 4000)}`],
      ['session name of 4,001', { 'vb365.session.name': long('s', 4001) }, `cs4Label=SessionName cs4=${long('s', 3997)}... vb365Truncated=cs4`],
    ];
    for (const [name, fields, expected] of rows) it(name, () => { expect(added(fields)).to.equal(expected); });
  });

  for (const piece of ['\\', '=', ' ', '\n', 'CEF:', '\ud83d', '😀', ' =']) {
    it(`a text of ${JSON.stringify(piece)} takes time in proportion to its length`, () => expectProportional((size) => cefLine({ ...least, 'message': piece.repeat(size) + 'x', 'vb365.item.path': piece.repeat(size) + 'x' }), 8_192));
  }

  it('every key is in the dictionary or our own, and custom keys are labelled', () => {
    for (const { key, label } of cefFields) {
      expect(isOwnKey(key) || cefDictionary.has(key), key).to.equal(true);
      expect(label !== undefined, key).to.equal(cefDictionary.has(`${key}Label`));
    }
  });

  it('any event reads back as it went in, and the linter finds nothing', () => {
    fc.assert(fc.property(anyEvent, (any) => {
      const event = { ...any, ...least };
      const line = cefLine(event);
      expect(lintCef(line).filter(({ code }) => code !== 'CEF13')).to.deep.equal([]);
      const { values } = readCef(line)!;
      const cut = new Set(values.get('vb365Truncated')?.split(','));
      for (const { key, from, form, unless } of cefFields) {
        if (form !== 'text' && form !== 'path') continue;
        const source = unless !== undefined && event[unless] !== undefined ? undefined : from.map((name) => event[name]).find((value) => value !== undefined);
        const written = values.get(key);
        const expected = source === undefined ? '' : cefText(wellFormed(source as string)).replace(/\r\n/g, '\n');
        if (!cut.has(key) || written === undefined) expect(written ?? '', key).to.equal(isOwnKey(key) ? expected.replaceAll(';', '_') : expected);
        else expect(written, key).to.include('...');
      }
    }), { numRuns: 300 });
  });
});
