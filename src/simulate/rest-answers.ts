/** Saved answers of the REST interface: pages of sessions, pages of events, organisations, audit settings (formats/rest-api.md 3 to 7). */
import { textFile, type WorldFile } from './file.ts';
import { createRandom, type Random } from './random.ts';
import type { Organization, RestEvent, RestSession, Server, World } from './world.ts';

const types = { exchange: 'Vex', onedrive: 'Veod', sharepoint: 'Vesp', teams: 'Vet' } as const;
const openEnd = '9999-12-31T23:59:59.9999999Z';

/** The events of a session in their order on the server. */
export function eventsInOrder(session: RestSession): readonly RestEvent[] {
  return session.events.map((event, index) => ({ event, index })).sort((x, y) => x.event.startMs - y.event.startMs || x.index - y.index).map(({ event }) => event);
}

/** Whether the page on which an event stands was collected. */
export function isEventCollected(session: RestSession, event: RestEvent): boolean {
  if (!session.server.restCollected || !session.isCollected) return false;
  return !session.lostPages.has(Math.floor(eventsInOrder(session).indexOf(event) / session.pageSize));
}

export function restFiles(world: World, server: Server): readonly WorldFile[] {
  if (!server.restCollected) return [];
  const random = createRandom(`${world.seed}/${server.folder}/rest`);
  const folder = `${server.folder}/rest`;
  const version = `v${server.apiVersion}`;
  const collected = server.sessions.filter((session) => session.isCollected).sort((x, y) => y.createdMs - x.createdMs);
  const files: WorldFile[] = [];
  const size = random.pick([4, 10, 30, 1000]);
  pages(collected, size).forEach((page, index, all) => {
    const body = pageOf(`/${version}/restoresessions`, index, size, all.length, page.map((session) => sessionRecord(session, server, random)));
    files.push(answer(`${folder}/${version}-restoresessions-page${index + 1}.json`, server.apiVersion === 8 ? body : { ...body, totalCount: server.apiVersion === 7 ? null : collected.length }));
  });
  for (const session of collected) {
    const events = eventsInOrder(session).map((event, order) => eventRecord(event, order, session, server, random));
    pages(events, session.pageSize).forEach((page, index, all) => {
      if (session.lostPages.has(index)) return;
      const body = pageOf(`/${version}/restoresessions/${session.id}/events`, index, session.pageSize, all.length, page);
      files.push(answer(`${folder}/${version}-events-${session.id.slice(0, 8)}-page${index + 1}.json`, body));
    });
  }
  const tenants = world.tenants.filter((tenant) => tenant.server === server);
  const organizations = tenants.flatMap((tenant) => tenant.organizations);
  files.push(answer(`${folder}/${version}-organizations.json`, pageOf(`/${version}/organizations`, 0, 30, 1, organizations.map(({ id, name }) => ({
    type: 'Office365', id, name, officeName: name, isExchangeOnline: true, isSharePointOnline: true, isBackedup: true, _links: { self: { href: `${version}/organizations/${id}` } },
  })))));
  if (server.answers.every(({ kind }) => kind !== 'audit-settings')) files.push(answer(`${folder}/${version}-auditemailsettings.json`, auditSettings(server, true)));
  server.answers.forEach((saved, index) => {
    const name = `${folder}/${version}-${saved.kind === 'changes' ? 'changes' : 'auditemailsettings'}-${index + 1}.json`;
    files.push(answer(name, saved.kind === 'changes' ? changeFeed(saved.changes, version) : auditSettings(server, saved.isOn), saved.savedMs));
  });
  return files;
}

function auditSettings(server: Server, isOn: boolean): object {
  return {
    enableNotification: isOn, smtpServer: `mx1.${server.domain}`, port: 587, useAuthentication: false, username: '', useSSL: true, from: `vb365-audit@${server.domain}`, to: `security-audit@${server.domain}`,
    subject: '[Audit] %OrganizationName% - %DisplayName% - %Action% initiated by %InitiatedByUserName% at %StartTime%', ...(server.apiVersion === 6 ? {} : { authenticationType: 'CustomSmtp', clientId: null, tenantId: null, isAuthenticated: false }),
    _links: { self: { href: `/v${server.apiVersion}/AuditEmailSettings` } },
  };
}

