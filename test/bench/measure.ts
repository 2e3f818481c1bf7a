/** CPU and memory of a child process and everything it starts. CPU time does not depend on who else uses the machine; wall time does. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Usage {
  /** user and system, of all threads */
  readonly cpuSeconds: number;
  /** highest resident set of the process (VmHWM), in MiB */
  readonly peakMiB: number;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}
export interface MeasureOptions {
  readonly cwd?: string;
  /** Called every few milliseconds with the id of the process while it runs. */
  readonly watch?: (pid: number) => void;
  readonly env?: Readonly<Record<string, string>>;
}

const pollMs = 20;

/** Runs a command to its end under bash's `time`. */
export async function measure(command: readonly string[], options: MeasureOptions = {}): Promise<Usage> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%3U %3S"; time "$@"', 'measure', ...command], { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  let peakKiB = 0;
  const timer = setInterval(() => {
    const pid = childOf(child.pid);
    if (pid === undefined) return;
    peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${String(pid)}/status`))?.[1] ?? 0));
    options.watch?.(pid);
  }, pollMs);
  const status = await new Promise<number>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => { done(code ?? -1); });
  });
  clearInterval(timer);
  const [, user, system] = /(\d+\.\d+) (\d+\.\d+)\s*$/.exec(stderr) ?? [];
  if (user === undefined || system === undefined) throw new Error(`no times from ${command.join(' ')}: ${stderr.slice(-500)}`);
  return { cpuSeconds: Number(user) + Number(system), peakMiB: peakKiB / 1024, status, stdout, stderr };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

function childOf(pid: number | undefined): number | undefined {
  const child = Number(textOf(`/proc/${String(pid)}/task/${String(pid)}/children`).trim().split(' ')[0]);
  return child > 0 ? child : undefined;
}

/** Empty when the process has ended meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
