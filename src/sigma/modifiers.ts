/** The modifiers of fields and what combines (Sigma 2.1.0 with the items approved for 2.2.0). */
import { nearestName } from '../text/nearest-name.ts';
import type { FindingCode } from './finding-codes.ts';

/** How the values of an item are read and compared. */
export type ModifierFamily = 'text' | 'base64' | 'regex' | 'cidr' | 'compare' | 'time' | 'exists' | 'fieldref';
export interface ModifierFault { readonly code: FindingCode; readonly message: string; readonly remedy?: string; /** of the modifier, as written */ readonly index: number }
export interface ModifierReading {
  readonly family: ModifierFamily;
  /** names without aliases, in the order written */
  readonly names: readonly string[];
  readonly faults: readonly ModifierFault[];
}

const aliases: ReadonlyMap<string, string> = new Map([['ignorecase', 'i'], ['multiline', 'm'], ['dotall', 's'], ['wide', 'utf16le']]);
const places = ['contains', 'startswith', 'endswith'];
const encodings = ['utf16le', 'utf16be', 'utf16'];
const comparisons = ['lt', 'lte', 'gt', 'gte'];
const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const transforms = ['base64', 'base64offset'];

/** What may stand beside the modifier that decides the family. */
const companions: Readonly<Record<ModifierFamily, readonly string[]>> = {
  exists: [],
  time: ['neq'],
  compare: ['neq'],
  cidr: ['neq', 'all'],
  regex: ['i', 'm', 's', 'expand', 'neq', 'all', 'cased'],
  fieldref: [...places, 'cased', 'neq'],
  base64: [...encodings, ...places, 'all', 'neq'],
  text: [...places, 'windash', 'expand', 'cased', 'neq', 'all'],
};
/** In this order: the first that is present decides. */
const deciders: readonly (readonly [ModifierFamily, readonly string[]])[] = [
  ['exists', ['exists']], ['regex', ['re']], ['cidr', ['cidr']], ['fieldref', ['fieldref']], ['compare', comparisons], ['time', timeParts], ['base64', transforms],
];
const known: readonly string[] = [...deciders.flatMap(([, names]) => names), ...encodings, ...companions.text, 'i', 'm', 's', ...aliases.keys()];

/** Reads the modifiers of one key, as written between the bars. All faults are told; with an error among them the names are not to be used. */
export function readModifiers(written: readonly string[]): ModifierReading {
  const faults: ModifierFault[] = [];
  const names = written.map((name) => aliases.get(name) ?? name);
  const fault = (index: number, message: string, remedy?: string, code: FindingCode = 'RULE_MODIFIER_COMBINATION'): void => {
    faults.push({ code, index, message, ...remedy === undefined ? {} : { remedy } });
  };
  for (const [index, name] of written.entries()) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    fault(index, `${name === '' ? 'an empty text' : `'${name.slice(0, 60)}'`} is no modifier`, near === undefined ? undefined : `did you mean ${near}?`, 'RULE_MODIFIER_UNKNOWN');
  }
  const [family, members] = deciders.find(([, deciding]) => deciding.some((name) => names.includes(name))) ?? ['text', []] as const;
  if (faults.length > 0) return { family, names, faults };
  const decider = names.findIndex((name) => members.includes(name));
  const isFirst = family === 'regex' || family === 'cidr' || family === 'fieldref';
  if (isFirst && decider > 0) fault(decider, `${written[decider] ?? ''} must be the first modifier`, `write it directly after the field`);
  for (const [index, name] of names.entries()) {
    if (index === decider) continue;
    if (names.indexOf(name) !== index) fault(index, `${written[index] ?? ''} stands twice`, 'keep it once');
    else if (!companions[family].includes(name)) fault(index, ...misfit(name, written[index] ?? '', family, written[decider] ?? ''));
    else if (family === 'base64' && encodings.includes(name) && index > decider) fault(index, `${name} must stand before ${names[decider] ?? ''}`);
    else if (family === 'base64' && places.includes(name) && index < decider) fault(index, `${name} must stand after ${names[decider] ?? ''}`);
  }
  const at = (name: string): number => names.indexOf(name);
  if (at('startswith') !== -1 && at('endswith') !== -1) fault(Math.max(at('startswith'), at('endswith')), 'startswith and endswith do not stand in one item', 'write two items, or one value with a wildcard in the middle');
  if (family === 'fieldref' && places.filter((name) => names.includes(name)).length > 1 && at('contains') !== -1) fault(at('contains'), 'fieldref takes one of startswith, endswith and contains');
  if (family === 'base64' && encodings.filter((name) => names.includes(name)).length > 1) fault(names.findLastIndex((name) => encodings.includes(name)), 'a text has one encoding');
  if (family === 'regex' && at('cased') !== -1) fault(at('cased'), 're is case-sensitive already: cased changes nothing', undefined, 'RULE_MODIFIER_NEEDLESS');
  if (at('all') !== -1 && at('all') !== names.length - 1) fault(at('all'), 'all is not the last modifier', undefined, 'RULE_ALL_POSITION');
  return { family, names, faults };
}

/** Message and remedy for a modifier that does not belong to the family. */
function misfit(name: string, written: string, family: ModifierFamily, decider: string): [string, string?] {
  if (family === 'text' && encodings.includes(name)) return [`${written} needs base64 or base64offset after it`, `write ${written}|base64offset|contains`];
  if (family === 'text') return [`${written} needs re before it`, `write re|${written}`];
  if (family === 'regex' && places.includes(name)) return [`${written} does not go with ${decider}`, 're searches anywhere in the value anyway: drop it, or write ^ or $ into the expression'];
  const allowed = companions[family];
  return [`${written} does not go with ${decider}`, allowed.length === 0 ? `${decider} stands alone` : `${decider} goes with ${allowed.join(', ')}`];
}
