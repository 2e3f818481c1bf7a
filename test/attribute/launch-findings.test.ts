import { expect } from 'chai';
import type { Activity, Moment } from '../../src/event.ts';
import { checkEvent } from '../contract/event-contract.ts';
import { at, item, launch, nineMs, opened, restEvent, restSession, settle } from './build.ts';

const hour = 3_600_000;
const out = 'D:\\Out';
/** a launch of one machine that begins `hours` after nine and lasts half an hour */
const run = (id: string, hours: number, over: Parameters<typeof launch>[1] = {}): Activity => launch(id, { firstMs: nineMs + hours * hour, lastMs: nineMs + hours * hour + hour / 2, at: { ...at('9:00'), ms: nineMs + hours * hour }, ...over });
const wrote = (id: string, clock: string): Activity => item(id, clock, `${out}\\${id}-${clock.replaceAll(':', '')}.msg`);
const named = (id: string, clock: string): Activity => item(id, clock, `${out}\\${id}-${clock.replaceAll(':', '')}.msg`, { gaps: [], source: 'Ann Lee\\Inbox', nameIsFile: false });
/** the same file on the server, whose clock is `aheadMs` before that of the machine */
const seen = (session: string, id: string, clock: string, aheadMs = 0): Activity => {
  const start: Moment = { ...at(clock, 'ms'), ms: at(clock).ms + aheadMs };
  return restEvent(session, `${id}-${clock}`, clock, `${out}\\${id}-${clock.replaceAll(':', '')}.msg`, { start });
};
type Row = readonly [name: string, activities: readonly Activity[], findings: readonly string[]];
const check = (action: string, rows: readonly Row[]): void => {
  for (const [name, activities, findings] of rows) {
    it(name, () => {
      const found = settle(activities).findings.filter((event) => event['event.action'] === action);
      found.forEach(checkEvent);
      expect(found.map((event) => event['vb365.session.id'])).to.deep.equal(findings);
    });
  }
};

describe('extended logging switched off', () => {
  const first = [run('mia', 0, { extended: true }), named('mia', '9:05')];
  check('logging-lowered', [
    ['extended, then default', [...first, run('tom', 1), wrote('tom', '10:05')], ['tom']],
    ['in the other order', [run('tom', -1), wrote('tom', '8:05'), ...first], []],
    ['it is said once', [...first, run('tom', 1), wrote('tom', '10:05'), run('ann', 2), wrote('ann', '11:05')], ['tom']],
    ['on again, then off again', [...first, run('tom', 1), wrote('tom', '10:05'), run('ann', 2, { extended: true }), run('ben', 3), wrote('ben', '12:05')], ['tom', 'ben']],
    ['a launch that wrote nothing shows no mode', [...first, run('tom', 1), run('ann', 2), wrote('ann', '11:05')], ['ann']],
    ['always default', [run('tom', 1), wrote('tom', '10:05'), run('ann', 2), wrote('ann', '11:05')], []],
    ['always extended', [...first, run('tom', 1, { extended: true }), named('tom', '10:05')], []],
    ['of another machine', [...first, run('tom', 1, { host: 'WKS07' }), wrote('tom', '10:05')], []],
    ['of another Explorer', [...first, run('tom', 1, { workload: 'onedrive' }), wrote('tom', '10:05')], []],
    ['a time that is not certain cannot be put in an order', [...first, run('tom', 1, { timeCertain: false }), wrote('tom', '10:05')], []],
    ['nor one without its offset', [...first, run('tom', 1, { offsetKnown: false }), wrote('tom', '10:05')], []],
  ]);
  it('says with what', () => {
    const [finding] = settle([...first, run('tom', 1), wrote('tom', '10:05'), wrote('tom', '10:06')]).findings.filter((event) => event['event.action'] === 'logging-lowered');
    expect(finding).to.include({ 'event.kind': 'state', 'event.severity': 5, 'source.domain': 'ADM01', '@timestamp': '2026-03-02T10:00:00.000Z' });
    expect(finding?.['vb365.attribution.evidence']).to.deep.equal(['start-mia', 'item-tom-10:05-tom-1005.msg']);
    expect(finding?.['vb365.health.detail']).to.include('2 operations').and.to.include('2026-03-02T09:00:00.000Z');
  });
});

