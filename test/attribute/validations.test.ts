/** The search by time against the plain way: every check compared with every session. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Records } from '../../src/attribute/ledger.ts';
import type { LaunchRecord, OpenedSession, RestSessionRecord, ValidationRecord } from '../../src/attribute/records.ts';
import { explainValidations } from '../../src/attribute/validations.ts';
import type { Moment } from '../../src/event.ts';

const limitMs = 120_000;
const moment = (readings: readonly number[]): Moment => ({ ms: readings[0]!, precision: 's', basis: 'assumed', ...(readings.length === 1 ? {} : { readings }) });
const check = (organizationKey: string | undefined, ...readings: readonly number[]): ValidationRecord => ({ organizationKey, facts: { kind: 'validation', domain: organizationKey ?? '', at: moment(readings) } }) as unknown as ValidationRecord;
const session = (organizationKey: string | undefined, ms: number): RestSessionRecord => ({ organizationKey, facts: { created: moment([ms]) } }) as unknown as RestSessionRecord;
const opened = (organizationKey: string | undefined, ms: number): OpenedSession => ({ organizationKey, facts: { at: moment([ms]) } }) as unknown as OpenedSession;
const launch = (skewMs: number | undefined, ...sessions: readonly OpenedSession[]): LaunchRecord => ({ skewMs, sessions }) as unknown as LaunchRecord;
const records = (validations: readonly ValidationRecord[], sessions: readonly RestSessionRecord[], launches: readonly LaunchRecord[]): Records => ({ validations, sessions, launches }) as unknown as Records;

const rows: readonly (readonly [name: string, check: ValidationRecord, sessions: readonly RestSessionRecord[], launches: readonly LaunchRecord[], isExplained: boolean])[] = [
  ['a session two minutes before', check('a', limitMs), [session('a', 0)], [], true],
  ['a session two minutes after', check('a', 0), [session('a', limitMs)], [], true],
  ['a millisecond more before', check('a', limitMs + 1), [session('a', 0)], [], false],
  ['a millisecond more after', check('a', 0), [session('a', limitMs + 1)], [], false],
  ['a session of another organisation', check('a', 0), [session('b', 0)], [], false],
  ['nobody knows the organisation of either', check(undefined, 0), [session(undefined, 0)], [], false],
  ['a session that a log saw, its clock ahead', check('a', 0), [], [launch(-500_000, opened('a', 500_000))], true],
  ['the same with the clock not measured', check('a', 0), [], [launch(undefined, opened('a', 500_000))], false],
  ['one of two readings', check('a', 9_000_000, 0), [session('a', 0)], [], true],
  ['nothing', check('a', 0), [], [], false],
];

describe('checks of an organisation by the server', () => {
  for (const [name, validation, sessions, launches, isExplained] of rows) it(name, () => {
    expect(explainValidations(records([validation], sessions, launches)).unexplained.has(validation)).to.equal(!isExplained);
  });
  it('a check supports the session that was opened beside it and no other', () => {
    const [near, far, other] = [opened('a', 0), opened('a', limitMs + 1), opened('b', 0)];
    const { supports } = explainValidations(records([check('a', 0)], [], [launch(undefined, near, far, other)]));
    expect([near, far, other].map(supports)).to.deep.equal([true, false, false]);
  });

  it('is what the plain way finds', () => {
    const key = fc.constantFrom('a', 'b', undefined);
    const ms = fc.integer({ min: 0, max: 20 }).map((steps) => steps * 60_000);
    const checks = fc.array(fc.tuple(key, fc.array(ms, { minLength: 1, maxLength: 3 })).map(([name, readings]) => check(name, ...readings)), { maxLength: 12 });
    const sessions = fc.array(fc.tuple(key, ms).map(([name, time]) => session(name, time)), { maxLength: 8 });
    const launches = fc.array(fc.tuple(fc.constantFrom(undefined, -180_000, 60_000), fc.array(fc.tuple(key, ms).map(([name, time]) => opened(name, time)), { maxLength: 3 })).map(([skew, list]) => launch(skew, ...list)), { maxLength: 4 });
    fc.assert(fc.property(checks, sessions, launches, ms, ms, (validations, rest, logs, from, to) => {
      const found = explainValidations(records(validations, rest, logs));
      const isNear = ({ facts }: ValidationRecord, time: number): boolean => (facts.at.readings ?? [facts.at.ms]).some((reading) => Math.abs(time - reading) <= limitMs);
      const isSame = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;
      const uses = [...rest.map(({ organizationKey, facts }) => ({ organizationKey, time: facts.created.ms })), ...logs.flatMap(({ sessions: list, skewMs = 0 }) => list.map(({ organizationKey, facts }) => ({ organizationKey, time: facts.at.ms + skewMs })))];
      expect([...found.unexplained]).to.deep.equal(validations.filter((validation) => !uses.some(({ organizationKey, time }) => isSame(organizationKey, validation.organizationKey) && isNear(validation, time))));
      for (const { sessions: list, skewMs = 0 } of logs) for (const one of list) {
        expect(found.supports(one)).to.equal(validations.some((validation) => isSame(validation.organizationKey, one.organizationKey) && isNear(validation, one.facts.at.ms + skewMs)));
      }
      expect(found.between('a', from, to)).to.have.members(validations.filter(({ organizationKey, facts }) => organizationKey === 'a' && facts.at.ms >= from && facts.at.ms <= to));
    }), { numRuns: 500 });
  });
});
