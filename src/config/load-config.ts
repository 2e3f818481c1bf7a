/** A configuration file: read, checked as a whole, made ready for use. */
import schema from '../../schemas/config.schema.json' with { type: 'json' };
import type { Problem, ProblemCode } from '../errors.ts';
import { compileSchema, type SchemaCheck } from '../text/json-schema.ts';
import { readYaml } from '../text/yaml-document.ts';
import { buildConfig } from './build-config.ts';
import type { Config } from './config.ts';
import { configFormats } from './config-values.ts';
import { crossCheck } from './cross-check.ts';
import { namedFiles } from './named-files.ts';
import { mapOf, withoutEmpty } from './raw-value.ts';
import { shapeProblem, type PlacedProblem } from './shape-problem.ts';

export interface ConfigResult {
  /** absent when there is any problem */
  readonly config?: Config;
  /** everything that is wrong, by position */
  readonly problems: readonly Problem[];
}
export interface LoadOptions {
  /** why a file that the configuration names (certificates, secrets, parser folders) cannot be used; without it they are not looked at */
  readonly check?: (path: string) => string | undefined;
  /** decides the default of `state`; default: not Windows */
  readonly platform?: NodeJS.Platform;
}

const faultCodes = { syntax: 'config-syntax', limit: 'config-limit', duplicate: 'config-duplicate' } as const satisfies Record<string, ProblemCode>;
const faultRemedies = {
  syntax: 'mend the YAML here', limit: 'write the value out, or divide the file', duplicate: 'remove one of the two keys',
} as const;
let compiled: SchemaCheck | undefined;

/**
 * Reads a configuration. Pure but for `check`; never throws on bad input.
 * @param text content of the file; an empty one is valid
 * @param file absolute path: relative paths in it start at its folder
 */
export function loadConfig(text: string, file: string, options: LoadOptions = {}): ConfigResult {
  const document = readYaml(text);
  const problems: Problem[] = document.faults.map(({ kind, message, line, column, offset }) => ({ code: faultCodes[kind], message, remedy: faultRemedies[kind], file, line, column, offset }));
  if (document.faults.some(({ kind }) => kind !== 'duplicate')) return { problems };
  const root = withTypes(withoutEmpty(document.value ?? {}));
  compiled ??= compileSchema(schema, { formats: configFormats, allErrors: true });
  const placed: PlacedProblem[] = [...compiled(root).flatMap((fault) => shapeProblem(fault) ?? []), ...crossCheck(mapOf(root))];
  const config = placed.length === 0 && problems.length === 0 ? buildConfig(mapOf(root), file, options.platform ?? 'linux') : undefined;
  if (config !== undefined && options.check !== undefined) placed.push(...namedFiles(config, options.check));
  const seen = new Set<string>();
  for (const { path, part, ...problem } of placed) {
    const { line, column, offset } = document.locate(path, part);
    const key = `${offset} ${problem.code} ${problem.message}`;
    if (!seen.has(key)) problems.push({ ...problem, file, line, column, offset });
    seen.add(key);
  }
  problems.sort((x, y) => (x.offset ?? 0) - (y.offset ?? 0));
  return problems.length === 0 && config !== undefined ? { config, problems } : { problems };
}

/** A source with `paths` and without `type` reads files: the one type that needs no further word. */
function withTypes(root: unknown): unknown {
  const { sources, ...rest } = mapOf(root);
  if (!Array.isArray(sources)) return root;
  const typed: readonly unknown[] = sources.map((source: unknown) => mapOf(source)['paths'] !== undefined && mapOf(source)['type'] === undefined ? { ...mapOf(source), type: 'files' } : source);
  return { ...rest, sources: typed };
}
