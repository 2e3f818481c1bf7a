import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { Event } from '../../../src/event.ts';
import { maxJsonBytes, maxJsonNesting, maxProblemsListed, maxSentenceBytes } from '../../../src/limits.ts';
import { rest } from '../../../parsers/rest/rest.ts';
import { aSession, anEvent, eventFacts, eventsPage, readAnswer, sessionFacts, sessionId } from './read-answer.ts';

const other = 'b7d75814-7803-53eb-8695-82db5dc086d4';
const codes = async (...answer: Parameters<typeof readAnswer>): Promise<readonly string[]> => (await readAnswer(...answer)).problems.map(({ code }) => code);
const eventOf = async (members: Record<string, unknown>): Promise<Event> => (await readAnswer(eventsPage([anEvent(members)]))).activities[0]!.event;
const sessionOf = async (members: Record<string, unknown>): Promise<Event> => (await readAnswer(aSession(members))).activities[0]!.event;

describe('rest.recognises', () => {
  const head = (text: string): Parameters<typeof rest.recognises>[0] => ({ name: 'x', bytes: Buffer.from(text), text });
  for (const text of ['{"results":[]}', ' \r\n{\n  "id": 1', '[{"id":1}]', '[]', '{}', '[ "a" ]', '[1, 2]']) it(`knows ${JSON.stringify(text)}`, () => { expect(rest.recognises(head(text))).to.equal(true); });
  for (const text of [
    '[21.11.2023 15:11:40.102] <12> Info: x', '[1/5/2022 10:00:00 AM] <01> x', '[2022-05-03 10:14:07] x', '5/3/2022 10:14:07 AM   1 (0x1)', 'From: a@b.example', '', '{log}', 'PK\u0003\u0004',
  ]) it(`leaves ${JSON.stringify(text)} to others`, () => { expect(rest.recognises(head(text))).to.equal(false); });
  it('reads bytes when nobody decoded them', () => {
    expect(rest.recognises({ name: 'x', bytes: Buffer.from('{"a":1}', 'utf16le'), text: '' })).to.equal(true);
  });
});

describe('the session of an event', () => {
  const naked = anEvent();
  const linked = (id: string): Record<string, unknown> => anEvent({ _links: { restoreSession: { href: `v6/restoresessions/${id}` } } });
  const rows: readonly (readonly [name: string, answer: unknown, file: string])[] = [
    ['the address of the page', eventsPage([naked]), 'a.json'],
    ['in capitals', eventsPage([naked], `/V8/RestoreSessions/${sessionId.toUpperCase()}/Events?limit=30`), 'a.json'],
    ['as a full address', eventsPage([naked], `https://vb365.example:4443/v7/RestoreSessions/${sessionId}/Events`), 'a.json'],
    ['the address of the page, against the name of the file', eventsPage([naked]), `events-${other}.json`],
    ['the link of the event', { results: [linked(sessionId)] }, 'a.json'],
    ['the link of the event, against the name of the file', [linked(sessionId)], `events-${other}.json`],
    ['the address of a single event', anEvent({ _links: { self: { href: `v6/restoresessions/${sessionId}/events/561711ec-67b5-5118-b2c4-37ff0a0c55c0` } } }), 'a.json'],
    ['the name of the file', { offset: 0, limit: 30, results: [naked] }, `C:\\saved\\events_${sessionId.toUpperCase()}.json`],
    ['the name of the file, for a bare list', [naked], `dir/${sessionId}.json`],
    ['the name of a zip entry', [naked], `a.zip!rest/${sessionId}.json`],
  ];
  for (const [name, answer, file] of rows) it(`is ${name}`, async () => {
    const { activities, problems } = await readAnswer(answer, { file });
    expect(problems).to.deep.equal([]);
    expect(activities.map((activity) => eventFacts(activity).session)).to.deep.equal([sessionId]);
    expect(activities[0]!.event).to.include({ 'vb365.session.id': sessionId, 'transaction.id': sessionId, 'vb365.session.kind': 'rest' });
  });

  it('is missing: the event is a problem and nothing else', async () => {
    const { activities, problems } = await readAnswer([naked]);
    expect(activities).to.deep.equal([]);
    expect(problems.map(({ code, file }) => [code, file])).to.deep.equal([['json-no-session', 'answer.json']]);
  });
  it('is not one of two GUIDs in a file name', async () => { expect(await codes([naked], { file: `${sessionId}-${other}.json` })).to.deep.equal(['json-no-session']); });
  it('is not a GUID in a folder name', async () => { expect(await codes([naked], { file: `${sessionId}/events.json` })).to.deep.equal(['json-no-session']); });
  it('is not the id of the event itself', async () => { expect(await codes(naked, { file: '561711ec-67b5-5118-b2c4-37ff0a0c55c0.json' })).to.deep.equal(['json-no-session']); });
  it('is nobody when page and event contradict each other', async () => {
    const { activities, problems } = await readAnswer(eventsPage([linked(other), naked]));
    expect(activities).to.have.length(1);
    expect(problems.map(({ code }) => code)).to.deep.equal(['json-value']);
  });
});

