import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { inFolder, runCommand, samples } from './run-command.ts';

interface Receiver { readonly port: number; readonly tenants: () => readonly string[]; readonly close: () => Promise<void> }

/** Takes lines until the sender ends, then ends too: the confirmation of `commit: fin`. */
async function receive(): Promise<Receiver> {
  let text = '';
  const server: Server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => { text += chunk.toString('utf8'); });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    port: (server.address() as AddressInfo).port,
    tenants: () => text.split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line.slice(line.indexOf('{'))) as { vb365: { tenant: { id: string } } }).vb365.tenant.id),
    close: () => new Promise((done) => { server.close(() => { done(); }); }),
  };
}

const configOf = (contoso: number, adatum: number): string => `tenants:
  - { id: contoso, organizations: [ { name: contoso.onmicrosoft.example } ] }
  - { id: adatum, organizations: [ { name: adatum.onmicrosoft.example } ] }
destinations:
  - { id: contoso-siem, tenants: [ contoso ], events: restores, syslog: { url: "tcp://127.0.0.1:${contoso}", framing: lf, max_message_size: 64KiB } }
  - { id: adatum-siem, tenants: [ adatum ], events: restores, syslog: { url: "tcp://127.0.0.1:${adatum}", framing: lf, max_message_size: 64KiB } }
`;

describe('command line: replay --send', function () {
  this.timeout(60_000);

  it('every tenant receives its own events and no others; nothing is printed', async () => inFolder(async (cwd) => {
    const [contoso, adatum] = [await receive(), await receive()];
    writeFileSync(join(cwd, 'c.yml'), configOf(contoso.port, adatum.port));
    const printed = (await runCommand(['replay', samples, '-c', 'c.yml', '--events', 'restores'], { cwd })).stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { vb365: { tenant?: { id: string } } }).vb365.tenant?.id);
    const { code, stdout, stderr } = await runCommand(['replay', samples, '-c', 'c.yml', '--send'], { cwd });
    expect([code, stdout]).to.deep.equal([0, '']);
    await Promise.all([contoso.close(), adatum.close()]);
    expect(new Set(contoso.tenants())).to.deep.equal(new Set(['contoso']));
    expect(new Set(adatum.tenants())).to.deep.equal(new Set(['adatum']));
    for (const [id, receiver] of [['contoso', contoso], ['adatum', adatum]] as const) {
      const count = printed.filter((tenant) => tenant === id).length;
      expect(receiver.tenants()).to.have.length(count);
      expect(stderr).to.include(`${id}-siem: ${count} events delivered`);
    }
  }));

  it('a destination that is away makes 1, names what it did not get, delays nobody, and is waited for in sight', async () => inFolder(async (cwd) => {
    const [contoso, gone] = [await receive(), await receive()];
    await gone.close();
    writeFileSync(join(cwd, 'c.yml'), configOf(contoso.port, gone.port));
    const { code, stderr } = await runCommand(['replay', samples, '-c', 'c.yml', '--send'], { cwd, columns: 100 });
    await contoso.close();
    expect(stderr).to.match(/\r\u001b\[Kwaiting for adatum-siem: (\d+) of \1 events, [1-9]\d* s\r\u001b\[K/);
    expect(code).to.equal(1);
    expect(stderr).to.include('send-unreachable').and.to.match(/contoso-siem: \d+ events delivered\n/).and.to.match(/adatum-siem: 0 events delivered, [1-9]\d* not: [0-9a-f-]{36}/);
    expect(contoso.tenants()).to.not.be.empty;
  }));
});
