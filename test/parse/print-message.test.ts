import { expect } from 'chai';
import fc from 'fast-check';
import { builtInCatalogues } from '../../src/cli/built-in-catalogues.ts';
import { compileMatcher } from '../../src/parse/matcher.ts';
import { printMessage } from '../../src/parse/print-message.ts';
import { templateFields, type FieldPart, type Template } from '../../src/parse/template.ts';

const catalogues = builtInCatalogues();
const templates = catalogues.flatMap((catalogue) => catalogue.templates);
const print = printMessage(catalogues);

function fieldsBack(template: Template, text: string): Readonly<Record<string, string | undefined>> | undefined {
  const bytes = Buffer.from(text, 'utf8');
  const matched = compileMatcher([{ templates: [template] }]).match(bytes, 0, bytes.length);
  return matched === undefined ? undefined : Object.fromEntries(templateFields(template).map((name) => [name, matched.value(name)]));
}

const printed: readonly (readonly [name: string, key: string, fields: Readonly<Record<string, string>>, text: string])[] = [
  ['by id', 'header-account', { account: 'CONTOSO\\alee' }, 'Account: CONTOSO\\alee'],
  ['by row', 'H07', { account: 'CONTOSO\\alee' }, 'Account: CONTOSO\\alee'],
  ['without fields', 'X02', {}, 'Exporting items...'],
  ['a child by its letter', 'X01o', { count: '12' }, 'found 12 items'],
  ['an empty field', 'export-filter', { filter: '' }, 'Export filter: .'],
  ['braces in a value', 'E01', { error: '{0} {{x}}' }, 'Error: {0} {{x}}'],
  ['dollars in a value', 'E01', { error: "$& $1 $'" }, "Error: $& $1 $'"],
];
const refused: readonly (readonly [name: string, key: string, fields: Readonly<Record<string, string>>, says: RegExp])[] = [
  ['an unknown message', 'X99', {}, /no message X99/],
  ['a missing field', 'H07', {}, /no value for account/],
  ['a field that there is not', 'X02', { count: '1' }, /no such field: count/],
  ['what every object has', 'H07', Object.create({ account: 'x' }) as Record<string, string>, /no value for account/],
];

/** What a field may hold so that a reader finds its end: open fields get words without punctuation, the others something of their type. */
function valueOf({ type }: FieldPart): fc.Arbitrary<string> {
  switch (type.kind) {
    case 'open': return fc.array(fc.constantFrom('Łukasz', 'Q3', '日本語', 'final', '📁', 'Ann'), { minLength: 1, maxLength: 3 }).map((words) => words.join('_'));
    case 'class': return fc.constant(type.sample);
    case 'shape': return fc.constant(type.sample);
  }
}
const anyFields = fc.constantFrom(...templates).chain((template) => {
  const fields = template.parts.filter((part): part is FieldPart => part.kind === 'field');
  return fc.tuple(fc.constant(template), fc.record(Object.fromEntries(fields.map((part) => [part.name, valueOf(part)]))));
});

describe('printMessage', () => {
  for (const [name, key, fields, text] of printed) it(`prints ${name}`, () => { expect(print(key, fields)).to.equal(text); });
  for (const [name, key, fields, says] of refused) it(`refuses ${name}`, () => { expect(() => print(key, fields)).to.throw(RangeError, says); });
  it('what it prints is read back with the same fields', () => {
    fc.assert(fc.property(anyFields, ([template, fields]) => { expect(fieldsBack(template, print(template.id, fields))).to.deep.equal({ ...fields }); }), { numRuns: 500 });
  });
  it('every template printed from the samples of its types is read back, and by itself only', () => {
    const matcher = compileMatcher(catalogues);
    for (const template of templates) {
      const fields = Object.fromEntries(template.parts.flatMap((part) => part.kind === 'field' ? [[part.name, part.type.kind === 'open' ? 'Sample' : part.type.sample]] : []));
      const text = print(template.id, fields);
      const bytes = Buffer.from(text, 'utf8');
      expect([matcher.match(bytes, 0, bytes.length)?.id, fieldsBack(template, text)], text).to.deep.equal([template.id, fields]);
    }
  });
});
