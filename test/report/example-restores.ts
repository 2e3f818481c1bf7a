/** Restores as attribution hands them over, written down by hand from test/samples (s01, s02, s03, s07, s11) and from field-map.md section 9. */
import type { Event } from '../../src/event.ts';
import type { EvidenceLine } from '../../src/report/evidence.ts';

/** A restore of which only what a test is about differs from these fields. */
export function restoreOf(over: Event = {}): Event {
  return {
    '@timestamp': '2022-06-13T21:41:13.000Z', 'event.start': '2022-06-13T21:41:10.000Z', 'event.kind': 'event', 'event.action': 'item-save', 'event.outcome': 'success',
    'event.id': '00000000-0000-8000-8000-00000000000e', 'vb365.level': 'restore', 'vb365.operation': 'save', 'vb365.result': 'success', 'vb365.workload': 'exchange',
    'vb365.attribution.confidence': 'unknown', 'vb365.attribution.kind': 'unknown', 'vb365.owner.type': 'unknown', 'vb365.target.kind': 'unknown',
    'vb365.tenant.id': 'contoso', 'vb365.restore.id': '00000000-0000-8000-8000-000000000001', 'vb365.restore.revision': 1, 'vb365.restore.state': 'closed',
    'vb365.restore.sources': ['explorer_log'], 'vb365.restore.items.total': 1, ...over,
  };
}

/** The restore without some of its fields. */
export function without(restore: Event, ...names: readonly (keyof Event)[]): Event {
  return Object.fromEntries(Object.entries(restore).filter(([name]) => !names.includes(name as keyof Event)));
}

const fieldMap: Event = restoreOf({
  '@timestamp': '2026-11-22T09:11:16.503Z', 'event.start': '2026-11-22T09:11:12.000Z', 'event.end': '2026-11-22T09:11:16.503Z', 'user.name': 'alice', 'user.domain': 'CONTOSO',
  'user.target.name': 'ann.lee', 'user.target.domain': 'fabrikam.example', 'user.target.email': 'ann.lee@fabrikam.example', 'user.target.full_name': 'Ann Lee',
  'source.address': 'WKS-07 (via: 198.51.100.17)', 'source.domain': 'WKS-07', 'source.ip': '192.0.2.10', 'host.name': 'vb365-01.provider.example',
  'organization.name': 'fabrikam.onmicrosoft.example', 'service.name': 'Exchange Online', 'email.subject': 'Q3, final', 'vb365.tenant.id': 'fabrikam',
  'vb365.attribution.confidence': 'corroborated', 'vb365.attribution.kind': 'user', 'vb365.attribution.reported': 'fabrikam.onmicrosoft.example',
  'vb365.attribution.method': 'host-item-time', 'vb365.attribution.evidence': ['d2629c4d-4276-8e22-a192-83d0bdb86805', 'e7da5a57-cef5-8683-a95f-30635f15c175'],
  'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Ann Lee', 'vb365.client.gateway_ip': '198.51.100.17', 'vb365.session.restore_point': '2026-11-22T04:30:17.000Z',
  'vb365.item.name': 'Q3, final', 'vb365.item.class': 'IPM.Note', 'vb365.item.kind': 'message', 'vb365.item.size': 80_998, 'vb365.item.path': 'Ann Lee\\Inbox\\Finance',
  'vb365.target.kind': 'file', 'vb365.target.path': 'C:\\Users\\alice\\Desktop', 'vb365.restore.id': '270a11a6-2beb-870c-a24f-c80687c9a48a', 'vb365.restore.revision': 2,
  'vb365.restore.sources': ['explorer_log', 'rest_api'], 'event.id': 'fd0b3ad8-f8f0-8623-a7af-d1841fc5f7bb',
});

