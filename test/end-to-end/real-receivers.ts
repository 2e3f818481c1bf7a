/** Starts rsyslog and syslog-ng as they are shipped by Debian 12, without root's ports and folders. Both write what they took as JSON lines. */
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { delimiter, join } from 'node:path';

export type ReceiverName = 'rsyslog' | 'syslog-ng';
export type Input = 'udp' | 'octet' | 'lf' | 'tls' | 'mutual';
export interface Seen { readonly pri: string; readonly time: string; readonly host: string; readonly app: string; readonly msgid: string; readonly msg: string }

export interface RealReceiver {
  readonly port: (input: Input) => number;
  /** lines on disk so far, whole ones */
  readonly seen: () => readonly Seen[];
  readonly start: () => Promise<void>;
  /** SIGTERM writes what is in memory; SIGKILL does not */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** The program, or undefined when this machine does not have it. */
export function findProgram(name: ReceiverName): string | undefined {
  const root = process.env['VB365_SYSLOG_NG_ROOT'];
  if (name === 'syslog-ng' && root !== undefined) return executable(join(root, 'usr/sbin/syslog-ng'));
  const program = name === 'rsyslog' ? 'rsyslogd' : name;
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']) {
    const found = executable(join(folder, program));
    if (found !== undefined) return found;
  }
  return undefined;
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

/** @param folder holds the certificates; takes configuration, state and output */
export async function createReceiver(name: ReceiverName, folder: string): Promise<RealReceiver> {
  const program = findProgram(name)!;
  const inputs: readonly Input[] = ['udp', 'octet', 'lf', 'tls', 'mutual'];
  const ports = new Map<Input, number>();
  for (const input of inputs) ports.set(input, await freePort());
  const port = (input: Input): number => ports.get(input)!;
  const output = join(folder, `${name}.jsonl`);
  const conf = join(folder, `${name}.conf`);
  writeFileSync(conf, (name === 'rsyslog' ? rsyslogConf : syslogNgConf)(folder, output, port));
  const library = join(process.env['VB365_SYSLOG_NG_ROOT'] ?? '/', 'usr/lib/syslog-ng');
  const args = name === 'rsyslog'
    ? ['-n', '-f', conf, '-i', join(folder, 'rsyslog.pid')]
    : ['-F', '--no-caps', '-f', conf, '-p', join(folder, 'sng.pid'), '-c', join(folder, 'sng.ctl'), '-R', join(folder, 'sng.persist'), '--module-path', join(library, '3.38')];
  let child: ChildProcess | undefined;
  return {
    port,
    seen: () => existsSync(output) ? readFileSync(output, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as Seen) : [],
    async start() {
      const log: string[] = [];
      const started = child = spawn(program, args, { env: { ...process.env, ...(name === 'syslog-ng' ? { LD_LIBRARY_PATH: library } : {}) }, stdio: ['ignore', 'pipe', 'pipe'] });
      started.stdout.on('data', (text: Buffer) => { log.push(text.toString()); });
      started.stderr.on('data', (text: Buffer) => { log.push(text.toString()); });
      for (const input of inputs.filter((each) => each !== 'udp')) {
        await until(async () => {
          if (started.exitCode !== null) throw new Error(`${name} ended: ${log.join('')}`);
          return await answers(port(input));
        }, `${name} listens for ${input}: ${log.join('')}`);
      }
    },
    async stop(signal = 'SIGTERM') {
      const stopped = child;
      child = undefined;
      if (stopped === undefined || stopped.exitCode !== null) return;
      const ended = new Promise((resolve) => { stopped.once('exit', resolve); });
      stopped.kill(signal);
      await ended;
    },
  };
}

/** Waits for a condition; fails with its name after `waitMs`. */
export async function until(condition: () => boolean | Promise<boolean>, name: string, waitMs = 15_000): Promise<void> {
  const end = Date.now() + waitMs;
  while (!await condition()) {
    if (Date.now() > end) throw new Error(`not in time: ${name}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => { resolve(false); });
  });
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => { resolve(port); });
    });
  });
}

function rsyslogConf(folder: string, output: string, port: (input: Input) => number): string {
  return `global(workDirectory="${folder}"
       defaultNetstreamDriverCAFile="${folder}/ca.crt" defaultNetstreamDriverCertFile="${folder}/srv.crt" defaultNetstreamDriverKeyFile="${folder}/srv.key")
module(load="imudp")
module(load="imptcp")
module(load="imtcp")
template(name="seen" type="list" option.jsonf="on") {
  property(outname="pri" name="pri" format="jsonf")
  property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="app" name="app-name" format="jsonf")
  property(outname="msgid" name="msgid" format="jsonf")
  property(outname="msg" name="msg" format="jsonf")
}
ruleset(name="check") { action(type="omfile" file="${output}" template="seen") }
input(type="imudp" address="127.0.0.1" port="${port('udp')}" ruleset="check")
input(type="imptcp" address="127.0.0.1" port="${port('octet')}" ruleset="check")
input(type="imptcp" address="127.0.0.1" port="${port('lf')}" ruleset="check")
input(type="imtcp" address="127.0.0.1" port="${port('tls')}" ruleset="check" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
input(type="imtcp" address="127.0.0.1" port="${port('mutual')}" ruleset="check" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="x509/certvalid")
`;
}

function syslogNgConf(folder: string, output: string, port: (input: Input) => number): string {
  const tls = (verify: string): string => `tls(key-file("${folder}/srv.key") cert-file("${folder}/srv.crt") ca-file("${folder}/ca.crt") peer-verify(${verify}))`;
  return `@version: 3.38
options { keep-hostname(yes); log-msg-size(262144); stats-freq(0); };
source s_udp { syslog(transport("udp") ip("127.0.0.1") port(${port('udp')})); };
source s_octet { syslog(transport("tcp") ip("127.0.0.1") port(${port('octet')})); };
source s_lf { network(transport("tcp") ip("127.0.0.1") port(${port('lf')}) flags(syslog-protocol)); };
source s_tls { syslog(transport("tls") ip("127.0.0.1") port(${port('tls')}) ${tls('optional-untrusted')}); };
source s_mutual { syslog(transport("tls") ip("127.0.0.1") port(${port('mutual')}) ${tls('required-trusted')}); };
destination d_seen { file("${output}" template("$(format-json pri=$PRI time=$ISODATE host=$HOST app=$PROGRAM msgid=$MSGID msg=$MSG)\\n")); };
log { source(s_udp); source(s_octet); source(s_lf); source(s_tls); source(s_mutual); destination(d_seen); };
`;
}
