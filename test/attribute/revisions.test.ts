/** What comes later changes the same restore: one id, a higher revision, and nothing when nothing changed. */
import { expect } from 'chai';
import { createAttribution } from '../../src/attribute/attribution.ts';
import type { Activity, Event } from '../../src/event.ts';
import { item, launch, mail, operatorOf, restEvent, restSession, unconfigured } from './build.ts';

const desktop = 'C:\\Users\\mia\\Desktop';
const logs = [launch('mia'), item('mia', '9:02', `${desktop}\\Q3.msg`)];
const server = [restSession('s1', '9:00:01'), restEvent('s1', 'e1', '9:02', `${desktop}\\Q3.msg`)];
const mails = [mail('m1', '9:02', 'Q3', desktop)];

/** Restores after each step, as `id revision confidence operator`, ids numbered in the order of their appearance. */
function steps(...batches: readonly (readonly Activity[])[]): readonly (readonly string[])[] {
  const attribution = createAttribution(unconfigured());
  const ids: unknown[] = [];
  const shown = (event: Event): string => {
    const id = event['vb365.restore.id'];
    if (!ids.includes(id)) ids.push(id);
    const merged = event['vb365.restore.merged_into'];
    return [`r${String(ids.indexOf(id))}`, event['vb365.restore.revision'], merged === undefined ? event['vb365.attribution.confidence'] : `into r${String(ids.indexOf(merged))}`, merged === undefined ? operatorOf(event) ?? '-' : ''].join(' ').trim();
  };
  return batches.map((batch) => {
    for (const activity of batch) attribution.add(activity, undefined);
    return attribution.settle().restores.map(shown);
  });
}

const rows: readonly { readonly name: string; readonly batches: readonly (readonly Activity[])[]; readonly want: readonly (readonly string[])[] }[] = [
  { name: 'the server after the log', batches: [logs, server], want: [['r0 1 confirmed CONTOSO\\mia'], ['r0 2 corroborated CONTOSO\\mia']] },
  { name: 'the log after the server', batches: [server, logs], want: [['r0 1 organization -'], ['r0 2 corroborated CONTOSO\\mia']] },
  { name: 'a mail first, then the server, then the log', batches: [mails, server, logs], want: [['r0 1 organization -'], ['r0 2 organization -'], ['r0 3 corroborated CONTOSO\\mia']] },
  { name: 'a mail after everything adds evidence', batches: [[...server, ...logs], mails], want: [['r0 1 corroborated CONTOSO\\mia'], ['r0 2 corroborated CONTOSO\\mia']] },
  { name: 'the same again changes nothing', batches: [[...server, ...logs], [...logs, ...server], []], want: [['r0 1 corroborated CONTOSO\\mia'], [], []] },
  { name: 'log and mail together after the server', batches: [server, [...mails, ...logs]], want: [['r0 1 organization -'], ['r0 2 corroborated CONTOSO\\mia']] },
];

describe('revisions', () => {
  for (const { name, batches, want } of rows) it(name, () => { expect(steps(...batches)).to.deep.equal(want); });

  it('closes a restore that another one turns out to be', () => {
    // The log names a file, the server only its folder and a clock ten minutes off: two actions, until a second path shows the clock.
    const early = [launch('mia'), item('mia', '9:02', 'D:\\Out\\A.msg'), restSession('s1', '9:10'), restEvent('s1', 'e1', '9:12', 'D:\\Out\\A.msg')];
    const late = [item('mia', '9:03', 'D:\\Out\\B.msg'), restEvent('s1', 'e2', '9:13', 'D:\\Out\\B.msg', { order: 2 })];
    const [first, second] = steps(early, late);
    expect(first).to.have.length(2);
    expect(second?.filter((line) => / into r\d$/.test(line))).to.have.length(1);
    expect(second?.filter((line) => / corroborated CONTOSO\\mia$/.test(line))).to.have.length(2);
  });
});
