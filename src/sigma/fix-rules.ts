/** Corrections that need no thinking: each changes the place of its finding and leaves every other character as it is. */
import { readYamlFile, type YamlEntry, type YamlNode } from '../text/yaml-document.ts';
import { maxFixRounds } from '../limits.ts';
import { isInline, isVerbatim, type Edit, type FixPlace } from './edits.ts';
import { fixes } from './fixes.ts';
import type { Finding } from './finding.ts';
import { readRules } from './read-rules.ts';
import type { AttackKnowledge } from './rule-knowledge.ts';
import type { Position } from './rule.ts';

export interface FixedRules {
  readonly text: string;
  /** what was corrected, each at the place where it stood then: a line that was taken away before it is no longer counted */
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
  const reading = readRules(text, file);
  let errors = errorsAmong(reading.findings);
  const suppressed = new Set(reading.suppressions.filter(({ reason }) => reason !== '').map(({ code }) => code));
  for (let round = 0; round < maxFixRounds && open.length > 0; round += 1) {
    const { text: next, done, found } = oneRound(current, file, { findings: open, errors, attack });
    if (done.length === 0) break;
    fixed.push(...done);
    current = next;
    errors = errorsAmong(found);
    open = found.filter(({ code }) => fixes.has(code) && !suppressed.has(code));
  }
  return { text: current, fixed };
}

interface Round { readonly findings: readonly Finding[]; readonly errors: number; readonly attack: AttackKnowledge | undefined }
interface Correction { readonly finding: Finding; readonly edits: readonly Edit[] }

/** @returns the corrected text with what the first pass finds in it */
function oneRound(text: string, file: string, { findings, errors, attack }: Round): FixedRound {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const { at, before } = placesOf(body);
  const chosen: Correction[] = [];
  for (const finding of findings) {
    const place = at(finding) ?? before(finding);
    const edits = fixes.get(finding.code)?.({ ...place, text: body, finding, attack }) ?? [];
    if (edits.length > 0 && !edits.some((edit) => chosen.some((other) => other.edits.some((taken) => overlap(edit, taken))))) chosen.push({ finding, edits });
  }
  const tried = (corrections: readonly Correction[]): FixedRound => {
    const next = mark + applied(body, corrections);
    return { text: next, done: corrections.map(({ finding }) => finding), found: readRules(next, file).findings };
  };
  const isGood = ({ found }: FixedRound): boolean => errorsAmong(found) <= errors;
  // Reading a whole file takes its time: one by one only where not all together are good.
  const all = tried(chosen);
  const result = isGood(all) ? all : tried(chosen.filter((correction) => isGood(tried([correction]))));
  return isGood(result) ? result : { text, done: [], found: [] };
}
interface FixedRound { readonly text: string; readonly done: readonly Finding[]; readonly found: readonly Finding[] }

function errorsAmong(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

function applied(text: string, corrections: readonly Correction[]): string {
  return corrections.flatMap(({ edits }) => edits).sort((a, b) => b.from - a.from).reduce((result, { from, to, by }) => result.slice(0, from) + by + result.slice(to), text);
}

const overlap = (a: Edit, b: Edit): boolean => a.from < b.to && b.from < a.to || a.from === b.from;

interface Places {
  /** the key or value that begins there */
  at(place: Position): FixPlace | undefined;
  /** a place inside a key or a text: the entry that begins before it */
  before(place: Position): FixPlace;
}

function placesOf(text: string): Places {
  const places = new Map<string, FixPlace>();
  const entries: YamlEntry[] = [];
  const add = (at: Position, place: FixPlace): void => {
    const key = `${at.line}:${at.column}`;
    if (!places.has(key)) places.set(key, place);
  };
  const visit = (node: YamlNode, above: readonly YamlEntry[], siblings: readonly YamlNode[] = []): void => {
    const entry = above.at(-1);
    if (node.kind === 'map') {
      for (const inner of node.entries) {
        entries.push(inner);
        if (isVerbatim(inner, text)) add(inner.key.at, { entry: inner, above, map: node, offset: inner.key.at.offset });
        visit(inner.value, [...above, inner]);
      }
    } else if (node.kind === 'list') for (const item of node.items) visit(item, above, node.items);
    else if (isInline(node, text)) add(node.at, { scalar: node, ...(entry === undefined ? {} : { entry }), above: above.slice(0, -1), siblings, offset: node.at.offset });
  };
  for (const { root } of readYamlFile(text).documents) visit(root, []);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return {
    at: ({ line, column }) => places.get(`${line}:${column}`),
    before({ line, column }) {
      const offset = (lineStarts[line - 1] ?? 0) + column - 1;
      const entry = entries.findLast(({ key }) => key.at.offset <= offset);
      return { ...(entry === undefined || !isVerbatim(entry, text) ? {} : { entry }), above: [], offset };
    },
  };
}
