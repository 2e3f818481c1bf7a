/** What the bench measures with: the built program, simulated worlds, their logs alone, and the same lines as one file for the peer. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync, writeSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Compiles the program into a folder of its own. @returns its main file */
export function buildProgram(folder: string): string {
  const built = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, '.tsconfig.build.json'), '--outDir', join(folder, 'dist')], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) process.stderr.write(`the build says:\n${built.stdout}`);
  for (const name of ['parsers', 'schemas', 'node_modules']) if (!existsSync(join(folder, name))) symlinkSync(join(root, name), join(folder, name));
  return join(folder, 'dist/src/cli/main.js');
}

/** A world with about this many log lines, one restore to 500 of them. Made once per folder. */
export function makeWorld(program: string, folder: string, lines: number): string {
  if (existsSync(folder)) return folder;
  const made = spawnSync(process.execPath, [program, 'simulate', '--seed', '4', '--lines', String(lines), '--restores', String(Math.ceil(lines / 500)), '--out', folder], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return folder;
}

export interface Logs {
  /** the logs of the world and its configuration, in their places */
  readonly folder: string;
  /** all their complete lines in one file, with LF only and without byte order marks: what rsyslog expects */
  readonly joined: string;
  readonly bytes: number;
  readonly lines: number;
}

/** The logs of a world that rsyslog can read as well: no UTF-16. */
export function takeLogs(world: string, folder: string): Logs {
  const joined = join(folder, 'joined.txt');
  const tree = join(folder, 'logs');
  mkdirSync(tree, { recursive: true });
  const out = openSync(joined, 'w');
  let bytes = 0;
  let lines = 0;
  for (const entry of readdirSync(world, { recursive: true, withFileTypes: true }).sort((x, y) => (x.parentPath + x.name < y.parentPath + y.name ? -1 : 1))) {
    if (!entry.isFile() || !/\.(log|yml)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    if (content.subarray(0, 4096).includes(0)) continue;
    const target = join(tree, relative(world, path));
    mkdirSync(dirname(target), { recursive: true });
    if (!existsSync(target)) linkSync(path, target);
    if (entry.name.endsWith('.yml')) continue;
    const text = content.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').replaceAll('\r\n', '\n');
    const whole = Buffer.from(text.slice(0, text.lastIndexOf('\n') + 1), 'latin1');
    writeSync(out, whole);
    bytes += content.length;
    lines += whole.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  }
  closeSync(out);
  return { folder: tree, joined, bytes, lines };
}
