/** Alerts as events (sigma.md 7.7, 8.4, 8.5). */
import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import { checkEvent } from '../contract/event-contract.ts';
import { sampleAlerts } from '../contract/sample-alerts.ts';
import { alertsOf, correlation, day, detection, event, minute, rowOf, second } from './compose.ts';

const twice = correlation('k', { bounds: [{ operator: 'gte', value: 2 }] });
const only = (stream: readonly (Event | number)[], rules = [detection('a'), twice]): Event => {
  const [first, ...others] = alertsOf(rules, stream);
  expect(others).to.deep.equal([]);
  return first?.event ?? {};
};

describe('alerts', () => {
  it('keep the contract of events', () => {
    const { findings } = sampleAlerts();
    expect(findings.length).to.be.greaterThan(5);
    for (const alert of findings) checkEvent(alert);
  });
  it('carry what all of their events agree on, in the first spelling', () => {
    const alert = only([event(0, 'a', { 'source.domain': 'WKS-1', 'user.target.name': 'eve', 'vb365.workload': 'teams' }), event(1, 'a', { 'user.name': 'ANN', 'source.domain': 'wks-1', 'user.target.name': 'bob' })]);
    expect([alert['user.name'], alert['source.domain'], alert['user.target.name'], alert['vb365.workload'], alert['related.hosts']]).to.deep.equal(['ann', 'WKS-1', undefined, undefined, ['WKS-1']]);
  });
  it('unite the categories of their events', () => {
    const alert = only([event(0, 'a'), event(1, 'a', { 'event.category': ['file'], 'event.type': ['access'] })]);
    expect([alert['event.category'], alert['event.type']]).to.deep.equal([['email', 'file'], ['info', 'access']]);
  });
  it('name value, threshold, window and group', () => {
    expect(only([event(0, 'a'), event(1, 'a')]).message).to.equal('Rule k: 2 events (2 or more) within 1 min for ann');
    const values = correlation('k', { type: 'value_count', countedFields: ['vb365.item.name'], bounds: [{ operator: 'gt', value: 1 }], timespanMs: 2 * day });
    expect(only([event(0, 'a', { 'vb365.item.name': 'x' }), event(1, 'a', { 'vb365.item.name': 'y' })], [detection('a'), values]).message).to.equal('Rule k: 2 different vb365.item.name (more than 1) within 2 d for ann');
  });
  it('of a single rule tell the sentence of the event and how many were held back', () => {
    const rules = [detection('a', { level: 'low', vb365: { suppressMs: second } })];
    expect(alertsOf(rules, [0, 1, 2, 1000].map((at) => event(at, 'a'))).map((alert) => alert.event.message)).to.deep.equal(['Rule a: ann did a', 'Rule a: ann did a; 2 more matches were held back since the last alert']);
  });
  it('take severity and risk from the level, or the risk that the rule states', () => {
    const levels = ['low', 'medium', 'high', 'critical'] as const;
    expect(levels.map((level) => only([event(0, 'a')], [detection('a', { level })])).map((alert) => [alert['event.severity'], alert['event.risk_score']])).to.deep.equal([[3, 21], [5, 47], [7, 73], [9, 99]]);
    expect(only([event(0, 'a')], [detection('a', { level: 'low', vb365: { risk: 60 } })])['event.risk_score']).to.equal(60);
  });
  it('name the first fifty of their events', () => {
    const alert = only(Array.from({ length: 60 }, (_, at) => event(at, 'a')), [detection('a'), correlation('k', { bounds: [{ operator: 'gte', value: 60 }] })]);
    expect([alert['vb365.alert.count'], alert['vb365.alert.events']?.length]).to.deep.equal([60, 50]);
  });
  it('have an id of rule, tenant and what matched, whatever else the rule says', () => {
    const stream = [event(0, 'a', { 'vb365.restore.id': 'r' }), event(1, 'a', { 'vb365.restore.id': 's' })];
    const id = (rule: typeof twice, of = stream): string | undefined => only(of, [detection('a'), rule])['event.id'];
    expect(id({ ...twice, title: 'Rule renamed', level: 'low' })).to.equal(id(twice));
    expect(id(twice, stream.map((of) => ({ ...of, 'vb365.tenant.id': 't2' })))).not.to.equal(id(twice));
    expect(id({ ...twice, id: '00000000-0000-4000-8000-000000000000' })).not.to.equal(id(twice));
    expect(only(stream, [detection('a'), twice])['rule.version']).to.match(/^[0-9a-f]{8}$/);
  });
  it('of an absence name what was there last', () => {
    const last = event(0, 'a');
    const alert = only([last, 3 * day], [detection('a'), correlation('k', { bounds: [{ operator: 'lt', value: 1 }], timespanMs: day })]);
    expect([alert['vb365.alert.count'], alert['vb365.alert.events'], alert['user.name'], alert['event.start']]).to.deep.equal([0, [last['event.id']], 'ann', '2026-01-06T09:00:00.000Z']);
  });
});

