/**
 * A message template: literal text with typed fields in braces, `{name}` (text) or `{name:type}`; `{{` and `}}` are single braces.
 *
 * How a template divides a message, which the matcher and every expression made from it agree on: it covers the whole message; fields are decided
 * from left to right; an open field (text, path …) ends at the first place from which the rest of the template fits, and the one before a fixed end
 * takes everything up to that end; a class field (count, word …) takes as much as it can.
 */
import { fieldRegex, fieldType, type FieldType } from './field-types.ts';

export type Part = LiteralPart | FieldPart;
export interface LiteralPart { readonly kind: 'literal'; readonly text: string }
export interface FieldPart { readonly kind: 'field'; readonly name: string; readonly typeName: string; readonly type: FieldType }

export interface Example { readonly text: string; readonly fields: Readonly<Record<string, string>> }

/** One entry of a catalogue. */
export interface Template {
  readonly id: string;
  /** row of the format reference that it stands for, `X03`; children and outcomes have a letter, `X01o` */
  readonly ref?: string;
  readonly template: string;
  /** logging level that prints it */
  readonly prints: 'default' | 'extended' | 'unknown';
  readonly seen: { readonly component: string; readonly versions: readonly string[] };
  /** V read word for word, P known from a pattern only, D documented, I inferred */
  readonly evidence: 'V' | 'P' | 'D' | 'I';
  readonly activity?: string;
  readonly note?: string;
  readonly examples: readonly Example[];
  readonly parts: readonly Part[];
}

/** What recognising messages needs of a template. */
export type TemplateParts = Pick<Template, 'id' | 'parts'>;

/** Templates that were checked before, by id. */
export function readTemplates(texts: Readonly<Record<string, string>>): readonly TemplateParts[] {
  return Object.entries(texts).map(([id, text]) => ({ id, parts: readTemplate(text).parts }));
}

/** What the text of a template is made of, or what is wrong with it: one sentence each. */
export function readTemplate(text: string): { readonly parts: readonly Part[]; readonly faults: readonly string[] } {
  const parts: Part[] = [];
  const faults: string[] = [];
  let literal = '';
  for (const [token] of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)) {
    if (token === '{{' || token === '}}') literal += token.charAt(0);
    else if (token === '{' || token === '}') faults.push(`a single ${token} stands in the text; write ${token}${token} for the character itself`);
    else if (token.startsWith('{')) {
      if (literal !== '') parts.push({ kind: 'literal', text: literal });
      literal = '';
      const field = readField(token);
      if (typeof field === 'string') faults.push(field);
      else parts.push(field);
    } else literal += token;
  }
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  return { parts, faults: faults.length > 0 ? faults : faultsOf(parts) };
}

function readField(token: string): FieldPart | string {
  const m = /^\{([a-z][a-z0-9]*(?:[._-][a-z0-9]+)*)(?::([a-z][a-z-]*))?\}$/.exec(token);
  if (m?.[1] === undefined) return `${token} is no field; write {name} or {name:type} in small letters`;
  const typeName = m[2] ?? 'text';
  const type = fieldType(typeName);
  return type === undefined ? `${token}: there is no field type ${typeName}` : { kind: 'field', name: m[1], typeName, type };
}

function faultsOf(parts: readonly Part[]): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'literal') {
      if (/[\r\n]/.test(part.text)) faults.push('a message is one line; the template holds a line break');
      if (index === 0 && part.text.startsWith(' ')) faults.push('the indent is no part of the message; the template begins with a blank');
      continue;
    }
    const next = parts[index + 1];
    if (seen.has(part.name)) faults.push(`the field ${part.name} stands twice`);
    seen.add(part.name);
    if (part.typeName === 'rest' && next !== undefined) faults.push(`{${part.name}:rest} takes everything and must be the last field`);
    else if (part.type.kind === 'open' && next?.kind === 'field') faults.push(`text must stand between {${part.name}} and {${next.name}}, or nobody knows where one ends`);
  }
  // Whatever has no text of its own would match everything.
  if (!parts.some(({ kind }) => kind === 'literal')) faults.push('the template holds no text of its own');
  return faults;
}

/** Names of the fields in their order. */
export function templateFields(template: Pick<Template, 'parts'>): readonly string[] {
  return template.parts.flatMap((part) => part.kind === 'field' ? [part.name] : []);
}

/**
 * The same template as one anchored regular expression, group n being field n. Within the subset that JavaScript, PCRE, Oniguruma and RE2 share; to be
 * compiled so that `.` matches everything (`s` flag), because text may hold U+2028 and lone carriage returns.
 */
export function templateRegex(template: Pick<Template, 'parts'>): string {
  const { parts } = template;
  const body = parts.map((part, index) => part.kind === 'literal' ? escapeRegex(part.text) : `(${fieldRegex(part.type, index === parts.length - 1)})`);
  return `^${body.join('')}$`;
}

/** Only characters that are special outside a set: some engines refuse needless escapes. */
function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
