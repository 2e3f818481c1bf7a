/**
 * The one record that leaves every stage after `normalise`: a flat map from canonical field names (schemas/fields.yml) to values.
 * Flat on purpose: rules look fields up by name, and only `emit` knows that ECS nests them.
 */
import type { EventFields } from './event-fields.ts';

/** A field without a value is absent: never null, never an empty string, never `-`. Times are RFC 3339 UTC with three decimals. */
export type Event = EventFields;
export type FieldName = keyof EventFields;
export type FieldValue = string | number | boolean | readonly string[];

/** Where one record came from. `event.id` is a function of this. */
export interface Origin {
  /** id of the configured source, or `cli` */
  readonly source: string;
  readonly kind: OriginKind;
  /** path as it was read (zip entries: `archive.zip!entry`); forward or back slashes as given */
  readonly file: string;
  /** byte offset of the record in the (decoded-to-bytes original) file; 0 for whole documents */
  readonly offset: number;
  /** 1-based physical line number; absent for whole documents */
  readonly line?: number;
  readonly messageId?: string;
  readonly recordId?: string;
}
export type OriginKind = 'explorer_log' | 'archiver_log' | 'rest_log' | 'audit_mail' | 'rest_api';

/** What a source setting (or the command line) says about a file before its content is read. */
export interface SourceContext {
  readonly id: string;
  /** tenant id when the source belongs to one; absent: provider side, the content decides */
  readonly tenant?: string;
  readonly host?: string;
  /** IANA zone */
  readonly timezone?: string;
  readonly dateOrder?: DateOrder;
  readonly fallbackEncoding?: string;
  readonly authentication?: MailAuthentication;
}
export type DateOrder = 'dmy' | 'mdy' | 'ymd';
export interface MailAuthentication {
  readonly policy: 'require' | 'prefer' | 'off';
  readonly authservId?: string;
  readonly relays: readonly string[];
}

/** One thing that one source reported: the event, and what attribution joins on but no receiver needs. */
export interface Activity {
  readonly event: Event;
  readonly facts: Facts;
}

/** A local or UTC moment with everything that is known of it. */
export interface Moment {
  /** UTC milliseconds; with `basis: assumed` the best of `readings` */
  readonly ms: number;
  readonly precision: 'ms' | 's' | 'min';
  readonly basis: 'explicit' | 'header' | 'config' | 'assumed';
  /** all possible UTC readings when undecided (date order, repeated hour, unknown offset): then `ms` is one of them */
  readonly readings?: readonly number[];
  /** offset from UTC in minutes that was used, when known */
  readonly offsetMinutes?: number;
  /** the text as the source wrote it */
  readonly text?: string;
}

export type Workload = 'exchange' | 'onedrive' | 'sharepoint' | 'teams';
export type Operation = 'view' | 'save' | 'export' | 'send' | 'restore';
export type Result = 'success' | 'warning' | 'failed' | 'cancelled' | 'skipped' | 'running' | 'none';
/** kind of an identity string (rest-api.md 4.2); the configuration may know better */
export type IdentityKind = 'windows' | 'bare' | 'organization' | 'upn' | 'system' | 'none';

