/** What comes in on stdin: read once, its beginning looked at first. */
import { sniffBytes } from '../limits.ts';
import { reasonOf } from './file-input.ts';
import type { Input, Report } from './input.ts';
import type { SourceContext } from '../event.ts';

export function stdinInput(stream: NodeJS.ReadableStream, source: SourceContext, report: Report): Input {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<string | Buffer, undefined>;
  const first: Buffer[] = [];
  let isLooked = false;
  const next = async (): Promise<Buffer | undefined> => {
    try {
      const { value, done } = await iterator.next();
      return done === true ? undefined : typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    } catch (error) {
      report({ code: 'read-unreadable', message: `stdin: ${reasonOf(error)}`, remedy: 'save what is piped in as a file, and read that', file: '-' });
      return undefined;
    }
  };
  return {
    file: '-', source, size: 0, modifiedMs: Date.now(), canReopen: false,
    async head() {
      for (let size = first.reduce((sum, chunk) => sum + chunk.length, 0); !isLooked && size < sniffBytes;) {
        const chunk = await next();
        if (chunk === undefined) break;
        first.push(chunk);
        size += chunk.length;
      }
      if (!isLooked && first.length === 0) report({ code: 'read-empty', message: 'nothing came in on stdin', remedy: 'pipe something in, or name files instead of -', file: '-' });
      isLooked = true;
      return Buffer.concat(first).subarray(0, sniffBytes);
    },
    async *chunks() {
      for (const chunk of first.splice(0)) yield chunk;
      for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
    },
  };
}
