/**
 * Recognises messages by the templates of all catalogues. The first bytes choose the few templates that can match (lead-trie.ts); only templates that
 * begin with a field need one pass over the message (text-finder.ts). So the cost does not grow with the number of templates.
 *
 * Where several templates match, the one with the longest text before its first field wins, then the one that stands first; templates that begin
 * with a field come last. The naive twin, which tries expressions in this order, is test/parse/naive-matcher.ts.
 */
import { createLeadTrie } from './lead-trie.ts';
import { matchSteps, stepsOf, type Step } from './match-steps.ts';
import type { Matched, Matcher } from './matched.ts';
import { templateFields, type TemplateParts } from './template.ts';
import { createTextFinder } from './text-finder.ts';

interface Compiled {
  readonly template: TemplateParts;
  readonly steps: readonly Step[];
  /** bytes of the leading text, which the trie has compared */
  readonly leadLength: number;
  readonly fields: ReadonlyMap<string, number>;
}

/** @param catalogues in order of precedence; only their templates are read */
export function compileMatcher(catalogues: readonly { readonly templates: readonly TemplateParts[] }[]): Matcher {
  const templates = catalogues.flatMap((catalogue) => catalogue.templates);
  const led = templates.filter(({ parts: [first] }) => first?.kind === 'literal').map((template) => compile(template, leadBytes(template)));
  const floating = templates.filter(({ parts: [first] }) => first?.kind !== 'literal').map((template) => compile(template, undefined));
  const trie = createLeadTrie(led.map(({ template }) => leadBytes(template)));
  const finder = createTextFinder(floating.map(({ template }) => markBytes(template)));
  const found: number[] = [];

  return {
    match(line, start, end) {
      for (let i = trie.walk(line, start, end, found) - 1; i >= 0; i -= 1) {
        const matched = tryTemplate(led[found[i] ?? -1], line, start, end);
        if (matched !== undefined) return matched;
      }
      for (const index of finder.find(line, start, end)) {
        const matched = tryTemplate(floating[index], line, start, end);
        if (matched !== undefined) return matched;
      }
      return undefined;
    },
  };
}

function compile(template: TemplateParts, lead: Uint8Array | undefined): Compiled {
  return { template, steps: stepsOf(template.parts, lead !== undefined), leadLength: lead?.length ?? 0, fields: new Map(templateFields(template).map((name, index) => [name, index])) };
}

function leadBytes({ parts: [first] }: TemplateParts): Uint8Array {
  return Buffer.from(first?.kind === 'literal' ? first.text : '', 'utf8');
}

/** The longest text of a template: the rarest mark of it. */
function markBytes({ parts }: TemplateParts): Uint8Array {
  const texts = parts.flatMap((part) => part.kind === 'literal' ? [Buffer.from(part.text, 'utf8')] : []);
  return texts.reduce((longest, text) => text.length > longest.length ? text : longest, Buffer.alloc(0));
}

function tryTemplate(compiled: Compiled | undefined, line: Buffer, start: number, end: number): Matched | undefined {
  if (compiled === undefined) return undefined;
  const { template, steps, leadLength, fields } = compiled;
  const spans = new Int32Array(2 * fields.size);
  if (!matchSteps(steps, line, start + leadLength, end, spans)) return undefined;
  return {
    id: template.id,
    template,
    value(field) {
      const index = fields.get(field);
      return index === undefined ? undefined : line.toString('utf8', spans[2 * index], spans[2 * index + 1]);
    },
  };
}
