import { expect } from 'chai';
import type { Activity } from '../../src/event.ts';
import { checkEvent } from '../contract/event-contract.ts';
import { at, mail, organization, restEvent, restSession, settle } from './build.ts';

const out = 'D:\\Out';
const by = (account: string): Activity => restSession('s1', '8:00', { initiatedBy: account, initiatorKind: 'windows' });
const tom = restSession('s2', '8:00', { initiatedBy: 'CONTOSO\\tom', initiatorKind: 'windows' });
/** an item saved at a time, in the session of mia or of tom */
const saved = (clock: string, over: Parameters<typeof restEvent>[4] = {}, session = 's1'): Activity => restEvent(session, clock, clock, `${out}\\${clock.replaceAll(':', '')}.msg`, { titled: false, ...over });
const mailed = (clock: string): Activity => mail(clock, clock, clock.replaceAll(':', ''), out, { initiatedBy: 'CONTOSO\\mia', initiatorKind: 'windows' });
const around = [by('CONTOSO\\mia'), saved('8:30'), mailed('8:30'), saved('12:00'), mailed('12:00')];

const onServer = (activities: readonly Activity[]): readonly Activity[] => activities.map((one) => one.facts.kind === 'rest-session' ? { ...one, facts: { ...one.facts, server: 'VB365' } } : one);
const answer = (clock: string, isOn: boolean): Activity => ({ event: { 'event.id': `answer-${clock}`, '@timestamp': new Date(at(clock).ms).toISOString() }, facts: { kind: 'audit-settings', server: 'VB365', isOn } });

const rows: readonly (readonly [name: string, activities: readonly Activity[], times: readonly string[]])[] = [
  ['mails before and after, none of this one', [...around, saved('9:30')], ['9:30']],
  ['its mail came', [...around, saved('9:30'), mailed('9:30')], []],
  ['before the first mail the owner need not have been audited', [...around, saved('8:10')], []],
  ['after the last mail it may still come', [...around, saved('12:30')], []],
  ['an hour before the last mail', [...around, saved('10:59')], ['10:59']],
  ['less than an hour before it', [...around, saved('11:00')], []],
  ['an equal action of the same minute has the mail, which may be of either', [...around, saved('9:30'), restEvent('s1', 'twin', '9:31', `${out}\\930.msg`, { titled: false, result: 'warning' }), mailed('9:30')], []],
  ['nobody knows whether a warning is mailed', [...around, saved('9:30', { result: 'warning' })], []],
  ['what failed need not be mailed', [...around, saved('9:30', { result: 'failed' })], []],
  ['of another owner', [...around, saved('9:30', { source: 'Ben Young\\Inbox' })], []],
  ['by somebody of whom no mail came: the owner, perhaps', [...around, tom, saved('9:30', {}, 's2')], []],
  ['nobody is named', [restSession('s1', '8:00'), ...around.slice(1).map((one) => one.facts.kind === 'mail-row' ? { ...one, facts: { ...one.facts, initiatedBy: organization, initiatorKind: 'organization' as const } } : one), saved('9:30')], []],
  ['audit mails were off', [...onServer(around), answer('9:00', false), ...onServer([saved('9:30')]), answer('10:00', false)], []],
  ['audit mails were on', [...onServer(around), answer('9:00', true), ...onServer([saved('9:30')]), answer('10:00', true)], ['9:30']],
];

describe('audit mails that did not come', () => {
  for (const [name, activities, times] of rows) {
    it(name, () => {
      const found = settle(activities).findings.filter((event) => event['event.action'] === 'mail-unmatched');
      for (const event of found) checkEvent(event);
      expect(found.map((event) => event['vb365.attribution.evidence'])).to.deep.equal(times.map((time) => [`event-s1-${time}`]));
    });
  }
});