/** s03: one administrator, on premises; the third restore puts the data of one person into the mailbox of another. */
const nadia: Event = restoreOf({
  'event.start': '2021-08-09T20:52:30.330Z', '@timestamp': '2021-08-09T20:52:32.101Z', 'user.name': 'j.whitfield', 'user.domain': 'ADATUM', 'vb365.attribution.confidence': 'corroborated',
  'vb365.attribution.kind': 'user', 'vb365.attribution.reported': 'ADATUM\\J.Whitfield', 'vb365.attribution.method': 'explorer-header', 'vb365.attribution.evidence': ['s03-item', 's03-session', 's03-mail'],
  'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Nadia Haddad', 'user.target.full_name': 'Nadia Haddad', 'user.target.email': 'nadia.haddad@adatum.example',
  'organization.name': 'adatum.onmicrosoft.example', 'vb365.tenant.id': 'adatum', 'source.domain': 'ADAVB01', 'vb365.item.name': 'Offer letter (draft)', 'email.subject': 'Offer letter (draft)',
  'vb365.item.path': 'Nadia Haddad\\Inbox\\HR', 'vb365.target.kind': 'file', 'vb365.target.path': 'D:\\Restore', 'vb365.restore.id': 's03-1', 'vb365.restore.sources': ['explorer_log', 'audit_mail', 'rest_api'],
});
const nadiaBack: Event = {
  ...nadia, 'event.action': 'item-restore', 'vb365.operation': 'restore', 'event.start': '2021-08-09T20:55:10.220Z', '@timestamp': '2021-08-09T20:55:11.000Z', 'vb365.item.size': 48_213,
  'vb365.target.kind': 'original', 'vb365.target.path': 'Nadia Haddad\\Inbox\\HR', 'vb365.restore.id': 's03-2', 'vb365.restore.sources': ['explorer_log', 'rest_api'], 'vb365.attribution.gaps': ['mail-missing'],
};
const nadiaElsewhere: Event = {
  ...nadiaBack, 'event.start': '2021-08-09T20:55:40.101Z', '@timestamp': '2021-08-09T20:55:41.000Z', 'vb365.item.name': 'Salary review 2021', 'email.subject': 'Salary review 2021', 'vb365.item.size': 9_120,
  'vb365.target.kind': 'elsewhere', 'vb365.target.path': 'Joan Whitfield\\Inbox\\Restored', 'vb365.restore.id': 's03-3',
};

/** s07: two operators on one machine save messages of one name within two seconds. */
const payroll: Event = restoreOf({
  'event.start': '2022-06-13T21:41:10.330Z', 'user.name': 'h.fraser', 'user.domain': 'CONTOSO', 'vb365.attribution.confidence': 'corroborated', 'vb365.attribution.kind': 'user',
  'vb365.attribution.reported': 'contoso.onmicrosoft.example', 'vb365.attribution.method': 'explorer-header', 'vb365.attribution.evidence': ['s07-line-a', 's07-event-a'],
  'vb365.attribution.gaps': ['mail-missing'], 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Ana Petrova', 'user.target.full_name': 'Ana Petrova', 'organization.name': 'contoso.onmicrosoft.example',
  'source.domain': 'CONTADM01', 'vb365.item.name': 'Payroll June', 'email.subject': 'Payroll June', 'vb365.item.size': 66_120, 'vb365.item.path': 'Ana Petrova\\Inbox\\Payroll',
  'vb365.target.kind': 'file', 'vb365.target.path': 'D:\\Restores', 'vb365.restore.id': 's07-1', 'vb365.restore.sources': ['explorer_log', 'rest_api'],
});
const payrollMail: Event = restoreOf({
  'event.start': '2022-06-13T21:41:00.000Z', '@timestamp': '2022-06-13T21:41:00.000Z', 'vb365.attribution.confidence': 'ambiguous', 'vb365.attribution.candidates': ['CONTOSO\\h.fraser', 'CONTOSO\\l.matiu'],
  'vb365.attribution.reported': 'contoso.onmicrosoft.example', 'vb365.attribution.method': 'open-session', 'vb365.attribution.evidence': ['s07-mail', 's07-start-a', 's07-start-b'],
  'vb365.attribution.gaps': ['candidates-many', 'rest-missing'], 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Ana Petrova', 'user.target.email': 'ana.petrova@contoso.example',
  'organization.name': 'contoso.onmicrosoft.example', 'vb365.item.name': 'Payroll June', 'email.subject': 'Payroll June', 'vb365.item.path': 'Ana Petrova\\Inbox\\Payroll', 'vb365.target.kind': 'file',
  'vb365.target.path': 'D:\\Restores', 'vb365.restore.id': 's07-2', 'vb365.restore.sources': ['audit_mail'], 'vb365.result': 'none', 'event.outcome': 'unknown',
});

/** s01: one click, three messages of one mailbox; one of them fails. */
function mere(id: string, start: string, item: string, over: Event = {}): Event {
  return restoreOf({
    'event.start': start, '@timestamp': start, 'user.name': 'aroha.ngata', 'user.domain': 'CONTOSO', 'vb365.attribution.confidence': 'corroborated', 'vb365.attribution.kind': 'user',
    'vb365.attribution.reported': 'contoso.onmicrosoft.example', 'vb365.attribution.method': 'explorer-header', 'vb365.attribution.evidence': ['s01-start', `line-${id}`],
    'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Mere Tamihana', 'user.target.full_name': 'Mere Tamihana', 'user.target.email': 'mere.tamihana@contoso.example',
    'organization.name': 'contoso.onmicrosoft.example', 'source.domain': 'CONTADM01', 'source.ip': '192.0.2.25', 'vb365.item.name': item, 'email.subject': item, 'vb365.item.path': 'Mere Tamihana\\Inbox\\Invoices',
    'vb365.target.kind': 'file', 'vb365.target.path': 'C:\\Users\\aroha.ngata\\Desktop', 'vb365.restore.id': `s01-${id}`, 'vb365.restore.batch': 's01-batch-2', 'vb365.restore.sources': ['explorer_log', 'rest_api'], ...over,
  });
}
const mereFailed: Event = mere('3', '2022-05-02T22:21:44.110Z', 'Board minutes', {
  'event.outcome': 'failure', 'vb365.result': 'failed', 'event.reason': "Access to the path 'C:\\Users\\aroha.ngata\\Desktop\\Board minutes.msg' is denied.", 'vb365.item.size': 1_048_576,
});
const mereNotice: Event = mere('4', '2022-05-02T22:21:45.610Z', 'Delivery notice', { 'vb365.item.size': 15_872 });
const mereHostile: Event = mere('5', '2022-05-02T22:21:45.002Z', 'Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total', { 'vb365.item.size': 9_011 });