describe('clocks that were moved between launches', () => {
  /** two files of each launch, so that a difference of hours is measured */
  const measured = (id: string, session: string, from: number, aheadMs: number): readonly Activity[] => [
    run(id, from), wrote(id, `${9 + from}:05`), wrote(id, `${9 + from}:06`), restSession(session, '9:00', { created: { ...at('9:00'), ms: nineMs + from * hour + aheadMs } }), seen(session, id, `${9 + from}:05`, aheadMs), seen(session, id, `${9 + from}:06`, aheadMs),
  ];
  const minute = 60_000;
  check('clock-jump', [
    ['both right', [...measured('mia', 's1', 0, 0), ...measured('tom', 's2', 2, 0)], []],
    ['both wrong by the same', [...measured('mia', 's1', 0, 90 * minute), ...measured('tom', 's2', 2, 90 * minute)], []],
    ['put back by two minutes and a second', [...measured('mia', 's1', 0, 0), ...measured('tom', 's2', 2, 121_000)], ['tom']],
    ['behind by two minutes: two clocks that drift', [...measured('mia', 's1', 0, 0), ...measured('tom', 's2', 2, 120_000)], []],
    ['put forward by an hour', [...measured('mia', 's1', 0, 60 * minute), ...measured('tom', 's2', 3, 0)], []],
    ['put forward by an hour and a second', [...measured('mia', 's1', 0, 60 * minute + 1_000), ...measured('tom', 's2', 3, 0)], ['tom']],
    ['of two machines', [...measured('mia', 's1', 0, 0), ...measured('tom', 's2', 2, 90 * minute).map((one) => one.facts.kind === 'launch' ? launch('tom', { ...one.facts, host: 'WKS07' }) : one.facts.kind === 'rest-session' ? { ...one, facts: { ...one.facts, clientHost: 'WKS07' } } : one)], []],
    ['an offset from the configuration may be the wrong one', [...measured('mia', 's1', 0, 0), ...measured('tom', 's2', 2, 90 * minute).map((one) => one.facts.kind === 'launch' ? run('tom', 2, { at: { ...at('11:00'), basis: 'config' } }) : one)], []],
    ['not measured', [...measured('mia', 's1', 0, 0), run('tom', 2), wrote('tom', '11:05')], []],
  ]);
  it('says how far and between what', () => {
    const [finding] = settle([...measured('mia', 's1', 0, 0), ...measured('tom', 's2', 2, 90 * minute)]).findings.filter((event) => event['event.action'] === 'clock-jump');
    expect(finding?.['vb365.health.detail']).to.equal('The clock of ADM01 went back by 90 minutes against the backup server between 2026-03-02T09:00:00.000Z and 2026-03-02T12:30:00.000Z');
  });
});

describe('logs that end before what their session did', () => {
  const whole = [run('mia', 0), opened('mia', '9:01'), wrote('mia', '9:05'), restSession('s1', '9:01'), seen('s1', 'mia', '9:05')];
  const later = run('tom', 3);
  check('log-truncated', [
    ['the server has a file after its end', [...whole, seen('s1', 'mia', '10:00'), later], ['mia']],
    ['nothing later of this machine was collected', [...whole, seen('s1', 'mia', '10:00')], []],
    ['what was collected later ends before the file', [...whole, seen('s1', 'mia', '10:00'), run('tom', 0.25)], []],
    ['of another machine', [...whole, seen('s1', 'mia', '10:00'), run('tom', 3, { host: 'WKS07' })], []],
    ['within what two clocks may differ', [...whole, seen('s1', 'mia', '9:30:05'), later], []],
    ['just after it', [...whole, seen('s1', 'mia', '9:30:06'), later], ['mia']],
    ['nothing after its end', [...whole, later], []],
    ['what failed is not written', [...whole, restEvent('s1', 'x', '10:00', `${out}\\x.msg`, { result: 'failed' }), later], []],
    ['a view is not written', [...whole, restEvent('s1', 'x', '10:00', `${out}\\x.msg`, { operation: 'view' }), later], []],
    ['another Explorer writes less', [run('mia', 0, { workload: 'onedrive' }), ...whole.slice(1).map((one) => one.facts.kind === 'rest-session' ? { ...one, facts: { ...one.facts, workload: 'onedrive' as const } } : one), seen('s1', 'mia', '10:00'), later], []],
    ['a file without header may be its rest', [...whole, seen('s1', 'mia', '10:00'), later, launch('rest', { account: undefined as unknown as string })], []],
  ]);
});
