/** `parsers new`: the beginning of a parser folder. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { isOutputFailure, writeWhole } from './output.ts';
import { createProblemLog } from './problem-log.ts';
import { say, type Terminal } from './terminal.ts';

/** Writes `NAME/messages.yml`, which passes `parsers test` as it is. A folder that exists is left alone. @param out the folder around it; default: the current one */
export async function parsersNew(name: string, { out = '.' }: { readonly out?: string }, terminal: Terminal): Promise<ExitCode> {
  const problems = createProblemLog(terminal);
  if (name.length > 40 || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    problems.add({ code: 'usage', message: `${JSON.stringify(name)} is no name for a parser`, remedy: 'use small letters, digits and hyphens, at most 40; begin with a letter' });
    return exitCodes.usage;
  }
  const folder = join(out, name);
  try {
    await mkdir(resolve(terminal.cwd, out), { recursive: true });
    await mkdir(resolve(terminal.cwd, folder));
    await writeWhole(terminal, join(folder, 'messages.yml'), newCatalogue(name));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') {
      problems.add({ code: 'usage', message: `${folder} exists already`, remedy: 'choose another name; nothing was changed' });
      return exitCodes.usage;
    }
    problems.add(isOutputFailure(error) ? error.problem : { code: 'write-failed', message: `${folder}: ${error instanceof Error ? error.message : String(error)}`, remedy: 'choose another place with --out', file: folder });
    return exitCodes.problems;
  }
  say(terminal, `${join(folder, 'messages.yml')} written; next: vb365-siem parsers test --parsers ${folder}`);
  return exitCodes.done;
}

/** The two entries show what a catalogue can say; ids begin with the name, so that two new folders can be used together. */
function newCatalogue(name: string): string {
  return `# Messages of ${name}. Replace both entries by your own; \`vb365-siem parsers suggest PATH\` proposes some for your logs.
#
# id         unique over all catalogues, also the built-in ones (vb365-siem parsers list)
# template   the whole message after its indent; {name} or {name:type} is a field, {{ and }} are braces
#            types: text rest account upn path owner-path date count port duration version ip host word id guid size product
# prints     logging level that prints it: default, extended, unknown
# seen       component and versions that wrote it
# evidence   V read word for word, P known from a pattern only, D documented, I inferred
# examples   at least one: the text, and every field with the text it gets; no other template may match it
catalogue: ${name}
messages:

- id: ${name}-started
  template: '${name} started by {user:account} ({items:count} items)...'
  prints: unknown
  seen: { component: ${name}, versions: [v1] }
  evidence: I
  examples:
    - text: '${name} started by CONTOSO\\alee (12 items)...'
      fields: { user: 'CONTOSO\\alee', items: '12' }

- id: ${name}-finished
  template: '${name} finished: {result:rest}'
  prints: unknown
  seen: { component: ${name}, versions: [v1] }
  evidence: I
  note: a field of type rest takes everything up to the end of the message
  examples:
    - text: '${name} finished: 11 good, 1 failed'
      fields: { result: '11 good, 1 failed' }
`;
}
