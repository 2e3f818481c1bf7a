/** What attribution holds of each source: launches of Explorers, REST sessions, mails, validations; and the story that joins them. */
import type {
  Event, LaunchFacts, LogFolderFacts, LogItemFacts, LogSessionFacts, MailRowFacts, RestEventFacts, RestSessionFacts, ValidationFacts,
} from '../event.ts';

/** The fields of an activity that a restore takes over, and its id as evidence. */
export interface Content {
  readonly id: string;
  readonly fields: Event;
}

export interface ItemRecord {
  readonly key: string;
  readonly facts: LogItemFacts;
  readonly content: Content;
  readonly launch: LaunchRecord;
}
export interface FolderRecord { readonly facts: LogFolderFacts; readonly id: string }
export interface LaunchRecord {
  facts: LaunchFacts;
  readonly id: string;
  readonly sessions: { readonly facts: LogSessionFacts; readonly id: string }[];
  readonly items: ItemRecord[];
  readonly folders: FolderRecord[];
  /** tenant of its source, or of the organisations it names when they agree; absent: not known */
  tenant: string | undefined;
  organization: string | undefined;
  organizationId: string | undefined;
  /** measured difference REST clock minus this machine's, in milliseconds; absent: not measured */
  skewMs: number | undefined;
}
export interface RestRecord {
  readonly key: string;
  readonly facts: RestEventFacts;
  readonly content: Content;
  session: RestSessionRecord | undefined;
}
export interface RestSessionRecord {
  readonly facts: RestSessionFacts;
  readonly content: Content;
  readonly events: RestRecord[];
  tenant: string | undefined;
  /** the organisation is named but nobody owns it */
  isForeign: boolean;
  /** the launch it is, and how sure that is */
  launch: LaunchRecord | undefined;
  bond: 'exact' | 'strong' | undefined;
  /** launches that may be it, when it cannot be decided */
  candidates: readonly LaunchRecord[];
  /** REST session id was seen in the log of the REST service */
  isApi: boolean;
}
export interface MailRecord {
  readonly key: string;
  readonly facts: MailRowFacts;
  readonly content: Content;
  tenant: string | undefined;
  isForeign: boolean;
}
export interface ValidationRecord { readonly facts: ValidationFacts; readonly id: string; readonly event: Event; readonly tenant: string | undefined }

/** Everything that is said of one item action, by whichever sources. */
export interface Story {
  readonly rest: RestRecord | undefined;
  readonly item: ItemRecord | undefined;
  readonly folder: { readonly launch: LaunchRecord; readonly record: FolderRecord } | undefined;
  readonly mails: readonly MailRecord[];
  /** how the log item was found for the REST event or mail */
  readonly join: 'path' | 'names' | 'session' | 'set' | undefined;
  /** launches that may have done it, when none is proven */
  readonly candidates: readonly LaunchRecord[];
  readonly gaps: readonly string[];
}
