/** Closed lists of field-map.md 4 that several readers need: categories of an action, kinds of an item, names of the workloads. */
import type { Event, Operation, Result, Workload } from '../event.ts';

export const serviceNames: Readonly<Record<Workload, NonNullable<Event['service.name']>>> = {
  exchange: 'Exchange Online', onedrive: 'OneDrive for Business', sharepoint: 'SharePoint Online', teams: 'Microsoft Teams',
};

export interface Categories { readonly category: NonNullable<Event['event.category']>; readonly type: NonNullable<Event['event.type']> }

/** ECS category and type of an action (field-map.md 4.3). */
export function categorise(action: string, workload: Workload | undefined): Categories {
  const mail = workload === undefined || workload === 'exchange';
  if (action.startsWith('item-restore')) return mail ? { category: ['email'], type: ['info'] } : { category: ['file'], type: ['creation'] };
  if (action.startsWith('item-') || action === 'folder-open' || action === 'mail-suspicious') return mail ? { category: ['email'], type: ['info'] } : { category: ['file'], type: ['access'] };
  switch (action) {
    case 'session-start': case 'explorer-start': return { category: ['session'], type: ['start'] };
    case 'session-end': return { category: ['session'], type: ['end'] };
    case 'organization-login': return { category: ['authentication'], type: ['start'] };
    case 'access-check': case 'login-failed': return { category: ['authentication'], type: ['info'] };
    case 'role-change': return { category: ['iam'], type: ['admin', 'change'] };
    case 'restore-session-delete': case 'restore-point-delete': return { category: ['configuration'], type: ['deletion'] };
    case 'audit-settings-change': case 'audit-items-change': case 'history-settings-change': case 'job-change': case 'repository-change': return { category: ['configuration'], type: ['change'] };
    default: return action.startsWith('api-') ? { category: ['api'], type: ['info'] } : { category: ['configuration'], type: ['access'] };
  }
}

/** `event.outcome` of a vendor result (field-map.md 4.4). */
export function outcomeOf(result: Result | undefined): 'success' | 'failure' | 'unknown' {
  if (result === 'success' || result === 'warning') return 'success';
  return result === 'failed' || result === 'cancelled' || result === 'skipped' ? 'failure' : 'unknown';
}

/** What was done, as sentences say it. */
export const pastTense: Readonly<Record<Operation, string>> = { view: 'opened', save: 'saved', export: 'exported', send: 'sent', restore: 'restored' };

/** What was done, or what somebody tried to do: `saved`, `tried to save`. */
export function deedText(operation: Operation, hasFailed: boolean): string {
  return hasFailed ? `tried to ${operation === 'view' ? 'open' : operation}` : pastTense[operation];
}

export const actionOf: Readonly<Record<Operation, 'item-view' | 'item-save' | 'item-export' | 'item-send' | 'item-restore'>> = {
  view: 'item-view', save: 'item-save', export: 'item-export', send: 'item-send', restore: 'item-restore',
};
