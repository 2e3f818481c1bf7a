/** `vb365-siem simulate`: writes a world and says what is in it. */
import { resolve } from 'node:path';
import { printMessage } from '../parse/print-message.ts';
import { builtInCatalogues } from './built-in-catalogues.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { openOutput } from './output.ts';
import { createProblemLog, hasFailed } from './problem-log.ts';
import { describeWorld, listIncidents, simulateToFolder, type SimulateArguments } from './simulate-command.ts';
import { say, type Terminal } from './terminal.ts';

export async function runSimulate(args: SimulateArguments, terminal: Terminal): Promise<ExitCode> {
  if (args.incident === 'list') {
    const output = await openOutput(terminal);
    await output.write(`${listIncidents()}\n`);
    await output.close();
    return exitCodes.done;
  }
  const { out } = args;
  const result = out === undefined
    ? [{ code: 'usage', message: '--out is missing', remedy: 'name a folder that does not exist yet' } as const]
    : await simulateToFolder({ ...args, out: resolve(terminal.cwd, out) }, printMessage(builtInCatalogues()));
  if (out === undefined || !('truth' in result)) {
    const log = createProblemLog(terminal);
    for (const problem of 'truth' in result ? [] : result) log.add(problem);
    return hasFailed(log.counts) ? exitCodes.problems : exitCodes.usage;
  }
  say(terminal, describeWorld(out, result));
  return exitCodes.done;
}
