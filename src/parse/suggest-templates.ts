/** Proposes catalogue entries for messages that no template knows. What is proposed passes the checks of `loadCatalogue` and `checkTogether` as it stands. */
import { maxSuggestedBytes, maxSuggestions } from '../limits.ts';
import { writeYaml } from '../text/yaml-document.ts';
import type { Catalogue } from './catalogue.ts';
import { compileMatcher } from './matcher.ts';
import type { Matcher } from './matched.ts';
import type { MessageGroup, Sighting } from './message-groups.ts';
import { readTemplate, templateFields, type Template } from './template.ts';

export interface Suggestions {
  /** a whole `messages.yml`; undefined when nothing can be proposed */
  readonly text: string | undefined;
  readonly templates: number;
  /** lines that the proposed templates would recognise */
  readonly lines: number;
  /** groups without a proposal: nothing but values, line breaks, or no room left */
  readonly left: readonly { readonly group: MessageGroup; readonly reason: string }[];
}

interface Entry { readonly id: string; readonly template: string; readonly seen: Sighting; readonly examples: readonly { readonly text: string; readonly fields: Readonly<Record<string, string>> }[]; readonly count: number }

/**
 * @param groups of unknown messages, the most frequent first; their order decides which of two overlapping proposals stays
 * @param catalogues in use: no proposal matches one of their examples or takes one of their ids
 */
export function suggestTemplates(groups: readonly MessageGroup[], catalogues: readonly Catalogue[], name = 'suggested'): Suggestions {
  const ids = new Set(catalogues.flatMap(({ templates }) => templates.map(({ id }) => id)));
  const taken: string[] = catalogues.flatMap(({ templates }) => templates.flatMap(({ examples }) => examples.map(({ text }) => text)));
  const matchers: Matcher[] = catalogues.flatMap(({ templates }) => templates.map((template) => compileMatcher([{ templates: [template] }])));
  const entries: string[] = [];
  const left: { group: MessageGroup; reason: string }[] = [];
  let lines = 0;
  let bytes = 0;
  for (const group of groups) {
    const proposal = entries.length >= maxSuggestions || bytes >= maxSuggestedBytes ? 'no room in one catalogue' : propose(group);
    if (typeof proposal === 'string') {
      left.push({ group, reason: proposal });
      continue;
    }
    const text = entryText(proposal);
    entries.push(text);
    bytes += Buffer.byteLength(text, 'utf8');
    lines += group.count;
  }
  const head = `# Proposed from messages that no template knew. Examples are lines as they were read: replace names of people and organisations before you share them.\ncatalogue: ${name}\nmessages:\n`;
  return { text: entries.length === 0 ? undefined : `${head}${entries.join('')}`, templates: entries.length, lines, left };

  function propose(group: MessageGroup): Entry | string {
    const [first] = group.examples;
    if (first === undefined) return 'too long for an example';
    if (first.trim() === '') return 'no text';
    let reason = 'nothing but values';
    // A shape that is too wide, or wrong, still has one message that can be taken word by word.
    for (const [template, texts] of [[group.template, group.examples], [literal(first), [first]]] as const) {
      const examples = examplesOf(template, texts);
      if (typeof examples === 'string') {
        reason = examples;
        continue;
      }
      const { matcher } = examples;
      if (taken.some((text) => matches(matcher, text)) || texts.some((text) => matchers.some((other) => matches(other, text)))) {
        reason = 'overlaps another template';
        continue;
      }
      taken.push(...texts);
      matchers.push(matcher);
      return { id: idOf(template), template, seen: group.seen, examples: examples.examples, count: group.count };
    }
    return reason;
  }

  function idOf(template: string): string {
    const words = template.replaceAll(/\{[^{}]*\}/g, ' ').normalize('NFKD').toLowerCase().match(/[a-z][a-z0-9]*/g) ?? [];
    const stem = words.slice(0, 5).join('-').slice(0, 56).replace(/-+$/, '') || 'message';
    let id = stem;
    for (let number = 2; ids.has(id); number += 1) id = `${stem}-${number}`;
    ids.add(id);
    return id;
  }
}

/** Examples with the texts that the matcher gives their fields, or why the template is none. */
function examplesOf(text: string, messages: readonly string[]): { readonly matcher: Matcher; readonly examples: Entry['examples'] } | string {
  // The schema allows 2,000 characters.
  if (text.length > 2_000) return 'too long';
  const { parts, faults } = readTemplate(text);
  if (faults.length > 0) return 'not one plain line';
  if (!parts.some((part) => part.kind === 'literal' && /\p{L}{2}/u.test(part.text))) return 'nothing but values';
  const template: Template = { id: 'proposed', template: text, prints: 'unknown', seen: { component: 'unknown', versions: [] }, evidence: 'V', examples: [], parts };
  const matcher = compileMatcher([{ templates: [template] }]);
  const examples: { text: string; fields: Record<string, string> }[] = [];
  for (const message of messages) {
    const bytes = Buffer.from(message, 'utf8');
    const matched = matcher.match(bytes, 0, bytes.length);
    if (matched === undefined) return 'shape and message disagree';
    examples.push({ text: message, fields: Object.fromEntries(templateFields(template).map((field) => [field, matched.value(field) ?? ''])) });
  }
  return { matcher, examples };
}

function matches(matcher: Matcher, text: string): boolean {
  const bytes = Buffer.from(text, 'utf8');
  return matcher.match(bytes, 0, bytes.length) !== undefined;
}

function literal(message: string): string {
  return message.replaceAll(/[{}]/g, '$&$&');
}

/** Indented like the built-in catalogues: two blanks below the dash. */
function entryText({ id, template, seen, examples, count }: Entry): string {
  const entry = {
    id, template, prints: 'unknown', seen: { component: seen.component, versions: [seen.version] }, evidence: 'V',
    examples: examples.map(({ text, fields }) => Object.keys(fields).length === 0 ? { text } : { text, fields }),
  };
  return `\n# ${count} ${count === 1 ? 'line' : 'lines'}\n${writeYaml([entry])}`;
}
