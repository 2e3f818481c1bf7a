/** The peer: rsyslog, imfile -> mmnormalize -> omfile or omfwd, without a queue between them. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure, type Usage } from './measure.ts';

export interface RsyslogRun {
  /** work folder: configuration, state and output of the peer */
  readonly folder: string;
  readonly input: string;
  readonly rulebase: string;
  /** a file to write, or the port of a TCP receiver on this machine */
  readonly to: { readonly file: string } | { readonly port: number };
}

/** how long nothing may have been read or written before the peer counts as done: its queue is direct, so this is generous */
const settleMs = 700;

/** Reads the whole input once, then stops the peer. */
export async function runRsyslog(run: RsyslogRun): Promise<Usage> {
  const state = join(run.folder, 'state');
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  if ('file' in run.to) rmSync(run.to.file, { force: true });
  const file = join(run.folder, 'rsyslog.conf');
  writeFileSync(file, configuration(run, state));
  const size = statSync(run.input).size;
  let moved = -1;
  let movedAtMs = Date.now();
  let isStopped = false;
  return measure(['rsyslogd', '-n', '-f', file, '-i', join(run.folder, 'rsyslog.pid')], {
    watch(pid) {
      const { read, all } = transferred(pid);
      if (all !== moved) {
        moved = all;
        movedAtMs = Date.now();
      } else if (!isStopped && read >= size && Date.now() - movedAtMs > settleMs) {
        isStopped = true;
        process.kill(pid, 'SIGTERM');
      }
    },
  });
}

function configuration({ input, rulebase, to }: RsyslogRun, state: string): string {
  const action = 'file' in to
    ? `action(type="omfile" file="${to.file}" template="event" ioBufferSize="64k" flushOnTXEnd="off")`
    : `action(type="omfwd" target="127.0.0.1" port="${String(to.port)}" protocol="tcp" TCP_Framing="octet-counted" template="syslog")`;
  return `global(workDirectory="${state}" maxMessageSize="64k")
module(load="imfile")
module(load="mmnormalize")
main_queue(queue.type="Direct")
template(name="event" type="string" string="%$!all-json%\\n")
template(name="syslog" type="string" string="<134>1 %timegenerated:::date-rfc3339% %hostname% vb365 - - - %$!all-json%")
input(type="imfile" file="${input}" tag="vb365" addMetadata="off" ruleset="normalise")
ruleset(name="normalise" queue.type="Direct") {
  action(type="mmnormalize" ruleBase="${rulebase}")
  if $parsesuccess == "OK" then {
    ${action}
  }
}
`;
}

/** Bytes that a process has read, and read and written. It closes the input at its end, so its position there says nothing. */
function transferred(pid: number): { readonly read: number; readonly all: number } {
  try {
    const io = readFileSync(`/proc/${String(pid)}/io`, 'utf8');
    const count = (name: string): number => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(io)?.[1] ?? 0);
    return { read: count('rchar'), all: count('rchar') + count('wchar') };
  } catch {
    return { read: 0, all: -1 };
  }
}
