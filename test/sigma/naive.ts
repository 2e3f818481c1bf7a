/** The rule language read directly and slowly: no index, no memory, no shared code. What src/sigma does fast is held equal to this. */
import { Temporal } from 'temporal-polyfill';
import type { Condition, Detection, DetectionItem, DetectionRule, ItemValue, RegexNode, RegexSource, SearchExpression, Token } from '../../src/sigma/rule.ts';

export type Lists = Readonly<Record<string, readonly string[]>>;

/** Rules of this product that match, by id; `lists` are what the tenant has defined. */
export function naiveMatches(rules: readonly DetectionRule[], event: object, lists: Lists = {}): readonly DetectionRule[] {
  return rules.filter((rule) => naiveServiceFits(rule, event) && naiveDetection(rule.detection, event, lists)).sort((a, b) => a.id! < b.id! ? -1 : 1);
}

/** Whether the condition holds; false when a placeholder is not defined. */
export function naiveDetection({ searches, condition }: Detection, event: object, lists: Lists = {}): boolean {
  const items = [...searches.values()].flatMap(({ expression }) => itemsOf(expression));
  if (items.some(({ values }) => values.some((value) => namesOf(value).some((name) => !Object.hasOwn(lists, name))))) return false;
  const ask = (name: string): boolean => searches.has(name) && holds(searches.get(name)!.expression, event, lists);
  const decide = (node: Condition): boolean => {
    if (node.kind === 'search') return ask(node.name);
    if (node.kind === 'not') return !decide(node.member);
    if (node.kind === 'selector') return node.quantifier === 'all' ? node.names.every(ask) : node.names.some(ask);
    return node.kind === 'and' ? node.members.every(decide) : node.members.some(decide);
  };
  return decide(condition);
}

function naiveServiceFits({ logsource }: DetectionRule, event: object): boolean {
  const level = naiveValues(event, 'vb365.level')?.[0];
  const origin = naiveValues(event, 'vb365.origin.kind')?.[0];
  if (level !== 'restore' && level !== 'activity' && level !== 'health' && level !== 'alert') return false;
  if (logsource.category !== undefined) return false;
  if (logsource.product !== undefined && logsource.product !== 'vb365') return false;
  switch (logsource.service) {
    case undefined: return logsource.product === 'vb365' && level !== 'alert';
    case 'restore': case 'health': case 'alert': case 'activity': return level === logsource.service;
    case 'explorer': return level === 'activity' && origin === 'explorer_log';
    case 'audit_mail': return level === 'activity' && origin === 'audit_mail';
    case 'rest': return level === 'activity' && origin === 'rest_api';
    case 'archiver': return level === 'activity' && (origin === 'archiver_log' || origin === 'rest_log');
    default: return false;
  }
}

function itemsOf(expression: SearchExpression): readonly DetectionItem[] {
  return expression.kind === 'item' ? [expression] : expression.members.flatMap(itemsOf);
}

function namesOf(value: ItemValue): readonly string[] {
  if (value.kind === 'string') return value.tokens.flatMap((token) => token.kind === 'placeholder' ? [token.name] : []);
  const inNode = (node: RegexNode): readonly string[] => node.kind === 'placeholder' ? [node.name] : 'members' in node ? node.members.flatMap(inNode) : 'node' in node ? inNode(node.node) : [];
  return value.kind === 'regex' ? inNode(value.expression.tree) : [];
}

function holds(expression: SearchExpression, event: object, lists: Lists): boolean {
  if (expression.kind !== 'item') return expression.kind === 'and' ? expression.members.every((member) => holds(member, event, lists)) : expression.members.some((member) => holds(member, event, lists));
  const isMet = (value: ItemValue): boolean => expression.field === undefined ? keywordFits(value, event, lists) : valueFits(value, naiveValues(event, expression.field), event, lists);
  const answer = expression.needsAll ? expression.values.every(isMet) : expression.values.some(isMet);
  return expression.isNegated ? !answer : answer;
}

/** Own property first, then the dots from right to left; arrays are mapped over and flattened. */
export function naiveValues(event: object, name: string): readonly unknown[] | undefined {
  if (Object.hasOwn(event, name)) return [(event as Record<string, unknown>)[name]].flat(Number.POSITIVE_INFINITY);
  const parts = name.split('.');
  for (let count = parts.length - 1; count >= 1; count -= 1) {
    const first = parts.slice(0, count).join('.');
    const rest = parts.slice(count).join('.');
    if (!Object.hasOwn(event, first)) continue;
    const inner = [(event as Record<string, unknown>)[first]].flat(Number.POSITIVE_INFINITY).filter((one): one is object => typeof one === 'object' && one !== null);
    const found = inner.map((one) => naiveValues(one, rest)).filter((values) => values !== undefined);
    if (found.length > 0) return found.flat();
  }
  return undefined;
}

function textOf(actual: unknown): string | undefined {
  return typeof actual === 'string' ? actual : typeof actual === 'number' || typeof actual === 'boolean' ? `${actual}` : undefined;
}

