/**
 * The only file that imports `syslog-client`. Of the package the interface is used, `log()`; header, transport, time-outs and errors are ours, because those
 * of 1.1.1 lose and split messages (dependencies.md 2.1).
 */
import dgram from 'node:dgram';
import net from 'node:net';
import syslog from 'syslog-client';

export interface DatagramSocket {
  /** resolves when the kernel took the datagram: it may still be lost */
  readonly send: (message: string) => Promise<Error | undefined>;
  /** an error that came back for an earlier datagram (nobody listens there); reading it forgets it */
  readonly takeError: () => Error | undefined;
  readonly close: () => void;
}

/** A class, because the package has no other way to replace its header and its transport. */
class Rfc5425Client extends syslog.Client {
  readonly #socket: dgram.Socket;
  constructor(socket: dgram.Socket, address: string, port: number) {
    // The TCP transport of the package is the one that writes to whatever getTransport hands back.
    super(address, { port, transport: syslog.Transport.Tcp, rfc3164: false });
    this.#socket = socket;
  }
  override buildFormattedMessage(message: string): Buffer {
    return Buffer.from(message, 'utf8');
  }
  override getTransport(callback: (error: Error | null, transport: syslog.Transport) => void): void {
    const transport = { write: (bytes: Buffer, done: (error: Error | null) => void): void => { this.#socket.send(bytes, done); } };
    // The types call this argument an enumeration; it is an object with `write(buffer, callback)`.
    callback(null, transport as unknown as syslog.Transport);
  }
}

/**
 * A connected UDP socket, so that refusals come back.
 * @param address an IP address: the package would look a name up for each datagram
 */
export async function openDatagramSocket(address: string, port: number): Promise<DatagramSocket | Error> {
  const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4');
  let failure: Error | undefined;
  socket.on('error', (error) => { failure = error; });
  const refused = await new Promise<Error | undefined>((resolve) => {
    socket.connect(port, address, (error?: Error) => { resolve(error); });
  });
  if (refused !== undefined) {
    socket.close();
    return refused;
  }
  const client = new Rfc5425Client(socket, address, port);
  // Without a listener the process would die of the package's own error events.
  client.on('error', (error: Error) => { failure = error; });
  return {
    send: async (message) => await new Promise((resolve) => {
      // A fresh options object each time: the package writes into it. The promise keeps log() out of the callback.
      client.log(message, {}, (error) => { resolve(error ?? undefined); });
    }),
    takeError() {
      const error = failure;
      failure = undefined;
      return error;
    },
    close: () => { socket.close(); },
  };
}
