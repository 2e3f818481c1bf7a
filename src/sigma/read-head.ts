/** The attributes that rules of all kinds carry. */
import { maxProblemsListed } from '../limits.ts';
import { editDistance } from '../text/nearest-name.ts';
import { boundedTextOf, choiceOf, entryOf, formOf, plainValue, refuseOthers, textOf, textsOf, type Attributes } from './attributes.ts';
import { readSettings } from './read-settings.ts';
import { readTags } from './read-tags.ts';
import type { Rule, RuleHead, RuleLevel, RuleStatus } from './rule.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const statuses: readonly RuleStatus[] = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
const levels: readonly RuleLevel[] = ['informational', 'low', 'medium', 'high', 'critical'];
const relations = ['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation'] as const;
const headKeys = ['title', 'id', 'name', 'related', 'status', 'level', 'description', 'license', 'author', 'references', 'date', 'modified', 'fields', 'falsepositives', 'tags', 'scope', 'taxonomy', 'vb365'];
/** every key of the language at the top of a document */
export const knownKeys: readonly string[] = [...headKeys, 'logsource', 'detection', 'correlation', 'filter'];

/** Reads the head; problems are reported. Undefined only without a title. */
export function readHead(head: Attributes, kind: Rule['kind'], file: string, document: number): RuleHead | undefined {
  const title = boundedTextOf(head, 'title', 1, 256);
  if (entryOf(head, 'title') === undefined) head.report('RULE_SCHEMA', head.map.at, 'title is missing', 'say in a few words what the rule finds');
  const id = idOf(head);
  const name = boundedTextOf(head, 'name', 1, 256);
  const status = choiceOf(head, 'status', statuses);
  const level = choiceOf(head, 'level', levels);
  const description = boundedTextOf(head, 'description', 0, 65_535);
  const author = textOf(head, 'author');
  const license = textOf(head, 'license');
  const [date, modified] = [dateOf(head, 'date'), dateOf(head, 'modified')];
  if (date !== undefined && modified !== undefined && modified < date) head.report('RULE_MODIFIED_BEFORE_DATE', head.places.get('modified') ?? head.map.at, `modified ${modified} is before date ${date}`);
  const taxonomy = textOf(head, 'taxonomy');
  if (taxonomy !== undefined && taxonomy !== 'sigma' && taxonomy !== 'ecs') head.report('RULE_TAXONOMY', head.places.get('taxonomy') ?? head.map.at, `the taxonomy '${taxonomy.slice(0, 60)}' is not known`);
  const falsepositives = falsepositivesOf(head);
  const tags = readTags(head);
  const references = referencesOf(head);
  const shared = {
    references, related: relatedOf(head), fields: textsOf(head, 'fields', 'list-or-text'), falsepositives, tags, scope: textsOf(head, 'scope', 'list-or-text'),
    vb365: readSettings(head, kind), custom: customOf(head), file, document, position: { line: head.map.at.line, column: head.map.at.column }, places: head.places,
  };
  lintMissing(head, kind);
  if (title === undefined) return undefined;
  return {
    title, ...id === undefined ? {} : { id }, ...name === undefined ? {} : { name }, ...status === undefined ? {} : { status }, ...level === undefined ? {} : { level },
    ...description === undefined ? {} : { description }, ...author === undefined ? {} : { author }, ...license === undefined ? {} : { license },
    ...date === undefined ? {} : { date }, ...modified === undefined ? {} : { modified }, ...shared,
  };
}

function idOf(head: Attributes): string | undefined {
  const id = textOf(head, 'id');
  if (id === undefined || uuid.test(id)) return id;
  const lower = id.toLowerCase();
  head.report('RULE_SCHEMA', head.places.get('id') ?? head.map.at, `'${id.slice(0, 60)}' is no UUID in lower case`, uuid.test(lower) ? `write ${lower}` : 'write a UUID, for example of uuidgen');
  return undefined;
}

function dateOf(head: Attributes, key: string): string | undefined {
  const text = textOf(head, key, 'RULE_DATE');
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return text;
  head.report('RULE_DATE', head.places.get(key) ?? head.map.at, `'${text.slice(0, 60)}' is no date`);
  return undefined;
}

