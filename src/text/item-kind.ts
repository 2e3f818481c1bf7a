import type { Event } from '../event.ts';

const kinds: readonly (readonly [RegExp, NonNullable<Event['vb365.item.kind']>])[] = [
  [/^report\./i, 'message'], [/^ipm\.note/i, 'message'], [/^ipm\.(appointment|schedule)/i, 'appointment'], [/^ipm\.(contact|distlist)/i, 'contact'],
  [/^ipm\.task/i, 'task'], [/^ipm\.stickynote/i, 'note'], [/^ipm\.skypeteams/i, 'post'], [/^(mail ?)?folder$/i, 'folder'], [/^(file|document)$/i, 'file'],
  [/^(list|library)$/i, 'list'], [/^list ?item$/i, 'list_item'], [/^site$/i, 'site'], [/^post$/i, 'post'], [/^channel$/i, 'channel'], [/^tab$/i, 'tab'], [/^team$/i, 'team'], [/^mailbox$/i, 'mailbox'],
];

/** The normalised kind of a vendor item class (`IPM.Note`, `Folder`, `File` …); `other` when it is none of the list. */
export function itemKindOf(itemClass: string): NonNullable<Event['vb365.item.kind']> {
  return kinds.find(([form]) => form.test(itemClass))?.[1] ?? 'other';
}
