/** Which events a rule looks at. */
import { entryOf, mapOf, plainValue, textOf, type Attributes } from './attributes.ts';
import type { LogSource } from './rule.ts';

const keys = ['category', 'product', 'service'] as const;

/** The log source; problems are reported. */
export function readLogSource(head: Attributes): LogSource | undefined {
  if (entryOf(head, 'logsource') === undefined) {
    head.report('RULE_SCHEMA', head.map.at, 'logsource is missing', 'add logsource: with product and service');
    return undefined;
  }
  const attributes = mapOf(head, 'logsource', 'RULE_LOGSOURCE');
  if (attributes === undefined) return undefined;
  const [category, product, service] = keys.map((key) => wordOf(attributes, key));
  if (keys.every((key) => entryOf(attributes, key) === undefined)) head.report('RULE_LOGSOURCE', attributes.map.at, 'the log source has neither category nor product nor service');
  const definition = textOf(attributes, 'definition');
  const custom = attributes.map.entries.filter(({ key }) => ![...keys, 'definition'].includes(key.text));
  return {
    ...category === undefined ? {} : { category }, ...product === undefined ? {} : { product }, ...service === undefined ? {} : { service }, ...definition === undefined ? {} : { definition },
    custom: Object.fromEntries(custom.map(({ key, value }) => [key.text, plainValue(value)])),
  };
}

function wordOf(attributes: Attributes, key: string): string | undefined {
  const text = textOf(attributes, key, 'RULE_LOGSOURCE');
  if (text === undefined || /^[a-z0-9_.-]{1,256}$/.test(text)) return text;
  attributes.report('RULE_LOGSOURCE', entryOf(attributes, key)?.value.at ?? attributes.map.at, `'${text.slice(0, 60)}' is no ${key}`, 'write it in lower case, with a-z, 0-9, ., _ and -');
  return undefined;
}
