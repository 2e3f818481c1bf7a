/** Who is who in a tenant whose days are ordinary: its helpdesk, the people of departures, its sensitive owners, and what the configuration says of them. */
import type { Host, Operator, Owner, Policy, Tenant, World } from './world.ts';

export interface Roles {
  readonly tenant: Tenant;
  readonly helpdesk: readonly [Operator, Operator];
  /** handles departures */
  readonly approved: Operator;
  /** an administrator whom everybody trusts */
  readonly admin: Operator;
  /** has an account, and never worked with the backup */
  readonly former: Operator;
  readonly hosts: readonly [Host, Host];
  readonly portalHelpdesk: Operator;
  /** the protected owner, in the Restore Portal */
  readonly portalOwner: Operator;
  /** the mailbox of the first of the helpdesk */
  readonly ownMailbox: Owner;
  readonly vip: Owner;
  readonly leaver: Owner;
  readonly legalHold: Owner;
  readonly security: Owner;
  /** everybody else */
  readonly ordinary: readonly Owner[];
}

/** How many of each a tenant needs, for the cast. */
export const rolesNeed = { hosts: 2, operators: 5, owners: 5 } as const;

/** @throws when the cast is too small: that is a fault of whoever made it */
export function rolesOf(tenant: Tenant): Roles {
  const [first, second, approved, admin, former] = tenant.operators;
  const [oneHost, otherHost] = tenant.hosts;
  const [portalHelpdesk, portalOwner] = tenant.portalOperators;
  const [ownMailbox, vip, leaver, legalHold, security, ...ordinary] = tenant.owners;
  if (first === undefined || second === undefined || approved === undefined || admin === undefined || former === undefined) throw new RangeError('a tenant needs five operators');
  if (oneHost === undefined || otherHost === undefined || portalHelpdesk === undefined || portalOwner === undefined) throw new RangeError('a tenant needs two machines and two people in the portal');
  if (ownMailbox === undefined || vip === undefined || leaver === undefined || legalHold === undefined || security === undefined) throw new RangeError('a tenant needs five owners with a role');
  return {
    tenant, helpdesk: [first, second], approved, admin, former, hosts: [oneHost, otherHost], portalHelpdesk, portalOwner, ownMailbox, vip, leaver, legalHold, security, ordinary,
  };
}

/** What a careful administrator writes into the configuration of such a tenant. */
export function policyOf(roles: Roles, world: World): Policy {
  const { tenant, helpdesk, approved, former, portalHelpdesk, portalOwner, hosts } = roles;
  const [first, second] = helpdesk;
  const isServed = tenant.isCloudConnect;
  const account = (names: readonly string[], ...groups: readonly string[]): Policy['accounts'][number] => ({ names, kind: 'person', groups });
  return {
    hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:30', to: '18:30' },
    accounts: [
      account([first.account, roles.ownMailbox.address, roles.ownMailbox.display], 'helpdesk'), account([second.account], 'helpdesk'), account([approved.account], 'approved'), account([former.account], 'leaver'),
      account([portalHelpdesk.account], 'helpdesk'), account([portalOwner.account, roles.vip.address, roles.vip.display]), ...(isServed ? [account([world.technician.account], 'provider')] : []),
    ],
    ownerGroups: { vip: [roles.vip.address, roles.vip.display], leaver: [roles.leaver.address, roles.leaver.display], legal_hold: [roles.legalHold.address, roles.legalHold.display], security: [roles.security.address, roles.security.display] },
    hostGroups: { approved: hosts.map(({ name }) => name), ...(isServed ? { provider: [tenant.server.host.name] } : {}) },
    placeholders: { sensitive_terms: ['merger', 'acquisition'], credential_terms: ['password', 'kennwort'], reason_required: tenant.organizations.map(({ name }) => name), free_mail: ['freemail.example'] },
  };
}

/** Where Windows puts what somebody saves without thinking. */
export function desktopOf({ profile }: Operator): string {
  return `C:\\Users\\${profile}\\Desktop`;
}
