/** `vb365-siem simulate`: writes a world and says what is in it. */
import { printMessage } from '../parse/print-message.ts';
import { builtInCatalogues } from './built-in-catalogues.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { createProblemLog, hasFailed } from './problem-log.ts';
import { describeWorld, simulateToFolder, type SimulateArguments } from './simulate-command.ts';
import { say, type Terminal } from './terminal.ts';

export async function runSimulate(args: SimulateArguments, terminal: Terminal): Promise<ExitCode> {
  const result = await simulateToFolder(args, printMessage(builtInCatalogues()));
  if (!('truth' in result)) {
    const log = createProblemLog(terminal);
    for (const problem of result) log.add(problem);
    return hasFailed(log.counts) ? exitCodes.problems : exitCodes.usage;
  }
  say(terminal, describeWorld(args.out, result));
  return exitCodes.done;
}