describe('a REST event', () => {
  const kinds: readonly (readonly [itemType: string, kind: string])[] = [
    ['IPM.Note', 'message'], ['IPM.Note.SMIME', 'message'], ['REPORT.IPM.Note.NDR', 'message'], ['IPM.Appointment', 'appointment'], ['IPM.Schedule.Meeting.Request', 'appointment'],
    ['IPM.Contact', 'contact'], ['IPM.Task', 'task'], ['IPM.StickyNote', 'note'], ['IPM.SkypeTeams.Message', 'post'], ['Folder', 'folder'], ['File', 'file'], ['SomethingNew', 'other'],
  ];
  for (const [itemType, kind] of kinds) it(`${itemType} is a ${kind}`, async () => { expect((await eventOf({ itemType }))['vb365.item.kind']).to.equal(kind); });

  const actions: readonly (readonly [type: string, action: string, target: string])[] = [
    ['View', 'item-view', 'none'], ['Save', 'item-save', 'file'], ['Export', 'item-export', 'file'], ['Send', 'item-send', 'email'], ['Restore', 'item-restore', 'elsewhere'], ['save', 'item-save', 'file'],
  ];
  for (const [type, action, target] of actions) it(`${type} is ${action}`, async () => {
    expect(await eventOf({ type })).to.include({ 'event.action': action, 'event.code': `vb365.activity.${action}`, 'vb365.target.kind': target });
  });
  it('View of a folder stays item-view, and its target is nowhere', async () => {
    const event = await eventOf({ type: 'View', itemType: 'Folder', itemSizeBytes: 0, target: 'Mere Tamihana\\Inbox' });
    expect(event).to.include({ 'event.action': 'item-view', 'vb365.target.kind': 'none' });
    expect(event).not.to.have.any.keys('vb365.target.path', 'vb365.item.size');
  });
  it('a type of a later build passes through', async () => {
    const { activities, problems } = await readAnswer(eventsPage([anEvent({ type: 'Teleport' })]));
    expect(problems).to.deep.equal([]);
    expect(eventFacts(activities[0])).to.include({ type: 'Teleport' }).and.not.to.have.property('operation');
    expect(activities[0]!.event).to.include({ 'event.action': 'item-other' }).and.not.to.have.property('vb365.operation');
  });

  const results: readonly (readonly [status: string, result: string | undefined, outcome: string])[] = [
    ['Success', 'success', 'success'], ['Warning', 'warning', 'success'], ['Failed', 'failed', 'failure'], ['Cancelled', 'cancelled', 'failure'], ['Skipped', 'skipped', 'failure'],
    ['Running', 'running', 'unknown'], ['SomethingNew', undefined, 'unknown'],
  ];
  for (const [status, result, outcome] of results) it(`${status} is ${String(result)}, outcome ${outcome}`, async () => {
    const event = await eventOf({ status });
    expect([event['vb365.result'], event['event.outcome']]).to.deep.equal([result, outcome]);
  });

  const targets: readonly (readonly [name: string, source: unknown, target: unknown, kind: string])[] = [
    ['the very same place', 'Ann Lee\\Inbox', 'Ann Lee\\Inbox', 'original'], ['the same in other letters', 'Ann Lee\\Inbox', 'ann lee\\INBOX', 'original'],
    ['another folder', 'Ann Lee\\Inbox', 'Ann Lee\\Inbox\\Restored', 'elsewhere'], ['another mailbox', 'Ann Lee\\Inbox', 'Joan Whitfield\\Inbox', 'elsewhere'],
    ['no target', 'Ann Lee\\Inbox', null, 'unknown'], ['another site', '/sites/Finance/a.txt', 'https://contoso.sharepoint.example/sites/Other', 'elsewhere'],
    ['a site whose name begins alike', '/sites/Finance2/a.txt', 'https://contoso.sharepoint.example/sites/Finance', 'elsewhere'],
    ['its own site, place not named', '/sites/Finance/a.txt', 'https://contoso.sharepoint.example/sites/Finance', 'unknown'],
  ];
  for (const [name, source, target, kind] of targets) it(`restored to ${name}: ${kind}`, async () => { expect((await eventOf({ type: 'Restore', source, target, message: '' }))['vb365.target.kind']).to.equal(kind); });

  it('sent to addresses', async () => {
    expect((await eventOf({ type: 'Send', target: 'ann@contoso.example; bob@fabrikam.example' }))['email.to.address']).to.deep.equal(['ann@contoso.example', 'bob@fabrikam.example']);
  });
  it('sent to something that is no address', async () => { expect(await eventOf({ type: 'Send', target: 'Ann Lee' })).not.to.have.property('email.to.address'); });
  it('the folder of the written file stands in for a missing target', async () => {
    expect((await eventOf({ target: null, message: '' }))['vb365.target.path']).to.equal('C:\\Exports');
  });
  it('values are kept letter by letter, blanks at the ends too', async () => {
    expect(await eventOf({ itemName: ' a | b = "c", d ' })).to.include({ 'vb365.item.name': ' a | b = "c", d ', 'email.subject': ' a | b = "c", d ' });
  });
  it('an item of no bytes is one, a folder has no size', async () => {
    expect((await eventOf({ itemSizeBytes: 0 }))['vb365.item.size']).to.equal(0);
    expect(await eventOf({ itemSizeBytes: 0, itemType: 'Folder' })).not.to.have.property('vb365.item.size');
  });
  it('a size beyond exact numbers is left out', async () => { expect(await eventOf({ itemSizeBytes: '9223372036854775807' })).not.to.have.property('vb365.item.size'); });
  it('no end: null, the sentinel, while it runs, or before its start', async () => {
    for (const members of [{ endTime: null }, { endTime: '9999-12-31T23:59:59.9999999Z' }, { status: 'Running' }, { endTime: '2022-05-02T22:17:03.5017721Z' }, { endTime: 'soon' }]) {
      expect(await eventOf(members)).not.to.have.any.keys('event.end', 'event.duration');
    }
  });
  it('without a start time it is set aside with a problem', async () => {
    for (const startTime of [null, '', 'x', '9999-12-31T23:59:59.9999999Z']) {
      const { activities, problems } = await readAnswer(eventsPage([anEvent({ startTime }), anEvent()]));
      expect([activities.length, problems.map(({ code }) => code)]).to.deep.equal([1, ['json-value']]);
    }
  });
  it('without an id it keeps one id all the same', async () => {
    const first = await readAnswer(eventsPage([anEvent({ id: null })]));
    const second = await readAnswer(eventsPage([anEvent({ id: 'x', order: 1 }), anEvent({ id: null })]));
    expect(first.activities[0]!.event['event.id']).to.equal(second.activities[1]!.event['event.id']);
    expect(first.problems.map(({ code }) => code)).to.deep.equal(['json-value']);
  });
  it('order falls back to the position in the whole answer', async () => {
    const { activities } = await readAnswer({ ...eventsPage([anEvent({ order: null }), anEvent({ order: undefined })]), offset: 30 });
    expect(activities.map((activity) => eventFacts(activity).order)).to.deep.equal([30, 31]);
  });
  it('book-ends are session messages and have no item; the page of sessions tells of starts and ends', async () => {
    const { activities } = await readAnswer(eventsPage([anEvent({ type: 'None', itemName: undefined, itemType: undefined, source: undefined, target: undefined, title: 'Restore session started', message: 'Restore session started' })]));
    expect(activities[0]!.event).to.include({ 'event.action': 'session-message', 'message': 'Restore session started' });
    expect(activities[0]!.event).to.deep.include({ 'event.category': ['session'], 'event.type': ['info'] });
    expect(activities[0]!.event).not.to.have.any.keys('vb365.operation', 'vb365.item.size', 'vb365.owner.type', 'vb365.target.kind');
  });
  it('a team post belongs to a team, not to a person', async () => {
    const event = await eventOf({ itemType: 'IPM.SkypeTeams.Message', source: 'Project X\\General' });
    expect(event).to.include({ 'vb365.owner.type': 'team', 'vb365.owner.name': 'Project X', 'group.name': 'Project X', 'vb365.workload': 'teams' });
    expect(event).not.to.have.any.keys('user.target.full_name', 'email.subject');
  });
  it('a user id of version 8 belongs to the owner', async () => {
    const userId = '6e2cf996-c6e5-549b-b200-69c1b8ed87c800000000-0000-0000-0000-000000000000';
    expect(await eventOf({ userId })).to.include({ 'user.target.id': userId, 'vb365.owner.id': userId }).and.not.to.have.property('user.id');
  });
  it('a failure keeps its reason', async () => {
    expect((await eventOf({ status: 'Failed', title: "Access to the path 'C:\\x' is denied." }))['event.reason']).to.equal("Access to the path 'C:\\x' is denied.");
  });
  it('its sentence is one line within the limit', async () => {
    const { message } = await eventOf({ itemName: `Ω\r\n\u2028${'ü'.repeat(2000)}\ud800` });
    expect(message).not.to.match(/[\r\n\u2028]/);
    expect(Buffer.byteLength(String(message))).to.be.within(900, maxSentenceBytes);
    expect(String(message)).not.to.include('\ufffd');
  });

  describe('with fields only in its message', () => {
    const bare = { itemName: undefined, itemType: undefined, source: undefined, target: undefined, type: undefined };
    it('is read from it', async () => {
      expect(await eventOf({ ...bare })).to.include({
        'event.action': 'item-save', 'vb365.item.name': 'Budget', 'vb365.item.class': 'IPM.Note', 'vb365.item.path': 'Mere Tamihana\\Inbox', 'vb365.target.path': 'C:\\Exports',
      });
    });
    it('takes the type from its own member', async () => { expect((await eventOf({ ...bare, type: 'Export' }))['event.action']).to.equal('item-export'); });
    it('leaves out what can be read in two ways, and says so', async () => {
      const message = 'Item a; source: b was saved successfully (type: IPM.Note; source: A\\B; target: C:\\x)';
      const { activities, problems } = await readAnswer(eventsPage([anEvent({ ...bare, type: 'Save', title: 'x', message })]));
      expect(activities[0]!.event).not.to.have.any.keys('vb365.item.name', 'vb365.item.path', 'vb365.target.path', 'vb365.owner.name');
      expect(problems.map(({ code }) => code)).to.deep.equal(['json-value']);
    });
    it('believes its fields against its message', async () => {
      const { activities, problems } = await readAnswer(eventsPage([anEvent({ source: 'Ann Lee\\Inbox', target: undefined, title: 'x' })]));
      expect(activities[0]!.event).to.include({ 'vb365.item.path': 'Ann Lee\\Inbox' }).and.not.to.have.property('vb365.target.path');
      expect(problems.map(({ code }) => code)).to.deep.equal(['json-value']);
    });
    it('is a session message when it says nothing of an item', async () => { expect((await eventOf({ ...bare, message: 'Restore session completed', title: 'Restore session completed' }))['event.action']).to.equal('session-message'); });
  });
});

