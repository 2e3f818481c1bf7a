/** Restores and settings written down by hand: only what a test is about differs from these defaults. */
import type { ContextSettings, ContextTenant } from '../../../src/detect/context/settings.ts';
import type { Event } from '../../../src/event.ts';
import { createTenants } from '../../../src/route/tenants.ts';
import type { TenantKnowledge } from '../../../src/tenancy.ts';

export const organization = 'contoso.onmicrosoft.example';
const dayMs = 86_400_000;

/** CONTOSO\mia saves a message of Ann Lee's mailbox from ADM01 */
export function restore(over: Event = {}): Event {
  return {
    'vb365.level': 'restore', 'vb365.restore.id': 'r1', 'vb365.tenant.id': 'contoso', 'organization.name': organization, 'event.start': '2026-03-02T09:00:00.000Z',
    'vb365.restore.sources': ['explorer_log', 'rest_api'], 'vb365.operation': 'save', 'vb365.workload': 'exchange', 'user.name': 'mia', 'user.domain': 'CONTOSO', 'source.domain': 'ADM01',
    'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Ann Lee', 'user.target.full_name': 'Ann Lee', 'vb365.item.path': 'Ann Lee\\Inbox', 'vb365.target.kind': 'file',
    'vb365.target.path': 'C:\\Users\\mia\\Desktop', ...over,
  };
}
/** the default restore without some of its fields */
export function without(...names: readonly (keyof Event)[]): Event {
  return Object.fromEntries(Object.entries(restore()).filter(([name]) => !names.some((left) => left === name)));
}
/** by a person who signed in with an address */
export function byAddress(address: string, over: Event = {}): Event {
  const [name = '', domain = ''] = address.split('@');
  return restore({ 'user.email': address, 'user.name': name, 'user.domain': domain, ...over });
}
export function tenant(over: Partial<ContextTenant> = {}): ContextTenant {
  return { id: 'contoso', organizations: [{ aliases: ['contoso.example'] }], accounts: [], ownerGroups: {}, hostGroups: {}, placeholders: {}, ...over };
}
export function settings(tenants: readonly ContextTenant[] = [], over: Partial<ContextSettings> = {}): ContextSettings {
  return { baseline: { memoryMs: 30 * dayMs, learningMs: 14 * dayMs }, rules: { placeholders: {} }, tenants, ...over };
}
/** contoso.example and contoso.onmicrosoft.example are Contoso's, fabrikam.example is Fabrikam's */
export const knowledge: TenantKnowledge = createTenants({
  tenants: [['contoso', organization, ['contoso.example']], ['fabrikam', 'fabrikam.onmicrosoft.example', ['fabrikam.example']]].map(([id, name, aliases]) => ({
    id: id as string, name: id as string, organizations: [{ name: name as string, aliases: aliases as readonly string[] }], accounts: [], ownerGroups: {}, hostGroups: {}, placeholders: {}, privacy: { pseudonymize: [], drop: [] },
  })),
});
