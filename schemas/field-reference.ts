/** The field reference that people read: schemas/README.md. */
import type { Field, FieldTable } from './field-table.ts';

const introduction = `# Fields

Generated from \`fields.yml\` by \`npm run generate\`; do not edit. \`event.schema.json\` is the JSON Schema of the same list.

- Levels: **A**ctivity, **R**estore, a**L**ert, **H**ealth; capital = always present, small = when known. A field without a value is absent.
- P = personal data, subject to the privacy settings of a tenant. \`[]\` = array. Times are RFC 3339, UTC, three decimals.
- CEF = extension key that carries the field. Splunk and ASIM name the field in those models; \`+\` = member of AdditionalFields.
- *later* = not produced by this version: reserved for rules, for facts derived for rules, and for the daemon.
`;

export function fieldReference(table: FieldTable): string {
  const open = table.fields.filter((field) => field.later !== true);
  const later = table.fields.filter((field) => field.later === true);
  return [
    introduction,
    '## Actions',
    '',
    '| level | `event.action` |',
    '|---|---|',
    ...Object.entries(table.actions).map(([level, actions]) => `| ${level} | ${actions.map((action) => `\`${action}\``).join(' ')} |`),
    '',
    ...rows('## Fields of the Elastic Common Schema', open.filter((field) => field.ecs === true), table),
    ...rows('## Fields of our own', open.filter((field) => field.ecs !== true), table),
    ...rows('## Later', later, table),
    '## CEF extension',
    '',
    'In this order. The first field with a value fills the key.',
    '',
    '| key | label | from | written as |',
    '|---|---|---|---|',
    ...table.cef.map(({ key, label, from, as, unless }) => `| \`${key}\` | ${label === undefined ? '' : `\`${label}\``} | ${from.map((name) => `\`${name}\``).join(', else ')}${unless === undefined ? '' : ` (not beside \`${unless}\`)`} | ${as ?? 'text'} |`),
    '',
  ].join('\n');
}

function rows(title: string, fields: readonly Field[], table: FieldTable): readonly string[] {
  return [title, '', '| field | type | levels | P | CEF | Splunk | ASIM | meaning |', '|---|---|---|---|---|---|---|---|', ...fields.map((field) => row(field, table)), ''];
}

function row(field: Field, table: FieldTable): string {
  const keys = table.cef.filter(({ from }) => from.includes(field.name)).map(({ key }) => `\`${key}\``);
  const allowed = field.allowed === undefined || field.allowed.length === 1 ? '' : `: ${field.allowed.map((value) => `\`${String(value)}\``).join(' ')}`;
  const constant = field.allowed?.length === 1 ? ` (\`${String(field.allowed[0])}\`)` : '';
  return `| \`${field.name}${field.list === true ? '[]' : ''}\` | ${field.type} | ${field.levels} | ${field.personal === true ? 'P' : ''} | ${keys.join(' ')} | ${names(field.splunk)} | ${names(field.asim)} | ${field.meaning.replaceAll('|', '\\|')}${allowed}${constant} |`;
}

function names(value: string | readonly string[] | undefined): string {
  if (value === undefined) return '';
  return (typeof value === 'string' ? [value] : value).map((name) => name === '+' ? '+' : `\`${name}\``).join(' ');
}
