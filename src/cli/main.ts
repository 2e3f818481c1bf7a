#!/usr/bin/env node
/** The program: the process around `runProgram`. Nothing else touches signals, standard streams and the end of the process. */
import { interruptGraceMs } from '../limits.ts';
import { exitCodes } from './exit-code.ts';
import { describeInternal, runProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

const interrupt = new AbortController();
const terminal: Terminal = { stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, env: process.env, cwd: process.cwd(), signal: interrupt.signal, nowMs: Date.now };

// Whoever reads has seen enough (`| head`): that is no error. A closed stderr only loses words.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE' || error.code === 'EOF') process.exit(exitCodes.done); });
process.stderr.on('error', () => undefined);

process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
  interrupt.abort();
  // Whoever waits for more input waits no longer.
  process.stdin.destroy();
  setTimeout(() => { process.exit(exitCodes.interrupted); }, interruptGraceMs).unref();
});

const argv = process.argv.slice(2);
const isVerbose = argv.includes('--verbose') || (process.env['VB365_SIEM_DEBUG'] ?? '') !== '';
const fail = (error: unknown): void => {
  describeInternal(error, isVerbose, terminal);
  process.exit(exitCodes.internal);
};
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

try {
  process.exitCode = await runProgram(argv, terminal);
  if (interrupt.signal.aborted) process.exitCode = exitCodes.interrupted;
} catch (error) {
  fail(error);
}
