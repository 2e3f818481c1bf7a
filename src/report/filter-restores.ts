/** Choosing restores by whose data, who acted, which tenant and when. */
import type { Event } from '../event.ts';
import { foldName } from '../text/account.ts';
import { accountOf, isNamed } from './operator-text.ts';
import { timeOf } from './when-text.ts';

export interface RestoreFilter {
  /** part of any spelling of the owner: display name, address, login, DOMAIN\login, site address */
  readonly owner?: string;
  /** part of any spelling of the account that acted */
  readonly operator?: string;
  /** also restores of which that person is only one of the candidates (`isCandidateOnly` tells them apart); `who --operator` asks for them */
  readonly withCandidates?: boolean;
  /** part of the tenant's id or name, or of the organisation's name or id */
  readonly tenant?: string;
  /** UTC milliseconds, both inclusive; a restore counts when any part of it lies between */
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

/**
 * The restores that fulfil every part of the filter, in their order. Names compare without case. A restore without a time is never hidden by a time:
 * it may have happened then.
 */
export function filterRestores(restores: readonly Event[], filter: RestoreFilter): readonly Event[] {
  const owner = foldedQuery(filter.owner);
  const operator = foldedQuery(filter.operator);
  const tenant = foldedQuery(filter.tenant);
  return restores.filter((restore) =>
    (owner === undefined || matches(ownerSpellings(restore), owner))
    && (operator === undefined || matches(operatorSpellings(restore), operator) || (filter.withCandidates === true && isAmong(restore, operator)))
    && (tenant === undefined || matches(tenantSpellings(restore), tenant))
    && isWithin(restore, filter.sinceMs, filter.untilMs));
}

/** True when the person asked for is only one of several who can have done it. */
export function isCandidateOnly(restore: Event, operator: string): boolean {
  const query = foldedQuery(operator);
  return query !== undefined && !matches(operatorSpellings(restore), query) && isAmong(restore, query);
}

function foldedQuery(query: string | undefined): string | undefined {
  const folded = query === undefined ? '' : foldName(query);
  return folded === '' ? undefined : folded;
}

function matches(spellings: readonly (string | undefined)[], query: string): boolean {
  return spellings.some((spelling) => spelling !== undefined && foldName(spelling).includes(query));
}

function isAmong(restore: Event, query: string): boolean {
  return restore['vb365.attribution.confidence'] === 'ambiguous' && matches(restore['vb365.attribution.candidates'] ?? [], query);
}

/** Accounts only where attribution names one; of a program that acted, the name it was reported by. */
function operatorSpellings(restore: Event): readonly (string | undefined)[] {
  const kind = restore['vb365.attribution.kind'];
  const isProgram = kind === 'service_account' || kind === 'application';
  return [
    ...(isNamed(restore) ? [accountOf(restore), restore['user.full_name'], ...accountSpellings(restore['user.name'], restore['user.domain'], restore['user.email'])] : []),
    ...(isProgram ? [restore['vb365.attribution.reported']] : []),
  ];
}

function ownerSpellings(restore: Event): readonly (string | undefined)[] {
  return [
    restore['vb365.owner.name'], restore['user.target.full_name'], restore['group.name'], restore['vb365.owner.url'], restore['vb365.owner.id'],
    ...accountSpellings(restore['user.target.name'], restore['user.target.domain'], restore['user.target.email']),
  ];
}

function accountSpellings(name: string | undefined, domain: string | undefined, email: string | undefined): readonly (string | undefined)[] {
  return name === undefined || domain === undefined ? [name, email] : [name, email, `${domain}\\${name}`, `${name}@${domain}`];
}

function tenantSpellings(restore: Event): readonly (string | undefined)[] {
  return [restore['vb365.tenant.id'], restore['vb365.tenant.name'], restore['organization.name'], restore['organization.id']];
}

function isWithin(restore: Event, sinceMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY): boolean {
  const startMs = timeOf(restore);
  if (Number.isNaN(startMs)) return true;
  const endMs = Date.parse(restore['event.end'] ?? '');
  return startMs <= untilMs && (Number.isNaN(endMs) ? startMs : Math.max(startMs, endMs)) >= sinceMs;
}
