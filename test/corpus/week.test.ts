/** The ordinary week through the whole path: every restore is who did what, and no rule asks anybody to look before the weekly review. */
import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import type { Truth } from '../../src/simulate/truth.ts';
import { describeScore } from './score.ts';
import { alertLines, readStory, type Reading } from './stories.ts';

const dayMs = 86_400_000;
const isAbove = (alert: Event): boolean => alert['vb365.severity'] !== 'low';
const timeOf = (event: Event): number => Date.parse(event['event.start'] ?? event['@timestamp'] ?? '');
const first = (truth: Truth): number => Math.min(...truth.actions.map(({ at }) => Date.parse(at)));

for (const seed of ['1', '2']) describe(`the ordinary week (seed ${seed})`, function () {
  this.timeout(240_000);
  let week: Reading;
  /** restores by something that is said of them */
  const those = (field: keyof Event, value: string | boolean): readonly Event[] => week.restores.filter(({ [field]: stated }) => Array.isArray(stated) ? (stated as readonly unknown[]).includes(value) : stated === value);
  before(async () => { week = await readStory({ week: 'ordinary', seed }); });

  it('comes out as it was: nobody wrong, everybody named, nothing invented, no other difference', () => {
    const { precision, recall, invented, missing, bold, fields } = week.score;
    expect({ precision, recall, invented: invented.length, missing: missing.length, bold: bold.length, fields: fields.length }, describeScore(week.score)).to.deep.equal({ precision: 1, recall: 1, invented: 0, missing: 0, bold: 0, fields: 0 });
    expect(week.truth.actions.every(({ expect: { class: kind } }) => kind === 'named')).to.equal(true);
  });

  it('holds what a week holds: three tenants, three requests a day, people of every kind', () => {
    const tenants = [...new Set(week.truth.actions.map(({ tenant }) => tenant))];
    expect(tenants).to.have.length(3);
    for (const tenant of tenants) {
      const days = new Set(week.truth.actions.filter((action) => action.tenant === tenant).map(({ at }) => Math.floor((Date.parse(at) - first(week.truth)) / dayMs)));
      expect(days.size, tenant).to.be.within(15, 17);
    }
    for (const group of ['helpdesk', 'approved', 'provider']) expect(those('vb365.context.operator_groups', group), group).to.not.be.empty;
    for (const group of ['vip', 'leaver']) expect(those('vb365.context.owner_groups', group), group).to.not.be.empty;
  });

  it('raises nothing above low', () => {
    expect(week.alerts.filter(isAbove).map((alert) => `${alert['rule.name'] ?? ''}: ${alert['message'] ?? ''}`)).to.deep.equal([]);
  });

  it('leaves for the weekly review what jobs and a departure leave', () => {
    // Two jobs a night for three weeks; the server of the third tenant was down for one night. Three folders went to the share of the legal department.
    const lines = alertLines(week.alerts).filter((line) => !line.startsWith('audit_mail_stopped '));
    expect(lines.filter((line) => line.startsWith('access_without_session ')).map((line) => line.split(': ')[1]).sort()).to.deep.equal(['40', '42', '42']);
    expect(lines.filter((line) => !line.startsWith('access_without_session ')).map((line) => line.replace(/ .*: /, ': '))).to.deep.equal(['saved_to_share_or_drive: 3']);
  });

  it('has no health event: a maintenance is no tampering, and late mails are mails', () => {
    expect(week.health.map(({ 'event.action': action }) => action)).to.deep.equal([]);
  });

  it('knows nothing new for two weeks, and then only pairs that are new', () => {
    const novel = week.restores.filter(({ 'vb365.context.novelty': novelty }) => novelty !== undefined);
    expect(novel.filter((restore) => timeOf(restore) < first(week.truth) + 14 * dayMs)).to.deep.equal([]);
    expect(novel, 'the memory is asked').to.not.be.empty;
    const kinds = new Set(novel.flatMap(({ 'vb365.context.novelty': novelty }) => novelty ?? []));
    for (const kind of ['operator', 'host', 'gateway', 'operator-host', 'recipient-domain']) expect(kinds.has(kind), kind).to.equal(false);
  });

  it('happens in working hours, on known machines', () => {
    expect(those('vb365.context.off_hours', true)).to.deep.equal([]);
    expect(those('vb365.context.off_hours', false)).to.have.length(week.restores.length);
    expect(those('vb365.context.host_groups', 'provider').every((restore) => (restore['vb365.context.operator_groups'] ?? []).includes('provider'))).to.equal(true);
  });

  it('has the near misses that the rules are about', () => {
    const exports = those('vb365.operation', 'export');
    expect(exports.map((restore) => [restore['vb365.context.operator_groups'], restore['vb365.context.owner_groups'], restore['vb365.context.target_place']])).to.deep.equal(Array.from({ length: 3 }, () => [['approved'], ['leaver'], 'share']));
    const handedOver = those('vb365.context.target_place', 'other_owner');
    expect(handedOver.map((restore) => restore['vb365.context.owner_groups'])).to.deep.equal([['leaver']]);
    const portal = those('vb365.client.tool', 'portal');
    expect(portal).to.not.be.empty;
    expect(portal.filter((restore) => restore['event.reason'] === undefined)).to.deep.equal([]);
    for (const restore of those('vb365.context.owner_groups', 'vip')) expect(restore['vb365.context.operator_is_owner'], 'the protected owner looks after own data').to.equal(true);
    expect(new Set(those('vb365.context.operator_groups', 'provider').map((restore) => restore['vb365.tenant.id'])).size, 'the technician serves two customers').to.equal(2);
  });
});