describe('a REST session', () => {
  const initiators: readonly (readonly [name: string, initiatedBy: unknown, confidence: string, kind: string, user: string | undefined])[] = [
    ['an account of a domain', 'ADATUM\\J.Whitfield', 'confirmed', 'user', 'J.Whitfield'],
    ['an account of a machine', 'FABVB365\\restore-ops', 'confirmed', 'user', 'restore-ops'],
    ['a UPN', 'jane@contoso.example', 'confirmed', 'user', 'jane'],
    ['the organisation', 'CONTOSO.onmicrosoft.example', 'organization', 'organization', undefined],
    ['another known organisation', 'adatum', 'organization', 'organization', undefined],
    ['something like a domain', 'fabrikam.example', 'organization', 'organization', undefined],
    ['the system', 'NT AUTHORITY\\SYSTEM', 'unknown', 'service_account', undefined],
    ['a machine account', 'CONTOSO\\FABVB365$', 'unknown', 'service_account', undefined],
    ['a bare name', 'administrator', 'unknown', 'unknown', undefined],
    ['a domain without a name', 'CONTOSO\\', 'unknown', 'unknown', undefined],
    ['nothing', '', 'unknown', 'unknown', undefined],
    ['null', null, 'unknown', 'unknown', undefined],
  ];
  for (const [name, initiatedBy, confidence, kind, user] of initiators) it(`initiated by ${name}`, async () => {
    const { activities } = await readAnswer(aSession({ initiatedBy }), { organizations: new Set(['adatum']) });
    const { event } = activities[0]!;
    expect([event['vb365.attribution.confidence'], event['vb365.attribution.kind'], event['user.name']]).to.deep.equal([confidence, kind, user]);
    expect(event['vb365.attribution.reported']).to.equal(typeof initiatedBy === 'string' && initiatedBy !== '' ? initiatedBy : undefined);
  });

  const tools: readonly (readonly [name: string, members: Record<string, unknown>, tool: string])[] = [
    ['the name of an Explorer session', {}, 'explorer'],
    ['a job name with separators and brackets', { name: 'OneDrive restore (Job: A - b (daily) - 2/05/2022 11:30:00 AM)' }, 'explorer'],
    ['a portal name', { name: 'Restore Teams', clientHost: 'X' }, 'portal'],
    ['a scope', { scopeName: 'Finance' }, 'portal'],
    ['a reason', { reason: 'please' }, 'portal'],
    ['a client address', { clientHost: '192.0.2.5' }, 'rest_api'],
    ['neither name nor client', { name: null, clientHost: null }, 'unknown'],
    ['an Explorer name without its date', { name: 'Exchange restore (Entire organization)' }, 'unknown'],
  ];
  for (const [name, members, tool] of tools) it(`${name} means ${tool}`, async () => { expect((await sessionOf(members))['vb365.client.tool']).to.equal(tool); });

  it('Working and Success is running, outcome unknown, without an end', async () => {
    const { activities } = await readAnswer(aSession({ state: 'Working', result: 'Success' }));
    expect(activities.map(({ event }) => event['event.action'])).to.deep.equal(['session-start']);
    expect(activities[0]!.event).to.include({ 'vb365.result': 'running', 'event.outcome': 'unknown' });
    expect(sessionFacts(activities[0])).not.to.have.property('ended');
  });
  it('a state of a later build passes through and proves no result', async () => {
    const { activities } = await readAnswer(aSession({ state: 'Paused' }));
    expect(sessionFacts(activities[0])).to.include({ state: 'Paused', result: 'Success' });
    expect(activities[0]!.event).to.include({ 'event.outcome': 'unknown' }).and.not.to.have.property('vb365.result');
  });
  it('a type of a later build has no workload', async () => {
    const { activities, problems } = await readAnswer(aSession({ type: 'Vnew' }));
    expect(problems).to.deep.equal([]);
    expect(activities[0]!.event).not.to.have.any.keys('vb365.workload', 'service.name');
  });
  it('its end has a duration to 100 nanoseconds', async () => {
    const { activities } = await readAnswer(aSession({}));
    expect(activities[1]!.event).to.include({ 'event.action': 'session-end', '@timestamp': '2022-05-02T22:26:11.084Z', 'event.duration': 672_752_999_300 });
  });
  it('an end before its creation is left out with a problem', async () => {
    const { activities, problems } = await readAnswer(aSession({ endTime: '2022-05-02T22:14:58Z' }));
    expect([activities.length, problems.map(({ code }) => code)]).to.deep.equal([1, ['json-value']]);
  });
  it('the date of its name is text only', async () => {
    const event = await sessionOf({});
    expect(event).to.include({ 'vb365.session.name': 'Exchange restore (Entire organization - 2/05/2022 10:00:00 PM)' }).and.not.to.have.property('vb365.session.restore_point');
  });
  it('without id or creation time it is set aside with a problem', async () => {
    for (const members of [{ id: '' }, { creationTime: 'x' }, { creationTime: null }]) expect(await codes({ results: [aSession(members)] })).to.deep.equal(['json-value']);
  });
  it('a later state has another event id and the same session', async () => {
    const working = await sessionOf({ state: 'Working', endTime: null });
    const stopped = await sessionOf({});
    expect(working['event.id']).not.to.equal(stopped['event.id']);
    expect(working['vb365.session.id']).to.equal(stopped['vb365.session.id']);
  });
  it('states the server when the source does', async () => {
    const { activities } = await readAnswer(aSession({}), { source: { id: 'rest', host: 'vb365-01' } });
    expect(activities[0]!.event).to.include({ 'host.name': 'vb365-01', 'observer.hostname': 'vb365-01', 'vb365.origin.source': 'rest', 'vb365.origin.kind': 'rest_api', 'vb365.origin.file': 'answer.json' });
  });
});

