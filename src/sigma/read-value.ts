/** One scalar of a rule under the modifiers of its key: what is left is how to compare. */
import type { YamlScalar } from '../text/yaml-document.ts';
import { base64Cores, base64Text, textBytes, type Utf16 } from './encode-text.ts';
import type { ModifierFamily } from './modifiers.ts';
import { readNetwork } from './read-network.ts';
import { readRegex } from './regex.ts';
import type { Report } from './report-finding.ts';
import type { ItemValue, Token } from './rule.ts';
import { mergeTokens, plainText, readTokens } from './tokens.ts';

/** How the values of one key are read. */
export interface ValueReading {
  readonly family: ModifierFamily;
  readonly names: readonly string[];
  readonly isKeyword: boolean;
  readonly report: Report;
}

/** The value, or several for base64offset (one suffices); empty after an error, which is reported. */
export function readValue(scalar: YamlScalar, reading: ValueReading): readonly ItemValue[] {
  const { report } = reading;
  if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value)) {
    report('RULE_MODIFIER_VALUE', scalar.at, `${scalar.source} is no number that an event can hold`);
    return [];
  }
  const value = readers[reading.family](scalar, reading);
  if (value === undefined) return [];
  return 'kind' in value ? [value] : value;
}

type ReadOne = (scalar: YamlScalar, reading: ValueReading) => ItemValue | readonly ItemValue[] | undefined;
const readers: Readonly<Record<ModifierFamily, ReadOne>> = { text: readText, base64: readBase64, regex: readExpression, cidr: readCidr, compare: readComparison, time: readTimePart, exists: readExists, fieldref: readFieldref };

/** Modifiers under which a number or truth value keeps its type. */
const keepsType = (names: readonly string[]): boolean => names.every((name) => name === 'neq' || name === 'all');

function readText(scalar: YamlScalar, { names, isKeyword, report }: ValueReading): ItemValue | undefined {
  const { value, source, at } = scalar;
  if (value === null) {
    if (!isKeyword && names.every((name) => name === 'neq')) return { kind: 'null' };
    report('RULE_MODIFIER_VALUE', at, isKeyword ? 'null is no keyword' : `null cannot be compared with ${names.join(', ')}`, 'write `field: null` as an identifier of its own');
    return undefined;
  }
  if (!isKeyword && keepsType(names)) {
    // Integers of more than 53 bits would change: they are compared as they are written.
    if (typeof value === 'number' && (!/^[-+]?\d+$/.test(source) || Number.isSafeInteger(value))) return { kind: 'number', value: value === 0 ? 0 : value };
    if (typeof value === 'boolean') return { kind: 'boolean', value };
  }
  if (typeof value === 'boolean' && !isKeyword) {
    report('RULE_MODIFIER_VALUE', at, `${source} is no text`, 'put it in quotes if the text is meant');
    return undefined;
  }
  const has = (name: string): boolean => names.includes(name);
  const tokens = placed(readTokens(source, has('expand')), names);
  return { kind: 'string', tokens, isCased: has('cased'), windash: has('windash') };
}

/** The tokens with the wildcards that contains, startswith and endswith add. */
function placed(tokens: readonly Token[], names: readonly string[]): readonly Token[] {
  const has = (name: string): boolean => names.includes(name);
  const any: Token = { kind: 'any' };
  return mergeTokens([...has('contains') || has('endswith') ? [any] : [], ...tokens, ...has('contains') || has('startswith') ? [any] : []]);
}

/** The text of a value that takes no wildcards. */
function textWithoutWildcards({ value, source, at }: YamlScalar, modifier: string, report: Report): string | undefined {
  const text = value === null || typeof value === 'boolean' ? undefined : plainText(readTokens(source));
  if (text === undefined) report('RULE_MODIFIER_VALUE', at, value === null || typeof value === 'boolean' ? `${modifier} takes a text, not ${source === '' ? 'nothing' : source}` : `${modifier} takes no wildcards`, value === null || typeof value === 'boolean' ? undefined : 'write a backslash before * and ? where the characters themselves are meant');
  return text;
}

function readBase64(scalar: YamlScalar, { names, report }: ValueReading): readonly ItemValue[] | undefined {
  const encoding = names.find((name): name is Utf16 => name.startsWith('utf16'));
  const isOffset = names.includes('base64offset');
  const text = textWithoutWildcards(scalar, isOffset ? 'base64offset' : 'base64', report);
  if (text === undefined) return undefined;
  const bytes = textBytes(text, encoding);
  const encoded = isOffset ? base64Cores(bytes) : [base64Text(bytes)];
  if (text === '' || encoded.includes('')) {
    report('RULE_BASE64_EMPTY', scalar.at, `nothing of '${text}' is left in Base64`);
    return undefined;
  }
  if (bytes.length < 3) report('RULE_BASE64_SHORT', scalar.at, `'${text}' has ${bytes.length} bytes: its Base64 occurs by chance`);
  return encoded.map((core) => ({ kind: 'string', tokens: placed([{ kind: 'text', text: core }], names), isCased: true, windash: false }));
}

