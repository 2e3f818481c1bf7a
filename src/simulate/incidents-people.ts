/** Incidents that lie in who acts, from where and when. The alerts are worked out by hand from the descriptions of the rules. */
import { atLocal } from './calendar.ts';
import { save } from './deeds.ts';
import { adminOf, incidentDay, mailsOf, ordinaryOwner, sitAsAdmin, type Incident } from './incident.ts';
import { desktopOf } from './roles.ts';
import { sit } from './sitting.ts';
import type { Operator } from './world.ts';

/** Somebody of the provider whom no configuration knows. */
const visitor: Operator = { account: 'FABRIKAM\\v.visitor', kind: 'person', profile: 'v.visitor', culture: 'en-NZ' };

export const peopleIncidents: readonly Incident[] = [
  {
    name: 'two-tenants', sentence: 'Somebody on the server of the provider takes out mails of two customers on one day', setting: 'cloud', culprit: () => visitor,
    play({ stage, roles, neighbour }) {
      [roles, neighbour].forEach((of, index) => {
        const { tenant } = of;
        // In the working hours of each; with equal zones one after the other.
        const atMs = atLocal(stage.world, tenant, incidentDay, 11 + index * 2, 40);
        sit(stage, { tenant, host: tenant.server.host, operator: visitor, atMs, isTechnician: true }, (run) => { save(run, mailsOf(run, of, ordinaryOwner(of, 0), 2), desktopOf(visitor)); });
      });
    },
    // New to each customer with the first mail, no longer with the second.
    alerts: [
      { rule: 'operator_never_seen', count: 1 }, { rule: 'taken_out_from_new_host', count: 1 }, { rule: 'operator_never_seen', count: 1, where: 'neighbour' }, { rule: 'taken_out_from_new_host', count: 1, where: 'neighbour' },
      { rule: 'operator_in_several_tenants', count: 1, where: 'provider' },
    ],
  },
  {
    name: 'off-hours-new-host', sentence: 'Shortly before midnight an administrator saves two mails on a machine where nobody has seen this account', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      sitAsAdmin(scene, incidentDay, 23, 30, (run) => { save(run, mailsOf(run, roles, ordinaryOwner(roles, 0), 2), desktopOf(roles.admin)); }, { host: roles.hosts[1] });
    },
    // Both mails by night, the first of them on a new machine: three rules of one family about one operator.
    alerts: [
      { rule: 'taken_out_off_hours', count: 2 }, { rule: 'taken_out_from_new_host', count: 1 }, { rule: 'taken_out_off_hours_from_new_host', count: 1 }, { rule: 'weak_signals_add_up', count: 1 },
    ],
  },
  {
    name: 'leaver-as-operator', sentence: 'The account of somebody who has left saves two mails', setting: 'own', culprit: ({ roles }) => roles.former,
    play({ stage, roles }) {
      const { tenant, hosts, former } = roles;
      sit(stage, { tenant, host: hosts[0], operator: former, atMs: atLocal(stage.world, tenant, incidentDay, 11, 40) }, (run) => { save(run, mailsOf(run, roles, ordinaryOwner(roles, 0), 2), desktopOf(former)); });
    },
    alerts: [
      { rule: 'leaver_acts_as_operator', count: 2 }, { rule: 'operator_never_seen', count: 1 }, { rule: 'taken_out_from_new_host', count: 1 }, { rule: 'weak_signals_add_up', count: 1 },
    ],
  },
];
