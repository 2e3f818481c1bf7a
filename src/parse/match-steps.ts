/**
 * One template against one message, on bytes. Finds what a backtracking engine would find for `templateRegex`, but in time linear in the message:
 * an open field that found no place from one start finds none from a later one, class fields are bounded, and starts from which they failed are kept.
 */
import { classTable } from './field-types.ts';
import type { Part } from './template.ts';

export type Step = LiteralStep | ClassStep | ShapeStep | OpenStep;
interface LiteralStep { readonly kind: 'literal'; readonly bytes: Uint8Array }
interface ClassStep { readonly kind: 'class'; readonly table: Uint8Array; readonly min: number; readonly max: number; readonly field: number }
interface ShapeStep { readonly kind: 'shape'; readonly regex: RegExp; readonly max: number; readonly field: number }
/** with the text that must follow; empty at the end of the template */
interface OpenStep { readonly kind: 'open'; readonly follow: Uint8Array; readonly isTail: boolean; readonly field: number }

/** Steps of a template; the leading literal is left out when the caller has compared it already. */
export function stepsOf(parts: readonly Part[], withoutLead: boolean): readonly Step[] {
  const steps: Step[] = [];
  let field = 0;
  for (let at = withoutLead ? 1 : 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined) break;
    if (part.kind === 'literal') {
      steps.push({ kind: 'literal', bytes: Buffer.from(part.text, 'utf8') });
      continue;
    }
    const { type } = part;
    if (type.kind === 'class') steps.push({ kind: 'class', table: classTable(type), min: type.min, max: type.max, field });
    else if (type.kind === 'shape') steps.push({ kind: 'shape', regex: new RegExp(`^(?:${type.regex})`), max: type.max, field });
    else {
      const follow = parts[at + 1];
      steps.push({ kind: 'open', follow: Buffer.from(follow?.kind === 'literal' ? follow.text : '', 'utf8'), isTail: at + 2 >= parts.length, field });
      if (follow !== undefined) at += 1;
    }
    field += 1;
  }
  return steps;
}

/** Matches `line` from `start` to `end` entirely. True: `spans` holds start and end of each field in turn. */
export function matchSteps(steps: readonly Step[], line: Buffer, start: number, end: number, spans: Int32Array): boolean {
  return createAttempt(steps, line, end, spans)(0, start);
}

function createAttempt(steps: readonly Step[], line: Buffer, end: number, spans: Int32Array): (index: number, at: number) => boolean {
  /** per step the first start from which an open field is known to find nothing */
  const hopelessFrom: number[] = [];
  /** starts from which a class field with several lengths failed */
  let failed: Set<number> | undefined;
  const key = (index: number, at: number): number => index * (line.length + 1) + at;

  const attempt = (index: number, at: number): boolean => {
    const step = steps[index];
    if (step === undefined) return at === end;
    switch (step.kind) {
      case 'literal': return startsWith(line, at, end, step.bytes) && attempt(index + 1, at + step.bytes.length);
      case 'open': {
        spans[2 * step.field] = at;
        if (step.isTail) {
          const stop = end - step.follow.length;
          if (stop < at || !startsWith(line, stop, end, step.follow)) return false;
          spans[2 * step.field + 1] = stop;
          return true;
        }
        const hopeless = hopelessFrom[index] ?? Infinity;
        for (let stop = find(line, at, end, step.follow); stop !== -1 && at < hopeless; stop = find(line, stop + 1, end, step.follow)) {
          if (attempt(index + 1, stop + step.follow.length)) {
            spans[2 * step.field] = at;
            spans[2 * step.field + 1] = stop;
            return true;
          }
        }
        hopelessFrom[index] = Math.min(hopeless, at);
        return false;
      }
      case 'shape': {
        const m = step.regex.exec(line.toString('latin1', at, Math.min(end, at + step.max)));
        if (m === null) return false;
        spans[2 * step.field] = at;
        spans[2 * step.field + 1] = at + m[0].length;
        return attempt(index + 1, at + m[0].length);
      }
      case 'class': {
        if (failed?.has(key(index, at)) === true) return false;
        const limit = Math.min(end, at + step.max);
        let stop = at;
        while (stop < limit && step.table[line[stop] ?? 0] === 1) stop += 1;
        const longest = stop;
        for (; stop - at >= step.min; stop -= 1) {
          if (attempt(index + 1, stop)) {
            spans[2 * step.field] = at;
            spans[2 * step.field + 1] = stop;
            return true;
          }
        }
        if (longest - at > step.min) (failed ??= new Set()).add(key(index, at));
        return false;
      }
    }
  };
  return attempt;
}

export function startsWith(line: Buffer, at: number, end: number, bytes: Uint8Array): boolean {
  if (at + bytes.length > end) return false;
  for (let i = 0; i < bytes.length; i += 1) if (line[at + i] !== bytes[i]) return false;
  return true;
}

/** `Buffer.indexOf` would search the whole block behind the message. */
function find(line: Buffer, from: number, end: number, bytes: Uint8Array): number {
  const first = bytes[0];
  for (let at = from; at + bytes.length <= end; at += 1) if (line[at] === first && startsWith(line, at, end, bytes)) return at;
  return -1;
}