/** s02: the account is shared by several people. */
const shared: Event = restoreOf({
  'event.start': '2022-07-08T02:08:15.000Z', '@timestamp': '2022-07-08T02:08:16.000Z', 'user.name': 'restore-ops', 'user.domain': 'CONTADM01', 'vb365.attribution.confidence': 'confirmed',
  'vb365.attribution.kind': 'shared_account', 'vb365.attribution.method': 'explorer-header', 'vb365.attribution.evidence': ['s02-line'], 'vb365.attribution.gaps': ['account-shared', 'rest-missing'],
  'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Lindqvist, Per', 'user.target.full_name': 'Lindqvist, Per', 'source.domain': 'CONTADM01', 'vb365.item.name': 'Planungsgespräch Δ — "Q3"',
  'vb365.item.kind': 'appointment', 'vb365.item.path': 'Lindqvist, Per\\Calendar', 'vb365.target.kind': 'file', 'vb365.target.path': 'C:\\Restores', 'vb365.restore.id': 's02-3',
});

/** s11: restore portal, SharePoint. */
const portal: Event = restoreOf({
  'event.action': 'item-restore', 'vb365.operation': 'restore', 'event.start': '2025-03-11T09:02:20.000Z', '@timestamp': '2025-03-11T09:02:51.010Z', 'user.name': 'portal.operator',
  'user.domain': 'contoso.onmicrosoft.example', 'user.email': 'portal.operator@contoso.onmicrosoft.example', 'vb365.attribution.confidence': 'confirmed', 'vb365.attribution.kind': 'user',
  'vb365.attribution.method': 'rest-initiator', 'vb365.owner.type': 'site', 'vb365.owner.name': 'Finance team site', 'vb365.owner.url': 'https://contoso.example/sites/finance', 'vb365.workload': 'sharepoint',
  'organization.name': 'contoso.onmicrosoft.example', 'source.ip': '192.0.2.210', 'event.reason': 'User request #4471 = "urgent" | please', 'vb365.item.name': 'Budget 2025.xlsx', 'file.name': 'Budget 2025.xlsx',
  'vb365.target.kind': 'original', 'vb365.restore.id': 's11-1', 'vb365.restore.sources': ['rest_api'],
});

/** Nobody is named: only the organisation, a service account, nothing at all. */
const organizationOnly: Event = restoreOf({
  'event.start': '2022-05-02T21:45:00.000Z', '@timestamp': '2022-05-02T21:45:00.000Z', 'event.action': 'item-view', 'vb365.operation': 'view', 'vb365.attribution.confidence': 'organization', 'vb365.attribution.kind': 'organization',
  'vb365.attribution.reported': 'adatum.onmicrosoft.example', 'vb365.attribution.gaps': ['host-not-collected'], 'organization.name': 'adatum.onmicrosoft.example', 'vb365.tenant.id': 'adatum', 'source.domain': 'ADAWS22',
  'vb365.owner.type': 'onedrive', 'vb365.owner.name': 'Lee Okoro', 'user.target.full_name': 'Lee Okoro', 'vb365.workload': 'onedrive', 'vb365.item.name': 'Contracts', 'vb365.item.kind': 'folder', 'vb365.item.path': 'Lee Okoro\\Contracts',
  'vb365.target.kind': 'none', 'vb365.restore.id': 's01-onedrive', 'vb365.restore.sources': ['rest_api'],
});
const service: Event = restoreOf({
  'event.start': '2022-05-04T01:00:00.000Z', '@timestamp': '2022-05-04T01:00:00.000Z', 'vb365.attribution.confidence': 'organization', 'vb365.attribution.kind': 'service_account', 'vb365.attribution.reported': 'CONTOSO\\svc-veeam',
  'vb365.attribution.gaps': ['account-service'], 'organization.name': 'contoso.onmicrosoft.example', 'vb365.owner.type': 'mailbox', 'vb365.owner.name': 'Mere Tamihana', 'vb365.item.name': 'Invoice 4471', 'vb365.restore.id': 'service-1',
});
const unknown: Event = restoreOf({
  'event.start': '2022-05-05T03:00:00.000Z', '@timestamp': '2022-05-05T03:00:00.000Z', 'vb365.attribution.gaps': ['extended-logging-off', 'header-missing', 'rest-missing'], 'vb365.tenant.id': 'unassigned',
  'vb365.item.name': 'Contract.msg', 'vb365.target.kind': 'file', 'vb365.target.path': 'C:\\Temp', 'vb365.restore.id': 'tail-1',
});

