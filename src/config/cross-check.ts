/** What no schema can say: names that are claimed twice, names that refer to nothing, settings that contradict each other. */
import { foldName } from '../text/account.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { YamlPath } from '../text/yaml-document.ts';
import { hasUserInfo, readSyslogUrl } from './config-values.ts';
import { listOf, mapOf, textOf, textsOf, type RawMap } from './raw-value.ts';
import { placeName, type PlacedProblem } from './shape-problem.ts';

/** All contradictions in a configuration, also in one whose shape is wrong. */
export function crossCheck(root: RawMap): readonly PlacedProblem[] {
  return [
    ...['tenants', 'sources', 'destinations'].flatMap((section) => doubleIds(root, section)),
    ...doubleOrganizations(root), ...doubleAccounts(root), ...emptyHours(root), ...danglingReferences(root),
    ...listOf(root['destinations']).flatMap((item, index) => destinationProblems(mapOf(item), ['destinations', index])),
    ...listOf(root['sources']).flatMap((item, index) => sourceProblems(mapOf(item), ['sources', index])),
  ];
}

function doubleIds(root: RawMap, section: string): readonly PlacedProblem[] {
  const first = new Map<string, number>();
  return listOf(root[section]).flatMap((item, index) => {
    const id = textOf(mapOf(item)['id']);
    if (id === undefined) return [];
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    return before === undefined ? [] : [duplicate(`id ${JSON.stringify(id)} is already that of ${placeName([section, before])}`, 'give every one an id of its own', [section, index, 'id'])];
  });
}

/** Names, ids and aliases of organisations: an owner must be unique, or events of one tenant would reach another. */
function doubleOrganizations(root: RawMap): readonly PlacedProblem[] {
  const owners = new Map<string, { readonly tenant: number; readonly path: YamlPath }>();
  return listOf(root['tenants']).flatMap((item, tenant) => listOf(mapOf(item)['organizations']).flatMap((entry, index) => {
    const organization = mapOf(entry);
    const path: YamlPath = ['tenants', tenant, 'organizations', index];
    const names: readonly (readonly [string | undefined, YamlPath])[] = [
      [textOf(organization['name']), [...path, 'name']], [textOf(organization['id']), [...path, 'id']],
      ...listOf(organization['aliases']).map((alias, at) => [textOf(alias), [...path, 'aliases', at]] as const),
    ];
    return names.flatMap(([name, where]) => {
      if (name === undefined) return [];
      const owner = owners.get(foldName(name));
      if (owner === undefined) owners.set(foldName(name), { tenant, path: where });
      return owner === undefined || owner.tenant === tenant ? []
        : [duplicate(`organisation ${JSON.stringify(name)} belongs to two tenants: it is ${placeName(owner.path)} too`, 'leave it with the tenant it belongs to', where)];
    });
  }));
}

function doubleAccounts(root: RawMap): readonly PlacedProblem[] {
  return listOf(root['tenants']).flatMap((item, tenant) => {
    const owners = new Map<string, number>();
    return listOf(mapOf(item)['accounts']).flatMap((entry, index) => listOf(mapOf(entry)['names']).flatMap((value, at) => {
      const name = textOf(value);
      if (name === undefined) return [];
      const owner = owners.get(foldName(name));
      if (owner === undefined) owners.set(foldName(name), index);
      return owner === undefined || owner === index ? []
        : [duplicate(`account ${JSON.stringify(name)} is already in ${placeName(['tenants', tenant, 'accounts', owner])}`, 'put all names of one account into one entry', ['tenants', tenant, 'accounts', index, 'names', at])];
    }));
  });
}

/** A working day of one minute is a slip: the whole day was meant, or none. */
function emptyHours(root: RawMap): readonly PlacedProblem[] {
  return listOf(root['tenants']).flatMap((item, tenant) => {
    const { from, to } = mapOf(mapOf(item)['hours']);
    return textOf(from) === undefined || from !== to ? [] : [contradiction('"from" and "to" are equal', 'write from: "00:00" and to: "23:59" for the whole day', ['tenants', tenant, 'hours', 'to'])];
  });
}

