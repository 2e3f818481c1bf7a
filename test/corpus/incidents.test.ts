/** Incidents through the whole path: each raises exactly the alerts that were written down for it, and no alert names anybody else than who did it. */
import { expect } from 'chai';
import { builtInPack } from '../../src/cli/load-rules.ts';
import { incidents } from '../../src/simulate/scenarios.ts';
import { describeScore } from './score.ts';
import { alertLines, countedLines, operatorOf, readStory } from './stories.ts';

/** Rules about sessions and logs: their alerts say what happened to them, not who it was. */
const aboutThings = new Set(['taken_out_then_session_deleted', 'young_restore_session_deleted', 'logging_lowered']);
/** the gate sets 2 */
const seeds = Array.from({ length: Number(process.env['VB365_STORY_SEEDS'] ?? 1) }, (_, index) => String(index + 1));

describe('incidents', function () {
  this.timeout(120_000);

  it('are at least eight, each by a name of its own and with alerts that the pack has rules for', () => {
    const rules = new Set(builtInPack().map(({ name }) => name));
    expect(incidents.length).to.be.at.least(8);
    expect(new Set(incidents.map(({ name }) => name)).size).to.equal(incidents.length);
    for (const { name, alerts } of incidents) {
      expect(alerts, name).to.not.be.empty;
      for (const { rule } of alerts) expect(rules.has(rule), `${name}: ${rule}`).to.equal(true);
    }
  });

  for (const { name, alerts } of incidents) for (const seed of seeds) it(`${name} (seed ${seed}) raises exactly its alerts and accuses nobody else`, async () => {
    const reading = await readStory({ incident: name, seed });
    const { story, score } = reading;
    expect(alertLines(reading.alerts)).to.deep.equal(countedLines(story.alerts));
    const accused = [...new Set(reading.alerts.map(operatorOf).filter((account) => account !== undefined))];
    const isAboutPeople = alerts.some(({ rule }) => !aboutThings.has(rule));
    expect(accused).to.deep.equal(story.culprit !== undefined && isAboutPeople ? [story.culprit] : []);
    expect({ precision: score.precision, recall: score.recall, invented: score.invented.length, missing: score.missing.length }, describeScore(score)).to.deep.equal({ precision: 1, recall: 1, invented: 0, missing: 0 });
  });
});
