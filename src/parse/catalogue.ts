/** Reads a message catalogue (messages.yml) and checks it: all problems at once, each with its place. */
import schema from '../../schemas/catalogue.schema.json' with { type: 'json' };
import type { Problem, ProblemCode } from '../errors.ts';
import { maxProblemsListed } from '../limits.ts';
import { compileSchema, type SchemaCheck, type SchemaFault } from '../text/json-schema.ts';
import { nearestName } from '../text/nearest-name.ts';
import { readYaml, type YamlDocument, type YamlPath } from '../text/yaml-document.ts';
import { compileMatcher } from './matcher.ts';
import type { Matcher } from './matched.ts';
import { readTemplate, templateFields, type Example, type Template } from './template.ts';

export interface Catalogue {
  readonly id: string;
  readonly file: string;
  readonly templates: readonly Template[];
  /** place of a template, or of one of its examples, in the file; both by index */
  locate(template: number, example?: number): { readonly line: number; readonly column: number };
}
/** Shape of an entry once the schema has accepted it. */
type Entry = Omit<Template, 'parts' | 'examples'> & { readonly examples: readonly { readonly text: string; readonly fields?: Readonly<Record<string, string>> }[] };

let check: SchemaCheck | undefined;

/** The catalogue of a text, or everything that is wrong with it. Never throws. @param file for messages only */
export function loadCatalogue(text: string, file: string): { readonly catalogue: Catalogue } | { readonly problems: readonly Problem[] } {
  const document = readYaml(text);
  if (document.faults.length > 0) {
    return { problems: document.faults.map(({ message, line, column }) => ({ code: 'catalogue-syntax', message, remedy: 'correct the YAML here', file, line, column })) };
  }
  const faults = (check ??= compileSchema(schema, { allErrors: true }))(document.value);
  if (faults.length > 0) return { problems: faults.map((fault) => problemOf(fault, document, file)).slice(0, maxProblemsListed) };
  const { catalogue: id, messages } = document.value as { readonly catalogue: string; readonly messages: readonly Entry[] };
  const problems: Problem[] = [];
  const templates = messages.map((entry, index) => templateOf(entry, index, (code, path, message, remedy) => {
    problems.push({ code, message, remedy, file, ...place(document, path) });
  }));
  const catalogue: Catalogue = {
    id, file, templates,
    locate: (template, example) => place(document, example === undefined ? ['messages', template, 'id'] : ['messages', template, 'examples', example, 'text']),
  };
  // Overlaps of broken templates would only repeat what is said already.
  if (problems.length === 0) problems.push(...checkTogether([catalogue]));
  return problems.length > 0 ? { problems: problems.slice(0, maxProblemsListed) } : { catalogue };
}

/**
 * What is wrong between catalogues that are used together: ids and rows used twice, and examples that two templates match. Each example is compared
 * with every template, not only with the one that wins.
 */
export function checkTogether(catalogues: readonly Catalogue[]): readonly Problem[] {
  const problems: Problem[] = [];
  const all = catalogues.flatMap((catalogue) => catalogue.templates.map((template, index) => ({ catalogue, template, index, matcher: compileMatcher([{ templates: [template] }]) })));
  for (const key of ['id', 'ref'] as const) {
    const first = new Map<string, string>();
    for (const { catalogue, template, index } of all) {
      const name = template[key];
      if (name === undefined) continue;
      const other = first.get(name);
      if (other === undefined) first.set(name, catalogue.file);
      else problems.push({ code: 'catalogue-template', message: `the ${key} ${name} is used twice; also in ${other}`, remedy: `give one of the two another ${key}`, file: catalogue.file, ...catalogue.locate(index) });
    }
  }
  for (const { catalogue, template, index } of all) {
    for (const [number, { text }] of template.examples.entries()) {
      const bytes = Buffer.from(text, 'utf8');
      for (const other of all) {
        if (other.template === template || other.matcher.match(bytes, 0, bytes.length) === undefined) continue;
        problems.push({
          code: 'catalogue-overlap', message: `this example of ${template.id} is matched by ${other.template.id} of ${other.catalogue.file} too`,
          remedy: 'make one template more exact: a stricter field type, or more of the text', file: catalogue.file, ...catalogue.locate(index, number),
        });
      }
    }
  }
  return problems.slice(0, maxProblemsListed);
}

type Report = (code: ProblemCode, path: YamlPath, message: string, remedy: string) => void;

function templateOf(entry: Entry, index: number, report: Report): Template {
  const { parts, faults } = readTemplate(entry.template);
  const examples = entry.examples.map(({ text, fields }) => ({ text, fields: fields ?? {} }));
  const template: Template = { ...entry, examples, parts };
  for (const fault of faults) report('catalogue-template', ['messages', index, 'template'], `${entry.id}: ${fault}`, 'correct the template');
  if (faults.length > 0) return template;
  const matcher = compileMatcher([{ templates: [template] }]);
  for (const [number, example] of examples.entries()) {
    for (const fault of exampleFaults(template, matcher, example)) {
      report('catalogue-example', ['messages', index, 'examples', number, 'text'], `${entry.id}: ${fault}`, 'correct the template or the example');
    }
  }
  return template;
}

/** Why an example is not what its template gives; empty when it is. Fields are compared in both directions. */
function exampleFaults(template: Template, matcher: Matcher, example: Example): readonly string[] {
  const bytes = Buffer.from(example.text, 'utf8');
  const matched = matcher.match(bytes, 0, bytes.length);
  if (matched === undefined) return ['the example does not match its template'];
  const names = templateFields(template);
  const faults: string[] = Object.keys(example.fields).filter((name) => !names.includes(name)).map((name) => `the template has no field ${name}`);
  for (const name of names) {
    const got = matched.value(name);
    const wanted = Object.hasOwn(example.fields, name) ? example.fields[name] : undefined;
    if (wanted === undefined) faults.push(`the example does not say what ${name} gets; it gets ${JSON.stringify(got)}`);
    else if (wanted !== got) faults.push(`${name} gets ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  }
  return faults;
}

function place(document: YamlDocument, path: YamlPath, part: 'key' | 'value' = 'value'): { readonly line: number; readonly column: number } {
  const { line, column } = document.locate(path, part);
  return { line, column };
}

function problemOf(fault: SchemaFault, document: YamlDocument, file: string): Problem {
  const name = fault.path.length === 0 ? 'the catalogue' : pathText(fault.path);
  const { params } = fault;
  if (fault.keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = Object.keys(asRecord(fault.schema['properties']));
    const near = nearestName(key, known);
    return {
      code: 'catalogue-syntax', message: `${name} has no key ${key}`, remedy: near === undefined ? `known keys: ${known.join(', ')}` : `did you mean ${near}?`,
      file, ...place(document, [...fault.path, key], 'key'),
    };
  }
  const remedy = fault.keyword === 'enum' && Array.isArray(params['allowedValues']) ? `allowed: ${params['allowedValues'].join(', ')}`
    : fault.keyword === 'required' ? `add the key ${String(params['missingProperty'])}`
      : fault.keyword === 'type' && params['type'] === 'string' ? 'write the value in quotes' : '`vb365-siem parsers new NAME` writes a catalogue that explains its keys';
  return { code: 'catalogue-syntax', message: `${name}: ${fault.message}`, remedy, file, ...place(document, fault.path) };
}

/** `messages[2].seen.versions`, as the configuration names its places. */
function pathText(path: YamlPath): string {
  return path.map((step, index) => typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`).join('');
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
