/** The twenty cases of formats/explorer-archiver-logs.md section 10 that belong to attribution, by their numbers there. */
import { expect } from 'chai';
import type { Activity, Event } from '../../src/event.ts';
import type { TenantKnowledge } from '../../src/tenancy.ts';
import {
  at, folder, item, launch, mail, nineMs, opened, operatorOf, organization, organizationRecord, restEvent, restSession, settle, unconfigured, validation,
} from './build.ts';

interface Want {
  readonly item?: string;
  readonly confidence: string;
  readonly operator?: string;
  readonly candidates?: readonly string[];
  readonly owner?: string | null;
  readonly kind?: string;
  readonly gaps?: readonly string[];
  readonly host?: string;
}
interface Row { readonly name: string; readonly activities: readonly Activity[]; readonly knowledge?: TenantKnowledge; readonly want: readonly Want[]; readonly findings?: readonly string[] }

const desktop = 'C:\\Users\\mia\\Desktop';
const mia = launch('mia');
const tom = launch('tom');

const rows: readonly Row[] = [
  {
    name: '1: default logging alone names the operator and no owner; the folder last opened is no evidence',
    activities: [mia, opened('mia', '9:00'), folder('mia', '9:01', 'Board'), item('mia', '9:02', `${desktop}\\Q3.msg`)],
    want: [{ item: 'Q3', confidence: 'confirmed', operator: 'CONTOSO\\mia', owner: null, gaps: ['extended-logging-off', 'rest-missing'] }],
  },
  {
    name: '1: the server fills the owner and corroborates the operator',
    activities: [mia, opened('mia', '9:00'), item('mia', '9:02', `${desktop}\\Q3.msg`), restSession('s1', '9:00:01'), restEvent('s1', 'e1', '9:02', `${desktop}\\Q3.msg`)],
    want: [{ item: 'Q3', confidence: 'corroborated', operator: 'CONTOSO\\mia', owner: 'Ann Lee' }],
  },
  {
    name: '2: two launches of one machine save the same item into the same folder within seconds: the paths tell them apart',
    activities: [
      launch('mia', { account: 'CONTOSO\\mia' }), launch('tom', { account: 'CONTOSO\\tom' }),
      item('mia', '9:02:01', 'D:\\Out\\Q3.msg'), item('tom', '9:02:05', 'D:\\Out\\Q31.msg'),
      restSession('s1', '9:00:00'), restSession('s2', '9:00:05'),
      restEvent('s1', 'e1', '9:02:05', 'D:\\Out\\Q31.msg', { itemName: 'Q3' }), restEvent('s2', 'e1', '9:02:01', 'D:\\Out\\Q3.msg'),
    ],
    want: [{ confidence: 'corroborated', operator: 'CONTOSO\\mia' }, { confidence: 'corroborated', operator: 'CONTOSO\\tom' }],
  },
  {
    name: '2: without paths on the server the log lines keep their own operators, and no restore comes twice',
    activities: [
      mia, tom, item('mia', '9:02:01', 'D:\\Out\\Q3.msg'), item('tom', '9:02:05', 'D:\\Out\\Q31.msg'), restSession('s1', '9:00:00'), restSession('s2', '9:00:05'),
      restEvent('s1', 'e1', '9:02:05', 'D:\\Out\\Q3.msg', { titled: false }), restEvent('s2', 'e1', '9:02:01', 'D:\\Out\\Q3.msg', { titled: false }),
    ],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\mia', owner: 'Ann Lee' }, { confidence: 'confirmed', operator: 'CONTOSO\\tom', owner: 'Ann Lee' }],
  },
  {
    name: '2: what only the server states of two launches that cannot be told apart has both as candidates',
    activities: [
      launch('mia', { workload: 'onedrive' }), launch('tom', { workload: 'onedrive' }), opened('mia', '9:00:00'), opened('tom', '9:00:03'),
      restSession('s1', '9:00:02', { workload: 'onedrive' }), restSession('s2', '9:00:04', { workload: 'onedrive' }), restEvent('s1', 'e1', '9:05', 'D:\\Out\\plan.xlsx', { titled: false, operation: 'restore' }),
    ],
    want: [{ confidence: 'ambiguous', candidates: ['CONTOSO\\mia', 'CONTOSO\\tom'] }],
  },
  {
    name: '2: equal mails are a set: both launches keep their names, and no third action appears',
    activities: [mia, tom, item('mia', '9:02:01', 'D:\\Out\\Q3.msg'), item('tom', '9:02:05', 'D:\\Out\\Q31.msg'), mail('m1', '9:02', 'Q3', 'D:\\Out'), mail('m2', '9:02', 'Q3', 'D:\\Out')],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\mia' }, { confidence: 'confirmed', operator: 'CONTOSO\\tom' }],
  },
  {
    name: '3: two open sessions of two organisations: the last one opened does not decide; the path does',
    activities: [
      mia, organizationRecord(), organizationRecord('22222222-2222-4222-8222-222222222222', 'fabrikam.onmicrosoft.example'),
      opened('mia', '9:00'), opened('mia', '9:01', { organizationId: '22222222-2222-4222-8222-222222222222' }),
      item('mia', '9:05', `${desktop}\\One.msg`), item('mia', '9:06', `${desktop}\\Two.msg`),
      restSession('s1', '9:00:01'), restSession('s2', '9:01:01', { organization: 'fabrikam.onmicrosoft.example', initiatedBy: 'fabrikam.onmicrosoft.example', organizationId: '22222222-2222-4222-8222-222222222222' }),
      restEvent('s1', 'e1', '9:05', `${desktop}\\One.msg`),
    ],
    want: [{ item: 'One', confidence: 'corroborated', operator: 'CONTOSO\\mia' }, { item: 'Two', confidence: 'confirmed', operator: 'CONTOSO\\mia' }],
  },
  {
    name: '4: a shared account is named as what it is',
    activities: [launch('ops', { account: 'CONTOSO\\restore-ops' }), item('ops', '9:02', 'D:\\Out\\Q3.msg')],
    knowledge: unconfigured([{ names: ['CONTOSO\\restore-ops'], kind: 'shared' }]),
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\restore-ops', kind: 'shared_account', gaps: ['account-shared', 'extended-logging-off', 'rest-missing'] }],
  },
  {
    name: '5: the account of Microsoft 365 that was signed in with is not the operator',
    activities: [launch('mia', { signedIn: [{ upn: 'svc-admin@contoso.onmicrosoft.example', ms: nineMs }] }), item('mia', '9:02', `${desktop}\\Q3.msg`)],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\mia' }],
  },
  { name: '6: SYSTEM is nobody', activities: [launch('x', { account: 'NT AUTHORITY\\SYSTEM' }), item('x', '9:02', 'D:\\Q3.msg')], want: [{ confidence: 'unknown', kind: 'service_account' }] },
  { name: '6: a machine account is nobody', activities: [launch('x', { account: 'CONTOSO\\ADM01$' }), item('x', '9:02', 'D:\\Q3.msg')], want: [{ confidence: 'unknown', kind: 'service_account' }] },
  {
    name: '6: a configured service account is nobody, and the organisation stays',
    activities: [launch('x', { account: 'CONTOSO\\svc-veeam' }), organizationRecord(), opened('x', '9:00'), item('x', '9:02', 'D:\\Q3.msg')],
    knowledge: unconfigured([{ names: ['contoso\\SVC-Veeam'], kind: 'service' }]), want: [{ confidence: 'organization', kind: 'service_account' }],
  },
  {
    name: '7: a file without header names nobody, whatever other files say',
    activities: [mia, launch('tail', { account: undefined, at: undefined } as never), item('tail', '9:02', 'D:\\Q3.msg')].map(withoutAccount),
    want: [{ confidence: 'unknown', gaps: ['extended-logging-off', 'header-missing', 'rest-missing'] }],
  },
  {
    name: '8: an undecided date is not joined on time alone',
    activities: [
      launch('mia', { timeCertain: false, workload: 'onedrive' }), opened('mia', '9:00'), restSession('s1', '9:00', { workload: 'onedrive' }),
      restEvent('s1', 'e1', '9:05', 'D:\\plan.xlsx', { titled: false, operation: 'restore' }),
    ],
    want: [{ confidence: 'organization' }],
  },
  {
    name: '8: an undecided date joins by the full path',
    activities: [
      launch('mia', { timeCertain: false }), restSession('s1', '9:00'), restEvent('s1', 'e1', '9:05', 'D:\\Q3.msg'),
      item('mia', '9:05', 'D:\\Q3.msg', { at: { ...at('9:05'), basis: 'assumed', readings: [at('9:05').ms, Date.UTC(2026, 1, 3, 9, 5)] } }),
    ],
    want: [{ confidence: 'corroborated', operator: 'CONTOSO\\mia' }],
  },
  {
    name: '9: an hour that came twice keeps both readings, and the server decides',
    activities: [
      mia, restSession('s1', '9:00'), restEvent('s1', 'e1', '9:05', 'D:\\Q3.msg'),
      item('mia', '8:05', 'D:\\Q3.msg', { at: { ...at('8:05'), readings: [at('8:05').ms, at('9:05').ms] } }),
    ],
    want: [{ confidence: 'corroborated', operator: 'CONTOSO\\mia' }],
  },
  {
    name: '11: a session from a machine without collected logs names organisation and host',
    activities: [launch('mia', { host: 'OTHER', addresses: [] }), restSession('s1', '9:00'), restEvent('s1', 'e1', '9:05', 'D:\\Q3.msg')],
    want: [{ confidence: 'organization', host: 'ADM01', gaps: ['host-not-collected'] }], findings: [],
  },
  {
    name: '12: a session from a collected machine without its file is a finding of its own',
    activities: [launch('mia', { firstMs: nineMs - 40 * 3_600_000, lastMs: nineMs - 39 * 3_600_000 }), restSession('s1', '9:00'), restEvent('s1', 'e1', '9:05', 'D:\\Q3.msg')],
    want: [{ confidence: 'organization', gaps: ['log-missing'] }], findings: ['session-unlogged'],
  },
  { name: '13: a launch without connection or session restores nothing', activities: [mia], want: [] },
  {
    name: '15: one item exported twice is two actions',
    activities: [mia, item('mia', '9:02', `${desktop}\\Q3.msg`), item('mia', '9:03', `${desktop}\\Q31.msg`)],
    want: [{ item: 'Q3', confidence: 'confirmed', operator: 'CONTOSO\\mia' }, { item: 'Q31', confidence: 'confirmed', operator: 'CONTOSO\\mia' }],
  },
  {
    name: '16: fields that cannot be split are said to be so',
    activities: [mia, item('mia', '9:02', `${desktop}\\Q3.msg`, { gaps: ['fields-ambiguous'] })],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\mia', gaps: ['fields-ambiguous', 'rest-missing'] }],
  },
  {
    name: '17: a clock five minutes off is measured from two paths, shown, and joins the rest',
    activities: [
      mia, opened('mia', '8:55:02'), item('mia', '9:00:00', `${desktop}\\A.msg`), item('mia', '9:01:00', `${desktop}\\B.msg`), restSession('s1', '9:00:02'),
      restEvent('s1', 'e1', '9:05:00', `${desktop}\\A.msg`), restEvent('s1', 'e2', '9:06:00', `${desktop}\\B.msg`), restEvent('s1', 'e3', '9:07', 'x@fabrikam.example', { operation: 'send', titled: false }),
    ],
    want: [
      { item: 'A', confidence: 'corroborated', operator: 'CONTOSO\\mia', gaps: ['clock-skew'] }, { item: 'B', confidence: 'corroborated', operator: 'CONTOSO\\mia', gaps: ['clock-skew'] },
      { confidence: 'probable', operator: 'CONTOSO\\mia', gaps: ['clock-skew'] },
    ],
  },
  {
    name: '18: restores that no log line states are the server\'s, done by the launch of the session',
    activities: [mia, opened('mia', '9:00'), restSession('s1', '9:00:02'), restEvent('s1', 'e1', '9:10', 'Ann Lee\\Inbox', { operation: 'restore', titled: false, target: 'Ann Lee\\Inbox' })],
    want: [{ confidence: 'probable', operator: 'CONTOSO\\mia' }],
  },
  {
    name: '19: another spelling is another person unless the configuration says otherwise',
    activities: [mia, item('mia', '9:02', `${desktop}\\Q3.msg`), restSession('s1', '9:00', { initiatedBy: 'HQ\\mia', initiatorKind: 'windows' }), restEvent('s1', 'e1', '9:02', `${desktop}\\Q3.msg`)],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\mia', gaps: ['initiator-differs'] }], findings: ['sources-disagree'],
  },
  {
    name: '19: two configured names are one person',
    activities: [mia, item('mia', '9:02', `${desktop}\\Q3.msg`), restSession('s1', '9:00', { initiatedBy: 'HQ\\mia', initiatorKind: 'windows' }), restEvent('s1', 'e1', '9:02', `${desktop}\\Q3.msg`)],
    knowledge: unconfigured([{ names: ['CONTOSO\\mia', 'HQ\\mia'], kind: 'person' }]),
    want: [{ confidence: 'corroborated', operator: 'CONTOSO\\mia' }], findings: [],
  },
  {
    name: '19: case is no difference',
    activities: [mia, item('mia', '9:02', `${desktop}\\Q3.msg`), restSession('s1', '9:00', { initiatedBy: 'contoso\\MIA', initiatorKind: 'windows' }), restEvent('s1', 'e1', '9:02', `${desktop}\\Q3.msg`)],
    want: [{ confidence: 'corroborated', operator: 'CONTOSO\\mia' }],
  },
  {
    name: '20: a file in somebody else\'s profile lowers the confidence and is said',
    activities: [mia, item('mia', '9:02', 'C:\\Users\\ann.lee\\Desktop\\Q3.msg'), restSession('s1', '9:00'), restEvent('s1', 'e1', '9:02', 'C:\\Users\\ann.lee\\Desktop\\Q3.msg')],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\mia', gaps: ['profile-differs'] }],
  },
  {
    name: 'a contradiction names nobody: one session joined to two launches',
    activities: [
      mia, tom, item('mia', '9:02', 'D:\\A.msg'), item('tom', '9:03', 'D:\\B.msg'), restSession('s1', '9:00'), restEvent('s1', 'e1', '9:02', 'D:\\A.msg'), restEvent('s1', 'e2', '9:03', 'D:\\B.msg'),
      restEvent('s1', 'e3', '9:04', 'x@fabrikam.example', { operation: 'send', titled: false }),
    ],
    want: [
      { item: 'A', confidence: 'corroborated', operator: 'CONTOSO\\mia' }, { item: 'B', confidence: 'corroborated', operator: 'CONTOSO\\tom' },
      { confidence: 'ambiguous', candidates: ['CONTOSO\\mia', 'CONTOSO\\tom'] },
    ], findings: ['sources-disagree'],
  },
  {
    name: 'a mail alone: one open session, every check explained',
    activities: [mia, organizationRecord(), opened('mia', '9:00'), validation('v1', '9:00:01'), mail('m1', '9:20', 'Q3', 'x@fabrikam.example', { operation: 'send' })],
    want: [{ confidence: 'probable', operator: 'CONTOSO\\mia', gaps: ['rest-missing'] }],
  },
  {
    name: 'a mail alone: a check that no launch explains means somebody unseen',
    activities: [mia, organizationRecord(), opened('mia', '9:00'), validation('v1', '9:00:01'), validation('v2', '9:15'), mail('m1', '9:20', 'Q3', 'x@fabrikam.example', { operation: 'send' })],
    want: [{ confidence: 'organization', gaps: ['host-not-collected', 'rest-missing'] }], findings: ['access-unexplained'],
  },
  {
    name: 'a mail alone: an Exchange Explorer would have logged the file',
    activities: [mia, organizationRecord(), opened('mia', '9:00'), validation('v1', '9:00:01'), mail('m1', '9:20', 'Q3', 'D:\\Out')],
    want: [{ confidence: 'organization' }],
  },
  {
    name: 'a mail that states the account names it',
    activities: [mail('m1', '9:20', 'Q3', 'D:\\Out', { initiatedBy: 'CONTOSO\\ann', initiatorKind: 'windows' })],
    want: [{ confidence: 'confirmed', operator: 'CONTOSO\\ann' }],
  },
  {
    name: 'a mail whose sender could not be checked is believed less',
    activities: [mail('m1', '9:20', 'Q3', 'D:\\Out', { initiatedBy: 'CONTOSO\\ann', initiatorKind: 'windows', trust: 'unverified' })],
    want: [{ confidence: 'probable', operator: 'CONTOSO\\ann' }],
  },
  { name: 'a forged mail is nothing', activities: [mail('m1', '9:20', 'Q3', 'D:\\Out', { trust: 'forged' })], want: [] },
  {
    name: 'a mail of an action that the server does not know is a finding',
    activities: [restSession('s1', '9:00'), mail('m1', '9:20', 'Q3', 'D:\\Out')], want: [{ confidence: 'organization', gaps: ['rest-missing'] }], findings: ['mail-unmatched'],
  },
  {
    name: 'a portal session names its account',
    activities: [
      restSession('s1', '9:00', { tool: 'portal', initiatedBy: 'ann.lee@contoso.example', initiatorKind: 'upn', clientHost: undefined } as never),
      restEvent('s1', 'e1', '9:05', 'Ann Lee\\Inbox', { operation: 'restore', titled: false }),
    ],
    want: [{ confidence: 'confirmed', operator: 'ann.lee@contoso.example' }],
  },
  {
    name: 'a program that calls for others is an application',
    activities: [restSession('s1', '9:00', { tool: 'rest_api', initiatedBy: 'CONTOSO\\portal', initiatorKind: 'windows', clientHost: undefined } as never), restEvent('s1', 'e1', '9:05', 'Ann Lee\\Inbox', { operation: 'restore', titled: false })],
    knowledge: unconfigured([{ names: ['CONTOSO\\portal'], kind: 'application' }]), want: [{ confidence: 'organization', kind: 'application' }],
  },
  {
    name: 'a bare name may be anybody\'s',
    activities: [restSession('s1', '9:00', { initiatedBy: 'administrator', initiatorKind: 'bare', clientHost: 'FAR' }), restEvent('s1', 'e1', '9:05', 'D:\\Q3.msg')],
    want: [{ confidence: 'organization' }],
  },
  {
    name: 'run as: the server states other credentials than the only launch that fits',
    activities: [launch('mia', { workload: 'onedrive' }), opened('mia', '9:00'), restSession('s1', '9:00:02', { workload: 'onedrive', initiatedBy: 'CONTOSO\\adm', initiatorKind: 'windows' }), restEvent('s1', 'e1', '9:05', 'D:\\p.xlsx', { operation: 'restore', titled: false })],
    want: [{ confidence: 'ambiguous', candidates: ['CONTOSO\\adm', 'CONTOSO\\mia'], gaps: ['initiator-differs'] }], findings: ['sources-disagree'],
  },
  {
    name: 'a second header in one file makes everything after it probable',
    activities: [launch('mia', { gaps: ['second-header'] }), item('mia', '9:02', `${desktop}\\Q3.msg`)],
    want: [{ confidence: 'probable', operator: 'CONTOSO\\mia', gaps: ['extended-logging-off', 'rest-missing', 'second-header'] }],
  },
];

