/** Tags: `namespace.name`, with the forms that known namespaces prescribe. */
import { entryOf, textsOf, type Attributes } from './attributes.ts';

const forms: ReadonlyMap<string, RegExp> = new Map([
  ['attack', /^(?:t\d{4}(?:\.\d{3})?|[gscma]\d{4}|ds\d{4}|[a-z]+(?:-[a-z]+)*)$/],
  ['car', /^\d{4}-\d{2}-\d{3}$/],
  ['cve', /^\d{4}-\d{4,}$/],
  ['d3fend', /^(?:d3f?-[a-z0-9_.-]+|model|harden|detect|isolate|deceive|evict|restore)$/],
  ['detection', /^(?:dfir|emerging-threats|threat-hunting)$/],
  ['stp', /^[1-5][auk]?$/],
  ['tlp', /^(?:red|amber|amber-strict|green|clear)$/],
]);

/** The tags of a rule, each once. */
export function readTags(head: Attributes): readonly string[] {
  const tags = textsOf(head, 'tags');
  const seen = new Set<string>();
  for (const [index, tag] of tags.entries()) {
    const at = head.places.get(`tags[${index}]`) ?? entryOf(head, 'tags')?.value.at ?? head.map.at;
    const dot = tag.indexOf('.');
    const form = forms.get(tag.slice(0, dot));
    if (tag.length > 256 || !/^[a-z0-9_-]+\.[a-z0-9._-]+$/.test(tag)) head.report('RULE_TAG_FORMAT', at, `'${tag.slice(0, 60)}' is no tag`, 'write namespace.name with a-z, 0-9, ., _ and -');
    else if (form !== undefined && !form.test(tag.slice(dot + 1))) head.report('RULE_TAG_FORMAT', at, `'${tag.slice(dot + 1, dot + 61)}' has not the form of the namespace ${tag.slice(0, dot)}`);
    else if (/^attack\.ds\d{4}$/.test(tag)) head.report('RULE_ATTACK_REVOKED', at, `${tag}: data sources are no longer part of ATT&CK tags`, 'drop it');
    if (seen.has(tag)) head.report('RULE_TAG_DUPLICATE', at, `${tag} is given twice`);
    seen.add(tag);
  }
  return [...seen];
}
