/** What was set aside because no configured tenant owns the organisation it names: counted by organisation, for the provider (configuration.md). */
import { maxQuarantinedNames } from '../limits.ts';
import { foldName } from '../text/account.ts';

export interface Quarantine {
  /** @param organization its name as the source writes it; undefined: several, or only an id */
  add(organization: string | undefined): void;
  total(): number;
  /** name → events set aside, the most first; what goes beyond the limit of names is in the total only */
  organizations(): ReadonlyMap<string, number>;
}

export function createQuarantine(): Quarantine {
  const counts = new Map<string, { name: string; count: number }>();
  let total = 0;
  return {
    add(organization) {
      total += 1;
      const name = organization?.trim() ?? '';
      const key = foldName(name);
      const known = counts.get(key);
      if (known !== undefined) {
        known.count += 1;
        // Of two spellings the smaller: the order of reading must not matter.
        if (name < known.name) known.name = name;
      } else if (counts.size < maxQuarantinedNames) counts.set(key, { name, count: 1 });
    },
    total: () => total,
    organizations: () => new Map([...counts.values()].sort((x, y) => y.count - x.count || (x.name < y.name ? -1 : 1)).map(({ name, count }) => [name === '' ? '(not named)' : name, count])),
  };
}
