/** The static title of an event (field-map.md 6.4), the Name of CEF. */
import { actions } from '../event-fields.ts';

const restoreTitles: Readonly<Record<string, string>> = {
  'item-view': 'Backup item viewed', 'item-save': 'Backup item saved', 'item-export': 'Backup item exported', 'item-send': 'Backup item sent',
  'item-restore': 'Backup item restored',
};

/** `event.code` of every event but those of rules, with its title. */
export const eventTitles: ReadonlyMap<string, string> = new Map([
  ...actions.activity.map((action): [string, string] => [`vb365.activity.${action}`, actionTitle(action)]),
  ...actions.restore.map((action): [string, string] => [`vb365.restore.${action}`, restoreTitles[action] ?? actionTitle(action)]),
  ...actions.health.map((action): [string, string] => [`vb365.health.${action}`, actionTitle(action)]),
]);

/** The code of alerts, whose title is that of the rule. */
export const alertCode = 'vb365.alert';

/** `item-export-start` reads `Item export start`. */
export function actionTitle(action: string): string {
  return `${action.charAt(0).toUpperCase()}${action.slice(1).replaceAll('-', ' ')}`;
}
