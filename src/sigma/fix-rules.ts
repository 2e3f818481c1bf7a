/** Corrections that need no thinking: each changes the place of its finding and leaves every other character as it is. */
import { readYamlFile, type YamlEntry, type YamlNode } from '../text/yaml-document.ts';
import { maxFixRounds } from '../limits.ts';
import { isInline, isVerbatim, type Edit, type FixPlace } from './edits.ts';
import { fixes } from './fixes.ts';
import type { Finding } from './finding.ts';
import { readRules } from './read-rules.ts';
import type { AttackKnowledge } from './rule-knowledge.ts';

export interface FixedRules {
  readonly text: string;
  /** what was corrected, at the places of the text given */
  readonly fixed: readonly Finding[];
}

/** Codes that `fixRules` corrects, at least where the place allows it. */
export const fixableCodes: ReadonlySet<string> = new Set(fixes.keys());

/**
 * Corrects the findings of one file. A correction that would bring a new error about is not made, and of two at one place the second waits for the next round.
 * Findings that only the second pass knows are corrected when they are given; what the first pass finds in the corrected text follows.
 */
export function fixRules(text: string, file: string, findings: readonly Finding[], attack: AttackKnowledge | undefined): FixedRules {
  const fixed: Finding[] = [];
  let current = text;
  let open = findings.filter(({ code }) => fixes.has(code));
  // What is suppressed is no finding, and stays so.
  const suppressed = new Set(readRules(text, file).suppressions.filter(({ reason }) => reason !== '').map(({ code }) => code));
  for (let round = 0; round < maxFixRounds && open.length > 0; round += 1) {
    const { text: next, done } = oneRound(current, file, open, attack);
    if (done.length === 0) break;
    fixed.push(...done);
    current = next;
    open = readRules(current, file).findings.filter(({ code }) => fixes.has(code) && !suppressed.has(code));
  }
  return { text: current, fixed };
}

function oneRound(text: string, file: string, findings: readonly Finding[], attack: AttackKnowledge | undefined): { readonly text: string; readonly done: readonly Finding[] } {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const places = placesOf(body);
  const chosen: Correction[] = [];
  for (const finding of findings) {
    const place = places.get(`${finding.line}:${finding.column}`) ?? lineOf(body, finding);
    const edits = fixes.get(finding.code)?.({ ...place, text: body, finding, attack }) ?? [];
    if (edits.length > 0 && !edits.some((edit) => chosen.some((other) => other.edits.some((taken) => overlap(edit, taken))))) chosen.push({ finding, edits });
  }
  const errors = errorsOf(text, file);
  const isGood = (corrections: readonly Correction[]): boolean => errorsOf(mark + applied(body, corrections), file) <= errors;
  // Reading a whole file takes its time: one by one only where not all together are good.
  const good = isGood(chosen) ? chosen : chosen.filter((correction) => isGood([correction]));
  if (good.length < chosen.length && !isGood(good)) return { text, done: [] };
  return { text: mark + applied(body, good), done: good.map(({ finding }) => finding) };
}

interface Correction { readonly finding: Finding; readonly edits: readonly Edit[] }

function errorsOf(text: string, file: string): number {
  return readRules(text, file).findings.filter(({ severity }) => severity === 'error').length;
}

function applied(text: string, corrections: readonly Correction[]): string {
  return corrections.flatMap(({ edits }) => edits).sort((a, b) => b.from - a.from).reduce((result, { from, to, by }) => result.slice(0, from) + by + result.slice(to), text);
}

const overlap = (a: Edit, b: Edit): boolean => a.from < b.to && b.from < a.to || a.from === b.from;

/** Keys and values by `line:column`. A place inside a key or a text is not among them: see `lineOf`. */
function placesOf(text: string): ReadonlyMap<string, FixPlace> {
  const places = new Map<string, FixPlace>();
  const add = (at: { readonly line: number; readonly column: number }, place: FixPlace): void => {
    const key = `${at.line}:${at.column}`;
    if (!places.has(key)) places.set(key, place);
  };
  const visit = (node: YamlNode, above: readonly YamlEntry[], siblings: readonly YamlNode[] = []): void => {
    const entry = above.at(-1);
    if (node.kind === 'map') {
      for (const inner of node.entries) {
        if (isVerbatim(inner, text)) add(inner.key.at, { entry: inner, above, map: node, offset: inner.key.at.offset });
        visit(inner.value, [...above, inner]);
      }
    } else if (node.kind === 'list') for (const item of node.items) visit(item, above, node.items);
    else if (isInline(node, text)) add(node.at, { scalar: node, ...(entry === undefined ? {} : { entry }), above: above.slice(0, -1), siblings, offset: node.at.offset });
  };
  for (const { root } of readYamlFile(text).documents) visit(root, []);
  return places;
}

/** A place that is no beginning of a key or value: the entry whose line it stands on, and where. */
function lineOf(text: string, { line, column }: Finding): FixPlace {
  let offset = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', offset);
    if (end === -1) break;
    offset = end + 1;
  }
  const start = offset;
  const entries: YamlEntry[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'map') for (const entry of node.entries) {
      if (entry.key.at.offset <= start + column - 1) entries.push(entry);
      visit(entry.value);
    } else if (node.kind === 'list') node.items.forEach(visit);
  };
  for (const { root } of readYamlFile(text).documents) visit(root);
  const entry = entries.sort((a, b) => a.key.at.offset - b.key.at.offset).at(-1);
  return { ...(entry === undefined || !isVerbatim(entry, text) ? {} : { entry }), above: [], offset: start + column - 1 };
}
