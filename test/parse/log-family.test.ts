import { expect } from 'chai';
import { sniffLines } from '../../src/limits.ts';
import { familyOf } from '../../src/parse/log-family.ts';
import { expectProportional } from '../proportional.ts';

const own = '20/11/2020 09:51:17   34 (3412) Error: x';
const bracketed = '[21.11.2022 15:11:47.123] 1002 (5160)  found 2 items';
const vbr = '[03.05.2022 10:14:07] <01> Info     Account: EVIL\\x';

describe('family of a log (reference 11)', () => {
  const rows: readonly (readonly [name: string, text: string, family: string | undefined, file?: string])[] = [
    ['ours, by culture', own, 'own'], ['ours, in brackets', bracketed, 'own'], ['ours behind a mark', `\ufeff${own}`, 'own'], ['ours without the last blank', '20/11/2020 09:51:17   34 (3412)', 'own'],
    ['VBR 9.5 to 11', '[03.05.2022 10:14:07] <01> Info     text', 'VBR'], ['VBR 12', '[03.05.2022 10:14:07.123]    <01>    Info (3)    text', 'VBR'], ['VBR 13', '[03.05.2022 10:14:07.123]    <01> [0012]    Info (3)    text', 'VBR'],
    ['header lines of VBR', "Log has been started by 'FABVBR01\\SYSTEM' user (Non-interactive)", 'VBR'],
    ['licence telemetry, by its name', '[03.05.2022 10:14:07] <01> Info     text', 'VMC (licence telemetry)', 'C:\\Logs\\VB365_VMC_2022.log'],
    ['licence telemetry, by its keys', '[03.05.2022 10:14:07] <01> Info     InstallationId: 1', 'VMC (licence telemetry)'],
    ['guest helper', '08.09.2017 14:02:51 8940 INFO text', 'guest helper'], ['guest helper with wide blanks', '08.09.2017 14:02:51   8940   ERROR text', 'guest helper'],
    ['VBR syslog', '<134>1 2022-05-03T10:14:07Z HOST Veeam_MP - - [origin enterpriseId="31023"] [categoryId=0 instanceId=40210]', 'VBR syslog'],
    ['PostgreSQL', '2024-05-01 10:00:00.123 UTC [1234] LOG:  checkpoint starting', 'PostgreSQL'], ['NATS', '[1234] 2024/05/01 10:00:00.000000 [INF] Starting nats-server', 'NATS'],
    ['anything else', 'hello\nworld', undefined], ['nothing', '', undefined],
    ['the first line that is of any family decides', `some text\n${own}\n${vbr}`, 'own'], ['the first, foreign', `some text\n${vbr}\n${own}\n${own}\n${own}`, 'VBR'],
    ['one injected line does not hide our file', `${own}\n${vbr}\n${own}`, 'own'], ['one line in our form does not make a foreign file ours', `${own}\n${vbr}\n${vbr}`, 'VBR'],
    ['as many of both are ours', `${own}\n${vbr}`, 'own'], ['the last line of the window', `${'x\n'.repeat(sniffLines - 1)}${own}`, 'own'], ['one behind the window', `${'x\n'.repeat(sniffLines)}${own}`, undefined],
    ['a line that only nearly is ours', '20/11/2020 09:51:17   34 [3412] x', undefined], ['our line inside a line', `x ${own}`, undefined],
  ];
  for (const [name, text, family, file] of rows) it(name, () => {
    const got = familyOf(text, file);
    expect(got === undefined ? undefined : got.isOwn ? 'own' : got.name).to.equal(family);
  });
  const made: readonly (readonly [string, (size: number) => string])[] = [
    ['digits', (size) => '1'.repeat(size)], ['blanks', (size) => `[03.05.2022 10:14:07]${' '.repeat(size)}`], ['words', (size) => `HostID: ${'OrganizationID '.repeat(size / 16)}`], ['rules', (size) => '='.repeat(size)],
    ['lines of rules', (size) => `${'='.repeat(320)}\n`.repeat(size / 320)], ['decimals', (size) => '2024-05-01 10:00:00.'.padEnd(size, '1')],
  ];
  for (const [name, textOf] of made) it(`takes time in proportion to ${name}`, () => expectProportional((size) => familyOf(textOf(size)), 16_384));
});
