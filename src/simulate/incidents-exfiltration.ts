/** Incidents in which data leaves, or reaches somebody else's mailbox. The alerts are worked out by hand from the descriptions of the rules. */
import { folderItem } from './cast.ts';
import { exportFolder, openFolder, restore, save, send } from './deeds.ts';
import { adminOf, incidentDay, mailOf, mailsOf, ordinaryOwner, sitAsAdmin, type Incident } from './incident.ts';
import { mailFolders } from './names.ts';
import { desktopOf } from './roles.ts';

export const exfiltrationIncidents: readonly Incident[] = [
  {
    name: 'mass-export', sentence: 'An administrator exports a colleague\'s mailbox folder by folder, and saves the best of it once more', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      const owner = ordinaryOwner(roles, 0);
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => {
        // Six exports and nineteen files: twenty-five within a quarter of an hour, and not one more.
        for (const name of mailFolders.slice(0, 6)) exportFolder(run, folderItem({ ...mailOf(run, roles, owner), source: `${owner.display}\\${name}` }), desktopOf(roles.admin));
        save(run, mailsOf(run, roles, owner, 19), desktopOf(roles.admin));
      });
    },
    alerts: [{ rule: 'whole_mailbox_or_site_taken_out', count: 6 }, { rule: 'many_restores_taken_out', count: 1 }],
  },
  {
    name: 'many-owners-slow', sentence: 'An administrator takes a few mails of four people a day, until it is sixteen people', setting: 'own', culprit: adminOf, lastDay: incidentDay + 2,
    play(scene) {
      const { roles } = scene;
      for (let day = 0; day < 4; day += 1) sitAsAdmin(scene, incidentDay - 1 + day, 11, 40, (run) => {
        for (let owner = 0; owner < 4; owner += 1) save(run, mailsOf(run, roles, ordinaryOwner(roles, day * 4 + owner), 2), desktopOf(roles.admin));
      });
    },
    alerts: [{ rule: 'many_owners_low_and_slow', count: 1 }],
  },
  {
    name: 'other-mailbox', sentence: 'An administrator restores three mails of one colleague into the mailbox of another', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => {
        for (const item of mailsOf(run, roles, ordinaryOwner(roles, 0), 3)) restore(run, item, `${ordinaryOwner(roles, 1).display}\\Inbox\\Restored`, run.random.chance(0.5));
      });
    },
    alerts: [{ rule: 'restored_to_other_owner', count: 3 }],
  },
  {
    name: 'free-mail', sentence: 'An administrator sends two mails of a colleague to a free mail address that nobody sent anything to before', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => {
        for (const item of mailsOf(run, roles, ordinaryOwner(roles, 0), 2)) send(run, item, 'night.owl@freemail.example');
      });
    },
    // The domain is new once.
    alerts: [{ rule: 'sent_outside_organization', count: 2 }, { rule: 'sent_to_domain_never_seen', count: 1 }],
  },
  {
    name: 'legal-hold', sentence: 'Somebody without approval puts back a mail of a mailbox under legal hold and takes another one out', setting: 'own', culprit: adminOf,
    play(scene) {
      const { roles } = scene;
      sitAsAdmin(scene, incidentDay, 11, 40, (run) => {
        const [first, second] = mailsOf(run, roles, roles.legalHold, 2);
        if (first === undefined || second === undefined) return;
        restore(run, first, first.source, false);
        openFolder(run, folderItem(second));
        save(run, [second], desktopOf(roles.admin));
      });
    },
    alerts: [{ rule: 'first_access_to_sensitive_owner', count: 1 }, { rule: 'legal_hold_data_restored', count: 1 }, { rule: 'legal_hold_data_taken_out', count: 1 }, { rule: 'weak_signals_add_up', count: 1 }],
  },
];
