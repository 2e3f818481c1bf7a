/** What kind of place a written file is in, told by its Windows path alone (detections.md 2). */
import { foldName, splitAccount } from '../../text/account.ts';
import { hostLabel } from '../../text/host-label.ts';

export type FilePlace = 'operator_profile' | 'other_profile' | 'public' | 'share' | 'drive' | 'sync' | 'web' | 'other';

interface Place {
  /** letter of a local drive; absent: a share */
  readonly drive?: string;
  /** folded names of folders and file, without `.` and `..`; of a share without the server */
  readonly parts: readonly string[];
}

const commonProfiles: ReadonlySet<string> = new Set(['public', 'all users', 'default', 'default user']);
const publicRoots: ReadonlySet<string> = new Set(['public', 'temp', 'tmp', 'programdata', '$recycle.bin', 'recycler', 'recycled']);
const webFolders: ReadonlySet<string> = new Set(['inetpub', 'wwwroot', 'wwwroot$', 'inetpub$']);
const syncFolders: ReadonlySet<string> = new Set(['onedrive', 'dropbox', 'google drive', 'googledrive', 'box sync', 'iclouddrive', 'icloud drive']);
/** Words of their own: synchronised only where the client of that service puts its folder. */
const syncRoots: ReadonlySet<string> = new Set(['my drive', 'shared drives']);
const syncInProfile: ReadonlySet<string> = new Set(['box']);

/**
 * @param operator spellings of the account that acted (`CONTOSO\mia`, `mia@contoso.example`); empty when nobody is named
 * @returns undefined for what is no absolute Windows path, and for a profile of which it cannot be said whose it is
 */
export function filePlace(path: string, operator: readonly string[]): FilePlace | undefined {
  const place = readPlace(path);
  if (place === undefined) return undefined;
  const { drive, parts } = place;
  const [root = '', name = ''] = parts;
  if (parts.some((part) => webFolders.has(part))) return 'web';
  if (isSynchronised(place)) return 'sync';
  if (drive === undefined) return 'share';
  if ((root === 'users' || root === 'documents and settings') && name !== '') return commonProfiles.has(name) ? 'public' : profilePlace(name, operator);
  if (publicRoots.has(root) || (root === 'windows' && name === 'temp')) return 'public';
  return drive === 'c' ? 'other' : 'drive';
}

function isSynchronised({ drive, parts }: Place): boolean {
  // The name of a share is anybody's word: `\\fs01\dropbox` is where people drop files.
  const folders = drive === undefined ? parts.slice(1) : parts;
  const hasClient = folders.some((part) => syncFolders.has(part) || part.startsWith('onedrive - ') || part.startsWith('dropbox ('));
  return hasClient || (drive !== undefined && (syncRoots.has(parts[0] ?? '') || (parts[0] === 'users' && syncInProfile.has(parts[2] ?? ''))));
}

/** Windows names a profile after the account: `mia`, `mia.CONTOSO`, `mia.CONTOSO.000`. Of an account of Microsoft 365 alone the folder may have another name. */
function profilePlace(folder: string, operator: readonly string[]): FilePlace | undefined {
  const accounts = operator.map(splitAccount);
  if (accounts.some(({ name, domain }) => isProfileOf(folder, foldName(name), domain === undefined ? undefined : hostLabel(domain)))) return 'operator_profile';
  // `MIA~1` is the short name of a folder that is not known.
  if (/~\d/.test(folder)) return undefined;
  return accounts.some(({ email }) => email === undefined) ? 'other_profile' : undefined;
}

function isProfileOf(folder: string, name: string, domain: string | undefined): boolean {
  if (name === '') return false;
  if (folder === name) return true;
  if (!folder.startsWith(`${name}.`)) return false;
  const suffix = folder.slice(name.length + 1);
  return /^\d{3}$/.test(suffix) || (domain !== undefined && (suffix === domain || (suffix.startsWith(`${domain}.`) && /^\d{3}$/.test(suffix.slice(domain.length + 1)))));
}

/** Server of a share, its first label folded; undefined for a local path. */
export function serverOf(path: string): string | undefined {
  const plain = plainPath(path);
  const server = plain.startsWith('\\\\') ? plain.slice(2).split('\\', 1)[0] ?? '' : '';
  return server === '' ? undefined : hostLabel(server);
}

function readPlace(path: string): Place | undefined {
  const plain = plainPath(path);
  if (plain.startsWith('\\\\')) {
    const [server = '', ...rest] = plain.slice(2).split('\\');
    return server === '' ? undefined : { parts: namesIn(rest) };
  }
  const [drive = '', ...rest] = plain.split('\\');
  return /^[a-z]:$/i.test(drive) ? { drive: drive.charAt(0).toLowerCase(), parts: namesIn(rest) } : undefined;
}

/** One kind of slash; `\\?\C:\…` and `\\?\UNC\server\…` are other spellings of the same places. */
function plainPath(path: string): string {
  const text = path.trim().replaceAll('/', '\\');
  const isVerbatim = text.startsWith('\\\\?\\') || text.startsWith('\\\\.\\');
  if (!isVerbatim) return text;
  return text.slice(4, 8).toLowerCase() === 'unc\\' ? `\\\\${text.slice(8)}` : text.slice(4);
}

/** Windows ends no name with a blank or a full stop. */
function namesIn(parts: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const part of parts) {
    if (part === '..') names.pop();
    else {
      const name = withoutEnd(foldName(part));
      if (name !== '') names.push(name);
    }
  }
  return names;
}

function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}
