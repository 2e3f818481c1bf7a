/** One map of a rule by its keys: values of the expected form, everything else reported. */
import { nearestName } from '../text/nearest-name.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../text/yaml-document.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Report } from './report-finding.ts';
import type { Position } from './rule.ts';

/** A map under reading; `path` is the prefix of its keys in messages and places, for example `correlation.`. */
export interface Attributes {
  readonly map: YamlMap;
  readonly path: string;
  readonly report: Report;
  /** collects where values stand */
  readonly places: Map<string, Position>;
}

export function entryOf({ map }: Attributes, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key.text === key);
}

const place = ({ line, column }: Position): Position => ({ line, column });

/** The scalar under a key as its source text; undefined when absent or, reported, of another form. Numbers and truth values are texts of somebody who forgot quotes. */
export function textOf(attributes: Attributes, key: string, code: FindingCode = 'RULE_SCHEMA'): string | undefined {
  const entry = entryOf(attributes, key);
  if (entry === undefined) return undefined;
  attributes.places.set(`${attributes.path}${key}`, place(entry.value.at));
  if (entry.value.kind === 'scalar' && entry.value.value !== null) return entry.value.source;
  attributes.report(code, entry.value.at, `${attributes.path}${key} is ${formOf(entry.value)}, not a text`);
  return undefined;
}

/** The text when its length is within bounds. */
export function boundedTextOf(attributes: Attributes, key: string, min: number, max: number): string | undefined {
  const text = textOf(attributes, key);
  const place = attributes.places.get(`${attributes.path}${key}`);
  if (text === undefined || place === undefined || (text.length >= min && text.length <= max)) return text;
  attributes.report('RULE_SCHEMA', place, `${attributes.path}${key} has ${text.length} characters`, `write ${min} to ${max}`);
  return undefined;
}

/** One of `choices`, the nearest suggested otherwise. */
export function choiceOf<Choice extends string>(attributes: Attributes, key: string, choices: readonly Choice[]): Choice | undefined {
  const text = textOf(attributes, key);
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  const near = nearestName(text, choices);
  if (choice === undefined) attributes.report('RULE_SCHEMA', attributes.places.get(`${attributes.path}${key}`) ?? attributes.map.at, `${attributes.path}${key} cannot be '${text.slice(0, 60)}'`, near === undefined ? `write one of ${choices.join(', ')}` : `did you mean ${near}?`);
  return choice;
}

/** The texts of a list; empty when absent or, reported, of another form. `single` accepts one text for a list of one. */
export function textsOf(attributes: Attributes, key: string, single: 'list' | 'list-or-text' = 'list'): readonly string[] {
  const entry = entryOf(attributes, key);
  if (entry === undefined) return [];
  const { value } = entry;
  const path = `${attributes.path}${key}`;
  attributes.places.set(path, place(value.at));
  if (value.kind !== 'list') {
    const text = value.kind === 'scalar' && value.value !== null && single === 'list-or-text' ? value.source : undefined;
    if (text === undefined) attributes.report('RULE_SCHEMA', value.at, `${path} is ${formOf(value)}, not a list of texts`);
    else attributes.places.set(`${path}[0]`, place(value.at));
    return text === undefined ? [] : [text];
  }
  return value.items.flatMap((item, index) => {
    if (item.kind === 'scalar' && item.value !== null) {
      attributes.places.set(`${path}[${index}]`, place(item.at));
      return [item.source];
    }
    attributes.report('RULE_SCHEMA', item.at, `${path} holds ${formOf(item)} among its texts`);
    return [];
  });
}

/** true or false. */
export function booleanOf(attributes: Attributes, key: string): boolean | undefined {
  const entry = entryOf(attributes, key);
  if (entry === undefined) return undefined;
  const { value } = entry;
  attributes.places.set(`${attributes.path}${key}`, place(value.at));
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
  attributes.report('RULE_SCHEMA', value.at, `${attributes.path}${key} is ${formOf(value)}`, 'write true or false');
  return undefined;
}

/** The map under a key. */
export function mapOf(attributes: Attributes, key: string, code: FindingCode = 'RULE_SCHEMA'): Attributes | undefined {
  const entry = entryOf(attributes, key);
  if (entry === undefined) return undefined;
  attributes.places.set(`${attributes.path}${key}`, place(entry.key.at));
  if (entry.value.kind === 'map') return { ...attributes, map: entry.value, path: `${attributes.path}${key}.` };
  attributes.report(code, entry.value.at, `${attributes.path}${key} is ${formOf(entry.value)}, not a map`);
  return undefined;
}

/** Reports keys that are none of `known`, with the nearest one. */
export function refuseOthers({ map, path, report }: Attributes, known: readonly string[], code: FindingCode = 'RULE_SCHEMA'): void {
  for (const { key } of map.entries) {
    if (known.includes(key.text)) continue;
    const near = nearestName(key.text, known);
    report(code, key.at, `${path}${key.text.slice(0, 60)} is not known`, near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`);
  }
}

/** What stands there, in words. */
export function formOf(node: YamlNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`;
  return node.value === null ? 'empty' : `'${node.source.slice(0, 60)}'`;
}

/** A tree as plain data; own properties only, whatever the keys are. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'list' ? node.items.map(plainValue) : Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
}
