/** Comparing what two sources say of the same thing: hosts, paths, names, times. */
import type { Moment } from '../event.ts';
import { foldName } from '../text/account.ts';
import { fileNameFits } from '../text/file-name.ts';
import { defaultSkewMs, measuredSkewMs } from '../limits.ts';

/** Without case, one kind of slash, no slash at the end. */
export function foldPath(path: string): string {
  return path.trim().normalize('NFC').toLowerCase().replace(/\//g, '\\').replace(/[\s\u00a0]+/g, ' ').replace(/(?<=.)\\+$/, '');
}

export function samePath(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && foldPath(a) === foldPath(b);
}

/** Runs of blanks count as one: HTML, and with it every mail, keeps no more. */
export function sameName(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && foldBlanks(foldName(a)) === foldBlanks(foldName(b));
}

function foldBlanks(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ');
}

/** A name in one source against a log item's name, which may be a file name with replaced characters and an added number. */
export function nameFits(name: string | undefined, logName: string | undefined, isFile: boolean, path: string | undefined): boolean {
  if (name === undefined || logName === undefined) return false;
  if (sameName(name, logName)) return true;
  if (!isFile) return false;
  const file = path === undefined ? logName : path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  return fileNameFits(name.trim(), file) || fileNameFits(name.trim().replace(/\s+/g, ' '), file.replace(/\s+/g, ' ')) || fileNameFits(name.trim().replace(/^File: /, ''), file);
}

/**
 * The same operation, as far as both know it: a `.zip` of the other Explorers is an exported library or a saved file that is a zip itself, and the
 * file name does not tell which.
 */
export function sameOperation(stated: string | undefined, log: { readonly operation: string; readonly path?: string }): boolean {
  if (stated === log.operation) return true;
  return log.path?.toLowerCase().endsWith('.zip') === true && (stated === 'save' || stated === 'export') && (log.operation === 'save' || log.operation === 'export');
}

/** All readings of a moment; a certain one has one. */
export function readingsOf(moment: Moment): readonly number[] {
  return moment.readings !== undefined && moment.readings.length > 0 ? moment.readings : [moment.ms];
}

/** Smallest signed difference `other - moment` over the readings of the moment. */
export function differenceMs(moment: Moment, otherMs: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const reading of readingsOf(moment)) if (Math.abs(otherMs - reading) < Math.abs(best)) best = otherMs - reading;
  return best;
}

/** Whether a log moment and a REST time are the same instant, given what is known of the two clocks. */
export function isSameInstant(moment: Moment, otherMs: number, skewMs: number | undefined, slackMs = 0): boolean {
  if (moment.readings?.length === 0) return false;
  return skewMs === undefined
    ? Math.abs(differenceMs(moment, otherMs)) <= defaultSkewMs + slackMs
    : readingsOf(moment).some((reading) => Math.abs(otherMs - skewMs - reading) <= measuredSkewMs + slackMs);
}

/** A minute of a mail against a time: the minute of the time and the following one (the product may cut or round). */
export function isSameMinute(minute: Moment, ms: number, slackMs = 0): boolean {
  return readingsOf(minute).some((reading) => ms >= reading - 60_000 - slackMs && ms < reading + 60_000 + slackMs);
}
