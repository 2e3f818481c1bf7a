import { expect } from 'chai';
import type { Activity } from '../../src/event.ts';
import { restEvent, restSession, settle } from './build.ts';

const source = 'Ann Lee\\Inbox';
const portal = (id: string, reason?: string): Activity => {
  const session = restSession(id, '9:00', { tool: 'portal', initiatedBy: 'ann.lee@contoso.example', initiatorKind: 'upn' });
  return reason === undefined ? session : { ...session, event: { ...session.event, 'event.reason': reason } };
};
const restored = (session: string, id: string, error?: string): Activity => {
  const one = restEvent(session, id, '9:05', source, { operation: 'restore', titled: false });
  return error === undefined ? one : { ...one, event: { ...one.event, 'event.reason': error } };
};

const rows: readonly (readonly [name: string, activities: readonly Activity[], reasons: readonly (string | undefined)[]])[] = [
  ['is that of its session', [portal('s1', 'Ticket 99'), restored('s1', 'e1')], ['Ticket 99']],
  ['stands in every restore of the session', [portal('s1', 'Ticket 99'), restored('s1', 'e1'), restEvent('s1', 'e2', '9:07', 'Ann Lee\\Sent Items', { operation: 'restore', titled: false })], ['Ticket 99', 'Ticket 99']],
  ['gives way to the error of the item itself', [portal('s1', 'Ticket 99'), restored('s1', 'e1', 'Mailbox is full')], ['Mailbox is full']],
  ['is absent where none was stated', [portal('s1'), restored('s1', 'e1')], [undefined]],
  ['is not that of another session', [portal('s1'), portal('s2', 'Ticket 99'), restored('s1', 'e1')], [undefined]],
];

describe('stated reason of a restore', () => {
  for (const [name, activities, reasons] of rows) {
    it(name, () => { expect(settle(activities).restores.map((restore) => restore['event.reason'])).to.deep.equal(reasons); });
  }
});
