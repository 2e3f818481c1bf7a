/** A TCP receiver on this machine that reads and discards. Its CPU is not part of what is measured. */
import { createServer, type AddressInfo } from 'node:net';

export interface Sink {
  readonly port: number;
  /** Stops listening. @returns bytes received */
  readonly close: () => Promise<number>;
}

export async function receive(): Promise<Sink> {
  let bytes = 0;
  const server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => { bytes += chunk.length; });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((done) => { server.close(() => { done(bytes); }); }) };
}
