/** What a log file of the product is: by the executable its header names, else by its name and folder, else by what it says. */
import type { OriginKind, Workload } from '../event.ts';

export interface LogKind {
  readonly kind: OriginKind;
  readonly workload?: Workload;
  readonly provider?: string;
  /** true when the file is an Explorer's beyond doubt: only then does its header name an operator */
  readonly isExplorer: boolean;
}

const workloads: Readonly<Record<string, Workload>> = { exchange: 'exchange', sharepoint: 'sharepoint', onedrive: 'onedrive', teams: 'teams' };
const explorerName = /(?:^|[\\/!])Veeam\.(Exchange|SharePoint|OneDrive|Teams)\.Explorer(?:\.exe)?(?=[_.\s]|$)/i;
const archiverName = /(?:^|[\\/!])Veeam\.Archiver\.(Service|REST|Proxy|Shell)(?:\.exe)?(?=[_.\s]|$)/i;
const explorerFolder = /(?:^|[\\/!])(Exchange|SharePoint|OneDrive|Teams)Explorer[\\/]/i;

/** @param executable text of the header's version line before `: Version=` */
export function kindByName(file: string, executable: string | undefined): LogKind | undefined {
  for (const text of executable === undefined ? [file] : [executable, file]) {
    const explorer = explorerName.exec(text) ?? explorerFolder.exec(text);
    const archiver = archiverName.exec(text);
    if (archiver?.[1] !== undefined) return archiverKind(archiver[1]);
    const name = explorer?.[1]?.toLowerCase();
    const workload = name === undefined ? undefined : workloads[name];
    if (workload !== undefined && explorer?.[1] !== undefined) return { kind: 'explorer_log', workload, provider: `Veeam.${explorer[1]}.Explorer`, isExplorer: true };
  }
  if (/[\\/]RestoreREST[\\/]/i.test(file)) return { kind: 'rest_log', provider: 'Veeam.Archiver.RestoreREST', isExplorer: false };
  if (/(?:^|[\\/!])Job\.[^\\/]*$/i.test(file)) return { kind: 'archiver_log', provider: 'Veeam.Archiver.Job', isExplorer: false };
  return undefined;
}

function archiverKind(component: string): LogKind {
  return component.toLowerCase() === 'rest'
    ? { kind: 'rest_log', provider: 'Veeam.Archiver.REST', isExplorer: false }
    : { kind: 'archiver_log', provider: `Veeam.Archiver.${component}`, isExplorer: false };
}

/** What a message says about the file it stands in, when neither name nor header do. */
export function kindByMessage(id: string): LogKind | undefined {
  if (id.startsWith('rest-action') || id === 'backup-session-adding' || id === 'credentials-refreshed' || id === 'session-id') return { kind: 'rest_log', provider: 'Veeam.Archiver.REST', isExplorer: false };
  if (id.startsWith('validation-') || id === 'initial-domain' || id === 'token-valid' || id.startsWith('identity-') || id === 'cache-cleaning') return { kind: 'archiver_log', provider: 'Veeam.Archiver.Service', isExplorer: false };
  if (id === 'items-exporting' || id === 'item-exporting-to-file' || id === 'item-export-started' || id === 'export-result' || id === 'message-restoring' || id === 'folder-counting' || id === 'sign-in-validating' || id === 'export-filter') return { kind: 'explorer_log', isExplorer: true };
  return undefined;
}