function changeFeed(changes: readonly { readonly type: string; readonly id: string; readonly organization: Organization }[], version: string): object {
  return pageOf(`/${version}/changes`, 0, 30, 1, changes.map(({ type, id, organization }) => ({ eventType: type, id, organizationId: organization.id })));
}

function pages<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.max(1, Math.ceil(list.length / size)) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

function pageOf(path: string, index: number, limit: number, count: number, results: readonly object[]): object {
  const href = (offset: number): { readonly href: string } => ({ href: `${path}?offset=${offset}&limit=${limit}` });
  return { offset: index * limit, limit, _links: { self: href(index * limit), ...(index + 1 < count ? { next: href((index + 1) * limit) } : {}) }, results };
}

function sessionRecord(session: RestSession, server: Server, random: Random): object {
  const path = `v${server.apiVersion}/restoresessions/${session.id}`;
  const { skewMs } = server.host;
  const isOver = session.endedMs !== undefined;
  const failed = session.events.some(({ status }) => status === 'Failed' || status === 'Warning');
  const items = session.events.filter(({ type }) => type !== 'None').length;
  return {
    id: session.id, name: session.name, organization: session.organization.name, type: types[session.workload], creationTime: fineTime(session.createdMs + skewMs, random),
    endTime: session.endedMs !== undefined ? fineTime(session.endedMs + skewMs, random) : server.apiVersion === 6 ? openEnd : null,
    state: isOver ? 'Stopped' : 'Working', result: isOver && failed ? 'Warning' : 'Success', initiatedBy: session.initiatedBy,
    ...(server.apiVersion === 6 ? {} : { details: `${items} items processed` }), scopeName: session.scope, clientHost: session.clientHost, ...(session.reason === undefined ? {} : { reason: session.reason }),
    ...(server.apiVersion === 8 ? { eTag: `6387${random.int(10_000_000, 99_999_999)}${random.int(100_000, 999_999)}` } : {}),
    _links: { self: { href: path }, organization: { href: `${path}/organization` }, restoreSessionEvents: { href: `${path}/events` } },
  };
}

function eventRecord(event: RestEvent, order: number, session: RestSession, server: Server, random: Random): object {
  const path = `v${server.apiVersion}/restoresessions/${session.id}`;
  const { skewMs } = server.host;
  const hasItem = event.type !== 'None';
  return {
    ...(hasItem ? { itemName: event.itemName, itemType: event.itemType } : {}), itemSizeBytes: event.size, ...(hasItem ? { source: event.source, target: event.target } : {}),
    id: event.id, type: event.type, status: event.status, startTime: fineTime(event.startMs + skewMs, random), endTime: fineTime(event.endMs + skewMs, random, event.startMs === event.endMs),
    duration: `${new Date(event.endMs - event.startMs).toISOString().slice(11, 23)}0000`, title: event.title, message: event.message, order,
    ...(server.apiVersion === 8 ? { organizationId: session.organization.id, backedUpOrganizationId: null, userId: null, groupId: null, siteId: null, teamId: null } : {}),
    _links: { self: { href: `${path}/events/${event.id}` }, restoreSession: { href: path } },
  };
}

/** Up to seven digits of a second; trailing zeros are dropped now and then. */
function fineTime(ms: number, random: Random, isWhole = false): string {
  const digits = isWhole ? '' : random.chance(0.8) ? String(random.int(0, 9_999)).padStart(4, '0') : '';
  return `${new Date(ms).toISOString().slice(0, 23)}${digits}Z`;
}

/** Version numbers of objects are larger than a JavaScript number holds exactly: they are printed as the digits they are. */
function answer(path: string, body: object, savedMs?: number): WorldFile {
  return textFile(path, `${JSON.stringify(body, null, 2).replace(/^(\s*"eTag": )"(\d+)"/gm, '$1$2')}\n`, savedMs);
}
