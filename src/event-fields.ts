/** Generated from schemas/fields.yml by `npm run generate`; do not edit. */

/** A field without a value is absent. The members stand in the order in which they are written. */
export interface EventFields {
  /** when it happened; restore: last activity of the story; alert: when the rule fired */
  '@timestamp'?: string;
  /** one English sentence, no line break, at most 1,000 bytes */
  'message'?: string;
  /** release of the Elastic Common Schema */
  'ecs.version'?: '9.4.0';
  /** event (activity, restore), alert, state (health) */
  'event.kind'?: 'event' | 'alert' | 'state';
  /** ECS category; health has none */
  'event.category'?: readonly ('api' | 'authentication' | 'configuration' | 'email' | 'file' | 'iam' | 'session')[];
  /** ECS type; health has none */
  'event.type'?: readonly ('access' | 'admin' | 'allowed' | 'change' | 'creation' | 'deletion' | 'denied' | 'end' | 'group' | 'info' | 'start' | 'user')[];
  /** what happened: object and verb; `-start` when only the beginning was seen */
  'event.action'?: string;
  /** `vb365.<level>.<action>`; alerts: `vb365.alert` */
  'event.code'?: string;
  /** result in the words of ECS */
  'event.outcome'?: 'success' | 'failure' | 'unknown';
  /** the CEF number: 1 informational, 3 low, 5 medium, 7 high, 9 critical */
  'event.severity'?: 1 | 3 | 5 | 7 | 9;
  /** risk of the rule, 0 to 100 */
  'event.risk_score'?: number;
  /** function of the origin (restore: of id and revision; alert: of rule and group); receivers deduplicate by it */
  'event.id'?: string;
  /** constant */
  'event.module'?: 'vb365_siem';
  /** constant */
  'event.dataset'?: 'vb365_siem.audit';
  /** beginning of what lasted */
  'event.start'?: string;
  /** end of what lasted */
  'event.end'?: string;
  /** nanoseconds */
  'event.duration'?: number;
  /** when vb365-siem built the event; left out by `replay`, so that its output is reproducible */
  'event.created'?: string;
  /** component that wrote the record, for example `Veeam.Exchange.Explorer` */
  'event.provider'?: string;
  /** reason that the operator stated (Restore Portal), or the error */
  'event.reason'?: string;
  /** offset that was used to read a local time */
  'event.timezone'?: string;
  /** raw record; off by default */
  'event.original'?: string;
  /** operator: who acted; only with confidence confirmed, corroborated or probable */
  'user.name'?: string;
  /** Windows or mail domain of the operator */
  'user.domain'?: string;
  /** user principal name of the operator */
  'user.email'?: string;
  /** SID or object id of the operator */
  'user.id'?: string;
  /** display name of the operator */
  'user.full_name'?: string;
  /** owner, when a person: login or local part of the address */
  'user.target.name'?: string;
  /** owner, when a person: domain */
  'user.target.domain'?: string;
  /** owner, when a person: address */
  'user.target.email'?: string;
  /** owner, when a person: Microsoft 365 object id */
  'user.target.id'?: string;
  /** owner, when a person: display name */
  'user.target.full_name'?: string;
  /** owner, when a team or group */
  'group.name'?: string;
  /** owner, when a team or group: object id */
  'group.id'?: string;
  /** client as the source wrote it */
  'source.address'?: string;
  /** client host name */
  'source.domain'?: string;
  /** client address; never that of the gateway */
  'source.ip'?: string;
  /** the VB365 server (equals observer.hostname) */
  'host.name'?: string;
  /** constant */
  'observer.vendor'?: 'Veeam';
  /** constant */
  'observer.product'?: 'Backup for Microsoft 365';
  /** build of the VB365 server */
  'observer.version'?: string;
  /** the VB365 server */
  'observer.hostname'?: string;
  /** constant */
  'observer.type'?: 'backup';
  /** addresses of the VB365 server */
  'observer.ip'?: readonly string[];
  /** Microsoft 365 organisation; an Explorer log alone names none */
  'organization.name'?: string;
  /** id of the organisation in VB365 */
  'organization.id'?: string;
  /** service whose data it was */
  'service.name'?: 'Exchange Online' | 'OneDrive for Business' | 'SharePoint Online' | 'Microsoft Teams';
  /** copy of vb365.session.id (ECS has no session id) */
  'transaction.id'?: string;
  /** item, when it is a file */
  'file.name'?: string;
  /** where the file was backed up from */
  'file.path'?: string;
  /** folder of file.path */
  'file.directory'?: string;
  /** ending of file.name */
  'file.extension'?: string;
  /** bytes of the file */
  'file.size'?: number;
  /** item, when it is a message */
  'email.subject'?: string;
  /** recipients of a sent item */
  'email.to.address'?: readonly string[];
  /** origin file */
  'log.file.path'?: string;
  /** rule that fired: its Sigma id */
  'rule.id'?: string;
  /** title of the rule */
  'rule.name'?: string;
  /** family of the rule, from its tag `vb365.<family>` */
  'rule.category'?: string;
  /** hash of the rule */
  'rule.version'?: string;
  /** where the rule comes from */
  'rule.ruleset'?: string;
  /** what the rule looks for */
  'rule.description'?: string;
  /** page about it */
  'rule.reference'?: string;
  /** MITRE ATT&CK */
  'threat.framework'?: string;
  /** tactics of the rule */
  'threat.tactic.id'?: readonly string[];
  /** their names */
  'threat.tactic.name'?: readonly string[];
  /** techniques of the rule */
  'threat.technique.id'?: readonly string[];
  /** their names */
  'threat.technique.name'?: readonly string[];
  /** activity: one thing one source reported; restore: the attributed story of one item action; alert: a rule that fired; health: the pipeline about itself */
  'vb365.level'?: 'activity' | 'restore' | 'alert' | 'health';
  /** raised when this list changes in a breaking way */
  'vb365.schema.version'?: '1';
  /** event.severity as a word */
  'vb365.severity'?: 'informational' | 'low' | 'medium' | 'high' | 'critical';
  /** tenant; delivered events always have one unless they are about the whole installation; a replay without configured tenants may not know it */
  'vb365.tenant.id'?: string;
  /** name of the tenant, from the configuration; its id when none is given */
  'vb365.tenant.name'?: string;
  /** Exchange, OneDrive, SharePoint or Teams */
  'vb365.workload'?: 'exchange' | 'onedrive' | 'sharepoint' | 'teams';
  /** what was done to the item, in the words of the product */
  'vb365.operation'?: 'view' | 'save' | 'export' | 'send' | 'restore';
  /** result in the words of the product */
  'vb365.result'?: 'success' | 'warning' | 'failed' | 'cancelled' | 'skipped' | 'running' | 'none';
  /** how sure the operator is; only the first three name a person */
  'vb365.attribution.confidence'?: 'confirmed' | 'corroborated' | 'probable' | 'ambiguous' | 'organization' | 'unknown';
  /** kind of the identity that acted, as far as known */
  'vb365.attribution.kind'?: 'user' | 'shared_account' | 'service_account' | 'application' | 'organization' | 'unknown';
  /** initiator as the source stated it, even when it is an organisation */
  'vb365.attribution.reported'?: string;
  /** how the operator was found (`explorer-header`, `rest-initiator`, `mail-initiator`, `host-item-time` …) */
  'vb365.attribution.method'?: string;
  /** operators that may have done it; only when ambiguous (health: the operators in conflict) */
  'vb365.attribution.candidates'?: readonly string[];
  /** event.id of each activity that was used */
  'vb365.attribution.evidence'?: readonly string[];
  /** codes of what was missing */
  'vb365.attribution.gaps'?: readonly string[];
  /** what the data belongs to */
  'vb365.owner.type'?: 'mailbox' | 'archive_mailbox' | 'onedrive' | 'personal_site' | 'site' | 'team' | 'group' | 'public_folder' | 'unknown';
  /** display name of the owner */
  'vb365.owner.name'?: string;
  /** Microsoft 365 object id of the owner */
  'vb365.owner.id'?: string;
  /** address of the site */
  'vb365.owner.url'?: string;
  /** what the operator used */
  'vb365.client.tool'?: 'explorer' | 'portal' | 'rest_api' | 'powershell' | 'unknown';
  /** cloud gateway (`HOST (via: IP)`); not the client */
  'vb365.client.gateway_ip'?: string;
  /** id of the VB365 installation */
  'vb365.server.id'?: string;
  /** REST restore session, or launch of an Explorer */
  'vb365.session.id'?: string;
  /** what the id is */
  'vb365.session.kind'?: 'rest' | 'explorer';
  /** name of the restore session */
  'vb365.session.name'?: string;
  /** what the session may reach */
  'vb365.session.scope'?: string;
  /** point in time that was opened */
  'vb365.session.restore_point'?: string;
  /** item; filled beside file.name or email.subject */
  'vb365.item.name'?: string;
  /** type in the words of the product (`IPM.Note`, `Folder`, `File` …) */
  'vb365.item.class'?: string;
  /** normalised type */
  'vb365.item.kind'?: 'message' | 'appointment' | 'contact' | 'task' | 'note' | 'folder' | 'file' | 'list' | 'list_item' | 'site' | 'post' | 'channel' | 'tab' | 'team' | 'mailbox' | 'other';
  /** id in the words of the product */
  'vb365.item.id'?: string;
  /** where the data was backed up from (`Owner\Folder`) */
  'vb365.item.path'?: string;
  /** bytes */
  'vb365.item.size'?: number;
  /** none (view), original (back in place), elsewhere (another mailbox, folder, site), file (disk, PST), email (sent) */
  'vb365.target.kind'?: 'none' | 'original' | 'elsewhere' | 'file' | 'email' | 'unknown';
  /** where it went */
  'vb365.target.path'?: string;
  /** stable over revisions */
  'vb365.restore.id'?: string;
  /** from 1; readers take the highest */
  'vb365.restore.revision'?: number;
  /** open: long operation, interim report */
  'vb365.restore.state'?: 'open' | 'closed';
  /** kinds of sources that contributed */
  'vb365.restore.sources'?: readonly ('explorer_log' | 'archiver_log' | 'rest_log' | 'audit_mail' | 'rest_api')[];
  /** shared by the restores of one operation */
  'vb365.restore.batch'?: string;
  /** id of the restore that this one turned out to be; this one is then closed */
  'vb365.restore.merged_into'?: string;
  /** sum of the items */
  'vb365.restore.bytes'?: number;
  /** items of the action: 1, more only where every source states nothing but counts */
  'vb365.restore.items.total'?: number;
  /** of these: done */
  'vb365.restore.items.succeeded'?: number;
  /** of these: failed */
  'vb365.restore.items.failed'?: number;
  /** of these: skipped */
  'vb365.restore.items.skipped'?: number;
  /** the first 20 */
  'vb365.restore.items.names'?: readonly string[];
  /** events matched */
  'vb365.alert.count'?: number;
  /** grouping key of a correlation */
  'vb365.alert.group'?: string;
  /** event.id of the first 50 */
  'vb365.alert.events'?: readonly string[];
  /** raised from late data */
  'vb365.alert.late'?: boolean;
  /** groups of the client host */
  'vb365.context.host_groups'?: readonly string[];
  /** Restore Portal: the owner is within the role of the operator */
  'vb365.context.in_scope'?: boolean;
  /** hour of the start in the zone of the tenant, 0 to 23 */
  'vb365.context.local_hour'?: number;
  /** what this tenant has not seen before */
  'vb365.context.novelty'?: readonly string[];
  /** started outside the working hours of the tenant */
  'vb365.context.off_hours'?: boolean;
  /** groups of the operator */
  'vb365.context.operator_groups'?: readonly string[];
  /** the operator restored own data */
  'vb365.context.operator_is_owner'?: boolean;
  /** groups of the owner */
  'vb365.context.owner_groups'?: readonly string[];
  /** hours between restore point and start */
  'vb365.context.restore_point_age'?: number;
  /** what kind of place the target is */
  'vb365.context.target_place'?: 'operator_profile' | 'other_profile' | 'public' | 'share' | 'drive' | 'sync' | 'web' | 'other' | 'same_owner' | 'other_owner' | 'other_organization' | 'owner' | 'operator' | 'same_organization' | 'free_mail';
  /** setting that changed, or that a state is about: `enabled` (audit notifications), `job` */
  'vb365.change.field'?: string;
  /** its value before */
  'vb365.change.before'?: string;
  /** its value after the change, or as the state says; of a job what became of it: `disabled`, `deleted`, `edited` */
  'vb365.change.after'?: string;
  /** cell `Group` of an audit mail: why the owner is audited */
  'vb365.audit.group'?: string;
  /** cell `Type` of an audit mail, when it is none of the known ones */
  'vb365.audit.type'?: string;
  /** cell `Operation` of an audit mail, when it is none of the five */
  'vb365.audit.operation'?: string;
  /** columns of an audit mail that are not known, as `title: value` */
  'vb365.audit.extra'?: readonly string[];
  /** what the sender checks said of an audit mail */
  'vb365.mail.trust'?: 'authenticated' | 'unverified' | 'forged';
  /** why it is not authenticated */
  'vb365.mail.reasons'?: readonly string[];
  /** Date header of the mail */
  'vb365.mail.sent'?: string;
  /** time at which a trusted server took the mail */
  'vb365.mail.received'?: string;
  /** what was damaged in the mail and mended */
  'vb365.mail.damage'?: readonly string[];
  /** account that was used towards Microsoft 365 or a server; not the person */
  'vb365.credential.name'?: string;
  /** address and port of a request to the server */
  'vb365.network.peer'?: string;
  /** what exactly is wrong */
  'vb365.health.detail'?: string;
  /** precision of the source */
  'vb365.time.precision'?: 'ms' | 's' | 'min';
  /** what a local time was read with: explicit (zone in the record), header (the file states it), config, assumed */
  'vb365.time.basis'?: 'explicit' | 'header' | 'config' | 'assumed';
  /** all readings of a time that is not certain */
  'vb365.time.candidates'?: readonly string[];
  /** configured source, or `cli` */
  'vb365.origin.source'?: string;
  /** kind of the source */
  'vb365.origin.kind'?: 'explorer_log' | 'archiver_log' | 'rest_log' | 'audit_mail' | 'rest_api';
  /** log file, mail file or saved answer */
  'vb365.origin.file'?: string;
  /** Message-ID of the mail */
  'vb365.origin.message_id'?: string;
  /** id of the REST record */
  'vb365.origin.record_id'?: string;
  /** byte offset in the file */
  'vb365.origin.offset'?: number;
  /** line number */
  'vb365.origin.line'?: number;
  /** fields that were shortened for size */
  'vb365.truncated'?: readonly string[];
  /** version of vb365-siem */
  'vb365.collector.version'?: string;
  /** host that vb365-siem runs on */
  'vb365.collector.host'?: string;
  /** every user of the event once */
  'related.user'?: readonly string[];
  /** every host of the event once */
  'related.hosts'?: readonly string[];
  /** every address of the event once */
  'related.ip'?: readonly string[];
}

