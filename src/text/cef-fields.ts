/** Generated from schemas/fields.yml by `npm run generate`; do not edit. */
import type { EventFields } from '../event-fields.ts';

/** How a value is written; see src/emit/cef.ts. */
export type CefForm = 'text' | 'path' | 'time' | 'int' | 'long' | 'flag' | 'ipv4' | 'ipv6' | 'list' | 'first' | 'category' | 'type' | 'truncated';

export interface CefField {
  readonly key: string;
  /** the first of these that has a value fills the key */
  readonly from: readonly (keyof EventFields)[];
  readonly form: CefForm;
  readonly label?: string;
  /** left out when this field has a value */
  readonly unless?: keyof EventFields;
}

/** In the order in which they are written. */
export const cefFields: readonly CefField[] = [
  { key: 'rt', from: ['@timestamp'], form: 'time' },
  { key: 'start', from: ['event.start'], form: 'time' },
  { key: 'end', from: ['event.end'], form: 'time' },
  { key: 'act', from: ['event.action'], form: 'text' },
  { key: 'outcome', from: ['event.outcome'], form: 'text' },
  { key: 'cat', from: ['vb365.level', 'vb365.workload'], form: 'category' },
  { key: 'suser', from: ['user.email', 'user.name'], form: 'text' },
  { key: 'sntdom', from: ['user.domain'], form: 'text', unless: 'user.email' },
  { key: 'suid', from: ['user.id'], form: 'text' },
  { key: 'duser', from: ['user.target.email', 'user.target.name', 'user.target.full_name'], form: 'text' },
  { key: 'duid', from: ['user.target.id', 'vb365.owner.id'], form: 'text' },
  { key: 'shost', from: ['source.domain'], form: 'text' },
  { key: 'src', from: ['source.ip'], form: 'ipv4' },
  { key: 'c6a2', from: ['source.ip'], form: 'ipv6', label: 'SourceIPv6Address' },
  { key: 'dvchost', from: ['observer.hostname'], form: 'text' },
  { key: 'dvc', from: ['observer.ip'], form: 'ipv4' },
  { key: 'deviceExternalId', from: ['vb365.server.id'], form: 'text' },
  { key: 'deviceFacility', from: ['vb365.restore.sources', 'vb365.origin.kind'], form: 'list' },
  { key: 'destinationServiceName', from: ['service.name'], form: 'text' },
  { key: 'sproc', from: ['vb365.client.tool'], form: 'text' },
  { key: 'fname', from: ['vb365.item.name'], form: 'text' },
  { key: 'fileType', from: ['vb365.item.kind'], form: 'text' },
  { key: 'fsize', from: ['vb365.item.size'], form: 'int' },
  { key: 'oldFilePath', from: ['vb365.item.path'], form: 'path' },
  { key: 'filePath', from: ['vb365.target.path'], form: 'path' },
  { key: 'cs1', from: ['vb365.session.id'], form: 'text', label: 'SessionId' },
  { key: 'cs2', from: ['organization.name'], form: 'text', label: 'Organization' },
  { key: 'cs3', from: ['vb365.session.scope'], form: 'text', label: 'Scope' },
  { key: 'cs4', from: ['vb365.session.name'], form: 'text', label: 'SessionName' },
  { key: 'cs5', from: ['vb365.client.gateway_ip'], form: 'text', label: 'ClientGateway' },
  { key: 'cs6', from: ['vb365.attribution.confidence'], form: 'text', label: 'Confidence' },
  { key: 'cn1', from: ['vb365.restore.bytes', 'vb365.item.size'], form: 'long', label: 'SizeBytes' },
  { key: 'cn2', from: ['vb365.restore.items.total', 'vb365.alert.count'], form: 'long', label: 'ItemCount' },
  { key: 'cn3', from: ['vb365.restore.items.failed'], form: 'long', label: 'FailedCount' },
  { key: 'flexString1', from: ['vb365.owner.type'], form: 'text', label: 'OwnerType' },
  { key: 'flexString2', from: ['vb365.owner.name'], form: 'text', label: 'OwnerName' },
  { key: 'deviceCustomDate1', from: ['vb365.session.restore_point'], form: 'time', label: 'RestorePoint' },
  { key: 'reason', from: ['event.reason'], form: 'text' },
  { key: 'cnt', from: ['vb365.alert.count'], form: 'int' },
  { key: 'type', from: ['vb365.level'], form: 'type' },
  { key: 'threatAttackID', from: ['threat.technique.id'], form: 'first' },
  { key: 'vb365Level', from: ['vb365.level'], form: 'text' },
  { key: 'vb365Tenant', from: ['vb365.tenant.id'], form: 'text' },
  { key: 'vb365Result', from: ['vb365.result'], form: 'text' },
  { key: 'vb365Reported', from: ['vb365.attribution.reported'], form: 'text' },
  { key: 'vb365ActorKind', from: ['vb365.attribution.kind'], form: 'text' },
  { key: 'vb365SessionKind', from: ['vb365.session.kind'], form: 'text' },
  { key: 'vb365ItemClass', from: ['vb365.item.class'], form: 'text' },
  { key: 'vb365RestoreId', from: ['vb365.restore.id'], form: 'text' },
  { key: 'vb365Revision', from: ['vb365.restore.revision'], form: 'long' },
  { key: 'vb365TargetKind', from: ['vb365.target.kind'], form: 'text' },
  { key: 'vb365Gaps', from: ['vb365.attribution.gaps'], form: 'list' },
  { key: 'vb365CtxHostGroups', from: ['vb365.context.host_groups'], form: 'list' },
  { key: 'vb365CtxInScope', from: ['vb365.context.in_scope'], form: 'flag' },
  { key: 'vb365CtxLocalHour', from: ['vb365.context.local_hour'], form: 'long' },
  { key: 'vb365CtxNovelty', from: ['vb365.context.novelty'], form: 'list' },
  { key: 'vb365CtxOffHours', from: ['vb365.context.off_hours'], form: 'flag' },
  { key: 'vb365CtxOperatorGroups', from: ['vb365.context.operator_groups'], form: 'list' },
  { key: 'vb365CtxOperatorIsOwner', from: ['vb365.context.operator_is_owner'], form: 'flag' },
  { key: 'vb365CtxOwnerGroups', from: ['vb365.context.owner_groups'], form: 'list' },
  { key: 'vb365CtxRestorePointAge', from: ['vb365.context.restore_point_age'], form: 'long' },
  { key: 'vb365CtxTargetPlace', from: ['vb365.context.target_place'], form: 'text' },
  { key: 'vb365RuleId', from: ['rule.id'], form: 'text' },
  { key: 'vb365Truncated', from: ['vb365.truncated'], form: 'truncated' },
  { key: 'externalId', from: ['event.id'], form: 'text' },
  { key: 'devicePayloadId', from: ['event.id'], form: 'text' },
  { key: 'msg', from: ['message'], form: 'text' },
];
