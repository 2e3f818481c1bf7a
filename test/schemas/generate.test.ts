import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readFieldTable } from '../../schemas/field-table.ts';
import { generate, loadFieldTable } from '../../schemas/generate.ts';
import { fieldKinds } from '../../src/event-fields.ts';
import type { Event } from '../../src/event.ts';
import { cefFields } from '../../src/text/cef-fields.ts';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('schemas/fields.yml', root), 'utf8').replaceAll('\r\n', '\n');

describe('what is generated from the field table', () => {
  for (const [path, expected] of Object.entries(generate(loadFieldTable()))) {
    it(`${path} is fresh: else run npm run generate`, () => { expect(readFileSync(new URL(path, root), 'utf8').replaceAll('\r\n', '\n')).to.equal(expected); });
  }
  it('the compiler knows every name and refuses others', () => {
    const event: Event = { 'user.name': 'alice', 'vb365.result': 'success' };
    // @ts-expect-error a name that is not in the table
    const unknown: Event = { 'user.nome': 'alice' };
    // @ts-expect-error a value outside its closed list
    const outside: Event = { 'vb365.result': 'fine' };
    // @ts-expect-error an array where one value belongs
    const list: Event = { 'user.name': ['alice'] };
    expect([event, unknown, outside, list].flatMap(Object.keys).filter((name) => !(name in fieldKinds))).to.deep.equal(['user.nome']);
  });
});

describe('the field table', () => {
  const table = loadFieldTable();

  it('writes the CEF extension in the order of the field map', () => {
    const order = 'rt start end act outcome cat suser sntdom suid duser duid shost src c6a2 dvchost dvc deviceExternalId deviceFacility destinationServiceName sproc fname fileType fsize oldFilePath filePath '
      + 'cs1 cs2 cs3 cs4 cs5 cs6 cn1 cn2 cn3 flexString1 flexString2 deviceCustomDate1 reason cnt type threatAttackID '
      + 'vb365Level vb365Tenant vb365Result vb365Reported vb365ActorKind vb365SessionKind vb365ItemClass vb365RestoreId vb365Revision vb365TargetKind vb365Gaps '
      + 'vb365CtxHostGroups vb365CtxInScope vb365CtxLocalHour vb365CtxNovelty vb365CtxOffHours vb365CtxOperatorGroups vb365CtxOperatorIsOwner vb365CtxOwnerGroups vb365CtxRestorePointAge vb365CtxTargetPlace '
      + 'vb365RuleId vb365Truncated externalId devicePayloadId msg';
    expect(cefFields.map(({ key }) => key).join(' ')).to.equal(order);
  });
  it('sends every derived fact, under its name in other letters', () => {
    const context = table.fields.map(({ name }) => name).filter((name) => name.startsWith('vb365.context.'));
    const keys = new Map(cefFields.map(({ key, from }) => [from[0], key]));
    expect(context).to.have.length(10);
    for (const name of context) expect(keys.get(name as 'vb365.context.novelty'), name).to.equal(`vb365Ctx${name.slice('vb365.context.'.length).split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`);
  });
  it('has the closed lists of the field map', () => {
    const allowed = (name: string): string => table.fields.find((field) => field.name === name)?.allowed?.join(' ') ?? '';
    const lists: Readonly<Record<string, string>> = {
      'event.outcome': 'success failure unknown', 'vb365.severity': 'informational low medium high critical', 'vb365.result': 'success warning failed cancelled skipped running none',
      'vb365.operation': 'view save export send restore', 'vb365.workload': 'exchange onedrive sharepoint teams',
      'vb365.owner.type': 'mailbox archive_mailbox onedrive personal_site site team group public_folder unknown',
      'vb365.item.kind': 'message appointment contact task note folder file list list_item site post channel tab team mailbox other',
      'vb365.target.kind': 'none original elsewhere file email unknown', 'vb365.client.tool': 'explorer portal rest_api powershell unknown',
      'vb365.origin.kind': 'explorer_log archiver_log rest_log audit_mail rest_api', 'vb365.attribution.confidence': 'confirmed corroborated probable ambiguous organization unknown',
      'vb365.restore.state': 'open closed', 'vb365.session.kind': 'rest explorer', 'vb365.time.precision': 'ms s min', 'vb365.time.basis': 'explicit header config assumed',
      'service.name': 'Exchange Online OneDrive for Business SharePoint Online Microsoft Teams',
    };
    for (const [name, values] of Object.entries(lists)) expect(allowed(name), name).to.equal(values);
  });
  it('has array fields exactly where the field map has them, and where audit mails and times need them', () => {
    expect(table.fields.filter(({ list }) => list === true).map(({ name }) => name).sort()).to.deep.equal([
      'email.to.address', 'event.category', 'event.type', 'observer.ip', 'related.hosts', 'related.ip', 'related.user', 'threat.tactic.id', 'threat.tactic.name', 'threat.technique.id', 'threat.technique.name',
      'vb365.alert.events', 'vb365.attribution.candidates', 'vb365.attribution.evidence', 'vb365.attribution.gaps', 'vb365.audit.extra', 'vb365.context.host_groups', 'vb365.context.novelty',
      'vb365.context.operator_groups', 'vb365.context.owner_groups', 'vb365.mail.damage', 'vb365.mail.reasons', 'vb365.restore.items.names', 'vb365.restore.sources', 'vb365.time.candidates', 'vb365.truncated',
    ]);
  });

  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['a name twice', text.replace('- { name: ecs.version,', '- { name: message, type: text, levels: A, meaning: again }\n  - { name: ecs.version,'), /message is listed twice/],
    ['a field that is a group', text.replace('- { name: ecs.version,', '- { name: ecs, type: keyword, levels: A, meaning: group }\n  - { name: ecs.version,'), /ecs is a field and the group of ecs\.version/],
    ['a group in two places', text.replace('- { name: group.name,', '- { name: event.late, type: keyword, levels: a, meaning: apart }\n  - { name: group.name,'), /event\.late stands apart/],
    ['a CEF key from no field', text.replace('from: [event.action]', 'from: [event.acton]'), /act is filled from event\.acton/],
    ['a CEF key twice', text.replace('{ key: outcome,', '{ key: act,'), /CEF key act is listed twice/],
    ['an unknown type', text.replace('name: message, type: text', 'name: message, type: string'), /\/fields\/1\/type/],
    ['an unknown member', text.replace('name: message, type', 'name: message, color: red, type'), /\/fields\/1: must NOT have additional properties/],
    ['no YAML', `${text}\n  - [`, /Flow|flow/],
  ];
  for (const [name, content, expected] of faults) {
    it(`refuses ${name}`, () => {
      expect(content).not.to.equal(text);
      expect(() => readFieldTable(content)).to.throw(expected);
    });
  }
});
