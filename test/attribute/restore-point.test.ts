import { expect } from 'chai';
import type { Activity } from '../../src/event.ts';
import { item, launch, opened, organizationId, restEvent, restSession, settle } from './build.ts';

const [monday, sunday] = ['2026-03-02T06:00:00.000Z', '2026-03-01T06:00:00.000Z'];
const q3 = 'C:\\Users\\mia\\Desktop\\Q3.msg';
const other = '22222222-2222-4222-8222-222222222222';

const rows: readonly (readonly [name: string, activities: readonly Activity[], point: string | undefined])[] = [
  ['the one that the launch opened before', [launch('mia'), opened('mia', '9:00', { restorePoint: monday }), item('mia', '9:05', q3)], monday],
  ['two that agree', [launch('mia'), opened('mia', '9:00', { restorePoint: monday }), opened('mia', '9:02', { restorePoint: monday }), item('mia', '9:05', q3)], monday],
  ['two that differ', [launch('mia'), opened('mia', '9:00', { restorePoint: monday }), opened('mia', '9:02', { restorePoint: sunday }), item('mia', '9:05', q3)], undefined],
  ['one of two is not stated', [launch('mia'), opened('mia', '9:00', { restorePoint: monday }), opened('mia', '9:02'), item('mia', '9:05', q3)], undefined],
  ['the other one was opened later', [launch('mia'), opened('mia', '9:00', { restorePoint: monday }), opened('mia', '9:06', { restorePoint: sunday }), item('mia', '9:05', q3)], monday],
  ['only opened later', [launch('mia'), opened('mia', '9:06', { restorePoint: monday }), item('mia', '9:05', q3)], undefined],
  ['opening failed', [launch('mia'), opened('mia', '9:00', { restorePoint: monday, created: false }), item('mia', '9:05', q3)], undefined],
  ['that of another launch', [launch('mia'), launch('tom'), opened('tom', '9:00', { restorePoint: monday }), item('mia', '9:05', q3)], undefined],
  ['the clock of the file is open', [launch('mia', { timeCertain: false }), opened('mia', '9:00', { restorePoint: monday }), item('mia', '9:05', q3)], undefined],
  ['its offset is unknown', [launch('mia', { offsetKnown: false }), opened('mia', '9:00', { restorePoint: monday }), item('mia', '9:05', q3)], undefined],
  ['of two, the one that the session of the server was created with', [
    launch('mia'), opened('mia', '8:55', { restorePoint: sunday }), opened('mia', '9:00', { restorePoint: monday }), item('mia', '9:05', q3), restSession('s1', '9:00:01'), restEvent('s1', 'e1', '9:05', q3),
  ], monday],
  ['of two within two minutes nothing is said', [
    launch('mia'), opened('mia', '8:59', { restorePoint: sunday }), opened('mia', '9:00', { restorePoint: monday }), item('mia', '9:05', q3), restSession('s1', '9:00:01'), restEvent('s1', 'e1', '9:05', q3),
  ], undefined],
  ['of two within two minutes the one of the same organisation', [
    launch('mia'), opened('mia', '8:59', { restorePoint: sunday, organizationId: other }), opened('mia', '9:00', { restorePoint: monday, organizationId }), item('mia', '9:05', q3),
    { event: { 'event.id': 'o1' }, facts: { kind: 'organization', id: organizationId, name: 'contoso.onmicrosoft.example' } }, { event: { 'event.id': 'o2' }, facts: { kind: 'organization', id: other, name: 'fabrikam.onmicrosoft.example' } },
    restSession('s1', '9:00:01'), restEvent('s1', 'e1', '9:05', q3),
  ], monday],
];

describe('restore point of a restore', () => {
  for (const [name, activities, point] of rows) {
    it(name, () => { expect(settle(activities).restores.map((restore) => restore['vb365.session.restore_point'])).to.deep.equal([point]); });
  }
});
