/** Fields that rules name, against the fields that events have. */
import { isIpAddress } from '../text/ip-address.ts';
import { fold } from './fold.ts';
import { levelsOfServices, ownProduct, type CheckKnowledge, type FieldKnowledge, type FieldType } from './rule-knowledge.ts';
import type { Report } from './report-finding.ts';
import type { DetectionItem, FilterRule, DetectionRule, ItemValue, LogSource, Position } from './rule.ts';
import { plainText } from './tokens.ts';
import { itemsOf, placedItems } from './walk-items.ts';

/** Levels of the events that a log source of this product selects; empty for those of others. */
export function levelsOf({ product, service, category }: LogSource): string {
  if (category !== undefined || (product !== undefined && product !== ownProduct)) return '';
  if (service !== undefined) return levelsOfServices.get(service) ?? '';
  return product === ownProduct ? 'ARH' : '';
}

/** Whether every event of the levels has the field. */
export const isAlwaysThere = (field: FieldKnowledge, levels: string): boolean => levels !== '' && [...levels].every((level) => field.levels.includes(level));

/** A name among the fields; undefined after reporting it as unknown. */
export function knownField(name: string, at: Position, { fields, suggest }: CheckKnowledge, report: Report): FieldKnowledge | undefined {
  const field = fields.get(name);
  if (field !== undefined) return field;
  const near = suggest(name, fields.keys());
  report('RULE_FIELD_UNKNOWN', at, `${name.slice(0, 80)} is no field`, near === undefined ? undefined : `did you mean ${near}?`);
  return undefined;
}

/** Fields of detections and filters of this product: known, filled on these levels, compared with what they can hold. */
export function checkFields(rule: DetectionRule | FilterRule, knowledge: CheckKnowledge, report: Report): void {
  if (rule.logsource.product !== ownProduct) return;
  const levels = levelsOf(rule.logsource);
  for (const { expression } of rule.detection.searches.values()) {
    for (const item of itemsOf(expression)) {
      if (item.field === undefined) continue;
      const field = knownField(item.field, item.position, knowledge, report);
      if (field === undefined) continue;
      const isCarried = levels === '' || [...levels].some((level) => field.levels.toUpperCase().includes(level));
      if (!field.isFed) report('RULE_FIELD_UNFED', item.position, `nothing produces ${item.field} yet`);
      else if (!isCarried) report('RULE_FIELD_UNFED', item.position, `events of this log source have no ${item.field}`);
      for (const value of item.values) {
        const wrong = misfit(value, field);
        if (wrong !== undefined) report('RULE_FIELD_TYPE', item.position, `${item.field} is ${typeNames[field.type]}: ${wrong}`);
        else checkClosedList(item, value, field, knowledge, report);
        if (value.kind === 'fieldref') knownField(value.field, item.position, knowledge, report);
      }
    }
  }
  for (const [index, name] of rule.fields.entries()) knownField(name, rule.places?.get(`fields[${index}]`) ?? rule.position, knowledge, report);
  for (const [index, name] of (rule.vb365.suppressBy ?? []).entries()) knownField(name, rule.places?.get(`vb365.suppress_by[${index}]`) ?? rule.position, knowledge, report);
  // A filter excludes what has the field: that others pass is its purpose.
  if (rule.kind === 'detection') checkNegations(rule, levels, knowledge, report);
}

const typeNames: Readonly<Record<FieldType, string>> = { keyword: 'a text', text: 'a text', date: 'a time', long: 'a whole number', float: 'a number', boolean: 'true or false', ip: 'an address' };
const isNumber = (type: FieldType): boolean => type === 'long' || type === 'float';
const isText = (type: FieldType): boolean => type === 'keyword' || type === 'text';

/** Why a field of this type can never equal the value. */
function misfit(value: ItemValue, { type }: FieldKnowledge): string | undefined {
  switch (value.kind) {
    case 'number': return isNumber(type) || isText(type) ? undefined : `it cannot be ${value.value}`;
    case 'boolean': return type === 'boolean' || isText(type) ? undefined : `it cannot be ${String(value.value)}`;
    case 'compare': return isNumber(type) ? undefined : 'it cannot be compared as a number';
    case 'cidr': return type === 'ip' || isText(type) ? undefined : 'it cannot lie in a network';
    case 'time-part': return type === 'date' ? undefined : `it has no ${value.part}`;
    case 'string': {
      const text = plainText(value.tokens);
      if (text === undefined) return undefined;
      const fits = isNumber(type) ? /^[+-]?[\d.]{1,40}(?:[eE][+-]?\d{1,4})?$/.test(text) : type === 'boolean' ? /^(?:true|false)$/i.test(text) : type !== 'ip' || isIpAddress(text);
      return fits ? undefined : `it cannot be '${text.slice(0, 60)}'`;
    }
    default: return undefined;
  }
}

function checkClosedList(item: DetectionItem, value: ItemValue, { allowed }: FieldKnowledge, { suggest }: CheckKnowledge, report: Report): void {
  const text = value.kind === 'string' ? plainText(value.tokens) : value.kind === 'number' ? String(value.value) : undefined;
  if (allowed === undefined || text === undefined || allowed.some((one) => fold(one) === fold(text))) return;
  const near = suggest(text, allowed);
  report('RULE_FIELD_VALUE', item.position, `${item.field ?? ''} is never '${text.slice(0, 60)}'`, near === undefined ? undefined : `did you mean ${near}?`);
}

/** A negation over a field that may be absent, where nothing else asks for the field. */
function checkNegations(rule: DetectionRule, levels: string, { fields }: CheckKnowledge, report: Report): void {
  const items = placedItems(rule.detection);
  const asked = new Set(items.filter(({ item, isNegated }) => !isNegated && !item.values.some(saysAbsent)).map(({ item }) => item.field));
  for (const { item, isNegated } of items) {
    const field = fields.get(item.field ?? '');
    if (!isNegated || field === undefined || asked.has(item.field) || isAlwaysThere(field, levels) || item.values.some(({ kind }) => kind === 'null' || kind === 'exists')) continue;
    report('RULE_NEGATES_OPTIONAL_FIELD', item.position, `events without ${item.field ?? ''} pass this negation`, `add ${item.field ?? ''}|exists: true where they should not`);
  }
}

const saysAbsent = (value: ItemValue): boolean => value.kind === 'null' || (value.kind === 'exists' && !value.expected);
