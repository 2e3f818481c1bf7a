/** A syslog receiver on loopback for the demonstration: TCP, either framing, RFC 5424 or RFC 3164. It counts what arrives and keeps nothing. */
import { createServer, type AddressInfo } from 'node:net';
import { defaultMaxMessageBytes } from '../limits.ts';
import { createFrameReader } from '../text/syslog-frames.ts';
import { readSyslog } from '../text/syslog.ts';

export interface DemoReceiver {
  readonly port: number;
  /** messages by MSGID, which is the level of the event; `unreadable` for what is no syslog */
  readonly counts: ReadonlyMap<string, number>;
  /** the first message that arrived with this MSGID */
  sample(id: string): string | undefined;
  close(): Promise<void>;
}

export async function startDemoReceiver(): Promise<DemoReceiver> {
  const counts = new Map<string, number>();
  const samples = new Map<string, string>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const reader = createFrameReader(2 * defaultMaxMessageBytes);
    const take = (messages: readonly Buffer[]): void => {
      for (const message of messages) {
        const text = message.toString('utf8');
        const id = readSyslog(text)?.id ?? 'unreadable';
        counts.set(id, (counts.get(id) ?? 0) + 1);
        if (!samples.has(id)) samples.set(id, text);
      }
    };
    socket.on('data', (block) => { take(reader.push(block)); });
    // The end of the other side is answered when everything before it was taken: that is what the sender waits for.
    socket.on('end', () => { take(reader.end()); socket.end(); });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, counts, sample: (id) => samples.get(id),
    close: () => new Promise((resolve) => { server.close(() => { resolve(); }); }),
  };
}
