/** Our senders against the receivers that people run: what stands on their disks is what was sent. */
import { mkdtempSync, rmSync, truncateSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DestinationSettings } from '../../src/config/config.ts';
import type { Event } from '../../src/event.ts';
import { cefLine } from '../../src/emit/cef.ts';
import { ecsLine } from '../../src/emit/ecs.ts';
import { createSender, type DeliveryReport, type Sender } from '../../src/emit/send.ts';
import { restoreEvent } from '../emit/example-events.ts';
import { hasOpenssl, makeCertificates, type Certificates } from './certificates.ts';
import { createReceiver, findProgram, until, type Input, type RealReceiver, type ReceiverName } from './real-receivers.ts';

const hostile: Readonly<Record<string, string>> = {
  'a pipe': 'Q3 | final', 'an equals sign': 'rt=1 msg=forged', 'backslashes': 'C:\\new\\table', 'quotes': '"quoted" \'text\'',
  'line breaks': 'first\r\n<13>1 2026-01-01T00:00:00Z evil - - - - forged\nlast', 'another CEF header': 'CEF:0|Evil|Corp|1|x|y|9|act=z',
  'a bracket': 'a] b] [c', 'emoji': '💥 raise 💰', 'right-to-left marks': '\u202ecod.exe\u202c', 'control characters': 'a\u0000b\tc\u007fd', 'a byte order mark': '\ufeffBOM',
};

/** Events that differ in id and subject: one of each hostile kind, then plain ones. */
function eventsOf(run: string, count: number): readonly Event[] {
  const subjects = Object.values(hostile);
  return Array.from({ length: count }, (_, index) => ({ ...restoreEvent, 'event.id': `${run}-${index}`, 'email.subject': subjects[index] ?? `plain ${index}` }));
}

const dest = (receiver: RealReceiver, input: Input, format: 'ecs' | 'cef', more: Partial<DestinationSettings['syslog']> = {}): DestinationSettings => {
  const transport = input === 'udp' ? 'udp' : input === 'octet' || input === 'lf' ? 'tcp' : 'tls';
  return {
    id: `to-${input}`, tenants: ['fabrikam'], format, events: 'all',
    syslog: {
      url: `${transport}://localhost:${receiver.port(input)}`, transport, host: transport === 'tls' ? 'localhost' : '127.0.0.1', port: receiver.port(input),
      framing: input === 'lf' ? 'lf' : 'octet-counting', commit: transport === 'udp' ? 'none' : 'fin', header: 'rfc5424', facility: 13, maxMessageBytes: 8_000, ...more,
    },
  };
};

const quick = { firstRetryMs: 100, lastRetryMs: 400, giveUpMs: 2_000 };
const collector = { host: 'collector.example', processId: 4242 };

async function deliver(settings: DestinationSettings, events: readonly Event[], timing = quick): Promise<DeliveryReport> {
  const sender = createSender([settings], { collector, timing });
  for (const event of events) await sender.send(settings.id, event);
  return (await sender.close())[0]!;
}

const idOf = (msg: string): string => /(?:"event":\{[^{}]*?"id":"|externalId=)([^" ]+)/.exec(msg)?.[1] ?? '';

