/** The TypeScript module of the fields: exact names and values for the compiler, and the same table for programs. */
import type { Field, FieldTable } from './field-table.ts';

const header = '/** Generated from schemas/fields.yml by `npm run generate`; do not edit. */';

export function eventTypes(table: FieldTable): string {
  return [
    header,
    '',
    '/** A field without a value is absent. The members stand in the order in which they are written. */',
    'export interface EventFields {',
    ...table.fields.map((field) => `  /** ${field.meaning} */\n  '${field.name}'?: ${typeOf(field)};`),
    '}',
    '',
    "export type EventLevel = 'activity' | 'restore' | 'alert' | 'health';",
    '',
    'export interface FieldKind {',
    "  readonly type: 'keyword' | 'text' | 'date' | 'long' | 'float' | 'boolean' | 'ip';",
    '  readonly isList: boolean;',
    '  /** letters of the levels that carry it: a(ctivity) r(estore) (a)l(ert) h(ealth); capital: always */',
    '  readonly levels: string;',
    '  readonly isPersonal: boolean;',
    '  /** false while nothing produces it yet */',
    '  readonly isFed: boolean;',
    '  /** closed list of values */',
    '  readonly allowed?: readonly (string | number)[];',
    '}',
    '',
    'export const fieldKinds: Readonly<Record<keyof EventFields, FieldKind>> = {',
    ...table.fields.map((field) => `  '${field.name}': { type: '${field.type}', isList: ${String(field.list === true)}, levels: '${field.levels}', isPersonal: ${String(field.personal === true)}, isFed: ${String(field.later !== true)}${allowedOf(field)} },`),
    '};',
    '',
    '/** Values of event.action per level. */',
    'export const actions: Readonly<Record<EventLevel, readonly string[]>> = {',
    ...Object.entries(table.actions).map(([level, actions]) => `  ${level}: [${actions.map((action) => `'${action}'`).join(', ')}],`),
    '};',
    '',
  ].join('\n');
}

function allowedOf({ allowed }: Field): string {
  return allowed === undefined ? '' : `, allowed: [${allowed.map(literal).join(', ')}]`;
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : `'${value}'`;
}

function typeOf({ type, list, allowed }: Field): string {
  const value = allowed !== undefined
    ? allowed.map(literal).join(' | ')
    : type === 'long' || type === 'float' ? 'number' : type === 'boolean' ? 'boolean' : 'string';
  if (list !== true) return value;
  return value.includes('|') ? `readonly (${value})[]` : `readonly ${value}[]`;
}
