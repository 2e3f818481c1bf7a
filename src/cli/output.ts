/** Where results go: stdout in whole lines, or a file that appears only when it is complete. */
import { open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import { outputBatchBytes } from '../limits.ts';
import type { Terminal } from './terminal.ts';

export interface Output {
  /** Takes a text of whole lines, each with its end. Waits where the receiver is slow; rejects with an `OutputFailure`. */
  readonly write: (text: string) => Promise<void>;
  /** Everything is written (a file: and in its place) when this resolves. */
  readonly close: () => Promise<void>;
  /** Gives up: a file is removed, what was there before stays. */
  readonly discard: () => Promise<void>;
}

/** Thrown when output cannot be written: the caller reports its problem. */
export interface OutputFailure extends Error { readonly problem: Problem }
export function isOutputFailure(error: unknown): error is OutputFailure {
  return error instanceof Error && 'problem' in error;
}
function outputFailure(target: string, error: unknown): OutputFailure {
  const reason = error instanceof Error ? error.message : String(error);
  const problem: Problem = { code: 'write-failed', message: `${target}: ${reason}`, remedy: 'make room or choose another place; nothing was left half written', ...(target === 'stdout' ? {} : { file: target }) };
  return Object.assign(new Error(problem.message), { problem });
}

/** @param file relative to the terminal's folder; undefined: stdout */
export async function openOutput(terminal: Terminal, file?: string): Promise<Output> {
  return batched(file === undefined ? stdoutSink(terminal) : await fileSink(resolve(terminal.cwd, file)));
}

interface Sink { write(text: string): Promise<void>; close(): Promise<void>; discard(): Promise<void> }

function batched(sink: Sink): Output {
  let waiting: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    const text = waiting.join('');
    waiting = [];
    size = 0;
    await sink.write(text);
  };
  return {
    write(text) {
      waiting.push(text);
      size += text.length;
      return size >= outputBatchBytes ? flush() : Promise.resolve();
    },
    async close() {
      await flush();
      await sink.close();
    },
    discard: () => sink.discard(),
  };
}

function stdoutSink({ stdout }: Terminal): Sink {
  return {
    write: (text) => new Promise<void>((done, fail) => {
      stdout.write(text, (error) => { if (error) fail(outputFailure('stdout', error)); else done(); });
    }),
    close: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

async function fileSink(path: string): Promise<Sink> {
  // A link stays a link, and a device or a named pipe is written to, never replaced.
  const target = await realpath(path).catch(() => path);
  const isSpecial = await stat(target).then((entry) => !entry.isFile(), () => false);
  const temporary = isSpecial ? target : temporaryOf(target);
  let handle: FileHandle;
  try {
    handle = await open(temporary, 'w');
  } catch (error) {
    throw outputFailure(path, error);
  }
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => undefined);
    if (!isSpecial) await unlink(temporary).catch(() => undefined);
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await discard();
      throw outputFailure(path, error);
    }
  };
  return {
    write: (text) => attempt(async () => { await handle.writeFile(text); }),
    close: () => attempt(async () => {
      if (!isSpecial) await handle.sync();
      await handle.close();
      if (!isSpecial) await rename(temporary, target);
    }),
    discard,
  };
}

/** Where a file is written until it is complete. */
function temporaryOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
}

/** Paths that a command writes: they are no input, though they may lie in a folder that is read. */
export function outputPaths(terminal: Terminal, files: readonly (string | undefined)[]): readonly string[] {
  return files.filter((file) => file !== undefined).map((file) => resolve(terminal.cwd, file)).flatMap((path) => [path, temporaryOf(path)]);
}

/** Writes one whole file, or nothing. */
export async function writeWhole(terminal: Terminal, file: string, text: string): Promise<void> {
  const output = await openOutput(terminal, file);
  await output.write(text);
  await output.close();
}