function valueFits(value: ItemValue, values: readonly unknown[] | undefined, event: object, lists: Lists): boolean {
  if (value.kind === 'exists') return value.expected === (values !== undefined);
  if (value.kind === 'null') return (values ?? []).every((actual) => actual === null);
  return (values ?? []).some((actual) => {
    const text = textOf(actual);
    switch (value.kind) {
      case 'string': return text !== undefined && patternFits(value.tokens, value.windash, value.isCased, text, lists);
      case 'number': return typeof actual === 'number' ? actual === value.value : actual === String(value.value);
      case 'boolean': return typeof actual === 'boolean' ? actual === value.value : typeof actual === 'string' && naiveFold(actual) === String(value.value);
      case 'compare': return numberFits(actual, value.operator, value.value);
      case 'cidr': return typeof actual === 'string' && networkFits(actual, value.network, value.prefixLength);
      case 'time-part': return partOf(actual, value.part) === value.value;
      case 'regex': return text !== undefined && regexFits(value.expression, text, lists);
      case 'fieldref': return text !== undefined && (naiveValues(event, value.field) ?? []).some((other) => {
        const fold = value.isCased ? (one: string) => one : naiveFold;
        const theirs = textOf(other);
        if (theirs === undefined || theirs === '') return false;
        const [a, b] = [fold(text), fold(theirs)];
        return value.place === 'whole' ? a === b : value.place === 'start' ? a.startsWith(b) : value.place === 'end' ? a.endsWith(b) : a.includes(b);
      });
    }
  });
}

function keywordFits(value: ItemValue, event: object, lists: Lists): boolean {
  const leaves = (inner: unknown): readonly string[] => typeof inner === 'string' ? [inner] : typeof inner === 'number' ? [String(inner)] : typeof inner === 'object' && inner !== null ? Object.values(inner).flatMap(leaves) : [];
  return leaves(event).some((leaf) => {
    if (value.kind === 'regex') return regexFits(value.expression, leaf, lists);
    if (value.kind === 'number' || value.kind === 'boolean') return naiveFold(leaf).includes(naiveFold(String(value.value)));
    return value.kind === 'string' && patternFits([{ kind: 'any' }, ...value.tokens, { kind: 'any' }], value.windash, value.isCased, leaf, lists);
  });
}

/** Code point by code point, from the sentence of the specification. */
export function naiveFold(text: string): string {
  return [...text].map((char) => {
    if (char === 'ς') return 'σ';
    const lower = char.toLowerCase();
    return [...lower].length === 1 ? lower : char;
  }).join('');
}

/** One character of a pattern: a set of characters, any one, or any run. */
type Unit = ReadonlySet<string> | 'one' | 'run';
const dashes = ['-', '/', '–', '—', '―'];

function patternFits(tokens: readonly Token[], windash: boolean, isCased: boolean, text: string, lists: Lists): boolean {
  const fold = isCased ? (one: string) => one : naiveFold;
  return expand(tokens, lists).some((written) => fits(written.flatMap((token) => unitsOf(token, windash, fold)), [...fold(text)]));
}

function expand(tokens: readonly Token[], lists: Lists): readonly (readonly Token[])[] {
  const [first, ...rest] = tokens;
  if (first === undefined) return [[]];
  const tails = expand(rest, lists);
  const heads = first.kind === 'placeholder' ? lists[first.name]!.map(listEntry) : [[first]];
  return heads.flatMap((head) => tails.map((tail) => [...head, ...tail]));
}

function listEntry(entry: string): readonly Token[] {
  return Array.from(entry.normalize('NFC').matchAll(/\\([*?\\])|([*?])|([^])/gu), ([, escaped, wildcard, char]): Token => wildcard === undefined ? { kind: 'text', text: escaped ?? char ?? '' } : { kind: wildcard === '*' ? 'any' : 'one' })
    .reduce<Token[]>((all, token) => {
      const last = all.at(-1);
      return last?.kind === 'text' && token.kind === 'text' ? [...all.slice(0, -1), { kind: 'text', text: last.text + token.text }] : [...all, token];
    }, []);
}

function unitsOf(token: Token, windash: boolean, fold: (text: string) => string): readonly Unit[] {
  if (token.kind !== 'text') return [token.kind === 'any' ? 'run' : 'one'];
  const chars = [...token.text];
  const isWord = (char: string | undefined): boolean => char !== undefined && /^[A-Za-z0-9_]$/.test(char);
  return chars.map((char, at) => new Set(windash && dashes.includes(char) && !isWord(chars[at - 1]) && isWord(chars[at + 1]) ? dashes : [fold(char)]));
}

/** Which of the first characters of the text the first units can take up, unit by unit. */
function fits(units: readonly Unit[], chars: readonly string[]): boolean {
  let ends = new Set([0]);
  for (const unit of units) {
    const next = new Set<number>();
    for (const at of ends) {
      if (unit === 'run') for (let end = at; end <= chars.length; end += 1) next.add(end);
      else if (at < chars.length && (unit === 'one' || unit.has(chars[at]!))) next.add(at + 1);
    }
    ends = next;
  }
  return ends.has(chars.length);
}

