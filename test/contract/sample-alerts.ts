/** Alerts of every kind over the restore of the field map: by a single rule, by correlations on arrival and on close, late, and over all tenants. */
import type { Event } from '../../src/event.ts';
import { createEngine } from '../../src/detect/engine.ts';
import type { Rule } from '../../src/sigma/rule.ts';
import { correlation, detection, matcherOf } from '../detect/compose.ts';
import { restoreEvent } from '../emit/example-events.ts';
import type { SampleEvents } from './sample-events.ts';

const attack = { tactics: new Map([['exfiltration', { id: 'TA0010', name: 'Exfiltration' }]]), techniques: new Map([['T1114.002', 'Remote Email Collection']]) };
const told = { level: 'high' as const, description: 'Somebody takes mail out.', references: ['https://rules.example/a'], tags: ['vb365.exfiltration', 'attack.exfiltration', 'attack.t1114.002'] };
const rules: readonly Rule[] = [
  detection('a', told), detection('b', { level: 'low', vb365: { scope: 'provider' }, fields: ['vb365.item.name', 'vb365.target.path'] }),
  correlation('many', { bounds: [{ operator: 'gte', value: 2 }] }, told), correlation('few', { bounds: [{ operator: 'lt', value: 3 }] }), correlation('gone', { bounds: [{ operator: 'lt', value: 1 }], groupBy: ['user.name', 'user.domain'] }),
  correlation('everywhere', { bounds: [{ operator: 'gte', value: 2 }], groupBy: ['vb365.item.name'] }, { vb365: { scope: 'provider' } }),
];

/** In the order in which they are raised. */
export function sampleAlerts(): SampleEvents {
  const engine = createEngine({ rules, match: matcherOf(rules), latenessMs: 0, attack });
  const events = [0, 1, 600_000, 2, 3].map((at, index): Event => {
    const time = new Date(Date.parse(restoreEvent['@timestamp'] ?? '') + at).toISOString();
    return { ...restoreEvent, '@timestamp': time, 'event.end': time, 'event.reason': index % 2 === 0 ? 'a b' : 'a', 'vb365.restore.id': `${String(index)}${restoreEvent['vb365.restore.id']?.slice(1) ?? ''}` };
  });
  return { sample: 'alerts', activities: [], restores: [], findings: [...events.flatMap((event) => engine.feed(event)), ...engine.close()].map(({ event }) => event) };
}
