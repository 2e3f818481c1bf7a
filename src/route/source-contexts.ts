/** What the configuration says about a file before it is read: the first source whose paths name it (configuration.md, "How commands use it"). */
import type { Config, SourceSettings } from '../config/config.ts';
import type { SourceContext } from '../event.ts';
import { compilePathGlob, type PathGlob } from '../text/path-glob.ts';

export interface SourceMatch {
  /** context of the first source that names the file; that of the command line when none does */
  readonly context: SourceContext;
  /** ids of all sources that name it, in the order of the configuration: more than one is `read-two-sources` */
  readonly claims: readonly string[];
}

/** A file that no source names: everything comes from its content. */
export const commandLineSource: SourceContext = { id: 'cli' };

/** @returns the sources of a file by its absolute path; entries of an archive count as the archive and as themselves */
export function createSourceContexts(config?: Pick<Config, 'sources'>): (file: string) => SourceMatch {
  const sources = (config?.sources ?? []).flatMap((source) => source.type === 'files' || source.type === 'mail-folder' ? [{ context: contextOf(source), globs: source.paths.map(compilePathGlob) }] : []);
  return (file) => {
    const claiming = sources.filter(({ globs }) => globs.some((names: PathGlob) => names(file)));
    return { context: claiming[0]?.context ?? commandLineSource, claims: claiming.map(({ context }) => context.id) };
  };
}

function contextOf(source: Extract<SourceSettings, { readonly type: 'files' | 'mail-folder' }>): SourceContext {
  const { id, tenant, host, timezone, dateOrder, fallbackEncoding, authentication } = source;
  return {
    id, fallbackEncoding, ...(tenant === undefined ? {} : { tenant }), ...(host === undefined ? {} : { host }), ...(timezone === undefined ? {} : { timezone }),
    ...(dateOrder === undefined ? {} : { dateOrder }), ...(authentication === undefined ? {} : { authentication }),
  };
}
