/**
 * YAML written by people: configuration, catalogues, the field table. The only file that imports `yaml`.
 * The bounds are checked before the parser runs, because it nests by recursion and deep input can end the process (dependencies.md 2.4).
 */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, Lexer, LineCounter, parseAllDocuments, parseDocument, stringify, visit, type Document, type Node, type Pair } from 'yaml';
import { maxProblemsListed, maxYamlBytes, maxYamlNesting } from '../limits.ts';

/** 1-based; offset in UTF-16 units. */
export interface YamlPosition { readonly line: number; readonly column: number; readonly offset: number }
export interface YamlFault extends YamlPosition {
  /** `limit`: too large, too deep, aliases; `duplicate`: one key twice in a map; `syntax`: everything else */
  readonly kind: 'syntax' | 'limit' | 'duplicate';
  readonly message: string;
}
export type YamlPath = readonly (string | number)[];
export interface YamlDocument {
  /** plain data without aliases; undefined when the text could not be read or holds nothing but comments */
  readonly value: unknown;
  /** everything that is wrong with the text, by position */
  readonly faults: readonly YamlFault[];
  /** where the value (or the key that holds it) of a path stands; of the nearest ancestor that exists when it does not */
  locate(path: YamlPath, part?: 'key' | 'value'): YamlPosition;
}

const start: YamlPosition = { line: 1, column: 1, offset: 0 };

/** Reads one document. Never throws. */
export function readYaml(text: string): YamlDocument {
  const limit = exceededLimit(text);
  if (limit !== undefined) return { value: undefined, faults: [limit], locate: () => start };
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const at = positionsOf(counter);
  const faults = faultsOf(document, at);
  const isReadable = faults.every(({ kind }) => kind === 'duplicate');
  const root = document.contents;
  return {
    // `maxAliasCount` works as an option of toJS only; what is null is an empty value.
    value: isReadable ? (document.toJS({ maxAliasCount: 0 }) as unknown) ?? undefined : undefined,
    faults: faults.slice(0, maxProblemsListed),
    locate: (path, part = 'value') => at(offsetOf(root, path, part)),
  };
}

type Locate = (offset: number) => YamlPosition;
const positionsOf = (counter: LineCounter): Locate => (offset) => {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col), offset };
};

function faultsOf(document: Document, at: Locate): YamlFault[] {
  const faults: YamlFault[] = [...document.errors, ...document.warnings].map(({ code, message, pos }) => (
    { kind: code === 'DUPLICATE_KEY' ? 'duplicate' : 'syntax', message: message.replaceAll(/\s+/g, ' '), ...at(pos[0]) }));
  visit(document, {
    Alias: (_key, { source, range }) => { faults.push({ kind: 'limit', message: `*${source} repeats another place of the file; aliases are not allowed`, ...at(range?.[0] ?? 0) }); },
  });
  return faults.sort((x, y) => x.offset - y.offset);
}

/** A value with its place. What is written without quotes keeps its source, because readers of other YAML versions read some of it differently. */
export type YamlNode = YamlMap | YamlList | YamlScalar;
export interface YamlMap { readonly kind: 'map'; readonly at: YamlPosition; readonly entries: readonly YamlEntry[] }
export interface YamlEntry { readonly key: YamlKey; readonly value: YamlNode }
export interface YamlKey { readonly text: string; readonly isPlain: boolean; readonly at: YamlPosition }
export interface YamlList { readonly kind: 'list'; readonly at: YamlPosition; readonly items: readonly YamlNode[] }
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly at: YamlPosition;
  readonly value: string | number | boolean | null;
  /** plain: as written; otherwise equal to the value */
  readonly source: string;
  readonly isPlain: boolean;
  /** where a character of the value (0-based, UTF-16 units) stands in the file: exact but for escapes in double quotes */
  locate(index: number): YamlPosition;
}
export interface YamlComment extends YamlPosition { readonly text: string; /** nothing else stands on its line */ readonly isAlone: boolean }
export interface YamlFile {
  /** those that hold something; `isReadable` is false where a fault left the tree incomplete */
  readonly documents: readonly { readonly root: YamlNode; readonly isReadable: boolean; readonly faults: readonly YamlFault[] }[];
  /** what concerns the whole file: limits */
  readonly faults: readonly YamlFault[];
  readonly comments: readonly YamlComment[];
}

/**
 * Reads a file of several documents by the core schema of YAML 1.2, whatever a `%YAML` directive says; unknown tags are faults. Never throws.
 * Keys are compared here: the parser compares each with each, which takes minutes for a map that fills the file.
 */
export function readYamlFile(text: string): YamlFile {
  const limit = exceededLimit(text);
  if (limit !== undefined) return { documents: [], faults: [limit], comments: [] };
  const counter = new LineCounter();
  const at = positionsOf(counter);
  const parsed = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, schema: 'core', resolveKnownTags: false, merge: false, uniqueKeys: false });
  const documents = (Array.isArray(parsed) ? parsed : []).flatMap((document: Document) => {
    const faults = faultsOf(document, at);
    const root = nodeOf(document.contents, text, at, faults, document.contents?.range?.[0] ?? 0);
    if (faults.length === 0 && root.kind === 'scalar' && root.value === null) return [];
    return [{ root, isReadable: faults.every(({ kind }) => kind === 'duplicate'), faults: faults.sort((x, y) => x.offset - y.offset).slice(0, maxProblemsListed) }];
  });
  return { documents, faults: [], comments: commentsOf(text, at) };
}

