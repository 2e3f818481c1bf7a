/** The things of a simulated world: machines with their clocks, people, the data they own, and what each source wrote down. */
import type { Workload } from '../event.ts';
import type { Culture } from './culture.ts';
import type { Zone } from './zones.ts';

export interface Operator {
  /** as Windows or Entra knows it */
  readonly account: string;
  readonly kind: 'person' | 'shared' | 'service' | 'application';
  /** Windows profile folder */
  readonly profile: string;
  readonly culture: Culture;
}
export interface Owner {
  readonly display: string;
  readonly address: string;
  readonly isAudited: boolean;
  /** the owner's own account, when it restores as well: nobody is mailed about what the owner does */
  account?: string;
}
export interface Organization { readonly name: string; readonly id: string; readonly domain: string }

export interface Host {
  readonly name: string;
  readonly qualified: string;
  readonly zone: Zone;
  /** this machine's clock minus the true time */
  skewMs: number;
  readonly ip4: string;
  readonly ip6: string;
  readonly cpus: number;
  /** folder of what was collected from it, inside the world */
  readonly folder: string;
  /** false: nobody collects its logs */
  readonly isCollected: boolean;
  /** tenant of its source; absent on machines of the provider */
  readonly tenant?: string;
  /** files that exist on its disks, lower case: a taken name gets a number */
  readonly files: Set<string>;
}
/** One VB365 installation with its services, its REST interface and its audit mails. */
export interface Server {
  readonly host: Host;
  readonly folder: string;
  readonly culture: Culture;
  readonly apiVersion: 6 | 7 | 8;
  readonly gateways: readonly string[];
  readonly isProvider: boolean;
  readonly domain: string;
  readonly providerId: string;
  restCollected: boolean;
  mailCollected: boolean;
  serviceCollected: boolean;
  readonly sessions: RestSession[];
  readonly mails: Mail[];
  readonly serviceRecords: LogRecord[];
  readonly restRecords: LogRecord[];
  /** further answers; none: the settings were asked for once */
  readonly answers: SavedAnswer[];
}
/** What the configuration says of a tenant's people, machines and habits. */
export interface Policy {
  readonly hours: { readonly days: readonly string[]; readonly from: string; readonly to: string };
  readonly accounts: readonly { readonly names: readonly string[]; readonly kind: Operator['kind']; readonly groups: readonly string[] }[];
  readonly ownerGroups: Readonly<Record<string, readonly string[]>>;
  readonly hostGroups: Readonly<Record<string, readonly string[]>>;
  readonly placeholders: Readonly<Record<string, readonly string[]>>;
}
/** An answer of the REST interface that states no time of its own: the file tells when it was saved. */
export type SavedAnswer =
  | { readonly kind: 'audit-settings'; readonly savedMs: number; readonly isOn: boolean }
  | { readonly kind: 'changes'; readonly savedMs: number; readonly changes: readonly { readonly type: 'RestoreSessionDelete' | 'RestorePointDelete'; readonly id: string; readonly organization: Organization }[] };
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly organizations: readonly [Organization, ...Organization[]];
  readonly isCloudConnect: boolean;
  readonly zone: Zone;
  readonly windows: string;
  readonly server: Server;
  readonly hosts: readonly Host[];
  readonly operators: readonly Operator[];
  readonly portalOperators: readonly Operator[];
  readonly owners: readonly Owner[];
  /** shared cloud credential with which its Explorers sign in */
  readonly signIn: string;
  /** absent: the configuration knows no more than the organisations */
  policy?: Policy;
}