/** One use of one Explorer: what its header and connections state. One per header of one file. */
export interface LaunchFacts {
  readonly kind: 'launch';
  /** stable id of the launch: function of the file and the position of its header */
  readonly launch: string;
  readonly file: string;
  readonly source: string;
  /** configured tenant of the source */
  readonly tenant?: string;
  readonly host?: string;
  readonly addresses: readonly string[];
  /** operator of the launch as the header states it; absent in a file without header and without proven predecessor */
  readonly account?: string;
  readonly workload?: Workload;
  readonly version?: string;
  /** absent without a header */
  readonly at?: Moment;
  /** domains of the accounts whose sign-in to Microsoft 365 succeeded */
  readonly signedIn: readonly { readonly upn: string; readonly ms: number }[];
  /** why the account may not be certain (`second-header` …) */
  readonly gaps: readonly string[];
  readonly firstMs: number;
  readonly lastMs: number;
  readonly extended: boolean;
  /** false when the time of the file is undecided or its offset unknown */
  readonly timeCertain: boolean;
  readonly offsetKnown: boolean;
}
/** What happened to one item according to an Explorer log. */
export interface LogItemFacts {
  readonly kind: 'log-item';
  readonly launch: string;
  /** id shared by the item actions of one operation */
  readonly batch: string;
  readonly operation: Operation;
  readonly at: Moment;
  readonly end?: Moment;
  /** full path of the written file, for save and export */
  readonly path?: string;
  /** item name as the log has it: the subject in extended mode, else the file name */
  readonly name?: string;
  /** true when `name` is a file name: characters of the subject may have been replaced, a number may have been added */
  readonly nameIsFile: boolean;
  /** `Owner\Folder` of the item; extended mode and message restores only */
  readonly source?: string;
  readonly target?: string;
  readonly itemClass?: string;
  /** bytes as printed, rounded by the product; absent when unknown */
  readonly size?: number;
  readonly result?: Result;
  readonly reason?: string;
  /** codes of what this action lacks (`fields-ambiguous`, `operation-incomplete`, `count-mismatch` …) */
  readonly gaps: readonly string[];
  /** an operation of which only counts are known */
  readonly counts?: ItemCounts;
  /** what the result line of the operation counts, when items of it stand in the file before this one */
  readonly summary?: ItemCounts;
}
/** The result line of an operation. */
export interface ItemCounts { readonly total: number; readonly saved: number; readonly failed: number; readonly skipped: number }
export interface LogSessionFacts {
  readonly kind: 'log-session';
  readonly launch: string;
  readonly at: Moment;
  readonly organizationId?: string;
  readonly restorePoint?: string;
  /** REST restore-session id, only in Archiver.REST logs */
  readonly restoreSessionId?: string;
  readonly created: boolean;
}
export interface LogFolderFacts {
  readonly kind: 'log-folder';
  readonly launch: string;
  readonly at: Moment;
  readonly folder: string;
}
export interface ValidationFacts {
  readonly kind: 'validation';
  readonly domain: string;
  readonly at: Moment;
  readonly server?: string;
}
export interface RestSessionFacts {
  readonly kind: 'rest-session';
  readonly id: string;
  readonly organization?: string;
  readonly organizationId?: string;
  readonly workload?: Workload;
  readonly created: Moment;
  /** absent while the session runs (null, missing, or the 9999 sentinel) */
  readonly ended?: Moment;
  readonly state: string;
  readonly result: string;
  readonly initiatedBy?: string;
  readonly initiatorKind: IdentityKind;
  readonly clientHost?: string;
  readonly clientIp?: string;
  readonly gateway?: string;
  readonly scope?: string;
  readonly reason?: string;
  readonly name?: string;
  readonly tool: 'explorer' | 'portal' | 'rest_api' | 'unknown';
  readonly server?: string;
}
export interface RestEventFacts {
  readonly kind: 'rest-event';
  readonly session: string;
  readonly id: string;
  /** absent for book-ends (`None`) and unknown types */
  readonly operation?: Operation;
  readonly type: string;
  readonly status: string;
  readonly result: Result;
  readonly start: Moment;
  readonly end?: Moment;
  readonly order: number;
  readonly itemName?: string;
  readonly itemType?: string;
  readonly itemSize?: number;
  readonly source?: string;
  readonly target?: string;
  /** full file path from the title, one final full stop removed */
  readonly path?: string;
  readonly organizationId?: string;
}
/** An organisation's id and name, from /Organizations or from a record that states both. */
export interface OrganizationFacts { readonly kind: 'organization'; readonly id: string; readonly name: string }
/** An audited user or group (AuditItems). */
export interface AuditItemFacts { readonly kind: 'audit-item'; readonly type: string; readonly name: string; readonly displayName?: string }
/** Whether a server sends audit mails at all (AuditEmailSettings); as of the time of the event. */
export interface AuditSettingsFacts {
  readonly kind: 'audit-settings';
  readonly isOn: boolean;
  /** the host of the source; absent: nobody knows which server answered */
  readonly server?: string;
}
export interface MailRowFacts {
  readonly kind: 'mail-row';
  readonly messageId: string;
  readonly row: number;
  readonly organization?: string;
  /** candidates when the head line cannot be split uniquely */
  readonly displayName?: string;
  readonly operation?: Operation;
  readonly at: Moment;
  readonly itemName?: string;
  readonly source?: string;
  readonly target?: string;
  readonly ownerAddress?: string;
  readonly initiatedBy?: string;
  readonly initiatorKind: IdentityKind;
  readonly trust: 'authenticated' | 'unverified' | 'forged';
}
/** Nothing to join: the event speaks for itself. */
export interface PlainFacts { readonly kind: 'plain'; readonly launch?: string }
export type Facts =
  | LaunchFacts | LogItemFacts | LogSessionFacts | LogFolderFacts | ValidationFacts
  | RestSessionFacts | RestEventFacts | OrganizationFacts | AuditItemFacts | AuditSettingsFacts | MailRowFacts | PlainFacts;
