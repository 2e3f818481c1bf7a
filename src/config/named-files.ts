/** The files that a configuration names, and why they cannot be used. */
import type { YamlPath } from '../text/yaml-document.ts';
import type { Config, Secret } from './config.ts';
import type { PlacedProblem } from './shape-problem.ts';

/** One problem for every named file or folder that `check` refuses. */
export function namedFiles(config: Config, check: (path: string) => string | undefined): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const look = (path: string | undefined, at: YamlPath): void => {
    const reason = path === undefined ? undefined : check(path);
    if (reason !== undefined) problems.push({ code: 'config-reference', message: `${path ?? ''}: ${reason}`, remedy: 'relative paths start at the folder of this file', path: at, part: 'value' });
  };
  const lookAtSecret = (secret: Secret | undefined, at: YamlPath): void => {
    if (secret !== undefined && 'file' in secret) look(secret.file, [...at, 'file']);
  };
  config.parsers.forEach((path, index) => { look(path, ['parsers', index]); });
  config.rules.paths.forEach((path, index) => { if (path !== 'builtin') look(path, ['rules', 'paths', index]); });
  config.sources.forEach((source, index) => {
    if (source.type !== 'rest' && source.type !== 'mail-imap') return;
    look(source.ca, ['sources', index, 'ca']);
    lookAtSecret(source.password, ['sources', index, 'password']);
  });
  config.destinations.forEach(({ syslog }, index) => {
    look(syslog.ca, ['destinations', index, 'syslog', 'ca']);
    look(syslog.certificate, ['destinations', index, 'syslog', 'certificate']);
    lookAtSecret(syslog.key, ['destinations', index, 'syslog', 'key']);
  });
  return problems;
}
