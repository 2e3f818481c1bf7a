/** `auditing-off` is said where the server's own answers enclose the restore, and nowhere else. */
import { expect } from 'chai';
import type { Activity, RestEventFacts, RestSessionFacts } from '../../src/event.ts';
import { mail, organization, restEvent, restSession, settle } from './build.ts';

const path = 'D:\\Q3.msg';
/** answer of AuditEmailSettings saved at a time of 2 March 2026; `''`: by an unknown server */
function answer(clock: string, isOn: boolean, server = 'VB365'): Activity {
  return {
    event: { 'event.id': `settings-${String(isOn)}`, '@timestamp': `2026-03-02T${clock.padStart(5, '0')}:00.000Z` },
    facts: { kind: 'audit-settings', isOn, ...(server === '' ? {} : { server }) },
  };
}
const audited: Activity = { event: { 'event.id': 'item' }, facts: { kind: 'audit-item', type: 'User', name: 'ann.lee@contoso.example', displayName: 'Ann Lee' } };
const session = (over: Partial<RestSessionFacts> = {}): Activity => restSession('s1', '9:00', { server: 'VB365', ...over });
const saved = (over: Partial<RestEventFacts> = {}): Activity => restEvent('s1', 'e1', '9:02', path, over);
const otherMail = mail('m2', '8:10', 'Other', 'D:', { organization });

const rows: readonly { readonly name: string; readonly activities: readonly Activity[]; readonly gaps: readonly string[] }[] = [
  { name: 'off before and after', activities: [session(), saved(), answer('8:00', false), answer('9:30', false)], gaps: ['auditing-off'] },
  { name: 'off in every answer of the day', activities: [session(), saved(), answer('7:00', false), answer('8:00', false), answer('9:30', false), answer('9:40', false)], gaps: ['auditing-off'] },
  { name: 'on in the morning, off since: the answers next to the restore count', activities: [session(), saved(), answer('7:00', true), answer('8:00', false), answer('9:30', false), answer('9:40', true)], gaps: ['auditing-off'] },
  { name: 'answers in another order', activities: [answer('9:30', false), answer('8:00', false), saved(), session()], gaps: ['auditing-off'] },
  { name: 'off afterwards only', activities: [session(), saved(), answer('9:30', false)], gaps: [] },
  { name: 'off before only', activities: [session(), saved(), answer('8:00', false)], gaps: [] },
  { name: 'on before', activities: [session(), saved(), answer('8:00', true), answer('9:30', false)], gaps: [] },
  { name: 'on after', activities: [session(), saved(), answer('8:00', false), answer('9:30', true)], gaps: [] },
  { name: 'two answers of one moment disagree', activities: [session(), saved(), answer('8:00', false), answer('8:00', true), answer('9:30', false)], gaps: [] },
  { name: 'on while the restore ran', activities: [session(), saved({ end: { ms: Date.UTC(2026, 2, 2, 9, 20), precision: 'ms', basis: 'explicit' } }), answer('8:00', false), answer('9:10', true), answer('9:30', false)], gaps: [] },
  { name: 'off on another server', activities: [session(), saved(), answer('8:00', false, 'VB365-2'), answer('9:30', false, 'VB365-2')], gaps: [] },
  { name: 'nobody knows which server answered', activities: [session(), saved(), answer('8:00', false, ''), answer('9:30', false, '')], gaps: [] },
  { name: 'nobody knows the server of the session', activities: [restSession('s1', '9:00'), saved(), answer('8:00', false), answer('9:30', false)], gaps: [] },
  { name: 'an audited owner without a mail, notifications on', activities: [session(), saved(), audited, otherMail, answer('8:00', true), answer('9:30', true)], gaps: ['mail-missing'] },
  { name: 'an audited owner without a mail, notifications off: no mail is missing', activities: [session(), saved(), audited, otherMail, answer('8:00', false), answer('9:30', false)], gaps: ['auditing-off'] },
  { name: 'a mail reports it: it was not off', activities: [session(), saved(), mail('m1', '9:02', 'Q3', 'D:'), answer('8:00', false), answer('9:30', false)], gaps: [] },
];

describe('audit notifications that were off', () => {
  for (const { name, activities, gaps } of rows) it(name, () => {
    const restore = settle(activities).restores.find((event) => event['vb365.session.id'] === 's1');
    expect((restore?.['vb365.attribution.gaps'] ?? []).filter((gap) => gap === 'auditing-off' || gap === 'mail-missing')).to.deep.equal(gaps);
  });
});
