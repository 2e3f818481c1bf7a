/**
 * Matches a text with wildcards against whole values, without regular expressions and without going back: the stretches between stars are found from left to
 * right, each as early as possible, which leaves the most room for the rest. A stretch of plain text is one search; one that holds `?` or dashes is found
 * with a bit for each of its characters (Baeza-Yates, Gonnet 1992). The naive twin lives in the tests.
 */
import { maxLoosePlaces } from '../limits.ts';
import type { Token } from './rule.ts';

/** `true` when the whole text fits. The text is given folded where the pattern was. */
export type TextMatcher = (text: string) => boolean;

/** One character of a pattern; undefined: any one. */
type Place = ReadonlySet<number> | undefined;
/** What stands between two stars: plain text, or places when some of them may be several characters. */
type Stretch = string | readonly Place[];

/** The signs that `windash` takes for each other: hyphen, slash, en dash, em dash, horizontal bar. */
const dashSet: ReadonlySet<number> = new Set(Array.from('-/\u2013\u2014\u2015', (dash) => dash.charCodeAt(0)));

/**
 * @param tokens texts folded already where folding is wanted; placeholders bound: one that is left matches nothing
 * @param loosensDashes `windash`: a dash that begins a word of a text fits any of the five
 */
export function createTextMatcher(tokens: readonly Token[], loosensDashes = false): TextMatcher {
  if (tokens.some(({ kind }) => kind === 'placeholder')) return () => false;
  const stretches = stretchesOf(tokens, loosensDashes);
  const [only = '', last = '', third] = stretches;
  if (stretches.length === 1) return typeof only === 'string' ? (text) => text === only : (text) => endAt(only, text, 0) === text.length;
  if (stretches.length === 2 && typeof only === 'string' && typeof last === 'string') {
    if (last === '') return only === '' ? () => true : (text) => text.startsWith(only);
    return only === '' ? (text) => text.endsWith(last) : (text) => text.length >= only.length + last.length && text.startsWith(only) && text.endsWith(last);
  }
  if (stretches.length === 3 && only === '' && third === '' && typeof last === 'string') return (text) => text.includes(last);
  return createStretchMatcher(stretches);
}

function createStretchMatcher(stretches: readonly Stretch[]): TextMatcher {
  const first = stretches[0] ?? '';
  const last = stretches.at(-1) ?? '';
  const finders = stretches.slice(1, -1).map(createFinder);
  return (text) => {
    const end = startAt(last, text);
    let at: number | undefined = endAt(first, text, 0);
    for (const find of finders) if (at !== undefined) at = find(text, at);
    return at !== undefined && end !== undefined && at <= end;
  };
}

/** One token from a given position: where it ends there, if it fits; a star ends anywhere from there on. */
export type TextStep = 'any' | ((text: string, start: number) => number | undefined);

/** @param token a text in the form in which it is compared, or a wildcard; a placeholder fits nowhere */
export function createTextStep(token: Token, loosensDashes: boolean): TextStep {
  if (token.kind === 'any') return 'any';
  if (token.kind === 'placeholder') return () => undefined;
  const [stretch = ''] = stretchesOf([token], loosensDashes);
  return (text, start) => endAt(stretch, text, start);
}

/** Divided at the stars: n stars give n + 1 stretches, empty ones at the ends included. */
function stretchesOf(tokens: readonly Token[], loosensDashes: boolean): readonly Stretch[] {
  const all: (string | Place)[][] = [[]];
  for (const token of tokens) {
    const current = all.at(-1);
    if (token.kind === 'any') all.push([]);
    else if (token.kind === 'one') current?.push(undefined);
    else if (token.kind === 'text') current?.push(...loosensDashes ? withLooseDashes(token.text) : [token.text]);
  }
  return all.map((pieces) => pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : pieces.flatMap((piece) => typeof piece === 'string' ? placesOf(piece) : [piece]));
}

function placesOf(text: string): readonly Place[] {
  return Array.from(text, (character) => new Set([character.codePointAt(0) ?? 0]));
}

/** A dash at the start of a word: no ASCII word character before it in this text, one after it. */
function withLooseDashes(text: string): readonly (string | Place)[] {
  const pieces: (string | Place)[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!dashSet.has(text.charCodeAt(at)) || isWord(text.charCodeAt(at - 1)) || !isWord(text.charCodeAt(at + 1))) continue;
    if (at > from) pieces.push(text.slice(from, at));
    pieces.push(dashSet);
    from = at + 1;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** NaN, the character beside a text, is none. */
function isWord(code: number): boolean {
  return code === 0x5f || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** Where a stretch that begins here ends; undefined when it does not stand here. */
function endAt(stretch: Stretch, text: string, start: number): number | undefined {
  if (typeof stretch === 'string') return text.startsWith(stretch, start) ? start + stretch.length : undefined;
  let at = start;
  for (const place of stretch) {
    const code = text.codePointAt(at);
    if (code === undefined || !(place?.has(code) ?? true)) return undefined;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

/** Where a stretch that ends with the text begins; undefined when the text does not end with it. */
function startAt(stretch: Stretch, text: string): number | undefined {
  if (typeof stretch === 'string') return text.endsWith(stretch) ? text.length - stretch.length : undefined;
  let start = text.length;
  for (let left = stretch.length; left > 0; left -= 1) {
    if (start === 0) return undefined;
    start -= start > 1 && (text.codePointAt(start - 2) ?? 0) > 0xffff ? 2 : 1;
  }
  return endAt(stretch, text, start) === undefined ? undefined : start;
}

/** Gives the end of the first place of the stretch at or after a position. */
type Finder = (text: string, from: number) => number | undefined;

function createFinder(stretch: Stretch): Finder {
  if (typeof stretch === 'string') {
    return (text, from) => {
      const at = text.indexOf(stretch, from);
      return at === -1 ? undefined : at + stretch.length;
    };
  }
  if (stretch.length > maxLoosePlaces) return (text, from) => tryEach(stretch, text, from);
  // Bit i of a state: the last i + 1 characters fit the first i + 1 places. A character that no place names fits the places of `?` alone.
  const words = Math.ceil(stretch.length / 32);
  const open = new Int32Array(words);
  const masks = new Map<number, Int32Array>();
  for (const [at, place] of stretch.entries()) if (place === undefined) open[at >> 5] = (open[at >> 5] ?? 0) | (1 << (at & 31));
  for (const [at, place] of stretch.entries()) {
    for (const code of place ?? []) {
      const mask = masks.get(code) ?? open.slice();
      mask[at >> 5] = (mask[at >> 5] ?? 0) | (1 << (at & 31));
      masks.set(code, mask);
    }
  }
  const final = 1 << ((stretch.length - 1) & 31);
  return (text, from) => {
    const state = new Int32Array(words);
    for (let at = from; at < text.length;) {
      const code = text.codePointAt(at) ?? 0;
      const mask = masks.get(code) ?? open;
      let carry = 1;
      for (let word = 0; word < words; word += 1) {
        const bits = state[word] ?? 0;
        state[word] = ((bits << 1) | carry) & (mask[word] ?? 0);
        carry = bits >>> 31;
      }
      at += code > 0xffff ? 2 : 1;
      if (((state[words - 1] ?? 0) & final) !== 0) return at;
    }
    return undefined;
  };
}

function tryEach(stretch: Stretch, text: string, from: number): number | undefined {
  for (let at = from; at + stretch.length <= text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
    const end = endAt(stretch, text, at);
    if (end !== undefined) return end;
  }
  return undefined;
}
