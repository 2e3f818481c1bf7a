/** The TypeScript module of the CEF extension: keys in their order, what fills them, their labels. */
import type { FieldTable } from './field-table.ts';

export function cefModule(table: FieldTable): string {
  return [
    '/** Generated from schemas/fields.yml by `npm run generate`; do not edit. */',
    "import type { EventFields } from '../event-fields.ts';",
    '',
    '/** How a value is written; see src/emit/cef.ts. */',
    "export type CefForm = 'text' | 'path' | 'time' | 'int' | 'long' | 'flag' | 'ipv4' | 'ipv6' | 'list' | 'first' | 'category' | 'type' | 'truncated';",
    '',
    'export interface CefField {',
    '  readonly key: string;',
    '  /** the first of these that has a value fills the key */',
    '  readonly from: readonly (keyof EventFields)[];',
    '  readonly form: CefForm;',
    '  readonly label?: string;',
    '  /** left out when this field has a value */',
    '  readonly unless?: keyof EventFields;',
    '}',
    '',
    '/** In the order in which they are written. */',
    'export const cefFields: readonly CefField[] = [',
    ...table.cef.map(({ key, from, as, label, unless }) => `  { key: '${key}', from: [${from.map((name) => `'${name}'`).join(', ')}], form: '${as ?? 'text'}'${label === undefined ? '' : `, label: '${label}'`}${unless === undefined ? '' : `, unless: '${unless}'`} },`),
    '];',
    '',
  ].join('\n');
}