export type Thread = readonly [managed: number, os: number];
export interface LogRecord {
  /** true time, UTC milliseconds */
  readonly ms: number;
  readonly thread: Thread;
  readonly depth: number;
  readonly text: string;
  /** physical lines without a prefix */
  readonly more?: readonly string[];
  /** the action whose evidence this line completes */
  readonly action?: string;
  /** the REST session whose creation this line notes */
  readonly session?: string;
}
export type Dialect = 'culture' | 'bracketed' | 'bracketed-ms';
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'windows-1252';
export interface FileStyle { readonly dialect: Dialect; readonly indent: 1 | 2; readonly encoding: Encoding; readonly lineEnd: '\r\n' | '\n' | 'mixed'; readonly trimsBlanks: boolean; readonly narrowBlank: boolean }
export interface Launch {
  readonly id: string;
  readonly host: Host;
  readonly operator: Operator;
  readonly workload: Workload;
  readonly startMs: number;
  readonly isExtended: boolean;
  readonly style: FileStyle;
  readonly records: LogRecord[];
  /** true when the product could give two launches on one machine for one session, with nothing to tell them apart */
  readonly rivals: Launch[];
  isWithheld: boolean;
  /** the file was cut: this many records, in their order in the file, are left */
  kept?: number;
  /** the file was rolled inside this record: the rest stands in a second file without a header */
  rolledIn?: LogRecord;
  /** the first part of a rolled file is missing */
  isFirstPartWithheld: boolean;
  /** name of the file; absent: the product's own */
  name?: string;
}
export interface RestSession {
  readonly id: string;
  readonly server: Server;
  readonly tenant: Tenant;
  readonly organization: Organization;
  readonly workload: Workload;
  readonly createdMs: number;
  endedMs?: number;
  readonly initiatedBy: string;
  readonly clientHost: string;
  readonly scope: string;
  readonly reason?: string;
  readonly name: string;
  readonly launch?: Launch;
  readonly events: RestEvent[];
  isCollected: boolean;
  /** pages of its events that were lost */
  readonly lostPages: Set<number>;
  readonly pageSize: number;
}
export interface RestEvent {
  readonly id: string;
  readonly type: 'None' | 'View' | 'Save' | 'Export' | 'Send' | 'Restore';
  readonly status: 'Success' | 'Warning' | 'Failed' | 'Skipped';
  readonly startMs: number;
  readonly endMs: number;
  readonly title: string;
  readonly message: string;
  readonly itemName?: string;
  readonly itemType?: string;
  readonly size: number;
  readonly source?: string;
  readonly target?: string;
  readonly action?: string;
}
export interface Mail {
  readonly action?: string;
  readonly server: Server;
  readonly organization: Organization;
  readonly owner: Owner;
  readonly type: string;
  readonly item: string;
  readonly source: string;
  readonly target: string;
  readonly operation: 'view' | 'save' | 'export' | 'send' | 'restore';
  readonly startMs: number;
  delayMs: number;
  readonly initiatedBy: string;
  readonly isForged: boolean;
  isLost: boolean;
  copies: number;
}
/** What really happened. */
export interface Action {
  readonly id: string;
  readonly action: 'item-view' | 'item-save' | 'item-export' | 'item-send' | 'item-restore';
  readonly atMs: number;
  readonly tenant: Tenant;
  readonly organization: Organization;
  readonly operator: Operator;
  readonly workload: Workload;
  readonly owner: string;
  readonly item: { readonly name: string; readonly path: string; readonly file?: string };
  readonly target?: string;
  readonly host?: Host;
  readonly outcome: 'success' | 'failure';
  readonly session?: RestSession;
  readonly event?: RestEvent;
  readonly mail?: Mail;
  readonly launch?: Launch;
  /** false for what an Explorer does not write down (views, sends) */
  readonly isLogged: boolean;
  readonly isFolder: boolean;
  readonly trap?: string;
}
export interface World {
  readonly seed: number;
  readonly hasChaos: boolean;
  readonly tenants: readonly Tenant[];
  readonly servers: readonly Server[];
  readonly hosts: readonly Host[];
  readonly launches: Launch[];
  readonly actions: Action[];
  readonly technician: Operator;
  readonly firstMs: number;
  readonly days: number;
}
