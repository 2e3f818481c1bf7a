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
  /** the record that states the counts which decided its result */
  readonly countedBy?: string;
}
export interface FolderRecord { readonly facts: LogFolderFacts; readonly id: string; readonly launch: LaunchRecord }
/** Whose a record is. */
export interface Belonging {
  tenant: string | undefined;
  /** the organisation is named but nobody owns it, or two of its names have two owners */
  isForeign: boolean;
  /** folded name of the organisation, one spelling for all aliases */
  organizationKey: string | undefined;
  /** the same as people write it */
  organizationName: string | undefined;
}
/** A restore session that a log saw being opened. */
export interface OpenedSession extends Belonging { readonly facts: LogSessionFacts; readonly id: string }
export interface LaunchRecord {
  /** absent until the launch itself was read: its items may come first */
  facts: LaunchFacts;
  readonly id: string;
  readonly sessions: OpenedSession[];
  readonly items: ItemRecord[];
  readonly folders: FolderRecord[];
  /** tenants it may belong to: that of its source, or those of the organisations it names; undefined: nothing says */
  tenants: ReadonlySet<string> | undefined;
  /** organisations it names: folded name → name as people write it */
  organizations: ReadonlyMap<string, string>;
  /** measured difference REST clock minus this machine's, in milliseconds; absent: not measured */
  skewMs: number | undefined;
}
export interface RestRecord {
  readonly key: string;
  readonly facts: RestEventFacts;
  readonly content: Content;
  session: RestSessionRecord | undefined;
  readonly sourceTenant: string | undefined;
}
export interface RestSessionRecord extends Belonging {
  readonly facts: RestSessionFacts;
  readonly content: Content;
  readonly events: RestRecord[];
  /** the launch it is, and how sure that is */
  launch: LaunchRecord | undefined;
  bond: 'exact' | 'strong' | undefined;
  /** launches that may be it, when it cannot be decided */
  candidates: readonly LaunchRecord[];
  /** REST session id was seen in the log of the REST service: no Explorer opened it */
  isApi: boolean;
  /** two launches match it exactly */
  isContradicted: boolean;
}
export interface MailRecord extends Belonging {
  readonly key: string;
  readonly facts: MailRowFacts;
  readonly content: Content;
}
export interface ValidationRecord extends Belonging { readonly facts: ValidationFacts; readonly id: string; readonly event: Event }

/** The same account, or two configured names of one. */
export type SamePerson = (tenant: string | undefined, account: string, other: string) => boolean;

export interface JoinedMail {
  readonly mail: MailRecord;
  /** false: one of several equal rows or actions, it cannot be said which */
  readonly isOnly: boolean;
  /** mails of several organisations fit: which one is this action's nobody knows */
  readonly isOrganizationOpen: boolean;
}
/** Everything that is said of one item action, by whichever sources. */
export interface Story {
  readonly rest: RestRecord | undefined;
  readonly item: ItemRecord | undefined;
  /** how the two found each other; `set`: one of several equal ones, it cannot be said which */
  readonly join: 'path' | 'names' | 'set' | undefined;
  /** with `set`: the events that may be it, `rest` among them */
  readonly rivals: readonly RestRecord[];
  /** the line of the folder that a view opened, and the line with the counts of an operation that the server lists one by one */
  readonly lines: readonly string[];
  readonly mails: JoinedMail[];
}
