/** Values of the placeholders that rules name: rules are compiled once, the values of a tenant are given with each event. */
import { fold } from './fold.ts';
import { createAlternativesMatcher } from './match-alternatives.ts';
import { createTextMatcher, type TextMatcher } from './match-text.ts';
import type { Detection, ItemValue, RegexNode, SearchExpression, Token } from './rule.ts';
import { plainText, readTokens } from './tokens.ts';

/** Lists by name; a name that is missing is not defined, an empty list matches nothing. */
export type PlaceholderLists = Readonly<Record<string, readonly string[]>>;

/** What one tenant has defined. Compiled forms are kept per bindings, so keep one for as long as its lists are the same. */
export interface Bindings {
  /** as written, NFC */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly tokens: ReadonlyMap<string, readonly (readonly Token[])[]>;
}

/** @param layers later ones win: those of everybody, then those of the tenant. Entries may hold wildcards, written as in rules. */
export function bindPlaceholders(...layers: readonly PlaceholderLists[]): Bindings {
  const texts = new Map(layers.flatMap((lists) => Object.entries(lists).map(([name, entries]) => [name, [...new Set(entries.map((entry) => entry.normalize('NFC')))]] as const)));
  return { texts, tokens: new Map([...texts].map(([name, entries]) => [name, entries.map((entry) => readTokens(entry))])) };
}

/** Nothing is defined: rules with placeholders are not loaded. */
export const noBindings: Bindings = bindPlaceholders();

type StringValue = Extract<ItemValue, { readonly kind: 'string' }>;

/** @returns the matcher of a value for the lists of one tenant, for texts that are folded unless the value is cased */
export function createBoundMatcher(value: StringValue): (bindings: Bindings) => TextMatcher {
  const prepare = value.isCased ? (tokens: readonly Token[]) => tokens : foldTokens;
  const tokens = prepare(value.tokens);
  const names = tokens.flatMap((token) => token.kind === 'placeholder' ? [token.name] : []);
  if (names.length === 0) {
    const matcher = createTextMatcher(tokens, value.windash);
    return () => matcher;
  }
  return keptPerBindings((bindings) => {
    const listOf = (name: string): readonly (readonly Token[])[] => (bindings.tokens.get(name) ?? []).map(prepare);
    // One list is written out, entry by entry; several would multiply.
    if (names.length > 1) return createAlternativesMatcher(tokens.map((token) => token.kind === 'placeholder' ? listOf(token.name) : [[token]]), value.windash);
    const at = tokens.findIndex(({ kind }) => kind === 'placeholder');
    return anyOf(listOf(names[0] ?? '').map((entry) => [...tokens.slice(0, at), ...entry, ...tokens.slice(at + 1)]), value.windash);
  });
}

/** @returns the function, which is asked once for the same bindings */
export function keptPerBindings<T>(make: (bindings: Bindings) => T): (bindings: Bindings) => T {
  const kept = new WeakMap<Bindings, { readonly made: T }>();
  return (bindings) => {
    const known = kept.get(bindings);
    if (known !== undefined) return known.made;
    const made = make(bindings);
    kept.set(bindings, { made });
    return made;
  };
}

/** Names of the placeholders in one value. */
export function placeholdersOf(value: ItemValue): readonly string[] {
  if (value.kind === 'string') return value.tokens.flatMap((token) => token.kind === 'placeholder' ? [token.name] : []);
  return value.kind === 'regex' ? namesInRegex(value.expression.tree) : [];
}

/** Names of the placeholders of a whole detection, each once. */
export function placeholdersOfDetection({ searches }: Detection): readonly string[] {
  const namesIn = (expression: SearchExpression): readonly string[] => expression.kind === 'item' ? expression.values.flatMap(placeholdersOf) : expression.members.flatMap(namesIn);
  return [...new Set([...searches.values()].flatMap(({ expression }) => namesIn(expression)))];
}

function namesInRegex(node: RegexNode): readonly string[] {
  switch (node.kind) {
    case 'placeholder': return [node.name];
    case 'repeat': case 'group': return namesInRegex(node.node);
    case 'sequence': case 'choice': return node.members.flatMap(namesInRegex);
    default: return [];
  }
}

/** Texts of tokens in the form in which they are compared. */
export function foldTokens(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token) => token.kind === 'text' ? { kind: 'text', text: fold(token.text) } : token);
}

/** Long lists of whole values are one look-up. */
function anyOf(patterns: readonly (readonly Token[])[], windash: boolean): TextMatcher {
  const plain = new Set<string>();
  const matchers: TextMatcher[] = [];
  for (const pattern of patterns) {
    const text = windash ? undefined : plainText(pattern);
    if (text === undefined) matchers.push(createTextMatcher(pattern, windash));
    else plain.add(text);
  }
  return (text) => plain.has(text) || matchers.some((matches) => matches(text));
}
