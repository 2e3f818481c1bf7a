import { expect } from 'chai';
import { loadFieldTable } from '../../schemas/generate.ts';
import type { Event, FieldName } from '../../src/event.ts';
import { createTenants } from '../../src/route/tenants.ts';
import { cefLine } from '../../src/emit/cef.ts';
import { ecsDocument, ecsLine } from '../../src/emit/ecs.ts';
import { lintCef } from '../../src/text/cef-lint.ts';
import { activityEvent, alertEvent, restoreEvent } from '../emit/example-events.ts';
import { shorten } from '../../src/emit/shorten.ts';
import { cells, mail, bodyHtml, row, rowHtml, tableHtml, titles } from '../parsers/audit-email/compose-mail.ts';
import { checkEvent, eventFaults } from './event-contract.ts';
import { sampleAlerts } from './sample-alerts.ts';
import { eventsOf, sampleEvents, worldEvents, type SampleEvents } from './sample-events.ts';

const table = loadFieldTable();
const later = new Set(table.fields.filter((field) => field.later === true).map(({ name }) => name));

/** Alerts belong to the rules, the scope of a role to a read of the roles, the rest to the daemon and its privacy settings. */
const laterByName: readonly string[] = [
  'event.created', 'event.original', 'observer.ip', 'user.full_name', 'user.id', 'vb365.item.id', 'vb365.owner.url', 'vb365.restore.items.names',
  'vb365.change.before',
  'vb365.collector.host', 'vb365.collector.version',
  'vb365.context.in_scope',
];

describe('fields of events', () => {
  let samples: readonly SampleEvents[] = [];
  before(async function () {
    this.timeout(60_000);
    samples = [...await sampleEvents(), await worldEvents(1), await rareEvents(), sampleAlerts()];
  });
  const all = (): readonly Event[] => samples.flatMap(({ activities, restores, findings }) => [...activities, ...restores, ...findings]);

  it('the examples of the field map keep the contract', () => {
    for (const event of [restoreEvent, activityEvent, alertEvent]) checkEvent(event);
  });
  it('every event of every sample keeps the contract', () => { for (const event of all()) checkEvent(event); });
  it('the samples give events of every level that is not of later', () => {
    expect([...new Set(all().map((event) => event['vb365.level']))].sort()).to.deep.equal(['activity', 'alert', 'health', 'restore']);
  });
  it('every event of every sample is JSON that reads back, and CEF that the linter lets pass', () => {
    for (const event of all()) {
      expect(JSON.parse(ecsLine(event))).to.deep.equal(ecsDocument(event));
      expect(lintCef(cefLine(event)), cefLine(event)).to.deep.equal([]);
    }
  });

  it('exactly these fields are of later', () => { expect([...later].sort()).to.deep.equal([...laterByName].sort()); });
  it('no sample gives a field of later', () => {
    const given = new Set(all().flatMap((event) => Object.keys(event)));
    expect([...later].filter((name) => given.has(name))).to.deep.equal([]);
  });
  it('every other field is given by some sample', () => {
    const given = new Set(all().flatMap((event) => Object.keys(event)));
    expect(table.fields.map(({ name }) => name).filter((name) => !later.has(name) && !given.has(name))).to.deep.equal([]);
  });

  it('every field marked personal is one that names people, their things or their machines', () => {
    const impersonal = table.fields.filter(({ name, personal }) => /^(user|email|file)\./.test(name) && personal !== true).map(({ name }) => name);
    expect(impersonal).to.deep.equal([]);
  });
});

/** What no sample shows: cells nobody has seen, a mended mail, the answer that names the installation, an event too long for its message. */
async function rareEvents(): Promise<SampleEvents> {
  const unknownColumn = `<table>${rowHtml([...titles, 'Ticket'])}${rowHtml([...cells, 'INC-7'])}</table>`;
  const mails = [tableHtml(row({ Type: 'hologram' })), tableHtml(row({ Operation: 'Purge' })), unknownColumn].map((table, index) => mail({ html: bodyHtml(table), messageId: `rare-${String(index)}@vb365.contoso.example` }));
  const unfinished = mail({ messageId: 'rare-3@vb365.contoso.example', mime: `Content-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${bodyHtml(tableHtml(cells))}\r\n` });
  const installation = Buffer.from(JSON.stringify({ installationId: '8a329652-7336-5bf7-9cc5-cc1512d4ffb2', version: '13.0.0.100' }));
  const files = [...mails, unfinished].map((bytes, index) => ({ file: `rare-${String(index)}.eml`, bytes }));
  const events = await eventsOf('rare inputs', [...files, { file: 'ServiceInstance.json', bytes: installation }], createTenants());
  const short = shorten({ ...events.restores[0]!, 'event.reason': 'because '.repeat(2000) }, (event) => Buffer.byteLength(ecsLine(event)) <= 8000);
  return { ...events, restores: [...events.restores, short!] };
}

