/** Every row of sigma.md section 7 that says when something fires, worked out by hand. */
import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import type { EngineOptions } from '../../src/detect/engine.ts';
import type { Rule } from '../../src/sigma/rule.ts';
import { activity, alertsOf, and, correlation, day, detection, event, hour, minute, not, or, rowOf, rule, second, without, type Row } from './compose.ts';

type Bounds = readonly { readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'; readonly value: number }[];
const gte = (value: number): Bounds => [{ operator: 'gte', value }];
const lt = (value: number): Bounds => [{ operator: 'lt', value }];
const abc: readonly Rule[] = [detection('a'), detection('b'), detection('c')];
const three = correlation('k', { bounds: gte(3) });
const bob: Event = { 'user.name': 'bob' };
const size = (value: number): Event => ({ 'vb365.item.size': value });
const name = (value: string): Event => ({ 'vb365.item.name': value });
const k = (at: number, count: number, more: Partial<Row> = {}): Row => ({ rule: 'k', at, group: 'ann', count, ...more });

interface Timeline { readonly rules: readonly Rule[]; readonly stream: readonly (Event | number)[]; readonly alerts: readonly Row[]; readonly options?: Partial<EngineOptions> }
const timelines: Readonly<Record<string, Readonly<Record<string, Timeline>>>> = {
  'counts on arrival': {
    'the third event inside the window': { rules: [three], stream: [event(0, 'a'), event(30 * second, 'a'), event(minute, 'a')], alerts: [k(minute, 3)] },
    'the third event a second too late': { rules: [three], stream: [event(0, 'a'), event(30 * second, 'a'), event(61 * second, 'a')], alerts: [] },
    'one event fewer than the threshold': { rules: [three], stream: [event(0, 'a'), event(1, 'a')], alerts: [] },
    'one event of somebody else': { rules: [three], stream: [event(0, 'a'), event(1, 'a', bob), event(2, 'a')], alerts: [] },
    'an event without the field of the group': { rules: [three], stream: [event(0, 'a'), without(event(1, 'a'), 'user.name'), event(2, 'a')], alerts: [] },
    'an event that matches nothing': { rules: [three], stream: [event(0, 'a'), event(1, 'x'), event(2, 'a')], alerts: [] },
    'the same person in other letters': { rules: [three], stream: [event(0, 'a'), event(1, 'a', { 'user.name': 'ANN' }), event(2, 'a', { 'user.name': 'Ann' })], alerts: [k(2, 3)] },
    'another tenant': { rules: [three], stream: [event(0, 'a'), event(1, 'a', { 'vb365.tenant.id': 't2' }), event(2, 'a')], alerts: [] },
    'an event of two rules counts once': { rules: [correlation('k', { rules: ['a', 'b'], bounds: gte(2) })], stream: [event(0, 'a b')], alerts: [] },
    'events of two rules count together': { rules: [correlation('k', { rules: ['a', 'b'], bounds: gte(2) })], stream: [event(0, 'a'), event(1, 'b')], alerts: [k(1, 2)] },
    'more than is one above': { rules: [correlation('k', { bounds: [{ operator: 'gt', value: 2 }] })], stream: [event(0, 'a'), event(1, 'a'), event(2, 'a')], alerts: [k(2, 3)] },
    'without group-by all of a tenant are one group': { rules: [{ ...three, correlation: { ...three.correlation, groupBy: [] } }], stream: [event(0, 'a'), event(1, 'a', bob), without(event(2, 'a'), 'user.name')], alerts: [{ rule: 'k', at: 2, count: 3 }] },
    'each element of an array is a group': { rules: [correlation('k', { groupBy: ['email.to.address'], bounds: gte(2) })], stream: [event(0, 'a', { 'email.to.address': ['x@a.example', 'y@a.example'] }), event(1, 'a', { 'email.to.address': ['Y@A.example'] })], alerts: [k(1, 2, { group: 'y@a.example' })] },
    'seventeen groups are too many': { rules: [correlation('k', { groupBy: ['email.to.address'], bounds: gte(1) })], stream: [event(0, 'a', { 'email.to.address': Array.from({ length: 17 }, (_, index) => `${String(index)}@a.example`) })], alerts: [] },
    'sixteen groups are not': { rules: [correlation('k', { groupBy: ['email.to.address'], bounds: gte(1) })], stream: [event(0, 'a', { 'email.to.address': Array.from({ length: 16 }, (_, index) => `${String(index)}@a.example`) })], alerts: Array.from({ length: 16 }, (_, index) => k(0, 1, { group: `${String(index)}@a.example` })) },
    'an alias is another field in each rule': {
      rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], groupBy: ['who'], aliases: new Map([['who', new Map([['a', 'user.name'], ['b', 'user.target.name']])]]) })],
      stream: [event(0, 'a'), event(1, 'b', { 'user.name': 'eve', 'user.target.name': 'ann' })], alerts: [k(1, 2)],
    },
  },
  'values on arrival': {
    'the third different value': { rules: [correlation('k', { type: 'value_count', countedFields: ['vb365.item.name'], bounds: gte(3) })], stream: [event(0, 'a', name('x')), event(1, 'a', name('y')), event(2, 'a', name('X')), event(3, 'a', name('z'))], alerts: [k(3, 4)] },
    'a value that has left the window': { rules: [correlation('k', { type: 'value_count', countedFields: ['vb365.item.name'], bounds: gte(3) })], stream: [event(0, 'a', name('x')), event(2, 'a', name('y')), event(61 * second, 'a', name('z'))], alerts: [] },
    'an event without the value does not count': { rules: [correlation('k', { type: 'value_count', countedFields: ['vb365.item.name'], bounds: gte(2) })], stream: [event(0, 'a', name('x')), event(1, 'a')], alerts: [] },
    'tuples': { rules: [correlation('k', { type: 'value_count', countedFields: ['vb365.item.name', 'vb365.workload'], bounds: gte(2) })], stream: [event(0, 'a', { ...name('x'), 'vb365.workload': 'teams' }), event(1, 'a', name('x')), event(2, 'a', { ...name('x'), 'vb365.workload': 'exchange' })], alerts: [k(2, 2)] },
    'a sum that reaches its bound': { rules: [correlation('k', { type: 'value_sum', countedFields: ['vb365.item.size'], bounds: gte(100) })], stream: [event(0, 'a', size(60)), event(1, 'a'), event(2, 'a', size(40))], alerts: [k(2, 2)] },
    'a sum one below': { rules: [correlation('k', { type: 'value_sum', countedFields: ['vb365.item.size'], bounds: gte(100) })], stream: [event(0, 'a', size(60)), event(2, 'a', size(39))], alerts: [] },
  },
  'order of arrival': {
    'an older event completes the window that ends with a newer one': { rules: [three], stream: [event(0, 'a'), event(minute, 'a'), event(30 * second, 'a')], alerts: [k(minute, 3)], options: { latenessMs: minute } },
    'the earliest end for which it holds': { rules: [three], stream: [event(0, 'a'), event(20 * second, 'a'), event(70 * second, 'a'), event(10 * second, 'a')], alerts: [k(20 * second, 3)], options: { latenessMs: 2 * minute } },
    'late events of one source are among themselves': {
      rules: [three], stream: [event(hour, 'a'), event(hour + 1, 'a'), event(0, 'a', { 'source.domain': 'h1' }), event(1, 'a', { 'source.domain': 'h2' }), event(2, 'a', { 'source.domain': 'h1' }), event(3, 'a', { 'source.domain': 'h1' })],
      alerts: [k(3, 3, { late: true })],
    },
    'a source that is up to date again begins anew when it is late again': {
      rules: [three], stream: [event(hour, 'a', { 'source.domain': 'h2' }), event(0, 'a', { 'source.domain': 'h1' }), event(1, 'a', { 'source.domain': 'h1' }), event(2 * hour, 'x', { 'source.domain': 'h1' }), event(2, 'a', { 'source.domain': 'h1' })], alerts: [],
    },
    'within the lateness nothing is late': { rules: [three], stream: [event(5 * minute, 'x'), event(1, 'a'), event(2, 'a'), event(3, 'a')], alerts: [k(3, 3)], options: { latenessMs: 5 * minute } },
  },
  'suppression': {
    'by default the timespan': { rules: [three], stream: [0, 1, 2, 3, 60_001].map((at) => event(at, 'a')), alerts: [k(2, 3)] },
    'the first event after it fires with fresh numbers': { rules: [three], stream: [0, 1, 2, 30_000, 59_000, 60_002].map((at) => event(at, 'a')), alerts: [k(2, 3), k(60_002, 4)] },
    'longer than the timespan': { rules: [correlation('k', { bounds: gte(2) }, { vb365: { suppressMs: hour } })], stream: [0, 1, 2 * minute, 2 * minute + 1, hour, hour + 1].map((at) => event(at, 'a')), alerts: [k(1, 2), k(hour + 1, 2)] },
    'none: as many new events again': { rules: [correlation('k', { bounds: gte(3) }, { vb365: { suppressMs: 0 } })], stream: [0, 1, 2, 3, 4, 5, 6].map((at) => event(at, 'a')), alerts: [k(2, 3), k(5, 3)] },
    'each group for itself': { rules: [correlation('k', { bounds: gte(1) })], stream: [event(0, 'a'), event(1, 'a', bob), event(2, 'a')], alerts: [k(0, 1), k(1, 1, { group: 'bob' })] },
  },
  'temporal': {
    'all rules in any order': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'] })], stream: [event(0, 'b'), event(minute, 'a')], alerts: [k(minute, 2)] },
    'a second too far apart': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'] })], stream: [event(0, 'b'), event(61 * second, 'a')], alerts: [] },
    'one event for both': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'] })], stream: [event(0, 'a b')], alerts: [k(0, 1)] },
    'so many of the rules': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b', 'c'], bounds: gte(2) })], stream: [event(0, 'a'), event(1, 'a'), event(2, 'c')], alerts: [k(2, 3)] },
    'an expression': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b', 'c'], expression: and(rule('a'), or(rule('b'), rule('c'))) })], stream: [event(0, 'b'), event(1, 'c'), event(2, 'a')], alerts: [k(2, 3)] },
  },
  'temporal_ordered': {
    'the order of the rules': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'] })], stream: [event(0, 'a'), event(minute, 'b')], alerts: [k(minute, 2)] },
    'the wrong order': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'] })], stream: [event(0, 'b'), event(minute, 'a')], alerts: [] },
    'a second too late': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'] })], stream: [event(0, 'a'), event(61 * second, 'b')], alerts: [] },
    'each step needs a further event': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'] })], stream: [event(0, 'a b')], alerts: [] },
    'of equal times the one that arrived first is first': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'] })], stream: [event(0, 'a'), event(0, 'b')], alerts: [k(0, 2)], options: { latenessMs: 1 } },
    'the latest start counts': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'] })], stream: [event(0, 'a'), event(50 * second, 'a'), event(100 * second, 'b')], alerts: [k(100 * second, 2)] },
    'an older event completes the chain': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b', 'c'] })], stream: [event(0, 'a'), event(2, 'c'), event(1, 'b')], alerts: [k(2, 3)], options: { latenessMs: minute } },
    'two of three steps': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b', 'c'], bounds: gte(2) })], stream: [event(0, 'a'), event(1, 'c')], alerts: [k(1, 2)] },
    'a choice as a step': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b', 'c'], expression: and(or(rule('a'), rule('b')), rule('c')) })], stream: [event(0, 'b'), event(1, 'c')], alerts: [k(1, 2)] },
  },
  'on close: counts and values': {
    'fewer than two in a window that is over': { rules: [correlation('k', { bounds: lt(2), timespanMs: hour })], stream: [event(0, 'a'), event(hour, 'x')], alerts: [k(hour, 1)] },
    'an event that prevents it': { rules: [correlation('k', { bounds: lt(2), timespanMs: hour })], stream: [event(0, 'a'), event(hour - 1, 'a'), event(hour, 'x')], alerts: [] },
    'an event at the end belongs to the next window': { rules: [correlation('k', { bounds: lt(2), timespanMs: hour })], stream: [event(0, 'a'), event(hour, 'a'), event(hour + 1, 'a')], alerts: [k(hour, 1)] },
    'nothing comes any longer': { rules: [correlation('k', { bounds: lt(1), timespanMs: day })], stream: [event(0, 'a'), event(day + hour, 'a'), 4 * day], alerts: [k(3 * day, 0)] },
    'only the change fires': { rules: [correlation('k', { bounds: lt(1), timespanMs: day })], stream: [event(0, 'a'), 9 * day], alerts: [k(2 * day, 0)] },
    'and again after a window in which it was false': { rules: [correlation('k', { bounds: lt(1), timespanMs: day })], stream: [event(0, 'a'), 3 * day, event(3 * day + hour, 'a'), 6 * day], alerts: [k(2 * day, 0), k(5 * day, 0)] },
    'nobody waits longer than the memory': { rules: [correlation('k', { bounds: [{ operator: 'eq', value: 0 }], timespanMs: day })], stream: [event(0, 'a'), 9 * day], alerts: [], options: { absenceMemoryMs: hour } },
    'a group never seen is not missed': { rules: [correlation('k', { bounds: lt(1), timespanMs: day })], stream: [event(0, 'x'), 9 * day], alerts: [] },
    'the one group of a tenant is': { rules: [{ ...three, correlation: { ...three.correlation, groupBy: [], bounds: lt(1), timespanMs: day } }], stream: [event(0, 'x'), 9 * day], alerts: [{ rule: 'k', at: day, count: 0 }] },
    'a range': { rules: [correlation('k', { bounds: [{ operator: 'gt', value: 1 }, { operator: 'lte', value: 2 }] })], stream: [event(0, 'a'), event(1, 'a'), event(minute, 'a'), event(minute + 1, 'a'), event(minute + 2, 'a'), 2 * minute], alerts: [k(minute, 2)] },
    'a mean': { rules: [correlation('k', { type: 'value_avg', countedFields: ['vb365.item.size'], bounds: gte(10) })], stream: [event(0, 'a', size(5)), event(1, 'a', size(15)), minute], alerts: [k(minute, 2)] },
    'a mean of nothing is none': { rules: [correlation('k', { type: 'value_avg', countedFields: ['vb365.item.size'], bounds: lt(10) })], stream: [event(0, 'a', size(15)), 9 * minute], alerts: [] },
    'a percentile, by the nearest rank': { rules: [correlation('k', { type: 'value_percentile', percentile: 50, countedFields: ['vb365.item.size'], bounds: [{ operator: 'eq', value: 2 }] })], stream: [event(0, 'a', size(3)), event(1, 'a', size(1)), event(2, 'a', size(2)), event(3, 'a', size(9)), minute], alerts: [k(minute, 4)] },
    'late events are not judged': { rules: [correlation('k', { bounds: [{ operator: 'eq', value: 1 }] })], stream: [event(hour, 'x'), event(0, 'a'), 2 * hour], alerts: [] },
    'restores wait for their evidence': { rules: [correlation('k', { bounds: [{ operator: 'eq', value: 2 }] })], stream: [event(0, 'a'), minute, event(1, 'a'), 2 * minute], alerts: [k(minute, 2)], options: { restoreWaitMs: minute } },
  },
  'on close: negated terms': {
    'an export that no ticket announced': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))), timespanMs: 2 * hour })], stream: [event(0, 'a'), event(2 * hour, 'x')], alerts: [k(2 * hour, 1)] },
    'not before the window is over': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))), timespanMs: 2 * hour })], stream: [event(0, 'a'), event(2 * hour, 'x'), event(2 * hour, 'b')], alerts: [], options: { latenessMs: 1 } },
    'a ticket before, at the border': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'b'), event(minute, 'a')], alerts: [] },
    'a ticket a moment too early': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'b'), event(minute + 1, 'a')], alerts: [k(2 * minute + 1, 1)] },
    'a ticket after, at the border': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'a'), event(minute, 'b')], alerts: [], options: { latenessMs: 1 } },
    'a ticket a moment too late': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'a'), event(minute + 1, 'b')], alerts: [k(minute, 1)] },
    'what belongs to the same situation fires once': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'a'), event(1, 'a'), event(minute, 'a'), event(minute + 1, 'a')], alerts: [k(minute, 1), k(2 * minute + 1, 1)] },
    'a ticket for somebody else': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'a'), event(1, 'b', bob)], alerts: [k(minute, 1)] },
    'two events and not a third': { rules: [correlation('k', { type: 'temporal', rules: ['a', 'b', 'c'], expression: and(rule('a'), rule('b'), not(rule('c'))) })], stream: [event(0, 'a'), event(10, 'b')], alerts: [k(minute, 2)] },
    'nothing between two steps': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b', 'c'], expression: and(rule('a'), not(rule('b')), rule('c')) })], stream: [event(0, 'a'), event(2, 'c')], alerts: [k(minute, 2)] },
    'something between two steps': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b', 'c'], expression: and(rule('a'), not(rule('b')), rule('c')) })], stream: [event(0, 'a'), event(1, 'b'), event(2, 'c')], alerts: [] },
    'the same before the first step': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b', 'c'], expression: and(rule('a'), not(rule('b')), rule('c')) })], stream: [event(0, 'b'), event(1, 'a'), event(2, 'c')], alerts: [k(minute + 1, 2)] },
    'nothing before the first step': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'], expression: and(not(rule('b')), rule('a')) })], stream: [event(0, 'b'), event(minute, 'a')], alerts: [] },
    'that before the first step was too early': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'], expression: and(not(rule('b')), rule('a')) })], stream: [event(0, 'b'), event(minute + 1, 'a'), event(minute + 2, 'b')], alerts: [k(2 * minute + 1, 1)] },
    'nothing after the last step': { rules: [correlation('k', { type: 'temporal_ordered', rules: ['a', 'b'], expression: and(rule('a'), not(rule('b'))) })], stream: [event(0, 'b'), event(1, 'a'), event(2, 'b')], alerts: [] },
  },
  'chains': {
    'an inner firing is an event': {
      rules: [correlation('i', { bounds: gte(2), timespanMs: second }, { level: 'informational' }), correlation('k', { rules: ['i'], bounds: gte(2), timespanMs: hour })],
      stream: [event(0, 'a'), event(1, 'a'), event(minute, 'a'), event(minute + 1, 'a')], alerts: [k(minute + 1, 2)],
    },
    'what is held back is seen all the same': {
      rules: [correlation('i', { bounds: gte(2) }, { vb365: { suppressMs: day } }), correlation('k', { rules: ['i'], bounds: gte(2), timespanMs: hour })],
      stream: [0, 1, 2, 3].map((at) => event(at, 'a')), alerts: [{ rule: 'i', at: 1, group: 'ann', count: 2 }, k(3, 2)],
    },
    'in the same file inner rules say nothing': {
      rules: [detection('a', { level: 'high', file: 'one.yml' }), correlation('k', { bounds: gte(2) }, { file: 'one.yml' })], stream: [event(0, 'a'), event(1, 'a')], alerts: [k(1, 2)],
    },
    'but with generate': {
      rules: [detection('a', { level: 'high', file: 'one.yml' }), correlation('k', { bounds: gte(2), generate: true }, { file: 'one.yml' })], stream: [event(0, 'a'), event(1, 'a')],
      alerts: [{ rule: 'a', at: 0, count: 1 }, { rule: 'a', at: 1, count: 1 }, k(1, 2)],
    },
    'an absence is an event too': {
      rules: [correlation('i', { bounds: lt(1), timespanMs: day }, { level: 'informational' }), correlation('k', { type: 'temporal', rules: ['i', 'b'], timespanMs: 2 * day })],
      stream: [event(0, 'a'), 2 * day, event(2 * day + hour, 'b')], alerts: [k(2 * day + hour, 2)],
    },
    'weak signals add up': {
      rules: [detection('a', { level: 'low' }), detection('weak', { level: 'low', description: 'a' }, 'alert'), correlation('k', { rules: ['weak'], bounds: gte(2) })],
      stream: [event(0, 'a'), event(1, 'a')],
      alerts: [{ rule: 'a', at: 0, count: 1 }, { rule: 'weak', at: 0, count: 1 }, { rule: 'a', at: 1, count: 1 }, { rule: 'weak', at: 1, count: 1 }, k(1, 2)],
    },
    'alerts of rules about alerts are fed to nobody': {
      rules: [detection('a', { level: 'low' }), detection('weak', { level: 'low', description: 'a' }, 'alert'), detection('weaker', { level: 'low', description: 'weak' }, 'alert')],
      stream: [event(0, 'a')], alerts: [{ rule: 'a', at: 0, count: 1 }, { rule: 'weak', at: 0, count: 1 }],
    },
  },
  'restores': {
    'a revision replaces the entry': { rules: [three], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 }), event(1, 'a')], alerts: [] },
    'a revision that matches no longer takes it away': { rules: [three], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(1, 'a'), event(1, 'x', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 }), event(2, 'a')], alerts: [] },
    'a late revision keeps its place': { rules: [three], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(30 * second, 'a'), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 }), event(minute, 'a')], alerts: [k(minute, 3)] },
    'a revision may change the group': { rules: [correlation('k', { bounds: gte(2) })], stream: [event(0, 'a', bob), event(1, 'a', { 'vb365.restore.id': 'r' }), event(1, 'a', { ...bob, 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 })], alerts: [k(1, 2, { group: 'bob' })] },
    'an older revision changes nothing': { rules: [correlation('k', { bounds: gte(1) })], stream: [event(0, 'x', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 }), event(0, 'a', { 'vb365.restore.id': 'r' })], alerts: [] },
    'what was counted long ago is not counted again': { rules: [correlation('k', { bounds: gte(1) })], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(hour, 'x'), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 })], alerts: [k(0, 1)] },
    'a restore that was another one is none': { rules: [correlation('k', { bounds: gte(2) })], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2, 'vb365.restore.merged_into': 's' }), event(1, 'a')], alerts: [] },
    'one alert for each rule and restore': { rules: [detection('a', { level: 'low' })], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 })], alerts: [{ rule: 'a', at: 0, count: 1 }] },
    'a later revision may be the first that matches': { rules: [detection('a', { level: 'low' })], stream: [event(0, 'x', { 'vb365.restore.id': 'r' }), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 })], alerts: [{ rule: 'a', at: 0, count: 1 }] },
    'settled: the last revision known decides': { rules: [detection('a', { level: 'low', vb365: { settleMs: hour } })], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(0, 'x', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 }), event(2 * hour, 'x')], alerts: [] },
    'settled: once': { rules: [detection('a', { level: 'low', vb365: { settleMs: hour } })], stream: [event(0, 'a', { 'vb365.restore.id': 'r' }), event(hour, 'x'), event(0, 'a', { 'vb365.restore.id': 'r', 'vb365.restore.revision': 2 })], alerts: [{ rule: 'a', at: 0, count: 1 }] },
    'settled: a correlation waits for it': { rules: [detection('a', { level: 'informational', vb365: { settleMs: hour } }), correlation('k', { type: 'temporal', rules: ['a', 'b'] })], stream: [event(0, 'a'), event(1, 'b'), event(2 * hour, 'x')], alerts: [k(1, 2)] },
  },
  'single rules': {
    'informational says nothing': { rules: [detection('a')], stream: [event(0, 'a')], alerts: [] },
    'unless it is wanted': { rules: [detection('a')], stream: [event(0, 'a')], alerts: [{ rule: 'a', at: 0, count: 1 }], options: { emitsInformational: true } },
    'deprecated rules are not run': { rules: [detection('a', { level: 'high', status: 'deprecated' })], stream: [event(0, 'a')], alerts: [] },
    'held back for each key, and counted by the next': {
      rules: [detection('a', { level: 'low', vb365: { suppressMs: minute, suppressBy: ['user.name'] } })], stream: [event(0, 'a'), event(1, 'a'), event(2, 'a', bob), event(minute - 1, 'a'), event(minute, 'a')],
      alerts: [{ rule: 'a', at: 0, count: 1 }, { rule: 'a', at: 2, count: 1 }, { rule: 'a', at: minute, count: 3 }],
    },
  },
  'two streams': {
    'what is over is over in both': {
      rules: [detection('b', {}, 'explorer'), correlation('k', { rules: ['a', 'b'], bounds: [{ operator: 'eq', value: 2 }] })], stream: [event(0, 'a'), event(hour, 'x'), activity(1, 'b'), activity(hour, 'x')], alerts: [k(minute, 2)],
    },
  },
};

describe('rules on the stream: timelines', () => {
  for (const [part, rows] of Object.entries(timelines)) {
    describe(part, () => {
      for (const [title, { rules, stream, alerts, options }] of Object.entries(rows)) {
        it(title, () => {
          const named = new Set(rules.map((one) => one.name));
          expect(alertsOf([...abc.filter((one) => !named.has(one.name)), ...rules], stream, options).map(rowOf)).to.deep.equal(alerts);
        });
      }
    });
  }
});
