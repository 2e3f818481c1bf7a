/**
 * Events longer than a message may be (syslog-and-cef.md 4). A receiver that gets too much cuts anywhere, and half a JSON is no JSON; so the cutting is
 * ours, in an order that keeps the answer: what repeats other fields goes first, then long lists, then long texts. Ids, times, codes, results, counts,
 * operator, address of the owner, tenant and organisation are never touched.
 */
import type { Event, FieldName, FieldValue } from '../event.ts';
import { cutEnd, cutMiddle, wellFormed } from '../text/cut-text.ts';

/** No text is cut below this: what is left still tells what it was. */
export const leastTextBytes = 128;
/** Members that stay of a long list. */
export const leastListMembers = 5;

interface Step {
  readonly how: 'drop' | 'head-of-list' | 'end' | 'middle';
  readonly fields: readonly FieldName[];
}
/** In this order, each only while the event does not fit; the fields of one step hold the same text and are cut together. */
const steps: readonly Step[] = [
  { how: 'drop', fields: ['event.original'] },
  { how: 'drop', fields: ['related.user', 'related.hosts', 'related.ip'] },
  { how: 'head-of-list', fields: ['vb365.restore.items.names', 'vb365.attribution.evidence', 'vb365.attribution.candidates', 'vb365.alert.events'] },
  { how: 'end', fields: ['message'] },
  { how: 'end', fields: ['vb365.session.name'] },
  { how: 'end', fields: ['event.reason'] },
  { how: 'middle', fields: ['vb365.target.path'] },
  { how: 'middle', fields: ['vb365.item.path', 'file.path', 'file.directory'] },
  { how: 'end', fields: ['vb365.item.name', 'file.name', 'email.subject'] },
  { how: 'end', fields: ['vb365.owner.name'] },
  { how: 'end', fields: ['vb365.attribution.reported'] },
  // The page ends here. The rest bounds what strangers can make long beside it, so that a hostile record cannot keep its event from being sent.
  { how: 'end', fields: ['vb365.health.detail'] },
  { how: 'end', fields: ['vb365.session.scope'] },
  { how: 'end', fields: ['user.target.full_name', 'group.name'] },
  { how: 'end', fields: ['source.address', 'vb365.network.peer'] },
  { how: 'head-of-list', fields: ['vb365.audit.extra', 'email.to.address', 'vb365.attribution.gaps', 'vb365.mail.reasons', 'vb365.mail.damage', 'vb365.time.candidates'] },
  { how: 'end', fields: ['vb365.audit.extra', 'email.to.address', 'vb365.attribution.candidates', 'vb365.restore.items.names', 'vb365.mail.reasons', 'vb365.mail.damage'] },
  { how: 'end', fields: ['vb365.audit.group', 'vb365.audit.type', 'vb365.audit.operation'] },
  { how: 'end', fields: ['vb365.item.class', 'file.extension', 'vb365.item.id'] },
  { how: 'middle', fields: ['vb365.owner.url', 'vb365.origin.file', 'log.file.path'] },
];

/**
 * The event itself when it fits, else a copy that fits, with what was shortened or dropped named in `vb365.truncated`; undefined when nothing more may be
 * cut and it still does not fit. Each text keeps as much as fits, and at least 128 bytes.
 * @param fits whether an event can be sent as it is; it is asked some dozen times
 */
export function shorten(event: Event, fits: (event: Event) => boolean): Event | undefined {
  if (fits(event)) return event;
  let current = event;
  for (const { how, fields } of steps) {
    const least = how === 'drop' ? without(current, fields) : how === 'head-of-list' ? withHeads(current, fields) : withTexts(current, fields, how, leastTextBytes);
    if (least === current) continue;
    if (!fits(least)) {
      current = least;
      continue;
    }
    return how === 'end' || how === 'middle' ? longestFit(current, fields, how, least, fits) : least;
  }
  return undefined;
}

/** The least cut of these fields that fits, found by halving. */
function longestFit(event: Event, fields: readonly FieldName[], how: 'end' | 'middle', least: Event, fits: (event: Event) => boolean): Event {
  let best = least;
  let [low, high] = [leastTextBytes + 1, Math.max(...fields.map((name) => longestOf(event[name]))) - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const candidate = withTexts(event, fields, how, middle);
    if (fits(candidate)) {
      best = candidate;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

function longestOf(value: FieldValue | undefined): number {
  return typeof value === 'string' ? Buffer.byteLength(value, 'utf8') : typeof value === 'object' ? Math.max(0, ...value.map(longestOf)) : 0;
}

function without(event: Event, fields: readonly FieldName[]): Event {
  return changed(event, fields, () => undefined);
}

function withHeads(event: Event, fields: readonly FieldName[]): Event {
  return changed(event, fields, (value) => typeof value === 'object' && value.length > leastListMembers ? value.slice(0, leastListMembers) : value);
}

function withTexts(event: Event, fields: readonly FieldName[], how: 'end' | 'middle', maxBytes: number): Event {
  const cut = how === 'middle' ? cutMiddle : cutEnd;
  const cutText = (text: string): string => Buffer.byteLength(text, 'utf8') > maxBytes ? cut(wellFormed(text), maxBytes) : text;
  return changed(event, fields, (value) => {
    if (typeof value === 'string') return cutText(value);
    return typeof value === 'object' && value.some((member) => Buffer.byteLength(member, 'utf8') > maxBytes) ? value.map(cutText) : value;
  });
}

/** A copy with other values for these fields, each change named; the same event when nothing changes. */
function changed(event: Event, fields: readonly FieldName[], change: (value: FieldValue) => FieldValue | undefined): Event {
  const edits: (readonly [FieldName, FieldValue | undefined])[] = [];
  for (const name of fields) {
    const value: FieldValue | undefined = event[name];
    if (value === undefined) continue;
    const edited = change(value);
    if (edited !== value) edits.push([name, edited]);
  }
  if (edits.length === 0) return event;
  const copy: Partial<Record<FieldName, FieldValue>> = { ...event };
  for (const [name, value] of edits) {
    if (value === undefined) Reflect.deleteProperty(copy, name);
    else copy[name] = value;
  }
  copy['vb365.truncated'] = [...new Set([...(event['vb365.truncated'] ?? []), ...edits.map(([name]) => name)])];
  return copy as Event;
}