describe('the event contract', () => {
  const without = (...names: readonly FieldName[]): Event => Object.fromEntries(Object.entries(restoreEvent).filter(([name]) => !names.includes(name as FieldName)));
  const rows: readonly (readonly [string, Event, RegExp])[] = [
    ['a field that is not in the table', { ...restoreEvent, 'vb365.surprise': 'x' } as Event, /vb365\.surprise is not in/],
    ['an empty value', { ...restoreEvent, 'vb365.owner.id': '' }, /vb365\.owner\.id is there without a value/],
    ['a dash for a value', { ...restoreEvent, 'vb365.owner.id': '-' }, /vb365\.owner\.id is there without a value/],
    ['a value outside a closed list', { ...restoreEvent, 'vb365.result': 'fine' as 'success' }, /\/vb365\/result must be equal to one of/],
    ['an action of another level', { ...restoreEvent, 'event.action': 'folder-open', 'event.code': 'vb365.restore.folder-open' }, /\/event\/action must be equal/],
    ['a required field missing', without('vb365.restore.id'), /must have required property 'id'/],
    ['a restore without organisation-independent evidence', without('vb365.attribution.evidence'), /rests on evidence/],
    ['a time without milliseconds', { ...restoreEvent, '@timestamp': '2026-11-22T09:11:16Z' }, /\/@timestamp must match pattern/],
    ['a number as text', { ...restoreEvent, 'vb365.item.size': '80998' as unknown as number }, /\/vb365\/item\/size must be integer/],
    ['an address that is none', { ...restoreEvent, 'source.ip': 'WKS-07' }, /\/source\/ip must match/],
    ['an operator beside ambiguous', { ...restoreEvent, 'vb365.attribution.confidence': 'ambiguous', 'vb365.attribution.candidates': ['alice', 'bob'] }, /user\.\* stands only beside/],
    ['an operator beside organization', { ...restoreEvent, 'vb365.attribution.confidence': 'organization' }, /user\.\* stands only beside/],
    ['an operator beside unknown', { ...restoreEvent, 'vb365.attribution.confidence': 'unknown' }, /user\.\* stands only beside/],
    ['no operator beside confirmed', { ...without('user.name', 'user.domain'), 'vb365.attribution.confidence': 'confirmed', 'related.user': ['Ann Lee'] }, /names one/],
    ['the organisation as operator', { ...restoreEvent, 'user.name': 'fabrikam.onmicrosoft.example', 'related.user': ['Ann Lee'] }, /not the organisation/],
    ['the word unknown as operator', { ...restoreEvent, 'user.name': 'Unknown', 'related.user': ['Ann Lee'] }, /no word for nobody/],
    ['a service account as an operator', { ...restoreEvent, 'vb365.attribution.kind': 'service_account' }, /a person or an account that people share/],
    ['a site as a person', { ...restoreEvent, 'vb365.owner.type': 'site' }, /owner that is a person/],
    ['candidates beside a certain operator', { ...restoreEvent, 'vb365.attribution.candidates': ['alice', 'bob'] }, /candidates stand only/],
    ['one candidate', { ...without('user.name', 'user.domain'), 'vb365.attribution.confidence': 'ambiguous', 'vb365.attribution.candidates': ['alice'], 'related.user': ['Ann Lee'] }, /at least two candidates/],
    ['a candidate among the related users', { ...restoreEvent, 'related.user': ['alice', 'bob'] }, /operator and owner and nobody else/],
    ['an address that is not name and domain', { ...restoreEvent, 'user.email': 'alice@contoso.example' }, /name and its domain/],
    ['the gateway as client', { ...restoreEvent, 'source.ip': '198.51.100.17' }, /client is not the gateway/],
    ['a wrong severity word', { ...restoreEvent, 'vb365.severity': 'high' }, /say the same \(5\)/],
    ['a failed restore of outcome success', { ...restoreEvent, 'vb365.result': 'failed' }, /outcome follows/],
    ['an end before its start', { ...restoreEvent, 'event.end': '2026-11-22T09:11:11.000Z', '@timestamp': '2026-11-22T09:11:11.000Z' }, /not before its start/],
    ['a sentence with a line break', { ...restoreEvent, 'message': 'a\nb' }, /one line/],
    ['a file that is a message', { ...restoreEvent, 'file.name': 'Q3, final' }, /message or a file/],
    ['a view with a target', { ...restoreEvent, 'event.action': 'item-view', 'event.code': 'vb365.restore.item-view', 'vb365.operation': 'view', 'event.severity': 1, 'vb365.severity': 'informational' }, /view has no target/],
  ];
  for (const [name, event, expected] of rows) {
    it(`finds ${name}`, () => { expect(eventFaults(event).join('\n')).to.match(expected); });
  }
});
