/** The plain twin of src/parse/matcher.ts: one anchored expression per template, tried in the order of precedence that the matcher promises. */
import { templateFields, templateRegex, type Template } from '../../src/parse/template.ts';

export interface NaiveMatch { readonly id: string; readonly fields: Readonly<Record<string, string>> }

export function createNaiveMatcher(templates: readonly Template[]): (message: string) => NaiveMatch | undefined {
  const lead = ({ parts: [first] }: Template): number => first?.kind === 'literal' ? Buffer.byteLength(first.text, 'utf8') : 0;
  const tried = templates
    .map((template) => ({ template, regex: new RegExp(templateRegex(template), 's'), lead: lead(template) }))
    .sort((x, y) => y.lead - x.lead);
  return (message) => {
    for (const { template, regex } of tried) {
      const m = regex.exec(message);
      if (m !== null) return { id: template.id, fields: Object.fromEntries(templateFields(template).map((name, index) => [name, m[index + 1] ?? ''])) };
    }
    return undefined;
  };
}