function numberFits(actual: unknown, operator: 'lt' | 'lte' | 'gt' | 'gte', bound: number): boolean {
  if (typeof actual === 'string' ? !/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(actual) : typeof actual !== 'number') return false;
  const n = Number(actual);
  return { lt: n < bound, lte: n <= bound, gt: n > bound, gte: n >= bound }[operator];
}

/** Both as 128 bits with the family before them; the URL parser reads IPv6. */
function networkFits(text: string, network: string, prefixLength: number): boolean {
  const bitsOf = (address: string): string | undefined => {
    const four = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(address)?.slice(1).map(Number);
    if (four !== undefined) return four.every((part) => part < 256) ? four.map((part) => part.toString(2).padStart(8, '0')).join('') : undefined;
    const plain = address.includes(':') ? address.replace(/%.+$/s, '') : address;
    if (!/^[0-9a-f:.]+$/i.test(plain) || !plain.includes(':') || !URL.canParse(`http://[${plain}]/`)) return undefined;
    const [head = '', tail] = new URL(`http://[${plain}]/`).hostname.slice(1, -1).split('::').map((half) => half === '' ? [] : half.split(':'));
    const groups = tail === undefined ? head : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
    const bits = [...groups].map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
    return bits.startsWith('0'.repeat(80) + '1'.repeat(16)) ? bits.slice(96) : bits;
  };
  const [theirs, ours] = [bitsOf(text), bitsOf(network)];
  const length = network.includes(':') && ours?.length === 32 ? prefixLength - 96 : prefixLength;
  return theirs !== undefined && ours !== undefined && theirs.length === ours.length && theirs.startsWith(ours.slice(0, length));
}

function partOf(actual: unknown, part: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'): number | undefined {
  const isMoment = typeof actual === 'string' && /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(actual);
  if (!isMoment && typeof actual !== 'number') return undefined;
  try {
    const instant = typeof actual === 'number' ? Temporal.Instant.fromEpochMilliseconds(Math.trunc(actual)) : Temporal.Instant.from(actual.replace(/\.\d+/, ''));
    const time = instant.toZonedDateTimeISO('UTC');
    return { minute: time.minute, hour: time.hour, day: time.day, week: time.weekOfYear, month: time.month, year: time.year }[part];
  } catch { return undefined; }
}

function regexFits({ tree, flags }: RegexSource, text: string, lists: Lists): boolean {
  const chars = [...text];
  const isWord = (at: number): boolean => /^[A-Za-z0-9_]$/.test(chars[at] ?? '');
  const same = (a: string, b: string): boolean => flags.ignoreCase ? new RegExp(`^\\u{${a.codePointAt(0)!.toString(16)}}$`, 'iu').test(b) : a === b;
  const inRange = ([from, to]: readonly [number, number], char: string): boolean => flags.ignoreCase
    ? new RegExp(`^[\\u{${from.toString(16)}}-\\u{${to.toString(16)}}]$`, 'iu').test(char)
    : char.codePointAt(0)! >= from && char.codePointAt(0)! <= to;
  const one = (starts: ReadonlySet<number>, isFit: (char: string) => boolean): Set<number> => new Set([...starts].filter((at) => at < chars.length && isFit(chars[at]!)).map((at) => at + 1));
  const where = (starts: ReadonlySet<number>, isFit: (at: number) => boolean): Set<number> => new Set([...starts].filter(isFit));
  const run = (node: RegexNode, starts: ReadonlySet<number>): ReadonlySet<number> => {
    switch (node.kind) {
      case 'literal': return [...node.text].reduce<ReadonlySet<number>>((from, char) => one(from, (actual) => same(char, actual)), starts);
      case 'any': return one(starts, (char) => flags.dotAll || char !== '\n');
      case 'class': return one(starts, (char) => node.ranges.some((range) => inRange(range, char)) !== node.isNegated);
      case 'start': return where(starts, (at) => at === 0 || (flags.multiline && chars[at - 1] === '\n'));
      case 'end': return where(starts, (at) => at === chars.length || (flags.multiline && chars[at] === '\n'));
      case 'word-border': return where(starts, (at) => isWord(at - 1) !== isWord(at));
      case 'no-word-border': return where(starts, (at) => isWord(at - 1) === isWord(at));
      case 'group': return run(node.node, starts);
      case 'sequence': return node.members.reduce((from, member) => run(member, from), starts);
      case 'choice': return new Set(node.members.flatMap((member) => [...run(member, starts)]));
      case 'placeholder': return new Set(lists[node.name]!.flatMap((entry) => [...run({ kind: 'literal', text: entry.normalize('NFC') }, starts)]));
      case 'repeat': {
        let reached = starts;
        for (let count = 0; count < node.min; count += 1) reached = run(node.node, reached);
        const all = new Set(reached);
        for (let count = node.min; count < (node.max ?? Number.POSITIVE_INFINITY); count += 1) {
          const before = all.size;
          reached = run(node.node, reached);
          for (const at of reached) all.add(at);
          if (all.size === before) break;
        }
        return all;
      }
    }
  };
  return run(tree, new Set(Array.from({ length: chars.length + 1 }, (_, at) => at))).size > 0;
}
