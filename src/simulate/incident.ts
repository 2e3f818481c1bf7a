/** What an incident is: who does what in a tenant that is ordinary otherwise, and the alerts that it must raise. */
import { atLocal } from './calendar.ts';
import { itemOf } from './cast.ts';
import type { Item } from './deeds.ts';
import type { Run } from './explorer-run.ts';
import { desktopOf, type Roles } from './roles.ts';
import { sit, type Sitting } from './sitting.ts';
import type { Stage } from './stage.ts';
import type { Operator, Owner } from './world.ts';

/** Tuesday of the third week: the tenant is learned since the morning before. */
export const incidentDay = 15;

export interface Scene {
  readonly stage: Stage;
  /** where it happens */
  readonly roles: Roles;
  /** another tenant of the same provider */
  readonly neighbour: Roles;
}
export interface Incident {
  readonly name: string;
  readonly sentence: string;
  /** `own`: a tenant with its own server, which names accounts; `cloud`: one behind a provider, which names the organisation */
  readonly setting: 'own' | 'cloud';
  /** last day of the world; ordinary days end there too */
  readonly lastDay?: number;
  /** the account that alerts may name */
  readonly culprit?: (scene: Scene) => Operator;
  readonly play: (scene: Scene) => void;
  /** by the descriptions of the rules. Where: the tenant of the incident, its neighbour, or the provider */
  readonly alerts: readonly { readonly rule: string; readonly count: number; readonly where?: 'neighbour' | 'provider' }[];
}

/** The trusted administrator sits down at the usual machine. */
export function sitAsAdmin({ stage, roles }: Scene, day: number, hour: number, minute: number, deeds: (run: Run) => void, more: Partial<Sitting> = {}): Run {
  const { tenant, admin, hosts } = roles;
  return sit(stage, { tenant, host: hosts[0], operator: admin, atMs: atLocal(stage.world, tenant, day, hour, minute), ...more }, deeds);
}

export function mailOf(run: Run, { tenant }: Roles, owner: Owner): Item {
  return itemOf(run.random, tenant, 'exchange', owner);
}

/** Mails of one folder, each with a name of its own. */
export function mailsOf(run: Run, roles: Roles, owner: Owner, count: number): readonly Item[] {
  const first = mailOf(run, roles, owner);
  return Array.from({ length: count }, (_, index) => ({ ...mailOf(run, roles, owner), source: first.source, name: `${first.name} no. ${index + 1}` }));
}

export function ordinaryOwner({ ordinary }: Roles, index: number): Owner {
  const owner = ordinary[index];
  if (owner === undefined) throw new RangeError('the tenant has too few owners');
  return owner;
}

/** For incidents of the administrator. */
export function adminOf({ roles }: Scene): Operator {
  return roles.admin;
}

/** The folder that a cloud service copies. */
export function syncFolderOf(operator: Operator): string {
  return desktopOf(operator).replace(/Desktop$/, 'OneDrive - Private\\out');
}
