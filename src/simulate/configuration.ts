/** The configuration that fits a world. Strings are written as JSON, which YAML reads. */
import type { Policy, Tenant, World } from './world.ts';

const text = (value: string): string => JSON.stringify(value);
const list = (values: readonly string[]): string => `[ ${values.map(text).join(', ')} ]`;

export function configurationOf(world: World): string {
  const lines = ['# Written by `vb365-siem simulate`.', 'version: 1', 'tenants:'];
  for (const tenant of world.tenants) lines.push(...tenantLines(world, tenant));
  lines.push('sources:');
  for (const host of world.hosts) {
    if (!host.isCollected || world.servers.some((server) => server.host === host)) continue;
    lines.push(...source(`logs-${host.folder.replace('/', '-').toLowerCase()}`, host.tenant, [`${host.folder}/**`], host.zone.id, [`host: ${text(host.name)}`, 'fallback_encoding: windows-1252']));
  }
  for (const server of world.servers) {
    const tenant = server.isProvider ? undefined : server.folder;
    const zone = server.host.zone.id;
    lines.push(...source(`${server.folder}-server`, tenant, [`${server.folder}/server/**`, `${server.host.folder}/**`], zone, [`host: ${text(server.host.name)}`, 'fallback_encoding: windows-1252']));
    lines.push(...source(`${server.folder}-rest`, tenant, [`${server.folder}/rest/**`], zone, []));
    lines.push(...source(`${server.folder}-mail`, tenant, [`${server.folder}/mail/**`], zone, [
      `authentication: { policy: require, authserv_id: ${text(`mx1.${server.domain}`)}, relays: [ ${text(server.host.ip4)} ] }`, `culture: ${server.culture}`], 'mail-folder'));
  }
  return `${lines.join('\n')}\n`;
}

function tenantLines(world: World, tenant: Tenant): readonly string[] {
  const accounts = new Map((tenant.policy?.accounts ?? []).map((account) => [account.names[0] ?? '', account] as const));
  for (const { tenant: of, operator } of world.actions) if (of === tenant && operator.kind !== 'person') accounts.set(operator.account, { names: [operator.account], kind: operator.kind, groups: [] });
  return [
    `  - id: ${tenant.id}`, `    name: ${text(tenant.name)}`, '    organizations:',
    ...tenant.organizations.map(({ name, id, domain }) => `      - { name: ${text(name)}, id: ${text(id)}, aliases: [ ${text(domain)} ] }`), `    timezone: ${tenant.zone.id}`,
    ...(accounts.size === 0 ? [] : ['    accounts:', ...[...accounts.values()].map(({ names, kind, groups }) => `      - { names: ${list(names)}, kind: ${kind}${groups.length === 0 ? '' : `, groups: ${list(groups)}`} }`)]),
    ...(tenant.policy === undefined ? [] : policyLines(tenant.policy)),
  ];
}

function policyLines({ hours, ownerGroups, hostGroups, placeholders }: Policy): readonly string[] {
  return [
    `    hours: { days: [ ${hours.days.join(', ')} ], from: ${text(hours.from)}, to: ${text(hours.to)} }`,
    ...([['owner_groups', ownerGroups], ['host_groups', hostGroups], ['placeholders', placeholders]] as const).flatMap(([name, lists]) => {
      const entries = Object.entries(lists);
      return entries.length === 0 ? [] : [`    ${name}:`, ...entries.map(([key, values]) => `      ${key}: ${list(values)}`)];
    }),
  ];
}

function source(id: string, tenant: string | undefined, paths: readonly string[], zone: string, more: readonly string[], type = 'files'): readonly string[] {
  return [`  - id: ${text(id)}`, `    type: ${type}`, ...(tenant === undefined ? [] : [`    tenant: ${tenant}`]), `    paths: ${list(paths)}`, `    timezone: ${zone}`, ...more.map((line) => `    ${line}`)];
}
