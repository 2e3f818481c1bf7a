/** The JSON Schema of one event as it is sent: nested ECS JSON, closed lists, what each level must carry. */
import { levelLetters, type Field, type FieldTable, type LevelName } from './field-table.ts';

type Schema = Record<string, unknown>;
interface Group { readonly members: Map<string, Group | Field> }

/** RFC 3339, UTC, exactly three decimals. */
const timePattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$';

export function eventSchema(table: FieldTable): object {
  const levels = Object.keys(levelLetters) as LevelName[];
  const root = groupFields(table.fields);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://vb365-siem.example/schemas/event.schema.json',
    title: 'Event of vb365-siem (ECS JSON)',
    description: 'Generated from fields.yml by `npm run generate`; do not edit.',
    ...groupSchema(root),
    allOf: levels.map((level) => ({
      if: { type: 'object', properties: { vb365: { type: 'object', properties: { level: { const: level } }, required: ['level'] } }, required: ['vb365'] },
      then: levelSchema(table, level),
    })),
  };
}

function groupFields(fields: readonly Field[]): Group {
  const root: Group = { members: new Map() };
  for (const field of fields) {
    const parts = field.name.split('.');
    const leaf = parts.pop() ?? field.name;
    let group = root;
    for (const part of parts) {
      const next = group.members.get(part) ?? { members: new Map() };
      if (!('members' in next)) throw new Error(`${field.name} is below a field`);
      group.members.set(part, next);
      group = next;
    }
    group.members.set(leaf, field);
  }
  return root;
}

function groupSchema(group: Group): Schema {
  const properties: Schema = {};
  for (const [name, member] of group.members) properties[name] = 'members' in member ? groupSchema(member) : fieldSchema(member);
  return { type: 'object', additionalProperties: false, minProperties: 1, properties };
}

function fieldSchema(field: Field): Schema {
  const value = valueSchema(field);
  const described = { description: field.meaning, ...(field.personal === true ? { 'x-personal': true } : {}) };
  return field.list === true ? { ...described, type: 'array', minItems: 1, items: value } : { ...described, ...value };
}

function valueSchema({ type, allowed, pattern }: Field): Schema {
  const closed = { ...(allowed === undefined ? {} : { enum: allowed }), ...(pattern === undefined ? {} : { pattern }) };
  switch (type) {
    case 'long': return { type: 'integer', ...closed };
    case 'float': return { type: 'number' };
    case 'boolean': return { type: 'boolean' };
    case 'date': return { type: 'string', format: 'date-time', pattern: timePattern };
    case 'ip': return { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
    default: return { type: 'string', minLength: 1, ...closed };
  }
}

/** What an event of this level must carry, and which actions it may name. */
function levelSchema(table: FieldTable, level: LevelName): Schema {
  const root = groupFields(table.fields.filter((field) => field.levels.includes(levelLetters[level])));
  const schema = requiredSchema(root);
  const properties = schema['properties'] as Record<string, Schema>;
  const event = properties['event'] as { properties: Schema };
  event.properties['action'] = { enum: table.actions[level] };
  event.properties['kind'] = { const: level === 'alert' ? 'alert' : level === 'health' ? 'state' : 'event' };
  return schema;
}

function requiredSchema(group: Group): Schema {
  const properties: Schema = {};
  for (const [name, member] of group.members) properties[name] = 'members' in member ? requiredSchema(member) : true;
  return { type: 'object', properties, required: [...group.members.keys()] };
}
