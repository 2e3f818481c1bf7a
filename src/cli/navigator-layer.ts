/** Coverage as a layer of the ATT&CK Navigator (layer format 4.5). */
import type { Coverage } from './rules-coverage.ts';

/** The score of a technique is the number of its rules; their names stand in the comment. */
export function navigatorLayer({ version, techniques }: Coverage): object {
  const most = Math.max(1, ...techniques.map(({ rules }) => rules.length));
  return {
    name: 'vb365-siem',
    versions: { attack: version, navigator: '4.9.5', layer: '4.5' },
    domain: 'enterprise-attack',
    description: 'Techniques that the rules are about; the score is the number of rules.',
    sorting: 3,
    layout: { layout: 'side', aggregateFunction: 'sum', showID: true, showName: true, showAggregateScores: true, countUnscored: false, expandedSubtechniques: 'annotated' },
    hideDisabled: false,
    techniques: techniques.flatMap(({ id, tactics, rules }) => (tactics.length === 0 ? [undefined] : tactics).map((tactic) => ({
      techniqueID: id, ...(tactic === undefined ? {} : { tactic }), score: rules.length, enabled: true, comment: rules.map(({ name, title }) => name ?? title).join(', '), showSubtechniques: id.includes('.'),
    }))),
    gradient: { colors: ['#ffffff', '#66b1ff'], minValue: 0, maxValue: most },
    legendItems: [],
    metadata: [],
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
    selectVisibleTechniques: false,
  };
}