describe('other answers', () => {
  it('organisations', async () => {
    const { activities, problems } = await readAnswer({ offset: 0, limit: 30, _links: { self: { href: '/v7/Organizations?offset=0&limit=30' } }, results: [{ id: '8A329652-7336-5bf7-9cc5-cc1512d4ffb2', name: 'contoso.onmicrosoft.example', type: 'Office365' }] });
    expect(problems).to.deep.equal([]);
    expect(activities.map(({ facts }) => facts)).to.deep.equal([{ kind: 'organization', id: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', name: 'contoso.onmicrosoft.example' }]);
  });
  for (const [name, answer] of [
    ['a bare list', [{ id: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', name: 'contoso.onmicrosoft.example' }]],
    ['a single one', { id: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', name: 'Contoso', _links: { self: { href: '/v8/organizations/8a329652-7336-5bf7-9cc5-cc1512d4ffb2' } } }],
    ['of a session', { id: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', name: 'Contoso', _links: { self: { href: `/v8/restoresessions/${sessionId}/organization` } } }],
  ] as const) it(`organisations: ${name}`, async () => { expect((await readAnswer(answer)).activities.map(({ facts }) => facts.kind)).to.deep.equal(['organization']); });
  it('jobs, repositories and the like are answers without news', async () => {
    expect(await readAnswer({ offset: 0, limit: 30, _links: { self: { href: '/v8/jobs' } }, results: [{ id: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', name: 'Backup', backupType: 'EntireOrganization' }] })).to.deep.equal({ activities: [], problems: [] });
  });
  it('an installation', async () => {
    expect((await readAnswer({ installationId: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', version: '8.1.0.305' })).activities[0]!.event).to.include({ 'vb365.server.id': '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', 'observer.version': '8.1.0.305' });
  });
  it('history settings, in either spelling', async () => {
    for (const answer of [{ keepAllsessions: false, keeponlyLast: 53 }, { keepAllSessions: 'False', keepOnlyLast: 53 }]) {
      expect((await readAnswer(answer)).activities[0]!.event).to.include({ 'event.action': 'history-settings-state', 'message': 'Session history is kept for 53 weeks' });
    }
  });
  it('a role, and its operators, who are no audited users', async () => {
    expect((await readAnswer({ id: other, organizationId: sessionId, name: 'Helpdesk', roleType: 'SpecificObjects' })).activities[0]!.event).to.include({ 'event.action': 'role-state', 'message': "Restore operator role 'Helpdesk' covers specific objects" });
    const operators = await readAnswer({ _links: { self: { href: `/v8/RbacRoles/${other}/operators` } }, results: [{ type: 'User', id: 'x', user: { id: 'x', displayName: 'Ann', name: 'ann@contoso.example', type: 'User' } }] });
    expect(operators.activities.map(({ facts, event }) => [facts.kind, event['event.action']])).to.deep.equal([['plain', 'role-operator-state']]);
  });
  it('statistics belong to the session of the file name', async () => {
    const statistics = { totalItemsCount: 4, restoredItemsCount: 2, failedItemsCount: 1, skippedItemsCount: 1, items: [] };
    expect((await readAnswer(statistics, { file: `${sessionId}-statistics.json` })).activities[0]!.event).to.include({ 'vb365.session.id': sessionId, 'message': `Restore session ${sessionId}: 4 items, 2 restored, 1 failed, 1 skipped` });
    expect(await codes(statistics)).to.deep.equal(['json-no-session']);
  });
  it('audit settings switched off, with booleans as text', async () => {
    const { activities } = await readAnswer({ enableNotification: 'false' });
    expect(activities[0]!.event['message']).to.equal('Audit notifications are off');
    expect(activities[0]!.facts).to.deep.equal({ kind: 'audit-settings', isOn: false });
  });
  it('a deleted restore point', async () => {
    expect((await readAnswer({ nextChangeToken: '1', results: [{ eventType: 'RestorePointDelete', id: 'p1' }] })).activities[0]!.event).to.include({ 'event.action': 'restore-point-delete', 'vb365.origin.record_id': 'p1' });
  });
  it('an eventType that is no text is a problem', async () => { expect(await codes({ results: [{ eventType: 7, id: 'x' }] })).to.deep.equal(['json-value']); });
  for (const [name, answer] of [['v6', { message: 'Restore session not found.' }], ['v7', { message: 'x', errorCode: 'ProxyOffline' }], ['older servers', { Message: 'x' }]] as const) {
    it(`an error of ${name}`, async () => { expect(await codes(answer)).to.deep.equal(['rest-error']); });
  }
  for (const [name, answer] of [['foreign JSON', { hello: 'world' }], ['an event of ours', { '@timestamp': '2022-05-02T22:17:03.501Z', 'event': { kind: 'event' } }], ['an empty object', {}]] as const) {
    it(`${name} is refused`, async () => { expect(await codes(answer)).to.deep.equal(['json-not-rest']); });
  }
  it('a thousand foreign lines are one finding', async () => {
    expect((await readAnswer('{"a":1}\n'.repeat(1000))).problems).to.have.length(maxProblemsListed + 1);
  });
  it('an empty file', async () => { expect(await codes(' \n')).to.deep.equal(['read-empty']); });
  it('results that are no objects', async () => { expect(await codes({ results: [1, null, 'x'] })).to.deep.equal(['json-value', 'json-value', 'json-value']); });
  it('a wrapped list', async () => { expect((await readAnswer({ value: [aSession({})], Count: 1 })).activities).to.have.length(2); });
  it('a list of one that lost its brackets', async () => { expect((await readAnswer({ offset: 0, limit: 30, results: aSession({}) })).activities).to.have.length(2); });
  it('pages in one list, or one after the other', async () => {
    const pages = [{ results: [aSession({})] }, eventsPage([anEvent()])];
    for (const answer of [pages, pages.map((page) => JSON.stringify(page)).join('\n'), pages.map((page) => JSON.stringify(page, null, 2)).join('')]) {
      expect((await readAnswer(answer)).activities.map(({ event }) => event['event.action'])).to.deep.equal(['session-start', 'session-end', 'item-save']);
    }
  });

  it('no secret leaves the parser', async () => {
    const secret = 'CANARY-7f3a';
    for (const answer of [
      { access_token: secret, refresh_token: secret, token_type: 'bearer', expires_in: 3600, userName: secret, '.issued': 'x', '.expires': 'y' },
      { enableNotification: true, userPassword: secret, username: secret, clientSecret: secret },
      aSession({ password: secret, access_token: secret }), { ...anEvent(), stackTrace: secret, message: 'x' }, `{"access_token":"${secret}"`, `{"access_token":"${secret}",}`,
      { message: 'x', stackTrace: secret }, { type: 'User', user: { name: 'a', password: secret } },
    ]) expect(JSON.stringify(await readAnswer(answer))).not.to.include(secret);
  });
  it('the answer to a sign-in is refused with what to do', async () => {
    const { activities, problems } = await readAnswer({ access_token: 'x', token_type: 'bearer' });
    expect(activities).to.deep.equal([]);
    expect(problems.map(({ code, remedy }) => [code, remedy])).to.deep.equal([['json-not-rest', 'delete the file: its tokens open the server']]);
  });
});

describe('encodings and limits', () => {
  const text = JSON.stringify(eventsPage([anEvent({ itemName: 'Planungsgespräch Δ' })]));
  const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
  const forms: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ['UTF-8', Buffer.from(text)], ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)], ['UTF-16LE with mark', Buffer.from(`\ufeff${text}`, 'utf16le')], ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['UTF-16BE with mark', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))], ['UTF-16BE', swapped(Buffer.from(text, 'utf16le'))],
  ];
  for (const [name, bytes] of forms) it(name, async () => {
    const { activities, problems } = await readAnswer(bytes);
    expect(problems).to.deep.equal([]);
    expect(activities[0]!.event['vb365.item.name']).to.equal('Planungsgespräch Δ');
  });
  it('a code page, with a warning', async () => {
    const { activities, problems } = await readAnswer(Buffer.from(JSON.stringify(eventsPage([anEvent({ itemName: 'Brückner' })])), 'latin1'));
    expect(activities[0]!.event['vb365.item.name']).to.equal('Brückner');
    expect(problems.map(({ code }) => code)).to.deep.equal(['read-encoding']);
  });
  it('values of any length are read in one pass', async () => {
    for (const unit of ['a', 'a.', ' ', ': ', ' - ', ' restore (', ' (via: ', '/organizations?', ' was saved successfully', '; target: ', '\\', 'x@']) {
      const long = unit.repeat(50_000);
      for (const base of [anEvent(), aSession({}), { id: other, name: 'x', _links: { self: { href: 'x' } } }]) {
        const members = Object.fromEntries(['itemName', 'source', 'target', 'title', 'message', 'name', 'initiatedBy', 'clientHost', 'organization'].map((member) => [member, long]));
        await readAnswer({ ...base, ...members, itemType: undefined, _links: { self: { href: `${long}\n` } } }, { file: `${sessionId}.json` });
      }
    }
  });
  it('deep nesting is a problem', async () => {
    const deep = (depth: number): unknown => depth === 0 ? 0 : [deep(depth - 1)];
    expect(await codes({ ...anEvent(), extra: deep(maxJsonNesting) })).to.deep.equal(['json-syntax']);
    expect(await codes('{"a":'.repeat(200_000))).to.deep.equal(['json-syntax']);
  });
  it('an answer over the limit is a problem', async () => { expect(await codes(new Uint8Array(maxJsonBytes + 1))).to.deep.equal(['json-syntax']); });
  it('__proto__ and inherited names are members like any other, and harmless', async () => {
    const { activities } = await readAnswer(`{"__proto__":{"itemName":"x"},"constructor":{"prototype":{"y":1}},"results":[${JSON.stringify(anEvent())}],"_links":{"self":{"href":"/v6/restoresessions/${sessionId}/events"}}}`);
    expect(activities).to.have.length(1);
    expect(({} as Record<string, unknown>)['itemName']).to.equal(undefined);
    expect(await codes('{"__proto__":{"creationTime":"2022-05-02T22:14:58Z","state":"Stopped","type":"Vex"}}')).to.deep.equal(['json-not-rest']);
  });
  for (const count of [31, 60, 10_001]) it(`${String(count)} results are ${String(count)} activities, each once`, async () => {
    const results = Array.from({ length: count }, (_, order) => anEvent({ order, id: `00000000-0000-4000-8000-${String(order).padStart(12, '0')}` }));
    const { activities, problems } = await readAnswer(eventsPage(results));
    expect(problems).to.deep.equal([]);
    expect(new Set(activities.map(({ event }) => event['event.id'])).size).to.equal(count);
  });
});

describe('ids', () => {
  const events = Array.from({ length: 12 }, (_, order) => anEvent({ order, id: `00000000-0000-4000-8000-${String(order).padStart(12, '0')}`, status: order % 3 === 0 ? 'Running' : 'Success' }));
  const idsOf = async (answers: readonly unknown[], file = 'a.json'): Promise<readonly unknown[]> => {
    const all = await Promise.all(answers.map((answer) => readAnswer(answer, { file })));
    return [...new Set(all.flatMap(({ activities }) => activities.map(({ event }) => event['event.id'])))].sort();
  };

  it('an event that went from Running to Failed has two ids and one identity', async () => {
    const [running, failed] = await Promise.all([{ status: 'Running', endTime: null }, { status: 'Failed' }].map(async (members) => (await readAnswer(eventsPage([anEvent(members)]))).activities[0]!));
    expect(running!.event['event.id']).not.to.equal(failed!.event['event.id']);
    expect([eventFacts(running).session, eventFacts(running).id]).to.deep.equal([eventFacts(failed).session, eventFacts(failed).id]);
  });
  it('versions, files and letters of a GUID make no difference', async () => {
    const [one] = await idsOf([eventsPage([anEvent()])]);
    expect(await idsOf([eventsPage([anEvent({ id: '561711EC-67B5-5118-B2C4-37FF0A0C55C0', organizationId: other })], `/v8/RestoreSessions/${sessionId.toUpperCase()}/Events`)], 'b.json')).to.deep.equal([one]);
  });
  it('pages of any size, in any order, overlapping, give the same ids', async () => {
    const whole = await idsOf([eventsPage(events)]);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 5 })), { maxLength: 8 }), fc.integer({ min: 1, max: 6 }), fc.boolean(), async (extra, size, isOneFile) => {
      const starts = Array.from({ length: Math.ceil(12 / size) }, (_, page) => [page * size, size] as const);
      const pages = [...extra, ...starts].sort(([a, b], [c, d]) => (a * 7 + b) % 5 - (c * 7 + d) % 5).map(([from, length]) => ({ ...eventsPage(events.slice(from, from + length)), offset: from }));
      expect(await idsOf(isOneFile ? [pages.map((page) => JSON.stringify(page)).join('\n')] : pages)).to.deep.equal(whole);
    }), { numRuns: 50 });
  });
  it('a file cut anywhere throws nothing and invents nothing', async () => {
    const bytes = readFileSync(new URL('../../samples/s01-cloud-connect-default/rest/v6-events-page1.json', import.meta.url));
    const file = '8e3ff74e-1b53-5ad0-97c0-938f143a870d.json';
    const whole = new Set((await readAnswer(bytes, { file })).activities.map(({ event }) => event['event.id']));
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length), async (length) => {
      const { activities } = await readAnswer(bytes.subarray(0, length), { file });
      for (const { event } of activities) expect(whole.has(event['event.id'])).to.equal(true);
    }), { numRuns: 100 });
  });
  it('no value of any form throws', async () => {
    const member = fc.constantFrom('id', 'type', 'creationTime', 'endTime', 'state', 'result', 'startTime', 'status', 'order', 'message', 'title', 'results', '_links', 'self', 'href', 'eventType', 'user', 'name', 'enableNotification', 'itemName', 'source', 'target', 'itemSizeBytes', 'Count', 'value', '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.constantFrom<unknown>('None', 'Save', '2022-05-02T22:17:03Z', `/v6/restoresessions/${sessionId}/events`, null, true, 7), fc.string(), fc.dictionary(member, tie('tree'), { maxKeys: 6 }), fc.array(tie('tree'), { maxLength: 3 })),
    }));
    await fc.assert(fc.asyncProperty(tree, async (value) => { await readAnswer(value ?? null); }), { numRuns: 300 });
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => { await readAnswer(bytes); }), { numRuns: 200 });
    await fc.assert(fc.asyncProperty(fc.constantFrom('aSession', 'anEvent'), fc.dictionary(member, tree), async (base, members) => {
      await readAnswer(eventsPage([base === 'anEvent' ? anEvent(members) : aSession(members)]));
    }), { numRuns: 300 });
  });
});
