/**
 * Whose data a backup path names (formats/rest-api.md 5, formats/explorer-archiver-logs.md 12): `Owner\Folder`, `owner: path`, `/sites/NAME/…`,
 * `/personal/NAME/…`. Drive letters, shares and web addresses name no owner.
 */
import type { Event, Workload } from '../event.ts';

export interface PathOwner {
  readonly name: string;
  readonly type: 'mailbox' | 'onedrive' | 'personal_site' | 'site' | 'team' | 'unknown';
  /** only a person may become `user.target.*` */
  readonly isPerson: boolean;
}

/** @param workload of the session or the item; without it only what holds for every workload is said */
export function readOwner(path: string, workload?: Workload): PathOwner | undefined {
  const web = /^\/(sites|teams|personal)\/([^/]+)/i.exec(path);
  if (web?.[1] !== undefined && web[2] !== undefined && web[2].trim() !== '') {
    const isPersonal = web[1].toLowerCase() === 'personal';
    return { name: web[2], type: isPersonal ? 'personal_site' : 'site', isPerson: isPersonal };
  }
  if (/^[\\/]/.test(path) || /^[A-Za-z]:[\\/]?/.test(path) && path.charAt(2) !== ' ' || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return undefined;
  const slash = path.indexOf('\\');
  // A mailbox may be called `Team: Alpha`; only the other workloads write `owner: path`.
  const beforeColon = workload === 'exchange' ? '' : path.slice(0, Math.max(path.indexOf(': '), 0));
  if (beforeColon.trim() !== '' && !/[\\/:]/.test(beforeColon)) {
    if (workload === undefined && slash > 0) return undefined;
    return { name: beforeColon, ...ownerKind(workload, false) };
  }
  const name = path.slice(0, Math.max(slash, 0));
  return name.trim() === '' ? undefined : { name, ...ownerKind(workload, true) };
}

/** The backslash form is documented for mailboxes; sites and teams are no persons in any form. */
function ownerKind(workload: Workload | undefined, isPersonByForm: boolean): Pick<PathOwner, 'type' | 'isPerson'> {
  switch (workload) {
    case 'exchange': return { type: 'mailbox', isPerson: true };
    case 'onedrive': return { type: 'onedrive', isPerson: true };
    case 'sharepoint': return { type: 'site', isPerson: false };
    case 'teams': return { type: 'team', isPerson: false };
    default: return { type: 'unknown', isPerson: isPersonByForm };
  }
}

/** Owner fields of an event (field-map 2): a person also fills `user.target.*`, a team `group.name`. */
export function ownerFields(path: string | undefined, workload?: Workload): Event {
  const owner = path === undefined ? undefined : readOwner(path, workload);
  if (owner === undefined) return { 'vb365.owner.type': 'unknown' };
  return {
    'vb365.owner.type': owner.type,
    'vb365.owner.name': owner.name,
    // The name in a personal site's address is a login with other separators, not a display name.
    ...(owner.isPerson ? { [owner.type === 'personal_site' ? 'user.target.name' : 'user.target.full_name']: owner.name } : {}),
    ...(owner.type === 'team' ? { 'group.name': owner.name } : {}),
  };
}
