/** What every record reader knows of the document it stands in, and where it puts what it finds. */
import type { Activity, Moment } from '../../src/event.ts';
import type { ProblemCode } from '../../src/errors.ts';
import { readUtcTime, type UtcTime } from '../../src/text/utc-time.ts';
import type { JsonObject } from './json-documents.ts';
import { textOf } from './member.ts';
import { foldId, isGuid } from './record-kind.ts';

export interface RestContext {
  readonly source: string;
  readonly file: string;
  /** name of the VB365 server, when the configuration states it */
  readonly server?: string;
  /** folded names of known organisations */
  readonly organizations: ReadonlySet<string>;
  emit(activity: Activity): void;
  report(code: ProblemCode, message: string, remedy?: string): void;
}

export interface RestPage {
  /** `_links.self.href` */
  readonly href?: string;
  /** session that the page belongs to, by its own address */
  readonly session?: string;
  /** position of its first result in the whole answer */
  readonly offset: number;
}

/** A time member as the record writes it, and as a moment. */
export interface RestTime { readonly utc: UtcTime; readonly moment: Moment }

export function timeOf(record: JsonObject, member: string): RestTime | undefined {
  const text = textOf(record, member);
  const utc = text === undefined ? undefined : readUtcTime(text);
  return text === undefined || utc === undefined ? undefined : { utc, moment: { ms: utc.ms, precision: 'ms', basis: 'explicit', text } };
}


/** The session of `…/RestoreSessions/{id}/…`, in any case; undefined for another address. */
export function sessionInLink(href: string | undefined): string | undefined {
  const id = /\/?restoresessions\/([^/?#]+)/i.exec(href ?? '')?.[1];
  return id !== undefined && isGuid(id) ? foldId(id) : undefined;
}
