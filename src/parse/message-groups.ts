/** Groups unknown messages by shape, in bounded memory: counts are exact, texts are kept for a few of each shape. */
import { maxExampleLength, maxExamplesKept, maxShapes } from '../limits.ts';
import { shapeOf, templateOf, type Token } from './message-shape.ts';

/** Where a message was seen, as catalogues say it. */
export interface Sighting { readonly component: string; readonly version: string }
export interface MessageGroup {
  /** the shape as the text of a template */
  readonly template: string;
  readonly count: number;
  /** a few different messages, none longer than `maxExampleLength` characters */
  readonly examples: readonly string[];
  readonly seen: Sighting;
}
export interface MessageGroups {
  add(message: string, seen: Sighting): void;
  /** the most frequent first */
  groups(): readonly MessageGroup[];
  /** messages whose shape came when there were `maxShapes` already */
  readonly ungrouped: number;
}

interface Shape { readonly tokens: readonly Token[]; count: number; readonly examples: string[]; readonly seen: Sighting }
/** So many different words in one place are values. */
const minVariants = 3;

export function createMessageGroups(): MessageGroups {
  const shapes = new Map<string, Shape>();
  let ungrouped = 0;
  return {
    add(message, seen) {
      const tokens = shapeOf(message);
      const key = keyOf(tokens);
      let shape = shapes.get(key);
      if (shape === undefined) {
        if (shapes.size >= maxShapes) {
          ungrouped += 1;
          return;
        }
        shape = { tokens, count: 0, examples: [], seen };
        shapes.set(key, shape);
      }
      shape.count += 1;
      if (shape.examples.length < maxExamplesKept && message.length <= maxExampleLength && !shape.examples.includes(message)) shape.examples.push(message);
    },
    groups() {
      const merged = mergeTails(mergeWords([...shapes.values()]));
      return merged.map(({ tokens, count, examples, seen }) => ({ template: templateOf(tokens), count, examples, seen })).sort((x, y) => y.count - x.count || (x.template < y.template ? -1 : 1));
    },
    get ungrouped() { return ungrouped; },
  };
}

function keyOf(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => kind === 'field' ? `\u0001${text}\u0002` : text).join('');
}

const isWord = ({ kind, text }: Token): boolean => kind === 'text' && /[\p{L}\p{N}]/u.test(text);

/** Shapes that differ in one word, never the first: `Processing of Inbox finished`, `Processing of Drafts finished` … */
function mergeWords(shapes: readonly Shape[]): readonly Shape[] {
  const byMask = new Map<string, { readonly at: number; readonly members: Shape[] }>();
  for (const shape of shapes) {
    const first = shape.tokens.findIndex(isWord);
    const words = shape.tokens.filter(isWord).length;
    for (const [at, token] of shape.tokens.entries()) {
      // Two words must remain, or everything would look alike.
      if (at <= first || words < 3 || !isWord(token)) continue;
      const mask = `${at} ${keyOf(shape.tokens.slice(0, at))}\u0003${keyOf(shape.tokens.slice(at + 1))}`;
      const entry = byMask.get(mask) ?? { at, members: [] };
      entry.members.push(shape);
      byMask.set(mask, entry);
    }
  }
  return mergeBy(shapes, [...byMask.values()].map(({ at, members }) => ({ members, merge: (present: readonly Shape[]) => {
    const words = present.map(({ tokens }) => tokens[at]?.text ?? '');
    const type = words.every((text) => /^[0-9A-Za-z_]{1,128}$/.test(text)) ? 'word' : 'text';
    const tokens = present[0]?.tokens ?? [];
    return [...tokens.slice(0, at), { kind: 'field' as const, text: type }, ...tokens.slice(at + 1)];
  } })));
}

/** Shapes that begin alike up to their first colon: `Restoring folder: Inbox`, `Restoring folder: Sent Items` … */
function mergeTails(shapes: readonly Shape[]): readonly Shape[] {
  const byLead = new Map<string, { readonly length: number; readonly members: Shape[] }>();
  for (const shape of shapes) {
    const colon = shape.tokens.findIndex(({ kind, text }) => kind === 'text' && text === ':');
    if (colon < 1 || shape.tokens[colon + 1]?.text !== ' ' || colon + 2 >= shape.tokens.length) continue;
    const length = colon + 2;
    const lead = keyOf(shape.tokens.slice(0, length));
    const entry = byLead.get(lead) ?? { length, members: [] };
    entry.members.push(shape);
    byLead.set(lead, entry);
  }
  return mergeBy(shapes, [...byLead.values()].map(({ length, members }) => ({ members, merge: (present: readonly Shape[]) => {
    const lead = (present[0]?.tokens ?? []).slice(0, length);
    const isStart = present.every(({ tokens }) => tokens.at(-1)?.text === '...');
    return [...lead, ...(isStart ? [{ kind: 'field' as const, text: 'text' }, { kind: 'text' as const, text: '...' }] : [{ kind: 'field' as const, text: 'rest' }])];
  } })));
}

interface Merge { readonly members: readonly Shape[]; readonly merge: (present: readonly Shape[]) => readonly Token[] }

/** The largest merges first; a shape takes part in one of them. */
function mergeBy(shapes: readonly Shape[], merges: readonly Merge[]): readonly Shape[] {
  const left = new Set(shapes);
  const merged: Shape[] = [];
  for (const { members, merge } of [...merges].sort((x, y) => y.members.length - x.members.length)) {
    const present = members.filter((shape) => left.has(shape));
    if (present.length < minVariants) continue;
    for (const shape of present) left.delete(shape);
    const [first] = present;
    if (first === undefined) continue;
    merged.push({ tokens: merge(present), count: present.reduce((sum, { count }) => sum + count, 0), examples: present.flatMap(({ examples }) => examples.slice(0, 1)).slice(0, maxExamplesKept), seen: first.seen });
  }
  return [...left, ...merged];
}
