/**
 * YAML written by people: configuration, catalogues, the field table. The only file that imports `yaml`.
 * The bounds are checked before the parser runs, because it nests by recursion and deep input can end the process (dependencies.md 2.4).
 */
import { isAlias, isMap, isNode, isPair, isSeq, Lexer, LineCounter, parseDocument, stringify, visit, type Node, type Pair } from 'yaml';
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
  const at = (offset: number): YamlPosition => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), offset };
  };
  const faults: YamlFault[] = [...document.errors, ...document.warnings].map(({ code, message, pos }) => (
    { kind: code === 'DUPLICATE_KEY' ? 'duplicate' : 'syntax', message: message.replaceAll(/\s+/g, ' '), ...at(pos[0]) }));
  visit(document, {
    Alias: (_key, { source, range }) => { faults.push({ kind: 'limit', message: `*${source} repeats another place of the file; aliases are not allowed`, ...at(range?.[0] ?? 0) }); },
  });
  faults.sort((x, y) => x.offset - y.offset);
  const isReadable = faults.every(({ kind }) => kind === 'duplicate');
  const root = document.contents;
  return {
    // `maxAliasCount` works as an option of toJS only; what is null is an empty value.
    value: isReadable ? (document.toJS({ maxAliasCount: 0 }) as unknown) ?? undefined : undefined,
    faults: faults.slice(0, maxProblemsListed),
    locate: (path, part = 'value') => at(offsetOf(root, path, part)),
  };
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
