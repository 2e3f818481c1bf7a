/**
 * Derived facts of restores (`vb365.context.*`), computed once between attribution and detection: what a rule cannot say by itself. A fact that cannot be
 * decided is left out. Every tenant has its own memory and settings; nothing of one reaches another.
 */
import type { Event } from '../../event.ts';
import { maxRememberedTenants } from '../../limits.ts';
import type { TenantKnowledge } from '../../tenancy.ts';
import { foldName } from '../../text/account.ts';
import { createDomainOwner, type DomainOwner } from './domain-owner.ts';
import { compileGroups, hostNames, type Groups } from './groups.ts';
import { createNovelty, readNoveltyState, type Novelty, type NoveltyState } from './novelty.ts';
import { noveltyKeys } from './novelty-keys.ts';
import { createPeople, type People } from './people.ts';
import { freeMailDomains } from './recipient-place.ts';
import { exactStartOf, restorePointAge, startOf } from './restore-times.ts';
import type { ContextSettings, ContextTenant } from './settings.ts';
import { targetPlace } from './target-place.ts';
import { compileHours, type LocalTime } from './working-hours.ts';

/** What the memory of all tenants is, as plain data for the spool. */
export interface ContextState { readonly tenants: readonly (readonly [tenant: string, novelty: NoveltyState])[] }

export interface RestoreContext {
  /**
   * The same restore with its facts; no other field changes. Restores come in the order of their time, revisions after what they revise: what comes
   * later is judged by what came before.
   */
  add(restore: Event): Event;
  state(): ContextState;
}

interface TenantContext {
  readonly people: People;
  readonly ownerOfDomain: DomainOwner;
  readonly freeMail: ReadonlySet<string>;
  readonly localTime: ((ms: number) => LocalTime) | undefined;
  readonly ownerGroups: Groups;
  readonly hostGroups: Groups;
  readonly novelty: Novelty;
}

/** @param state of an earlier run; what has another shape is as good as none, and the tenant is learned again */
export function createContext(settings: ContextSettings, knowledge: TenantKnowledge, state?: unknown): RestoreContext {
  const configured = new Map(settings.tenants.map((tenant) => [tenant.id, tenant]));
  const remembered = readState(state);
  const tenants = new Map<string, TenantContext>();

  function contextOf(id: string): TenantContext {
    const known = tenants.get(id);
    if (known !== undefined) {
      // Without configured tenants there are as many as organisations that sources name: the one that was quiet the longest goes.
      if (tenants.size >= maxRememberedTenants) tenants.delete(id);
      tenants.set(id, known);
      return known;
    }
    const made = tenantContext(configured.get(id), settings, knowledge, remembered.get(id));
    remembered.delete(id);
    const [oldest] = tenants.keys();
    if (tenants.size >= maxRememberedTenants && oldest !== undefined) tenants.delete(oldest);
    tenants.set(id, made);
    return made;
  }

  return {
    add: (restore) => ({ ...restore, ...factsOf(restore, contextOf(restore['vb365.tenant.id'] ?? 'unassigned')) }),
    state: () => ({ tenants: [...remembered, ...[...tenants].map(([id, { novelty }]) => [id, novelty.state()] as const)] }),
  };
}

function tenantContext(tenant: ContextTenant | undefined, { baseline, rules }: ContextSettings, knowledge: TenantKnowledge, state: NoveltyState | undefined): TenantContext {
  return {
    people: createPeople(tenant?.accounts ?? []),
    ownerOfDomain: createDomainOwner(knowledge, tenant),
    freeMail: new Set([...freeMailDomains, ...rules.placeholders['free_mail'] ?? [], ...tenant?.placeholders['free_mail'] ?? []].map(foldName)),
    localTime: compileHours(tenant?.hours, tenant?.timezone),
    ownerGroups: compileGroups(tenant?.ownerGroups ?? {}),
    hostGroups: compileGroups(tenant?.hostGroups ?? {}),
    novelty: createNovelty(baseline, state),
  };
}

function factsOf(restore: Event, tenant: TenantContext): Event {
  const { people, localTime, novelty } = tenant;
  const start = startOf(restore);
  const exactStart = exactStartOf(restore);
  const local = exactStart === undefined ? undefined : localTime?.(exactStart);
  const fields: Event = {};
  const put = <K extends keyof Event>(name: K, value: Event[K] | undefined): void => {
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) fields[name] = value;
  };
  put('vb365.context.host_groups', tenant.hostGroups(hostNames(restore)));
  put('vb365.context.local_hour', local?.hour);
  put('vb365.context.novelty', start === undefined ? undefined : novelty.judge(restore['vb365.restore.id'] ?? '', start, noveltyKeys(restore, people)));
  put('vb365.context.off_hours', local?.isOffHours);
  put('vb365.context.operator_groups', people.operatorGroups(restore));
  put('vb365.context.operator_is_owner', people.operatorIsOwner(restore));
  put('vb365.context.owner_groups', tenant.ownerGroups(people.ownerNames(restore)));
  put('vb365.context.restore_point_age', restorePointAge(restore));
  put('vb365.context.target_place', targetPlace(restore, tenant));
  return fields;
}

function readState(state: unknown): Map<string, NoveltyState> {
  const { tenants }: { readonly tenants?: unknown } = typeof state === 'object' && state !== null ? state : {};
  const read = new Map<string, NoveltyState>();
  const entries: readonly unknown[] = Array.isArray(tenants) ? tenants.slice(-maxRememberedTenants) : [];
  for (const entry of entries) {
    if (!isPair(entry)) continue;
    const [id, value] = entry;
    const novelty = readNoveltyState(value);
    if (typeof id === 'string' && novelty !== undefined) read.set(id, novelty);
  }
  return read;
}

const isPair = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2;