/** `exactOptionalPropertyTypes`: a property without a value is no property. */
function withoutAccount(activity: Activity): Activity {
  return { ...activity, facts: Object.fromEntries(Object.entries(activity.facts).filter(([, value]) => value !== undefined)) as never };
}

function look(event: Event, want: Want): Want {
  return {
    ...(want.item === undefined ? {} : { item: String(event['vb365.item.name']) }),
    confidence: String(event['vb365.attribution.confidence']),
    ...(operatorOf(event) === undefined ? {} : { operator: operatorOf(event) as string }),
    ...(event['vb365.attribution.candidates'] === undefined ? {} : { candidates: event['vb365.attribution.candidates'] }),
    ...(want.owner === undefined ? {} : { owner: (event['vb365.owner.name']) ?? null }),
    ...(want.kind === undefined ? {} : { kind: String(event['vb365.attribution.kind']) }),
    ...(want.gaps === undefined ? {} : { gaps: (event['vb365.attribution.gaps'] ?? []) }),
    ...(want.host === undefined ? {} : { host: String(event['source.domain']) }),
  };
}

describe('ambiguity cases', () => {
  for (const { name, activities, knowledge, want, findings } of rows) {
    for (const [order, list] of [['as it happened', activities], ['backwards', [...activities].reverse()]] as const) {
      it(`${name} (read ${order})`, () => {
        const settled = settle(list.map(withoutAccount), knowledge);
        expect(settled.restores.map((event, index) => look(event, want[index] ?? { confidence: '' }))).to.deep.equal(want);
        if (findings !== undefined) expect(settled.findings.map((event) => event['event.action'])).to.deep.equal(findings);
        for (const event of settled.restores) expect([undefined, organization, 'fabrikam.onmicrosoft.example']).to.include(event['organization.name']);
      });
    }
  }
});