for (const name of ['rsyslog', 'syslog-ng'] satisfies readonly ReceiverName[]) {
  describe(`a real ${name}`, function () {
    this.timeout(60_000);
    let folder = '';
    let certificates: Certificates;
    let receiver: RealReceiver;

    before(async function () {
      if (findProgram(name) === undefined || !hasOpenssl()) this.skip();
      folder = mkdtempSync(join(tmpdir(), 'vb365-receiver-'));
      certificates = makeCertificates(folder);
      receiver = await createReceiver(name, folder);
      await receiver.start();
    });
    beforeEach(() => {
      const file = join(folder, `${name}.jsonl`);
      if (existsSync(file)) truncateSync(file);
    });
    after(async () => {
      if (folder === '') return;
      await receiver.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const credentials = (): Partial<DestinationSettings['syslog']> => ({ ca: certificates.file('ca.crt'), certificate: certificates.file('cli.crt'), key: { file: certificates.file('cli.key') } });

    const legs: readonly (readonly [string, Input])[] = [
      ['UDP', 'udp'], ['TCP with octet counting', 'octet'], ['TCP with line feeds', 'lf'], ['TLS without client certificate', 'tls'], ['TLS with client certificate', 'mutual'],
    ];
    for (const [leg, input] of legs) {
      for (const format of ['ecs', 'cef'] as const) {
        it(`writes every ${format.toUpperCase()} message that came over ${leg}, hostile ones too, as it was sent`, async () => {
          const events = eventsOf(`${input}-${format}`, 40);
          const more = input === 'mutual' ? credentials() : input === 'tls' ? { ca: certificates.file('ca.crt') } : {};
          const report = await deliver(dest(receiver, input, format, more), events);
          expect(report).to.deep.equal({ destination: `to-${input}`, delivered: 40, undelivered: 0, undeliveredIds: [], problems: [] });
          await until(() => receiver.seen().length >= 40, `40 messages at ${name}, ${receiver.seen().length} seen`);
          const seen = receiver.seen();
          // facility 13, severity 5 for `low`: 13 * 8 + 5
          for (const { pri, time, host, app, msgid } of seen) {
            expect({ pri, host, app, msgid }).to.deep.equal({ pri: '109', host: 'vb365-01.provider.example', app: 'vb365-siem', msgid: 'restore' });
            expect(new Date(time).toISOString().slice(0, 19)).to.equal('2026-11-22T09:11:16');
          }
          expect(seen.map(({ msg }) => msg)).to.have.members(events.map(format === 'ecs' ? ecsLine : (event) => cefLine(event)));
          if (format === 'ecs') expect(seen.map(({ msg }) => (JSON.parse(msg) as { email: { subject: string } }).email.subject)).to.have.members(events.map((event) => event['email.subject']));
        });
      }
    }

    // Its inputs take both headers; those of syslog-ng are declared for the newer one.
    for (const [leg, input] of name === 'rsyslog' ? [['UDP', 'udp'], ['TCP with octet counting', 'octet'], ['TCP with line feeds', 'lf']] as const : []) {
      it(`writes every message with the old header of RFC 3164 that came over ${leg} as it was sent`, async () => {
        const events = eventsOf(`bsd-${input}`, 40);
        const report = await deliver(dest(receiver, input, 'ecs', { header: 'bsd' }), events);
        expect([report.delivered, report.undelivered, report.problems]).to.deep.equal([40, 0, []]);
        await until(() => receiver.seen().length >= 40, `40 messages at ${name}, ${receiver.seen().length} seen`);
        for (const { pri, time, host, app } of receiver.seen()) {
          expect({ pri, host, app }).to.deep.equal({ pri: '109', host: 'vb365-01.provider.example', app: 'vb365-siem' });
          // The header has neither year nor zone.
          expect(time.slice(5, 19)).to.equal('11-22T09:11:16');
        }
        // What follows the colon of the tag is the message, the blank included (RFC 3164, 4.1.3 and 5.3).
        expect(receiver.seen().map(({ msg }) => msg)).to.have.members(events.map((event) => ` ${ecsLine(event)}`));
      });
    }

    it('gets nothing, and we settle nothing, without the client certificate it asks for; afterwards it gets all', async () => {
      const events = eventsOf('nocert', 20);
      const refused = await deliver(dest(receiver, 'mutual', 'ecs', { ca: certificates.file('ca.crt') }), events);
      expect({ ...refused, problems: refused.problems.map(({ code }) => code) }).to.deep.equal({ destination: 'to-mutual', delivered: 0, undelivered: 20, undeliveredIds: events.map((event) => event['event.id']), problems: ['send-certificate'] });
      expect(receiver.seen()).to.deep.equal([]);
      expect((await deliver(dest(receiver, 'mutual', 'ecs', credentials()), events)).delivered).to.equal(20);
      await until(() => receiver.seen().length >= 20, '20 messages');
      expect(receiver.seen().map(({ msg }) => idOf(msg))).to.have.members(events.map((event) => event['event.id']));
    });

    it('is not trusted when another authority signed its certificate', async () => {
      const report = await deliver(dest(receiver, 'tls', 'ecs', { ca: certificates.file('stranger.crt') }), eventsOf('distrust', 3));
      expect([report.delivered, report.undelivered, report.problems.map(({ code }) => code)]).to.deep.equal([0, 3, ['send-certificate']]);
      expect(receiver.seen()).to.deep.equal([]);
    });

    it('is never sent more than 8,000 bytes: a path of 20 kB is shortened and named', async () => {
      const event: Event = { ...restoreEvent, 'event.id': 'long-0', 'vb365.item.path': `Ann Lee\\${'Inbox\\'.repeat(3_400)}Finance` };
      await deliver(dest(receiver, 'octet', 'ecs'), [event]);
      await until(() => receiver.seen().length >= 1, 'one message');
      const seen = receiver.seen();
      expect(seen).to.have.length(1);
      const document = JSON.parse(seen[0]!.msg) as { vb365: { truncated: string[]; item: { path: string } } };
      expect(Buffer.byteLength(seen[0]!.msg)).to.be.below(8_000);
      expect(document.vb365.truncated).to.include('vb365.item.path');
      expect(document.vb365.item.path).to.match(/^Ann Lee.*\.\.\..*Finance$/);
    });

    for (const commit of ['fin', 'window'] as const) {
      it(`has every event after it was stopped and started again in the middle (commit: ${commit})`, async () => {
        const events = eventsOf(`restart-${commit}`, 3_000);
        const settings = dest(receiver, 'octet', 'ecs', { commit });
        const sender: Sender = createSender([settings], { collector, timing: { ...quick, giveUpMs: 20_000, finBatchEvents: 500 } });
        for (const [index, event] of events.entries()) {
          await sender.send(settings.id, event);
          if (index === 1_500) {
            await until(() => receiver.seen().length > 100, 'the first messages on disk');
            await receiver.stop();
          }
          if (index === 2_500) await receiver.start();
        }
        const [report] = await sender.close();
        expect([report!.delivered, report!.undelivered, report!.problems]).to.deep.equal([3_000, 0, []]);
        const missing = (): readonly (string | undefined)[] => {
          const seen = new Set(receiver.seen().map(({ msg }) => idOf(msg)));
          return events.map((event) => event['event.id']).filter((id) => !seen.has(id!));
        };
        await until(() => missing().length === 0, 'all events on disk').catch(() => undefined);
        expect(missing()).to.deep.equal([]);
      });
    }

    it('has every event of a batch in whose middle it was killed', async () => {
      const events = eventsOf('killed', 4_000);
      const settings = dest(receiver, 'octet', 'ecs');
      const sender = createSender([settings], { collector, timing: { ...quick, giveUpMs: 20_000 } });
      for (const [index, event] of events.entries()) {
        await sender.send(settings.id, event);
        if (index === 2_000) {
          await until(() => receiver.seen().length > 100, 'the first messages on disk');
          await receiver.stop('SIGKILL');
          await receiver.start();
        }
      }
      expect((await sender.close())[0]!.undelivered).to.equal(0);
      const missing = (): number => {
        const seen = new Set(receiver.seen().map(({ msg }) => idOf(msg)));
        return events.filter((event) => !seen.has(event['event.id']!)).length;
      };
      await until(() => missing() === 0, 'all events on disk').catch(() => undefined);
      expect(missing()).to.equal(0);
    });
  });
}
