import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { maxLineBytes } from '../../src/limits.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { expectProportional } from '../proportional.ts';
import { readTemplate, type Template } from '../../src/parse/template.ts';

const builtIn = compileMatcher(builtInCatalogues());
const own = (text: string): Template => ({ id: 'own', template: text, prints: 'unknown', seen: { component: 'test', versions: ['v1'] }, evidence: 'I', examples: [], parts: readTemplate(text).parts });

// Each line is as long as the reader lets through, and repeats what a template looks for.
const rows: readonly (readonly [name: string, lead: string, repeated: string, template?: string])[] = [
  ['sizes and commas', 'Starting item export: IPM.Note, ', '1 KB, '],
  ['ends of paths', "Exporting item to file '", "'..."],
  ['counts that never end', 'Creating ', '1 '],
  ['brackets', 'Counting items in: ', ' (a) ('],
  ['separators of a failed action', 'Action failed (action: ', ', data: , error: '],
  ['ports', 'Connecting to Veeam Backup for Microsoft 365 server at ', ':9194'],
  ['marks of templates that begin with a field', '', ' job: Tenant: , Auth : Version= (Id: throttled '],
  ['digits', '', '1'],
  ['a template of one user with many ways to divide', '', 'a.', '{a}.{b:word}.{c:word}.{d:word}.{e:word}!'],
  ['the same after text', 'x ', ' a.a', 'x {a} {b:word}.{c:word} {d} {e:word}.{f:id} !'],
];

describe('matcher takes time in proportion to a hostile line', () => {
  for (const [name, lead, repeated, template] of rows) {
    it(name, () => {
      const matcher = template === undefined ? builtIn : compileMatcher([{ templates: [own(template)] }]);
      return expectProportional((size) => {
        const line = Buffer.from((lead + repeated.repeat(size)).slice(0, size));
        return matcher.match(line, 0, line.length);
      }, maxLineBytes / 32);
    });
  }
});
