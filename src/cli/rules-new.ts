/** `rules new`: the beginning of a rule and of its cases. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { packageRoot } from '../read/package-root.ts';
import { isoTime } from '../text/local-time.ts';
import { exitCodes, type ExitCode } from './exit-code.ts';
import { isOutputFailure, writeWhole } from './output.ts';
import { createProblemLog } from './problem-log.ts';
import { say, type Terminal } from './terminal.ts';

export interface NewRuleArguments {
  /** the folder around both files; default: the current one */
  readonly out?: string;
  /** name of a rule whose matches a correlation counts; left out: a rule for one event */
  readonly over?: string;
}

/** Writes `NAME.yml`, which lint accepts as it is, and `NAME.test.yml`, of which `rules test` says what is still missing. Files that exist are left alone. */
export async function rulesNew(name: string, { out = '.', over }: NewRuleArguments, terminal: Terminal): Promise<ExitCode> {
  const problems = createProblemLog(terminal);
  const refuse = (message: string, remedy: string): ExitCode => {
    problems.add({ code: 'usage', message, remedy });
    return exitCodes.usage;
  };
  if (!/^[a-z][a-z0-9_]{9,65}$/.test(name)) return refuse(`${JSON.stringify(name)} is no name for a rule`, 'use 10 to 66 of a-z, 0-9 and _, and begin with a letter: saved_to_usb_stick');
  if (over !== undefined && !/^[a-z0-9_-]{1,256}$/.test(over)) return refuse(`${JSON.stringify(over)} is no name of a rule`, 'see vb365-siem rules list');
  const [rule, cases] = [join(out, `${name}.yml`), join(out, `${name}.test.yml`)];
  for (const file of [rule, cases]) if (existsSync(resolve(terminal.cwd, file))) return refuse(`${file} exists already`, 'choose another name; nothing was changed');
  const head = headOf({ name, id: randomUUID(), date: isoTime(terminal.nowMs()).slice(0, 10), schema: schemaPath('rule.schema.json') });
  try {
    await mkdir(resolve(terminal.cwd, out), { recursive: true });
    await writeWhole(terminal, rule, over === undefined ? `${head}${detection}` : `${head}${correlationOver(over)}`);
    await writeWhole(terminal, cases, `# yaml-language-server: $schema=${schemaPath('rule-cases.schema.json')}\n${over === undefined ? eventCases : timelinesOver(over)}`);
  } catch (error) {
    problems.add(isOutputFailure(error) ? error.problem : { code: 'write-failed', message: `${out}: ${error instanceof Error ? error.message : String(error)}`, remedy: 'choose another place with --out', file: out });
    return exitCodes.problems;
  }
  say(terminal, `${rule} and ${cases} written; next: vb365-siem rules lint ${rule} && vb365-siem rules test ${rule}`);
  return exitCodes.done;

  /** Editors look for it beside the file. */
  function schemaPath(file: string): string {
    const path = relative(resolve(terminal.cwd, out), join(packageRoot(), 'schemas', file)).split(sep).join('/');
    return /^(?:\.|\/|[A-Za-z]:)/.test(path) ? path : `./${path}`;
  }
}

interface Head { readonly name: string; readonly id: string; readonly date: string; readonly schema: string }

function headOf({ name, id, date, schema }: Head): string {
  const title = name.split('_').filter((word) => word !== '').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return `# yaml-language-server: $schema=${schema}
title: ${title}
# never changes: the ids of alerts are made of it
id: ${id}
name: ${name}
status: experimental
description: |
    Detects … (say what it finds and why it matters).
    Blind spot: … (say what it cannot see).
date: '${date}'
tags:
    - vb365.exfiltration
    - attack.collection
    - attack.t1119
`;
}

const falsepositives = `falsepositives:
    - Ordinary work that looks the same (say which, and how an analyst tells it apart)
# informational: nobody looks; low: once a week; medium: today; high: now; critical: somebody is woken
level: low
`;

const detection = `logsource:
    product: vb365
    service: restore
detection:
    selection:
        vb365.operation: [save, export, send]
        vb365.item.name|endswith: .pst
    filter_own:
        # lint-ok: RULE_NEGATES_OPTIONAL_FIELD an owner who cannot be told counts as somebody else
        vb365.context.operator_is_owner: true
    condition: selection and not filter_own
${falsepositives}`;

const eventCases = `given:
    event: {vb365.level: restore, vb365.tenant.id: contoso, user.name: ann}
match:
    - name: a mailbox as a file of Outlook
      event: {vb365.operation: export, vb365.item.name: mailbox.pst, vb365.context.operator_is_owner: false}
ignore:
    - name: another kind of file
      event: {vb365.operation: export, vb365.item.name: mailbox.zip, vb365.context.operator_is_owner: false}
      because: selection
# vb365-siem rules test says what is still missing here.
`;

const correlationOver = (rule: string): string => `correlation:
    type: value_count
    rules: [${rule}]
    group-by: [user.domain, user.name]
    timespan: 1h
    # restores come again with a higher revision: count them by their id
    condition: {field: vb365.restore.id, gte: 10}
${falsepositives}`;

const timelinesOver = (rule: string): string => `timelines:
    - name: the tenth one just inside of the window
      events:
          - {at: +0s, match: ${rule}, with: {user.domain: CONTOSO, user.name: ann}, unique: [vb365.restore.id], repeat: 9, every: 1m}
          - {at: +1h, match: ${rule}, with: {user.domain: CONTOSO, user.name: ann}, unique: [vb365.restore.id]}
      alerts:
          - {at: +1h, group: {user.domain: CONTOSO, user.name: ann}, count: 10}
# vb365-siem rules test says what is still missing here.
`;