export const examples: Readonly<Record<string, Event>> = {
  fieldMap, nadia, nadiaBack, nadiaElsewhere, payroll, payrollMail, mereFailed, mereNotice, mereHostile, shared, portal, organizationOnly, service, unknown,
};

const explorer = 'explorer/Veeam.Exchange.Explorer_2022_06_14_09_30_02.log';
const lines: readonly EvidenceLine[] = [
  { id: 's07-line-a', kind: 'explorer_log', file: explorer, line: 44, offset: 3_021, at: '2022-06-13T21:41:10.000Z', sentence: "CONTOSO\\h.fraser started to save 'Payroll June.msg' to D:\\Restores on CONTADM01", raw: "14/06/2022 9:41:10 AM   22 (11408)  Exporting item to file 'D:\\Restores\\Payroll June.msg'..." },
  { id: 's07-event-a', kind: 'rest_api', file: 'rest/v6-events-a.json', at: '2022-06-13T21:41:10.330Z', sentence: "Somebody of contoso.onmicrosoft.example saved 'Payroll June' of Ana Petrova to D:\\Restores" },
  { id: 's07-mail', kind: 'audit_mail', file: 'mail/audit-save-1.eml', at: '2022-06-13T21:41:00.000Z', sentence: 'Audit mail: save of Payroll June initiated by contoso.onmicrosoft.example' },
  { id: 's07-start-a', kind: 'explorer_log', file: explorer, line: 8, at: '2022-06-13T21:30:02.000Z', sentence: 'CONTOSO\\h.fraser started the Explorer for Exchange on CONTADM01', raw: '14/06/2022 9:30:02 AM    1 (12544) Account: CONTOSO\\h.fraser' },
  { id: 's07-start-b', kind: 'explorer_log', file: 'explorer/Veeam.Exchange.Explorer_2022_06_14_09_33_47.log', line: 8, at: '2022-06-13T21:33:47.000Z', sentence: 'CONTOSO\\l.matiu started the Explorer for Exchange on CONTADM01', raw: '6/14/2022 9:33:47 AM    1 (15032) Account: CONTOSO\\l.matiu' },
  { id: 's03-item', kind: 'explorer_log', file: 'explorer/Veeam.Exchange.Explorer_2021_08_09_16_41_05.log', line: 32, at: '2021-08-09T20:52:30.000Z', sentence: "ADATUM\\j.whitfield started to save 'Offer letter (draft).msg' to D:\\Restore on ADAVB01", raw: "8/9/2021 4:52:30 PM   12 (6644)  Exporting item to file 'D:\\Restore\\Offer letter (draft).msg'..." },
  { id: 's03-session', kind: 'rest_api', file: 'rest/v6-restoresessions.json', at: '2021-08-09T20:41:14.700Z', sentence: 'ADATUM\\J.Whitfield opened an Exchange restore session of adatum.onmicrosoft.example on ADAVB01' },
  { id: 's03-mail', kind: 'audit_mail', file: 'mail/audit-save.eml', at: '2021-08-09T20:52:00.000Z', sentence: 'Audit mail: save of Offer letter (draft) of nadia.haddad@adatum.example initiated by ADATUM\\j.whitfield' },
  { id: 's01-start', kind: 'explorer_log', file: 'explorer/Veeam.Exchange.Explorer_2022_05_03_10_14_07.log', line: 8, at: '2022-05-02T22:14:07.000Z', sentence: 'CONTOSO\\aroha.ngata started the Explorer for Exchange on CONTADM01', raw: '3/05/2022 10:14:07 AM    1 (18244) Account: CONTOSO\\aroha.ngata' },
  { id: 'line-4', kind: 'explorer_log', file: 'explorer/Veeam.Exchange.Explorer_2022_05_03_10_14_07.log', line: 61, at: '2022-05-02T22:21:45.000Z', sentence: "CONTOSO\\aroha.ngata saved 'Delivery notice.msg'" },
];
export const exampleEvidence: ReadonlyMap<string, EvidenceLine> = new Map(lines.map((line) => [line.id, line]));
