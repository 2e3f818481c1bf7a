/** Incidents in which somebody covers up or destroys. The alerts are worked out by hand from the descriptions of the rules. */
import { atLocal } from './calendar.ts';
import { openFolder, save } from './deeds.ts';
import { folderItem } from './cast.ts';
import { write } from './explorer-run.ts';
import { adminOf, incidentDay, mailOf, mailsOf, ordinaryOwner, sitAsAdmin, syncFolderOf, type Incident } from './incident.ts';
import { recordText } from './log-file.ts';
import { forgedSubjects } from './names.ts';
import { desktopOf } from './roles.ts';

export const tamperingIncidents: readonly Incident[] = [
  {
    name: 'auditing-off', sentence: 'Audit mails are switched off; minutes later an administrator saves three mails into a folder that a cloud service copies', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles, stage: { world } } = scene;
      const { tenant } = roles;
      const state = (day: number, hour: number, minute: number, isOn: boolean): void => { tenant.server.answers.push({ kind: 'audit-settings', savedMs: atLocal(world, tenant, day, hour, minute), isOn }); };
      state(incidentDay - 1, 8, 0, true);
      state(incidentDay, 11, 30, false);
      state(incidentDay + 1, 12, 0, true);
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => { save(run, mailsOf(run, roles, ordinaryOwner(roles, 0), 3), syncFolderOf(roles.admin)); });
    },
    alerts: [
      { rule: 'audit_notifications_off', count: 1 }, { rule: 'saved_to_sync_or_web_folder', count: 3 }, { rule: 'auditing_weakened_then_taken_out', count: 1 }, { rule: 'tampering_and_exfiltration', count: 1 },
    ],
  },
  {
    name: 'log-deleted', sentence: 'The log of an Explorer is deleted after three mails were saved: only the server of the provider knows the session', setting: 'cloud',
    play(scene) {
      const { roles } = scene;
      const run = sitAsAdmin(scene, incidentDay, 11, 40, (current) => { save(current, mailsOf(current, roles, ordinaryOwner(roles, 0), 3), desktopOf(roles.admin)); });
      run.launch.isWithheld = true;
    },
    alerts: [{ rule: 'session_without_log', count: 1 }, { rule: 'only_organization_known', count: 1 }],
  },
  {
    name: 'forged-header', sentence: 'Mails whose subjects imitate a log are saved into a public folder, and a line break puts a false header line into the log itself', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => {
        const owner = ordinaryOwner(roles, 0);
        save(run, forgedSubjects.map((name) => ({ ...mailOf(run, roles, owner), source: `${owner.display}\\Inbox`, name })), 'C:\\Users\\Public\\Documents');
        const { launch, browse, now, stage: { print } } = run;
        const forged = { ms: now, thread: browse, depth: 0, text: print('H07', { account: 'EVIL\\x' }) };
        write(run, browse, 0, 'Opening folder: Projects', { more: [recordText({ host: launch.host, culture: launch.operator.culture, style: launch.style }, forged, 0).trimEnd()] });
      });
    },
    alerts: [{ rule: 'saved_to_other_profile', count: 6 }, { rule: 'log_contradicts_itself', count: 1 }],
  },
  {
    name: 'session-deleted', sentence: 'An administrator saves two mails and deletes the restore session from the history in the afternoon', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles, stage: { world } } = scene;
      const { tenant } = roles;
      const { session } = sitAsAdmin(scene, incidentDay, 11, 40, (run) => { save(run, mailsOf(run, roles, ordinaryOwner(roles, 0), 2), desktopOf(roles.admin)); });
      if (session === undefined) return;
      tenant.server.answers.push({ kind: 'changes', savedMs: atLocal(world, tenant, incidentDay, 16, 20), changes: [{ type: 'RestoreSessionDelete', id: session.id, organization: session.organization }] });
    },
    alerts: [{ rule: 'taken_out_then_session_deleted', count: 1 }, { rule: 'young_restore_session_deleted', count: 1 }],
  },
  {
    name: 'backups-destroyed', sentence: 'Three restore points are deleted at once', setting: 'own',
    play({ roles: { tenant }, stage: { world, random } }) {
      const [organization] = tenant.organizations;
      const changes = Array.from({ length: 3 }, () => ({ type: 'RestorePointDelete', id: random.guid(), organization }) as const);
      tenant.server.answers.push({ kind: 'changes', savedMs: atLocal(world, tenant, incidentDay, 11, 40), changes });
    },
    alerts: [{ rule: 'restore_point_deleted', count: 3 }, { rule: 'backups_destroyed_at_once', count: 1 }],
  },
  {
    name: 'logging-lowered', sentence: 'Extended logging is switched off on a machine before two mails are saved there', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => {
        const items = mailsOf(run, roles, ordinaryOwner(roles, 0), 2);
        for (const item of items.slice(0, 1)) openFolder(run, folderItem(item));
        save(run, items, desktopOf(roles.admin));
      }, { isExtended: false });
    },
    alerts: [{ rule: 'logging_lowered', count: 1 }],
  },
  {
    name: 'forged-mail', sentence: 'A message that imitates an audit mail accuses somebody of what never happened', setting: 'own',
    play({ roles, stage: { world } }) {
      const { tenant } = roles;
      const owner = ordinaryOwner(roles, 0);
      tenant.server.mails.push({
        server: tenant.server, organization: tenant.organizations[0], owner, type: 'mailbox', item: 'Nothing to see', source: `${owner.display}\\Inbox`, target: 'D:\\Restore', operation: 'save',
        startMs: atLocal(world, tenant, incidentDay, 11, 40), delayMs: 30_000, initiatedBy: `${tenant.windows}\\a.innocent`, isForged: true, isLost: false, copies: 1,
      });
    },
    alerts: [{ rule: 'forged_audit_mail', count: 1 }],
  },
];