function nodeOf(node: unknown, text: string, at: Locate, faults: YamlFault[], from: number): YamlNode {
  const offset = isNode(node) ? node.range?.[0] ?? from : from;
  if (isMap(node)) {
    const seen = new Set<string>();
    const entries = node.items.map(({ key, value }) => {
      const keyOffset = isNode(key) ? key.range?.[0] ?? offset : offset;
      const isPlain = isScalar(key) && key.type === 'PLAIN';
      if (isMap(key) || isSeq(key)) faults.push({ kind: 'syntax', message: 'a key is a text, not a map or a list', ...at(keyOffset) });
      const name = isScalar(key) ? isPlain ? key.source ?? '' : String(key.value) : '';
      if (seen.has(name)) faults.push({ kind: 'duplicate', message: `${name} stands twice in one map`, ...at(keyOffset) });
      seen.add(name);
      // An empty value stands nowhere of its own: its key does.
      const empty = isScalar(value) && value.range?.[0] === value.range?.[1];
      return { key: { text: name, isPlain, at: at(keyOffset) }, value: nodeOf(empty ? null : value, text, at, faults, keyOffset) };
    });
    return { kind: 'map', at: at(offset), entries };
  }
  if (isSeq(node)) return { kind: 'list', at: at(offset), items: node.items.map((item) => nodeOf(item, text, at, faults, offset)) };
  const value: unknown = isScalar(node) ? node.value : null;
  const isPlain = !isScalar(node) || node.type === 'PLAIN';
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const source = isScalar(node) && isPlain ? node.source ?? '' : String(plain ?? '');
  const written = isScalar(node) ? text.slice(offset, node.range?.[1] ?? offset) : '';
  const opening = isScalar(node) && /^BLOCK/.test(node.type ?? '') ? written.indexOf('\n') + 1 : isPlain ? 0 : 1;
  return { kind: 'scalar', at: at(offset), value: plain, source, isPlain, locate: (index) => at(offset + opening + offsetInside(written.slice(opening), String(plain ?? ''), index)) };
}

/** Blanks are what folding and indentation change: the place is found by counting everything else. */
function offsetInside(written: string, value: string, index: number): number {
  let visible = value.slice(0, index).replaceAll(/\s/g, '').length;
  let offset = 0;
  while (offset < written.length && (visible > 0 || /\s/.test(written[offset] ?? ''))) {
    if (!/\s/.test(written[offset] ?? '')) visible -= 1;
    offset += 1;
  }
  // A place on a blank or at the end stands behind what was counted, not before what follows.
  if (index >= value.length || /\s/.test(value[index] ?? '')) while (offset > 0 && /\s/.test(written[offset - 1] ?? '')) offset -= 1;
  return offset;
}

function commentsOf(text: string, at: Locate): readonly YamlComment[] {
  const comments: YamlComment[] = [];
  let offset = 0;
  let isScalarNext = false;
  for (const token of new Lexer().lex(text)) {
    if (token === '\u0002' || token === '\u0018') continue;
    if (token === '\u001f') { isScalarNext = true; continue; }
    if (!isScalarNext && token.startsWith('#')) {
      const place = at(offset);
      comments.push({ text: token, isAlone: text.slice(offset - place.column + 1, offset).trim() === '', ...place });
    }
    isScalarNext = false;
    offset += token.length;
  }
  return comments;
}

function offsetOf(root: Node | null, path: YamlPath, part: 'key' | 'value'): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const pair: Pair | undefined = isMap(node) ? node.items.findLast(({ key }) => keyText(key) === String(step)) : undefined;
    const isLast = index === path.length - 1;
    const item: unknown = isSeq(node) ? node.items[Number(step)] : undefined;
    const next: unknown = pair === undefined ? (isPair(item) ? item.key : item) : isLast && part === 'key' ? pair.key : pair.value ?? pair.key;
    if (!isNode(next)) return isNode(pair?.key) ? pair.key.range?.[0] ?? offset : offset;
    // An empty value (`key:`) stands nowhere of its own: its key does.
    const hasText = (next.range?.[1] ?? 0) > (next.range?.[0] ?? 0);
    offset = hasText || !isNode(pair?.key) ? next.range?.[0] ?? offset : pair.key.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}

function keyText(key: unknown): string {
  const value: unknown = typeof key === 'object' && key !== null && 'value' in key ? key.value : key;
  return isAlias(key) ? '' : String(value);
}

/**
 * The first place where the text is too large or too deep. Only the lexer runs here, which does not recurse. Block levels are counted from above: the column
 * of each line's first token and of what follows `-` or `?`; a real level needs at least one of them (a sequence may stand in its key's column: two levels).
 */
function exceededLimit(text: string): YamlFault | undefined {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > maxYamlBytes) return { kind: 'limit', message: `the file has ${bytes} bytes; at most ${maxYamlBytes} are read`, ...start };
  const columns: number[] = [];
  let flow = 0;
  let line = 1;
  let lineStart = 0;
  let offset = 0;
  let isStart = true;
  for (const token of new Lexer().lex(text)) {
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    const isOpen = token === '[' || token === '{';
    if (isOpen) flow += 1;
    if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    const isBlank = /^\s+$/.test(token) || token.startsWith('#') || token === '\ufeff';
    if (!isBlank && flow === 0 && isStart) {
      const column = offset - lineStart;
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
    }
    if (!isBlank) isStart = token === '-' || token === '?' || token === ':';
    if (flow > maxYamlNesting || columns.length > maxYamlNesting) {
      return { kind: 'limit', message: `more than ${maxYamlNesting} levels are nested here`, line, column: offset - lineStart + 1, offset };
    }
    for (let at = token.indexOf('\n'); at !== -1; at = token.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = offset + at + 1;
      isStart = true;
    }
    offset += token.length;
  }
  return undefined;
}

/** Plain data as a YAML document that `readYaml` reads back; ends with a line feed. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
