/** How senders behave when receivers do not. Real receivers: test/end-to-end/receivers.test.ts. */
import dgram from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { expect } from 'chai';
import type { DestinationSettings, SyslogSettings } from '../../src/config/config.ts';
import type { Problem } from '../../src/errors.ts';
import type { Event } from '../../src/event.ts';
import { startDemoReceiver } from '../../src/cli/demo-receiver.ts';
import { createSender, type DeliveryReport } from '../../src/emit/send.ts';
import type { SendTiming } from '../../src/emit/send-timing.ts';
import { createFrameReader } from '../../src/text/syslog-frames.ts';
import { readSyslog } from '../../src/text/syslog.ts';
import { hasOpenssl, makeCertificates } from '../end-to-end/certificates.ts';
import { freePort, until } from '../end-to-end/real-receivers.ts';

const collector = { host: 'collector.example', processId: 4242 };
const quick: Partial<SendTiming> = { quietMs: 100, firstRetryMs: 20, lastRetryMs: 80, giveUpMs: 1_500, finWaitMs: 400, drainWaitMs: 400, connectWaitMs: 1_000 };

function destination(id: string, transport: SyslogSettings['transport'], port: number, more: Partial<SyslogSettings> = {}): DestinationSettings {
  return {
    id, tenants: ['t'], format: 'ecs', events: 'all',
    syslog: { url: `${transport}://127.0.0.1:${port}`, transport, host: '127.0.0.1', port, framing: 'octet-counting', commit: transport === 'udp' ? 'none' : 'fin', header: 'rfc5424', facility: 13, maxMessageBytes: 8_000, ...more },
  };
}
const event = (id: string, more: Partial<Event> = {}): Event => ({ '@timestamp': '2026-11-22T09:11:16.503Z', 'event.id': id, 'vb365.level': 'restore', 'vb365.severity': 'low', ...more });
const idsOf = (prefix: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
const idIn = (message: string): string => (JSON.parse(readSyslog(message)!.message) as { event: { id: string } }).event.id;

async function sendAll(settings: DestinationSettings, ids: readonly string[], timing: Partial<SendTiming> = quick, told: Problem[] = []): Promise<DeliveryReport> {
  const sender = createSender([settings], { collector, timing, onProblem: (_, problem) => { told.push(problem); } });
  for (const id of ids) await sender.send(settings.id, event(id));
  return (await sender.close())[0]!;
}

/** A TCP receiver that keeps what it read as whole messages and does to each connection what the test says. */
async function receiver(handle: (socket: net.Socket, connection: number) => void): Promise<{ readonly port: number; readonly ids: () => readonly string[]; readonly connections: () => number; readonly close: () => void }> {
  const read: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    const frames = createFrameReader(100_000);
    socket.on('data', (block) => { read.push(...frames.push(block).map((message) => idIn(message.toString('utf8')))); });
    socket.on('error', () => undefined);
    handle(socket, connections);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as net.AddressInfo).port, ids: () => read, connections: () => connections,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
const polite = (socket: net.Socket): void => { socket.on('end', () => socket.end()); };

describe('sender', function () {
  this.timeout(20_000);

  it('sends events at once and in their order, not only when the batch is full', async () => {
    const peer = await receiver(polite);
    const sender = createSender([destination('a', 'tcp', peer.port)], { collector, timing: quick });
    const ids = idsOf('now', 3);
    for (const id of ids) await sender.send('a', event(id));
    await until(() => peer.ids().length === 3, 'three events before the end');
    expect(peer.ids()).to.deep.equal(ids);
    expect((await sender.close())[0]).to.deep.equal({ destination: 'a', delivered: 3, undelivered: 0, undeliveredIds: [], problems: [] });
    peer.close();
  });

  it('uses one connection for each batch and one to see that the receiver is still there, and none without events', async () => {
    const peer = await receiver(polite);
    expect((await sendAll(destination('a', 'tcp', peer.port), [])).delivered).to.equal(0);
    expect(peer.connections()).to.equal(0);
    expect((await sendAll(destination('a', 'tcp', peer.port), idsOf('b', 25), { ...quick, finBatchEvents: 10 })).delivered).to.equal(25);
    expect(peer.connections()).to.equal(4);
    peer.close();
  });

  it('ends a batch after its time', async () => {
    const peer = await receiver(polite);
    const sender = createSender([destination('a', 'tcp', peer.port)], { collector, timing: { ...quick, finBatchMs: 100 } });
    await sender.send('a', event('one'));
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    await sender.send('a', event('two'));
    await sender.close();
    // Each event in a connection of its own, and after each one that asks whether the receiver is still there.
    expect([peer.connections(), peer.ids()]).to.deep.equal([4, ['one', 'two']]);
    peer.close();
  });

  it('sends again what a receiver ended that was stopped thereupon: it may have read more than it kept', async () => {
    const ids = idsOf('stopped', 5);
    const read: string[][] = [];
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      const mine: string[] = [];
      read.push(mine);
      const frames = createFrameReader(100_000);
      socket.on('data', (block) => { mine.push(...frames.push(block).map((message) => idIn(message.toString('utf8')))); });
      socket.on('end', () => {
        if (read.length > 1) {
          socket.end();
          return;
        }
        server.close();
        socket.end();
        setTimeout(() => { server.listen(port, '127.0.0.1'); }, 300);
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const { port } = server.address() as net.AddressInfo;
    expect(await sendAll(destination('a', 'tcp', port), ids)).to.deep.equal({ destination: 'a', delivered: 5, undelivered: 0, undeliveredIds: [], problems: [] });
    expect(read.slice(0, 2)).to.deep.equal([ids, ids]);
    server.close();
  });

  const breaks: readonly (readonly [string, (socket: net.Socket) => void])[] = [
    ['resets the connection in the middle', (socket) => { socket.once('data', () => { socket.resetAndDestroy(); }); }],
    ['closes it before we do', (socket) => { socket.once('data', () => { socket.end(); }); }],
    ['reads everything but never ends', () => undefined],
    ['stops reading', (socket) => { socket.pause(); }],
  ];
  for (const [name, misbehave] of breaks) {
    it(`sends the whole batch again when the receiver ${name}`, async () => {
      const peer = await receiver((socket, connection) => { (connection <= 2 ? misbehave : polite)(socket); });
      const ids = idsOf('again', 2_000);
      const told: Problem[] = [];
      const report = await sendAll(destination('a', 'tcp', peer.port), ids, quick, told);
      expect(report).to.deep.equal({ destination: 'a', delivered: 2_000, undelivered: 0, undeliveredIds: [], problems: [] });
      expect(new Set(peer.ids())).to.deep.equal(new Set(ids));
      expect(told.map(({ code }) => code)).to.deep.equal(['send-broken']);
      peer.close();
    });
  }

  it('sends the window again after a break, and nothing that left it', async () => {
    const peer = await receiver((socket, connection) => {
      if (connection === 1) setTimeout(() => { socket.resetAndDestroy(); }, 500);
      else polite(socket);
    });
    const sender = createSender([destination('a', 'tcp', peer.port, { commit: 'window' })], { collector, timing: { ...quick, sentWindowMs: 50, sentWindowBytes: 1_000 } });
    for (const id of idsOf('old', 100)) await sender.send('a', event(id));
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    for (const id of idsOf('new', 10)) await sender.send('a', event(id));
    await new Promise((resolve) => { setTimeout(resolve, 600); });
    const [report] = await sender.close();
    expect([report!.delivered, report!.undelivered]).to.deep.equal([110, 0]);
    const times = (id: string): number => peer.ids().filter((each) => each === id).length;
    expect(times('old-0')).to.equal(1);
    expect(times('new-9')).to.equal(2);
    peer.close();
  });

  it('gives a receiver up that is not there, names it, and delays nobody else', async () => {
    const peer = await receiver(polite);
    const dead = await freePort();
    const told: string[] = [];
    const sender = createSender([destination('dead', 'tcp', dead), destination('alive', 'tcp', peer.port)], { collector, timing: quick, onProblem: (id, { code }) => { told.push(`${id} ${code}`); } });
    for (const id of idsOf('x', 50)) {
      await sender.send('dead', event(id));
      await sender.send('alive', event(id));
    }
    await until(() => peer.ids().length === 50, 'everything at the living one', 1_000);
    const [lost, delivered] = await sender.close();
    expect([lost!.destination, lost!.delivered, lost!.undelivered, lost!.problems.map(({ code }) => code)]).to.deep.equal(['dead', 0, 50, ['send-unreachable']]);
    expect(lost!.undeliveredIds).to.deep.equal(idsOf('x', 20));
    expect(lost!.problems[0]!.message).to.include('dead (tcp://127.0.0.1:');
    expect([delivered!.delivered, delivered!.undelivered]).to.deep.equal([50, 0]);
    expect(told).to.deep.equal(['dead send-unreachable']);
    peer.close();
  });

  it('holds no more than its queue for a receiver that is away, and lets go when it gives up', async () => {
    const sender = createSender([destination('dead', 'tcp', await freePort())], { collector, timing: { ...quick, giveUpMs: 400, maxQueuedBytes: 10_000 } });
    const start = performance.now();
    let first = 0;
    for (const id of idsOf('q', 500)) {
      await sender.send('dead', event(id));
      if (first === 0 && performance.now() - start > 200) first = Number(id.slice(2));
    }
    // 10,000 bytes hold about 40 of these messages: whoever sends the next one waits
    expect(first).to.be.within(20, 70);
    const [report] = await sender.close();
    expect([report!.delivered, report!.undelivered]).to.deep.equal([0, 500]);
  });

  it('holds a bounded part for a receiver that accepts and never reads, says so and gives it up', async () => {
    const peer = await receiver((socket) => { socket.pause(); });
    const told: Problem[] = [];
    const sender = createSender([destination('stalled', 'tcp', peer.port)], {
      collector, onProblem: (_, problem) => { told.push(problem); },
      // A batch of 100 events, and two of some 7,500 bytes each in the queue beside it.
      timing: { ...quick, giveUpMs: 1_000, finBatchEvents: 100, maxQueuedBytes: 10_000 },
    });
    let most = 0;
    for (const id of idsOf('s', 3_000)) {
      await sender.send('stalled', event(id, { 'email.subject': 'x'.repeat(7_000) }));
      if (told.length === 0) most = Math.max(most, sender.progress()[0]!.waiting);
    }
    const [report] = await sender.close();
    peer.close();
    expect(most).to.be.within(50, 110);
    expect([report!.delivered, report!.undelivered, report!.problems.map(({ code }) => code)]).to.deep.equal([0, 3_000, ['send-broken']]);
    expect(told.map(({ code }) => code)).to.deep.equal(['send-broken']);
  });

  it('tells how far each destination is', async () => {
    const sender = createSender([destination('dead', 'tcp', await freePort()), destination('idle', 'tcp', await freePort())], { collector, timing: { ...quick, giveUpMs: 400 } });
    for (const id of idsOf('p', 3)) await sender.send('dead', event(id));
    expect(sender.progress()).to.deep.equal([{ destination: 'dead', given: 3, waiting: 3 }, { destination: 'idle', given: 0, waiting: 0 }]);
    await sender.close();
    expect(sender.progress()).to.deep.equal([{ destination: 'dead', given: 3, waiting: 0 }, { destination: 'idle', given: 0, waiting: 0 }]);
  });

  it('delivers when the receiver comes up late', async () => {
    const port = await freePort();
    const sender = createSender([destination('late', 'tcp', port)], { collector, timing: { ...quick, giveUpMs: 5_000 } });
    for (const id of idsOf('l', 10)) await sender.send('late', event(id));
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    const server = net.createServer({ allowHalfOpen: true }, (socket) => { socket.resume(); polite(socket); }).listen(port, '127.0.0.1');
    expect((await sender.close())[0]).to.deep.include({ delivered: 10, undelivered: 0 });
    server.close();
  });

  it('ends at once when told to, and says what is left', async () => {
    const peer = await receiver(() => undefined);
    const sender = createSender([destination('a', 'tcp', peer.port)], { collector, timing: { ...quick, finWaitMs: 60_000 } });
    for (const id of idsOf('i', 5)) await sender.send('a', event(id));
    await until(() => peer.ids().length === 5, 'sent');
    // It would wait for a minute else, which no test may take.
    expect((await sender.close(0))[0]).to.deep.include({ delivered: 0, undelivered: 5 });
    peer.close();
  });

  it('names an event that fits no message, and sends the others', async () => {
    const peer = await receiver(polite);
    const sender = createSender([destination('a', 'tcp', peer.port, { maxMessageBytes: 400 })], { collector, timing: quick });
    await sender.send('a', event('fits'));
    await sender.send('a', event('long', { 'user.name': 'u'.repeat(500) }));
    const [report] = await sender.close();
    expect([report!.delivered, report!.undelivered, report!.undeliveredIds, report!.problems.map(({ code }) => code)]).to.deep.equal([1, 1, ['long'], ['send-too-large']]);
    expect(peer.ids()).to.deep.equal(['fits']);
    peer.close();
  });

  it('refuses RELP clearly', async () => {
    const report = await sendAll(destination('r', 'relp', 2514, { commit: 'relp' }), ['x']);
    expect([report.undelivered, report.problems[0]!.code, report.problems[0]!.message]).to.deep.equal([1, 'send-unreachable', 'destination r (relp://127.0.0.1:2514): this version does not speak RELP']);
  });

  describe('over UDP', () => {
    it('sends one message per datagram, not faster than the limit, and warns of large ones once', async () => {
      const socket = dgram.createSocket('udp4');
      const read: string[] = [];
      socket.on('message', (message) => { read.push(idIn(message.toString('utf8'))); });
      await new Promise<void>((resolve) => { socket.bind(0, '127.0.0.1', resolve); });
      const large: number[] = [];
      const sender = createSender([destination('u', 'udp', socket.address().port)], { collector, timing: quick, onLargeDatagram: (_, bytes) => { large.push(bytes); } });
      const start = performance.now();
      for (const id of idsOf('u', 200)) await sender.send('u', event(id, { message: 'm'.repeat(1_400) }));
      const [report] = await sender.close();
      // ten bursts of 20 with a pause of 10 ms each
      expect(performance.now() - start).to.be.above(95);
      await until(() => read.length === 200, 'all datagrams');
      expect(read).to.deep.equal(idsOf('u', 200));
      expect(report).to.deep.equal({ destination: 'u', delivered: 200, undelivered: 0, undeliveredIds: [], problems: [] });
      expect(large).to.have.length(1);
      expect(large[0]).to.be.above(1_472);
      socket.close();
    });
    it('notices that nobody listens', async () => {
      const report = await sendAll(destination('u', 'udp', await freePort()), idsOf('u', 3), { ...quick, giveUpMs: 300 });
      expect([report.delivered, report.undelivered, report.problems.map(({ code }) => code)]).to.deep.equal([0, 3, ['send-unreachable']]);
    });
    it('names a host that does not exist', async () => {
      const report = await sendAll(destination('u', 'udp', 514, { host: 'nowhere.invalid' }), ['x'], { ...quick, giveUpMs: 200 });
      expect(report.problems.map(({ code }) => code)).to.deep.equal(['send-unreachable']);
    });
  });

  describe('over TLS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vb365-tls-'));
    const file = (name: string): string => join(folder, name);
    before(function () {
      if (!hasOpenssl()) this.skip();
      makeCertificates(folder);
      writeFileSync(file('junk.pem'), 'this is no certificate');
    });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    const serve = async (options: tls.TlsOptions, run: (port: number, read: () => number) => Promise<void>): Promise<void> => {
      let read = 0;
      const server = tls.createServer({ cert: readFileSync(file('srv.crt')), key: readFileSync(file('srv.key')), ca: readFileSync(file('ca.crt')), ...options }, (socket) => {
        socket.on('data', (block: Buffer) => { read += block.length; });
        socket.on('error', () => undefined);
      });
      await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
      try {
        await run((server.address() as net.AddressInfo).port, () => read);
      } finally {
        server.close();
      }
    };
    const client = (): Partial<SyslogSettings> => ({ host: 'localhost', ca: file('ca.crt'), certificate: file('cli.crt'), key: { file: file('cli.key') } });

    // One event, then none: the write right after the handshake is the one that a TLS library gets wrong when it is called too early.
    for (const count of [1, 8, 20]) {
      it(`delivers ${count} with a client certificate`, async () => {
        await serve({ requestCert: true }, async (port, read) => {
          expect(await sendAll(destination('t', 'tls', port, client()), idsOf('t', count))).to.deep.include({ delivered: count, undelivered: 0 });
          expect(read()).to.be.above(count * 100);
        });
      });
    }
    it('takes the key from the environment, and an address that stands in the certificate', async () => {
      process.env['VB365_TEST_KEY'] = readFileSync(file('cli.key'), 'utf8');
      await serve({ requestCert: true }, async (port) => {
        expect((await sendAll(destination('t', 'tls', port, { ...client(), host: '127.0.0.1', key: { env: 'VB365_TEST_KEY' } }), ['x'])).delivered).to.equal(1);
      });
      delete process.env['VB365_TEST_KEY'];
    });

    const refusals: readonly (readonly [string, tls.TlsOptions | (() => tls.TlsOptions), () => Partial<SyslogSettings>])[] = [
      ['the receiver wants a client certificate and we have none (TLS 1.3)', { requestCert: true }, () => ({ host: 'localhost', ca: file('ca.crt') })],
      ['the receiver wants a client certificate and we have none (TLS 1.2)', { requestCert: true, maxVersion: 'TLSv1.2' }, () => ({ host: 'localhost', ca: file('ca.crt') })],
      ['its certificate names another host', () => ({ cert: readFileSync(file('other.crt')), key: readFileSync(file('other.key')) }), client],
      ['another authority signed its certificate', {}, () => ({ host: 'localhost', ca: file('stranger.crt') })],
      ['no authority is known for it', {}, () => ({ host: 'localhost' })],
      ['the authority file is missing', {}, () => ({ ...client(), ca: file('missing.crt') })],
      ['the client certificate is none', {}, () => ({ ...client(), certificate: file('junk.pem') })],
      ['the key fits another certificate', {}, () => ({ ...client(), key: { file: file('srv.key') } })],
      ['the variable of the key is not set', {}, () => ({ ...client(), key: { env: 'VB365_TEST_UNSET' } })],
    ];
    for (const [name, options, more] of refusals) {
      it(`settles nothing and says so when ${name}`, async () => {
        await serve(typeof options === 'function' ? options() : options, async (port, read) => {
          const report = await sendAll(destination('t', 'tls', port, more()), idsOf('t', 5), { ...quick, giveUpMs: 400 });
          expect([report.delivered, report.undelivered, report.problems.map(({ code }) => code)]).to.deep.equal([0, 5, ['send-certificate']]);
          expect(read()).to.equal(0);
        });
      });
    }
    it('does not speak to what is older than TLS 1.2', async () => {
      await serve({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, async (port) => {
        expect(await sendAll(destination('t', 'tls', port, client()), ['x'], { ...quick, giveUpMs: 200 })).to.deep.include({ delivered: 0, undelivered: 1 });
      });
    });
    it('cannot be talked out of verifying', async () => {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      await serve({}, async (port) => {
        expect((await sendAll(destination('t', 'tls', port, { host: 'localhost', ca: file('stranger.crt') }), ['x'], { ...quick, giveUpMs: 200 })).problems.map(({ code }) => code)).to.deep.equal(['send-certificate']);
      });
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    });
  });
});

describe('receiver of the demo', () => {
  for (const framing of ['octet-counting', 'lf'] as const) {
    it(`counts what our sender delivers (${framing}), by level`, async () => {
      const demo = await startDemoReceiver();
      const sender = createSender([destination('demo', 'tcp', demo.port, { framing })], { collector, timing: quick });
      for (const id of idsOf('d', 30)) await sender.send('demo', event(id));
      await sender.send('demo', event('h', { 'vb365.level': 'health' }));
      expect((await sender.close())[0]!.delivered).to.equal(31);
      expect([...demo.counts]).to.deep.equal([['restore', 30], ['health', 1]]);
      await demo.close();
    });
  }
  it('sets aside what is no syslog', async () => {
    const demo = await startDemoReceiver();
    await new Promise<void>((resolve) => {
      const socket = net.connect(demo.port, '127.0.0.1', () => socket.end('GET / HTTP/1.1\n<13>1 - - - - restore - fine\n'));
      socket.resume().on('close', () => { resolve(); });
    });
    expect([...demo.counts]).to.deep.equal([['unreadable', 1], ['restore', 1]]);
    await demo.close();
  });
});
