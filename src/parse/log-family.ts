/** Which product wrote a log (formats/explorer-archiver-logs.md 11): the first line that is of any known family decides. */
import type { Problem } from '../errors.ts';
import { lineFamily } from '../text/log-line.ts';
import { sniffLines } from '../limits.ts';

export type LogFamily = { readonly isOwn: true } | { readonly isOwn: false; readonly name: string };

/** Files of neighbours that have no line of the VBR form. */
const neighbours: readonly { readonly name: string; readonly form: RegExp }[] = [
  { name: 'VBR', form: /^(?:={10,}|-{10,})?\s*(?:Log has been started by '|Logging level: \[|MachineName: \[|Process: \[\d\d bit\], PID: \[)/ },
  { name: 'VBR syslog', form: /Veeam_MP - - \[origin enterpriseId=/ },
  { name: 'guest helper', form: /^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2} +\d+ +(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|ERR)\b/ },
  { name: 'PostgreSQL', form: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)? \S{1,12} \[\d+\] (?:\S+ )?(?:LOG|ERROR|FATAL|WARNING|NOTICE|DETAIL|HINT|STATEMENT|PANIC|INFO|DEBUG):/ },
  { name: 'NATS', form: /^\[\d+\] \d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)? \[[A-Z]{3}\]/ },
];

/** What one line says; undefined for a line that any log could hold. */
export function familyOfLine(line: string): LogFamily | undefined {
  const family = lineFamily(line);
  if (family === 'vb365') return { isOwn: true };
  if (family === 'vbr') return { isOwn: false, name: 'VBR' };
  const text = line.replace(/^\ufeff+/, '');
  const found = neighbours.find(({ form }) => form.test(text));
  return found === undefined ? undefined : { isOwn: false, name: found.name };
}

/**
 * What the beginning of a file says. The first line of a known family decides; where foreign lines outnumber ours it is theirs all the same, so that
 * one line in our form makes no foreign file ours. A single foreign line in our files changes nothing: it would let one injected line hide a restore.
 *
 * @param text the beginning of the file, decoded
 * @param file its name: licence telemetry is VBR's form under a name of its own
 * @returns undefined when none of the first lines is of a known family
 */
export function familyOf(text: string, file = ''): LogFamily | undefined {
  let first: LogFamily | undefined;
  let own = 0;
  const foreign = new Map<string, number>();
  for (const line of text.split('\n', sniffLines)) {
    const family = familyOfLine(line.slice(0, 400).replace(/\r$/, ''));
    if (family === undefined) continue;
    first ??= family;
    if (family.isOwn) own += 1;
    else foreign.set(family.name, (foreign.get(family.name) ?? 0) + 1);
  }
  const [most] = [...foreign].sort(([, x], [, y]) => y - x);
  if (first === undefined || (first.isOwn && (most === undefined || [...foreign.values()].reduce((sum, count) => sum + count, 0) <= own))) return first;
  const name = first.isOwn ? most?.[0] ?? '' : first.name;
  return { isOwn: false, name: name === 'VBR' && (/_VMC[^\\/]*$/i.test(file) || telemetryKeys.test(text)) ? 'VMC (licence telemetry)' : name };
}

const telemetryKeys = /\b(?:InstallationId|ObjStgID: |HostID: [^\n]{0,80}OrganizationID: )/;

/**
 * Why a file that is no document is no log of ours; undefined when it is one.
 * @param text the beginning of the file, decoded; empty when it is no text
 */
export function refuseLog(file: string, text: string): Problem | undefined {
  const family = familyOf(text, file);
  if (family?.isOwn === true) return undefined;
  if (family !== undefined) return { code: 'log-foreign', message: `${file} is a ${family.name} log, not one of Veeam Backup for Microsoft 365`, remedy: 'nothing to do: it holds no restore of VB365', file };
  if (text === '' || /[\u0000-\u0008]/.test(text.slice(0, 4096))) return { code: 'read-binary', message: `${file} is neither text, mail, JSON nor a zip archive`, remedy: 'leave it out; unpack what is packed, and save text in another encoding as UTF-8', file };
  return { code: 'log-unknown', message: `${file} has no line of a VB365 log in its first lines`, remedy: 'leave it out, or check what wrote it', file };
}
