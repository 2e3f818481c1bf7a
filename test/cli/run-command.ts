/** Runs a command line in this process, with streams that are kept; or as a program of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';
import type { Terminal, TerminalStream } from '../../src/cli/terminal.ts';

export interface Outcome { readonly code: number; readonly stdout: string; readonly stderr: string }
export interface Surroundings { readonly cwd?: string; readonly env?: Terminal['env']; readonly columns?: number; readonly stdin?: string; readonly signal?: AbortSignal; readonly nowMs?: () => number }

export const samples: string = resolve('test/samples');

/** @param around `columns`: both streams are a terminal of that width */
export async function runCommand(argv: readonly string[], around: Surroundings = {}): Promise<Outcome> {
  const [stdout, readOut] = keptStream(around.columns);
  const [stderr, readErr] = keptStream(around.columns);
  const terminal: Terminal = {
    stdout, stderr, stdin: Readable.from(around.stdin === undefined ? [] : [Buffer.from(around.stdin)]), env: around.env ?? {}, cwd: around.cwd ?? process.cwd(),
    signal: around.signal ?? new AbortController().signal, nowMs: around.nowMs ?? Date.now,
  };
  const code = await runProgram(argv, terminal);
  return { code, stdout: readOut(), stderr: readErr() };
}

function keptStream(columns: number | undefined): readonly [TerminalStream, () => string] {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => { chunks.push(chunk); });
  return [columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns }), () => Buffer.concat(chunks).toString('utf8')];
}

/** The real command. `--import` arguments may stand before it. */
export function startProgram(argv: readonly string[], before: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', ...before, 'src/cli/main.ts', ...argv], { stdio: ['pipe', 'pipe', 'pipe'] });
}

export async function endOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => { stdout += chunk.toString('utf8'); });
  child.stderr?.on('data', (chunk: Buffer) => { stderr += chunk.toString('utf8'); });
  const code = await new Promise<number>((done) => { child.on('close', (exit) => { done(exit ?? -1); }); });
  return { code, stdout, stderr };
}

/** A folder that is gone after the test. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vb365-siem-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
