/** What of a restore can be new to a tenant, as keys of the memory: several for a thing that sources spell in several ways. */
import type { Event } from '../../event.ts';
import { maxNoveltyKey } from '../../limits.ts';
import { foldName } from '../../text/account.ts';
import { stableId } from '../../text/hash.ts';
import { hostLabel } from '../../text/host-label.ts';
import { serverOf } from './file-place.ts';
import { operatorOf, type People } from './people.ts';

/** In the order of detections.md 2; the state refers to them by position. */
export const noveltyKinds = ['operator', 'host', 'gateway', 'operator-host', 'operator-owner', 'operator-tool', 'operator-operation', 'recipient-domain', 'target-server'] as const;
export type NoveltyKind = (typeof noveltyKinds)[number];

/** Things of one restore: new when none of the spellings of one of them was seen. */
export type NoveltyKeys = ReadonlyMap<NoveltyKind, readonly (readonly string[])[]>;

/** Kinds that say nothing of a restore (no operator, no recipient) are left out. */
export function noveltyKeys(restore: Event, people: People): NoveltyKeys {
  const keys = new Map<NoveltyKind, readonly (readonly string[])[]>();
  const account = operatorOf(restore);
  const operator = account === undefined ? undefined : people.keyOf(account);
  const host = hostOf(restore);
  const put = (kind: NoveltyKind, ...things: readonly (readonly string[])[]): void => {
    const named = things.map((spellings) => spellings.map((spelling) => keyOf(kind, spelling))).filter(({ length }) => length > 0);
    if (named.length > 0) keys.set(kind, named);
  };
  const gateway = restore['vb365.client.gateway_ip'];
  if (host !== undefined) put('host', [host]);
  if (gateway !== undefined) put('gateway', [gateway]);
  put('recipient-domain', ...(restore['email.to.address'] ?? []).map((address) => [address.slice(address.lastIndexOf('@') + 1)]));
  const server = restore['vb365.target.kind'] === 'file' ? serverOf(restore['vb365.target.path'] ?? '') : undefined;
  if (server !== undefined) put('target-server', [server]);
  if (operator === undefined) return keys;
  const { 'vb365.client.tool': tool, 'vb365.operation': operation } = restore;
  put('operator', [operator]);
  if (host !== undefined) put('operator-host', [`${operator}\u0000${host}`]);
  put('operator-owner', people.ownerNames(restore).map((owner) => `${operator}\u0000${owner}`));
  if (tool !== undefined && tool !== 'unknown') put('operator-tool', [`${operator}\u0000${tool}`]);
  if (operation !== undefined) put('operator-operation', [`${operator}\u0000${operation}`]);
  return keys;
}

function hostOf(restore: Event): string | undefined {
  const { 'source.domain': domain, 'source.ip': ip, 'source.address': address } = restore;
  return domain === undefined ? ip ?? address : hostLabel(domain);
}

/** Long names are kept as their hash. */
function keyOf(kind: NoveltyKind, spelling: string): string {
  const key = `${kind}\u0000${foldName(spelling)}`;
  return key.length > maxNoveltyKey ? stableId(key) : key;
}
