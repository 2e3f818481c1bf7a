/** Files of other products and no product, as they lie in folders that people hand in. None may become a restore. */
import { bracketedTime } from './culture.ts';
import { textFile, type WorldFile } from './file.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export function foreignFiles(world: World, random: Random): readonly WorldFile[] {
  const time = bracketedTime(world.firstMs, false);
  const fine = bracketedTime(world.firstMs, true);
  const binary = Uint8Array.from({ length: 4_096 }, () => random.int(0, 255));
  return [
    textFile('provider/server/Svc.VeeamMount.log', [
      `${time} <01> Info     Log has been started by 'FABVBR01\\SYSTEM' user (Non-interactive)`, `${time} <14> Info     Account: EVIL\\x`, `${fine}    <14>    Info (3)    Export result: 5 items saved, 0 items failed, 0 items skipped, 5 total.`,
      `${fine}    <14> [5080]    Info (3)    Restoring message: this is none`, ''].join('\r\n')),
    textFile('provider/server/postgresql.log', '2024-05-01 10:00:00.123 UTC [1234] LOG:  database system is ready\n2024-05-01 10:00:01.000 UTC [1234] LOG:  checkpoint starting: time\n'),
    textFile('provider/server/nats.log', '[1234] 2024/05/01 10:00:00.000000 [INF] Starting nats-server\n'),
    textFile('provider/rest/weather.json', '{"temperature": 21, "unit": "C"}\n'),
    textFile('provider/rest/cut.json', '{"offset": 0, "limit": 30, "results": [ {"id": "'),
    textFile('provider/mail/newsletter.eml', 'From: news@shop.example\r\nTo: security-audit@fabrikam.example\r\nSubject: [Audit] your cart\r\nDate: Mon, 02 May 2022 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nNothing here.\r\n'),
    textFile('provider/empty.log', ''),
    textFile('provider/readme.txt', 'Collected on Monday.\n'),
    { path: 'provider/core.bin', chunks: () => [binary] },
  ];
}
