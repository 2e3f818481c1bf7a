import { expect } from 'chai';
import { defaultWorldOptions, simulate } from '../../src/simulate/simulate.ts';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { printMessage } from '../../src/parse/print-message.ts';
import type { TrueAction } from '../../src/simulate/truth.ts';
import { describeScore, isGood, score } from './score.ts';

const print = printMessage(builtInCatalogues());

const { truth } = simulate({ ...defaultWorldOptions, seed: 11, chaos: true }, print);
const seen = truth.actions.filter(({ expect: { class: kind } }) => kind !== 'unseen');

/** What a faultless product would print of an action. */
function restoreOf(action: TrueAction, change: { readonly operator?: string; readonly revision?: number; readonly nobody?: boolean; readonly id?: string } = {}): string {
  const operator = change.operator ?? action.operator.account;
  const [domain, name] = operator.split('\\');
  const isNamed = action.expect.class === 'named' && change.nobody !== true;
  const user = operator.includes('@') ? { email: operator, name: operator.split('@')[0] } : { domain, name };
  return JSON.stringify({
    '@timestamp': Object.values(action.stated)[0], event: { action: action.action, outcome: action.outcome }, ...(isNamed ? { user } : {}), organization: { name: action.organization }, ...(action.host === undefined ? {} : { source: { domain: action.host.toLowerCase() } }),
    vb365: {
      tenant: { id: action.tenant }, restore: { id: change.id ?? action.id, revision: change.revision ?? 1 }, item: { name: action.item.name, path: action.item.path }, owner: { name: action.owner },
      ...(action.target === undefined ? {} : { target: { path: action.target } }),
      attribution: { confidence: isNamed ? 'confirmed' : action.expect.class === 'named' ? 'organization' : action.expect.class, ...(action.expect.candidates === undefined ? {} : { candidates: action.expect.candidates }) },
    },
  });
}

describe('score', () => {
  it('is perfect for what really happened, in any order', () => {
    const result = score(truth, seen.map((action) => restoreOf(action)).reverse());
    expect(describeScore(result)).to.match(/precision 1\.0000, recall 1\.0000 of \d+; 0 invented, 0 missing, 0 bold, 0 other/);
    expect(isGood(result)).to.equal(true);
  });

  it('sees one wrong name among all', () => {
    const victim = seen.find(({ expect: { class: kind } }) => kind === 'named');
    const result = score(truth, seen.map((action) => restoreOf(action, action === victim ? { operator: 'CONTOSO\\a.innocent' } : {})));
    expect(result.wrong).to.have.length(1);
    expect(result.wrong[0]?.got).to.equal('CONTOSO\\a.innocent');
    expect(isGood(result)).to.equal(false);
  });

  it('sees a restore that comes out twice as invented, and a name in it as wrong', () => {
    const [first] = seen.filter(({ expect: { class: kind } }) => kind === 'named');
    if (first === undefined) throw new Error('no named action');
    const result = score(truth, [...seen.map((action) => restoreOf(action)), restoreOf(first, { id: 'again' })]);
    expect(result.invented).to.have.length(1);
    expect(result.wrong).to.have.length(1);
  });

  it('counts the highest revision only', () => {
    const lines = seen.flatMap((action) => [restoreOf(action, { revision: 2 }), restoreOf(action, { revision: 1, nobody: true })]);
    expect(score(truth, lines).recall).to.equal(1);
  });

  it('counts what is decided but not named as missed, and what does not come out as missing', () => {
    const decided = seen.filter(({ expect: { class: kind } }) => kind === 'named');
    const [silent, gone] = decided;
    const result = score(truth, seen.filter((action) => action !== gone).map((action) => restoreOf(action, { nobody: action === silent })));
    expect(result.missed).to.have.length(2);
    expect(result.missing).to.have.length(1);
    expect(result.precision).to.equal(1);
  });

  it('takes a saved zip for an exported library where a log alone names the file, and nothing else for it', () => {
    const [victim] = seen.filter(({ action, evidence }) => action === 'item-save' && evidence.length === 1 && evidence[0] === 'explorer_log');
    if (victim === undefined) throw new Error('no action that a log alone states');
    const zip: TrueAction = { ...victim, item: { ...victim.item, name: 'photos.zip', file: 'D:\\Restore\\photos.zip' }, target: 'D:\\Restore' };
    const lines = (action: TrueAction): readonly string[] => [restoreOf({ ...action, action: 'item-export', item: { ...action.item, name: 'photos' } })];
    expect(score({ ...truth, actions: [zip] }, lines(zip)).invented).to.have.length(0);
    const text: TrueAction = { ...zip, item: { ...zip.item, name: 'photos.txt', file: 'D:\\Restore\\photos.txt' } };
    expect(score({ ...truth, actions: [text] }, lines(text)).invented).to.have.length(1);
  });
});