function danglingReferences(root: RawMap): readonly PlacedProblem[] {
  const tenants = new Set(listOf(root['tenants']).flatMap((item) => textOf(mapOf(item)['id']) ?? []));
  const check = (id: string | undefined, path: YamlPath): readonly PlacedProblem[] => {
    if (id === undefined || id === '*' || tenants.has(id)) return [];
    const near = nearestName(id, tenants);
    return [{ code: 'config-reference', message: `there is no tenant ${JSON.stringify(id)}`, path, part: 'value',
      remedy: near !== undefined ? `did you mean ${JSON.stringify(near)}?` : tenants.size === 0 ? 'describe it under "tenants"' : `tenants: ${[...tenants].slice(0, 20).join(', ')}` }];
  };
  return [
    ...listOf(root['sources']).flatMap((item, index) => check(textOf(mapOf(item)['tenant']), ['sources', index, 'tenant'])),
    ...listOf(root['destinations']).flatMap((item, index) => listOf(mapOf(item)['tenants']).flatMap((id, at) => check(textOf(id), ['destinations', index, 'tenants', at]))),
  ];
}

function destinationProblems(destination: RawMap, path: YamlPath): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const tenants = textsOf(destination['tenants']);
  if (tenants.includes('*') && tenants.length > 1) problems.push(contradiction('"*" stands beside tenants', 'write "*" alone, or only tenants', [...path, 'tenants']));
  const syslog = mapOf(destination['syslog']);
  const at = (key: string): YamlPath => [...path, 'syslog', key];
  const url = textOf(syslog['url']);
  if (url !== undefined && hasUserInfo(url)) return [...problems, secretInUrl(at('url'))];
  if (syslog['header'] === 'bsd' && destination['format'] !== 'cef') problems.push(contradiction('"header: bsd" carries CEF only', 'write "format: cef", or leave "header" out', at('header')));
  const transport = readSyslogUrl(url ?? '')?.transport;
  if (transport === undefined) return problems;
  const isTls = transport.endsWith('tls');
  const isStream = transport === 'tcp' || transport === 'tls';
  if (syslog['framing'] !== undefined && !isStream) problems.push(contradiction(`"framing" has no meaning with ${transport}://`, 'leave it out', at('framing')));
  const commits = isStream ? ['fin', 'window', 'none'] : transport === 'udp' ? ['none'] : ['relp'];
  const commit = textOf(syslog['commit']);
  if (commit !== undefined && ['fin', 'window', 'none', 'relp'].includes(commit) && !commits.includes(commit)) problems.push(contradiction(`"commit: ${commit}" is not possible with ${transport}://`, `write ${commits.join(' or ')}`, at('commit')));
  for (const key of ['ca', 'certificate', 'key']) if (syslog[key] !== undefined && !isTls) problems.push(contradiction(`${JSON.stringify(key)} has no meaning without TLS`, 'write tls:// in "url", or leave it out', at(key)));
  if (isTls && (syslog['certificate'] === undefined) !== (syslog['key'] === undefined)) {
    const missing = syslog['key'] === undefined ? 'key' : 'certificate';
    problems.push({ code: 'config-missing', message: `a client certificate needs "certificate" and "key"; there is no ${JSON.stringify(missing)}`, remedy: `add the key ${JSON.stringify(missing)}`, path: at(missing === 'key' ? 'certificate' : 'key'), part: 'key' });
  }
  return problems;
}

function sourceProblems(source: RawMap, path: YamlPath): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const url = textOf(source['url']);
  if (url !== undefined && hasUserInfo(url)) problems.push(secretInUrl([...path, 'url']));
  if (source['type'] === 'rest' && source['ca'] !== undefined && source['fingerprint'] !== undefined) problems.push(contradiction('"ca" and "fingerprint" both say whom to trust', 'keep one of them', [...path, 'fingerprint']));
  return problems;
}

const secretInUrl = (path: YamlPath): PlacedProblem => ({ code: 'config-secret', message: `${placeName(path)} holds a user name or password`, remedy: 'remove everything before the @ and use the keys for it', path, part: 'value' });
const duplicate = (message: string, remedy: string, path: YamlPath): PlacedProblem => ({ code: 'config-duplicate', message, remedy, path, part: 'value' });
const contradiction = (message: string, remedy: string, path: YamlPath): PlacedProblem => ({ code: 'config-value', message, remedy, path, part: 'key' });