function readExpression({ value, source, at, locate }: YamlScalar, { names, report }: ValueReading): ItemValue | undefined {
  if (value === null || typeof value === 'boolean') {
    report('RULE_MODIFIER_VALUE', at, `re takes an expression, not ${source === '' ? 'nothing' : source}`);
    return undefined;
  }
  const flags = { ignoreCase: names.includes('i'), multiline: names.includes('m'), dotAll: names.includes('s') };
  const { expression, fault, inlineFlags } = readRegex(source, flags, names.includes('expand'));
  if (fault !== undefined) report(fault.kind === 'syntax' ? 'RULE_REGEX_SYNTAX' : 'RULE_REGEX_UNSUPPORTED', locate(fault.index), fault.message);
  if (inlineFlags !== '') report('RULE_REGEX_INLINE_FLAG', at, `(?${inlineFlags}) is deprecated`, `drop it and write re|${[...inlineFlags].join('|')}`);
  return expression === undefined ? undefined : { kind: 'regex', expression };
}

function readCidr(scalar: YamlScalar, { report }: ValueReading): ItemValue | undefined {
  const network = typeof scalar.value === 'string' ? readNetwork(scalar.value) : `${scalar.source === '' ? 'nothing' : scalar.source} is no network`;
  if (typeof network !== 'string') return { kind: 'cidr', ...network };
  report('RULE_CIDR', scalar.at, network);
  return undefined;
}

const numeral = /^[+-]?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$/;

function readNumber({ value, source, isPlain, at }: YamlScalar, modifier: string, report: Report): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && !isPlain && numeral.test(value)) report('RULE_NUMBER_QUOTED', at, `'${value}' is a text, ${modifier} takes a number`, `write ${value} without quotes`);
  else report('RULE_MODIFIER_VALUE', at, `${modifier} takes a number, not ${source === '' ? 'nothing' : `'${source.slice(0, 60)}'`}`);
  return undefined;
}

function readComparison(scalar: YamlScalar, { names, report }: ValueReading): ItemValue | undefined {
  const operator = names.find((name): name is 'lt' | 'lte' | 'gt' | 'gte' => /^[lg]te?$/.test(name)) ?? 'gt';
  const value = readNumber(scalar, operator, report);
  return value === undefined ? undefined : { kind: 'compare', operator, value };
}

type TimePart = Extract<ItemValue, { readonly kind: 'time-part' }>['part'];
const timeRanges: Readonly<Record<TimePart, readonly [number, number]>> = { minute: [0, 59], hour: [0, 23], day: [1, 31], week: [1, 53], month: [1, 12], year: [0, 9999] };

function readTimePart(scalar: YamlScalar, { names, report }: ValueReading): ItemValue | undefined {
  const part = names.find((name): name is TimePart => Object.hasOwn(timeRanges, name)) ?? 'hour';
  const value = readNumber(scalar, part, report);
  if (value === undefined) return undefined;
  const [first, last] = timeRanges[part];
  if (Number.isInteger(value) && value >= first && value <= last) return { kind: 'time-part', part, value: value === 0 ? 0 : value };
  report('RULE_TIME_RANGE', scalar.at, `${scalar.source} is no ${part}`, `give a whole number from ${first} to ${last}`);
  return undefined;
}

function readExists({ value, source, at }: YamlScalar, { report }: ValueReading): ItemValue | undefined {
  if (typeof value === 'boolean') return { kind: 'exists', expected: value };
  report('RULE_MODIFIER_VALUE', at, `exists takes true or false, not ${source === '' ? 'nothing' : `'${source.slice(0, 60)}'`}`);
  return undefined;
}

function readFieldref(scalar: YamlScalar, { names, report }: ValueReading): ItemValue | undefined {
  const field = textWithoutWildcards(scalar, 'fieldref', report);
  if (field === '') report('RULE_MODIFIER_VALUE', scalar.at, 'fieldref takes the name of a field');
  if (field === undefined || field === '') return undefined;
  const has = (name: string): boolean => names.includes(name);
  return { kind: 'fieldref', field, place: has('contains') ? 'anywhere' : has('startswith') ? 'start' : has('endswith') ? 'end' : 'whole', isCased: has('cased') };
}