export type EventLevel = 'activity' | 'restore' | 'alert' | 'health';

export interface FieldKind {
  readonly type: 'keyword' | 'text' | 'date' | 'long' | 'float' | 'boolean' | 'ip';
  readonly isList: boolean;
  /** letters of the levels that carry it: a(ctivity) r(estore) (a)l(ert) h(ealth); capital: always */
  readonly levels: string;
  readonly isPersonal: boolean;
  /** false while nothing produces it yet */
  readonly isFed: boolean;
  /** closed list of values */
  readonly allowed?: readonly (string | number)[];
}

export const fieldKinds: Readonly<Record<keyof EventFields, FieldKind>> = {
  '@timestamp': { type: 'date', isList: false, levels: 'ARLH', isPersonal: false, isFed: true },
  'message': { type: 'text', isList: false, levels: 'ARLH', isPersonal: true, isFed: true },
  'ecs.version': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['9.4.0'] },
  'event.kind': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['event', 'alert', 'state'] },
  'event.category': { type: 'keyword', isList: true, levels: 'ARL', isPersonal: false, isFed: true, allowed: ['api', 'authentication', 'configuration', 'email', 'file', 'iam', 'session'] },
  'event.type': { type: 'keyword', isList: true, levels: 'ARL', isPersonal: false, isFed: true, allowed: ['access', 'admin', 'allowed', 'change', 'creation', 'deletion', 'denied', 'end', 'group', 'info', 'start', 'user'] },
  'event.action': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true },
  'event.code': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true },
  'event.outcome': { type: 'keyword', isList: false, levels: 'AR', isPersonal: false, isFed: true, allowed: ['success', 'failure', 'unknown'] },
  'event.severity': { type: 'long', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: [1, 3, 5, 7, 9] },
  'event.risk_score': { type: 'float', isList: false, levels: 'L', isPersonal: false, isFed: true },
  'event.id': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true },
  'event.module': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['vb365_siem'] },
  'event.dataset': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['vb365_siem.audit'] },
  'event.start': { type: 'date', isList: false, levels: 'aRL', isPersonal: false, isFed: true },
  'event.end': { type: 'date', isList: false, levels: 'aRL', isPersonal: false, isFed: true },
  'event.duration': { type: 'long', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'event.created': { type: 'date', isList: false, levels: 'arlh', isPersonal: false, isFed: false },
  'event.provider': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'event.reason': { type: 'keyword', isList: false, levels: 'arh', isPersonal: true, isFed: true },
  'event.timezone': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'event.original': { type: 'keyword', isList: false, levels: 'a', isPersonal: true, isFed: false },
  'user.name': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.domain': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.email': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.id': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: false },
  'user.full_name': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: false },
  'user.target.name': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.target.domain': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.target.email': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.target.id': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'user.target.full_name': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'group.name': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'group.id': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'source.address': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'source.domain': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: true, isFed: true },
  'source.ip': { type: 'ip', isList: false, levels: 'arlh', isPersonal: true, isFed: true },
  'host.name': { type: 'keyword', isList: false, levels: 'arh', isPersonal: false, isFed: true },
  'observer.vendor': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['Veeam'] },
  'observer.product': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['Backup for Microsoft 365'] },
  'observer.version': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true },
  'observer.hostname': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true },
  'observer.type': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['backup'] },
  'observer.ip': { type: 'ip', isList: true, levels: 'arl', isPersonal: false, isFed: false },
  'organization.name': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true },
  'organization.id': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true },
  'service.name': { type: 'keyword', isList: false, levels: 'arh', isPersonal: false, isFed: true, allowed: ['Exchange Online', 'OneDrive for Business', 'SharePoint Online', 'Microsoft Teams'] },
  'transaction.id': { type: 'keyword', isList: false, levels: 'arh', isPersonal: false, isFed: true },
  'file.name': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'file.path': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'file.directory': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'file.extension': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'file.size': { type: 'long', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'email.subject': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'email.to.address': { type: 'keyword', isList: true, levels: 'ar', isPersonal: true, isFed: true },
  'log.file.path': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'rule.id': { type: 'keyword', isList: false, levels: 'L', isPersonal: false, isFed: true },
  'rule.name': { type: 'keyword', isList: false, levels: 'L', isPersonal: false, isFed: true },
  'rule.category': { type: 'keyword', isList: false, levels: 'l', isPersonal: false, isFed: true },
  'rule.version': { type: 'keyword', isList: false, levels: 'L', isPersonal: false, isFed: true },
  'rule.ruleset': { type: 'keyword', isList: false, levels: 'L', isPersonal: false, isFed: true },
  'rule.description': { type: 'keyword', isList: false, levels: 'l', isPersonal: false, isFed: true },
  'rule.reference': { type: 'keyword', isList: false, levels: 'l', isPersonal: false, isFed: true },
  'threat.framework': { type: 'keyword', isList: false, levels: 'l', isPersonal: false, isFed: true },
  'threat.tactic.id': { type: 'keyword', isList: true, levels: 'l', isPersonal: false, isFed: true },
  'threat.tactic.name': { type: 'keyword', isList: true, levels: 'l', isPersonal: false, isFed: true },
  'threat.technique.id': { type: 'keyword', isList: true, levels: 'l', isPersonal: false, isFed: true },
  'threat.technique.name': { type: 'keyword', isList: true, levels: 'l', isPersonal: false, isFed: true },
  'vb365.level': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['activity', 'restore', 'alert', 'health'] },
  'vb365.schema.version': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['1'] },
  'vb365.severity': { type: 'keyword', isList: false, levels: 'ARLH', isPersonal: false, isFed: true, allowed: ['informational', 'low', 'medium', 'high', 'critical'] },
  'vb365.tenant.id': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true },
  'vb365.tenant.name': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true },
  'vb365.workload': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true, allowed: ['exchange', 'onedrive', 'sharepoint', 'teams'] },
  'vb365.operation': { type: 'keyword', isList: false, levels: 'aR', isPersonal: false, isFed: true, allowed: ['view', 'save', 'export', 'send', 'restore'] },
  'vb365.result': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true, allowed: ['success', 'warning', 'failed', 'cancelled', 'skipped', 'running', 'none'] },
  'vb365.attribution.confidence': { type: 'keyword', isList: false, levels: 'aRl', isPersonal: false, isFed: true, allowed: ['confirmed', 'corroborated', 'probable', 'ambiguous', 'organization', 'unknown'] },
  'vb365.attribution.kind': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: true, allowed: ['user', 'shared_account', 'service_account', 'application', 'organization', 'unknown'] },
  'vb365.attribution.reported': { type: 'keyword', isList: false, levels: 'arh', isPersonal: true, isFed: true },
  'vb365.attribution.method': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.attribution.candidates': { type: 'keyword', isList: true, levels: 'rh', isPersonal: true, isFed: true },
  'vb365.attribution.evidence': { type: 'keyword', isList: true, levels: 'rlh', isPersonal: false, isFed: true },
  'vb365.attribution.gaps': { type: 'keyword', isList: true, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.owner.type': { type: 'keyword', isList: false, levels: 'aRl', isPersonal: false, isFed: true, allowed: ['mailbox', 'archive_mailbox', 'onedrive', 'personal_site', 'site', 'team', 'group', 'public_folder', 'unknown'] },
  'vb365.owner.name': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'vb365.owner.id': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: true },
  'vb365.owner.url': { type: 'keyword', isList: false, levels: 'arl', isPersonal: true, isFed: false },
  'vb365.client.tool': { type: 'keyword', isList: false, levels: 'arh', isPersonal: false, isFed: true, allowed: ['explorer', 'portal', 'rest_api', 'powershell', 'unknown'] },
  'vb365.client.gateway_ip': { type: 'ip', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.server.id': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.session.id': { type: 'keyword', isList: false, levels: 'arh', isPersonal: false, isFed: true },
  'vb365.session.kind': { type: 'keyword', isList: false, levels: 'arh', isPersonal: false, isFed: true, allowed: ['rest', 'explorer'] },
  'vb365.session.name': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.session.scope': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.session.restore_point': { type: 'date', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.item.name': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.item.class': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.item.kind': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true, allowed: ['message', 'appointment', 'contact', 'task', 'note', 'folder', 'file', 'list', 'list_item', 'site', 'post', 'channel', 'tab', 'team', 'mailbox', 'other'] },
  'vb365.item.id': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: false },
  'vb365.item.path': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.item.size': { type: 'long', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.target.kind': { type: 'keyword', isList: false, levels: 'aR', isPersonal: false, isFed: true, allowed: ['none', 'original', 'elsewhere', 'file', 'email', 'unknown'] },
  'vb365.target.path': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.restore.id': { type: 'keyword', isList: false, levels: 'R', isPersonal: false, isFed: true },
  'vb365.restore.revision': { type: 'long', isList: false, levels: 'R', isPersonal: false, isFed: true },
  'vb365.restore.state': { type: 'keyword', isList: false, levels: 'R', isPersonal: false, isFed: true, allowed: ['open', 'closed'] },
  'vb365.restore.sources': { type: 'keyword', isList: true, levels: 'R', isPersonal: false, isFed: true, allowed: ['explorer_log', 'archiver_log', 'rest_log', 'audit_mail', 'rest_api'] },
  'vb365.restore.batch': { type: 'keyword', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.restore.merged_into': { type: 'keyword', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.restore.bytes': { type: 'long', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.restore.items.total': { type: 'long', isList: false, levels: 'R', isPersonal: false, isFed: true },
  'vb365.restore.items.succeeded': { type: 'long', isList: false, levels: 'R', isPersonal: false, isFed: true },
  'vb365.restore.items.failed': { type: 'long', isList: false, levels: 'R', isPersonal: false, isFed: true },
  'vb365.restore.items.skipped': { type: 'long', isList: false, levels: 'R', isPersonal: false, isFed: true },
  'vb365.restore.items.names': { type: 'keyword', isList: true, levels: 'r', isPersonal: true, isFed: false },
  'vb365.alert.count': { type: 'long', isList: false, levels: 'L', isPersonal: false, isFed: true },
  'vb365.alert.group': { type: 'keyword', isList: false, levels: 'l', isPersonal: true, isFed: true },
  'vb365.alert.events': { type: 'keyword', isList: true, levels: 'L', isPersonal: false, isFed: true },
  'vb365.alert.late': { type: 'boolean', isList: false, levels: 'l', isPersonal: false, isFed: true },
  'vb365.context.host_groups': { type: 'keyword', isList: true, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.in_scope': { type: 'boolean', isList: false, levels: 'r', isPersonal: false, isFed: false },
  'vb365.context.local_hour': { type: 'long', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.novelty': { type: 'keyword', isList: true, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.off_hours': { type: 'boolean', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.operator_groups': { type: 'keyword', isList: true, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.operator_is_owner': { type: 'boolean', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.owner_groups': { type: 'keyword', isList: true, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.restore_point_age': { type: 'long', isList: false, levels: 'r', isPersonal: false, isFed: true },
  'vb365.context.target_place': { type: 'keyword', isList: false, levels: 'r', isPersonal: false, isFed: true, allowed: ['operator_profile', 'other_profile', 'public', 'share', 'drive', 'sync', 'web', 'other', 'same_owner', 'other_owner', 'other_organization', 'owner', 'operator', 'same_organization', 'free_mail'] },
  'vb365.change.field': { type: 'keyword', isList: false, levels: 'a', isPersonal: false, isFed: true },
  'vb365.change.before': { type: 'keyword', isList: false, levels: 'a', isPersonal: false, isFed: false },
  'vb365.change.after': { type: 'keyword', isList: false, levels: 'a', isPersonal: false, isFed: true },
  'vb365.audit.group': { type: 'keyword', isList: false, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.audit.type': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.audit.operation': { type: 'keyword', isList: false, levels: 'ar', isPersonal: false, isFed: true },
  'vb365.audit.extra': { type: 'keyword', isList: true, levels: 'ar', isPersonal: true, isFed: true },
  'vb365.mail.trust': { type: 'keyword', isList: false, levels: 'a', isPersonal: false, isFed: true, allowed: ['authenticated', 'unverified', 'forged'] },
  'vb365.mail.reasons': { type: 'keyword', isList: true, levels: 'a', isPersonal: false, isFed: true },
  'vb365.mail.sent': { type: 'date', isList: false, levels: 'a', isPersonal: false, isFed: true },
  'vb365.mail.received': { type: 'date', isList: false, levels: 'a', isPersonal: false, isFed: true },
  'vb365.mail.damage': { type: 'keyword', isList: true, levels: 'a', isPersonal: false, isFed: true },
  'vb365.credential.name': { type: 'keyword', isList: false, levels: 'ah', isPersonal: true, isFed: true },
  'vb365.network.peer': { type: 'keyword', isList: false, levels: 'a', isPersonal: true, isFed: true },
  'vb365.health.detail': { type: 'keyword', isList: false, levels: 'h', isPersonal: true, isFed: true },
  'vb365.time.precision': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true, allowed: ['ms', 's', 'min'] },
  'vb365.time.basis': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true, allowed: ['explicit', 'header', 'config', 'assumed'] },
  'vb365.time.candidates': { type: 'date', isList: true, levels: 'arh', isPersonal: false, isFed: true },
  'vb365.origin.source': { type: 'keyword', isList: false, levels: 'Ah', isPersonal: false, isFed: true },
  'vb365.origin.kind': { type: 'keyword', isList: false, levels: 'Ah', isPersonal: false, isFed: true, allowed: ['explorer_log', 'archiver_log', 'rest_log', 'audit_mail', 'rest_api'] },
  'vb365.origin.file': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'vb365.origin.message_id': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'vb365.origin.record_id': { type: 'keyword', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'vb365.origin.offset': { type: 'long', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'vb365.origin.line': { type: 'long', isList: false, levels: 'ah', isPersonal: false, isFed: true },
  'vb365.truncated': { type: 'keyword', isList: true, levels: 'arlh', isPersonal: false, isFed: true },
  'vb365.collector.version': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: false },
  'vb365.collector.host': { type: 'keyword', isList: false, levels: 'arlh', isPersonal: false, isFed: false },
  'related.user': { type: 'keyword', isList: true, levels: 'arl', isPersonal: true, isFed: true },
  'related.hosts': { type: 'keyword', isList: true, levels: 'arlh', isPersonal: true, isFed: true },
  'related.ip': { type: 'ip', isList: true, levels: 'arlh', isPersonal: true, isFed: true },
};

/** Values of event.action per level. */
export const actions: Readonly<Record<EventLevel, readonly string[]>> = {
  activity: ['item-view', 'item-save', 'item-export', 'item-send', 'item-restore', 'item-view-start', 'item-save-start', 'item-export-start', 'item-send-start', 'item-restore-start', 'item-access', 'item-other', 'folder-open', 'session-start', 'session-end', 'session-message', 'session-statistics', 'explorer-start', 'organization-login', 'access-check', 'access-unexplained', 'login-failed', 'api-call', 'mail-suspicious', 'audit-settings-change', 'audit-items-change', 'history-settings-change', 'role-change', 'job-change', 'repository-change', 'restore-session-delete', 'restore-point-delete', 'audit-settings-state', 'audit-items-state', 'history-settings-state', 'organization-state', 'role-state', 'role-operator-state', 'server-state'],
  restore: ['item-view', 'item-save', 'item-export', 'item-send', 'item-restore'],
  alert: ['rule-matched'],
  health: ['source-silent', 'source-resumed', 'log-gap', 'log-truncated', 'log-suspicious', 'clock-jump', 'logging-lowered', 'session-unlogged', 'mail-unmatched', 'unknown-lines', 'organization-unknown', 'organization-conflict', 'sources-disagree', 'destination-failed', 'destination-recovered'],
};
