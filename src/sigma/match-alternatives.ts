import { createTextStep, type TextMatcher, type TextStep } from './match-text.ts';
import type { Token } from './rule.ts';

/**
 * Matches a value in which several placeholders stand, each any of its list, without writing the combinations out: after each part, every position of the
 * text that can be reached. The time is that of the text times all entries of all lists.
 *
 * @param parts for each part the patterns it may stand for; none: nothing matches
 */
export function createAlternativesMatcher(parts: readonly (readonly (readonly Token[])[])[], loosensDashes: boolean): TextMatcher {
  const steps = parts.map((alternatives) => alternatives.map((tokens) => tokens.map((token) => createTextStep(token, loosensDashes))));
  return (text) => {
    let reached = new Uint8Array(text.length + 1);
    reached[0] = 1;
    for (const alternatives of steps) {
      const next = new Uint8Array(text.length + 1);
      for (const sequence of alternatives) {
        const ends = sequence.reduce((from, step) => advance(from, step, text), reached);
        for (let at = 0; at < ends.length; at += 1) if (ends[at] === 1) next[at] = 1;
      }
      reached = next;
    }
    return reached[text.length] === 1;
  };
}

function advance(from: Uint8Array<ArrayBuffer>, step: TextStep, text: string): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(from.length);
  if (step === 'any') {
    const first = from.indexOf(1);
    return first === -1 ? next : next.fill(1, first);
  }
  for (let at = from.indexOf(1); at !== -1; at = from.indexOf(1, at + 1)) {
    const end = step(text, at);
    if (end !== undefined) next[end] = 1;
  }
  return next;
}
