import { expect } from 'chai';
import { eventFacts, readSample, sessionFacts } from './read-answer.ts';

/** action, time, item, owner, place it went to, result: read from the samples by a person */
type Row = readonly (string | undefined)[];
const files: Readonly<Record<string, readonly Row[]>> = {
  's01-cloud-connect-default/rest/v6-events-page1.json': [
    ['session-message', '2022-05-02T22:14:58.332Z', undefined, undefined, undefined, 'success'],
    ['item-view', '2022-05-02T22:16:20.410Z', 'Invoices', 'Mere Tamihana', undefined, 'success'],
    ['item-save', '2022-05-02T22:17:03.501Z', 'Invoice 4471 - Northwind', 'Mere Tamihana', 'C:\\Users\\aroha.ngata\\Desktop', 'success'],
    ['item-view', '2022-05-02T22:17:05.221Z', 'Archive 2021', 'Mere Tamihana', undefined, 'success'],
    ['item-save', '2022-05-02T22:17:06.095Z', 'RE: Payment run (May)', 'Mere Tamihana', 'C:\\Users\\aroha.ngata\\Desktop', 'success'],
  ],
  's01-cloud-connect-default/rest/v6-events-page2.json': [
    ['item-save', '2022-05-02T22:21:44.110Z', 'Board minutes', 'Mere Tamihana', 'C:\\Users\\aroha.ngata\\Desktop', 'failed'],
    ['item-save', '2022-05-02T22:21:45.002Z', 'Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total', 'Mere Tamihana', 'C:\\Users\\aroha.ngata\\Desktop', 'success'],
    ['item-save', '2022-05-02T22:21:45.610Z', 'Delivery notice', 'Mere Tamihana', 'C:\\Users\\aroha.ngata\\Desktop', 'success'],
    ['session-message', '2022-05-02T22:26:11.080Z', undefined, undefined, undefined, 'success'],
  ],
  's01-cloud-connect-default/rest/v6-restoresessions-page1.json': [
    ['session-start', '2022-05-02T23:02:41.118Z', undefined, undefined, undefined, 'running'],
    ['session-start', '2022-05-02T22:14:58.331Z', undefined, undefined, undefined, 'warning'],
    ['session-end', '2022-05-02T22:26:11.084Z', undefined, undefined, undefined, 'warning'],
  ],
  's01-cloud-connect-default/rest/v6-restoresessions-page2.json': [
    ['session-start', '2022-05-02T21:40:12.900Z', undefined, undefined, undefined, 'success'],
    ['session-end', '2022-05-02T21:58:30.001Z', undefined, undefined, undefined, 'success'],
  ],
  's02-cloud-connect-extended/rest/v6-events.json': [
    ['session-message', '2022-07-08T02:06:17.205Z', undefined, undefined, undefined, 'success'],
    ['item-view', '2022-07-08T02:07:40.550Z', 'Budget, 2023', 'Lindqvist, Per', undefined, 'success'],
    ['item-save', '2022-07-08T02:08:15.340Z', 'Quarterly figures', 'Lindqvist, Per', 'C:\\Restores', 'success'],
    ['item-save', '2022-07-08T02:08:18.024Z', 'Quote, 3.5 MB, attached', 'Lindqvist, Per', 'C:\\Restores', 'success'],
    ['item-save', '2022-07-08T02:08:20.111Z', 'Planungsgespräch Δ — "Q3"', 'Lindqvist, Per', 'C:\\Restores', 'success'],
    ['item-save', '2022-07-08T02:12:01.200Z', 'Quarterly figures', 'Lindqvist, Per', 'C:\\Restores', 'success'],
  ],
  's02-cloud-connect-extended/rest/v6-restoresessions.json': [['session-start', '2022-07-08T02:06:17.204Z', undefined, undefined, undefined, 'running']],
  's03-on-premises-en-us/rest/v6-events.json': [
    ['session-message', '2021-08-09T20:41:14.701Z', undefined, undefined, undefined, 'success'],
    ['item-view', '2021-08-09T20:49:20.110Z', 'HR', 'Nadia Haddad', undefined, 'success'],
    ['item-save', '2021-08-09T20:52:30.330Z', 'Offer letter (draft)', 'Nadia Haddad', 'D:\\Restore', 'success'],
    ['item-restore', '2021-08-09T20:55:10.220Z', 'Offer letter (draft)', 'Nadia Haddad', 'Nadia Haddad\\Inbox\\HR', 'success'],
    ['item-restore', '2021-08-09T20:55:40.101Z', 'Salary review 2021', 'Nadia Haddad', 'Joan Whitfield\\Inbox\\Restored', 'success'],
    ['session-message', '2021-08-09T21:10:00.550Z', undefined, undefined, undefined, 'success'],
  ],
  's03-on-premises-en-us/rest/v6-restoresessions.json': [
    ['session-start', '2021-08-09T20:41:14.700Z', undefined, undefined, undefined, 'success'],
    ['session-end', '2021-08-09T21:10:00.551Z', undefined, undefined, undefined, 'success'],
  ],
  's05-bracketed/rest/v7-events.json': [
    ['session-message', '2023-11-21T15:11:53.241Z', undefined, undefined, undefined, 'success'],
    ['item-save', '2023-11-21T15:13:00.014Z', 'Signed contract', 'Sofia Marin', '\\\\files.woodgrove.example\\legal$\\out', 'success'],
  ],
  's05-bracketed/rest/v7-restoresessions.json': [['session-start', '2023-11-21T15:11:53.240Z', undefined, undefined, undefined, 'running']],
  's06-archiver-rest-error/rest/v6-restoresession.json': [
    ['session-start', '2020-06-20T08:23:53.884Z', undefined, undefined, undefined, 'failed'],
    ['session-end', '2020-06-20T08:51:17.220Z', undefined, undefined, undefined, 'failed'],
  ],
  's07-two-operators-one-host/rest/v6-events-a.json': [
    ['session-message', '2022-06-13T21:31:05.221Z', undefined, undefined, undefined, 'success'],
    ['item-view', '2022-06-13T21:40:31.100Z', 'Payroll', 'Ana Petrova', undefined, 'success'],
    ['item-save', '2022-06-13T21:41:10.330Z', 'Payroll June', 'Ana Petrova', 'D:\\Restores', 'success'],
    ['item-save', '2022-06-13T21:44:20.200Z', 'Leave balance', 'Ana Petrova', 'C:\\Users\\h.fraser\\Desktop', 'success'],
    ['session-message', '2022-06-13T21:50:40.100Z', undefined, undefined, undefined, 'success'],
  ],
  's07-two-operators-one-host/rest/v6-events-b.json': [
    ['session-message', '2022-06-13T21:34:40.611Z', undefined, undefined, undefined, 'success'],
    ['item-view', '2022-06-13T21:40:50.100Z', 'Payroll', 'Ana Petrova', undefined, 'success'],
    ['item-save', '2022-06-13T21:41:12.030Z', 'Payroll June', 'Ana Petrova', 'D:\\Restores', 'success'],
  ],
  's07-two-operators-one-host/rest/v6-restoresessions.json': [
    ['session-start', '2022-06-13T21:34:40.610Z', undefined, undefined, undefined, 'running'],
    ['session-start', '2022-06-13T21:31:05.220Z', undefined, undefined, undefined, 'success'],
    ['session-end', '2022-06-13T21:50:40.110Z', undefined, undefined, undefined, 'success'],
  ],
  's11-v8-portal-and-feed/rest/v8-events.json': [
    ['session-message', '2025-03-11T09:02:14.552Z', undefined, undefined, undefined, 'success'],
    ['item-restore', '2025-03-11T09:02:20.100Z', 'File: plan.xlsx', 'Finance', 'https://contoso.sharepoint.example/sites/Finance', 'success'],
    ['item-restore', '2025-03-11T09:02:33.600Z', 'File: comparison; target: x.pdf', 'Finance', 'https://contoso.sharepoint.example/sites/Finance', 'skipped'],
    ['session-message', '2025-03-11T09:02:51.005Z', undefined, undefined, undefined, 'success'],
  ],
  's11-v8-portal-and-feed/rest/v8-restoresessions.json': [
    ['session-start', '2025-03-11T09:02:14.551Z', undefined, undefined, undefined, 'success'],
    ['session-end', '2025-03-11T09:02:51.010Z', undefined, undefined, undefined, 'success'],
  ],
  's12-multi-session-and-dst/rest/v6-events-a.json': [
    ['session-message', '2022-04-02T13:42:20.301Z', undefined, undefined, undefined, 'success'],
    ['item-save', '2022-04-02T14:04:30.100Z', 'Q1', 'Tama Rewi', 'C:\\Exports', 'success'],
  ],
  's12-multi-session-and-dst/rest/v6-events-b.json': [
    ['session-message', '2022-04-02T13:50:05.401Z', undefined, undefined, undefined, 'success'],
    ['item-save', '2022-04-02T13:58:11.100Z', 'Q1', 'Store 12', 'C:\\Exports', 'success'],
  ],
  's12-multi-session-and-dst/rest/v6-restoresessions.json': [
    ['session-start', '2022-04-02T13:50:05.400Z', undefined, undefined, undefined, 'running'],
    ['session-start', '2022-04-02T13:42:20.300Z', undefined, undefined, undefined, 'running'],
  ],
};

