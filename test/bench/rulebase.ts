/**
 * Our catalogue as a liblognorm rulebase (version 2), so that rsyslog's mmnormalize knows the same templates. A rule is a whole line: one of the three
 * prefixes, then the message. Open fields become `string-to` with the text that follows, the last one `rest`; classes and shapes are not checked
 * byte by byte as ours are, which is cheaper for the peer. No parser of liblognorm takes an empty text between two others: each such field has a second
 * rule without it.
 */
import { readTemplate, type Part, type Template } from '../../src/parse/template.ts';

/** Both dialects; the culture one with and without a word for the half of the day. liblognorm has no optional parts. */
const thread = '%-:whitespace%%thread_managed:number% (%thread_os:number%)%-:whitespace%';
const prefixes: readonly string[] = [
  `[%date:word% %time:char-to:]%]${thread}`,
  `%date:word% %time:word%${thread}`,
  `%date:word% %time:word% %half:word%${thread}`,
];

/** @returns the text of a rulebase file, and the templates that cannot be said in it */
export function rulebaseOf(templates: readonly Pick<Template, 'id' | 'template'>[]): { readonly text: string; readonly left: readonly string[] } {
  const left: string[] = [];
  const messages = templates.flatMap(({ id, template }) => {
    const { parts } = readTemplate(template);
    const message = messageRule(parts);
    if (message === undefined) {
      left.push(id);
      return [];
    }
    const withoutOne = parts.flatMap((part, index) => part.kind === 'field' && part.type.kind === 'open' && index < parts.length - 1 ? [messageRule(parts.filter((_, at) => at !== index))] : []);
    return [message, ...withoutOne].flatMap((rule) => rule === undefined ? [] : [{ id, message: rule }]);
  });
  const rules = prefixes.flatMap((prefix) => [`prefix=${prefix}`, ...messages.map(({ id, message }) => `rule=${id}:${message}`)]);
  return { text: `version=2\n${rules.join('\n')}\n`, left };
}

function messageRule(parts: readonly Part[]): string | undefined {
  let rule = '';
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'literal') {
      rule += literal(part.text);
      continue;
    }
    const name = part.name.replaceAll(/[.-]/g, '_');
    const next = parts[index + 1];
    if (next === undefined) rule += part.typeName === 'count' ? `%${name}:number%` : part.type.kind === 'open' ? `%${name}:rest%` : `%${name}:word%`;
    else if (next.kind !== 'literal') return undefined;
    else if (part.typeName === 'count') rule += `%${name}:number%`;
    // `string-to` finds no text of a single character.
    else rule += `%{"name":"${name}", "type":"${next.text.length === 1 ? 'char-to' : 'string-to'}", "extradata":${JSON.stringify(next.text)}}%`;
  }
  return rule;
}

function literal(text: string): string {
  return text.replaceAll('%', '%%');
}