describe('rules over all tenants', () => {
  const provider = { vb365: { scope: 'provider' as const } };
  const other: Event = { 'vb365.tenant.id': 't2' };
  it('see the events of all of them, and their alerts belong to none', () => {
    const [alert, ...others] = alertsOf([detection('a'), { ...twice, ...provider }], [event(0, 'a'), event(1, 'a', other)]);
    expect(others).to.deep.equal([]);
    expect([alert?.isForProvider, alert?.event['vb365.tenant.id'], alert?.event['vb365.alert.count']]).to.deep.equal([true, undefined, 2]);
  });
  it('tell no item, subject or path', () => {
    const secret: Event = { 'vb365.item.name': 'SECRET', 'email.subject': 'SECRET', 'vb365.target.path': 'C:\\SECRET', 'vb365.owner.url': 'https://SECRET', 'vb365.item.path': 'SECRET\\x', 'message': 'ann saved SECRET' };
    const byItem = correlation('k', { groupBy: ['vb365.item.name'], bounds: [{ operator: 'gte', value: 1 }] }, { ...provider, fields: ['vb365.item.name', 'vb365.owner.url'] });
    const raised = alertsOf([detection('a', { ...provider, level: 'high', fields: ['vb365.item.name'] }), byItem], [event(0, 'a', secret)]);
    expect(raised).to.have.length(2);
    expect(JSON.stringify(raised)).not.to.include('SECRET');
  });
  it('count what rules of each tenant found', () => {
    const inner = correlation('i', { bounds: [{ operator: 'gte', value: 2 }] }, { level: 'informational' });
    const outer = correlation('k', { type: 'value_count', rules: ['i'], countedFields: ['vb365.tenant.id'], bounds: [{ operator: 'gte', value: 2 }] }, provider);
    expect(alertsOf([detection('a'), inner, outer], [event(0, 'a'), event(1, 'a', other), event(2, 'a')].map((of) => of))).to.deep.equal([]);
    expect(alertsOf([detection('a'), inner, outer], [event(0, 'a'), event(1, 'a', other), event(2, 'a'), event(3, 'a', other)]).map(rowOf)).to.deep.equal([{ rule: 'k', at: 3, group: 'ann', count: 2 }]);
  });
  it('see the alerts of tenants', () => {
    const rules = [detection('a', { level: 'low' }), detection('weak', { level: 'informational', description: 'a' }, 'alert'), correlation('k', { rules: ['weak'], bounds: [{ operator: 'gte', value: 2 }], timespanMs: minute }, provider)];
    expect(alertsOf(rules, [event(0, 'a'), event(1, 'a', other)]).filter(({ isForProvider }) => isForProvider).map(rowOf)).to.deep.equal([{ rule: 'k', at: 1, group: 'ann', count: 2 }]);
  });
});
