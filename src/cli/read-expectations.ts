/** What a backtest is expected to find: numbers of alerts by rule. */
import type { Problem } from '../errors.ts';
import { nearestName } from '../text/nearest-name.ts';
import { readYamlFile, type YamlEntry, type YamlMap, type YamlPosition } from '../text/yaml-document.ts';

export interface Expectations {
  readonly rules: readonly ExpectedRule[];
  /** what alerts of rules that are not listed are: a failure, or worth a word */
  readonly unexpected: 'fail' | 'warn';
}
export interface ExpectedRule {
  /** as written: a name or an id */
  readonly name: string;
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const bounds = ['exactly', 'at_least', 'at_most'] as const;

/**
 * Reads the file; never throws.
 * @param isRule whether a rule of this name or id is loaded
 */
export function readExpectations(text: string, file: string, isRule: (name: string) => boolean, names: Iterable<string>): { readonly expectations?: Expectations; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report = (code: Problem['code'], { line, column }: YamlPosition, message: string, remedy: string): void => { problems.push({ code, message, remedy, file, line, column }); };
  const { documents, faults } = readYamlFile(text);
  const [document] = documents;
  for (const fault of [...faults, ...document?.faults ?? []]) report('config-syntax', fault, fault.message, 'write plain YAML');
  const start: YamlPosition = { line: 1, column: 1, offset: 0 };
  if (problems.length === 0 && document?.root.kind !== 'map') report('config-value', start, 'the file holds no expectations', 'write rules: with names of rules and numbers');
  if (problems.length > 0 || document?.root.kind !== 'map') return { problems };
  const top = membersOf(document.root, ['rules', 'unexpected']);
  const given = top.get('unexpected')?.value;
  const unexpected = given?.kind === 'scalar' ? given.value : given === undefined ? 'warn' : null;
  if (unexpected !== 'fail' && unexpected !== 'warn') report('config-value', given?.at ?? start, 'unexpected is neither fail nor warn', 'write unexpected: fail, or unexpected: warn');
  const rules = top.get('rules')?.value;
  if (rules !== undefined && rules.kind !== 'map') report('config-value', rules.at, 'rules is no map', 'write name_of_rule: 3, or name_of_rule: {at_most: 3}');
  const expected = rules?.kind === 'map' ? rules.entries.flatMap(expectedOf) : [];
  return problems.length > 0 ? { problems } : { problems, expectations: { rules: expected, unexpected: unexpected === 'fail' ? 'fail' : 'warn' } };

  function membersOf(map: YamlMap, known: readonly string[]): ReadonlyMap<string, YamlEntry> {
    for (const { key } of map.entries.filter((entry) => !known.includes(entry.key.text))) {
      const near = nearestName(key.text, known);
      report('config-unknown-key', key.at, `${key.text.slice(0, 60)} is not known here`, near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`);
    }
    return new Map(map.entries.map((entry) => [entry.key.text, entry]));
  }

  function expectedOf({ key, value }: YamlEntry): readonly ExpectedRule[] {
    const name = key.text;
    if (!isRule(name)) {
      const near = nearestName(name, names);
      report('config-reference', key.at, `there is no rule ${name.slice(0, 80)}`, near === undefined ? 'see vb365-siem rules list' : `did you mean ${near}?`);
    }
    if (value.kind === 'scalar') {
      const exactly = countOf(value.value, value.at, name);
      return exactly === undefined ? [] : [{ name, exactly }];
    }
    if (value.kind !== 'map' || value.entries.length === 0) {
      report('config-value', value.at, `${name.slice(0, 80)} expects nothing`, 'write exactly, at_least or at_most with a number');
      return [];
    }
    const members = membersOf(value, bounds);
    const [exactly, atLeast, atMost] = bounds.map((bound) => {
      const member = members.get(bound)?.value;
      return member === undefined ? undefined : countOf(member.kind === 'scalar' ? member.value : null, member.at, bound);
    });
    return [{ name, ...(exactly === undefined ? {} : { exactly }), ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) }];
  }

  function countOf(value: unknown, at: YamlPosition, what: string): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    report('config-value', at, `${what.slice(0, 80)} is no whole number`, 'write how many alerts are expected');
    return undefined;
  }
}

/** In words, what was expected and did not come. Empty: it came. */
export function unmetExpectations({ exactly, atLeast, atMost }: ExpectedRule, alerts: number): readonly string[] {
  return [
    ...(exactly === undefined || alerts === exactly ? [] : [`${alerts} alerts instead of ${exactly}`]),
    ...(atLeast === undefined || alerts >= atLeast ? [] : [`${alerts} alerts, at least ${atLeast} are expected`]),
    ...(atMost === undefined || alerts <= atMost ? [] : [`${alerts} alerts, at most ${atMost} are expected`]),
  ];
}
