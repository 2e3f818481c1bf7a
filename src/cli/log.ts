/**
 * The log of the process: JSON lines on stderr. The only file that imports `winston`. Events never go through it (dependencies.md 2.2): what a message
 * says above `debug` holds no subject, path or name of a person.
 */
import type { Writable } from 'node:stream';
import winston from 'winston';
import { logCloseMs } from '../limits.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export interface Log {
  readonly write: (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** ask before putting together fields on a hot path: a suppressed message costs as much as a written one */
  readonly isDebugEnabled: () => boolean;
  /** resolves when every line is written, or after `logCloseMs` */
  readonly close: () => Promise<void>;
}

const secretKey = /password|passwd|secret|token|authorization|credential|(^|[_-]|api|private|access|shared|encryption)key$/i;

/** Copies a value with everything replaced that stands under the name of a secret. */
export function redact(value: unknown, depth = 0): unknown {
  if (depth > 8) return '…';
  if (Array.isArray(value)) return value.map((member) => redact(member, depth + 1));
  if (value instanceof Error) return { name: value.name, message: value.message, ...(value.stack === undefined ? {} : { stack: value.stack }) };
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, secretKey.test(name) ? '***' : redact(member, depth + 1)]));
}

/** @param stream stderr of the process: stdout is for results */
export function createLog(level: LogLevel, stream: Writable): Log {
  const { format, transports } = winston;
  // A stream of its own for each log: `transports.Console` writes to the console of the process whatever it is given.
  const transport = new transports.Stream({ stream });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston's own types do not fit each other
  const logger = winston.createLogger({ level, exitOnError: false, transports: [transport], format: format.combine(format.timestamp(), format.json()) });
  logger.on('error', (error) => { stream.write(`${JSON.stringify({ level: 'error', message: `log: ${error.message}` })}\n`); });
  return {
    write: (at, message, fields) => { logger.log(at, message, redact(fields ?? {}) as object); },
    isDebugEnabled: () => logger.isDebugEnabled(),
    async close() {
      const deadline = Date.now() + logCloseMs;
      while (logger.readableLength > 0 && Date.now() < deadline) await new Promise((done) => { setImmediate(done); });
      await Promise.race([
        new Promise<void>((done) => { transport.once('finish', done); transport.end(); }),
        new Promise<void>((done) => { setTimeout(done, Math.max(0, deadline - Date.now())).unref(); }),
      ]);
      logger.close();
    },
  };
}