describe('REST samples', () => {
  for (const [file, rows] of Object.entries(files)) it(file, async () => {
    const { activities, problems } = await readSample(file);
    expect(problems).to.deep.equal([]);
    const got = activities.map(({ event }) => (['event.action', '@timestamp', 'vb365.item.name', 'vb365.owner.name', 'vb365.target.path', 'vb365.result'] as const).map((field) => event[field]));
    expect(got).to.deep.equal(rows.map((row) => [...row, ...Array<undefined>(6 - row.length)]));
  });

  it('every event carries the common fields, and no field without a value', async () => {
    const list = ['s11-v8-portal-and-feed/rest/v8-auditemailsettings.json', 's11-v8-portal-and-feed/rest/v8-audititems.json', 's11-v8-portal-and-feed/rest/v8-change-feed-1.json'];
    for (const file of [...Object.keys(files), ...list]) for (const { event } of (await readSample(file)).activities) {
      expect(event).to.include({
        'ecs.version': '9.4.0', 'event.kind': 'event', 'event.code': `vb365.activity.${String(event['event.action'])}`, 'event.module': 'vb365_siem', 'event.dataset': 'vb365_siem.audit',
        'event.severity': 1, 'vb365.severity': 'informational', 'vb365.level': 'activity', 'vb365.schema.version': '1', 'observer.vendor': 'Veeam',
        'observer.product': 'Backup for Microsoft 365', 'observer.type': 'backup', 'vb365.origin.source': 'test', 'vb365.origin.kind': 'rest_api', 'vb365.origin.file': file,
      });
      expect(event['event.id']).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(event).to.include.all.keys('message', 'event.category', 'event.type', 'event.outcome', 'vb365.origin.source');
      for (const [field, value] of Object.entries(event)) expect(value, field).not.to.be.oneOf([null, undefined, '', '-', 'unknown user', 'N/A']);
      if (list.includes(file)) expect(event).not.to.have.property('@timestamp');
      else expect(event).to.include({ 'vb365.time.precision': 'ms', 'vb365.time.basis': 'explicit' });
    }
  });
  it('operator and owner are never each other', async () => {
    for (const file of Object.keys(files)) for (const { event } of (await readSample(file)).activities) {
      const operator = event['user.name'];
      if (operator !== undefined) expect(operator).not.to.be.oneOf([event['user.target.name'], event['user.target.full_name'], event['vb365.owner.name']]);
      if (['ambiguous', 'organization', 'unknown', undefined].includes(event['vb365.attribution.confidence'])) expect(event).not.to.have.any.keys('user.name', 'user.domain', 'user.email');
    }
  });
  it('s01: the worked example', async () => {
    const { activities } = await readSample('s01-cloud-connect-default/rest/v6-events-page1.json');
    const save = activities[2]!;
    expect(eventFacts(save)).to.include({
      session: '8e3ff74e-1b53-5ad0-97c0-938f143a870d', id: '561711ec-67b5-5118-b2c4-37ff0a0c55c0', operation: 'save', order: 2, itemSize: 81003,
      source: 'Mere Tamihana\\Inbox\\Invoices', target: 'C:\\Users\\aroha.ngata\\Desktop', path: 'C:\\Users\\aroha.ngata\\Desktop\\Invoice 4471 - Northwind.msg',
    });
    expect(save.event).to.include({
      'event.duration': 2_589_430_900, 'event.end': '2022-05-02T22:17:06.091Z', 'event.outcome': 'success', 'email.subject': 'Invoice 4471 - Northwind',
      'vb365.item.kind': 'message', 'vb365.item.class': 'IPM.Note', 'vb365.item.size': 81003, 'vb365.item.path': 'Mere Tamihana\\Inbox\\Invoices',
      'vb365.target.kind': 'file', 'vb365.owner.type': 'mailbox', 'user.target.full_name': 'Mere Tamihana', 'vb365.workload': 'exchange', 'vb365.operation': 'save',
    });
    expect(save.event).not.to.have.any.keys('user.name', 'user.email', 'organization.name');
  });
  it('s01: the provider session names no person, and its gateway is not its client', async () => {
    const { activities } = await readSample('s01-cloud-connect-default/rest/v6-restoresessions-page1.json');
    const joined = activities[1]!;
    expect(joined.event).to.include({
      'vb365.attribution.confidence': 'organization', 'vb365.attribution.kind': 'organization', 'vb365.attribution.reported': 'contoso.onmicrosoft.example',
      'source.domain': 'CONTADM01', 'source.address': 'CONTADM01 (via: 203.0.113.17)', 'vb365.client.gateway_ip': '203.0.113.17', 'vb365.client.tool': 'explorer',
    });
    expect(joined.event).not.to.have.any.keys('user.name', 'user.domain', 'user.email', 'source.ip', 'related.user');
    expect(sessionFacts(joined)).to.include({ initiatorKind: 'organization', clientHost: 'CONTADM01', gateway: '203.0.113.17' });
  });
  it('s02: the sentinel is no end, and gives no duration', async () => {
    const { activities } = await readSample('s02-cloud-connect-extended/rest/v6-restoresessions.json');
    expect(sessionFacts(activities[0])).not.to.have.property('ended');
    expect(activities[0]!.event).not.to.have.any.keys('event.end', 'event.duration');
    expect(activities[0]!.event).to.include({ 'event.outcome': 'unknown' });
  });
  it('s02: an appointment, and a path with replaced characters', async () => {
    const { activities } = await readSample('s02-cloud-connect-extended/rest/v6-events.json');
    expect(activities[4]!.event).to.include({ 'vb365.item.kind': 'appointment', 'email.subject': 'Planungsgespräch Δ — "Q3"' });
    expect(eventFacts(activities[4]).path).to.equal('C:\\Restores\\Planungsgespräch Δ — _Q3_.msg');
    expect(eventFacts(activities[5]).path).to.equal('C:\\Restores\\Quarterly figures1.msg');
  });
  it('s03: the operator as the source spells him, and one restore that crosses owners', async () => {
    const sessions = await readSample('s03-on-premises-en-us/rest/v6-restoresessions.json');
    expect(sessions.activities[0]!.event).to.include({
      'user.domain': 'ADATUM', 'user.name': 'J.Whitfield', 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.method': 'rest-initiator', 'vb365.attribution.reported': 'ADATUM\\J.Whitfield',
    });
    const events = await readSample('s03-on-premises-en-us/rest/v6-events.json');
    expect(events.activities[3]!.event['vb365.target.kind']).to.equal('original');
    expect(events.activities[4]!.event['vb365.target.kind']).to.equal('elsewhere');
    expect(events.activities[4]!.event['user.target.full_name']).to.equal('Nadia Haddad');
  });
  it('s05: null is no end either', async () => {
    const { activities } = await readSample('s05-bracketed/rest/v7-restoresessions.json');
    expect(sessionFacts(activities[0])).not.to.have.property('ended');
    expect(activities[0]!.event).to.include({ 'source.domain': 'wgvdi07.woodgrove.example', 'user.name': 't.okafor' });
  });
  it('s06: an account that called from the server itself is a program, not a person', async () => {
    const { activities } = await readSample('s06-archiver-rest-error/rest/v6-restoresession.json');
    expect(activities[0]!.event).to.include({ 'vb365.client.tool': 'rest_api', 'vb365.attribution.confidence': 'unknown', 'vb365.attribution.reported': 'FABVB365\\administrator', 'event.outcome': 'failure' });
    expect(activities[0]!.event).not.to.have.property('user.name');
  });
  it('s11: the portal session has an operator, a scope and a reason, and none is the other', async () => {
    const { activities } = await readSample('s11-v8-portal-and-feed/rest/v8-restoresessions.json');
    expect(activities[0]!.event).to.include({
      'user.email': 'portal.operator@contoso.onmicrosoft.example', 'user.name': 'portal.operator', 'vb365.session.scope': 'Finance team site',
      'event.reason': 'User request #4471 = "urgent" | please', 'source.ip': '192.0.2.210', 'vb365.client.tool': 'portal', 'vb365.workload': 'sharepoint',
    });
  });
  it('s11: an item name that holds a marker of the message changes nothing', async () => {
    const { activities } = await readSample('s11-v8-portal-and-feed/rest/v8-events.json');
    expect(activities[2]!.event).to.include({
      'vb365.item.path': '/sites/Finance/Shared Documents/General/comparison; target: x.pdf', 'vb365.target.path': 'https://contoso.sharepoint.example/sites/Finance',
      'event.outcome': 'failure', 'file.name': 'comparison; target: x.pdf', 'file.extension': 'pdf', 'vb365.owner.type': 'site',
      'organization.id': '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', 'vb365.owner.id': '6b1726f9-2cd4-56b6-bede-333274e47920',
    });
    expect(activities[2]!.event['event.category']).to.deep.equal(['file']);
    expect(activities[2]!.event).not.to.have.any.keys('user.target.name', 'user.target.full_name', 'user.target.id');
  });
  it('s11: the change feed tells of one deletion; types of other objects and of later builds pass in silence', async () => {
    const { activities, problems } = await readSample('s11-v8-portal-and-feed/rest/v8-change-feed-1.json');
    expect(problems).to.deep.equal([]);
    expect(activities.map(({ event }) => [event['event.action'], event['vb365.session.id']])).to.deep.equal([['restore-session-delete', '2974f47d-69c0-569a-832b-20fd0f84c0c9']]);
  });
  it('s11: an empty page of the feed is nothing', async () => {
    expect(await readSample('s11-v8-portal-and-feed/rest/v8-change-feed-2-empty.json')).to.deep.equal({ activities: [], problems: [] });
  });
  it('s11: an outdated token is an error with a remedy', async () => {
    const { activities, problems } = await readSample('s11-v8-portal-and-feed/rest/v8-error-outdated-token.json');
    expect(activities).to.deep.equal([]);
    expect(problems.map(({ code, message }) => [code, message])).to.deep.equal([['rest-error', 'the server answered OutdatedChangeToken: The change token is outdated.']]);
    expect(problems[0]!.remedy).to.include('latest');
  });
  it('s11: audit settings', async () => {
    const { activities } = await readSample('s11-v8-portal-and-feed/rest/v8-auditemailsettings.json');
    expect(activities).to.have.length(1);
    expect(activities[0]!.event).to.include({
      'event.action': 'audit-settings-state', 'message': 'Audit notifications are on, sent to security-audit@fabrikam.example;soc@fabrikam.example through mx1.fabrikam.example',
      'vb365.change.field': 'enabled', 'vb365.change.after': 'true',
    });
    expect(activities[0]!.event).to.deep.include({ 'event.category': ['configuration'], 'event.type': ['info'] });
  });
  it('s11: audited user and group', async () => {
    const { activities } = await readSample('s11-v8-portal-and-feed/rest/v8-audititems.json');
    expect(activities.map(({ facts }) => facts)).to.deep.equal([
      { kind: 'audit-item', type: 'User', name: 'mere.tamihana@contoso.example', displayName: 'Mere Tamihana' },
      { kind: 'audit-item', type: 'Group', name: 'exec@contoso.example', displayName: 'Executive team' },
    ]);
    expect(activities[0]!.event).to.include({ 'event.action': 'audit-items-state', 'user.target.email': 'mere.tamihana@contoso.example', 'user.target.full_name': 'Mere Tamihana' });
    expect(activities[1]!.event).to.include({ 'group.name': 'Executive team' });
    expect(activities[1]!.event).not.to.have.property('user.target.full_name');
  });
});
