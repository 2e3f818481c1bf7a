/** Reads and checks schemas/fields.yml, the one list of fields that everything else about fields is generated from. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseDocument } from 'yaml';

export type FieldType = 'keyword' | 'text' | 'date' | 'long' | 'float' | 'boolean' | 'ip';
export type LevelName = 'activity' | 'restore' | 'alert' | 'health';
export type CefForm = 'text' | 'path' | 'time' | 'int' | 'long' | 'flag' | 'ipv4' | 'ipv6' | 'list' | 'first' | 'category' | 'type' | 'truncated';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly list?: true;
  /** letters of the levels that carry it; capital: always */
  readonly levels: string;
  readonly ecs?: true;
  readonly personal?: true;
  readonly later?: true;
  readonly allowed?: readonly (string | number)[];
  readonly pattern?: string;
  readonly meaning: string;
  readonly splunk?: string | readonly string[];
  readonly kql?: string | readonly string[];
  readonly asim?: string | readonly string[];
  readonly ocsf?: string | readonly string[];
}
export interface CefKey {
  readonly key: string;
  readonly from: readonly string[];
  readonly as?: CefForm;
  readonly label?: string;
  readonly unless?: string;
}
export interface FieldTable {
  readonly version: string;
  readonly actions: Readonly<Record<LevelName, readonly string[]>>;
  readonly fields: readonly Field[];
  readonly cef: readonly CefKey[];
}

export const levelLetters: Readonly<Record<LevelName, string>> = { activity: 'A', restore: 'R', alert: 'L', health: 'H' };

/**
 * The table, or a thrown Error that lists everything that is wrong with it: the table is part of the program.
 * @param text content of fields.yml
 */
export function readFieldTable(text: string): FieldTable {
  const document = parseDocument(text, { prettyErrors: true });
  const faults = [...document.errors, ...document.warnings].map((error) => error.message);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const content: unknown = document.toJS({ maxAliasCount: 0 });
  const schema = JSON.parse(readFileSync(new URL('fields.schema.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: true, allowUnionTypes: true }).compile<FieldTable>(schema);
  if (!validate(content)) throw new Error((validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message ?? ''}`).join('\n'));
  const contradictions = findContradictions(content);
  if (contradictions.length > 0) throw new Error(contradictions.join('\n'));
  return content;
}

/** What a schema cannot say: names used twice, a field that is also a group, keys from fields that do not exist. */
function findContradictions(table: FieldTable): readonly string[] {
  const names = new Set<string>();
  const found: string[] = [];
  for (const { name } of table.fields) {
    if (names.has(name)) found.push(`field ${name} is listed twice`);
    names.add(name);
  }
  for (const { name } of table.fields) {
    const parents = name.split('.').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('.'));
    for (const parent of parents) if (names.has(parent)) found.push(`${parent} is a field and the group of ${name}`);
  }
  found.push(...scatteredGroups(table));
  const keys = new Set<string>();
  for (const { key, from, unless } of table.cef) {
    if (keys.has(key)) found.push(`CEF key ${key} is listed twice`);
    keys.add(key);
    for (const name of unless === undefined ? from : [...from, unless]) if (!names.has(name)) found.push(`CEF key ${key} is filled from ${name}, which is no field`);
  }
  return found;
}

/** JSON is written in the order of the table, so the fields of a group must be neighbours. */
function scatteredGroups(table: FieldTable): readonly string[] {
  const closed = new Set<string>();
  const found: string[] = [];
  let open: readonly string[] = [];
  for (const { name } of table.fields) {
    const parts = name.split('.');
    const groups = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'));
    for (const group of open) if (!groups.includes(group)) closed.add(group);
    for (const group of groups) if (closed.has(group)) found.push(`${name} stands apart from the other fields of ${group}`);
    open = groups;
  }
  return found;
}
