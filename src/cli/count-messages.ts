/** Reads logs only to see which templates recognise their messages: what `parsers coverage` and `parsers suggest` need. Nothing is normalised or joined. */
import { basename, resolve } from 'node:path';
import { documentParsers } from '../../parsers/index.ts';
import type { Config } from '../config/config.ts';
import type { Problem } from '../errors.ts';
import type { Catalogue } from '../parse/catalogue.ts';
import { decideEncoding } from '../parse/log-encoding.ts';
import { refuseLog } from '../parse/log-family.ts';
import { readLog } from '../parse/log-reader.ts';
import { compileMatcher } from '../parse/matcher.ts';
import { createMessageGroups, type MessageGroups, type Sighting } from '../parse/message-groups.ts';
import { holdInput } from '../read/hold-input.ts';
import type { Input } from '../read/input.ts';
import { openInputs } from '../read/open-inputs.ts';
import { createSourceContexts } from '../route/source-contexts.ts';
import { decodeStart } from '../text/charset.ts';
import type { Terminal } from './terminal.ts';

export interface MessageCounts {
  readonly files: { readonly logs: number; readonly documents: number; readonly refused: number };
  readonly messages: number;
  /** messages by the id of their template */
  readonly byTemplate: ReadonlyMap<string, number>;
  readonly unknown: number;
  readonly groups: MessageGroups;
}
export interface CountOptions {
  readonly paths: readonly string[];
  readonly catalogues: readonly Catalogue[];
  readonly config: Config | undefined;
  readonly report: (problem: Problem) => void;
  /** bytes read, of all that there is */
  readonly onProgress: (done: number, total: number) => void;
}

/** @returns undefined: interrupted */
export async function countMessages({ paths, catalogues, config, report, onProgress }: CountOptions, terminal: Terminal): Promise<MessageCounts | undefined> {
  const matcher = compileMatcher(catalogues);
  const files = { logs: 0, documents: 0, refused: 0 };
  const byTemplate = new Map<string, number>();
  const groups = createMessageGroups();
  let [messages, unknown, done] = [0, 0, 0];
  const opened = await openInputs(paths.map((path) => path === '-' ? path : resolve(terminal.cwd, path)), {
    cwd: terminal.cwd, stdin: terminal.stdin, report, source: createSourceContexts(config), ignore: new Set(config === undefined ? [] : [config.file]),
  });
  const total = opened.inputs.reduce((sum, { size }) => sum + size, 0);
  try {
    for (const input of opened.inputs) {
      if (terminal.signal.aborted) return undefined;
      await count(input);
      onProgress(done += input.size, total);
    }
  } finally {
    opened.close();
  }
  return terminal.signal.aborted ? undefined : { files, messages, byTemplate, unknown, groups };

  async function count(given: Input): Promise<void> {
    const input = await holdInput(given);
    const head = await input.head();
    if (head.length === 0) return;
    const text = decodeStart(head);
    if (documentParsers.some((parser) => parser.recognises({ name: input.file, bytes: head, text }))) {
      files.documents += 1;
      return;
    }
    const refusal = refuseLog(input.file, text);
    if (refusal !== undefined) {
      files.refused += 1;
      report(refusal);
      return;
    }
    files.logs += 1;
    const encoding = await decideEncoding(head, input.canReopen ? () => input.chunks() : undefined, input.source.fallbackEncoding);
    const component = componentOf(input.file);
    let seen: Sighting = { component, version: 'v0' };
    await readLog(untilAborted(input.chunks()), { file: input.file, matcher, encoding, report, sink: {
      message({ id, line, value }) {
        messages += 1;
        if (id === undefined) {
          unknown += 1;
          groups.add(line.message, seen);
          return;
        }
        byTemplate.set(id, (byTemplate.get(id) ?? 0) + 1);
        if (id === 'header-version') seen = { component, version: versionOf(value('header.version')) };
      },
      continuation: () => undefined,
    } });
  }

  async function* untilAborted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (terminal.signal.aborted) return;
      yield chunk;
    }
  }
}

/** `Veeam.Exchange.Explorer_2022_…log` is `exchange-explorer`, as catalogues write it. */
function componentOf(file: string): string {
  const name = /^Veeam\.([A-Za-z]{1,30})\.([A-Za-z]{1,30})/.exec(basename(file.replaceAll('\\', '/').replace(/^.*!/, '')));
  return name === null ? 'unknown' : `${name[1] ?? ''}-${name[2] ?? ''}`.toLowerCase();
}

/** `v0` stands for a version that the file does not tell. */
function versionOf(text: string | undefined): string {
  const version = /^\d{1,3}(?:\.\d{1,6}){0,3}/.exec(text ?? '');
  return `v${version?.[0] ?? '0'}`;
}
