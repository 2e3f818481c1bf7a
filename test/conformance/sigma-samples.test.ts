/** The rule language by samples of our own: what each modifier, condition and correlation means, with the events it is about. */
import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadFieldTable } from '../../schemas/generate.ts';
import { createDetection } from '../../src/detect/detection.ts';
import type { Event } from '../../src/event.ts';
import { applyFilters } from '../../src/sigma/apply-filters.ts';
import { loadableRules } from '../../src/sigma/check-rules.ts';
import { compileRule } from '../../src/sigma/compile-rule.ts';
import { createEventView, createFieldTable } from '../../src/sigma/event-view.ts';
import { bindPlaceholders, noBindings } from '../../src/sigma/placeholders.ts';
import { readRules } from '../../src/sigma/read-rules.ts';
import { fieldsKnown } from '../../src/sigma/rule-knowledge.ts';
import type { Rule } from '../../src/sigma/rule.ts';
import { stableId } from '../../src/text/hash.ts';
import { readYaml } from '../../src/text/yaml-document.ts';
import { naiveDetection } from '../sigma/naive.ts';

interface Timeline { readonly name: string; readonly events: readonly (Event & { readonly at: number })[]; readonly alerts: readonly { readonly at: number; readonly group: string; readonly count?: number }[] }
interface Cases { readonly match?: readonly object[]; readonly ignore?: readonly object[]; readonly timelines?: readonly Timeline[] }
type Lists = Readonly<Record<string, readonly string[]>>;

const folder = resolve('test/conformance/sigma');
const names = readdirSync(folder).filter((name) => name.endsWith('.yml') && !name.endsWith('.events.yml')).sort();
const textOf = (name: string): string => readFileSync(resolve(folder, name), 'utf8');
const start = Date.UTC(2026, 2, 2, 9);
const { fields } = loadFieldTable();

/** A restore so many seconds after the start, another one for each place in the timeline. */
function restore({ at, ...more }: Timeline['events'][number], index: number): Event {
  const id = `restore ${String(index)}`;
  return {
    '@timestamp': new Date(start + at * 1_000).toISOString(), 'event.id': stableId(id), 'vb365.level': 'restore', 'vb365.tenant.id': 't1', 'vb365.restore.id': id, 'vb365.restore.revision': 1, ...more,
  };
}

/** Alerts of one rule among all rules of its file. */
function alertsOf(rules: readonly Rule[], rule: Rule, { events, alerts }: Timeline): Timeline['alerts'] {
  const detection = createDetection({ rules, bindingsOf: () => noBindings });
  for (const [index, event] of events.entries()) detection.add(restore(event, index));
  return detection.finish().filter((alert) => alert['rule.name'] === rule.title).map((alert, index) => ({
    at: (Date.parse(alert['@timestamp'] ?? '') - start) / 1_000, group: alert['vb365.alert.group'] ?? '', ...alerts[index]?.count === undefined ? {} : { count: alert['vb365.alert.count'] ?? 0 },
  }));
}

describe('Sigma by samples', () => {
  for (const name of names) {
    describe(name, () => {
      const { rules: read, findings } = readRules(textOf(name), name);
      const checked = loadableRules(read, { fields: fieldsKnown(fields) });
      const { placeholders = {}, ...cases } = readYaml(textOf(name.replace(/\.yml$/, '.events.yml'))).value as Readonly<Record<string, Cases>> & { readonly placeholders?: Lists };
      const rules = applyFilters(checked.rules);
      const used = new Set(rules.flatMap((rule) => rule.kind === 'correlation' ? rule.correlation.rules : []));

      it('nothing is wrong with it, and every rule that is no building block has its events', () => {
        expect([...findings, ...checked.findings].filter(({ severity }) => severity === 'error').map(({ code, line, message }) => `${String(line)} ${code} ${message}`)).to.deep.equal([]);
        expect(rules.map((rule) => rule.name ?? rule.title).filter((of) => !used.has(of) || Object.hasOwn(cases, of))).to.have.members(Object.keys(cases));
      });
      for (const rule of rules) {
        const { match = [], ignore = [], timelines = [] } = cases[rule.name ?? ''] ?? {};
        for (const timeline of timelines) it(`${rule.title}: ${timeline.name}`, () => { expect(alertsOf(checked.rules, rule, timeline)).to.deep.equal(timeline.alerts); });
        if (rule.kind !== 'detection' || used.has(rule.name ?? '')) continue;
        it(rule.title, () => {
          const table = createFieldTable();
          const compiled = compileRule(rule, table);
          const bindings = bindPlaceholders(placeholders);
          expect(match).to.not.be.empty;
          expect(ignore).to.not.be.empty;
          for (const [events, expected] of [[match, true], [ignore, false]] as const) {
            for (const event of events) {
              expect(compiled.test(createEventView(event, table), bindings), JSON.stringify(event)).to.equal(expected);
              expect(naiveDetection(rule.detection, event, placeholders), `read slowly: ${JSON.stringify(event)}`).to.equal(expected);
            }
          }
        });
      }
    });
  }
});
