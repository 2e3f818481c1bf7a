/** Prints messages from the catalogue, so that what a simulator writes and what the matcher reads come from one text. */
import type { Template } from './template.ts';

/**
 * A printer by id or by row of the reference (`header-account`, `H07`); a row that several templates stand for has a letter. The printer throws a
 * RangeError for an unknown message, a field that is missing and a field that the template does not have: its caller is a program, not an input.
 */
export function printMessage(catalogues: readonly { readonly templates: readonly Template[] }[]): (key: string, fields?: Readonly<Record<string, string>>) => string {
  const byKey = new Map<string, Template>();
  for (const template of catalogues.flatMap(({ templates }) => templates)) {
    byKey.set(template.id, template);
    if (template.ref !== undefined) byKey.set(template.ref, template);
  }
  return (key, fields = {}) => {
    const template = byKey.get(key);
    if (template === undefined) throw new RangeError(`no message ${key}`);
    let used = 0;
    const text = template.parts.map((part) => {
      if (part.kind === 'literal') return part.text;
      const value = Object.hasOwn(fields, part.name) ? fields[part.name] : undefined;
      if (value === undefined) throw new RangeError(`${key}: no value for ${part.name}`);
      used += 1;
      return value;
    }).join('');
    if (used < Object.keys(fields).length) throw new RangeError(`${key}: the template has no such field: ${Object.keys(fields).filter((name) => !template.parts.some((part) => part.kind === 'field' && part.name === name)).join(', ')}`);
    return text;
  };
}
