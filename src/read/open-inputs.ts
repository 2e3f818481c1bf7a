/** Finds what there is to read: files, folders with everything beneath, globs, archives, stdin. What a file is, its content decides later. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SourceContext } from '../event.ts';
import { magicBytes } from '../limits.ts';
import { compilePathGlob } from '../text/path-glob.ts';
import { compressionOf } from './compression.ts';
import { fileInput, gzipInput, readStart, reasonOf, type FileOnDisk } from './file-input.ts';
import type { Input, Report } from './input.ts';
import { stdinInput } from './stdin-input.ts';
import { openZip, type OpenArchive } from './zip-inputs.ts';

export interface OpenOptions {
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly report: Report;
  /** what the configuration says of a file, by its absolute path */
  source(path: string): { readonly context: SourceContext; readonly claims: readonly string[] };
  /** absolute paths that are not input: the configuration in use */
  readonly ignore: ReadonlySet<string>;
}
export interface OpenInputs { readonly inputs: readonly Input[]; close(): void }

/** Inputs sorted by name, each once, however often the arguments name it. */
export async function openInputs(paths: readonly string[], options: OpenOptions): Promise<OpenInputs> {
  const { cwd, report } = options;
  const found = new Map<string, FileOnDisk>();
  const archives: OpenArchive[] = [];
  const inputs: Input[] = [];
  for (const given of new Set(paths)) {
    if (given === '-') inputs.push(stdinInput(options.stdin, options.source('-').context, report));
    else if (/[*?]/.test(given) && !(await exists(resolve(cwd, given)))) await findGlob(given);
    else await find(given, resolve(cwd, given), { above: [], seen: new Set(), loops: new Set() });
  }
  for (const file of [...found.values()].sort((x, y) => (x.file < y.file ? -1 : 1))) {
    if (file.size === 0) {
      report({ code: 'read-empty', message: `${file.file} is empty`, remedy: 'nothing to do, unless something should be in it: then copy it again', file: file.file });
      continue;
    }
    const start = await readStart(file, magicBytes, report);
    const compression = compressionOf(start);
    if (compression === 'zip') {
      const archive = await openZip(file.file, file.path, { report, source: (entry) => options.source(join(file.path, entry.slice(file.file.length)).replace(`${file.path}/!`, `${file.path}!`)).context });
      archives.push(archive);
      inputs.push(...archive.inputs);
    } else if (compression === 'gzip') inputs.push(gzipInput(file, report));
    else if (start.length > 0) inputs.push(fileInput(file, report));
  }
  return { inputs, close: () => { for (const archive of archives) archive.close(); } };

  async function find(file: string, path: string, walk: Walk): Promise<void> {
    try {
      const info = await stat(path);
      if (info.isDirectory()) {
        const real = await realpath(path);
        if (walk.above.includes(real)) {
          if (!walk.loops.has(real)) report({ code: 'read-loop', message: `${file} links back to a folder above it: it was read once`, remedy: 'nothing to do; remove the link if nobody needs it', file });
          walk.loops.add(real);
          return;
        }
        if (walk.seen.has(real)) return;
        walk.seen.add(real);
        const inside = { ...walk, above: [...walk.above, real] };
        for (const name of (await readdir(path)).sort()) if (walk.leadsOn?.(join(path, name), walk.above.length) !== false) await find(joined(file, name), join(path, name), inside);
        return;
      }
      const real = await realpath(path);
      if (found.has(real) || options.ignore.has(path) || options.ignore.has(real)) return;
      if (!info.isFile()) {
        report({ code: 'read-unreadable', message: `${file} is neither a file nor a folder`, remedy: 'pipe it in and read `-`', file });
        return;
      }
      const { context, claims } = options.source(path);
      if (claims.length > 1) report({ code: 'read-two-sources', message: `${file} is claimed by the sources ${claims.join(' and ')}: the first one has it`, remedy: 'narrow the paths of one of them', file });
      found.set(real, { file, path, size: info.size, modifiedMs: info.mtimeMs, source: context });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ELOOP') report({ code: 'read-loop', message: `${file} is a link that leads back to itself: there is nothing to read`, remedy: 'remove the link', file });
      else report(code === 'ENOENT'
        ? { code: 'read-missing', message: `${file} does not exist`, remedy: 'check the path; a glob needs quotes where the shell would expand it', file }
        : { code: 'read-unreadable', message: `${file}: ${reasonOf(error)}`, remedy: 'give the account that runs this the right to read it', file });
    }
  }

  /** Walks the fixed part of the pattern and keeps what the pattern names: files, and what lies in folders, as a shell would hand them over. */
  async function findGlob(pattern: string): Promise<void> {
    const parts = pattern.split(/[/\\]/);
    const wild = parts.findIndex((part) => /[*?]/.test(part));
    const root = parts.slice(0, wild).join('/') || (pattern.startsWith('/') ? '/' : '.');
    const start = resolve(cwd, root);
    const globTo = (end: number): (path: string) => boolean => compilePathGlob([start.replace(/[/\\]$/, ''), ...parts.slice(wild, end)].join('/'));
    const names = globTo(parts.length);
    const isNamed = (path: string): boolean => names(path) || (path.length > start.length && isNamed(dirname(path)));
    // Folders that the pattern does not lead to are not even opened; behind `**` all are.
    const open = parts.findIndex((part) => part.includes('**'));
    const steps = parts.slice(wild, open === -1 ? parts.length : open).map((_, index) => globTo(wild + index + 1));
    const before = new Set(found.keys());
    await find(root, start, { above: [], seen: new Set(), loops: new Set(), leadsOn: (path, depth) => steps[depth]?.(path) ?? true });
    let count = 0;
    for (const [real, { path }] of [...found]) {
      if (isNamed(path)) count += 1;
      else if (!before.has(real)) found.delete(real);
    }
    if (count === 0) report({ code: 'read-missing', message: `no file matches ${pattern}`, remedy: 'check the pattern; `**` stands for any number of folders', file: pattern });
  }
}

interface Walk {
  /** folders on the way to this one */
  readonly above: readonly string[];
  /** folders that were read: links make one folder many, and their ways multiply */
  readonly seen: Set<string>;
  /** folders that links below them lead back to: each is told of once */
  readonly loops: Set<string>;
  /** whether a pattern goes on at this path, so many folders below its beginning */
  leadsOn?(path: string, depth: number): boolean;
}

function joined(folder: string, name: string): string {
  return /[/\\]$/.test(folder) ? `${folder}${name}` : `${folder}/${name}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
