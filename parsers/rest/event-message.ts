/** The texts of an event: the path in its title, and the fields in its message where the structured ones are missing (formats/rest-api.md 5, 5.2). */
import type { Operation } from '../../src/event.ts';

const exportedTo = /^Item successfully exported to: (.+)$/su;

/** Full path of the written file. The product ends the title with a full stop; one that belongs to the path stays. */
export function pathInTitle(title: string | undefined): string | undefined {
  const path = title === undefined ? undefined : exportedTo.exec(title)?.[1]?.replace(/\.$/, '');
  return path === '' ? undefined : path;
}

export interface MessageFields {
  readonly name?: string;
  readonly itemType?: string;
  readonly source?: string;
  readonly target?: string;
  readonly operation?: Operation;
}

const operations: Readonly<Record<string, Operation>> = { opened: 'view', saved: 'save', exported: 'export', sent: 'send', restored: 'restore' };
const markers = [' (type: ', '; source: ', '; target: '] as const;

/**
 * Reads `Item {name} was {verb} … (type: {type}; source: {source}; target: {target})` from the right. Names and paths may hold every marker, so
 * more than one of any marker is `ambiguous`; a message of another form is undefined.
 */
export function readEventMessage(message: string | undefined): MessageFields | 'ambiguous' | undefined {
  if (message?.startsWith('Item ') !== true || !message.endsWith(')')) return undefined;
  const [typeAt, sourceAt, targetAt] = markers.map((marker) => message.lastIndexOf(marker));
  if (typeAt === undefined || sourceAt === undefined || targetAt === undefined || typeAt < 0 || sourceAt < typeAt || targetAt < sourceAt) return undefined;
  if (markers.some((marker) => message.indexOf(marker) !== message.lastIndexOf(marker))) return 'ambiguous';
  const itemType = message.slice(typeAt + markers[0].length, sourceAt);
  const source = message.slice(sourceAt + markers[1].length, targetAt);
  const target = message.slice(targetAt + markers[2].length, -1);
  const head = readHead(message.slice(0, typeAt));
  return {
    ...head,
    ...(itemType.trim() === '' ? {} : { itemType }),
    ...(source.trim() === '' ? {} : { source }),
    ...(target.trim() === '' ? {} : { target }),
  };
}

/** `Item {name} was {verb} successfully`, `… was {verb} with warning: {text}`, `… was skipped.`; the name is absent when it may end in two places. */
function readHead(head: string): { name?: string; operation?: Operation } {
  const verbs = [...head.matchAll(/ was (opened|saved|exported|sent|restored) (?:successfully|with [a-z]+: )| was skipped\.?$/g)];
  const [only] = verbs;
  if (only === undefined || verbs.length > 1) return {};
  if (only[0].endsWith('successfully') && only.index + only[0].length !== head.length) return {};
  const name = head.slice('Item '.length, only.index);
  const operation = only[1] === undefined ? undefined : operations[only[1]];
  return { ...(name.trim() === '' ? {} : { name }), ...(operation === undefined ? {} : { operation }) };
}