function falsepositivesOf(head: Attributes): readonly string[] {
  const texts = textsOf(head, 'falsepositives');
  for (const [index, text] of texts.entries()) if (text.length < 2) head.report('RULE_SCHEMA', head.places.get(`falsepositives[${index}]`) ?? head.map.at, `'${text}' is shorter than two characters`);
  const [only] = texts;
  if (texts.length === 1 && only !== undefined && /^(?:none|unknown)\.?$/i.test(only)) head.report('RULE_FALSEPOSITIVES_MISSING', head.places.get('falsepositives[0]') ?? head.map.at, `'${only}' tells an analyst nothing`);
  return texts;
}

function referencesOf(head: Attributes): readonly string[] {
  const texts = textsOf(head, 'references');
  const seen = new Set<string>();
  for (const [index, text] of texts.entries()) {
    const at = head.places.get(`references[${index}]`) ?? head.map.at;
    if (seen.has(text)) head.report('RULE_REFERENCES', at, 'this reference is given twice');
    else if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) head.report('RULE_REFERENCES', at, `'${text.slice(0, 60)}' is no URL`);
    seen.add(text);
  }
  return texts;
}

function relatedOf(head: Attributes): RuleHead['related'] {
  const value = entryOf(head, 'related')?.value;
  if (value === undefined) return [];
  if (value.kind !== 'list') {
    head.report('RULE_SCHEMA', value.at, `related is ${formOf(value)}, not a list`);
    return [];
  }
  return value.items.flatMap((item, index) => {
    if (item.kind !== 'map') {
      head.report('RULE_SCHEMA', item.at, `related holds ${formOf(item)}, not id and type`);
      return [];
    }
    const attributes: Attributes = { ...head, map: item, path: `related[${index}].` };
    refuseOthers(attributes, ['id', 'type']);
    for (const key of ['id', 'type']) if (entryOf(attributes, key) === undefined) head.report('RULE_SCHEMA', item.at, `related[${index}].${key} is missing`);
    const [id, type] = [idOf(attributes), choiceOf(attributes, 'type', relations)];
    return id === undefined || type === undefined ? [] : [{ id, type }];
  });
}

/** Keys that are nobody's are kept as they are; those nearly of the language are pointed at. */
function customOf(head: Attributes): Readonly<Record<string, unknown>> {
  const others = head.map.entries.filter(({ key }) => !knownKeys.includes(key.text));
  // Two letters of two make any word: only longer keys can be misspelt ones.
  for (const { key } of others.slice(0, maxProblemsListed).filter(({ key }) => key.text.length > 2 && key.text.length < 40)) {
    const near = knownKeys.find((known) => editDistance(key.text, known) <= 1) ?? knownKeys.find((known) => editDistance(key.text, known) <= 2);
    if (near !== undefined) head.report('RULE_KEY_UNKNOWN', key.at, `${key.text} is no attribute of the language`, `did you mean ${near}?`);
  }
  return Object.fromEntries(others.map(({ key, value }) => [key.text, plainValue(value)]));
}

/** What a rule should say of itself; a filter is no rule. */
function lintMissing(head: Attributes, kind: Rule['kind']): void {
  const lacks = (key: string): boolean => entryOf(head, key) === undefined;
  const at = head.map.at;
  if (lacks('id')) head.report('RULE_ID_MISSING', at, 'id is missing');
  if (kind === 'filter') {
    for (const key of ['level', 'status']) {
      const entry = entryOf(head, key);
      if (entry !== undefined) head.report('RULE_FILTER_LEVEL', entry.key.at, `${key} has no meaning for a filter`);
    }
    return;
  }
  if (lacks('level')) head.report('RULE_LEVEL_MISSING', at, 'level is missing');
  if (lacks('status')) head.report('RULE_STATUS_MISSING', at, 'status is missing');
  if (lacks('description')) head.report('RULE_DESCRIPTION_MISSING', at, 'description is missing');
  if (lacks('tags')) head.report('RULE_TAGS_MISSING', at, 'tags are missing');
  if (lacks('falsepositives')) head.report('RULE_FALSEPOSITIVES_MISSING', at, 'falsepositives are missing');
}
